#include "world/world.hpp"

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include <fstream>
#include <map>

#include "adapters/files/data_folder.hpp"
#include "adapters/files/master_key.hpp"
#include "adapters/oath/one_time_codes.hpp"
#include "adapters/sodium/cryptography.hpp"
#include "adapters/sodium/sealed_stream.hpp"
#include "adapters/sqlite/backup.hpp"
#include "app/come_back.hpp"
#include "app/vault/return_code.hpp"
#include "protocol/shipped.hpp"

namespace kith::test {
namespace {
using app::Actor;
using parties::Role;
using parties::Roles;
using parties::Seat;

constexpr auto kRotaLasts = std::chrono::hours(24 * 60);

/// In memory where there is such a place: syncing is what a world spends its time on.
std::filesystem::path new_folder() {
    const std::filesystem::path memory = "/dev/shm";
    const bool there = std::filesystem::is_directory(memory) && ::access(memory.c_str(), W_OK) == 0;
    std::string name = ((there ? memory : std::filesystem::temp_directory_path()) / "kith-world-XXXXXX").native();
    return ::mkdtemp(name.data());
}

struct Connection {
    sqlite3* handle = nullptr;
    explicit Connection(const std::filesystem::path& file) {
        KITH_CHECK(sqlite3_open(file.c_str(), &handle) == SQLITE_OK);
        sqlite3_busy_timeout(handle, 5000);
    }
    ~Connection() { sqlite3_close(handle); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
};

struct Query {
    sqlite3_stmt* handle = nullptr;
    Query(Connection& in, const std::string& text) {
        KITH_CHECK(sqlite3_prepare_v2(in.handle, text.c_str(), -1, &handle, nullptr) == SQLITE_OK);
    }
    ~Query() { sqlite3_finalize(handle); }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    bool step() { return sqlite3_step(handle) == SQLITE_ROW; }
    Bytes blob(int column) {
        const auto* from = static_cast<const Byte*>(sqlite3_column_blob(handle, column));
        return {from, from + sqlite3_column_bytes(handle, column)};
    }
    std::uint64_t number(int column) { return static_cast<std::uint64_t>(sqlite3_column_int64(handle, column)); }
};

/// The ledger as it lies in the file, unbelieved.
class FiledLedger final : public ledger::LedgerReader {
  public:
    explicit FiledLedger(Connection& from) {
        for (Query leaf(from, "select leaf_index, leaf from ledger_leaves"); leaf.step();)
            leaves_[leaf.number(0)] = leaf.blob(1);
        for (Query node(from, "select level, node_index, hash from ledger_nodes"); node.step();)
            nodes_[{static_cast<unsigned>(node.number(0)), node.number(1)}] = node.blob(2);
        for (Query one(from, "select size, note from ledger_checkpoints"); one.step();)
            checkpoints_[one.number(0)] = to_text(one.blob(1));
    }
    Result<std::optional<ledger::StoredLeaf>> leaf_from(std::uint64_t index) override {
        const auto found = leaves_.lower_bound(index);
        if (found == leaves_.end()) return std::nullopt;
        return ledger::StoredLeaf{found->first, found->second};
    }
    Result<std::optional<Bytes>> node(ledger::Place place) override {
        const auto found = nodes_.find({place.level, place.index});
        if (found == nodes_.end()) return std::nullopt;
        return found->second;
    }
    Result<std::uint64_t> node_count() override { return nodes_.size(); }
    Result<std::optional<ledger::StoredCheckpoint>> checkpoint_from(std::uint64_t size) override {
        const auto found = checkpoints_.lower_bound(size);
        if (found == checkpoints_.end()) return std::nullopt;
        return ledger::StoredCheckpoint{found->first, found->second};
    }

