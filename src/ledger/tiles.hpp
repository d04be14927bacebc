// The ledger as files that any static server can hand out (C2SP tlog-tiles):
//
//     checkpoint                       the newest, signed
//     tile/0/000                       256 leaf hashes: of leaves 0 to 255
//     tile/0/001.p/44                  a partial tile: of leaves 256 to 299
//     tile/1/000.p/1                   hashes of whole tiles one level below
//     tile/entries/000                 the leaves themselves, each after its length in two bytes
//
// A tile that is there never changes: growing adds files and puts one in another's place, the checkpoint, and that
// last. So whoever reads sees the old ledger or the new, whole; and a folder without a checkpoint is none yet.
#pragma once
#include <map>

#include "ledger/verify.hpp"

namespace kith::ledger {

inline constexpr std::uint64_t tile_width = 256;

struct Tile {
    std::uint32_t level = 0;
    std::uint64_t index = 0;
    std::uint64_t width = 0;  ///< 1 to 256
    friend auto operator<=>(const Tile&, const Tile&) = default;
};
/// tile/1/x001/234.p/5
std::string name_of(const Tile& tile);
/// tile/entries/x001/234.p/5, of the leaves below a tile of level 0.
std::string bundle_name_of(const Tile& tile);
/// Those that the tree of `size` has and the tree of `before` had not.
std::vector<Tile> tiles_between(std::uint64_t before, std::uint64_t size);

/// `invalid` for a leaf too long for the form.
Result<void> add_to_bundle(Bytes& bundle, BytesView leaf);
/// As many whole leaves as there are.
std::vector<Bytes> leaves_of(BytesView bundle);

inline constexpr std::string_view checkpoint_name = "checkpoint";

/// Where tiles lie.
class TileFolder {
  public:
    virtual ~TileFolder() = default;
    /// Nothing when there is none.
    virtual Result<std::optional<Bytes>> read(const std::string& name) = 0;
    /// Durable when it returns; what is there stays: `conflict`.
    virtual Result<void> add(const std::string& name, BytesView bytes) = 0;
    virtual Result<void> replace(const std::string& name, BytesView bytes) = 0;
};

struct Exported {
    std::uint64_t before = 0;  ///< how many leaves were there
    std::uint64_t size = 0;
    std::size_t files = 0;  ///< added
};
/// Brings the folder from the checkpoint that it holds, if any, to `note`, which is of this ledger. That the ledger
/// continues what the folder holds was asked before (held.hpp); where a file is there already with other bytes:
/// `betrayed`.
Result<Exported> export_tiles(LedgerReader& ledger, std::string_view note, TileFolder& folder);

/// A folder of tiles as a ledger to be verified, unbelieved: its leaves, its hashes and its one checkpoint.
class TiledLedger final : public LedgerReader {
  public:
    /// `not_found` without a checkpoint, `invalid` with one that cannot be read.
    static Result<TiledLedger> open(TileFolder& folder);
    const std::string& note() const { return note_; }
    std::uint64_t size() const { return size_; }

    Result<std::optional<StoredLeaf>> leaf_from(std::uint64_t index) override;
    Result<std::optional<Bytes>> node(Place at) override;
    Result<std::uint64_t> node_count() override { return ledger::node_count(size_); }
    Result<std::optional<StoredCheckpoint>> checkpoint_from(std::uint64_t size) override;

  private:
    TiledLedger(TileFolder& folder, std::string note, std::uint64_t size)
        : folder_(folder), note_(std::move(note)), size_(size) {}
    Result<void> load_bundle(std::uint64_t index);
    std::uint64_t width_of(std::uint32_t level, std::uint64_t index) const;

    /// A tile with all that follows from it: eight rows, each half as long as the one before.
    struct Rows {
        std::uint64_t index = 0;
        bool there = false;
        std::vector<std::vector<Hash>> rows;
    };
    Result<Rows> load_tile(std::uint32_t level, std::uint64_t index);

    TileFolder& folder_;
    std::string note_;
    std::uint64_t size_;
    std::optional<std::uint64_t> bundle_;
    std::vector<Bytes> leaves_;
    std::uint64_t gap_from_ = 0, gap_until_ = 0;  ///< no leaf lies between
    std::map<std::uint32_t, Rows> tiles_;
};

}  // namespace kith::ledger
