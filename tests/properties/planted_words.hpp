// Words that stand nowhere by chance, planted in what people write and then looked for in every byte on disk.
#pragma once
#include <gtest/gtest.h>

#include "world/world.hpp"

namespace kith::test {

/// Words that stand nowhere by chance, one for each personal field.
struct Markers {
    std::vector<std::string> all;
    std::string next() {
        all.push_back("qz" + std::to_string(all.size()) + "Vx7kPmHd" + std::to_string(100 + all.size()) + "rLw");
        return all.back();
    }
};

inline concerns::Contact marked_contact(Markers& markers) {
    concerns::Contact contact;
    for (auto* part : {&contact.name, &contact.organisation, &contact.telephone, &contact.email, &contact.agreement,
                       &contact.when_safe, &contact.must_not_know})
        *part = markers.next();
    contact.category = concerns::Category::stakeholder;
    contact.reach = concerns::Reach::ring;
    return contact;
}

inline std::string utf16(std::string_view text, bool big_endian) {
    std::string out;
    for (const char c : text) {
        if (big_endian) out += '\0';
        out += c;
        if (!big_endian) out += '\0';
    }
    return out;
}

/// As it is, in capitals and small letters, as hexadecimal, as base 64 at each offset, as UTF-16.
inline std::vector<std::string> forms_of(const std::string& word) {
    std::string upper, lower;
    for (const char c : word) {
        upper += static_cast<char>(std::toupper(c));
        lower += static_cast<char>(std::tolower(c));
    }
    std::vector<std::string> out{word,
                                 upper,
                                 lower,
                                 to_hex(as_bytes(word)),
                                 utf16(word, true),
                                 utf16(word, false),
                                 to_crockford(as_bytes(word)).substr(0, 24)};
    std::string hex = out[3];
    for (auto& c : hex) c = static_cast<char>(std::toupper(c));
    out.push_back(hex);
    for (std::size_t skip = 0; skip < 3; ++skip) {
        const std::string from = word.substr(skip);
        out.push_back(to_base64(as_bytes(std::string_view(from).substr(0, from.size() / 3 * 3))));
    }
    return out;
}

inline void expect_nowhere(World& world, const std::vector<std::string>& words) {
    const std::string disk = world.everything_on_disk();
    ASSERT_GT(disk.size(), 100'000u);
    ASSERT_NE(disk.find("concern_received"), std::string::npos) << "what is searched is what was written";
    for (const auto& word : words)
        for (const auto& form : forms_of(word)) EXPECT_EQ(disk.find(form), std::string::npos) << word << " as " << form;
}

}  // namespace kith::test
