#include "ledger/tiles.hpp"

#include <algorithm>
#include <limits>

namespace kith::ledger {
namespace {

constexpr std::uint32_t kTileHeight = 8;

std::string three_digits(std::uint64_t number) {
    const std::string digits = std::to_string(number);
    return std::string(3 - digits.size(), '0') + digits;
}

std::string number_name(std::uint64_t index) {
    std::string name = three_digits(index % 1000);
    while ((index /= 1000) != 0) name = 'x' + three_digits(index % 1000) + '/' + name;
    return name;
}

std::string place_of(const Tile& tile) {
    return number_name(tile.index) + (tile.width == tile_width ? "" : ".p/" + std::to_string(tile.width));
}

/// How many hashes the tiles of that level hold together.
std::uint64_t count_at(std::uint32_t level, std::uint64_t size) {
    const std::uint32_t shift = level * kTileHeight;
    return shift >= 64 ? 0 : size >> shift;
}

Result<Bytes> hashes_for(LedgerReader& ledger, const Tile& tile) {
    Bytes bytes;
    for (std::uint64_t i = 0; i < tile.width; ++i) {
        const auto hash = KITH_TRY(ledger.node({tile.level * kTileHeight, tile.index * tile_width + i}));
        if (!hash || hash->size() != Hash().size()) return fail(Code::betrayed, "a stored hash is missing or damaged");
        append(bytes, *hash);
    }
    return bytes;
}

Result<Bytes> leaves_for(LedgerReader& ledger, const Tile& tile) {
    Bytes bytes;
    for (std::uint64_t i = 0; i < tile.width; ++i) {
        const std::uint64_t index = tile.index * tile_width + i;
        const auto leaf = KITH_TRY(ledger.leaf_from(index));
        if (!leaf || leaf->index != index) return fail(Code::betrayed, "an entry is missing");
        KITH_TRY(add_to_bundle(bytes, leaf->text));
    }
    return bytes;
}

/// What an export that was cut short left there is the same, or else somebody's.
Result<std::size_t> add_or_find(TileFolder& folder, const std::string& name, BytesView bytes) {
    const auto added = folder.add(name, bytes);
    if (added) return 1;
    if (added.error().code != Code::conflict) return Failure(added.error());
    const auto there = KITH_TRY(folder.read(name));
    if (!there || !std::ranges::equal(*there, bytes))
        return fail(Code::betrayed, "a file of the export is not what this ledger would write");
    return 0;
}

Result<std::uint64_t> size_of(const std::optional<Bytes>& note) {
    if (!note) return 0;
    return KITH_TRY(parse_checkpoint(as_text(*note))).checkpoint.size;
}

}  // namespace

std::string name_of(const Tile& tile) { return "tile/" + std::to_string(tile.level) + '/' + place_of(tile); }
std::string bundle_name_of(const Tile& tile) { return "tile/entries/" + place_of(tile); }

std::vector<Tile> tiles_between(std::uint64_t before, std::uint64_t size) {
    std::vector<Tile> tiles;
    for (std::uint32_t level = 0; count_at(level, size) != 0; ++level) {
        const std::uint64_t count = count_at(level, size);
        const std::uint64_t had = count_at(level, before);
        if (had == count) continue;
        for (std::uint64_t index = had / tile_width; index * tile_width < count; ++index)
            tiles.push_back({level, index, std::min(tile_width, count - index * tile_width)});
    }
    return tiles;
}

Result<void> add_to_bundle(Bytes& bundle, BytesView leaf) {
    if (leaf.size() > std::numeric_limits<std::uint16_t>::max()) return fail(Code::invalid, "an entry is too long");
    bundle.push_back(static_cast<Byte>(leaf.size() >> 8U));
    bundle.push_back(static_cast<Byte>(leaf.size() & 0xffU));
    append(bundle, leaf);
    return {};
}

std::vector<Bytes> leaves_of(BytesView bundle) {
    std::vector<Bytes> leaves;
    while (bundle.size() >= 2) {
        const std::size_t length = std::size_t{bundle[0]} << 8U | bundle[1];
        if (bundle.size() < length + 2) break;
        leaves.push_back(to_bytes(bundle.subspan(2, length)));
        bundle = bundle.subspan(2 + length);
    }
    return leaves;
}

Result<Exported> export_tiles(LedgerReader& ledger, std::string_view note, TileFolder& folder) {
    const std::string name(checkpoint_name);
    const auto held = KITH_TRY(folder.read(name));
    const std::uint64_t before = KITH_TRY(size_of(held));
    const std::uint64_t size = KITH_TRY(parse_checkpoint(note)).checkpoint.size;
    if (before > size) return fail(Code::conflict, "the export holds more entries than the ledger");
    Exported done{before, size, 0};
    for (const Tile& tile : tiles_between(before, size)) {
        done.files += KITH_TRY(add_or_find(folder, name_of(tile), KITH_TRY(hashes_for(ledger, tile))));
        if (tile.level == 0)
            done.files += KITH_TRY(add_or_find(folder, bundle_name_of(tile), KITH_TRY(leaves_for(ledger, tile))));
    }
    // Last, and only when all that it speaks of is on disk.
    if (!held || as_text(*held) != note) KITH_TRY(folder.replace(name, as_bytes(note)));
    return done;
}

Result<TiledLedger> TiledLedger::open(TileFolder& folder) {
    const auto note = KITH_TRY(folder.read(std::string(checkpoint_name)));
    if (!note) return fail(Code::not_found, "there is no checkpoint: not an export, or one that was not finished");
    const std::uint64_t size = KITH_TRY(size_of(note));
    return TiledLedger(folder, to_text(*note), size);
}

std::uint64_t TiledLedger::width_of(std::uint32_t level, std::uint64_t index) const {
    const std::uint64_t count = count_at(level, size_);
    return index * tile_width >= count ? 0 : std::min(tile_width, count - index * tile_width);
}

Result<void> TiledLedger::load_bundle(std::uint64_t index) {
    if (bundle_ == index) return {};
    const auto bytes = KITH_TRY(folder_.read(bundle_name_of({0, index, width_of(0, index)})));
    leaves_ = bytes ? leaves_of(*bytes) : std::vector<Bytes>();
    bundle_ = index;
    return {};
}

Result<std::optional<StoredLeaf>> TiledLedger::leaf_from(std::uint64_t index) {
    // Each leaf of a bundle that is missing is asked for, and must not make us look for the next one each time.
    const std::uint64_t from = index;
    if (gap_from_ <= index && index < gap_until_) index = gap_until_;
    for (; index < size_; index = (index / tile_width + 1) * tile_width) {
        KITH_TRY(load_bundle(index / tile_width));
        const std::uint64_t at = index % tile_width;
        if (at < leaves_.size()) break;
    }
    if (index != from) {
        gap_from_ = from;
        gap_until_ = index;
    }
    if (index >= size_) return std::optional<StoredLeaf>();
    KITH_TRY(load_bundle(index / tile_width));
    return std::optional(StoredLeaf{index, leaves_.at(index % tile_width)});
}

Result<TiledLedger::Rows> TiledLedger::load_tile(std::uint32_t level, std::uint64_t index) {
    const Tile tile{level, index, width_of(level, index)};
    Rows loaded{index, false, {}};
    const auto bytes = tile.width == 0 ? std::nullopt : KITH_TRY(folder_.read(name_of(tile)));
    if (!bytes || bytes->size() != tile.width * Hash().size()) return loaded;
    loaded.there = true;
    loaded.rows.resize(kTileHeight);
    for (ByteReader reader(*bytes); !reader.at_end();) {
        Hash hash;
        std::ranges::copy(reader.raw(hash.size()), hash.begin());
        loaded.rows[0].push_back(hash);
    }
    for (std::uint32_t row = 1; row < kTileHeight; ++row)
        for (std::size_t i = 1; i < loaded.rows[row - 1].size(); i += 2)
            loaded.rows[row].push_back(node_hash(loaded.rows[row - 1][i - 1], loaded.rows[row - 1][i]));
    return loaded;
}

Result<std::optional<Bytes>> TiledLedger::node(Place at) {
    const std::uint32_t level = at.level / kTileHeight;
    const std::uint32_t row = at.level % kTileHeight;
    const std::uint64_t index = at.index >> (kTileHeight - row);
    Rows& tile = tiles_[level];
    if (!tile.there || tile.index != index) tile = KITH_TRY(load_tile(level, index));
    const std::uint64_t column = at.index - (index << (kTileHeight - row));
    if (!tile.there || column >= tile.rows[row].size()) return std::optional<Bytes>();
    return std::optional(to_bytes(tile.rows[row][column]));
}

Result<std::optional<StoredCheckpoint>> TiledLedger::checkpoint_from(std::uint64_t size) {
    if (size > size_) return std::optional<StoredCheckpoint>();
    return std::optional(StoredCheckpoint{size_, note_});
}

}  // namespace kith::ledger
