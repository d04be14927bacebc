// What somebody told: the account of a worry, field by field, in their own words. Nothing here says who told it.
//
// Four subjects are told on three forms (PLY-016, HAC-015). A field belongs to one or more forms; nothing is compulsory
// but what the form needs, and "I don't know" answers any field.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace kith::concerns {

enum class Subject { child, family, group, place };
enum class Form { child_or_family, group, place };
Form form_of(Subject subject);

/// The same word in code, form, sealed text and ui/words.
enum class Field {
    what_seen,  // HAC-021, 023, 029
    where_seen,
    when_seen,
    worry,
    how_known,
    names_known,  // HAC-020
    names,
    nicknames,  // HAC-024
    ages,
    looks,
    address,
    where_now,
    others_at_home,
    under_18_at_home,
    interpreter,
    group_name,       // HAC-022
    group_behaviour,  // HAC-025
    who_leads,
    anyone_forced,
    who_forced,
    anyone_bullied,
    who_bullied,
    by_whom,
    adults_involved,      // HAC-026
    works_with_children,  // one of those adults, paid or not: the designated officer is told as well
    place_name,           // HAC-027
    place_address,
    design_features,  // HAC-031
    design_other,
    times_of_day,  // HAC-032
    weekdays,
    term_or_holiday,
    rung_999_by,  // of a call, on no form: what the desk itself did and must know (front-door 2, 8)
    rung_999_at,
    police_log,
    must_not_see,
    safe_way,  // to reach the child or adult themselves, whoever told
};

enum class Shape {
    line,     ///< one line of text
    words,    ///< several lines of text
    yes_no,   ///< yes, no, dont_know
    choice,   ///< one of the field's options
    choices,  ///< any of the field's options
};

struct FieldSpec {
    Field field;
    std::string_view name;
    Shape shape;
    std::size_t most_characters;
    std::string_view forms;    ///< letters: c child_or_family, g group, p place; none: the desk's own
    std::string_view options;  ///< space separated, for choice and choices
};

/// Every field, in the order in which a person is asked.
const std::vector<FieldSpec>& field_specs();
const FieldSpec& spec_of(Field field);
std::optional<Field> field_named(std::string_view name);
bool belongs(Field field, Form form);
std::vector<std::string_view> options_of(Field field);

constexpr std::string_view kDontKnow = "dont_know";

enum class Part { unknown, leads, forced, bullied, follows };

/// A child or young person as told: a name if there is one, else a temporary label (HAC-022).
struct ToldPerson {
    std::string name, nickname, age, looks;
    Part part = Part::unknown;
    friend bool operator==(const ToldPerson&, const ToldPerson&) = default;
};

/// An adult of concern, kept apart from the family and restricted (HAC-026, 030).
struct ToldAdult {
    std::string name, looks;
    friend bool operator==(const ToldAdult&, const ToldAdult&) = default;
};

/// Words in a field that would show who told; byte offsets into the answer.
struct MarkedWords {
    Field field = Field::what_seen;
    std::size_t from = 0, to = 0;
    std::string instead{};  ///< what others read in their place; empty: a gap
    friend bool operator==(const MarkedWords&, const MarkedWords&) = default;
};

struct Account {
    Subject subject = Subject::child;
    std::map<Field, std::string> answers;  ///< tidied text; options by name, several joined by one space
    std::vector<ToldPerson> people;
    std::vector<ToldAdult> adults;
    std::vector<MarkedWords> marked;

    /// The answer, empty when not answered or "I don't know".
    std::string_view known(Field field) const;
    std::string_view answer(Field field) const;
    friend bool operator==(const Account&, const Account&) = default;
};

struct Problem {
    Field field;
    enum class Kind { empty, too_long, not_text, not_an_option, wrong_form } kind;
    friend bool operator==(const Problem&, const Problem&) = default;
};

/// The parts this form must have before it can be sent: what, where and the worry; a place supplies its own where.
/// "I don't know" answers them, but not all of them.
std::vector<Field> needed(Subject subject);
/// Everything that keeps the account from being sent, in the order of the form. Empty means it can be.
std::vector<Problem> problems(const Account& account);
/// Only what is wrong with what is there; for drafts and calls, where anything may still be missing.
std::vector<Problem> problems_so_far(const Account& account);
/// The same while a call lasts: answers to another kind of worry may stand, since the kind may be changed back.
std::vector<Problem> problems_on_call(const Account& account);
/// Answers that are on another form than this kind's go to the end of the words, each under its field's name, where
/// they fit; one that does not fit stays where it is. Nothing that was said is lost.
Account carried_to_its_form(Account account);
/// PLY-020: accepted though parts are missing, and shown as incomplete.
bool is_incomplete(const Account& account);

/// "Jay", about 9 / Steps behind the shops / Five or six Year 9s: how people at the desk call it, from the reporter's
/// own words, without marked ones. `number` labels the unnamed ("Person 2").
std::string heading(const Account& account);
/// One line of the worry itself, without marked words.
std::string first_words(const Account& account, std::size_t characters);
std::string label(const ToldPerson& person, std::size_t number);

/// `text` with every marked stretch of `field` replaced by a visible gap (PLY-031, HAC-036).
std::string masked(const Account& account, Field field);

/// Length-prefixed bytes with a version in front; decode refuses anything encode does not write.
Bytes encode(const Account& account);
Result<Account> decode(BytesView bytes);

std::string_view name_of(Subject subject);
std::optional<Subject> subject_named(std::string_view name);
std::string_view name_of(Part part);
std::optional<Part> part_named(std::string_view name);

}  // namespace kith::concerns
