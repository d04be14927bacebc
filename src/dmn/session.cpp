#include "dmn/session.hpp"

#include <algorithm>
#include <new>

#include "dmn/explain/explain.hpp"

namespace kith::dmn {

Session::Session(std::shared_ptr<const Model> model, SessionOptions options)
    : model_(std::move(model)),
      options_(std::move(options)),
      facts_arena_(options_.limits.memory),
      arena_(options_.limits.memory),
      evaluator_(arena_, model_->zones(), model_->mode(), options_.limits),
      run_(*model_, evaluator_) {
    evaluator_.now = options_.now;
}

Value Session::text(std::string_view text) {
    try {
        return Value::of(facts_arena_.keep(text));
    } catch (const LimitReached&) {
        return {};
    }
}

std::optional<Value> Session::read(std::string_view literal) {
    try {
        NameSet none;
        ParseWorld world{facts_arena_, model_->zones(), [](std::string_view) { return nullptr; }, none, {}};
        Faults faults;
        const Node* node = Parser(world, facts_arena_.keep(literal), nullptr, faults).expression();
        if (node == nullptr || !faults.empty()) return std::nullopt;
        Evaluator evaluator(facts_arena_, model_->zones(), Mode::strict, options_.limits);
        const Value out = evaluator.evaluate(*node, nullptr);
        return out.is_undetermined() ? std::nullopt : std::optional(out);
    } catch (const LimitReached&) {
        return std::nullopt;
    }
}

bool Session::give(std::string_view input, const Value& value) {
    const Element* element = model_->find(ElementKind::input, input);
    if (element != nullptr) give(*element, value);
    return element != nullptr;
}

void Session::give(const Element& input, const Value& value) {
    for (Fact& fact : facts_)
        if (fact.element == &input) {
            fact.value = value;
            return;
        }
    facts_.push_back({&input, value});
}

void Session::clear() {
    facts_.clear();
    facts_arena_.reset();
}

void Session::begin() {
    arena_.reset();
    evaluator_.reset();
    run_.reset();
    for (const Fact& fact : facts_) run_.give(*fact.element, fact.value);
}

Outcome Session::decide(const Element& decision) {
    Outcome out;
    try {
        begin();
        out.value = run_.value_of(decision);
        out.determined = !out.value.is_undetermined();
        if (!out.determined) out.why = evaluator_.diagnostics[out.value.diagnostic() - 1].message;
    } catch (const LimitReached& reached) {
        out.why = reached.limit;
    } catch (const std::bad_alloc&) {
        out.why = "memory";
    }
    return out;
}

Outcome Session::decide(std::string_view name) {
    const Element* decision = model_->find(ElementKind::decision, name);
    Outcome none;
    none.why = "there is no such decision";
    return decision != nullptr ? decide(*decision) : none;
}

Explanation Session::explain(const Element& decision) {
    Explanation out;
    try {
        evaluator_.trace = &out;
        const Outcome outcome = decide(decision);
        evaluator_.trace = nullptr;
        out.determined = outcome.determined;
        out.value = outcome.value;
        out.why = outcome.why;
        if (!out.determined)
            for (const Diagnostic& one : evaluator_.diagnostics)
                if (!one.subject.empty() &&
                    std::find(out.unknown.begin(), out.unknown.end(), one.subject) == out.unknown.end())
                    out.unknown.emplace_back(one.subject);
        for (TableReason& reason : out.tables) complete(reason, evaluator_);
    } catch (const LimitReached& reached) {
        evaluator_.trace = nullptr;
        out.why = reached.limit;
    } catch (const std::bad_alloc&) {
        evaluator_.trace = nullptr;
        out.why = "memory";
    }
    return out;
}

}  // namespace kith::dmn
