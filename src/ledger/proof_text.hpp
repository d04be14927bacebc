// Proofs as files that go to others, in the forms that other logs' tools read. Each carries its checkpoint, so that
// nothing else is needed but the ledger's key.
//
// That an entry is in the ledger (C2SP tlog-proof), from the entry upwards. It does not hold the entry:
//
//     c2sp.org/tlog-proof@v1
//     index 1
//     dsQPXxl1t7zYQPZ...=
//
//     kith.example/ledger
//     3
//     ...
//
// That the ledger begins with what it was at an earlier size: what a witness is asked with (C2SP tlog-witness,
// add-checkpoint):
//
//     old 2
//     VJhI6erFk8nJ332...=
//
//     kith.example/ledger
//     3
//     ...
#pragma once
#include "ledger/checkpoint.hpp"

namespace kith::ledger {

struct EntryProof {
    std::uint64_t index = 0;
    Proof path;
    std::string note;
    friend bool operator==(const EntryProof&, const EntryProof&) = default;
};
std::string write_proof(const EntryProof& proof);
/// Reads without believing; passes over an `extra` line. Safe on any bytes.
Result<EntryProof> parse_entry_proof(std::string_view text);

struct GrowthProof {
    std::uint64_t old_size = 0;
    Proof path;
    std::string note;
    friend bool operator==(const GrowthProof&, const GrowthProof&) = default;
};
std::string write_proof(const GrowthProof& proof);
/// Reads without believing. Safe on any bytes.
Result<GrowthProof> parse_growth_proof(std::string_view text);

/// No proof is longer: a tree of 2^64 leaves is no higher.
inline constexpr std::size_t max_proof = 64;
/// No proof with its checkpoint is larger.
inline constexpr std::size_t max_proof_text = max_note + std::size_t{64} * 1024;

}  // namespace kith::ledger
