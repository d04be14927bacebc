#include "core/concerns/account.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace kith::concerns {
namespace {
constexpr std::array<std::string_view, 4> kSubjects{"child", "family", "group", "place"};
constexpr std::array<std::string_view, 5> kParts{"unknown", "leads", "forced", "bullied", "follows"};
constexpr std::size_t kLine = 200, kWords = 4000;
constexpr std::string_view kGap = "[…]";

char letter_of(Form form) { return form == Form::child_or_family ? 'c' : form == Form::group ? 'g' : 'p'; }

template <std::size_t N>
std::size_t index_of(const std::array<std::string_view, N>& names, std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

bool is_option(const FieldSpec& spec, std::string_view value) {
    if (value == kDontKnow) return true;
    if (spec.shape == Shape::yes_no) return value == "yes" || value == "no";
    const auto options = text::split(spec.options, ' ');
    if (spec.shape == Shape::choice) return std::ranges::find(options, value) != options.end();
    return std::ranges::all_of(text::split(value, ' '),
                               [&](std::string_view one) { return std::ranges::find(options, one) != options.end(); });
}

std::optional<Problem> problem_with(Field field, const std::string& value) {
    const FieldSpec& spec = spec_of(field);
    if (!text::is_clean_utf8(value)) return Problem{field, Problem::Kind::not_text};
    if (text::length(value) > spec.most_characters) return Problem{field, Problem::Kind::too_long};
    const bool is_text = spec.shape == Shape::line || spec.shape == Shape::words;
    if (!is_text && !value.empty() && !is_option(spec, value)) return Problem{field, Problem::Kind::not_an_option};
    return std::nullopt;
}

template <class... Text>
std::optional<Problem::Kind> problem_with_lines(const Text&... lines) {
    std::optional<Problem::Kind> found;
    for (const std::string* line : {&lines...}) {
        if (!text::is_clean_utf8(*line))
            found = Problem::Kind::not_text;
        else if (text::length(*line) > kLine)
            found = Problem::Kind::too_long;
    }
    return found;
}
}  // namespace

Form form_of(Subject subject) {
    switch (subject) {
        case Subject::child:
        case Subject::family:
            return Form::child_or_family;
        case Subject::group:
            return Form::group;
        case Subject::place:
            return Form::place;
    }
    throw Bug("a subject without a form");
}

const std::vector<FieldSpec>& field_specs() {
    using enum Field;
    static const std::vector<FieldSpec> specs{
        {what_seen, "what_seen", Shape::words, kWords, "cgp", ""},
        {place_name, "place_name", Shape::line, kLine, "p", ""},
        {place_address, "place_address", Shape::words, 400, "p", ""},
        {where_seen, "where_seen", Shape::words, 1000, "cg", ""},
        {when_seen, "when_seen", Shape::words, 1000, "cgp", ""},
        {worry, "worry", Shape::words, kWords, "cgp", ""},
        {how_known, "how_known", Shape::choice, kLine, "cgp", "saw child_said told guess"},
        {names_known, "names_known", Shape::yes_no, kLine, "cgp", ""},
        {names, "names", Shape::words, 1000, "cgp", ""},
        {nicknames, "nicknames", Shape::line, kLine, "cgp", ""},
        {ages, "ages", Shape::line, kLine, "cgp", ""},
        {looks, "looks", Shape::words, 1000, "cgp", ""},
        {address, "address", Shape::words, 400, "c", ""},
        {where_now, "where_now", Shape::line, 400, "cg", ""},
        {others_at_home, "others_at_home", Shape::words, 1000, "c", ""},
        {under_18_at_home, "under_18_at_home", Shape::yes_no, kLine, "c", ""},
        {interpreter, "interpreter", Shape::line, kLine, "cgp", ""},
        {group_name, "group_name", Shape::line, kLine, "gp", ""},
        {group_behaviour, "group_behaviour", Shape::words, kWords, "gp", ""},
        {who_leads, "who_leads", Shape::line, 400, "gp", ""},
        {anyone_forced, "anyone_forced", Shape::yes_no, kLine, "gp", ""},
        {who_forced, "who_forced", Shape::line, 400, "gp", ""},
        {anyone_bullied, "anyone_bullied", Shape::yes_no, kLine, "gp", ""},
        {who_bullied, "who_bullied", Shape::line, 400, "gp", ""},
        {by_whom, "by_whom", Shape::line, 400, "gp", ""},
        {adults_involved, "adults_involved", Shape::yes_no, kLine, "cgp", ""},
        {works_with_children, "works_with_children", Shape::yes_no, kLine, "cgp", ""},
        {design_features, "design_features", Shape::choices, kLine, "p", "lighting seclusion unmonitored"},
        {design_other, "design_other", Shape::line, 400, "p", ""},
        {times_of_day, "times_of_day", Shape::choices, kLine, "p", "morning afternoon after_school evening night"},
        {weekdays, "weekdays", Shape::choices, kLine, "p", "monday tuesday wednesday thursday friday saturday sunday"},
        {term_or_holiday, "term_or_holiday", Shape::choice, kLine, "p", "term holiday both"},
        {rung_999_by, "rung_999_by", Shape::choice, kLine, "", "caller us nobody"},
        {rung_999_at, "rung_999_at", Shape::line, kLine, "", ""},
        {police_log, "police_log", Shape::line, kLine, "", ""},
        {must_not_see, "must_not_see", Shape::words, 1000, "", ""},
        {safe_way, "safe_way", Shape::words, 1000, "", ""},
    };
    return specs;
}

const FieldSpec& spec_of(Field field) {
    const auto at = std::ranges::find(field_specs(), field, &FieldSpec::field);
    KITH_CHECK(at != field_specs().end());
    return *at;
}

std::optional<Field> field_named(std::string_view name) {
    const auto at = std::ranges::find(field_specs(), name, &FieldSpec::name);
    if (at == field_specs().end()) return std::nullopt;
    return at->field;
}

bool belongs(Field field, Form form) { return spec_of(field).forms.find(letter_of(form)) != std::string_view::npos; }

std::vector<std::string_view> options_of(Field field) {
    const FieldSpec& spec = spec_of(field);
    if (spec.shape == Shape::yes_no) return {"yes", "no"};
    return spec.options.empty() ? std::vector<std::string_view>{} : text::split(spec.options, ' ');
}

std::string_view Account::answer(Field field) const {
    const auto at = answers.find(field);
    return at == answers.end() ? std::string_view{} : std::string_view(at->second);
}

std::string_view Account::known(Field field) const {
    const auto value = answer(field);
    return value == kDontKnow ? std::string_view{} : value;
}

std::vector<Field> needed(Subject subject) {
    // HAC-021, 023: what, where, the worry. HAC-029: of a place, what and the worry; the place itself is the where.
    if (subject == Subject::place) return {Field::what_seen, Field::place_name, Field::worry};
    return {Field::what_seen, Field::where_seen, Field::worry};
}

std::vector<Problem> problems_on_call(const Account& account) {
    std::vector<Problem> found;
    for (const FieldSpec& spec : field_specs()) {
        const auto at = account.answers.find(spec.field);
        if (at == account.answers.end()) continue;
        if (const auto problem = problem_with(spec.field, at->second)) found.push_back(*problem);
    }
    for (const ToldPerson& person : account.people)
        if (const auto kind = problem_with_lines(person.name, person.nickname, person.age, person.looks))
            found.push_back({Field::names, *kind});
    for (const ToldAdult& adult : account.adults)
        if (const auto kind = problem_with_lines(adult.name, adult.looks))
            found.push_back({Field::adults_involved, *kind});
    return found;
}

std::vector<Problem> problems_so_far(const Account& account) {
    std::vector<Problem> found;
    const Form form = form_of(account.subject);
    for (const FieldSpec& spec : field_specs())
        if (account.answers.contains(spec.field) && !belongs(spec.field, form))
            found.push_back({spec.field, Problem::Kind::wrong_form});
    for (const Problem& problem : problems_on_call(account))
        if (std::ranges::find(found, problem.field, &Problem::field) == found.end()) found.push_back(problem);
    return found;
}

Account carried_to_its_form(Account account) {
    std::string& words = account.answers[Field::what_seen];
    for (const FieldSpec& spec : field_specs()) {
        if (spec.forms.empty() || belongs(spec.field, form_of(account.subject))) continue;
        const auto at = account.answers.find(spec.field);
        if (at == account.answers.end()) continue;
        std::string line(spec.name);
        line.front() = static_cast<char>(line.front() - 'a' + 'A');
        std::ranges::replace(line, '_', ' ');
        line += ": " + at->second;
        const std::string longer = words.empty() ? line : words + '\n' + line;
        if (!at->second.empty() && text::length(longer) > spec_of(Field::what_seen).most_characters) continue;
        if (!at->second.empty()) words = longer;
        account.answers.erase(at);
    }
    if (words.empty()) account.answers.erase(Field::what_seen);
    return account;
}

std::vector<Problem> problems(const Account& account) {
    std::vector<Problem> found = problems_so_far(account);
    const auto fields = needed(account.subject);
    for (const Field field : fields)
        if (account.answer(field).empty()) found.push_back({field, Problem::Kind::empty});
    const bool nothing_known = std::ranges::all_of(fields, [&](Field field) { return account.known(field).empty(); });
    if (found.empty() && nothing_known) found.push_back({Field::worry, Problem::Kind::empty});
    // HAC-020: a name said to be known is asked for.
    if (account.known(Field::names_known) == "yes" && account.known(Field::names).empty() && account.people.empty())
        found.push_back({Field::names, Problem::Kind::empty});
    return found;
}

bool is_incomplete(const Account& account) {
    return std::ranges::any_of(needed(account.subject), [&](Field f) { return account.known(f).empty(); });
}

std::string label(const ToldPerson& person, std::size_t number) {
    if (!person.name.empty()) return person.name;
    if (!person.nickname.empty()) return "“" + person.nickname + "”";
    return "Person " + std::to_string(number);
}

std::string masked(const Account& account, Field field) {
    const std::string_view value = account.known(field);
    std::string out;
    std::size_t done = 0;
    for (const MarkedWords& mark : account.marked) {
        if (mark.field != field || mark.from < done || mark.to <= mark.from || mark.to > value.size()) continue;
        out += value.substr(done, mark.from - done);
        out += mark.instead.empty() ? std::string_view(kGap) : std::string_view(mark.instead);
        done = mark.to;
    }
    out += value.substr(done);
    return out;
}

namespace {
/// "9" is told as "about 9"; whoever typed "about 9" or "Year 4" said it themselves.
std::string about(const std::string& age) { return text::is_digits(age) ? "about " + age : age; }
}  // namespace

std::string heading(const Account& account) {
    constexpr std::size_t kShort = 60;
    const auto first = [&](std::initializer_list<Field> fields) {
        for (const Field field : fields)
            if (std::string found = masked(account, field); !found.empty()) return text::shorten(found, kShort);
        return std::string();
    };
    std::string name;
    if (account.subject == Subject::place)
        name = first({Field::place_name, Field::place_address});
    else if (account.subject == Subject::group)
        name = first({Field::group_name});
    if (name.empty() && !account.people.empty()) {
        name = label(account.people.front(), 1);
        if (!account.people.front().age.empty()) name += ", " + about(account.people.front().age);
        if (account.people.size() > 1) name += " and " + std::to_string(account.people.size() - 1) + " more";
    }
    if (name.empty()) name = first({Field::names});
    if (name.empty() && !account.known(Field::nicknames).empty()) name = "“" + first({Field::nicknames}) + "”";
    if (!name.empty()) {
        if (account.people.empty() && account.subject == Subject::child && !account.known(Field::ages).empty())
            name += ", " + about(first({Field::ages}));
        return text::shorten(name, 80);
    }
    switch (account.subject) {
        case Subject::child:
            return "A child, name not known";
        case Subject::family:
            return "A family, name not known";
        case Subject::group:
            return "A group, names not known";
        case Subject::place:
            return "A place, not named";
    }
    throw Bug("a subject without a heading");
}

std::string first_words(const Account& account, std::size_t characters) {
    for (const Field field : {Field::worry, Field::what_seen, Field::group_behaviour, Field::where_seen})
        if (const std::string words = masked(account, field); !words.empty()) {
            std::string line = text::shorten(words, characters);
            std::ranges::replace(line, '\n', ' ');
            return line;
        }
    return {};
}

std::string_view name_of(Subject subject) { return kSubjects[static_cast<std::size_t>(subject)]; }
std::optional<Subject> subject_named(std::string_view name) {
    const auto at = index_of(kSubjects, name);
    return at == kSubjects.size() ? std::nullopt : std::optional(static_cast<Subject>(at));
}
std::string_view name_of(Part part) { return kParts[static_cast<std::size_t>(part)]; }
std::optional<Part> part_named(std::string_view name) {
    const auto at = index_of(kParts, name);
    return at == kParts.size() ? std::nullopt : std::optional(static_cast<Part>(at));
}

namespace {
constexpr std::uint32_t kVersion = 2;  // 1 had gaps only, and nothing to read in their place
// A sealed account is decoded with lists no longer than a person could have typed.
constexpr std::uint32_t kMost = 500;
}  // namespace

Bytes encode(const Account& account) {
    Bytes out;
    append_u32(out, kVersion);
    append_piece(out, as_bytes(name_of(account.subject)));
    append_u32(out, static_cast<std::uint32_t>(account.answers.size()));
    for (const auto& [field, value] : account.answers) {
        append_piece(out, as_bytes(spec_of(field).name));
        append_piece(out, as_bytes(value));
    }
    append_u32(out, static_cast<std::uint32_t>(account.people.size()));
    for (const ToldPerson& person : account.people) {
        for (const auto* piece : {&person.name, &person.nickname, &person.age, &person.looks})
            append_piece(out, as_bytes(*piece));
        append_piece(out, as_bytes(name_of(person.part)));
    }
    append_u32(out, static_cast<std::uint32_t>(account.adults.size()));
    for (const ToldAdult& adult : account.adults)
        for (const auto* piece : {&adult.name, &adult.looks}) append_piece(out, as_bytes(*piece));
    append_u32(out, static_cast<std::uint32_t>(account.marked.size()));
    for (const MarkedWords& mark : account.marked) {
        append_piece(out, as_bytes(spec_of(mark.field).name));
        append_u32(out, static_cast<std::uint32_t>(mark.from));
        append_u32(out, static_cast<std::uint32_t>(mark.to));
        append_piece(out, as_bytes(mark.instead));
    }
    return out;
}

Result<Account> decode(BytesView bytes) {
    const auto refused = [] { return fail(Code::betrayed, "an account that does not decode"); };
    ByteReader in(bytes);
    const auto version = in.u32();
    if (version != 1 && version != kVersion) return refused();
    Account account;
    const auto subject = subject_named(as_text(in.piece()));
    if (!subject) return refused();
    account.subject = *subject;
    const auto count = [&] { return std::min(in.u32(), kMost + 1); };
    for (auto n = count(); n > 0 && in.ok(); --n) {
        const auto field = field_named(as_text(in.piece()));
        if (!field) return refused();
        account.answers[*field] = in.text();
    }
    for (auto n = count(); n > 0 && in.ok(); --n) {
        ToldPerson person{in.text(), in.text(), in.text(), in.text(), Part::unknown};
        const auto part = part_named(as_text(in.piece()));
        if (!part) return refused();
        person.part = *part;
        account.people.push_back(std::move(person));
    }
    for (auto n = count(); n > 0 && in.ok(); --n) account.adults.push_back({in.text(), in.text()});
    for (auto n = count(); n > 0 && in.ok(); --n) {
        const auto field = field_named(as_text(in.piece()));
        if (!field) return refused();
        const std::size_t from = in.u32();
        const std::size_t to = in.u32();
        account.marked.push_back({*field, from, to, version == kVersion ? in.text() : std::string()});
    }
    if (!in.at_end()) return refused();
    return account;
}

}  // namespace kith::concerns
