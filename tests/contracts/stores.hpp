// The stores that must keep the contracts, and the ground that every contract stands on. Another store joins by one
// more line in `every_store()`.
#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/ports/store.hpp"

namespace kith::contracts {

/// A store, empty but for its schema, that lives as long as this.
class Ground {
  public:
    virtual ~Ground() = default;
    virtual app::Store& store() = 0;
};

struct StoreKind {
    std::string name;
    std::function<std::unique_ptr<Ground>()> lay;
};
inline void PrintTo(const StoreKind& kind, std::ostream* out) { *out << kind.name; }
std::vector<StoreKind> every_store();

inline std::string name_of_kind(const testing::TestParamInfo<StoreKind>& info) { return info.param.name; }

inline Instant at(std::int64_t ms) { return from_millis(1'795'000'000'000 + ms); }

template <class Id>
Id id(unsigned n) {
    ByteArray<16> bytes{};
    bytes[0] = static_cast<Byte>(n);
    bytes[15] = static_cast<Byte>(n >> 8U);
    return Id(bytes);
}

/// Every test begins with two front doors and three members, for rows to belong to.
class Contract : public testing::TestWithParam<StoreKind> {
  protected:
    void SetUp() override;

    template <class F>
    auto write(F work) {
        return ground_->store().writing(std::move(work));
    }
    template <class F>
    auto read(F work) {
        return ground_->store().reading(std::move(work));
    }
    app::Store& store() { return ground_->store(); }

    const FrontDoorId door = id<FrontDoorId>(1), other_door = id<FrontDoorId>(2);
    const MemberId ann = id<MemberId>(11), ben = id<MemberId>(12), cal = id<MemberId>(13);
    const ConcernId absent_concern = id<ConcernId>(999);
    const MemberId absent_member = id<MemberId>(999);

  private:
    std::unique_ptr<Ground> ground_ = GetParam().lay();
};

// --- rows with every field filled, each with a value of its own
// -----------------------------------------------------------

template <std::size_t N>
ByteArray<N> filled(unsigned n) {
    ByteArray<N> out{};
    out[0] = static_cast<Byte>(n);
    out[N - 1] = static_cast<Byte>(n + 1);
    return out;
}
/// Bytes with a zero in the middle, as sealed ones have.
inline Bytes blob(unsigned n, std::size_t size = 9) {
    Bytes out(size, static_cast<Byte>(n));
    if (size > 2) out[size / 2] = 0;
    return out;
}

app::MemberRow member_row(MemberId id, FrontDoorId door, unsigned n);
/// As small as a row can be: every optional absent, every blob empty.
app::ConcernRow bare_concern(unsigned n, FrontDoorId door);
app::ConcernRow full_concern(unsigned n, FrontDoorId door, MemberId a, MemberId b, MemberId c);

template <class T>
Code code_of(const Result<T>& result) {
    EXPECT_FALSE(result.has_value());
    return result ? Code{} : result.error().code;
}
#define EXPECT_OK(...)                                                      \
    do {                                                                    \
        const auto kith_outcome = (__VA_ARGS__);                            \
        EXPECT_TRUE(kith_outcome.has_value()) << kith_outcome.error().what; \
    } while (false)

}  // namespace kith::contracts

#define KITH_FOR_EVERY_STORE(suite) \
    INSTANTIATE_TEST_SUITE_P(EveryStore, suite, testing::ValuesIn(every_store()), name_of_kind)
