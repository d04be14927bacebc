// What passes between Kith and the process that decodes: the file in, and out
//
//   "KITHRGB1"                        once it is confined, before it reads
//   width, height, width*height*3     for each page, numbers as everywhere (u32, big-endian)
//   0, pages                          the end: how many the file has
#pragma once
#include <string_view>

namespace kith::images {

constexpr std::string_view kHello = "KITHRGB1";

}  // namespace kith::images
