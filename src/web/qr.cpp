#include "web/qr.hpp"

#include <qrencode.h>

#include <memory>

namespace kith::web {

Result<QrCode> qr_code(const SecretText& text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(text.expose().c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!code) return fail(Code::too_large, "no QR code holds that");
    constexpr int kQuiet = 4;
    QrCode out{code->width + 2 * kQuiet, {}};
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width;) {
            int run = 0;
            while (x + run < code->width && (code->data[y * code->width + x + run] & 1U) != 0) ++run;
            if (run > 0)
                out.path += 'M' + std::to_string(x + kQuiet) + ' ' + std::to_string(y + kQuiet) + 'h' +
                            std::to_string(run) + "v1h-" + std::to_string(run) + 'z';
            x += run + 1;
        }
    wipe(code->data, static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width));
    return out;
}

}  // namespace kith::web
