// The parser's upper layers: operators by how loosely they bind, conditions and iterations.
#include "dmn/feel/parser.hpp"

namespace kith::dmn {

namespace {
constexpr std::size_t kMostFaults = 20;  // of one expression
}

struct Parser::Deeper {
    explicit Deeper(Parser& parser) : parser_(parser) {
        if (++parser_.depth_ > parser_.world_.limits.depth)
            parser_.stop(FaultKind::limit, "this is nested too deeply", parser_.at_, parser_.at_ + 1);
    }
    ~Deeper() { --parser_.depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    Parser& parser_;
};

Parser::Parser(ParseWorld& world, std::string_view text, const Scope* scope, Faults& faults)
    : world_(world), text_(text), scope_(scope), faults_(faults) {}

const Node* Parser::expression() {
    try {
        if (text_.size() > world_.limits.text) stop(FaultKind::limit, "this expression is too long", 0, 0);
        space();
        if (at_ == text_.size()) stop(FaultKind::syntax, "there is no expression", 0, 0);
        const Node* out = textual();
        space();
        if (at_ != text_.size())
            stop(FaultKind::syntax, "this does not belong to the expression before it", at_, text_.size());
        return out;
    } catch (const Stop&) {
        return nullptr;
    }
}

const Type* Parser::type_name() {
    try {
        const Type* out = type();
        space();
        return at_ == text_.size() ? out : nullptr;
    } catch (const Stop&) {
        return nullptr;
    }
}

void Parser::stop(FaultKind kind, std::string message, std::size_t begin, std::size_t end) {
    note(kind, std::move(message), begin, end);
    throw Stop{};
}

void Parser::note(FaultKind kind, std::string message, std::size_t begin, std::size_t end) {
    if (faults_.size() >= kMostFaults) return;
    Fault fault;
    fault.kind = kind;
    fault.message = std::move(message);
    fault.begin = static_cast<std::uint32_t>(std::min(begin, text_.size()));
    fault.end = static_cast<std::uint32_t>(std::min(std::max(begin, end), text_.size()));
    fault.text = std::string(text_);
    faults_.push_back(std::move(fault));
}

Node* Parser::make(Op op, std::size_t begin, const Type* type, Nodes kids) {
    if (++nodes_ > world_.limits.nodes) stop(FaultKind::limit, "this expression has too many parts", 0, 0);
    Node* node = world_.arena.make<Node>();
    node->op = op;
    node->begin = static_cast<std::uint32_t>(begin);
    node->end = static_cast<std::uint32_t>(at_);
    node->type = type;
    node->kids = world_.arena.keep(kids);
    node->height = height_above(node->kids);
    if (node->height > world_.limits.height) stop(FaultKind::limit, "this chain is too long", begin, at_);
    return node;
}

std::span<const std::string_view> Parser::keep_names(const std::vector<std::string>& names) {
    std::vector<std::string_view> kept;
    kept.reserve(names.size());
    for (const std::string& name : names) kept.push_back(world_.arena.keep(std::string_view(name)));
    return world_.arena.keep(kept);
}

Scope Parser::inner(Scope::Form form) const {
    Scope out;
    out.parent = scope_;
    out.form = form;
    return out;
}

void Parser::check_meets(const Node& left, const Node& right, std::size_t begin, std::string_view verb) {
    if (!may_meet(*left.type, *right.type))
        note(FaultKind::type, "a " + written(*left.type) + " is " + std::string(verb) + " a " + written(*right.type),
             begin, at_);
}

void Parser::check_boolean(const Node& node, std::string_view where) {
    if (!node.type->is(TypeKind::any) && !node.type->is(TypeKind::boolean) && !node.type->is(TypeKind::null))
        note(FaultKind::type, std::string(where) + " has to be true or false, this is a " + written(*node.type),
             node.begin, node.end);
}

const Node* Parser::textual() {
    const Deeper deeper(*this);
    space();
    const bool outer = no_filter_;
    const Node* out = disjunction();
    no_filter_ = outer;
    return out;
}

const Node* Parser::disjunction() {
    space();
    const std::size_t begin = at_;
    const Node* left = conjunction();
    while (skip_word("or")) {
        const Node* right = conjunction();
        check_boolean(*left, "a side of `or`");
        check_boolean(*right, "a side of `or`");
        left = make(Op::either, begin, &types::boolean, {left, right});
    }
    return left;
}

const Node* Parser::conjunction() {
    space();
    const std::size_t begin = at_;
    const Node* left = comparison();
    while (skip_word("and")) {
        const Node* right = comparison();
        check_boolean(*left, "a side of `and`");
        check_boolean(*right, "a side of `and`");
        left = make(Op::both, begin, &types::boolean, {left, right});
    }
    return left;
}

const Node* Parser::comparison() {
    space();
    const std::size_t begin = at_;
    const Node* left = sum();
    for (;;) {
        if (skip_word("between")) {
            const Node* low = sum();
            if (!skip_word("and")) stop(FaultKind::syntax, "`and` is expected here", at_, at_ + 1);
            const Node* high = sum();
            check_meets(*left, *low, begin, "compared with");
            check_meets(*left, *high, begin, "compared with");
            left = make(Op::between, begin, &types::boolean, {left, low, high});
        } else if (skip_word("in")) {
            left = in_tests(left, begin);
        } else if (const auto symbol = comparison_symbol()) {
            const Node* right = sum();
            check_meets(*left, *right, begin, "compared with");
            Node* node = make(Op::compare, begin, &types::boolean, {left, right});
            node->comparison = *symbol;
            left = node;
        } else {
            return left;
        }
    }
}

// `x in test` or `x in (test, test)`. A bracket may also begin a range or a calculation: that reading is tried second.
const Node* Parser::in_tests(const Node* left, std::size_t begin) {
    Scope scope = inner(Scope::Form::input);
    scope.item = left->type;
    scope_ = &scope;
    const bool used_outside = used_input_;
    const bool filters = no_filter_;
    const std::uint32_t depth = depth_;
    Nodes kids{left};
    space();
    const std::size_t from = at_;
    bool done = false;
    if (peek() == '(') {
        const std::size_t faults = faults_.size();
        if (++retries_ > world_.limits.retries)
            stop(FaultKind::limit, "this can be read in too many ways", at_, at_ + 1);
        try {
            ++at_;
            tests(kids, ')');
            space();
            done = peek() == ')';
            ++at_;
            space();
            done = done && std::string_view("+-*/[.").find(peek()) == std::string_view::npos;
            if (at_ >= text_.size() && text_.substr(at_ - 1, 1) == ")") done = true;
        } catch (const Stop&) {
            done = false;
        }
        if (!done) {
            faults_.resize(faults);
            at_ = from;
            scope_ = &scope;
            no_filter_ = filters;
            depth_ = depth;
            kids.resize(1);
        }
    }
    if (!done) kids.push_back(one_test());
    scope_ = scope.parent;
    used_input_ = used_outside;
    return make(Op::in, begin, &types::boolean, kids);
}

const Node* Parser::sum() {
    space();
    const std::size_t begin = at_;
    const Node* left = product();
    for (;;) {
        space();
        const char symbol = peek();
        if (symbol != '+' && symbol != '-') return left;
        ++at_;
        const Node* right = product();
        const Type* type = left->type->is(TypeKind::number) && right->type->is(TypeKind::number)   ? &types::number
                           : left->type->is(TypeKind::string) && right->type->is(TypeKind::string) ? &types::string
                                                                                                   : &types::any;
        const auto mixes = [](const Type& a, const Type& b) {
            return a.is(TypeKind::string) &&
                   (b.is(TypeKind::number) || b.is(TypeKind::boolean) || b.is(TypeKind::date));
        };
        if (mixes(*left->type, *right->type) || mixes(*right->type, *left->type))
            check_meets(*left, *right, begin, "added to");
        left = make(symbol == '+' ? Op::add : Op::subtract, begin, type, {left, right});
    }
}

const Node* Parser::product() {
    space();
    const std::size_t begin = at_;
    const Node* left = exponent();
    for (;;) {
        space();
        const char symbol = peek();
        if ((symbol != '*' && symbol != '/') || (symbol == '*' && peek(1) == '*')) return left;
        ++at_;
        const Node* right = exponent();
        const bool numbers = left->type->is(TypeKind::number) && right->type->is(TypeKind::number);
        left = make(symbol == '*' ? Op::multiply : Op::divide, begin, numbers ? &types::number : &types::any,
                    {left, right});
    }
}

const Node* Parser::exponent() {
    space();
    const std::size_t begin = at_;
    const Node* left = negation();
    while (skip("**")) {
        const Node* right = negation();
        left = make(Op::power, begin, &types::number, {left, right});
    }
    return left;
}

const Node* Parser::negation() {
    space();
    const std::size_t begin = at_;
    if (peek() != '-') return instance();
    const Deeper deeper(*this);
    ++at_;
    const Node* kid = negation();
    if (kid->op == Op::constant && kid->value.is(Kind::number))
        return constant(Value::of(-kid->value.number()), begin, kid->type);
    return make(Op::negate, begin, kid->type, {kid});
}

const Node* Parser::instance() {
    space();
    const std::size_t begin = at_;
    const Node* left = postfix();
    while (skip_word("instance")) {
        if (!skip_word("of")) stop(FaultKind::syntax, "`of` is expected here", at_, at_ + 1);
        const Type* tested = type();
        Node* node = make(Op::instance_of, begin, &types::boolean, {left});
        node->tested = tested;
        left = node;
    }
    return left;
}

const Node* Parser::choice(std::size_t begin) {
    const Node* condition = textual();
    if (!skip_word("then")) stop(FaultKind::syntax, "`then` is expected here", at_, at_ + 1);
    const Node* yes = textual();
    if (!skip_word("else")) stop(FaultKind::syntax, "`else` is expected here", at_, at_ + 1);
    const Node* no = textual();
    check_boolean(*condition, "a condition");
    return make(Op::choice, begin, common(yes->type, no->type), {condition, yes, no});
}

const Node* Parser::iteration_domain() {
    space();
    const std::size_t begin = at_;
    const Node* low = textual();
    if (!skip("..")) return low;
    const Node* high = textual();
    return make(Op::span, begin, types::list_of(world_.arena, &types::number), {low, high});
}

const Node* Parser::iteration(std::size_t begin, Op op) {
    Scope scope = inner(Scope::Form::frame);
    std::vector<std::string> names;
    Nodes kids;
    const bool function_before = made_function_;
    made_function_ = false;
    scope_ = &scope;
    do {
        names.push_back(name_until(" "));
        if (!skip_word("in")) stop(FaultKind::syntax, "`in` is expected here", at_, at_ + 1);
        const Node* domain = iteration_domain();
        kids.push_back(domain);
        const Type* held = domain->type;
        const bool holds = held->is(TypeKind::list) || held->is(TypeKind::range);
        scope.add(names.back(), holds && held->element != nullptr ? held->element
                                : held->is(TypeKind::list)        ? &types::any
                                                                  : held);
    } while (skip(","));
    if (op == Op::for_each) scope.add("partial", &types::list);
    const char* word = op == Op::for_each ? "return" : "satisfies";
    if (!skip_word(word)) stop(FaultKind::syntax, std::string("`") + word + "` is expected here", at_, at_ + 1);
    const Node* body = textual();
    if (op != Op::for_each) check_boolean(*body, "what a quantifier asks");
    kids.push_back(body);
    scope_ = scope.parent;
    Node* node = make(op, begin, op == Op::for_each ? types::list_of(world_.arena, body->type) : &types::boolean, kids);
    node->names = keep_names(names);
    node->makes_functions = made_function_;
    made_function_ = made_function_ || function_before;
    return node;
}

}  // namespace kith::dmn
