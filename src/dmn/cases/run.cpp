#include "dmn/cases/run.hpp"

#include <set>

#include "dmn/cases/judge.hpp"

namespace kith::dmn::cases {
namespace {
/// Puts a file's lines to a model: every fault is found before a case is run.
class Binder {
  public:
    Binder(const File& file, const Model& model, Literals& literals)
        : file_(file), model_(model), literals_(literals) {}

    std::vector<Bound> bind(Faults& faults) {
        for (line_ = 0; line_ < file_.lines.size(); ++line_) {
            const Line& line = file_.lines[line_];
            if (line.kind == LineKind::decision) decision(line);
            if (line.kind == LineKind::given && decided()) read(line.given, given_ = {});
            if (line.kind == LineKind::one_case && decided()) one_case(line.one);
            if (faults_.size() >= Limits{}.faults) break;
        }
        faults = std::move(faults_);
        return std::move(out_);
    }

  private:
    void wrong(Place place, std::string message) {
        faults_.push_back(fault_at(file_, line_, place, std::move(message)));
    }
    bool decided() {
        if (decision_ != nullptr) return true;
        if (!told_) wrong({}, "a line `decision NAME` has to stand before this");
        told_ = true;
        return false;
    }
    void decision(const Line& line) {
        given_ = {};
        told_ = true;
        decision_ = model_.find(ElementKind::decision, line.name);
        if (decision_ == nullptr) wrong(line.name_at, "the model has no decision \"" + line.name + "\"");
    }
    void read(const std::vector<Setting>& settings, std::vector<Given>& out) {
        for (const Setting& one : settings) {
            Wrong why;
            auto fact = read_fact(model_, *decision_, one, literals_, why);
            if (fact)
                out.push_back(std::move(*fact));
            else
                wrong(why.place, why.message);
        }
    }
    void one_case(const Case& one) {
        if (!ids_.insert(one.id).second) wrong(one.id_at, "there is a case `" + one.id + "` before this one");
        Bound made;
        made.line = line_;
        made.decision = decision_;
        made.facts = given_;
        read(one.facts, made.facts);
        Wrong why;
        if (!bind_outputs(one, made, literals_, why)) wrong(why.place, why.message);
        if (!one.because.empty()) {
            made.because = find_fact(model_, *decision_, one.because);
            if (!made.because) wrong(one.because_at, "there is no fact `" + one.because + "`");
        }
        out_.push_back(std::move(made));
    }

    const File& file_;
    const Model& model_;
    Literals& literals_;
    std::size_t line_ = 0;
    const Element* decision_ = nullptr;
    bool told_ = false;
    std::vector<Given> given_;
    std::set<std::string> ids_;
    std::vector<Bound> out_;
    Faults faults_;
};

std::string after_arrow(const Case& one) {
    Case only = one;
    only.facts.clear();
    const std::string line = plain(only);
    return line.substr(only.id.size() + std::string_view(": -> ").size());
}
}  // namespace

Ran run(const File& file, const std::shared_ptr<const Model>& model, const SessionOptions& options) {
    Ran out;
    Literals literals(*model);
    try {
        const std::vector<Bound> bound = Binder(file, *model, literals).bind(out.faults);
        if (!out.faults.empty()) return out;
        Session session(model, options);
        for (const Bound& one : bound) {
            const Line& line = file.lines[one.line];
            give(session, one.facts, literals);
            const Explanation explanation = session.explain(*one.decision);
            Result result;
            result.id = line.one.id;
            result.decision = one.decision->name;
            result.position = fault_at(file, one.line, line.one.id_at, {}).position;
            result.why_not = difference(line.one, one, *model, explanation);
            result.held = result.why_not.empty();
            result.expected = after_arrow(line.one);
            result.got = answer_of(explanation, *one.decision, Detail::rules_and_facts);
            if (!result.held) result.explanation = sentences(explanation);
            out.results.push_back(std::move(result));
        }
    } catch (const LimitReached& reached) {
        out.results.clear();
        out.faults.push_back(fault_at(file, 0, {}, std::string("a limit was reached: ") + reached.limit));
    }
    return out;
}

std::vector<std::string> model_files(const File& file) {
    std::vector<std::string> out;
    for (const Line& line : file.lines)
        if (line.kind == LineKind::model) out.push_back(line.name);
    return out;
}

}  // namespace kith::dmn::cases
