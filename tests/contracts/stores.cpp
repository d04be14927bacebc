#include "contracts/stores.hpp"

#include "contracts/sqlite_ground.hpp"

namespace kith::contracts {

std::vector<StoreKind> every_store() {
    return {{"sqlite", [] { return std::make_unique<SqliteGround>(); }}};
}

ByteArray<32> plain_digest(BytesView bytes) {
    ByteArray<32> out{};
    std::uint64_t sum = 1469598103934665603ULL;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        sum = (sum ^ bytes[i]) * 1099511628211ULL;
        out[i % out.size()] = static_cast<Byte>(out[i % out.size()] ^ (sum >> 32U));
    }
    return out;
}

void Contract::SetUp() {
    const auto ready = write([&](app::Tables& tables) -> Result<void> {
        KITH_TRY(tables.registry().add_front_door({door, "plymouth", "plymouth-cspp", true}));
        KITH_TRY(tables.registry().add_front_door({other_door, "hackney", "hackney-cspp", false}));
        unsigned n = 20;
        for (const MemberId& member : {ann, ben, cal})
            KITH_TRY(tables.members().add(member_row(member, door, n += 10)));
        return {};
    });
    ASSERT_TRUE(ready) << ready.error().what;
}

app::MemberRow member_row(MemberId member, FrontDoorId front_door, unsigned n) {
    app::MemberRow row;
    row.id = member;
    row.front_door = front_door;
    row.roles = {parties::Role::manager, parties::Role::auditor};
    row.shut_out = true;
    row.sealed_name = {blob(n)};
    row.sealed_email = {blob(n + 1)};
    row.mark_email = filled<32>(n + 2);
    row.salt = filled<16>(n + 3);
    row.verifier = filled<32>(n + 4);
    row.sealed_code_secret = {blob(n + 5)};
    row.public_key = filled<32>(n + 6);
    row.signing_key = filled<32>(n + 7);
    row.sealed_private = blob(n + 8);
    row.sealed_private_recovery = blob(n + 9);
    row.recovery_salt = filled<16>(n + 10);
    return row;
}

app::ConcernRow bare_concern(unsigned n, FrontDoorId front_door) {
    app::ConcernRow row;
    row.concern.id = id<ConcernId>(n);
    row.concern.front_door = front_door;
    row.concern.reference = "W-" + std::to_string(n);
    row.concern.received_at = at(n);
    return row;
}

app::ConcernRow full_concern(unsigned n, FrontDoorId front_door, MemberId a, MemberId b, MemberId c) {
    app::ConcernRow row = bare_concern(n, front_door);
    concerns::Concern& concern = row.concern;
    concern.subject = concerns::Subject::place;
    concern.channel = concerns::Channel::telephone;
    concern.pack = "plymouth-cspp@2026-06";
    concern.stage = concerns::Stage::decided;
    concern.danger = concerns::DangerMark::by_call_taker;
    concern.incomplete = true;
    concern.way_in_missing = true;
    concern.reply_due_at = at(1001);
    concern.handed_over_at = at(1002);
    concern.taken_by = a;
    concern.with = b;
    concern.more_asked_at = at(1003);
    concern.decide_anyway_at = at(1004);
    concern.decision = {concerns::Outcome::act, {concerns::Action::early_help, concerns::Action::police_now}};
    concern.decided_by = c;
    concern.decided_at = at(1005);
    concern.answered_at = at(1006);
    concern.answered_by = concerns::AnswerMeans::ring_back;
    concern.form = concerns::WrittenForm::received;
    concern.form_due_at = at(1007);
    concern.revision = 41;
    row.sealed_record_key = {blob(n)};
    row.key_generation = 3;
    row.sealed_account = {blob(n + 1, 3000)};
    row.sealed_source = Sealed<std::string>{blob(n + 2)};
    row.last_typed_at = at(1008);
    row.naming_person = 1;
    row.naming_organisation = 2;
    return row;
}

}  // namespace kith::contracts
