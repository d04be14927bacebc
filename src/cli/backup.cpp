// kith backup and kith restore. A backup is the sealed store alone, and beside it a folder of sealed files: without the
// master key it is noise, and without the epoch keys, which are in no backup, nobody's contact opens but by custody. So
// a restored Kith begins with every way in closed; that also keeps a way in shut that was closed after the backup was
// made.
#include <iostream>

#include "app/house.hpp"
#include "cli/commands.hpp"

namespace kith::cli {
namespace {

Result<std::size_t> close_every_way_in(app::House& house) {
    const app::Epoch beyond{house.epoch_now().first.day + 100'000};
    const Instant now = house.clock.now();
    return house.store.writing([&](app::Tables& tables) -> Result<std::size_t> {
        const auto open = KITH_TRY(tables.vault().under_epochs_before(beyond));
        for (const auto& row : open) KITH_TRY(tables.vault().close_way_in(row.concern));
        KITH_TRY(app::append_entry(tables, "system",
                                   {.act = "restored", .facts = {{"ways_closed", std::to_string(open.size())}}}, now,
                                   house.crypto));
        return open.size();
    });
}

}  // namespace

int back_up(Machinery& machinery, const Places& places, const std::filesystem::path& to, std::ostream& out) {
    if (const auto done = machinery.back_up(places, to); !done) return say(done.error(), "back up");
    out << "Backed up to " << to.string() << ", pictures and documents to " << to.string()
        << ".files. It does not hold the master key: keep a copy of that elsewhere.\n";
    return 0;
}

int restore(Machinery& machinery, const Places& places, const std::filesystem::path& from, std::ostream& out) {
    if (std::filesystem::exists(places.database())) {
        std::cerr << "kith: there is a database in " << places.data.string() << "; restore into an empty folder\n";
        return 2;
    }
    if (const auto done = machinery.restore(places, from); !done) return say(done.error(), "restore");
    if (const int status = ledger_verify(machinery, places, out); status != 0) return status;
    const auto opened = machinery.open({.places = places});
    if (!opened) return say(opened.error(), "open what was restored");
    const auto closed = close_every_way_in((*opened)->house());
    if (!closed) return say(closed.error(), "close the ways in");
    out << "Restored. " << *closed << " worries that wait have no way in for managers; a custodian opens them.\n";
    return 0;
}

}  // namespace kith::cli
