// What pages say and keep, asked without a browser's script: whom to ring, what stands first, what is refused, what is
// read back. The world is no demonstration, so that its banner speaks for nothing.
#include "api/pages.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

std::size_t times(const web::http::Response& response, std::string_view words) {
    std::size_t n = 0;
    for (auto at = response.body.find(words); at != std::string::npos; at = response.body.find(words, at + 1)) ++n;
    return n;
}
void expect_999_first(const web::http::Response& page, const std::string& where) {
    ASSERT_EQ(page.status, 200) << where;
    const auto strip = page.body.find("class=\"kith-emergency");
    ASSERT_NE(strip, std::string::npos) << where;
    EXPECT_LT(strip, page.body.find("<h1")) << where;
    EXPECT_NE(page.body.find("999", strip), std::string::npos) << where;
    EXPECT_FALSE(says(page, "kith-demonstration")) << where;
}
const Fields kAnswers{{"danger", "no"},
                      {"what_seen", "Older boys make younger ones carry bags."},
                      {"where_seen", "The steps"},
                      {"place_name", "The steps"},
                      {"when_seen", "Friday"},
                      {"worry", "They are afraid."},
                      {"names_known", "no"},
                      {"source", "community"}};

/// Through every question of a report to its end; each page as it is asked for.
std::vector<std::pair<std::string, web::http::Response>> pages_of_a_report(Browser& browser, const std::string& door,
                                                                           const std::string& about) {
    std::vector<std::pair<std::string, web::http::Response>> out;
    std::string path = "/at/" + door + "/report/start?about=" + about;
    for (int n = 0; n < 40; ++n) {
        const auto page = browser.get(path);
        out.emplace_back(path, page);
        if (path.ends_with("/check")) return out;
        Fields fields = kAnswers;
        fields.emplace_back("about", about);
        fields.emplace_back("go", "on");
        const auto answer = browser.send(path.substr(0, path.find('?')), fields);
        if (answer.status != 303) throw std::runtime_error("stuck at " + path + ": " + answer.body);
        path = where_to(answer);
    }
    throw std::runtime_error("no end to it");
}

TEST_F(Pages, EveryPageOfAReportAndOfACallBeginsWith999) {
    KITH_CLAUSE("PLY-026");
    for (const std::string about : {"me", "group", "place"}) {
        Browser browser = anyone();
        const auto pages = pages_of_a_report(browser, "plymouth", about);
        EXPECT_GT(pages.size(), 10u);
        for (const auto& [path, page] : pages) expect_999_first(page, path);
        expect_999_first(browser.get("/at/plymouth/report/leave"), "leave");
    }
    Browser stranger = anyone();
    for (const std::string path : {"/at/plymouth", "/at/plymouth/young", "/come-back"})
        expect_999_first(stranger.get(path), path);
    Browser desk = signed_in(world.call_taker());
    expect_999_first(desk.get("/calls/new"), "/calls/new");
}

TEST_F(Pages, WhoeverSaysOrFearsHarmIsShownTheNumberOfThatFrontDoor) {
    KITH_CLAUSE("PLY-018", "HAC-016");
    for (const DoorStaff* door : {&world.plymouth, &world.hackney}) {
        const std::string slug = door == &world.plymouth ? "plymouth" : "hackney";
        const auto points = world.questions(door->id).contact_points(world.clock.now()).value();
        const auto own = std::ranges::find(points, protocol::Purpose::front_door, &protocol::ContactPoint::purpose);
        ASSERT_NE(own, points.end());
        for (const std::string danger : {"yes", "unsure"}) {
            Browser browser = anyone();
            const std::string start = "/at/" + slug + "/report/start";
            browser.get(start + "?about=group");
            const auto on = browser.send(start, {{"about", "group"}, {"danger", danger}});
            ASSERT_EQ(on.status, 303);
            const auto next = browser.get(where_to(on));
            EXPECT_TRUE(says(next, own->label)) << slug << ' ' << danger;
            EXPECT_TRUE(says(next, own->number)) << slug << ' ' << danger;
        }
    }
}

