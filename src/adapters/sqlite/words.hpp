// The words under which the enumerations of the ports and of the rota lie in the store. Those of a concern are in core.
#pragma once
#include <optional>
#include <string_view>

#include "app/ports/tables.hpp"

namespace kith::app {

std::string_view name_of(NoteKind kind);
std::string_view name_of(Side side);
std::string_view name_of(MessageKind kind);
std::string_view name_of(Brings brings);
std::string_view name_of(RoleKeyKind kind);
std::string_view name_of(OpeningState state);
std::string_view name_of(CopyState state);
std::string_view name_of(FormWay way);
std::optional<NoteKind> note_kind_named(std::string_view name);
std::optional<Side> side_named(std::string_view name);
std::optional<MessageKind> message_kind_named(std::string_view name);
std::optional<Brings> brings_named(std::string_view name);
std::optional<RoleKeyKind> role_key_kind_named(std::string_view name);
std::optional<OpeningState> opening_state_named(std::string_view name);
std::optional<CopyState> copy_state_named(std::string_view name);
std::optional<FormWay> form_way_named(std::string_view name);

}  // namespace kith::app

namespace kith::parties {

std::string_view name_of(Seat seat);
std::optional<Seat> seat_named(std::string_view name);

}  // namespace kith::parties
