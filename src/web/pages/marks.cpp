#include "web/pages/marks.hpp"

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

void put_marks(MarksPage& page, ConcernId id, const concerns::Account& account) {
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
    for (const auto& mark : account.marked)
        page.marks.push_back({say("told", concerns::spec_of(mark.field).name),
                              std::string(account.known(mark.field).substr(mark.from, mark.to - mark.from)),
                              name_of(mark), name_of(mark) == page.trouble_with ? page.typed_instead : mark.instead,
                              name_of(mark) == page.trouble_with
                                  ? "mark_instead"
                                  : "mark_instead-" + std::to_string(page.marks.size())});
}

}  // namespace kith::web
