// A world to tell scenarios in: a founded partnership with the front doors of Plymouth and Hackney open, on the parts
// that are shipped (SQLite, libsodium, one-time codes, epoch keys as files) in a folder of its own. Everyone and
// everything in it is invented. It is Tuesday 9 June 2026, ten o'clock in the morning, until a test moves the clock.
//
//     World world;
//     const auto told = world.report(world.a_worry());
//     ... app::decide(world.house(), world.manager().actor, ...)
//     EXPECT_EQ(world.last("concern_decided").clauses, ...);
#pragma once
#include <filesystem>
#include <memory>
#include <source_location>

#include "adapters/files/anchor_files.hpp"
#include "adapters/files/epoch_key_files.hpp"
#include "adapters/sqlite/store.hpp"
#include "app/contact.hpp"
#include "app/decide.hpp"
#include "app/desk.hpp"
#include "app/found.hpp"
#include "app/record_call.hpp"
#include "app/report_worry.hpp"
#include "app/vault/gone.hpp"
#include "ledger/leaf.hpp"
#include "ledger/verify.hpp"
#include "world/parts.hpp"

namespace kith::test {

using concerns::Field;
using concerns::Subject;
using Clauses = protocol::Clauses;

/// Fails the test that asked, with the error, when there is no value.
template <class T>
T must(Result<T> result, const std::source_location& where = std::source_location::current()) {
    if (!result)
        throw std::runtime_error(std::string(where.file_name()) + ':' + std::to_string(where.line()) + ": " +
                                 std::string(result.error().what) + " " + std::string(result.error().field));
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}
template <class T>
Code code_of(const Result<T>& result) {
    if (result) throw std::runtime_error("a failure was expected");
    return result.error().code;
}
template <class T>
std::string field_of(const Result<T>& result) {
    if (result) throw std::runtime_error("a failure was expected");
    return std::string(result.error().field);
}

struct Staff {
    app::Actor actor;
    app::Holder holder;
    std::string name, email;
    SecretText password, recovery_code;
    SecretBytes code_secret;
    MemberId id() const { return actor.member; }
};

struct DoorStaff {
    FrontDoorId id;
    Staff manager, second_manager, call_taker;
};

/// What became of a report or a call.
struct TakenWorry {
    ConcernId id;
    std::string code;
    app::Receipt receipt;
};

/// What decides how a world is founded; a test names what it is about.
struct WorldPlan {
    bool hackney_terms = true;  ///< Hackney's locally decided terms are set, and its front door is open
    bool rotas = true;
};

class World {
  public:
    explicit World(const WorldPlan& plan = {});
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    app::House& house() { return *house_; }
    TestClock clock;
    RecordedNotices notices;
    StandInRenderer renderer;
    QuickPasswords& crypto() { return *crypto_; }

    Staff administrator, auditor, custodian, second_custodian;
    DoorStaff plymouth, hackney;
    /// Plymouth's.
    const Staff& manager() const { return plymouth.manager; }
    const Staff& call_taker() const { return plymouth.call_taker; }

    // --- what is told
    // -------------------------------------------------------------------------------------------------

    /// A report that can be sent as it is: by someone unnamed, to Plymouth, about a child. Each is another form.
    app::Telling a_worry(Subject subject = Subject::child);
    app::Telling a_worry_in_hackney(Subject subject = Subject::child);
    TakenWorry report(const app::Telling& telling);
    /// A call that has just begun, with words and a caller.
    app::CallWords words_of_a_call();
    ConcernId begin_call(const app::CallWords& words);
    ConcernId begin_call() { return begin_call(words_of_a_call()); }
    app::HandedOver hand_over(ConcernId call) { return must(app::hand_over_call(house(), call_taker().actor, call)); }
    /// A contact with every personal field filled in.
    concerns::Contact a_person() const;

    // --- what staff do
    // ------------------------------------------------------------------------------------------------

