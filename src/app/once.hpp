// The answer to a form, for when the same form comes twice. It lies sealed under a key that only the form itself yields
// (its idempotency key), found by a finder from the same: at rest neither tells whose it is nor opens.
#pragma once
#include "app/house.hpp"

namespace kith::app {

struct Once {
    Digest finder;
    Key key;
};
/// Of a report's form, and of a call's that hands it over: one form's answer never serves for the other.
Once once_of_report(Cryptography& crypto, const ByteArray<32>& form);
Once once_of_hand_over(Cryptography& crypto, const ByteArray<32>& form);

/// `not_found` when none was kept.
Result<SecretBytes> find_answer(House& house, Tables& tables, const Once& once);
Result<void> keep_answer(House& house, Tables& tables, const Once& once, BytesView answer, Instant expires_at);

}  // namespace kith::app
