#include "adapters/sqlite/words.hpp"

#include <algorithm>
#include <array>

namespace kith {
namespace {

using std::string_view;

constexpr std::array<string_view, 11> kNoteKinds{"decision",   "question",    "step_back",   "danger",
                                                 "ring_back",  "correction",  "quarantine",  "motive",
                                                 "late_reply", "same_source", "must_not_see"};
constexpr std::array<string_view, 2> kSides{"reporter", "front_door"};
constexpr std::array<string_view, 4> kMessageKinds{"reply", "question", "addition", "files"};
constexpr std::array<string_view, 2> kBrings{"contact", "files"};
constexpr std::array<string_view, 2> kRoleKeyKinds{"custody", "duty"};
constexpr std::array<string_view, 4> kOpeningStates{"asked", "agreed", "refused", "opened"};
constexpr std::array<string_view, 4> kCopyStates{"waiting", "shown", "not_shown", "quarantined"};
constexpr std::array<string_view, 2> kFormWays{"by_code", "typed_in"};
constexpr std::array<string_view, 2> kSeats{"manager", "custodian"};

template <class E, std::size_t N>
string_view name_in(const std::array<string_view, N>& names, E value) {
    return names[static_cast<std::size_t>(value)];
}
template <class E, std::size_t N>
std::optional<E> named_in(const std::array<string_view, N>& names, string_view name) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return std::nullopt;
    return static_cast<E>(at - names.begin());
}

}  // namespace

namespace app {
string_view name_of(NoteKind kind) { return name_in(kNoteKinds, kind); }
string_view name_of(Side side) { return name_in(kSides, side); }
string_view name_of(MessageKind kind) { return name_in(kMessageKinds, kind); }
string_view name_of(Brings brings) { return name_in(kBrings, brings); }
string_view name_of(RoleKeyKind kind) { return name_in(kRoleKeyKinds, kind); }
string_view name_of(OpeningState state) { return name_in(kOpeningStates, state); }
string_view name_of(CopyState state) { return name_in(kCopyStates, state); }
string_view name_of(FormWay way) { return name_in(kFormWays, way); }
std::optional<NoteKind> note_kind_named(string_view name) { return named_in<NoteKind>(kNoteKinds, name); }
std::optional<Side> side_named(string_view name) { return named_in<Side>(kSides, name); }
std::optional<MessageKind> message_kind_named(string_view name) { return named_in<MessageKind>(kMessageKinds, name); }
std::optional<Brings> brings_named(string_view name) { return named_in<Brings>(kBrings, name); }
std::optional<RoleKeyKind> role_key_kind_named(string_view name) { return named_in<RoleKeyKind>(kRoleKeyKinds, name); }
std::optional<OpeningState> opening_state_named(string_view name) {
    return named_in<OpeningState>(kOpeningStates, name);
}
std::optional<CopyState> copy_state_named(string_view name) { return named_in<CopyState>(kCopyStates, name); }
std::optional<FormWay> form_way_named(string_view name) { return named_in<FormWay>(kFormWays, name); }
}  // namespace app

namespace parties {
string_view name_of(Seat seat) { return name_in(kSeats, seat); }
std::optional<Seat> seat_named(string_view name) { return named_in<Seat>(kSeats, name); }
}  // namespace parties

}  // namespace kith
