// The questions about what is told, asked and said.
#include <algorithm>

#include "protocol/basis.hpp"
#include "protocol/questions.hpp"

namespace kith::protocol {
namespace {

template <class Row>
Answer<std::vector<Row>> all(std::vector<Row> rows) {
    const Basis basis = basis_of_all(rows);
    return Answer<std::vector<Row>>::of(std::move(rows), basis);
}

const SubjectRule& rule_of(const Pack& pack, Subject subject) {
    const auto at = std::ranges::find(pack.subjects, subject, &SubjectRule::subject);
    KITH_CHECK(at != pack.subjects.end());
    return *at;
}

template <class Wanted>
Answer<std::vector<Part>> parts_where(const Pack& pack, Subject subject, Wanted wanted) {
    const SubjectRule& rule = rule_of(pack, subject);
    std::vector<Part> parts;
    std::ranges::copy_if(rule.parts, std::back_inserter(parts), wanted);
    return all(std::move(parts));
}

Permission only_if_given(NamingConsent consent) {
    return consent == NamingConsent::given ? Permission::yes : Permission::no;
}

}  // namespace

Answer<std::vector<Tellable>> Questions::what_a_reporter_may_be_told(Subject subject, Category category) const {
    using Told = Answer<std::vector<Tellable>>;
    const SubjectRule& rule = rule_of(*pack_, subject);
    switch (category) {
        case Category::in_their_job:
            return Told::ask_a_person("this text does not speak of people who tell in their job", rule.told_basis);
        case Category::ordinary:
            return Told::of({Tellable::received}, rule.told_basis);
        case Category::stakeholder:
        case Category::guardian:
        case Category::council_identified:
            break;
    }
    return Told::of(rule.may_be_told, rule.told_basis);
}

Answer<MayBeNamed> Questions::may_be_named(NamingConsent person, NamingConsent organisation) const {
    return Answer<MayBeNamed>::of({only_if_given(person), only_if_given(organisation)}, pack_->naming);
}

Answer<std::vector<SubjectRule>> Questions::subjects() const { return all(pack_->subjects); }

Answer<std::vector<Part>> Questions::parts(Subject subject) const {
    return parts_where(*pack_, subject, [](const Part&) { return true; });
}

Answer<std::vector<Part>> Questions::required_parts(Subject subject) const {
    return parts_where(*pack_, subject, [](const Part& part) { return part.need == PartNeed::report; });
}

Answer<std::vector<Part>> Questions::required_parts_of_written_form(Subject subject) const {
    return parts_where(*pack_, subject, [](const Part& part) { return part.need != PartNeed::optional; });
}

Answer<std::vector<CategoryRule>> Questions::categories() const { return all(pack_->categories); }

Answer<Permission> Questions::may_hold_category(Category category, Agreement agreement) const {
    const auto rule = std::ranges::find(pack_->categories, category, &CategoryRule::category);
    KITH_CHECK(rule != pack_->categories.end());
    const bool may = rule->needs == AgreementNeed::none || agreement == Agreement::current;
    return Answer<Permission>::of(may ? Permission::yes : Permission::no, rule->basis);
}

Answer<std::vector<ActRule>> Questions::acts() const { return all(pack_->acts); }

Answer<EmergencyWords> Questions::emergency_words() const {
    return Answer<EmergencyWords>::of(pack_->emergency, pack_->emergency.basis);
}

Answer<ReplyWords> Questions::reply_words() const { return Answer<ReplyWords>::of(pack_->reply, pack_->reply.basis); }

}  // namespace kith::protocol
