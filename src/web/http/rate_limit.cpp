#include "web/http/rate_limit.hpp"

#include <algorithm>
#include <bit>
#include <random>

namespace kith::web::http {
namespace {
std::uint64_t little_endian(BytesView bytes) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) word |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
    return word;
}

struct SipState {
    std::uint64_t a, b, c, d;
    void round() {
        a += b, b = std::rotl(b, 13) ^ a, a = std::rotl(a, 32);
        c += d, d = std::rotl(d, 16) ^ c;
        a += d, d = std::rotl(d, 21) ^ a;
        c += b, b = std::rotl(b, 17) ^ c, c = std::rotl(c, 32);
    }
    void take(std::uint64_t word) {
        d ^= word;
        round();
        round();
        a ^= word;
    }
};
}  // namespace

std::uint64_t siphash(const ByteArray<16>& key, BytesView bytes) {
    const std::uint64_t k0 = little_endian(BytesView(key).first(8));
    const std::uint64_t k1 = little_endian(BytesView(key).last(8));
    SipState state{k0 ^ 0x736f6d6570736575U, k1 ^ 0x646f72616e646f6dU, k0 ^ 0x6c7967656e657261U,
                   k1 ^ 0x7465646279746573U};
    const std::uint64_t size = bytes.size();
    for (; bytes.size() >= 8; bytes = bytes.subspan(8)) state.take(little_endian(bytes.first(8)));
    state.take(little_endian(bytes) | size << 56);
    state.c ^= 0xff;
    for (int i = 0; i < 4; ++i) state.round();
    return state.a ^ state.b ^ state.c ^ state.d;
}

RateLimiter::RateLimiter(std::size_t buckets_per_kind) : most_(buckets_per_kind) {
    KITH_CHECK(most_ > 0);
    std::random_device random;
    for (Byte& byte : key_) byte = static_cast<Byte>(random());
}

Taken RateLimiter::take(Words kind, std::string_view key, Rate rate, Instant now) {
    KITH_CHECK(rate.burst > 0 && rate.refill > Duration(0));
    Bytes named;
    append_piece(named, as_bytes(kind.text));
    append_piece(named, as_bytes(key));
    const std::uint64_t digest = siphash(key_, named);

    const std::lock_guard lock(mutex_);
    Bucket& held = bucket(kinds_[kind.text], digest, now);
    const Duration passed = std::max(now - held.at, Duration(0));  // a clock set back gives nothing away
    held.spent = std::max(held.spent - passed, Duration(0));
    held.at = std::max(held.at, now);
    const Duration room = rate.refill * rate.burst - held.spent;
    if (room < rate.refill) return {Taken::Answer::wait, rate.refill - room};
    held.spent += rate.refill;
    return {Taken::Answer::yes, Duration(0)};
}

RateLimiter::Bucket& RateLimiter::bucket(Kind& kind, std::uint64_t digest, Instant now) {
    const auto known = kind.by_digest.find(digest);
    if (known != kind.by_digest.end()) {
        kind.recent.splice(kind.recent.begin(), kind.recent, known->second);
        return kind.recent.front();
    }
    if (kind.recent.size() >= most_) {
        kind.by_digest.erase(kind.recent.back().digest);
        kind.recent.pop_back();
    }
    kind.recent.push_front({digest, Duration(0), now});
    kind.by_digest.emplace(digest, kind.recent.begin());
    return kind.recent.front();
}

std::size_t RateLimiter::size() const {
    const std::lock_guard lock(mutex_);
    std::size_t all = 0;
    for (const auto& [name, kind] : kinds_) all += kind.recent.size();
    return all;
}

}  // namespace kith::web::http
