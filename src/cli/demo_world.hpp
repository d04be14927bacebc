// The invented world of a demonstration: people, a rota without gaps, worries of every kind and state.
#pragma once
#include <random>

#include "app/decide.hpp"
#include "app/record_call.hpp"
#include "app/report_worry.hpp"
#include "cli/machinery.hpp"

namespace kith::cli {

/// The machine's clock, or an instant that was set: only while a demonstration's past is made.
class DemoClock : public app::Clock {
  public:
    explicit DemoClock(app::Clock& real) : real_(real) {}
    void set(Instant at) { at_ = at; }
    Instant now() override { return at_.value_or(real_.now()); }
    Duration running() override { return real_.running(); }
    Instant present() { return real_.now(); }

  private:
    app::Clock& real_;
    std::optional<Instant> at_;
};

class DemoWorld {
  public:
    DemoWorld(app::House& house, DemoClock& clock, std::uint64_t seed) : house_(house), clock_(clock), random_(seed) {}
    Result<std::vector<ShownPerson>> found();
    Result<void> invent_worries(std::size_t count);

  private:
    struct Worker {
        app::Actor actor;
        app::Holder holder;
    };
    struct Desk {
        FrontDoorId id;
        std::vector<Worker> managers, takers;
    };
    struct Invented {
        concerns::Account account;
        concerns::Contact contact;
    };

    Result<Worker> hire(const std::string& name, const std::string& role, FrontDoorId door, parties::Roles roles);
    Result<Desk> open_desk(const Worker& administrator, const Worker& custodian, std::string_view slug,
                           std::string_view pack, const std::vector<std::string>& managers,
                           const std::vector<std::string>& takers, const std::vector<MemberId>& custodians);
    Result<void> put_rota(const Worker& manager, const Desk& desk, const std::vector<MemberId>& custodians);
    Invented invent();
    concerns::Contact invent_contact();
    Result<ConcernId> tell(Desk& desk, const Invented& told, Instant at, concerns::DangerMark danger);
    Result<ConcernId> call(Desk& desk, const Invented& told, Instant at, bool hand_over);
    Result<void> settle(Desk& desk, ConcernId id, Instant at);
    std::size_t roll(std::size_t sides) { return random_() % sides; }
    template <class T>
    const T& one_of(const std::vector<T>& things) {
        return things[roll(things.size())];
    }

    app::House& house_;
    DemoClock& clock_;
    std::mt19937_64 random_;
    std::vector<ShownPerson> people_;
    std::vector<Desk> desks_;
};

}  // namespace kith::cli
