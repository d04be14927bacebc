#include "core/concerns/attachment.hpp"

#include <gtest/gtest.h>

namespace kith::concerns {
namespace {

std::optional<FileKind> kind_of_text(std::string_view bytes) { return kind_of(as_bytes(bytes)); }

TEST(FileKinds, AreToldByTheirFirstBytes) {
    EXPECT_EQ(kind_of_text("\xFF\xD8\xFF\xE0 and so on"), FileKind::jpeg);
    EXPECT_EQ(kind_of_text("\x89PNG\r\n\x1A\n and so on"), FileKind::png);
    EXPECT_EQ(kind_of_text("RIFF1234WEBPVP8 "), FileKind::webp);
    EXPECT_EQ(kind_of_text(std::string_view("\0\0\0\x18"
                                            "ftypheic",
                                            12)),
              FileKind::heif);
    EXPECT_EQ(kind_of_text(std::string_view("\0\0\0\x18"
                                            "ftypavif",
                                            12)),
              FileKind::heif);
    EXPECT_EQ(kind_of_text("%PDF-1.7\n%\xE2\xE3\xCF\xD3"), FileKind::pdf);
    EXPECT_EQ(kind_of_text("“He said so,” she wrote.\r\n"), FileKind::text);
}

TEST(FileKinds, AreNoneForWhatIsNotTaken) {
    for (const std::string_view bytes : {std::string_view(""), std::string_view("MZ\0\x01", 4),
                                         std::string_view("GIF89a\x01\0", 8), std::string_view("PK\x03\x04"),
                                         std::string_view("\x7F"
                                                          "ELF"),
                                         std::string_view("RIFF1234WAVE\0", 13),
                                         std::string_view("\0\0\0\x18"
                                                          "ftypisom",
                                                          12),
                                         std::string_view("\xFF\xFEh\0i\0", 6)})
        EXPECT_EQ(kind_of_text(bytes), std::nullopt) << bytes;
}

TEST(FileKinds, OfATextDoNotDependOnWhereItsBeginningIsCut) {
    std::string text(kTellingBytes - 2, 'a');
    text += "€€€";
    EXPECT_EQ(kind_of_text(text), FileKind::text);
    for (std::size_t size = kTellingBytes - 2; size < text.size(); ++size)
        EXPECT_EQ(kind_of_text(text.substr(0, size)), FileKind::text) << size;
}

TEST(FileKinds, HaveNamesThatLeadBack) {
    for (const auto kind :
         {FileKind::jpeg, FileKind::png, FileKind::webp, FileKind::heif, FileKind::pdf, FileKind::text})
        EXPECT_EQ(file_kind_named(name_of(kind)), kind);
    EXPECT_EQ(file_kind_named("gif"), std::nullopt);
}

TEST(FileNames, AreTheLastStepCleanAndNeverEmptyOrLong) {
    EXPECT_EQ(file_name("C:\\Users\\me\\kitchen.jpg"), "kitchen.jpg");
    EXPECT_EQ(file_name("../../etc/passwd"), "passwd");
    EXPECT_EQ(file_name("  "), "file");
    EXPECT_EQ(file_name("folder/"), "file");
    std::string long_name;
    while (long_name.size() < 3 * kMostFileName) long_name += "é";
    EXPECT_LE(file_name(long_name).size(), kMostFileName);
    EXPECT_EQ(file_name(long_name).size() % 2, 0u) << "no character is cut in two";
}

}  // namespace
}  // namespace kith::concerns
