// `kith ledger ...`, as it is asked for on the command line.
#pragma once
#include <functional>

#include "cli/machinery.hpp"

namespace CLI {
class App;
}

namespace kith::cli {

struct CommandGround {
    Machinery& machinery;
    std::function<void(CLI::App&)> add_data_options;
    std::function<Places()> places;
    int& status;
};
void add_ledger_commands(CLI::App& app, const CommandGround& ground);

}  // namespace kith::cli
