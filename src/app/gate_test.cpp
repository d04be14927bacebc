// The gate's rules as sentences, each tried over every combination of asker, act and facts.
#include "app/gate.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace kith::app {
namespace {
using parties::Role;
using parties::Roles;

constexpr int kActs = static_cast<int>(Act::change_own_account) + 1;
const MemberId kMe(ByteArray<16>{1}), kOther(ByteArray<16>{2});
const FrontDoorId kHere(ByteArray<16>{3}), kElsewhere(ByteArray<16>{4});

struct Case {
    Actor actor;
    Act act{};
    Facts facts;
    bool allowed() const { return Gate::ask(actor, act, facts).has_value(); }
    std::string text() const {
        return std::string(name_of(act)) + " by " + std::to_string(static_cast<int>(actor.kind)) + " roles " +
               std::to_string(actor.roles.bits());
    }
};

std::vector<Facts> all_facts() {
    std::vector<Facts> out;
    for (const auto& door : {std::optional<FrontDoorId>(), std::optional(kHere), std::optional(kElsewhere)})
        for (unsigned bits = 0; bits < 64; ++bits)
            for (const auto& taken : {std::optional<MemberId>(), std::optional(kMe), std::optional(kOther)}) {
                Facts facts;
                facts.front_door = door;
                facts.excluded = (bits & 1) != 0;
                facts.way_in_open = (bits & 2) != 0;
                facts.on_call = (bits & 4) != 0;
                facts.second_agreed = (bits & 8) != 0;
                facts.emergency_deputy = (bits & 16) != 0;
                if ((bits & 32) != 0) facts.parties_to_it = {kOther, kMe};
                facts.taken_by = taken;
                out.push_back(facts);
            }
    return out;
}

/// Everything the gate can be asked, all roles in every mixture: some 600,000 questions.
void for_every_question(const std::function<void(const Case&)>& check) {
    static const std::vector<Facts> facts = all_facts();
    std::vector<Actor> actors{Actor::anyone(), Actor::reporter(), Actor::machine()};
    for (unsigned bits = 0; bits < 32; ++bits)
        actors.push_back({Actor::Kind::member, kMe, kHere, Roles::from_bits(bits)});
    for (const Actor& actor : actors)
        for (int act = 0; act < kActs; ++act)
            for (const Facts& fact : facts) check({actor, static_cast<Act>(act), fact});
}

/// The same for other software's tokens: every mixture of scopes, in force and not, at its own front door and another.
void for_every_bearer(const std::function<void(const Case&)>& check) {
    using parties::Scope;
    using parties::Scopes;
    static const std::vector<Facts> facts = all_facts();
    for (const Scopes& scopes : {Scopes(), Scopes{Scope::intake_write}, Scopes{Scope::queue_read},
                                 Scopes{Scope::intake_write, Scope::queue_read}})
        for (int act = 0; act < kActs; ++act)
            for (Facts fact : facts)
                for (const bool in_force : {true, false}) {
                    fact.token_in_force = in_force;
                    check({Actor::bearer(ApiTokenId(ByteArray<16>{5}), kHere, scopes), static_cast<Act>(act), fact});
                }
}

/// Acts upon one worry by those who work at its front door.
bool is_work_on_a_worry(Act act) {
    switch (act) {
        case Act::record_call:
        case Act::read_concern:
        case Act::mark_danger:
        case Act::mark_words:
        case Act::ask_for_more:
        case Act::decide:
        case Act::answer:
        case Act::open_contact:
        case Act::step_back:
        case Act::see_file:
        case Act::quarantine_file:
        case Act::open_original:
        case Act::keep_away:
        case Act::tell_onward:
        case Act::note_motive:
            return true;
        default:
            return false;
    }
}

TEST(Gate, AnybodyMayReportAndNobodyElseMayDoAnythingWithoutARole) {
    for_every_question([](const Case& one) {
        const bool without_role = one.actor.kind == Actor::Kind::anyone ||
                                  (one.actor.kind == Actor::Kind::member && one.actor.roles == Roles());
        if (one.act == Act::change_own_account) return;
        if (one.act == Act::report) {
            EXPECT_TRUE(one.allowed());
        } else if (without_role) {
            EXPECT_FALSE(one.allowed()) << one.text();
        }
    });
}

TEST(Gate, NobodyOfAnotherFrontDoorWorksOnAWorry) {
    for_every_question([](const Case& one) {
        if (one.facts.front_door != kHere && is_work_on_a_worry(one.act)) {
            EXPECT_FALSE(one.allowed()) << one.text();
        }
    });
}

TEST(Gate, WhoeverMustNotSeeAWorryNeverDoes) {
    for_every_question([](const Case& one) {
        const bool about_it = is_work_on_a_worry(one.act) || one.act == Act::ask_opening ||
                              one.act == Act::second_opening || one.act == Act::open_afterwards ||
                              one.act == Act::record_source;
        if (one.facts.excluded && about_it) {
            EXPECT_FALSE(one.allowed()) << one.text();
        }
    });
}

TEST(Gate, OnlyAManagerDecidesAsksOrAnswersAndNotWhileTheCallLasts) {
    for_every_question([](const Case& one) {
        if (one.act != Act::decide && one.act != Act::ask_for_more && one.act != Act::answer) return;
        if (!one.actor.roles.has(Role::manager)) {
            EXPECT_FALSE(one.allowed()) << one.text();
        }
        if (one.act == Act::decide && one.facts.on_call) {
            EXPECT_FALSE(one.allowed()) << one.text();
        }
    });
}

TEST(Gate, WhoToldIsOpenedAloneOnlyWhileTheWayInIsOpenOrByTheOneOnTheLine) {
    for_every_question([](const Case& one) {
        if (one.act != Act::open_contact || !one.allowed()) return;
        const bool by_manager = one.facts.way_in_open && one.actor.roles.has(Role::manager);
        const bool on_the_line = one.facts.on_call && one.facts.taken_by == kMe;
        EXPECT_TRUE(by_manager || on_the_line) << one.text();
    });
}

TEST(Gate, AnOriginalIsOpenedByAManagerAloneAndOnlyWhileTheWayInIsOpen) {
    for_every_question([](const Case& one) {
        if (one.act != Act::open_original || !one.allowed()) return;
        EXPECT_TRUE(one.facts.way_in_open && one.actor.roles.has(Role::manager) && !one.facts.on_call) << one.text();
    });
}

TEST(Gate, ThatTwoWorriesHaveOneSourceIsSaidByAManagerWhileTheWayInIsOpenOrByACustodian) {
    for_every_question([](const Case& one) {
        if (one.act != Act::record_source || !one.allowed()) return;
        const bool by_manager =
            one.facts.way_in_open && one.actor.roles.has(Role::manager) && one.facts.front_door == kHere;
        EXPECT_TRUE(by_manager || one.actor.roles.has(Role::custodian)) << one.text();
    });
}

TEST(Gate, TheRegisterOfAnotherFrontDoorLooksEmptyToAManager) {
    for_every_question([](const Case& one) {
        if (one.act != Act::see_parties && one.act != Act::keep_parties) return;
        if (one.actor.roles != Roles{Role::manager} || one.facts.front_door == kHere) return;
        ASSERT_FALSE(one.allowed()) << one.text();
        EXPECT_EQ(Gate::ask(one.actor, one.act, one.facts).error().code, Code::not_found) << one.text();
    });
}

TEST(Gate, AfterwardsACustodianOpensOnlyWithASecondPersonOrAsTheDeputyInAnEmergency) {
    for_every_question([](const Case& one) {
        if (one.act != Act::open_afterwards || !one.allowed()) return;
        EXPECT_TRUE(one.actor.roles.has(Role::custodian)) << one.text();
        EXPECT_TRUE(one.facts.second_agreed || one.facts.emergency_deputy) << one.text();
    });
}

TEST(Gate, AgreementIsNeverReplacedByTheRota) {
    for_every_question([](const Case& one) {
        if (one.act == Act::open_afterwards && !one.facts.second_agreed) {
            EXPECT_FALSE(one.allowed()) << one.text();
        }
    });
}

TEST(Gate, AloneInAnEmergencyOpensACustodianOrTheDeputyOfThatHourAndNobodyWhoMustNotSeeIt) {
    for_every_question([](const Case& one) {
        if (one.act != Act::open_in_emergency || !one.allowed()) return;
        const bool deputy =
            one.facts.emergency_deputy && one.actor.roles.has(Role::manager) && one.facts.front_door == kHere;
        EXPECT_TRUE(one.actor.roles.has(Role::custodian) || deputy) << one.text();
        EXPECT_FALSE(one.facts.excluded) << one.text();
    });
}

TEST(Gate, AnEmergencyIsReviewedByACustodianWhoHadNoPartInIt) {
    for_every_question([](const Case& one) {
        if (one.act != Act::review_opening || !one.allowed()) return;
        EXPECT_TRUE(one.actor.roles.has(Role::custodian)) << one.text();
        EXPECT_FALSE(one.facts.excluded) << one.text();
        EXPECT_EQ(std::ranges::find(one.facts.parties_to_it, one.actor.member), one.facts.parties_to_it.end())
            << one.text();
    });
}

TEST(Gate, TheSecondPersonIsNeitherAskerNorDecider) {
    for_every_question([](const Case& one) {
        if (one.act != Act::second_opening || !one.allowed()) return;
        EXPECT_EQ(std::ranges::find(one.facts.parties_to_it, one.actor.member), one.facts.parties_to_it.end())
            << one.text();
        EXPECT_TRUE(one.actor.roles.has(Role::custodian) ||
                    (one.actor.roles.has(Role::manager) && one.facts.front_door == kHere))
            << one.text();
    });
}

TEST(Gate, WhoeverWasShutOutMayDoNothing) {
    for_every_question([](Case one) {
        one.facts.shut_out = true;
        EXPECT_FALSE(one.allowed()) << one.text();
    });
}

TEST(Gate, TheClockIsConfirmedByAdministratorsAlone) {
    for_every_question([](const Case& one) {
        if (one.act != Act::confirm_clock) return;
        EXPECT_EQ(one.allowed(), one.actor.kind == Actor::Kind::member && one.actor.roles.has(Role::administrator))
            << one.text();
    });
}

TEST(Gate, OnesOwnAccountIsForWhoeverHasOne) {
    for_every_question([](const Case& one) {
        if (one.act == Act::change_own_account) {
            EXPECT_EQ(one.allowed(), one.actor.kind == Actor::Kind::member) << one.text();
        }
    });
}

TEST(Gate, ACallInProgressIsItsCallTakersAlone) {
    for_every_question([](const Case& one) {
        if (one.act == Act::record_call && one.facts.taken_by == kOther) {
            EXPECT_FALSE(one.allowed()) << one.text();
        }
    });
}

TEST(Gate, WhoHoldsTheCodeReadsTheThreadAndNothingElse) {
    for_every_question([](const Case& one) {
        const bool by_code = one.act == Act::report || one.act == Act::return_by_code;
        if (one.actor.kind == Actor::Kind::reporter) {
            EXPECT_EQ(one.allowed(), by_code) << one.text();
        } else if (one.act == Act::return_by_code) {
            EXPECT_FALSE(one.allowed()) << one.text();
        }
    });
}

TEST(Gate, TheMachineHandsOverAndDoesNothingElse) {
    for_every_question([](const Case& one) {
        const bool hands_over = one.act == Act::report || one.act == Act::hand_over;
        if (one.actor.kind == Actor::Kind::machine) {
            EXPECT_EQ(one.allowed(), hands_over) << one.text();
        }
    });
}

TEST(Gate, AnAdministratorAloneSeesNoWorryAndOpensNothing) {
    for_every_question([](const Case& one) {
        if (one.actor.kind != Actor::Kind::member || one.actor.roles != Roles{Role::administrator}) return;
        const bool about_it = is_work_on_a_worry(one.act) || one.act == Act::see_queue || one.act == Act::ask_opening ||
                              one.act == Act::second_opening || one.act == Act::open_afterwards ||
                              one.act == Act::hand_over || one.act == Act::search;
        if (about_it) {
            EXPECT_FALSE(one.allowed()) << one.text();
        }
    });
}

TEST(Gate, ANoAboutAWorryLooksLikeAbsence) {
    for_every_question([](const Case& one) {
        const auto answer = Gate::ask(one.actor, one.act, one.facts);
        if (!answer && (is_work_on_a_worry(one.act) || one.act == Act::hand_over)) {
            EXPECT_EQ(answer.error().code, Code::not_found) << one.text();
        }
    });
}

TEST(Gate, ATokenReportsAndSeesTheOutlineOfItsOwnFrontDoorWhileItHoldsAndNothingElse) {
    for_every_bearer([](const Case& one) {
        const bool holds_here = one.facts.token_in_force && one.facts.front_door == kHere;
        const bool reports = one.act == Act::report && one.actor.scopes.has(parties::Scope::intake_write);
        const bool looks = one.act == Act::see_outline && one.actor.scopes.has(parties::Scope::queue_read);
        EXPECT_EQ(one.allowed(), holds_here && (reports || looks)) << one.text();
    });
}

TEST(Gate, AnOutlineIsForTokensAlone) {
    for_every_question([](const Case& one) {
        if (one.act == Act::see_outline) {
            EXPECT_FALSE(one.allowed()) << one.text();
        }
    });
}

TEST(Gate, TokensAreKeptByAdministratorsAlone) {
    for_every_question([](const Case& one) {
        if (one.act != Act::keep_tokens && one.act != Act::see_tokens) return;
        EXPECT_EQ(one.allowed(), one.actor.kind == Actor::Kind::member && one.actor.roles.has(Role::administrator))
            << one.text();
    });
}

TEST(Gate, EveryActIsAllowedToSomebody) {
    std::vector<bool> somebody(kActs, false);
    for_every_question([&](const Case& one) {
        if (one.allowed()) somebody[static_cast<std::size_t>(one.act)] = true;
    });
    for_every_bearer([&](const Case& one) {
        if (one.allowed()) somebody[static_cast<std::size_t>(one.act)] = true;
    });
    for (int act = 0; act < kActs; ++act)
        EXPECT_TRUE(somebody[static_cast<std::size_t>(act)]) << name_of(static_cast<Act>(act));
}

}  // namespace
}  // namespace kith::app
