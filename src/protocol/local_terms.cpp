#include "protocol/local_terms.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "protocol/telephone.hpp"

namespace kith::protocol {
namespace {

using std::chrono::minutes;

constexpr std::size_t kLongestTerm = 400;
constexpr int kDayOfMinutes = 24 * 60;

std::vector<std::string> words_in(std::string_view text, char at) {
    std::vector<std::string> words;
    for (const std::string_view piece : text::split(text, at))
        if (std::string word = text::tidy(piece); !word.empty()) words.push_back(std::move(word));
    return words;
}

std::optional<int> read_number(std::string_view text, int least, int most) {
    int value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size() || value < least || value > most) return std::nullopt;
    return value;
}

Result<LocalValue> read_telephone(std::string_view text) {
    const auto pieces = text::split(text, ',');
    const std::string number = text::tidy(pieces[0]);
    if (pieces.size() > 2 || !is_plausible_telephone(number))
        return fail(Code::invalid, "not a telephone number that can be dialled here", "value");
    if (pieces.size() == 1) return TelephoneTerm{number, {}};
    const auto option = words_in(pieces[1], ' ');
    if (option.size() != 2 || option[0] != "option" || !is_plausible_option(option[1]))
        return fail(Code::invalid, "an option is written: option 1", "value");
    return TelephoneTerm{number, option[1]};
}

/// "60 min" or "2 h", at most thirty days.
std::optional<minutes> read_duration(std::string_view text) {
    const auto words = words_in(text, ' ');
    if (words.size() != 2) return std::nullopt;
    const int unit = words[1] == "min" ? 1 : words[1] == "h" ? 60 : 0;
    const auto number = read_number(words[0], 1, unit == 60 ? 30 * 24 : 30 * kDayOfMinutes);
    if (unit == 0 || !number) return std::nullopt;
    return minutes(*number * unit);
}

constexpr std::array<std::string_view, 7> kShortDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// First and last weekday of "mon", "mon-fri"; 7 stands for bank holidays.
std::optional<std::pair<std::size_t, std::size_t>> read_days(std::string_view text) {
    const std::string lower = text::ascii_lower(text);
    if (lower == "holidays") return std::pair<std::size_t, std::size_t>{7, 7};
    const auto ends = text::split(lower, '-');
    if (ends.size() > 2) return std::nullopt;
    const auto first = std::ranges::find(kShortDays, ends.front());
    const auto last = std::ranges::find(kShortDays, ends.back());
    if (first == kShortDays.end() || last == kShortDays.end() || last < first) return std::nullopt;
    return std::pair<std::size_t, std::size_t>{first - kShortDays.begin(), last - kShortDays.begin()};
}

Result<LocalValue> read_hours(std::string_view text) {
    if (text == "always") return clocks::OpeningHours::always();
    std::array<clocks::Spans, 8> days;
    for (const std::string& group : words_in(text, ';')) {
        const auto words = words_in(group, ' ');
        const auto range = read_days(words[0]);
        if (!range || words.size() < 2)
            return fail(Code::invalid, "opening hours read like Mon-Fri 08:30-17:00", "value");
        for (std::size_t i = 1; i < words.size(); ++i) {
            const auto span = clocks::parse_span(words[i]);
            if (!span) return fail(Code::invalid, "a time span reads like 08:30-17:00", "value");
            for (std::size_t day = range->first; day <= range->second; ++day) days[day].push_back(*span);
        }
    }
    std::array<clocks::Spans, 7> week;
    std::copy(days.begin(), days.begin() + 7, week.begin());
    auto hours = clocks::OpeningHours::create(std::move(week), std::move(days[7]));
    if (!hours) return fail(Code::invalid, "opening hours overlap", "value");
    if (*hours == clocks::OpeningHours{}) return fail(Code::invalid, "opening hours that never open", "value");
    return *std::move(hours);
}

Result<LocalValue> read_escalation(std::string_view text) {
    std::vector<minutes> around;
    for (const std::string& word : words_in(text, ',')) {
        const auto number = read_number(word, -kDayOfMinutes, kDayOfMinutes);
        if (!number || (!around.empty() && minutes(*number) <= around.back()))
            return fail(Code::invalid, "escalation is a rising list of minutes such as -15, 0, 30", "value");
        around.emplace_back(*number);
    }
    return around;
}

Result<LocalValue> read_written_form(std::string_view text) {
    const auto pieces = text::split(text, ':');
    const auto within = read_duration(text::tidy(pieces[0]));
    if (pieces.size() != 2 || !within || *within % std::chrono::hours(1) != minutes(0))
        return fail(Code::invalid, "a written form reads like 48 h: stakeholder, guardian", "value");
    WrittenForm form{std::chrono::duration_cast<std::chrono::hours>(*within), {}, {Channel::telephone}};
    for (const std::string& word : words_in(pieces[1], ',')) {
        const auto category = named<Category>(word);
        if (!category) return fail(Code::invalid, "unknown category of teller", "value");
        form.owed_by.push_back(*category);
    }
    if (form.owed_by.empty()) return fail(Code::invalid, "nobody owes the written form", "value");
    return form;
}

Result<LocalValue> read_value(TermKey key, std::string_view text) {
    const bool may_be_none = key == TermKey::reply_clock || key == TermKey::escalation || key == TermKey::written_form;
    if (may_be_none && text == "none") return NoneDecided{};
    switch (key) {
        case TermKey::contact_number:
        case TermKey::out_of_hours_contact:
        case TermKey::designated_officer_contact:
            return read_telephone(text);
        case TermKey::opening_hours:
            return read_hours(text);
        case TermKey::who_receives:
        case TermKey::who_decides:
        case TermKey::who_answers: {
            const auto duty = named<Duty>(text);
            if (!duty) return fail(Code::invalid, "unknown duty", "value");
            return *duty;
        }
        case TermKey::reply_clock: {
            const auto within = read_duration(text);
            if (!within) return fail(Code::invalid, "a clock reads like 60 min, 2 h or none", "value");
            return *within;
        }
        case TermKey::escalation:
            return read_escalation(text);
        case TermKey::written_form:
            return read_written_form(text);
        case TermKey::guardian_definition:
            return std::string(text);
    }
    return fail(Code::invalid, "unknown term", "key");
}

}  // namespace

