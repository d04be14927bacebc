// Paths to handlers. A pattern is literal segments and whole-segment parameters: "/concerns/{id}/decide". Where two
// patterns fit one path, the one that is literal where the other is not wins; two of which neither is the more literal
// cannot both be registered, so a path never depends on the order of registration.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "web/http/message.hpp"

namespace kith::web::http {

/// The parameters of a matched path, percent-decoded, clean UTF-8, never empty.
class PathParameters {
  public:
    /// Throws Bug when the pattern has no such parameter.
    std::string_view get(std::string_view name) const;
    /// `T::parse` of it: `path.as<ConcernId>("id")`.
    template <class T>
    Result<T> as(std::string_view name) const {
        return T::parse(get(name));
    }
    void add(std::string_view name, std::string value) { values_.emplace_back(name, std::move(value)); }

  private:
    std::vector<std::pair<std::string, std::string>> values_;
};

struct Route {
    Method method;
    std::string pattern;
    friend auto operator<=>(const Route&, const Route&) = default;
};

struct NoRoute {};
struct OtherMethods {
    std::string allow;  ///< for the Allow header: "GET, HEAD, POST"
};

/// Finds the number of a route. `Router` adds the handlers.
class RouteTable {
  public:
    struct Match {
        std::size_t number;
        PathParameters path;
    };

    /// Numbers routes from 0. Throws Bug for a malformed pattern, a route that is there, or an ambiguous pattern.
    std::size_t add(Method method, std::string_view pattern);
    /// HEAD finds what GET would.
    std::variant<Match, OtherMethods, NoRoute> find(Method method, std::string_view path) const;
    /// Sorted by pattern, then method.
    std::vector<Route> routes() const;

  private:
    struct Resource {
        std::string pattern;
        std::vector<std::string> segments;
        std::map<Method, std::size_t> routes;
    };
    Resource& resource_of(std::string_view pattern);
    const Resource* best(const std::vector<std::string>& segments) const;

    std::vector<Resource> resources_;
    std::size_t count_ = 0;
};

template <class Handler>
class Router {
  public:
    struct Match {
        const Handler* handler;
        PathParameters path;
    };

    void add(Method method, std::string_view pattern, Handler handler) {
        table_.add(method, pattern);
        handlers_.push_back(std::move(handler));
    }
    /// The handler pointer lives as long as the router and until the next `add`.
    std::variant<Match, OtherMethods, NoRoute> find(Method method, std::string_view path) const {
        auto found = table_.find(method, path);
        if (auto* match = std::get_if<RouteTable::Match>(&found))
            return Match{&handlers_[match->number], std::move(match->path)};
        if (auto* other = std::get_if<OtherMethods>(&found)) return std::move(*other);
        return NoRoute{};
    }
    std::vector<Route> routes() const { return table_.routes(); }

  private:
    RouteTable table_;
    std::vector<Handler> handlers_;
};

}  // namespace kith::web::http
