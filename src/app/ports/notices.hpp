// Word to the people who work here: a message without content that says to sign in and look. Never to a reporter.
#pragma once
#include "base/secret.hpp"
#include "core/ids.hpp"

namespace kith::app {

enum class Notice {
    worry_waiting,
    danger_marked,
    worry_late,
    unattended,
    invitation,
    custody_asked,
    form_overdue,
    rota_gap,
    unanswered,
};

class Notices {
  public:
    virtual ~Notices() = default;
    /// Takes it and returns at once; what cannot be sent is tried again. `address` may be empty: then nothing is sent.
    /// `link` is the path to open, empty for the front page; it names no person and no worry.
    virtual void tell(const SecretText& address, Notice notice, const SecretText& link) = 0;
};

}  // namespace kith::app
