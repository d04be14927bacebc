// The page of one concern, which several handlers answer with: after a refused form with everything typed, after a
// conflict with what was decided meanwhile.
#pragma once
#include "web/pages/concern.hpp"
#include "web/site.hpp"

namespace kith::web {

/// The concern named in the address, read by whoever is signed in.
Result<app::Reading> reading_of(Ask& ask, const StaffSession& session);
/// What is answered when it could not be read: "not found", or that its row does not open.
http::Response not_read(Ask& ask, const StaffSession& session, const Error& error);

struct AnswerTyped {
    std::string reply, late_reason;
};
struct Shown {
    Errors errors{};
    std::optional<DecisionTyped> typed{};
    std::string danger_why{};
    std::optional<AnswerTyped> answer{};
    MotiveTyped motive{};
    std::string officer_why{};
    bool conflict = false;
    std::string done{};
};
http::Response show_concern(Ask& ask, const StaffSession& session, const app::Reading& reading, const Shown& shown);

inline Reader reader_of(const StaffSession& session) {
    return session.actor.roles.has(parties::Role::manager) ? Reader::manager : Reader::duty_worker;
}

}  // namespace kith::web
