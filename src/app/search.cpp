#include "app/search.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "app/blind_marks.hpp"
#include "app/intake.hpp"
#include "base/text.hpp"
#include "match/name_key.hpp"

namespace kith::app {
namespace {
using concerns::Account;
using concerns::Field;

constexpr std::array<std::string_view, 4> kNames{"what", "where", "worry", "names"};
constexpr std::array<SearchPart, 4> kParts{SearchPart::what, SearchPart::where, SearchPart::worry, SearchPart::names};
constexpr std::size_t kMostTyped = 200, kMostWords = 8;

std::string kind_of(SearchPart part) { return "word_in_" + std::string(name_of(part)); }

Mark mark_of(House& house, SearchPart part, std::string_view word) { return blind_mark(house, kind_of(part), word); }

std::string text_of(const Account& account, SearchPart part) {
    std::string out;
    const auto add = [&](std::string_view text) {
        out += text;
        out += '\n';
    };
    const auto fields = [&](std::initializer_list<Field> all) {
        for (const Field field : all) add(account.known(field));
    };
    switch (part) {
        case SearchPart::what:
            fields({Field::what_seen, Field::when_seen, Field::group_behaviour, Field::looks});
            break;
        case SearchPart::where:
            fields({Field::where_seen, Field::place_name, Field::place_address, Field::address, Field::where_now});
            break;
        case SearchPart::worry:
            fields({Field::worry});
            break;
        case SearchPart::names:
            fields({Field::names, Field::nicknames, Field::group_name, Field::who_leads});
            for (const auto& person : account.people) add(person.name + ' ' + person.nickname);
            for (const auto& adult : account.adults) add(adult.name);
            break;
    }
    return out;
}

using Places = std::map<ConcernId, std::set<SearchPart>>;

/// Where each worry has this word, of those parts.
Result<Places> places_of(Visit& visit, std::string_view word, std::span<const SearchPart> parts) {
    Places out;
    for (const SearchPart part : parts)
        for (const ConcernId& id :
             KITH_TRY(visit.tables.concerns().marked(visit.actor.front_door, mark_of(visit.house, part, word))))
            out[id].insert(part);
    return out;
}

/// Worries that have every word, with all the parts in which any of them stands.
Result<Places> places_of_all(Visit& visit, const std::vector<std::string>& words, std::span<const SearchPart> parts) {
    Places all = KITH_TRY(places_of(visit, words.front(), parts));
    for (std::size_t i = 1; i < words.size(); ++i) {
        const Places more = KITH_TRY(places_of(visit, words[i], parts));
        std::erase_if(all, [&](const auto& one) { return !more.contains(one.first); });
        for (auto& [id, in] : all) in.insert(more.at(id).begin(), more.at(id).end());
    }
    return all;
}

/// The newest first, whoever asks.
Result<std::vector<std::pair<ConcernRow, std::set<SearchPart>>>> newest_first(Visit& visit, const Places& places) {
    std::vector<std::pair<ConcernRow, std::set<SearchPart>>> out;
    for (const auto& [id, in] : places) out.emplace_back(KITH_TRY(visit.tables.concerns().find(id)), in);
    std::ranges::sort(out, [](const auto& a, const auto& b) {
        return a.first.concern.received_at > b.first.concern.received_at ||
               (a.first.concern.received_at == b.first.concern.received_at && a.first.concern.id < b.first.concern.id);
    });
    return out;
}

/// What the asker may not read is neither opened nor counted.
Result<bool> may_read(Visit& visit, const ConcernRow& row) {
    const Facts facts = KITH_TRY(visit.facts_of(row));
    const bool is_someone_elses_call = facts.on_call && facts.taken_by != visit.actor.member;
    return !is_someone_elses_call && Gate::ask(visit.actor, Act::read_concern, facts).has_value();
}
}  // namespace

std::string_view name_of(SearchPart part) { return kNames[static_cast<std::size_t>(part)]; }

std::optional<SearchPart> search_part_named(std::string_view name) {
    const auto at = std::ranges::find(kNames, name);
    if (at == kNames.end()) return std::nullopt;
    return static_cast<SearchPart>(at - kNames.begin());
}

std::vector<Mark> search_marks(House& house, const Account& account) {
    std::vector<Mark> out;
    for (const SearchPart part : kParts)
        for (const std::string& word : match::word_keys(text_of(account, part)))
            out.push_back(mark_of(house, part, word));
    return out;
}

Result<SearchResult> search(House& house, const Actor& actor, std::string_view typed, std::optional<SearchPart> part) {
    if (typed.size() > kMostTyped) return fail(Code::invalid, "too long", "search_words");
    auto words = match::word_keys(typed);
    if (words.size() > kMostWords) words.resize(kMostWords);
    return visiting(house, actor, [&](Visit& visit) -> Result<SearchResult> {
        const Permit permit = KITH_TRY(visit.ask(Act::search, {.front_door = actor.front_door}));
        if (words.empty()) return fail(Code::invalid, "no word to look for", "search_words");
        const std::span<const SearchPart> parts =
            part ? std::span(kParts).subspan(static_cast<std::size_t>(*part), 1) : std::span(kParts);
        const auto rows = KITH_TRY(newest_first(visit, KITH_TRY(places_of_all(visit, words, parts))));
        SearchResult out;
        // The rule book is asked only as far as what is shown: a word that is everywhere does not hold up the writer.
        for (const auto& [row, in] : rows) {
            if (!KITH_TRY(may_read(visit, row))) continue;
            if (out.found.size() == kMostFound) {
                out.are_more = true;
                break;
            }
            const auto file = KITH_TRY(visit.file_of(row));
            const auto plain = file.open(row.sealed_account.bytes, kConcernTable, row.concern.id.bytes(), "account");
            const auto account = plain ? concerns::decode(plain->expose()) : Result<Account>(Failure(plain.error()));
            if (!account) continue;  // the queue shows it as one that does not open
            out.found.push_back({row.concern,
                                 concerns::heading(*account),
                                 concerns::first_words(*account, 140),
                                 {in.begin(), in.end()}});
        }
        KITH_TRY(visit.record(permit, {.act = "searched",
                                       .clauses = KITH_TRY(visit.questions(actor.front_door)).who_receives().clauses(),
                                       .facts = {{"found", std::to_string(out.found.size())},
                                                 {"part", part ? std::string(name_of(*part)) : "any"}}}));
        return out;
    });
}

}  // namespace kith::app
