// Runs a tree. One evaluator belongs to one evaluation on one thread; trees and models are only read. Lenient mode
// turns every fault into null, as the standard says; strict mode turns it into an undetermined value that names its
// diagnostic.
#pragma once
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "dmn/builtin/builtin.hpp"
#include "dmn/builtin/pattern.hpp"
#include "dmn/feel/tree.hpp"
#include "dmn/value/arena.hpp"
#include "dmn/value/compare.hpp"
#include "dmn/value/zone.hpp"

namespace kith::dmn {

struct Explanation;

enum class Mode : std::uint8_t { strict, lenient };

/// The moment that now() and today() speak of, and the zone in which a day is counted. It comes from the caller alone.
struct Now {
    std::int64_t utc_seconds = 0;
    std::uint32_t nanos = 0;
    std::string zone = "Etc/UTC";
};

struct EvaluationLimits {
    std::size_t memory = 256ULL << 20;
    std::uint64_t steps = 50'000'000;
    std::uint32_t depth = 1'500;
    std::size_t list = 1'000'000;
    std::size_t text = 16ULL << 20;
};

/// Why a value is undetermined. `node` lies in the model.
struct Diagnostic {
    const char* message;
    const Node* node;
    std::string_view subject = {};  ///< the fact or column that it is about, or empty; lies in the model
};

/// The variables of one scope.
struct Frame {
    const Frame* parent = nullptr;
    Value* values = nullptr;
    std::uint32_t count = 0;
};

/// Something that can be called: a lambda with the frame it was made in, a built-in, or logic of the model.
struct Function {
    const Node* lambda = nullptr;
    const Frame* frame = nullptr;
    const Builtin* builtin = nullptr;
    Value (*run)(Evaluator&, const Function&, std::span<const Value>) = nullptr;
    const void* element = nullptr;
    std::span<const std::string_view> names;
    const Type* type = &types::function;
};

/// A list that grows within the arena. What was handed out of it before stays valid while it grows.
class Growing {
  public:
    explicit Growing(Arena& arena) : arena_(arena) {}
    void push(const Value& value) {
        if (size_ == room_.size()) {
            const std::span<Value> more = arena_.many<Value>(size_ == 0 ? 8 : size_ * 2);
            std::copy(room_.begin(), room_.end(), more.begin());
            room_ = more;
        }
        room_[size_++] = value;
    }
    std::size_t size() const { return size_; }
    Value value() const { return Value::of(std::span<const Value>(room_.data(), size_)); }

  private:
    Arena& arena_;
    std::span<Value> room_;
    std::size_t size_ = 0;
};

enum class Allowed : std::uint8_t { ignored, asked };

class Evaluator {
  public:
    Evaluator(Arena& arena, const Zones& zones, Mode mode, EvaluationLimits limits)
        : arena_(arena), zones_(zones), mode_(mode), limits_(limits) {}

    Value evaluate(const Node& node, const Frame* frame);
    /// True, false or null: whether `input` passes the tests.
    Value test(const Node& tests, const Value& input, const Frame* frame);
    Value call(const Value& function, std::span<const Value> arguments, const Node* at);
    /// As a parameter, variable or result of that type takes it: a list of one and its item change into each other, a
    /// date becomes a date and time; what does not fit is a fault.
    Value convert(const Value& value, const Type& type, const Node* at);
    /// Whether a value is of a type. `instance of` does not ask for the allowed values; a conversion does.
    bool instance_of(const Value& value, const Type& type, Allowed allowed = Allowed::ignored);
    Value built_in(const Node& call, const Frame* frame);
    /// A decision table, by the interpreter; set by the model, which knows tables.
    Value (*run_table)(Evaluator&, const Table&, const Frame*) = nullptr;
    void* model_run = nullptr;  ///< the run of the model that this evaluation belongs to

    Explanation* trace = nullptr;  ///< where tables write down what they were asked

    /// The value of a fault: null, or undetermined with this message.
    Value doubt(const char* message, const Node* at = nullptr, std::string_view subject = {});
    void step() {
        if (++steps_ > limits_.steps) throw LimitReached{"steps"};
    }
    bool strict() const { return mode_ == Mode::strict; }
    Mode mode() const { return mode_; }
    Arena& arena() { return arena_; }
    const Zones& zones() const { return zones_; }
    const EvaluationLimits& limits() const { return limits_; }
    std::optional<Now> now;
    std::vector<Diagnostic> diagnostics;

    Value text(const std::string& out);
    Value list(const std::vector<Value>& items);
    Value context(const std::vector<Entry>& entries);
    Value range(const Range& range) { return Value::of(static_cast<const Range*>(arena_.make<Range>(range))); }
    Frame* frame(const Frame* parent, std::uint32_t count);
    void check_list(std::size_t size) const {
        if (size > limits_.list) throw LimitReached{"list length"};
    }
    /// Starts afresh, keeping what was allocated.
    void reset() {
        diagnostics.clear();
        steps_ = 0;
        depth_ = 0;
    }

    class Deeper {
      public:
        explicit Deeper(Evaluator& evaluator) : evaluator_(evaluator) {
            if (++evaluator_.depth_ > evaluator_.limits_.depth) throw LimitReached{"recursion"};
        }
        ~Deeper() { --evaluator_.depth_; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;

      private:
        Evaluator& evaluator_;
    };

    /// The pattern, compiled once for each evaluator; null when it is none.
    const Pattern* pattern(std::string_view text, std::string_view flags);

    // arithmetic.cpp
    Value arithmetic(Op op, const Value& x, const Value& y, const Node* at);
    Value negate(const Value& x, const Node* at);
    // compare in FEEL: the answer as a value
    Value compared(Comparison comparison, const Value& x, const Value& y, const Node* at);
    Value as_value(Truth truth, const Node* at, const char* message);
    // path.cpp
    Value path(const Value& from, std::string_view name, const Node* at);

  private:
    friend class Deeper;
    Value variable(const Node& node, const Frame* frame);
    Value dynamic(const Node& node, const Frame* frame);
    Value logic(const Node& node, const Frame* frame);
    Value between(const Node& node, const Frame* frame);
    Value choice(const Node& node, const Frame* frame);
    Value compare_node(const Node& node, const Frame* frame);
    Value make_context(const Node& node, const Frame* frame);
    Value make_list(const Node& node, const Frame* frame);
    Value make_range(const Node& node, const Frame* frame);
    Value make_one_sided(const Node& node, const Frame* frame);
    Value make_lambda(const Node& node, const Frame* frame);
    Value filter(const Node& node, const Frame* frame);
    Value filter_item(const Node& node, const Value& item, Frame*& inner, const Frame* frame);
    Value iterate(const Node& node, const Frame* frame);
    bool iterate_level(const Node& node, Frame*& inner, std::size_t level, Growing& out, Value& verdict);
    Value domain(const Node& node, const Frame* frame);
    Value call_node(const Node& node, const Frame* frame);
    Value in(const Node& node, const Frame* frame);
    Value one_test(const Node& node, const Value& input, const Frame* frame);
    Value test_value(const Node& node, const Value& input, const Frame* frame);
    Value pick(const Value& list, const Value& index, const Node& at);

    Arena& arena_;
    const Zones& zones_;
    Mode mode_;
    EvaluationLimits limits_;
    std::uint64_t steps_ = 0;
    std::uint32_t depth_ = 0;
    std::unordered_map<std::string, std::unique_ptr<Pattern>> patterns_;
};

}  // namespace kith::dmn
