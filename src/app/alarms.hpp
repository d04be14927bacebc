// What administrators and custodians must be told of, while it lasts. Raised anywhere and at once; the clockwork puts
// each on the ledger when it begins and when it ends. No alarm ever keeps a worry from being taken.
#pragma once
#include <mutex>
#include <set>
#include <string_view>
#include <vector>

namespace kith::app {

enum class Alarm {
    key_list_unusable,  ///< older than the number outside the store, or the first list does not verify
    key_list_refused,   ///< newer lists do not verify; the last good one is in use
    custody_file,       ///< the signed list outside is missing, damaged or another's
    list_number_file,   ///< the highest number outside is missing or damaged
    gone_list,          ///< the list of what is gone is missing, damaged or an older one: no way in opens
    gone_unlisted,      ///< it could not be written: what is gone waits for it
    clock_in_doubt,     ///< the wall clock was moved, or is far past the last checkpoint: nothing ends by time
};
std::string_view name_of(Alarm alarm);

class Alarms {
  public:
    void set(Alarm alarm, bool lasts) {
        const std::lock_guard lock(mutex_);
        if (lasts)
            now_.insert(alarm);
        else
            now_.erase(alarm);
    }
    bool has(Alarm alarm) const {
        const std::lock_guard lock(mutex_);
        return now_.contains(alarm);
    }
    std::vector<Alarm> all() const {
        const std::lock_guard lock(mutex_);
        return {now_.begin(), now_.end()};
    }

  private:
    mutable std::mutex mutex_;
    std::set<Alarm> now_;
};

}  // namespace kith::app