Result<void> LocalTerms::set(TermKey key, std::string_view text, LocalDecision decision) {
    const std::string tidy = text::tidy(text);
    if (tidy.empty() || tidy.size() > kLongestTerm || !text::is_clean_utf8(tidy))
        return fail(Code::invalid, "the term is empty or too long", "value");
    decision.decider = text::tidy(decision.decider);
    if (decision.decider.empty() || decision.decider.size() > kLongestTerm || !text::is_clean_utf8(decision.decider))
        return fail(Code::invalid, "the decider is not named", "decider");
    if (!decision.on.ok()) return fail(Code::invalid, "not a day", "decided_on");
    LocalValue value = KITH_TRY(read_value(key, tidy));
    terms_.insert_or_assign(key, LocalTerm{std::move(value), tidy, std::move(decision)});
    return {};
}

const LocalTerm* LocalTerms::find(TermKey key) const {
    const auto at = terms_.find(key);
    return at == terms_.end() ? nullptr : &at->second;
}

std::string_view question_of(TermKey key) {
    switch (key) {
        case TermKey::contact_number:
            return "Which telephone number do people ring, and which option do they press?";
        case TermKey::out_of_hours_contact:
            return "Which number answers when the front door is closed?";
        case TermKey::designated_officer_contact:
            return "Whom do staff ring about someone who works or volunteers with children (the designated officer)?";
        case TermKey::opening_hours:
            return "When is the front door staffed?";
        case TermKey::who_receives:
            return "Who takes what people tell?";
        case TermKey::who_decides:
            return "Who decides what is done?";
        case TermKey::who_answers:
            return "Who answers the person who told?";
        case TermKey::reply_clock:
            return "How soon after receipt is the answer due, if there is a time for it?";
        case TermKey::escalation:
            return "How many minutes before and after that time is an unanswered worry raised further?";
        case TermKey::written_form:
            return "Is a written form owed after a call, within how many hours, and by whom?";
        case TermKey::guardian_definition:
            return "What is a guardian? The text names them and does not say.";
    }
    return {};
}

LocalTerms demonstration_terms(const Pack& pack, Day on) {
    LocalTerms terms;
    const auto invent = [&](TermKey key, std::string_view text) {
        if (!pack.is_locally_decided(key)) return;
        const auto done = terms.set(key, text, {"Demonstration", on});
        KITH_CHECK(done.has_value());
    };
    invent(TermKey::contact_number, "01632 960201");
    invent(TermKey::out_of_hours_contact, "01632 960202");
    invent(TermKey::opening_hours, "Mon-Fri 09:00-17:00");
    invent(TermKey::who_receives, "duty_worker");
    invent(TermKey::who_decides, "manager");
    invent(TermKey::who_answers, "manager");
    invent(TermKey::reply_clock, "none");
    invent(TermKey::escalation, "none");
    invent(TermKey::written_form, "none");
    invent(TermKey::guardian_definition,
           "A person, service or organisation who has agreed with the council, in writing, what they do to keep local "
           "children safe.");
    return terms;
}

}  // namespace kith::protocol
