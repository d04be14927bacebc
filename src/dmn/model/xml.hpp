// XML as a tree of our own, read by expat: names with their namespaces, text with the bytes of the file that it came
// from. A document type is refused, and with it every entity but XML's five.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/feel/fault.hpp"

namespace kith::dmn {

struct XmlLimits {
    std::size_t bytes = 32ULL << 20;
    std::size_t elements = 2'000'000;
    std::size_t depth = 200;
};

struct XmlAttribute {
    std::string space;  ///< namespace, empty for an attribute without a prefix
    std::string name;
    std::string value;
};

struct XmlElement {
    std::string space;
    std::string name;
    std::vector<XmlAttribute> attributes;
    std::vector<std::unique_ptr<XmlElement>> children;
    std::string text;  ///< of this element itself, decoded
    /// Where pieces of `text` stand in the file: byte of the text, byte of the file.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pieces;
    std::uint32_t begin = 0;          ///< of the start tag
    std::uint32_t content_begin = 0;  ///< behind the start tag
    std::uint32_t content_end = 0;    ///< before the end tag
    std::uint32_t end = 0;            ///< behind the end tag
    Position position;

    const XmlElement* child(std::string_view wanted) const;
    std::vector<const XmlElement*> all(std::string_view wanted) const;
    /// The attribute without a namespace, or empty.
    std::string_view attribute(std::string_view wanted) const;
    bool has(std::string_view wanted) const;
    /// The byte of the file at which a byte of the text stands.
    std::uint32_t file_byte(std::uint32_t text_byte) const;
};

struct XmlDocument {
    std::string file;
    std::string bytes;
    std::unique_ptr<XmlElement> root;
    Position position_of(std::uint32_t byte) const;
};

/// The document, or nothing and a fault that says where it stops being one.
std::optional<XmlDocument> read_xml(std::string file, std::string bytes, const XmlLimits& limits, Faults& faults);

}  // namespace kith::dmn
