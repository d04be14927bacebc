// FEEL text to a typed tree, by recursive descent over the text itself: what is one name depends on the scope, so there
// are no tokens before there is a scope. Every loop moves on, nesting and the number of nodes have limits, and trying a
// second reading (is `[` a filter or the end of a range?) is paid from a budget.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/feel/fault.hpp"
#include "dmn/feel/scope.hpp"
#include "dmn/feel/tree.hpp"
#include "dmn/value/zone.hpp"

namespace kith::dmn {

struct ParseLimits {
    std::size_t text = 1 << 20;  ///< bytes of one expression
    std::uint32_t depth = 200;
    std::uint32_t nodes = 200'000;
    std::uint32_t height = 600;  ///< of a tree: terms in a chain, too
    std::uint32_t retries = 500;
    std::uint32_t name_tokens = 64;
};

/// What an expression may refer to besides its scope.
struct ParseWorld {
    Arena& arena;
    const Zones& zones;
    TypeNames types;
    NameSet& known_names;  ///< entries and components seen so far in the model: names that may follow a dot
    ParseLimits limits;
};

class Parser {
  public:
    Parser(ParseWorld& world, std::string_view text, const Scope* scope, Faults& faults);

    /// One expression, which is the whole text. Null when it cannot be read, with a fault added.
    const Node* expression();
    /// Unary tests, as in a cell or in allowed values; `?` is of this type.
    const Node* unary_tests(const Type* input);
    /// A type by its name: `list<number>`, or an item definition's. Null when there is none.
    const Type* type_name();

  private:
    struct Stop {};  // thrown at the first fault, caught in the three functions above
    struct Deeper;
    using Nodes = std::vector<const Node*>;

    // parse_expression.cpp: what binds loosest first.
    const Node* textual();
    const Node* disjunction();
    const Node* conjunction();
    const Node* comparison();
    const Node* in_tests(const Node* left, std::size_t begin);
    const Node* sum();
    const Node* product();
    const Node* exponent();
    const Node* negation();
    const Node* instance();
    const Node* choice(std::size_t begin);
    const Node* iteration(std::size_t begin, Op op);
    const Node* iteration_domain();
    // parse_operand.cpp: literals, names, and what follows them.
    const Node* postfix();
    const Node* operand();
    const Node* path(const Node* from, std::size_t begin);
    const Node* filter(const Node* from, std::size_t begin);
    const Node* invocation(const Node* callee, std::size_t begin);
    const Node* name_or_function(std::size_t begin);
    const Node* named(std::string name, std::size_t begin);
    const Node* number(std::size_t begin);
    const Node* at_literal(std::size_t begin);
    const Node* brackets(std::size_t begin);
    const Node* parentheses(std::size_t begin);
    const Node* range_from(const Node* low, End low_end, std::size_t begin);
    const Node* context(std::size_t begin);
    const Node* lambda(std::size_t begin);
    // parse_tests.cpp
    const Node* tests(std::vector<const Node*>& out, char end);
    const Node* one_test();
    const Node* list_of_tests(char end, std::size_t begin);
    // parse_names.cpp: text, names and types.
    void space();
    char32_t peek_point() const;
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    bool skip(std::string_view symbol);
    void expect(std::string_view symbol, const char* message);
    bool at_word(std::string_view word) const;
    bool skip_word(std::string_view word);
    std::optional<Comparison> comparison_symbol();
    std::string string_literal();
    std::string simple_word();
    std::optional<std::string> longest(const std::function<bool(const std::string&)>& known, std::size_t longest_name);
    std::string name_until(std::string_view stops);
    std::string property_name(const Type& of);
    const Type* type();
    const Type* type_with_parts(std::string_view name);

    Node* make(Op op, std::size_t begin, const Type* type, Nodes kids = {});
    const Node* constant(Value value, std::size_t begin, const Type* type);
    std::span<const std::string_view> keep_names(const std::vector<std::string>& names);
    [[noreturn]] void stop(FaultKind kind, std::string message, std::size_t begin, std::size_t end);
    /// A fault that does not end the reading: strict mode refuses, lenient mode goes on.
    void note(FaultKind kind, std::string message, std::size_t begin, std::size_t end);
    void check_meets(const Node& left, const Node& right, std::size_t begin, std::string_view verb);
    void check_boolean(const Node& node, std::string_view where);
    void check_ambiguity(std::string_view name, std::size_t begin);
    Scope inner(Scope::Form form) const;

    ParseWorld& world_;
    std::string_view text_;
    const Scope* scope_;
    Faults& faults_;
    std::size_t at_ = 0;
    std::uint32_t depth_ = 0;
    std::uint32_t nodes_ = 0;
    std::uint32_t retries_ = 0;
    bool no_filter_ = false;  // inside the upper end of a range, where `[` closes it
    bool made_function_ = false;
    bool used_input_ = false;
};

}  // namespace kith::dmn
