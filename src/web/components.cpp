#include "web/components.hpp"

#include <algorithm>

namespace kith::web {

using namespace std::chrono_literals;

void Errors::add(const Error& error) { add(error.field, error_word(error)); }

std::string Errors::of(std::string_view field) const {
    const auto found = std::ranges::find(all_, field, &FieldError::field);
    return found == all_.end() ? std::string{} : found->text;
}

std::string Field::described_by(std::string_view before) const {
    std::string ids(before);
    const auto add = [&](std::string_view suffix) {
        if (!ids.empty()) ids += ' ';
        ids.append(at()).append(suffix);
    };
    if (!hint.empty()) add("-hint");
    if (!error.empty()) add("-error");
    return ids;
}

Field named(std::string_view name, const Errors& errors) {
    const std::string key(name);
    return {.name = key,
            .label = std::string(find_word(key + ".label")),
            .hint = std::string(find_word(key + ".hint")),
            .error = errors.of(name)};
}

std::string spoken(Duration time) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(time).count();
    if (minutes < 1) return "less than 1 min";
    if (minutes < 60) return std::to_string(minutes) + " min";
    const auto hours = minutes / 60;
    if (hours < 48) {
        const auto rest = minutes % 60;
        return std::to_string(hours) + " h" + (rest == 0 ? "" : ' ' + std::to_string(rest) + " min");
    }
    return std::to_string(hours / 24) + " days";
}

Clock clock_until(Instant until, Instant now, std::chrono::minutes soon) {
    Clock clock{.until = to_rfc3339(until), .soon_minutes = static_cast<int>(soon.count())};
    if (now >= until) {
        clock.pressure = Pressure::late;
        clock.text = "Late by " + spoken(now - until);
    } else {
        clock.pressure = until - now <= soon ? Pressure::soon : Pressure::calm;
        clock.text = spoken(until - now) + " left";
        clock.text.front() = clock.text.front() == 'l' ? 'L' : clock.text.front();
    }
    return clock;
}

}  // namespace kith::web
