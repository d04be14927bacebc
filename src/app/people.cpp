#include "app/people.hpp"

#include <algorithm>

#include "app/desk.hpp"
#include "app/leaving.hpp"
#include "app/vault/gone.hpp"
#include "base/log.hpp"
#include "base/text.hpp"

namespace kith::app {
namespace {
using parties::Role;

constexpr std::size_t kShortestPassword = 12;
constexpr auto kInvitationLasts = std::chrono::hours(24 * 7);

Result<void> check(const Newcomer& newcomer) {
    const std::string name = text::tidy(newcomer.name);
    if (name.empty() || text::length(name) > 100 || !text::is_clean_utf8(name))
        return fail(Code::invalid, "no name", "name");
    const auto at = newcomer.email.find('@');
    const bool plain = std::ranges::all_of(newcomer.email, [](char c) { return c > ' ' && c < 127; });
    if (at == 0 || at == std::string::npos || at + 1 == newcomer.email.size() || newcomer.email.size() > 200 || !plain)
        return fail(Code::invalid, "not an e-mail address", "email");
    if (newcomer.roles.bits() == 0) return fail(Code::invalid, "no role", "roles");
    return {};
}

struct Made {
    MemberRow row;
    Enrolled enrolled;
};

/// Everything of a new member; two Argon2id runs, so outside any transaction.
Made make_member(House& house, const Newcomer& newcomer, std::optional<SecretBytes> code_secret = std::nullopt) {
    Cryptography& crypto = house.crypto;
    Made out;
    MemberRow& row = out.row;
    row.id = crypto.random_id<MemberId>();
    out.enrolled.id = row.id;
    row.front_door = newcomer.front_door;
    row.roles = newcomer.roles;
    const auto seal = [&](std::string_view plain, std::string_view field) {
        return house.identity.papers.seal_text(plain, "members", row.id.bytes(), field);
    };
    row.sealed_name = seal(text::tidy(newcomer.name), "name");
    row.sealed_email = seal(newcomer.email, "email");
    row.mark_email = email_mark(house, newcomer.email);
    out.enrolled.code_secret = code_secret ? *std::move(code_secret) : house.codes.new_secret();
    row.sealed_code_secret = {
        house.identity.papers.seal(out.enrolled.code_secret.expose(), "members", row.id.bytes(), "code_secret")};
    if (parties::needs_keys(newcomer.roles)) {
        out.enrolled.holder = new_holder(crypto, row.id, newcomer.roles);
        row.public_key = out.enrolled.holder->pair.public_half;
        if (out.enrolled.holder->signing) row.signing_key = out.enrolled.holder->signing->public_half;
        Recovery recovery = recovery_for(crypto, *out.enrolled.holder);
        row.sealed_private_recovery = std::move(recovery.sealed_private);
        row.recovery_salt = recovery.salt;
        out.enrolled.recovery_code = std::move(recovery.code);
    }
    Credentials credentials = credentials_for(crypto, row.id, newcomer.password, out.enrolled.holder);
    row.salt = credentials.salt;
    row.verifier = credentials.verifier;
    row.sealed_private = std::move(credentials.sealed_private);
    return out;
}

/// The address of a member who was shut out is free for a new invitation; any other is a `conflict`.
Result<void> check_free(Tables& tables, const Digest& mark) {
    const auto taken = tables.members().find_by_email(mark);
    if (!taken) return taken.error().code == Code::not_found ? Result<void>() : Result<void>(Failure(taken.error()));
    return taken->shut_out ? Result<void>() : Result<void>(fail(Code::conflict, "the address is taken", "email"));
}

Result<void> take_address(House& house, Tables& tables, const MemberRow& newcomer) {
    KITH_TRY(check_free(tables, newcomer.mark_email));
    auto before = tables.members().find_by_email(newcomer.mark_email);
    if (!before) return {};
    before->mark_email = house.crypto.mark(house.identity.marks, before->id.bytes());
    return tables.members().change(*before);
}

Result<void> keep_member(Visit& visit, const Permit& permit, const MemberRow& row) {
    KITH_TRY(take_address(visit.house, visit.tables, row));
    KITH_TRY(visit.tables.members().add(row));
    return visit.record(permit, {.act = "member_enrolled",
                                 .subject = row.id.text(),
                                 .facts = {{"roles", std::to_string(row.roles.bits())}},
                                 .sealed_digests = {{"members/name", row.sealed_name.bytes}}});
}

}  // namespace

Digest email_mark(House& house, std::string_view email) {
    Bytes marked;
    append_piece(marked, as_bytes("email"));
    append_piece(marked, as_bytes(text::ascii_lower(text::tidy(email))));
    return house.crypto.mark(house.identity.marks, marked);
}

Result<void> check_password(const SecretText& password) {
    if (text::length(password.expose()) < kShortestPassword)
        return fail(Code::invalid, "the password is too short", "password");
    return {};
}

Result<Enrolled> enrol(House& house, const Actor& actor, const Newcomer& newcomer) {
    KITH_TRY(check(newcomer));
    KITH_TRY(check_password(newcomer.password));
    Made made = make_member(house, newcomer);
    KITH_TRY(visiting(house, actor, [&](Visit& visit) -> Result<void> {
        return keep_member(visit, KITH_TRY(visit.ask(Act::invite, {})), made.row);
    }));
    return std::move(made.enrolled);
}

Result<Invitation> invite(House& house, const Actor& administrator, const Newcomer& who) {
    KITH_TRY(check(who));
    ByteArray<20> secret;
    house.crypto.random(secret);
    Invitation invitation{SecretText(text::ascii_lower(to_crockford(secret))), house.clock.now() + kInvitationLasts};
    const Digest finder = house.crypto.derive("kith/invitation", as_bytes(invitation.link_secret.expose()));
    KITH_TRY(visiting(house, administrator, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::invite, {}));
        InvitationRow row;
        row.finder = finder;
        row.front_door = who.front_door;
        row.roles = who.roles;
        row.sealed_name = house.identity.papers.seal_text(text::tidy(who.name), "invitations", finder, "name");
        row.sealed_email = house.identity.papers.seal_text(who.email, "invitations", finder, "email");
        row.mark_email = email_mark(house, who.email);
        row.expires_at = invitation.expires_at;
        KITH_TRY(check_free(visit.tables, row.mark_email));
        KITH_TRY(visit.tables.members().add_invitation(row));
        return visit.record(permit, {.act = "member_invited",
                                     .facts = {{"roles", std::to_string(row.roles.bits())}},
                                     .sealed_digests = {{"invitations/name", row.sealed_name.bytes}}});
    }));
    house.notices.tell(SecretText(who.email), Notice::invitation,
                       SecretText("/invitation/" + invitation.link_secret.expose()));
    return invitation;
}

