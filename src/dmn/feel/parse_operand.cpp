// The parser's lower layers: literals, names, ranges, lists, contexts, functions, and what follows an operand.
#include "dmn/builtin/builtin.hpp"
#include "dmn/feel/letters.hpp"
#include "dmn/feel/parser.hpp"
#include "dmn/value/temporal.hpp"

namespace kith::dmn {

const Node* Parser::constant(Value value, std::size_t begin, const Type* type) {
    Node* node = make(Op::constant, begin, type);
    node->value = value;
    return node;
}

const Node* Parser::postfix() {
    space();
    const std::size_t begin = at_;
    const Node* out = operand();
    for (;;) {
        space();
        if (peek() == '.' && peek(1) != '.') {
            ++at_;
            out = path(out, begin);
        } else if (peek() == '[' && !no_filter_) {
            ++at_;
            out = filter(out, begin);
        } else if (peek() == '(') {
            ++at_;
            out = invocation(out, begin);
        } else {
            return out;
        }
    }
}

const Node* Parser::operand() {
    const std::size_t begin = at_;
    const char c = peek();
    if (c == '"') {
        const std::string text = string_literal();
        return constant(Value::of(world_.arena.keep(std::string_view(text))), begin, &types::string);
    }
    if ((c >= '0' && c <= '9') || (c == '.' && peek(1) >= '0' && peek(1) <= '9')) return number(begin);
    if (c == '@') return at_literal(begin);
    if (c == '[' || c == ']') return brackets(begin);
    if (c == '(') return parentheses(begin);
    if (c == '{') return context(begin);
    if (c == '?') {
        ++at_;
        std::uint32_t depth = 0;
        const Scope* scope = scope_;
        while (scope != nullptr && scope->form != Scope::Form::input) {
            scope = scope->parent;
            ++depth;
        }
        if (scope == nullptr) stop(FaultKind::name, "`?` stands for nothing here", begin, at_);
        used_input_ = true;
        Node* node = make(Op::input, begin, scope->item);
        node->depth = depth;
        return node;
    }
    // A keyword begins its expression unless a name in scope is longer.
    static constexpr std::string_view kWords[] = {"if", "for", "some", "every", "function", "true", "false", "null"};
    for (const std::string_view word : kWords) {
        if (!at_word(word)) continue;
        const auto longer = longest(
            [&](const std::string& n) { return n.size() > word.size() && find(scope_, n).form != Found::Form::none; },
            256);
        if (longer) return named(*longer, begin);
        const std::size_t after = begin + word.size();
        if (word == "function") {
            at_ = after;
            space();
            if (peek() == '(') return lambda(begin);
            at_ = begin;
            break;
        }
        at_ = after;
        if (word == "if") return choice(begin);
        if (word == "for") return iteration(begin, Op::for_each);
        if (word == "some") return iteration(begin, Op::some);
        if (word == "every") return iteration(begin, Op::every);
        if (word == "null") return constant(Value::null(), begin, &types::null);
        return constant(Value::of(word == "true"), begin, &types::boolean);
    }
    return name_or_function(begin);
}

const Node* Parser::named(std::string name, std::size_t begin) {
    const Found found = find(scope_, name);
    const std::string_view kept = world_.arena.keep(std::string_view(name));
    Node* node = nullptr;
    if (found.form == Found::Form::slot || found.form == Found::Form::item) {
        node = make(Op::slot, begin, found.type);
        node->index = found.index;
    } else if (found.form == Found::Form::entry) {
        node = make(Op::item_entry, begin, found.type);
    } else if (const Builtin* builtin = find_builtin(name)) {
        node = make(Op::builtin, begin, &types::function);
        node->builtin = builtin;
    } else {
        node = make(Op::unknown, begin, &types::any);
        if (!found.behind_unknown_item)
            note(FaultKind::name, "`" + name + "` is not a name in scope; a text stands in quotes", begin, at_);
    }
    node->depth = found.depth;
    node->text = kept;
    if (!found.behind_unknown_item) return node;
    Node* dynamic = make(Op::dynamic, begin, &types::any, {node});
    dynamic->depth = found.unknown_depth;
    dynamic->text = kept;
    return dynamic;
}

const Node* Parser::number(std::size_t begin) {
    const auto digits = [&] {
        while (peek() >= '0' && peek() <= '9') ++at_;
    };
    digits();
    if (peek() == '.' && peek(1) >= '0' && peek(1) <= '9') {
        ++at_;
        digits();
    }
    if (peek() == 'e' || peek() == 'E') {
        const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
        if (peek(sign) >= '0' && peek(sign) <= '9') {
            at_ += sign;
            digits();
        }
    }
    const auto value = Decimal::parse(text_.substr(begin, at_ - begin));
    if (!value) stop(FaultKind::limit, "this number is out of range", begin, at_);
    return constant(Value::of(*value), begin, &types::number);
}

const Node* Parser::at_literal(std::size_t begin) {
    ++at_;
    space();
    if (peek() != '"') stop(FaultKind::syntax, "a text is expected behind `@`", at_, at_ + 1);
    const std::string text = string_literal();
    const auto value = parse_temporal(text, world_.zones);
    if (!value) note(FaultKind::syntax, "this is no date, time, date and time or duration", begin, at_);
    return constant(value.value_or(Value::null()), begin, value ? types::of(value->kind()) : &types::null);
}

const Node* Parser::brackets(std::size_t begin) {
    const bool opens_range = peek() == ']';
    ++at_;
    space();
    const bool outer = no_filter_;
    no_filter_ = false;
    if (!opens_range && skip("]")) {
        no_filter_ = outer;
        return make(Op::list, begin, types::list_of(world_.arena, &types::null));
    }
    const Node* first = textual();
    no_filter_ = outer;
    if (skip("..")) return range_from(first, opens_range ? End::open : End::closed, begin);
    if (opens_range) stop(FaultKind::syntax, "`..` is expected here", at_, at_ + 1);
    no_filter_ = false;
    Nodes kids{first};
    const Type* element = first->type;
    while (skip(",")) {
        kids.push_back(textual());
        element = common(element, kids.back()->type);
    }
    no_filter_ = outer;
    expect("]", "`,` or `]` is expected here");
    return make(Op::list, begin, types::list_of(world_.arena, element), kids);
}

const Node* Parser::parentheses(std::size_t begin) {
    ++at_;
    const bool outer = no_filter_;
    no_filter_ = false;
    if (const auto symbol = comparison_symbol()) {
        const Node* kid = sum();
        no_filter_ = outer;
        expect(")", "`)` is expected here");
        Node* node = make(Op::one_sided, begin, types::range_of(world_.arena, kid->type), {kid});
        node->comparison = *symbol;
        return node;
    }
    const Node* inside = textual();
    no_filter_ = outer;
    if (skip("..")) return range_from(inside, End::open, begin);
    expect(")", "`)` is expected here");
    return inside;
}

// Behind `..`. The end may be closed by `[`, which might also be a filter of the last operand: the filter is tried
// first.
const Node* Parser::range_from(const Node* low, End low_end, std::size_t begin) {
    space();
    const std::size_t from = at_;
    const std::size_t faults = faults_.size();
    const Scope* const scope = scope_;
    const std::uint32_t depth = depth_;
    const bool outer = no_filter_;
    const Node* high = nullptr;
    no_filter_ = false;
    for (int attempt = 0; attempt < 2 && high == nullptr; ++attempt) {
        if (++retries_ > world_.limits.retries)
            stop(FaultKind::limit, "this can be read in too many ways", at_, at_ + 1);
        try {
            const Node* read = attempt == 0 ? textual() : sum();
            space();
            if (peek() == ']' || peek() == ')' || peek() == '[')
                high = read;
            else
                stop(FaultKind::syntax, "the end of a range is expected here", at_, at_ + 1);
        } catch (const Stop&) {
            if (attempt == 1) throw;
            faults_.resize(faults);
            scope_ = scope;
            depth_ = depth;
            at_ = from;
            no_filter_ = true;
        }
    }
    no_filter_ = outer;
    const char close = peek();
    ++at_;
    check_meets(*low, *high, begin, "the other end of");
    const Type* element = low->type->is(TypeKind::null) ? high->type : low->type;
    Node* node = make(Op::range, begin, types::range_of(world_.arena, element), {low, high});
    node->low_end = low_end;
    node->high_end = close == ']' ? End::closed : End::open;
    return node;
}

const Node* Parser::path(const Node* from, std::size_t begin) {
    const std::size_t name_begin = at_;
    const std::string name = property_name(*from->type);
    const Type* holder = from->type;
    const bool list = holder->is(TypeKind::list) && holder->element != nullptr;
    if (list) holder = holder->element;
    const Type* type = &types::any;
    if (const Field* field = holder->field(name)) {
        type = list ? types::list_of(world_.arena, field->type) : field->type;
    } else if (holder->is(TypeKind::context) && !holder->fields.empty()) {
        note(FaultKind::name, "`" + name + "` is no part of " + written(*holder), name_begin, at_);
    }
    Node* node = make(Op::path, begin, type, {from});
    node->text = world_.arena.keep(std::string_view(name));
    return node;
}

const Node* Parser::filter(const Node* from, std::size_t begin) {
    Scope scope = inner(Scope::Form::item);
    scope.item = from->type->is(TypeKind::list) && from->type->element != nullptr ? from->type->element : from->type;
    scope_ = &scope;
    const bool function_before = made_function_;
    made_function_ = false;
    const Node* condition = textual();
    scope_ = scope.parent;
    expect("]", "`]` is expected here");
    const Type* type = &types::any;
    if (condition->type->is(TypeKind::number))
        type = scope.item;
    else if (condition->type->is(TypeKind::boolean))
        type = from->type->is(TypeKind::list) ? from->type : types::list_of(world_.arena, from->type);
    Node* node = make(Op::filter, begin, type, {from, condition});
    node->makes_functions = made_function_;
    made_function_ = made_function_ || function_before;
    return node;
}

const Node* Parser::invocation(const Node* callee, std::size_t begin) {
    Nodes kids;
    std::vector<std::string> names;
    const bool outer = no_filter_;
    no_filter_ = false;
    space();
    if (peek() != ')') {
        do {
            space();
            const std::size_t from = at_;
            if (letters::is_start(peek_point()) || peek() == '`') {
                std::string name = name_until(":");
                if (skip(":"))
                    names.push_back(std::move(name));
                else
                    at_ = from;
            }
            kids.push_back(textual());
        } while (skip(","));
    }
    no_filter_ = outer;
    expect(")", "`,` or `)` is expected here");
    if (!names.empty() && names.size() != kids.size())
        stop(FaultKind::syntax, "either all arguments have names or none", begin, at_);
    const bool builtin =
        callee->op == Op::builtin && callee->builtin != nullptr && callee->type->is(TypeKind::function);
    Node* node = nullptr;
    if (builtin) {
        node = make(Op::builtin, begin, callee->builtin->result, kids);
        node->builtin = callee->builtin;
        node->text = callee->text;
        node->index = 1;  // a call, not the function itself
    } else {
        const Type* result = callee->type->result != nullptr ? callee->type->result : &types::any;
        kids.insert(kids.begin(), callee);
        node = make(Op::call, begin, result, kids);
    }
    node->names = keep_names(names);
    return node;
}

const Node* Parser::context(std::size_t begin) {
    ++at_;
    Scope scope = inner(Scope::Form::frame);
    scope_ = &scope;
    const bool outer = no_filter_;
    no_filter_ = false;
    Nodes kids;
    std::vector<std::string> names;
    std::vector<Field> fields;
    space();
    if (peek() != '}') {
        do {
            space();
            const std::size_t key = at_;
            std::string name = peek() == '"' ? string_literal() : name_until(":");
            expect(":", "`:` is expected here");
            for (const std::string& earlier : names)
                if (earlier == name) stop(FaultKind::name, "`" + name + "` is in this context already", key, at_);
            kids.push_back(textual());
            scope.add(name, kids.back()->type);
            fields.push_back({world_.arena.keep(std::string_view(name)), kids.back()->type});
            world_.known_names.insert(name);
            names.push_back(std::move(name));
        } while (skip(","));
    }
    scope_ = scope.parent;
    no_filter_ = outer;
    expect("}", "`,` or `}` is expected here");
    Type made{TypeKind::context};
    made.fields = world_.arena.keep(fields);
    Node* node = make(Op::context, begin, world_.arena.make<Type>(made), kids);
    node->names = keep_names(names);
    return node;
}

const Node* Parser::lambda(std::size_t begin) {
    ++at_;  // the bracket
    Scope scope = inner(Scope::Form::frame);
    std::vector<std::string> names;
    std::vector<const Type*> parameters;
    space();
    if (peek() != ')') {
        do {
            names.push_back(name_until(":,)"));
            parameters.push_back(skip(":") ? type() : &types::any);
            scope.add(names.back(), parameters.back());
        } while (skip(","));
    }
    expect(")", "`,` or `)` is expected here");
    const bool external = skip_word("external");
    scope_ = &scope;
    const Node* body = textual();
    scope_ = scope.parent;
    if (external) {
        note(FaultKind::unsupported, "a function that lies outside the model cannot be run", begin, at_);
        body = make(Op::external, begin, &types::any);
    }
    made_function_ = true;
    Type made{TypeKind::function};
    made.parameters = world_.arena.keep(parameters);
    made.result = body->type;
    Node* node = make(Op::lambda, begin, world_.arena.make<Type>(made), {body});
    node->names = keep_names(names);
    node->parameters = made.parameters;
    return node;
}

}  // namespace kith::dmn
