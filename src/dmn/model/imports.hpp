// Which files a DMN file says that it imports, for those who read files.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace kith::dmn {

/// The locations of a file's imports that name a file in its folder or below it: relative, without `..`, without a
/// scheme. None for what is no XML. The others resolve by namespace among the files that are given.
std::vector<std::string> import_locations(std::string_view bytes);

}  // namespace kith::dmn
