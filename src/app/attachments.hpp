// Pictures and documents of a worry, once it is taken. Staff look at a copy made of pixels alone, under the record's
// key; the original opens on the way in, afterwards by a custodian with a second person. Either may be shut away
// unseen: quarantined, it is looked at no more.
#pragma once
#include "app/house.hpp"
#include "app/vault/original.hpp"

namespace kith::app {

/// Puts a report's files with its concern, under I and, until the copy is made, under the record's and the epoch key.
/// Yields what the ledger is to have the digests of.
Result<std::vector<std::pair<std::string, Bytes>>> put_attachments(Visit& visit, const concerns::Concern& concern,
                                                                   const RecordFile& file,
                                                                   const std::vector<Original>& files,
                                                                   std::uint32_t vault_number, const Key& identity,
                                                                   const std::pair<Epoch, std::optional<Key>>& epoch);

/// As a list of them is shown: nothing of what it shows, nor its name.
struct AttachmentLine {
    AttachmentId id;
    concerns::FileKind kind;
    CopyState state;
};
Result<std::vector<AttachmentLine>> attachment_lines(Visit& visit, ConcernId concern);

/// What there is to look at. Of a text `text` is all of it that is shown.
struct FileView {
    concerns::Concern concern;
    AttachmentLine line;
    std::size_t number = 0;  ///< among the concern's, from 1
    std::uint32_t shown = 0, pages = 0;
    std::string text;
    bool way_in_open = false;  ///< to this file: one that came later may have none where its worry has
};
/// `not_found` for one that is absent, of another concern, or not for this reader.
Result<FileView> see_file(House& house, const Actor& actor, ConcernId concern, AttachmentId id);
/// One page of its copy, from 1: a JPEG. `not_found` also without a copy.
Result<SecretBytes> see_page(House& house, const Actor& actor, ConcernId concern, AttachmentId id, std::uint32_t page);

/// Shuts it away, seen or unseen: the copy is gone when it returns, the original stays sealed as evidence and is opened
/// by nobody here. `why` may be empty. Twice is fine.
Result<void> quarantine(House& house, const Actor& actor, ConcernId concern, AttachmentId id, std::string_view why);

struct OpenedOriginal {
    std::string name;
    concerns::FileKind kind;
    SecretBytes bytes;
};
/// The file as it came, with everything in it: by the manager who answers, while the way in is open. `betrayed` when it
/// is not what came in.
Result<OpenedOriginal> see_original(House& house, const Actor& manager, const Holder& holder, ConcernId concern,
                                    AttachmentId id);
/// The same afterwards: by the custodian whom a second person agreed with to open this very file, once. `not_found`
/// where who told was agreed to, and once it is shut away.
Result<OpenedOriginal> open_original_afterwards(House& house, const Actor& custodian, const Holder& holder,
                                                OpeningId id);

/// The largest part of a text that is shown.
constexpr std::size_t kMostShownText = 200'000;

}  // namespace kith::app
