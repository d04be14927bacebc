#pragma once
#include "web/frame.hpp"

namespace kith::web {

struct ProblemPage {
    PublicFrame frame;
    std::string words;
    int status = 404;
};

}  // namespace kith::web
