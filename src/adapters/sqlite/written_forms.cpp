#include "adapters/sqlite/written_forms.hpp"

#include "adapters/sqlite/access.hpp"
#include "adapters/sqlite/words.hpp"

namespace kith::sqlite {
namespace {

using app::WrittenFormRow;

struct StoredForm {
    ConcernId concern;
    std::string way;
    Instant received_at;
    std::optional<MemberId> typed_by;
    Sealed<concerns::Account> sealed_account;
};

Result<WrittenFormRow> to_row(StoredForm stored) {
    Decoded decoded;
    WrittenFormRow row{stored.concern, decoded.word(app::form_way_named(stored.way)), stored.received_at,
                       stored.typed_by, std::move(stored.sealed_account)};
    return decoded.checked(std::move(row));
}

}  // namespace

Result<void> SqliteWrittenForms::add(const WrittenFormRow& row) {
    return change(database_, "add_written_form", row.concern, name_of(row.way), row.received_at, row.typed_by,
                  row.sealed_account);
}

Result<WrittenFormRow> SqliteWrittenForms::find(ConcernId concern) {
    return to_row(KITH_TRY(find_one<StoredForm>(database_, "written_form_of_concern", concern)));
}

Result<void> SqliteWrittenForms::change_account(ConcernId concern, const Sealed<concerns::Account>& account) {
    return change_one(database_, "change_written_form", concern, account);
}

Result<std::vector<WrittenFormRow>> SqliteWrittenForms::received_since(FrontDoorId front_door, Instant since) {
    return find_all<StoredForm>(database_, "written_forms_since", to_row, front_door, since);
}

}  // namespace kith::sqlite
