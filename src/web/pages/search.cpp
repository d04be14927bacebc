#include "web/pages/search.hpp"

#include "web/pages/say.hpp"

namespace kith::web {
namespace {
SearchLine line_of(const app::Found& found, Instant now) {
    const auto& concern = found.concern;
    SearchLine line;
    line.title = found.heading;
    line.words = found.words;
    line.in_danger = concern.danger != concerns::DangerMark::none;
    line.href = Url::path("/concerns/{}", concern.id);
    for (const auto part : found.in) line.in += (line.in.empty() ? "" : ", ") + say("search_part", name_of(part));
    line.facts = {say("about", name_of(concern.subject)), time_of_day(concern.received_at, now),
                  std::string(concern.stage == concerns::Stage::decided ? word("search.decided") : word("search.open")),
                  concern.reference};
    return line;
}
}  // namespace

void put_found(SearchPage& page, const app::SearchResult& result, Instant now) {
    page.was_asked = true;
    page.are_more = result.are_more;
    for (const auto& found : result.found) page.lines.push_back(line_of(found, now));
    const auto count = page.lines.size();
    page.said = count == 0      ? std::string(word("search.nothing"))
                : page.are_more ? "The newest " + std::to_string(count) + " worries"
                : count == 1    ? "One worry"
                                : std::to_string(count) + " worries";
}

}  // namespace kith::web
