// One concern as the front door reads it, and what can be done with it from there.
#pragma once
#include "app/desk.hpp"
#include "protocol/questions.hpp"
#include "web/components.hpp"
#include "web/pages/files.hpp"
#include "web/pages/form_beside_call.hpp"
#include "web/pages/onward.hpp"

namespace kith::web {

/// The decision form as it was typed. Nothing is chosen until somebody chooses.
struct DecisionTyped {
    std::string decision, question, decide_anyway, earlier_read, reasons, reply, late_reason, area, judged;
    std::vector<std::string> actions;
};

/// Everything about a decision that was made: who, when, what, why.
struct Decided {
    std::string what, by, when, why;
    std::vector<std::string> actions;
};

/// The words that go to who told: the standard reply until somebody says it in their own.
struct ReplyWords {
    std::string standard, own;
    bool was_changed = false;

    void say(std::string typed);
};

struct DecisionForm {
    DecisionTyped typed;
    ReplyWords reply;
    std::uint64_t revision = 0;
    Url action;
    Clause clause;
    bool may_ask = false;  ///< front-door 5: not while danger is marked
    bool is_late = false;
    std::string earlier_words;
};

/// The reply to what was decided without one.
struct AnswerForm {
    Url action;
    ReplyWords reply;
    std::string late_reason;
    bool is_late = false;
};

struct MotiveTyped {
    std::string motive, why;
};

struct Addition {
    std::string who, when, text;
    bool from_reporter = false;
};

/// A worry that may be of the same source, and what is said of it now.
struct SourceLine {
    std::string reference, heading, said;
};

struct PatternRow {
    std::string what, counts;
};

enum class Reader { manager, duty_worker };

struct ConcernPage {
    StaffFrame frame;
    Errors errors;
    std::string done, changed;     ///< what was just done; what somebody else did meanwhile
    std::vector<SummaryRow> kept;  ///< what was typed and can no longer be sent
    Url self, danger_url, marks_url, contact_url, step_back_url, type_form_url, motive_url, officer_url;

    std::string heading;
    std::vector<std::string> facts;
    bool in_danger = false, on_call = false, is_decided = false, has_marks = false;
    std::string danger_words, danger_why;
    std::optional<Clock> clock;
    std::vector<SummaryRow> times;
    std::string lead_label;
    Html lead;
    std::vector<SummaryRow> told, masked, people, adults, naming;
    std::string source;
    std::vector<Match> earlier;
    std::string reference, witnesses, told_before;
    Url keep_away_url, source_url;
    std::vector<Choice> could_be_meant;  ///< of the words that say who must not see it
    std::string must_not_see;
    bool must_not_see_settled = false;
    std::string nobody_meant;         ///< one has said so, and a second must
    std::vector<SourceLine> sources;  ///< to be recorded by this reader; empty when they may not
    std::size_t pattern_worries = 0;
    std::vector<PatternRow> pattern;
    std::vector<FileRow> files;
    SealedBox sealed;
    std::vector<TimelineItem> history;
    std::vector<Addition> thread;
    std::optional<FormBesideCall> written_form;
    std::vector<OnwardPanel> onward;
    MotiveTyped motive;
    std::string officer_why;

    Reader reader = Reader::duty_worker;
    bool may_unmark_danger = false, may_decide = false, awaits_answer = false, form_awaited = false;
    std::optional<Decided> decided;
    DecisionForm form;
    AnswerForm answer;
    bool may_tell_officer = false;
};

/// All that comes from the concern itself and the rule book; the frame, errors and what was typed are the handler's.
ConcernPage concern_page(const app::Reading& reading, const protocol::Questions& questions, Reader reader, Instant now);
/// An answer as people read it, marked words masked: options in words, several with commas.
std::string told_words(const concerns::Account& account, concerns::Field field);
std::vector<SummaryRow> people_rows(const concerns::Account& account);
std::vector<SummaryRow> adult_rows(const concerns::Account& account);
/// The last decision, in words; nothing while there is none.
std::optional<Decided> decided_of(const app::Reading& reading);
/// What was typed, for reading only.
std::vector<SummaryRow> kept_of(const DecisionTyped& typed);
/// The rules the deciding manager goes by: who decides, and by when it is answered.
Clause decision_clause(const app::Reading& reading, const protocol::Questions& questions);
/// Counts as people say them: "After school 3, evening 1"; the most frequent first.
std::string counts_in_words(const std::vector<std::pair<std::string, std::size_t>>& counts);

}  // namespace kith::web
