// kith health: what an administrator should look at, and nothing of any worry.
#include <iostream>

#include "app/found.hpp"
#include "base/london.hpp"
#include "cli/commands.hpp"

namespace kith::cli {

int report_health(Machinery& machinery, const Places& places, std::ostream& out) {
    const auto opened = machinery.open({.places = places, .company = Company::beside_a_server});
    if (!opened) return say(opened.error(), "open the data folder");
    app::House& house = (*opened)->house();
    int warnings = 0;
    const auto warn = [&](std::string_view what) {
        out << "look at: " << what << '\n';
        ++warnings;
    };
    const auto within = [&](const std::filesystem::path& path) {
        const auto relative =
            std::filesystem::weakly_canonical(path).lexically_relative(std::filesystem::weakly_canonical(places.data));
        return !relative.empty() && *relative.begin() != "..";
    };
    if (within(places.epochs))
        warn("epoch keys lie inside the data folder, so a backup of it would take them along; use --epochs");
    if (within(places.master_key) && std::filesystem::exists(places.master_key))
        warn("the master key lies inside the data folder; use --master-key");
    if (within(places.anchor))
        warn("the anchor lies inside the data folder, so what puts the data back puts it back too; use --anchor");
    if (!house.epoch_now().second)
        warn("no epoch key can be written: worries are taken, but without a way in for managers");
    if (!house.calendar.covers(london::day_of(house.clock.now() + std::chrono::days(180))))
        warn("the bank holidays end within half a year; use kith calendar import");
    const auto list = house.key_list();
    if (!list)
        warn(
            "the key list does not verify, or is older than one that was in use; contacts are sealed to custody alone");
    else if ((*list)->refused != 0)
        warn("newer key lists were refused; the last good one is in use");
    using app::Alarm;
    if (house.alarms.has(Alarm::list_number_file))
        warn("the highest key list number cannot be read from the anchor; a custodian signs the list anew");
    if (house.alarms.has(Alarm::custody_file))
        warn("the signed custody key in the anchor is missing, damaged or another's; a custodian signs the list anew");
    if (house.alarms.has(Alarm::gone_list))
        warn("the list of what is gone is missing, damaged or older than the data: no way in opens; put its copy back");
    if (house.alarms.has(Alarm::clock_in_doubt))
        warn("the clock is in doubt, so nothing ends by time; an administrator confirms it under Settings");
    if (house.alarms.has(Alarm::gone_unlisted)) warn("the list of what is gone cannot be written");
    const auto doors = house.store.reading([](app::Tables& tables) { return tables.registry().front_doors(); });
    if (!doors) return say(doors.error(), "read the front doors");
    for (const auto& door : *doors) {
        const auto ready = app::readiness(house, door.id);
        out << door.slug << ": " << (door.open ? "open" : "not open")
            << (ready && ready->complete() ? "" : ", not everything it needs is there") << '\n';
        if (ready && !ready->rota) warn("a rota has a gap in the next seven days");
    }
    out << (warnings == 0 ? "well\n" : "");
    return warnings == 0 ? 0 : 1;
}

}  // namespace kith::cli
