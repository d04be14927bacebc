// Foreign bytes into plain pixels, with libvips, in the process that may do nothing else.
#pragma once
#include <cstdint>
#include <functional>

#include "base/bytes.hpp"
#include "core/concerns/attachment.hpp"

namespace kith::images {

/// libvips with its modules, while files can still be opened.
bool start_decoding();

struct Pixels {
    std::uint32_t width, height;
    BytesView rgb;  ///< three bytes a pixel, row by row
};
/// False when whoever takes them is gone.
using TakePixels = std::function<bool(const Pixels&)>;

/// How many pages the file has; 0 when it cannot be shown.
std::uint32_t decode(concerns::FileKind kind, BytesView file, const TakePixels& take);

}  // namespace kith::images
