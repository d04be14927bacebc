// Item definitions to types. A definition may refer to another, also in an imported file, but not to itself.
#include "dmn/model/loader.hpp"

namespace kith::dmn {
namespace {
constexpr std::uint32_t kMostDepth = 64;

std::string_view local(std::string_view name) {
    for (const std::string_view prefix : {"feel:", "feel."})
        if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    return name;
}
}  // namespace

const Type* Loader::type_named(std::size_t index, std::string_view written_name, std::uint32_t depth) {
    if (depth > kMostDepth) throw LimitReached{"nested types"};
    const std::string name = normal_name(local(written_name));
    Document& document = documents_[index];
    const auto known = document.types.find(name);
    if (known != document.types.end()) return known->second;
    const auto definition = document.definitions.find(name);
    if (definition != document.definitions.end()) {
        if (!document.types_at_work.insert(name).second) {
            add(FaultKind::structure, "the type `" + name + "` is made of itself", index, definition->second, {});
            return &types::any;
        }
        const Type* made = define(index, *definition->second, depth + 1);
        document.types_at_work.erase(name);
        document.types[name] = made;
        return made;
    }
    for (const auto& [import, space] : document.imports) {
        const auto files = by_space_.find(space);
        if (files == by_space_.end()) continue;
        std::string_view inner = name;
        if (!import.empty()) {
            if (!name.starts_with(import + ".")) continue;
            inner.remove_prefix(import.size() + 1);
        }
        for (const std::size_t other : files->second)
            if (other != index && documents_[other].definitions.contains(inner))
                return type_named(other, inner, depth + 1);
    }
    return nullptr;
}

const Type* Loader::type_of(std::size_t document, const XmlElement& xml, std::string_view attribute) {
    std::string_view name = xml.attribute(attribute);
    if (name.empty()) return nullptr;
    const Type* found = type_named(document, name);
    if (found == nullptr) found = types::built_in(normal_name(local(name)));
    if (found == nullptr) {
        add(FaultKind::name, "there is no type `" + std::string(name) + "`", document, &xml, {});
        return &types::any;
    }
    return found;
}

const Type* Loader::narrowed(const Type& type, std::size_t document, const XmlElement& xml) {
    const XmlElement* allowed = xml.child("allowedValues");
    const XmlElement* constraint = xml.child("typeConstraint");
    if (allowed == nullptr && constraint == nullptr) return model_->arena_.make<Type>(type);
    Type* made = model_->arena_.make<Type>(type);
    made->base = model_->arena_.make<Type>(type);
    const Place place{document, "type \"" + std::string(type.name) + "\""};
    if (allowed != nullptr)
        made->allowed = unary_tests(
            *allowed, nullptr, type.is(TypeKind::list) && type.element != nullptr ? type.element : made->base, place);
    if (constraint != nullptr) made->allowed = unary_tests(*constraint, nullptr, made->base, place);
    return made;
}

const Type* Loader::define(std::size_t document, const XmlElement& xml, std::uint32_t depth) {
    const std::string name = normal_name(xml.attribute("name"));
    Type made;
    const XmlElement* reference = xml.child("typeRef");
    const std::vector<const XmlElement*> components = xml.all("itemComponent");
    const XmlElement* function = xml.child("functionItem");
    if (function != nullptr) {
        made.kind = TypeKind::function;
        std::vector<const Type*> parameters;
        for (const XmlElement* parameter : function->all("parameters")) {
            const Type* type = type_of(document, *parameter);
            parameters.push_back(type != nullptr ? type : &types::any);
        }
        made.parameters = model_->arena_.keep(parameters);
        made.result = type_of(document, *function, "outputTypeRef");
    } else if (!components.empty()) {
        made.kind = TypeKind::context;
        std::vector<Field> fields;
        for (const XmlElement* component : components) {
            const std::string field = normal_name(component->attribute("name"));
            known_names_.insert(field);
            if (depth > kMostDepth) throw LimitReached{"nested types"};
            fields.push_back({keep(field), define(document, *component, depth + 1)});
        }
        made.fields = model_->arena_.keep(fields);
    } else if (reference != nullptr) {
        const std::string wanted = normal_name(local(reference->text));
        const Type* found = type_named(document, wanted, depth + 1);
        if (found == nullptr) found = types::built_in(wanted);
        if (found == nullptr)
            add(FaultKind::name, "there is no type `" + wanted + "`", document, reference, "type \"" + name + "\"");
        if (found != nullptr) made = *found;
    }
    const bool collection = xml.attribute("isCollection") == "true";
    if (!collection) {
        made.name = keep(name);
        return narrowed(made, document, xml);
    }
    const XmlElement* allowed = xml.child("allowedValues");
    const Type* element = model_->arena_.make<Type>(made);
    if (allowed != nullptr) {  // each item is held to them
        Type* item = model_->arena_.make<Type>(made);
        item->base = element;
        item->allowed = unary_tests(*allowed, nullptr, element, Place{document, "type \"" + name + "\""});
        element = item;
    }
    Type list{TypeKind::list};
    list.name = keep(name);
    list.element = element;
    return model_->arena_.make<Type>(list);
}

}  // namespace kith::dmn
