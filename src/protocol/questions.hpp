// The questions other rooms ask of a protocol. Each answer carries what it rests on; where the text is silent and
// nobody has decided, the answer is to ask a person. No other room reads a pack to find a rule: a decision engine can
// come to stand behind these questions without any of them changing.
#pragma once
#include "protocol/local_terms.hpp"

namespace kith::protocol {

template <class T>
class Answer {
  public:
    static Answer of(T value, Basis basis, std::optional<LocalDecision> locally_decided_by = std::nullopt) {
        Answer answer;
        answer.value_ = std::move(value);
        answer.basis_ = std::move(basis);
        answer.locally_decided_by_ = std::move(locally_decided_by);
        return answer;
    }
    static Answer ask_a_person(Words why, Basis basis = {}) {
        Answer answer;
        answer.why_ = why.text;
        answer.basis_ = std::move(basis);
        return answer;
    }

    bool asks_a_person() const { return !value_.has_value(); }
    /// Only when it does not ask a person.
    const T& value() const {
        KITH_CHECK(value_.has_value());
        return *value_;
    }
    T value_or(T other) const { return value_ ? *value_ : std::move(other); }
    const Clauses& clauses() const { return basis_.clauses; }
    /// A public source where the text itself is silent, or empty.
    const std::string& source() const { return basis_.source; }
    const std::optional<LocalDecision>& locally_decided_by() const { return locally_decided_by_; }
    /// Why a person must be asked, for staff.
    std::string_view why() const { return why_; }

  private:
    std::optional<T> value_;
    Basis basis_;
    std::optional<LocalDecision> locally_decided_by_;
    std::string_view why_;
};

enum class Permission { no, yes };
enum class Danger { unmarked, marked };
enum class Age { adult, under_18 };
enum class Identity { given, withheld };
enum class Agreement { none, current, ended };
enum class NamingConsent { unset, given, refused, withdrawn };
enum class FormState { not_owed, awaited, received };

struct Teller {
    Category category = Category::ordinary;
    Identity identity = Identity::given;
    Age age = Age::adult;
};

/// Who may open a reporter's contact now.
enum class ContactOpening {
    manager_alone,                ///< the way in is open
    custodian_and_second_person,  ///< it has closed
};
struct WayIn {
    Instant received_at;
    std::optional<Instant> answered_at;
    FormState form = FormState::not_owed;
};

struct Staffing {
    bool staffed = false;
    std::optional<Instant> opens;  ///< the next opening when nobody is there; empty if staffed or never
};

struct MayBeNamed {
    Permission person = Permission::no;
    Permission organisation = Permission::no;
};

/// One pack, what was decided locally, and the calendar. Cheap to copy; safe to read from many threads.
class Questions {
  public:
    Questions(std::shared_ptr<const Pack> pack, LocalTerms terms, clocks::Calendar calendar);

    const Pack& pack() const { return *pack_; }
    /// What the text leaves open and nobody has decided yet. A front door opens only when there is none (HAC-017). What
    /// a guardian is keeps no front door closed: only that role waits for it.
    std::vector<TermKey> missing_terms() const;
    Permission may_open_front_door() const;

    /// When the reply is due, or nothing where it was decided that there is no clock.
    Answer<std::optional<Instant>> reply_due(Instant received_at) const;
    /// When the written form is due, or nothing when this teller owes none by this way of telling.
    Answer<std::optional<Instant>> written_form_due(Channel channel, const Teller& teller, Instant received_at) const;
    /// The instants at which an unanswered worry is raised further, ascending; none without a reply clock.
    Answer<std::vector<Instant>> escalate_at(Instant received_at) const;
    /// When an idle call goes to the manager as it is.
    Answer<Instant> idle_call_handed_over_at(Instant last_change) const;
    Answer<Instant> draft_expires_at(Instant last_change) const;

    Answer<Duty> who_receives() const;
    Answer<Duty> who_decides() const;
    Answer<Duty> who_answers() const;
    Answer<ContactOpening> who_may_open_contact(const WayIn& way, Instant now) const;
    /// When the way in closes if nothing further happens; nothing while the worry is unanswered.
    Answer<std::optional<Instant>> way_in_closes_at(const WayIn& way) const;
    Answer<Permission> may_ask_for_more(Danger danger) const;

    /// By when the designated officer is told of someone who works with children; nothing where no time is set.
    Answer<std::optional<Instant>> designated_officer_due(Instant known_at) const;
    /// By when another area confirms that it has what was handed on to it; nothing where no time is set.
    Answer<std::optional<Instant>> confirmation_due(Instant handed_on_at) const;

    /// Those in effect at `at`, at most one of each purpose, the front door first. One that nobody has decided is left
    /// out, so that a closed front door still shows whom else to ring.
    Answer<std::vector<ContactPoint>> contact_points(Instant at) const;
    Answer<Staffing> is_staffed(Instant at) const;
    Answer<clocks::OpeningHours> opening_hours() const;

    /// What they may be told at most; anything beyond *received* also takes a recorded need to know. Asks a person for
    /// someone who tells in their job, of whom these texts do not speak.
    Answer<std::vector<Tellable>> what_a_reporter_may_be_told(Subject subject, Category category) const;
    /// To those receiving the intervention. Person and organisation are two consents; only *given* names.
    Answer<MayBeNamed> may_be_named(NamingConsent person, NamingConsent organisation) const;

    Answer<std::vector<SubjectRule>> subjects() const;
    /// Every part asked for, with its prompt.
    Answer<std::vector<Part>> parts(Subject subject) const;
    Answer<std::vector<Part>> required_parts(Subject subject) const;
    /// Those without which the written form is not complete: the report's required parts and its own.
    Answer<std::vector<Part>> required_parts_of_written_form(Subject subject) const;
    Answer<std::vector<CategoryRule>> categories() const;
    /// What a guardian is: as the text says, or as it was decided here where the text names them without defining them
    /// (PLY-012). Asks a person until that is decided.
    Answer<std::string> meaning_of_guardian() const;
    /// No agreement, no guardian.
    Answer<Permission> may_hold_category(Category category, Agreement agreement) const;

    Answer<std::vector<ActRule>> acts() const;
    Answer<EmergencyWords> emergency_words() const;
    Answer<ReplyWords> reply_words() const;
    std::string_view word(Term term) const { return pack_->word(term); }

  private:
    std::shared_ptr<const Pack> pack_;
    LocalTerms terms_;
    clocks::Calendar calendar_;
};

}  // namespace kith::protocol
