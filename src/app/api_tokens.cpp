#include "app/api_tokens.hpp"

#include <algorithm>
#include <tuple>

#include "base/text.hpp"

namespace kith::app {
namespace {

constexpr std::size_t kMostLine = 200;

struct Label {
    std::string name, organisation;
};

Bytes encode(const Label& label) {
    Bytes out;
    append_piece(out, as_bytes(label.name));
    append_piece(out, as_bytes(label.organisation));
    return out;
}

Result<Label> open_label(House& house, const ApiTokenRow& row) {
    const auto plain =
        KITH_TRY(house.identity.papers.open(row.sealed_label.bytes, "api_tokens", row.id.bytes(), "label"));
    ByteReader in(plain.expose());
    Label label{in.text(), in.text()};
    if (!in.at_end()) return fail(Code::betrayed, "a token's label that does not decode");
    return label;
}

bool is_line(const std::string& text) {
    return !text.empty() && text::is_clean_utf8(text) && text::length(text) <= kMostLine &&
           text.find_first_of("\r\n\t") == std::string::npos;
}

Result<void> check(const NewApiToken& wanted, Instant now) {
    if (!is_line(wanted.name)) return fail(Code::invalid, "no name", "name");
    if (!is_line(wanted.organisation)) return fail(Code::invalid, "no organisation", "organisation");
    if (wanted.scopes.empty()) return fail(Code::invalid, "for nothing", "scopes");
    if (wanted.expires_at <= now || wanted.expires_at > now + kApiTokenLasts)
        return fail(Code::invalid, "ends too late or too early", "expires_on");
    return {};
}

ApiTokenView::Stand stand_of(const ApiTokenRow& row, Instant now) {
    if (row.revoked) return ApiTokenView::Stand::revoked;
    return now < row.expires_at ? ApiTokenView::Stand::in_force : ApiTokenView::Stand::expired;
}

}  // namespace

Result<MadeApiToken> make_api_token(House& house, const Actor& administrator, const NewApiToken& wanted) {
    const Label label{text::tidy(wanted.name), text::tidy(wanted.organisation)};
    const ApiToken token = ApiToken::create(house.crypto);
    ApiTokenRow row{house.crypto.random_id<ApiTokenId>(),
                    token.finder(house.crypto),
                    wanted.front_door,
                    wanted.scopes,
                    {},
                    wanted.expires_at};
    row.sealed_label = {house.identity.papers.seal(encode(label), "api_tokens", row.id.bytes(), "label")};
    return visiting(house, administrator, [&](Visit& visit) -> Result<MadeApiToken> {
        const Permit permit = KITH_TRY(visit.ask(Act::keep_tokens, {}));
        KITH_TRY(
            check({label.name, label.organisation, wanted.front_door, wanted.scopes, wanted.expires_at}, visit.now));
        KITH_TRY(visit.tables.api_tokens().add(row));
        std::vector<std::pair<std::string, std::string>> facts;
        for (const auto scope : row.scopes.list()) facts.emplace_back("scope", name_of(scope));
        KITH_TRY(visit.record(permit, {.act = "token_made",
                                       .subject = row.id.text(),
                                       .facts = facts,
                                       .sealed_digests = {{"api_tokens/label", row.sealed_label.bytes}}}));
        return MadeApiToken{row.id, token.text()};
    });
}

Result<std::vector<ApiTokenView>> see_api_tokens(House& house, const Actor& administrator, FrontDoorId front_door) {
    return visiting(house, administrator, [&](Visit& visit) -> Result<std::vector<ApiTokenView>> {
        const Permit permit = KITH_TRY(visit.ask(Act::see_tokens, {}));
        std::vector<ApiTokenView> out;
        for (const ApiTokenRow& row : KITH_TRY(visit.tables.api_tokens().all_of(front_door))) {
            Label label = KITH_TRY(open_label(house, row));
            out.push_back({row.id, std::move(label.name), std::move(label.organisation), row.scopes, row.expires_at,
                           stand_of(row, visit.now)});
        }
        std::ranges::sort(out, {}, [](const ApiTokenView& one) {
            return std::tuple(one.stand, text::ascii_lower(one.organisation), text::ascii_lower(one.name), one.id);
        });
        KITH_TRY(visit.record(permit, {.act = "tokens_seen", .subject = front_door.text()}));
        return out;
    });
}

Result<void> revoke_api_token(House& house, const Actor& administrator, FrontDoorId front_door, ApiTokenId id) {
    return visiting(house, administrator, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::keep_tokens, {}, id.text()));
        const ApiTokenRow row = KITH_TRY(visit.tables.api_tokens().find(id));
        if (row.front_door != front_door) return fail(Code::not_found, "another front door's token");
        if (row.revoked) return {};
        KITH_TRY(visit.tables.api_tokens().revoke(id));
        return visit.record(permit, {.act = "token_revoked", .subject = id.text()});
    });
}

Result<Bearer> bearer_of(House& house, std::string_view text) {
    const ApiToken token = KITH_TRY(ApiToken::parse(text));
    const Digest finder = token.finder(house.crypto);
    const ApiTokenRow row =
        KITH_TRY(house.store.reading([&](Tables& tables) { return tables.api_tokens().find_by_finder(finder); }));
    if (stand_of(row, house.clock.now()) != ApiTokenView::Stand::in_force)
        return fail(Code::not_found, "not a token in force");
    Label label = KITH_TRY(open_label(house, row));
    return Bearer{Actor::bearer(row.id, row.front_door, row.scopes), std::move(label.organisation), token};
}

}  // namespace kith::app
