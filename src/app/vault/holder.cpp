#include "app/vault/holder.hpp"

#include "app/vault/record_file.hpp"

namespace kith::app {
namespace {

Bytes bound_private(MemberId member, std::string_view field) { return bound_to("members", member.bytes(), field); }

std::string normalised(const SecretText& code) {
    std::string out;
    for (const char c : code.expose())
        if (c != '-' && c != ' ') out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

}  // namespace

Bytes encode_halves(const Holder& holder) {
    Bytes out;
    append_piece(out, holder.pair.private_half.expose());
    append_piece(out, holder.signing ? BytesView(holder.signing->seed.expose()) : BytesView{});
    return out;
}

Result<Holder> decode_halves(Cryptography& crypto, MemberId member, const SecretBytes& halves) {
    ByteReader in(halves.expose());
    const SecretBytes pair(to_bytes(in.piece()));
    const SecretBytes seed(to_bytes(in.piece()));
    if (!in.at_end()) return fail(Code::betrayed, "private halves that do not decode");
    Holder holder{member, crypto.pair_of(KITH_TRY(to_key(pair))), std::nullopt};
    if (!seed.expose().empty()) holder.signing = crypto.signing_pair_of(KITH_TRY(to_key(seed)));
    return holder;
}

Holder new_holder(Cryptography& crypto, MemberId member, parties::Roles roles) {
    Holder holder{member, crypto.new_pair(), std::nullopt};
    if (roles.has(parties::Role::custodian)) holder.signing = crypto.new_signing_pair();
    return holder;
}

Credentials credentials_for(Cryptography& crypto, MemberId member, const SecretText& password,
                            const std::optional<Holder>& holder) {
    Credentials out;
    crypto.random(out.salt);
    const Stretched stretched = crypto.stretch(password, out.salt);
    out.verifier = stretched.verifier;
    if (holder) {
        const SecretBytes halves(encode_halves(*holder));
        out.sealed_private = crypto.seal(stretched.key, halves.expose(), bound_private(member, "private"));
    }
    return out;
}

Recovery recovery_for(Cryptography& crypto, const Holder& holder) {
    Recovery out;
    ByteArray<15> bytes;
    crypto.random(bytes);
    const std::string letters = to_crockford(bytes);
    std::string grouped;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (i != 0 && i % 4 == 0) grouped += '-';
        grouped += letters[i];
    }
    out.code = SecretText(grouped);
    crypto.random(out.salt);
    const Stretched stretched = crypto.stretch(SecretText(normalised(out.code)), out.salt);
    const SecretBytes halves(encode_halves(holder));
    out.sealed_private = crypto.seal(stretched.key, halves.expose(), bound_private(holder.member, "recovery"));
    return out;
}

Result<Holder> unlock(Cryptography& crypto, const MemberRow& row, const Key& password_key) {
    if (row.sealed_private.empty()) return fail(Code::not_found, "holds no key pair");
    const SecretBytes halves =
        KITH_TRY(crypto.open(password_key, row.sealed_private, bound_private(row.id, "private")));
    return decode_halves(crypto, row.id, halves);
}

Result<Holder> unlock_by_recovery(Cryptography& crypto, const MemberRow& row, const SecretText& code) {
    const Stretched stretched = crypto.stretch(SecretText(normalised(code)), row.recovery_salt);
    if (row.sealed_private_recovery.empty()) return fail(Code::not_found, "holds no key pair");
    const SecretBytes halves =
        KITH_TRY(crypto.open(stretched.key, row.sealed_private_recovery, bound_private(row.id, "recovery")));
    return decode_halves(crypto, row.id, halves);
}

SecretText generated_pass_phrase(Cryptography& crypto) {
    // Eight pronounceable words of 1,024 (consonant, vowel, consonant, vowel: 16*4*16 a word): 80 bits.
    constexpr std::string_view kConsonants = "bdfghjklmnprstvz";
    constexpr std::string_view kVowels = "aeiou";
    ByteArray<16> random;
    crypto.random(random);
    std::string out;
    for (std::size_t word = 0; word < 8; ++word) {
        const unsigned bits = static_cast<unsigned>(random[2 * word] << 8 | random[2 * word + 1]);
        if (word != 0) out += '-';
        out += kConsonants[bits & 15];
        out += kVowels[bits >> 4 & 3];
        out += kConsonants[bits >> 6 & 15];
        out += kVowels[(bits >> 4 & 3) + 1];
    }
    return SecretText(out);
}

}  // namespace kith::app
