#include "app/drafts.hpp"

#include "base/text.hpp"

namespace kith::app {
namespace {
constexpr std::uint32_t kVersion = 2;  // 1 did not ask whether they told us before, nor for files
// Sealed drafts come in steps of this many bytes, so that their size does not tell how much was typed.
constexpr std::size_t kStep = 8192;

Bytes encode(const Draft& draft) {
    Bytes out;
    append_u32(out, kVersion);
    append_piece(out, draft.front_door.bytes());
    append_piece(out, concerns::encode(draft.account));
    append_piece(out, concerns::encode(draft.contact));
    for (const bool yes : {draft.naming.person, draft.naming.organisation}) append_u32(out, yes ? 1 : 0);
    append_u32(out, static_cast<std::uint32_t>(draft.emergency));
    append_u32(out, static_cast<std::uint32_t>(draft.stay));
    append_u32(out, static_cast<std::uint32_t>(draft.teller));
    append_piece(out, as_bytes(draft.must_not_see));
    append_u32(out, draft.told_before ? 1 : 0);
    append_piece(out, as_bytes(draft.earlier_code));
    append_u32(out, static_cast<std::uint32_t>(draft.passed.size()));
    for (const auto& name : draft.passed) append_piece(out, as_bytes(name));
    append_u32(out, static_cast<std::uint32_t>(draft.files.size()));
    for (const auto& file : draft.files) append_original(out, file);
    const std::size_t full = (out.size() + 4 + kStep - 1) / kStep * kStep;
    append_piece(out, Bytes(full - out.size() - 4));
    return out;
}

Result<Draft> decode(BytesView bytes) {
    const auto refused = [] { return fail(Code::betrayed, "a draft that does not decode"); };
    ByteReader in(bytes);
    const auto version = in.u32();
    if (version != 1 && version != kVersion) return refused();
    Draft draft;
    draft.front_door = KITH_TRY(FrontDoorId::from(in.piece()));
    draft.account = KITH_TRY(concerns::decode(in.piece()));
    draft.contact = KITH_TRY(concerns::decode_contact(in.piece()));
    draft.naming.person = in.u32() == 1;
    draft.naming.organisation = in.u32() == 1;
    const auto emergency = in.u32(), stay = in.u32(), teller = in.u32();
    if (emergency > static_cast<std::uint32_t>(Emergency::will_ring) || stay > 1 || teller > 1) return refused();
    draft.emergency = static_cast<Emergency>(emergency);
    draft.stay = static_cast<Stay>(stay);
    draft.teller = static_cast<Teller>(teller);
    draft.must_not_see = in.text();
    draft.told_before = version == kVersion && in.u32() == 1;
    if (version == kVersion) draft.earlier_code = in.text();
    for (auto n = std::min(in.u32(), 100U); n > 0 && in.ok(); --n) draft.passed.insert(in.text());
    const auto files = version == kVersion ? in.u32() : 0;
    if (files > concerns::kMostFiles) return refused();
    for (std::uint32_t i = 0; i < files; ++i) draft.files.push_back(KITH_TRY(read_original(in)));
    in.piece();
    if (!in.at_end()) return refused();
    return draft;
}

Result<Instant> expires_at(House& house, Tables& tables, FrontDoorId front_door, Instant now) {
    const Actor anyone = Actor::anyone();
    Visit visit(house, tables, anyone, now);
    return KITH_TRY(visit.questions(front_door)).draft_expires_at(now).value_or(now + std::chrono::hours(24));
}

Result<Draft> find(House& house, Tables& tables, const DraftKey& key, Instant now) {
    return key.open(house.crypto, KITH_TRY(tables.drafts().find(key.finder(house.crypto), now)));
}

Result<void> put(House& house, Tables& tables, const DraftKey& key, const Draft& draft, Instant now) {
    const Instant until = KITH_TRY(expires_at(house, tables, draft.front_door, now));
    for (const auto& file : draft.files) KITH_TRY(tables.attachments().move_draft_file(file.file, until));
    return tables.drafts().put(key.finder(house.crypto), key.seal(house.crypto, draft), until);
}

Telling telling_of(const Draft& draft, const ByteArray<32>& once) {
    Telling telling;
    telling.front_door = draft.front_door;
    telling.account = draft.account;
    telling.contact = draft.contact;
    // Nobody can be named whose name was left out.
    if (!draft.contact.is_anonymous()) telling.naming = draft.naming;
    const bool danger = draft.emergency == Emergency::rung || draft.emergency == Emergency::will_ring;
    telling.danger = danger ? concerns::DangerMark::by_reporter : concerns::DangerMark::none;
    telling.contact.under_18 = draft.teller == Teller::young;
    telling.earlier = {draft.told_before, draft.earlier_code};
    telling.must_not_see = draft.must_not_see;
    telling.files = draft.files;
    telling.once = once;
    return telling;
}
}  // namespace

DraftKey DraftKey::create(Cryptography& crypto) {
    DraftKey key;
    crypto.random(key.bytes_.expose());
    return key;
}

DraftKey DraftKey::of(const ByteArray<32>& bytes) {
    DraftKey key;
    key.bytes_ = Key(bytes);
    return key;
}

Result<DraftKey> DraftKey::parse(std::string_view text) {
    const auto bytes = from_hex(text);
    if (!bytes || bytes->size() != 32) return fail(Code::not_found, "not a draft's key");
    DraftKey key;
    std::ranges::copy(*bytes, key.bytes_.expose().begin());
    return key;
}

std::string DraftKey::text() const { return to_hex(bytes_.expose()); }
Digest DraftKey::finder(Cryptography& crypto) const { return crypto.derive("kith/draft/finder", bytes_.expose()); }
ByteArray<32> DraftKey::once(Cryptography& crypto) const { return crypto.derive("kith/draft/once", bytes_.expose()); }
std::string DraftKey::form_token(Cryptography& crypto) const {
    return to_hex(crypto.derive("kith/draft/form-token", bytes_.expose()));
}

Bytes DraftKey::seal(Cryptography& crypto, const Draft& draft) const {
    const Key key(crypto.derive("kith/draft/key", bytes_.expose()));
    return crypto.seal(key, encode(draft), bound_to("drafts", finder(crypto), "draft"));
}

Result<Draft> DraftKey::open(Cryptography& crypto, BytesView sealed) const {
    const Key key(crypto.derive("kith/draft/key", bytes_.expose()));
    return decode(KITH_TRY(crypto.open(key, sealed, bound_to("drafts", finder(crypto), "draft"))).expose());
}

Result<void> begin_draft(House& house, const DraftKey& key, const Draft& draft) {
    const Instant now = house.clock.now();
    return house.store.writing([&](Tables& tables) -> Result<void> {
        if (find(house, tables, key, now)) return fail(Code::conflict, "this browser has a draft");
        return put(house, tables, key, draft, now);
    });
}

Result<Draft> read_draft(House& house, const DraftKey& key) {
    const Instant now = house.clock.now();
    return house.store.reading([&](Tables& tables) { return find(house, tables, key, now); });
}

Result<Draft> change_draft(House& house, const DraftKey& key, const std::function<void(Draft&)>& change) {
    const Instant now = house.clock.now();
    return house.store.writing([&](Tables& tables) -> Result<Draft> {
        Draft draft = KITH_TRY(find(house, tables, key, now));
        change(draft);
        KITH_TRY(put(house, tables, key, draft, now));
        return draft;
    });
}

Result<void> add_to_draft(House& house, const DraftKey& key, const Original& file) {
    const Instant now = house.clock.now();
    return house.store.writing([&](Tables& tables) -> Result<void> {
        Draft draft = KITH_TRY(find(house, tables, key, now));
        if (draft.files.size() >= concerns::kMostFiles) return fail(Code::conflict, "as many files as there may be");
        draft.files.push_back(file);
        KITH_TRY(
            tables.attachments().add_draft_file(file.file, KITH_TRY(expires_at(house, tables, draft.front_door, now))));
        return put(house, tables, key, draft, now);
    });
}

Result<void> drop_draft(House& house, const DraftKey& key) {
    const Instant now = house.clock.now();
    std::vector<FileId> unsent;
    KITH_TRY(house.store.writing([&](Tables& tables) -> Result<void> {
        unsent.clear();
        // A draft that does not open is dropped all the same; its files run out by themselves.
        if (const auto draft = find(house, tables, key, now))
            for (const auto& file : draft->files)
                if (KITH_TRY(tables.attachments().drop_draft_file(file.file))) unsent.push_back(file.file);
        return tables.drafts().drop(key.finder(house.crypto));
    }));
    remove_files(house, unsent);
    return {};
}

Result<Receipt> send_draft(House& house, const DraftKey& key) {
    const auto once = key.once(house.crypto);
    const auto draft = read_draft(house, key);
    if (!draft && draft.error().code == Code::not_found) return earlier_receipt(house, once);
    if (!draft) return Failure(draft.error());
    if (draft->emergency == Emergency::holding) return fail(Code::invalid, "an emergency holds the form", "rung_999");
    const Receipt receipt = KITH_TRY(report_worry(house, telling_of(*draft, once)));
    // The worry is taken; a draft that cannot be dropped now expires, and sent again it finds this receipt.
    static_cast<void>(drop_draft(house, key));
    return receipt;
}

Result<Receipt> receipt_of(House& house, const DraftKey& key) { return earlier_receipt(house, key.once(house.crypto)); }

}  // namespace kith::app
