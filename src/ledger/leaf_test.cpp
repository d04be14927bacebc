#include "ledger/leaf.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/text.hpp"

namespace kith::ledger {
namespace {

std::string an_id(Byte first) {
    ByteArray<16> bytes{first, 2, 3};
    return to_crockford(bytes);
}

Leaf full_leaf() {
    return Leaf{from_millis(1795268468250),
                "information_shared",
                an_id(7),
                an_id(9),
                {"PLY-031", "england/s16LA:2"},
                Pack{"plymouth-community", "2026.1"},
                {{"recipients", "2"}, {"basis:vital_interests", "yes"}},
                {{"concerns", "sealed_narrative", digest_of(as_bytes("ciphertext"))}},
                {1, 2, 3, 250}};
}
Leaf small_leaf() { return Leaf{from_millis(0), "ledger_opened", "system", {}, {}, {}, {}, {}, {}}; }

TEST(Leaf, ReadsAsPlainText) {
    EXPECT_EQ(encode(full_leaf()).value(),
              "kith-ledger/1\n"
              "at: 2026-11-21T13:41:08.250Z\n"
              "act: information_shared\n"
              "by: " +
                  an_id(7) +
                  "\n"
                  "subject: " +
                  an_id(9) +
                  "\n"
                  "clauses: PLY-031 england/s16LA:2\n"
                  "pack: plymouth-community 2026.1\n"
                  "fact: recipients=2\n"
                  "fact: basis:vital_interests=yes\n"
                  "digest: concerns/sealed_narrative " +
                  to_hex(digest_of(as_bytes("ciphertext"))) +
                  "\n"
                  "sealed: AQID+g==\n");
    EXPECT_EQ(encode(small_leaf()).value(),
              "kith-ledger/1\nat: 1970-01-01T00:00:00.000Z\nact: ledger_opened\nby: system\n");
}

class Generator {
  public:
    explicit Generator(unsigned seed) : random_(seed) {}
    std::size_t up_to(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most)(random_); }
    std::string word(std::string_view alphabet) {
        std::string word;
        for (std::size_t n = 1 + up_to(10); n > 0; --n) word += alphabet[up_to(alphabet.size() - 1)];
        return word;
    }
    Leaf leaf() {
        Leaf leaf = small_leaf();
        leaf.at = from_millis(static_cast<std::int64_t>(up_to(253402300799999)));
        leaf.act = "a" + word("abcz_09");
        leaf.by = up_to(1) == 0 ? an_id(static_cast<Byte>(up_to(255))) : "r" + word("abcz_-9");
        if (up_to(1) == 0) leaf.subject = an_id(static_cast<Byte>(up_to(255)));
        for (std::size_t n = up_to(3); n > 0; --n) leaf.clauses.push_back(word("ABab09._:/-"));
        if (up_to(1) == 0) leaf.pack = Pack{word("ab9-"), word("aB9._-")};
        for (std::size_t n = up_to(3); n > 0; --n) leaf.facts.push_back(Fact{word("ab9._:-"), word("ab9._:-")});
        for (std::size_t n = up_to(3); n > 0; --n)
            leaf.digests.push_back(Digest{"t" + word("a_9"), "f" + word("a_9"), digest_of(as_bytes(word("xyz")))});
        leaf.sealed.resize(up_to(40));
        for (Byte& b : leaf.sealed) b = static_cast<Byte>(up_to(255));
        return leaf;
    }

  private:
    std::mt19937 random_;
};

TEST(Leaf, DecodingIsTheInverseOfEncoding) {
    for (unsigned seed = 0; seed < 2000; ++seed) {
        const Leaf leaf = Generator(seed).leaf();
        const auto text = encode(leaf);
        ASSERT_TRUE(text) << seed << ' ' << text.error().what << ' ' << text.error().field;
        ASSERT_EQ(decode(*text).value(), leaf) << seed;
    }
}

TEST(Leaf, WhateverDecodesIsTheTextThatEncodingWrites) {
    const std::string text = encode(full_leaf()).value();
    const std::string inserted = "\n\r\t :=/aA0\0\x80z";
    std::size_t accepted = 0;
    const auto look = [&](const std::string& altered) {
        const auto leaf = decode(altered);
        if (!leaf) return;
        ++accepted;
        ASSERT_EQ(encode(*leaf).value(), altered);
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string altered = text;
            altered[i] = static_cast<char>(altered[i] ^ (1 << bit));
            look(altered);
            EXPECT_NE(decode(altered).value_or(small_leaf()), full_leaf());
        }
        for (const char c : inserted) look(std::string(text).insert(i, 1, c));
        look(std::string(text).erase(i, 1));
        look(text.substr(0, i));
    }
    EXPECT_GT(accepted, 100U) << "some alterations give another leaf";
}

