// The closed lists a pack is written in. Each has its word as it stands in pack.toml, and is read back from it.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "core/concerns/account.hpp"

namespace kith::protocol {

using Clauses = std::vector<std::string>;  ///< clause ids such as PLY-023, in the order the pack gives them

using concerns::Subject;
enum class Channel { telephone, online, letter, in_person };
/// Who tells. Whether an agreement with the council exists is a fact of its own.
enum class Category { stakeholder, guardian, council_identified, in_their_job, ordinary };
/// Who does a step at the front door.
enum class Duty { call_taker, duty_worker, manager };
enum class Purpose { front_door, out_of_hours, advice, young_people, designated_officer };
enum class Term {
    front_door,
    call_taker,
    duty_worker,
    manager,
    stakeholder,
    guardian,
    council_identified,
    in_their_job,
    ordinary,
    written_form,
    service,
    designated_officer,
};
enum class PartNeed { optional, report, written_form };  ///< needed in every report, or in the written form only
enum class AgreementNeed { none, agreement };
enum class Tellable { received, intervention_yes_or_no, intervention_length };

/// What a text may leave to be decided locally. A pack names those it leaves open in `locally_decided`.
enum class TermKey {
    contact_number,
    out_of_hours_contact,
    designated_officer_contact,  ///< may be given anywhere; no front door waits for it
    opening_hours,
    who_receives,
    who_decides,
    who_answers,
    reply_clock,
    escalation,
    written_form,
    guardian_definition,
};

template <class E>
struct Named {
    E value;
    std::string_view name;
};
/// Specialised in terms.cpp for every list above: all its values with their words.
template <class E>
const std::vector<Named<E>>& all_of();

template <class E>
std::string_view name_of(E value) {
    for (const auto& row : all_of<E>())
        if (row.value == value) return row.name;
    return {};
}
template <class E>
std::optional<E> named(std::string_view name) {
    for (const auto& row : all_of<E>())
        if (row.name == name) return row.value;
    return std::nullopt;
}

template <>
const std::vector<Named<Subject>>& all_of();
template <>
const std::vector<Named<Channel>>& all_of();
template <>
const std::vector<Named<Category>>& all_of();
template <>
const std::vector<Named<Duty>>& all_of();
template <>
const std::vector<Named<Purpose>>& all_of();
template <>
const std::vector<Named<Term>>& all_of();
template <>
const std::vector<Named<PartNeed>>& all_of();
template <>
const std::vector<Named<AgreementNeed>>& all_of();
template <>
const std::vector<Named<Tellable>>& all_of();
template <>
const std::vector<Named<TermKey>>& all_of();

}  // namespace kith::protocol
