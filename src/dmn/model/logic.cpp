// Each element's logic, with the scope that its requirements make.
#include "dmn/model/loader.hpp"

namespace kith::dmn {

void Loader::prepare(Element& element) {
    State& state = states_[element.index];
    if (state == State::done) return;
    const std::string where = "\"" + element.name + "\"";
    if (state == State::working) {
        add(FaultKind::structure, "`" + element.name + "` requires itself, directly or by others", element.document,
            element.xml, where);
        return;
    }
    state = State::working;
    if (++depth_ > 400) throw LimitReached{"requirements in a row"};
    const auto prepare_all = [&](const std::vector<Requirement>& requirements) {
        for (const Requirement& one : requirements) {
            if (one.element != nullptr) prepare(model_->elements_[one.element->index]);
            for (const Requirement& inner : one.imported) prepare(model_->elements_[inner.element->index]);
        }
    };
    const XmlElement* variable = element.xml->child("variable");
    element.declared = variable != nullptr ? type_of(element.document, *variable) : nullptr;
    if (element.declared != nullptr && element.kind != ElementKind::knowledge && element.kind != ElementKind::service)
        element.type = element.declared;
    // A function may call itself: what it takes is known before its body is read.
    if (element.kind == ElementKind::knowledge || element.kind == ElementKind::service) {
        Type made{TypeKind::function};
        made.result = &types::any;
        element.type = model_->arena_.make<Type>(made);
        if (element.kind == ElementKind::knowledge) state = State::done;
    }
    prepare_all(element.requirements);
    switch (element.kind) {
        case ElementKind::input:
            break;
        case ElementKind::decision:
            prepare_decision(element);
            break;
        case ElementKind::knowledge:
            prepare_knowledge(element);
            break;
        case ElementKind::service:
            prepare_service(element);
            break;
    }
    states_[element.index] = State::done;
    --depth_;
}

const Type* Loader::context_of(const std::vector<Requirement>& requirements) {
    Type made{TypeKind::context};
    std::vector<Field> fields;
    fields.reserve(requirements.size());
    for (const Requirement& one : requirements) fields.push_back({keep(one.name), one.element->type});
    made.fields = model_->arena_.keep(fields);
    return model_->arena_.make<Type>(made);
}

Scope Loader::scope_of(const Element& element) {
    Scope out;
    for (const Requirement& one : element.requirements)
        out.add(one.name, one.element != nullptr ? one.element->type : context_of(one.imported));
    return out;
}

void Loader::prepare_decision(Element& element) {
    const Scope scope = scope_of(element);
    const XmlElement* logic = first_expression(*element.xml);
    if (logic == nullptr) return;
    element.logic = expression(*logic, &scope, Place{element.document, "decision \"" + element.name + "\""});
    if (element.declared == nullptr) element.type = element.logic->type;
}

void Loader::prepare_knowledge(Element& element) {
    Scope outer = scope_of(element);
    const XmlElement* body = element.xml->child("encapsulatedLogic");
    if (body == nullptr) return;
    const Place place{element.document, "knowledge \"" + element.name + "\""};
    Scope scope;
    scope.parent = &outer;
    for (const XmlElement* parameter : body->all("formalParameter")) {
        const std::string name = normal_name(parameter->attribute("name"));
        const Type* type = type_of(element.document, *parameter);
        element.parameters.push_back(keep(name));
        element.parameter_types.push_back(type != nullptr ? type : &types::any);
        scope.add(name, element.parameter_types.back());
    }
    Type made{TypeKind::function};
    made.parameters = model_->arena_.keep(element.parameter_types);
    made.result =
        element.declared != nullptr && !element.declared->is(TypeKind::function) ? element.declared : &types::any;
    element.type = model_->arena_.make<Type>(made);
    const std::string_view kind = body->attribute("kind");
    if (kind == "Java" || kind == "PMML") {
        add(FaultKind::unsupported, "a function of kind " + std::string(kind) + " is not run here", element.document,
            body, place.where);
        element.logic = make(Op::external, &types::any, {});
        return;
    }
    const XmlElement* logic = first_expression(*body);
    if (logic == nullptr) return;
    element.logic = expression(*logic, &scope, place);
    if (element.declared == nullptr) {
        made.result = element.logic->type;
        element.type = model_->arena_.make<Type>(made);
    }
}

void Loader::prepare_service(Element& element) {
    const auto take = [&](const Element* parameter) {
        prepare(model_->elements_[parameter->index]);
        element.parameters.push_back(keep(parameter->name));
        element.parameter_types.push_back(parameter->declared != nullptr ? parameter->declared : &types::any);
    };
    for (const Element* input : element.inputs) take(input);
    for (const Element* input : element.input_decisions) take(input);
    Type made{TypeKind::function};
    made.parameters = model_->arena_.keep(element.parameter_types);
    made.result = &types::any;
    for (const Element* output : element.outputs) prepare(model_->elements_[output->index]);
    if (element.outputs.size() == 1) made.result = element.outputs.front()->type;
    if (element.outputs.size() > 1) {
        std::vector<Field> fields;
        fields.reserve(element.outputs.size());
        for (const Element* output : element.outputs) fields.push_back({keep(output->name), output->type});
        Type result{TypeKind::context};
        result.fields = model_->arena_.keep(fields);
        made.result = model_->arena_.make<Type>(result);
    }
    element.type = model_->arena_.make<Type>(made);
}

}  // namespace kith::dmn
