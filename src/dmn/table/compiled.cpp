#include "dmn/table/compiled.hpp"

#include <algorithm>
#include <bit>

#include "dmn/table/decide.hpp"

namespace kith::dmn {
namespace {
constexpr std::size_t kMostBits = 1ULL << 30;  // 128 MiB a column, beyond which the interpreter is used
constexpr std::size_t kMostColumns = 64;

bool below(const Value& x, const Value& y) {
    if (x.is(Kind::boolean)) return !x.boolean() && y.boolean();
    return order(x, y) == Order::less;
}

void set(std::span<std::uint64_t> bits, std::size_t rule) { bits[rule / 64] |= 1ULL << (rule % 64); }

// The cuts of a column, or nothing when its cells do not agree on a kind.
std::optional<std::vector<Value>> cuts_of(const std::vector<Accepts>& cells, Kind& kind) {
    std::vector<Value> cuts;
    for (const Accepts& cell : cells) {
        if (cell.kind && kind != Kind::null && *cell.kind != kind) return std::nullopt;
        if (cell.kind) kind = *cell.kind;
        for (const Interval& part : cell.parts) {
            if (part.has_low) cuts.push_back(part.low);
            if (part.has_high) cuts.push_back(part.high);
        }
    }
    if (kind == Kind::boolean) return std::vector{Value::of(false), Value::of(true)};
    for (const Value& cut : cuts)
        if (order(cuts.front(), cut) == Order::unknown) return std::nullopt;
    std::sort(cuts.begin(), cuts.end(), below);
    cuts.erase(
        std::unique(cuts.begin(), cuts.end(), [](const Value& x, const Value& y) { return equal(x, y) == Truth::yes; }),
        cuts.end());
    return cuts;
}

// The rows from `from` to `to` that an interval covers. Row 2i lies below cut i, row 2i + 1 at it.
std::pair<std::size_t, std::size_t> rows_of(const Interval& part, std::span<const Value> cuts) {
    const auto place = [&](const Value& value) {
        return static_cast<std::size_t>(std::lower_bound(cuts.begin(), cuts.end(), value, below) - cuts.begin());
    };
    const std::size_t from = !part.has_low ? 0 : 2 * place(part.low) + 1 + (part.low_end == End::open ? 1 : 0);
    const std::size_t to =
        !part.has_high ? 2 * cuts.size() + 1 : 2 * place(part.high) + 1 + (part.high_end == End::open ? 0 : 1);
    return {from, to};
}

std::optional<CompiledColumn> column_of(const std::vector<Accepts>& cells, std::uint32_t words, Arena& arena) {
    CompiledColumn out;
    const auto cuts = cuts_of(cells, out.kind);
    if (!cuts) return std::nullopt;
    const std::size_t rows = 2 * cuts->size() + 1;
    if (rows * words * 64 > kMostBits) return std::nullopt;
    out.cuts = arena.keep(*cuts);
    out.always = std::all_of(cells.begin(), cells.end(), [](const Accepts& cell) { return cell.everything; });
    const std::span<std::uint64_t> bits = arena.many<std::uint64_t>(rows * words);
    const std::span<std::uint64_t> yes = arena.many<std::uint64_t>(words), maybe = arena.many<std::uint64_t>(words);
    std::vector<bool> covered(rows);
    for (std::size_t rule = 0; rule < cells.size(); ++rule) {
        const Accepts& cell = cells[rule];
        covered.assign(rows, cell.everything);
        for (const Interval& part : cell.parts) {
            const auto [from, to] = rows_of(part, *cuts);
            for (std::size_t row = from; row < to; ++row) covered[row] = true;
        }
        for (std::size_t row = 0; row < rows; ++row)
            if (covered[row] != cell.negated) set(bits.subspan(row * words, words), rule);
        if (cell.everything || cell.null) set(yes, rule);
        if (cell.everything || cell.null || !cell.names_null) set(maybe, rule);
    }
    out.bits = bits;
    out.null_yes = yes;
    out.null_maybe = maybe;
    return out;
}

std::optional<Value> constant_result(const Table& table, const Rule& rule, Evaluator& evaluator) {
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < rule.outputs.size(); ++i) {
        auto value = constant_value(*rule.outputs[i].node, evaluator);
        if (!value) return std::nullopt;
        if (!value->is_null()) {
            const Value converted = evaluator.convert(*value, *table.outputs[i].type, nullptr);
            if (converted.is_null()) return std::nullopt;  // its fault is told when it is asked for
            value = converted;
        }
        entries.push_back({table.outputs[i].name, *value});
    }
    return entries.size() == 1 ? entries.front().value : evaluator.context(entries);
}
}  // namespace

