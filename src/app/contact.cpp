#include "app/contact.hpp"

#include <algorithm>
#include <array>

#include "app/desk.hpp"
#include "app/grounds.hpp"
#include "app/intake.hpp"
#include "app/role_keys.hpp"
#include "base/text.hpp"

namespace kith::app {
namespace {
constexpr std::array<std::string_view, 12> kPurposes{"answer",
                                                     "ask",
                                                     "form_is_due",
                                                     "out_of_hours_police",
                                                     "protect_the_child",
                                                     "protect_the_reporter",
                                                     "court_order",
                                                     "correction",
                                                     "police",
                                                     "coroner",
                                                     "inspectorate",
                                                     "access_request"};

Result<void> check(OpeningPurpose purpose, std::string_view reason, const Demand& demand) {
    if (is_for_answering(purpose)) return fail(Code::invalid, "a purpose of the way in", "purpose");
    if (text::tidy(reason).empty()) return fail(Code::invalid, "no reason given", "reason");
    if (!is_a_demand(purpose)) return {};
    if (demand.asker.empty()) return fail(Code::invalid, "nobody asks", "demand_asker");
    if (demand.power.empty()) return fail(Code::invalid, "no power claimed", "demand_power");
    if (demand.exactly.empty()) return fail(Code::invalid, "nothing asked", "demand_exactly");
    if (demand.advice.empty()) return fail(Code::invalid, "no advice", "demand_advice");
    return {};
}
}  // namespace

std::string_view name_of(OpeningPurpose purpose) { return kPurposes[static_cast<std::size_t>(purpose)]; }
std::optional<OpeningPurpose> opening_purpose_named(std::string_view name) {
    const auto at = std::ranges::find(kPurposes, name);
    if (at == kPurposes.end()) return std::nullopt;
    return static_cast<OpeningPurpose>(at - kPurposes.begin());
}
bool is_for_answering(OpeningPurpose purpose) { return purpose <= OpeningPurpose::out_of_hours_police; }
bool is_a_demand(OpeningPurpose purpose) {
    return purpose == OpeningPurpose::court_order || purpose >= OpeningPurpose::police;
}

namespace {
struct WayIn {
    VaultRow row;
    Key epoch_key;
    KeyPair duty;
};
Result<WayIn> way_in_of(Visit& visit, const concerns::Concern& concern, VaultRow row, const Holder& holder) {
    // Without the list of what is gone nobody can say whether this way in was closed once.
    if (row.wrap_duty.empty() || visit.house.alarms.has(Alarm::gone_list)) return fail(Code::not_found, "no way in");
    Key epoch_key = KITH_TRY(visit.house.epochs.read(row.epoch));
    KeyPair duty = KITH_TRY(role_pair(visit, RoleKeyKind::duty, concern.front_door, row.duty_generation, holder));
    return WayIn{std::move(row), std::move(epoch_key), std::move(duty)};
}
}  // namespace

Result<concerns::Contact> open_way_in(Visit& visit, const concerns::Concern& concern, const Holder& holder) {
    const WayIn way = KITH_TRY(way_in_of(visit, concern, KITH_TRY(visit.tables.vault().newest(concern.id)), holder));
    return open_by_duty(visit.house.crypto, visit.vault_place(concern), way.row, way.epoch_key, way.duty);
}

Result<Key> identity_on_way_in(Visit& visit, const concerns::Concern& concern, std::uint32_t vault_number,
                               const Holder& holder) {
    const WayIn way =
        KITH_TRY(way_in_of(visit, concern, KITH_TRY(visit.tables.vault().find(concern.id, vault_number)), holder));
    return identity_by_duty(visit.house.crypto, visit.vault_place(concern), way.row, way.epoch_key, way.duty);
}

Result<ConcernRow> find_by_reference(Visit& visit, Act act, std::string_view reference) {
    std::string said = text::tidy(reference);
    for (char& c : said) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    auto row = visit.tables.concerns().find_by_reference(said);
    if (!row && row.error().code == Code::not_found) visit.refuse(act);
    return row;
}

Result<concerns::Contact> open_contact(House& house, const Actor& manager, const Holder& holder, ConcernId id,
                                       OpeningPurpose purpose) {
    return KITH_TRY(open_to_answer(house, manager, holder, id, purpose)).contact;
}

Result<Opened> open_to_answer(House& house, const Actor& manager, const Holder& holder, ConcernId id,
                              OpeningPurpose purpose) {
    if (!is_for_answering(purpose)) return fail(Code::invalid, "not a purpose of the way in", "purpose");
    return visiting(house, manager, [&](Visit& visit) -> Result<Opened> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::open_contact, KITH_TRY(visit.facts_of(row)), id.text()));
        const auto account = account_of(KITH_TRY(visit.file_of(row)), row);
        Opened opened{row.concern, account ? concerns::heading(*account) : std::string(),
                      KITH_TRY(open_way_in(visit, row.concern, holder))};
        KITH_TRY(visit.record(permit, {.act = "contact_opened",
                                       .subject = id.text(),
                                       .clauses = naming_clauses(visit, row.concern.front_door),
                                       .pack = row.concern.pack,
                                       .facts = {{"purpose", std::string(name_of(purpose))}, {"way", "duty"}}}));
        return opened;
    });
}

