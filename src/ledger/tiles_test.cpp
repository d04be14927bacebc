#include "ledger/tiles.hpp"

#include <gtest/gtest.h>

#include "ledger/memory_ledger_for_test.hpp"

namespace kith::ledger {
namespace {

/// In memory, with a disk that is full after so many files.
class Folder : public TileFolder {
  public:
    std::map<std::string, Bytes> files;
    std::size_t room = 1'000'000;
    Result<std::optional<Bytes>> read(const std::string& name) override {
        const auto found = files.find(name);
        if (found == files.end()) return std::optional<Bytes>();
        return std::optional(found->second);
    }
    Result<void> add(const std::string& name, BytesView bytes) override {
        if (files.contains(name)) return fail(Code::conflict, "there");
        return put(name, bytes);
    }
    Result<void> replace(const std::string& name, BytesView bytes) override { return put(name, bytes); }

  private:
    Result<void> put(const std::string& name, BytesView bytes) {
        if (room == 0) return fail(Code::unavailable, "full");
        --room;
        files[name] = to_bytes(bytes);
        return {};
    }
};

struct AnExport : testing::Test {
    MemoryLedger ledger;
    Folder folder;
    VerifierKey key = ledger.key.verifier();
    void grow_to(std::uint64_t size) {
        while (ledger.leaves.size() < size) ledger.append(a_leaf(ledger.leaves.size()));
        ledger.sign(size);
    }
    static Bytes a_leaf(std::uint64_t index) {
        return to_bytes("kith-ledger/1\nat: 2026-11-21T09:30:00.000Z\nact: step_" + std::to_string(index) +
                        "\nby: system\n");
    }
    Result<Exported> write(std::uint64_t size) { return export_tiles(ledger, ledger.checkpoints.at(size), folder); }
    Report verified() {
        auto tiled = TiledLedger::open(folder).value();
        return verify(tiled, {&key, 1}).value();
    }
};

TEST(TileNames, AreThoseOfTheSpecification) {
    EXPECT_EQ(name_of({0, 0, 256}), "tile/0/000");
    EXPECT_EQ(name_of({1, 1234067, 256}), "tile/1/x001/x234/067");
    EXPECT_EQ(name_of({2, 5, 1}), "tile/2/005.p/1");
    EXPECT_EQ(bundle_name_of({0, 1000, 112}), "tile/entries/x001/000.p/112");
}

TEST(TileNames, OfSeventyThousandEntriesAreThoseOfTheSpecification) {
    const auto tiles = tiles_between(0, 70'000);
    EXPECT_EQ(tiles.size(), 273U + 1 + 1 + 1 + 1);
    for (const Tile& tile : {Tile{0, 272, 256}, Tile{0, 273, 112}, Tile{1, 0, 256}, Tile{1, 1, 17}, Tile{2, 0, 1}})
        EXPECT_EQ(std::ranges::count(tiles, tile), 1) << name_of(tile);
    EXPECT_EQ(tiles_between(0, 256), (std::vector<Tile>{{0, 0, 256}, {1, 0, 1}}));
    EXPECT_EQ(tiles_between(256, 257), (std::vector<Tile>{{0, 1, 1}}));
    EXPECT_EQ(tiles_between(300, 300), std::vector<Tile>{});
    EXPECT_EQ(tiles_between(300, 301), (std::vector<Tile>{{0, 1, 45}}));
}

TEST_F(AnExport, IsVerifiedAloneAtAnySize) {
    for (const std::uint64_t size : {1U, 255U, 256U, 257U, 600U, 66'000U}) {
        grow_to(size);
        folder.files.clear();
        EXPECT_EQ(write(size).value().size, size);
        const Report report = verified();
        EXPECT_TRUE(report.intact()) << size << ": " << describe(report.faults.front());
        EXPECT_EQ(report.leaves, size);
        EXPECT_EQ(report.checkpoints, 1U);
    }
}

TEST_F(AnExport, GrowsByAddingFilesAloneAndAnyWayOfGrowingEndsTheSame) {
    for (const std::uint64_t size : {3U, 200U, 256U, 700U, 701U}) {
        grow_to(size);
        const auto before = folder.files;
        EXPECT_GT(write(size).value().files, 0U);
        for (const auto& [name, bytes] : before) {
            if (name != checkpoint_name) {
                EXPECT_EQ(folder.files.at(name), bytes) << name;
            }
        }
        EXPECT_TRUE(verified().intact());
    }
    Folder at_once;
    ASSERT_TRUE(export_tiles(ledger, ledger.checkpoints.at(701), at_once).has_value());
    for (const auto& [name, bytes] : at_once.files) EXPECT_EQ(folder.files.at(name), bytes) << name;
    EXPECT_EQ(write(701).value().files, 0U);
}

TEST_F(AnExport, CutShortAtAnyFileIsTheOldOneStillAndIsFinishedLater) {
    grow_to(300);
    grow_to(900);
    ASSERT_TRUE(write(300).has_value());
    const auto old = folder.files;
    for (std::size_t room = 0;; ++room) {
        folder.files = old;
        folder.room = room;
        const auto done = write(900);
        folder.room = 1'000'000;
        if (done) break;
        const Report report = verified();
        ASSERT_TRUE(report.intact()) << room;
        EXPECT_EQ(report.head->size, 300U) << room;
        ASSERT_TRUE(write(900).has_value()) << room;
        EXPECT_EQ(verified().head->size, 900U);
    }
    folder.files.clear();
    folder.room = 4;
    EXPECT_FALSE(write(900).has_value());
    EXPECT_EQ(TiledLedger::open(folder).error().code, Code::not_found) << "without a checkpoint it is none";
}

TEST_F(AnExport, NamesTheEntryThatWasAltered) {
    grow_to(700);
    ASSERT_TRUE(write(700).has_value());
    Bytes& bundle = folder.files.at("tile/entries/001");
    auto leaves = leaves_of(bundle);
    leaves.at(3).back() = '!';
    bundle.clear();
    for (const Bytes& leaf : leaves) ASSERT_TRUE(add_to_bundle(bundle, leaf).has_value());
    const Report report = verified();
    ASSERT_EQ(report.fault_count, 1U);
    EXPECT_EQ(report.faults[0], (Fault{FaultKind::leaf_altered, 259}));
}

TEST_F(AnExport, NamesWhatIsMissingOrCutShort) {
    grow_to(700);
    ASSERT_TRUE(write(700).has_value());
    const auto whole = folder.files;
    for (const auto& [name, bytes] : whole) {
        if (name == checkpoint_name) continue;
        folder.files = whole;
        folder.files.erase(name);
        EXPECT_FALSE(verified().intact()) << name;
        folder.files[name] = Bytes(bytes.begin(), bytes.end() - 1);
        EXPECT_FALSE(verified().intact()) << name << " cut short";
    }
}

TEST_F(AnExport, IsNotWrittenOverWhereAnotherLiesThere) {
    grow_to(700);
    folder.files["tile/0/001"] = Bytes(8192, 7);
    EXPECT_EQ(write(700).error().code, Code::betrayed);
    EXPECT_FALSE(folder.files.contains("checkpoint"));
}

TEST_F(AnExport, HoldsTheBytesOfTheEntriesAndHashesAndNothingElse) {
    grow_to(600);
    ASSERT_TRUE(write(600).has_value());
    std::size_t bytes = 0;
    for (const auto& [name, content] : folder.files) bytes += content.size();
    std::size_t expected = ledger.checkpoints.at(600).size() + 600 * 32 + 2 * 32;
    for (const auto& [index, leaf] : ledger.leaves) expected += 2 + leaf.size();
    EXPECT_EQ(bytes, expected);
}

TEST(Bundles, HoldLeavesOfEveryLengthThatALeafCanHave) {
    Bytes bundle;
    ASSERT_TRUE(add_to_bundle(bundle, Bytes()).has_value());
    ASSERT_TRUE(add_to_bundle(bundle, Bytes(65'535, 9)).has_value());
    EXPECT_FALSE(add_to_bundle(bundle, Bytes(65'536, 9)).has_value());
    EXPECT_EQ(leaves_of(bundle), (std::vector<Bytes>{{}, Bytes(65'535, 9)}));
}

}  // namespace
}  // namespace kith::ledger
