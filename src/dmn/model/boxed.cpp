// Boxed expressions as the same tree that FEEL text becomes.
#include "dmn/model/loader.hpp"

namespace kith::dmn {
namespace {
constexpr std::string_view kExpressions[] = {
    "literalExpression", "context",     "relation", "list", "invocation", "functionDefinition",
    "decisionTable",     "conditional", "filter",   "for",  "some",       "every"};

bool is_expression(const XmlElement& xml) {
    for (const std::string_view name : kExpressions)
        if (xml.name == name) return true;
    return false;
}

Scope inside(const Scope* parent, Scope::Form form = Scope::Form::frame) {
    Scope out;
    out.parent = parent;
    out.form = form;
    return out;
}
}  // namespace

const XmlElement* Loader::first_expression(const XmlElement& holder, std::size_t skip) {
    for (const auto& child : holder.children)
        if (child->space == holder.space && is_expression(*child) && skip-- == 0) return child.get();
    return nullptr;
}

ParseWorld Loader::world(std::size_t document) {
    return ParseWorld{model_->arena_, model_->zones_,
                      [this, document](std::string_view name) { return type_named(document, name); }, known_names_,
                      options_.parse};
}

std::span<const std::string_view> Loader::keep(const std::vector<std::string>& names) {
    std::vector<std::string_view> kept;
    kept.reserve(names.size());
    for (const std::string& name : names) kept.push_back(keep(std::string_view(name)));
    return model_->arena_.keep(kept);
}

Node* Loader::make(Op op, const Type* type, const std::vector<const Node*>& kids) {
    Node* node = model_->arena_.make<Node>();
    node->op = op;
    node->type = type;
    node->kids = model_->arena_.keep(kids);
    node->height = height_above(node->kids);
    if (node->height > 2 * options_.parse.height) throw LimitReached{"depth"};
    return node;
}

const Node* Loader::failed() { return make(Op::failed, &types::any, {}); }

const Node* Loader::converted(const Node* node, const Type* type) {
    if (type == nullptr || type->is(TypeKind::any)) return node;
    Node* out = make(Op::convert, type, {node});
    out->tested = type;
    return out;
}

const Node* Loader::text_expression(const XmlElement& holder, const Scope* scope, const Place& place) {
    const XmlElement* text = holder.child("text");
    if (text == nullptr) {
        add(FaultKind::structure, "an expression has no text", place.document, &holder, place.where);
        return failed();
    }
    ParseWorld world = this->world(place.document);
    Faults faults;
    const Node* out = Parser(world, keep(text->text), scope, faults).expression();
    adopt(faults, *text, place);
    return out != nullptr ? out : failed();
}

const Node* Loader::unary_tests(const XmlElement& holder, const Scope* scope, const Type* input, const Place& place) {
    const XmlElement* text = holder.child("text");
    ParseWorld world = this->world(place.document);
    Faults faults;
    const Node* out =
        Parser(world, text != nullptr ? keep(text->text) : std::string_view{}, scope, faults).unary_tests(input);
    if (text != nullptr) adopt(faults, *text, place);
    return out != nullptr ? out : failed();
}

const Node* Loader::expression_in(const XmlElement* holder, const Scope* scope, const Place& place) {
    const XmlElement* inner = holder != nullptr ? first_expression(*holder) : nullptr;
    if (inner != nullptr) return expression(*inner, scope, place);
    if (options_.mode == Mode::strict)
        add(FaultKind::structure, "an expression is missing", place.document, holder, place.where);
    return failed();
}

const Node* Loader::expression(const XmlElement& xml, const Scope* scope, const Place& place) {
    const std::string& name = xml.name;
    if (name == "literalExpression") return converted(text_expression(xml, scope, place), type_of(place.document, xml));
    if (name == "context") return boxed_context(xml, scope, place);
    if (name == "relation") return relation(xml, scope, place);
    if (name == "list") return list(xml, scope, place);
    if (name == "invocation") return invocation(xml, scope, place);
    if (name == "functionDefinition") return function(xml, scope, place);
    if (name == "decisionTable") return table(xml, scope, place);
    if (name == "conditional") return conditional(xml, scope, place);
    if (name == "filter") return filter(xml, scope, place);
    return iteration(xml, scope, place);
}

const Node* Loader::boxed_context(const XmlElement& xml, const Scope* scope, const Place& place) {
    Scope inner = inside(scope);
    std::vector<const Node*> kids;
    std::vector<std::string> names;
    std::vector<Field> fields;
    bool has_result = false;
    for (const XmlElement* entry : xml.all("contextEntry")) {
        const XmlElement* variable = entry->child("variable");
        const Node* value = expression_in(entry, &inner, place);
        if (variable == nullptr) {
            kids.push_back(value);
            names.emplace_back();
            has_result = true;
            break;
        }
        value = converted(value, type_of(place.document, *variable));
        names.push_back(normal_name(variable->attribute("name")));
        known_names_.insert(names.back());
        inner.add(names.back(), value->type);
        fields.push_back({keep(names.back()), value->type});
        kids.push_back(value);
    }
    Type made{TypeKind::context};
    made.fields = model_->arena_.keep(fields);
    const Type* type = has_result ? kids.back()->type : model_->arena_.make<Type>(made);
    Node* out = make(has_result ? Op::boxed_context : Op::context, type, kids);
    out->names = keep(names);
    return converted(out, type_of(place.document, xml));
}

const Node* Loader::relation(const XmlElement& xml, const Scope* scope, const Place& place) {
    std::vector<std::string> names;
    std::vector<const Type*> declared;
    std::vector<Field> fields;
    for (const XmlElement* column : xml.all("column")) {
        names.push_back(normal_name(column->attribute("name")));
        known_names_.insert(names.back());
        declared.push_back(type_of(place.document, *column));
        fields.push_back({keep(names.back()), declared.back() != nullptr ? declared.back() : &types::any});
    }
    Type made{TypeKind::context};
    made.fields = model_->arena_.keep(fields);
    const Type* row_type = model_->arena_.make<Type>(made);
    // The cells of a row do not see each other, so its entries are held outside its own frame.
    std::vector<const Node*> rows;
    for (const XmlElement* row : xml.all("row")) {
        std::vector<const Node*> cells;
        Scope hidden = inside(scope);
        for (std::size_t i = 0; i < names.size(); ++i) {
            const XmlElement* cell = first_expression(*row, i);
            cells.push_back(cell != nullptr ? converted(expression(*cell, &hidden, place), declared[i]) : failed());
        }
        Node* node = make(Op::context, row_type, cells);
        node->names = keep(names);
        rows.push_back(node);
    }
    return converted(make(Op::list, types::list_of(model_->arena_, row_type), rows), type_of(place.document, xml));
}

const Node* Loader::list(const XmlElement& xml, const Scope* scope, const Place& place) {
    std::vector<const Node*> kids;
    const Type* element = &types::null;
    for (const auto& child : xml.children) {
        if (child->space != xml.space || !is_expression(*child)) continue;
        kids.push_back(expression(*child, scope, place));
        element = common(element, kids.back()->type);
    }
    return converted(make(Op::list, types::list_of(model_->arena_, element), kids), type_of(place.document, xml));
}

const Node* Loader::invocation(const XmlElement& xml, const Scope* scope, const Place& place) {
    std::vector<const Node*> kids{expression_in(&xml, scope, place)};
    std::vector<std::string> names;
    for (const XmlElement* binding : xml.all("binding")) {
        const XmlElement* parameter = binding->child("parameter");
        names.push_back(parameter != nullptr ? normal_name(parameter->attribute("name")) : std::string());
        const XmlElement* value = first_expression(*binding);
        const Type* type = parameter != nullptr ? type_of(place.document, *parameter) : nullptr;
        kids.push_back(value != nullptr ? converted(expression(*value, scope, place), type)
                                        : make(Op::constant, &types::null, {}));
    }
    const Node& callee = *kids.front();
    Node* out = nullptr;
    if (callee.op == Op::builtin && callee.index == 0) {
        out = make(Op::builtin, callee.builtin->result, {kids.begin() + 1, kids.end()});
        out->builtin = callee.builtin;
        out->text = callee.text;
        out->index = 1;
    } else {
        out = make(Op::call, callee.type->result != nullptr ? callee.type->result : &types::any, kids);
    }
    out->names = keep(names);
    return converted(out, type_of(place.document, xml));
}

const Node* Loader::function(const XmlElement& xml, const Scope* scope, const Place& place) {
    Scope inner = inside(scope);
    std::vector<std::string> names;
    std::vector<const Type*> parameters;
    for (const XmlElement* parameter : xml.all("formalParameter")) {
        names.push_back(normal_name(parameter->attribute("name")));
        const Type* type = type_of(place.document, *parameter);
        parameters.push_back(type != nullptr ? type : &types::any);
        inner.add(names.back(), parameters.back());
    }
    const std::string_view kind = xml.attribute("kind");
    const Node* body = nullptr;
    if (kind == "Java" || kind == "PMML") {
        add(FaultKind::unsupported, "a function of kind " + std::string(kind) + " is not run here", place.document,
            &xml, place.where);
        body = make(Op::external, &types::any, {});
    } else {
        body = expression_in(&xml, &inner, place);
    }
    Type made{TypeKind::function};
    made.parameters = model_->arena_.keep(parameters);
    made.result = body->type;
    Node* out = make(Op::lambda, model_->arena_.make<Type>(made), {body});
    out->names = keep(names);
    out->parameters = made.parameters;
    return out;
}

const Node* Loader::conditional(const XmlElement& xml, const Scope* scope, const Place& place) {
    const Node* condition = expression_in(xml.child("if"), scope, place);
    const Node* yes = expression_in(xml.child("then"), scope, place);
    const Node* no = expression_in(xml.child("else"), scope, place);
    Node* out = make(Op::choice, common(yes->type, no->type), {condition, yes, no});
    out->index = 1;  // boxed
    return converted(out, type_of(place.document, xml));
}

const Node* Loader::iteration(const XmlElement& xml, const Scope* scope, const Place& place) {
    const Op op = xml.name == "for" ? Op::for_each : xml.name == "some" ? Op::some : Op::every;
    Scope inner = inside(scope);
    const Node* domain = expression_in(xml.child("in"), &inner, place);
    const std::string name = normal_name(xml.attribute("iteratorVariable"));
    const bool holds = domain->type->is(TypeKind::list) || domain->type->is(TypeKind::range);
    inner.add(name, holds && domain->type->element != nullptr ? domain->type->element : &types::any);
    if (op == Op::for_each) inner.add("partial", &types::list);
    const Node* body = expression_in(xml.child(op == Op::for_each ? "return" : "satisfies"), &inner, place);
    Node* out =
        make(op, op == Op::for_each ? types::list_of(model_->arena_, body->type) : &types::boolean, {domain, body});
    out->names = keep(std::vector<std::string>{name});
    out->makes_functions = true;  // whether a boxed body makes functions is not looked into
    return converted(out, type_of(place.document, xml));
}

const Node* Loader::filter(const XmlElement& xml, const Scope* scope, const Place& place) {
    const Node* from = expression_in(xml.child("in"), scope, place);
    Scope inner = inside(scope, Scope::Form::item);
    inner.item = from->type->is(TypeKind::list) && from->type->element != nullptr ? from->type->element : from->type;
    const Node* match = expression_in(xml.child("match"), &inner, place);
    Node* out = make(Op::filter, from->type->is(TypeKind::list) ? from->type : &types::any, {from, match});
    out->makes_functions = true;
    return converted(out, type_of(place.document, xml));
}

}  // namespace kith::dmn
