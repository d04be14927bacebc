#include "web/sessions.hpp"

namespace kith::web {

app::Digest Sessions::finder(std::string_view cookie) const {
    return crypto_.derive("kith/session/finder", as_bytes(cookie));
}
Key Sessions::key(std::string_view cookie) const { return Key(crypto_.derive("kith/session/key", as_bytes(cookie))); }

std::string Sessions::open(const app::SignedIn& who, Instant now) {
    ByteArray<32> random;
    crypto_.random(random);
    const std::string cookie = to_hex(random);
    Row row{who.actor, who.name, {}, now, now};
    if (who.holder) {
        const SecretBytes halves(app::encode_halves(*who.holder));
        row.sealed_halves = crypto_.seal(key(cookie), halves.expose(), as_bytes("session"));
    }
    const std::lock_guard lock(mutex_);
    std::erase_if(rows_, [&](const auto& one) { return now - one.second.opened_at > whole_limit; });
    rows_.insert_or_assign(finder(cookie), std::move(row));
    return cookie;
}

std::optional<StaffSession> Sessions::find(std::string_view cookie, Instant now, Seen seen) {
    Row row;
    {
        const std::lock_guard lock(mutex_);
        const auto at = rows_.find(finder(cookie));
        if (at == rows_.end()) return std::nullopt;
        if (now - at->second.seen_at > idle_limit || now - at->second.opened_at > whole_limit) {
            rows_.erase(at);
            return std::nullopt;
        }
        if (seen == Seen::by_a_person) at->second.seen_at = now;
        row = at->second;
    }
    StaffSession session{row.actor, row.name, std::nullopt, {}, row.keys};
    if (!row.sealed_halves.empty()) {
        const auto halves = crypto_.open(key(cookie), row.sealed_halves, as_bytes("session"));
        if (!halves) return std::nullopt;
        auto holder = app::decode_halves(crypto_, row.actor.member, *halves);
        if (!holder) return std::nullopt;
        session.holder = *std::move(holder);
    }
    session.form_token = to_hex(BytesView(crypto_.derive("kith/session/form-token", as_bytes(cookie))).first(16));
    return session;
}

void Sessions::set_keys(std::string_view cookie, ShortcutKeys keys) {
    const std::lock_guard lock(mutex_);
    if (const auto at = rows_.find(finder(cookie)); at != rows_.end()) at->second.keys = keys;
}

void Sessions::close(std::string_view cookie) {
    const std::lock_guard lock(mutex_);
    rows_.erase(finder(cookie));
}

void Sessions::close_all(MemberId member) {
    const std::lock_guard lock(mutex_);
    std::erase_if(rows_, [&](const auto& one) { return one.second.actor.member == member; });
}

}  // namespace kith::web
