// What the process that decodes foreign files may still do: read what it was given, write pixels, use memory. No
// socket, no exec, no other process, no file but fonts, no privilege to gain, no more memory, time or files than one
// picture needs.
#pragma once
#include "base/error.hpp"

namespace kith::images {

/// For good, and for every thread that comes later. `unavailable` when the kernel does not take the seccomp filter:
/// then nothing may be decoded.
Result<void> confine();

}  // namespace kith::images