namespace {
Result<Newcomer> invited(House& house, Tables& tables, const Digest& finder, Instant now) {
    const InvitationRow row = KITH_TRY(tables.members().find_invitation(finder, now));
    const auto& papers = house.identity.papers;
    return Newcomer{KITH_TRY(papers.open_text(row.sealed_name, "invitations", finder, "name")).expose(),
                    KITH_TRY(papers.open_text(row.sealed_email, "invitations", finder, "email")).expose(),
                    row.front_door,
                    row.roles,
                    {}};
}
}  // namespace

Result<std::vector<OpenInvitation>> see_invitations(House& house, const Actor& administrator) {
    return visiting(house, administrator, [&](Visit& visit) -> Result<std::vector<OpenInvitation>> {
        const Permit permit = KITH_TRY(visit.ask(Act::invite, {}));
        std::vector<OpenInvitation> out;
        for (const InvitationRow& row : KITH_TRY(visit.tables.members().invitations(visit.now))) {
            const Newcomer who = KITH_TRY(invited(house, visit.tables, row.finder, visit.now));
            out.push_back({to_hex(row.finder), who.name, who.email, row.roles, row.expires_at});
        }
        KITH_TRY(visit.record(permit, {.act = "invitations_seen"}));
        return out;
    });
}

Result<void> take_invitation_back(House& house, const Actor& administrator, std::string_view finder) {
    Digest named{};
    const auto bytes = from_hex(finder);
    if (!bytes || bytes->size() != named.size()) return fail(Code::not_found, "no such invitation");
    std::ranges::copy(*bytes, named.begin());
    return visiting(house, administrator, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::invite, {}));
        KITH_TRY(visit.tables.members().drop_invitation(named));
        return visit.record(permit, {.act = "invitation_taken_back"});
    });
}

