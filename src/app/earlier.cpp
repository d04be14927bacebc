#include "app/earlier.hpp"

#include <algorithm>

#include "app/blind_marks.hpp"
#include "app/intake.hpp"
#include "base/text.hpp"
#include "match/name_key.hpp"

namespace kith::app {
namespace {
using concerns::Field;
using concerns::Sameness;
using concerns::SourceLink;

constexpr std::size_t kMostEarlier = 20;

class Search {
  public:
    Search(Visit& visit, const Actor& actor, const ConcernRow& row) : visit_(visit), actor_(actor), row_(row) {}

    Result<void> same(const Telltale& telltale) {
        for (const std::string& key : match::name_keys(telltale.typed)) {
            const Mark mark = blind_mark(visit_.house, telltale.kind, key);
            for (const ConcernId& id : KITH_TRY(visit_.tables.concerns().marked(row_.concern.front_door, mark)))
                KITH_TRY(take(id, telltale.kind));
        }
        return {};
    }

    Result<void> take(ConcernId id, std::string_view because) {
        const bool known = std::ranges::find(found_, id, &EarlierWorry::id) != found_.end();
        if (known || id == row_.concern.id || found_.size() >= kMostEarlier) return {};
        const ConcernRow other = KITH_TRY(visit_.tables.concerns().find(id));
        const auto excluded = KITH_TRY(visit_.tables.concerns().excluded(id));
        const bool is_theirs = other.concern.front_door == row_.concern.front_door &&
                               std::ranges::find(excluded, actor_.member) == excluded.end();
        if (!is_theirs) return {};
        const auto file = KITH_TRY(visit_.file_of(other));
        if (const auto told = account_of(file, other))
            found_.push_back({id, other.concern.reference, concerns::heading(*told), other.concern.received_at,
                              std::string(because)});
        return {};
    }

    std::vector<EarlierWorry> found() { return std::move(found_); }

  private:
    Visit& visit_;
    const Actor& actor_;
    const ConcernRow& row_;
    std::vector<EarlierWorry> found_;
};

Result<std::vector<SourceLink>> links_of(Visit& visit, const ConcernRow& row) {
    std::vector<SourceLink> out;
    const auto file = KITH_TRY(visit.file_of(row));
    const ConcernId id = row.concern.id;
    for (const NoteRow& note : KITH_TRY(visit.tables.concerns().notes(id))) {
        if (note.kind != NoteKind::same_source) continue;
        const auto plain = KITH_TRY(file.open_text(note.sealed_text, "notes", id.bytes(), "text"));
        const auto [is, other] = KITH_TRY(concerns::decode_source(plain.expose()));
        out.push_back({id, other, is});
    }
    return out;
}
}  // namespace

Result<std::vector<EarlierWorry>> earlier_worries(Visit& visit, const Actor& actor, const ConcernRow& row,
                                                  const concerns::Account& account) {
    Search search(visit, actor, row);
    for (const SourceLink& link : KITH_TRY(links_of(visit, row)))
        if (link.is == Sameness::same) KITH_TRY(search.take(link.other, "source"));
    for (const Telltale& telltale : telltales(account)) KITH_TRY(search.same(telltale));
    return search.found();
}

Result<std::optional<PlacePattern>> pattern_of(Visit& visit, const concerns::Account& account,
                                               const std::vector<EarlierWorry>& earlier) {
    if (account.subject != concerns::Subject::place) return std::optional<PlacePattern>();
    PlacePattern pattern;
    const auto count = [](std::string_view values, auto& counts) {
        if (values.empty()) return;
        for (const std::string_view value : text::split(values, ' ')) {
            const auto at = std::ranges::find(counts, value, [](const auto& c) { return std::string_view(c.first); });
            if (at != counts.end())
                ++at->second;
            else
                counts.emplace_back(std::string(value), 1);
        }
    };
    const auto add = [&](const concerns::Account& told) {
        ++pattern.worries;
        count(told.known(Field::times_of_day), pattern.times_of_day);
        count(told.known(Field::weekdays), pattern.weekdays);
        count(told.known(Field::term_or_holiday), pattern.term_or_holiday);
    };
    add(account);
    for (const EarlierWorry& worry : earlier) {
        if (worry.because != "place") continue;
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(worry.id));
        add(KITH_TRY(account_of(KITH_TRY(visit.file_of(row)), row)));
    }
    return std::optional(pattern);
}

Result<std::vector<SourceLink>> source_links(Visit& visit, const ConcernRow& row,
                                             const std::vector<EarlierWorry>& earlier) {
    std::vector<SourceLink> said = KITH_TRY(links_of(visit, row));
    for (const EarlierWorry& worry : earlier)
        for (const SourceLink& link : KITH_TRY(links_of(visit, KITH_TRY(visit.tables.concerns().find(worry.id)))))
            said.push_back(link);
    std::vector<SourceLink> out;
    for (const SourceLink& link : said) {
        const bool is_seen = link.is == Sameness::told_before || link.other == row.concern.id ||
                             std::ranges::find(earlier, link.other, &EarlierWorry::id) != earlier.end();
        if (!is_seen) continue;
        // Said again, it is as it was said last.
        std::erase_if(out, [&](const SourceLink& one) {
            return (one.one == link.one && one.other == link.other) || (one.one == link.other && one.other == link.one);
        });
        out.push_back(link);
    }
    return out;
}

}  // namespace kith::app
