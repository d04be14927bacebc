#include "web/known_networks.hpp"

#include <random>

#include "base/text.hpp"
#include "web/http/rate_limit.hpp"

namespace kith::web {

KnownNetworks::KnownNetworks() {
    std::random_device random;
    for (Byte& byte : key_) byte = static_cast<Byte>(random());
}

std::uint64_t KnownNetworks::digest(std::string_view email, std::string_view network) const {
    Bytes both;
    append_piece(both, as_bytes(text::ascii_lower(text::tidy(email))));
    append_piece(both, as_bytes(network));
    return http::siphash(key_, both);
}

void KnownNetworks::remember(std::string_view email, std::string_view network) {
    const std::uint64_t one = digest(email, network);
    const std::lock_guard lock(mutex_);
    if (!known_.insert(one).second) return;
    order_.push_back(one);
    if (order_.size() <= kMost) return;
    known_.erase(order_.front());
    order_.pop_front();
}

bool KnownNetworks::knows(std::string_view email, std::string_view network) const {
    const std::uint64_t one = digest(email, network);
    const std::lock_guard lock(mutex_);
    return known_.contains(one);
}

}  // namespace kith::web