namespace {
/// The file of that number, unless it is shut away: front-door 15, its original stays sealed.
Result<AttachmentId> file_numbered(Visit& visit, ConcernId concern, std::size_t number) {
    const auto files = KITH_TRY(visit.tables.attachments().of(concern));
    if (number == 0 || number > files.size() || files[number - 1].state == CopyState::quarantined)
        return fail(Code::invalid, "no file of that number", "file");
    return files[number - 1].id;
}

Result<std::optional<NumberedFile>> numbered(Visit& visit, ConcernId concern, const std::optional<AttachmentId>& id) {
    if (!id) return std::optional<NumberedFile>();
    const auto files = KITH_TRY(visit.tables.attachments().of(concern));
    const auto at = std::ranges::find(files, *id, &AttachmentRow::id);
    if (at == files.end()) return fail(Code::betrayed, "an opening of a file that is not there");
    return std::optional(NumberedFile{static_cast<std::size_t>(at - files.begin()) + 1, at->kind});
}
}  // namespace

Result<OpeningId> ask_opening(House& house, const Actor& custodian, std::string_view reference, OpeningPurpose purpose,
                              std::string_view reason, const Demand& demand, std::optional<std::size_t> file) {
    KITH_TRY(check(purpose, reason, demand));
    const OpeningId id = house.crypto.random_id<OpeningId>();
    return visiting(house, custodian, [&](Visit& visit) -> Result<OpeningId> {
        const ConcernRow row = KITH_TRY(find_by_reference(visit, Act::ask_opening, reference));
        const Permit permit =
            KITH_TRY(visit.ask(Act::ask_opening, KITH_TRY(visit.facts_of(row)), row.concern.id.text()));
        Grounds grounds{.reason = std::string(reason), .demand = is_a_demand(purpose) ? demand : Demand{}};
        if (file) grounds.original = KITH_TRY(file_numbered(visit, row.concern.id, *file));
        OpeningRow opening;
        opening.id = id;
        opening.concern = row.concern.id;
        opening.asked_by = custodian.member;
        opening.purpose = name_of(purpose);
        opening.sealed_reason = seal_grounds(KITH_TRY(visit.file_of(row)), id, grounds);
        opening.asked_at = visit.now;
        KITH_TRY(visit.tables.openings().add(opening));
        std::vector<std::pair<std::string, std::string>> facts{{"purpose", opening.purpose}, {"opening", id.text()}};
        if (grounds.original) facts.emplace_back("file", grounds.original->text());
        KITH_TRY(visit.record(permit, {.act = "opening_asked",
                                       .subject = row.concern.id.text(),
                                       .clauses = naming_clauses(visit, row.concern.front_door),
                                       .pack = row.concern.pack,
                                       .facts = std::move(facts),
                                       .sealed_digests = {{"openings/reason", opening.sealed_reason.bytes}}}));
        return id;
    });
}

namespace {
/// What the second person says, in one act. `grounds` is kept anew where it changed.
Result<void> answer_opening(House& house, const Actor& second, OpeningId id, OpeningState state,
                            std::string_view intermediary) {
    return visiting(house, second, [&](Visit& visit) -> Result<void> {
        OpeningRow opening = KITH_TRY(visit.tables.openings().find(id));
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(opening.concern));
        const Permit permit = KITH_TRY(
            visit.ask(Act::second_opening, KITH_TRY(facts_of_opening(visit, opening, row)), row.concern.id.text()));
        if (opening.state != OpeningState::asked) return fail(Code::conflict, "already answered");
        opening.state = state;
        opening.second = second.member;
        opening.decided_at = visit.now;
        if (!intermediary.empty()) {
            const auto file = KITH_TRY(visit.file_of(row));
            Grounds grounds = KITH_TRY(open_grounds(file, opening));
            if (grounds.demand == Demand{}) return fail(Code::invalid, "nobody outside asked", "answer");
            grounds.intermediary = intermediary;
            opening.sealed_reason = seal_grounds(file, id, grounds);
        }
        KITH_TRY(visit.tables.openings().change(opening));
        const char* answer = !intermediary.empty()           ? "by_intermediary"
                             : state == OpeningState::agreed ? "agreed"
                                                             : "refused";
        return visit.record(permit, {.act = "opening_answered",
                                     .subject = row.concern.id.text(),
                                     .clauses = naming_clauses(visit, row.concern.front_door),
                                     .pack = row.concern.pack,
                                     .facts = {{"answer", answer}, {"opening", id.text()}},
                                     .sealed_digests = {{"openings/reason", opening.sealed_reason.bytes}}});
    });
}
}  // namespace

