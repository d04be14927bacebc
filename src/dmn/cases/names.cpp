#include "dmn/cases/names.hpp"

#include <algorithm>
#include <functional>

namespace kith::dmn::cases {
namespace {
using Known = std::function<bool(const std::string&)>;

// The longest name that is known and ends at a point or at the end; the text is left behind it and its point.
std::optional<std::string> take(std::string_view& text, const Known& known) {
    if (!text.empty() && text.front() == '`') {
        const std::size_t close = text.find('`', 1);
        if (close == std::string_view::npos) return std::nullopt;
        std::string name = normal_name(text.substr(1, close - 1));
        const std::size_t point = text.find_first_not_of(' ', close + 1);
        if (!known(name) || (point != std::string_view::npos && text[point] != '.')) return std::nullopt;
        text = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
        return name;
    }
    for (std::size_t end = text.size();; end = text.rfind('.', end - 1)) {
        if (end == std::string_view::npos || end == 0) return std::nullopt;
        std::string name = normal_name(text.substr(0, end));
        if (!known(name)) continue;
        text = text.substr(std::min(end + 1, text.size()));
        return name;
    }
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

// The entries that the rest of the text names; false where the type has no such entry.
bool take_path(std::string_view text, std::vector<std::string>& path, const Type*& type) {
    while (!text.empty()) {
        text = trimmed(text);
        const bool open = type->is(TypeKind::any) || (type->is(TypeKind::context) && type->fields.empty());
        const auto name = take(text, [&](const std::string& one) {
            return open ? !one.empty() && one.find('.') == std::string::npos : type->field(one) != nullptr;
        });
        if (!name) return false;
        const Field* field = type->field(*name);
        type = field != nullptr ? field->type : &types::any;
        path.push_back(*name);
    }
    return true;
}

const Requirement* required(const Element& asked, const std::string& name) {
    for (const Requirement& one : asked.requirements)
        if (one.name == name) return &one;
    return nullptr;
}

bool can_be_given(const Element& element, const Element& asked) {
    return element.kind == ElementKind::input || (element.kind == ElementKind::decision && &element != &asked);
}

const Element* fact_named(const Model& model, const Element& asked, const std::string& name) {
    if (const Element* input = model.find(ElementKind::input, name)) return input;
    const Requirement* own = required(asked, name);
    if (own != nullptr && own->element != nullptr && can_be_given(*own->element, asked)) return own->element;
    for (const Element& element : model.elements())
        if (element.name == name && can_be_given(element, asked)) return &element;
    return nullptr;
}
}  // namespace

std::optional<Target> find_fact(const Model& model, const Element& asked, std::string_view written) {
    Target out;
    const auto imported = [&](const std::string& name) {
        const Requirement* own = required(asked, name);
        return own != nullptr && own->element == nullptr ? own : nullptr;
    };
    const auto name = take(written, [&](const std::string& one) {
        return fact_named(model, asked, one) != nullptr || imported(one) != nullptr;
    });
    if (!name) return std::nullopt;
    out.element = fact_named(model, asked, *name);
    if (const Requirement* import = imported(*name)) {
        const auto find = [&](const std::string& one) -> const Element* {
            for (const Requirement& inner : import->imported)
                if (inner.name == one && inner.element != nullptr && can_be_given(*inner.element, asked))
                    return inner.element;
            return nullptr;
        };
        written = trimmed(written);
        const auto inner = take(written, [&](const std::string& one) { return find(one) != nullptr; });
        if (!inner) return std::nullopt;
        out.element = find(*inner);
    }
    out.type = out.element->declared != nullptr ? out.element->declared : out.element->type;
    return take_path(written, out.path, out.type) ? std::optional(out) : std::nullopt;
}

std::optional<Output> find_output(const Element& asked, std::string_view written) {
    Output out;
    const Table* table = table_of(asked);
    const Type* whole = asked.declared != nullptr ? asked.declared : asked.type;
    const auto column = [&](const std::string& name) -> std::optional<std::size_t> {
        if (table == nullptr) return std::nullopt;
        for (std::size_t i = 0; i < table->outputs.size(); ++i)
            if (table->outputs[i].name == name && !name.empty()) return i;
        return std::nullopt;
    };
    std::string_view rest = written;
    if (const auto name = take(rest, [&](const std::string& one) { return column(one).has_value(); })) {
        out.column = column(*name);
        out.type = table->outputs[*out.column].type;
        if (take_path(rest, out.path, out.type)) return out;
    }
    out = {};
    rest = written;
    if (take(rest, [&](const std::string& one) { return one == asked.name; })) {
        out.type = table != nullptr && table->outputs.size() == 1 ? table->outputs.front().type : whole;
        if (take_path(rest, out.path, out.type)) return out;
    }
    out = {};
    out.type = whole;
    const bool entries = table == nullptr && (whole->is(TypeKind::context) || whole->is(TypeKind::any));
    if (entries && take_path(written, out.path, out.type)) return out;
    return std::nullopt;
}

std::string with_article(const Type& type) {
    Type plain = type;
    plain.name = {};
    const std::string name = written(plain);
    return (std::string_view("aeiou").find(name.front()) != std::string_view::npos ? "an " : "a ") + name;
}

bool fits(const Value& value, const Type& type) {
    if (value.is_null() || type.is(TypeKind::any)) return true;
    if (value.is(Kind::list) && !type.is(TypeKind::list))
        return value.list().size() == 1 && fits(value.list().front(), type);
    if (type.is(TypeKind::list)) {
        if (type.element == nullptr) return true;
        if (!value.is(Kind::list)) return fits(value, *type.element);
        return std::all_of(value.list().begin(), value.list().end(),
                           [&](const Value& item) { return fits(item, *type.element); });
    }
    if (type.is(TypeKind::date_time) && value.is(Kind::date)) return true;
    if (types::of(value.kind())->kind != type.kind) return false;
    if (!type.is(TypeKind::context)) return true;
    return std::all_of(type.fields.begin(), type.fields.end(), [&](const Field& field) {
        const Value* own = value.context().find(field.name);
        return own != nullptr && fits(*own, *field.type);
    });
}

}  // namespace kith::dmn::cases
