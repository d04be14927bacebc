// Finding a worry again by what was told (HAC-023): what, where, the worry and the names are searched apart, by keyed
// marks of their words. Only worries of the asker's own front door that the asker may read are found or counted; the
// words asked for stand in no address, log or ledger entry.
#pragma once
#include "app/house.hpp"

namespace kith::app {

enum class SearchPart { what, where, worry, names };
std::string_view name_of(SearchPart part);
std::optional<SearchPart> search_part_named(std::string_view name);

/// Of the words of each part, so that they can be found.
std::vector<Mark> search_marks(House& house, const concerns::Account& account);

struct Found {
    concerns::Concern concern;
    std::string heading, words;
    std::vector<SearchPart> in;  ///< where the words stand
};
struct SearchResult {
    std::vector<Found> found;  ///< the newest first, at most `kMostFound`
    bool are_more = false;
};
constexpr std::size_t kMostFound = 50;

/// Every word must stand in the worry: in `part`, or anywhere. `invalid` with "search_words" when no word is left that
/// is long enough to look for.
Result<SearchResult> search(House& house, const Actor& actor, std::string_view words, std::optional<SearchPart> part);

}  // namespace kith::app
