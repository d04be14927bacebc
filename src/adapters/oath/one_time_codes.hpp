// RFC 6238 by liboath: SHA-1, six digits, thirty seconds, which is what every authenticator app takes.
#pragma once
#include <memory>

#include "app/ports/one_time_codes.hpp"

namespace kith::oath {

Result<std::unique_ptr<app::OneTimeCodes>> make_one_time_codes();

}  // namespace kith::oath
