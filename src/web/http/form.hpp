// Fields as browsers send them, in a query or a body (application/x-www-form-urlencoded). Strict: what no browser
// writes is refused and not guessed at, so that a proxy, a log and we never read the same bytes differently.
#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace kith::web::http {

struct FormLimits {
    std::size_t bytes = 256 * 1024;
    std::size_t fields = 1000;
    std::size_t name_bytes = 256;
};

/// Fields in the order sent; a name may come more than once. Every name and value is clean UTF-8 (base/text.hpp).
class Form {
  public:
    struct Field {
        std::string name;
        std::string value;
        friend bool operator==(const Field&, const Field&) = default;
    };

    static Result<Form> parse(std::string_view encoded, const FormLimits& limits = {});

    /// The first value, or empty when there is none. The view lives as long as the form.
    std::string_view get(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
    bool has(std::string_view name) const;
    const std::vector<Field>& fields() const { return fields_; }

    /// `invalid` when the name is empty or either is not clean UTF-8, `too_large` past the limits.
    Result<void> add(std::string name, std::string value, const FormLimits& limits = {});

  private:
    std::vector<Field> fields_;
    std::size_t bytes_ = 0;
};

enum class Plus { space, itself };

/// Nothing when a percent sign is not followed by two hex digits, or a byte stands there that must be encoded.
std::optional<std::string> percent_decode(std::string_view text, Plus plus);
/// All but letters, digits and -._~ as %XX: safe in a path segment, a query or a header.
std::string percent_encode(std::string_view text);
/// `path?name=value&...`, every name and value encoded. Without fields, the path alone.
std::string with_query(std::string_view path,
                       std::initializer_list<std::pair<std::string_view, std::string_view>> fields);

}  // namespace kith::web::http
