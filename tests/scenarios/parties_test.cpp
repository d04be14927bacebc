// Who stands in the register, and on what.
#include "app/parties.hpp"
#include "base/london.hpp"
#include "clause.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {
using app::Party;
using app::PartyKind;
using protocol::Category;
using std::chrono::sys_days;

class Register : public testing::Test {
  protected:
    World world;
    Day today() { return london::day_of(world.clock.now()); }
    Day days_ago(int n) { return Day(sys_days(today()) - std::chrono::days(n)); }
    Result<PartyId> keep(const Party& party) {
        return app::keep_party(world.house(), world.administrator.actor, party);
    }
    app::PartyView see(PartyId id) { return must(app::see_party(world.house(), world.administrator.actor, id)); }

    Party stakeholder(FrontDoorId door) {
        Party party;
        party.kind = PartyKind::person;
        party.name = "Ottilie Crane";
        party.front_door = door;
        party.place = "Orchard Parade";
        party.tie = app::PlaceTie::works;
        return party;
    }
    Party guardian(FrontDoorId door) {
        Party party = stakeholder(door);
        party.category = Category::guardian;
        party.agreement = app::PartyAgreement{
            days_ago(30), "Evenings at the boxing club", {"Tell the Council", "Keep the door"}, days_ago(29), {}};
        return party;
    }
};

TEST_F(Register, HoldsWhatAStakeholderIsAndThePlaceTheyAreTiedToAndHow) {
    KITH_CLAUSE("PLY-010");
    const auto id = must(keep(stakeholder(world.plymouth.id)));
    const Party kept = see(id).party;
    EXPECT_EQ(kept.kind, PartyKind::person);
    EXPECT_EQ(kept.place, "Orchard Parade");
    EXPECT_EQ(kept.tie, app::PlaceTie::works);
    Party nowhere = stakeholder(world.plymouth.id), untied = nowhere;
    nowhere.place = "  ";
    untied.tie.reset();
    EXPECT_EQ(field_of(keep(nowhere)), "place");
    EXPECT_EQ(field_of(keep(untied)), "tie");
}

TEST_F(Register, TakesNoAgreementWithoutItsDateAndScope) {
    KITH_CLAUSE("PLY-011");
    Party dateless = guardian(world.plymouth.id), scopeless = dateless;
    dateless.agreement->made = Day{};
    scopeless.agreement->scope.clear();
    EXPECT_EQ(field_of(keep(dateless)), "agreement_made");
    EXPECT_EQ(field_of(keep(scopeless)), "scope");
    EXPECT_TRUE(see(must(keep(guardian(world.plymouth.id)))).acts_as_guardian);
}

TEST_F(Register, InHackneyAPersonWithoutAnAgreementIsAStakeholderAndNoGuardian) {
    KITH_CLAUSE("HAC-010");
    must(keep(stakeholder(world.hackney.id)));
    Party no_agreement = guardian(world.hackney.id);
    no_agreement.agreement.reset();
    EXPECT_EQ(field_of(keep(no_agreement)), "category");
}

TEST_F(Register, WithdrawsWhatAGuardianDoesTheDayAfterTheAgreementEnds) {
    KITH_CLAUSE("HAC-011");
    Party party = guardian(world.hackney.id);
    party.agreement->ended = today();
    party.id = must(keep(party));
    EXPECT_TRUE(see(party.id).acts_as_guardian) << "the last day is a day on which it holds";
    world.clock.move(std::chrono::hours(24));
    EXPECT_FALSE(see(party.id).acts_as_guardian);
    EXPECT_EQ(see(party.id).party.category, Category::guardian) << "what they were is not rewritten";
    auto telling = world.a_worry_in_hackney();
    telling.contact = world.a_person();
    telling.contact.name = party.name;
    telling.contact.category = concerns::Category::guardian;
    const auto told = world.report(telling);
    ASSERT_EQ(world.queue(world.hackney.manager).waiting.size(), 1u) << "they may still tell";
    EXPECT_EQ(must(world.open_contact(world.hackney.manager, told.id)), telling.contact);
}

