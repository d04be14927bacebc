#include "adapters/sqlite/api_tokens.hpp"

#include "adapters/sqlite/access.hpp"

namespace kith::sqlite {
namespace {

using app::ApiTokenRow;

struct Stored {
    ApiTokenId id;
    app::Digest finder;
    FrontDoorId front_door;
    std::string scopes;
    Sealed<Bytes> sealed_label;
    Instant expires_at;
    bool revoked;
};

Result<ApiTokenRow> to_row(Stored stored) {
    Decoded decoded;
    parties::Scopes scopes;
    for (const parties::Scope scope : decoded.words(stored.scopes, &parties::scope_named)) scopes.add(scope);
    return decoded.checked(ApiTokenRow{stored.id, stored.finder, stored.front_door, scopes,
                                       std::move(stored.sealed_label), stored.expires_at, stored.revoked});
}

}  // namespace

Result<void> SqliteApiTokens::add(const ApiTokenRow& row) {
    return sqlite::change(database_, "add_api_token", row.id, row.finder, row.front_door, joined(row.scopes.list()),
                          row.sealed_label, row.expires_at, row.revoked);
}

Result<ApiTokenRow> SqliteApiTokens::find(ApiTokenId id) {
    return to_row(KITH_TRY(find_one<Stored>(database_, "api_token_by_id", id)));
}

Result<ApiTokenRow> SqliteApiTokens::find_by_finder(const app::Digest& finder) {
    return to_row(KITH_TRY(find_one<Stored>(database_, "api_token_by_finder", finder)));
}

Result<std::vector<ApiTokenRow>> SqliteApiTokens::all_of(FrontDoorId front_door) {
    return find_all<Stored>(database_, "api_tokens_of_front_door", to_row, front_door);
}

Result<void> SqliteApiTokens::revoke(ApiTokenId id) { return change_one(database_, "revoke_api_token", id); }

}  // namespace kith::sqlite
