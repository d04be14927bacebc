#include "adapters/images/jpeg.hpp"

#include <cstdio>

#include <jpeglib.h>

#include <csetjmp>
#include <cstdlib>

namespace kith::images {
namespace {
constexpr int kQuality = 86;

struct Trouble {
    jpeg_error_mgr manager;
    std::jmp_buf back;
};

/// Nothing here has a destructor: the library leaves by longjmp. False when it did.
bool encode(std::uint32_t width, std::uint32_t height, const Byte* rgb, unsigned char** out, unsigned long* size) {
    Trouble trouble{};
    jpeg_compress_struct to{};
    to.err = jpeg_std_error(&trouble.manager);
    trouble.manager.error_exit = [](j_common_ptr at) { std::longjmp(reinterpret_cast<Trouble*>(at->err)->back, 1); };
    trouble.manager.output_message = [](j_common_ptr) {};
    if (setjmp(trouble.back) != 0) {
        jpeg_destroy_compress(&to);
        return false;
    }
    jpeg_create_compress(&to);
    jpeg_mem_dest(&to, out, size);
    to.image_width = width;
    to.image_height = height;
    to.input_components = 3;
    to.in_color_space = JCS_RGB;
    jpeg_set_defaults(&to);
    jpeg_set_quality(&to, kQuality, TRUE);
    to.optimize_coding = TRUE;
    jpeg_start_compress(&to, TRUE);
    while (to.next_scanline < to.image_height) {
        JSAMPROW row = const_cast<Byte*>(rgb + std::size_t{to.next_scanline} * width * 3);  // NOLINT: it is only read
        jpeg_write_scanlines(&to, &row, 1);
    }
    jpeg_finish_compress(&to);
    jpeg_destroy_compress(&to);
    return true;
}
}  // namespace

Result<Bytes> to_jpeg(std::uint32_t width, std::uint32_t height, BytesView rgb) {
    KITH_CHECK(width != 0 && height != 0 && rgb.size() == std::size_t{width} * height * 3);
    unsigned char* made = nullptr;
    unsigned long size = 0;
    const bool done = encode(width, height, rgb.data(), &made, &size);
    Bytes out;
    if (done) out.assign(made, made + size);
    std::free(made);
    if (!done) return fail(Code::unavailable, "a picture cannot be encoded");
    return out;
}

}  // namespace kith::images