    /// Decides as it stands now; the standard reply is placed unless the form says otherwise.
    app::DecisionForm a_decision(ConcernId id);
    std::string standard_reply(FrontDoorId door);
    Result<void> decide(const Staff& manager, ConcernId id, const app::DecisionForm& form) {
        return app::decide(house(), manager.actor, manager.holder, id, form);
    }
    Result<concerns::Contact> open_contact(const Staff& manager, ConcernId id) {
        return app::open_contact(house(), manager.actor, manager.holder, id, app::OpeningPurpose::answer);
    }
    app::Queue queue(const Staff& who) { return must(app::see_queue(house(), who.actor)); }
    app::Reading read(const Staff& who, ConcernId id) { return must(app::read_concern(house(), who.actor, id)); }
    /// One more person, admitted where they need keys.
    Staff member(std::string_view name, FrontDoorId door, parties::Roles roles);
    Staff member_by(const Staff& admitting, std::string_view name, FrontDoorId door, parties::Roles roles);
    void set_rota(const DoorStaff& door, const std::vector<parties::Shift>& shifts, Instant until);

    // --- what is there
    // ------------------------------------------------------------------------------------------------

    concerns::Concern concern(ConcernId id);
    app::VaultRow vault_row(ConcernId id);
    protocol::Questions questions(FrontDoorId door);
    /// Every entry, oldest first.
    std::vector<ledger::Leaf> ledger();
    std::vector<ledger::Leaf> ledger_about(ConcernId id);
    /// The newest entry of that act.
    ledger::Leaf last(std::string_view act);
    std::size_t count(std::string_view act);
    static std::string fact(const ledger::Leaf& leaf, std::string_view name);
    std::size_t concerns_kept();
    /// Every byte of every file, the database as it lies there, the log and the epoch keys.
    std::string everything_on_disk();
    /// Straight in the database file, behind the program's back.
    void sql(const std::string& statement);
    std::string sql_text(const std::string& query);
    /// The verifier over the file, as it would be run elsewhere with nothing but the public key.
    ledger::Report verify();

    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path epochs_folder() const { return folder_ / "epochs"; }
    std::filesystem::path files_folder() const { return folder_ / "files"; }
    std::filesystem::path database() const { return folder_ / "kith.db"; }
    /// As a data folder that `kith serve --data` opens. `data` must not be there yet.
    void copy_to(const std::filesystem::path& data);
    /// Goes on over what lies in that data folder, copied as a process that ended there left it.
    void take_over(const std::filesystem::path& data);
    std::filesystem::path anchor_folder() const { return folder_ / "anchor"; }
    /// Where the test refuses the program its epoch keys.
    void take_epochs_away();

    // --- ends and beginnings
    // ------------------------------------------------------------------------------------------

    /// The process ends and another begins over what lies on disk; what `start` answered as to what is gone.
    Result<app::Replayed> start_again();
    void back_up(const std::filesystem::path& to);
    /// The process ends, the database is the backup's, and another process begins.
    Result<app::Replayed> restore(const std::filesystem::path& from);
    /// Called last before each commit, after the list outside was written; a failure undoes the group.
    std::function<Result<void>()> before_commit;

  private:
    void open_store();
    void open_house();
    void found(const WorldPlan& plan);
    void found_door(DoorStaff& door, std::string_view slug, std::string_view pack);
    void decide_terms(FrontDoorId door, std::string_view pack);
    void open_door(const DoorStaff& door);
    Staff staff_of(const app::Enrolled& enrolled, const app::Newcomer& newcomer) const;
    app::Newcomer newcomer(std::string_view name, FrontDoorId door, parties::Roles roles) const;
    Staff enrolled(std::string_view name, FrontDoorId door, parties::Roles roles);

    std::filesystem::path folder_;
    std::unique_ptr<QuickPasswords> crypto_;
    std::unique_ptr<app::OneTimeCodes> codes_;
    std::unique_ptr<files::EpochKeyFiles> epochs_;
    std::unique_ptr<app::SealedFiles> files_;
    std::unique_ptr<files::AnchorFiles> anchor_;
    std::unique_ptr<app::GoneList> gone_;
    std::unique_ptr<protocol::PackShelf> shelf_;
    Key master_;
    std::unique_ptr<sqlite::SqliteStore> store_;
    std::unique_ptr<app::House> house_;
    std::uint32_t forms_ = 0;
};

}  // namespace kith::test
