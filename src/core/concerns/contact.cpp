#include "core/concerns/contact.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace kith::concerns {
namespace {
constexpr std::uint32_t kVersion = 2;  // 1 had no post
constexpr std::array<std::string_view, 3> kSources{"community", "in_their_job", "about_themselves"};
constexpr std::array<std::string_view, 4> kCategories{"ordinary", "stakeholder", "guardian", "council_identified"};
constexpr std::array<std::string_view, 3> kReaches{"ring", "text", "this_page_only"};

template <class E, std::size_t N>
std::optional<E> named(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return std::nullopt;
    return static_cast<E>(at - names.begin());
}
}  // namespace

std::string_view name_of(Source source) { return kSources[static_cast<std::size_t>(source)]; }
std::optional<Source> source_named(std::string_view name) { return named<Source>(kSources, name); }
std::string_view name_of(Category category) { return kCategories[static_cast<std::size_t>(category)]; }
std::optional<Category> category_named(std::string_view name) { return named<Category>(kCategories, name); }
std::string_view name_of(Reach reach) { return kReaches[static_cast<std::size_t>(reach)]; }
std::optional<Reach> reach_named(std::string_view name) { return named<Reach>(kReaches, name); }

std::optional<std::string_view> first_field_too_long(const Contact& contact) {
    // Letters of four bytes would outgrow the padded size, whose room is for three bytes a letter in every field.
    const auto over = [](const std::string& text, std::size_t most) {
        return text::length(text) > most || text.size() > 3 * most;
    };
    if (over(contact.name, kMostContactLine)) return "reporter_name";
    if (over(contact.organisation, kMostContactLine)) return "reporter_organisation";
    if (over(contact.post, kMostContactLine)) return "reporter_post";
    if (over(contact.telephone, 40)) return "reporter_telephone";
    if (over(contact.email, kMostContactLine)) return "reporter_email";
    if (over(contact.agreement, kMostAgreement)) return "reporter_agreement";
    if (over(contact.when_safe, kMostContactWords)) return "when_safe";
    if (over(contact.must_not_know, kMostContactWords)) return "must_not_know";
    return std::nullopt;
}

Bytes encode(const Contact& contact) {
    Bytes out;
    append_u32(out, kVersion);
    for (const auto* piece : {&contact.name, &contact.organisation, &contact.telephone, &contact.email,
                              &contact.agreement, &contact.when_safe, &contact.must_not_know})
        append_piece(out, as_bytes(*piece));
    append_piece(out, as_bytes(name_of(contact.source)));
    append_piece(out, as_bytes(name_of(contact.category)));
    append_piece(out, as_bytes(name_of(contact.reach)));
    append_u32(out, contact.may_leave_message ? 1 : 0);
    append_u32(out, contact.under_18 ? 1 : 0);
    append_piece(out, as_bytes(contact.post));
    return out;
}

Result<Contact> decode_contact(BytesView bytes) {
    const auto refused = [] { return fail(Code::betrayed, "a contact that does not decode"); };
    ByteReader in(bytes);
    const auto version = in.u32();
    if (version != 1 && version != kVersion) return refused();
    Contact contact;
    for (auto* piece : {&contact.name, &contact.organisation, &contact.telephone, &contact.email, &contact.agreement,
                        &contact.when_safe, &contact.must_not_know})
        *piece = in.text();
    const auto source = source_named(as_text(in.piece()));
    const auto category = category_named(as_text(in.piece()));
    const auto reach = reach_named(as_text(in.piece()));
    const auto message = in.u32();
    const auto under_18 = in.u32();
    if (version == kVersion) contact.post = in.text();
    if (!in.at_end() || !source || !category || !reach || message > 1 || under_18 > 1) return refused();
    contact.source = *source;
    contact.category = *category;
    contact.reach = *reach;
    contact.may_leave_message = message == 1;
    contact.under_18 = under_18 == 1;
    return contact;
}

}  // namespace kith::concerns
