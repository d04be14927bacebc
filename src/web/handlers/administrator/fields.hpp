// What the forms of people, parties, settings and the rota share: days in three boxes, roles by their words.
#pragma once
#include <optional>
#include <string>

#include "core/parties/member.hpp"
#include "protocol/questions.hpp"
#include "web/components.hpp"
#include "web/http/form.hpp"

namespace kith::web {

/// Three boxes as typed, and the day they make: nothing where they are empty or make none.
struct TypedDay {
    std::string day, month, year;
    std::optional<Day> value;
    bool is_empty() const { return day.empty() && month.empty() && year.empty(); }
    /// Something is there, and it is no day.
    bool is_wrong() const { return !is_empty() && !value; }
    DateInput input(Field field) const { return {std::move(field), day, month, year}; }

    static TypedDay of(const std::optional<Day>& day);
    static TypedDay read(const http::Form& form, std::string_view field);
};

/// "22 November 2026"
std::string day_text(const Day& day);
/// "Manager, custodian"
std::string roles_text(parties::Roles roles);
/// What a guardian is here, and where the text leaves that undefined: that it does, and who decided it when (PLY-012).
std::string meaning_of_guardian(const protocol::Questions& questions);
std::vector<Choice> role_choices();
parties::Roles roles_of(const std::vector<std::string_view>& names);
std::string text_of(std::string_view field);

}  // namespace kith::web
