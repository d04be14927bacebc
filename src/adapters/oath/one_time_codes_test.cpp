#include "adapters/oath/one_time_codes.hpp"

#include <gtest/gtest.h>

namespace kith::oath {
namespace {

Instant at_second(std::int64_t second) { return Instant(std::chrono::seconds(second)); }

class OneTimeCodes : public testing::Test {
  protected:
    std::unique_ptr<app::OneTimeCodes> codes_ = *make_one_time_codes();
    // The secret of RFC 6238, appendix B.
    const SecretBytes secret_{to_bytes("12345678901234567890")};
};

TEST_F(OneTimeCodes, AreThoseOfRfc6238) {
    EXPECT_EQ(codes_->code_at(secret_, at_second(59)).expose(), "287082");
    EXPECT_EQ(codes_->code_at(secret_, at_second(1111111109)).expose(), "081804");
    EXPECT_EQ(codes_->code_at(secret_, at_second(1111111111)).expose(), "050471");
    EXPECT_EQ(codes_->code_at(secret_, at_second(1234567890)).expose(), "005924");
    EXPECT_EQ(codes_->code_at(secret_, at_second(2000000000)).expose(), "279037");
    EXPECT_EQ(codes_->code_at(secret_, at_second(20000000000)).expose(), "353130");
}

TEST_F(OneTimeCodes, AreTakenOneStepEarlyAndLateAndTellWhichStepWasUsed) {
    const std::string code = codes_->code_at(secret_, at_second(1'700'000'010)).expose();
    const std::int64_t step = 1'700'000'010 / 30;
    for (const std::int64_t late : {-30, 0, 29, 30})
        EXPECT_EQ(codes_->check(secret_, code, at_second(1'700'000'010 + late))->number, step) << late;
    for (const std::int64_t late : {-60, 60, 3000})
        EXPECT_EQ(codes_->check(secret_, code, at_second(1'700'000'010 + late)).error().code, Code::invalid) << late;
}

TEST_F(OneTimeCodes, OfAnotherSecretOrAnotherLengthAreRefused) {
    const Instant now = at_second(1'700'000'000);
    const std::string code = codes_->code_at(secret_, now).expose();
    EXPECT_FALSE(codes_->check(SecretBytes(to_bytes("12345678901234567891")), code, now));
    for (const std::string& wrong : {std::string(), code.substr(0, 5), code + "0", " " + code})
        EXPECT_FALSE(codes_->check(secret_, wrong, now)) << wrong;
}

TEST_F(OneTimeCodes, GiveAnAuthenticatorItsUriWithEverythingEscaped) {
    EXPECT_EQ(codes_->otpauth_uri(secret_, "Kith & Kin", "dana@example.org").expose(),
              "otpauth://totp/Kith%20%26%20Kin:dana%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
              "&issuer=Kith%20%26%20Kin&algorithm=SHA1&digits=6&period=30");
}

TEST_F(OneTimeCodes, HaveSecretsOfTwentyBytesThatDiffer) {
    const SecretBytes one = codes_->new_secret();
    EXPECT_EQ(one.expose().size(), 20U);
    EXPECT_NE(one.expose(), codes_->new_secret().expose());
}

}  // namespace
}  // namespace kith::oath
