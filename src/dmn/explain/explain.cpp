// What mattered is a sufficient set of columns: those that the deciding rules test, and for each rule that could have
// overridden them one that excludes it, taken greedily: first such as are in the set already, then the one that
// excludes the most of the rest.
#include "dmn/explain/explain.hpp"

#include <algorithm>

#include "dmn/table/decide.hpp"
#include "dmn/table/profile.hpp"

namespace kith::dmn {
namespace {
class Completer {
  public:
    Completer(TableReason& reason, Evaluator& evaluator)
        : reason_(reason), table_(*reason.table), e_(evaluator), frame_(static_cast<const Frame*>(reason.frame)) {}

    void run() {
        for (std::uint32_t rule = 0; rule < table_.rules.size(); ++rule) {
            cells_.emplace_back();
            Match all = Match::yes;
            for (std::size_t i = 0; i < reason_.inputs.size(); ++i) {
                const Match found = match(e_, *table_.rules[rule].inputs[i].node, reason_.inputs[i], frame_);
                cells_.back().push_back(found);
                if (found == Match::no || all == Match::yes) all = found == Match::yes ? all : found;
            }
            if (std::count(cells_.back().begin(), cells_.back().end(), Match::no) > 0) all = Match::no;
            if (all == Match::yes) reason_.matched.push_back(rule);
            if (all == Match::undecided) reason_.undecided.push_back(rule);
        }
        waiting();
        decided();
        mattered();
        for (std::uint32_t rule = 0; rule < table_.rules.size(); ++rule) near_miss(rule);
    }

  private:
    bool same(const Value& x, const Value& y) const {
        return x.is_undetermined() == y.is_undetermined() && (x.is_undetermined() || equal(x, y) == Truth::yes);
    }

    void waiting() {
        for (std::uint32_t i = 0; i < reason_.inputs.size(); ++i)
            if (std::any_of(reason_.undecided.begin(), reason_.undecided.end(),
                            [&](std::uint32_t rule) { return cells_[rule][i] == Match::undecided; }))
                reason_.waiting.push_back(i);
    }

    void decided() {
        if (reason_.matched.empty()) return;
        switch (table_.policy) {
            case HitPolicy::first:
                reason_.decided = {reason_.matched.front()};
                return;
            case HitPolicy::priority:
                for (const std::uint32_t rule : reason_.matched)
                    if (same(outcome(e_, table_, std::span(&rule, 1), frame_), reason_.result)) {
                        reason_.decided = {rule};
                        return;
                    }
                break;
            case HitPolicy::any:
                reason_.decided = {reason_.matched.front()};
                return;
            case HitPolicy::unique:
            case HitPolicy::rule_order:
            case HitPolicy::output_order:
            case HitPolicy::collect:
                break;
        }
        reason_.decided = reason_.matched;
    }

    // Whether this rule, were it to match as well, would change the result.
    bool overrides(std::uint32_t rule) {
        std::vector<std::uint32_t> with = reason_.decided;
        with.insert(std::upper_bound(with.begin(), with.end(), rule), rule);
        return !same(outcome(e_, table_, with, frame_), reason_.result);
    }

    void mattered() {
        std::vector<bool> chosen(reason_.inputs.size());
        for (const std::uint32_t rule : reason_.decided)
            for (std::size_t i = 0; i < chosen.size(); ++i)
                if (table_.rules[rule].inputs[i].node->op != Op::test_any) chosen[i] = true;
        std::vector<std::uint32_t> open;
        for (std::uint32_t rule = 0; rule < table_.rules.size(); ++rule) {
            const bool matches =
                std::find(reason_.matched.begin(), reason_.matched.end(), rule) != reason_.matched.end();
            if (matches || !overrides(rule)) continue;
            if (!excluded(rule, chosen)) open.push_back(rule);
        }
        while (!open.empty()) {
            std::size_t best = 0, most = 0;
            for (std::size_t i = 0; i < chosen.size(); ++i) {
                const auto count = static_cast<std::size_t>(std::count_if(
                    open.begin(), open.end(), [&](std::uint32_t rule) { return cells_[rule][i] == Match::no; }));
                if (count > most) best = i, most = count;
            }
            if (most == 0) break;  // undecided rules: nothing excludes them
            chosen[best] = true;
            std::erase_if(open, [&](std::uint32_t rule) { return cells_[rule][best] == Match::no; });
        }
        for (std::uint32_t i = 0; i < chosen.size(); ++i)
            if (chosen[i]) reason_.mattered.push_back(i);
    }

