#include "contracts/stores.hpp"

namespace kith::contracts {
namespace {

using app::ConcernRow;
using app::NoteKind;
using app::NoteRow;
using app::Tables;
using concerns::Stage;
using concerns::WrittenForm;
using testing::ElementsAre;
using testing::IsEmpty;

class ConcernsContract : public Contract {
  protected:
    Result<void> add(const ConcernRow& row) {
        return write([&](Tables& tables) { return tables.concerns().add(row); });
    }
    ConcernRow find(ConcernId id) {
        return read([&](Tables& tables) { return tables.concerns().find(id); }).value();
    }
    static std::vector<ConcernId> ids(const std::vector<ConcernRow>& rows) {
        std::vector<ConcernId> out;
        for (const ConcernRow& row : rows) out.push_back(row.concern.id);
        return out;
    }
};
KITH_FOR_EVERY_STORE(ConcernsContract);

TEST_P(ConcernsContract, GivesBackEveryFieldAsItWasAdded) {
    const ConcernRow bare = bare_concern(1, door), full = full_concern(2, door, ann, ben, cal);

    EXPECT_OK(add(bare));
    EXPECT_OK(add(full));

    EXPECT_EQ(find(bare.concern.id), bare);
    EXPECT_EQ(find(full.concern.id), full);
    EXPECT_EQ(read([&](Tables& tables) { return tables.concerns().find_by_reference("W-2"); }).value(), full);
}

TEST_P(ConcernsContract, TellsAnEmptySourceFromNone) {
    ConcernRow row = bare_concern(1, door);
    row.sealed_source = Sealed<std::string>{};
    EXPECT_OK(add(row));
    EXPECT_EQ(find(row.concern.id).sealed_source, Sealed<std::string>{});
}

TEST_P(ConcernsContract, KeepsEveryWordOfEveryEnumeration) {
    ConcernRow row = bare_concern(1, door);
    EXPECT_OK(add(row));
    const auto holds = [&](auto member, auto value) {
        concerns::Concern changed = find(row.concern.id).concern;
        changed.*member = value;
        ++changed.revision;
        EXPECT_OK(write([&](Tables& tables) { return tables.concerns().change(changed); }));
        EXPECT_EQ(find(row.concern.id).concern, changed);
    };
    using namespace concerns;
    for (const auto subject : {Subject::child, Subject::family, Subject::group, Subject::place})
        holds(&Concern::subject, subject);
    for (const auto channel : {Channel::online, Channel::telephone}) holds(&Concern::channel, channel);
    for (const auto stage : {Stage::on_call, Stage::waiting, Stage::decided}) holds(&Concern::stage, stage);
    for (const auto mark :
         {DangerMark::none, DangerMark::by_reporter, DangerMark::by_call_taker, DangerMark::by_manager})
        holds(&Concern::danger, mark);
    for (const auto means : {AnswerMeans::reply_placed, AnswerMeans::ring_back, AnswerMeans::impossible})
        holds(&Concern::answered_by, std::optional(means));
    for (const auto form : {WrittenForm::not_owed, WrittenForm::awaited, WrittenForm::received})
        holds(&Concern::form, form);
    holds(&Concern::decision, std::optional(Decision{Outcome::no_action, {}}));
    holds(&Concern::decision,
          std::optional(Decision{Outcome::act,
                                 {Action::worker_already_involved, Action::another_area, Action::early_help,
                                  Action::assessment, Action::strategy_discussion, Action::police_now}}));
    holds(&Concern::decision, std::optional<Decision>());
}

TEST_P(ConcernsContract, AnswersNotFoundForWhatIsAbsent) {
    const auto nothing = read([&](Tables& tables) -> Result<void> {
        EXPECT_EQ(code_of(tables.concerns().find(absent_concern)), Code::not_found);
        EXPECT_EQ(code_of(tables.concerns().find_by_reference("W-999")), Code::not_found);
        EXPECT_THAT(tables.concerns().open_at(door).value(), IsEmpty());
        EXPECT_THAT(tables.concerns().notes(absent_concern).value(), IsEmpty());
        EXPECT_THAT(tables.concerns().excluded(absent_concern).value(), IsEmpty());
        return {};
    });
    EXPECT_OK(nothing);
    const auto write_code = [&](auto work) { return code_of(write(work)); };
    EXPECT_EQ(write_code([&](Tables& t) { return t.concerns().change(bare_concern(999, door).concern); }),
              Code::not_found);
    EXPECT_EQ(write_code([&](Tables& t) { return t.concerns().change_account(absent_concern, {}, at(0)); }),
              Code::not_found);
    EXPECT_EQ(write_code([&](Tables& t) { return t.concerns().add_note({.concern = absent_concern}); }),
              Code::not_found);
    EXPECT_EQ(write_code([&](Tables& t) { return t.concerns().exclude(absent_concern, ann, at(0)); }), Code::not_found);
    EXPECT_EQ(write_code([&](Tables& t) { return t.concerns().mark(absent_concern, {}); }), Code::not_found);
    EXPECT_EQ(write_code([&](Tables& t) { return t.concerns().add(bare_concern(5, id<FrontDoorId>(77))); }),
              Code::not_found);
}

TEST_P(ConcernsContract, NeverOverwritesOneByAdding) {
    const ConcernRow first = bare_concern(1, door);
    EXPECT_OK(add(first));
    ConcernRow same_id = full_concern(1, door, ann, ben, cal);
    same_id.concern.reference = "W-other";
    ConcernRow same_reference = bare_concern(2, other_door);
    same_reference.concern.reference = first.concern.reference;

    EXPECT_EQ(code_of(add(same_id)), Code::conflict);
    EXPECT_EQ(code_of(add(same_reference)), Code::conflict);
    EXPECT_EQ(find(first.concern.id), first);
}

TEST_P(ConcernsContract, TellsReferencesApartByCaseAndAccent) {
    const std::vector<std::string> references{"W-7k", "W-7K", "W-é", "W-e", "W-e\u0301"};
    unsigned n = 0;
    for (const std::string& reference : references) {
        ConcernRow row = bare_concern(++n, door);
        row.concern.reference = reference;
        EXPECT_OK(add(row));
    }
    for (const std::string& reference : references)
        EXPECT_EQ(read([&](Tables& t) { return t.concerns().find_by_reference(reference); }).value().concern.reference,
                  reference);
}

TEST_P(ConcernsContract, LetsOnlyOneOfTwoManagersChangeWhatBothHaveRead) {
    const ConcernRow row = bare_concern(1, door);
    EXPECT_OK(add(row));
    concerns::Concern anns = row.concern, bens = row.concern;
    anns.with = ann;
    bens.with = ben;
    ++anns.revision;
    ++bens.revision;

    EXPECT_OK(write([&](Tables& tables) { return tables.concerns().change(anns); }));
    EXPECT_EQ(code_of(write([&](Tables& tables) { return tables.concerns().change(bens); })), Code::conflict);
    EXPECT_EQ(code_of(write([&](Tables& tables) { return tables.concerns().change(row.concern); })), Code::conflict);

    EXPECT_EQ(find(row.concern.id).concern, anns);
}

TEST_P(ConcernsContract, ChangesEverythingButWhatIsSealed) {
    ConcernRow row = full_concern(1, door, ann, ben, cal);
    EXPECT_OK(add(row));
    concerns::Concern other = bare_concern(1, other_door).concern;
    other.reference = "W-new";
    other.revision = row.concern.revision + 1;

    EXPECT_OK(write([&](Tables& tables) { return tables.concerns().change(other); }));

    row.concern = other;
    EXPECT_EQ(find(row.concern.id), row);
}

TEST_P(ConcernsContract, ChangesAnAccountAndNothingElse) {
    ConcernRow row = full_concern(1, door, ann, ben, cal);
    EXPECT_OK(add(row));
    EXPECT_OK(write([&](Tables& t) { return t.concerns().change_account(row.concern.id, {blob(99)}, at(5000)); }));
    row.sealed_account = {blob(99)};
    row.last_typed_at = at(5000);
    EXPECT_EQ(find(row.concern.id), row);
}

TEST_P(ConcernsContract, ListsWhatIsOpenInTheOrderReceived) {
    const auto with = [&](unsigned n, Stage stage, std::optional<Instant> answered_at, WrittenForm form) {
        ConcernRow row = bare_concern(n, door);
        row.concern.received_at = at(-static_cast<int>(n));
        row.concern.stage = stage;
        row.concern.answered_at = answered_at;
        row.concern.form = form;
        EXPECT_OK(add(row));
        return row.concern.id;
    };
    const auto on_call = with(1, Stage::on_call, {}, WrittenForm::not_owed);
    const auto waiting = with(2, Stage::waiting, at(9), WrittenForm::not_owed);
    const auto unanswered = with(3, Stage::decided, {}, WrittenForm::not_owed);
    const auto form_awaited = with(4, Stage::decided, at(9), WrittenForm::awaited);
    with(5, Stage::decided, at(9), WrittenForm::not_owed);
    with(6, Stage::decided, at(9), WrittenForm::received);
    EXPECT_OK(add(bare_concern(7, other_door)));

    const auto open = read([&](Tables& tables) { return tables.concerns().open_at(door); }).value();

    EXPECT_THAT(ids(open), ElementsAre(form_awaited, unanswered, waiting, on_call));
    EXPECT_EQ(open.front(), find(form_awaited));
}

TEST_P(ConcernsContract, ListsWhatWasAnsweredSinceAnInstantInThatOrder) {
    for (const unsigned n : {1U, 2U, 3U, 4U}) {
        ConcernRow row = bare_concern(n, n == 4 ? other_door : door);
        row.concern.answered_at = at(100 - static_cast<int>(n));
        EXPECT_OK(add(row));
    }
    EXPECT_OK(add(bare_concern(5, door)));
    const auto since = [&](Instant from) {
        return ids(read([&](Tables& tables) { return tables.concerns().answered_since(door, from); }).value());
    };
    EXPECT_THAT(since(at(98)), ElementsAre(id<ConcernId>(2), id<ConcernId>(1)));
    EXPECT_THAT(since(at(100)), IsEmpty());
}

TEST_P(ConcernsContract, FindsTheCallsThatFellSilent) {
    const auto call = [&](unsigned n, Stage stage, Instant last_typed_at) {
        ConcernRow row = bare_concern(n, door);
        row.concern.channel = concerns::Channel::telephone;
        row.concern.stage = stage;
        row.last_typed_at = last_typed_at;
        return row;
    };
    EXPECT_OK(add(call(1, Stage::on_call, at(99))));
    EXPECT_OK(add(call(2, Stage::on_call, at(98))));
    EXPECT_OK(add(call(3, Stage::on_call, at(100))));
    EXPECT_OK(add(call(4, Stage::waiting, at(1))));
    ConcernRow online = call(5, Stage::on_call, at(1));
    online.concern.channel = concerns::Channel::online;
    EXPECT_OK(add(online));
    ConcernRow taken = call(6, Stage::on_call, at(1));
    taken.concern.with = ann;
    EXPECT_OK(add(taken));

    const auto silent = read([&](Tables& tables) { return tables.concerns().idle_calls(at(100)); }).value();

    EXPECT_THAT(ids(silent), ElementsAre(id<ConcernId>(2), id<ConcernId>(1)));
}

TEST_P(ConcernsContract, KeepsNotesOldestFirstAndThoseOfOneInstantAsTheyCame) {
    EXPECT_OK(add(bare_concern(1, door)));
    EXPECT_OK(add(bare_concern(2, door)));
    const ConcernId concern = id<ConcernId>(1);
    std::vector<NoteRow> notes;
    for (const auto kind : {NoteKind::decision, NoteKind::question, NoteKind::step_back, NoteKind::danger,
                            NoteKind::ring_back, NoteKind::correction, NoteKind::quarantine, NoteKind::motive,
                            NoteKind::late_reply, NoteKind::same_source, NoteKind::must_not_see})
        notes.push_back({concern, kind, at(50), std::nullopt, "reached", {blob(static_cast<unsigned>(kind) + 1)}});
    notes.push_back({concern, NoteKind::decision, at(51), ann, "", {}});
    EXPECT_OK(write([&](Tables& tables) -> Result<void> {
        KITH_TRY(tables.concerns().add_note(notes.back()));
        KITH_TRY(tables.concerns().add_note({.concern = id<ConcernId>(2)}));
        for (std::size_t i = 0; i + 1 < notes.size(); ++i) KITH_TRY(tables.concerns().add_note(notes[i]));
        return {};
    }));

    EXPECT_EQ(read([&](Tables& tables) { return tables.concerns().notes(concern); }).value(), notes);
    EXPECT_EQ(
        code_of(write([&](Tables& t) { return t.concerns().add_note({.concern = concern, .by = absent_member}); })),
        Code::not_found);
}

TEST_P(ConcernsContract, ExcludesAMemberOnceAndForGood) {
    EXPECT_OK(add(bare_concern(1, door)));
    const ConcernId concern = id<ConcernId>(1);
    EXPECT_OK(write([&](Tables& t) { return t.concerns().exclude(concern, ben, at(1)); }));
    EXPECT_OK(write([&](Tables& t) { return t.concerns().exclude(concern, ann, at(2)); }));
    EXPECT_OK(write([&](Tables& t) { return t.concerns().exclude(concern, ben, at(3)); }));

    EXPECT_THAT(read([&](Tables& t) { return t.concerns().excluded(concern); }).value(), ElementsAre(ben, ann));
    EXPECT_EQ(code_of(write([&](Tables& t) { return t.concerns().exclude(concern, absent_member, at(0)); })),
              Code::not_found);
}

TEST_P(ConcernsContract, FindsConcernsOfOneFrontDoorByTheirMarksNewestFirst) {
    const app::Mark jay = filled<8>(1), kay = filled<8>(2), lee = filled<8>(3);
    EXPECT_OK(write([&](Tables& tables) -> Result<void> {
        auto& concerns = tables.concerns();
        for (const unsigned n : {1U, 2U, 3U, 4U}) KITH_TRY(concerns.add(bare_concern(n, n == 4 ? other_door : door)));
        for (const unsigned n : {1U, 2U, 2U, 4U}) KITH_TRY(concerns.mark(id<ConcernId>(n), std::vector{jay}));
        return concerns.mark(id<ConcernId>(3), std::vector{lee, kay, lee});
    }));
    const auto marked = [&](const app::Mark& mark) {
        return read([&](Tables& tables) { return tables.concerns().marked(door, mark); }).value();
    };
    EXPECT_THAT(marked(jay), ElementsAre(id<ConcernId>(2), id<ConcernId>(1)));
    EXPECT_THAT(marked(kay), ElementsAre(id<ConcernId>(3)));
    EXPECT_THAT(marked(lee), ElementsAre(id<ConcernId>(3)));
    EXPECT_THAT(marked(filled<8>(4)), IsEmpty());

    EXPECT_OK(write([&](Tables& tables) { return tables.concerns().drop_marks(id<ConcernId>(2)); }));
    EXPECT_THAT(marked(jay), ElementsAre(id<ConcernId>(1)));
}

TEST_P(ConcernsContract, ConsentsToBeNamedChangeAndNothingElseDoes) {
    ConcernRow row = bare_concern(1, door);
    EXPECT_OK(add(row));
    EXPECT_OK(write([&](Tables& tables) { return tables.concerns().change_naming(row.concern.id, 1, 0); }));
    row.naming_person = 1;
    row.naming_organisation = 0;
    EXPECT_EQ(find(row.concern.id), row);
    EXPECT_EQ(code_of(write([&](Tables& tables) { return tables.concerns().change_naming(absent_concern, 1, 1); })),
              Code::not_found);
}

TEST_P(ConcernsContract, WhoToldInTheirJobChangesAndGoesAndNothingElseDoes) {
    ConcernRow row = bare_concern(1, door);
    EXPECT_OK(add(row));
    for (const auto& source : {std::optional(Sealed<std::string>{blob(3)}), std::optional<Sealed<std::string>>()}) {
        EXPECT_OK(write([&](Tables& tables) { return tables.concerns().change_source(row.concern.id, source); }));
        row.sealed_source = source;
        EXPECT_EQ(find(row.concern.id), row);
    }
    EXPECT_EQ(code_of(write([&](Tables& tables) { return tables.concerns().change_source(absent_concern, {}); })),
              Code::not_found);
}

}  // namespace
}  // namespace kith::contracts
