// The duty desk: the queue, one concern read, danger marked, words marked, stepping back.
#pragma once
#include "app/attachments.hpp"
#include "app/keep_away.hpp"
#include "app/onward.hpp"
#include "app/written_form.hpp"
#include "core/concerns/sources.hpp"

namespace kith::app {

/// One line of the queue: the reporter's words without marked ones, nothing of who told.
struct QueueLine {
    ConcernId id;
    std::string reference, heading, words;
    concerns::Concern concern;
    bool someone_forced = false;          ///< HAC-025: shown at triage
    std::string with_name;                ///< of the manager it is with, empty when unattended
    bool unreadable = false;              ///< its row does not open: refused, on the ledger, and still shown as waiting
    std::string taken_by_name{};          ///< of a call still on: its call taker
    bool must_not_see_unmatched = false;  ///< somebody must not see it, and nobody has said yet who is meant
    std::vector<OnwardView> onward{};     ///< what is told on to somebody outside
    std::optional<Instant> form_came_at{};
    std::optional<Instant> added_at{};  ///< by its reporter, after the answer
};

struct OnDuty {
    std::string name;
    Instant until{};
};

struct Queue {
    /// `forms_came`: in the last day, so that they are read. `told_on`: owed to another area or the designated
    /// officer, and not ended.
    /// `added_to`: after the answer, in the last day.
    std::vector<QueueLine> waiting, more_asked, added_to, form_due, forms_came, told_on, answered_today;
    std::vector<OnDuty> on_duty, next;
    std::size_t answered_in_time = 0, answered_late = 0,
                waiting_late = 0;  ///< today; the late and unanswered count too
    Instant as_of{};
    std::size_t unreadable = 0;
    bool is_new_look = false;
};
/// A person opens the queue, or their open page asks again by itself. What a page finds unchanged within the hour is
/// still the same look, and no further leaf (docs/decisions/0018).
enum class Looking { anew, still };
Result<Queue> see_queue(House& house, const Actor& actor, Looking looking = Looking::anew);

struct Note {
    NoteKind kind;
    Instant at{};
    std::string by, word, text;
};
struct Message {
    Side side;
    MessageKind kind;
    Instant at{};
    std::string text;
};
struct EarlierWorry {
    ConcernId id;
    std::string reference, heading;
    Instant received_at{};
    std::string because;  ///< name, nickname, place, address: what is the same. A suggestion, never a merge. Or source
};
struct PlacePattern {  ///< HAC-032: plain counts over the worries about one place
    std::size_t worries = 0;
    std::vector<std::pair<std::string, std::size_t>> times_of_day, weekdays, term_or_holiday;
};
struct Reading {
    concerns::Concern concern;
    concerns::Account account;
    std::string source;  ///< in their job: name, post and organisation; else empty
    concerns::NamingConsent naming;
    std::vector<Note> notes;
    std::vector<Message> messages;
    std::vector<AttachmentLine> files;
    std::vector<EarlierWorry> earlier;
    std::vector<concerns::SourceLink> links;  ///< between this and the earlier ones, as far as somebody has said
    std::size_t witnesses = 1;                ///< people who told these, as far as it is recorded
    bool may_record_source = false;
    MustNotSee must_not_see;
    std::vector<Colleague> could_be_meant;  ///< of the words that say who must not see it
    std::optional<PlacePattern> pattern;
    std::string with_name, taken_by_name;
    std::optional<ReceivedForm> form;
    std::vector<OnwardView> onward;
    bool way_in_open = false;
    std::string suggested_reply;
    protocol::Clauses decide_clauses;
};
Result<Reading> read_concern(House& house, const Actor& actor, ConcernId id);

/// Worries that may speak of the same child, place or address: for a call while it lasts. Never who told.
Result<std::vector<EarlierWorry>> perhaps_known(House& house, const Actor& actor, ConcernId id);

Result<void> mark_danger(House& house, const Actor& actor, ConcernId id, concerns::DangerMark mark,
                         std::string_view why);
/// Replaces the marks. `invalid` for one outside its field.
Result<void> mark_words(House& house, const Actor& actor, ConcernId id, std::vector<concerns::MarkedWords> marks);
/// The account with its marks as they are now; `refused` says why nothing was changed.
struct Marking {
    concerns::Account account;
    std::optional<concerns::Account> form;  ///< the written form's own words, marked with those of the report
    std::optional<Error> refused;
};
/// Marks every occurrence of `words` in that field; refused with field "mark_words" when they do not stand there, and
/// with "mark_field" without a field.
Result<Marking> mark_each(House& house, const Actor& actor, ConcernId id, std::optional<concerns::Field> field,
                          std::string_view words);
Result<Marking> unmark(House& house, const Actor& actor, ConcernId id, const concerns::MarkedWords& mark);
/// What everyone beyond the front door reads in place of that mark; empty: a gap. Refused with field "mark_instead"
/// when it says the marked words themselves.
Result<Marking> put_instead(House& house, const Actor& actor, ConcernId id, const concerns::MarkedWords& mark,
                            std::string_view words);
/// One act: for this member the worry, its contact and its counts no longer exist; it goes to the next on the rota.
Result<void> step_back(House& house, const Actor& actor, ConcernId id);
/// A waiting concern whose manager's shift is over, or that nobody has, goes to who is on duty now. Returns how many.
Result<std::size_t> pass_on_the_waiting(House& house);

/// Names of members as colleagues see them.
Result<std::string> name_of_member(Visit& visit, MemberId id);

}  // namespace kith::app