TEST(Leaf, NoValueCanInjectALineOrPassForAnother) {
    const std::vector<std::string> attacks{
        "",     "a\nby: system",        "a b",         "a=b",  "a\rb",
        "a\tb", std::string("a\0b", 3), "caf\xc3\xa9", "\xff", std::string(max_word + 1, 'a'),
        "a\n"};
    for (const std::string& attack : attacks) {
        const auto refused = [&](std::string_view field, auto&& put) {
            Leaf leaf = full_leaf();
            put(leaf);
            const auto text = encode(leaf);
            ASSERT_FALSE(text) << field << ": " << attack;
            EXPECT_EQ(text.error().field, field);
        };
        refused("act", [&](Leaf& leaf) { leaf.act = attack; });
        refused("by", [&](Leaf& leaf) { leaf.by = attack; });
        refused("subject", [&](Leaf& leaf) { leaf.subject = attack; });
        refused("clauses", [&](Leaf& leaf) { leaf.clauses[0] = attack; });
        refused("pack", [&](Leaf& leaf) { leaf.pack->name = attack; });
        refused("pack", [&](Leaf& leaf) { leaf.pack->version = attack; });
        refused("fact", [&](Leaf& leaf) { leaf.facts[1].name = attack; });
        refused("fact", [&](Leaf& leaf) { leaf.facts[1].value = attack; });
        refused("digest", [&](Leaf& leaf) { leaf.digests[0].table = attack; });
        refused("digest", [&](Leaf& leaf) { leaf.digests[0].field = attack; });
    }
}

TEST(Leaf, RefusesWhatIsNotALeaf) {
    const std::string head = "kith-ledger/1\nat: 2026-11-21T13:41:08.250Z\nact: seen\nby: anyone\n";
    EXPECT_TRUE(decode(head));
    const std::string id = an_id(255);
    EXPECT_TRUE(decode(head + "subject: " + id + "\n"));
    const std::vector<std::string> wrong{"",
                                         "\n",
                                         "kith-ledger/1",
                                         "kith-ledger/2" + head.substr(13),
                                         head.substr(0, head.size() - 1),
                                         head + "\n",
                                         head + "subject: \n",
                                         head + "clauses: \n",
                                         head + "clauses: A  B\n",
                                         head + "clauses: A \n",
                                         head + "pack: england\n",
                                         head + "pack: england \n",
                                         head + "sealed: \n",
                                         head + "sealed: AQI\n",
                                         head + "sealed: AQJ=\n",
                                         head + "fact: a\n",
                                         head + "fact: a=\n",
                                         head + "fact: a=b=c\n",
                                         head + "note: hello\n",
                                         head + "digest: a/b 00\n",
                                         head + "subject: " + text::ascii_lower(id) + "\n",
                                         head + "subject: anyone\n",
                                         head + "fact: a=b\nsubject: " + id + "\n",
                                         head + "subject: " + id + "\nsubject: " + id + "\n",
                                         "kith-ledger/1\nat: 2026-02-30T13:41:08.250Z\nact: seen\nby: anyone\n",
                                         "kith-ledger/1\nat: 2026-11-21T24:00:00.000Z\nact: seen\nby: anyone\n",
                                         "kith-ledger/1\nat: 2026-11-21T13:41:60.250Z\nact: seen\nby: anyone\n",
                                         "kith-ledger/1\nat: 2026-11-21T13:41:08.250z\nact: seen\nby: anyone\n",
                                         "kith-ledger/1\nat: 2026-11-21 13:41:08.250Z\nact: seen\nby: anyone\n",
                                         "kith-ledger/1\nat: 1969-11-21T13:41:08.250Z\nact: seen\nby: anyone\n",
                                         "kith-ledger/1\nact: seen\nat: 2026-11-21T13:41:08.250Z\nby: anyone\n",
                                         std::string(max_leaf + 1, 'a')};
    for (const auto& text : wrong) EXPECT_FALSE(decode(text)) << text;
}

TEST(Leaf, RefusesInstantsThatItsTextCannotSay) {
    for (const Instant at : {from_millis(-1), from_millis(253402300800000), Instant::min(), Instant::max()}) {
        Leaf leaf = small_leaf();
        leaf.at = at;
        EXPECT_EQ(encode(leaf).error().field, "at");
    }
}

TEST(Leaf, HasALargestSize) {
    Leaf leaf = small_leaf();
    leaf.sealed.resize(max_leaf);
    EXPECT_EQ(encode(leaf).error().code, Code::too_large);
    leaf.sealed.resize(max_leaf / 2);
    EXPECT_EQ(decode(encode(leaf).value()).value(), leaf);
}

}  // namespace
}  // namespace kith::ledger
