// What pages for the public show.
#pragma once
#include "web/components.hpp"

namespace kith::web {

struct RingLine {
    std::string label, number, option;
    Url href;
};

/// Whom to ring, those who answer now first.
struct Ringing {
    bool is_staffed = true;
    bool is_open = true;                ///< the front door takes worries here
    std::optional<RingLine> now;        ///< who answers at this hour
    std::optional<RingLine> else_when;  ///< who answers at other hours
    std::string hours;                  ///< "Monday to Friday 8:00 to 20:00"
    std::string opens;                  ///< "Monday 23 November 2026, 08:00", when nobody is there
};

struct AreaChoice {
    std::string name, service;
    Url href;
};
struct ChooseAreaPage {
    PublicFrame frame;
    std::vector<AreaChoice> areas;
};

struct FirstPage {
    PublicFrame frame;
    Ringing ringing;
    std::vector<Door> doors;
    Url young;
    std::string reply_within;  ///< "one hour", or empty where no time is set
    Url draft;                 ///< a worry half told in this browser
};

struct YoungPage {
    PublicFrame frame;
    Ringing ringing;
    RingLine childline;
    Url about_me, about_a_friend, about_a_group, about_a_place;
};

/// One question of a report, or a few that belong together.
struct QuestionPage {
    PublicFrame frame;
    Errors errors;
    Url action, leave;  ///< `leave` empty: nothing is kept yet
    std::string form_token;
    std::vector<std::pair<std::string, std::string>> hidden;
    std::string section, title;  ///< title empty: the one field is the heading
    std::vector<std::string> intro;
    std::string important;  ///< the emergency
    std::vector<FieldGroup> groups;
    std::string add_text;  ///< "Add another person"
    bool can_say_dont_know = false;
    bool can_stop = false;  ///< "That is all I know"
    std::string button = "Continue";
    Ringing ringing;
};

struct AddedFile {
    std::string words, name, id;
};
/// Pictures and documents: of a report, or added to a worry by whoever comes back.
struct FilesPage {
    PublicFrame frame;
    Errors errors;
    Url action, take_away, leave;
    std::string form_token;
    std::vector<std::pair<std::string, std::string>> hidden;
    std::string section, go_on, none_of_them;  ///< go_on: the button; none_of_them: the link that leaves
    std::vector<AddedFile> files;
    bool can_add = true;
    Ringing ringing;
};

struct TellingWord {
    std::string value, before, words, after, why;
    bool is_marked = false;
};
struct CheckSection {
    std::string title;
    std::vector<SummaryRow> rows;
};
struct CheckPage {
    PublicFrame frame;
    Errors errors;
    Url action, leave;
    std::string form_token;
    std::vector<CheckSection> sections;
    std::vector<TellingWord> telling;
    bool is_nameless = false;
    bool is_in_danger = false;
    bool stays = false;
    Ringing ringing;
};

struct SentPage {
    PublicFrame frame;
    std::string code;
    std::string reply_within, form_due;
    bool is_staffed = true;
    bool is_young = false;
    std::string cannot_say_more;
    Ringing ringing;
};

struct LeavePage {
    PublicFrame frame;
    Errors errors;
    Url action, back_to;
    std::string form_token;
    bool is_worried = false;  ///< about confidentiality: reassured before anything is dropped (HAC-005)
    bool is_unsure = false;
    Ringing ringing;
};

struct Way {
    std::string text;
    Url href;
};
/// A page that says one thing: expired, deleted, closed.
struct NoticePage {
    PublicFrame frame;
    std::string title;
    std::vector<std::string> paragraphs;
    std::vector<Way> ways;
    Url action;  ///< with a button, where something is done
    std::string form_token, button;
    std::optional<Ringing> ringing;
};

struct ComeBackPage {
    PublicFrame frame;
    Errors errors;
    std::string code;
};

struct ThreadMessage {
    std::string who, when, text;
    bool is_question = false;
};
struct ThreadPage {
    PublicFrame frame;
    Errors errors;
    std::string form_token, words;
    std::string received, cannot_say_more, form_due;
    std::vector<ThreadMessage> messages;
    bool question_open = false;
    bool was_added = false, files_were_added = false;
    std::string not_sent;  ///< files that were added and wait to be sent
    bool form_is_late = false, form_came = false, form_was_sent = false;
    Ringing ringing;
};

struct FormRow {
    std::string id, key, text;
    Url change;
    bool is_needed = false, is_missing = false;
};
struct FormSection {
    std::string title;
    std::vector<FormRow> rows;
};
/// The written form, as it stands before it is sent. Nothing of who told is on it.
struct FormPage {
    PublicFrame frame;
    Errors errors;
    std::string form_token;
    std::string call_at, due;  ///< `due` empty: no time is set
    bool is_late = false, has_begun = false;
    std::size_t missing = 0;  ///< needed parts without an answer
    std::vector<FormSection> sections;
    std::vector<TellingWord> telling;
    Ringing ringing;
};

struct AboutPage {
    PublicFrame frame;
    std::string service;
    std::vector<RingLine> lines;
    std::string draft_hours;
};

}  // namespace kith::web
