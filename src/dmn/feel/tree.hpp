// The typed tree that FEEL text and boxed expressions become. It is built once, lies in the model's arena and is never
// changed, so threads share it. A verifier or a printer reads it through this header alone.
#pragma once
#include <span>
#include <string_view>

#include "dmn/feel/type.hpp"
#include "dmn/value/value.hpp"

namespace kith::dmn {

struct Builtin;
struct Table;

enum class Op : std::uint8_t {
    constant,    ///< `value`
    slot,        ///< variable `text` in frame `depth` outward, place `index`
    item_entry,  ///< entry `text` of the filtered item in frame `depth`
    dynamic,     ///< `text` from the items of the frames within `depth`, else kid 0, else null
    unknown,     ///< the name `text`, which is not in scope
    input,       ///< `?`: place 0 of frame `depth`
    path,        ///< entry or property `text` of kid 0
    filter,      ///< kid 0 [ kid 1 ], kid 1 in a frame of its own
    call,        ///< kid 0 ( the other kids ), `names` when they are named
    builtin,     ///< `builtin` ( kids ), `names` when they are named
    negate,
    add,
    subtract,
    multiply,
    divide,
    power,
    both,
    either,       ///< `and`, `or`
    compare,      ///< kid 0 `comparison` kid 1
    between,      ///< kid 0 between kid 1 and kid 2
    in,           ///< kid 0 in (the other kids, tests); frame of `?`
    instance_of,  ///< kid 0 instance of `tested`
    choice,       ///< if kid 0 then kid 1 else kid 2
    for_each,
    some,
    every,          ///< kids: one domain for each of `names`, then the body; frame of the names (and `partial`)
    span,           ///< kid 0 .. kid 1 as the domain of an iteration
    lambda,         ///< function of `names` with types `parameters`, body kid 0
    external,       ///< a function that lies elsewhere; it cannot be run here
    context,        ///< `names` and kids, each seeing those before; the frame is the entries
    boxed_context,  ///< the same, where the last kid, without a name, is the result
    list,
    range,         ///< kid 0 .. kid 1, `low_end`, `high_end`
    one_sided,     ///< a comparison with kid 0 as a range: `(< 5)`
    convert,       ///< kid 0 as a `tested`
    table,         ///< `table`
    test_any,      ///< `-`
    test_not,      ///< none of the kids
    test_compare,  ///< ? `comparison` kid 0
    test_value,    ///< kid 0: true itself where it names `?`, else equal to ? or holding it
    tests,         ///< one of the kids
    failed,        ///< could not be read: null
};

enum class Comparison : std::uint8_t { equal, not_equal, less, at_most, greater, at_least };

/// One more than the highest of the kids.
std::uint32_t height_above(std::span<const struct Node* const> kids);

struct Node {
    Op op = Op::failed;
    Comparison comparison = Comparison::equal;
    End low_end = End::open;
    End high_end = End::open;
    bool uses_input = false;       ///< names `?` of the nearest test
    bool makes_functions = false;  ///< a function is made within, which may outlive an iteration
    std::uint32_t begin = 0;       ///< bytes of the expression's text
    std::uint32_t end = 0;
    std::uint32_t depth = 0;
    std::uint32_t index = 0;
    std::uint32_t height = 1;  ///< of the tree below, itself included
    const Type* type = &types::any;
    Value value;
    std::string_view text;
    std::span<const Node* const> kids;
    std::span<const std::string_view> names;
    std::span<const Type* const> parameters;
    const Type* tested = nullptr;
    const Builtin* builtin = nullptr;
    const Table* table = nullptr;

    const Node& kid(std::size_t i) const { return *kids[i]; }
};

}  // namespace kith::dmn
