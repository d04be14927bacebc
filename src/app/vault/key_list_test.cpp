#include "app/vault/key_list.hpp"

#include <gtest/gtest.h>

#include "adapters/sodium/cryptography.hpp"

namespace kith::app {
namespace {

/// A chain founded by one custodian, with a second custodian on it, and lists after.
class KeyLists : public ::testing::Test {
  protected:
    std::unique_ptr<Cryptography> crypto_ = sodium::make_cryptography().value();
    Holder first_ = new_holder(*crypto_, crypto_->random_id<MemberId>(), {parties::Role::custodian});
    Holder second_ = new_holder(*crypto_, crypto_->random_id<MemberId>(), {parties::Role::custodian});
    Holder stranger_ = new_holder(*crypto_, crypto_->random_id<MemberId>(), {parties::Role::custodian});
    std::vector<KeyListRow> chain_;

    void SetUp() override {
        KeyList list;
        list.custody = {crypto_->new_pair().public_half, 1};
        sign(list, first_, 0, [&](KeyList& l) { put(l, first_); });
        extend(first_, [&](KeyList& l) { put(l, second_); });
        extend(second_, [&](KeyList& l) {
            l.duty[crypto_->random_id<FrontDoorId>()] = {crypto_->new_pair().public_half, 1};
        });
    }
    static void put(KeyList& list, const Holder& holder) {
        list.holders[holder.member] = holder.pair.public_half;
        list.signers[holder.member] = holder.signing->public_half;
    }
    template <class F>
    void sign(KeyList list, const Holder& by, std::uint32_t number, F change) {
        list.number = number;
        list.signer = by.member;
        list.signer_key = by.signing->public_half;
        change(list);
        chain_.push_back(signed_row(*crypto_, list, *by.signing));
    }
    template <class F>
    void extend(const Holder& by, F change) {
        KeyList list = decode_key_list(chain_.back().text).value();
        list.previous = crypto_->sha256(as_bytes(chain_.back().text));
        sign(list, by, list.number + 1, change);
    }
    VerifiedList newest(std::uint32_t at_least = 0) { return newest_good(*crypto_, chain_, at_least).value(); }
};

TEST_F(KeyLists, AChainSignedByItsOwnCustodiansVerifies) {
    const auto found = newest();
    EXPECT_EQ(found.list.number, 2u);
    EXPECT_EQ(found.refused, 0u);
    EXPECT_EQ(found.list.holders.size(), 2u);
    EXPECT_EQ(found.list.duty.size(), 1u);
    EXPECT_EQ(encode(found.list), chain_.back().text);
}

TEST_F(KeyLists, AListByAStrangerIsNotUsedAndTheLastGoodOneIs) {
    extend(stranger_, [&](KeyList& l) { l.custody = {stranger_.pair.public_half, 2}; });
    const auto found = newest();
    EXPECT_EQ(found.list.number, 2u);
    EXPECT_EQ(found.refused, 1u);
    EXPECT_NE(found.list.custody.public_half, stranger_.pair.public_half);
}

TEST_F(KeyLists, AStrangerWhoNamesHimselfAsSignerOnHisOwnListIsNotUsed) {
    extend(stranger_, [&](KeyList& l) { put(l, stranger_); });
    EXPECT_EQ(newest().refused, 1u);
}

TEST_F(KeyLists, AStrangerUnderACustodiansNameIsNotUsed) {
    extend(stranger_, [&](KeyList& l) { l.signer = first_.member; });
    EXPECT_EQ(newest().refused, 1u);
    chain_.pop_back();
    extend(stranger_, [&](KeyList& l) {
        l.signer = first_.member;
        l.signer_key = first_.signing->public_half;
    });
    EXPECT_EQ(newest().refused, 1u) << "the signature is another's";
}

TEST_F(KeyLists, AnAlteredListAndAllAfterItAreNotUsed) {
    for (std::size_t i = 0; i < chain_[1].text.size(); i += 7) {
        auto altered = chain_;
        altered[1].text[i] = altered[1].text[i] == 'a' ? 'b' : 'a';
        const auto found = newest_good(*crypto_, altered, 0);
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(found->list.number, 0u) << "byte " << i;
        EXPECT_EQ(found->refused, 2u);
    }
}

TEST_F(KeyLists, AnAlteredFirstListIsBetrayal) {
    chain_[0].signature[3] ^= 1;
    EXPECT_EQ(newest_good(*crypto_, chain_, 0).error().code, Code::betrayed);
}

TEST_F(KeyLists, AnotherFirstListDoesNotCarryTheChain) {
    KeyList list;
    list.custody = {stranger_.pair.public_half, 1};
    list.signer = stranger_.member;
    list.signer_key = stranger_.signing->public_half;
    put(list, stranger_);
    chain_[0] = signed_row(*crypto_, list, *stranger_.signing);
    EXPECT_EQ(newest().list.number, 0u);
    EXPECT_EQ(newest().refused, 2u);
    EXPECT_EQ(newest_good(*crypto_, chain_, 1).error().code, Code::betrayed) << "older than the one last used";
}

TEST_F(KeyLists, AMissingOrSwappedListEndsTheChain) {
    auto without = chain_;
    without.erase(without.begin() + 1);
    EXPECT_EQ(newest_good(*crypto_, without, 0).value().list.number, 0u);
    std::swap(chain_[1], chain_[2]);
    EXPECT_EQ(newest().list.number, 0u);
    EXPECT_EQ(newest().refused, 2u);
}

TEST_F(KeyLists, ARolledBackChainIsBetrayalToWhoRemembersTheNumber) {
    EXPECT_EQ(newest(2).list.number, 2u);
    chain_.pop_back();
    EXPECT_EQ(newest_good(*crypto_, chain_, 2).error().code, Code::betrayed);
    EXPECT_EQ(newest_good(*crypto_, {}, 0).error().code, Code::not_found);
}

TEST_F(KeyLists, OnlyASecondCustodianCountersigns) {
    const auto signed_by = [&](const Holder& holder) {
        chain_[0].countersignature = crypto_->sign(*holder.signing, as_bytes(chain_[0].text));
        return newest().countersigned;
    };
    EXPECT_FALSE(newest().countersigned);
    EXPECT_FALSE(signed_by(first_)) << "not the one who signed it";
    EXPECT_FALSE(signed_by(stranger_));
    EXPECT_TRUE(signed_by(second_));
    (*chain_[0].countersignature)[0] ^= 1;
    EXPECT_FALSE(newest().countersigned);
}

TEST_F(KeyLists, OneTextForEachList) {
    const std::string& good = chain_.back().text;
    EXPECT_EQ(encode(decode_key_list(good).value()), good);
    for (const std::string& text : {good + "\n", good.substr(0, good.size() - 1), " " + good, good + "number: 2\n",
                                    std::string(), std::string("kith-key-list/2\n")})
        EXPECT_EQ(decode_key_list(text).error().code, Code::betrayed) << text;
}

TEST_F(KeyLists, TheFingerprintIsOfTheFirstListAlone) {
    const std::string before = fingerprint(*crypto_, chain_[0]);
    EXPECT_EQ(before.size(), 39u);
    KeyListRow other = chain_[0];
    other.text[other.text.size() - 2] ^= 1;
    EXPECT_NE(fingerprint(*crypto_, other), before);
}

}  // namespace
}  // namespace kith::app
