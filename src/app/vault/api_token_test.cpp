#include "app/vault/api_token.hpp"

#include <gtest/gtest.h>

#include <set>

#include "adapters/sodium/cryptography.hpp"

namespace kith::app {
namespace {

class ApiTokens : public ::testing::Test {
  protected:
    std::unique_ptr<Cryptography> crypto_ = sodium::make_cryptography().value();
};

TEST_F(ApiTokens, AreThirtyTwoRandomBytesUnderAPrefixThatASearchForSecretsFinds) {
    std::array<std::set<char>, 51> seen;
    for (int i = 0; i < 2000; ++i) {
        const std::string text = ApiToken::create(*crypto_).text().expose();
        ASSERT_EQ(text.size(), 57u);
        ASSERT_EQ(text.substr(0, 5), "kith_");
        for (std::size_t at = 0; at < seen.size(); ++at) seen[at].insert(text[5 + at]);
    }
    for (const auto& letters : seen) EXPECT_EQ(letters.size(), 32u);
}

TEST_F(ApiTokens, AreReadInTheOneFormInWhichTheyAreShown) {
    const ApiToken token = ApiToken::create(*crypto_);
    const std::string text = token.text().expose();
    EXPECT_EQ(ApiToken::parse(text).value().finder(*crypto_), token.finder(*crypto_));
    std::string lower = text, upper = text;
    for (std::size_t at = 5; at < text.size(); ++at) lower[at] = static_cast<char>(std::tolower(lower[at]));
    for (char& c : upper) c = static_cast<char>(std::toupper(c));
    for (const std::string& wrong :
         {std::string(), std::string("kith_"), lower, upper, text.substr(5), text + "0", text.substr(0, 56), ' ' + text,
          text + ' ', text.substr(0, 10) + '-' + text.substr(10)})
        EXPECT_EQ(ApiToken::parse(wrong).error().code, Code::not_found) << wrong;
}

TEST_F(ApiTokens, OneIdempotencyKeyOfTwoTokensIsTwo) {
    const ApiToken one = ApiToken::create(*crypto_), other = ApiToken::create(*crypto_);
    EXPECT_EQ(one.once(*crypto_, "a"), ApiToken::parse(one.text().expose()).value().once(*crypto_, "a"));
    EXPECT_NE(one.once(*crypto_, "a"), one.once(*crypto_, "b"));
    EXPECT_NE(one.once(*crypto_, "a"), other.once(*crypto_, "a"));
    EXPECT_NE(one.once(*crypto_, ""), one.finder(*crypto_));
}

}  // namespace
}  // namespace kith::app
