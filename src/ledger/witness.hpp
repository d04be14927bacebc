// A witness of other agencies' ledgers (C2SP tlog-witness): it keeps, of each, the largest checkpoint that it cosigned,
// and cosigns only what continues that. So of two histories that part, no witness cosigns both.
//
// INVARIANT: a cosignature leaves this class only when the checkpoint under it is remembered durably. A crash between
// the two loses a cosignature, which can be asked for again; the other way round would lose the memory of one.
#pragma once
#include <mutex>

#include "ledger/cosignature.hpp"
#include "ledger/proof_text.hpp"

namespace kith::ledger {

/// What a witness knows of one ledger.
struct WatchedLog {
    std::vector<VerifierKey> keys;  ///< of one origin, past and present
    std::string note;               ///< the newest cosigned, as the ledger signed it; empty before the first
    friend bool operator==(const WatchedLog&, const WatchedLog&) = default;
};

class WitnessMemory {
  public:
    virtual ~WitnessMemory() = default;
    /// `not_found` for a ledger that is not watched; `betrayed` when what was remembered is damaged.
    virtual Result<WatchedLog> recall(std::string_view origin) = 0;
    /// Durable when it returns.
    virtual Result<void> remember(std::string_view origin, const WatchedLog& log) = 0;
};

enum class Refusal {
    malformed,       ///< not a request, or the old size is beyond the new one
    unknown_log,     ///< no key of that origin is trusted here
    not_signed,      ///< no trusted key of the origin signed, or one did not sign this
    not_the_latest,  ///< the old size is not that of the newest cosigned
    rolled_back,     ///< the same, and the ledger is smaller than it was
    forked,          ///< the same size as the newest cosigned, and another root
    not_continued,   ///< the proof does not show that the ledger begins with the newest cosigned
};
/// One line for an operator.
std::string_view describe(Refusal refusal);
/// As C2SP tlog-witness has them. With 409 the answer is the size of the newest cosigned.
int http_status_of(Refusal refusal);

struct WitnessAnswer {
    std::optional<Refusal> refusal;
    std::uint64_t latest = 0;  ///< the size of the newest cosigned, or 0
    std::string lines;         ///< the cosignature
};

class Witness {
  public:
    /// `memory` is this witness's alone.
    Witness(VerifierKey key, SignBody sign, WitnessMemory& memory)
        : key_(std::move(key)), sign_(std::move(sign)), memory_(memory) {}

    const VerifierKey& key() const { return key_; }
    /// From any thread. Errors are the memory's own: then nothing was cosigned.
    Result<WitnessAnswer> add_checkpoint(std::string_view request, Seconds now);
    /// Trusts a key of a ledger, beside those that are trusted already.
    Result<void> watch(const VerifierKey& log);
    /// The newest cosigned, as the ledger signed it. `not_found` when there is none.
    Result<std::string> latest(std::string_view origin);

  private:
    const VerifierKey key_;
    const SignBody sign_;
    WitnessMemory& memory_;
    std::mutex one_at_a_time_;
};

}  // namespace kith::ledger
