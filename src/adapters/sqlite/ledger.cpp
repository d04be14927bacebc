#include "adapters/sqlite/ledger.hpp"

#include "adapters/sqlite/access.hpp"

namespace kith::sqlite {
namespace {

constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();

// The triggers of these tables answer before a unique key could, so the queries insert only what is absent.
template <class... A>
Result<void> add_once(Database& database, Words query, const A&... parameters) {
    const std::size_t added = KITH_TRY(change_counted(database, query, parameters...));
    if (added == 0) return fail(Code::conflict, "the store has it already");
    return {};
}

Failure absent() { return fail(Code::not_found, "not in the store"); }
Failure too_large() { return fail(Code::invalid, "a number larger than the store takes"); }

}  // namespace

Result<std::uint64_t> SqliteLedger::size() { return find_one<std::uint64_t>(database_, "ledger_size"); }

Result<void> SqliteLedger::add_leaf(std::uint64_t index, std::string_view leaf) {
    const std::uint64_t next = KITH_TRY(size());
    if (index < next) return fail(Code::conflict, "the store has it already");
    if (index > next) return fail(Code::invalid, "leaves follow one another");
    return change(database_, "add_leaf", index, as_bytes(leaf));
}

Result<std::string> SqliteLedger::leaf(std::uint64_t index) {
    if (!storable(index)) return absent();
    return to_text(KITH_TRY(find_one<Bytes>(database_, "leaf_by_index", index)));
}

Result<void> SqliteLedger::add_node(unsigned level, std::uint64_t index, const app::Digest& hash) {
    if (!storable(index)) return too_large();
    return add_once(database_, "add_node", level, index, hash);
}

Result<app::Digest> SqliteLedger::node(unsigned level, std::uint64_t index) {
    if (!storable(index)) return absent();
    return find_one<app::Digest>(database_, "node_hash", level, index);
}

Result<void> SqliteLedger::add_checkpoint(std::uint64_t size, std::string_view note) {
    if (!storable(size)) return too_large();
    return add_once(database_, "add_checkpoint", size, note);
}

Result<std::optional<std::string>> SqliteLedger::checkpoint() {
    return database_.one<std::string>("newest_checkpoint");
}

Result<std::vector<std::string>> SqliteLedger::checkpoints(std::uint64_t from_size, std::size_t most) {
    if (!storable(from_size)) return std::vector<std::string>();
    return database_.all<std::string>("checkpoints_from_size", from_size, std::min<std::uint64_t>(most, kMost));
}

Result<std::vector<std::uint64_t>> SqliteLedger::about(std::string_view subject) {
    return database_.all<std::uint64_t>("leaves_about", subject);
}

Result<void> SqliteLedger::index_subject(std::string_view subject, std::uint64_t index) {
    if (!storable(index)) return absent();
    return add_once(database_, "index_subject", subject, index);
}

Result<void> SqliteLedger::add_cosignature(const app::CosignatureRow& cosignature) {
    if (!storable(cosignature.size)) return absent();
    return add_once(database_, "add_cosignature", cosignature.size, cosignature.witness, cosignature.at,
                    cosignature.line);
}

Result<std::vector<app::CosignatureRow>> SqliteLedger::cosignatures(std::uint64_t size) {
    if (!storable(size)) return std::vector<app::CosignatureRow>();
    return database_.all<app::CosignatureRow>("cosignatures_of_size", size);
}

Result<std::optional<std::uint64_t>> SqliteLedger::newest_cosigned() {
    return database_.one<std::uint64_t>("newest_cosigned");
}

Result<std::vector<app::LedgerRow>> SqliteLedger::leaves_from(std::uint64_t index, std::size_t most) {
    if (!storable(index)) return std::vector<app::LedgerRow>();
    return database_.all<app::LedgerRow>("leaves_from_index", index, std::min<std::uint64_t>(most, kMost));
}

Result<std::vector<app::LedgerRow>> SqliteLedger::nodes_from(unsigned level, std::uint64_t index, std::size_t most) {
    if (!storable(index)) return std::vector<app::LedgerRow>();
    return database_.all<app::LedgerRow>("nodes_from_index", level, index, std::min<std::uint64_t>(most, kMost));
}

Result<std::uint64_t> SqliteLedger::node_count() { return find_one<std::uint64_t>(database_, "node_count"); }

Result<std::optional<std::pair<std::uint64_t, std::string>>> SqliteLedger::checkpoint_from(std::uint64_t size) {
    using Found = std::optional<std::pair<std::uint64_t, std::string>>;
    if (!storable(size)) return Found();
    const auto row = KITH_TRY(database_.one<app::LedgerRow>("checkpoint_from_size", size));
    if (!row) return Found();
    return Found(std::in_place, row->index, to_text(row->bytes));
}

}  // namespace kith::sqlite