TEST_F(Register, AGuardiansDutiesAreListedDatedAndAcknowledgedAndNoPersonIsAStatutoryBody) {
    KITH_CLAUSE("HAC-012");
    Party dutiless = guardian(world.hackney.id), silent = dutiless, early = dutiless, statutory = dutiless;
    dutiless.agreement->duties.clear();
    silent.agreement->acknowledged.reset();
    early.agreement->acknowledged = days_ago(31);
    statutory.statutory = true;
    EXPECT_EQ(field_of(keep(dutiless)), "duties");
    EXPECT_EQ(field_of(keep(silent)), "acknowledged");
    EXPECT_EQ(field_of(keep(early)), "acknowledged");
    EXPECT_EQ(field_of(keep(statutory)), "statutory");
    const auto kept = see(must(keep(guardian(world.hackney.id))));
    EXPECT_EQ(kept.party.agreement->made, days_ago(30));
    EXPECT_EQ(kept.party.agreement->duties, (std::vector<std::string>{"Tell the Council", "Keep the door"}));
    EXPECT_EQ(kept.party.agreement->acknowledged, days_ago(29));
    EXPECT_FALSE(kept.under_duty);
    const auto listed = must(app::see_parties(world.house(), world.hackney.manager.actor, world.hackney.id));
    ASSERT_EQ(listed.size(), 1u);
    EXPECT_EQ(listed[0].party.agreement, kept.party.agreement);
}

TEST_F(Register, OneWhomTheCouncilIdentifiedNamesTheOfficerAndWhy) {
    KITH_CLAUSE("HAC-001");
    const auto& rules = world.questions(world.hackney.id).pack().categories;
    for (const auto category : {Category::stakeholder, Category::guardian, Category::council_identified})
        EXPECT_NE(std::ranges::find(rules, category, &protocol::CategoryRule::category), rules.end());
    Party party = stakeholder(world.hackney.id);
    party.category = Category::council_identified;
    EXPECT_EQ(field_of(keep(party)), "identified_by");
    party.identified_by = "Noor Haddad, community safety";
    EXPECT_EQ(field_of(keep(party)), "identified_why");
    party.identified_why = "Runs the youth café";
    const auto kept = see(must(keep(party))).party;
    EXPECT_EQ(kept.identified_by, "Noor Haddad, community safety");
    EXPECT_EQ(kept.identified_why, "Runs the youth café");
}

TEST_F(Register, AContractorCarriesTheDutyOfTheBodyItWorksFor) {
    KITH_CLAUSE("PLY-014");
    Party body = stakeholder(world.plymouth.id);
    body.kind = PartyKind::organisation;
    body.name = "Harbour Schools Trust";
    body.statutory = true;
    body.id = must(keep(body));
    Party contractor = body;
    contractor.id = {};
    contractor.name = "Quayside Transport";
    contractor.statutory = false;
    contractor.commissioner = body.id;
    contractor.id = must(keep(contractor));
    EXPECT_TRUE(see(contractor.id).under_duty);
    EXPECT_EQ(see(contractor.id).commissioner, "Harbour Schools Trust");
    body.commissioner = contractor.id;
    EXPECT_EQ(field_of(keep(body)), "commissioner") << "nobody works for themselves round a corner";
    body.commissioner.reset();
    body.statutory = false;
    must(keep(body));
    EXPECT_FALSE(see(contractor.id).under_duty) << "the duty is the commissioner's";
}

TEST_F(Register, LiesSealedAndIsOfItsOwnFrontDoorAlone) {
    const auto id = must(keep(stakeholder(world.plymouth.id)));
    EXPECT_EQ(world.everything_on_disk().find("Ottilie Crane"), std::string::npos);
    EXPECT_EQ(must(app::see_parties(world.house(), world.manager().actor, world.plymouth.id)).size(), 1u);
    EXPECT_EQ(code_of(app::see_party(world.house(), world.hackney.manager.actor, id)), Code::not_found);
    EXPECT_EQ(code_of(app::see_parties(world.house(), world.call_taker().actor, world.plymouth.id)), Code::forbidden);
    EXPECT_EQ(code_of(app::keep_party(world.house(), world.custodian.actor, stakeholder(world.plymouth.id))),
              Code::forbidden);
}

TEST_F(Register, PlymouthNamesGuardiansAndSaysThatItsTextDoesNotDefineThem) {
    KITH_CLAUSE("PLY-012");
    const auto categories = world.questions(world.plymouth.id).categories();
    const auto found = std::ranges::find(categories.value(), Category::guardian, &protocol::CategoryRule::category);
    ASSERT_NE(found, categories.value().end());
    EXPECT_NE(found->meaning.find("without defining"), std::string::npos);
    EXPECT_NE(std::ranges::find(found->basis.clauses, "PLY-012"), found->basis.clauses.end());

    const auto id = keep(guardian(world.plymouth.id)).value();

    EXPECT_EQ(see(id).party.category, Category::guardian);
    EXPECT_EQ(World::fact(world.last("party_kept"), "category"), "guardian");
}

}  // namespace
}  // namespace kith::test
