#include "ledger/leaf.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"

namespace kith::ledger {
namespace {

constexpr std::string_view kFirstLine = "kith-ledger/1";
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kIdSize = 16;
constexpr Instant kAfterTheLast = std::chrono::sys_days(std::chrono::year(10000) / 1 / 1);

/// A set of characters as a table, since each character of each leaf is looked up.
class Alphabet {
  public:
    constexpr Alphabet(std::initializer_list<std::string_view> parts) {
        for (const auto part : parts)
            for (const char c : part) has_[static_cast<unsigned char>(c)] = true;
    }
    constexpr bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

  private:
    std::array<bool, 256> has_{};
};

constexpr Alphabet kSnake{kLower, kDigits, "_"};
constexpr Alphabet kRole{kLower, kDigits, "_-"};
constexpr Alphabet kFact{kLower, kDigits, "._:-"};
constexpr Alphabet kClause{kLower, kUpper, kDigits, "._:/-"};
constexpr Alphabet kPackName{kLower, kDigits, "-"};
constexpr Alphabet kPackVersion{kLower, kUpper, kDigits, "._-"};

bool is_made_of(std::string_view word, const Alphabet& alphabet) {
    return !word.empty() && word.size() <= max_word &&
           std::ranges::all_of(word, [&](char c) { return alphabet.has(c); });
}
bool begins_lower(std::string_view word) { return word.front() >= 'a' && word.front() <= 'z'; }
bool is_snake(std::string_view word) { return is_made_of(word, kSnake) && begins_lower(word); }
bool is_role(std::string_view word) { return is_made_of(word, kRole) && begins_lower(word); }
bool is_fact_word(std::string_view word) { return is_made_of(word, kFact); }
bool is_clause(std::string_view word) { return is_made_of(word, kClause); }
bool is_pack_name(std::string_view word) { return is_made_of(word, kPackName); }
bool is_pack_version(std::string_view word) { return is_made_of(word, kPackVersion); }

bool is_id(std::string_view word) {
    const auto bytes = from_crockford(word);
    return bytes && bytes->size() == kIdSize && to_crockford(*bytes) == word;
}

Result<void> check_names(const Leaf& leaf) {
    if (leaf.at < Instant{} || leaf.at >= kAfterTheLast) return fail(Code::invalid, "instant out of range", "at");
    if (!is_snake(leaf.act)) return fail(Code::invalid, "not a snake_case word", "act");
    if (!is_id(leaf.by) && !is_role(leaf.by)) return fail(Code::invalid, "neither an id nor a role word", "by");
    if (leaf.subject && !is_id(*leaf.subject)) return fail(Code::invalid, "not an id", "subject");
    if (!std::ranges::all_of(leaf.clauses, is_clause)) return fail(Code::invalid, "not a clause", "clauses");
    if (leaf.pack && (!is_pack_name(leaf.pack->name) || !is_pack_version(leaf.pack->version)))
        return fail(Code::invalid, "not a pack's name and version", "pack");
    return {};
}

Result<void> check(const Leaf& leaf) {
    KITH_TRY(check_names(leaf));
    const auto is_fact = [](const Fact& fact) { return is_fact_word(fact.name) && is_fact_word(fact.value); };
    const auto is_digest = [](const Digest& digest) { return is_snake(digest.table) && is_snake(digest.field); };
    if (!std::ranges::all_of(leaf.facts, is_fact)) return fail(Code::invalid, "not a name and value", "fact");
    if (!std::ranges::all_of(leaf.digests, is_digest)) return fail(Code::invalid, "not a table and field", "digest");
    if (leaf.sealed.size() > max_leaf) return fail(Code::too_large, "leaf too large", "sealed");
    return {};
}

void add_line(std::string& text, std::string_view key, std::initializer_list<std::string_view> pieces) {
    text += key;
    text += ": ";
    for (const auto piece : pieces) text += piece;
    text += '\n';
}

std::string write(const Leaf& leaf) {
    std::string text;
    text.reserve(512 + 2 * leaf.sealed.size());
    text += kFirstLine;
    text += '\n';
    add_line(text, "at", {to_rfc3339(leaf.at)});
    add_line(text, "act", {leaf.act});
    add_line(text, "by", {leaf.by});
    if (leaf.subject) add_line(text, "subject", {*leaf.subject});
    std::string clauses;
    for (const auto& clause : leaf.clauses) clauses += (clauses.empty() ? "" : " ") + clause;
    if (!clauses.empty()) add_line(text, "clauses", {clauses});
    if (leaf.pack) add_line(text, "pack", {leaf.pack->name, " ", leaf.pack->version});
    for (const Fact& fact : leaf.facts) add_line(text, "fact", {fact.name, "=", fact.value});
    for (const Digest& digest : leaf.digests)
        add_line(text, "digest", {digest.table, "/", digest.field, " ", to_hex(digest.sha256)});
    if (!leaf.sealed.empty()) add_line(text, "sealed", {to_base64(leaf.sealed)});
    return text;
}

/// The lines of a text, each looked at once and in order.
class Lines {
  public:
    explicit Lines(std::string_view text) : rest_(text) {}

