#include "app/vault/key_list.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace kith::app {
namespace {

constexpr std::string_view kFirstLine = "kith-key-list/1";

template <std::size_t N>
bool read_hex(std::string_view text, ByteArray<N>& out) {
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != N) return false;
    std::ranges::copy(*bytes, out.begin());
    return true;
}

bool read_number(std::string_view text, std::uint32_t& out) {
    const auto result = std::from_chars(text.data(), text.data() + text.size(), out);
    return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

template <class T>
bool read_id(std::string_view text, T& out) {
    const auto id = T::parse(text);
    if (id) out = *id;
    return id.has_value();
}

bool read_key(const std::vector<std::string_view>& words, KeyList& list) {
    if (words.size() != 4) return false;
    RolePublic role;
    if (!read_number(words[2], role.generation) || !read_hex(words[3], role.public_half)) return false;
    if (words[0] == "custody") {
        list.custody = role;
        return words[1] == "-";
    }
    if (words[0] == "duty") {
        FrontDoorId door;
        return read_id(words[1], door) && list.duty.emplace(door, role).second;
    }
    MemberId member;
    return words[0] == "holder" && read_id(words[1], member) && list.holders.emplace(member, role.public_half).second;
}

bool read_deputy(const std::vector<std::string_view>& words, KeyList& list) {
    MemberId member;
    return words.size() == 1 && read_id(words[0], member) && list.deputies.insert(member).second;
}

bool read_line(std::string_view line, KeyList& list) {
    const auto colon = line.find(": ");
    if (colon == line.npos) return false;
    const auto name = line.substr(0, colon);
    const auto words = text::split(line.substr(colon + 2), ' ');
    if (name == "number") return words.size() == 1 && read_number(words[0], list.number);
    if (name == "previous") return words.size() == 1 && read_hex(words[0], list.previous);
    if (name == "signer")
        return words.size() == 2 && read_id(words[0], list.signer) && read_hex(words[1], list.signer_key);
    if (name == "key") return read_key(words, list);
    if (name == "signer-key") {
        MemberId member;
        PublicKey key;
        return words.size() == 2 && read_id(words[0], member) && read_hex(words[1], key) &&
               list.signers.emplace(member, key).second;
    }
    return name == "deputy" && read_deputy(words, list);
}

bool follows(Cryptography& crypto, const KeyList& list, const KeyListRow& row, const KeyList& before,
             const KeyListRow& before_row) {
    const auto signer = before.signers.find(list.signer);
    return list.number > before.number && list.number == row.number &&
           list.previous == crypto.sha256(as_bytes(before_row.text)) && signer != before.signers.end() &&
           signer->second == list.signer_key && crypto.verify(list.signer_key, as_bytes(row.text), row.signature);
}

bool is_countersigned(Cryptography& crypto, const KeyList& list0, const KeyListRow& row, const KeyList& newest) {
    if (!row.countersignature) return false;
    return std::ranges::any_of(newest.signers, [&](const auto& signer) {
        return signer.first != list0.signer && crypto.verify(signer.second, as_bytes(row.text), *row.countersignature);
    });
}

}  // namespace

std::string encode(const KeyList& list) {
    std::string out(kFirstLine);
    out += "\nnumber: " + std::to_string(list.number);
    out += "\nprevious: " + to_hex(list.previous);
    out += "\nsigner: " + list.signer.text() + ' ' + to_hex(list.signer_key);
    const auto key = [&](std::string_view role, const std::string& whose, std::uint32_t generation,
                         const PublicKey& half) {
        out += "\nkey: " + std::string(role) + ' ' + whose + ' ' + std::to_string(generation) + ' ' + to_hex(half);
    };
    key("custody", "-", list.custody.generation, list.custody.public_half);
    for (const auto& [door, role] : list.duty) key("duty", door.text(), role.generation, role.public_half);
    for (const auto& [member, half] : list.holders) key("holder", member.text(), 1, half);
    for (const auto& [member, half] : list.signers) out += "\nsigner-key: " + member.text() + ' ' + to_hex(half);
    for (const auto& member : list.deputies) out += "\ndeputy: " + member.text();
    return out + "\n";
}

Result<KeyList> decode_key_list(std::string_view text) {
    const auto refused = [] { return fail(Code::betrayed, "a key list that does not decode"); };
    if (text.empty() || text.back() != '\n') return refused();
    const auto lines = text::split(text.substr(0, text.size() - 1), '\n');
    if (lines.front() != kFirstLine) return refused();
    KeyList list;
    for (std::size_t i = 1; i < lines.size(); ++i)
        if (!read_line(lines[i], list)) return refused();
    if (encode(list) != text) return refused();
    return list;
}

KeyListRow signed_row(Cryptography& crypto, const KeyList& list, const SigningPair& signer) {
    KeyListRow row{list.number, encode(list), {}, std::nullopt};
    row.signature = crypto.sign(signer, as_bytes(row.text));
    return row;
}

Result<KeyList> standing_alone(Cryptography& crypto, const KeyListRow& row) {
    KeyList list = KITH_TRY(decode_key_list(row.text));
    const auto self = list.signers.find(list.signer);
    if (list.number != row.number || self == list.signers.end() || self->second != list.signer_key ||
        !crypto.verify(list.signer_key, as_bytes(row.text), row.signature))
        return fail(Code::betrayed, "a key list that does not verify");
    return list;
}

Result<VerifiedList> newest_good(Cryptography& crypto, const std::vector<KeyListRow>& chain, std::uint32_t at_least) {
    if (chain.empty()) return fail(Code::not_found, "no key list");
    VerifiedList out;
    const KeyList list0 = KITH_TRY(standing_alone(crypto, chain.front()));
    if (list0.number != 0) return fail(Code::betrayed, "the first key list does not verify");
    out.list = list0;
    out.row = chain.front();
    // One that is refused ends nothing: what a custodian signs after it follows the last good one.
    for (std::size_t i = 1; i < chain.size() && chain[i].number > chain[i - 1].number; ++i) {
        const auto next = decode_key_list(chain[i].text);
        if (!next || !follows(crypto, *next, chain[i], out.list, out.row)) continue;
        out.list = *next;
        out.row = chain[i];
    }
    out.refused = static_cast<std::uint32_t>(
        std::ranges::count_if(chain, [&](const KeyListRow& row) { return row.number > out.row.number; }));
    out.countersigned = is_countersigned(crypto, list0, chain.front(), out.list);
    if (out.list.number < at_least) return fail(Code::betrayed, "the key list is older than the one last used");
    return out;
}

Result<VerifiedList> newest_good(Cryptography& crypto, const std::vector<KeyListRow>& chain, const KnownList& known) {
    VerifiedList stored = KITH_TRY(newest_good(crypto, chain, 0));
    if (stored.list.number >= known.number) return stored;
    auto mended = chain;
    for (KeyListRow& row : mended)
        if (known.row && row.number == known.row->number) row = *known.row;
    stored.list = KITH_TRY(newest_good(crypto, mended, known.number)).list;
    return stored;
}

std::string fingerprint(Cryptography& crypto, const KeyListRow& list0) {
    const std::string hex = to_hex(crypto.sha256(as_bytes(list0.text)));
    std::string out;
    for (std::size_t i = 0; i < 32; ++i) {
        if (i != 0 && i % 4 == 0) out += ' ';
        out += hex[i];
    }
    return out;
}

}  // namespace kith::app