  private:
    std::map<std::uint64_t, Bytes> leaves_;
    std::map<std::pair<unsigned, std::uint64_t>, Bytes> nodes_;
    std::map<std::uint64_t, std::string> checkpoints_;
};
}  // namespace

// --- founding
// ----------------------------------------------------------------------------------------------------------

World::World(const WorldPlan& plan) : clock(at("2026-06-09 10:00")), folder_(new_folder()) {
    crypto_ = std::make_unique<QuickPasswords>(must(sodium::make_cryptography()));
    codes_ = must(oath::make_one_time_codes());
    std::filesystem::create_directory(epochs_folder());
    epochs_ = std::make_unique<files::EpochKeyFiles>(epochs_folder());
    files_ = must(sodium::open_sealed_files(files_folder()));
    const auto sha256 = [this](BytesView bytes) { return crypto_->sha256(bytes); };
    shelf_ = std::make_unique<protocol::PackShelf>(sha256);
    for (const auto& pack : protocol::shipped_packs()) must(shelf_->put(must(protocol::shipped_pack(pack))));
    std::filesystem::create_directory(anchor_folder());
    anchor_ = std::make_unique<files::AnchorFiles>(anchor_folder(), sha256);
    gone_ = std::make_unique<files::GoneListFile>(anchor_folder(), sha256);
    must(gone_->create());
    open_store();
    master_ = crypto_->random_key();
    must(app::found_server(*store_, *crypto_, master_));
    open_house();
    found(plan);
}

void World::open_store() {
    const auto last = [this](app::Tables& tables) -> Result<void> {
        if (!house_) return {};
        KITH_TRY(app::list_what_is_gone(*house_, tables));
        if (before_commit) KITH_TRY(before_commit());
        return app::sign_checkpoint(tables, *crypto_, house_->identity.ledger_signer, house_->identity.origin);
    };
    const auto sha256 = [this](BytesView bytes) { return crypto_->sha256(bytes); };
    store_ = must(sqlite::SqliteStore::open({database(), sha256, clock.now(), {last, {}, {}}}));
}

void World::open_house() {
    house_.reset(new app::House{*store_,
                                *crypto_,
                                clock,
                                *epochs_,
                                {*anchor_, *gone_},
                                *codes_,
                                notices,
                                *files_,
                                renderer,
                                must(app::load_identity(*store_, *crypto_, master_)),
                                *shelf_,
                                protocol::shipped_calendar()});
    must(app::start_the_clock_watch(*house_));
}

Result<app::Replayed> World::start_again() {
    house_.reset();
    store_.reset();
    open_store();
    open_house();
    return app::replay_gone(*house_);
}

void World::back_up(const std::filesystem::path& to) { must(sqlite::back_up(database(), to)); }

Result<app::Replayed> World::restore(const std::filesystem::path& from) {
    house_.reset();
    store_.reset();
    for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(database().native() + part);
    must(sqlite::back_up(from, database()));
    return start_again();
}

World::~World() {
    house_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
}

void World::copy_to(const std::filesystem::path& data) {
    must(files::make_private_folder(data));
    must(files::create_master_key(data / "master.key", master_));
    for (const auto& folder : {epochs_folder(), files_folder(), anchor_folder()})
        std::filesystem::copy(folder, data / folder.filename());
    must(sqlite::back_up(database(), data / "kith.db"));
}

void World::take_over(const std::filesystem::path& data) {
    house_.reset();
    store_.reset();
    constexpr auto kOver = std::filesystem::copy_options::overwrite_existing;
    for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(database().native() + part);
    for (const char* part : {"", "-wal"})  // the third file is made from these two
        if (std::filesystem::exists(data.native() + "/kith.db" + part))
            std::filesystem::copy(data.native() + "/kith.db" + part, database().native() + part);
    for (const auto& folder : {epochs_folder(), files_folder(), anchor_folder()})
        std::filesystem::copy(data / folder.filename(), folder, kOver | std::filesystem::copy_options::recursive);
    must(start_again());
}

app::Newcomer World::newcomer(std::string_view name, FrontDoorId door, Roles roles) const {
    std::string email;
    for (const char c : name) email += c == ' ' ? '.' : c;
    return {std::string(name), email + "@example.test", door, roles,
            SecretText("a long enough password of " + std::string(name))};
}

Staff World::staff_of(const app::Enrolled& enrolled, const app::Newcomer& from) const {
    Staff out{{Actor::Kind::member, enrolled.id, from.front_door, from.roles},
              enrolled.holder.value_or(app::Holder{}),
              from.name,
              from.email,
              from.password,
              enrolled.recovery_code,
              enrolled.code_secret};
    return out;
}

Staff World::enrolled(std::string_view name, FrontDoorId door, Roles roles) {
    const auto who = newcomer(name, door, roles);
    return staff_of(must(app::enrol(house(), administrator.actor, who)), who);
}

Staff World::member(std::string_view name, FrontDoorId door, Roles roles) {
    return member_by(custodian, name, door, roles);
}

Staff World::member_by(const Staff& admitting, std::string_view name, FrontDoorId door, Roles roles) {
    Staff out = enrolled(name, door, roles);
    if (parties::needs_keys(roles)) must(app::admit(house(), admitting.actor, admitting.holder, out.id()));
    return out;
}

void World::found(const WorldPlan& plan) {
    const auto founder = [&](std::string_view name, Roles roles) {
        const auto who = newcomer(name, {}, roles);
        return staff_of(must(app::enrol_founder(house(), who)), who);
    };
    administrator = founder("Ada Nwosu", {Role::administrator});
    custodian = founder("Constance Pell", {Role::custodian});
    must(app::found_custody(house(), custodian.holder));
    second_custodian = member("Cuthbert Rowe", {}, {Role::custodian});
    must(app::countersign(house(), second_custodian.actor, second_custodian.holder));
    auditor = enrolled("Audrey Finch", {}, {Role::auditor});

    found_door(plymouth, "plymouth", "plymouth-community");
    plymouth.manager = member("Maud Tregenza", plymouth.id, {Role::manager});
    plymouth.second_manager = member("Silas Brook", plymouth.id, {Role::manager});
    plymouth.call_taker = member("Tamsin Vale", plymouth.id, {Role::duty_worker});
    found_door(hackney, "hackney", "hackney-community");
    hackney.manager = member("Hana Osei", hackney.id, {Role::manager});
    hackney.second_manager = member("Idris Lane", hackney.id, {Role::manager});
    hackney.call_taker = member("Dot Marsh", hackney.id, {Role::duty_worker});

    decide_terms(plymouth.id, "plymouth-community");
    if (plan.hackney_terms) decide_terms(hackney.id, "hackney-community");
    if (!plan.rotas) return;
    open_door(plymouth);
    if (plan.hackney_terms) open_door(hackney);
    notices.forget();
}

void World::decide_terms(FrontDoorId door, std::string_view pack_name) {
    const auto pack = must(protocol::shipped_pack(std::string(pack_name)));
    const auto terms = protocol::demonstration_terms(pack, Day(std::chrono::floor<std::chrono::days>(clock.now())));
    for (const auto& [key, term] : terms.all())
        must(app::set_local_term(house(), administrator.actor, door, protocol::name_of(key), term.text, term.decision));
}

void World::found_door(DoorStaff& door, std::string_view slug, std::string_view pack) {
    door.id = must(app::add_front_door(house(), administrator.actor, slug, pack));
    must(app::add_duty_key(house(), custodian.actor, custodian.holder, door.id));
}

void World::open_door(const DoorStaff& door) {
    // The manager came on first and has what comes in; the second manager sits beside them.
    const Instant now = clock.now(), until = now + kRotaLasts;
    set_rota(door,
             {{door.manager.id(), Seat::manager, now - std::chrono::hours(2), until},
              {door.second_manager.id(), Seat::manager, now - std::chrono::hours(1), until},
              {custodian.id(), Seat::custodian, now - std::chrono::hours(2), until}},
             until);
    must(app::open_front_door(house(), administrator.actor, door.id));
}

void World::set_rota(const DoorStaff& door, const std::vector<parties::Shift>& shifts, Instant until) {
    must(app::set_rota(house(), administrator.actor, door.id, clock.now(), until, shifts));
}

// --- what is told
// -----------------------------------------------------------------------------------------------------

app::Telling World::a_worry(Subject subject) {
    app::Telling telling;
    telling.front_door = plymouth.id;
    telling.account.subject = subject;
    auto& answers = telling.account.answers;
    answers[Field::what_seen] = "A boy with bruises on both arms, alone by the shops after dark.";
    answers[Field::worry] = "Somebody is hurting him and nobody fetches him.";
    if (subject == Subject::place)
        answers[Field::place_name] = "The steps behind Orchard Parade";
    else
        answers[Field::where_seen] = "Orchard Parade, by the launderette";
    for (std::size_t i = 0; i < 4; ++i) telling.once[i] = static_cast<Byte>(forms_ >> (8 * i));
    telling.once[31] = 1;
    ++forms_;
    return telling;
}

app::Telling World::a_worry_in_hackney(Subject subject) {
    auto telling = a_worry(subject);
    telling.front_door = hackney.id;
    return telling;
}

TakenWorry World::report(const app::Telling& telling) {
    TakenWorry out;
    out.receipt = must(app::report_worry(house(), telling));
    out.code = out.receipt.code;
    const auto code = must(app::ReturnCode::parse(out.code));
    const auto sealed =
        must(store_->reading([&](app::Tables& tables) { return tables.threads().find_code(code.finder(*crypto_)); }));
    out.id = must(code.open(*crypto_, sealed));
    return out;
}

app::CallWords World::words_of_a_call() {
    app::CallWords words;
    words.account = a_worry().account;
    words.contact = a_person();
    return words;
}

ConcernId World::begin_call(const app::CallWords& words) {
    return must(app::begin_call(house(), call_taker().actor, call_taker().holder, clock.now(), words));
}

concerns::Contact World::a_person() const {
    concerns::Contact contact;
    contact.name = "Winifred Ashdown";
    contact.organisation = "Harbour Boxing Club";
    contact.telephone = "01632 960123";
    contact.email = "winifred@example.test";
    contact.category = concerns::Category::stakeholder;
    contact.agreement = "AG-2025-77";
    contact.reach = concerns::Reach::ring;
    contact.when_safe = "after seven in the evening";
    contact.must_not_know = "her brother Clement";
    return contact;
}

// --- what staff do
// ----------------------------------------------------------------------------------------------------

std::string World::standard_reply(FrontDoorId door) {
    const auto words = questions(door).reply_words();
    return words.value().received + " " + words.value().cannot_say_more;
}

app::DecisionForm World::a_decision(ConcernId id) {
    const auto now = concern(id);
    app::DecisionForm form;
    form.decision = {concerns::Outcome::act, {concerns::Action::assessment}};
    form.reasons = "Bruises on a young child; seen by the school nurse today.";
    form.seen_revision = now.revision;
    form.earlier_read = true;
    form.reply = standard_reply(now.front_door);
    return form;
}

// --- what is there
// ----------------------------------------------------------------------------------------------------

concerns::Concern World::concern(ConcernId id) {
    return must(store_->reading([&](app::Tables& tables) { return tables.concerns().find(id); })).concern;
}

app::VaultRow World::vault_row(ConcernId id) {
    return must(store_->reading([&](app::Tables& tables) { return tables.vault().newest(id); }));
}

protocol::Questions World::questions(FrontDoorId door) {
    const Actor machine = Actor::machine();
    return must(store_->reading(
        [&](app::Tables& tables) { return app::Visit(house(), tables, machine, clock.now()).questions(door); }));
}

std::vector<ledger::Leaf> World::ledger() {
    return must(store_->reading([](app::Tables& tables) -> Result<std::vector<ledger::Leaf>> {
        std::vector<ledger::Leaf> out;
        const auto size = KITH_TRY(tables.ledger().size());
        for (std::uint64_t i = 0; i < size; ++i)
            out.push_back(KITH_TRY(ledger::decode(KITH_TRY(tables.ledger().leaf(i)))));
        return out;
    }));
}

std::vector<ledger::Leaf> World::ledger_about(ConcernId id) {
    auto all = ledger();
    std::erase_if(all, [&](const ledger::Leaf& leaf) { return leaf.subject != id.text(); });
    return all;
}

ledger::Leaf World::last(std::string_view act) {
    const auto all = ledger();
    for (auto leaf = all.rbegin(); leaf != all.rend(); ++leaf)
        if (leaf->act == act) return *leaf;
    throw std::runtime_error("no entry of " + std::string(act));
}

std::size_t World::count(std::string_view act) {
    const auto all = ledger();
    return static_cast<std::size_t>(std::ranges::count(all, act, &ledger::Leaf::act));
}

std::string World::fact(const ledger::Leaf& leaf, std::string_view name) {
    for (const auto& one : leaf.facts)
        if (one.name == name) return one.value;
    return "(none)";
}

std::size_t World::concerns_kept() { return std::stoul(sql_text("select count(*) from concerns")); }

std::string World::everything_on_disk() {
    std::string out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        out.append(std::istreambuf_iterator<char>(file), {});
    }
    return out;
}

void World::sql(const std::string& statement) {
    Connection to(database());
    char* wrong = nullptr;
    if (sqlite3_exec(to.handle, statement.c_str(), nullptr, nullptr, &wrong) != SQLITE_OK)
        throw std::runtime_error(wrong ? wrong : "sql");
}

std::string World::sql_text(const std::string& query) {
    Connection from(database());
    Query rows(from, query);
    std::string out;
    while (rows.step()) {
        for (int i = 0; i < sqlite3_column_count(rows.handle); ++i) out += (i == 0 ? "" : "|") + to_text(rows.blob(i));
        out += '\n';
    }
    return out;
}

ledger::Report World::verify() {
    Connection from(database());
    FiledLedger filed(from);
    const auto key = must(ledger::VerifierKey::of(house().identity.origin, house().identity.ledger_signer.public_half));
    return must(ledger::verify(filed, {&key, 1}));
}

void World::take_epochs_away() { std::filesystem::remove_all(epochs_folder()); }

}  // namespace kith::test