Result<Invited> read_invitation(House& house, const SecretText& link_secret) {
    const Digest finder = house.crypto.derive("kith/invitation", as_bytes(link_secret.expose()));
    const Instant now = house.clock.now();
    const Newcomer who =
        KITH_TRY(house.store.reading([&](Tables& tables) { return invited(house, tables, finder, now); }));
    return Invited{who.name, who.email, who.roles};
}

SecondFactor offer_second_factor(House& house, std::string_view account, std::string_view table, BytesView row,
                                 std::string_view kept) {
    const auto& papers = house.identity.papers;
    SecondFactor factor;
    const auto sealed = from_hex(kept);
    auto opened = papers.open(sealed.value_or(Bytes{}), table, row, "offered_code_secret");
    factor.secret = opened ? *std::move(opened) : house.codes.new_secret();
    factor.kept =
        opened ? std::string(kept) : to_hex(papers.seal(factor.secret.expose(), table, row, "offered_code_secret"));
    factor.uri = house.codes.otpauth_uri(factor.secret, "Kith", account);
    const std::string& uri = factor.uri.expose();
    const auto at = uri.find("secret=");
    KITH_CHECK(at != std::string::npos);
    factor.key = SecretText(uri.substr(at + 7, uri.find('&', at) - at - 7));
    return factor;
}

Result<SecondFactor> offer_to_invited(House& house, const SecretText& link_secret, std::string_view kept) {
    const Digest finder = house.crypto.derive("kith/invitation", as_bytes(link_secret.expose()));
    const Invited who = KITH_TRY(read_invitation(house, link_secret));
    return offer_second_factor(house, who.email, "invitations", finder, kept);
}

Result<Enrolled> accept_invitation(House& house, const SecretText& link_secret, const Acceptance& acceptance) {
    const Digest finder = house.crypto.derive("kith/invitation", as_bytes(link_secret.expose()));
    const Instant now = house.clock.now();
    Newcomer who = KITH_TRY(house.store.reading([&](Tables& tables) { return invited(house, tables, finder, now); }));
    const bool custodian = who.roles.has(Role::custodian);
    who.password = custodian ? generated_pass_phrase(house.crypto) : acceptance.password;
    KITH_TRY(check_password(who.password));
    SecondFactor factor = offer_second_factor(house, who.email, "invitations", finder, acceptance.kept_factor);
    if (factor.kept != acceptance.kept_factor || !house.codes.check(factor.secret, acceptance.code, now))
        return fail(Code::invalid, "not the code of that second factor", "one_time_code");
    Made made = make_member(house, who, std::move(factor.secret));
    if (custodian) made.enrolled.pass_phrase = who.password;
    KITH_TRY(house.store.write([&](Tables& tables) -> Result<void> {
        KITH_TRY(tables.members().find_invitation(finder, now));
        KITH_TRY(tables.members().drop_invitation(finder));
        KITH_TRY(take_address(house, tables, made.row));
        KITH_TRY(tables.members().add(made.row));
        return append_entry(tables, made.row.id.text(), {.act = "invitation_accepted", .subject = made.row.id.text()},
                            now, house.crypto);
    }));
    return std::move(made.enrolled);
}

Result<void> admit(House& house, const Actor& custodian, const Holder& holder, MemberId newcomer) {
    if (!holder.signing) return fail(Code::forbidden, "only a custodian signs the key list");
    const KnownList known = house.known_list();
    const auto done = visiting(house, custodian, [&](Visit& visit) -> Result<void> {
        const Permit permit = KITH_TRY(visit.ask(Act::admit_holder, {}, newcomer.text()));
        auto& registry = visit.tables.registry();
        const MemberRow row = KITH_TRY(visit.tables.members().find(newcomer));
        if (row.shut_out || row.public_key == PublicKey{}) return fail(Code::conflict, "holds no key pair");
        if (row.roles.has(Role::custodian)) {
            const RoleKeyRow key = KITH_TRY(registry.role_key(RoleKeyKind::custody, {}));
            const KeyPair pair = KITH_TRY(role_pair(visit, RoleKeyKind::custody, {}, key.generation, holder));
            KITH_TRY(hand_on(visit, pair, key, newcomer, row.public_key));
        }
        if (row.roles.has(Role::manager)) {
            // Without a duty key yet, its making hands it to every manager who is admitted by then.
            const auto key = registry.role_key(RoleKeyKind::duty, row.front_door);
            if (!key && key.error().code != Code::not_found) return Failure(key.error());
            if (key)
                KITH_TRY(hand_on(visit, KITH_TRY(duty_pair_by_custody(visit, *key, holder)), *key, newcomer,
                                 row.public_key));
        }
        const auto number = KITH_TRY(add_key_list(visit, holder, known, [&](KeyList& list) {
            list.holders[newcomer] = row.public_key;
            if (row.roles.has(Role::custodian)) list.signers[newcomer] = row.signing_key;
        }));
        return visit.record(
            permit,
            {.act = "holder_admitted", .subject = newcomer.text(), .facts = {{"key_list", std::to_string(number)}}});
    });
    if (done) house.key_list_made();
    return done;
}

