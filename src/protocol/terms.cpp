#include "protocol/terms.hpp"

namespace kith::protocol {

template <>
const std::vector<Named<Subject>>& all_of() {
    static const std::vector<Named<Subject>> rows{
        {Subject::child, "child"}, {Subject::family, "family"}, {Subject::group, "group"}, {Subject::place, "place"}};
    return rows;
}

template <>
const std::vector<Named<Channel>>& all_of() {
    static const std::vector<Named<Channel>> rows{{Channel::telephone, "telephone"},
                                                  {Channel::online, "online"},
                                                  {Channel::letter, "letter"},
                                                  {Channel::in_person, "in_person"}};
    return rows;
}

template <>
const std::vector<Named<Category>>& all_of() {
    static const std::vector<Named<Category>> rows{{Category::stakeholder, "stakeholder"},
                                                   {Category::guardian, "guardian"},
                                                   {Category::council_identified, "council_identified"},
                                                   {Category::in_their_job, "in_their_job"},
                                                   {Category::ordinary, "ordinary"}};
    return rows;
}

template <>
const std::vector<Named<Duty>>& all_of() {
    static const std::vector<Named<Duty>> rows{
        {Duty::call_taker, "call_taker"}, {Duty::duty_worker, "duty_worker"}, {Duty::manager, "manager"}};
    return rows;
}

template <>
const std::vector<Named<Purpose>>& all_of() {
    static const std::vector<Named<Purpose>> rows{{Purpose::front_door, "front_door"},
                                                  {Purpose::out_of_hours, "out_of_hours"},
                                                  {Purpose::advice, "advice"},
                                                  {Purpose::young_people, "young_people"},
                                                  {Purpose::designated_officer, "designated_officer"}};
    return rows;
}

template <>
const std::vector<Named<Term>>& all_of() {
    static const std::vector<Named<Term>> rows{{Term::front_door, "front_door"},
                                               {Term::call_taker, "call_taker"},
                                               {Term::duty_worker, "duty_worker"},
                                               {Term::manager, "manager"},
                                               {Term::stakeholder, "stakeholder"},
                                               {Term::guardian, "guardian"},
                                               {Term::council_identified, "council_identified"},
                                               {Term::in_their_job, "in_their_job"},
                                               {Term::ordinary, "ordinary"},
                                               {Term::written_form, "written_form"},
                                               {Term::service, "service"},
                                               {Term::designated_officer, "designated_officer"}};
    return rows;
}

template <>
const std::vector<Named<PartNeed>>& all_of() {
    static const std::vector<Named<PartNeed>> rows{
        {PartNeed::optional, "optional"}, {PartNeed::report, "report"}, {PartNeed::written_form, "written_form"}};
    return rows;
}

template <>
const std::vector<Named<AgreementNeed>>& all_of() {
    static const std::vector<Named<AgreementNeed>> rows{{AgreementNeed::none, "none"},
                                                        {AgreementNeed::agreement, "agreement"}};
    return rows;
}

template <>
const std::vector<Named<Tellable>>& all_of() {
    static const std::vector<Named<Tellable>> rows{{Tellable::received, "received"},
                                                   {Tellable::intervention_yes_or_no, "intervention_yes_or_no"},
                                                   {Tellable::intervention_length, "intervention_length"}};
    return rows;
}

template <>
const std::vector<Named<TermKey>>& all_of() {
    static const std::vector<Named<TermKey>> rows{{TermKey::contact_number, "contact_number"},
                                                  {TermKey::out_of_hours_contact, "out_of_hours_contact"},
                                                  {TermKey::designated_officer_contact, "designated_officer_contact"},
                                                  {TermKey::opening_hours, "opening_hours"},
                                                  {TermKey::who_receives, "who_receives"},
                                                  {TermKey::who_decides, "who_decides"},
                                                  {TermKey::who_answers, "who_answers"},
                                                  {TermKey::reply_clock, "reply_clock"},
                                                  {TermKey::escalation, "escalation"},
                                                  {TermKey::written_form, "written_form"},
                                                  {TermKey::guardian_definition, "guardian_definition"}};
    return rows;
}

}  // namespace kith::protocol
