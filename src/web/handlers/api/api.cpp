// Another organisation's software, by its token: it sends a worry, or reads what waits in outline.
#include <algorithm>

#include "app/outline.hpp"
#include "base/text.hpp"
#include "web/handlers/api/new_concern.hpp"
#include "web/handlers/routes.hpp"

namespace kith::web {
namespace {
using app::Bearer;
using http::Method;
using http::Response;

// A whole day's worth after an outage at once, then one a second; a wallboard that asks every two seconds.
constexpr http::Rate kIntake{120, std::chrono::seconds(1)};
constexpr http::Rate kOutline{60, std::chrono::seconds(2)};
constexpr std::size_t kMostBytes = 256 * 1024;
constexpr std::size_t kMostKey = 255;

/// A refusal that says when to come again; a worry that was slowed is sent again and counts once.
std::optional<Response> slowed(Ask& ask, Words kind, const Bearer& bearer, http::Rate rate) {
    const auto taken = ask.site.limits.take(kind, bearer.actor.token.text(), rate, ask.now);
    if (taken.answer == http::Taken::Answer::yes) return std::nullopt;
    auto response = api_problem(Error{Code::too_many, "too many requests of one token", {}});
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(taken.wait);
    response.headers.push_back({"Retry-After", std::to_string(std::max<std::int64_t>(seconds.count(), 1))});
    return response;
}

bool is_json(std::string_view type) {
    const std::string lower = text::ascii_lower(type);
    return lower.starts_with("application/json") && (lower.size() == 16 || lower[16] == ';' || lower[16] == ' ');
}

/// As the header has it, with or without the quotes of a structured field. Nothing when it is no key.
std::optional<std::string_view> idempotency_key(std::string_view header) {
    if (header.size() >= 2 && header.starts_with('"') && header.ends_with('"'))
        header = header.substr(1, header.size() - 2);
    const bool is_key = !header.empty() && header.size() <= kMostKey &&
                        std::ranges::all_of(header, [](char c) { return c > 0x20 && c < 0x7f && c != '"'; });
    return is_key ? std::optional(header) : std::nullopt;
}

Json instant_or_null(const std::optional<Instant>& at) { return at ? Json(to_rfc3339(*at)) : Json(); }

Response refusal_of(const Error& error) {
    if (error.code != Code::invalid || error.field.empty()) return api_problem(error);
    return api_problem(422, word("api.put_right"), {{pointer_to(error.field), std::string(error_word(error))}});
}

Response post_concern(Ask& ask, const Bearer& bearer) {
    if (auto wait = slowed(ask, "api_intake", bearer, kIntake)) return *std::move(wait);
    if (!is_json(ask.request.header("content-type"))) return api_problem(415, word("api.media"));
    const auto key = idempotency_key(ask.request.header("idempotency-key"));
    if (!key) return api_problem(400, word("api.no_key"));
    const auto body = parse_json(ask.request.body, kMostBytes);
    if (!body) return api_problem(body.error());
    NewConcern read = read_new_concern(*body);
    if (!read.troubles.empty()) return api_problem(422, word("api.put_right"), read.troubles);
    read.telling.once = bearer.token.once(ask.house().crypto, *key);
    const auto receipt = app::report_by_token(ask.house(), bearer, std::move(read.telling));
    if (!receipt) return refusal_of(receipt.error());
    return api_answer(201, Json::object({{"reference", receipt->reference},
                                         {"return_code", receipt->code},
                                         {"reply_due_at", instant_or_null(receipt->reply_due_at)},
                                         {"written_form_due_at", instant_or_null(receipt->form_due_at)},
                                         {"somebody_is_reading", Json::boolean(receipt->staffed)}}));
}

Json line_of(const app::OutlineLine& line) {
    return Json::object({{"reference", line.reference},
                         {"subject", concerns::name_of(line.subject)},
                         {"channel", concerns::name_of(line.channel)},
                         {"stands", name_of(line.stand)},
                         {"danger", Json::boolean(line.in_danger)},
                         {"late", Json::boolean(line.late)},
                         {"incomplete", Json::boolean(line.incomplete)},
                         {"unattended", Json::boolean(line.unattended)},
                         {"received_at", to_rfc3339(line.received_at)},
                         {"reply_due_at", instant_or_null(line.reply_due_at)}});
}

Response get_queue(Ask& ask, const Bearer& bearer) {
    if (auto wait = slowed(ask, "api_outline", bearer, kOutline)) return *std::move(wait);
    const auto outline = app::see_outline(ask.house(), bearer.actor);
    if (!outline) return api_problem(outline.error());
    Json lines = Json::array();
    for (const auto& line : outline->lines) lines.add(line_of(line));
    return api_answer(
        200, Json::object({{"as_of", to_rfc3339(outline->as_of)},
                           {"lines", std::move(lines)},
                           {"answered_today", Json::object({{"in_time", Json::number(outline->answered_in_time)},
                                                            {"late", Json::number(outline->answered_late)}})}}));
}

/// One among the lines that this token may see: what is not there and what is not for it are the same.
Response get_line(Ask& ask, const Bearer& bearer) {
    if (auto wait = slowed(ask, "api_outline", bearer, kOutline)) return *std::move(wait);
    const auto outline = app::see_outline(ask.house(), bearer.actor);
    if (!outline) return api_problem(outline.error());
    const auto at = std::ranges::find(outline->lines, ask.path.get("reference"), &app::OutlineLine::reference);
    if (at == outline->lines.end()) return api_problem(Error{Code::not_found, "not in this queue", {}});
    return api_answer(200, line_of(*at));
}

Response get_document(Ask&) {
    Response response{200, std::string(api_document())};
    response.type = "application/json";
    return response;
}
}  // namespace

void add_api_routes(Routes& routes) {
    routes.anyone(Method::get, "/api/v1/openapi.json", get_document);
    routes.token(Method::post, "/api/v1/concerns", post_concern);
    routes.token(Method::get, "/api/v1/queue", get_queue);
    routes.token(Method::get, "/api/v1/queue/{reference}", get_line);
}

}  // namespace kith::web
