#include "core/concerns/onward.hpp"

#include <algorithm>
#include <array>

namespace kith::concerns {
namespace {
constexpr std::array<std::string_view, 2> kWhom{"another_area", "designated_officer"};
constexpr std::array<std::string_view, 5> kSteps{"owed", "told", "written", "confirmed", "ended"};

template <class E, std::size_t N>
std::optional<E> named(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return std::nullopt;
    return static_cast<E>(at - names.begin());
}

std::optional<Instant>& time_of(Onward& onward, OnwardStep step) {
    switch (step) {
        case OnwardStep::owed:
            return onward.owed_at;
        case OnwardStep::told:
            return onward.told_at;
        case OnwardStep::written:
            return onward.written_at;
        case OnwardStep::confirmed:
            return onward.confirmed_at;
        case OnwardStep::ended:
            return onward.ended_at;
    }
    throw Bug("a step without a time");
}
}  // namespace

Onward onward_of(const std::vector<OnwardEvent>& events, Whom whom) {
    Onward out;
    for (const OnwardEvent& event : events) {
        if (event.whom != whom) continue;
        if (event.step == OnwardStep::owed && out.ended_at) out = {};
        auto& time = time_of(out, event.step);
        if (!time) time = event.at;
    }
    return out;
}

Result<void> check_step(const Onward& onward, OnwardStep step) {
    if (step == OnwardStep::owed && onward.is_open()) return fail(Code::conflict, "owed already");
    if (step != OnwardStep::owed && !onward.is_open()) return fail(Code::conflict, "nothing is owed");
    return {};
}

bool is_done(const Onward& onward, Whom whom) {
    if (whom == Whom::designated_officer) return onward.told_at || onward.written_at;
    return onward.told_at && onward.written_at && onward.confirmed_at;
}

std::string_view name_of(Whom v) { return kWhom[static_cast<std::size_t>(v)]; }
std::string_view name_of(OnwardStep v) { return kSteps[static_cast<std::size_t>(v)]; }
std::optional<Whom> whom_named(std::string_view n) { return named<Whom>(kWhom, n); }
std::optional<OnwardStep> onward_step_named(std::string_view n) { return named<OnwardStep>(kSteps, n); }

}  // namespace kith::concerns
