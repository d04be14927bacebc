#include "dmn/model/imports.hpp"

#include <algorithm>

#include "dmn/model/xml.hpp"

namespace kith::dmn {
namespace {
bool lies_below(std::string_view location) {
    if (location.empty() || location.front() == '/' || location.find_first_of(":\\%?#") != std::string_view::npos)
        return false;
    for (std::size_t at = 0; at <= location.size();) {
        const std::size_t end = std::min(location.find('/', at), location.size());
        if (location.substr(at, end - at) == "..") return false;
        at = end + 1;
    }
    return true;
}
}  // namespace

std::vector<std::string> import_locations(std::string_view bytes) {
    std::vector<std::string> out;
    Faults faults;
    const auto document = read_xml({}, std::string(bytes), {}, faults);
    if (!document) return out;
    for (const XmlElement* import : document->root->all("import"))
        if (lies_below(import->attribute("locationURI"))) out.emplace_back(import->attribute("locationURI"));
    return out;
}

}  // namespace kith::dmn
