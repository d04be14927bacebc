#include "dmn/model/xml.hpp"

#include <expat.h>

#include <algorithm>

namespace kith::dmn {
namespace {
constexpr char kSeparator = '\x1f';

struct Reader {
    XML_Parser parser;
    XmlLimits limits;
    std::unique_ptr<XmlElement> root;
    std::vector<XmlElement*> open;
    std::size_t elements = 0;
    const char* refused = nullptr;

    void refuse(const char* why) {
        if (refused == nullptr) refused = why;
        XML_StopParser(parser, XML_FALSE);
    }
    std::uint32_t here() const { return static_cast<std::uint32_t>(XML_GetCurrentByteIndex(parser)); }
};

void split(std::string_view name, std::string& space, std::string& local) {
    const std::size_t at = name.rfind(kSeparator);
    if (at != std::string_view::npos) space = name.substr(0, at);
    local = at == std::string_view::npos ? name : name.substr(at + 1);
}

void on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
    Reader& reader = *static_cast<Reader*>(data);
    if (reader.open.size() >= reader.limits.depth) return reader.refuse("elements are nested too deeply");
    if (++reader.elements > reader.limits.elements) return reader.refuse("there are too many elements");
    auto element = std::make_unique<XmlElement>();
    split(name, element->space, element->name);
    for (; *attributes != nullptr; attributes += 2) {
        XmlAttribute attribute;
        split(attributes[0], attribute.space, attribute.name);
        attribute.value = attributes[1];
        element->attributes.push_back(std::move(attribute));
    }
    element->begin = reader.here();
    element->content_begin = element->begin + static_cast<std::uint32_t>(XML_GetCurrentByteCount(reader.parser));
    element->position = {static_cast<std::uint32_t>(XML_GetCurrentLineNumber(reader.parser)),
                         static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(reader.parser)) + 1};
    XmlElement* raw = element.get();
    if (reader.open.empty())
        reader.root = std::move(element);
    else
        reader.open.back()->children.push_back(std::move(element));
    reader.open.push_back(raw);
}

void on_end(void* data, const XML_Char*) {
    Reader& reader = *static_cast<Reader*>(data);
    if (reader.open.empty()) return;
    XmlElement& element = *reader.open.back();
    const auto count = static_cast<std::uint32_t>(XML_GetCurrentByteCount(reader.parser));
    element.content_end = std::max(reader.here(), element.content_begin);
    element.end = std::max(reader.here() + count, element.content_begin);
    reader.open.pop_back();
}

void on_text(void* data, const XML_Char* text, int size) {
    Reader& reader = *static_cast<Reader*>(data);
    if (reader.open.empty()) return;
    XmlElement& element = *reader.open.back();
    const auto at = static_cast<std::uint32_t>(element.text.size());
    if (element.pieces.empty() || element.pieces.back().second - element.pieces.back().first != reader.here() - at)
        element.pieces.emplace_back(at, reader.here());
    element.text.append(text, static_cast<std::size_t>(size));
}

void on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<Reader*>(data)->refuse("a document type is not allowed here");
}
}  // namespace

const XmlElement* XmlElement::child(std::string_view wanted) const {
    for (const auto& one : children)
        if (one->name == wanted && one->space == space) return one.get();
    return nullptr;
}

std::vector<const XmlElement*> XmlElement::all(std::string_view wanted) const {
    std::vector<const XmlElement*> out;
    for (const auto& one : children)
        if (one->name == wanted && one->space == space) out.push_back(one.get());
    return out;
}

std::string_view XmlElement::attribute(std::string_view wanted) const {
    for (const XmlAttribute& one : attributes)
        if (one.name == wanted && one.space.empty()) return one.value;
    return {};
}

bool XmlElement::has(std::string_view wanted) const {
    return std::any_of(attributes.begin(), attributes.end(),
                       [&](const auto& one) { return one.name == wanted && one.space.empty(); });
}

std::uint32_t XmlElement::file_byte(std::uint32_t text_byte) const {
    std::uint32_t out = content_begin;
    for (const auto& [text_at, file_at] : pieces)
        if (text_at <= text_byte) out = file_at + (text_byte - text_at);
    return out;
}

Position XmlDocument::position_of(std::uint32_t byte) const {
    const std::size_t end = std::min<std::size_t>(byte, bytes.size());
    const auto line =
        static_cast<std::uint32_t>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(end), '\n')) +
        1;
    const std::size_t begin = end == 0 ? 0 : bytes.rfind('\n', end - 1) + 1;
    std::uint32_t column = 1;
    for (std::size_t i = begin; i < end; ++i) column += (static_cast<unsigned char>(bytes[i]) & 0xc0U) != 0x80U ? 1 : 0;
    return {line, column};
}

std::optional<XmlDocument> read_xml(std::string file, std::string bytes, const XmlLimits& limits, Faults& faults) {
    const auto fail = [&](std::string message, Position position) -> std::optional<XmlDocument> {
        Fault fault;
        fault.kind = FaultKind::syntax;
        fault.message = std::move(message);
        fault.file = file;
        fault.position = position;
        faults.push_back(std::move(fault));
        return std::nullopt;
    };
    if (bytes.size() > limits.bytes) return fail("the file is too large", {});
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(
        XML_ParserCreateNS(nullptr, kSeparator), XML_ParserFree);
    if (!parser) return fail("there is no memory for a parser", {});
    Reader reader{parser.get(), limits, {}, {}, 0, nullptr};
    XML_SetUserData(parser.get(), &reader);
    XML_SetElementHandler(parser.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
    const XML_Status status = XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), XML_TRUE);
    if (status != XML_STATUS_OK || reader.refused != nullptr || !reader.root) {
        const Position at{static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser.get())),
                          static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser.get())) + 1};
        return fail(reader.refused != nullptr
                        ? reader.refused
                        : std::string("this is no XML: ") + XML_ErrorString(XML_GetErrorCode(parser.get())),
                    at);
    }
    XmlDocument out;
    out.file = std::move(file);
    out.bytes = std::move(bytes);
    out.root = std::move(reader.root);
    return out;
}

}  // namespace kith::dmn
