#include "web/handlers/administrator/fields.hpp"

#include <charconv>

#include "base/text.hpp"

namespace kith::web {
namespace {
template <class N>
std::optional<N> number(std::string_view text) {
    N out{};
    const auto done = std::from_chars(text.data(), text.data() + text.size(), out);
    if (done.ec != std::errc() || done.ptr != text.data() + text.size()) return std::nullopt;
    return out;
}
constexpr const char* kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};
}  // namespace

TypedDay TypedDay::of(const std::optional<Day>& day) {
    if (!day) return {};
    return {std::to_string(static_cast<unsigned>(day->day())), std::to_string(static_cast<unsigned>(day->month())),
            std::to_string(static_cast<int>(day->year())), day};
}

TypedDay TypedDay::read(const http::Form& form, std::string_view field) {
    const auto part = [&](std::string_view name) {
        return text::tidy(form.get(std::string(field) + '_' + std::string(name)));
    };
    TypedDay out{part("day"), part("month"), part("year"), std::nullopt};
    const auto day = number<unsigned>(out.day), month = number<unsigned>(out.month);
    const auto year = number<int>(out.year);
    if (!day || !month || !year || *year < 1900 || *year > 2200) return out;
    const Day made{std::chrono::year(*year), std::chrono::month(*month), std::chrono::day(*day)};
    if (made.ok()) out.value = made;
    return out;
}

std::string meaning_of_guardian(const protocol::Questions& questions) {
    const auto meaning = questions.meaning_of_guardian();
    std::string clauses;
    for (const auto& clause : meaning.clauses()) clauses += (clauses.empty() ? "" : ", ") + clause;
    if (meaning.asks_a_person()) return std::string(word("guardian.undecided")) + " (" + clauses + ").";
    if (!meaning.locally_decided_by()) return meaning.value();
    return meaning.value() + " Locally decided by " + meaning.locally_decided_by()->decider + ", " +
           day_text(meaning.locally_decided_by()->on) + "; the text names guardians and does not define them (" +
           clauses + ").";
}

std::string day_text(const Day& day) {
    return std::to_string(static_cast<unsigned>(day.day())) + ' ' + kMonths[static_cast<unsigned>(day.month()) - 1] +
           ' ' + std::to_string(static_cast<int>(day.year()));
}

std::string roles_text(parties::Roles roles) {
    std::string out;
    for (const auto role : roles.list()) {
        const std::string says(find_word("role." + std::string(parties::name_of(role))));
        out += out.empty() ? says : ", " + text::ascii_lower(says);
    }
    return out;
}

std::vector<Choice> role_choices() {
    std::vector<Choice> out;
    for (std::size_t i = 0; i < parties::kRoles; ++i) {
        const std::string name(parties::name_of(static_cast<parties::Role>(i)));
        out.push_back({.value = name,
                       .text = std::string(find_word("role." + name)),
                       .hint = std::string(find_word("role_does." + name))});
    }
    return out;
}

parties::Roles roles_of(const std::vector<std::string_view>& names) {
    unsigned bits = 0;
    for (const auto name : names)
        if (const auto role = parties::role_named(name)) bits |= parties::Roles{*role}.bits();
    return parties::Roles::from_bits(bits);
}

std::string text_of(std::string_view field) { return text::tidy(field); }

}  // namespace kith::web
