// What lies outside the store, so that rolling the store back, or restoring it, does not roll this back with it: the
// key list as a custodian last signed it, the highest number of a key list, and what is gone for good.
//
// What is gone is kept twice: in the store, in the transaction that does it (GoneTable), and in a list outside that
// only grows (GoneList). docs/decisions/0012 says in which order and why.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/ports/cryptography.hpp"

namespace kith::app {

struct KeyListRow {
    std::uint32_t number = 0;
    std::string text;
    Signature signature{};
    std::optional<Signature> countersignature;
    friend bool operator==(const KeyListRow&, const KeyListRow&) = default;
};

/// Two small files. What cannot be read is `not_found`, `unavailable` when the place is away, or `betrayed` when it is
/// damaged; writing is durable, file and folder, when it returns.
class Anchor {
  public:
    virtual ~Anchor() = default;
    /// The list that names custody's public key, with the signature of the custodian who made it; unbelieved.
    virtual Result<KeyListRow> custody() = 0;
    virtual Result<void> keep_custody(const KeyListRow& row) = 0;
    virtual Result<std::uint32_t> highest_list() = 0;
    virtual Result<void> keep_highest_list(std::uint32_t number) = 0;
};

enum class GoneKind {
    way_in,      ///< subject: the concern
    taker_wrap,  ///< subject: the concern
    duty_key,    ///< subject: the front door; number: the last generation whose wraps are gone
    member,      ///< subject: who was shut out, with every sealed half
    epoch,       ///< number: the day whose key was destroyed
};
std::string_view name_of(GoneKind kind);
std::optional<GoneKind> gone_kind_named(std::string_view name);

struct Gone {
    GoneKind kind = GoneKind::way_in;
    std::string subject;  ///< an id in hex, or empty
    std::int64_t number = 0;
    friend bool operator==(const Gone&, const Gone&) = default;
};

/// Line numbers begin at 1.
struct ListedGone {
    std::uint64_t line = 0;
    Gone gone;
    friend bool operator==(const ListedGone&, const ListedGone&) = default;
};

class GoneTable {
  public:
    virtual ~GoneTable() = default;
    /// Not in the list yet. Adding one twice is fine.
    virtual Result<void> add(const Gone& gone) = 0;
    /// In the order added.
    virtual Result<std::vector<Gone>> unlisted() = 0;
    /// It stands in the list, in that line; adds it where it is not here.
    virtual Result<void> listed(const ListedGone& gone) = 0;
    /// None of them stands in the list any more: a list that was lost begins anew, with all of them.
    virtual Result<void> unlist_all() = 0;
    /// The one furthest down the list.
    virtual Result<std::optional<ListedGone>> last_listed() = 0;
};

class GoneList {
  public:
    virtual ~GoneList() = default;
    /// Makes an empty list. `conflict` when there is one.
    virtual Result<void> create() = 0;
    /// Every line, the first first. A last line that was cut short by a crash was never answered for and is passed
    /// over; any other damage is `betrayed`. `not_found` without a list.
    virtual Result<std::vector<Gone>> read() = 0;
    /// Durable when it returns: the number of the last line. Never to a list that is missing or damaged; `conflict` for
    /// one of fewer lines than `known`: it is an older one.
    virtual Result<std::uint64_t> append(std::uint64_t known, std::span<const Gone> gone) = 0;
};

}  // namespace kith::app
