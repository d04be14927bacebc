// Runs the part of the public conformance suite that KITH_TCK names, in lenient mode as the suite asks, and prints four
// figures: all cases, cases with a value, null cases, the mean over folders. The runner alone has the tolerance of
// 1e-8.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>

#include "dmn/conformance/cases.hpp"
#include "dmn/model/run.hpp"
#include "dmn/value/temporal.hpp"
#include "dmn/value/text.hpp"

namespace kith::dmn::conformance {
namespace {
const Now kNow{1'780'000'000, 0, "Etc/UTC"};

std::string_view typed(const XmlElement& value) {
    for (const XmlAttribute& attribute : value.attributes)
        if (attribute.name == "type") return std::string_view(attribute.value).substr(attribute.value.find(':') + 1);
    return "string";
}
bool is_nil(const XmlElement& value) {
    for (const XmlAttribute& attribute : value.attributes)
        if (attribute.name == "nil") return attribute.value == "true";
    return false;
}

Value simple(const XmlElement& value, Evaluator& e) {
    const std::string_view type = typed(value), text = value.text;
    if (is_nil(value)) return {};
    if (type == "boolean") return Value::of(text == "true");
    if (type == "decimal" || type == "double" || type == "integer" || type == "int" || type == "float" ||
        type == "long") {
        const auto number = Decimal::parse(text);
        return number ? Value::of(*number) : Value::null();
    }
    if (type == "date" || type == "time" || type == "dateTime" || type == "duration")
        return parse_temporal(text, e.zones()).value_or(Value::null());
    return e.text(std::string(text));
}

Value value_in(const XmlElement& holder, Evaluator& e) {
    if (const XmlElement* value = holder.child("value")) return simple(*value, e);
    if (const XmlElement* list = holder.child("list")) {
        if (is_nil(*list)) return {};
        std::vector<Value> items;
        for (const XmlElement* item : list->all("item")) items.push_back(value_in(*item, e));
        return e.list(items);
    }
    const auto components = holder.all("component");
    if (components.empty()) return {};
    std::vector<Entry> entries;
    for (const XmlElement* component : components)
        entries.push_back({e.arena().keep(std::string_view(normal_name(component->attribute("name")))),
                           is_nil(*component) ? Value::null() : value_in(*component, e)});
    return e.context(entries);
}

bool agrees(const Value& actual, const Value& expected) {
    if (expected.is(Kind::number) && actual.is(Kind::number)) {
        const auto off = subtract(actual.number(), expected.number());
        return off && off->abs() < *Decimal::parse("1e-8");
    }
    if (actual.kind() != expected.kind()) return false;
    if (expected.is(Kind::list)) {
        const auto a = actual.list(), b = expected.list();
        if (a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i)
            if (!agrees(a[i], b[i])) return false;
        return true;
    }
    if (expected.is(Kind::context)) {
        const auto entries = expected.context().entries;
        if (entries.size() != actual.context().entries.size()) return false;
        for (const Entry& entry : entries) {
            const Value* own = actual.context().find(entry.name);
            if (own == nullptr || !agrees(*own, entry.value)) return false;
        }
        return true;
    }
    return equal(actual, expected) == Truth::yes;
}

struct Answer {
    Value value;
    bool undetermined = false;
    std::string reason;
};

// What the model answers for one result of a case.
Answer ask(const Model& model, const Case& one, const Node& result, Evaluator& e) {
    Answer out;
    try {
        Run run(model, e);
        const Element* called = nullptr;
        if (!one.invocable.empty()) {
            called = model.find(ElementKind::service, one.invocable);
            if (called == nullptr) called = model.find(ElementKind::knowledge, one.invocable);
        }
        if (called != nullptr) {
            std::vector<Value> arguments(called->parameters.size());
            for (const Node& input : one.inputs)
                for (std::size_t i = 0; i < arguments.size(); ++i)
                    if (called->parameters[i] == normal_name(input.name)) arguments[i] = value_in(*input.value, e);
            out.value = run.invoke(*called, arguments);
            if (called->outputs.size() > 1 && out.value.is(Kind::context)) {
                const Value* part = out.value.context().find(normal_name(result.name));
                out.value = part != nullptr ? *part : Value::null();
            }
        } else {
            for (const Node& input : one.inputs)
                if (const Element* element = model.find(input.name)) run.give(*element, value_in(*input.value, e));
            const Element* decision = model.find(ElementKind::decision, result.name);
            if (decision == nullptr)
                out.reason = "there is no such decision";
            else
                out.value = run.value_of(*decision);
        }
    } catch (const LimitReached& reached) {
        out.value = {};
        out.undetermined = true;
        out.reason = std::string("limit: ") + reached.limit;
    }
    if (out.value.is_undetermined()) {
        out.undetermined = true;
        out.reason = e.diagnostics[out.value.diagnostic() - 1].message;
    }
    return out;
}

std::vector<SourceFile> files_of(const CaseFile& file) {
    std::vector<SourceFile> out;
    out.push_back({file.model, read_file(file.folder / file.model)});
    for (const auto& entry : std::filesystem::directory_iterator(file.folder))
        if (entry.path().extension() == ".dmn" && entry.path().filename() != file.model)
            out.push_back({entry.path().filename().string(), read_file(entry.path())});
    return out;
}

struct Score {
    int passed = 0, all = 0;
    double percent() const { return all == 0 ? 100.0 : 100.0 * passed / all; }
    void add(bool good) { ++all, passed += good ? 1 : 0; }
    std::string text() const {
        std::ostringstream out;
        out.precision(4);
        out << passed << " of " << all << " (" << percent() << " %)";
        return out.str();
    }
};

struct Scores {
    Score all, values, nulls;
    std::map<std::string, Score> levels, folders;
    void add(const Case& one, bool good, bool wants_value) {
        all.add(good);
        (wants_value ? values : nulls).add(good);
        levels[one.level].add(good);
        folders[one.level + "/" + one.folder].add(good);
    }
    int wrong_outside(const std::string& folder) const {
        int out = 0;
        for (const auto& [name, score] : folders)
            if (name.find(folder) == std::string::npos) out += score.all - score.passed;
        return out;
    }
    void print() const {
        for (const auto& [level, score] : levels) std::cout << level << ": " << score.text() << "\n";
        std::cout << "conformance: all " << all.text() << ", values " << values.text() << ", nulls " << nulls.text()
                  << ", mean over " << folders.size() << " folders " << mean() << " %\n";
    }
    double mean() const {
        double total = 0;
        for (const auto& [name, score] : folders) total += score.percent();
        return folders.empty() ? 100.0 : total / static_cast<double>(folders.size());
    }
};

const char* suite() {
    const char* root = std::getenv("KITH_TCK");
    if (root != nullptr && std::filesystem::is_directory(root)) return root;
    std::cout << "KITH_TCK names no folder of the conformance suite: nothing of it was run\n";
    return nullptr;
}

// One result of a case, in one mode, with what was expected.
struct Asked {
    Arena arena;
    std::unique_ptr<Evaluator> evaluator;
    Answer answer;
    Value expected;
    Asked(const Loaded& loaded, const Case& one, const Node& result, Mode mode) {
        evaluator = std::make_unique<Evaluator>(arena, loaded.model->zones(), mode, EvaluationLimits{});
        evaluator->now = kNow;
        if (result.value != nullptr) expected = value_in(*result.value, *evaluator);
        answer = ask(*loaded.model, one, result, *evaluator);
    }
};

LoadOptions in(Mode mode) {
    LoadOptions out;
    out.mode = mode;
    return out;
}

TEST(Conformance, TheVisibleSuiteIsAnsweredInLenientMode) {
    const char* root = suite();
    if (root == nullptr) GTEST_SKIP();
    Scores scores;
    for (const auto& file : read_suite(root)) {
        const Loaded loaded = load(files_of(*file), in(Mode::lenient));
        for (const Case& one : file->cases) {
            bool good = loaded.model != nullptr, wants_value = false;
            for (std::size_t i = 0; i < one.results.size() && loaded.model; ++i) {
                const Asked asked(loaded, one, one.results[i], Mode::lenient);
                wants_value = wants_value || !asked.expected.is_null();
                const bool fits = agrees(asked.answer.value, asked.expected);
                good = good && fits;
                if (!fits)
                    std::cout << one.folder << " " << one.id << " " << one.results[i].name << ": "
                              << literal_of(asked.answer.value) << ", expected " << literal_of(asked.expected) << "; "
                              << (asked.answer.reason.empty() && !loaded.faults.empty() ? loaded.faults.front().message
                                                                                        : asked.answer.reason)
                              << "\n";
            }
            scores.add(one, good, wants_value);
        }
    }
    scores.print();
    EXPECT_EQ(scores.levels["compliance-level-2"].passed, scores.levels["compliance-level-2"].all);
    EXPECT_EQ(scores.wrong_outside("0076-feel-external-java"), 0) << "without Java, everything else is answered";
}

TEST(Conformance, StrictAnswersWhatLenientAnswersOrIsUndetermined) {
    const char* root = suite();
    if (root == nullptr) GTEST_SKIP();
    std::map<std::string, int> reasons;
    std::ostringstream changed;
    int same = 0, undetermined = 0, refused = 0;
    for (const auto& file : read_suite(root)) {
        const Loaded lenient = load(files_of(*file), in(Mode::lenient));
        const Loaded strict = load(files_of(*file), in(Mode::strict));
        if (!lenient.model) continue;
        for (const Case& one : file->cases) {
            refused += strict.model ? 0 : 1;
            for (const Node& result : one.results) {
                const Asked first(lenient, one, result, Mode::lenient), second(lenient, one, result, Mode::strict);
                if (second.answer.undetermined) {
                    ++undetermined;
                    ++reasons[second.answer.reason];
                    if (!first.answer.value.is_null())
                        changed << one.folder << " " << one.id << ": lenient " << literal_of(first.answer.value)
                                << ", strict undetermined: " << second.answer.reason << "\n";
                    continue;
                }
                ++same;
                EXPECT_TRUE(agrees(second.answer.value, first.answer.value))
                    << one.folder << " " << one.id << ": lenient " << literal_of(first.answer.value) << ", strict "
                    << literal_of(second.answer.value);
            }
        }
    }
    std::cout << "cases whose answer strict mode changes:\n" << changed.str();
    for (const auto& [reason, count] : reasons) std::cout << count << " undetermined: " << reason << "\n";
    std::cout << "strict: " << same << " answers as in lenient mode, " << undetermined << " undetermined; " << refused
              << " cases lie in models that strict mode does not load\n";
}

TEST(Conformance, ModelsWithoutNewerElementsRunInOlderNamespaces) {
    const char* root = suite();
    if (root == nullptr) GTEST_SKIP();
    static constexpr std::string_view kNewest = "https://www.omg.org/spec/DMN/20230324/MODEL/";
    static constexpr std::string_view kOlder[] = {"https://www.omg.org/spec/DMN/20191111/MODEL/",
                                                  "https://www.omg.org/spec/DMN/20211108/MODEL/"};
    int run = 0;
    for (const auto& file : read_suite(root)) {
        const Loaded now = load(files_of(*file), in(Mode::lenient));
        for (const std::string_view older : kOlder) {
            auto files = files_of(*file);
            for (SourceFile& source : files)
                for (std::size_t at = 0; (at = source.bytes.find(kNewest, at)) != std::string::npos;)
                    source.bytes.replace(at, kNewest.size(), older);
            const Loaded then = load(std::move(files), in(Mode::lenient));
            ASSERT_TRUE(now.model && then.model);
            const bool newer = then.faults.size() > now.faults.size();
            for (const Case& one : file->cases) {
                for (const Node& result : one.results) {
                    if (newer) continue;
                    ++run;
                    const Asked first(now, one, result, Mode::lenient), second(then, one, result, Mode::lenient);
                    EXPECT_TRUE(agrees(second.answer.value, first.answer.value))
                        << one.folder << " " << one.id << " as " << older;
                }
            }
        }
    }
    std::cout << run << " results are the same in the namespaces of DMN 1.3 and 1.4\n";
    EXPECT_GT(run, 3000);
}
}  // namespace
}  // namespace kith::dmn::conformance
