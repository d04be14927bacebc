// Do two worries come from the same person? Nobody is asked to say who. As long as nothing is recorded, many worries
// may all come from one: no count takes them for separate witnesses (reporters-vault, Rules).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "core/ids.hpp"

namespace kith::concerns {

enum class Sameness { told_before, same, not_same };
std::string_view name_of(Sameness sameness);
std::optional<Sameness> sameness_named(std::string_view name);

struct SourceLink {
    ConcernId one, other;
    Sameness is = Sameness::same;
    friend bool operator==(const SourceLink&, const SourceLink&) = default;
};

/// How many different people have told these worries, as far as it is recorded: at least one, and no more than are
/// recorded, directly or through worries of the same source, not to be the same as each other.
std::size_t separate_witnesses(const std::vector<ConcernId>& worries, const std::vector<SourceLink>& links);

/// What is sealed of a statement: of one length whatever it says. `other` is all zero for told_before.
std::string encode(Sameness is, ConcernId other);
Result<std::pair<Sameness, ConcernId>> decode_source(std::string_view text);

}  // namespace kith::concerns
