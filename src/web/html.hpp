// HTML as it is written: what templates (ui/, script/compile_template.py) call. Text is escaped by default; what is not
// escaped is a literal of the program or was written by a template. An address is a Url, since escaping does not tame
// `javascript:`.
#pragma once
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/error.hpp"
#include "base/id.hpp"

namespace kith::web {

/// A whole number, and not a bool or a character, which would print as something nobody meant.
template <class T>
concept Number = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, char8_t>;

/// Where a link, a form or an image points: a literal of the program, or made by one of the functions below.
class Url {
  public:
    /// A path on this server ("/queue"), "#main", "tel:999", "https://...". Anything else does not compile.
    consteval Url(const char* literal) : Url(Checked{literal}) {}

    /// `Url::path("/concerns/{}/decide", id)`: each piece percent-encoded. A piece is never empty, "." or "..".
    template <class... P>
    struct Pattern {
        std::string_view text;
        consteval Pattern(const char* literal) : text(literal) {
            if (!is_local(text)) throw "a path begins with one slash";
            std::size_t holes = 0;
            for (std::size_t i = 0; i + 1 < text.size(); ++i) holes += text[i] == '{' && text[i + 1] == '}';
            if (holes != sizeof...(P)) throw "as many {} as pieces";
        }
    };
    template <class... P>
    static Url path(Pattern<std::type_identity_t<P>...> pattern, const P&... pieces) {
        std::string text;
        std::string_view rest = pattern.text;
        (add_piece(text, rest, piece_text(pieces)), ...);
        return Url(Made{}, text.append(rest));
    }
    /// With `?name=value`, or `&name=value` after another.
    Url with(Words name, std::string_view value) const;
    template <Number N>
    Url with(Words name, N value) const {
        return with(name, std::string_view(std::to_string(value)));
    }
    /// With `#place`.
    Url at(std::string_view place) const;

    static Url telephone(std::string_view number);
    static Url mail(std::string_view address);
    /// A path on this server out of a request or a setting: one slash first, no scheme, no host, no backslash.
    static Result<Url> local(std::string_view text);
    /// An https address out of a setting.
    static Result<Url> https(std::string_view text);

    std::string_view text() const { return text_ ? std::string_view(*text_) : literal_; }
    bool empty() const { return text().empty(); }
    /// No address: a component leaves its link out.
    constexpr Url() = default;
    friend bool operator==(const Url& a, const Url& b) { return a.text() == b.text(); }

  private:
    struct Checked {
        std::string_view text;
        consteval Checked(const char* literal) : text(literal) {
            constexpr std::string_view schemes[] = {"#", "?", "tel:", "mailto:", "https://"};
            bool good = is_local(text);
            for (const auto scheme : schemes) good = good || text.starts_with(scheme);
            for (const char c : text) good = good && c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '\\';
            if (!good) throw "not an address we go to";
        }
    };
    consteval explicit Url(Checked checked) : literal_(checked.text) {}
    static constexpr bool is_local(std::string_view text) {
        return text.starts_with("/") && !text.starts_with("//") && !text.starts_with("/\\");
    }
    static std::string piece_text(std::string_view text) { return std::string(text); }
    template <Number N>
    static std::string piece_text(N n) {
        return std::to_string(n);
    }
    template <class Tag>
    static std::string piece_text(const Id<Tag>& id) {
        return id.text();
    }
    static void add_piece(std::string& to, std::string_view& pattern, const std::string& piece);

    struct Made {};
    Url(Made, std::string text) : text_(std::move(text)) {}

    std::string_view literal_;
    std::optional<std::string> text_;  // a std::string itself cannot be the result of a consteval constructor
};

/// Percent-encodes all but RFC 3986's unreserved characters.
std::string percent_encode(std::string_view text);

/// A page or a piece of one, growing at its end.
class Html {
  public:
    /// For the template compiler: HTML that stands in the program.
    void raw(Words literal) { text_ += literal.text; }
    void put(std::string_view text) { escape(text); }
    void put(const char* text) { escape(text); }
    void put(const std::string& text) { escape(text); }
    template <Number N>
    void put(N n) {
        text_ += std::to_string(n);
    }
    template <class Tag>
    void put(const Id<Tag>& id) {
        text_ += id.text();
    }
    /// What templates have written already.
    void put(const Html& piece) { text_ += piece.text_; }
    void put(bool) = delete;
    void put(char) = delete;

    /// Between the quotes of an attribute: as `put`, but no HTML.
    template <class T>
    void put_attribute(const T& value) {
        static_assert(!std::same_as<T, Html>, "an attribute holds text");
        put(value);
    }
    void put_url(const Url& url) { escape(url.text()); }
    void put_url(const std::string&) = delete;
    void put_url(std::string_view) = delete;

    const std::string& str() const& { return text_; }
    std::string str() && { return std::move(text_); }
    bool empty() const { return text_.empty(); }
    void reserve(std::size_t bytes) { text_.reserve(bytes); }

  private:
    void escape(std::string_view text);
    std::string text_;
};

/// What a layout or a component holds: `[&] { ... }` around the lines between, writing to the same page. Not kept.
class Body {
  public:
    template <class F>
        requires std::invocable<const F&> && (!std::same_as<F, Body>)
    Body(const F& write) : at_(&write), call_([](const void* at) { (*static_cast<const F*>(at))(); }) {}
    void operator()() const { call_(at_); }

  private:
    const void* at_;
    void (*call_)(const void*);
};

/// A piece of HTML written by templates, as a value: `piece([&](Html& o) { ui::tag(o, ...); })`.
template <class F>
    requires std::invocable<F&, Html&>
Html piece(F&& write) {
    Html html;
    write(html);
    return html;
}

}  // namespace kith::web

namespace kith::ui {
using web::Html;
using web::Url;
}  // namespace kith::ui
