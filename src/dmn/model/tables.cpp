// Decision tables from XML.
#include <algorithm>

#include "dmn/model/loader.hpp"
#include "dmn/table/compiled.hpp"
#include "dmn/table/decide.hpp"

namespace kith::dmn {
namespace {
std::optional<HitPolicy> policy_of(std::string_view name) {
    if (name.empty() || name == "UNIQUE" || name == "U") return HitPolicy::unique;
    if (name == "ANY" || name == "A") return HitPolicy::any;
    if (name == "PRIORITY" || name == "P") return HitPolicy::priority;
    if (name == "FIRST" || name == "F") return HitPolicy::first;
    if (name == "RULE ORDER" || name == "R") return HitPolicy::rule_order;
    if (name == "OUTPUT ORDER" || name == "O") return HitPolicy::output_order;
    if (name == "COLLECT" || name == "C") return HitPolicy::collect;
    return std::nullopt;
}

std::optional<Aggregation> aggregation_of(std::string_view name) {
    if (name.empty()) return Aggregation::none;
    if (name == "SUM" || name == "+") return Aggregation::sum;
    if (name == "MIN" || name == "<") return Aggregation::minimum;
    if (name == "MAX" || name == ">") return Aggregation::maximum;
    if (name == "COUNT" || name == "#") return Aggregation::count;
    return std::nullopt;
}

std::string_view text_in(const XmlElement* holder) {
    const XmlElement* text = holder != nullptr ? holder->child("text") : nullptr;
    return text != nullptr ? std::string_view(text->text) : std::string_view{};
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }
}  // namespace

InputClause Loader::input_clause(const XmlElement& xml, const Scope* scope, const Place& place) {
    InputClause out;
    out.label = keep(xml.attribute("label"));
    const XmlElement* expression = xml.child("inputExpression");
    if (expression == nullptr) {
        add(FaultKind::structure, "an input has no expression", place.document, &xml, place.where);
        out.expression = failed();
        return out;
    }
    out.text = keep(normal_name(text_in(expression)));
    if (out.label.empty()) out.label = out.text;
    out.expression = text_expression(*expression, scope, place);
    const Type* declared = type_of(place.document, *expression);
    // The variable's own type says more than the clause's, where that only repeats what it is built on.
    const Type* own = out.expression->type;
    const bool repeats = declared != nullptr && declared->name.empty() && declared->kind == own->kind;
    out.type = declared != nullptr && !repeats ? declared : own;
    const XmlElement* allowed = xml.child("inputValues");
    if (allowed != nullptr && !is_blank(text_in(allowed))) {
        Place inner = place;
        inner.where += ", allowed values of input \"" + std::string(out.label) + "\"";
        out.allowed = unary_tests(*allowed, scope, out.type->base != nullptr ? out.type->base : out.type, inner);
    }
    return out;
}

// Output values, in order, where each of them is a literal.
std::span<const Value> Loader::priorities(const Node* allowed) {
    std::vector<Value> out;
    if (allowed == nullptr || allowed->op == Op::test_any) return {};
    std::vector<const Node*> tests{allowed};
    if (allowed->op == Op::tests) tests.assign(allowed->kids.begin(), allowed->kids.end());
    Evaluator evaluator(model_->arena_, model_->zones_, Mode::lenient, {});
    for (const Node* test : tests) {
        if (test->op != Op::test_value || test->uses_input) return {};
        out.push_back(evaluator.evaluate(test->kid(0), nullptr));
    }
    return model_->arena_.keep(out);
}

OutputClause Loader::output_clause(const XmlElement& xml, const Scope* scope, const Type* whole, const Place& place) {
    OutputClause out;
    out.name = keep(normal_name(xml.attribute("name")));
    const Type* declared = type_of(place.document, xml);
    if (declared == nullptr && whole != nullptr) {
        if (const Field* field = whole->field(out.name))
            declared = field->type;
        else if (!whole->is(TypeKind::context))
            declared = whole;
    }
    if (declared != nullptr) out.type = declared;
    Place inner = place;
    inner.where += ", output \"" + std::string(out.name) + "\"";
    const XmlElement* allowed = xml.child("outputValues");
    if (allowed != nullptr && !is_blank(text_in(allowed)))
        out.allowed = unary_tests(*allowed, nullptr, out.type, inner);
    out.priorities = priorities(out.allowed != nullptr ? out.allowed : out.type->allowed);
    const XmlElement* otherwise = xml.child("defaultOutputEntry");
    if (otherwise != nullptr && !is_blank(text_in(otherwise)))
        out.otherwise = text_expression(*otherwise, scope, inner);
    return out;
}

Rule Loader::rule(const XmlElement& xml, const Table& table, const Scope* scope, const Place& place) {
    Rule out;
    out.id = keep(xml.attribute("id"));
    const XmlElement* description = xml.child("description");
    if (description != nullptr) out.description = keep(std::string_view(description->text));
    const auto cells = [&](const char* name, std::size_t wanted, auto read) {
        const auto entries = xml.all(name);
        if (entries.size() != wanted)
            add(FaultKind::structure,
                "a rule has " + std::to_string(entries.size()) + " cells where " + std::to_string(wanted) +
                    " are asked for",
                place.document, &xml, place.where);
        std::vector<Cell> made(wanted);
        for (std::size_t i = 0; i < wanted; ++i) {
            if (i >= entries.size()) {
                made[i].node = failed();
                continue;
            }
            const XmlElement* text = entries[i]->child("text");
            made[i].position = text != nullptr ? text->position : entries[i]->position;
            made[i].text = keep(text_in(entries[i]));
            made[i].node = read(*entries[i], i);
        }
        return model_->arena_.keep(made);
    };
    out.inputs = cells("inputEntry", table.inputs.size(), [&](const XmlElement& entry, std::size_t i) {
        Place inner = place;
        inner.where += ", input \"" + std::string(table.inputs[i].label) + "\"";
        return unary_tests(entry, scope, table.inputs[i].type, inner);
    });
    out.outputs = cells("outputEntry", table.outputs.size(), [&](const XmlElement& entry, std::size_t i) {
        Place inner = place;
        inner.where += ", output \"" + std::string(table.outputs[i].name) + "\"";
        const Node* node =
            is_blank(text_in(&entry)) ? make(Op::constant, &types::null, {}) : text_expression(entry, scope, inner);
        if (table.outputs.size() > 1 && table.outputs[i].name.empty())
            add(FaultKind::structure, "an output among several has no name", place.document, &entry, inner.where);
        return node;
    });
    std::vector<std::string_view> annotations;
    for (const XmlElement* entry : xml.all("annotationEntry")) annotations.push_back(keep(text_in(entry)));
    out.annotations = model_->arena_.keep(annotations);
    return out;
}

const Node* Loader::table(const XmlElement& xml, const Scope* scope, const Place& place) {
    Table* made = model_->arena_.make<Table>();
    made->name = keep(std::string_view(place.where));
    const auto policy = policy_of(xml.attribute("hitPolicy"));
    const auto aggregation = aggregation_of(xml.attribute("aggregation"));
    if (!policy || !aggregation) {
        add(FaultKind::structure, "there is no such hit policy", place.document, &xml, place.where);
        return failed();
    }
    made->policy = *policy;
    made->aggregation = *aggregation;
    std::vector<InputClause> inputs;
    for (const XmlElement* input : xml.all("input")) inputs.push_back(input_clause(*input, scope, place));
    made->inputs = model_->arena_.keep(inputs);
    const Type* whole = type_of(place.document, xml);
    const bool many =
        *policy == HitPolicy::rule_order || *policy == HitPolicy::output_order || *policy == HitPolicy::collect;
    std::vector<OutputClause> outputs;
    for (const XmlElement* output : xml.all("output"))
        outputs.push_back(output_clause(*output, scope, many && whole != nullptr ? whole->element : whole, place));
    made->outputs = model_->arena_.keep(outputs);
    if (outputs.empty()) add(FaultKind::structure, "a table has no output", place.document, &xml, place.where);
    if (made->aggregation != Aggregation::none && made->aggregation != Aggregation::count && outputs.size() > 1)
        add(FaultKind::structure, "an aggregation takes one output", place.document, &xml, place.where);
    if (*policy == HitPolicy::priority || *policy == HitPolicy::output_order)
        if (std::all_of(outputs.begin(), outputs.end(),
                        [](const OutputClause& output) { return output.priorities.empty(); }))
            add(FaultKind::structure, "this hit policy needs output values in their order", place.document, &xml,
                place.where);
    const auto entries = xml.all("rule");
    if (entries.size() > options_.rules) throw LimitReached{"rules"};
    std::vector<Rule> rules;
    for (const XmlElement* entry : entries) {
        Place inner = place;
        inner.where += ", rule " + std::to_string(rules.size() + 1);
        rules.push_back(rule(*entry, *made, scope, inner));
    }
    made->rules = model_->arena_.keep(rules);
    std::vector<std::string_view> annotations;
    for (const XmlElement* annotation : xml.all("annotation"))
        annotations.push_back(keep(annotation->attribute("name")));
    made->annotation_names = model_->arena_.keep(annotations);
    made->compiled = compile(*made, model_->arena_, model_->zones_);
    model_->tables_.push_back(made);

    const Type* one = outputs.empty() ? &types::any : outputs.front().type;
    if (outputs.size() > 1) {
        Type context{TypeKind::context};
        std::vector<Field> fields;
        fields.reserve(outputs.size());
        for (const OutputClause& output : outputs) fields.push_back({output.name, output.type});
        context.fields = model_->arena_.keep(fields);
        one = model_->arena_.make<Type>(context);
    }
    const Type* type = !many                                    ? one
                       : made->aggregation == Aggregation::none ? types::list_of(model_->arena_, one)
                                                                : &types::number;
    Node* out = make(Op::table, type, {});
    out->table = made;
    return converted(out, whole);
}

}  // namespace kith::dmn
