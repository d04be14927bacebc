// kith ledger witness: cosigning other agencies' ledgers, with a folder of its own and no data folder. And kith ledger
// cosigned, by which the agency that asked keeps the answer.
#include <iostream>

#include "app/cosigned.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"

namespace kith::cli {
namespace {

ledger::Seconds seconds_of(Instant at) { return static_cast<ledger::Seconds>(to_millis(at) / 1000); }

}  // namespace

int new_witness(Machinery& machinery, const std::filesystem::path& folder, const std::string& name, std::ostream& out) {
    const auto key = machinery.new_witness(folder, name);
    if (!key) return say(key.error(), "make a witness");
    out << key->text() << '\n';
    return 0;
}

int witness_key(Machinery& machinery, const std::filesystem::path& folder, std::ostream& out) {
    const auto witness = machinery.open_witness(folder);
    if (!witness) return say(witness.error(), "open the witness's folder");
    out << (*witness)->witness().key().text() << '\n';
    return 0;
}

int witness_watch(Machinery& machinery, const std::filesystem::path& folder, const std::string& key,
                  std::ostream& out) {
    const auto log = ledger::VerifierKey::parse(key);
    if (!log) return say(log.error(), "read the ledger's key");
    const auto witness = machinery.open_witness(folder);
    if (!witness) return say(witness.error(), "open the witness's folder");
    if (const auto done = (*witness)->witness().watch(*log); !done) return say(done.error(), "watch that ledger");
    out << "Watching " << log->name() << ".\n";
    return 0;
}

int witness_latest(Machinery& machinery, const std::filesystem::path& folder, const std::string& origin,
                   std::ostream& out) {
    const auto witness = machinery.open_witness(folder);
    if (!witness) return say(witness.error(), "open the witness's folder");
    const auto note = (*witness)->witness().latest(origin);
    if (!note) return say(note.error(), "find what was cosigned");
    out << *note;
    return 0;
}

int witness_cosign(Machinery& machinery, const std::filesystem::path& folder, const std::string& request,
                   std::ostream& out) {
    const auto text = read_given(request, ledger::max_proof_text);
    if (!text) return say(text.error(), "read the request");
    const auto witness = machinery.open_witness(folder);
    if (!witness) return say(witness.error(), "open the witness's folder");
    const auto answer = (*witness)->witness().add_checkpoint(*text, seconds_of(machinery.clock().now()));
    if (!answer) return say(answer.error(), "cosign");
    if (!answer->refusal) {
        out << answer->lines;
        return 0;
    }
    std::cerr << "kith: not cosigned: " << ledger::describe(*answer->refusal) << '\n';
    if (answer->refusal != ledger::Refusal::malformed && answer->refusal != ledger::Refusal::unknown_log &&
        answer->refusal != ledger::Refusal::not_signed)
        std::cerr << "kith: the newest that was cosigned has " << answer->latest
                  << " entries; a proof begins there: kith ledger prove --since " << answer->latest << '\n';
    return 1;
}

int witness_serve(Machinery& machinery, const std::filesystem::path& folder, const std::string& listen,
                  std::ostream& out) {
    auto address = read_listen(listen);
    if (!address) return say(address.error(), "listen there");
    const auto witness = machinery.open_witness(folder);
    if (!witness) return say(witness.error(), "open the witness's folder");
    address->on_ready = [&](std::uint16_t) { out << "Witnessing on " << listen << std::endl; };
    return machinery.serve_witness((*witness)->witness(), *address);
}

int keep_cosigned(Machinery& machinery, const Places& places, const CosignedOptions& options, std::ostream& out) {
    const auto witness = ledger::VerifierKey::parse(options.witness);
    if (!witness || witness->kind() != ledger::KeyKind::witness) {
        std::cerr << "kith: that is not a witness's key\n";
        return 2;
    }
    const auto request = read_given(options.request, ledger::max_proof_text);
    if (!request) return say(request.error(), "read the request");
    const auto answer = read_given(options.answer, ledger::max_note);
    if (!answer) return say(answer.error(), "read the answer");
    // The answer is lines to be put below the request's checkpoint.
    const auto proof = ledger::parse_growth_proof(*request + *answer);
    if (!proof) return say(proof.error(), "read the request and its answer");
    const auto opened = machinery.open({.places = places, .company = Company::beside_a_server});
    if (!opened) return say(opened.error(), "open the data folder");
    const auto added = app::keep_cosignatures((*opened)->house(), proof->note, *witness);
    if (!added) return say(added.error(), "keep the cosignature");
    out << (*added != 0 ? "Kept: cosigned by " : "Kept already: cosigned by ") << witness->name() << ".\n";
    return 0;
}

}  // namespace kith::cli
