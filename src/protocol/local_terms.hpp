// What a text leaves open, as an administrator decided it: each value with its decider and date. No value is borrowed
// from another area's pack.
#pragma once
#include <map>
#include <variant>

#include "base/error.hpp"
#include "protocol/pack.hpp"

namespace kith::protocol {

struct LocalDecision {
    std::string decider;  ///< name and post, as it is shown beside the rule
    Day on{};
    friend bool operator==(const LocalDecision&, const LocalDecision&) = default;
};

struct TelephoneTerm {
    std::string number;
    std::string option;
    friend bool operator==(const TelephoneTerm&, const TelephoneTerm&) = default;
};
/// Decided: there is none. Not the same as undecided.
struct NoneDecided {
    friend bool operator==(const NoneDecided&, const NoneDecided&) = default;
};
using LocalValue = std::variant<TelephoneTerm, clocks::OpeningHours, Duty, std::chrono::minutes,
                                std::vector<std::chrono::minutes>, WrittenForm, std::string, NoneDecided>;

struct LocalTerm {
    LocalValue value;
    std::string text;  ///< as it was typed, for showing and storing
    LocalDecision decision;
};

class LocalTerms {
  public:
    /// Reads `text` as the key asks and keeps it, in place of an earlier value. `invalid` with field "value", "decider"
    /// or "decided_on" otherwise. The forms:
    ///   contact_number, out_of_hours_contact   01632 960001        or  01632 960001, option 1
    ///   opening_hours                          Mon-Fri 08:30-17:00; Sat 10:00-13:00 14:00-16:00; holidays 10:00-12:00
    ///                                          or  always   (days not named are closed, and so are holidays)
    ///   who_receives, who_decides, who_answers call_taker  duty_worker  manager
    ///   reply_clock                            60 min  or  2 h  or  none
    ///   escalation                             -15, 0, 30   (minutes around the due time)  or  none
    ///   written_form                           48 h: stakeholder, guardian  or  none
    ///   guardian_definition                    a sentence, in the partnership's own words
    Result<void> set(TermKey key, std::string_view text, LocalDecision decision);
    const LocalTerm* find(TermKey key) const;
    const std::map<TermKey, LocalTerm>& all() const { return terms_; }

  private:
    std::map<TermKey, LocalTerm> terms_;
};

/// What the key asks for, in a sentence, for the administrator's form.
std::string_view question_of(TermKey key);

/// Invented values for every term the pack leaves open, decided by "Demonstration". Only for a demonstration.
LocalTerms demonstration_terms(const Pack& pack, Day on);

}  // namespace kith::protocol
