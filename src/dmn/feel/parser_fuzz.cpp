// FEEL text: whatever it says, it is read or refused, and what was read ends.
#include "dmn/evaluate/evaluator.hpp"
#include "dmn/feel/parser.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace kith::dmn;
    Arena arena(64 << 20);
    const Zones zones;
    NameSet names;
    Faults faults;
    Scope scope;
    scope.add("a", &types::number);
    scope.add("a-b", &types::number);
    scope.add("full name", &types::string);
    ParseWorld world{arena, zones, [](std::string_view) { return nullptr; }, names, {}};
    EvaluationLimits limits;
    limits.steps = 100'000;
    limits.memory = 64 << 20;
    for (const Mode mode : {Mode::strict, Mode::lenient}) {
        try {
            const std::string_view text(reinterpret_cast<const char*>(data), size);
            const Node* node = Parser(world, text, &scope, faults).expression();
            const Node* tests = Parser(world, text, &scope, faults).unary_tests(&types::number);
            Evaluator e(arena, zones, mode, limits);
            Frame* frame = e.frame(nullptr, 3);
            if (node != nullptr) e.evaluate(*node, frame);
            if (tests != nullptr) e.test(*tests, Value::of(std::int64_t{3}), frame);
        } catch (const LimitReached&) {
        }
    }
    return 0;
}
