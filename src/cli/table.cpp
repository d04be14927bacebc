// Decision tables in DMN files: proved, compared, put to cases, asked, shown.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/commands.hpp"
#include "dmn/cases/json.hpp"
#include "dmn/explain/answer.hpp"
#include "dmn/model/imports.hpp"
#include "dmn/show/sheet.hpp"
#include "dmn/value/json.hpp"
#include "dmn/value/temporal.hpp"
#include "dmn/verify/shown.hpp"

namespace kith::cli {
namespace {
constexpr std::size_t kDefaultWidth = 100;
constexpr std::size_t kMostFiles = 64;

std::optional<std::string> bytes_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (in) return std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    std::cerr << "kith: could not read " << file << '\n';
    return std::nullopt;
}

// An import's file is read where it lies in the folder of the first file or below it, links followed.
void add_imports(const std::string& file, const std::string& bytes, std::vector<std::string>& files) {
    std::error_code error;
    const auto folder =
        std::filesystem::weakly_canonical(std::filesystem::absolute(files.front()), error).parent_path();
    for (const std::string& location : dmn::import_locations(bytes)) {
        const auto found = std::filesystem::path(file).parent_path() / location;
        const auto real = std::filesystem::canonical(found, error);
        if (error || real.lexically_relative(folder).string().starts_with("..")) continue;
        const bool known = std::any_of(files.begin(), files.end(), [&](const std::string& other) {
            return std::filesystem::equivalent(other, real, error);
        });
        if (!known) files.push_back(found.string());
    }
}

std::shared_ptr<const dmn::Model> model_of(std::vector<std::string> files) {
    std::vector<dmn::SourceFile> sources;
    for (std::size_t i = 0; i < files.size(); ++i) {
        auto bytes = bytes_of(files[i]);
        if (!bytes) return nullptr;
        if (files.size() <= kMostFiles) add_imports(std::string(files[i]), *bytes, files);
        sources.push_back({files[i], *std::move(bytes)});
    }
    dmn::Loaded loaded = dmn::load(std::move(sources));
    for (const dmn::Fault& fault : loaded.faults) std::cerr << dmn::shown(fault) << '\n';
    return loaded.model;
}

dmn::verify::Options limits_of(const TableCommand& options) {
    dmn::verify::Options out;
    out.work = options.work;
    return out;
}

int check_tables(const TableCommand& options, std::ostream& out) {
    const auto model = model_of(options.files);
    if (model == nullptr) return 2;
    const dmn::verify::ModelReport report = dmn::verify::check(*model, limits_of(options));
    out << (options.json ? as_json(report) : shown(report));
    return is_sound(report) ? 0 : 1;
}

int compare_tables(const TableCommand& options, std::ostream& out) {
    const auto before = model_of({options.files[0]}), after = model_of({options.files[1]});
    if (before == nullptr || after == nullptr) return 2;
    const dmn::Element* old_decision = before->find(dmn::ElementKind::decision, options.decision);
    const dmn::Element* new_decision = after->find(dmn::ElementKind::decision, options.decision);
    const dmn::Table* old_table = old_decision != nullptr ? dmn::table_of(*old_decision) : nullptr;
    const dmn::Table* new_table = new_decision != nullptr ? dmn::table_of(*new_decision) : nullptr;
    if (old_table == nullptr || new_table == nullptr) {
        std::cerr << "kith: both files need a decision table named \"" << options.decision << "\"\n";
        return 2;
    }
    const auto found = dmn::verify::difference(*before, *old_table, *after, *new_table, limits_of(options));
    out << (options.json ? as_json(found) : shown(found));
    return found.changes.empty() && found.notes.empty() && found.proved ? 0 : 1;
}

/// What now() and today() speak of; nothing where the option is no date and time with a zone.
std::optional<dmn::SessionOptions> session_options(const TableCommand& options) {
    dmn::SessionOptions out;
    if (options.now.empty()) return out;
    const dmn::Zones zones;
    const auto moment = dmn::parse_date_time(options.now, zones);
    if (moment && moment->kind != dmn::ZoneKind::none) {
        out.now = dmn::Now{dmn::line_of(*moment), moment->nanos, "Etc/UTC"};
        if (moment->kind == dmn::ZoneKind::named) out.now->zone = moment->zone->name();
        return out;
    }
    std::cerr << "kith: --now is a date and time with a zone: 2026-03-29T12:00:00@Europe/London\n";
    return std::nullopt;
}

std::shared_ptr<const dmn::Model> model_beside(const dmn::cases::File& file) {
    std::vector<std::string> files;
    for (const std::string& name : dmn::cases::model_files(file))
        files.push_back((std::filesystem::path(file.name).parent_path() / name).string());
    if (!files.empty()) return model_of(files);
    std::cerr << file.name << ": a line `model FILE` names no model\n";
    return nullptr;
}

std::string indented(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        out += "          " + text.substr(at, end - at) + "\n";
        at = end + 1;
    }
    return out;
}

