#include "app/draft_files.hpp"

#include <algorithm>

namespace kith::app {

IncomingFile::IncomingFile(House& house, DraftKey key, std::string_view name) : house_(house), draft_(std::move(key)) {
    original_.file = house.crypto.random_id<FileId>();
    original_.key = house.crypto.random_key();
    original_.name = concerns::file_name(name);
}

Result<std::unique_ptr<IncomingFile>> IncomingFile::begin(House& house, const DraftKey& key, std::string_view name) {
    const Draft draft = KITH_TRY(read_draft(house, key));
    if (draft.files.size() >= concerns::kMostFiles) return fail(Code::conflict, "as many files as there may be");
    return std::unique_ptr<IncomingFile>(new IncomingFile(house, key, name));
}

Result<void> IncomingFile::open() {
    const auto kind = concerns::kind_of(first_.expose());
    if (first_.expose().empty()) return fail(Code::invalid, "an empty file");
    if (!kind) return fail(Code::invalid, "a kind of file that is not taken");
    original_.kind = *kind;
    writer_ = KITH_TRY(house_.files.create(original_.file, original_.key));
    return writer_->write(first_.expose());
}

Result<void> IncomingFile::write(BytesView piece) {
    size_ += piece.size();
    if (size_ > concerns::kMostFileBytes) return fail(Code::too_large, "a file is too large");
    if (!writer_) {
        const auto take = std::min(piece.size(), concerns::kTellingBytes - first_.expose().size());
        append(first_.expose(), piece.first(take));
        if (first_.expose().size() < concerns::kTellingBytes) return {};
        KITH_TRY(open());
        piece = piece.subspan(take);
    }
    return writer_->write(piece);
}

Result<void> IncomingFile::keep() {
    if (!writer_) KITH_TRY(open());
    const Written written = KITH_TRY(writer_->finish());
    original_.size = written.size;
    original_.sha256 = written.sha256;
    const auto named = add_to_draft(house_, draft_, original_);
    if (!named) remove_files(house_, {original_.file});
    return named;
}

Result<void> take_away(House& house, const DraftKey& key, FileId file) {
    bool there = false;
    KITH_TRY(change_draft(house, key, [&](Draft& draft) {
        there = std::erase_if(draft.files, [&](const Original& one) { return one.file == file; }) != 0;
    }));
    if (!there) return {};
    const bool named =
        KITH_TRY(house.store.writing([&](Tables& tables) { return tables.attachments().drop_draft_file(file); }));
    if (named) remove_files(house, {file});
    return {};
}

Result<std::size_t> end_drafts(House& house) {
    const Instant now = house.clock.now();
    std::vector<FileId> files;
    const std::size_t ended = KITH_TRY(house.store.writing([&](Tables& tables) -> Result<std::size_t> {
        files = KITH_TRY(tables.attachments().expired_draft_files(now));
        for (const FileId& file : files) KITH_TRY(tables.attachments().drop_draft_file(file));
        return tables.drafts().drop_expired(now);
    }));
    remove_files(house, files);
    return ended;
}

Result<std::size_t> remove_orphans(House& house) {
    auto named = KITH_TRY(house.store.reading([](Tables& tables) { return tables.attachments().every_file(); }));
    std::ranges::sort(named);
    std::vector<FileId> orphans;
    for (const FileId& file : KITH_TRY(house.files.list()))
        if (!std::ranges::binary_search(named, file)) orphans.push_back(file);
    remove_files(house, orphans);
    return orphans.size();
}

}  // namespace kith::app
