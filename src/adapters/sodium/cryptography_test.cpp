#include "adapters/sodium/cryptography.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

namespace kith::sodium {
namespace {

template <std::size_t N>
ByteArray<N> array_of(std::string_view hex) {
    ByteArray<N> array{};
    const auto bytes = from_hex(hex);
    if (bytes && bytes->size() == N) std::ranges::copy(*bytes, array.begin());
    return array;
}

class Cryptography : public testing::Test {
  protected:
    std::unique_ptr<app::Cryptography> crypto_ = *make_cryptography();
    const Bytes plain_ = to_bytes("Robin Example, 01632 960123, after six");
    const Bytes place_ = to_bytes("vault/7/contact");
};

TEST_F(Cryptography, OpensWhatItSealedAndSealsTheSameDifferentlyEachTime) {
    const Key key = crypto_->random_key();
    const Bytes sealed = crypto_->seal(key, plain_, place_);
    EXPECT_EQ(crypto_->open(key, sealed, place_)->expose(), plain_);
    EXPECT_NE(crypto_->seal(key, plain_, place_), sealed);
    EXPECT_EQ(crypto_->open(key, crypto_->seal(key, {}, {}), {})->expose(), Bytes());
}

TEST_F(Cryptography, RefusesSealedBytesWithAnyByteAlteredOrMissing) {
    const Key key = crypto_->random_key();
    const Bytes sealed = crypto_->seal(key, plain_, place_);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        Bytes altered = sealed;
        altered[i] ^= 1;
        ASSERT_EQ(crypto_->open(key, altered, place_).error().code, Code::betrayed) << i;
        ASSERT_EQ(crypto_->open(key, BytesView(sealed).first(i), place_).error().code, Code::betrayed) << i;
    }
}

TEST_F(Cryptography, RefusesSealedBytesInAnotherPlaceOrUnderAnotherKey) {
    const Key key = crypto_->random_key();
    const Bytes sealed = crypto_->seal(key, plain_, place_);
    EXPECT_EQ(crypto_->open(key, sealed, as_bytes("vault/8/contact")).error().code, Code::betrayed);
    EXPECT_EQ(crypto_->open(key, sealed, {}).error().code, Code::betrayed);
    EXPECT_EQ(crypto_->open(crypto_->random_key(), sealed, place_).error().code, Code::betrayed);
}

TEST_F(Cryptography, BoxesOpenWithTheHoldersHalfOnly) {
    const app::KeyPair holder = crypto_->new_pair();
    const Bytes sealed = crypto_->seal_to(holder.public_half, plain_);
    EXPECT_EQ(crypto_->open_with(holder, sealed)->expose(), plain_);
    EXPECT_EQ(crypto_->open_with(crypto_->pair_of(holder.private_half), sealed)->expose(), plain_);
    EXPECT_EQ(crypto_->open_with(crypto_->new_pair(), sealed).error().code, Code::betrayed);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        Bytes altered = sealed;
        altered[i] ^= 1;
        ASSERT_EQ(crypto_->open_with(holder, altered).error().code, Code::betrayed) << i;
        ASSERT_EQ(crypto_->open_with(holder, BytesView(sealed).first(i)).error().code, Code::betrayed) << i;
    }
}

