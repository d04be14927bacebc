// The doorkeeping: whose session counts and until when, what becomes of a form without one, who is slowed.
#include "api/pages.hpp"

namespace kith::test {
namespace {
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

const std::string kToSignIn = "/sign-in?return_to=%2Fqueue";

bool is_let_in(Browser& browser) {
    const auto answer = browser.get("/queue");
    if (answer.status == 200) return true;
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(where_to(answer), kToSignIn);
    EXPECT_TRUE(answer.body.empty());
    return false;
}

TEST_F(Pages, WhoIsNotSignedInIsLedToTheSignInPageAndBackToWhereTheyWent) {
    Browser stranger = anyone();
    EXPECT_FALSE(is_let_in(stranger));
    const auto answer = sign_in(stranger, world.manager(), {{"return_to", "/queue?all=yes"}});
    EXPECT_EQ(where_to(answer), "/queue?all=yes");
    EXPECT_TRUE(is_let_in(stranger));
    EXPECT_EQ(where_to(sign_in(stranger, world.manager(), {{"return_to", "//elsewhere.example/"}})), "/queue");
}

TEST_F(Pages, SignedOutEverywhereIsSignedOutInEveryBrowser) {
    Browser desk = signed_in(world.manager()), home = signed_in(world.manager(), "198.51.100.9");
    Browser colleague = signed_in(world.plymouth.second_manager);
    ASSERT_TRUE(is_let_in(desk) && is_let_in(home));

    EXPECT_EQ(where_to(desk.send("/sign-out", {{"everywhere", "yes"}})), "/sign-in");

    EXPECT_FALSE(is_let_in(desk));
    EXPECT_FALSE(is_let_in(home));
    EXPECT_TRUE(is_let_in(colleague)) << "and nobody else is";
}

TEST_F(Pages, SigningOutHereLeavesTheOtherBrowserSignedIn) {
    Browser desk = signed_in(world.manager()), home = signed_in(world.manager());
    ASSERT_TRUE(is_let_in(desk));
    desk.send("/sign-out", {});
    EXPECT_FALSE(is_let_in(desk));
    EXPECT_TRUE(is_let_in(home));
}

TEST_F(Pages, ACookieOnceSignedOutOpensNothingAgain) {
    Browser desk = signed_in(world.manager());
    ASSERT_TRUE(is_let_in(desk));
    Browser copy = desk;
    desk.send("/sign-out", {});
    EXPECT_FALSE(is_let_in(copy));
}

TEST_F(Pages, WhoIsShutOutIsSignedOutInEveryBrowserAtOnce) {
    Browser desk = signed_in(world.manager()), home = signed_in(world.manager());
    Browser ada = signed_in(world.administrator);
    ASSERT_TRUE(is_let_in(desk) && is_let_in(home));
    ASSERT_EQ(ada.get("/people").status, 200);

    ASSERT_EQ(ada.send("/people/" + world.manager().id().text() + "/shut-out", {}).status, 303);

    EXPECT_FALSE(is_let_in(desk));
    EXPECT_FALSE(is_let_in(home));
    EXPECT_EQ(sign_in(desk, world.manager()).status, 422);
    EXPECT_EQ(ada.get("/people").status, 200);
}

TEST_F(Pages, ANewPasswordEndsEverySessionButTheOneThatSetIt) {
    Browser desk = signed_in(world.manager()), home = signed_in(world.manager());
    ASSERT_EQ(desk.get("/me").status, 200);

    ASSERT_EQ(where_to(desk.send("/me/password", {{"old_password", world.manager().password.expose()},
                                                  {"password", "four words of my own"},
                                                  {"again", "four words of my own"}})),
              "/me?done=password");

    EXPECT_TRUE(is_let_in(desk));
    EXPECT_FALSE(is_let_in(home));
    EXPECT_EQ(sign_in(home, world.manager()).status, 422) << "the old one counts no more";
}

TEST_F(Pages, HalfAnHourWithoutAPersonEndsASession) {
    Browser desk = signed_in(world.manager());
    world.clock.move(minutes(30));
    EXPECT_TRUE(is_let_in(desk));
    world.clock.move(minutes(30) + milliseconds(1));
    EXPECT_FALSE(is_let_in(desk));
}

TEST_F(Pages, AWorkingDayEndsASessionHoweverBusy) {
    Browser desk = signed_in(world.manager());
    for (int i = 0; i < 36; ++i) {
        world.clock.move(minutes(20));
        ASSERT_TRUE(is_let_in(desk)) << i;
    }
    world.clock.move(milliseconds(1));
    EXPECT_FALSE(is_let_in(desk));
}

// --- a form that no session vouches for
// -------------------------------------------------------------------------------

class KeptForms : public Pages {
  protected:
    TakenWorry told = world.report(world.a_worry());
    const std::string path = "/concerns/" + told.id.text() + "/motive";
    const Fields typed{{"motive", "They quarrelled over a fence."}, {"motive_why", "She said so <twice> & wept."}};

