#include "adapters/sqlite/members.hpp"

#include "adapters/sqlite/access.hpp"
#include "adapters/sqlite/words.hpp"

namespace kith::sqlite {
namespace {

using app::InvitationRow;
using app::MemberRow;

struct StoredMember {
    MemberId id;
    std::optional<FrontDoorId> front_door;
    std::string roles;
    bool shut_out;
    Sealed<std::string> sealed_name, sealed_email;
    app::Digest mark_email;
    app::Salt salt;
    ByteArray<32> verifier;
    Sealed<Bytes> sealed_code_secret;
    app::PublicKey public_key, signing_key;
    Bytes sealed_private, sealed_private_recovery;
    app::Salt recovery_salt;
};

struct StoredInvitation {
    app::Digest finder;
    std::optional<FrontDoorId> front_door;
    std::string roles;
    Sealed<std::string> sealed_name, sealed_email;
    app::Digest mark_email;
    Instant expires_at;
};

struct StoredShift {
    MemberId member;
    std::string seat;
    Instant from, until;
};

parties::Roles to_roles(std::string_view stored, Decoded& decoded) {
    unsigned bits = 0;
    for (const parties::Role role : decoded.words(stored, &parties::role_named)) bits |= parties::Roles{role}.bits();
    return parties::Roles::from_bits(bits);
}

Result<MemberRow> to_row(StoredMember stored) {
    Decoded decoded;
    MemberRow row;
    row.id = stored.id;
    row.front_door = stored.front_door.value_or(FrontDoorId());
    row.roles = to_roles(stored.roles, decoded);
    row.shut_out = stored.shut_out;
    row.sealed_name = std::move(stored.sealed_name);
    row.sealed_email = std::move(stored.sealed_email);
    row.mark_email = stored.mark_email;
    row.salt = stored.salt;
    row.verifier = stored.verifier;
    row.sealed_code_secret = std::move(stored.sealed_code_secret);
    row.public_key = stored.public_key;
    row.signing_key = stored.signing_key;
    row.sealed_private = std::move(stored.sealed_private);
    row.sealed_private_recovery = std::move(stored.sealed_private_recovery);
    row.recovery_salt = stored.recovery_salt;
    return decoded.checked(std::move(row));
}

Result<InvitationRow> to_invitation(StoredInvitation stored) {
    Decoded decoded;
    InvitationRow row{stored.finder,
                      stored.front_door.value_or(FrontDoorId()),
                      to_roles(stored.roles, decoded),
                      std::move(stored.sealed_name),
                      std::move(stored.sealed_email),
                      stored.mark_email,
                      stored.expires_at};
    return decoded.checked(std::move(row));
}

Result<parties::Shift> to_shift(StoredShift stored) {
    Decoded decoded;
    const parties::Shift shift{stored.member, decoded.word(parties::seat_named(stored.seat)), stored.from,
                               stored.until};
    return decoded.checked(shift);
}

// Calls `query(columns...)` with every column, in their order.
template <class F>
Result<void> with_columns(const MemberRow& row, F query) {
    return query(row.id, unless_zero(row.front_door), joined(row.roles.list()), row.shut_out, row.sealed_name,
                 row.sealed_email, row.mark_email, row.salt, row.verifier, row.sealed_code_secret, row.public_key,
                 row.signing_key, row.sealed_private, row.sealed_private_recovery, row.recovery_salt);
}

}  // namespace

Result<void> SqliteMembers::add(const MemberRow& row) {
    return with_columns(row,
                        [&](const auto&... columns) { return sqlite::change(database_, "add_member", columns...); });
}

Result<MemberRow> SqliteMembers::find(MemberId id) {
    return to_row(KITH_TRY(find_one<StoredMember>(database_, "member_by_id", id)));
}

Result<MemberRow> SqliteMembers::find_by_email(const app::Digest& mark) {
    return to_row(KITH_TRY(find_one<StoredMember>(database_, "member_by_email", mark)));
}

Result<std::vector<MemberRow>> SqliteMembers::all() { return find_all<StoredMember>(database_, "members_all", to_row); }

Result<void> SqliteMembers::change(const MemberRow& row) {
    return with_columns(row,
                        [&](const auto&... columns) { return change_one(database_, "change_member", columns...); });
}

Result<void> SqliteMembers::add_invitation(const InvitationRow& row) {
    return sqlite::change(database_, "add_invitation", row.finder, unless_zero(row.front_door),
                          joined(row.roles.list()), row.sealed_name, row.sealed_email, row.mark_email, row.expires_at);
}

Result<InvitationRow> SqliteMembers::find_invitation(const app::Digest& finder, Instant now) {
    return to_invitation(KITH_TRY(find_one<StoredInvitation>(database_, "invitation_by_finder", finder, now)));
}

Result<void> SqliteMembers::drop_invitation(const app::Digest& finder) {
    return sqlite::change(database_, "drop_invitation", finder);
}

Result<std::vector<InvitationRow>> SqliteMembers::invitations(Instant now) {
    return find_all<StoredInvitation>(database_, "invitations_open", to_invitation, now);
}

Result<void> SqliteMembers::put_rota(FrontDoorId front_door, Instant from, const std::vector<parties::Shift>& shifts) {
    for (const parties::Shift& shift : shifts)
        if (shift.until <= from) return fail(Code::invalid, "a shift ends before the rota begins");
    return together(database_, [&]() -> Result<void> {
        KITH_TRY(sqlite::change(database_, "drop_shifts_ending_after", front_door, from));
        for (const parties::Shift& shift : shifts)
            KITH_TRY(sqlite::change(database_, "add_shift", front_door, shift.member, name_of(shift.seat), shift.from,
                                    shift.until));
        return {};
    });
}

Result<std::vector<parties::Shift>> SqliteMembers::rota(FrontDoorId front_door, Instant from, Instant until) {
    return find_all<StoredShift>(database_, "shifts_between", to_shift, front_door, from, until);
}

}  // namespace kith::sqlite
