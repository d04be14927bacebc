// The verifier against enumeration: every table small enough is asked at every point of a grid that meets each of its
// atoms, through the evaluator, and what the verifier says must be exactly what was seen there.
#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "dmn/table/decide.hpp"
#include "dmn/value/text.hpp"
#include "dmn/verify/check.hpp"
#include "dmn/verify/generate.hpp"

namespace kith::dmn::verify {
namespace {

std::shared_ptr<const Model> loaded(const std::string& xml) {
    Loaded out = load({{"t.dmn", xml}});
    for (const Fault& fault : out.faults) ADD_FAILURE() << shown(fault);
    return out.model;
}

struct Seen {
    std::vector<std::size_t> point;  ///< atoms
    std::vector<std::uint32_t> yes, undecided;
    Value result;
};

/// A generated table, asked at every point of its grid.
class Enumerated {
  public:
    explicit Enumerated(const generated::TableText& text)
        : text_(text), model_(loaded(generated::model(text))), evaluator_(arena_, model_->zones(), Mode::strict, {}) {
        table_ = model_->tables().front();
        Options options;
        options.findings = 100'000;
        checker_ = std::make_unique<Checker>(*model_, *table_, options);
        std::vector<Value> values(text.inputs.size());
        std::vector<std::size_t> atoms(text.inputs.size());
        walk(0, values, atoms);
    }
    const std::vector<Seen>& seen() const { return seen_; }
    Checker& checker() { return *checker_; }
    const Model& model() const { return *model_; }
    const Table& table() const { return *table_; }
    Value result(std::vector<std::uint32_t> yes, std::vector<std::uint32_t> undecided) {
        return undecided.empty() ? outcome(evaluator_, *table_, yes, nullptr)
                                 : outcome(evaluator_, *table_, yes, undecided, nullptr);
    }

  private:
    Value literal(const std::string& text) {
        NameSet names;
        Faults faults;
        ParseWorld world{arena_, model_->zones(), [](std::string_view) { return nullptr; }, names, {}};
        const Node* node = Parser(world, arena_.keep(std::string_view(text)), nullptr, faults).expression();
        return evaluator_.evaluate(*node, nullptr);
    }
    std::size_t atom_of(const Dimension& d, const Value& value) const {
        for (std::size_t a = 0; a < d.atoms.size(); ++a) {
            if (d.atoms[a].not_known != value.is_null()) continue;
            if (value.is_null()) return a;
            for (std::size_t c = d.atoms[a].first; c <= d.atoms[a].last; ++c)
                if (lies(d.line, c, value)) return a;
        }
        ADD_FAILURE() << literal_of(value) << " lies in no atom of " << d.label;
        return 0;
    }
    static bool lies(const Line& line, std::size_t c, const Value& value) {
        if (line.form == Form::listed) {
            if (c < line.values.size()) return equal(line.values[c], value) == Truth::yes;
            return std::none_of(line.values.begin(), line.values.end(),
                                [&](const Value& v) { return equal(v, value) == Truth::yes; });
        }
        if (line.form == Form::subsets) {
            for (std::size_t e = 0; e < line.values.size(); ++e) {
                bool in = false;
                for (const Value& item : value.list()) in = in || equal(item, line.values[e]) == Truth::yes;
                if (in != (((c >> e) & 1U) != 0)) return false;
            }
            return true;
        }
        const Stretch& s = line.stretches[c];
        if (s.point) return order(*s.low, value) == Order::equal;
        return (!s.low || order(*s.low, value) == Order::less) && (!s.high || order(value, *s.high) == Order::less);
    }
    void walk(std::size_t i, std::vector<Value>& values, std::vector<std::size_t>& atoms) {
        if (i < values.size()) {
            for (const std::string& text : text_.inputs[i].grid) {
                values[i] = literal(text);
                atoms[i] = atom_of(checker_->space().dimensions[i], values[i]);
                walk(i + 1, values, atoms);
            }
            return;
        }
        Seen seen{atoms, {}, {}, {}};
        for (std::uint32_t r = 0; r < table_->rules.size(); ++r) {
            Match all = Match::yes;
            for (std::size_t c = 0; c < values.size() && all != Match::no; ++c) {
                const Match one = match(evaluator_, *table_->rules[r].inputs[c].node, values[c], nullptr);
                if (one != Match::yes) all = one;
            }
            if (all == Match::yes) seen.yes.push_back(r);
            if (all == Match::undecided) seen.undecided.push_back(r);
        }
        Run run(*model_, evaluator_);
        for (std::size_t c = 0; c < values.size(); ++c) run.give(*model_->find(text_.inputs[c].name), values[c]);
        seen.result = run.value_of(*model_->find("Outcome"));
        seen_.push_back(std::move(seen));
    }