void print(const dmn::cases::File& file, const dmn::cases::Ran& ran, std::ostream& out) {
    std::size_t held = 0;
    for (const dmn::cases::Result& one : ran.results) {
        held += one.held ? 1 : 0;
        out << (one.held ? "holds   " : "FAILS   ") << one.id << '\n';
        if (one.held) continue;
        out << "        " << file.name << ':' << one.position.line << ':' << one.position.column << ": " << one.why_not
            << "\n          expected: " << one.expected << "\n          answered: " << one.got << '\n'
            << indented(one.explanation);
    }
    out << file.name << ": " << held << " of " << ran.results.size() << " cases hold\n";
}

int test_cases(const TableCommand& options, std::ostream& out) {
    const auto session = session_options(options);
    if (!session) return 2;
    int status = 0;
    std::string json;
    for (const std::string& name : options.files) {
        const auto bytes = bytes_of(name);
        if (!bytes) return 2;
        dmn::cases::Read read = dmn::cases::read(name, *bytes);
        const auto model = read.file ? model_beside(*read.file) : nullptr;
        dmn::cases::Ran ran;
        ran.faults = read.faults;
        if (model != nullptr) ran = dmn::cases::run(*read.file, model, *session);
        for (const dmn::Fault& fault : ran.faults) std::cerr << dmn::shown(fault) << '\n';
        if (model == nullptr || !ran.faults.empty()) {
            status = 2;
            continue;
        }
        if (options.json)
            json += (json.empty() ? "" : ",") + dmn::cases::as_json(*read.file, ran);
        else
            print(*read.file, ran, out);
        for (const dmn::cases::Result& one : ran.results)
            if (!one.held && status == 0) status = 1;
    }
    if (options.json) out << "{\"files\":[" << json << "]}\n";
    return status;
}

/// The decision that is asked: the one that is named, or the only one that no other requires.
const dmn::Element* decision_of(const dmn::Model& model, const std::string& name) {
    std::vector<const dmn::Element*> found;
    for (const dmn::Element& one : model.elements()) {
        if (one.kind != dmn::ElementKind::decision || one.space != model.main_space()) continue;
        bool required = false;
        for (const dmn::Element& other : model.elements())
            for (const dmn::Requirement& need : other.requirements) required = required || need.element == &one;
        if (!required) found.push_back(&one);
    }
    if (!name.empty())
        if (const dmn::Element* named = model.find(dmn::ElementKind::decision, name)) return named;
    if (name.empty() && found.size() == 1) return found.front();
    std::cerr << (name.empty() ? "kith: --decision has to say which" : "kith: there is no decision \"" + name + "\"");
    for (const dmn::Element* one : found) std::cerr << (one == found.front() ? ": " : ", ") << one->name;
    std::cerr << '\n';
    return nullptr;
}

bool read_facts(const TableCommand& options, const dmn::Model& model, const dmn::Element& decision,
                dmn::cases::Literals& literals, std::vector<dmn::cases::Given>& facts) {
    dmn::Faults faults;
    if (options.facts_from_input) {
        const std::string text{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
        if (auto read = dmn::cases::read_json(model, decision, "(standard input)", text, literals, faults))
            facts = *std::move(read);
    }
    for (const std::string& text : options.given) {
        const auto settings = dmn::cases::read_settings(text, faults);
        for (std::size_t i = 0; settings && i < settings->size(); ++i) {
            dmn::cases::Wrong wrong;
            auto fact = dmn::cases::read_fact(model, decision, (*settings)[i], literals, wrong);
            if (fact) {
                facts.push_back(*std::move(fact));
                continue;
            }
            dmn::Fault fault;
            fault.message = wrong.message;
            fault.text = text;
            fault.begin = wrong.place.begin;
            fault.end = wrong.place.end;
            faults.push_back(std::move(fault));
        }
    }
    for (const dmn::Fault& fault : faults)
        std::cerr << (fault.file.empty() ? "kith: --given: " : "kith: ") << dmn::shown(fault);
    return faults.empty();
}

std::string answer_as_json(const dmn::Explanation& explanation, const dmn::Element& decision) {
    return "{\"decision\":" + dmn::json_text(decision.name) +
           ",\"determined\":" + (explanation.determined ? "true" : "false") +
           ",\"answer\":" + dmn::json_of(explanation.value) + ",\"rules\":" +
           dmn::json_list(dmn::rules_of(explanation, decision),
                          [](std::uint32_t rule) { return std::to_string(rule); }) +
           ",\"why\":" + dmn::json_text(explanation.why) + ",\"notKnown\":" +
           dmn::json_list(dmn::facts_behind(explanation), [](const std::string& one) { return dmn::json_text(one); }) +
           "}\n";
}

enum class Answer { alone, with_reasons };

int ask(const TableCommand& options, Answer wanted, std::ostream& out) {
    const auto session_with = session_options(options);
    const auto model = session_with ? model_of(options.files) : nullptr;
    if (model == nullptr) return 2;
    const dmn::Element* decision = decision_of(*model, options.decision);
    if (decision == nullptr) return 2;
    dmn::cases::Literals literals(*model);
    std::vector<dmn::cases::Given> facts;
    if (!read_facts(options, *model, *decision, literals, facts)) return 2;
    dmn::Session session(model, *session_with);
    dmn::cases::give(session, facts, literals);
    const dmn::Explanation explanation = session.explain(*decision);
    if (wanted == Answer::with_reasons)
        out << (options.json ? as_json(explanation) : sentences(explanation));
    else if (options.json)
        out << answer_as_json(explanation, *decision);
    else
        out << answer_of(explanation, *decision, dmn::Detail::rules_and_facts) << '\n';
    return explanation.determined ? 0 : 1;
}

int show_tables(const TableCommand& options, std::ostream& out) {
    const auto model = model_of(options.files);
    if (model == nullptr) return 2;
    const dmn::verify::ModelReport report = dmn::verify::check(*model, limits_of(options));
    auto sheets = dmn::show::sheets_of(*model, report);
    if (!options.decision.empty())
        std::erase_if(sheets, [&](const dmn::show::Sheet& sheet) { return sheet.name != options.decision; });
    if (sheets.empty()) {
        std::cerr << "kith: there is no such decision table\n";
        return 2;
    }
    const auto more = options.decision.empty() ? report.findings : std::vector<dmn::verify::Finding>();
    if (options.html) {
        out << as_page(std::filesystem::path(options.files.front()).filename().string(), sheets, more);
    } else if (options.json) {
        out << dmn::show::as_json(sheets);
    } else {
        for (const dmn::show::Sheet& sheet : sheets)
            out << (&sheet == &sheets.front() ? "" : "\n") << as_text(sheet, options.width);
    }
    return 0;
}

void add_asking(CLI::App& command, TableCommand& options) {
    command.add_option("files", options.files, "The DMN file, then those that it imports")->required();
    command.add_option("--decision", options.decision,
                       "Name of the decision (default: the one that no other requires)");
    command
        .add_option("--given", options.given,
                    "Facts as in a file of cases: 'Age = 17, Kind = \"novel\"'; null is not known (repeatable)")
        ->allow_extra_args(false);
    command.add_flag("--stdin", options.facts_from_input,
                     "Read facts from standard input, a JSON object with a fact by its name; --given goes before them");
}
}  // namespace

