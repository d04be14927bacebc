#include "web/http/router.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.hpp"
#include "web/http/form.hpp"

namespace kith::web::http {
namespace {
using Segments = std::vector<std::string>;

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }
std::string_view name_of(std::string_view segment) { return segment.substr(1, segment.size() - 2); }

bool is_word(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    });
}

Segments parse_pattern(std::string_view pattern) {
    KITH_CHECK(pattern.starts_with('/'));
    Segments segments;
    if (pattern == "/") return segments;
    std::set<std::string_view> names;
    for (const std::string_view segment : text::split(pattern.substr(1), '/')) {
        if (is_parameter(segment)) {
            KITH_CHECK(segment.ends_with('}') && is_word(name_of(segment)));
            KITH_CHECK(names.insert(name_of(segment)).second);
        } else {
            KITH_CHECK(is_word(segment));
        }
        segments.emplace_back(segment);
    }
    return segments;
}

/// The decoded segments, or nothing when no route can be meant.
std::optional<Segments> parse_path(std::string_view path) {
    Segments segments;
    if (!path.starts_with('/')) return std::nullopt;
    if (path == "/") return segments;
    for (const std::string_view segment : text::split(path.substr(1), '/')) {
        auto decoded = percent_decode(segment, Plus::itself);
        // An encoded slash would make one segment here and two in whatever stands before us.
        if (!decoded || decoded->empty() || decoded->find('/') != decoded->npos || !text::is_clean_utf8(*decoded))
            return std::nullopt;
        segments.push_back(std::move(*decoded));
    }
    return segments;
}

bool fits(const Segments& pattern, const Segments& path) {
    return std::ranges::equal(pattern, path,
                              [](const auto& want, const auto& have) { return is_parameter(want) || want == have; });
}

struct Comparison {
    bool overlap;
    bool first_is_more_literal;
    bool second_is_more_literal;
};

Comparison compare(const Segments& a, const Segments& b) {
    Comparison result{a.size() == b.size(), false, false};
    for (std::size_t i = 0; result.overlap && i < a.size(); ++i) {
        if (is_parameter(a[i]) && !is_parameter(b[i])) result.second_is_more_literal = true;
        if (!is_parameter(a[i]) && is_parameter(b[i])) result.first_is_more_literal = true;
        if (!is_parameter(a[i]) && !is_parameter(b[i]) && a[i] != b[i]) result.overlap = false;
    }
    return result;
}
}  // namespace

std::string_view PathParameters::get(std::string_view name) const {
    for (const auto& [key, value] : values_)
        if (key == name) return value;
    throw Bug("no such path parameter");
}

std::size_t RouteTable::add(Method method, std::string_view pattern) {
    KITH_CHECK(method != Method::head);
    KITH_CHECK(resource_of(pattern).routes.emplace(method, count_).second);
    return count_++;
}

RouteTable::Resource& RouteTable::resource_of(std::string_view pattern) {
    const auto known = std::ranges::find(resources_, pattern, &Resource::pattern);
    if (known != resources_.end()) return *known;
    Resource fresh{std::string(pattern), parse_pattern(pattern), {}};
    for (const Resource& other : resources_) {
        const Comparison to = compare(fresh.segments, other.segments);
        if (to.overlap && to.first_is_more_literal == to.second_is_more_literal) throw Bug("ambiguous route");
    }
    resources_.push_back(std::move(fresh));
    return resources_.back();
}

const RouteTable::Resource* RouteTable::best(const Segments& segments) const {
    const Resource* best = nullptr;
    for (const Resource& resource : resources_) {
        if (!fits(resource.segments, segments)) continue;
        if (best == nullptr || compare(resource.segments, best->segments).first_is_more_literal) best = &resource;
    }
    return best;
}

std::variant<RouteTable::Match, OtherMethods, NoRoute> RouteTable::find(Method method, std::string_view path) const {
    const auto segments = parse_path(path);
    const Resource* resource = segments ? best(*segments) : nullptr;
    if (resource == nullptr) return NoRoute{};
    const auto route = resource->routes.find(method == Method::head ? Method::get : method);
    if (route == resource->routes.end()) {
        OtherMethods other;
        for (const auto& [allowed, number] : resource->routes) {
            if (!other.allow.empty()) other.allow += ", ";
            other.allow += allowed == Method::get ? std::string_view("GET, HEAD") : to_text(allowed);
        }
        return other;
    }
    Match match{route->second, {}};
    for (std::size_t i = 0; i < segments->size(); ++i)
        if (is_parameter(resource->segments[i])) match.path.add(name_of(resource->segments[i]), (*segments)[i]);
    return match;
}

std::vector<Route> RouteTable::routes() const {
    std::vector<Route> out;
    for (const Resource& resource : resources_)
        for (const auto& [method, number] : resource.routes) out.push_back({method, resource.pattern});
    std::ranges::sort(out, {}, [](const Route& route) { return std::pair(route.pattern, route.method); });
    return out;
}

}  // namespace kith::web::http
