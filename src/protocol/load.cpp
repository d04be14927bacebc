#include "protocol/load.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "protocol/pack_reader.hpp"

namespace kith::protocol {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 20;

/// A clause said to be carried out by the pack must be one that the pack rests on.
void check_homes(const std::vector<PlacedClause>& clauses, const PackReader& reader, Report& report) {
    for (const auto& [clause, place] : clauses)
        if (clause.home == Home::pack && !reader.cited().contains(clause.id))
            report.add(place, "Clause " + clause.id +
                                  " is said to be carried out by the pack, but nothing in pack.toml rests on it.");
}

bool fits(std::string_view file, Report& report) {
    if (file.empty()) report.add({}, "The file is missing or empty.");
    if (file.size() > kLargestFile) report.add({}, "The file is larger than one megabyte.");
    return !file.empty() && file.size() <= kLargestFile;
}

Bytes framed(const PackFiles& files) {
    Bytes bytes;
    append_piece(bytes, as_bytes(files.pack_toml));
    append_piece(bytes, as_bytes(files.clauses_tsv));
    return bytes;
}

}  // namespace

std::string to_text(const Problem& problem) {
    return problem.file + ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": " +
           problem.sentence;
}

PackOrProblems load_pack(const PackFiles& files) {
    const std::string folder(files.folder);
    Report of_clauses(folder + "/clauses.tsv"), of_pack(folder + "/pack.toml");
    std::vector<PlacedClause> clauses;
    if (fits(files.clauses_tsv, of_clauses)) clauses = read_clauses(files.clauses_tsv, of_clauses);
    Pack pack;
    if (fits(files.pack_toml, of_pack)) {
        if (const auto tree = read_toml(files.pack_toml)) {
            PackReader reader(*tree, clauses, files.folder, of_pack);
            pack = reader.read();
            check_homes(clauses, reader, of_clauses);
        } else {
            of_pack.add(tree.error().place, tree.error().sentence);
        }
    }
    std::vector<Problem> problems = of_pack.take();
    std::ranges::move(of_clauses.take(), std::back_inserter(problems));
    std::ranges::stable_sort(problems, [](const Problem& a, const Problem& b) {
        return std::tie(b.file, a.line, a.column) < std::tie(a.file, b.line, b.column);  // pack.toml first
    });
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    for (auto& placed : clauses) pack.clauses.push_back(std::move(placed.clause));
    pack.source = framed(files);
    return pack;
}

std::vector<Problem> check_pack(const PackFiles& files) {
    auto loaded = load_pack(files);
    return loaded ? std::vector<Problem>{} : std::move(loaded.error());
}

}  // namespace kith::protocol
