#include "core/concerns/concern.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace kith::concerns {
namespace {
using std::string_view;
constexpr std::array<string_view, 2> kChannels{"online", "telephone"};
constexpr std::array<string_view, 3> kStages{"on_call", "waiting", "decided"};
constexpr std::array<string_view, 4> kMarks{"none", "by_reporter", "by_call_taker", "by_manager"};
constexpr std::array<string_view, 2> kOutcomes{"act", "no_action"};
constexpr std::array<string_view, 6> kActions{"police_now", "strategy_discussion", "assessment",
                                              "early_help", "another_area",        "worker_already_involved"};
constexpr std::array<string_view, 3> kMeans{"reply_placed", "ring_back", "impossible"};
constexpr std::array<string_view, 3> kForms{"not_owed", "awaited", "received"};

template <class E, std::size_t N>
std::optional<E> named(const std::array<string_view, N>& names, string_view name) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return std::nullopt;
    return static_cast<E>(at - names.begin());
}

Concern changed(Concern concern) {
    ++concern.revision;
    return concern;
}
}  // namespace

Result<Concern> hand_over(Concern concern, std::optional<MemberId> with, Instant now) {
    if (concern.stage == Stage::decided && concern.answered_at) return fail(Code::conflict, "decided and answered");
    if (concern.stage == Stage::on_call) concern.stage = Stage::waiting;
    concern.with = with;
    if (!concern.handed_over_at) concern.handed_over_at = now;
    return changed(std::move(concern));
}

Result<Concern> take_back(Concern concern, Instant now) {
    if (concern.stage != Stage::waiting || !concern.taken_by || !concern.handed_over_at || concern.answered_at)
        return fail(Code::conflict, "not a call that was just handed over");
    if (now > *concern.handed_over_at + kTakeBackWithin) return fail(Code::conflict, "the ten seconds are over");
    concern.stage = Stage::on_call;
    concern.with.reset();
    concern.handed_over_at.reset();
    return changed(std::move(concern));
}

Result<Concern> mark_danger(Concern concern, DangerMark mark) {
    if (mark == DangerMark::none && concern.stage == Stage::decided)
        return fail(Code::conflict, "a decided concern keeps its danger mark");
    concern.danger = mark;
    if (mark != DangerMark::none) {  // a danger mark cannot be parked
        concern.more_asked_at.reset();
        concern.decide_anyway_at.reset();
    }
    return changed(std::move(concern));
}

Result<Concern> ask_for_more(Concern concern, Instant now, Instant decide_anyway_at) {
    if (concern.stage != Stage::waiting) return fail(Code::conflict, "not waiting for a decision");
    if (concern.danger != DangerMark::none) return fail(Code::invalid, "danger is marked", "decision");
    if (decide_anyway_at <= now) return fail(Code::invalid, "decide-anyway time has passed", "decide_anyway");
    concern.more_asked_at = now;
    concern.decide_anyway_at = decide_anyway_at;
    return changed(std::move(concern));
}

Result<Concern> decide(Concern concern, const Decision& decision, MemberId manager, std::uint64_t seen, Instant now) {
    if (concern.stage == Stage::decided) return fail(Code::conflict, "already decided");
    if (concern.revision != seen) return fail(Code::conflict, "changed since it was read");
    if (concern.stage == Stage::on_call) return fail(Code::conflict, "the caller is still talking");
    if (decision.outcome == Outcome::act && decision.actions.empty())
        return fail(Code::invalid, "no action was chosen", "actions");
    if (decision.outcome == Outcome::no_action && !decision.actions.empty())
        return fail(Code::invalid, "no action with actions", "actions");
    concern.stage = Stage::decided;
    concern.decision = decision;
    concern.decided_by = manager;
    concern.decided_at = now;
    return changed(std::move(concern));
}

Result<Concern> answer(Concern concern, AnswerMeans means, Instant now) {
    if (!concern.answered_at) {
        concern.answered_at = now;
        concern.answered_by = means;
    }
    return changed(std::move(concern));
}

Result<Concern> receive_form(Concern concern) {
    if (concern.form != WrittenForm::awaited) return fail(Code::conflict, "no written form is awaited");
    concern.form = WrittenForm::received;
    return changed(std::move(concern));
}

bool is_owed_by(const Concern& concern, MemberId member) {
    return concern.with == member && concern.stage != Stage::on_call && !concern.answered_at;
}

bool is_late(const Concern& concern, Instant now) {
    return concern.reply_due_at && concern.answered_at.value_or(now) >= *concern.reply_due_at;
}

bool form_is_overdue(const Concern& concern, Instant now) {
    return concern.form == WrittenForm::awaited && concern.form_due_at && now > *concern.form_due_at;
}

bool way_in_is_open(const Concern& concern, Instant now, Duration form_limit) {
    if (!concern.answered_at) return true;
    return concern.form == WrittenForm::awaited && now <= concern.received_at + form_limit;
}

bool comes_before(const Concern& a, const Concern& b) {
    const auto rank = [](const Concern& c) {
        return std::tuple(c.danger == DangerMark::none, c.reply_due_at.value_or(Instant::max()), c.received_at, c.id);
    };
    return rank(a) < rank(b);
}

string_view name_of(Channel v) { return kChannels[static_cast<std::size_t>(v)]; }
string_view name_of(Stage v) { return kStages[static_cast<std::size_t>(v)]; }
string_view name_of(DangerMark v) { return kMarks[static_cast<std::size_t>(v)]; }
string_view name_of(Outcome v) { return kOutcomes[static_cast<std::size_t>(v)]; }
string_view name_of(Action v) { return kActions[static_cast<std::size_t>(v)]; }
string_view name_of(AnswerMeans v) { return kMeans[static_cast<std::size_t>(v)]; }
string_view name_of(WrittenForm v) { return kForms[static_cast<std::size_t>(v)]; }
std::optional<Channel> channel_named(string_view n) { return named<Channel>(kChannels, n); }
std::optional<Stage> stage_named(string_view n) { return named<Stage>(kStages, n); }
std::optional<DangerMark> danger_mark_named(string_view n) { return named<DangerMark>(kMarks, n); }
std::optional<Outcome> outcome_named(string_view n) { return named<Outcome>(kOutcomes, n); }
std::optional<Action> action_named(string_view n) { return named<Action>(kActions, n); }
std::optional<AnswerMeans> answer_means_named(string_view n) { return named<AnswerMeans>(kMeans, n); }
std::optional<WrittenForm> written_form_named(string_view n) { return named<WrittenForm>(kForms, n); }

}  // namespace kith::concerns
