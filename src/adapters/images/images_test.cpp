// With real files, made here by libvips; nothing of them is kept in the repository. Where a decoder has to misbehave,
// this program itself stands in for it.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vips/vips.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "adapters/images/jpeg.hpp"
#include "adapters/images/program/confine.hpp"
#include "adapters/images/renderer.hpp"
#include "adapters/images/wire.hpp"

namespace kith::images {
namespace {

using app::Renderer;
using concerns::FileKind;
using testing::Each;
using testing::SizeIs;

constexpr std::string_view kMarker = "Tanglewood-77";

// --- files
// --------------------------------------------------------------------------------------------------------------

class Picture {
  public:
    Picture(int width, int height) {
        VipsImage* noise = nullptr;
        KITH_CHECK(vips_gaussnoise(&noise, width, height, "mean", 128.0, "sigma", 20.0, nullptr) == 0);
        VipsImage* bands[] = {noise, noise, noise};
        VipsImage* joined = nullptr;
        KITH_CHECK(vips_bandjoin(bands, &joined, 3, nullptr) == 0);
        KITH_CHECK(vips_cast_uchar(joined, &image_, nullptr) == 0);
        g_object_unref(joined);
        g_object_unref(noise);
        image_->Type = VIPS_INTERPRETATION_sRGB;
    }
    ~Picture() { g_object_unref(image_); }
    Picture(const Picture&) = delete;
    Picture& operator=(const Picture&) = delete;

    /// What a telephone writes beside the picture: where, with what, by whom, and which way up.
    Picture& with_metadata(int orientation) {
        vips_image_set_string(image_, "exif-ifd3-GPSLatitude", "50/1 22/1 1477/100");
        vips_image_set_string(image_, "exif-ifd3-GPSLatitudeRef", "N");
        vips_image_set_string(image_, "exif-ifd0-Make", std::string(kMarker).c_str());
        vips_image_set_string(image_, "exif-ifd0-Artist", std::string(kMarker).c_str());
        vips_image_set_blob_copy(image_, VIPS_META_XMP_NAME, kMarker.data(), kMarker.size());
        vips_image_set_int(image_, VIPS_META_ORIENTATION, orientation);
        return *this;
    }
    Bytes as(const char* suffix) const {
        void* data = nullptr;
        std::size_t size = 0;
        KITH_CHECK(vips_image_write_to_buffer(image_, suffix, &data, &size, nullptr) == 0);
        Bytes out(static_cast<Byte*>(data), static_cast<Byte*>(data) + size);
        g_free(data);
        return out;
    }

