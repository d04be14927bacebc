#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/commands.hpp"
#include "dmn/verify/shown.hpp"

namespace kith::cli {
namespace {
std::shared_ptr<const dmn::Model> model_of(const std::vector<std::string>& files) {
    std::vector<dmn::SourceFile> sources;
    for (const std::string& file : files) {
        std::ifstream in(file, std::ios::binary);
        if (!in) {
            std::cerr << "kith: could not read " << file << '\n';
            return nullptr;
        }
        sources.push_back({file, {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}});
    }
    dmn::Loaded loaded = dmn::load(std::move(sources));
    for (const dmn::Fault& fault : loaded.faults) std::cerr << dmn::shown(fault) << '\n';
    return loaded.model;
}
}  // namespace

int check_tables(const TableCommand& options, std::ostream& out) {
    const auto model = model_of(options.files);
    if (model == nullptr) return 2;
    dmn::verify::Options limits;
    limits.work = options.work;
    const dmn::verify::ModelReport report = dmn::verify::check(*model, limits);
    out << (options.json ? as_json(report) : shown(report));
    return is_sound(report) ? 0 : 1;
}

int compare_tables(const TableCommand& options, std::ostream& out) {
    const auto before = model_of({options.files[0]}), after = model_of({options.files[1]});
    if (before == nullptr || after == nullptr) return 2;
    const dmn::Element* old_decision = before->find(dmn::ElementKind::decision, options.decision);
    const dmn::Element* new_decision = after->find(dmn::ElementKind::decision, options.decision);
    const dmn::Table* old_table = old_decision != nullptr ? dmn::verify::table_of(*old_decision) : nullptr;
    const dmn::Table* new_table = new_decision != nullptr ? dmn::verify::table_of(*new_decision) : nullptr;
    if (old_table == nullptr || new_table == nullptr) {
        std::cerr << "kith: both files need a decision table named \"" << options.decision << "\"\n";
        return 2;
    }
    dmn::verify::Options limits;
    limits.work = options.work;
    const auto found = dmn::verify::difference(*before, *old_table, *after, *new_table, limits);
    out << (options.json ? as_json(found) : shown(found));
    return found.changes.empty() && found.notes.empty() && found.proved ? 0 : 1;
}

}  // namespace kith::cli
