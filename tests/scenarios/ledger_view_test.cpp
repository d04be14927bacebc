// Who reads the ledger, and what stands there. And a demand from outside to say who told.
#include "app/ledger_view.hpp"
#include "base/text.hpp"
#include "clause.hpp"
#include "ledger/checkpoint.hpp"
#include "world/world.hpp"

namespace kith::test {
namespace {

TEST(TheLedger, IsReadByAuditorsCustodiansAndAdministratorsAndReadingItIsAnEntry) {
    World world;
    for (const Staff* who : {&world.auditor, &world.custodian, &world.administrator}) {
        const auto before = world.ledger().size();
        const auto page = must(app::see_ledger(world.house(), who->actor, std::nullopt, 5));
        ASSERT_EQ(page.lines.size(), 5u);
        EXPECT_EQ(page.lines.front().index, before - 1) << "the newest first";
        EXPECT_EQ(page.older, before - 5);
        EXPECT_EQ(page.head.size, before);
        EXPECT_EQ(to_base64(must(ledger::parse_checkpoint(page.head.note)).checkpoint.root), page.head.root);
        EXPECT_EQ(world.last("ledger_seen").by, who->id().text());
    }
    for (const Staff* who : {&world.manager(), &world.call_taker()}) {
        EXPECT_EQ(code_of(app::see_ledger(world.house(), who->actor, std::nullopt, 5)), Code::forbidden);
        EXPECT_EQ(code_of(app::see_leaf(world.house(), who->actor, 0)), Code::forbidden);
        EXPECT_EQ(world.last("refused").by, who->id().text());
    }
}

TEST(TheLedger, IsTurnedBackPageByPageToItsFirstEntry) {
    World world;
    const auto size = world.ledger().size();
    std::optional<std::uint64_t> before = size;
    std::uint64_t next = size;
    while (before) {
        const auto page = must(app::see_ledger(world.house(), world.auditor.actor, before, 7));
        for (const auto& line : page.lines) EXPECT_EQ(line.index, --next);
        before = page.older;
    }
    EXPECT_EQ(next, 0u);
}

TEST(TheLedger, ShowsAnEntryAsTheBytesThatWereHashed) {
    World world;
    const auto leaf = must(app::see_leaf(world.house(), world.auditor.actor, 3));
    EXPECT_EQ(must(ledger::decode(leaf.text)), world.ledger()[3]);
    EXPECT_EQ(leaf.hash, to_hex(ledger::leaf_hash(as_bytes(leaf.text))));
    EXPECT_EQ(code_of(app::see_leaf(world.house(), world.auditor.actor, 1'000'000)), Code::not_found);
}

TEST(TheLedger, TellsAuditorsAloneWhatWasDoneAboutOneWorry) {
    World world;
    const auto told = world.report(world.a_worry());
    world.read(world.manager(), told.id);
    const std::string reference = world.concern(told.id).reference;
    const auto lines = must(app::see_entries_about(world.house(), world.auditor.actor, text::ascii_lower(reference)));
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0].leaf->act, "concern_received");
    EXPECT_EQ(lines[1].leaf->act, "concern_read");
    EXPECT_EQ(world.last("entries_seen").subject, told.id.text());
    EXPECT_EQ(code_of(app::see_entries_about(world.house(), world.auditor.actor, "W-00000")), Code::not_found);
    for (const Staff* who :
         std::initializer_list<const Staff*>{&world.custodian, &world.administrator, &world.manager()})
        for (const std::string& asked : {reference, std::string("W-00000")})
            EXPECT_EQ(code_of(app::see_entries_about(world.house(), who->actor, asked)), Code::forbidden)
                << "there or not";
}

TEST(ADemandToSayWhoTold, IsWrittenDownInFullAndAnsweredByAnIntermediary) {
    World world;
    auto worry = world.a_worry();
    worry.contact = world.a_person();
    const auto told = world.report(worry);
    const std::string reference = world.concern(told.id).reference;
    app::Demand demand{"DC Placeholder", "", "The caller's name", "Refuse without an order", "Not safe"};
    const auto ask = [&] {
        return app::ask_opening(world.house(), world.custodian.actor, reference, app::OpeningPurpose::police,
                                "An inquiry", demand);
    };
    EXPECT_EQ(field_of(ask()), "demand_power");
    demand.power = "None; a request";
    const auto id = must(ask());
    const auto& second = world.second_custodian;
    EXPECT_EQ(code_of(app::answer_by_intermediary(world.house(), world.custodian.actor, id, "By letter")),
              Code::not_found)
        << "who asked";
    EXPECT_EQ(field_of(app::answer_by_intermediary(world.house(), second.actor, id, " ")), "intermediary");
    must(app::answer_by_intermediary(world.house(), second.actor, id, "By letter of the council's solicitor"));
    const auto seen = must(app::see_openings(world.house(), second.actor));
    ASSERT_EQ(seen.size(), 1u);
    EXPECT_EQ(seen[0].demand, demand);
    EXPECT_EQ(seen[0].intermediary, "By letter of the council's solicitor");
    EXPECT_EQ(seen[0].state, app::OpeningState::refused);
    EXPECT_EQ(World::fact(world.last("opening_answered"), "answer"), "by_intermediary");
    EXPECT_EQ(code_of(app::open_afterwards(world.house(), world.custodian.actor, world.custodian.holder, id)),
              Code::not_found);
}

TEST(AnOpening, IsSecondedByAManagerOfItsOwnFrontDoorOnly) {
    World world;
    auto worry = world.a_worry();
    worry.contact = world.a_person();
    const auto told = world.report(worry);
    const auto id = must(app::ask_opening(world.house(), world.custodian.actor, world.concern(told.id).reference,
                                          app::OpeningPurpose::protect_the_child, "He knows the flat"));
    EXPECT_TRUE(must(app::see_openings(world.house(), world.hackney.manager.actor)).empty());
    EXPECT_EQ(code_of(app::second_opening(world.house(), world.hackney.manager.actor, id, app::OpeningState::agreed)),
              Code::not_found);
    must(app::second_opening(world.house(), world.manager().actor, id, app::OpeningState::agreed));
    EXPECT_TRUE(must(app::see_openings(world.house(), world.custodian.actor))[0].may_open);
    EXPECT_FALSE(must(app::see_openings(world.house(), world.second_custodian.actor))[0].may_open)
        << "who asked opens it";
    EXPECT_EQ(must(app::open_afterwards(world.house(), world.custodian.actor, world.custodian.holder, id)),
              world.a_person());
    EXPECT_EQ(code_of(app::open_afterwards(world.house(), world.custodian.actor, world.custodian.holder, id)),
              Code::not_found)
        << "once";
}

}  // namespace
}  // namespace kith::test
