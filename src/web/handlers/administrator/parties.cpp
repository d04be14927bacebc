// The register of parties: a list, and one form for each.
#include <algorithm>

#include "app/parties.hpp"
#include "base/london.hpp"
#include "base/text.hpp"
#include "ui/parties_page.hpp"
#include "ui/party_page.hpp"
#include "web/handlers/administrator/fields.hpp"
#include "web/handlers/administrator/routes.hpp"
#include "web/pages/parties.hpp"

namespace kith::web {
namespace {
using app::Party;
using app::PartyKind;
using app::PartyView;
using http::Method;
using http::Response;
using parties::Role;
using protocol::Agreement;
using protocol::Category;

constexpr std::string_view kKindWords[] = {"Person", "Service", "Organisation"};
std::string kind_text(PartyKind kind) { return std::string(kKindWords[static_cast<std::size_t>(kind)]); }

bool may_keep(const StaffSession& session) { return session.actor.roles.has_any({Role::administrator, Role::manager}); }

/// The front door asked for, the reader's own, or the first.
Result<FrontDoorView> door_of(Ask& ask, const StaffSession& session, std::string_view slug) {
    if (!slug.empty()) return ask.site.front_door_called(slug);
    if (session.actor.front_door != FrontDoorId{}) return ask.site.front_door(session.actor.front_door);
    auto doors = KITH_TRY(ask.site.front_doors());
    if (doors.empty()) return fail(Code::not_found, "no front door");
    return std::move(doors.front());
}

std::string category_label(const FrontDoorView& door, Category category) {
    const auto& rules = door.questions.pack().categories;
    const auto rule = std::ranges::find(rules, category, &protocol::CategoryRule::category);
    return rule == rules.end() ? std::string(protocol::name_of(category)) : rule->label;
}

std::vector<Tag> tags_of(const PartyView& view) {
    std::vector<Tag> tags;
    if (view.acts_as_guardian)
        tags.push_back({"Acts as guardian", TagColour::green});
    else if (view.party.category == Category::guardian)
        tags.push_back({"Guardian functions withdrawn", TagColour::red});
    if (view.agreement == Agreement::ended) tags.push_back({"Agreement ended", TagColour::grey});
    if (view.under_duty) tags.push_back({"Section 11 duty", TagColour::blue});
    return tags;
}

std::string agreement_text(const Party& party) {
    if (!party.agreement) return {};
    const auto& agreement = *party.agreement;
    std::string out = "Agreement of " + day_text(agreement.made) + ", " + std::to_string(agreement.duties.size()) +
                      (agreement.duties.size() == 1 ? " duty" : " duties");
    if (agreement.acknowledged) out += ", acknowledged " + day_text(*agreement.acknowledged);
    if (agreement.ended) out += ", until " + day_text(*agreement.ended);
    return out;
}

Response get_parties(Ask& ask, const StaffSession& session) {
    const auto door = door_of(ask, session, ask.query.get("door"));
    if (!door) return problem_page(ask, door.error());
    const auto found = app::see_parties(ask.house(), session.actor, door->id);
    if (!found) return problem_page(ask, found.error());
    PartiesPage view;
    view.frame = ask.site.staff_frame(ask, session, "Parties");
    view.door_name = door->area.name;
    if (ask.query.get("done") == "kept") view.done = word("party.kept");
    view.note = category_label(*door, Category::guardian) + ": " + meaning_of_guardian(door->questions);
    if (session.actor.roles.has_any({Role::administrator, Role::custodian}))
        if (const auto doors = ask.site.front_doors())
            for (const auto& one : *doors)
                view.doors.emplace_back(one.area.name, Url("/parties").with("door", one.slug));
    for (const auto& one : *found) {
        const Party& party = one.party;
        std::string what = kind_text(party.kind) + ", " + text::ascii_lower(category_label(*door, party.category));
        if (!one.commissioner.empty()) what += ", under contract for " + one.commissioner;
        const std::string place = (party.tie == app::PlaceTie::works ? "Works: " : "Lives: ") + party.place;
        view.parties.push_back({party.name, std::move(what), place, agreement_text(party), tags_of(one),
                                Url::path("/parties/{}", party.id)});
    }
    if (may_keep(session)) view.add = Url("/parties/new").with("door", door->slug);
    return page(piece([&](Html& o) { ui::parties_page(o, view); }));
}

// --- one party
// ---------------------------------------------------------------------------------------------------------

struct TypedDays {
    TypedDay made, acknowledged, ended;
};

void put_days(PartyPage& view, const TypedDays& days) {
    view.made =
        days.made.input({.name = "agreement_made", .label = "Made on", .error = view.errors.of("agreement_made")});
    view.acknowledged = days.acknowledged.input(
        {.name = "acknowledged", .label = "Duties acknowledged on", .error = view.errors.of("acknowledged")});
    view.ended = days.ended.input(
        {.name = "ended",
         .label = "Last day, if it has ended",
         .hint = "From the day after, they may tell us as anybody may; what a guardian does is withdrawn.",
         .error = view.errors.of("ended")});
}

void fill(PartyPage& view, const Party& party) {
    view.kind = app::name_of(party.kind);
    view.name = party.name;
    view.category = protocol::name_of(party.category);
    view.place = party.place;
    if (party.tie) view.tie = app::name_of(*party.tie);
    view.identified_by = party.identified_by;
    view.identified_why = party.identified_why;
    if (party.statutory) view.statutory.emplace_back("yes");
    if (party.commissioner) view.commissioner = party.commissioner->text();
    TypedDays days;
    if (party.agreement) {
        view.scope = party.agreement->scope;
        for (const auto& duty : party.agreement->duties) view.duties += duty + '\n';
        days = {TypedDay::of(party.agreement->made), TypedDay::of(party.agreement->acknowledged),
                TypedDay::of(party.agreement->ended)};
    }
    put_days(view, days);
}

Result<PartyPage> form_view(Ask& ask, const StaffSession& session, const FrontDoorView& door, PartyId self) {
    PartyPage view;
    view.title = self == PartyId{} ? "Add to the register" : "In the register";
    view.frame = ask.site.staff_frame(ask, session, view.title);
    view.frame.back = Url("/parties").with("door", door.slug);
    view.frame.back_text = "Parties";
    view.door = door.slug;
    view.action = self == PartyId{} ? Url("/parties/new") : Url::path("/parties/{}", self);
    view.may_keep = may_keep(session);
    for (const auto kind : {PartyKind::person, PartyKind::service, PartyKind::organisation})
        view.kinds.push_back({.value = std::string(app::name_of(kind)), .text = kind_text(kind)});
    for (const auto& rule : door.questions.pack().categories)
        if (rule.category != Category::in_their_job)
            view.categories.push_back(
                {.value = std::string(protocol::name_of(rule.category)),
                 .text = rule.label,
                 .hint = rule.category == Category::guardian ? meaning_of_guardian(door.questions) : rule.meaning});
    view.ties = {{.value = "lives", .text = "They live there"}, {.value = "works", .text = "They work there"}};
    for (const auto& one : KITH_TRY(app::see_parties(ask.house(), session.actor, door.id)))
        if (one.party.id != self && one.party.kind != PartyKind::person)
            view.commissioners.push_back({.value = one.party.id.text(), .text = one.party.name});
    return view;
}

Response show(PartyPage view) {
    view.frame.has_errors = view.errors.any();
    return page(piece([&](Html& o) { ui::party_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_new(Ask& ask, const StaffSession& session) {
    const auto door = door_of(ask, session, ask.query.get("door"));
    if (!door) return problem_page(ask, door.error());
    auto view = form_view(ask, session, *door, {});
    if (!view) return problem_page(ask, view.error());
    put_days(*view, {});
    return show(*std::move(view));
}

Response get_party(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<PartyId>("id");
    const auto found = id ? app::see_party(ask.house(), session.actor, *id) : Result<PartyView>(Failure(id.error()));
    if (!found) return problem_page(ask, found.error());
    const auto door = ask.site.front_door(found->party.front_door);
    if (!door) return problem_page(ask, door.error());
    auto view = form_view(ask, session, *door, *id);
    if (!view) return problem_page(ask, view.error());
    view->title = found->party.name;
    view->tags = tags_of(*found);
    if (found->under_duty)
        view->under_duty = found->party.statutory
                               ? "A body under section 11 of the Children Act 2004."
                               : "Carries the section 11 duty of " + found->commissioner + ", for whom it works.";
    fill(*view, found->party);
    return show(*std::move(view));
}

/// What was typed, as a party; the form keeps it in any case.
Party typed_party(const Ask& ask, const FrontDoorView& door, PartyId self, PartyPage& view, TypedDays& days) {
    const auto& form = ask.form;
    Party party;
    party.id = self;
    party.front_door = door.id;
    view.kind = form.get("kind");
    view.category = form.get("category");
    view.tie = form.get("tie");
    view.commissioner = form.get("commissioner");
    view.name = party.name = text_of(form.get("name"));
    view.place = party.place = text_of(form.get("place"));
    view.identified_by = party.identified_by = text_of(form.get("identified_by"));
    view.identified_why = party.identified_why = text_of(form.get("identified_why"));
    view.scope = text_of(form.get("scope"));
    view.duties = text_of(form.get("duties"));
    party.statutory = form.get("statutory") == "yes";
    if (party.statutory) view.statutory.emplace_back("yes");
    const auto kind = app::party_kind_named(view.kind);
    const auto category = protocol::named<Category>(view.category);
    if (!kind) view.errors.add("kind", word("party_kind.invalid"));
    if (!category) view.errors.add("category", word("party_category.empty"));
    party.kind = kind.value_or(PartyKind::person);
    party.category = category.value_or(Category::ordinary);
    party.tie = app::place_tie_named(view.tie);
    if (!view.commissioner.empty()) {
        const auto commissioner = PartyId::parse(view.commissioner);
        party.commissioner = commissioner.value_or(PartyId{});
    }
    days = {TypedDay::read(form, "agreement_made"), TypedDay::read(form, "acknowledged"),
            TypedDay::read(form, "ended")};
    if (days.made.is_wrong()) view.errors.add("agreement_made", word("party_agreement_made.invalid"));
    if (days.acknowledged.is_wrong()) view.errors.add("acknowledged", word("party_acknowledged.invalid"));
    if (days.ended.is_wrong()) view.errors.add("ended", word("party_ended.invalid"));
    const bool has_agreement = !days.made.is_empty() || !days.acknowledged.is_empty() || !days.ended.is_empty() ||
                               !view.scope.empty() || !view.duties.empty();
    if (!has_agreement) return party;
    app::PartyAgreement agreement{
        days.made.value.value_or(Day{}), view.scope, {}, days.acknowledged.value, days.ended.value};
    for (const auto line : text::split(view.duties, '\n'))
        if (auto duty = text::tidy(line); !duty.empty()) agreement.duties.push_back(std::move(duty));
    party.agreement = std::move(agreement);
    return party;
}

Response keep(Ask& ask, const StaffSession& session, const FrontDoorView& door, PartyId self) {
    auto view = form_view(ask, session, door, self);
    if (!view) return problem_page(ask, view.error());
    TypedDays days;
    const Party party = typed_party(ask, door, self, *view, days);
    if (!view->errors.any()) {
        const auto done = app::keep_party(ask.house(), session.actor, party);
        if (done) return redirect(Url("/parties").with("door", door.slug).with("done", "kept"));
        if (done.error().field.empty()) return problem_page(ask, done.error());
        view->errors.add(done.error().field, error_word("party_" + std::string(done.error().field), "invalid"));
    }
    put_days(*view, days);
    return show(*std::move(view));
}

Response post_new(Ask& ask, const StaffSession& session) {
    const auto door = door_of(ask, session, ask.form.get("door"));
    return door ? keep(ask, session, *door, {}) : problem_page(ask, door.error());
}

Response post_party(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<PartyId>("id");
    const auto found = id ? app::see_party(ask.house(), session.actor, *id) : Result<PartyView>(Failure(id.error()));
    if (!found) return problem_page(ask, found.error());
    const auto door = ask.site.front_door(found->party.front_door);
    return door ? keep(ask, session, *door, *id) : problem_page(ask, door.error());
}
}  // namespace

void add_parties_routes(Routes& routes) {
    routes.staff(Method::get, "/parties", get_parties);
    routes.staff(Method::get, "/parties/new", get_new);
    routes.staff(Method::post, "/parties/new", post_new);
    routes.staff(Method::get, "/parties/{id}", get_party);
    routes.staff(Method::post, "/parties/{id}", post_party);
}

}  // namespace kith::web
