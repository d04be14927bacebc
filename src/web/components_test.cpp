#include "web/components.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "ui/components.hpp"
#include "web/assets.hpp"
#include "web/gallery.hpp"

namespace kith::web {
namespace {

using namespace std::chrono_literals;

const Instant now = from_millis(1795271408000);

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Clock, TimeIsSaidAsAPersonSaysIt) {
    EXPECT_EQ(clock_until(now + 34min, now).text, "34 min left");
    EXPECT_EQ(clock_until(now + 11min + 59s, now).text, "11 min left");
    EXPECT_EQ(clock_until(now + 30s, now).text, "Less than 1 min left");
    EXPECT_EQ(clock_until(now + 125min, now).text, "2 h 5 min left");
    EXPECT_EQ(clock_until(now + 24h * 3, now).text, "3 days left");
    EXPECT_EQ(clock_until(now - 7min, now).text, "Late by 7 min");
    EXPECT_EQ(clock_until(now, now).text, "Late by less than 1 min");
}

TEST(Clock, PressureRisesWithTheTimeAndAtItsEndItIsLate) {
    EXPECT_EQ(clock_until(now + 15min + 1ms, now).pressure, Pressure::calm);
    EXPECT_EQ(clock_until(now + 15min, now).pressure, Pressure::soon);
    EXPECT_EQ(clock_until(now + 1ms, now).pressure, Pressure::soon);
    EXPECT_EQ(clock_until(now, now).pressure, Pressure::late);
}

TEST(Field, AnErrorIsTiedToItsField) {
    const auto html =
        piece([](Html& o) {
            ui::text_input(o, {.field = {.name = "where", .label = "Where", .hint = "A street", .error = "Say where"}});
        }).str();
    EXPECT_TRUE(holds(html, "aria-describedby=\"where-hint where-error\""));
    EXPECT_TRUE(holds(html, "id=\"where-error\" class=\"govuk-error-message\""));
    EXPECT_TRUE(holds(html, "govuk-input--error"));
}

TEST(Field, WhatWasTypedComesBackAsTextAndNothingElse) {
    const std::string typed = "\"><script>alert(1)</script></textarea>";
    const auto html =
        piece([&](Html& o) {
            ui::text_input(o, {.field = {.name = "a", .label = typed}, .value = typed});
            ui::textarea(o, {.field = {.name = "b", .label = "B", .hint = typed, .error = typed}, .value = typed});
            ui::radios(o, {.field = {.name = "c", .label = typed}, .choices = {{.value = typed, .text = typed}}});
        }).str();
    EXPECT_FALSE(holds(html, "<script"));
    EXPECT_FALSE(holds(html, "\">&lt;script&gt;alert(1)&lt;/script&gt;</textarea></textarea>"));
}

TEST(Field, TheFirstLineOfWhatWasTypedMayBeEmpty) {
    // A browser drops a line feed right behind <textarea>: ours stands before the person's.
    const auto html =
        piece([](Html& o) { ui::textarea(o, {.field = {.name = "a", .label = "A"}, .value = "\nx"}); }).str();
    EXPECT_TRUE(holds(html, ">\n\nx</textarea>"));
}

TEST(Radios, NothingIsChosenForAPerson) {
    const auto html = piece([](Html& o) {
                          ui::radios(o, {.field = {.name = "decision", .label = "D"},
                                         .choices = {{.value = "", .text = "None"}, {.value = "act", .text = "Act"}}});
                      }).str();
    EXPECT_FALSE(holds(html, "checked"));
}

TEST(Errors, TheSummaryLeadsToTheFieldAndTitlesBeginWithError) {
    Errors errors;
    errors.add(Error{Code::invalid, "age is not a number", "age"});
    EXPECT_EQ(errors.of("age"), "Put an age such as 9, or leave it empty");
    const auto html = piece([&](Html& o) { ui::error_summary(o, errors); }).str();
    EXPECT_TRUE(holds(html, "<a href=\"#age\">Put an age such as 9, or leave it empty</a>"));
    PublicFrame frame{.title = "Report", .area = {.name = "Westmead"}, .has_errors = true};
    const auto page = piece([&](Html& o) { ui::public_layout(o, frame, [] {}); }).str();
    EXPECT_TRUE(holds(page, "<title>Error: Report - Westmead</title>"));
}

TEST(Errors, AWordIsFoundForEveryCodeAndForbiddenLooksLikeAbsent) {
    for (const auto code : {Code::invalid, Code::not_found, Code::forbidden, Code::conflict, Code::too_many,
                            Code::too_large, Code::unavailable, Code::betrayed})
        EXPECT_FALSE(error_word(Error{code, "", "no_such_field"}).empty());
    EXPECT_EQ(error_word(Error{Code::forbidden, "", ""}), error_word(Error{Code::not_found, "", ""}));
    EXPECT_EQ(error_word("what_seen", "empty"), "Tell us what you have seen or heard");
    EXPECT_EQ(error_word("age", "empty"), "Fill this in");
}

TEST(PublicLayout, TheEmergencyStandsBeforeAllElse) {
    const auto page =
        piece([](Html& o) {
            ui::public_layout(o, {.title = "Report", .area = {.name = "Westmead"}, .setting = Setting::demonstration},
                              [] {});
        }).str();
    const auto strip = page.find("Ring <a href=\"tel:999\">999</a>");
    EXPECT_LT(strip, page.find("kith-demonstration"));
    EXPECT_LT(strip, page.find("<header"));
    EXPECT_TRUE(holds(page, "Cannot speak? Ring 999, then press 55."));
    for (const auto* link :
         {"Privacy notice", "Complain", "Accessibility", "Other languages", "Leave this page quickly"})
        EXPECT_TRUE(holds(page, link)) << link;
}

TEST(Assets, EachIsFoundUnderItsContentsNameAndNothingElseIs) {
    const auto css = Assets::find(asset_url("theme.css").text());
    ASSERT_TRUE(css);
    EXPECT_EQ(css->content_type, "text/css; charset=utf-8");
    for (const auto name : ui::kAssetNames) EXPECT_FALSE(Assets::find(name)) << name;
    EXPECT_FALSE(Assets::find("/assets/theme.css"));
    EXPECT_FALSE(Assets::find("/assets/../theme.css"));
    EXPECT_FALSE(Assets::find(""));
}

TEST(Assets, TheStyleSheetBringsNoCrownNoBorrowedTypefaceAndAsksNobodyElse) {
    const std::string css(Assets::find(asset_url("theme.css").text())->bytes);
    ASSERT_GT(css.size(), 10000U);
    for (const auto* mark : {"crest", "crown", "GDS Transport", "@import"}) EXPECT_FALSE(holds(css, mark)) << mark;
    std::size_t addresses = 0;
    for (auto at = css.find("url("); at != std::string::npos; at = css.find("url(", at + 1), ++addresses)
        EXPECT_EQ(css.substr(at, 12), "url(/assets/");
    EXPECT_EQ(addresses, 2U);
    EXPECT_TRUE(holds(css, asset_url("letters.woff2").text()));
}

TEST(Assets, TheScriptKeepsNothingInTheBrowserAndRunsNoText) {
    const std::string js(Assets::find(asset_url("kith.js").text())->bytes);
    for (const auto* use : {"localStorage", "sessionStorage", "indexedDB", "document.cookie", "eval(", "new Function"})
        EXPECT_FALSE(holds(js, use)) << use;
}

/// Writes the pages that tests/browser/gallery.mjs looks at.
TEST(Gallery, EveryComponentIsShownWithItsSamplesAndEveryStateIsDrawn) {
    const std::filesystem::path folder = std::filesystem::path(KITH_GALLERY_DIR);
    std::filesystem::create_directories(folder / "assets");
    const auto write = [&](const std::string& name, std::string_view text) {
        std::ofstream(folder / name, std::ios::binary) << text;
    };
    std::string components;
    for (const auto& state : gallery_states()) {
        auto frames = gallery_frames();
        frames.open.title = frames.staff.title = state.title;
        const std::string drawn = state.draw(std::move(frames)).str();
        write(std::string(state.name) + ".html", drawn);
        if (state.name == "components") components = drawn;
    }
    for (const auto& row : ui::kAssetRows) write(std::string(row.path.substr(1)), Assets::find(row.path)->bytes);
    for (const auto& component : std::filesystem::directory_iterator(KITH_SOURCE_DIR "/ui/components")) {
        const auto name = component.path().filename().string();
        for (const auto& file : std::filesystem::directory_iterator(component)) {
            if (!file.path().stem().string().ends_with("_samples")) continue;
            EXPECT_TRUE(holds(components, "id=\"" + name + "\"")) << name;
        }
    }
}

}  // namespace
}  // namespace kith::web
