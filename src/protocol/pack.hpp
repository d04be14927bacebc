// A protocol pack in memory: the facts of one local text. It is only ever made by load_pack, which refuses a file with
// any fault, so every value here is plausible and every clause it cites exists.
#pragma once
#include <map>
#include <memory>

#include "base/bytes.hpp"
#include "core/clocks/opening_hours.hpp"
#include "protocol/terms.hpp"

namespace kith::protocol {

/// What a setting rests on: clauses of the text, or a public source where the text is silent. Never neither.
struct Basis {
    Clauses clauses;
    std::string source;
    friend bool operator==(const Basis&, const Basis&) = default;
};

template <class T>
struct Setting {
    T value{};
    Basis basis;
    friend bool operator==(const Setting&, const Setting&) = default;
};

enum class Modality { definition, must, should, may, must_not, right, principle, fact };
enum class Home { pack, code, not_yet };  ///< where the rule is carried out

struct Clause {
    std::string id;
    Modality modality;
    std::string rule;  ///< in our own words
    Home home;
};

/// Number and option are two settings with a date of their own (PLY-019).
struct ContactPoint {
    Purpose purpose{};
    std::string label;
    std::string number;  ///< as people dial it: "01752 668000"
    std::string option;  ///< the key to press after the greeting, or empty
    Day effective_from{};
    Basis basis;
    friend bool operator==(const ContactPoint&, const ContactPoint&) = default;
};

struct WrittenForm {
    std::chrono::hours within{0};
    std::vector<Category> owed_by;
    std::vector<Channel> after;
    friend bool operator==(const WrittenForm&, const WrittenForm&) = default;
};

struct CategoryRule {
    Category category{};
    std::string label;
    std::string meaning;
    AgreementNeed needs{};
    std::vector<std::string> asks;  ///< what is recorded of such a person, as words for a form
    Basis basis;
};

struct Part {
    std::string id;  ///< the field's name: "what_seen", "worry" ...
    std::string prompt;
    std::string hint;
    PartNeed need{};
    Basis basis;
};

struct SubjectRule {
    Subject subject{};
    std::string label;
    std::vector<Tellable> may_be_told;
    Basis told_basis;
    std::vector<Part> parts;
    Basis basis;
};

struct ActRule {
    std::string id;
    std::string label;
    Basis basis;
};

struct EmergencyWords {
    std::string headline;
    std::string text;
    std::string cannot_speak;
    Basis basis;
};

/// The same words whether something is done or not, so that the reply does not betray the decision.
struct ReplyWords {
    std::string received;
    std::string cannot_say_more;
    Basis basis;
};

struct Reference {
    std::string label;
    std::string url;
    Basis basis;
};

/// Law or guidance as the text cites it, and what stands now. The citation is history, never the current basis.
struct CitedLaw {
    std::string cites;
    std::string now;
    Basis basis;
};

struct Pack {
    std::string name;     ///< the folder's name: "plymouth-community"
    std::string version;  ///< "1.0.0"
    std::string title;
    std::string area;
    std::string edition;  ///< of the text: "2019"
    std::string owner;    ///< the service that answers for it
    Day in_force{};
    Day review{};
    Basis basis;
    std::map<TermKey, Basis> locally_decided;  ///< what the text leaves open, and the clause that shows it

    std::map<Term, Setting<std::string>> words;
    std::vector<ContactPoint> contacts;  ///< by purpose and then by date
    std::optional<Setting<clocks::OpeningHours>> opening_hours;
    std::optional<Setting<Duty>> receives;
    std::optional<Setting<Duty>> decides;
    std::optional<Setting<Duty>> answers;
    std::optional<Setting<std::chrono::minutes>> reply_within;  ///< elapsed, after receipt
    std::optional<Setting<std::vector<std::chrono::minutes>>>
        escalate;  ///< around the reply's due time; before is negative
    std::optional<Setting<WrittenForm>> written_form;
    Setting<std::chrono::minutes> idle_call;
    Setting<std::chrono::hours> draft_expiry;
    Setting<std::chrono::hours> way_in;
    Setting<bool> ask_for_more_in_danger;
    std::optional<Setting<int>> tell_designated_officer, confirm_handing_on;  ///< working days
    Basis naming;  ///< the clauses on naming the person and the organisation who told
    std::vector<CategoryRule> categories;
    std::vector<SubjectRule> subjects;
    std::vector<ActRule> acts;
    EmergencyWords emergency;
    ReplyWords reply;
    std::vector<Reference> references;
    std::vector<CitedLaw> laws;
    std::vector<Clause> clauses;

    Bytes source;  ///< both files as loaded, framed: what a digest is taken over

    bool is_locally_decided(TermKey key) const;
    /// The clause, or null.
    const Clause* clause(std::string_view id) const;
    /// The local word, or the pack's own name for it as the key reads.
    std::string_view word(Term term) const;
};

/// The pack with every contact point overridden by a number that belongs to nobody (01632 960xxx), a demonstration's.
Pack for_demonstration(Pack pack);

}  // namespace kith::protocol
