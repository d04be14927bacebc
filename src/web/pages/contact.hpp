// Who told, opened by the manager who answers: on this one answer, never under an address of its own.
#pragma once
#include "app/contact.hpp"
#include "app/decide.hpp"
#include "app/desk.hpp"
#include "web/components.hpp"

namespace kith::web {

struct OpenedContact {
    std::string number, number_note, email;  ///< the note stands beside the number: how, when, who must not know
    Url call;
    bool may_ring = false, is_anonymous = false;
    std::vector<SummaryRow> wishes, who;
};
OpenedContact opened_contact(const concerns::Contact& contact);

struct RingBackTyped {
    std::string reached, note, late_reason;
};

struct ContactPage {
    StaffFrame frame;
    Errors errors;
    std::string done, heading, reference, closed;  ///< `closed`: why it cannot be opened here, or empty
    Url action, ring_back_url, back;
    std::string purpose;
    std::optional<OpenedContact> opened;
    RingBackTyped typed;
    bool is_late = false, is_answered = false;
};
/// What the page says of the worry itself.
ContactPage contact_page(const concerns::Concern& concern, std::string heading, Instant now);
/// And why it cannot be opened, where it cannot.
ContactPage contact_page(const app::Reading& reading, Instant now);

}  // namespace kith::web
