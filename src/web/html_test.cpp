#include "web/html.hpp"

#include <gtest/gtest.h>

#include <concepts>

namespace kith::web {
namespace {

std::string written(std::string_view text) {
    Html o;
    o.put(text);
    return o.str();
}

TEST(Html, TextCannotBecomeMarkupOrLeaveAnAttribute) {
    EXPECT_EQ(written("<b a=\"1\" c='2'>&amp;</b>"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;");
    EXPECT_EQ(written("Zoë, about 9"), "Zoë, about 9");
}

TEST(Html, NumbersAndPiecesAreWrittenAsTheyAre) {
    Html o;
    o.put(-7);
    o.put(std::size_t{42});
    o.put(piece([](Html& p) { p.raw("<b>"), p.put("<"), p.raw("</b>"); }));
    EXPECT_EQ(o.str(), "-742<b>&lt;</b>");
}

template <class T>
concept TakenAsAddress = requires(Html o, T value) { o.put_url(value); };
template <class T>
concept TakenAsText = requires(Html o, T value) { o.put(value); };

TEST(Html, OnlyAUrlIsAnAddressAndATruthIsNoText) {
    EXPECT_TRUE(TakenAsAddress<Url>);
    EXPECT_FALSE(TakenAsAddress<std::string>);
    EXPECT_FALSE(TakenAsAddress<std::string_view>);
    EXPECT_FALSE(TakenAsAddress<const char*>);
    EXPECT_TRUE(TakenAsText<int>);
    EXPECT_FALSE(TakenAsText<bool>);
    EXPECT_FALSE(TakenAsText<char>);
}

TEST(Url, PiecesOfAPathCannotAddToIt) {
    EXPECT_EQ(Url::path("/places/{}/{}", "a/b?c#d e", 12).text(), "/places/a%2Fb%3Fc%23d%20e/12");
    EXPECT_THROW(Url::path("/places/{}", ".."), Bug);
    EXPECT_THROW(Url::path("/places/{}", ""), Bug);
    EXPECT_EQ(Url::path("/places/{}", "...").text(), "/places/...");
}

TEST(Url, QueriesAndPlacesAreEncoded) {
    EXPECT_EQ(Url("/queue").with("kind", "a&b=c").with("page", 2).at("x y").text(),
              "/queue?kind=a%26b%3Dc&page=2#x%20y");
}

TEST(Url, OnlyAPathOfOursIsLocal) {
    EXPECT_EQ(Url::local("/queue?x=1")->text(), "/queue?x=1");
    for (const auto* bad : {"//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "javascript:x",
                            "", "queue", "/a b", "/a\"b", "/a\\b", "/a\nb"})
        EXPECT_FALSE(Url::local(bad)) << bad;
}

TEST(Url, OnlyHttpsLeadsOutside) {
    EXPECT_TRUE(Url::https("https://council.example/privacy"));
    for (const auto* bad : {"http://council.example", "javascript:alert(1)", "https://a\"b", " https://a"})
        EXPECT_FALSE(Url::https(bad)) << bad;
}

TEST(Url, TelephoneAndMailKeepNothingElse) {
    EXPECT_EQ(Url::telephone("01632 960 100 (day)").text(), "tel:01632960100");
    EXPECT_EQ(Url::mail("jo@area.example?bcc=x").text(), "mailto:jo@area.example%3Fbcc%3Dx");
}

}  // namespace
}  // namespace kith::web
