// Time zones, read from the system's TZif files. After a file's last transition its footer's rule goes on for ever, so
// that London has summer in 2050. A local time in a gap is taken with the offset before it, in a fold with the first.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kith::dmn {

/// One rule of a POSIX footer: a day of the year and the second of that day.
struct ZoneDay {
    enum class Form : std::uint8_t { month_week, julian, zero_based } form = Form::month_week;
    int month = 0, week = 0, weekday = 0, day = 0;
    std::int64_t second = 7200;
};

class Zone {
  public:
    /// `nullptr` when the bytes are no TZif file.
    static std::unique_ptr<Zone> read(std::string name, std::string_view bytes);
    const std::string& name() const { return name_; }
    /// Seconds east of UTC at an instant.
    std::int64_t offset_at(std::int64_t utc_seconds) const;
    /// Seconds east for a local time as it is written.
    std::int64_t offset_of_local(std::int64_t local_seconds) const;

  private:
    bool read_footer(std::string_view rule);
    std::int64_t by_footer(std::int64_t utc_seconds) const;
    std::string name_;
    std::vector<std::int64_t> at_;
    std::vector<std::int32_t> offsets_;
    std::int32_t first_offset_ = 0;
    std::int64_t standard_ = 0, summer_ = 0;
    bool has_footer_ = false, has_summer_ = false;
    ZoneDay begins_, ends_;
};

/// The zones of one folder of TZif files, each read when it is first asked for and then kept. Safe between threads.
class Zones {
  public:
    explicit Zones(std::string folder = "/usr/share/zoneinfo") : folder_(std::move(folder)) {}
    /// `nullptr` for a name that the system does not know.
    const Zone* find(std::string_view name) const;

  private:
    std::string folder_;
    mutable std::mutex lock_;
    mutable std::unordered_map<std::string, std::unique_ptr<Zone>> known_;
};

}  // namespace kith::dmn
