#include "app/vault/holder.hpp"

#include <gtest/gtest.h>

#include <set>

#include "adapters/sodium/cryptography.hpp"

namespace kith::app {
namespace {
using parties::Role;

/// A custodian's row as the store has it, and what only they know.
class Holders : public ::testing::Test {
  protected:
    std::unique_ptr<Cryptography> crypto_ = sodium::make_cryptography().value();
    Holder holder_ = new_holder(*crypto_, crypto_->random_id<MemberId>(), {Role::custodian});
    SecretText password_{"fitting lanterns by the quay"};
    SecretText recovery_code_;
    MemberRow row_;

    void SetUp() override {
        row_.id = holder_.member;
        const auto credentials = credentials_for(*crypto_, row_.id, password_, holder_);
        row_.salt = credentials.salt;
        row_.verifier = credentials.verifier;
        row_.sealed_private = credentials.sealed_private;
        auto recovery = recovery_for(*crypto_, holder_);
        row_.recovery_salt = recovery.salt;
        row_.sealed_private_recovery = recovery.sealed_private;
        recovery_code_ = recovery.code;
    }
    static bool same(const Holder& a, const Holder& b) {
        return a.member == b.member && a.pair.private_half.expose() == b.pair.private_half.expose() &&
               a.signing.has_value() == b.signing.has_value() &&
               (!a.signing || a.signing->seed.expose() == b.signing->seed.expose());
    }
};

TEST_F(Holders, UnlockByTheirPassword) {
    const auto stretched = crypto_->stretch(password_, row_.salt);
    EXPECT_EQ(stretched.verifier, row_.verifier);
    EXPECT_TRUE(same(unlock(*crypto_, row_, stretched.key).value(), holder_));
}

TEST_F(Holders, UnlockByTheirRecoveryCodeHoweverItIsTyped) {
    EXPECT_TRUE(same(unlock_by_recovery(*crypto_, row_, recovery_code_).value(), holder_));
    std::string typed;
    for (const char c : recovery_code_.expose()) typed += c == '-' ? ' ' : static_cast<char>(std::tolower(c));
    EXPECT_TRUE(same(unlock_by_recovery(*crypto_, row_, SecretText(typed)).value(), holder_));
    EXPECT_EQ(unlock_by_recovery(*crypto_, row_, password_).error().code, Code::betrayed);
}

TEST_F(Holders, TheVerifierInTheStoreDoesNotUnlock) {
    EXPECT_EQ(unlock(*crypto_, row_, Key(row_.verifier)).error().code, Code::betrayed);
    EXPECT_EQ(unlock(*crypto_, row_, crypto_->stretch(SecretText("another"), row_.salt).key).error().code,
              Code::betrayed);
}

TEST_F(Holders, ARowGivenAnotherMembersNameDoesNotUnlock) {
    row_.id = crypto_->random_id<MemberId>();
    EXPECT_EQ(unlock(*crypto_, row_, crypto_->stretch(password_, row_.salt).key).error().code, Code::betrayed);
    EXPECT_EQ(unlock_by_recovery(*crypto_, row_, recovery_code_).error().code, Code::betrayed);
}

TEST_F(Holders, TheTwoSealedHalvesCannotTakeEachOthersPlace) {
    std::swap(row_.sealed_private, row_.sealed_private_recovery);
    std::swap(row_.salt, row_.recovery_salt);
    EXPECT_FALSE(unlock(*crypto_, row_, crypto_->stretch(password_, row_.recovery_salt).key).has_value());
    EXPECT_FALSE(unlock_by_recovery(*crypto_, row_, recovery_code_).has_value());
}

TEST_F(Holders, OnlyCustodiansHaveASigningPair) {
    EXPECT_TRUE(holder_.signing.has_value());
    const Holder manager = new_holder(*crypto_, crypto_->random_id<MemberId>(), {Role::manager});
    EXPECT_FALSE(manager.signing.has_value());
    EXPECT_TRUE(same(decode_halves(*crypto_, manager.member, SecretBytes(encode_halves(manager))).value(), manager));
    EXPECT_EQ(decode_halves(*crypto_, manager.member, SecretBytes(Bytes{1, 2, 3})).error().code, Code::betrayed);
}

TEST_F(Holders, TheRecoveryCodeHas120Bits) {
    std::size_t letters = 0;
    for (const char c : recovery_code_.expose()) letters += c != '-' ? 1 : 0;
    EXPECT_EQ(letters * 5, 120u);
}

TEST_F(Holders, APassPhraseIsEightWordsEachOutOf1024) {
    std::array<std::set<std::string>, 8> seen;
    for (int i = 0; i < 20000; ++i) {
        const std::string phrase = generated_pass_phrase(*crypto_).expose();
        ASSERT_EQ(phrase.size(), 8u * 4 + 7);
        for (std::size_t word = 0; word < 8; ++word) seen[word].insert(phrase.substr(word * 5, 4));
    }
    // 20,000 draws of 1,024: one word is never seen with a chance of about 3 in a million.
    for (const auto& words : seen) EXPECT_EQ(words.size(), 1024u);
}

}  // namespace
}  // namespace kith::app
