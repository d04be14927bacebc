// kith demo: a partnership of invented people, so that a newcomer sees a living system. It says on every page that it
// is one, refuses a folder that is not a demonstration's, and shows its sign-ins to everyone. Its past is made with a
// clock of its own before anything is served; the running server's time is the machine's.
#include <fstream>
#include <iostream>
#include <random>

#include "app/found.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/demo_world.hpp"

namespace kith::cli {
namespace {

constexpr std::string_view kFirstLine = "kith-demonstration/1";

std::string encode(const std::vector<ShownPerson>& people) {
    std::string out(kFirstLine);
    out += '\n';
    for (const auto& person : people)
        out += person.name + '\t' + person.role + '\t' + person.email + '\t' + person.password + '\t' +
               to_base64(person.code_secret.expose()) + '\n';
    return out;
}

std::vector<ShownPerson> read_people(const std::filesystem::path& mark) {
    std::ifstream in(mark);
    std::vector<ShownPerson> out;
    std::string line;
    if (!std::getline(in, line) || line != kFirstLine) return out;
    while (std::getline(in, line)) {
        const auto columns = text::split(line, '\t');
        const auto secret = columns.size() == 5 ? from_base64(columns[4]) : std::nullopt;
        if (!secret) return {};
        out.push_back({std::string(columns[0]), std::string(columns[1]), std::string(columns[2]),
                       std::string(columns[3]), SecretBytes(*secret)});
    }
    return out;
}

Result<std::vector<ShownPerson>> make(Machinery& machinery, const Places& places, const DemoOptions& options,
                                      std::ostream& out) {
    const std::uint64_t seed = options.seed != 0 ? options.seed : std::random_device{}();
    out << "Inventing a partnership (seed " << seed << ") ..." << std::endl;
    DemoClock clock(machinery.clock());
    auto opened = KITH_TRY(machinery.open(
        {.places = places, .founding = Founding::new_server, .purpose = app::Purpose::demonstration, .clock = &clock}));
    DemoWorld world(opened->house(), clock, seed);
    auto people = KITH_TRY(world.found());
    out << "Inventing " << options.worries << " worries ..." << std::endl;
    KITH_TRY(world.invent_worries(options.worries));
    KITH_TRY(machinery.write_file(places.demonstration_mark(), encode(people)));
    return people;
}

void print_sign_ins(std::ostream& out, const std::vector<ShownPerson>& people) {
    out << "\nSign in at /sign-in (the code of the moment is shown there too):\n";
    for (const auto& person : people)
        out << "  " << person.role << ": " << person.email << "  " << person.password << '\n';
}

}  // namespace

int demonstrate(Machinery& machinery, const Places& places, const DemoOptions& options, std::ostream& out) {
    std::vector<ShownPerson> people = read_people(places.demonstration_mark());
    if (people.empty()) {
        if (std::filesystem::exists(places.data) && !std::filesystem::is_empty(places.data)) {
            std::cerr << "kith: " << places.data.string()
                      << " is not a demonstration's folder, or one that was not finished; name another or remove it\n";
            return 2;
        }
        auto made = make(machinery, places, options, out);
        if (!made) return say(made.error(), "make the demonstration");
        people = *std::move(made);
    }
    if (options.make_only) return 0;
    const auto opened = machinery.open({.places = places,
                                        .purpose = app::Purpose::demonstration,
                                        .smtp_url = options.smtp_url,
                                        .mail_from = "kith@demo.example"});
    if (!opened) return say(opened.error(), "open the demonstration");
    ServeOptions serving;
    serving.port = options.port;
    serving.demonstration_people = people;
    serving.on_ready = [&](std::uint16_t port) {
        print_sign_ins(out, people);
        out << "\nKith, a demonstration with invented people: http://127.0.0.1:" << port << "/" << std::endl;
    };
    return machinery.serve((*opened)->house(), serving);
}

}  // namespace kith::cli
