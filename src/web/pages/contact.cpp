#include "web/pages/contact.hpp"

#include "web/pages/say.hpp"

namespace kith::web {

OpenedContact opened_contact(const concerns::Contact& contact) {
    OpenedContact out;
    out.is_anonymous = contact.is_anonymous();
    out.may_ring = contact.reach == concerns::Reach::ring && !contact.telephone.empty();
    out.number = contact.telephone;
    if (out.may_ring) out.call = Url::telephone(contact.telephone);
    out.email = contact.email;
    const auto add = [](std::vector<SummaryRow>& rows, std::string key, std::string text) {
        if (!text.empty()) rows.push_back({.key = std::move(key), .text = std::move(text)});
    };
    add(out.wishes, "How", say("reach_us", name_of(contact.reach)));
    add(out.wishes, "When it is safe", contact.when_safe.empty() ? "They did not say" : contact.when_safe);
    add(out.wishes, "Leave a message?",
        contact.may_leave_message ? "Yes, they allow it" : "No. Say nothing of this to anyone else who answers");
    add(out.wishes, "Must not know", contact.must_not_know);
    add(out.who, "Name", contact.name);
    add(out.who, "Post", contact.post);
    add(out.who, "Organisation", contact.organisation);
    add(out.who, "Who they are to us", say("category", name_of(contact.category)));
    add(out.who, "Agreement", contact.agreement);
    return out;
}

ContactPage contact_page(const concerns::Concern& concern, std::string heading, Instant now) {
    ContactPage page;
    page.heading = std::move(heading);
    page.reference = concern.reference;
    page.back = Url::path("/concerns/{}", concern.id);
    page.action = Url::path("/concerns/{}/contact", concern.id);
    page.ring_back_url = Url::path("/concerns/{}/ring-back", concern.id);
    page.is_answered = concern.answered_at.has_value();
    page.is_late = concerns::is_late(concern, now) && !page.is_answered;
    return page;
}

ContactPage contact_page(const app::Reading& reading, Instant now) {
    const auto& concern = reading.concern;
    ContactPage page = contact_page(concern, concerns::heading(reading.account), now);
    if (concern.stage == concerns::Stage::on_call)
        page.closed = word("concern.sealed_call");
    else if (concern.way_in_missing)
        page.closed = word("concern.sealed_missing");
    else if (!reading.way_in_open)
        page.closed = word("concern.sealed_closed");
    return page;
}

}  // namespace kith::web
