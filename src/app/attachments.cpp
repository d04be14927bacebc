#include "app/attachments.hpp"

#include <algorithm>

#include "app/contact.hpp"
#include "app/copies.hpp"
#include "app/grounds.hpp"
#include "app/role_keys.hpp"
#include "base/text.hpp"

namespace kith::app {
namespace {
constexpr std::size_t kMostWhy = 1000;

AttachmentLine line_of(const AttachmentRow& row) { return {row.id, row.kind, row.state}; }

/// A concern and one of its files, both as this asker may have them.
struct Asked {
    ConcernRow concern;
    AttachmentRow row;
    Permit permit;
};
Result<Asked> ask_for(Visit& visit, Act act, ConcernId id, AttachmentId attachment) {
    ConcernRow concern = KITH_TRY(visit.tables.concerns().find(id));
    const Permit permit = KITH_TRY(visit.ask(act, KITH_TRY(visit.facts_of(concern)), id.text()));
    AttachmentRow row = KITH_TRY(visit.tables.attachments().find(attachment));
    if (row.concern != id) return fail(Code::not_found, "a file of another worry");
    return Asked{std::move(concern), std::move(row), permit};
}

/// Read once the entry is on disk: a long file would hold up the one writer. Pages lie one behind another.
Result<SecretBytes> page_of(House& house, const AttachmentRow& row, const CopyInfo& info, std::uint32_t wanted) {
    if (!row.copy) return fail(Code::not_found, "no copy");
    const auto reader = KITH_TRY(house.files.open(*row.copy, info.key));
    SecretBytes held;
    Bytes& bytes = held.expose();
    const auto fill = [&](std::size_t size) -> Result<void> {
        while (bytes.size() < size) {
            const SecretBytes piece = KITH_TRY(reader->next());
            if (piece.expose().empty()) return fail(Code::betrayed, "a copy ends too early");
            append(bytes, piece.expose());
        }
        return {};
    };
    for (std::uint32_t page = 1;; ++page) {
        KITH_TRY(fill(4));
        const std::size_t size = ByteReader(bytes).u32();
        bytes.erase(bytes.begin(), bytes.begin() + 4);
        KITH_TRY(fill(size));
        const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(size);
        if (page == wanted) return SecretBytes(Bytes(bytes.begin(), end));
        bytes.erase(bytes.begin(), end);
    }
}

Result<void> record(Visit& visit, const Asked& asked, Words act,
                    std::vector<std::pair<std::string, std::string>> facts) {
    const concerns::Concern& concern = asked.concern.concern;
    facts.insert(facts.begin(), {"file", asked.row.id.text()});
    return visit.record(asked.permit, {.act = act,
                                       .subject = concern.id.text(),
                                       .clauses = KITH_TRY(visit.questions(concern.front_door)).who_decides().clauses(),
                                       .pack = concern.pack,
                                       .facts = std::move(facts)});
}
}  // namespace

Result<std::vector<std::pair<std::string, Bytes>>> put_attachments(Visit& visit, const concerns::Concern& concern,
                                                                   const RecordFile& file,
                                                                   const std::vector<Original>& files,
                                                                   std::uint32_t vault_number, const Key& identity,
                                                                   const std::pair<Epoch, std::optional<Key>>& epoch) {
    Cryptography& crypto = visit.house.crypto;
    std::vector<std::pair<std::string, Bytes>> digests;
    for (const Original& original : files) {
        if (!KITH_TRY(visit.tables.attachments().drop_draft_file(original.file))) continue;
        AttachmentRow row;
        row.id = crypto.random_id<AttachmentId>();
        row.concern = concern.id;
        row.vault_number = vault_number;
        row.original = original.file;
        row.kind = original.kind;
        row.sealed_original =
            seal_original(crypto, visit.vault_place(concern), vault_number, row.id, identity, original);
        // Without an epoch key no copy is made, rather than leave what opens it where a backup goes.
        row.state = epoch.second ? CopyState::waiting : CopyState::not_shown;
        if (epoch.second) {
            row.waiting_epoch = epoch.first;
            row.sealed_waiting = seal_waiting(file, crypto, row.id, epoch.first, *epoch.second, original);
        }
        KITH_TRY(visit.tables.attachments().add(row));
        digests.emplace_back("attachments/original", row.sealed_original);
    }
    if (!digests.empty()) visit.files_wait();
    return digests;
}

Result<std::vector<AttachmentLine>> attachment_lines(Visit& visit, ConcernId concern) {
    std::vector<AttachmentLine> out;
    for (const AttachmentRow& row : KITH_TRY(visit.tables.attachments().of(concern))) out.push_back(line_of(row));
    return out;
}

Result<FileView> see_file(House& house, const Actor& actor, ConcernId concern, AttachmentId id) {
    std::optional<std::pair<AttachmentRow, CopyInfo>> text;
    FileView view = KITH_TRY(visiting(house, actor, [&](Visit& visit) -> Result<FileView> {
        text.reset();
        const Asked asked = KITH_TRY(ask_for(visit, Act::see_file, concern, id));
        FileView out{asked.concern.concern, line_of(asked.row), 0, 0, 0, {}, false};
        const VaultRow vault = KITH_TRY(visit.tables.vault().find(concern, asked.row.vault_number));
        out.way_in_open = KITH_TRY(visit.facts_of(asked.concern)).way_in_open && !vault.wrap_duty.empty();
        const auto all = KITH_TRY(visit.tables.attachments().of(concern));
        out.number = static_cast<std::size_t>(std::ranges::find(all, id, &AttachmentRow::id) - all.begin()) + 1;
        if (asked.row.state == CopyState::shown) {
            const auto info = KITH_TRY(open_copy(KITH_TRY(visit.file_of(asked.concern)), id, asked.row.sealed_copy));
            out.shown = info.shown;
            out.pages = info.pages;
            if (asked.row.kind == concerns::FileKind::text) text.emplace(asked.row, info);
        }
        KITH_TRY(record(visit, asked, "file_seen", {}));
        return out;
    }));
    if (text) view.text = as_text(KITH_TRY(page_of(house, text->first, text->second, 1)).expose());
    return view;
}

Result<SecretBytes> see_page(House& house, const Actor& actor, ConcernId concern, AttachmentId id, std::uint32_t page) {
    using Copy = std::pair<AttachmentRow, CopyInfo>;
    const Copy copy = KITH_TRY(visiting(house, actor, [&](Visit& visit) -> Result<Copy> {
        const Asked asked = KITH_TRY(ask_for(visit, Act::see_file, concern, id));
        if (asked.row.state != CopyState::shown || asked.row.kind == concerns::FileKind::text)
            return fail(Code::not_found, "no picture of it");
        const auto info = KITH_TRY(open_copy(KITH_TRY(visit.file_of(asked.concern)), id, asked.row.sealed_copy));
        if (page == 0 || page > info.shown) return fail(Code::not_found, "no such page");
        KITH_TRY(record(visit, asked, "page_seen", {{"page", std::to_string(page)}}));
        return Copy(asked.row, info);
    }));
    return page_of(house, copy.first, copy.second, page);
}

Result<void> quarantine(House& house, const Actor& actor, ConcernId concern, AttachmentId id, std::string_view why) {
    if (!text::is_clean_utf8(why)) return fail(Code::invalid, "not text", "quarantine_why");
    if (text::length(why) > kMostWhy) return fail(Code::invalid, "too long", "quarantine_why");
    return visiting(house, actor, [&](Visit& visit) -> Result<void> {
        Asked asked = KITH_TRY(ask_for(visit, Act::quarantine_file, concern, id));
        if (asked.row.state == CopyState::quarantined) return {};
        if (asked.row.copy) visit.remove_file(*asked.row.copy);
        asked.row.state = CopyState::quarantined;
        asked.row.copy.reset();
        asked.row.sealed_copy.clear();
        asked.row.sealed_waiting.clear();
        asked.row.waiting_epoch = {};
        KITH_TRY(visit.tables.attachments().change(asked.row));
        const auto file = KITH_TRY(visit.file_of(asked.concern));
        const NoteRow note{concern,   NoteKind::quarantine,
                           visit.now, actor.member,
                           "",        file.seal_text(text::tidy(why), "notes", concern.bytes(), "text")};
        KITH_TRY(visit.tables.concerns().add_note(note));
        return visit.record(asked.permit, {.act = "file_quarantined",
                                           .subject = concern.text(),
                                           .pack = asked.concern.concern.pack,
                                           .facts = {{"file", id.text()}},
                                           .sealed_digests = {{"notes/text", note.sealed_text.bytes}}});
    });
}

namespace {
Result<SecretBytes> whole(House& house, const Original& original) {
    const auto reader = KITH_TRY(house.files.open(original.file, original.key));
    SecretBytes all;
    all.expose().reserve(original.size);
    while (true) {
        const SecretBytes piece = KITH_TRY(reader->next());
        if (piece.expose().empty()) break;
        append(all.expose(), piece.expose());
    }
    if (house.crypto.sha256(all.expose()) != original.sha256)
        return fail(Code::betrayed, "an original is not what came in");
    return all;
}
}  // namespace

Result<OpenedOriginal> see_original(House& house, const Actor& manager, const Holder& holder, ConcernId concern,
                                    AttachmentId id) {
    const Original original = KITH_TRY(visiting(house, manager, [&](Visit& visit) -> Result<Original> {
        const Asked asked = KITH_TRY(ask_for(visit, Act::open_original, concern, id));
        if (asked.row.state == CopyState::quarantined) return fail(Code::not_found, "shut away");
        const Key identity = KITH_TRY(identity_on_way_in(visit, asked.concern.concern, asked.row.vault_number, holder));
        Original out = KITH_TRY(open_original(house.crypto, visit.vault_place(asked.concern.concern),
                                              asked.row.vault_number, id, identity, asked.row.sealed_original));
        KITH_TRY(record(visit, asked, "original_opened", {{"way", "duty"}}));
        return out;
    }));
    return OpenedOriginal{original.name, original.kind, KITH_TRY(whole(house, original))};
}

Result<OpenedOriginal> open_original_afterwards(House& house, const Actor& custodian, const Holder& holder,
                                                OpeningId id) {
    const Original original = KITH_TRY(visiting(house, custodian, [&](Visit& visit) -> Result<Original> {
        AgreedOpening agreed = KITH_TRY(agreed_opening(visit, id));
        if (!agreed.grounds.original) return fail(Code::not_found, "agreed to for who told and not for a file");
        const concerns::Concern& concern = agreed.concern.concern;
        const AttachmentRow row = KITH_TRY(visit.tables.attachments().find(*agreed.grounds.original));
        if (row.concern != concern.id || row.state == CopyState::quarantined) return fail(Code::not_found, "shut away");
        const VaultPlace place = visit.vault_place(concern);
        const VaultRow vault = KITH_TRY(visit.tables.vault().find(concern.id, row.vault_number));
        const KeyPair custody = KITH_TRY(role_pair(visit, RoleKeyKind::custody, {}, vault.custody_generation, holder));
        const Key identity = KITH_TRY(identity_by_custody(house.crypto, place, vault, custody));
        Original out =
            KITH_TRY(open_original(house.crypto, place, row.vault_number, row.id, identity, row.sealed_original));
        // Whatever keeps it from being read now is found before the opening is used up.
        KITH_TRY(house.files.open(out.file, out.key));
        KITH_TRY(use_up(visit, std::move(agreed), "original_opened"));
        return out;
    }));
    return OpenedOriginal{original.name, original.kind, KITH_TRY(whole(house, original))};
}

}  // namespace kith::app
