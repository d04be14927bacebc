#include "dmn/feel/scope.hpp"

#include "dmn/feel/letters.hpp"

namespace kith::dmn {

std::string normal_name(std::string_view name) {
    std::string out;
    bool space = false;
    for (std::size_t at = 0; at < name.size();) {
        const std::size_t from = at;
        if (letters::is_space(letters::next(name, at))) {
            space = !out.empty();
            continue;
        }
        if (space) out += ' ';
        space = false;
        out += name.substr(from, at - from);
    }
    return out;
}

std::string written_name(std::string_view name) {
    const bool plain = !name.empty() && name.find_first_of(".,:=#\"[](){}") == std::string_view::npos &&
                       name.find("->") == std::string_view::npos;
    return plain ? std::string(name) : "`" + std::string(name) + "`";
}

Found find(const Scope* scope, std::string_view name) {
    Found out;
    for (std::uint32_t depth = 0; scope != nullptr; scope = scope->parent, ++depth) {
        out.depth = depth;
        if (scope->form == Scope::Form::item) {
            if (const Field* field = scope->item->field(name)) {
                out.form = Found::Form::entry;
                out.type = field->type;
                return out;
            }
            if (name == "item") {
                out.form = Found::Form::item;
                out.type = scope->item;
                return out;
            }
            if (scope->item->is(TypeKind::any) || (scope->item->is(TypeKind::context) && scope->item->fields.empty())) {
                out.behind_unknown_item = true;
                out.unknown_depth = depth + 1;
            }
        }
        if (scope->names.empty()) continue;
        const auto place = scope->places.find(std::string(name));
        if (place == scope->places.end()) continue;
        out.form = Found::Form::slot;
        out.index = place->second;
        out.type = scope->names[place->second].type;
        return out;
    }
    return out;
}

}  // namespace kith::dmn