    bool excluded(std::uint32_t rule, const std::vector<bool>& chosen) const {
        for (std::size_t i = 0; i < chosen.size(); ++i)
            if (chosen[i] && cells_[rule][i] == Match::no) return true;
        return false;
    }

    // The same fact may stand in two columns: it is one fact, and one value has to pass them all.
    bool same_fact(std::size_t x, std::size_t y) const {
        return x == y || table_.inputs[x].text == table_.inputs[y].text;
    }

    void near_miss(std::uint32_t rule) {
        std::optional<std::uint32_t> failing;
        for (std::uint32_t i = 0; i < reason_.inputs.size(); ++i) {
            if (cells_[rule][i] == Match::yes) continue;
            if (failing && !same_fact(*failing, i)) return;
            if (!failing) failing = i;
        }
        if (!failing) return;
        NearMiss out;
        out.rule = rule;
        out.input = *failing;
        out.seen = reason_.inputs[*failing];
        out.nearest = nearest(rule, *failing);
        std::vector<std::uint32_t> with = reason_.matched;
        with.insert(std::upper_bound(with.begin(), with.end(), rule), rule);
        out.would_decide = !same(outcome(e_, table_, with, frame_), reason_.result);
        reason_.near_misses.push_back(out);
    }

    bool admissible(const Value& value, std::uint32_t rule, std::uint32_t input) {
        for (std::size_t i = 0; i < reason_.inputs.size(); ++i)
            if (same_fact(input, i) && match(e_, *table_.rules[rule].inputs[i].node, value, frame_) != Match::yes)
                return false;
        const InputClause& clause = table_.inputs[input];
        if (clause.allowed != nullptr && !e_.test(*clause.allowed, value, frame_).is_true()) return false;
        for (const Type* one = clause.type; one != nullptr; one = one->base)
            if (one->allowed != nullptr && !e_.test(*one->allowed, value, frame_).is_true()) return false;
        return true;
    }

    // Ends of what the cells accept, one step beside the open ones, and the allowed values that are named.
    void candidates(const Node& tests, const Value& seen, std::vector<Value>& out) {
        const auto set = accepts(tests, e_);
        if (!set || !set->kind) return;
        const auto beside = [&](const Value& end) {
            out.push_back(end);
            if (end.is(Kind::date)) {
                out.push_back(Value::date(end.days() - 1));
                out.push_back(Value::date(end.days() + 1));
            }
            if (end.is(Kind::months_duration)) {
                out.push_back(Value::months(end.months() - 1));
                out.push_back(Value::months(end.months() + 1));
            }
            if (!end.is(Kind::number)) return;
            for (const char* step : {"-1", "1", "-0.01", "0.01"})
                if (const auto moved = add(end.number(), *Decimal::parse(step))) out.push_back(Value::of(*moved));
        };
        for (const Interval& part : set->parts) {
            if (part.has_low) beside(part.low);
            if (part.has_high) beside(part.high);
        }
        if (set->kind == Kind::boolean && seen.is(Kind::boolean)) out.push_back(Value::of(!seen.boolean()));
    }

    std::optional<Value> nearest(std::uint32_t rule, std::uint32_t input) {
        std::vector<Value> found;
        const Value& seen = reason_.inputs[input];
        candidates(*table_.rules[rule].inputs[input].node, seen, found);
        const InputClause& clause = table_.inputs[input];
        for (const Node* allowed : {clause.allowed, clause.type->allowed})
            if (allowed != nullptr) candidates(*allowed, seen, found);
        std::optional<Value> best;
        for (const Value& value : found)
            if (admissible(value, rule, input) && (!best || nearer(value, *best, seen))) best = value;
        return best;
    }

    bool nearer(const Value& x, const Value& y, const Value& seen) {
        const auto distance = [&](const Value& v) -> std::optional<Decimal> {
            if (v.is(Kind::number) && seen.is(Kind::number)) {
                const auto off = subtract(v.number(), seen.number());
                return off ? std::optional(off->abs()) : std::nullopt;
            }
            if (v.is(Kind::date) && seen.is(Kind::date)) return Decimal::of(v.days() - seen.days()).abs();
            if (v.is(Kind::months_duration) && seen.is(Kind::months_duration))
                return Decimal::of(v.months() - seen.months()).abs();
            return std::nullopt;
        };
        const auto a = distance(x), b = distance(y);
        return a && b && *a < *b;
    }

    TableReason& reason_;
    const Table& table_;
    Evaluator& e_;
    const Frame* frame_;
    std::vector<std::vector<Match>> cells_;
};
}  // namespace

void complete(TableReason& reason, Evaluator& evaluator) { Completer(reason, evaluator).run(); }

}  // namespace kith::dmn
