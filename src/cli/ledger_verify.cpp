// kith ledger verify and export. A ledger is verified in the data folder or as an export of it, alone; and against what
// somebody kept of it elsewhere, which alone shows that it was cut back or made again with its own key.
#include <iostream>

#include "app/stored_ledger.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "ledger/held.hpp"

namespace kith::cli {
namespace {

using Keys = std::vector<ledger::VerifierKey>;

/// The status says what was found: 0 nothing, 1 something wrong, 2 that it could not be held against.
class Verification {
  public:
    Verification(Machinery& machinery, ledger::LedgerReader& ledger, const Keys& keys, std::ostream& out)
        : machinery_(machinery), ledger_(ledger), keys_(keys), out_(out) {}

    Result<int> run(const std::vector<std::filesystem::path>& kept) {
        const auto report = KITH_TRY(ledger::verify(ledger_, keys_));
        tell(report);
        int status = report.intact() ? 0 : 1;
        // What the last good checkpoint counts; a tail that nobody signed proves nothing.
        const std::uint64_t size = report.head ? report.head->size : 0;
        ledger::Holding holding(ledger_, size);
        for (const auto& file : kept) status = std::max(status, hold_against(holding, file));
        return status;
    }

  private:
    void tell(const ledger::Report& report) {
        for (const auto& fault : report.faults) out_ << "ALTERED: " << ledger::describe(fault) << '\n';
        if (!report.intact())
            out_ << report.fault_count << " faults in " << report.leaves << " entries\n";
        else
            out_ << "intact: " << report.leaves << " entries, " << report.nodes << " hashes, " << report.checkpoints
                 << " signed checkpoints\n";
    }

    int hold_against(ledger::Holding& holding, const std::filesystem::path& file) {
        const auto verdict =
            std::filesystem::is_directory(file) ? with_export(holding, file) : with_note(holding, file);
        if (!verdict) return say(verdict.error(), "hold the ledger against " + file.string());
        out_ << file.string() << ": " << ledger::describe(*verdict) << '\n';
        return verdict->kind == ledger::HeldKind::continued ? 0 : 1;
    }

    Result<ledger::HeldVerdict> with_export(ledger::Holding& holding, const std::filesystem::path& folder) {
        const auto tiles = machinery_.tiles_in(folder);
        auto exported = KITH_TRY(ledger::TiledLedger::open(*tiles));
        const auto kept = KITH_TRY(ledger::open_checkpoint(exported.note(), keys_));
        if (!KITH_TRY(ledger::verify(exported, keys_)).intact())
            return fail(Code::betrayed, "the export itself is damaged; see kith ledger verify --export");
        return holding.against(exported, kept);
    }

    Result<ledger::HeldVerdict> with_note(ledger::Holding& holding, const std::filesystem::path& file) {
        const std::string text = KITH_TRY(read_given(file, ledger::max_proof_text));
        if (const auto receipt = ledger::parse_entry_proof(text))
            return holding.against(*receipt, KITH_TRY(ledger::open_checkpoint(receipt->note, keys_)));
        const auto growth = ledger::parse_growth_proof(text);
        return holding.against(KITH_TRY(ledger::open_checkpoint(growth ? growth->note : text, keys_)));
    }

    Machinery& machinery_;
    ledger::LedgerReader& ledger_;
    const Keys& keys_;
    std::ostream& out_;
};

Result<Keys> read_keys(const std::vector<std::string>& texts) {
    Keys keys;
    for (const std::string& text : texts) keys.push_back(KITH_TRY(ledger::VerifierKey::parse(text)));
    return keys;
}

Result<int> verify_export(Machinery& machinery, const VerifyOptions& options, std::ostream& out) {
    const Keys keys = KITH_TRY(read_keys(options.keys));
    const auto tiles = machinery.tiles_in(options.exported);
    auto exported = KITH_TRY(ledger::TiledLedger::open(*tiles));
    // Before anything is read by the size it names.
    KITH_TRY(ledger::open_checkpoint(exported.note(), keys));
    return Verification(machinery, exported, keys, out).run(options.against);
}

Result<int> verify_stored(Machinery& machinery, app::House& house, const VerifyOptions& options, std::ostream& out) {
    Keys keys = KITH_TRY(read_keys(options.keys));
    keys.push_back(KITH_TRY(app::verifier_of(house)));
    return house.store.reading([&](app::Tables& tables) -> Result<int> {
        app::StoredLedger stored(tables);
        return Verification(machinery, stored, keys, out).run(options.against);
    });
}

/// What the folder holds must be the beginning of the ledger, or nothing is added to it.
Result<std::optional<ledger::HeldVerdict>> held_in(ledger::TileFolder& folder, ledger::LedgerReader& ledger,
                                                   std::uint64_t size, const Keys& keys) {
    auto exported = ledger::TiledLedger::open(folder);
    if (!exported && exported.error().code == Code::not_found) return std::optional<ledger::HeldVerdict>();
    if (!exported) return Failure(exported.error());
    const auto kept = KITH_TRY(ledger::open_checkpoint(exported->note(), keys));
    return std::optional(KITH_TRY(ledger::Holding(ledger, size).against(*exported, kept)));
}

struct ExportOutcome {
    std::optional<ledger::HeldVerdict> held;
    ledger::Exported done;
};

Result<ExportOutcome> export_stored(app::Tables& tables, const Keys& keys, ledger::TileFolder& folder) {
    app::StoredLedger stored(tables);
    const std::string note = KITH_TRY(app::newest_note(tables));
    const auto head = KITH_TRY(ledger::open_checkpoint(note, keys));
    ExportOutcome outcome{KITH_TRY(held_in(folder, stored, head.size, keys)), {}};
    if (!outcome.held || outcome.held->kind == ledger::HeldKind::continued)
        outcome.done = KITH_TRY(ledger::export_tiles(stored, note, folder));
    return outcome;
}

}  // namespace

int ledger_verify(Machinery& machinery, const Places& places, const VerifyOptions& options, std::ostream& out) {
    if (!options.exported.empty()) {
        const auto status = verify_export(machinery, options, out);
        return status ? *status : say(status.error(), "verify the export");
    }
    const auto opened = machinery.open({.places = places, .company = Company::beside_a_server});
    if (!opened) return say(opened.error(), "open the data folder");
    const auto status = verify_stored(machinery, (*opened)->house(), options, out);
    return status ? *status : say(status.error(), "read the ledger");
}

int ledger_export(Machinery& machinery, const Places& places, const std::filesystem::path& to, std::ostream& out) {
    const auto opened = machinery.open({.places = places, .company = Company::beside_a_server});
    if (!opened) return say(opened.error(), "open the data folder");
    app::House& house = (*opened)->house();
    const auto key = app::verifier_of(house);
    if (!key) return say(key.error(), "name the ledger's key");
    const auto folder = machinery.tiles_in(to);
    const auto outcome =
        house.store.reading([&](app::Tables& tables) { return export_stored(tables, Keys{*key}, *folder); });
    if (!outcome) return say(outcome.error(), "export the ledger");
    if (outcome->held && outcome->held->kind != ledger::HeldKind::continued) {
        std::cerr << "kith: nothing was added to " << to.string()
                  << ", which holds another ledger than this: " << ledger::describe(*outcome->held) << '\n';
        return 1;
    }
    out << "Exported: " << outcome->done.size << " entries, " << outcome->done.size - outcome->done.before
        << " of them new, in " << outcome->done.files << " new files.\n";
    return 0;
}

}  // namespace kith::cli
