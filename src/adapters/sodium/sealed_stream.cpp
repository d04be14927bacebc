#include "adapters/sodium/sealed_stream.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

namespace kith::sodium {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "KITHFIL1";
constexpr std::size_t header_size = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t extra = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t plain_piece = std::size_t{64} * 1024;
constexpr std::string_view unfinished = ".part";

class File {
  public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    File& operator=(File&&) = delete;
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    explicit operator bool() const { return descriptor_ >= 0; }

    Result<void> write(BytesView bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return fail(Code::unavailable, "a sealed file cannot be written");
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return {};
    }
    /// Fewer bytes than asked for only at the end of the file.
    Result<std::size_t> read(std::span<Byte> into) {
        std::size_t size = 0;
        while (size < into.size()) {
            const ssize_t got = ::read(descriptor_, into.data() + size, into.size() - size);
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return fail(Code::unavailable, "a sealed file cannot be read");
            if (got == 0) break;
            size += static_cast<std::size_t>(got);
        }
        return size;
    }
    Result<void> sync() {
        if (::fsync(descriptor_) != 0) return fail(Code::unavailable, "a sealed file cannot be made durable");
        return {};
    }

  private:
    int descriptor_;
};

Result<void> sync_folder(const fs::path& folder) {
    File opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened) return fail(Code::unavailable, "the folder of sealed files is away");
    return opened.sync();
}

/// libsodium's running state, wiped when it ends.
struct Stream {
    crypto_secretstream_xchacha20poly1305_state state{};
    Stream() = default;
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() { wipe(&state, sizeof state); }
};

/// Room is kept for the database: pictures must not be why a worry cannot be taken.
struct Room {
    fs::path folder;
    FreeSpace free_space;
    bool is_left() const { return free_space(folder) >= kKeptFree; }
};

class Writer : public app::SealedWriter {
  public:
    Writer(const Room& room, app::FileId id, File file)
        : room_(room),
          folder_(room.folder),
          id_(id),
          part_(folder_ / (id.text() + std::string(unfinished))),
          file_(std::move(file)) {
        pending_.expose().reserve(plain_piece);
        crypto_hash_sha256_init(&digest_);
    }
    ~Writer() override {
        if (stage_ != Stage::finished) ::unlink(part_.c_str());
    }

    Result<void> begin(const Key& key) {
        ByteArray<header_size> header;
        crypto_secretstream_xchacha20poly1305_init_push(&stream_.state, header.data(), key.expose().data());
        Bytes start = to_bytes(magic);
        append(start, header);
        return file_.write(start);
    }

    Result<void> write(BytesView piece) override {
        KITH_CHECK(stage_ != Stage::finished);
        if (stage_ == Stage::broken) return broken();
        Bytes& pending = pending_.expose();
        while (!piece.empty()) {
            if (pending.size() == plain_piece && !push(crypto_secretstream_xchacha20poly1305_TAG_MESSAGE))
                return broken();
            const std::size_t take = std::min(piece.size(), plain_piece - pending.size());
            append(pending, piece.first(take));
            piece = piece.subspan(take);
        }
        return {};
    }

    Result<app::Written> finish() override {
        KITH_CHECK(stage_ != Stage::finished);
        if (stage_ == Stage::broken || !push(crypto_secretstream_xchacha20poly1305_TAG_FINAL)) return broken();
        stage_ = Stage::broken;
        KITH_TRY(file_.sync());
        if (::rename(part_.c_str(), (folder_ / id_.text()).c_str()) != 0)
            return fail(Code::unavailable, "a sealed file cannot be named");
        stage_ = Stage::finished;
        KITH_TRY(sync_folder(folder_));
        crypto_hash_sha256_final(&digest_, written_.sha256.data());
        return written_;
    }

  private:
    enum class Stage { open, broken, finished };
    static Failure broken() { return fail(Code::unavailable, "a sealed file cannot be written"); }

    bool push(unsigned char tag) {
        Bytes& pending = pending_.expose();
        Bytes sealed(pending.size() + extra);
        crypto_secretstream_xchacha20poly1305_push(&stream_.state, sealed.data(), nullptr, pending.data(),
                                                   pending.size(), id_.bytes().data(), id_.bytes().size(), tag);
        written_.size += pending.size();
        // Many come in at once, and each found room when it began.
        if (written_.size >= ask_again_at_) {
            ask_again_at_ = written_.size + kAskAgainEvery;
            if (!room_.is_left()) stage_ = Stage::broken;
        }
        crypto_hash_sha256_update(&digest_, pending.data(), pending.size());
        wipe(pending.data(), pending.size());
        pending.clear();
        const bool written = stage_ == Stage::open && file_.write(sealed).has_value();
        if (!written) stage_ = Stage::broken;
        return written;
    }

    const Room room_;
    const fs::path folder_;
    const app::FileId id_;
    const fs::path part_;
    File file_;
    Stream stream_;
    SecretBytes pending_;
    crypto_hash_sha256_state digest_{};
    app::Written written_;
    std::uint64_t ask_again_at_ = kAskAgainEvery;
    Stage stage_ = Stage::open;
};

class Reader : public app::SealedReader {
  public:
    Reader(app::FileId id, File file) : id_(id), file_(std::move(file)) {}

