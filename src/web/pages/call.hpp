// The page on which a call is taken. It shows what its call taker said and nothing more.
#pragma once
#include "core/concerns/account.hpp"
#include "core/concerns/contact.hpp"
#include "web/components.hpp"

namespace kith::web {

struct CallForm {
    StaffFrame frame;
    Errors errors;
    Url save = "/calls";  ///< "/calls/{id}" once the call has begun
    std::string once;     ///< of a call not begun
    std::string form;     ///< of this page: its hand-over is answered once
    bool told_before = false;
    std::string began_at;  ///< RFC 3339, shown as "On the call"
    std::string began_ms;
    std::string reference;  ///< empty: not begun
    std::string saved_text;
    std::string with_name;  ///< to whom it would go; empty: nobody is on duty
    bool danger = false;
    concerns::Account account;
    concerns::Contact contact;
    concerns::NamingConsent naming;
    std::vector<concerns::ToldPerson> people;  ///< those told and one more
    std::vector<concerns::ToldAdult> adults;
    std::vector<AskItem> still_to_ask;
    std::vector<Match> known;

    std::string said(concerns::Field field) const { return std::string(account.answer(field)); }
    std::vector<std::string> chosen(concerns::Field field) const;
};

/// After handing over: what is read out to the caller, this once.
struct CallHandedOver {
    StaffFrame frame;
    std::string reference, with_name, code, reply_due, form_due;
    Url take_back = {}, concern = {}, next_call = "/calls/new";
    std::string until;  ///< RFC 3339: until when it can be taken back; empty: no longer
    std::string trouble = {};
    std::vector<std::pair<std::string, std::string>> kept;  ///< the call's words, for taking it back
};

}  // namespace kith::web
