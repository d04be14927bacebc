// A loaded set of DMN files: every element with its logic as a typed tree, linked. Immutable once loaded; threads share
// it.
#pragma once
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dmn/evaluate/evaluator.hpp"
#include "dmn/feel/fault.hpp"
#include "dmn/feel/parser.hpp"
#include "dmn/feel/tree.hpp"
#include "dmn/model/xml.hpp"
#include "dmn/table/table.hpp"

namespace kith::dmn {

enum class ElementKind : std::uint8_t { input, decision, knowledge, service };

struct Element;

/// A name in the frame of an element's logic: what stands behind it, or, for an import, the elements of that other
/// file.
struct Requirement {
    std::string name;
    const Element* element = nullptr;
    std::vector<Requirement> imported;  ///< when `element` is null
};

struct Element {
    ElementKind kind = ElementKind::decision;
    std::string space;  ///< namespace of its file
    std::string id;
    std::string name;
    std::uint32_t index = 0;         ///< among all elements of the model
    const Type* type = &types::any;  ///< of the variable; of the function, for knowledge and services
    const Type* declared = nullptr;  ///< the type that the file names, to which a result is converted
    std::vector<Requirement> requirements;
    const Node* logic = nullptr;               ///< null: none, or unreadable
    std::vector<std::string_view> parameters;  ///< of knowledge and services
    std::vector<const Type*> parameter_types;
    std::vector<const Element*> outputs, encapsulated, input_decisions, inputs;  ///< of a service
    const XmlElement* xml = nullptr;
    std::size_t document = 0;
};

/// The table that is a decision's whole logic, or null.
const Table* table_of(const Element& decision);

struct SourceFile {
    std::string name;
    std::string bytes;
};

struct LoadOptions {
    Mode mode = Mode::strict;
    XmlLimits xml;
    ParseLimits parse;
    std::size_t files = 64;
    std::size_t imports = 256;
    std::size_t rules = 100'000;
    std::size_t memory = 1ULL << 30;
};

class Model {
  public:
    const Element* find(std::string_view name) const;
    const Element* find(ElementKind kind, std::string_view name) const;
    const std::deque<Element>& elements() const { return elements_; }
    const std::vector<const Table*>& tables() const { return tables_; }
    const std::vector<XmlDocument>& documents() const { return documents_; }
    const Zones& zones() const { return zones_; }
    std::string_view main_space() const { return main_space_; }
    std::size_t memory() const { return arena_.reserved(); }
    Mode mode() const { return mode_; }

  private:
    friend class Loader;
    explicit Model(const LoadOptions& options) : mode_(options.mode), arena_(options.memory) {}
    Mode mode_;
    Arena arena_;
    Zones zones_;
    std::vector<XmlDocument> documents_;
    std::deque<Element> elements_;
    std::vector<const Table*> tables_;
    std::string main_space_;
};

struct Loaded {
    std::shared_ptr<const Model> model;  ///< null when strict mode refuses the files
    Faults faults;
};

/// Reads the files, the first being the one that is asked about. Strict: any fault refuses. Lenient: an expression with
/// a fault is null, and the faults are told.
Loaded load(std::vector<SourceFile> files, const LoadOptions& options = {});

}  // namespace kith::dmn