    /// The next line's value if that line has this key; else the line stays.
    std::optional<std::string_view> take(std::string_view key) {
        const auto end = rest_.find('\n');
        const std::string_view line = rest_.substr(0, end);
        if (end == rest_.npos || !line.starts_with(key) || line.substr(key.size(), 2) != ": ") return std::nullopt;
        rest_.remove_prefix(end + 1);
        return line.substr(key.size() + 2);
    }
    bool take_first() {
        if (!rest_.starts_with(kFirstLine) || rest_.substr(kFirstLine.size(), 1) != "\n") return false;
        rest_.remove_prefix(kFirstLine.size() + 1);
        return true;
    }
    bool at_end() const { return rest_.empty(); }

  private:
    std::string_view rest_;
};

struct Halves {
    std::string first;
    std::string second;
};

std::optional<Halves> halves(std::string_view value, char at) {
    const auto middle = value.find(at);
    if (middle == value.npos) return std::nullopt;
    return Halves{std::string(value.substr(0, middle)), std::string(value.substr(middle + 1))};
}

/// The calendar only; that the text is the canonical one is seen when the leaf is written again.
std::optional<Instant> read_instant(std::string_view text) {
    using namespace std::chrono;
    if (text.size() != std::string_view("2026-11-21T13:41:08.250Z").size()) return std::nullopt;
    bool ok = true;
    const auto number = [&](std::size_t from, std::size_t size) {
        int n = 0;
        const char* end = text.data() + from + size;
        ok = ok && text::is_digits(text.substr(from, size)) && std::from_chars(text.data() + from, end, n).ptr == end;
        return n;
    };
    const year_month_day day(year(number(0, 4)), month(static_cast<unsigned>(number(5, 2))),
                             std::chrono::day(static_cast<unsigned>(number(8, 2))));
    const auto time = hours(number(11, 2)) + minutes(number(14, 2)) + seconds(number(17, 2));
    const milliseconds part(number(20, 3));
    if (!ok || !day.ok()) return std::nullopt;
    return Instant(sys_days(day).time_since_epoch() + time + part);
}

std::optional<Digest> read_digest(std::string_view value) {
    const auto place_and_hash = halves(value, ' ');
    if (!place_and_hash) return std::nullopt;
    const auto place = halves(place_and_hash->first, '/');
    const auto hash = from_hex(place_and_hash->second);
    if (!place || !hash || hash->size() != Hash{}.size()) return std::nullopt;
    Digest digest{place->first, place->second, {}};
    std::ranges::copy(*hash, digest.sha256.begin());
    return digest;
}

std::optional<Leaf> read_head(Lines& lines) {
    if (!lines.take_first()) return std::nullopt;
    const auto at = lines.take("at");
    const auto act = lines.take("act");
    const auto by = lines.take("by");
    if (!at || !act || !by) return std::nullopt;
    const auto instant = read_instant(*at);
    if (!instant) return std::nullopt;
    Leaf leaf;
    leaf.at = *instant;
    leaf.act = *act;
    leaf.by = *by;
    return leaf;
}

std::optional<Leaf> read(std::string_view text) {
    Lines lines(text);
    auto leaf = read_head(lines);
    if (!leaf) return std::nullopt;
    if (const auto value = lines.take("subject")) leaf->subject = *value;
    if (const auto value = lines.take("clauses"))
        for (const auto clause : text::split(*value, ' ')) leaf->clauses.emplace_back(clause);
    if (const auto value = lines.take("pack")) {
        const auto pair = halves(*value, ' ');
        if (!pair) return std::nullopt;
        leaf->pack = Pack{pair->first, pair->second};
    }
    while (const auto value = lines.take("fact")) {
        const auto pair = halves(*value, '=');
        if (!pair) return std::nullopt;
        leaf->facts.push_back(Fact{pair->first, pair->second});
    }
    while (const auto value = lines.take("digest")) {
        const auto digest = read_digest(*value);
        if (!digest) return std::nullopt;
        leaf->digests.push_back(*digest);
    }
    if (const auto value = lines.take("sealed")) {
        const auto sealed = from_base64(*value);
        if (!sealed) return std::nullopt;
        leaf->sealed = *sealed;
    }
    return lines.at_end() ? leaf : std::nullopt;
}

}  // namespace

Result<std::string> encode(const Leaf& leaf) {
    KITH_TRY(check(leaf));
    std::string text = write(leaf);
    if (text.size() > max_leaf) return fail(Code::too_large, "leaf too large");
    return text;
}

Result<Leaf> decode(std::string_view text) {
    if (text.size() > max_leaf) return fail(Code::too_large, "leaf too large");
    const auto leaf = read(text);
    if (!leaf || !check(*leaf) || write(*leaf) != text) return fail(Code::invalid, "not the text of a leaf");
    return *leaf;
}

Hash digest_of(BytesView sealed) {
    Hash hash;
    crypto_hash_sha256(hash.data(), sealed.data(), sealed.size());
    return hash;
}

}  // namespace kith::ledger
