// A leaf of the ledger: one act, in plain text that an outsider reads without us. docs/ledger-format.md shows the
// bytes.
//
// There is one text for each Leaf and one Leaf for each accepted text. Every value has a narrow alphabet without line
// feed, and in all but three of them without space, so that no value can begin a line or pass for another. No field
// takes free text: what is said about a person goes into `sealed`, as ciphertext.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"
#include "ledger/tree.hpp"

namespace kith::ledger {

/// A protocol pack as it stood when the act was judged.
struct Pack {
    std::string name;     ///< a-z, 0-9 and hyphen
    std::string version;  ///< A-Z, a-z, 0-9 and . _ -
    friend bool operator==(const Pack&, const Pack&) = default;
};

/// A circumstance of the act, in code words and numbers: `recipients=3`, `basis:vital_interests=yes`.
struct Fact {
    std::string name;   ///< a-z, 0-9 and . _ : -
    std::string value;  ///< the same
    friend bool operator==(const Fact&, const Fact&) = default;
};

/// SHA-256 of the SEALED bytes in a column; never of what they say, which could be guessed and compared.
struct Digest {
    std::string table;  ///< a-z, 0-9 and _
    std::string field;  ///< the same
    Hash sha256{};
    friend bool operator==(const Digest&, const Digest&) = default;
};

struct Leaf {
    Instant at{};                        ///< 1970 to 9999
    std::string act;                     ///< snake_case
    std::string by;                      ///< an id (26 characters), or a role word in lower case such as `system`
    std::optional<std::string> subject;  ///< an id
    std::vector<std::string> clauses;    ///< A-Z, a-z, 0-9 and . _ : / -
    std::optional<Pack> pack;
    std::vector<Fact> facts;
    std::vector<Digest> digests;
    Bytes sealed;  ///< ciphertext, or empty
    friend bool operator==(const Leaf&, const Leaf&) = default;
};

/// No word of a leaf is longer, and no leaf is larger: C2SP tiles give its length two bytes.
inline constexpr std::size_t max_word = 64;
inline constexpr std::size_t max_leaf = 64 * 1024 - 1;

/// The leaf's text. `invalid` with the field's name where a value is not of its alphabet, `too_large` beyond max_leaf.
Result<std::string> encode(const Leaf& leaf);
/// Accepts what `encode` writes and nothing else; safe on any bytes.
Result<Leaf> decode(std::string_view text);

/// SHA-256 for Digest.
Hash digest_of(BytesView sealed);

}  // namespace kith::ledger
