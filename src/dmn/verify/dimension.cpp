#include "dmn/verify/dimension.hpp"

#include <algorithm>
#include <map>

#include "dmn/feel/scope.hpp"
#include "dmn/table/decide.hpp"
#include "dmn/value/text.hpp"
#include "dmn/verify/sample.hpp"
#include "dmn/verify/witness.hpp"

namespace kith::dmn::verify {
namespace {
bool is_zoned(const Value& value) {
    return (value.is(Kind::time) || value.is(Kind::date_time)) && value.clock().kind != ZoneKind::none;
}

std::optional<Kind> ordered_kind(TypeKind kind) {
    switch (kind) {
        case TypeKind::number:
            return Kind::number;
        case TypeKind::date:
            return Kind::date;
        case TypeKind::time:
            return Kind::time;
        case TypeKind::date_time:
            return Kind::date_time;
        case TypeKind::days_duration:
            return Kind::days_duration;
        case TypeKind::months_duration:
            return Kind::months_duration;
        default:
            return {};
    }
}

class Maker {
  public:
    Maker(Variable variable, const Type* type, const std::vector<Column>& columns, Constants& constants,
          const std::vector<Value>* produced)
        : type_(type), columns_(columns), constants_(constants), produced_(produced) {
        out_.variable = std::move(variable);
        out_.label = out_.variable.text();
    }

    Dimension make(std::vector<std::vector<Side>>& sides) {
        collect();
        shape();
        admit();
        read_cells();
        make_atoms();
        write_sides(sides);
        return std::move(out_);
    }