void add_table_commands(CLI::App& app, int& status) {
    auto* table = app.add_subcommand("table", "Decision tables, in DMN files");
    table->require_subcommand(1);
    const auto options = std::make_shared<TableCommand>();
    options->width = kDefaultWidth;
    auto* check = table->add_subcommand(
        "check", "Prove a model's tables: gaps, overlaps, rules that never decide. 0: sound, 1: not, 2: could not");
    check->add_option("files", options->files, "The DMN file, then those that it imports")->required();
    auto* diff = table->add_subcommand(
        "diff", "Where two versions of a decision's table answer differently. 0: nowhere, 1: somewhere, 2: could not");
    diff->add_option("files", options->files, "The old file and the new")->required()->expected(2);
    diff->add_option("--decision", options->decision, "Name of the decision")->required();
    auto* test = table->add_subcommand("test", "Put files of cases to their models. 0: all hold, 1: not, 2: could not");
    test->add_option("files", options->files, "Files of cases; each names its model")->required();
    auto* decide =
        table->add_subcommand("decide", "Ask a decision. 0: it is determined, 1: it is undetermined, 2: could not");
    add_asking(*decide, *options);
    auto* explain = table->add_subcommand(
        "explain", "Ask a decision, and why it answers so. 0: it is determined, 1: it is undetermined, 2: could not");
    add_asking(*explain, *options);
    auto* show = table->add_subcommand(
        "show",
        "The tables of a model to read, with what was found on them. 0: shown, whatever was found, 2: could not");
    show->add_option("files", options->files, "The DMN file, then those that it imports")->required();
    show->add_option("--decision", options->decision, "Name of the one decision to show");
    show->add_flag("--html", options->html, "As a page that needs no other file");
    show->add_option("--width", options->width, "Characters a line")->capture_default_str();
    for (auto* command : {check, diff, show})
        command->add_option("--work", options->work, "Budget of each question, in looks at a rule")
            ->capture_default_str();
    for (auto* command : {test, decide, explain})
        command->add_option(
            "--now", options->now,
            "The moment of now() and today(): 2026-03-29T12:00:00@Europe/London (default: there is none)");
    for (auto* command : {check, diff, test, decide, explain, show})
        command->add_flag("--json", options->json, "As JSON");
    check->callback([&status, options] { status = check_tables(*options, std::cout); });
    diff->callback([&status, options] { status = compare_tables(*options, std::cout); });
    test->callback([&status, options] { status = test_cases(*options, std::cout); });
    decide->callback([&status, options] { status = ask(*options, Answer::alone, std::cout); });
    explain->callback([&status, options] { status = ask(*options, Answer::with_reasons, std::cout); });
    show->callback([&status, options] { status = show_tables(*options, std::cout); });
}

}  // namespace kith::cli
