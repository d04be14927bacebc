// The register of parties: stakeholders, guardians, services and organisations, and the agreements some hold with the
// council. Category and agreement are two facts (PLY-010 to 012, HAC-001, 010 to 012). A party's record never names a
// worry, and no worry names a party.
#pragma once
#include "app/house.hpp"

namespace kith::app {

enum class PartyKind { person, service, organisation };
enum class PlaceTie { lives, works };
std::string_view name_of(PartyKind kind);
std::optional<PartyKind> party_kind_named(std::string_view name);
std::string_view name_of(PlaceTie tie);
std::optional<PlaceTie> place_tie_named(std::string_view name);

/// Made with the council to help keep local children safe and well.
struct PartyAgreement {
    Day made{};
    std::string scope;
    std::vector<std::string> duties;  ///< one a line, as they were accepted
    std::optional<Day> acknowledged;  ///< the day on which the party said so
    std::optional<Day> ended;         ///< the last day on which it held
    friend bool operator==(const PartyAgreement&, const PartyAgreement&) = default;
};

struct Party {
    PartyId id;
    PartyKind kind = PartyKind::person;
    std::string name;
    protocol::Category category = protocol::Category::stakeholder;
    FrontDoorId front_door;
    std::string place;
    std::optional<PlaceTie> tie;
    std::optional<PartyAgreement> agreement;
    std::string identified_by, identified_why;  ///< of one whom the council identified: which officer, and why
    bool statutory = false;                     ///< a body under section 11 of the Children Act 2004, of itself
    std::optional<PartyId> commissioner;        ///< for whom it works under contract
    friend bool operator==(const Party&, const Party&) = default;
};

protocol::Agreement agreement_on(const Party& party, Day day);
/// A guardian acts as one only under an agreement that holds that day and whose duties they acknowledged (HAC-011,
/// 012).
bool acts_as_guardian(const Party& party, Day day);

/// A party as it is shown: the duty a contractor carries comes from its commissioner (PLY-014).
struct PartyView {
    Party party;
    bool under_duty = false;
    bool acts_as_guardian = false;
    protocol::Agreement agreement = protocol::Agreement::none;
    std::string commissioner;  ///< its name, or empty
};

/// All of that front door, by name.
Result<std::vector<PartyView>> see_parties(House& house, const Actor& actor, FrontDoorId front_door);
Result<PartyView> see_party(House& house, const Actor& actor, PartyId id);
/// A new one where the id is all zero. `invalid` with the field at fault: name, category, place, tie, agreement_made,
/// scope, duties, acknowledged, ended, identified_by, identified_why, statutory, commissioner.
Result<PartyId> keep_party(House& house, const Actor& actor, Party party);

}  // namespace kith::app
