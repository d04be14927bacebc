// A file of cases: read or refused; what was read is printed as it was, and read again says the same; what fits a model
// runs. The same bytes as facts in JSON are read or refused.
#include <cstdlib>

#include "dmn/cases/json.hpp"
#include "dmn/cases/run.hpp"

namespace {
constexpr const char* kModel =
    R"x(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:f" name="f">
<itemDefinition name="tR"><itemComponent name="n o."><typeRef>number</typeRef></itemComponent></itemDefinition>
<inputData id="i1" name="a"><variable name="a" typeRef="number"/></inputData>
<inputData id="i2" name="b c"><variable name="b c" typeRef="string"/></inputData>
<inputData id="i3" name="r"><variable name="r" typeRef="tR"/></inputData>
<decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#i1"/></informationRequirement>
<informationRequirement><requiredInput href="#i2"/></informationRequirement>
<decisionTable hitPolicy="COLLECT"><input><inputExpression><text>a</text></inputExpression></input>
<input><inputExpression><text>b c</text></inputExpression></input><output name="x"/><output name="y"/>
<rule><inputEntry><text>1</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry><outputEntry><text>"y"</text></outputEntry></rule>
</decisionTable></decision></definitions>)x";

void ask(bool holds) {
    if (!holds) std::abort();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace kith::dmn;
    static const std::shared_ptr<const Model> model = load({{"f.dmn", kModel}}).model;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    cases::Literals literals(*model);
    Faults faults;
    cases::read_json(*model, *model->find("d"), "f.json", text, literals, faults);
    for (const Fault& fault : faults) shown(fault);
    const cases::Read found = cases::read("f.cases", text);
    for (const Fault& fault : found.faults) shown(fault);
    if (!found.file) return 0;
    ask(cases::printed(*found.file) == text);
    std::string plainly;
    for (const cases::Line& line : found.file->lines) plainly += cases::plain(line) + "\n";
    const cases::Read again = cases::read("f.cases", plainly);
    ask(again.file.has_value() && again.file->lines.size() == found.file->lines.size());
    for (std::size_t i = 0; i < found.file->lines.size(); ++i) {
        ask(again.file->lines[i].kind == found.file->lines[i].kind);
        ask(again.file->lines[i].one == found.file->lines[i].one);
        ask(again.file->lines[i].name == found.file->lines[i].name);
        ask(again.file->lines[i].given == found.file->lines[i].given);
    }
    SessionOptions options;
    options.limits.steps = 100'000;
    for (const Fault& fault : cases::run(*found.file, model, options).faults) shown(fault);
    return 0;
}