    Result<void> begin(const Key& key) {
        ByteArray<magic.size() + header_size> start;
        const std::size_t size = KITH_TRY(file_.read(start));
        if (size != start.size() || !std::ranges::equal(std::span(start).first(magic.size()), as_bytes(magic)))
            return fail(Code::betrayed, "this is no sealed file");
        if (crypto_secretstream_xchacha20poly1305_init_pull(&stream_.state, start.data() + magic.size(),
                                                            key.expose().data()) != 0)
            return fail(Code::betrayed, "this is no sealed file");
        return {};
    }

    Result<SecretBytes> next() override {
        if (stage_ == Stage::ended) return SecretBytes();
        if (stage_ == Stage::refused) return refuse();
        Bytes sealed(plain_piece + extra);
        const std::size_t size = KITH_TRY(file_.read(sealed));
        if (size < extra) return refuse();
        SecretBytes plain(Bytes(size - extra));
        unsigned char tag = 0;
        if (crypto_secretstream_xchacha20poly1305_pull(&stream_.state, plain.expose().data(), nullptr, &tag,
                                                       sealed.data(), size, id_.bytes().data(),
                                                       id_.bytes().size()) != 0)
            return refuse();
        if (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL)
            return size == sealed.size() ? Result<SecretBytes>(std::move(plain)) : refuse();
        ByteArray<1> more;
        const std::size_t after = KITH_TRY(file_.read(more));
        if (after != 0) return refuse();
        stage_ = Stage::ended;
        return plain;
    }

  private:
    enum class Stage { open, refused, ended };
    Result<SecretBytes> refuse() {
        stage_ = Stage::refused;
        return fail(Code::betrayed, "a sealed file was altered or cut short");
    }

    const app::FileId id_;
    File file_;
    Stream stream_;
    Stage stage_ = Stage::open;
};

class Files : public app::SealedFiles {
  public:
    Files(fs::path folder, FreeSpace free_space) : folder_(folder), room_{std::move(folder), std::move(free_space)} {}

    Result<std::unique_ptr<app::SealedWriter>> create(app::FileId id, const Key& key) override {
        if (::access((folder_ / id.text()).c_str(), F_OK) == 0)
            return fail(Code::conflict, "the file is there already");
        if (!room_.is_left()) return fail(Code::unavailable, "the disk is too full for another file");
        const fs::path part = folder_ / (id.text() + std::string(unfinished));
        File file(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!file && errno == EEXIST) return fail(Code::conflict, "the file is being written already");
        if (!file) return fail(Code::unavailable, "a sealed file cannot be made");
        auto writer = std::make_unique<Writer>(room_, id, std::move(file));
        KITH_TRY(writer->begin(key));
        return std::unique_ptr<app::SealedWriter>(std::move(writer));
    }

    Result<std::unique_ptr<app::SealedReader>> open(app::FileId id, const Key& key) override {
        File file(::open((folder_ / id.text()).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        if (!file && errno == ENOENT) return fail(Code::not_found, "no such sealed file");
        if (!file) return fail(Code::unavailable, "a sealed file cannot be opened");
        auto reader = std::make_unique<Reader>(id, std::move(file));
        KITH_TRY(reader->begin(key));
        return std::unique_ptr<app::SealedReader>(std::move(reader));
    }

    Result<void> remove(app::FileId id) override {
        if (::unlink((folder_ / id.text()).c_str()) != 0 && errno != ENOENT)
            return fail(Code::unavailable, "a sealed file cannot be removed");
        return sync_folder(folder_);
    }

    Result<std::vector<app::FileId>> list() override {
        std::vector<app::FileId> ids;
        std::error_code error;
        fs::directory_iterator entries(folder_, error);
        for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
            const auto id = app::FileId::parse(entries->path().filename().native());
            if (id) ids.push_back(*id);
        }
        if (error) return fail(Code::unavailable, "the folder of sealed files is away");
        std::ranges::sort(ids);
        return ids;
    }

    Result<void> sweep_unfinished() {
        std::error_code error;
        fs::directory_iterator entries(folder_, error);
        for (; !error && entries != fs::directory_iterator(); entries.increment(error))
            if (entries->path().extension() == unfinished) ::unlink(entries->path().c_str());
        if (error) return fail(Code::unavailable, "the folder of sealed files is away");
        return sync_folder(folder_);
    }

  private:
    const fs::path folder_;
    const Room room_;
};

}  // namespace

std::uint64_t free_on_disk(const fs::path& folder) {
    struct statvfs disk {};
    // Where nobody can say, the disk itself will.
    if (::statvfs(folder.c_str(), &disk) != 0) return std::numeric_limits<std::uint64_t>::max();
    return std::uint64_t{disk.f_bavail} * disk.f_frsize;
}

Result<std::unique_ptr<app::SealedFiles>> open_sealed_files(const fs::path& folder, FreeSpace free_space) {
    if (sodium_init() < 0) return fail(Code::unavailable, "the system gives no random numbers");
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return fail(Code::unavailable, "the folder of sealed files cannot be made");
    auto files = std::make_unique<Files>(folder, std::move(free_space));
    KITH_TRY(files->sweep_unfinished());
    return std::unique_ptr<app::SealedFiles>(std::move(files));
}

}  // namespace kith::sodium
