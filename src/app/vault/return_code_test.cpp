#include "app/vault/return_code.hpp"

#include <gtest/gtest.h>

#include <bitset>
#include <set>

#include "adapters/sodium/cryptography.hpp"

namespace kith::app {
namespace {

class ReturnCodes : public ::testing::Test {
  protected:
    std::unique_ptr<Cryptography> crypto_ = sodium::make_cryptography().value();
};

TEST_F(ReturnCodes, AreFiveFoursAndEveryOneOfTheirHundredBitsVaries) {
    std::array<std::set<char>, 20> seen;
    for (int i = 0; i < 2000; ++i) {
        const std::string text = ReturnCode::create(*crypto_).text();
        ASSERT_EQ(text.size(), 24u);
        std::size_t letter = 0;
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (at % 5 == 4) {
                ASSERT_EQ(text[at], '-');
            } else
                seen[letter++].insert(text[at]);
        }
    }
    for (const auto& letters : seen) EXPECT_EQ(letters.size(), 32u) << "five bits in each of twenty letters";
}

TEST_F(ReturnCodes, AreReadHoweverTheyWereTyped) {
    for (int i = 0; i < 200; ++i) {
        const ReturnCode code = ReturnCode::create(*crypto_);
        std::string lower, spaced, lookalike;
        for (const char c : code.text()) {
            lower += static_cast<char>(std::tolower(c));
            spaced += c == '-' ? ' ' : c;
            lookalike += c == '0' ? 'o' : c == '1' ? 'l' : c;
        }
        for (const std::string& typed : {code.text(), lower, "  " + spaced + " ", lookalike})
            EXPECT_EQ(ReturnCode::parse(typed).value().finder(*crypto_), code.finder(*crypto_)) << typed;
    }
}

TEST_F(ReturnCodes, WhatIsNotOneIsSimplyNotThere) {
    for (const std::string_view text : {"", "-", "7K4Q", "7K4Q-0XJ2-M9TD-W3HB-5RN", "7K4Q-0XJ2-M9TD-W3HB-5RNEE",
                                        "7K4Q-0XJ2-M9TD-W3HB-5RN!", "7K4Q-0XJ2-M9TD-W3HB-5RNU"})
        EXPECT_EQ(ReturnCode::parse(text).error().code, Code::not_found) << text;
    EXPECT_FALSE(ReturnCode::parse(std::string(100000, '-') + std::string(100000, 'A')));
}

TEST_F(ReturnCodes, LeadToTheirConcernAndNoOtherCodeOpensIt) {
    const ReturnCode code = ReturnCode::create(*crypto_);
    const auto concern = crypto_->random_id<ConcernId>();
    auto sealed = code.seal(*crypto_, concern);
    EXPECT_EQ(code.open(*crypto_, sealed).value(), concern);
    EXPECT_EQ(ReturnCode::create(*crypto_).open(*crypto_, sealed).error().code, Code::betrayed);
    for (std::size_t i = 0; i < sealed.bytes.size(); ++i) {
        auto altered = sealed;
        altered.bytes[i] ^= 1;
        EXPECT_EQ(code.open(*crypto_, altered).error().code, Code::betrayed);
    }
}

TEST_F(ReturnCodes, WhatIsStoredSaysNothingOfTheCode) {
    const ReturnCode code = ReturnCode::create(*crypto_);
    const Digest finder = code.finder(*crypto_);
    EXPECT_NE(finder, crypto_->derive("kith/return-code/key", as_bytes(code.text()))) << "finder and key are unrelated";
    const auto sealed = code.seal(*crypto_, crypto_->random_id<ConcernId>());
    EXPECT_FALSE(crypto_->open(Key(finder), sealed.bytes, {}).has_value());
    // One letter changed changes about half of the finder.
    std::string text = code.text();
    text[0] = text[0] == 'A' ? 'B' : 'A';
    const Digest near = ReturnCode::parse(text).value().finder(*crypto_);
    std::size_t differing = 0;
    for (std::size_t i = 0; i < finder.size(); ++i) differing += std::bitset<8>(finder[i] ^ near[i]).count();
    EXPECT_GT(differing, 80u);
    EXPECT_LT(differing, 176u);
}

}  // namespace
}  // namespace kith::app
