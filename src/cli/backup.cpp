// kith backup and kith restore. A backup is the sealed store alone, and beside it a folder of sealed files: without the
// master key it is noise. It is never opened without the list of what is gone since it was made, which lies outside
// (docs/decisions/0012): that is done again before anything else. Epoch keys are in no backup either, so a way in whose
// key is not on this machine is closed.
#include <iostream>

#include "app/vault/gone.hpp"
#include "cli/commands.hpp"

namespace kith::cli {
namespace {

/// The copy that was just made in an empty place, and that must not be served.
void take_back(const Places& places) {
    std::error_code ignored;
    for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(places.database().native() + part, ignored);
}

Result<app::Restored> settle(Machinery& machinery, const Places& places) {
    const auto opened = KITH_TRY(machinery.open({.places = places, .gone = GoneListIs::required}));
    return app::settle_restored(opened->house());
}

}  // namespace

int back_up(Machinery& machinery, const Places& places, const std::filesystem::path& to, std::ostream& out) {
    if (const auto done = machinery.back_up(places, to); !done) return say(done.error(), "back up");
    out << "Backed up to " << to.string() << ", pictures and documents to " << to.string()
        << ".files. It does not hold the master key: keep a copy of that elsewhere.\n";
    return 0;
}

int begin_gone_list(Machinery& machinery, const Places& places, std::ostream& out) {
    const auto opened = machinery.open({.places = places});
    if (!opened) return say(opened.error(), "open the data folder");
    if (const auto done = app::begin_list_anew((*opened)->house()); !done)
        return say(done.error(), "begin the list of what is gone anew");
    out << "Begun in " << places.anchor.string() << ". Backups from before this moment were made before the list: "
        << "put back only those made from now on.\n";
    return 0;
}

int restore(Machinery& machinery, const Places& places, const std::filesystem::path& from, std::ostream& out) {
    if (std::filesystem::exists(places.database())) {
        std::cerr << "kith: there is a database in " << places.data.string() << "; restore into an empty folder\n";
        return 2;
    }
    if (const auto done = machinery.restore(places, from); !done)
        return say(done.error(), "restore; the list of what is gone must lie in " + places.anchor.string());
    const auto restored = settle(machinery, places);
    if (!restored) {
        take_back(places);
        return say(restored.error(), "do again what is gone since the backup was made");
    }
    if (const int status = ledger_verify(machinery, places, {}, out); status != 0) return status;
    out << "Restored. What was closed, shut out or destroyed since the backup was made is so again.\n"
        << restored->ways_without_a_key
        << " worries that wait have no way in for managers, whose epoch keys are in no backup; a custodian opens "
           "them.\n";
    if (!restored->list_usable)
        out << "The key list is older than one that was in use: contacts are sealed to custody alone until a custodian "
               "signs it anew, under People.\n";
    if (restored->custody == app::Restored::Custody::put_back)
        out << "Custody had a newer key, which this backup does not hold. Whoever told since cannot be found out.\n";
    return 0;
}

}  // namespace kith::cli
