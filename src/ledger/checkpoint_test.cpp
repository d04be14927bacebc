#include "ledger/checkpoint.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

namespace kith::ledger {
namespace {

struct Signer {
    PublicKey key{};
    ByteArray<64> secret{};
    explicit Signer(Byte seed_byte) {
        ByteArray<32> seed;
        seed.fill(seed_byte);
        crypto_sign_seed_keypair(key.data(), secret.data(), seed.data());
    }
    Signature operator()(BytesView message) const {
        Signature signature;
        crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret.data());
        return signature;
    }
    VerifierKey named(std::string name) const { return VerifierKey::of(std::move(name), key).value(); }
};

constexpr auto kOrigin = "kith.example/ledger";

struct ACheckpoint : testing::Test {
    Signer ours{1};
    Signer witness{2};
    VerifierKey our_key = ours.named(kOrigin);
    VerifierKey witness_key = witness.named("witness.example");
    Checkpoint checkpoint{kOrigin, 42, leaf_hash(as_bytes("root"))};
    std::string note = sign_checkpoint(checkpoint, our_key, ours).value();
    std::vector<VerifierKey> known{our_key};
};

TEST(VerifierKey, IsReadAndWrittenAsOtherImplementationsDo) {
    for (const std::string text : {"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                                   "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
                                   "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6"})
        EXPECT_EQ(VerifierKey::parse(text).value().text(), text);
}

TEST(VerifierKey, VerifiesANoteOfAnotherImplementation) {
    const auto key = VerifierKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").value();
    const Bytes blob = from_base64(
                           "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBw"
                           "JnAM=")
                           .value();
    ASSERT_EQ(to_hex(BytesView(blob).first(4)), to_hex(key.id()));
    Signature signature;
    std::copy(blob.begin() + 4, blob.end(), signature.begin());
    const std::string text =
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n";
    EXPECT_TRUE(verify_ed25519(key.key(), as_bytes(text), signature));
    EXPECT_FALSE(verify_ed25519(key.key(), as_bytes(text.substr(0, text.size() - 1)), signature));
}

TEST(VerifierKey, IsRefusedWhenAnyCharacterIsAlteredOrLeftOut) {
    const std::string text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string altered = text;
        altered[i] = static_cast<char>(altered[i] + 1);
        EXPECT_FALSE(VerifierKey::parse(altered)) << altered;
        EXPECT_FALSE(VerifierKey::parse(text.substr(0, i)));
        EXPECT_FALSE(VerifierKey::parse(text.substr(i + 1)));
    }
    for (const std::string name : {"", "a b", "a+b", "a\nb",
                                   "a\xc2\xa0"
                                   "b",
                                   "a\xe3\x80\x80", "\xff"})
        EXPECT_FALSE(VerifierKey::of(name, PublicKey{})) << name;
}

TEST_F(ACheckpoint, HasTheBytesOfTheSignedNoteForm) {
    const std::string body = std::string(kOrigin) + "\n42\n" + to_base64(checkpoint.root) + "\n";
    EXPECT_EQ(body_of(checkpoint).value(), body);
    Bytes blob(our_key.id().begin(), our_key.id().end());
    append(blob, ours(as_bytes(body)));
    EXPECT_EQ(note, body + "\n\xe2\x80\x94 " + kOrigin + " " + to_base64(blob) + "\n");
    EXPECT_EQ(note, assemble(checkpoint, our_key, ours(as_bytes(body))).value());
    EXPECT_EQ(open_checkpoint(note, known).value(), checkpoint);
}

TEST_F(ACheckpoint, OfAnotherLogParses) {
    const std::string theirs =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "\u2014 example.com/behind-the-sofa "
        "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyW"
        "E+xeMcTOAYQ8=\n"
        "\u2014 witness.example.com/w1 "
        "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xU"
        "e+mbIUBkBIfZ+qnA==\n";
    const auto parsed = parse_checkpoint(theirs).value();
    EXPECT_EQ(parsed.checkpoint.size, 20852163U);
    ASSERT_EQ(parsed.signatures.size(), 2U);
    EXPECT_EQ(parsed.signatures[1].name, "witness.example.com/w1");
    EXPECT_EQ(parsed.signatures[1].bytes.size(), 72U) << "a timestamped cosignature is longer than ours";
    EXPECT_EQ(standing(parsed, known), Standing::not_signed);
}