    generated::TableText text_;
    std::shared_ptr<const Model> model_;
    Arena arena_;
    Evaluator evaluator_;
    const Table* table_ = nullptr;
    std::unique_ptr<Checker> checker_;
    std::vector<Seen> seen_;
};

std::size_t boxes_around(const std::vector<Box>& boxes, const Point& point) {
    std::size_t out = 0;
    for (const Box& box : boxes) {
        bool in = true;
        for (std::size_t d = 0; d < point.size() && in; ++d) in = box[d].has(point[d]);
        if (in) ++out;
    }
    return out;
}

bool same_result(const Value& x, const Value& y) {
    if (x.is_undetermined() || y.is_undetermined()) return x.is_undetermined() && y.is_undetermined();
    return equal(x, y) == Truth::yes;
}

void expect_gaps(Enumerated& it) {
    const auto region = it.checker().uncovered();
    EXPECT_TRUE(region.proved) << region.why_not;
    for (const Seen& seen : it.seen())
        EXPECT_EQ(boxes_around(region.boxes, seen.point), seen.yes.empty() && seen.undecided.empty() ? 1U : 0U);
}

void expect_overlaps(Enumerated& it, const TableReport& report) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> wanted, found;
    for (const Seen& seen : it.seen())
        for (const std::uint32_t i : seen.yes)
            for (const std::uint32_t j : seen.yes)
                if (i < j) wanted.emplace(i + 1, j + 1);
    for (const Finding& one : report.findings) {
        if (one.kind != FindingKind::overlap) continue;
        found.emplace(one.rules[0], one.rules[1]);
        if (one.severity != Severity::error) continue;
        EXPECT_EQ(one.example->answer, "undetermined");
    }
    EXPECT_EQ(found, wanted);
}

bool goes_before(const Table& table, std::uint32_t x, std::uint32_t y) {
    if (table.policy == HitPolicy::first) return x < y;
    if (table.policy != HitPolicy::priority) return false;
    const auto rank = [&](std::uint32_t r) { return table.rules[r].outputs[0].text; };  // x, y, z are in order
    return rank(x) < rank(y) || (rank(x) == rank(y) && x < y);
}

void expect_rules(Enumerated& it) {
    for (std::uint32_t r = 0; r < it.table().rules.size(); ++r) {
        bool fires = false, matters = false;
        for (const Seen& seen : it.seen()) {
            const bool in = std::count(seen.yes.begin(), seen.yes.end(), r) > 0;
            const bool perhaps = std::count(seen.undecided.begin(), seen.undecided.end(), r) > 0;
            if (!in && !perhaps) continue;
            fires = fires || std::none_of(seen.yes.begin(), seen.yes.end(),
                                          [&](std::uint32_t x) { return goes_before(it.table(), x, r); });
            auto yes = seen.yes, undecided = seen.undecided;
            std::erase(yes, r);
            std::erase(undecided, r);
            if (it.table().policy == HitPolicy::first && !yes.empty())
                std::erase_if(undecided, [&](std::uint32_t x) { return x > yes.front(); });
            const Value without = it.result(yes, undecided);
            matters = matters || !same_result(seen.result, without);
        }
        EXPECT_EQ(it.checker().fires(r), fires ? Checker::Answer::yes : Checker::Answer::no) << "rule " << r + 1;
        EXPECT_EQ(it.checker().matter({r}), matters ? Checker::Answer::yes : Checker::Answer::no) << "rule " << r + 1;
    }
}

void expect_undetermined(Enumerated& it) {
    std::vector<std::vector<Box>> regions;
    for (std::size_t d = 0; d < it.checker().space().dimensions.size(); ++d)
        regions.push_back(it.checker().undetermined(d).boxes);
    for (const Seen& seen : it.seen()) {
        bool conflict = false;
        if (seen.yes.size() > 1) conflict = it.result(seen.yes, {}).is_undetermined();
        for (std::size_t d = 0; d < regions.size(); ++d) {
            const bool null = it.checker().space().dimensions[d].atoms[seen.point[d]].not_known;
            EXPECT_EQ(boxes_around(regions[d], seen.point),
                      null && !conflict && seen.result.is_undetermined() ? 1U : 0U);
        }
    }
}

void expect_examples(const Enumerated& it, const TableReport& report) {
    for (const Finding& one : report.findings) {
        if (one.kind == FindingKind::gap) {
            EXPECT_EQ(one.example->answer, it.table().aggregation == Aggregation::count ? "0" : "no rule");
        }
        if (one.kind == FindingKind::undetermined) {
            EXPECT_EQ(one.example->answer, "undetermined");
        }
    }
}

TEST(Verifier, SaysOfSmallTablesWhatEnumerationSees) {
    for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
        generated::Random random(seed);
        const generated::TableText text = generated::small(random);
        Enumerated it(text);
        const TableReport report = it.checker().report();
        expect_gaps(it);
        expect_overlaps(it, report);
        expect_rules(it);
        expect_undetermined(it);
        expect_examples(it, report);
        ASSERT_FALSE(HasFailure()) << "seed " << seed << "\n" << generated::model(text);
    }
}

}  // namespace
}  // namespace kith::dmn::verify
