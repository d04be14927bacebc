// The profile: which cells can be read as exact sets, and those sets. A line holds the candidates that the constants of
// a column cut out of all values of its kind; a cell is a set of them.
#pragma once
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "dmn/evaluate/evaluator.hpp"
#include "dmn/feel/tree.hpp"
#include "dmn/verify/bits.hpp"

namespace kith::dmn::verify {

/// The values of expressions without variables, each computed once. They lie in the arena of this.
class Constants {
  public:
    explicit Constants(const Zones& zones) : evaluator_(arena_, zones, Mode::strict, {}) {}
    /// Nothing where a variable, the clock or a fault is in it.
    std::optional<Value> of(const Node& node);
    Evaluator& evaluator() { return evaluator_; }
    Value keep(const std::string& text) { return evaluator_.text(text); }

  private:
    Arena arena_;
    Evaluator evaluator_;
    std::unordered_map<const Node*, std::optional<Value>> known_;
};

/// A point of an ordered domain, or the open stretch between two (for ever, where an end is missing).
struct Stretch {
    std::optional<Value> low, high;
    bool point = false;  ///< then `low` is it
};

enum class Form : std::uint8_t {
    ordered,  ///< stretches
    listed,   ///< values, and perhaps any other
    subsets   ///< for lists: which of `values` they contain; candidate n contains value i where n has bit i
};

struct Line {
    Form form = Form::listed;
    Kind kind = Kind::null;
    bool stepped = false;
    bool any_other = false;  ///< the last candidate of a listed line is every value that is not named
    std::vector<Value> values;
    std::vector<Stretch> stretches;
    std::size_t size() const;
};

constexpr std::size_t kMostElements = 10;

/// Constants that a cell compares with; the ends of ranges and the items of lists apart.
void gather(const Node& test, Constants& constants, std::vector<Value>& out);
/// Values that a cell names as such, not as ends.
void gather_named(const Node& test, Constants& constants, std::vector<Value>& out);

/// The candidates that pass; nothing where the cell lies outside the profile.
std::optional<Bits> passing(const Node& test, const Line& line, Constants& constants);

/// Whether the test is, or has as a part that must hold, `? = floor(?)`; the other parts go to `rest`.
bool asks_whole(const Node& test, std::vector<const Node*>& rest);

/// An ordered line through these points; `edges` are added where the calendar or the clock ends.
void cut(Line& line, std::vector<Value> points);

}  // namespace kith::dmn::verify
