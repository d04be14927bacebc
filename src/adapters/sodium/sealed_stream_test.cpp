#include "adapters/sodium/sealed_stream.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "adapters/sodium/cryptography.hpp"

namespace kith::sodium {
namespace {

namespace fs = std::filesystem;

class SealedFiles : public testing::Test {
  protected:
    SealedFiles() {
        std::string name = (fs::temp_directory_path() / "kith-sealed-XXXXXX").native();
        folder_ = ::mkdtemp(name.data());
        files_ = *open_sealed_files(folder_);
    }
    ~SealedFiles() override { fs::remove_all(folder_); }

    static Bytes some(std::size_t size) {
        std::mt19937 random(3);
        Bytes bytes(size);
        for (Byte& b : bytes) b = static_cast<Byte>(random());
        return bytes;
    }
    Result<std::uint64_t> put(app::FileId id, const Key& key, BytesView plain, std::size_t piece = 10'000) {
        const BytesView all = plain;
        auto writer = KITH_TRY(files_->create(id, key));
        for (; !plain.empty(); plain = plain.subspan(std::min(piece, plain.size())))
            KITH_TRY(writer->write(plain.first(std::min(piece, plain.size()))));
        const app::Written written = KITH_TRY(writer->finish());
        EXPECT_EQ(written.sha256, crypto_->sha256(all));
        return written.size;
    }
    Result<Bytes> get(app::FileId id, const Key& key) {
        auto reader = KITH_TRY(files_->open(id, key));
        Bytes all;
        while (true) {
            const SecretBytes piece = KITH_TRY(reader->next());
            if (piece.expose().empty()) return all;
            append(all, piece.expose());
        }
    }
    Bytes stored(app::FileId id) const {
        std::ifstream in(folder_ / id.text(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        return to_bytes(text);
    }
    void store(app::FileId id, BytesView bytes) const {
        std::ofstream(folder_ / id.text(), std::ios::binary) << as_text(bytes);
    }

    fs::path folder_;
    std::unique_ptr<app::SealedFiles> files_;
    std::unique_ptr<app::Cryptography> crypto_ = *make_cryptography();
    const app::FileId id_ = crypto_->random_id<app::FileId>();
    const Key key_ = crypto_->random_key();
};

TEST_F(SealedFiles, AFileThatFillsTheDiskWhileItComesInIsGivenUpAndLeavesNothing) {
    std::uint64_t room = kKeptFree;
    files_ = *open_sealed_files(folder_, [&](const fs::path&) { return room; });
    const Key key = crypto_->random_key();
    const Bytes megabyte = some(kAskAgainEvery);
    auto writer = *files_->create(id_, key);
    ASSERT_TRUE(writer->write(megabyte).has_value());
    ASSERT_TRUE(writer->write(megabyte).has_value());
    room = kKeptFree - 1;  // others came in meanwhile, and each had found room
    EXPECT_FALSE(writer->write(megabyte).has_value() && writer->write(megabyte).has_value());
    EXPECT_EQ(writer->finish().error().code, Code::unavailable);
    writer.reset();
    EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(SealedFiles, NoFileBeginsWhereOnlyTheRoomForWorriesIsLeft) {
    std::uint64_t room = kKeptFree - 1;
    files_ = *open_sealed_files(folder_, [&](const fs::path&) { return room; });
    EXPECT_EQ(put(id_, crypto_->random_key(), some(10)).error().code, Code::unavailable);
    room = kKeptFree;
    EXPECT_TRUE(put(id_, crypto_->random_key(), some(10)).has_value());
}

TEST_F(SealedFiles, ReadBackWhatWasWrittenAtEverySizeAroundAPiece) {
    for (const std::size_t size : {0UL, 1UL, 65535UL, 65536UL, 65537UL, 131072UL, 300000UL}) {
        const auto id = crypto_->random_id<app::FileId>();
        const Bytes plain = some(size);
        EXPECT_EQ(*put(id, key_, plain, size % 2 == 0 ? 65536 : 777), size);
        EXPECT_EQ(*get(id, key_), plain) << size;
    }
}

TEST_F(SealedFiles, NeverHoldPlainBytes) {
    const Bytes plain = to_bytes("Robin Example saw it from the window of number nine");
    ASSERT_TRUE(put(id_, key_, plain));
    EXPECT_EQ(as_text(stored(id_)).find("Robin"), std::string_view::npos);
    EXPECT_EQ(fs::status(folder_ / id_.text()).permissions(), fs::perms(0600));
}

TEST_F(SealedFiles, AreRefusedWithAnyByteAltered) {
    ASSERT_TRUE(put(id_, key_, some(200)));
    const Bytes good = stored(id_);
    for (std::size_t i = 0; i < good.size(); ++i) {
        Bytes altered = good;
        altered[i] ^= 1;
        store(id_, altered);
        ASSERT_EQ(get(id_, key_).error().code, Code::betrayed) << i;
    }
}

TEST_F(SealedFiles, AreRefusedWhenCutShortOrLonger) {
    const std::size_t piece = 65536 + 17;
    ASSERT_TRUE(put(id_, key_, some(3 * 65536)));
    const Bytes good = stored(id_);
    for (const std::size_t size :
         {0UL, 8UL, 31UL, 32UL, 33UL, 32 + piece, 32 + piece + 20, 32 + 2 * piece, good.size() - 1}) {
        store(id_, BytesView(good).first(size));
        ASSERT_EQ(get(id_, key_).error().code, Code::betrayed) << size;
    }
    Bytes longer = good;
    longer.push_back(0);
    store(id_, longer);
    EXPECT_EQ(get(id_, key_).error().code, Code::betrayed);
    store(id_, good);
    EXPECT_TRUE(get(id_, key_));
}

TEST_F(SealedFiles, AreRefusedWithTheirPiecesInAnotherOrder) {
    const std::ptrdiff_t piece = 65536 + 17;
    ASSERT_TRUE(put(id_, key_, some(3 * 65536)));
    Bytes swapped = stored(id_);
    std::swap_ranges(swapped.begin() + 32, swapped.begin() + 32 + piece, swapped.begin() + 32 + piece);
    store(id_, swapped);
    EXPECT_EQ(get(id_, key_).error().code, Code::betrayed);
}

TEST_F(SealedFiles, AreRefusedUnderAnotherNameOrAnotherKey) {
    const auto other = crypto_->random_id<app::FileId>();
    ASSERT_TRUE(put(id_, key_, some(500)));
    store(other, stored(id_));
    EXPECT_EQ(get(other, key_).error().code, Code::betrayed);
    EXPECT_EQ(get(id_, crypto_->random_key()).error().code, Code::betrayed);
    EXPECT_TRUE(get(id_, key_));
}

TEST_F(SealedFiles, AreNeverReplaced) {
    ASSERT_TRUE(put(id_, key_, some(10)));
    EXPECT_EQ(put(id_, key_, some(20)).error().code, Code::conflict);
    EXPECT_EQ(get(id_, key_)->size(), 10U);
}

TEST_F(SealedFiles, LeftUnfinishedAreNotThere) {
    {
        auto writer = *files_->create(id_, key_);
        ASSERT_TRUE(writer->write(some(200'000)));
        EXPECT_EQ(files_->create(id_, key_).error().code, Code::conflict);
        EXPECT_TRUE(files_->list()->empty());
    }
    EXPECT_TRUE(fs::is_empty(folder_));
    EXPECT_EQ(files_->open(id_, key_).error().code, Code::not_found);
}

TEST_F(SealedFiles, LeftUnfinishedByACrashAreSweptAtStart) {
    std::ofstream(folder_ / (id_.text() + ".part")) << "left";
    ASSERT_TRUE(open_sealed_files(folder_));
    EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(SealedFiles, AreListedAndRemoved) {
    const auto other = crypto_->random_id<app::FileId>();
    ASSERT_TRUE(put(id_, key_, some(10)));
    ASSERT_TRUE(put(other, key_, some(10)));
    EXPECT_EQ(files_->list()->size(), 2U);
    ASSERT_TRUE(files_->remove(id_));
    EXPECT_TRUE(files_->remove(id_));
    EXPECT_EQ(*files_->list(), std::vector{other});
}

TEST_F(SealedFiles, FailOrdinarilyWhenTheFolderIsAway) {
    fs::remove_all(folder_);
    EXPECT_EQ(files_->create(id_, key_).error().code, Code::unavailable);
    EXPECT_EQ(files_->list().error().code, Code::unavailable);
    EXPECT_EQ(files_->remove(id_).error().code, Code::unavailable);
    EXPECT_EQ(open_sealed_files(folder_ / "no" / "parent").error().code, Code::unavailable);
}

}  // namespace
}  // namespace kith::sodium
