// Who asks, as far as an address can tell.
#pragma once
#include <string>
#include <string_view>

struct sockaddr;

namespace kith::web::http {

enum class Proxy { none, trusted };

/// The address in its plain text form, or empty for a Unix socket.
std::string address_of(const sockaddr& from);
/// The asker behind a connection from `connected` (empty: a Unix socket). With a trusted proxy on this machine it is
/// the last address of X-Forwarded-For, the one our proxy added itself; what stands before it is the asker's own claim.
std::string peer_of(std::string_view connected, std::string_view forwarded_for, Proxy proxy);
/// An IPv6 address cut to its /64, others as they are.
std::string network_of(std::string_view address);

}  // namespace kith::web::http
