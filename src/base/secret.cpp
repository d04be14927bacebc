#include "base/secret.hpp"

namespace kith {

void wipe(void* at, std::size_t size) {
    volatile unsigned char* byte = static_cast<volatile unsigned char*>(at);
    for (std::size_t i = 0; i < size; ++i) byte[i] = 0;
}

}  // namespace kith
