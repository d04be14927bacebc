#include "app/vault/gone.hpp"

#include <algorithm>
#include <array>

#include "base/log.hpp"

namespace kith::app {
namespace {

constexpr std::array<std::string_view, 5> kKinds{"way_in", "taker_wrap", "duty_key", "member", "epoch"};

template <class Id>
Result<Id> subject_of(const Gone& gone) {
    const auto bytes = from_hex(gone.subject);
    if (!bytes) return fail(Code::betrayed, "no id on the list of what is gone");
    return Id::from(*bytes);
}

/// Nobody signs in by it, and it opens nothing. Who came after the backup is not there and needs no shutting out.
Result<void> shut_out_again(Tables& tables, MemberId member) {
    auto row = tables.members().find(member);
    if (!row) return row.error().code == Code::not_found ? Result<void>() : Result<void>(Failure(row.error()));
    row->shut_out = true;
    KITH_TRY(tables.members().change(*row));
    return tables.registry().drop_holdings(member);
}

Result<void> do_again(Tables& tables, const Gone& gone) {
    switch (gone.kind) {
        case GoneKind::way_in:
            return tables.vault().close_way_in(KITH_TRY(subject_of<ConcernId>(gone)));
        case GoneKind::taker_wrap:
            return tables.vault().drop_taker_wrap(KITH_TRY(subject_of<ConcernId>(gone)));
        case GoneKind::duty_key:
            return tables.vault().close_ways_under(KITH_TRY(subject_of<FrontDoorId>(gone)),
                                                   static_cast<std::uint32_t>(gone.number));
        case GoneKind::member:
            return shut_out_again(tables, KITH_TRY(subject_of<MemberId>(gone)));
        case GoneKind::epoch:
            return {};  // its file is destroyed once this is on disk
    }
    throw Bug("a kind of what is gone without a replay");
}

Epoch beyond_all(Instant now) { return Epoch{now.time_since_epoch() / std::chrono::hours(24) + 100'000}; }

Result<Replayed> do_the_rest(House& house, Tables& tables, const std::vector<Gone>& all, std::uint64_t known,
                             Instant now) {
    Replayed out;
    const auto open = [&] { return tables.vault().under_epochs_before(beyond_all(now)); };
    const std::size_t before = KITH_TRY(open()).size();
    for (std::uint64_t i = known; i < all.size(); ++i) {
        KITH_TRY(tables.gone().listed({i + 1, all[i]}));
        KITH_TRY(do_again(tables, all[i]));
        ++out.lines;
    }
    out.ways_closed = before - KITH_TRY(open()).size();
    KITH_TRY(append_entry(
        tables, "system",
        {.act = "gone_replayed",
         .facts = {{"lines", std::to_string(out.lines)}, {"ways_closed", std::to_string(out.ways_closed)}}},
        now, house.crypto));
    return out;
}

struct Compared {
    std::vector<Gone> all;
    std::uint64_t known = 0;  ///< lines that the store knows
};
Result<Compared> compare(House& house) {
    // The store first: beside a running server the list may grow meanwhile, and is never shorter.
    const auto last = KITH_TRY(house.store.reading([](Tables& tables) { return tables.gone().last_listed(); }));
    std::vector<Gone> all = KITH_TRY(house.outside.gone.read());
    const std::uint64_t known = last ? last->line : 0;
    if (known > all.size() || (last && all[known - 1] != last->gone))
        return fail(Code::conflict, "the list of what is gone is older than the store, or another one's");
    return Compared{std::move(all), known};
}

Result<Replayed> replay(House& house) {
    const Compared compared = KITH_TRY(compare(house));
    const std::vector<Gone>& all = compared.all;
    const std::uint64_t known = compared.known;
    const Instant now = house.clock.now();
    Replayed out;
    if (known < all.size())
        out =
            KITH_TRY(house.store.writing([&](Tables& tables) { return do_the_rest(house, tables, all, known, now); }));
    // A folder of epoch keys that was put back as well. Where it is away, so are its keys.
    for (const Gone& gone : all)
        if (gone.kind == GoneKind::epoch) static_cast<void>(house.epochs.destroy(Epoch{gone.number}));
    return out;
}

}  // namespace

std::string_view name_of(GoneKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::optional<GoneKind> gone_kind_named(std::string_view name) {
    const auto at = std::ranges::find(kKinds, name);
    if (at == kKinds.end()) return std::nullopt;
    return static_cast<GoneKind>(at - kKinds.begin());
}

Gone gone_member(MemberId member) { return {GoneKind::member, to_hex(member.bytes()), 0}; }
Gone gone_epoch(Epoch epoch) { return {GoneKind::epoch, {}, epoch.day}; }

Result<void> list_what_is_gone(House& house, Tables& tables) {
    const auto unlisted = KITH_TRY(tables.gone().unlisted());
    if (unlisted.empty()) {
        house.alarms.set(Alarm::gone_unlisted, false);
        return {};
    }
    const auto last = KITH_TRY(tables.gone().last_listed());
    const auto end = house.outside.gone.append(last ? last->line : 0, unlisted);
    house.alarms.set(Alarm::gone_unlisted, !end.has_value());
    if (!end) {
        log::warn("what is gone could not be listed", {{"why", end.error()}});
        return {};
    }
    std::uint64_t line = *end - unlisted.size();
    for (const Gone& gone : unlisted) KITH_TRY(tables.gone().listed({++line, gone}));
    return {};
}

Result<Replayed> look_at_gone(House& house) {
    const auto compared = compare(house);
    house.alarms.set(Alarm::gone_list, !compared.has_value());
    if (!compared) return Failure(compared.error());
    return Replayed{};
}

Result<Replayed> replay_gone(House& house) {
    auto done = replay(house);
    house.alarms.set(Alarm::gone_list, !done.has_value());
    return done;
}

Result<void> begin_list_anew(House& house) {
    KITH_TRY(house.outside.gone.create());
    const Instant now = house.clock.now();
    KITH_TRY(house.store.write([&](Tables& tables) -> Result<void> {
        KITH_TRY(tables.gone().unlist_all());
        return append_entry(tables, "system", {.act = "gone_list_begun_anew"}, now, house.crypto);
    }));
    KITH_TRY(replay_gone(house));
    return {};
}

namespace {
Result<std::size_t> close_ways_without_a_key(House& house) {
    std::size_t closed = 0;
    const Epoch beyond = beyond_all(house.clock.now());
    for (const VaultRow& row :
         KITH_TRY(house.store.reading([&](Tables& tables) { return tables.vault().under_epochs_before(beyond); }))) {
        const auto key = house.epochs.read(row.epoch);
        if (key || key.error().code != Code::not_found) continue;
        KITH_TRY(house.store.write([&](Tables& tables) { return tables.vault().close_way_in(row.concern); }));
        ++closed;
    }
    return closed;
}

Result<Restored::Custody> settle_custody(House& house) {
    const auto outside = house.outside.anchor.custody();
    const auto kept = outside ? standing_alone(house.crypto, *outside) : Result<KeyList>(Failure(outside.error()));
    return house.store.reading([&](Tables& tables) -> Result<Restored::Custody> {
        const auto key = kept ? tables.registry().role_key_of(RoleKeyKind::custody, {}, kept->custody.generation)
                              : Result<RoleKeyRow>(Failure(kept.error()));
        if (key && key->public_half == kept->custody.public_half) return Restored::Custody::as_it_was;
        const auto last = KITH_TRY(newest_good(house.crypto, KITH_TRY(tables.registry().key_lists()), 0));
        KITH_TRY(house.outside.anchor.keep_custody(last.row));
        return Restored::Custody::put_back;
    });
}
}  // namespace

Result<Restored> settle_restored(House& house) {
    Restored out;
    out.ways_without_a_key = KITH_TRY(close_ways_without_a_key(house));
    out.custody = KITH_TRY(settle_custody(house));
    house.key_list_changed();
    out.list_usable = house.key_list().has_value();
    const Instant now = house.clock.now();
    KITH_TRY(house.store.write([&](Tables& tables) {
        return append_entry(tables, "system",
                            {.act = "restored",
                             .facts = {{"ways_closed", std::to_string(out.ways_without_a_key)},
                                       {"custody", out.custody == Restored::Custody::put_back ? "put_back" : "kept"},
                                       {"key_list", out.list_usable ? "usable" : "older"}}},
                            now, house.crypto);
    }));
    return out;
}

}  // namespace kith::app
