#include "app/copies.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "base/text.hpp"

namespace kith::app {
namespace {
constexpr std::string_view kTable = "attachments";

Bytes outer_binding(AttachmentId id, Epoch epoch) {
    Bytes out = bound_to(kTable, id.bytes(), "waiting");
    append_u64(out, static_cast<std::uint64_t>(epoch.day));
    return out;
}

Result<std::pair<FileId, Key>> open_waiting(House& house, const RecordFile& file, const AttachmentRow& row) {
    const Key epoch_key = KITH_TRY(house.epochs.read(row.waiting_epoch));
    const SecretBytes inner =
        KITH_TRY(house.crypto.open(epoch_key, row.sealed_waiting, outer_binding(row.id, row.waiting_epoch)));
    const SecretBytes plain = KITH_TRY(file.open(inner.expose(), kTable, row.id.bytes(), "waiting"));
    return std::pair(row.original, KITH_TRY(to_key(plain)));
}

/// All that is shown of a text, cut between two characters. `invalid` when it is none.
Result<std::pair<SecretText, bool>> read_text(SealedReader& from) {
    SecretText all;
    std::string& text = all.expose();
    while (text.size() <= kMostShownText) {
        const SecretBytes piece = KITH_TRY(from.next());
        if (piece.expose().empty()) {
            if (!text::is_clean_utf8(text)) return fail(Code::invalid, "not text");
            return std::pair(std::move(all), true);
        }
        text += as_text(piece.expose());
    }
    text.resize(kMostShownText);
    for (int cut = 0; cut < 4 && !text::is_clean_utf8(text); ++cut) text.pop_back();
    if (!text::is_clean_utf8(text)) return fail(Code::invalid, "not text");
    return std::pair(std::move(all), false);
}

/// Writes the copy, page behind page, each with its length before it.
Result<CopyInfo> write_copy(House& house, const AttachmentRow& row, SealedReader& from, FileId to) {
    CopyInfo info{house.crypto.random_key(), 0, 0};
    const auto writer = KITH_TRY(house.files.create(to, info.key));
    const auto take = [&](BytesView page) -> Result<void> {
        Bytes length;
        append_u32(length, static_cast<std::uint32_t>(page.size()));
        KITH_TRY(writer->write(length));
        ++info.shown;
        return writer->write(page);
    };
    if (row.kind == concerns::FileKind::text) {
        const auto [text, whole] = KITH_TRY(read_text(from));
        KITH_TRY(take(as_bytes(text.expose())));
        info.pages = whole ? 1 : 2;
    } else {
        info.pages = KITH_TRY(house.renderer.render(row.kind, from, take));
        if (info.shown == 0) return fail(Code::invalid, "nothing to show");
    }
    KITH_TRY(writer->finish());
    return info;
}
}  // namespace

Bytes seal_copy(const RecordFile& file, AttachmentId id, const CopyInfo& info) {
    SecretBytes plain;
    append_piece(plain.expose(), info.key.expose());
    append_u32(plain.expose(), info.shown);
    append_u32(plain.expose(), info.pages);
    return file.seal(plain.expose(), kTable, id.bytes(), "copy");
}

Result<CopyInfo> open_copy(const RecordFile& file, AttachmentId id, BytesView sealed) {
    const SecretBytes plain = KITH_TRY(file.open(sealed, kTable, id.bytes(), "copy"));
    ByteReader in(plain.expose());
    CopyInfo info;
    info.key = KITH_TRY(to_key(SecretBytes(to_bytes(in.piece()))));
    info.shown = in.u32();
    info.pages = in.u32();
    if (!in.at_end()) return fail(Code::betrayed, "a copy's key that does not decode");
    return info;
}

Bytes seal_waiting(const RecordFile& file, Cryptography& crypto, AttachmentId id, Epoch epoch, const Key& epoch_key,
                   const Original& original) {
    const Bytes inner = file.seal(original.key.expose(), kTable, id.bytes(), "waiting");
    return crypto.seal(epoch_key, inner, outer_binding(id, epoch));
}

std::optional<AttachmentRow> Copies::claim() {
    // Read under the lock: what another maker has just finished is not taken for waiting.
    const std::lock_guard lock(mutex_);
    const auto waiting = house_.store.reading([](Tables& tables) { return tables.attachments().waiting(); });
    if (!waiting) return std::nullopt;
    for (const AttachmentRow& row : *waiting)
        if (claimed_.insert(row.id).second) return row;
    return std::nullopt;
}

Result<bool> Copies::make_one() {
    const auto row = claim();
    if (!row) return false;
    const auto made = make(*row);
    const std::lock_guard lock(mutex_);
    claimed_.erase(row->id);
    if (!made) return Failure(made.error());
    return true;
}

Result<void> Copies::make(const AttachmentRow& row) {
    const ConcernRow concern =
        KITH_TRY(house_.store.reading([&](Tables& tables) { return tables.concerns().find(row.concern); }));
    const RecordFile file =
        KITH_TRY(house_.identity.keys.open_file(concern.sealed_record_key, concern.concern.id.bytes()));
    const FileId to = house_.crypto.random_id<FileId>();
    const auto info = [&]() -> Result<CopyInfo> {
        const auto [original, key] = KITH_TRY(open_waiting(house_, file, row));
        const auto from = KITH_TRY(house_.files.open(original, key));
        return write_copy(house_, row, *from, to);
    }();
    // Nobody decodes, or the disk or the epoch keys are away, now: it goes on waiting.
    if (!info && info.error().code == Code::unavailable) return Failure(info.error());
    if (!info && info.error().code == Code::betrayed)
        log::warn("a sealed file does not open", {{"attachment", row.id}, {"why", info.error()}});
    const bool kept = KITH_TRY(keep(row, info ? std::optional(std::pair(to, *info)) : std::nullopt));
    if (info && !kept) remove_files(house_, {to});
    return {};
}

/// False when it waited no longer: it was quarantined meanwhile.
Result<bool> Copies::keep(const AttachmentRow& was, const std::optional<std::pair<FileId, CopyInfo>>& made) {
    const Actor machine = Actor::machine();
    return visiting(house_, machine, [&](Visit& visit) -> Result<bool> {
        AttachmentRow row = KITH_TRY(visit.tables.attachments().find(was.id));
        if (row.state != CopyState::waiting) return false;
        const ConcernRow concern = KITH_TRY(visit.tables.concerns().find(row.concern));
        row.state = made ? CopyState::shown : CopyState::not_shown;
        row.sealed_waiting.clear();
        row.waiting_epoch = {};
        if (made) {
            row.copy = made->first;
            row.sealed_copy = seal_copy(KITH_TRY(visit.file_of(concern)), row.id, made->second);
        }
        KITH_TRY(visit.tables.attachments().change(row));
        KITH_TRY(append_entry(visit.tables, machine.name(),
                              {.act = "copy_made",
                               .subject = row.concern.text(),
                               .pack = concern.concern.pack,
                               .facts = {{"file", row.id.text()}, {"shown", made ? "yes" : "no"}},
                               .sealed_digests = {{"attachments/copy", row.sealed_copy}}},
                              visit.now, house_.crypto));
        visit.queue_changed(concern.concern.front_door);
        return true;
    });
}

Result<void> give_up_waiting(House& house, Epoch epoch) {
    return house.store.writing([&](Tables& tables) -> Result<void> {
        for (AttachmentRow& row : KITH_TRY(tables.attachments().waiting())) {
            if (row.waiting_epoch >= epoch) continue;
            row.state = CopyState::not_shown;
            row.sealed_waiting.clear();
            row.waiting_epoch = {};
            KITH_TRY(tables.attachments().change(row));
        }
        return {};
    });
}

}  // namespace kith::app
