// Every use case that somebody who works here may ask about one worry, each as a door that one tries.
#pragma once
#include "app/emergency.hpp"
#include "app/same_source.hpp"
#include "world/world.hpp"

namespace kith::test {

/// One use case, asked about one worry.
struct Door {
    std::string name;
    std::function<Result<void>(World&, const Staff&, ConcernId)> open;
    Code refused = Code::not_found;
};

template <class T>
Result<void> dropped(Result<T> result) {
    if (!result) return Failure(result.error());
    return {};
}

inline std::optional<app::ConcernRow> row_of(World& world, ConcernId id) {
    auto row = world.house().store.reading([&](app::Tables& tables) { return tables.concerns().find(id); });
    return row ? std::optional(*std::move(row)) : std::nullopt;
}
inline std::string reference_of(World& world, ConcernId id) {
    const auto row = row_of(world, id);
    return row ? row->concern.reference : "K-0000-0000";
}
/// Its first file.
inline AttachmentId file_of(World& world, ConcernId id) {
    const auto rows = must(world.house().store.reading([&](app::Tables& t) { return t.attachments().of(id); }));
    return rows.empty() ? AttachmentId() : rows.front().id;
}
inline app::DecisionForm decision_of(World& world, ConcernId id) {
    app::DecisionForm form;
    form.decision = {concerns::Outcome::act, {concerns::Action::assessment}};
    form.reasons = "Bruises on a young child.";
    form.reply = world.standard_reply(world.plymouth.id);
    if (const auto row = row_of(world, id)) {
        form.seen_revision = row->concern.revision;
        form.reply = world.standard_reply(row->concern.front_door);
    }
    return form;
}
inline const concerns::MarkedWords kMark{Field::what_seen, 0, 5, {}};

/// Every use case that somebody who works here may ask about a worry.
inline const std::vector<Door>& doors_to_a_worry() {
    static const std::vector<Door> doors{
        {"read_concern",
         [](World& w, const Staff& s, ConcernId id) { return dropped(app::read_concern(w.house(), s.actor, id)); }},
        {"mark_danger",
         [](World& w, const Staff& s, ConcernId id) {
             return app::mark_danger(w.house(), s.actor, id, concerns::DangerMark::by_manager, "why");
         }},
        {"mark_words",
         [](World& w, const Staff& s, ConcernId id) { return app::mark_words(w.house(), s.actor, id, {}); }},
        {"step_back", [](World& w, const Staff& s, ConcernId id) { return app::step_back(w.house(), s.actor, id); }},
        {"decide", [](World& w, const Staff& s, ConcernId id) { return w.decide(s, id, decision_of(w, id)); }},
        {"ask_for_more",
         [](World& w, const Staff& s, ConcernId id) {
             return app::ask_for_more(w.house(), s.actor, s.holder, id, "When?", w.clock.now() + std::chrono::hours(1));
         }},
        {"ring_back",
         [](World& w, const Staff& s, ConcernId id) { return app::ring_back(w.house(), s.actor, id, {}); }},
        {"type_in_form",
         [](World& w, const Staff& s, ConcernId id) {
             return app::type_in_form(w.house(), s.actor, id, {w.a_worry().account, w.clock.now()});
         }},
        {"answer_in_writing",
         [](World& w, const Staff& s, ConcernId id) {
             return app::answer_in_writing(w.house(), s.actor, s.holder, id, "Thank you.", "late");
         }},
        {"note_motive",
         [](World& w, const Staff& s, ConcernId id) { return app::note_motive(w.house(), s.actor, id, "a", "b"); }},
        {"mark_works_with_children",
         [](World& w, const Staff& s, ConcernId id) {
             return app::mark_works_with_children(w.house(), s.actor, id, "A coach.");
         }},
        {"report_onward",
         [](World& w, const Staff& s, ConcernId id) {
             return app::report_onward(w.house(), s.actor, id,
                                       {concerns::Whom::designated_officer,
                                        concerns::OnwardStep::told,
                                        {"Her", "by telephone", ""},
                                        w.clock.now()});
         }},
        {"end_onward",
         [](World& w, const Staff& s, ConcernId id) {
             return app::end_onward(w.house(), s.actor, id, concerns::Whom::another_area, "why");
         }},
        {"write_notice",
         [](World& w, const Staff& s, ConcernId id) {
             return dropped(app::write_notice(w.house(), s.actor, s.holder, id,
                                              {app::ContactGoes::left_out, "", "Them", "by hand", ""}));
         }},
        {"open_contact", [](World& w, const Staff& s, ConcernId id) { return dropped(w.open_contact(s, id)); }},
        {"ask_opening",
         [](World& w, const Staff& s, ConcernId id) {
             return dropped(app::ask_opening(w.house(), s.actor, reference_of(w, id),
                                             app::OpeningPurpose::protect_the_child, "why"));
         }},
        {"read_call", [](World& w, const Staff& s,
                         ConcernId id) { return dropped(app::read_call(w.house(), s.actor, s.holder, id)); }},
        {"hand_over_call",
         [](World& w, const Staff& s, ConcernId id) { return dropped(app::hand_over_call(w.house(), s.actor, id)); }},
        {"save_call",
         [](World& w, const Staff& s, ConcernId id) {
             return app::save_call(w.house(), s.actor, s.holder, id, w.words_of_a_call());
         }},
        {"take_back_call",
         [](World& w, const Staff& s, ConcernId id) {
             return app::take_back_call(w.house(), s.actor, s.holder, id, w.words_of_a_call());
         }},
        {"perhaps_known",
         [](World& w, const Staff& s, ConcernId id) { return dropped(app::perhaps_known(w.house(), s.actor, id)); }},
        {"see_file", [](World& w, const Staff& s,
                        ConcernId id) { return dropped(app::see_file(w.house(), s.actor, id, file_of(w, id))); }},
        {"see_page", [](World& w, const Staff& s,
                        ConcernId id) { return dropped(app::see_page(w.house(), s.actor, id, file_of(w, id), 1)); }},
        {"see_original",
         [](World& w, const Staff& s, ConcernId id) {
             return dropped(app::see_original(w.house(), s.actor, s.holder, id, file_of(w, id)));
         }},
        {"quarantine", [](World& w, const Staff& s,
                          ConcernId id) { return app::quarantine(w.house(), s.actor, id, file_of(w, id), "why"); }},
        {"keep_away", [](World& w, const Staff& s,
                         ConcernId id) { return app::keep_away(w.house(), s.actor, id, w.plymouth.call_taker.id()); }},
        {"mark_each",
         [](World& w, const Staff& s, ConcernId id) {
             return dropped(app::mark_each(w.house(), s.actor, id, Field::what_seen, "bruises"));
         }},
        {"put_instead",
         [](World& w, const Staff& s, ConcernId id) {
             return dropped(app::put_instead(w.house(), s.actor, id, kMark, "Somebody"));
         }},
        {"unmark",
         [](World& w, const Staff& s, ConcernId id) { return dropped(app::unmark(w.house(), s.actor, id, kMark)); }},
        {"record_source",
         [](World& w, const Staff& s, ConcernId id) {
             return app::record_source(w.house(), s.actor, reference_of(w, id), "K-0000-0001",
                                       concerns::Sameness::same);
         }},
        {"open_to_answer",
         [](World& w, const Staff& s, ConcernId id) {
             return dropped(app::open_to_answer(w.house(), s.actor, s.holder, id, app::OpeningPurpose::answer));
         }},
        {"open_in_emergency",
         [](World& w, const Staff& s, ConcernId id) {
             return dropped(app::open_in_emergency(w.house(), s.actor, s.holder, reference_of(w, id),
                                                   app::OpeningPurpose::protect_the_child, "why"));
         }},
    };
    return doors;
}

}  // namespace kith::test
