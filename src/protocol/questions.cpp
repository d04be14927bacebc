#include "protocol/questions.hpp"

#include <algorithm>

#include "base/london.hpp"
#include "core/clocks/due.hpp"
#include "protocol/basis.hpp"

namespace kith::protocol {
namespace {

constexpr Words kUndecided = "the text leaves this open and nobody has decided it yet";

bool holds(const auto& list, const auto& value) { return std::ranges::find(list, value) != list.end(); }

/// What the text left open and what was decided, if anything; empty when the pack itself speaks.
const LocalTerm* local(const Pack& pack, const LocalTerms& terms, TermKey key) {
    return pack.is_locally_decided(key) ? terms.find(key) : nullptr;
}

Basis open_basis(const Pack& pack, TermKey key) {
    const auto at = pack.locally_decided.find(key);
    return at == pack.locally_decided.end() ? Basis{} : at->second;
}

/// The pack's setting, else the local decision (nothing inside where *none* was decided), else a person.
template <class T>
Answer<std::optional<T>> settled(const Pack& pack, const LocalTerms& terms, TermKey key,
                                 const std::optional<Setting<T>>& given) {
    using Settled = Answer<std::optional<T>>;
    if (given) return Settled::of(given->value, given->basis);
    const LocalTerm* term = local(pack, terms, key);
    if (!term) return Settled::ask_a_person(kUndecided, open_basis(pack, key));
    const T* value = std::get_if<T>(&term->value);
    return Settled::of(value ? std::optional<T>(*value) : std::nullopt, open_basis(pack, key), term->decision);
}

/// The same question answered with `make(value)`; `otherwise` where *none* was decided.
template <class To, class T, class Make>
Answer<To> then(const Answer<std::optional<T>>& from, To otherwise, Make make) {
    const Basis basis{from.clauses(), from.source()};
    if (from.asks_a_person()) return Answer<To>::ask_a_person(kUndecided, basis);
    const std::optional<T>& value = from.value();
    return Answer<To>::of(value ? make(*value) : std::move(otherwise), basis, from.locally_decided_by());
}

Answer<Duty> duty(const Pack& pack, const LocalTerms& terms, TermKey key, const std::optional<Setting<Duty>>& given) {
    return then<Duty>(settled(pack, terms, key, given), Duty::manager, [](Duty value) { return value; });
}

}  // namespace

Questions::Questions(std::shared_ptr<const Pack> pack, LocalTerms terms, clocks::Calendar calendar)
    : pack_(std::move(pack)), terms_(std::move(terms)), calendar_(std::move(calendar)) {
    KITH_CHECK(pack_ != nullptr);
}

std::vector<TermKey> Questions::missing_terms() const {
    std::vector<TermKey> missing;
    const LocalTerm* reply = local(*pack_, terms_, TermKey::reply_clock);
    const bool no_clock = reply && std::holds_alternative<NoneDecided>(reply->value);
    for (const auto& [key, basis] : pack_->locally_decided)
        if (!terms_.find(key) && !(key == TermKey::escalation && no_clock) && key != TermKey::guardian_definition)
            missing.push_back(key);
    return missing;
}

Permission Questions::may_open_front_door() const { return missing_terms().empty() ? Permission::yes : Permission::no; }

Answer<std::optional<Instant>> Questions::reply_due(Instant received_at) const {
    return then<std::optional<Instant>>(settled(*pack_, terms_, TermKey::reply_clock, pack_->reply_within),
                                        std::nullopt,
                                        [&](auto within) { return clocks::plus_elapsed(received_at, within); });
}

Answer<std::optional<Instant>> Questions::written_form_due(Channel channel, const Teller& teller,
                                                           Instant received_at) const {
    // Never owed by a child or by someone who gave no name: nobody could be held to it, and asking would frighten.
    const auto due = [&](const WrittenForm& form) -> std::optional<Instant> {
        const bool owed = teller.identity == Identity::given && teller.age == Age::adult &&
                          holds(form.owed_by, teller.category) && holds(form.after, channel);
        return owed ? std::optional(clocks::plus_elapsed(received_at, form.within)) : std::nullopt;
    };
    return then<std::optional<Instant>>(settled(*pack_, terms_, TermKey::written_form, pack_->written_form),
                                        std::nullopt, due);
}

Answer<std::vector<Instant>> Questions::escalate_at(Instant received_at) const {
    using Times = std::vector<Instant>;
    const auto reply = reply_due(received_at);
    if (reply.asks_a_person()) return Answer<Times>::ask_a_person(kUndecided, {reply.clauses(), reply.source()});
    if (!reply.value()) return Answer<Times>::of({}, {reply.clauses(), reply.source()}, reply.locally_decided_by());
    const auto around = settled(*pack_, terms_, TermKey::escalation, pack_->escalate);
    return then<Times>(around, {}, [&](const std::vector<std::chrono::minutes>& minutes) {
        Times times;
        // A step before the worry came in would fire at once for every worry; it is held to the receipt.
        for (const auto span : minutes)
            times.push_back(std::max(received_at, clocks::plus_elapsed(*reply.value(), span)));
        times.erase(std::unique(times.begin(), times.end()), times.end());
        return times;
    });
}

Answer<Instant> Questions::idle_call_handed_over_at(Instant last_change) const {
    return Answer<Instant>::of(clocks::plus_elapsed(last_change, pack_->idle_call.value), pack_->idle_call.basis);
}

Answer<Instant> Questions::draft_expires_at(Instant last_change) const {
    return Answer<Instant>::of(clocks::plus_elapsed(last_change, pack_->draft_expiry.value), pack_->draft_expiry.basis);
}

Answer<Duty> Questions::who_receives() const { return duty(*pack_, terms_, TermKey::who_receives, pack_->receives); }
Answer<Duty> Questions::who_decides() const { return duty(*pack_, terms_, TermKey::who_decides, pack_->decides); }
Answer<Duty> Questions::who_answers() const { return duty(*pack_, terms_, TermKey::who_answers, pack_->answers); }

Answer<std::string> Questions::meaning_of_guardian() const {
    const auto rule = std::ranges::find(pack_->categories, Category::guardian, &CategoryRule::category);
    KITH_CHECK(rule != pack_->categories.end());
    if (!pack_->is_locally_decided(TermKey::guardian_definition))
        return Answer<std::string>::of(rule->meaning, rule->basis);
    return then<std::string>(settled<std::string>(*pack_, terms_, TermKey::guardian_definition, std::nullopt), {},
                             [](const std::string& meaning) { return meaning; });
}

Answer<std::optional<Instant>> Questions::way_in_closes_at(const WayIn& way) const {
    std::optional<Instant> closes;
    if (way.answered_at) {
        const Instant latest = clocks::plus_elapsed(way.received_at, pack_->way_in.value);
        closes = way.form == FormState::awaited ? std::max(*way.answered_at, latest) : *way.answered_at;
    }
    return Answer<std::optional<Instant>>::of(closes, pack_->way_in.basis);
}

Answer<ContactOpening> Questions::who_may_open_contact(const WayIn& way, Instant now) const {
    const auto closes = way_in_closes_at(way).value();
    const bool open = !closes || now < *closes;
    return Answer<ContactOpening>::of(
        open ? ContactOpening::manager_alone : ContactOpening::custodian_and_second_person, pack_->way_in.basis);
}

Answer<Permission> Questions::may_ask_for_more(Danger danger) const {
    const auto& in_danger = pack_->ask_for_more_in_danger;
    const bool may = danger == Danger::unmarked || in_danger.value;
    return Answer<Permission>::of(may ? Permission::yes : Permission::no, in_danger.basis);
}

Answer<std::vector<ContactPoint>> Questions::contact_points(Instant at) const {
    const Day today = london::day_of(at);
    std::vector<ContactPoint> points;
    std::optional<LocalDecision> decision;
    for (const ContactPoint& point : pack_->contacts) {  // by purpose and date: a later one takes the earlier's place
        if (point.effective_from > today) continue;
        if (!points.empty() && points.back().purpose == point.purpose) points.pop_back();
        points.push_back(point);
    }
    // A number decided locally takes the place of the pack's from its date on, unless the pack's own is newer
    // (PLY-019).
    const auto add_local = [&](TermKey key, Purpose purpose, Term label) {
        const LocalTerm* term = terms_.find(key);
        const auto* telephone = term ? std::get_if<TelephoneTerm>(&term->value) : nullptr;
        if (!telephone || term->decision.on > today) return;
        const auto of_pack = std::ranges::find(points, purpose, &ContactPoint::purpose);
        if (of_pack != points.end() && of_pack->effective_from > term->decision.on) return;
        const Basis basis = of_pack != points.end() ? of_pack->basis : open_basis(*pack_, key);
        const std::string says = of_pack != points.end() ? of_pack->label : std::string(pack_->word(label));
        std::erase_if(points, [&](const ContactPoint& point) { return point.purpose == purpose; });
        points.push_back({purpose, says, telephone->number, telephone->option, term->decision.on, basis});
        if (!decision) decision = term->decision;
    };
    add_local(TermKey::contact_number, Purpose::front_door, Term::front_door);
    add_local(TermKey::out_of_hours_contact, Purpose::out_of_hours, Term::service);
    add_local(TermKey::designated_officer_contact, Purpose::designated_officer, Term::designated_officer);
    std::ranges::stable_sort(points, {}, &ContactPoint::purpose);
    const Basis basis = basis_of_all(points);
    return Answer<std::vector<ContactPoint>>::of(std::move(points), basis, decision);
}

namespace {
Answer<std::optional<Instant>> in_working_days(const clocks::Calendar& calendar,
                                               const std::optional<Setting<int>>& given, Instant from) {
    using Due = Answer<std::optional<Instant>>;
    if (!given) return Due::of(std::nullopt, {});
    const auto due = clocks::plus_working_days(calendar, from, given->value);
    if (!due) return Due::ask_a_person("the calendar does not reach so far", given->basis);
    return Due::of(*due, given->basis);
}
}  // namespace

Answer<std::optional<Instant>> Questions::designated_officer_due(Instant known_at) const {
    return in_working_days(calendar_, pack_->tell_designated_officer, known_at);
}

Answer<std::optional<Instant>> Questions::confirmation_due(Instant handed_on_at) const {
    return in_working_days(calendar_, pack_->confirm_handing_on, handed_on_at);
}

Answer<clocks::OpeningHours> Questions::opening_hours() const {
    const auto hours = settled(*pack_, terms_, TermKey::opening_hours, pack_->opening_hours);
    return then<clocks::OpeningHours>(hours, {}, [](const clocks::OpeningHours& value) { return value; });
}

Answer<Staffing> Questions::is_staffed(Instant at) const {
    const auto hours = settled(*pack_, terms_, TermKey::opening_hours, pack_->opening_hours);
    return then<Staffing>(hours, {}, [&](const clocks::OpeningHours& value) {
        if (value.is_open(calendar_, at)) return Staffing{true, std::nullopt};
        return Staffing{false, value.next_opening(calendar_, at)};
    });
}

}  // namespace kith::protocol
