// The identifiers of the domain. Each is a type of its own.
#pragma once
#include "base/id.hpp"

namespace kith {

using ConcernId = Id<struct ConcernTag>;
using FrontDoorId = Id<struct FrontDoorTag>;
using MemberId = Id<struct MemberTag>;
using OrganisationId = Id<struct OrganisationTag>;
using PartyId = Id<struct PartyTag>;
using OpeningId = Id<struct OpeningTag>;
using MessageId = Id<struct MessageTag>;
using AttachmentId = Id<struct AttachmentTag>;
using ApiTokenId = Id<struct ApiTokenTag>;
using PartnershipId = Id<struct PartnershipTag>;

}  // namespace kith
