#include "app/once.hpp"

namespace kith::app {
namespace {
Once once_of(Cryptography& crypto, const ByteArray<32>& form) {
    return {crypto.derive("kith/once/finder", form), Key(crypto.derive("kith/once/key", form))};
}
}  // namespace

Once once_of_report(Cryptography& crypto, const ByteArray<32>& form) { return once_of(crypto, form); }
Once once_of_hand_over(Cryptography& crypto, const ByteArray<32>& form) {
    return once_of(crypto, crypto.derive("kith/once/hand-over", form));
}

Result<SecretBytes> find_answer(House& house, Tables& tables, const Once& once) {
    const Bytes sealed = KITH_TRY(tables.drafts().find_receipt(once.finder));
    return house.crypto.open(once.key, sealed, bound_to("receipts", once.finder, "receipt"));
}

Result<void> keep_answer(House& house, Tables& tables, const Once& once, BytesView answer, Instant expires_at) {
    const Bytes sealed = house.crypto.seal(once.key, answer, bound_to("receipts", once.finder, "receipt"));
    return tables.drafts().put_receipt(once.finder, sealed, expires_at);
}

}  // namespace kith::app
