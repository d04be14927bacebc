#include "dmn/feel/fault.hpp"

#include <algorithm>

namespace kith::dmn {

std::string shown(const Fault& fault) {
    std::string out = fault.file;
    if (fault.position.line != 0)
        out += ":" + std::to_string(fault.position.line) + ":" + std::to_string(fault.position.column);
    if (!out.empty()) out += ": ";
    if (!fault.where.empty()) out += fault.where + ": ";
    out += fault.message + "\n";
    if (fault.text.empty()) return out;
    const std::size_t begin = std::min<std::size_t>(fault.begin, fault.text.size());
    const std::size_t line = begin == 0 ? 0 : fault.text.rfind('\n', begin - 1) + 1;
    const std::size_t end = std::min(fault.text.find('\n', line), fault.text.size());
    out += "    " + fault.text.substr(line, end - line) + "\n    ";
    const auto width = [&](std::size_t from, std::size_t to) {
        std::size_t count = 0;
        for (std::size_t i = from; i < to; ++i)
            count += (static_cast<unsigned char>(fault.text[i]) & 0xc0U) != 0x80U ? 1 : 0;
        return count;
    };
    out.append(width(line, std::max(begin, line)), ' ');
    out.append(
        std::max<std::size_t>(1, width(begin, std::min<std::size_t>(std::max<std::size_t>(fault.end, begin), end))),
        '^');
    return out + "\n";
}

}  // namespace kith::dmn
