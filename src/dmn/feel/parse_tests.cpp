// Unary tests: what stands in a cell, in allowed values, and behind `in`.
#include "dmn/feel/parser.hpp"

namespace kith::dmn {

const Node* Parser::unary_tests(const Type* input) {
    Scope scope = inner(Scope::Form::input);
    scope.item = input;
    scope_ = &scope;
    const Node* out = nullptr;
    try {
        if (text_.size() > world_.limits.text) stop(FaultKind::limit, "this cell is too long", 0, 0);
        space();
        const std::size_t begin = at_;
        if (at_ == text_.size()) {
            out = make(Op::test_any, begin, &types::boolean);  // an empty cell is a dash
        } else if (peek() == '-' && text_.find_first_not_of(" \t\r\n", at_ + 1) == std::string_view::npos) {
            ++at_;
            out = make(Op::test_any, begin, &types::boolean);
        } else {
            const std::size_t faults = faults_.size();
            if (skip_word("not") && skip("(")) {  // else it is the function of that name, or a name that begins so
                try {
                    Nodes kids;
                    tests(kids, ')');
                    expect(")", "`)` is expected here");
                    space();
                    if (at_ == text_.size()) out = make(Op::test_not, begin, &types::boolean, kids);
                } catch (const Stop&) {
                }
            }
            if (out == nullptr) {
                faults_.resize(faults);
                scope_ = &scope;
                at_ = begin;
                out = list_of_tests('\0', begin);
            }
            space();
            if (at_ != text_.size())
                stop(FaultKind::syntax, "this does not belong to the test before it", at_, text_.size());
        }
    } catch (const Stop&) {
        out = nullptr;
    }
    scope_ = scope.parent;
    return out;
}

const Node* Parser::list_of_tests(char end, std::size_t begin) {
    Nodes kids;
    tests(kids, end);
    return kids.size() == 1 ? kids.front() : make(Op::tests, begin, &types::boolean, kids);
}

const Node* Parser::tests(Nodes& out, char) {
    do out.push_back(one_test());
    while (skip(","));
    return nullptr;
}

const Node* Parser::one_test() {
    space();
    const std::size_t begin = at_;
    const Type* input = &types::any;
    for (const Scope* s = scope_; s != nullptr; s = s->parent)
        if (s->form == Scope::Form::input) {
            input = s->item;
            break;
        }
    if (const auto symbol = comparison_symbol()) {
        const Node* kid = sum();
        if (!may_meet(*input, *kid->type))
            note(FaultKind::type, "a " + written(*input) + " is compared with a " + written(*kid->type), begin, at_);
        Node* node = make(Op::test_compare, begin, &types::boolean, {kid});
        node->comparison = *symbol;
        return node;
    }
    const bool used_before = used_input_;
    used_input_ = false;
    const Node* kid = textual();
    Node* node = make(Op::test_value, begin, &types::boolean, {kid});
    node->uses_input = used_input_;
    used_input_ = used_input_ || used_before;
    if (!node->uses_input && !may_meet(*input, *kid->type) &&
        !(kid->type->element != nullptr && may_meet(*input, *kid->type->element)))
        note(FaultKind::type, "a " + written(*input) + " is compared with a " + written(*kid->type), begin, at_);
    return node;
}

}  // namespace kith::dmn
