// kith user list: for whoever runs the machine. Names are shown to them alone, on their own terminal.
#include <iostream>

#include "app/people.hpp"
#include "cli/commands.hpp"

namespace kith::cli {

int list_users(Machinery& machinery, const Places& places, std::ostream& out) {
    const auto opened = machinery.open({.places = places, .company = Company::beside_a_server});
    if (!opened) return say(opened.error(), "open the data folder");
    app::Actor operating;
    operating.kind = app::Actor::Kind::member;
    operating.roles = {parties::Role::administrator};
    const auto members = app::see_members((*opened)->house(), operating);
    if (!members) return say(members.error(), "read the members");
    for (const auto& member : *members) {
        out << member.name << " <" << member.email << ">";
        for (const auto role : member.roles.list()) out << ' ' << name_of(role);
        out << (member.shut_out                         ? ", shut out"
                : member.holds_pair && !member.admitted ? ", waits for a custodian to admit them"
                                                        : "")
            << '\n';
    }
    return 0;
}

}  // namespace kith::cli
