#include "app/house.hpp"

#include <algorithm>
#include <array>

#include "base/log.hpp"

namespace kith::app {

namespace {

constexpr std::array<std::string_view, 7> kAlarms{"key_list_unusable", "key_list_refused", "custody_file",
                                                  "list_number_file",  "gone_list",        "gone_unlisted",
                                                  "clock_in_doubt"};

Result<std::vector<KeyListRow>> chain_of(House& house) {
    return house.store.reading([](Tables& tables) { return tables.registry().key_lists(); });
}

}  // namespace

std::string_view name_of(Alarm alarm) { return kAlarms[static_cast<std::size_t>(alarm)]; }

KnownList House::known_list() {
    KnownList known;
    const auto number = outside.anchor.highest_list();
    alarms.set(Alarm::list_number_file, !number.has_value());
    if (number) known.number = *number;
    auto row = outside.anchor.custody();
    const bool whole = row && standing_alone(crypto, *row).has_value();
    alarms.set(Alarm::custody_file, !whole);
    if (whole) known.row = *std::move(row);
    return known;
}

Result<std::shared_ptr<const VerifiedList>> House::key_list() {
    const std::lock_guard lock(list_mutex);
    if (list) return list;
    const auto chain = KITH_TRY(chain_of(*this));
    if (chain.empty()) return fail(Code::not_found, "no key list");
    const KnownList known = known_list();
    auto verified = newest_good(crypto, chain, known);
    alarms.set(Alarm::key_list_unusable, !verified.has_value());
    if (!verified) return Failure(verified.error());
    alarms.set(Alarm::key_list_refused, verified->refused != 0);
    if (known.row && standing_alone(crypto, *known.row).value().custody != verified->list.custody)
        alarms.set(Alarm::custody_file, true);
    // Behind only after a crash between the commit that made a list and the writing of its number.
    if (verified->list.number > known.number && !alarms.has(Alarm::list_number_file))
        alarms.set(Alarm::list_number_file, !outside.anchor.keep_highest_list(verified->list.number));
    list = std::make_shared<const VerifiedList>(*std::move(verified));
    return list;
}

void House::key_list_made() {
    {
        const std::lock_guard lock(list_mutex);
        list.reset();
        const auto chain = chain_of(*this);
        const auto verified = chain ? newest_good(crypto, *chain, outside.anchor.highest_list().value_or(0))
                                    : Result<VerifiedList>(Failure(chain.error()));
        if (!verified) return;
        const auto custody = outside.anchor.keep_custody(verified->row);
        const auto number = outside.anchor.keep_highest_list(verified->list.number);
        if (!custody || !number) log::warn("the key list could not be kept outside the store");
    }
    static_cast<void>(key_list());
}

Result<RolePublic> House::custody_without_a_list() {
    const KnownList known = known_list();
    if (known.row) return KITH_TRY(standing_alone(crypto, *known.row)).custody;
    return KITH_TRY(newest_good(crypto, KITH_TRY(chain_of(*this)), 0)).list.custody;
}

void House::key_list_changed() {
    const std::lock_guard lock(list_mutex);
    list.reset();
}

std::pair<Epoch, std::optional<Key>> House::epoch_now() {
    const Epoch today{std::chrono::floor<std::chrono::days>(clock.now()).time_since_epoch().count()};
    auto key = epochs.read(today);
    if (!key && key.error().code == Code::not_found) {
        const Key fresh = crypto.random_key();
        const auto made = epochs.create(today, fresh);
        // Whoever was first made it; a place that is away leaves the way in out (reporters-vault, first rule).
        key = made || made.error().code == Code::conflict ? epochs.read(today) : Result<Key>(Failure(made.error()));
    }
    if (!key) {
        log::warn("no epoch key", {{"why", key.error()}});
        return {today, std::nullopt};
    }
    return {today, *key};
}

Result<bool> is_shut_out(Tables& tables, const Actor& actor) {
    if (actor.kind != Actor::Kind::member) return false;
    const auto row = tables.members().find(actor.member);
    // Whoever founds the partnership at the machine has no row yet.
    if (!row && row.error().code == Code::not_found) return false;
    return KITH_TRY(row).shut_out;
}

Result<Permit> Visit::ask(Act act, const Facts& facts, std::string subject) {
    Facts now_so = facts;
    now_so.shut_out = KITH_TRY(is_shut_out(tables, actor));
    auto permit = Gate::ask(actor, act, now_so);
    if (!permit) refusal_ = Refusal{act, std::move(subject)};
    return permit;
}

Result<void> Visit::record(const Permit&, const Entry& entry) {
    return append_entry(tables, actor.name(), entry, now, house.crypto);
}

Result<void> Visit::record_unnamed(const Permit&, const Entry& entry) {
    return append_entry(tables, Actor::anyone().name(), entry, now, house.crypto);
}

Result<Facts> Visit::facts_of_bearer() {
    if (actor.kind != Actor::Kind::token) return Facts{};
    const ApiTokenRow row = KITH_TRY(tables.api_tokens().find(actor.token));
    return Facts{.front_door = row.front_door, .token_in_force = !row.revoked && now < row.expires_at};
}

Result<Facts> Visit::facts_of(const ConcernRow& row) {
    const concerns::Concern& concern = row.concern;
    Facts facts;
    facts.front_door = concern.front_door;
    facts.taken_by = concern.stage == concerns::Stage::on_call ? concern.taken_by : std::nullopt;
    facts.on_call = concern.stage == concerns::Stage::on_call;
    const auto excluded = KITH_TRY(tables.concerns().excluded(concern.id));
    facts.excluded = std::ranges::find(excluded, actor.member) != excluded.end();
    const auto asked = KITH_TRY(questions(concern.front_door));
    const auto opening = asked.who_may_open_contact(
        {concern.received_at, concern.answered_at, static_cast<protocol::FormState>(concern.form)}, now);
    facts.way_in_open = !opening.asks_a_person() && opening.value() == protocol::ContactOpening::manager_alone &&
                        !house.alarms.has(Alarm::gone_list);
    return facts;
}

Result<protocol::Questions> Visit::questions(FrontDoorId front_door) {
    const FrontDoorRow door = KITH_TRY(tables.registry().front_door(front_door));
    const auto shelved = KITH_TRY(house.shelf.in_force(door.pack, Day(std::chrono::floor<std::chrono::days>(now))));
    protocol::LocalTerms terms;
    for (const LocalTermRow& row : KITH_TRY(tables.registry().local_terms(front_door)))
        if (const auto key = protocol::named<protocol::TermKey>(row.key))
            KITH_TRY(terms.set(*key, row.text, {row.decider, row.decided_on}));
    return protocol::Questions(shelved.pack, std::move(terms), house.calendar);
}

Result<void> Visit::keep(const concerns::Concern& concern) {
    queue_changed(concern.front_door);
    return tables.concerns().change(concern);
}

Result<void> Visit::tell(MemberId member, Notice notice) {
    const MemberRow row = KITH_TRY(tables.members().find(member));
    after_.notices.emplace_back(
        KITH_TRY(house.identity.papers.open_text(row.sealed_email, "members", member.bytes(), "email")), notice);
    return {};
}

void remove_files(House& house, const std::vector<FileId>& files) {
    for (const FileId& file : files)
        if (const auto gone = house.files.remove(file); !gone)
            log::warn("a file stays until the next start", {{"why", gone.error()}});
}

void do_after(House& house, const Visit::After& after) {
    remove_files(house, after.files_to_remove);
    if (after.queue && house.on_queue_changed) house.on_queue_changed(*after.queue);
    for (const auto& [address, notice] : after.notices) house.notices.tell(address, notice, {});
    if (after.files_wait && house.on_files_waiting) house.on_files_waiting();
}

void record_refusal(House& house, const Actor& actor, const Visit::Refusal& refusal) {
    const Instant now = house.clock.now();
    const auto kept = house.store.write([&](Tables& tables) {
        const Entry entry{"refused", refusal.subject, {}, {}, {{"act", std::string(name_of(refusal.act))}}, {}};
        return append_entry(tables, actor.name(), entry, now, house.crypto);
    });
    if (!kept) log::warn("a refusal could not be recorded", {{"why", kept.error()}});
}

}  // namespace kith::app
