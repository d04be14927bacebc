#include "cli/files.hpp"

#include <fstream>
#include <iostream>

namespace kith::cli {
namespace {

Result<std::string> read_stream(std::istream& in, std::size_t most) {
    std::string text(most + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > most) return fail(Code::too_large, "the file is larger than it should be");
    return text;
}

}  // namespace

Result<std::string> read_given(const std::filesystem::path& file, std::size_t most) {
    if (file == "-") return read_stream(std::cin, most);
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(Code::not_found, "no such file");
    return read_stream(in, most);
}

}  // namespace kith::cli
