#include "web/http/form.hpp"

#include <gtest/gtest.h>

#include <random>

namespace kith::web::http {
namespace {

Error refusal(std::string_view encoded, const FormLimits& limits = {}) {
    const auto form = Form::parse(encoded, limits);
    return form ? Error{Code::conflict, "accepted", {}} : form.error();
}

TEST(Form, KeepsFieldsInTheOrderSent) {
    const auto form = Form::parse("kind=child&note=On+the+way%21&kind=place&draft");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->get("kind"), "child");
    EXPECT_EQ(form->get("note"), "On the way!");
    EXPECT_EQ(form->all("kind"), (std::vector<std::string_view>{"child", "place"}));
    EXPECT_TRUE(form->has("draft"));
    EXPECT_EQ(form->get("draft"), "");
    EXPECT_FALSE(form->has("other"));
    EXPECT_EQ(form->get("other"), "");
    EXPECT_EQ(form->fields()[2], (Form::Field{"kind", "place"}));
}

TEST(Form, AnEmptyBodyIsAFormWithoutFields) {
    ASSERT_TRUE(Form::parse(""));
    EXPECT_TRUE(Form::parse("")->fields().empty());
}

TEST(Form, ReadsEveryScript) { EXPECT_EQ(Form::parse("name=%C5%81ucja+%CE%95%CE%BB")->get("name"), "Łucja Ελ"); }

TEST(Form, RefusesWhatNoBrowserWrites) {
    for (const std::string_view bad : {"a=%", "a=%4", "a=%4g", "a=%zz", "a= b", "a=\n", "a=\x7f", "a=\xc3\xa9"})
        EXPECT_EQ(refusal(bad).what, "form is not percent-encoded") << bad;
    for (const std::string_view bad : {"=b", "a=b&", "a=b&&c=d", "&a=b", "&"})
        EXPECT_EQ(refusal(bad).what, "form field has no name") << bad;
}

TEST(Form, RefusesTextThatIsNotCleanUtf8) {
    for (const std::string_view bad : {"a=%ff", "a=%C0%80", "a=%ED%A0%80", "a=%00", "a=%1B", "%ff=a"})
        EXPECT_EQ(refusal(bad).what, "form field is not clean UTF-8 text") << bad;
    EXPECT_TRUE(Form::parse("a=one%0D%0Atwo%09x"));
}

TEST(Form, RefusesMoreThanItsLimits) {
    EXPECT_EQ(refusal("a=1&b=2&c=3", {.fields = 2}).what, "form has too many fields");
    EXPECT_EQ(refusal("abcd=1", {.name_bytes = 3}).what, "form field name is too long");
    EXPECT_EQ(refusal("a=12345", {.bytes = 6}).what, "form is too long");
    EXPECT_EQ(refusal("a=12345", {.bytes = 6}).code, Code::too_large);
    EXPECT_TRUE(Form::parse("a=1&b=2", {.bytes = 7, .fields = 2, .name_bytes = 1}));
}

TEST(Form, AddCountsAllBytes) {
    Form form;
    EXPECT_TRUE(form.add("a", "1234", {.bytes = 10}));
    EXPECT_TRUE(form.add("b", "1234", {.bytes = 10}));
    EXPECT_EQ(form.add("c", "", {.bytes = 10}).error().code, Code::too_large);
}

TEST(Query, ReadsBackWhateverWasWritten) {
    std::mt19937 random(11);
    for (int round = 0; round < 300; ++round) {
        std::string value;
        for (int i = 0; i < 40; ++i) value += static_cast<char>(0x20 + random() % 0x5f);
        value += "é+%&=#\r\n";
        const std::string path = with_query("/find", {{"q", value}, {"pa ge", "2"}});
        const auto form = Form::parse(std::string_view(path).substr(path.find('?') + 1));
        ASSERT_TRUE(form) << path;
        EXPECT_EQ(form->get("q"), value);
        EXPECT_EQ(form->get("pa ge"), "2");
        EXPECT_EQ(path.find_first_of("\r\n #"), std::string::npos);
    }
    EXPECT_EQ(with_query("/find", {}), "/find");
    EXPECT_EQ(percent_encode("a/b?c d"), "a%2Fb%3Fc%20d");
}

TEST(Query, APlusIsASpaceOnlyWhereFormsSaySo) {
    EXPECT_EQ(percent_decode("a+b", Plus::space), "a b");
    EXPECT_EQ(percent_decode("a+b", Plus::itself), "a+b");
}

}  // namespace
}  // namespace kith::web::http
