#include "app/outline.hpp"

#include <algorithm>
#include <array>

#include "app/intake.hpp"
#include "base/london.hpp"

namespace kith::app {
namespace {
using concerns::Concern;
using Stand = OutlineLine::Stand;

Stand stand_of(const Concern& concern) {
    if (concern.stage == concerns::Stage::on_call) return Stand::on_call;
    if (concern.answered_at) return Stand::form_awaited;
    if (concern.stage == concerns::Stage::decided) return Stand::decided;
    return concern.more_asked_at ? Stand::more_asked : Stand::waiting;
}

OutlineLine line_of(const Concern& concern, Instant now) {
    return {.reference = concern.reference,
            .subject = concern.subject,
            .channel = concern.channel,
            .stand = stand_of(concern),
            .in_danger = concern.danger != concerns::DangerMark::none,
            .incomplete = concern.incomplete,
            .late = concerns::is_late(concern, now),
            .unattended = !concern.with && concern.stage != concerns::Stage::on_call,
            .received_at = concern.received_at,
            .reply_due_at = concern.reply_due_at};
}

/// Whether anybody may stand before a screen that shows it: nobody is kept from it, matched or in the teller's words.
Result<bool> is_for_all(Visit& visit, const ConcernRow& row) {
    if (!KITH_TRY(visit.tables.concerns().excluded(row.concern.id)).empty()) return false;
    const auto account = account_of(KITH_TRY(visit.file_of(row)), row);
    return account && account->known(concerns::Field::must_not_see).empty();
}

Result<std::vector<Concern>> seen_by_all(Visit& visit, const std::vector<ConcernRow>& rows) {
    std::vector<Concern> out;
    for (const ConcernRow& row : rows)
        if (KITH_TRY(is_for_all(visit, row))) out.push_back(row.concern);
    return out;
}

Result<Outline> gather(Visit& visit) {
    const FrontDoorId front_door = visit.actor.front_door;
    Outline outline;
    outline.as_of = visit.now;
    auto open = KITH_TRY(seen_by_all(visit, KITH_TRY(visit.tables.concerns().open_at(front_door))));
    std::ranges::sort(open, concerns::comes_before);
    for (const Concern& concern : open) outline.lines.push_back(line_of(concern, visit.now));
    const Instant midnight = london::instant_of({london::day_of(visit.now), std::chrono::minutes(0)});
    for (const Concern& concern :
         KITH_TRY(seen_by_all(visit, KITH_TRY(visit.tables.concerns().answered_since(front_door, midnight)))))
        ++(concerns::is_late(concern, visit.now) ? outline.answered_late : outline.answered_in_time);
    return outline;
}
}  // namespace

std::string_view name_of(Stand stand) {
    constexpr std::array<std::string_view, 5> kNames{"on_call", "waiting", "more_asked", "decided", "form_awaited"};
    return kNames.at(static_cast<std::size_t>(stand));
}

Result<Outline> see_outline(House& house, const Actor& bearer) {
    return visiting(house, bearer, [&](Visit& visit) -> Result<Outline> {
        const Permit permit = KITH_TRY(visit.ask(Act::see_outline, KITH_TRY(visit.facts_of_bearer())));
        Outline outline = KITH_TRY(gather(visit));
        const auto asked = KITH_TRY(visit.questions(bearer.front_door));
        KITH_TRY(visit.record(permit, {.act = "outline_seen",
                                       .clauses = asked.who_receives().clauses(),
                                       .facts = {{"lines", std::to_string(outline.lines.size())}}}));
        return outline;
    });
}

}  // namespace kith::app
