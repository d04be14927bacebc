#include "web/handlers/api/new_concern.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "web/words.hpp"

namespace kith::web {
namespace {
using concerns::Account;
using Kind = Json::Kind;

constexpr std::size_t kLine = 200, kMostPeople = 50;
constexpr std::array<std::string_view, 4> kReporterOwn{"when_safe", "must_not_know", "may_leave_message", "reach"};

/// One object of the request. Each member is asked for by name; `end` names those that nobody asked for.
class Object {
  public:
    Object(const Json* json, std::string at, std::vector<ApiTrouble>& troubles)
        : at_(std::move(at)), troubles_(troubles) {
        if (json == nullptr) return;
        if (json->is(Kind::object))
            json_ = json;
        else
            trouble("", "api.an_object");
    }

    const Json* take(std::string_view name) {
        asked_.insert(name);
        return json_ == nullptr ? nullptr : json_->find(name);
    }
    std::string path(std::string_view name) const { return at_ + '/' + std::string(name); }
    void say(std::string pointer, std::string_view detail) {
        troubles_.push_back({std::move(pointer), std::string(detail)});
    }
    void trouble(std::string_view name, std::string_view key) { say(name.empty() ? at_ : path(name), find_word(key)); }

    std::string text(std::string_view name, std::size_t most) {
        const Json* json = take(name);
        return json == nullptr ? std::string() : text_of(*json, path(name), most);
    }
    std::string text_of(const Json& json, const std::string& pointer, std::size_t most) {
        if (!json.is(Kind::text)) return say(pointer, word("api.a_text")), std::string();
        if (!text::is_clean_utf8(json.text())) return say(pointer, word("api.no_text")), std::string();
        std::string said = text::tidy(json.text());
        if (text::length(said) > most) say(pointer, word("any.too_long"));
        return said;
    }
    std::string needed_text(std::string_view name, std::size_t most) {
        const std::size_t before = troubles_.size();
        std::string said = text(name, most);
        if (said.empty() && troubles_.size() == before) trouble(name, "api.missing");
        return said;
    }
    bool yes(std::string_view name) {
        const Json* json = take(name);
        if (json != nullptr && !json->is(Kind::boolean)) trouble(name, "api.true_or_false");
        return json != nullptr && json->is_true();
    }
    const Json::Items& list(std::string_view name, std::size_t most) {
        static const Json::Items none;
        const Json* json = take(name);
        if (json == nullptr) return none;
        if (!json->is(Kind::array)) return trouble(name, "api.a_list"), none;
        if (json->items().size() > most) return trouble(name, "api.too_long_a_list"), none;
        return json->items();
    }
    void end() {
        if (json_ == nullptr) return;
        for (const auto& [name, value] : json_->members())
            if (!asked_.contains(name)) say(path(escaped(name)), word("api.unknown"));
    }
    std::vector<ApiTrouble>& troubles() { return troubles_; }

  private:
    /// RFC 6901, in a fragment: only what a pointer or an address would read otherwise.
    static std::string escaped(std::string_view name) {
        std::string out;
        for (const char c : text::shorten(text::is_clean_utf8(name) ? name : "?", 60))
            out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
        return out;
    }

