// Codes of second factors that were used; a step counts once a member. In memory only (reporters-vault, what a thief
// learns): so after a restart whatever may have been used before it is refused.
#pragma once
#include <map>
#include <mutex>

#include "app/ports/one_time_codes.hpp"
#include "core/ids.hpp"

namespace kith::app {

class UsedCodes {
  public:
    /// Refuses every step that the codes of an earlier process could have been of.
    void refuse_until(Instant start) {
        const std::lock_guard lock(mutex_);
        floor_ = CodeStep{std::chrono::floor<std::chrono::seconds>(start).time_since_epoch().count() / 30};
    }
    /// True once for each member and step, and for none before one that was used.
    bool use(MemberId member, CodeStep step) {
        const std::lock_guard lock(mutex_);
        auto& last = last_.try_emplace(member, floor_).first->second;
        if (step <= last) return false;
        last = step;
        return true;
    }

  private:
    std::mutex mutex_;
    CodeStep floor_{};
    std::map<MemberId, CodeStep> last_;
};

}  // namespace kith::app
