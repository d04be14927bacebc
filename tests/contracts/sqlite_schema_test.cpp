// What the SQLite store alone can be asked: its schema, and what raw SQL may not do to it.
#include <map>
#include <set>

#include "adapters/sqlite/access.hpp"
#include "contracts/sqlite_ground.hpp"

namespace kith::contracts {
namespace {

using app::Tables;
using sqlite::Access;
using sqlite::Database;
using testing::IsEmpty;

class SqliteSchema : public testing::Test {
  protected:
    template <class F>
    auto write(F work) {
        return ground.store().writing(std::move(work));
    }
    void SetUp() override {
        EXPECT_OK(write([&](Tables& t) {
            return t.registry().add_front_door({door, "plymouth", "plymouth-cspp", true});
        }));
    }
    Database raw() const { return Database::open(ground.file(), Access::write).value(); }
    template <class Row>
    std::vector<Row> all(std::string_view sql) const {
        Database database = raw();
        auto statement = database.prepare_text(sql).value();
        return statement.template all<Row>().value();
    }
    SqliteGround ground;
    const FrontDoorId door = id<FrontDoorId>(1);
};

TEST_F(SqliteSchema, RefusesToChangeOrRemoveWhatStandsOnTheLedger) {
    ASSERT_TRUE(write([](Tables& t) -> Result<void> {
        KITH_TRY(t.ledger().add_leaf(0, "leaf"));
        KITH_TRY(t.ledger().add_node(0, 0, filled<32>(1)));
        KITH_TRY(t.ledger().add_checkpoint(1, "note"));
        KITH_TRY(t.ledger().add_cosignature({1, "witness", from_millis(0), "line"}));
        return t.ledger().index_subject("subject", 0);
    }));
    Database database = raw();
    for (const char* sql : {
             "update ledger_leaves set leaf = x'00'",
             "delete from ledger_leaves",
             "insert or replace into ledger_leaves values (0, x'00')",
             "insert into ledger_leaves values (5, x'00')",
             "update ledger_nodes set hash = zeroblob(32)",
             "delete from ledger_nodes",
             "insert or replace into ledger_nodes values (0, 0, zeroblob(32))",
             "update ledger_checkpoints set note = ''",
             "delete from ledger_checkpoints",
             "insert or replace into ledger_checkpoints values (1, '')",
             "update ledger_cosignatures set line = ''",
             "delete from ledger_cosignatures",
             "insert or replace into ledger_cosignatures values (1, 'witness', 0, '')",
             "update ledger_subjects set subject = ''",
             "delete from ledger_subjects",
             "insert or replace into ledger_subjects values ('subject', 0)",
         })
        EXPECT_EQ(code_of(database.execute(sql)), Code::invalid) << sql;
    EXPECT_EQ(all<std::string>("select cast(leaf as text) from ledger_leaves"), std::vector<std::string>{"leaf"});
    EXPECT_EQ(all<std::string>("select note from ledger_checkpoints"), std::vector<std::string>{"note"});
}

struct ForeignKey {
    std::string table, column, to;
    friend auto operator<=>(const ForeignKey&, const ForeignKey&) = default;
};
constexpr auto kForeignKeys =
    "select m.name, f.\"from\", f.\"table\" from sqlite_schema m, pragma_foreign_key_list(m.name) f where m.type = "
    "'table'";

TEST_F(SqliteSchema, TiesNoMemberToAConcernButThoseWhoWorkOnIt) {
    const std::set<std::pair<std::string, std::string>> work{
        {"concerns", "taken_by"},      {"concerns", "with_member"},   {"concerns", "decided_by"},
        {"exclusions", "member_id"},   {"notes", "noted_by"},         {"openings", "asked_by"},
        {"openings", "second_member"}, {"written_forms", "typed_by"}, {"onward_steps", "stepped_by"}};
    std::set<std::string> of_concerns{"concerns"};
    const auto keys = all<ForeignKey>(kForeignKeys);
    for (const ForeignKey& key : keys)
        if (key.to == "concerns") of_concerns.insert(key.table);
    std::set<std::pair<std::string, std::string>> ties;
    for (const ForeignKey& key : keys)
        if (key.to == "members" && of_concerns.contains(key.table)) ties.emplace(key.table, key.column);
    EXPECT_EQ(ties, work);
    for (const ForeignKey& key : keys) EXPECT_NE(key.to, "api_tokens") << key.table << " would tell who sent it";
    for (const char* apart : {"vault_rows", "return_codes", "messages", "drafts", "receipts", "concern_marks",
                              "draft_files", "attachments"})
        for (const ForeignKey& key : keys) EXPECT_FALSE(key.table == apart && key.to == "members") << apart;
}

struct ColumnRow {
    std::string table, column, type;
};
constexpr auto kColumns =
    "select m.name, c.name, c.type from sqlite_schema m, pragma_table_info(m.name) c "
    "where m.type = 'table' and m.name not like 'sqlite_%'";

// An id that is not declared as a foreign key would slip past the test above.
TEST_F(SqliteSchema, HoldsBytesOnlyAsIdsOfItsRowsForeignKeysSealedMarksOrKeys) {
    std::set<std::pair<std::string, std::string>> keys;
    for (const ForeignKey& key : all<ForeignKey>(kForeignKeys)) keys.emplace(key.table, key.column);
    const std::map<std::string, std::string> own_id{
        {"front_door_id", "front_doors"}, {"member_id", "members"},         {"concern_id", "concerns"},
        {"message_id", "messages"},       {"opening_id", "openings"},       {"record_id", "record_keys"},
        {"party_id", "parties"},          {"attachment_id", "attachments"}, {"file_id", "draft_files"},
        {"original_file", "attachments"}, {"copy_file", "attachments"},     {"api_token_id", "api_tokens"}};
    const std::set<std::string> others{"finder",      "salt",         "verifier", "public_key", "signing_key",
                                       "public_half", "signature",    "leaf",     "hash",       "countersignature",
                                       "digest",      "recovery_salt"};
    for (const ColumnRow& column : all<ColumnRow>(kColumns)) {
        if (column.type != "BLOB" || keys.contains({column.table, column.column})) continue;
        const auto own = own_id.find(column.column);
        const bool known = (own != own_id.end() && own->second == column.table) ||
                           column.column.starts_with("sealed_") || column.column.starts_with("mark_") ||
                           column.column.starts_with("wrap_") || others.contains(column.column);
        EXPECT_TRUE(known) << column.table << '.' << column.column;
    }
}

TEST_F(SqliteSchema, NamesInstantsAndDaysAsSuchAndKeepsNoInstantOfACode) {
    for (const ColumnRow& column : all<ColumnRow>(kColumns)) {
        const bool instant = column.column.ends_with("_at"), day = column.column.ends_with("_on");
        EXPECT_TRUE(!instant || column.type == "INTEGER") << column.table << '.' << column.column;
        EXPECT_TRUE(!day || column.type == "TEXT") << column.table << '.' << column.column;
        EXPECT_FALSE(column.table == "return_codes" && column.type == "INTEGER") << column.column;
        EXPECT_FALSE(column.table == "members" && instant) << column.column;
    }
    EXPECT_THAT(all<std::string>("select name from pragma_table_list where schema = 'main' and type = 'table' "
                                 "and name not like 'sqlite_%' and not strict"),
                IsEmpty());
    EXPECT_THAT(
        all<std::string>("select name from pragma_table_list where name in ('return_codes', 'receipts') and not wr"),
        IsEmpty());
}

TEST_F(SqliteSchema, NeverLetsAStatementEndTheTransactionOfItsNeighbours) {
    EXPECT_THAT(all<std::string>("select name from sqlite_schema where lower(sql) like '%conflict rollback%' "
                                 "or lower(sql) like '%raise%(%rollback%' or lower(sql) like '%deferr%'"),
                IsEmpty());
}

TEST_F(SqliteSchema, CallsARowThatDoesNotDecodeBetrayed) {
    ASSERT_TRUE(write([&](Tables& t) -> Result<void> {
        KITH_TRY(t.members().add(member_row(id<MemberId>(1), door, 10)));
        KITH_TRY(t.concerns().add(full_concern(1, door, id<MemberId>(1), id<MemberId>(1), id<MemberId>(1))));
        KITH_TRY(t.concerns().add_note({.concern = id<ConcernId>(1)}));
        KITH_TRY(t.threads().add_message({.id = id<MessageId>(1), .concern = id<ConcernId>(1)}));
        KITH_TRY(t.members().put_rota(door, at(0), {{id<MemberId>(1), parties::Seat::manager, at(0), at(9)}}));
        KITH_TRY(t.registry().add_role_key({.front_door = FrontDoorId()}));
        return t.openings().add({.id = id<OpeningId>(1), .concern = id<ConcernId>(1), .asked_by = id<MemberId>(1)});
    }));
    using Read = std::function<Code(Tables&)>;
    const auto reading = [](auto call) -> Read { return [call](Tables& t) { return code_of(call(t)); }; };
    const Read concern = reading([](Tables& t) { return t.concerns().find(id<ConcernId>(1)); });
    const Read member = reading([](Tables& t) { return t.members().find(id<MemberId>(1)); });
    const std::vector<std::tuple<std::string, std::string, std::string, Read>> damage{
        {"concerns", "stage", "'elsewhere'", concern},
        {"concerns", "subject", "'Child'", concern},
        {"concerns", "outcome", "''", concern},
        {"concerns", "actions", "'police_now  assessment'", concern},
        {"concerns", "answered_by", "'shout'", concern},
        {"concerns", "revision", "-1", concern},
        {"concerns", "taken_by", "x'0102'", concern},
        {"record_keys", "key_generation", "4294967296", concern},
        {"members", "roles", "'king'", member},
        {"members", "salt", "x'00'", member},
        {"notes", "kind", "'x'", reading([](Tables& t) { return t.concerns().notes(id<ConcernId>(1)); })},
        {"messages", "side", "'x'", reading([](Tables& t) { return t.threads().messages(id<ConcernId>(1)); })},
        {"shifts", "seat", "'x'", reading([&](Tables& t) { return t.members().rota(door, at(0), at(9)); })},
        {"openings", "state", "'x'", reading([](Tables& t) { return t.openings().find(id<OpeningId>(1)); })},
        {"role_keys", "public_half", "x'00'",
         reading([](Tables& t) { return t.registry().role_key(app::RoleKeyKind::custody, {}); })},
    };
    for (const auto& [table, column, value, read] : damage) {
        Database database = raw();
        ASSERT_TRUE(database.execute(
            "pragma ignore_check_constraints = on; pragma foreign_keys = off; create table kept as select rowid as "
            "at, " +
            column + " as was from " + table + "; update " + table + " set " + column + " = " + value));
        Code code{};
        static_cast<void>(ground.store().read([&](Tables& tables) -> Result<void> {
            code = read(tables);
            return {};
        }));
        EXPECT_EQ(code, Code::betrayed) << table << '.' << column;
        ASSERT_TRUE(database.execute("update " + table + " set " + column +
                                     " = (select was from kept where at = " + table + ".rowid); drop table kept"));
    }
}

TEST_F(SqliteSchema, RefusesWordsAndSizesThatItDoesNotKnow) {
    Database database = raw();
    EXPECT_EQ(code_of(database.execute("insert into front_doors values (9, x'01', 'slug', 'pack', 0)")), Code::invalid);
    EXPECT_EQ(code_of(database.execute("insert into drafts values (9, zeroblob(32), x'', 1)")), Code::invalid);
    EXPECT_EQ(code_of(database.execute("insert into key_lists values (9, '', zeroblob(63), null)")), Code::invalid);
}

TEST_F(SqliteSchema, LosesARecordWithItsKeyAlone) {
    ASSERT_TRUE(write([&](Tables& t) { return t.concerns().add(bare_concern(1, door)); }));
    ASSERT_TRUE(raw().execute("delete from record_keys"));
    EXPECT_EQ(code_of(ground.store().reading([](Tables& t) { return t.concerns().find(id<ConcernId>(1)); })),
              Code::not_found);
    EXPECT_THAT(ground.store().reading([&](Tables& t) { return t.concerns().open_at(door); }).value(), IsEmpty());
}

TEST_F(SqliteSchema, CallsTheHooksOnceAGroupWithTheTablesAndKeepsWhatTheyWrote) {
    ground.close();
    unsigned signed_times = 0, published = 0;
    Code refuse_with = Code::invalid;
    bool refuse = false;
    ground.open({.before_commit = [&](Tables& tables) -> Result<void> {
                     ++signed_times;
                     if (refuse) return Failure(Error{refuse_with, "no signer", {}});
                     return tables.ledger().add_checkpoint(KITH_TRY(tables.ledger().size()), "signed");
                 },
                 .after_commit = [&] { ++published; }});
    EXPECT_OK(write([](Tables& t) { return t.ledger().add_leaf(0, "leaf"); }));
    EXPECT_EQ(signed_times, 1U);
    EXPECT_EQ(published, 1U);
    EXPECT_EQ(ground.store().reading([](Tables& t) { return t.ledger().checkpoint(); }).value(), "signed");

    refuse = true;
    EXPECT_EQ(code_of(write([](Tables& t) { return t.ledger().add_leaf(1, "leaf"); })), Code::invalid);
    EXPECT_EQ(published, 1U);
    EXPECT_EQ(ground.store().reading([](Tables& t) { return t.ledger().size(); }).value(), 1U);
}

TEST_F(SqliteSchema, IsThereAgainWhenTheStoreIsOpenedAgain) {
    ASSERT_TRUE(write([&](Tables& t) { return t.concerns().add(bare_concern(1, door)); }));
    ground.close();
    ground.open();
    EXPECT_EQ(ground.store().reading([](Tables& t) { return t.concerns().find(id<ConcernId>(1)); }).value(),
              bare_concern(1, door));
}

}  // namespace
}  // namespace kith::contracts
