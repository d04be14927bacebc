#include "app/receiver.hpp"

#include <algorithm>

#include "app/intake.hpp"

namespace kith::app {
using parties::Role;

Result<void> tell_unattended(Visit& visit, const concerns::Concern& concern) {
    const auto excluded = KITH_TRY(visit.tables.concerns().excluded(concern.id));
    const auto shifts = KITH_TRY(visit.tables.members().rota(concern.front_door, visit.now, visit.now + Duration(1)));
    for (const MemberRow& row : KITH_TRY(visit.tables.members().all())) {
        const bool manages_here = row.roles.has(Role::manager) && row.front_door == concern.front_door;
        const bool on_call = std::ranges::find(shifts, row.id, &parties::Shift::member) != shifts.end();
        const bool is_told = manages_here || on_call || row.roles.has(Role::administrator);
        if (is_told && !row.shut_out && std::ranges::find(excluded, row.id) == excluded.end())
            KITH_TRY(visit.tell(row.id, Notice::unattended));
    }
    return {};
}

Result<void> tell_of_receipt(Visit& visit, const concerns::Concern& concern) {
    if (!concern.with) return tell_unattended(visit, concern);
    return visit.tell(*concern.with,
                      concern.danger == concerns::DangerMark::none ? Notice::worry_waiting : Notice::danger_marked);
}

namespace {
/// Whether they were told of an addition too short a while ago: a code must not become a way to flood people's post.
/// What this front door wrote in between begins anew, for it may have been written before the addition was read.
Result<bool> was_told_just_now(Visit& visit, const concerns::Concern& concern) {
    constexpr auto kBetween = std::chrono::minutes(10);
    Instant quiet_until{};
    bool now_told = true;
    for (const MessageRow& message : KITH_TRY(visit.tables.threads().messages(concern.id))) {
        if (message.side == Side::front_door) quiet_until = {};
        now_told = message.at >= quiet_until;
        if (now_told && message.side == Side::reporter) quiet_until = message.at + kBetween;
    }
    return !now_told;
}
}  // namespace

Result<void> tell_of_addition(Visit& visit, concerns::Concern concern) {
    if (KITH_TRY(was_told_just_now(visit, concern))) return {};
    if (concern.answered_at) concern.with = KITH_TRY(receiver_of(visit, concern));
    return tell_of_receipt(visit, concern);
}

}  // namespace kith::app
