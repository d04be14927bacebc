#include "app/clock_watch.hpp"

#include "app/house.hpp"
#include "base/log.hpp"
#include "ledger/leaf.hpp"

namespace kith::app {
namespace {
constexpr auto kMostDrift = std::chrono::hours(1);
constexpr auto kLongestStop = std::chrono::hours(48);
constexpr Words kDoubted = "clock_doubted";

Result<ledger::Leaf> leaf_at(Tables& tables, std::uint64_t index) {
    return ledger::decode(KITH_TRY(tables.ledger().leaf(index)));
}

/// A doubt that nobody has ended. Its lines, and those that end it, are about the partnership.
Result<bool> is_doubted(Tables& tables, const ServerIdentity& identity) {
    const auto lines = KITH_TRY(tables.ledger().about(identity.partnership.text()));
    return !lines.empty() && KITH_TRY(leaf_at(tables, lines.back())).act == kDoubted.text;
}

Result<bool> was_stopped_long(Tables& tables, Instant now) {
    const std::uint64_t size = KITH_TRY(tables.ledger().size());
    return size != 0 && now - KITH_TRY(leaf_at(tables, size - 1)).at > kLongestStop;
}

Result<void> doubt(House& house, Words why) {
    if (!house.alarms.has(Alarm::clock_in_doubt))
        log::warn("the wall clock is in doubt; nothing ends by time until an administrator confirms it");
    house.alarms.set(Alarm::clock_in_doubt, true);
    const Instant now = house.clock.now();
    return house.store.write([&](Tables& tables) -> Result<void> {
        if (KITH_TRY(is_doubted(tables, house.identity))) return {};
        return append_entry(
            tables, "system",
            {.act = kDoubted, .subject = house.identity.partnership.text(), .facts = {{"why", std::string(why.text)}}},
            now, house.crypto);
    });
}
}  // namespace

void ClockWatch::begin(Clock& clock) {
    const std::lock_guard lock(mutex_);
    seen_ = clock.now();
    ran_ = clock.running();
}

bool ClockWatch::have_parted(Clock& clock) const {
    const std::lock_guard lock(mutex_);
    const Duration drift = (clock.now() - seen_) - (clock.running() - ran_);
    return drift > kMostDrift || drift < -kMostDrift;
}

Result<void> start_the_clock_watch(House& house) {
    house.clock_watch.begin(house.clock);
    const Instant now = house.clock.now();
    const auto stopped = house.store.reading([&](Tables& tables) { return was_stopped_long(tables, now); });
    // In doubt, too, where nobody can say that it is not.
    return stopped && !*stopped ? look_at_the_clock(house) : doubt(house, "long_stop");
}

Result<void> look_at_the_clock(House& house) {
    house.alarms.set(Alarm::clock_in_doubt,
                     KITH_TRY(house.store.reading([&](Tables& tables) { return is_doubted(tables, house.identity); })));
    return {};
}

Result<void> watch_the_clock(House& house) {
    if (!house.clock_watch.have_parted(house.clock)) return {};
    // Once it stands on the ledger; until then it is tried again.
    const bool stands =
        house.alarms.has(Alarm::clock_in_doubt) &&
        KITH_TRY(house.store.reading([&](Tables& tables) { return is_doubted(tables, house.identity); }));
    return stands ? Result<void>() : doubt(house, "moved");
}

Result<void> confirm_clock(House& house, const Actor& administrator) {
    const auto done = visiting(house, administrator, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::confirm_clock, {}));
        if (!house.alarms.has(Alarm::clock_in_doubt)) return fail(Code::conflict, "the clock is not in doubt");
        return visit.record(permit, {.act = "clock_confirmed", .subject = house.identity.partnership.text()});
    });
    if (!done) return done;
    house.clock_watch.begin(house.clock);
    house.alarms.set(Alarm::clock_in_doubt, false);
    return {};
}

}  // namespace kith::app
