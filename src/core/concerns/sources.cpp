#include "core/concerns/sources.hpp"

#include <algorithm>
#include <array>

namespace kith::concerns {
namespace {
constexpr std::array<std::string_view, 3> kNames{"told_before", "same", "not_same"};
constexpr std::array<char, 3> kLetters{'b', 's', 'n'};

/// Which worry stands for all of the same source: the first of them.
std::vector<std::size_t> groups_of(const std::vector<ConcernId>& worries, const std::vector<SourceLink>& links) {
    std::vector<std::size_t> group(worries.size());
    for (std::size_t i = 0; i < group.size(); ++i) group[i] = i;
    const auto at = [&](ConcernId id) {
        return static_cast<std::size_t>(std::ranges::find(worries, id) - worries.begin());
    };
    for (const SourceLink& link : links) {
        const std::size_t one = at(link.one), other = at(link.other);
        if (link.is != Sameness::same || one == worries.size() || other == worries.size()) continue;
        const std::size_t from = std::max(group[one], group[other]), to = std::min(group[one], group[other]);
        std::ranges::replace(group, from, to);
    }
    return group;
}
}  // namespace

std::string_view name_of(Sameness sameness) { return kNames[static_cast<std::size_t>(sameness)]; }
std::optional<Sameness> sameness_named(std::string_view name) {
    const auto at = std::ranges::find(kNames, name);
    if (at == kNames.end()) return std::nullopt;
    return static_cast<Sameness>(at - kNames.begin());
}

std::size_t separate_witnesses(const std::vector<ConcernId>& worries, const std::vector<SourceLink>& links) {
    const auto group = groups_of(worries, links);
    const auto are_apart = [&](std::size_t a, std::size_t b) {
        return a != b && std::ranges::any_of(links, [&](const SourceLink& link) {
                   if (link.is != Sameness::not_same) return false;
                   const auto of = [&](ConcernId id) {
                       const auto at = std::ranges::find(worries, id);
                       return at == worries.end() ? worries.size()
                                                  : group[static_cast<std::size_t>(at - worries.begin())];
                   };
                   return (of(link.one) == a && of(link.other) == b) || (of(link.one) == b && of(link.other) == a);
               });
    };
    std::size_t most = worries.empty() ? 0 : 1;
    // From each worry on: those that are apart from everyone counted so far. Never more than there are.
    for (std::size_t first = 0; first < worries.size(); ++first) {
        std::vector<std::size_t> counted{group[first]};
        for (std::size_t next = 0; next < worries.size(); ++next)
            if (std::ranges::all_of(counted, [&](std::size_t one) { return are_apart(one, group[next]); }))
                counted.push_back(group[next]);
        most = std::max(most, counted.size());
    }
    return most;
}

std::string encode(Sameness is, ConcernId other) { return kLetters[static_cast<std::size_t>(is)] + other.text(); }

Result<std::pair<Sameness, ConcernId>> decode_source(std::string_view text) {
    const auto at = text.empty() ? kLetters.end() : std::ranges::find(kLetters, text.front());
    if (at == kLetters.end()) return fail(Code::betrayed, "a source that does not decode");
    const auto other = ConcernId::parse(text.substr(1));
    if (!other) return fail(Code::betrayed, "a source that does not decode");
    return std::pair(static_cast<Sameness>(at - kLetters.begin()), *other);
}

}  // namespace kith::concerns
