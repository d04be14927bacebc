// Searching what was told at this front door. The words stand on the answer to the form and in no address.
#pragma once
#include "app/search.hpp"
#include "web/components.hpp"

namespace kith::web {

struct SearchLine {
    std::string title, words, in;
    std::vector<std::string> facts;
    Url href;
    bool in_danger = false;
};
struct SearchPage {
    StaffFrame frame;
    Errors errors;
    std::string words, part;
    bool was_asked = false, are_more = false;
    std::string said;  ///< "3 worries", "Nothing found"
    std::vector<SearchLine> lines;
};
void put_found(SearchPage& page, const app::SearchResult& result, Instant now);

}  // namespace kith::web