  private:
    void doubt(std::string why) {
        if (std::find(out_.doubts.begin(), out_.doubts.end(), why) == out_.doubts.end())
            out_.doubts.push_back(std::move(why));
    }
    void allow(const Type* type) {
        for (const Type* t = type; t != nullptr; t = t->base)
            if (t->allowed != nullptr && std::find(allowed_.begin(), allowed_.end(), t->allowed) == allowed_.end())
                allowed_.push_back(t->allowed);
    }
    void collect() {
        allow(type_);
        for (const Column& column : columns_) {
            allow(column.type);
            allow(column.variable);
            if (column.allowed != nullptr) allowed_.push_back(column.allowed);
            for (const Node* cell : column.cells)
                if (cell->op != Op::test_any) gather(*cell, constants_, points_);
        }
        for (const Node* node : allowed_) gather(*node, constants_, points_);
        if (produced_ != nullptr)
            for (const Value& value : *produced_)
                if (!value.is_null()) points_.push_back(value);
    }
    const Type* base_type() {
        if (!type_->is(TypeKind::any)) return type_;
        for (const Column& column : columns_)
            if (!column.type->is(TypeKind::any)) return column.type;
        if (points_.empty()) return type_;
        for (const Value& point : points_)
            if (point.kind() != points_.front().kind()) return type_;
        doubt("it has no declared type; it is taken as what its cells compare it with");
        return types::of(points_.front().kind());
    }
    void shape() {
        Line& line = out_.line;
        const Type* type = base_type();
        if (type->is(TypeKind::boolean)) {
            line.kind = Kind::boolean;
            line.values = {Value::of(true), Value::of(false)};
        } else if (type->is(TypeKind::string)) {
            shape_texts();
        } else if (type->is(TypeKind::list)) {
            shape_list(*type);
        } else if (const auto kind = ordered_kind(type->kind)) {
            line.form = Form::ordered;
            line.kind = *kind;
            shape_ordered();
        } else {
            doubt("its type is not one that is analysed");
            line.values = {sample(*type, constants_.evaluator())};
        }
    }
    void shape_texts() {
        Line& line = out_.line;
        line.kind = Kind::string;
        for (const Value& point : points_) {
            const bool known = std::any_of(line.values.begin(), line.values.end(),
                                           [&](const Value& v) { return equal(v, point) == Truth::yes; });
            if (point.is(Kind::string) && !known) line.values.push_back(point);
        }
        line.any_other = true;
    }
    void shape_list(const Type& type) {
        Line& line = out_.line;
        line.form = Form::subsets;
        line.kind = Kind::list;
        const Type* element = type.element != nullptr ? type.element : &types::any;
        const bool closed = element->allowed != nullptr || element->is(TypeKind::boolean);
        for (const Value& point : points_) {
            const bool known = std::any_of(line.values.begin(), line.values.end(),
                                           [&](const Value& v) { return equal(v, point) == Truth::yes; });
            if (!known) line.values.push_back(point);
        }
        if (closed && line.values.size() <= kMostElements) return;
        doubt(closed ? "more of its elements are asked for than can be combined"
                     : "its elements have no allowed values");
        line.values.clear();
    }
    void shape_ordered() {
        Line& line = out_.line;
        for (const Node* node : allowed_) {
            std::vector<const Node*> rest;
            if (asks_whole(*node, rest) && line.kind == Kind::number) line.stepped = true;
        }
        std::vector<Value> own;
        for (const Value& point : points_)
            if (point.kind() == line.kind && (own.empty() || is_zoned(own.front()) == is_zoned(point)))
                own.push_back(point);
        if (line.kind == Kind::time && !own.empty() && is_zoned(own.front())) {
            doubt("times with a zone are not analysed");
            own.clear();
            line.kind = Kind::null;
        }
        cut(line, std::move(own));
        if (line.kind == Kind::null) {
            line.form = Form::listed;
            line.values = {Value::clock(Kind::time, Clock{43'200})};
            line.stretches.clear();
        }
    }

    // Candidates in which an admissible value lies.
    void admit() {
        Line& line = out_.line;
        witnesses_.resize(line.size());
        out_.real = Bits(line.size());
        for (std::size_t i = 0; i < line.size(); ++i) {
            witnesses_[i] = candidate(i);
            if (witnesses_[i]) out_.real.set(i);
        }
        admitted_ = out_.real;
        if (line.form == Form::subsets) return admit_elements();
        for (const Node* node : allowed_) {
            std::vector<const Node*> rest;
            asks_whole(*node, rest);
            for (const Node* part : rest) {
                const auto bits = passing(*part, line, constants_);
                if (bits)
                    admitted_ &= *bits;
                else
                    doubt("its allowed values are more than can be analysed");
            }
        }
        compare_columns();
        if (produced_ == nullptr) return;
        Bits made(line.size());
        for (std::size_t i = 0; i < line.size(); ++i)
            for (const Value& value : *produced_)
                if (exactly(i, value)) made.set(i);
        admitted_ &= made;
    }
    void compare_columns() {
        std::vector<Bits> allowed;
        for (const Column& column : columns_) {
            Bits bits = out_.real;
            const auto narrow = [&](const Node* node) {
                std::vector<const Node*> rest;
                if (node != nullptr) asks_whole(*node, rest);
                for (const Node* part : rest)
                    if (const auto passed = passing(*part, out_.line, constants_)) bits &= *passed;
            };
            narrow(column.allowed);
            for (const Type* t = column.variable; t != nullptr; t = t->base) narrow(t->allowed);
            allowed.push_back(std::move(bits));
        }
        for (const Bits& bits : allowed) out_.allowed_differs = out_.allowed_differs || bits != allowed.front();
    }
    bool exactly(std::size_t i, const Value& value) const {
        const Line& line = out_.line;
        if (line.form == Form::listed) return i < line.values.size() && equal(line.values[i], value) == Truth::yes;
        return line.form == Form::ordered && line.stretches[i].point &&
               equal(*line.stretches[i].low, value) == Truth::yes;
    }
    void admit_elements() {
        const Type* type = base_type();
        if (type->allowed != nullptr) doubt("its allowed values are more than can be analysed");
        const Node* allowed = type->element != nullptr ? type->element->allowed : nullptr;
        for (std::size_t e = 0; allowed != nullptr && e < out_.line.values.size(); ++e) {
            if (constants_.evaluator().test(*allowed, out_.line.values[e], nullptr).is_true()) continue;
            for (std::size_t n = 0; n < out_.line.size(); ++n)
                if (((n >> e) & 1U) != 0 && admitted_.has(n)) admitted_.clear(n);
        }
    }
    std::optional<Value> candidate(std::size_t i) {
        const Line& line = out_.line;
        if (line.form == Form::ordered) return witness(line, line.stretches[i]);
        if (line.form == Form::listed) return i < line.values.size() ? line.values[i] : fresh();
        std::vector<Value> items;
        for (std::size_t e = 0; e < line.values.size(); ++e)
            if (((i >> e) & 1U) != 0) items.push_back(line.values[e]);
        return constants_.evaluator().list(items);
    }
    Value fresh() {
        std::string text = "any other";
        const auto taken = [&](const Value& v) { return v.is(Kind::string) && v.string() == text; };
        while (std::any_of(out_.line.values.begin(), out_.line.values.end(), taken)) text += "!";
        return constants_.keep(text);
    }

    bool admits_null() {
        const auto passes = [&](const Node* node) {
            return names_null(*node) && constants_.evaluator().test(*node, Value::null(), nullptr).is_true();
        };
        if (produced_ != nullptr)
            return std::any_of(produced_->begin(), produced_->end(), [](const Value& v) { return v.is_null(); }) &&
                   std::all_of(allowed_.begin(), allowed_.end(), passes);
        return std::all_of(columns_.begin(), columns_.end(), [&](const Column& column) {
            for (const Type* one = column.variable; one != nullptr; one = one->base)
                if (one->allowed != nullptr && !passes(one->allowed)) return false;
            return column.variable->allowed != nullptr && (column.allowed == nullptr || passes(column.allowed));
        });
    }

    struct Read {
        std::optional<Bits> bits;
        Match on_null = Match::undecided;
    };
    void read_cells() {
        null_ = admits_null();
        for (const Column& column : columns_)
            for (const Node* cell : column.cells) {
                if (read_.contains(cell)) continue;
                Read one;
                one.bits = passing(*cell, out_.line, constants_);
                if (null_ && (one.bits || !names_null(*cell)))
                    one.on_null = match(constants_.evaluator(), *cell, Value::null(), nullptr);
                read_.emplace(cell, std::move(one));
            }
    }
    bool same_for_all(std::size_t x, std::size_t y) const {
        return std::all_of(read_.begin(), read_.end(), [&](const auto& entry) {
            return !entry.second.bits || entry.second.bits->has(x) == entry.second.bits->has(y);
        });
    }
    void make_atoms() {
        for (std::size_t i = admitted_.next(); i < admitted_.size(); i = admitted_.next(i + 1)) {
            if (out_.line.form == Form::ordered && !out_.atoms.empty() && touching(out_.atoms.back().last, i) &&
                same_for_all(out_.atoms.back().first, i)) {
                out_.atoms.back().last = i;
                continue;
            }
            out_.atoms.push_back({*witnesses_[i], i, i, false});
        }
        if (null_) out_.atoms.push_back({Value::null(), 0, 0, true});
    }
    bool touching(std::size_t x, std::size_t y) const { return out_.real.next(x + 1) == y; }

    void write_sides(std::vector<std::vector<Side>>& sides) {
        sides.resize(columns_.size());
        for (std::size_t c = 0; c < columns_.size(); ++c)
            for (const Node* cell : columns_[c].cells) sides[c].push_back(side(read_.at(cell)));
    }
    Side side(const Read& cell) const {
        Side out{Bits(out_.atoms.size()), Bits(out_.atoms.size()), !cell.bits};
        for (std::size_t a = 0; a < out_.atoms.size(); ++a) {
            const Atom& atom = out_.atoms[a];
            const bool yes = atom.not_known ? cell.on_null == Match::yes && cell.bits.has_value()
                                            : cell.bits && cell.bits->has(atom.first);
            const bool may = yes || !cell.bits || (atom.not_known && cell.on_null == Match::undecided);
            if (yes) out.yes.set(a);
            if (may) out.may.set(a);
        }
        return out;
    }

    const Type* type_;
    const std::vector<Column>& columns_;
    Constants& constants_;
    const std::vector<Value>* produced_;
    Dimension out_;
    std::vector<const Node*> allowed_;
    std::vector<Value> points_;
    std::vector<std::optional<Value>> witnesses_;
    Bits admitted_;
    std::map<const Node*, Read> read_;
    bool null_ = false;
};

// One run of candidates as a unary test.
std::string run_text(const Line& line, std::size_t first, std::size_t last) {
    const Stretch &a = line.stretches[first], &b = line.stretches[last];
    std::optional<Value> low = a.low, high = b.point ? b.low : b.high;
    bool low_closed = a.point, high_closed = b.point;
    if (is_stepped(line) && low && !a.point) {
        low = witness(line, a, Near::low);
        low_closed = true;
    }
    if (is_stepped(line) && high && !b.point) {
        high = witness(line, b, Near::high);
        high_closed = true;
    }
    if (!low && !high) return "not(null)";
    if (!low) return (high_closed ? "<= " : "< ") + literal_of(*high);
    if (!high) return (low_closed ? ">= " : "> ") + literal_of(*low);
    if (low_closed && high_closed && equal(*low, *high) == Truth::yes) return literal_of(*low);
    return (low_closed ? "[" : "(") + literal_of(*low) + ".." + literal_of(*high) + (high_closed ? "]" : ")");
}

void add(std::string& out, const std::string& text) {
    if (!out.empty()) out += ", ";
    out += text;
}

std::string ordered_text(const Dimension& d, const Bits& atoms) {
    std::string out;
    for (std::size_t a = atoms.next(); a < atoms.size();) {
        if (d.atoms[a].not_known) break;
        std::size_t last = a;
        while (last + 1 < d.atoms.size() && atoms.has(last + 1) && !d.atoms[last + 1].not_known &&
               d.real.next(d.atoms[last].last + 1) == d.atoms[last + 1].first)
            ++last;
        add(out, run_text(d.line, d.atoms[a].first, d.atoms[last].last));
        a = atoms.next(last + 1);
    }
    return out;
}

std::string listed_text(const Dimension& d, const Bits& atoms) {
    std::string in, out;
    bool other = false;
    for (std::size_t a = 0; a < d.atoms.size(); ++a) {
        if (d.atoms[a].not_known) continue;
        const bool is_other = d.line.any_other && d.atoms[a].first == d.line.values.size();
        if (is_other)
            other = atoms.has(a);
        else
            add(atoms.has(a) ? in : out, literal_of(d.atoms[a].witness));
    }
    if (!other) return in;
    return out.empty() ? "not(null)" : "not(" + out + ")";
}

// Which elements are in and which are out, where that says it all; else each set.
std::string subsets_text(const Dimension& d, const Bits& atoms) {
    Bits cube = atoms;
    std::string conditions, sets;
    const auto has = [&](std::size_t a, std::size_t e) { return ((d.atoms[a].first >> e) & 1U) != 0; };
    std::size_t fixed_in = 0, fixed_out = 0;
    for (std::size_t e = 0; e < d.line.values.size(); ++e) {
        bool in = true, out = true;
        for (std::size_t a = atoms.next(); a < atoms.size(); a = atoms.next(a + 1)) {
            if (d.atoms[a].not_known) continue;
            in = in && has(a, e);
            out = out && !has(a, e);
        }
        if (in) fixed_in |= std::size_t{1} << e;
        if (out) fixed_out |= std::size_t{1} << e;
        if (!in && !out) continue;
        const std::string one = "list contains(?, " + literal_of(d.line.values[e]) + ")";
        conditions += (conditions.empty() ? "" : " and ") + (in ? one : "not(" + one + ")");
    }
    bool whole = true;
    for (std::size_t a = 0; a < d.atoms.size(); ++a) {
        if (d.atoms[a].not_known) continue;
        const bool inside = (d.atoms[a].first & fixed_in) == fixed_in && (d.atoms[a].first & fixed_out) == 0;
        whole = whole && (inside == atoms.has(a));
        if (atoms.has(a)) add(sets, literal_of(d.atoms[a].witness));
    }
    if (!whole) return sets;
    return conditions.empty() ? "not(null)" : conditions;
}
}  // namespace

std::string Variable::text() const {
    std::string out = name;
    for (const std::string& part : path) out += "." + part;
    return out;
}

std::string Variable::written() const {
    std::string out = written_name(name);
    for (const std::string& part : path) out += "." + written_name(part);
    return out;
}

std::optional<Variable> variable_of(const Node& expression) {
    const Node* node = &expression;
    while (node->op == Op::convert) node = &node->kid(0);
    if (node->op == Op::slot) return Variable{node->depth, node->index, std::string(node->text), {}, node->type};
    if (node->op != Op::path || !node->kid(0).type->is(TypeKind::context)) return {};
    auto out = variable_of(node->kid(0));
    if (out) out->path.emplace_back(node->text);
    return out;
}

Dimension make_dimension(Variable variable, const Type* type, const std::vector<Column>& columns, Constants& constants,
                         std::vector<std::vector<Side>>& sides, const std::vector<Value>* produced) {
    return Maker(std::move(variable), type, columns, constants, produced).make(sides);
}

std::string described(const Dimension& d, const Bits& atoms) {
    if (atoms == d.whole()) return "-";
    Bits known = atoms;
    bool null = false;
    bool all_known = true;
    for (std::size_t a = 0; a < d.atoms.size(); ++a) {
        if (!d.atoms[a].not_known)
            all_known = all_known && atoms.has(a);
        else if (atoms.has(a)) {
            null = true;
            known.clear(a);
        }
    }
    std::string out;
    if (!known.none()) {
        if (all_known)
            out = "not(null)";
        else if (d.line.form == Form::ordered)
            out = ordered_text(d, known);
        else
            out = d.line.form == Form::listed ? listed_text(d, known) : subsets_text(d, known);
    }
    if (null) add(out, "null");
    return out;
}

}  // namespace kith::dmn::verify