TEST_F(Pages, AWorryWithoutItsKindIsRefusedInHackneyAndNothingIsKept) {
    KITH_CLAUSE("HAC-015");
    Browser browser = anyone();
    const std::string start = "/at/hackney/report/start";
    const auto form = browser.get(start + "?about=child_or_family");
    EXPECT_TRUE(says(form, "name=\"subject\" value=\"child\"") || says(form, "value=\"child\"")) << form.body;
    const auto refused = browser.send(start, {{"about", "child_or_family"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(says(refused, "govuk-error-summary"));
    EXPECT_EQ(browser.send(start, {{"about", "child_or_family"}, {"subject", "shop"}}).status, 422);
    EXPECT_EQ(world.sql_text("select count(*) from drafts"), "0\n");
    EXPECT_EQ(browser.send(start, {{"about", "child_or_family"}, {"subject", "family"}}).status, 303);
    const auto first = browser.another().get("/at/hackney");
    for (const std::string about : {"child_or_family", "group", "place"})
        EXPECT_TRUE(says(first, "about=" + about)) << "four subjects on three forms";
}

TEST_F(Pages, WhoStopsForFearOfWhoWillKnowIsGivenSomebodyToAskBeforeAnythingIsDropped) {
    KITH_CLAUSE("HAC-005");
    Browser browser = anyone();
    pages_of_a_report(browser, "hackney", "group");
    browser.get("/at/hackney/report/leave");
    const auto asked = browser.send("/at/hackney/report/leave", {{"leave_why", "who_knows"}});
    EXPECT_EQ(asked.status, 200);
    EXPECT_TRUE(says(asked, "We do not tell the family it was you"));
    EXPECT_TRUE(says(asked, "Want to ask someone first?"));
    const auto points = world.questions(world.hackney.id).contact_points(world.clock.now()).value();
    const auto contact = asked.body.substr(asked.body.find("Want to ask someone first?"));
    EXPECT_TRUE(std::ranges::any_of(points, [&](const auto& one) { return contact.find(one.number) < 300; }))
        << contact;
    EXPECT_EQ(world.sql_text("select count(*) from drafts"), "1\n") << "nothing is dropped yet";
    EXPECT_EQ(browser.send("/at/hackney/report/leave", {{"sure", "yes"}}).status, 200);
    EXPECT_EQ(world.sql_text("select count(*) from drafts"), "0\n");
    EXPECT_EQ(world.concerns_kept(), 0u);
}

TEST_F(Pages, ADraftIsGoneOnWithAfterTheBrowserWasClosedWhereThatWasChosenAndNowhereElse) {
    for (const bool keeps : {true, false}) {
        Browser browser = anyone();
        browser.get("/at/plymouth/report/start?about=group");
        Fields begun{{"about", "group"}, {"danger", "no"}};
        if (keeps) begun.emplace_back("keep", "yes");
        const auto on = browser.send("/at/plymouth/report/start", begun);
        ASSERT_EQ(on.status, 303);
        browser.get(where_to(on));
        ASSERT_EQ(browser.send(where_to(on), {{"what_seen", "Bags change hands."}, {"go", "on"}}).status, 303);

        browser.close();

        const auto first = browser.get("/at/plymouth");
        EXPECT_EQ(says(first, "Go on with the worry you began"), keeps);
        const auto page = browser.get(where_to(on));
        EXPECT_EQ(page.status, keeps ? 200 : 404);
        EXPECT_EQ(says(page, "Bags change hands."), keeps);
    }
}

TEST_F(Pages, OutsideStaffedHoursThePageSaysFirstThatNobodyIsReadingAndWhomToRing) {
    const auto number = [&](protocol::Purpose purpose) {
        const auto points = world.questions(world.plymouth.id).contact_points(world.clock.now()).value();
        const auto at = std::ranges::find(points, purpose, &protocol::ContactPoint::purpose);
        return at == points.end() ? std::string("no such number") : at->number;
    };
    Browser browser = anyone();
    const auto by_day = browser.get("/at/plymouth");
    EXPECT_FALSE(says(by_day, "Nobody is reading now"));
    world.clock.move_to(at("2026-06-13 23:30"));  // a Saturday night
    const auto by_night = browser.get("/at/plymouth");
    ASSERT_TRUE(says(by_night, "Nobody is reading now."));
    const auto said = by_night.body.find("Nobody is reading now.");
    const auto rings = by_night.body.find(number(protocol::Purpose::out_of_hours), said);
    EXPECT_LT(rings, by_night.body.find("about=group")) << "before the ways to write";
    EXPECT_LT(said, by_night.body.find("about=group"));
    EXPECT_TRUE(says(by_night, "You can still write to us."));
}

class ClosedDoor : public testing::Test {
  protected:
    World world{{.rotas = false}};
    web::Site site{world.house()};
};

TEST_F(ClosedDoor, TakesNoWritingWhicheverWayAndSaysWhomToRingByDayAndByNight) {
    Browser browser(site);
    const auto points = world.questions(world.plymouth.id).contact_points(world.clock.now()).value();
    const std::string number =
        std::ranges::find(points, protocol::Purpose::front_door, &protocol::ContactPoint::purpose)->number;
    for (const char* when : {"2026-06-09 11:00", "2026-06-13 23:30"}) {
        world.clock.move_to(at(when));
        const auto first = browser.get("/at/plymouth");
        EXPECT_TRUE(says(first, "You cannot write to us here yet")) << when;
        EXPECT_TRUE(says(first, "tel:999")) << when;
        EXPECT_TRUE(says(first, number)) << when;
        EXPECT_FALSE(says(first, "You can still write to us")) << when;
        EXPECT_FALSE(says(first, "Or write to us here")) << when;
        EXPECT_FALSE(says(first, "/report/start")) << when;
        const auto start = browser.get("/at/plymouth/report/start?about=group");
        EXPECT_TRUE(says(start, "You cannot write to us here yet")) << when;
        EXPECT_TRUE(says(start, number)) << when;
        EXPECT_FALSE(says(start, "You can still write to us")) << when;
        const auto sent = browser.send("/at/plymouth/report/start", {{"about", "group"}, {"danger", "no"}});
        EXPECT_TRUE(says(sent, "You cannot write to us here yet")) << when;
    }
    EXPECT_EQ(world.sql_text("select count(*) from drafts"), "0\n");
}

// --- who told
// --------------------------------------------------------------------------------------------------------------

TEST_F(Pages, NoPageSearchMailOrLineOfTheLogSaysWhoTold) {
    KITH_CLAUSE("PLY-030", "HAC-035");
    const std::vector<std::string> of_them{"Winifred", "Ashdown", "960123",    "960 123", "winifred@example.test",
                                           "Harbour",  "Clement", "AG-2025-77"};
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    std::string all;
    for (const DoorStaff* door : {&world.plymouth, &world.hackney}) {
        auto telling = door == &world.plymouth ? world.a_worry() : world.a_worry_in_hackney();
        telling.contact = world.a_person();
        const auto told = world.report(telling);
        const std::string concern = "/concerns/" + told.id.text();
        for (const Staff* who :
             std::initializer_list<const Staff*>{&door->manager, &door->call_taker, &world.custodian, &world.auditor}) {
            Browser browser = signed_in(*who);
            std::vector<std::string> paths{"/queue", concern, concern + "/marks", "/search", "/openings", "/ledger"};
            const auto leaves = world.ledger().size();
            for (auto i = leaves - 12; i < leaves; ++i) paths.push_back("/ledger/" + std::to_string(i));
            for (const auto& path : paths) all += browser.get(path).body;
            browser.get("/me");
            for (const auto& words : of_them) {
                auto found = browser.send("/search", {{"search_words", words}}).body;
                EXPECT_EQ(found.find(told.id.text()), std::string::npos) << words << " by " << who->name;
                for (auto at = found.find(words); at != std::string::npos; at = found.find(words))
                    found.erase(at, words.size());  // what they typed themselves
                all += found;
            }
        }
        must(world.decide(door->manager, told.id, world.a_decision(told.id)));
        all += signed_in(door->manager).get(concern).body;
    }
    for (const auto& mail : world.notices.all()) all += mail.address + ' ' + mail.link + '\n';
    ASSERT_TRUE(all.find("Orchard Parade") != std::string::npos) << "what is searched is what was shown";
    all += testing::internal::GetCapturedStdout() + testing::internal::GetCapturedStderr();
    for (const auto& part : of_them) EXPECT_EQ(all.find(part), std::string::npos) << part;
}

// --- what is set
// ----------------------------------------------------------------------------------------------------------

Fields contact_number(std::string number, std::string option) {
    return {{"key", "contact_number"},  {"value", std::move(number)}, {"option", std::move(option)},
            {"decider", "Ada Nwosu"},   {"decided_on_day", "8"},      {"decided_on_month", "6"},
            {"decided_on_year", "2026"}};
}

TEST_F(Pages, TheNumberAndItsOptionAreTwoSettingsEachEditedAndReadBackWithItsDay) {
    KITH_CLAUSE("PLY-019");
    Browser ada = signed_in(world.administrator);
    ada.get("/settings/plymouth");
    ASSERT_EQ(ada.send("/settings/plymouth/terms", contact_number("01632 960444", "7")).status, 303);

    const auto page = ada.get("/settings/plymouth");

    const auto row = [&](const std::string& key, const std::string& value) {
        const auto at = page.body.find(">" + key + "<");
        return at != std::string::npos && page.body.find(value, at) < at + 300;
    };
    EXPECT_TRUE(row("Number", "01632 960444"));
    EXPECT_TRUE(row("Option", "7"));
    EXPECT_TRUE(row("In effect from", "8 June 2026"));
    EXPECT_TRUE(says(page, "name=\"value\"") && says(page, "name=\"option\"")) << "two fields";
    EXPECT_TRUE(says(anyone().get("/at/plymouth"), "01632 960444"));
    ASSERT_EQ(ada.send("/settings/plymouth/terms", contact_number("01632 960444", "")).status, 303);
    EXPECT_FALSE(says(anyone().get("/at/plymouth"), "option 7"));
}

TEST_F(Pages, ADemonstrationShowsNoNumberThatBelongsToSomebody) {
    world.house().purpose = app::Purpose::demonstration;
    Browser ada = signed_in(world.administrator);
    ada.get("/settings/plymouth");
    for (const std::string number : {"01752 668000", "01632 961000", "0800 1111"}) {
        const auto refused = ada.send("/settings/plymouth/terms", contact_number(number, "1"));
        EXPECT_EQ(refused.status, 422) << number;
        EXPECT_TRUE(says(refused, number)) << "what was typed is kept";
        EXPECT_EQ(world.sql_text("select text from local_terms").find(number), std::string::npos);
    }
    EXPECT_EQ(ada.send("/settings/plymouth/terms", contact_number("01632 960445", "")).status, 303);
}

TEST_F(Pages, APartyIsOfOneOfThreeCategories) {
    KITH_CLAUSE("HAC-001");
    Browser hana = signed_in(world.hackney.manager);
    const auto page = hana.get("/parties/new");
    for (const std::string category : {"stakeholder", "guardian", "council_identified"})
        EXPECT_EQ(times(page, "name=\"category\" type=\"radio\" value=\"" + category + "\""), 1u) << category;
}

}  // namespace
}  // namespace kith::test
