#include "app/ledger_view.hpp"

#include "base/text.hpp"
#include "ledger/checkpoint.hpp"

namespace kith::app {
namespace {

Result<LedgerLine> line_at(Tables& tables, std::uint64_t index) {
    LedgerLine line{index, std::nullopt};
    if (auto leaf = ledger::decode(KITH_TRY(tables.ledger().leaf(index)))) line.leaf = std::move(*leaf);
    return line;
}

Result<LedgerHead> head_of(Tables& tables) {
    const auto note = KITH_TRY(tables.ledger().checkpoint());
    if (!note) return LedgerHead{};
    const auto checkpoint = KITH_TRY(ledger::parse_checkpoint(*note)).checkpoint;
    return LedgerHead{checkpoint.size, to_base64(checkpoint.root), *note};
}

std::string upper(std::string text) {
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

}  // namespace

Result<LedgerPage> see_ledger(House& house, const Actor& actor, std::optional<std::uint64_t> before, std::size_t most) {
    return visiting(house, actor, [&](Visit& visit) -> Result<LedgerPage> {
        const Permit permit = KITH_TRY(visit.ask(Act::see_ledger, {}));
        LedgerPage page{KITH_TRY(head_of(visit.tables)), {}, std::nullopt};
        std::uint64_t next = KITH_TRY(visit.tables.ledger().size());
        if (before) next = std::min(next, *before);
        for (; next > 0 && page.lines.size() < most; --next)
            page.lines.push_back(KITH_TRY(line_at(visit.tables, next - 1)));
        if (next > 0) page.older = next;
        KITH_TRY(
            visit.record(permit, {.act = "ledger_seen", .facts = {{"leaves", std::to_string(page.lines.size())}}}));
        return page;
    });
}

Result<LeafText> see_leaf(House& house, const Actor& actor, std::uint64_t index) {
    return visiting(house, actor, [&](Visit& visit) -> Result<LeafText> {
        const Permit permit = KITH_TRY(visit.ask(Act::see_ledger, {}));
        if (index >= KITH_TRY(visit.tables.ledger().size())) return fail(Code::not_found, "no such leaf");
        const std::string text = KITH_TRY(visit.tables.ledger().leaf(index));
        KITH_TRY(visit.record(permit, {.act = "leaf_seen", .facts = {{"leaf", std::to_string(index)}}}));
        return LeafText{index, text, to_hex(ledger::leaf_hash(as_bytes(text)))};
    });
}

Result<std::vector<LedgerLine>> see_entries_about(House& house, const Actor& auditor, std::string_view reference) {
    return visiting(house, auditor, [&](Visit& visit) -> Result<std::vector<LedgerLine>> {
        // Asked before anything is looked up, so that a refusal does not tell whether the reference is there.
        KITH_TRY(visit.ask(Act::see_ledger, {.front_door = auditor.front_door}));
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find_by_reference(upper(text::tidy(reference))));
        const Facts facts = KITH_TRY(visit.facts_of(row));
        if (facts.excluded) return fail(Code::not_found, "not there for this asker");
        const Permit permit = KITH_TRY(visit.ask(Act::see_ledger, facts, row.concern.id.text()));
        std::vector<LedgerLine> lines;
        for (const std::uint64_t index : KITH_TRY(visit.tables.ledger().about(row.concern.id.text())))
            lines.push_back(KITH_TRY(line_at(visit.tables, index)));
        KITH_TRY(visit.record(permit, {.act = "entries_seen",
                                       .subject = row.concern.id.text(),
                                       .pack = row.concern.pack,
                                       .facts = {{"leaves", std::to_string(lines.size())}}}));
        return lines;
    });
}

}  // namespace kith::app
