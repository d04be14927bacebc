// Reading a pack. All faults are found at once, each with its place and a sentence for the lead who wrote the file.
#pragma once
#include "base/error.hpp"
#include "protocol/pack.hpp"

namespace kith::protocol {

struct Problem {
    std::string file;
    std::size_t line = 0;    ///< from 1
    std::size_t column = 0;  ///< from 1
    std::string sentence;
    friend auto operator<=>(const Problem&, const Problem&) = default;
};
/// plymouth-community/pack.toml:12:5: The phone number ... .
std::string to_text(const Problem& problem);

struct PackFiles {
    std::string_view folder;  ///< its name stands in front of the file names in problems, and must be the pack's name
    std::string_view pack_toml;
    std::string_view clauses_tsv;
};

using PackOrProblems = tl::expected<Pack, std::vector<Problem>>;

/// The pack, or every problem in the order of the files. Unknown keys are refused.
PackOrProblems load_pack(const PackFiles& files);
/// The same problems alone, for `kith pack check`; empty when the pack is sound.
std::vector<Problem> check_pack(const PackFiles& files);

}  // namespace kith::protocol
