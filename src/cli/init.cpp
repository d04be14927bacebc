// kith init: the server's keys, the first administrator and the first custodian. What is printed here is shown this
// once.
#include <iostream>

#include "app/found.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"

namespace kith::cli {
namespace {

struct NameAndAddress {
    std::string name, email;
};

Result<NameAndAddress> read_person(std::string_view text) {
    const auto open = text.find('<');
    if (open == text.npos || text.back() != '>') return fail(Code::invalid, "write it as \"Name <address>\"");
    return NameAndAddress{text::tidy(text.substr(0, open)), std::string(text.substr(open + 1, text.size() - open - 2))};
}

Result<app::Enrolled> enrol(app::House& house, const NameAndAddress& who, parties::Roles roles,
                            const SecretText& pass_phrase) {
    return app::enrol_founder(house, {who.name, who.email, {}, roles, pass_phrase});
}

void print_sheet(app::House& house, std::ostream& out, std::string_view role, const NameAndAddress& who,
                 const SecretText& pass_phrase, const app::Enrolled& enrolled) {
    out << '\n'
        << role << ": " << who.name << " <" << who.email << ">\n"
        << "  pass phrase    " << pass_phrase.expose() << '\n'
        << "  second factor  " << house.codes.otpauth_uri(enrolled.code_secret, "Kith", who.email).expose() << '\n';
    if (!enrolled.recovery_code.expose().empty()) out << "  recovery code  " << enrolled.recovery_code.expose() << '\n';
}

Result<void> found(app::House& house, const NameAndAddress& administrator, const NameAndAddress& custodian,
                   std::ostream& out) {
    const SecretText first = app::generated_pass_phrase(house.crypto);
    const SecretText second = app::generated_pass_phrase(house.crypto);
    const auto admin = KITH_TRY(enrol(house, administrator, {parties::Role::administrator}, first));
    const auto keeper = KITH_TRY(enrol(house, custodian, {parties::Role::custodian}, second));
    KITH_TRY(app::found_custody(house, *keeper.holder));
    print_sheet(house, out, "Administrator", administrator, first, admin);
    print_sheet(house, out, "Custodian", custodian, second, keeper);
    const auto lists = KITH_TRY(house.store.reading([](app::Tables& tables) { return tables.registry().key_lists(); }));
    out << "  key list 0     " << app::fingerprint(house.crypto, lists.front()) << '\n';
    return {};
}

}  // namespace

int init_partnership(Machinery& machinery, const Places& places, const InitOptions& options, std::ostream& out) {
    const auto administrator = read_person(options.administrator);
    if (!administrator) return say(administrator.error(), "read --administrator");
    const auto custodian = read_person(options.custodian);
    if (!custodian) return say(custodian.error(), "read --custodian");
    const auto opened =
        machinery.open({.places = places,
                        .founding = Founding::new_server,
                        .master_key = options.passphrase ? MasterKeyFrom::passphrase : MasterKeyFrom::file});
    if (!opened) return say(opened.error(), "found the partnership");
    out << "Keys made. What follows is shown this once: print it, hand each person their part, and keep nothing.\n";
    if (const auto done = found((*opened)->house(), *administrator, *custodian, out); !done)
        return say(done.error(), "enrol the first people");
    out << "\nNext: kith serve, sign in as administrator, add a front door under Settings,\n"
           "invite a second custodian and the managers.\n";
    return 0;
}

}  // namespace kith::cli
