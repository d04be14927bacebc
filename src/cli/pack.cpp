// kith pack check: every problem of a pack, with file, line and column.
#include <fstream>
#include <iostream>
#include <sstream>

#include "cli/commands.hpp"
#include "protocol/shipped.hpp"

namespace kith::cli {
namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::size_t check(const protocol::PackFiles& files, std::ostream& out) {
    const auto problems = protocol::check_pack(files);
    for (const auto& problem : problems) out << protocol::to_text(problem) << '\n';
    if (problems.empty()) out << files.folder << ": sound\n";
    return problems.size();
}

}  // namespace

int check_packs(const std::filesystem::path& folder, std::ostream& out) {
    std::size_t problems = 0;
    if (folder.empty()) {
        for (const std::string& name : protocol::shipped_packs()) problems += check(protocol::shipped_files(name), out);
        return problems == 0 ? 0 : 1;
    }
    if (!std::filesystem::is_directory(folder))
        return say({Code::not_found, "there is no such folder", {}}, "check the pack");
    const std::string toml = read_file(folder / "pack.toml"), clauses = read_file(folder / "clauses.tsv");
    const std::string name = std::filesystem::weakly_canonical(folder).filename();
    problems = check({name, toml, clauses}, out);
    return problems == 0 ? 0 : 1;
}

}  // namespace kith::cli
