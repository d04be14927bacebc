#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::Tables;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto kLargest = std::numeric_limits<std::uint64_t>::max();

class LedgerContract : public Contract {
  protected:
    template <class F>
    auto change(F work) {
        return write([&](Tables& t) { return work(t.ledger()); });
    }
    template <class F>
    auto ask(F work) {
        return read([&](Tables& t) { return work(t.ledger()); });
    }
    Result<void> add(std::uint64_t index, std::string_view leaf) {
        return change([&](auto& l) { return l.add_leaf(index, leaf); });
    }
};
KITH_FOR_EVERY_STORE(LedgerContract);

TEST_P(LedgerContract, TakesLeavesOneAfterAnotherAndKeepsTheirBytes) {
    const std::string every_byte("a\0b\xff\n", 5);
    EXPECT_EQ(ask([](auto& l) { return l.size(); }).value(), 0U);
    EXPECT_EQ(code_of(add(1, "too early")), Code::invalid);
    EXPECT_OK(add(0, every_byte));
    EXPECT_OK(add(1, ""));
    EXPECT_EQ(code_of(add(0, "other")), Code::conflict);
    EXPECT_EQ(code_of(add(3, "a gap")), Code::invalid);
    EXPECT_EQ(code_of(add(kLargest, "a gap")), Code::invalid);

    EXPECT_EQ(ask([](auto& l) { return l.size(); }).value(), 2U);
    EXPECT_EQ(ask([](auto& l) { return l.leaf(0); }).value(), every_byte);
    EXPECT_EQ(ask([](auto& l) { return l.leaf(1); }).value(), "");
    EXPECT_EQ(code_of(ask([](auto& l) { return l.leaf(2); })), Code::not_found);
    EXPECT_EQ(code_of(ask([](auto& l) { return l.leaf(kLargest); })), Code::not_found);
}

TEST_P(LedgerContract, NeverOverwritesANode) {
    EXPECT_OK(change([](auto& l) { return l.add_node(0, 7, filled<32>(1)); }));
    EXPECT_OK(change([](auto& l) { return l.add_node(7, 0, filled<32>(2)); }));
    EXPECT_EQ(code_of(change([](auto& l) { return l.add_node(0, 7, filled<32>(3)); })), Code::conflict);
    EXPECT_EQ(ask([](auto& l) { return l.node(0, 7); }).value(), filled<32>(1));
    EXPECT_EQ(ask([](auto& l) { return l.node(7, 0); }).value(), filled<32>(2));
    EXPECT_EQ(code_of(ask([](auto& l) { return l.node(1, 7); })), Code::not_found);
    EXPECT_EQ(code_of(ask([](auto& l) { return l.node(0, kLargest); })), Code::not_found);
}

TEST_P(LedgerContract, AnswersWithTheNewestCheckpointAndWithThoseFromASize) {
    EXPECT_EQ(ask([](auto& l) { return l.checkpoint(); }).value(), std::nullopt);
    for (const unsigned size : {3U, 10U, 7U})
        EXPECT_OK(change([&](auto& l) { return l.add_checkpoint(size, "— kith " + std::to_string(size) + "\n"); }));
    EXPECT_EQ(code_of(change([](auto& l) { return l.add_checkpoint(7, "other"); })), Code::conflict);

    EXPECT_EQ(ask([](auto& l) { return l.checkpoint(); }).value(), "— kith 10\n");
    const auto from = [&](std::uint64_t size, std::size_t most) {
        return ask([&](auto& l) { return l.checkpoints(size, most); }).value();
    };
    EXPECT_THAT(from(0, 2), ElementsAre("— kith 3\n", "— kith 7\n"));
    EXPECT_THAT(from(7, std::numeric_limits<std::size_t>::max()), ElementsAre("— kith 7\n", "— kith 10\n"));
    EXPECT_THAT(from(11, 5), IsEmpty());
    EXPECT_THAT(from(0, 0), IsEmpty());
    EXPECT_THAT(from(kLargest, 5), IsEmpty());
}

