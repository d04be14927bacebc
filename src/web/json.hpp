// JSON as other software sends it (RFC 8259), read strictly: what two programs could read in two ways is refused and
// not guessed at. UTF-8 throughout; a name stands once in an object; a number is one a double can hold; at most 32
// deep.
#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace kith::web {

class Json {
  public:
    enum class Kind { null, boolean, number, text, array, object };
    using Items = std::vector<Json>;
    using Members = std::vector<std::pair<std::string, Json>>;

    Json() = default;
    Json(const char* text) : Json(std::string(text)) {}
    Json(std::string_view text) : Json(std::string(text)) {}
    Json(std::string text) : kind_(Kind::text), text_(std::move(text)) {}
    static Json boolean(std::same_as<bool> auto value) {
        Json out;
        out.kind_ = Kind::boolean;
        out.text_ = value ? "true" : "false";
        return out;
    }
    static Json number(std::uint64_t value) { return number_as_written(std::to_string(value)); }
    /// Trusts that it is a JSON number.
    static Json number_as_written(std::string digits);
    static Json array(Items items = {});
    static Json object(Members members = {});

    Kind kind() const { return kind_; }
    bool is(Kind kind) const { return kind_ == kind; }
    /// Of a text; of a number, its digits as they were written; of a boolean, true or false.
    const std::string& text() const { return text_; }
    bool is_true() const { return kind_ == Kind::boolean && text_ == "true"; }
    const Items& items() const { return items_; }
    const Members& members() const { return members_; }
    /// The member of that name, or nothing.
    const Json* find(std::string_view name) const;
    Json& add(Json item);
    Json& add(std::string name, Json value);

    friend bool operator==(const Json&, const Json&) = default;

  private:
    Kind kind_ = Kind::null;
    std::string text_;
    Items items_;
    Members members_;  ///< in the order written
};

constexpr std::size_t kMostJsonDepth = 32;

/// `invalid` with field json_syntax, json_deep, json_names, json_twice or json_number; `too_large` beyond `most` bytes.
Result<Json> parse_json(std::string_view text, std::size_t most);
/// Without white space; every text must be UTF-8.
std::string to_text(const Json& json);

}  // namespace kith::web