Result<std::vector<MemberId>> awaiting_admission(House& house) {
    const auto verified = KITH_TRY(house.key_list());
    std::vector<MemberId> out;
    for (const MemberRow& row : KITH_TRY(house.store.reading([](Tables& tables) { return tables.members().all(); })))
        if (!row.shut_out && row.public_key != PublicKey{} && !verified->list.holders.contains(row.id))
            out.push_back(row.id);
    return out;
}

Result<SignedIn> sign_in(House& house, std::string_view email, const SecretText& password, std::string_view code) {
    const auto refused = [] { return fail(Code::invalid, "sign-in refused", "password"); };
    const Digest mark = email_mark(house, email);
    const auto found = house.store.reading([&](Tables& tables) { return tables.members().find_by_email(mark); });
    if (!found && found.error().code != Code::not_found) return Failure(found.error());
    // Unknown people cost the same run over a salt that nobody has.
    const Stretched stretched = house.crypto.stretch(password, found ? found->salt : Salt{});
    const MemberRow row = found ? *found : MemberRow{};
    const bool right = house.crypto.equal(stretched.verifier, row.verifier);
    const auto secret =
        house.identity.papers.open(row.sealed_code_secret.bytes, "members", row.id.bytes(), "code_secret");
    const auto step = house.codes.check(secret ? *secret : house.codes.new_secret(), code, house.clock.now());
    if (!found || !right || !secret || !step || row.shut_out || !house.used_codes.use(row.id, *step)) return refused();

    SignedIn out{{Actor::Kind::member, row.id, row.front_door, row.roles}, {}, std::nullopt};
    if (parties::needs_keys(row.roles)) out.holder = KITH_TRY(unlock(house.crypto, row, stretched.key));
    const Instant now = house.clock.now();
    KITH_TRY(house.store.write([&](Tables& tables) -> Result<void> {
        // A password takes its time, and somebody may have been shut out or changed theirs meanwhile.
        const MemberRow again = KITH_TRY(tables.members().find(row.id));
        if (again.shut_out || again.verifier != row.verifier) return refused();
        return append_entry(tables, row.id.text(), {.act = "signed_in", .subject = row.id.text()}, now, house.crypto);
    }));
    out.name = KITH_TRY(house.identity.papers.open_text(row.sealed_name, "members", row.id.bytes(), "name")).expose();
    // The next custodian's session after somebody left. Whatever keeps it from being done, the next one tries again.
    if (out.holder && out.holder->signing)
        if (const auto renewed = renew_after_leavers(house, out.actor, *out.holder); !renewed)
            log::warn("the keys of who left could not be renewed", {{"why", renewed.error()}});
    return out;
}

Result<std::vector<MemberView>> see_members(House& house, const Actor& actor) {
    const auto verified = house.key_list();
    return visiting(house, actor, [&](Visit& visit) -> Result<std::vector<MemberView>> {
        const Permit permit = KITH_TRY(visit.ask(Act::see_settings, {}));
        std::vector<MemberView> out;
        for (const MemberRow& row : KITH_TRY(visit.tables.members().all())) {
            const auto& papers = house.identity.papers;
            out.push_back({row.id, row.front_door,
                           KITH_TRY(papers.open_text(row.sealed_name, "members", row.id.bytes(), "name")).expose(),
                           KITH_TRY(papers.open_text(row.sealed_email, "members", row.id.bytes(), "email")).expose(),
                           row.roles, row.shut_out, row.public_key != PublicKey{},
                           verified && (*verified)->list.holders.contains(row.id),
                           verified && (*verified)->list.deputies.contains(row.id)});
        }
        KITH_TRY(visit.record(permit, {.act = "members_seen"}));
        return out;
    });
}

}  // namespace kith::app