TEST_P(LedgerContract, FindsTheLeavesAboutASubjectOldestFirst) {
    for (const unsigned index : {0U, 1U, 2U}) EXPECT_OK(add(index, "leaf"));
    const auto index_subject = [&](std::string_view subject, std::uint64_t index) {
        return change([&](auto& l) { return l.index_subject(subject, index); });
    };
    EXPECT_OK(index_subject("7K", 2));
    EXPECT_OK(index_subject("7K", 0));
    EXPECT_OK(index_subject("7k", 1));
    EXPECT_EQ(code_of(index_subject("7K", 2)), Code::conflict);
    EXPECT_EQ(code_of(index_subject("7K", 3)), Code::not_found);
    EXPECT_THAT(ask([](auto& l) { return l.about("7K"); }).value(), ElementsAre(0U, 2U));
    EXPECT_THAT(ask([](auto& l) { return l.about("none"); }).value(), IsEmpty());
}

TEST_P(LedgerContract, IsReadInBlocksAsItLiesThere) {
    for (const unsigned index : {0U, 1U, 2U}) EXPECT_OK(add(index, "leaf " + std::to_string(index)));
    for (const unsigned index : {0U, 1U, 3U})
        EXPECT_OK(change([&](auto& l) { return l.add_node(1, index, filled<32>(static_cast<Byte>(index))); }));
    EXPECT_OK(change([](auto& l) { return l.add_node(2, 0, filled<32>(9)); }));
    using app::LedgerRow;
    const auto leaves = [&](std::uint64_t from, std::size_t most) {
        return ask([&](auto& l) { return l.leaves_from(from, most); }).value();
    };
    const auto nodes = [&](std::uint64_t from, std::size_t most) {
        return ask([&](auto& l) { return l.nodes_from(1, from, most); }).value();
    };
    const LedgerRow first{0, to_bytes("leaf 0")}, second{1, to_bytes("leaf 1")}, third{2, to_bytes("leaf 2")};
    EXPECT_THAT(leaves(0, 2), ElementsAre(first, second));
    EXPECT_THAT(leaves(1, std::numeric_limits<std::size_t>::max()), ElementsAre(second, third));
    EXPECT_THAT(leaves(3, 5), IsEmpty());
    EXPECT_THAT(leaves(kLargest, 5), IsEmpty());
    EXPECT_THAT(nodes(1, 5), ElementsAre(LedgerRow{1, to_bytes(filled<32>(1))}, LedgerRow{3, to_bytes(filled<32>(3))}));
    EXPECT_THAT(nodes(kLargest, 5), IsEmpty());
}

TEST_P(LedgerContract, KeepsEachCosignatureOnceBesideItsCheckpoint) {
    const app::CosignatureRow one{3, "witness.example/w1+key", from_millis(5000), "— witness.example/w1 line\n"};
    const auto keep = [&](const app::CosignatureRow& row) {
        return change([&](auto& l) { return l.add_cosignature(row); });
    };
    EXPECT_EQ(code_of(keep(one)), Code::not_found);
    EXPECT_EQ(ask([](auto& l) { return l.newest_cosigned(); }).value(), std::nullopt);
    for (const unsigned size : {3U, 7U}) EXPECT_OK(change([&](auto& l) { return l.add_checkpoint(size, "note"); }));
    EXPECT_OK(keep(one));
    EXPECT_EQ(code_of(keep(one)), Code::conflict);
    auto later = one, other = one, larger = one;
    later.at = from_millis(9000);
    other.witness = "another.example/w1+key";
    larger.size = 7;
    for (const auto& row : {later, other, larger}) EXPECT_OK(keep(row));
    EXPECT_THAT(ask([](auto& l) { return l.cosignatures(3); }).value(), ElementsAre(other, one, later));
    EXPECT_THAT(ask([](auto& l) { return l.cosignatures(4); }).value(), IsEmpty());
    EXPECT_THAT(ask([](auto& l) { return l.cosignatures(kLargest); }).value(), IsEmpty());
    EXPECT_EQ(ask([](auto& l) { return l.newest_cosigned(); }).value(), 7U);
}

}  // namespace
}  // namespace kith::contracts
