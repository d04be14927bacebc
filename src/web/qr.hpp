// A QR code as the one path of an inline SVG: no image whose address would say a secret again.
#pragma once
#include "base/error.hpp"
#include "base/secret.hpp"

#include <string>

namespace kith::web {

struct QrCode {
    int side = 0;      ///< of its square, in modules, with the quiet border of four
    std::string path;  ///< the dark modules: the attribute `d` of one path
};

/// `too_large` beyond what one code holds.
Result<QrCode> qr_code(const SecretText& text);

}  // namespace kith::web