TEST_F(Cryptography, PublicHalvesAreThoseOfRfc7748) {
    const Key bob(array_of<32>("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
    EXPECT_EQ(to_hex(crypto_->pair_of(bob).public_half),
              "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
}

TEST_F(Cryptography, SignaturesAreThoseOfRfc8032) {
    const auto signer =
        crypto_->signing_pair_of(Key(array_of<32>("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")));
    EXPECT_EQ(to_hex(signer.public_half), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const ByteArray<1> message{0x72};
    const auto signature = crypto_->sign(signer, message);
    EXPECT_EQ(to_hex(signature),
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
              "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    EXPECT_TRUE(crypto_->verify(signer.public_half, message, signature));
}

TEST_F(Cryptography, SignaturesOfAlteredMessagesOrByOthersAreRefused) {
    const auto signer = crypto_->new_signing_pair();
    const auto signature = crypto_->sign(signer, plain_);
    EXPECT_TRUE(crypto_->verify(signer.public_half, plain_, signature));
    EXPECT_FALSE(crypto_->verify(crypto_->new_signing_pair().public_half, plain_, signature));
    EXPECT_FALSE(crypto_->verify(signer.public_half, place_, signature));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        auto altered = signature;
        altered[i] ^= 1;
        ASSERT_FALSE(crypto_->verify(signer.public_half, plain_, altered)) << i;
    }
}

TEST_F(Cryptography, DigestsAreThoseOfFips180) {
    EXPECT_EQ(to_hex(crypto_->sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(crypto_->sha256(as_bytes("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(Cryptography, MarksAreHmacSha256) {
    // RFC 4231, case 1, whose key of twenty bytes HMAC fills up with zeros.
    Key key;
    std::fill_n(key.expose().begin(), 20, Byte{0x0b});
    EXPECT_EQ(to_hex(crypto_->mark(key, as_bytes("Hi There"))),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

TEST_F(Cryptography, DerivedBytesDifferByDomainAndByInputAndAreAlwaysTheSame) {
    std::set<app::Digest> seen;
    for (const auto input : {"", "a", "b"}) {
        seen.insert(crypto_->derive("code finder", as_bytes(input)));
        seen.insert(crypto_->derive("code key", as_bytes(input)));
        seen.insert(crypto_->sha256(as_bytes(input)));
    }
    EXPECT_EQ(seen.size(), 9U);
    EXPECT_EQ(crypto_->derive("code key", plain_), (*make_cryptography())->derive("code key", plain_));
    // BLAKE2b-256 with the domain as key and "kith derive" as personal string, by Python's hashlib.
    EXPECT_EQ(to_hex(crypto_->derive("code finder", as_bytes("a"))),
              "b7590a15658f4a53677cb9958305059c5c0a05675d1fdeb108fad9a3b5657217");
}

TEST_F(Cryptography, APasswordYieldsTheSameTwoHalvesEachTimeAndOthersWithAnotherSalt) {
    const SecretText password("correct horse");
    const app::Salt salt = array_of<16>("30313233343536373839616263646566");
    const auto first = crypto_->stretch(password, salt);
    const auto again = crypto_->stretch(password, salt);
    EXPECT_EQ(first.verifier, again.verifier);
    EXPECT_EQ(first.key.expose(), again.key.expose());
    EXPECT_NE(first.verifier, first.key.expose());
    EXPECT_NE(crypto_->stretch(password, app::Salt{}).verifier, first.verifier);
    EXPECT_NE(crypto_->stretch(SecretText("correct horsf"), salt).verifier, first.verifier);
    // argon2id, t=2, m=65536 KiB, p=1, 64 bytes, by the program argon2.
    EXPECT_EQ(to_hex(first.verifier) + to_hex(first.key.expose()),
              "fa1c639b056d4447e10a17d2f63b705317b0bbe763607ef8854653771aa83b0684a87c5c8583ed64ebdb00521abe18efe74fc9f8"
              "ebac81d1b84e7dbcd3a25258");
}

TEST_F(Cryptography, ManyPasswordsAtOnceAllComeOut) {
    std::atomic<int> done = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&] {
            crypto_->stretch(SecretText("x"), app::Salt{});
            ++done;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(done, 6);
}

TEST_F(Cryptography, ComparesWholeStringsOfEqualLength) {
    EXPECT_TRUE(crypto_->equal(plain_, plain_));
    EXPECT_TRUE(crypto_->equal({}, {}));
    EXPECT_FALSE(crypto_->equal(plain_, BytesView(plain_).first(4)));
    EXPECT_FALSE(crypto_->equal(as_bytes("aaaa"), as_bytes("aaab")));
}

}  // namespace
}  // namespace kith::sodium
