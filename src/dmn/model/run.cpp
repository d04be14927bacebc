#include "dmn/model/run.hpp"

#include "dmn/table/decide.hpp"

namespace kith::dmn {
namespace {
Value run_element(Evaluator& evaluator, const Function& function, std::span<const Value> arguments) {
    return static_cast<Run*>(evaluator.model_run)->invoke(*static_cast<const Element*>(function.element), arguments);
}
}  // namespace

Run::Run(const Model& model, Evaluator& evaluator)
    : model_(model), evaluator_(evaluator), values_(model.elements().size()), states_(model.elements().size()) {
    evaluator_.model_run = this;
    evaluator_.run_table = decide;
}

void Run::reset() {
    std::fill(values_.begin(), values_.end(), Value());
    std::fill(states_.begin(), states_.end(), State::untouched);
}

void Run::give(const Element& element, const Value& value) {
    values_[element.index] = value;
    states_[element.index] = State::given;
}

Value Run::value_of(const Element& element) {
    State& state = states_[element.index];
    if (state == State::done) return values_[element.index];
    if (state == State::working) return evaluator_.doubt("a decision requires itself");
    const Evaluator::Deeper deeper(evaluator_);
    const bool given = state == State::given;
    state = State::working;
    Value out;
    switch (element.kind) {
        case ElementKind::input:
            out = input(element);
            break;
        case ElementKind::decision:
            out = given ? (element.declared != nullptr
                               ? evaluator_.convert(values_[element.index], *element.declared, nullptr)
                               : values_[element.index])
                        : computed(element);
            break;
        case ElementKind::knowledge:
        case ElementKind::service:
            out = function_of(element);
            break;
    }
    values_[element.index] = out;
    states_[element.index] = State::done;
    return out;
}

Value Run::input(const Element& element) {
    Value out = values_[element.index];
    if (out.is_undetermined()) return out;
    if (element.declared != nullptr && !out.is_null()) out = evaluator_.convert(out, *element.declared, nullptr);
    if (out.is_undetermined()) evaluator_.diagnostics.back().subject = element.name;
    if (!out.is_null() || !evaluator_.strict() || out.is_undetermined()) return out;
    bool allowed = element.declared != nullptr && element.declared->allowed != nullptr;
    for (const Type* one = element.declared; one != nullptr && allowed; one = one->base)
        if (one->allowed != nullptr)
            allowed = names_null(*one->allowed) && evaluator_.test(*one->allowed, out, nullptr).is_true();
    if (allowed) return out;
    return evaluator_.doubt("a fact is not known, and its type does not allow that", nullptr, element.name);
}

Value Run::computed(const Element& element) {
    if (element.logic == nullptr) return evaluator_.doubt("a decision has no logic");
    const Value out = evaluator_.evaluate(*element.logic, frame_of(element));
    return element.declared != nullptr && !out.is_undetermined()
               ? evaluator_.convert(out, *element.declared, element.logic)
               : out;
}

Frame* Run::frame_of(const Element& element) {
    Frame* frame = evaluator_.frame(nullptr, static_cast<std::uint32_t>(element.requirements.size()));
    for (std::size_t i = 0; i < element.requirements.size(); ++i) {
        const Requirement& one = element.requirements[i];
        if (one.element != nullptr) {
            frame->values[i] = value_of(*one.element);
            continue;
        }
        std::vector<Entry> entries;
        entries.reserve(one.imported.size());
        for (const Requirement& inner : one.imported) entries.push_back({inner.name, value_of(*inner.element)});
        frame->values[i] = evaluator_.context(entries);
    }
    return frame;
}

Value Run::function_of(const Element& element) {
    Function* made = evaluator_.arena().make<Function>();
    made->run = run_element;
    made->element = &element;
    made->names = element.parameters;
    made->type = element.type;
    return Value::of(static_cast<const Function*>(made));
}

Value Run::invoke(const Element& element, std::span<const Value> arguments) {
    const Evaluator::Deeper deeper(evaluator_);
    const std::span<Value> converted = evaluator_.arena().many<Value>(arguments.size());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        converted[i] = evaluator_.convert(arguments[i], *element.parameter_types[i], element.logic);
        if (converted[i].is_undetermined()) return converted[i];
        if (converted[i].is_null() && !arguments[i].is_null()) return Value::null();
    }
    if (element.kind == ElementKind::service) return serve(element, converted);
    if (element.logic == nullptr) return evaluator_.doubt("knowledge has no logic");
    Frame* inner = evaluator_.frame(frame_of(element), static_cast<std::uint32_t>(converted.size()));
    std::copy(converted.begin(), converted.end(), inner->values);
    const Value out = evaluator_.evaluate(*element.logic, inner);
    const bool returns = element.declared != nullptr && !element.declared->is(TypeKind::function);
    return returns && !out.is_undetermined() ? evaluator_.convert(out, *element.declared, element.logic) : out;
}

// A service is a run of its own: it sees its parameters and nothing else that was given.
Value Run::serve(const Element& service, std::span<const Value> arguments) {
    Run inner(model_, evaluator_);
    std::size_t next = 0;
    for (const Element* input : service.inputs) inner.give(*input, arguments[next++]);
    for (const Element* input : service.input_decisions) inner.give(*input, arguments[next++]);
    Value out;
    if (service.outputs.size() == 1) {
        out = inner.value_of(*service.outputs.front());
    } else {
        std::vector<Entry> entries;
        for (const Element* output : service.outputs) {
            entries.push_back({output->name, inner.value_of(*output)});
            if (entries.back().value.is_undetermined()) break;
        }
        out = !entries.empty() && entries.back().value.is_undetermined() ? entries.back().value
                                                                         : evaluator_.context(entries);
    }
    evaluator_.model_run = this;
    const Type* declared = service.declared;
    if (declared != nullptr && declared->is(TypeKind::function)) declared = declared->result;
    return declared != nullptr && !out.is_undetermined() ? evaluator_.convert(out, *declared, nullptr) : out;
}

}  // namespace kith::dmn
