#include "adapters/images/program/decode.hpp"

#include <vips/vips.h>

#include <algorithm>
#include <cstring>

#include "app/ports/renderer.hpp"

namespace kith::images {
namespace {
using app::Renderer;
using concerns::FileKind;

// A page as sharp as it can be read, and no sharper: small print on A4 is at 170 dots an inch.
constexpr double kPdfSide = 2000;
constexpr double kMostScale = 4;

class Image {
  public:
    Image() = default;
    Image(Image&& other) noexcept : image_(std::exchange(other.image_, nullptr)) {}
    Image& operator=(Image&& other) noexcept {
        std::swap(image_, other.image_);
        return *this;
    }
    ~Image() {
        if (image_ != nullptr) g_object_unref(image_);
    }
    VipsImage* get() const { return image_; }
    VipsImage** out() { return &image_; }

  private:
    VipsImage* image_ = nullptr;
};

bool open(FileKind kind, BytesView file, Image& image) {
    void* data = const_cast<Byte*>(file.data());  // NOLINT: libvips reads it and no more
    const auto with = [&](auto load) {
        return load(data, file.size(), image.out(), "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR,
                    nullptr) == 0;
    };
    switch (kind) {
        case FileKind::jpeg:
            return with(vips_jpegload_buffer);
        case FileKind::png:
            return with(vips_pngload_buffer);
        case FileKind::webp:
            return with(vips_webpload_buffer);
        case FileKind::heif:
            return with(vips_heifload_buffer);
        case FileKind::pdf:
        case FileKind::text:
            break;
    }
    return false;
}

bool is_small_enough(const Image& image) {
    const auto width = static_cast<std::uint64_t>(vips_image_get_width(image.get()));
    const auto height = static_cast<std::uint64_t>(vips_image_get_height(image.get()));
    return width != 0 && height != 0 && width <= Renderer::kMostPixels && height <= Renderer::kMostPixels &&
           width * height <= Renderer::kMostPixels;
}

/// Upright, at most `kMostSide` a side, opaque, three bytes a pixel: whatever it was, it is now only that.
bool flatten(const Image& from, const TakePixels& take) {
    const auto side = static_cast<int>(Renderer::kMostSide);
    Image fit, opaque, coloured, bytes;
    if (vips_thumbnail_image(from.get(), fit.out(), side, "height", side, "size", VIPS_SIZE_DOWN, nullptr) != 0)
        return false;
    if (vips_image_hasalpha(fit.get()) != 0) {
        const double white[] = {255};
        VipsArrayDouble* background = vips_array_double_new(white, 1);
        const int flat = vips_flatten(fit.get(), opaque.out(), "background", background, nullptr);
        vips_area_unref(VIPS_AREA(background));
        if (flat != 0) return false;
    } else {
        opaque = std::move(fit);
    }
    if (vips_colourspace(opaque.get(), coloured.out(), VIPS_INTERPRETATION_sRGB, nullptr) != 0 ||
        vips_cast_uchar(coloured.get(), bytes.out(), nullptr) != 0 || vips_image_get_bands(bytes.get()) != 3)
        return false;
    std::size_t size = 0;
    void* pixels = vips_image_write_to_memory(bytes.get(), &size);
    if (pixels == nullptr) return false;
    const bool taken = take({static_cast<std::uint32_t>(vips_image_get_width(bytes.get())),
                             static_cast<std::uint32_t>(vips_image_get_height(bytes.get())),
                             {static_cast<const Byte*>(pixels), size}});
    g_free(pixels);
    return taken;
}

bool open_page(BytesView file, int page, double scale, Image& image) {
    void* data = const_cast<Byte*>(file.data());  // NOLINT: as above
    return vips_pdfload_buffer(data, file.size(), image.out(), "page", page, "n", 1, "scale", scale, "fail_on",
                               VIPS_FAIL_ON_ERROR, nullptr) == 0;
}

std::uint32_t decode_pdf(BytesView file, const TakePixels& take) {
    Image first;
    if (!open_page(file, 0, 1, first)) return 0;
    const int pages = vips_image_get_n_pages(first.get());
    if (pages < 1) return 0;
    for (int page = 0; page < std::min(pages, static_cast<int>(Renderer::kMostPages)); ++page) {
        Image measured, drawn;
        if (!open_page(file, page, 1, measured)) return 0;
        const int longest = std::max(vips_image_get_width(measured.get()), vips_image_get_height(measured.get()));
        if (longest < 1) return 0;
        if (!open_page(file, page, std::min(kMostScale, kPdfSide / longest), drawn) || !is_small_enough(drawn) ||
            !flatten(drawn, take))
            return 0;
    }
    return static_cast<std::uint32_t>(pages);
}

}  // namespace

bool start_decoding() {
    if (VIPS_INIT("kith-render") != 0) return false;
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_block_untrusted_set(TRUE);
    // Marked as not fit for foreign files, which is why it runs here and nowhere else.
    vips_operation_block_set("VipsForeignLoadPdf", FALSE);
    return true;
}

std::uint32_t decode(FileKind kind, BytesView file, const TakePixels& take) {
    if (kind == FileKind::pdf) return decode_pdf(file, take);
    Image image;
    if (!open(kind, file, image) || !is_small_enough(image)) return 0;
    return flatten(image, take) ? 1 : 0;
}

}  // namespace kith::images
