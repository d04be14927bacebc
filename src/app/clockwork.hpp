// What happens because time passes: idle calls and waiting worries go to who is on duty, late ones are told of, ways in
// and drafts end, epoch keys are re-wrapped and destroyed. Each step is repeatable; a crash in between loses nothing.
#pragma once
#include <map>
#include <set>

#include "app/clock_watch.hpp"
#include "app/house.hpp"

namespace kith::app {

struct Ticked {
    std::size_t idle_calls = 0, passed_on = 0, told_late = 0, forms_overdue = 0, custodians_told = 0, ways_closed = 0,
                drafts_ended = 0, epochs_ended = 0;
};

/// Remembers who was told of what, in memory.
class Clockwork {
  public:
    explicit Clockwork(House& house) : house_(house) {}
    /// Every few seconds. While the clock is in doubt nothing ends by time.
    Result<Ticked> tick();

  private:
    Result<std::size_t> tell_of_the_late();
    Result<std::size_t> tell_of_forms_overdue();
    Result<std::size_t> close_ways();
    Result<std::size_t> end_epochs();
    Result<void> tell_of_alarms();
    Result<std::size_t> tell_custodians();

    House& house_;
    std::map<ConcernId, std::size_t> told_;
    std::set<ConcernId> forms_told_;
    std::vector<Alarm> alarms_told_;
    std::optional<Instant> custodians_told_;
};

/// Epoch keys are destroyed when they are this old, once no row names them.
constexpr std::int64_t kEpochDays = 8;

}  // namespace kith::app
