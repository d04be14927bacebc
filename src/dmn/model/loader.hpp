// From XML to a linked model, in the order: documents, elements by id, types, logic. Logic is read when it is first
// needed, so that what a decision gives is known before those that use it are read.
#pragma once
#include <map>
#include <set>

#include "dmn/model/model.hpp"

namespace kith::dmn {

class Loader {
  public:
    Loader(std::vector<SourceFile> files, const LoadOptions& options) : files_(std::move(files)), options_(options) {}
    Loaded load();

  private:
    enum class State : std::uint8_t { untouched, working, done };
    struct Document {
        std::string space;
        std::string name;
        std::size_t version = 0;                                  // 3, 4 or 5 of DMN 1
        std::map<std::string, std::string, std::less<>> imports;  // name to namespace
        std::map<std::string, const XmlElement*, std::less<>> definitions;
        std::map<std::string, const Type*, std::less<>> types;
        std::set<std::string, std::less<>> types_at_work;
    };
    /// Where an expression stands, for its faults.
    struct Place {
        std::size_t document;
        std::string where;
    };

    // loader.cpp
    bool read_documents();
    void collect(std::size_t document);
    void collect_element(std::size_t document, const XmlElement& xml, ElementKind kind);
    Element* by_reference(std::size_t document, std::string_view href);
    void check_version(std::size_t document, const XmlElement& xml);
    void link(Element& element);
    void require(Element& element, const Element& wanted);
    void link_service(Element& service);
    void add(FaultKind kind, std::string message, std::size_t document, const XmlElement* at, std::string where);
    void adopt(Faults& faults, const XmlElement& at, const Place& place);

    // types.cpp
    const Type* type_named(std::size_t document, std::string_view name, std::uint32_t depth = 0);
    const Type* type_of(std::size_t document, const XmlElement& xml, std::string_view attribute = "typeRef");
    const Type* define(std::size_t document, const XmlElement& xml, std::uint32_t depth);
    const Type* narrowed(const Type& type, std::size_t document, const XmlElement& xml);

    // logic.cpp
    void prepare(Element& element);
    void prepare_decision(Element& element);
    void prepare_knowledge(Element& element);
    void prepare_service(Element& element);
    Scope scope_of(const Element& element);
    const Type* context_of(const std::vector<Requirement>& requirements);

    // boxed.cpp
    const Node* expression(const XmlElement& xml, const Scope* scope, const Place& place);
    const Node* expression_in(const XmlElement* holder, const Scope* scope, const Place& place);
    const Node* text_expression(const XmlElement& holder, const Scope* scope, const Place& place);
    const Node* unary_tests(const XmlElement& holder, const Scope* scope, const Type* input, const Place& place);
    const Node* boxed_context(const XmlElement& xml, const Scope* scope, const Place& place);
    const Node* relation(const XmlElement& xml, const Scope* scope, const Place& place);
    const Node* list(const XmlElement& xml, const Scope* scope, const Place& place);
    const Node* invocation(const XmlElement& xml, const Scope* scope, const Place& place);
    const Node* function(const XmlElement& xml, const Scope* scope, const Place& place);
    const Node* conditional(const XmlElement& xml, const Scope* scope, const Place& place);
    const Node* iteration(const XmlElement& xml, const Scope* scope, const Place& place);
    const Node* filter(const XmlElement& xml, const Scope* scope, const Place& place);
    const Node* converted(const Node* node, const Type* type);
    Node* make(Op op, const Type* type, const std::vector<const Node*>& kids);
    const Node* failed();
    static const XmlElement* first_expression(const XmlElement& holder, std::size_t skip = 0);
    ParseWorld world(std::size_t document);
    std::string_view keep(std::string_view text) { return model_->arena_.keep(text); }
    std::span<const std::string_view> keep(const std::vector<std::string>& names);

    // tables.cpp
    const Node* table(const XmlElement& xml, const Scope* scope, const Place& place);
    InputClause input_clause(const XmlElement& xml, const Scope* scope, const Place& place);
    OutputClause output_clause(const XmlElement& xml, const Scope* scope, const Type* whole, const Place& place);
    Rule rule(const XmlElement& xml, const Table& table, const Scope* scope, const Place& place);
    std::span<const Value> priorities(const Node* allowed);

    std::vector<SourceFile> files_;
    LoadOptions options_;
    std::unique_ptr<Model> model_;
    std::vector<Document> documents_;
    std::map<std::pair<std::string, std::string>, Element*> by_id_;
    std::map<std::string, std::vector<std::size_t>, std::less<>> by_space_;
    std::vector<State> states_;
    NameSet known_names_;
    Faults faults_;
    std::uint32_t depth_ = 0;
};

}  // namespace kith::dmn