Result<void> second_opening(House& house, const Actor& second, OpeningId id, OpeningState answer) {
    if (answer != OpeningState::agreed && answer != OpeningState::refused)
        return fail(Code::invalid, "not an answer", "answer");
    return answer_opening(house, second, id, answer, {});
}

Result<void> answer_by_intermediary(House& house, const Actor& second, OpeningId id, std::string_view answer) {
    if (text::tidy(answer).empty()) return fail(Code::invalid, "no answer given", "intermediary");
    return answer_opening(house, second, id, OpeningState::refused, answer);
}

Result<std::vector<OpeningView>> see_openings(House& house, const Actor& actor) {
    return visiting(house, actor, [&](Visit& visit) -> Result<std::vector<OpeningView>> {
        const Permit permit = KITH_TRY(visit.ask(Act::see_openings, {}));
        std::vector<OpeningView> out;
        for (const OpeningRow& opening : KITH_TRY(visit.tables.openings().all())) {
            const ConcernRow row = KITH_TRY(visit.tables.concerns().find(opening.concern));
            const Facts facts = KITH_TRY(facts_of_opening(visit, opening, row));
            const bool only_manager = !actor.roles.has_any({parties::Role::custodian, parties::Role::auditor});
            if (facts.excluded || (only_manager && row.concern.front_door != actor.front_door)) continue;
            const Grounds grounds = KITH_TRY(open_grounds(KITH_TRY(visit.file_of(row)), opening));
            OpeningView view;
            view.id = opening.id;
            view.concern = opening.concern;
            view.reference = row.concern.reference;
            view.asked_by = KITH_TRY(name_of_member(visit, opening.asked_by));
            if (opening.second) view.second = KITH_TRY(name_of_member(visit, *opening.second));
            view.purpose = opening.purpose;
            view.reason = grounds.reason;
            view.demand = grounds.demand;
            view.intermediary = grounds.intermediary;
            view.original = KITH_TRY(numbered(visit, row.concern.id, grounds.original));
            view.asked_at = opening.asked_at;
            view.answered_at = opening.decided_at;
            view.opened_at = opening.opened_at;
            view.state = opening.state;
            view.emergency = opening.emergency;
            view.review = grounds.review;
            view.may_review =
                opening.emergency && !opening.second && Gate::ask(actor, Act::review_opening, facts).has_value();
            view.mine = opening.asked_by == actor.member;
            view.may_second =
                opening.state == OpeningState::asked && Gate::ask(actor, Act::second_opening, facts).has_value();
            view.may_open = Gate::ask(actor, Act::open_afterwards, facts).has_value();
            out.push_back(std::move(view));
        }
        KITH_TRY(visit.record(permit, {.act = "openings_seen", .facts = {{"count", std::to_string(out.size())}}}));
        return out;
    });
}

Result<concerns::Contact> open_afterwards(House& house, const Actor& custodian, const Holder& holder, OpeningId id) {
    return visiting(house, custodian, [&](Visit& visit) -> Result<concerns::Contact> {
        AgreedOpening agreed = KITH_TRY(agreed_opening(visit, id));
        if (agreed.grounds.original) return fail(Code::not_found, "agreed to for a file and not for who told");
        const concerns::Concern& concern = agreed.concern.concern;
        const VaultRow vault = KITH_TRY(visit.tables.vault().newest(concern.id));
        const KeyPair custody = KITH_TRY(role_pair(visit, RoleKeyKind::custody, {}, vault.custody_generation, holder));
        concerns::Contact contact = KITH_TRY(open_by_custody(house.crypto, visit.vault_place(concern), vault, custody));
        KITH_TRY(use_up(visit, std::move(agreed), "contact_opened"));
        return contact;
    });
}

}  // namespace kith::app