  private:
    VipsImage* image_ = nullptr;
};

/// A PDF of so many pages with a line of text on each, in a font that it does not bring along.
Bytes pdf(int pages) {
    std::string out = "%PDF-1.4\n";
    std::vector<std::size_t> places;
    const auto object = [&](const std::string& text) {
        places.push_back(out.size());
        out += std::to_string(places.size()) + " 0 obj\n" + text + "\nendobj\n";
    };
    std::string kids;
    for (int i = 0; i < pages; ++i) kids += std::to_string(4 + 2 * i) + " 0 R ";
    object("<< /Type /Catalog /Pages 2 0 R >>");
    object("<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages) + " >>");
    object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    for (int i = 0; i < pages; ++i) {
        const std::string text = "BT /F1 24 Tf 72 700 Td (Page " + std::to_string(i + 1) + ") Tj ET";
        object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents " + std::to_string(5 + 2 * i) +
               " 0 R /Resources << /Font << /F1 3 0 R >> >> >>");
        object("<< /Length " + std::to_string(text.size()) + " >>\nstream\n" + text + "\nendstream");
    }
    const std::size_t table = out.size();
    out += "xref\n0 " + std::to_string(places.size() + 1) + "\n0000000000 65535 f \n";
    for (const std::size_t place : places) {
        const std::string digits = std::to_string(place);
        out += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    out += "trailer\n<< /Size " + std::to_string(places.size() + 1) + " /Root 1 0 R /Info << /Author (" +
           std::string(kMarker) + ") >> >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
    return to_bytes(out);
}

class Reader final : public app::SealedReader {
  public:
    explicit Reader(Bytes bytes) : bytes_(std::move(bytes)) {}
    Result<SecretBytes> next() override {
        const auto size = std::min<std::size_t>(65536, bytes_.size() - at_);
        SecretBytes piece(Bytes(bytes_.begin() + static_cast<std::ptrdiff_t>(at_),
                                bytes_.begin() + static_cast<std::ptrdiff_t>(at_ + size)));
        at_ += size;
        return piece;
    }

  private:
    Bytes bytes_;
    std::size_t at_ = 0;
};

struct Shown {
    Result<std::uint32_t> pages = fail(Code::conflict, "not asked");
    std::vector<Bytes> jpegs;
};
Shown show(Renderer& renderer, FileKind kind, Bytes file) {
    Shown out;
    Reader reader(std::move(file));
    out.pages = renderer.render(kind, reader, [&](BytesView jpeg) -> Result<void> {
        out.jpegs.push_back(to_bytes(jpeg));
        return {};
    });
    return out;
}

std::pair<int, int> size_of(const Bytes& jpeg) {
    VipsImage* image = nullptr;
    Bytes copy = jpeg;
    KITH_CHECK(vips_jpegload_buffer(copy.data(), copy.size(), &image, nullptr) == 0);
    const std::pair size(vips_image_get_width(image), vips_image_get_height(image));
    g_object_unref(image);
    return size;
}

bool holds(const Bytes& bytes, std::string_view text) { return as_text(bytes).find(text) != std::string_view::npos; }

std::unique_ptr<Launcher> launcher(const LaunchOptions& options) {
    auto out = Launcher::start(options);
    KITH_CHECK(out.has_value());
    return *std::move(out);
}

class ConfinedRendering : public testing::Test {
  protected:
    ConfinedRenderer renderer{launcher({KITH_RENDER})};
};

// --- what is shown
// ------------------------------------------------------------------------------------------------------

TEST_F(ConfinedRendering, ShowsEveryKindOfPictureThatIsTaken) {
    const Picture picture(640, 480);
    const std::vector<std::pair<FileKind, const char*>> kinds{{FileKind::jpeg, ".jpg"},
                                                              {FileKind::png, ".png"},
                                                              {FileKind::webp, ".webp"},
                                                              {FileKind::heif, ".heic"},
                                                              {FileKind::heif, ".avif[effort=0]"}};
    for (const auto& [kind, suffix] : kinds) {
        const Bytes file = picture.as(suffix);
        EXPECT_EQ(concerns::kind_of(file), kind) << suffix;
        const Shown shown = show(renderer, kind, file);
        ASSERT_TRUE(shown.pages) << suffix << ' ' << shown.pages.error().what;
        EXPECT_EQ(*shown.pages, 1u);
        ASSERT_THAT(shown.jpegs, SizeIs(1)) << suffix;
        EXPECT_EQ(size_of(shown.jpegs[0]), std::pair(640, 480)) << suffix;
    }
}

TEST_F(ConfinedRendering, NothingThatTheCameraWroteBesideThePictureIsInTheCopy) {
    const Bytes file = Picture(320, 240).with_metadata(1).as(".jpg");
    ASSERT_TRUE(holds(file, kMarker) && holds(file, "Exif")) << "or this proves nothing";
    const Shown shown = show(renderer, FileKind::jpeg, file);
    ASSERT_THAT(shown.jpegs, SizeIs(1));
    for (const std::string_view trace : {kMarker, std::string_view("Exif"), std::string_view("ICC_PROFILE"),
                                         std::string_view("http://ns.adobe.com"), std::string_view("GPS")})
        EXPECT_FALSE(holds(shown.jpegs[0], trace)) << trace;
}

TEST_F(ConfinedRendering, APictureStandsTheWayItWasTakenAndIsNoLargerThanAScreen) {
    const Shown turned = show(renderer, FileKind::jpeg, Picture(320, 240).with_metadata(6).as(".jpg"));
    ASSERT_THAT(turned.jpegs, SizeIs(1));
    EXPECT_EQ(size_of(turned.jpegs[0]), std::pair(240, 320));
    const Shown large = show(renderer, FileKind::jpeg, Picture(5120, 2560).as(".jpg"));
    ASSERT_THAT(large.jpegs, SizeIs(1));
    EXPECT_EQ(size_of(large.jpegs[0]), std::pair(2560, 1280));
}

TEST_F(ConfinedRendering, ADocumentIsShownPageByPageAndOnlyTheFirstTwenty) {
    const Shown three = show(renderer, FileKind::pdf, pdf(3));
    ASSERT_TRUE(three.pages) << three.pages.error().what;
    EXPECT_EQ(*three.pages, 3u);
    ASSERT_THAT(three.jpegs, SizeIs(3));
    EXPECT_EQ(size_of(three.jpegs[0]).second, 2000);
    EXPECT_NE(three.jpegs[0], three.jpegs[1]) << "the text is drawn, with a font of this machine";
    for (const auto& page : three.jpegs) EXPECT_FALSE(holds(page, kMarker));
    const Shown many = show(renderer, FileKind::pdf, pdf(31));
    ASSERT_TRUE(many.pages) << many.pages.error().what;
    EXPECT_EQ(*many.pages, 31u);
    EXPECT_THAT(many.jpegs, SizeIs(Renderer::kMostPages));
}

// --- what is not
// --------------------------------------------------------------------------------------------------------

TEST_F(ConfinedRendering, WhatIsDamagedOrCutShortOrSomethingElseIsRefusedAndTheNextIsShown) {
    const Bytes good = Picture(640, 480).as(".jpg");
    Bytes cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(good.size() / 2));
    Bytes script = to_bytes("\xFF\xD8\xFF\xE0#!/bin/sh\necho run me > /tmp/kith-was-run\n");
    const Bytes png = Picture(20, 20).as(".png");
    EXPECT_EQ(show(renderer, FileKind::jpeg, cut).pages.error().code, Code::invalid);
    EXPECT_EQ(show(renderer, FileKind::jpeg, script).pages.error().code, Code::invalid);
    EXPECT_EQ(show(renderer, FileKind::jpeg, png).pages.error().code, Code::invalid) << "only as what it claims to be";
    EXPECT_EQ(show(renderer, FileKind::pdf, to_bytes("%PDF-1.4\nnothing")).pages.error().code, Code::invalid);
    const std::string_view heif(
        "\0\0\0\x18"
        "ftypheic",
        12);
    EXPECT_EQ(show(renderer, FileKind::heif, to_bytes(heif)).pages.error().code, Code::invalid);
    EXPECT_EQ(show(renderer, FileKind::jpeg, {}).pages.error().code, Code::invalid);
    EXPECT_TRUE(show(renderer, FileKind::jpeg, good).pages);
}

TEST_F(ConfinedRendering, ABombIsRefusedByItsHeadAndCostsNoTime) {
    VipsImage* black = nullptr;
    ASSERT_EQ(vips_black(&black, 30'000, 30'000, nullptr), 0);
    void* data = nullptr;
    std::size_t size = 0;
    ASSERT_EQ(vips_pngsave_buffer(black, &data, &size, "compression", 9, "bitdepth", 1, nullptr), 0);
    g_object_unref(black);
    const Bytes bomb(static_cast<Byte*>(data), static_cast<Byte*>(data) + size);
    g_free(data);
    ASSERT_LT(bomb.size(), 1'000'000u);
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(show(renderer, FileKind::png, bomb).pages.error().code, Code::invalid);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
}

TEST_F(ConfinedRendering, ManyAtOnceAreEachGivenTheirOwn) {
    std::vector<std::thread> threads;
    std::atomic<int> right = 0;
    std::vector<Bytes> files;
    for (int i = 0; i < 6; ++i) files.push_back(Picture(100 + 10 * i, 60).as(".png"));
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&, i] {
            const Shown shown = show(renderer, FileKind::png, files[static_cast<std::size_t>(i)]);
            if (shown.jpegs.size() == 1 && size_of(shown.jpegs[0]) == std::pair(100 + 10 * i, 60)) ++right;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(right, 6);
}

// --- decoders that misbehave: this program stands in, by the first byte of the file
// ------------------------------------------------------------------------------------------------------

int misbehave() {
    const auto say = [](BytesView bytes) { return ::write(1, bytes.data(), bytes.size()) >= 0; };
    if (!say(as_bytes(kHello))) return 1;
    char how = 0;
    if (::read(0, &how, 1) != 1) return 1;
    Bytes numbers;
    append_u32(numbers, how == 'l' ? 40'000 : how == 'e' ? 0 : 10);
    append_u32(numbers, how == 'l' ? 40'000 : how == 'e' ? 0 : 10);
    if (how == 'l' || how == 'e' || how == 's' || how == 'p') do
            say(numbers), say(Bytes(how == 's' ? 7 : how == 'p' ? 300 : 0));
        while (how == 'p');
    if (how == 'k') ::raise(SIGKILL);
    if (how == 'h') ::pause();
    return 0;
}

class AMisbehavingDecoder : public testing::Test {
  protected:
    ConfinedRenderer renderer{launcher({"/proc/self/exe", std::chrono::milliseconds(400)})};
    Code outcome(const char* how) {
        return show(renderer, FileKind::jpeg, to_bytes(std::string_view(how))).pages.error().code;
    }
};

TEST_F(AMisbehavingDecoder, IsKilledWhenItTakesTooLong) {
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome("hang"), Code::invalid);
    const auto took = std::chrono::steady_clock::now() - begun;
    EXPECT_GE(took, std::chrono::milliseconds(300));
    EXPECT_LT(took, std::chrono::seconds(5));
}

TEST_F(AMisbehavingDecoder, GivesNothingWhenItDiesOrLies) {
    EXPECT_EQ(outcome("killed"), Code::invalid);
    EXPECT_EQ(outcome("large"), Code::invalid);
    EXPECT_EQ(outcome("end without a page"), Code::invalid);
    EXPECT_EQ(outcome("short"), Code::invalid);
    EXPECT_EQ(outcome("pages without end"), Code::invalid);
}

TEST(ARendererWithoutItsProgram, AsksToBeAskedAgain) {
    EXPECT_EQ(Launcher::start({"/nonexistent/kith-render"}).error().code, Code::unavailable);
    ConfinedRenderer none(nullptr);
    EXPECT_EQ(show(none, FileKind::jpeg, {}).pages.error().code, Code::unavailable);
    ConfinedRenderer mute(launcher({"/bin/true"}));
    EXPECT_EQ(show(mute, FileKind::jpeg, {}).pages.error().code, Code::unavailable);
}

// --- what a confined process can still do
// -------------------------------------------------------------------------------------------------------

enum class Bounds { confined, none };
/// What `attempt` said, in a process of its own; empty when it died.
std::string attempt_in(Bounds bounds, const std::function<std::string()>& attempt) {
    std::array<int, 2> ends{};
    KITH_CHECK(::pipe(ends.data()) == 0);
    const pid_t process = ::fork();
    if (process == 0) {
        const bool ready = bounds == Bounds::none || confine().has_value();
        const std::string said = ready ? attempt() : "not confined";
        ::_exit(::write(ends[1], said.data(), said.size()) < 0 ? 1 : 0);
    }
    ::close(ends[1]);
    std::string out(4096, '\0');
    const ssize_t got = ::read(ends[0], out.data(), out.size());
    out.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    ::close(ends[0]);
    ::waitpid(process, nullptr, 0);
    return out;
}

std::string outcome_of(const char* name, long result) {
    return std::string(name) + (result >= 0 ? " done\n" : " refused\n");
}

std::string try_everything() {
    std::string out;
    const auto test = [&](const char* name, long result) { out += outcome_of(name, result); };
    test("socket", ::socket(AF_INET, SOCK_STREAM, 0));
    test("unix socket", ::socket(AF_UNIX, SOCK_STREAM, 0));
    const long child = ::syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, 0L);
    if (child == 0) ::_exit(0);
    if (child > 0) ::waitpid(static_cast<pid_t>(child), nullptr, 0);
    test("process", child);
    test("signal", ::kill(::getppid(), 0));
    test("read a file", ::open("/etc/hostname", O_RDONLY));
    test("read a process", ::open("/proc/self/maps", O_RDONLY));
    test("make a file", ::open("/tmp/kith-confined-test", O_WRONLY | O_CREAT, 0600));
    ::unlink("/tmp/kith-confined-test");
    test("more memory", ::mmap(nullptr, std::size_t{4} << 30U, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                               0) == MAP_FAILED
                            ? -1
                            : 0);
    test("be traced", ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
    // Last, with no child left to end: whoever is traced stops at any signal, and nobody here would let them go on.
    test("ptrace", ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr));
    return out;
}

TEST(AConfinedProcess, HasNoSocketNoOtherProcessAndNoFile) {
    const std::string free = attempt_in(Bounds::none, try_everything);
    EXPECT_EQ(free.find("refused"), std::string::npos) << "or this proves nothing:\n" << free;
    const std::string confined = attempt_in(Bounds::confined, try_everything);
    EXPECT_EQ(std::ranges::count(confined, '\n'), 10) << confined;
    EXPECT_EQ(confined.find("done"), std::string::npos) << confined;
}

TEST(AConfinedProcess, CannotBecomeAnotherProgram) {
    const auto exec = [] {
        char name[] = "true";
        char* arguments[] = {name, nullptr};
        ::execv("/bin/true", arguments);
        return std::string(errno == EPERM ? "refused" : "something else");
    };
    EXPECT_EQ(attempt_in(Bounds::none, exec), "") << "it became /bin/true";
    EXPECT_EQ(attempt_in(Bounds::confined, exec), "refused");
}

TEST(AConfinedProcess, GainsNothingAndHasItsLimits) {
    const std::string said = attempt_in(Bounds::confined, [] {
        rlimit file{}, core{};
        ::getrlimit(RLIMIT_FSIZE, &file);
        ::getrlimit(RLIMIT_CORE, &core);
        const rlimit more{1, 1};
        std::string out = file.rlim_max == 0 && core.rlim_max == 0 ? "limited" : "unlimited";
        out += ::setrlimit(RLIMIT_FSIZE, &more) == 0 ? " and not for good" : " for good";
        return out;
    });
    EXPECT_EQ(said, "limited for good");
}

TEST(AConfinedProcess, CanStillUseThreads) {
    EXPECT_EQ(attempt_in(Bounds::confined,
                         [] {
                             std::string out;
                             std::thread([&] { out = "ran"; }).join();
                             return out;
                         }),
              "ran");
}

TEST(Jpegs, HoldTheirPixelsAndNothingElse) {
    const auto jpeg = to_jpeg(3, 2, Bytes(18, 200));
    ASSERT_TRUE(jpeg);
    EXPECT_EQ(size_of(*jpeg), std::pair(3, 2));
    EXPECT_THROW(static_cast<void>(to_jpeg(3, 2, Bytes(17))), Bug);
}

}  // namespace
}  // namespace kith::images

int main(int argc, char** argv) {
    if (std::string_view(argv[0]) == "kith-render") return kith::images::misbehave();
    testing::InitGoogleTest(&argc, argv);
    if (VIPS_INIT(argv[0]) != 0) return 2;
    return RUN_ALL_TESTS();
}
