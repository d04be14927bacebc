// The pass phrase that the master key is made from: out of a service credential, a file descriptor, or asked on the
// terminal. It is in no argument, where every user of the machine could read it.
#pragma once
#include "cli/machinery.hpp"

namespace kith::cli {

enum class Asking { once, twice };
/// `invalid` with a clear word: empty, two that differ, or nobody to ask.
Result<SecretText> read_passphrase(const PassphraseSource& source, Asking asking);

}  // namespace kith::cli
