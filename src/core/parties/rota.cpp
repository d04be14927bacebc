#include "core/parties/rota.hpp"

#include <algorithm>

namespace kith::parties {

std::vector<MemberId> on_duty(const std::vector<Shift>& shifts, Seat seat, Instant at) {
    std::vector<Shift> there;
    for (const Shift& shift : shifts)
        if (shift.seat == seat && shift.from <= at && at < shift.until) there.push_back(shift);
    std::ranges::sort(there, {}, [](const Shift& s) { return std::pair(s.from, s.member); });
    std::vector<MemberId> out;
    for (const Shift& shift : there)
        if (std::ranges::find(out, shift.member) == out.end()) out.push_back(shift.member);
    return out;
}

std::vector<Shift> coming_on(const std::vector<Shift>& shifts, Seat seat, Instant at) {
    std::vector<Shift> later;
    for (const Shift& shift : shifts)
        if (shift.seat == seat && shift.from > at) later.push_back(shift);
    std::ranges::sort(later, {}, [](const Shift& s) { return std::pair(s.from, s.member); });
    std::vector<Shift> out;
    for (const Shift& shift : later)
        if (std::ranges::find(out, shift.member, &Shift::member) == out.end()) out.push_back(shift);
    return out;
}

std::vector<Gap> gaps(const std::vector<Shift>& shifts, Instant from, Instant until) {
    std::vector<Gap> out;
    for (const Seat seat : {Seat::manager, Seat::custodian}) {
        std::vector<Shift> own;
        for (const Shift& shift : shifts)
            if (shift.seat == seat && shift.until > from && shift.from < until) own.push_back(shift);
        std::ranges::sort(own, {}, &Shift::from);
        Instant covered = from;
        for (const Shift& shift : own) {
            if (shift.from > covered) out.push_back({seat, covered, shift.from});
            covered = std::max(covered, shift.until);
        }
        if (covered < until) out.push_back({seat, covered, until});
    }
    return out;
}

std::optional<MemberId> receiver(const std::vector<Shift>& shifts, Instant at,
                                 const std::vector<MemberId>& passed_over) {
    for (const MemberId& member : on_duty(shifts, Seat::manager, at))
        if (std::ranges::find(passed_over, member) == passed_over.end()) return member;
    return std::nullopt;
}

}  // namespace kith::parties
