// Calling: of lambdas, of the model's own logic and of built-in functions; by position and by name.
#include "dmn/evaluate/evaluator.hpp"

namespace kith::dmn {
namespace {
std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

struct Parameter {
    std::string_view name;
    bool optional = false;
    bool repeats = false;
};

std::vector<Parameter> parameters_of(std::string_view signature) {
    std::vector<Parameter> out;
    while (!signature.empty()) {
        const std::size_t comma = std::min(signature.find(','), signature.size());
        std::string_view name = trimmed(signature.substr(0, comma));
        signature.remove_prefix(std::min(comma + 1, signature.size()));
        Parameter parameter;
        if (name.ends_with("...")) {
            parameter.repeats = true;
            name.remove_suffix(3);
        } else if (name.ends_with("?")) {
            parameter.optional = true;
            name.remove_suffix(1);
        }
        parameter.name = name;
        if (!name.empty()) out.push_back(parameter);
    }
    return out;
}

// Whether a call by place fits one of the signatures. Asked at every call, so it makes nothing.
bool takes(std::string_view signatures, std::size_t count) {
    for (;;) {
        const std::size_t bar = std::min(signatures.find('|'), signatures.size());
        const std::string_view one = signatures.substr(0, bar);
        const auto all = one.empty() ? 0 : static_cast<std::size_t>(std::count(one.begin(), one.end(), ',')) + 1;
        const auto optional = static_cast<std::size_t>(std::count(one.begin(), one.end(), '?'));
        if (count >= all - optional && (one.ends_with("...") || count <= all)) return true;
        if (bar == signatures.size()) return false;
        signatures.remove_prefix(bar + 1);
    }
}

// The place of each named argument, or nothing when this signature is not meant.
bool place(const std::vector<Parameter>& parameters, std::span<const std::string_view> names,
           std::vector<std::size_t>& places) {
    places.clear();
    for (const std::string_view name : names) {
        std::size_t at = 0;
        while (at < parameters.size() && parameters[at].name != name) ++at;
        if (at == parameters.size()) return false;
        for (const std::size_t taken : places)
            if (taken == at) return false;
        places.push_back(at);
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        bool given = parameters[i].optional;
        for (const std::size_t taken : places) given = given || taken == i;
        if (!given) return false;
    }
    return true;
}

template <class Use>
bool each_signature(std::string_view signatures, Use use) {
    for (;;) {
        const std::size_t bar = std::min(signatures.find('|'), signatures.size());
        if (use(parameters_of(signatures.substr(0, bar)))) return true;
        if (bar == signatures.size()) return false;
        signatures.remove_prefix(bar + 1);
    }
}
}  // namespace

Value Evaluator::built_in(const Node& node, const Frame* frame) {
    const std::span<Value> given = arena_.many<Value>(node.kids.size());
    for (std::size_t i = 0; i < given.size(); ++i) {
        given[i] = evaluate(node.kid(i), frame);
        if (given[i].is_undetermined()) return given[i];
    }
    Arguments arguments{given, ~0ULL};
    bool fits = false;
    if (node.names.empty()) {
        fits = takes(node.builtin->signatures, given.size());
    } else {
        std::vector<std::size_t> places;
        fits = each_signature(node.builtin->signatures, [&](const auto& parameters) {
            ++arguments.signature;
            if (!place(parameters, node.names, places)) return false;
            const std::span<Value> placed = arena_.many<Value>(parameters.size());
            arguments.given = 0;
            for (std::size_t i = 0; i < places.size(); ++i) {
                placed[places[i]] = given[i];
                arguments.given |= 1ULL << places[i];
            }
            arguments.values = placed;
            return true;
        });
    }
    if (!fits) return doubt("a function is called with arguments that it does not take", &node);
    const Value out = node.builtin->run(*this, arguments);
    // A built-in knows neither its place nor why its caller asked: the diagnostic is given the call's.
    if (out.is_undetermined() && !diagnostics.empty() && diagnostics.back().node == nullptr)
        diagnostics.back().node = &node;
    return out;
}

Value Evaluator::call_node(const Node& node, const Frame* frame) {
    const Value callee = evaluate(node.kid(0), frame);
    if (callee.is_undetermined()) return callee;
    if (!callee.is(Kind::function)) return doubt("what is called is no function", &node);
    const std::size_t count = node.kids.size() - 1;
    const std::span<Value> given = arena_.many<Value>(count);
    for (std::size_t i = 0; i < count; ++i) {
        given[i] = evaluate(node.kid(i + 1), frame);
        if (given[i].is_undetermined()) return given[i];
    }
    if (node.names.empty()) return call(callee, given, &node);
    const Function& function = callee.function();
    if (function.builtin != nullptr)
        return doubt("a built-in function passed as a value takes arguments by place", &node);
    if (function.names.size() != count)
        return doubt("a function is called with arguments that it does not take", &node);
    const std::span<Value> placed = arena_.many<Value>(count);
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t at = 0;
        while (at < count && function.names[at] != node.names[i]) ++at;
        if (at == count) return doubt("a function has no parameter of that name", &node);
        placed[at] = given[i];
    }
    return call(callee, placed, &node);
}

Value Evaluator::call(const Value& callee, std::span<const Value> arguments, const Node* at) {
    const Deeper deeper(*this);
    step();
    if (!callee.is(Kind::function)) return doubt("what is called is no function", at);
    const Function& function = callee.function();
    if (function.builtin != nullptr) {
        if (!takes(function.builtin->signatures, arguments.size()))
            return doubt("a function is called with arguments that it does not take", at);
        return function.builtin->run(*this, Arguments{arguments, ~0ULL});
    }
    if (arguments.size() != function.names.size())
        return doubt("a function is called with arguments that it does not take", at);
    if (function.run != nullptr) return function.run(*this, function, arguments);
    const Node& lambda = *function.lambda;
    Frame* inner = frame(function.frame, static_cast<std::uint32_t>(arguments.size()));
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const Value converted = convert(arguments[i], *lambda.parameters[i], at);
        if (converted.is_undetermined()) return converted;
        if (converted.is_null() && !arguments[i].is_null()) return Value::null();
        inner->values[i] = converted;
    }
    return evaluate(lambda.kid(0), inner);
}

}  // namespace kith::dmn
