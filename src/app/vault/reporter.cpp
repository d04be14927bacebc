#include "app/vault/reporter.hpp"

#include "app/vault/record_file.hpp"

namespace kith::app {
namespace {

Bytes binding(const VaultPlace& place, std::string_view role, std::uint32_t generation) {
    Bytes out;
    append_piece(out, as_bytes("kith/vault/1"));
    append_piece(out, place.partnership.bytes());
    append_piece(out, place.front_door.bytes());
    append_piece(out, place.concern.bytes());
    append_piece(out, as_bytes(role));
    append_u32(out, generation);
    append_piece(out, as_bytes("reporter"));
    return out;
}

Bytes outer_binding(const VaultPlace& place, std::uint32_t generation, Epoch epoch) {
    Bytes out = binding(place, "epoch", generation);
    append_u64(out, static_cast<std::uint64_t>(epoch.day));
    return out;
}

Bytes contact_binding(const VaultPlace& place, std::uint32_t number) { return binding(place, "contact", number); }

Bytes wrap_to(Cryptography& crypto, const PublicKey& holder, const Key& identity, BytesView bound) {
    SecretBytes plain;
    append_piece(plain.expose(), identity.expose());
    append_piece(plain.expose(), bound);
    return crypto.seal_to(holder, plain.expose());
}

Result<Key> unwrap_with(Cryptography& crypto, const KeyPair& holder, BytesView wrap, BytesView bound) {
    const SecretBytes plain = KITH_TRY(crypto.open_with(holder, wrap));
    ByteReader in(plain.expose());
    const BytesView identity = in.piece();
    const BytesView found = in.piece();
    if (!in.at_end() || !crypto.equal(found, bound)) return fail(Code::betrayed, "a wrap that belongs elsewhere");
    return to_key(SecretBytes(to_bytes(identity)));
}

Result<concerns::Contact> open_contact(Cryptography& crypto, const VaultPlace& place, const VaultRow& row,
                                       const Key& identity) {
    const SecretBytes padded = KITH_TRY(crypto.open(identity, row.sealed_contact, contact_binding(place, row.number)));
    ByteReader in(padded.expose());
    return concerns::decode_contact(in.piece());
}

/// I sealed to those who may have it.
SealedReporter wrapped(Cryptography& crypto, const VaultPlace& place, std::uint32_t number, const Key& identity,
                       const RolePublic& custody, const std::optional<RolePublic>& duty) {
    SealedReporter out;
    out.row.concern = place.concern;
    out.row.number = number;
    out.row.custody_generation = custody.generation;
    out.row.wrap_custody =
        wrap_to(crypto, custody.public_half, identity, binding(place, "custody", custody.generation));
    if (duty) {
        out.has_duty = true;
        out.row.duty_generation = duty->generation;
        out.row.wrap_duty = wrap_to(crypto, duty->public_half, identity, binding(place, "duty", duty->generation));
    }
    out.identity = identity;
    return out;
}

}  // namespace

SealedReporter seal_reporter(Cryptography& crypto, const VaultPlace& place, std::uint32_t number,
                             const concerns::Contact& contact, const RolePublic& custody,
                             const std::optional<RolePublic>& duty, const std::optional<PublicKey>& taker) {
    const Key identity = crypto.random_key();
    SecretBytes padded;
    append_piece(padded.expose(), concerns::encode(contact));
    KITH_CHECK(padded.expose().size() <= kPaddedContact);
    padded.expose().resize(kPaddedContact);

    SealedReporter out = wrapped(crypto, place, number, identity, custody, duty);
    out.row.sealed_contact = crypto.seal(identity, padded.expose(), contact_binding(place, number));
    if (taker) out.row.wrap_taker = wrap_to(crypto, *taker, identity, binding(place, "taker", 1));
    return out;
}

SealedReporter seal_for_files(Cryptography& crypto, const VaultPlace& place, std::uint32_t number,
                              const RolePublic& custody, const std::optional<RolePublic>& duty) {
    SealedReporter out = wrapped(crypto, place, number, crypto.random_key(), custody, duty);
    out.row.brings = Brings::files;
    return out;
}

VaultRow under_epoch(Cryptography& crypto, const VaultPlace& place, SealedReporter sealed, Epoch epoch,
                     const std::optional<Key>& epoch_key) {
    VaultRow row = std::move(sealed.row);
    row.epoch = epoch;
    if (sealed.has_duty && epoch_key)
        row.wrap_duty = crypto.seal(*epoch_key, row.wrap_duty, outer_binding(place, row.duty_generation, epoch));
    else
        row.wrap_duty.clear();
    return row;
}

Result<Key> identity_by_duty(Cryptography& crypto, const VaultPlace& place, const VaultRow& row, const Key& epoch_key,
                             const KeyPair& duty) {
    if (row.wrap_duty.empty()) return fail(Code::not_found, "no way in");
    const SecretBytes inner =
        KITH_TRY(crypto.open(epoch_key, row.wrap_duty, outer_binding(place, row.duty_generation, row.epoch)));
    return unwrap_with(crypto, duty, inner.expose(), binding(place, "duty", row.duty_generation));
}

Result<concerns::Contact> open_by_duty(Cryptography& crypto, const VaultPlace& place, const VaultRow& row,
                                       const Key& epoch_key, const KeyPair& duty) {
    return open_contact(crypto, place, row, KITH_TRY(identity_by_duty(crypto, place, row, epoch_key, duty)));
}

Result<Key> identity_by_custody(Cryptography& crypto, const VaultPlace& place, const VaultRow& row,
                                const KeyPair& custody) {
    return unwrap_with(crypto, custody, row.wrap_custody, binding(place, "custody", row.custody_generation));
}

Result<concerns::Contact> open_by_custody(Cryptography& crypto, const VaultPlace& place, const VaultRow& row,
                                          const KeyPair& custody) {
    return open_contact(crypto, place, row, KITH_TRY(identity_by_custody(crypto, place, row, custody)));
}

Result<concerns::Contact> open_by_taker(Cryptography& crypto, const VaultPlace& place, const VaultRow& row,
                                        const KeyPair& taker) {
    if (row.wrap_taker.empty()) return fail(Code::not_found, "the call has been handed over");
    const Key identity = KITH_TRY(unwrap_with(crypto, taker, row.wrap_taker, binding(place, "taker", 1)));
    return open_contact(crypto, place, row, identity);
}

Result<Bytes> rewrap_duty(Cryptography& crypto, const VaultPlace& place, const VaultRow& row, const Key& old_key,
                          Epoch new_epoch, const Key& new_key) {
    if (row.wrap_duty.empty()) return fail(Code::not_found, "no way in");
    const SecretBytes inner =
        KITH_TRY(crypto.open(old_key, row.wrap_duty, outer_binding(place, row.duty_generation, row.epoch)));
    return crypto.seal(new_key, inner.expose(), outer_binding(place, row.duty_generation, new_epoch));
}

Result<Bytes> reseal_duty(Cryptography& crypto, const VaultPlace& place, const VaultRow& row, const KeyPair& custody,
                          const RolePublic& duty, Epoch epoch, const Key& epoch_key) {
    const Key identity = KITH_TRY(identity_by_custody(crypto, place, row, custody));
    const Bytes inner = wrap_to(crypto, duty.public_half, identity, binding(place, "duty", duty.generation));
    return crypto.seal(epoch_key, inner, outer_binding(place, duty.generation, epoch));
}

}  // namespace kith::app
