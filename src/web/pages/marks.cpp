#include "web/pages/marks.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "core/concerns/marks.hpp"
#include "ui/components.hpp"
#include "web/pages/say.hpp"

namespace kith::web {
namespace {
std::optional<std::size_t> number_in(std::string_view text) {
    std::size_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return number;
}
}  // namespace

std::string name_of(const concerns::MarkedWords& mark) {
    return std::string(concerns::spec_of(mark.field).name) + ':' + std::to_string(mark.from) + ':' +
           std::to_string(mark.to);
}

std::optional<concerns::MarkedWords> mark_named(std::string_view name) {
    const auto parts = text::split(name, ':');
    if (parts.size() != 3) return std::nullopt;
    const auto field = concerns::field_named(parts[0]);
    const auto from = number_in(parts[1]), to = number_in(parts[2]);
    if (!field || !from || !to) return std::nullopt;
    return concerns::MarkedWords{*field, *from, *to};
}

namespace {
/// The written form's own words, where they differ.
void put_marks_of_form(MarksPage& page, const concerns::Account& call, const concerns::Account& form) {
    const auto here = [](std::string_view field) { return say("told", field) + ", in the form"; };
    for (const auto& spec : concerns::field_specs()) {
        const bool is_text = spec.shape == concerns::Shape::line || spec.shape == concerns::Shape::words;
        if (!is_text || form.known(spec.field).empty() || form.known(spec.field) == call.known(spec.field)) continue;
        if (call.known(spec.field).empty())
            page.fields.push_back({.value = std::string(spec.name), .text = say("told", spec.name)});
        page.told.push_back({.key = here(spec.name),
                             .html = piece([&](Html& o) { ui::marked(o, concerns::stretches(form, spec.field)); })});
    }
    for (const auto& mark : form.marked)
        if (std::ranges::find(call.marked, mark) == call.marked.end())
            page.marks.push_back({here(concerns::spec_of(mark.field).name),
                                  std::string(form.known(mark.field).substr(mark.from, mark.to - mark.from)),
                                  name_of(mark), mark.instead, "mark_instead-" + std::to_string(page.marks.size())});
}
}  // namespace

void put_marks(MarksPage& page, ConcernId id, const concerns::Account& account, const concerns::Account* form) {
    page.action = Url::path("/concerns/{}/marks", id);
    page.back = Url::path("/concerns/{}", id);
    for (const auto& spec : concerns::field_specs()) {
        const bool is_text = spec.shape == concerns::Shape::line || spec.shape == concerns::Shape::words;
        if (!is_text || account.known(spec.field).empty()) continue;
        const std::string label = say("told", spec.name);
        page.fields.push_back({.value = std::string(spec.name), .text = label});
        page.told.push_back(
            {.key = label, .html = piece([&](Html& o) { ui::marked(o, concerns::stretches(account, spec.field)); })});
    }
    if (form != nullptr) put_marks_of_form(page, account, *form);
    for (const auto& mark : account.marked)
        page.marks.push_back({say("told", concerns::spec_of(mark.field).name),
                              std::string(account.known(mark.field).substr(mark.from, mark.to - mark.from)),
                              name_of(mark), name_of(mark) == page.trouble_with ? page.typed_instead : mark.instead,
                              name_of(mark) == page.trouble_with
                                  ? "mark_instead"
                                  : "mark_instead-" + std::to_string(page.marks.size())});
}

}  // namespace kith::web
