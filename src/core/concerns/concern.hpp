// A concern on its way: received, handed to a manager, decided, answered. Values in, values out; the clock, the rota
// and the protocol's times come in as facts. Who may do each step is the gate's (app/gate.hpp).
//
//   on_call ──hand over──> waiting ──decide──> decided          beside it: the reply  owed -> given
//                            │  ▲                                          the form   not_owed | awaited -> received
//                            └──┘ ask for more (does not stop the hour)
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "core/concerns/account.hpp"
#include "core/ids.hpp"

namespace kith::concerns {

enum class Channel { online, telephone };
enum class Stage { on_call, waiting, decided };
enum class DangerMark { none, by_reporter, by_call_taker, by_manager };
enum class Outcome { act, no_action };
/// What "act" can mean (front-door 19). Several may be chosen.
enum class Action { police_now, strategy_discussion, assessment, early_help, another_area, worker_already_involved };
enum class AnswerMeans { reply_placed, ring_back, impossible };
enum class WrittenForm { not_owed, awaited, received };

struct Decision {
    Outcome outcome = Outcome::no_action;
    std::vector<Action> actions;  ///< for act: at least one
    friend bool operator==(const Decision&, const Decision&) = default;
};

struct Concern {
    ConcernId id;
    FrontDoorId front_door;
    std::string reference;  ///< W-7K4QX; looks unlike a clause id
    Subject subject = Subject::child;
    Channel channel = Channel::online;
    std::string pack;  ///< name and version it came in under, for good
    Stage stage = Stage::waiting;
    DangerMark danger = DangerMark::none;
    bool incomplete = false;
    bool way_in_missing = false;  ///< sealed to custody alone: no duty key or no epoch key was there

    Instant received_at{};
    std::optional<Instant> reply_due_at;  ///< none where no clock is decided
    std::optional<Instant> handed_over_at;
    std::optional<MemberId> taken_by;  ///< the call taker
    std::optional<MemberId> with;      ///< the manager it is with; empty: unattended
    std::optional<Instant> more_asked_at, decide_anyway_at;

    std::optional<Decision> decision;
    std::optional<MemberId> decided_by;
    std::optional<Instant> decided_at;
    std::optional<Instant> answered_at;
    std::optional<AnswerMeans> answered_by;

    WrittenForm form = WrittenForm::not_owed;
    std::optional<Instant> form_due_at;

    std::uint64_t revision = 0;  ///< counts every change; a decision names the one it was read at
    friend bool operator==(const Concern&, const Concern&) = default;
};

/// PLY-021: with a manager in the same act; one that is decided still waits for its answer. `with` empty: nobody is on
/// duty; it is taken and shown as unattended.
Result<Concern> hand_over(Concern concern, std::optional<MemberId> with, Instant now);
/// Undoes the hand-over of a call: at most `kTakeBackWithin` after it, and not once it is decided.
Result<Concern> take_back(Concern concern, Instant now);
constexpr Duration kTakeBackWithin = std::chrono::seconds(10);
/// A mark can be raised by anyone who works on it; only a manager takes one away, and never one of a decided concern.
Result<Concern> mark_danger(Concern concern, DangerMark mark);
/// front-door 5: does not stop the hour, carries a decide-anyway time, refused while danger is marked.
Result<Concern> ask_for_more(Concern concern, Instant now, Instant decide_anyway_at);
/// PLY-022. Conflict when somebody changed it since `seen`: two managers are told apart.
Result<Concern> decide(Concern concern, const Decision& decision, MemberId manager, std::uint64_t seen, Instant now);
/// The first answer counts; a later one leaves it as it is.
Result<Concern> answer(Concern concern, AnswerMeans means, Instant now);
/// `conflict` when none is awaited: it has come, or was never owed.
Result<Concern> receive_form(Concern concern);

/// PLY-023: from the instant at which the clock reaches the time it is due, not answered before.
bool is_late(const Concern& concern, Instant now);
/// It is with them and waits for their decision or their reply.
bool is_owed_by(const Concern& concern, MemberId member);
/// PLY-025: once that time has passed; on it the form is in time.
bool form_is_overdue(const Concern& concern, Instant now);

/// reporters-vault, way in: while unanswered without limit; after that while the written form is awaited, at most
/// `form_limit` from receipt.
bool way_in_is_open(const Concern& concern, Instant now, Duration form_limit);

/// Danger first, then the one due soonest, then the one that waits longest. A strict weak order.
bool comes_before(const Concern& a, const Concern& b);

std::string_view name_of(Channel);
std::string_view name_of(Stage);
std::string_view name_of(DangerMark);
std::string_view name_of(Outcome);
std::string_view name_of(Action);
std::string_view name_of(AnswerMeans);
std::string_view name_of(WrittenForm);
std::optional<Channel> channel_named(std::string_view);
std::optional<Stage> stage_named(std::string_view);
std::optional<DangerMark> danger_mark_named(std::string_view);
std::optional<Outcome> outcome_named(std::string_view);
std::optional<Action> action_named(std::string_view);
std::optional<AnswerMeans> answer_means_named(std::string_view);
std::optional<WrittenForm> written_form_named(std::string_view);

}  // namespace kith::concerns
