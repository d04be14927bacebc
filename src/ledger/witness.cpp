#include "ledger/witness.hpp"

#include <algorithm>

namespace kith::ledger {
namespace {

WitnessAnswer refused(Refusal refusal, std::uint64_t latest = 0) { return {refusal, latest, {}}; }

/// The note with the ledger's own lines alone: what others put below it is not for us to keep.
std::string own_note(const SignedCheckpoint& note, const std::vector<VerifierKey>& keys, std::string body) {
    body += '\n';
    for (const NoteSignature& line : note.signatures)
        if (std::ranges::any_of(keys, [&](const VerifierKey& key) { return is_line_of(line, key); }))
            body += line_of(line);
    return body;
}

Result<Checkpoint> newest_of(const WatchedLog& log) {
    if (log.note.empty()) return Checkpoint{log.keys.front().name(), 0, empty_root()};
    return open_checkpoint(log.note, log.keys);
}

std::optional<Refusal> judge(const GrowthProof& request, const Checkpoint& next, const Checkpoint& newest) {
    if (request.old_size > next.size) return Refusal::malformed;
    const bool is_same_size = next.size == newest.size;
    if (is_same_size && next.root != newest.root) return Refusal::forked;
    if (request.old_size != newest.size)
        return next.size < newest.size ? Refusal::rolled_back : Refusal::not_the_latest;
    if (!verify_consistency(newest.size, next.size, request.path, newest.root, next.root))
        return Refusal::not_continued;
    return std::nullopt;
}

}  // namespace

std::string_view describe(Refusal refusal) {
    switch (refusal) {
        case Refusal::malformed:
            return "not a request for a cosignature";
        case Refusal::unknown_log:
            return "this ledger is not watched here";
        case Refusal::not_signed:
            return "not signed by a key that is trusted for this ledger";
        case Refusal::not_the_latest:
            return "the proof does not begin at the newest checkpoint that was cosigned";
        case Refusal::rolled_back:
            return "ROLLED BACK: the ledger is smaller than one that was cosigned, or this is an older checkpoint";
        case Refusal::forked:
            return "FORKED: the ledger's own key signed another root for a size that was cosigned";
        case Refusal::not_continued:
            return "NOT CONTINUED: the ledger is not shown to begin with what was cosigned: forked, or made again";
    }
    return "refused";
}

int http_status_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::malformed:
            return 400;
        case Refusal::unknown_log:
            return 404;
        case Refusal::not_signed:
            return 403;
        case Refusal::not_the_latest:
        case Refusal::rolled_back:
        case Refusal::forked:
            return 409;
        case Refusal::not_continued:
            return 422;
    }
    return 500;
}

Result<WitnessAnswer> Witness::add_checkpoint(std::string_view text, Seconds now) {
    const auto request = parse_growth_proof(text);
    if (!request) return refused(Refusal::malformed);
    const SignedCheckpoint note = KITH_TRY(parse_checkpoint(request->note));

    const std::lock_guard lock(one_at_a_time_);
    auto log = memory_.recall(note.checkpoint.origin);
    if (!log && log.error().code == Code::not_found) return refused(Refusal::unknown_log);
    if (!log) return Failure(log.error());
    if (standing(note, log->keys) != Standing::signed_by_origin) return refused(Refusal::not_signed);
    const Checkpoint newest = KITH_TRY(newest_of(*log));
    if (const auto refusal = judge(*request, note.checkpoint, newest)) return refused(*refusal, newest.size);

    std::string line = KITH_TRY(cosignature_line(note, key_, now, sign_));
    log->note = own_note(note, log->keys, KITH_TRY(body_of(note.checkpoint)));
    KITH_TRY(memory_.remember(note.checkpoint.origin, *log));
    return WitnessAnswer{std::nullopt, note.checkpoint.size, std::move(line)};
}

Result<void> Witness::watch(const VerifierKey& log) {
    if (log.kind() != KeyKind::log) return fail(Code::invalid, "not a ledger's key", "key");
    const std::lock_guard lock(one_at_a_time_);
    auto known = memory_.recall(log.name());
    if (!known && known.error().code != Code::not_found) return Failure(known.error());
    WatchedLog watched = known ? *std::move(known) : WatchedLog{};
    if (std::ranges::find(watched.keys, log) != watched.keys.end()) return {};
    watched.keys.push_back(log);
    return memory_.remember(log.name(), watched);
}

Result<std::string> Witness::latest(std::string_view origin) {
    const std::lock_guard lock(one_at_a_time_);
    WatchedLog log = KITH_TRY(memory_.recall(origin));
    if (log.note.empty()) return fail(Code::not_found, "nothing of this ledger was cosigned yet");
    return std::move(log.note);
}

}  // namespace kith::ledger
