// The outer interface of the engine: load files, give facts, ask for decisions. A model is immutable and shared between
// threads; a session belongs to one thread. No exception leaves either.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dmn/explain/explanation.hpp"
#include "dmn/model/model.hpp"
#include "dmn/model/run.hpp"

namespace kith::dmn {

struct SessionOptions {
    EvaluationLimits limits;
    std::optional<Now> now;  ///< what now() and today() speak of; strict mode has no other moment
};

/// The answer to one question. The value lies in the session and is valid until its next question.
struct Outcome {
    Value value;
    bool determined = false;
    std::string_view why;  ///< when it is not: the first diagnostic, lower case, without a full stop
};

class Session {
  public:
    explicit Session(std::shared_ptr<const Model> model, SessionOptions options = {});
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Values for facts, kept by the session until clear().
    Value text(std::string_view text);
    /// A FEEL expression without names (`@"2026-03-29"`, `[1, 2]`, `null`); nothing when it is none.
    std::optional<Value> read(std::string_view literal);

    /// A fact holds until it is given again or clear() is called. False when the model has no input of that name.
    [[nodiscard]] bool give(std::string_view input, const Value& value);
    void give(const Element& input, const Value& value);
    void clear();

    /// The decision under the facts given. On a compiled table with facts bound, a question after the first allocates
    /// nothing.
    Outcome decide(const Element& decision);
    /// The same by name; not determined when there is no such decision.
    Outcome decide(std::string_view decision);
    /// The decision and why: every table on the way, in the order asked.
    Explanation explain(const Element& decision);

    const Model& model() const { return *model_; }
    /// Of the last question.
    std::span<const Diagnostic> diagnostics() const { return evaluator_.diagnostics; }

  private:
    struct Fact {
        const Element* element;
        Value value;
    };
    void begin();
    std::shared_ptr<const Model> model_;
    SessionOptions options_;
    Arena facts_arena_;
    Arena arena_;
    Evaluator evaluator_;
    Run run_;
    std::vector<Fact> facts_;
};

}  // namespace kith::dmn
