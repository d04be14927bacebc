#include "web/http/cookies.hpp"

#include <gtest/gtest.h>

namespace kith::web::http {
namespace {

TEST(Cookies, FindsOnlyWhatCarriesThePrefix) {
    const Cookies cookies = Cookies::parse("session=forged; __Host-session=abc123;\t__Host-step=2");
    EXPECT_EQ(cookies.get("session"), "abc123");
    EXPECT_EQ(cookies.get("step"), "2");
    EXPECT_FALSE(cookies.get("other"));
}

TEST(Cookies, ACookieThatCameTwiceIsNotBelieved) {
    EXPECT_FALSE(Cookies::parse("__Host-session=a; __Host-session=b").get("session"));
}

TEST(Cookies, LeavesOutWhatIsMalformed) {
    const Cookies cookies = Cookies::parse("a; =b; c d=e; f=g\"h; __Host-ok=1; i=j,k;");
    EXPECT_EQ(cookies.size(), 1U);
    EXPECT_EQ(cookies.get("ok"), "1");
    EXPECT_EQ(Cookies::parse("").size(), 0U);
}

TEST(Cookies, LooksAtFiftyAtMost) {
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "a" + std::to_string(i) + "=1;";
    EXPECT_EQ(Cookies::parse(many).size(), 50U);
}

TEST(Cookies, AreWrittenInOneForm) {
    EXPECT_EQ(set_cookie({"session", "abc"}),
              (Header{"Set-Cookie", "__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Strict"}));
    EXPECT_EQ(set_cookie({"seen", "1", SameSite::lax, std::chrono::seconds(60)}).value,
              "__Host-seen=1; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60");
    EXPECT_EQ(clear_cookie("session").value, "__Host-session=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
}

TEST(Cookies, AValueCannotAddAttributesOrHeaders) {
    for (const std::string_view bad : {"a; Domain=example.org", "a\r\nX: y", "a b", "a\"", "\xc3\xa9"})
        EXPECT_THROW(set_cookie({"session", bad}), Bug) << bad;
    EXPECT_THROW(set_cookie({"se ssion", "a"}), Bug);
    EXPECT_THROW(set_cookie({"", "a"}), Bug);
}

}  // namespace
}  // namespace kith::web::http
