#include "adapters/sqlite/onward.hpp"

#include "adapters/sqlite/access.hpp"

namespace kith::sqlite {
namespace {

using app::OnwardRow;

struct StoredStep {
    ConcernId concern;
    std::string whom, step;
    Instant at;
    std::optional<MemberId> by;
    Sealed<std::string> sealed_text;
};

Result<OnwardRow> to_row(StoredStep stored) {
    Decoded decoded;
    OnwardRow row{stored.concern,
                  {decoded.word(concerns::whom_named(stored.whom)),
                   decoded.word(concerns::onward_step_named(stored.step)), stored.at},
                  stored.by,
                  std::move(stored.sealed_text)};
    return decoded.checked(std::move(row));
}

}  // namespace

Result<void> SqliteOnwardSteps::add(const OnwardRow& row) {
    return change(database_, "add_onward_step", row.concern, name_of(row.event.whom), name_of(row.event.step),
                  row.event.at, row.by, row.sealed_text);
}

Result<std::vector<OnwardRow>> SqliteOnwardSteps::of(ConcernId concern) {
    return find_all<StoredStep>(database_, "onward_steps_of_concern", to_row, concern);
}

Result<std::vector<ConcernId>> SqliteOnwardSteps::open_at(FrontDoorId front_door) {
    return database_.all<ConcernId>("concerns_owed_onward", front_door);
}

}  // namespace kith::sqlite
