// How long there is, as people say it.
#pragma once
#include <string>

#include "base/instant.hpp"

namespace kith::clocks {

enum class Mood { calm, soon, late };

struct TimeLeft {
    Mood mood;
    std::string words;  ///< "2 h 5 min left", "11 min left", "late by 7 min"
    friend bool operator==(const TimeLeft&, const TimeLeft&) = default;
};

/// Late from `due` itself on; soon when no more than `soon` is left. Minutes are whole and rounded down, so that
/// nobody is told they have more than they have.
TimeLeft time_left(Instant now, Instant due, std::chrono::minutes soon);

}  // namespace kith::clocks
