#pragma once
#include <cstdint>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace kith::images {

/// Three bytes a pixel, row by row, as a JPEG without any other mark in it.
Result<Bytes> to_jpeg(std::uint32_t width, std::uint32_t height, BytesView rgb);

}  // namespace kith::images