    std::size_t noted() { return world.count("motive_noted"); }
    void expect_kept(const web::http::Response& answer) {
        EXPECT_EQ(answer.status, 401);
        EXPECT_TRUE(says(answer, "name=\"return_to\" value=\"" + path + "\"")) << answer.body;
        EXPECT_TRUE(says(answer, "They quarrelled over a fence."));
        EXPECT_TRUE(says(answer, "She said so &lt;twice&gt; &amp; wept."));
        EXPECT_EQ(noted(), 0u) << "and nothing was done";
    }
};

TEST_F(KeptForms, AFormWithoutItsTokenIsRefusedAndNothingTypedIsLost) {
    Browser desk = signed_in(world.manager());
    ASSERT_TRUE(is_let_in(desk));
    expect_kept(desk.post(path, typed));
}

TEST_F(KeptForms, AFormWithTheTokenOfAnotherSessionIsRefused) {
    Browser desk = signed_in(world.manager()), other = signed_in(world.plymouth.second_manager);
    const auto page = other.get("/queue").body;
    const auto at = page.find("name=\"form_token\" value=\"") + 25;
    auto forged = typed;
    forged.emplace_back("form_token", page.substr(at - 1, page.find('"', at) - at + 1));
    ASSERT_GE(forged.back().second.size(), 32u);
    expect_kept(desk.post(path, forged));
}

TEST_F(KeptForms, AFormAfterTheSessionEndedIsKeptAndSentAgainOnceSignedIn) {
    for (const auto& after : {milliseconds(minutes(30)) + milliseconds(1), milliseconds(hours(12))}) {
        Browser desk = signed_in(world.manager());
        ASSERT_TRUE(is_let_in(desk));
        world.clock.move(after);
        expect_kept(desk.send(path, typed));
    }
    Browser desk = anyone();
    expect_kept(desk.send(path, typed));
    Fields kept;
    for (const auto& [name, value] : typed) kept.emplace_back("kept_" + name, value);
    kept.emplace_back("return_to", path);

    const auto again = sign_in(desk, world.manager(), kept);

    ASSERT_EQ(again.status, 200);
    EXPECT_TRUE(says(again, "action=\"" + path + "\""));
    EXPECT_TRUE(says(again, "They quarrelled over a fence."));
    EXPECT_EQ(noted(), 0u) << "only the press of a button sends it";
    ASSERT_EQ(desk.send(path, typed).status, 303);
    EXPECT_EQ(noted(), 1u);
}

TEST_F(KeptForms, WhatWasKeptGoesNowhereButHere) {
    Browser desk = anyone();
    const auto answer = sign_in(desk, world.manager(),
                                {{"kept_motive", "Between us."}, {"return_to", "https://elsewhere.example/take"}});
    EXPECT_FALSE(says(answer, "elsewhere.example"));
    EXPECT_EQ(where_to(answer), "/queue");
}

TEST_F(KeptForms, AWrongPasswordOnTheWayKeepsItToo) {
    Browser desk = anyone();
    const auto answer = desk.post("/sign-in", {{"user", world.manager().email},
                                               {"password", "not this one at all"},
                                               {"one_time_code", "000000"},
                                               {"return_to", path},
                                               {"kept_motive", "They quarrelled over a fence."}});
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(says(answer, "They quarrelled over a fence."));
}

// --- limits
// -----------------------------------------------------------------------------------------------------------

TEST_F(Pages, AFloodFromOneNetworkIsSlowedAndNobodyElseIs) {
    Browser flood = anyone("198.51.100.66"), other = anyone();
    int answered = 0;
    while (answered < 2000 && flood.get("/sign-in").status == 200) ++answered;
    EXPECT_EQ(answered, 600);
    EXPECT_EQ(flood.get("/at/plymouth").status, 429);
    EXPECT_EQ(other.get("/at/plymouth").status, 200);
    world.clock.move(milliseconds(50));
    EXPECT_EQ(flood.get("/at/plymouth").status, 200) << "slowed, and not shut out";
}

TEST_F(Pages, WhoAddsAgainAndAgainByCodeIsSlowedAndKeepsTheirWords) {
    const auto told = world.report(world.a_worry());
    Browser reporter = anyone();
    ASSERT_EQ(where_to(reporter.post("/come-back", {{"code", told.code}})), "/come-back/read");
    reporter.get("/come-back/read");
    const auto add = [&] { return reporter.send("/come-back/add", {{"words", "And another thing."}}); };
    int added = 0;
    while (added < 100 && add().status == 303) ++added;
    EXPECT_EQ(added, 20);
    const auto slowed = add();
    EXPECT_EQ(slowed.status, 429);
    EXPECT_TRUE(says(slowed, "And another thing."));
    world.clock.move(std::chrono::seconds(3));
    EXPECT_EQ(add().status, 303) << "slowed, and not shut out";
}

TEST_F(Pages, WhoGuessesAtAPasswordIsSlowedAndTheColleagueIsNotLockedOut) {
    signed_in(world.manager());
    Browser guesser = anyone("198.51.100.66");
    const auto guess = [&] {
        const auto before = world.crypto().stretched.load();
        EXPECT_EQ(guesser
                      .post("/sign-in", {{"user", world.manager().email},
                                         {"password", "a guess of twelve letters"},
                                         {"one_time_code", "000000"}})
                      .status,
                  422);
        return world.crypto().stretched.load() - before;
    };
    for (int i = 0; i < 10; ++i) EXPECT_EQ(guess(), 1u) << i;
    EXPECT_EQ(guess(), 0u) << "not even looked at";
    world.clock.move(std::chrono::seconds(30));
    EXPECT_EQ(guess(), 1u) << "half a minute later one more is";
    EXPECT_EQ(guess(), 0u);

    Browser maud = anyone();
    EXPECT_EQ(sign_in(maud, world.manager()).status, 303);
    Browser silas = anyone();
    EXPECT_EQ(sign_in(silas, world.plymouth.second_manager).status, 303);
}

TEST_F(Pages, WhoeverFloodsFromTheOfficeDoesNotLockTheOfficeOut) {
    signed_in(world.manager());
    world.clock.move(std::chrono::seconds(30));
    Browser flood = anyone();
    for (int i = 0; i < 40; ++i)
        flood.post("/sign-in", {{"user", "nobody" + std::to_string(i) + "@example.test"}, {"password", "x"}});
    Browser silas = anyone(), maud = anyone();
    EXPECT_EQ(silas.post("/sign-in", credentials_of(world.plymouth.second_manager)).status, 422);
    EXPECT_EQ(maud.post("/sign-in", credentials_of(world.manager())).status, 303)
        << "from where she has signed in before";
}

TEST_F(Pages, WhoHasAnAccountCannotBeToldFromWhoHasNoneByWhatASignInCosts) {
    const auto answer_to = [&](const std::string& email) {
        const auto before = world.crypto().stretched.load();
        Browser browser = anyone();
        auto answer = browser.post("/sign-in", {{"user", email}, {"password", "a guess"}, {"one_time_code", "123456"}});
        for (auto at = answer.body.find(email); at != std::string::npos; at = answer.body.find(email))
            answer.body.erase(at, email.size());
        return std::pair(world.crypto().stretched.load() - before, answer.body);
    };
    must(app::shut_out(world.house(), world.administrator.actor, world.plymouth.call_taker.id()));
    const auto known = answer_to(world.manager().email);
    EXPECT_EQ(known.first, 1u);
    EXPECT_EQ(answer_to("nobody@example.test"), known);
    EXPECT_EQ(answer_to(world.plymouth.call_taker.email), known) << "shut out";
}

// --- shortcut keys
// ------------------------------------------------------------------------------------------------------

TEST_F(Pages, ShortcutKeysCanBeSwitchedOffAndStayOff) {
    Browser desk = signed_in(world.manager());
    EXPECT_TRUE(says(desk.get("/queue"), "data-keys=\"on\""));
    ASSERT_EQ(desk.get("/me").status, 200);
    EXPECT_EQ(where_to(desk.send("/me/keys", {{"keys", "off"}})), "/me");
    EXPECT_FALSE(says(desk.get("/queue"), "data-keys=\"on\""));
    EXPECT_FALSE(says(desk.get("/calls/new"), "data-keys=\"on\""));
    ASSERT_EQ(desk.get("/me").status, 200);
    desk.send("/me/keys", {{"keys", "on"}});
    EXPECT_TRUE(says(desk.get("/queue"), "data-keys=\"on\""));
}

}  // namespace
}  // namespace kith::test
