// What a decision answered, in the words of a case.
#pragma once
#include "dmn/explain/explanation.hpp"
#include "dmn/model/model.hpp"

namespace kith::dmn {

enum class Detail : std::uint8_t { outputs, rules_and_facts };

/// An answer as it stands behind the arrow of a case; with the rules that it rests on, or the facts to blame.
std::string answer_of(const Explanation& explanation, const Element& decision, Detail detail);
/// The rules that an answer rests on, counted from 1.
std::vector<std::uint32_t> rules_of(const Explanation& explanation, const Element& decision);
/// The facts for whose sake an answer is undetermined, as tables and the model name them.
std::vector<std::string> facts_behind(const Explanation& explanation);
/// Of the table that is the decision's logic; null where there is none or it was not asked.
const TableReason* reason_of(const Explanation& explanation, const Element& decision);
/// Whether no rule matched, and nothing stands in for one.
bool no_rule(const Explanation& explanation, const Element& decision);

}  // namespace kith::dmn
