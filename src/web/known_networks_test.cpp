#include "web/known_networks.hpp"

#include <gtest/gtest.h>

#include "web/qr.hpp"

namespace kith::web {
namespace {

TEST(KnownNetworks, KnowAMemberWhereTheySignedInAndNowhereElse) {
    KnownNetworks known;
    EXPECT_FALSE(known.knows("jo@example.test", "192.0.2.0"));
    known.remember("Jo@Example.test ", "192.0.2.0");
    EXPECT_TRUE(known.knows("jo@example.test", "192.0.2.0")) << "an address is the same in capitals";
    EXPECT_FALSE(known.knows("jo@example.test", "198.51.100.0"));
    EXPECT_FALSE(known.knows("sam@example.test", "192.0.2.0"));
}

TEST(KnownNetworks, ForgetTheOldestWhenTheyAreVeryMany) {
    KnownNetworks known;
    known.remember("jo@example.test", "192.0.2.0");
    for (int i = 0; i < 20'000; ++i) known.remember("member" + std::to_string(i) + "@example.test", "192.0.2.0");
    EXPECT_FALSE(known.knows("jo@example.test", "192.0.2.0"));
    EXPECT_TRUE(known.knows("member19999@example.test", "192.0.2.0"));
}

TEST(QrCode, IsAPathOfWholeModulesInsideItsQuietBorder) {
    const auto code = qr_code(SecretText("otpauth://totp/Kith:jo?secret=JBSWY3DPEHPK3PXP&issuer=Kith")).value();
    EXPECT_EQ((code.side - 8 - 17) % 4, 0) << "every version is four modules wider than the one before";
    EXPECT_TRUE(code.path.starts_with("M4 4h7v1h-7z")) << "the first row begins with a finder pattern";
    EXPECT_EQ(code.path.find_first_not_of("Mhvz- 0123456789"), std::string::npos);
    EXPECT_FALSE(qr_code(SecretText(std::string(5000, 'x'))).has_value());
}

}  // namespace
}  // namespace kith::web
