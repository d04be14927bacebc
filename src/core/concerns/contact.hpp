// Who told and how to reach them: what the reporters' vault keeps. Never part of the account of a worry.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"

namespace kith::concerns {

/// reporters-vault: kinds of source. Community keeps every protection; in their job, name and post are ordinary sealed
/// fields; about themselves, the person is in the record and only that they told is in the vault.
enum class Source { community, in_their_job, about_themselves };

/// What a party of the protocol is to the council. The agreement is a fact apart (front-door 11).
enum class Category { ordinary, stakeholder, guardian, council_identified };

enum class Reach { ring, text, this_page_only };

struct Contact {
    std::string name, organisation, telephone, email;
    std::string post;  ///< in their job
    Source source = Source::community;
    Category category = Category::ordinary;
    std::string agreement;  ///< its reference; of one identified by the council, by whom and why
    Reach reach = Reach::this_page_only;
    std::string when_safe;  ///< when it is safe to ring
    bool may_leave_message = false;
    std::string must_not_know;  ///< who must not learn that we ring
    bool under_18 = false;      ///< owes no written form (front-door 16)

    /// True when there is nothing that could lead to a person.
    bool is_anonymous() const { return name.empty() && organisation.empty() && telephone.empty() && email.empty(); }
    friend bool operator==(const Contact&, const Contact&) = default;
};

/// Field limits that keep an encoded contact within its fixed padded size.
constexpr std::size_t kMostContactLine = 150;
constexpr std::size_t kMostAgreement = 80;
constexpr std::size_t kMostContactWords = 300;
std::optional<std::string_view> first_field_too_long(const Contact& contact);

Bytes encode(const Contact& contact);
Result<Contact> decode_contact(BytesView bytes);

/// PLY-032, HAC-037: two consents, each withheld unless said.
struct NamingConsent {
    bool person = false;
    bool organisation = false;
    bool person_refused = false, organisation_refused = false;  ///< asked, and they said no; it changes nothing else
    friend bool operator==(const NamingConsent&, const NamingConsent&) = default;
};

std::string_view name_of(Source source);
std::optional<Source> source_named(std::string_view name);
std::string_view name_of(Category category);
std::optional<Category> category_named(std::string_view name);
std::string_view name_of(Reach reach);
std::optional<Reach> reach_named(std::string_view name);

}  // namespace kith::concerns