    const Json* json_ = nullptr;
    std::string at_;
    std::vector<ApiTrouble>& troubles_;
    std::set<std::string_view> asked_;
};

void read_choices(Object& in, const concerns::FieldSpec& spec, Account& account) {
    const auto options = concerns::options_of(spec.field);
    std::string all;
    std::set<std::string_view> seen;
    std::size_t number = 0;
    for (const Json& item : in.list(spec.name, options.size())) {
        const std::string pointer = in.path(spec.name) + '/' + std::to_string(number++);
        if (!item.is(Kind::text) || std::ranges::find(options, item.text()) == options.end())
            in.say(pointer, word("api.not_an_option"));
        else if (!seen.insert(item.text()).second)
            in.say(pointer, word("api.twice"));
        else
            all += (all.empty() ? "" : " ") + item.text();
    }
    if (!all.empty()) account.answers[spec.field] = all;
}

void read_answers(Object in, Account& account) {
    for (const auto& spec : concerns::field_specs()) {
        if (spec.forms.empty()) continue;  // the desk's own
        if (spec.shape == concerns::Shape::choices) {
            read_choices(in, spec, account);
            continue;
        }
        std::string said = in.text(spec.name, spec.most_characters);
        if (!said.empty()) account.answers[spec.field] = std::move(said);
    }
    in.end();
}

void read_people(Object& root, Account& account) {
    std::size_t number = 0;
    for (const Json& item : root.list("people", kMostPeople)) {
        Object in(&item, root.path("people") + '/' + std::to_string(number++), root.troubles());
        concerns::ToldPerson one{in.text("name", kLine), in.text("nickname", kLine), in.text("age", kLine),
                                 in.text("looks", kLine), concerns::Part::unknown};
        if (const std::string part = in.text("part", kLine); !part.empty()) {
            if (const auto known = concerns::part_named(part))
                one.part = *known;
            else
                in.trouble("part", "api.not_an_option");
        }
        in.end();
        account.people.push_back(std::move(one));
    }
    number = 0;
    for (const Json& item : root.list("adults", kMostPeople)) {
        Object in(&item, root.path("adults") + '/' + std::to_string(number++), root.troubles());
        account.adults.push_back({in.text("name", kLine), in.text("looks", kLine)});
        in.end();
    }
}

void read_reporter(Object in, app::Telling& telling) {
    concerns::Contact& contact = telling.contact;
    contact.name = in.needed_text("name", concerns::kMostContactLine);
    telling.contact.post = in.needed_text("post", concerns::kMostContactLine);
    contact.telephone = in.text("telephone", 40);
    contact.email = in.text("email", concerns::kMostContactLine);
    contact.when_safe = in.text("when_safe", concerns::kMostContactWords);
    contact.must_not_know = in.text("must_not_know", concerns::kMostContactWords);
    contact.may_leave_message = in.yes("may_leave_message");
    if (const std::string reach = in.text("reach", kLine); !reach.empty()) {
        const auto known = concerns::reach_named(reach);
        if (!known) in.trouble("reach", "api.not_an_option");
        contact.reach = known.value_or(contact.reach);
        if (known && *known != concerns::Reach::this_page_only && contact.telephone.empty())
            in.trouble("telephone", "reporter_phone.invalid");
    }
    in.end();
}

/// PLY-026: in an emergency somebody has rung 999, or will, before a form is sent; there is no value that says neither.
void read_danger(Object& root, app::Telling& telling) {
    constexpr std::array<std::string_view, 2> kCalm{"none", "unsure"}, kUrgent{"rung_999", "will_ring_999"};
    const std::string said = root.needed_text("danger", kLine);
    const bool urgent = std::ranges::find(kUrgent, said) != kUrgent.end();
    if (urgent) telling.danger = concerns::DangerMark::by_reporter;
    if (!said.empty() && !urgent && std::ranges::find(kCalm, said) == kCalm.end())
        root.trouble("danger", "api.not_an_option");
}

std::string words_for(const concerns::Problem& problem) {
    using enum concerns::Problem::Kind;
    const std::string_view field = concerns::spec_of(problem.field).name;
    switch (problem.kind) {
        case empty:
            return std::string(error_word(field, "empty"));
        case too_long:
            return std::string(error_word(field, "too_long"));
        case not_text:
            return std::string(word("api.no_text"));
        case not_an_option:
            return std::string(word("api.not_an_option"));
        case wrong_form:
            return std::string(word("api.wrong_form"));
    }
    return std::string(word("any.invalid"));
}
}  // namespace

NewConcern read_new_concern(const Json& body) {
    NewConcern out;
    app::Telling& telling = out.telling;
    Object root(&body, "#", out.troubles);
    if (!body.is(Kind::object)) return out;
    const std::string subject = root.needed_text("subject", kLine);
    if (const auto known = concerns::subject_named(subject))
        telling.account.subject = *known;
    else if (!subject.empty())
        root.trouble("subject", "api.not_an_option");
    read_danger(root, telling);
    if (root.take("account") == nullptr) root.trouble("account", "api.missing");
    read_answers(Object(root.take("account"), root.path("account"), out.troubles), telling.account);
    read_people(root, telling.account);
    if (root.take("reporter") == nullptr)
        root.trouble("reporter", "api.missing");
    else
        read_reporter(Object(root.take("reporter"), root.path("reporter"), out.troubles), telling);
    Object naming(root.take("naming"), root.path("naming"), out.troubles);
    telling.naming = {naming.yes("person"), naming.yes("organisation")};
    naming.end();
    telling.must_not_see = root.text("must_not_see", 1000);
    root.end();
    if (out.troubles.empty())
        for (const auto& problem : concerns::problems(telling.account))
            out.troubles.push_back({pointer_to(concerns::spec_of(problem.field).name), words_for(problem)});
    return out;
}

std::string pointer_to(std::string_view field) {
    constexpr std::string_view kReporter = "reporter_";
    if (field.starts_with(kReporter)) return "#/reporter/" + std::string(field.substr(kReporter.size()));
    if (std::ranges::find(kReporterOwn, field) != kReporterOwn.end()) return "#/reporter/" + std::string(field);
    if (field == "contact") return "#/reporter";
    return "#/account/" + std::string(field);
}

}  // namespace kith::web
