#include "app/account.hpp"

#include <algorithm>

#include "ledger/leaf.hpp"

namespace kith::app {
namespace {
using parties::Role;

/// The member's row, and the key their password yields. One Argon2id run.
struct Shown {
    MemberRow row;
    Key key;
};
Result<Shown> show_password(House& house, const Actor& member, const SecretText& password) {
    const MemberRow row =
        KITH_TRY(house.store.reading([&](Tables& tables) { return tables.members().find(member.member); }));
    const Stretched stretched = house.crypto.stretch(password, row.salt);
    if (!house.crypto.equal(stretched.verifier, row.verifier))
        return fail(Code::invalid, "not the password", "old_password");
    return Shown{row, stretched.key};
}

/// Changes the row in a transaction of its own, unless somebody changed the account meanwhile.
Result<void> keep_account(House& house, const Actor& member, Words act, const MemberRow& before,
                          const MemberRow& after) {
    return visiting(house, member, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::change_own_account, {}));
        if (KITH_TRY(visit.tables.members().find(before.id)) != before)
            return fail(Code::conflict, "the account changed meanwhile");
        KITH_TRY(visit.tables.members().change(after));
        return visit.record(permit, {.act = act, .subject = before.id.text()});
    });
}

SecretText what_counts(House& house, parties::Roles roles, const SecretText& chosen) {
    return roles.has(Role::custodian) ? generated_pass_phrase(house.crypto) : chosen;
}

MemberRow under(const MemberRow& row, Credentials credentials) {
    MemberRow out = row;
    out.salt = credentials.salt;
    out.verifier = credentials.verifier;
    out.sealed_private = std::move(credentials.sealed_private);
    return out;
}

Result<SignedIn> signed_in_as(House& house, const MemberRow& row, std::optional<Holder> holder) {
    const auto name = KITH_TRY(house.identity.papers.open_text(row.sealed_name, "members", row.id.bytes(), "name"));
    return SignedIn{{Actor::Kind::member, row.id, row.front_door, row.roles}, name.expose(), std::move(holder)};
}
}  // namespace

Result<Renewed> change_password(House& house, const Actor& member, const SecretText& old_password,
                                const SecretText& chosen) {
    const Shown shown = KITH_TRY(show_password(house, member, old_password));
    const SecretText password = what_counts(house, shown.row.roles, chosen);
    KITH_TRY(check_password(password));
    std::optional<Holder> holder;
    if (parties::needs_keys(shown.row.roles)) holder = KITH_TRY(unlock(house.crypto, shown.row, shown.key));
    const MemberRow after = under(shown.row, credentials_for(house.crypto, shown.row.id, password, holder));
    KITH_TRY(keep_account(house, member, "password_changed", shown.row, after));
    Renewed out{KITH_TRY(signed_in_as(house, after, std::move(holder))), {}, {}};
    if (after.roles.has(Role::custodian)) out.pass_phrase = password;
    return out;
}

Result<SecondFactor> offer_second_factor_to(House& house, const Actor& member, std::string_view kept) {
    const MemberRow row =
        KITH_TRY(house.store.reading([&](Tables& tables) { return tables.members().find(member.member); }));
    const auto email = KITH_TRY(house.identity.papers.open_text(row.sealed_email, "members", row.id.bytes(), "email"));
    return offer_second_factor(house, email.expose(), "members", row.id.bytes(), kept);
}

Result<void> change_second_factor(House& house, const Actor& member, const SecretText& password, std::string_view kept,
                                  std::string_view code) {
    const Shown shown = KITH_TRY(show_password(house, member, password));
    const SecondFactor factor = KITH_TRY(offer_second_factor_to(house, member, kept));
    if (factor.kept != kept || !house.codes.check(factor.secret, code, house.clock.now()))
        return fail(Code::invalid, "not the code of that second factor", "one_time_code");
    MemberRow after = shown.row;
    after.sealed_code_secret = {
        house.identity.papers.seal(factor.secret.expose(), "members", after.id.bytes(), "code_secret")};
    return keep_account(house, member, "second_factor_changed", shown.row, after);
}

Result<Renewed> recover(House& house, const Recovering& recovering) {
    const auto refused = [] { return fail(Code::invalid, "recovery refused", "recovery_code"); };
    const Digest mark = email_mark(house, recovering.email);
    const auto found = house.store.reading([&](Tables& tables) { return tables.members().find_by_email(mark); });
    if (!found && found.error().code != Code::not_found) return Failure(found.error());
    const MemberRow row = found ? *found : MemberRow{};
    const bool custodian = row.roles.has(Role::custodian);
    const auto holder = unlock_by_recovery(house.crypto, row, recovering.recovery_code);
    const auto secret =
        house.identity.papers.open(row.sealed_code_secret.bytes, "members", row.id.bytes(), "code_secret");
    const auto step =
        house.codes.check(secret ? *secret : house.codes.new_secret(), recovering.code, house.clock.now());
    if (!found || !holder || !secret || !step || row.shut_out) return refused();
    const SecretText password = what_counts(house, row.roles, recovering.password);
    KITH_TRY(check_password(password));
    if (!house.used_codes.use(row.id, *step)) return refused();

    MemberRow after = under(row, credentials_for(house.crypto, row.id, password, *holder));
    Recovery another = recovery_for(house.crypto, *holder);
    after.sealed_private_recovery = std::move(another.sealed_private);
    after.recovery_salt = another.salt;
    const Actor member{Actor::Kind::member, row.id, row.front_door, row.roles};
    KITH_TRY(keep_account(house, member, "password_recovered", row, after));
    return Renewed{KITH_TRY(signed_in_as(house, after, *holder)), custodian ? password : SecretText{},
                   std::move(another.code)};
}

Result<std::vector<AccountLine>> recent_of_account(House& house, const Actor& member, std::size_t most) {
    constexpr std::string_view kShown[] = {"signed_in", "password_changed", "second_factor_changed",
                                           "password_recovered", "invitation_accepted"};
    return house.store.reading([&](Tables& tables) -> Result<std::vector<AccountLine>> {
        std::vector<AccountLine> out;
        auto indexes = KITH_TRY(tables.ledger().about(member.member.text()));
        for (auto at = indexes.rbegin(); at != indexes.rend() && out.size() < most; ++at) {
            const auto leaf = KITH_TRY(ledger::decode(KITH_TRY(tables.ledger().leaf(*at))));
            if (std::ranges::find(kShown, leaf.act) != std::end(kShown)) out.push_back({leaf.act, leaf.at});
        }
        return out;
    });
}

}  // namespace kith::app