const std::uint64_t* CompiledColumn::row(const Value& value, std::uint32_t words) const {
    if (kind == Kind::boolean) return &bits[(value.boolean() ? 3U : 1U) * words];
    std::size_t low = 0, high = cuts.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        switch (order(value, cuts[middle])) {
            case Order::less:
                high = middle;
                break;
            case Order::greater:
                low = middle + 1;
                break;
            case Order::equal:
                return &bits[(2 * middle + 1) * words];
            case Order::unknown:
                return nullptr;
        }
    }
    return &bits[2 * low * words];
}

const CompiledTable* compile(const Table& table, Arena& arena, const Zones& zones) {
    if (table.inputs.size() > kMostColumns || table.rules.empty()) return nullptr;
    Evaluator evaluator(arena, zones, Mode::strict, {});
    CompiledTable out;
    out.words = static_cast<std::uint32_t>((table.rules.size() + 63) / 64);
    std::vector<CompiledColumn> columns;
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
        std::vector<Accepts> cells;
        for (const Rule& rule : table.rules) {
            auto cell = accepts(*rule.inputs[i].node, evaluator);
            if (!cell) return nullptr;
            cells.push_back(std::move(*cell));
        }
        const auto column = column_of(cells, out.words, arena);
        if (!column) return nullptr;
        columns.push_back(*column);
    }
    out.columns = arena.keep(columns);
    std::vector<Value> results;
    for (const Rule& rule : table.rules) {
        const auto result = constant_result(table, rule, evaluator);
        if (!result) break;
        results.push_back(*result);
    }
    out.constant = results.size() == table.rules.size();
    if (out.constant) out.results = arena.keep(results);
    return arena.make<CompiledTable>(out);
}

namespace {
struct Rows {
    const std::uint64_t* yes[kMostColumns];
    const std::uint64_t* maybe[kMostColumns];
    std::size_t count = 0;
    std::uint64_t matching(std::uint32_t word) const {
        std::uint64_t out = ~0ULL;
        for (std::size_t i = 0; i < count; ++i) out &= yes[i][word];
        return out;
    }
    std::uint64_t possible(std::uint32_t word) const {
        std::uint64_t out = ~0ULL;
        for (std::size_t i = 0; i < count; ++i) out &= maybe[i][word];
        return out;
    }
};

// Where each input stands in its column; false when the interpreter has to be asked.
bool find_rows(const CompiledTable& compiled, std::span<const Value> inputs, bool strict, Rows& out, bool& unknown) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const CompiledColumn& column = compiled.columns[i];
        if (column.always) continue;
        if (inputs[i].is_null()) {
            if (!strict) return false;
            out.yes[out.count] = column.null_yes.data();
            out.maybe[out.count++] = column.null_maybe.data();
            unknown = true;
            continue;
        }
        if (column.kind != Kind::null && inputs[i].kind() != column.kind) return false;
        const std::uint64_t* row =
            column.kind == Kind::null ? column.bits.data() : column.row(inputs[i], compiled.words);
        if (row == nullptr) return false;
        out.yes[out.count] = row;
        out.maybe[out.count++] = row;
    }
    return true;
}
}  // namespace

std::optional<Value> decide_compiled(Evaluator& e, const Table& table, std::span<const Value> inputs,
                                     const Frame* frame) {
    const CompiledTable& compiled = *table.compiled;
    Rows rows;
    bool unknown = false;
    if (!find_rows(compiled, inputs, e.strict(), rows, unknown)) return std::nullopt;
    const bool first_only = table.policy == HitPolicy::first && !unknown;
    std::span<std::uint32_t> matching, undecided;
    std::size_t matches = 0, doubts = 0;
    if (!first_only) matching = e.arena().many<std::uint32_t>(table.rules.size());
    if (unknown) undecided = e.arena().many<std::uint32_t>(table.rules.size());
    const std::size_t tail = table.rules.size() % 64;
    for (std::uint32_t word = 0; word < compiled.words; ++word) {
        const std::uint64_t real = word + 1 == compiled.words && tail != 0 ? (1ULL << tail) - 1 : ~0ULL;
        std::uint64_t yes = rows.matching(word) & real;
        for (std::uint64_t rest = yes; rest != 0; rest &= rest - 1) {
            const std::uint32_t rule = word * 64 + static_cast<std::uint32_t>(std::countr_zero(rest));
            if (first_only)
                return compiled.constant ? compiled.results[rule] : outcome(e, table, std::span(&rule, 1), frame);
            matching[matches++] = rule;
        }
        if (!unknown) continue;
        for (std::uint64_t rest = rows.possible(word) & real & ~yes; rest != 0; rest &= rest - 1)
            undecided[doubts++] = word * 64 + static_cast<std::uint32_t>(std::countr_zero(rest));
    }
    const std::span<const std::uint32_t> found = matching.first(matches);
    return doubts == 0 ? outcome(e, table, found, frame) : outcome(e, table, found, undecided.first(doubts), frame);
}

}  // namespace kith::dmn
