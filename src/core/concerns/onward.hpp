// What is told on to somebody outside. A worry that belongs to another area is told to that front door by telephone and
// in writing, and is ours until they confirm (front-door 21). A worry about someone who works or volunteers with
// children also goes to the designated officer (front-door 8). Each step is a fact of its own; where it stands follows
// from them.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"

namespace kith::concerns {

enum class Whom { another_area, designated_officer };
/// `told` is by telephone. `ended`: there is nothing more to wait for.
enum class OnwardStep { owed, told, written, confirmed, ended };

struct OnwardEvent {
    Whom whom = Whom::another_area;
    OnwardStep step = OnwardStep::owed;
    Instant at{};
    friend bool operator==(const OnwardEvent&, const OnwardEvent&) = default;
};

/// The first of each step; a telling made twice counts from the first.
struct Onward {
    std::optional<Instant> owed_at, told_at, written_at, confirmed_at, ended_at;

    bool is_open() const { return owed_at && !ended_at; }
    /// Since when they have it by telephone and in writing.
    std::optional<Instant> has_it_since() const {
        if (!told_at || !written_at) return std::nullopt;
        return std::max(*told_at, *written_at);
    }
};

/// Where it stands after those events, the oldest first. Owed again after it ended begins anew.
Onward onward_of(const std::vector<OnwardEvent>& events, Whom whom);
/// `conflict` for a step that cannot follow: owed twice, or anything once it has ended.
Result<void> check_step(const Onward& onward, OnwardStep step);
/// Another area: told, written and confirmed. The designated officer: told, by whatever means.
bool is_done(const Onward& onward, Whom whom);

std::string_view name_of(Whom);
std::string_view name_of(OnwardStep);
std::optional<Whom> whom_named(std::string_view);
std::optional<OnwardStep> onward_step_named(std::string_view);

}  // namespace kith::concerns