TEST_F(ACheckpoint, IsRefusedWhenAnyBitIsAltered) {
    for (std::size_t i = 0; i < note.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string altered = note;
            altered[i] = static_cast<char>(altered[i] ^ (1 << bit));
            EXPECT_FALSE(open_checkpoint(altered, known)) << i << ' ' << bit;
        }
        EXPECT_FALSE(open_checkpoint(note.substr(0, i), known)) << i;
        EXPECT_FALSE(open_checkpoint(std::string(note).insert(i, "\n"), known)) << i;
    }
    EXPECT_FALSE(open_checkpoint(note + "\n", known));
}

TEST_F(ACheckpoint, IgnoresCosignaturesOfUnknownKeys) {
    const std::string both = cosign(note, witness_key, witness(as_bytes("something else"))).value();
    EXPECT_EQ(open_checkpoint(both, known).value(), checkpoint);
    EXPECT_EQ(parse_checkpoint(both).value().signatures[1].name, "witness.example");
}

TEST_F(ACheckpoint, IsRefusedWhenAKnownCosignatureIsWrong) {
    known.push_back(witness_key);
    const std::string body = body_of(checkpoint).value();
    EXPECT_TRUE(open_checkpoint(cosign(note, witness_key, witness(as_bytes(body))).value(), known));
    const auto wrong = open_checkpoint(cosign(note, witness_key, witness(as_bytes("other"))).value(), known);
    EXPECT_EQ(wrong.error().code, Code::betrayed);
}

TEST_F(ACheckpoint, NeedsASignatureOfItsOwnOrigin) {
    const std::string body = body_of(checkpoint).value();
    const std::string by_witness_only = assemble(checkpoint, witness_key, witness(as_bytes(body))).value();
    known.push_back(witness_key);
    EXPECT_EQ(open_checkpoint(by_witness_only, known).error().code, Code::betrayed);
    EXPECT_EQ(sign_checkpoint(checkpoint, witness_key, witness).error().field, "origin");

    const VerifierKey other_name = ours.named("kith.example/other");
    EXPECT_EQ(standing(parse_checkpoint(note).value(), std::span(&other_name, 1)), Standing::not_signed);
}

TEST_F(ACheckpoint, VerifiesByAnyOfTheOriginsKeysAfterAChangeOfKeys) {
    const Signer newer{3};
    const VerifierKey newer_key = newer.named(kOrigin);
    known.push_back(newer_key);
    EXPECT_TRUE(open_checkpoint(sign_checkpoint(checkpoint, newer_key, newer).value(), known));
    EXPECT_TRUE(open_checkpoint(note, known));
}

TEST_F(ACheckpoint, HasOneFormOnly) {
    const std::string root = to_base64(checkpoint.root);
    const std::string lines = note.substr(note.find("\n\n") + 1);
    const auto accepts = [&](const std::string& body) { return parse_checkpoint(body + lines).has_value(); };
    EXPECT_TRUE(accepts("o\n0\n" + root + "\n"));
    EXPECT_TRUE(accepts("o\n18446744073709551615\n" + root + "\n"));
    for (const std::string size : {"", "01", "+1", "-1", " 1", "1 ", "0x1", "1.0", "18446744073709551616"})
        EXPECT_FALSE(accepts("o\n" + size + "\n" + root + "\n")) << size;
    EXPECT_FALSE(accepts("\n1\n" + root + "\n"));
    EXPECT_FALSE(accepts("o\r\n1\n" + root + "\n"));
    EXPECT_FALSE(accepts("o\n1\n" + root + "\nextension\n")) << "lines that we never write";
    EXPECT_FALSE(accepts("o\n1\n" + root.substr(0, 40) + "\n"));
    EXPECT_FALSE(parse_checkpoint("o\n1\n" + root + "\n\n")) << "no signature";
    std::string many = "o\n1\n" + root + "\n";
    for (std::size_t i = 0; i < max_signatures; ++i) many += i == 0 ? lines : lines.substr(1);
    EXPECT_TRUE(parse_checkpoint(many));
    EXPECT_FALSE(parse_checkpoint(many + lines.substr(1)));
    EXPECT_EQ(parse_checkpoint(std::string(max_note + 1, 'a')).error().code, Code::too_large);
    EXPECT_EQ(body_of(Checkpoint{"a b", 1, {}}).error().field, "origin");
}

}  // namespace
}  // namespace kith::ledger
