// Blind marks: what a worry is found again by (HAC-023, HAC-024, HAC-032) without its words standing anywhere. A mark
// is a keyed digest of a word and of what kind of word it is; only the holder of the server's key of marks can make
// one.
#pragma once
#include <string_view>
#include <vector>

#include "app/house.hpp"

namespace kith::app {

Mark blind_mark(House& house, std::string_view kind, std::string_view key);

/// A name, nickname, place or address as typed, by which another worry may speak of the same.
struct Telltale {
    std::string_view kind;  ///< "name", "nickname", "place", "address"
    std::string_view typed;
};
/// Views into `account`.
std::vector<Telltale> telltales(const concerns::Account& account);

/// Every mark of a worry with this account: of its telltales, and of the words that it is searched by.
std::vector<Mark> marks_of(House& house, const concerns::Account& account);

}  // namespace kith::app
