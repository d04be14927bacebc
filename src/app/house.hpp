// What every use case stands on: the ports, the server's own keys, the rule books. And the way into it: `visiting` runs
// one use case in one durable transaction, in which it asks the gate, acts, and records.
//
//     return visiting(house, actor, [&](Visit& visit) -> Result<Reading> {
//         const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
//         const Permit permit = KITH_TRY(visit.ask(Act::read_concern, KITH_TRY(visit.facts_of(row)), id.text()));
//         ...
//         KITH_TRY(visit.record(permit, {.act = "concern_read", .subject = id.text(), .clauses = {"PLY-022"}}));
//         return reading;
//     });
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "app/alarms.hpp"
#include "app/clock_watch.hpp"
#include "app/gate.hpp"
#include "app/ports/clock.hpp"
#include "app/ports/epoch_keys.hpp"
#include "app/ports/notices.hpp"
#include "app/ports/one_time_codes.hpp"
#include "app/ports/outside.hpp"
#include "app/ports/renderer.hpp"
#include "app/ports/store.hpp"
#include "app/used_codes.hpp"
#include "app/vault/key_list.hpp"
#include "app/vault/record_file.hpp"
#include "protocol/questions.hpp"
#include "protocol/shelf.hpp"

namespace kith::app {

enum class Purpose { real, demonstration };

/// The server's own keys and names, unlocked with the master key at start.
struct ServerIdentity {
    ServerKeys keys;
    Key marks;
    SigningPair ledger_signer;
    RecordFile papers;  ///< the partnership's own record file: names and addresses of members
    PartnershipId partnership;
    std::string origin;  ///< the ledger's, e.g. kith.example/3F...
};

/// What a store that is rolled back does not roll back with it.
struct Outside {
    Anchor& anchor;
    GoneList& gone;
};

struct House {
    Store& store;
    Cryptography& crypto;
    Clock& clock;
    EpochKeys& epochs;
    Outside outside;
    OneTimeCodes& codes;
    Notices& notices;
    SealedFiles& files;
    Renderer& renderer;
    ServerIdentity identity;
    const protocol::PackShelf& shelf;
    clocks::Calendar calendar;
    Purpose purpose = Purpose::real;
    /// After a commit that changed what stands in that front door's queue.
    std::function<void(FrontDoorId)> on_queue_changed{};
    /// After a commit that left files of which copies are to be made.
    std::function<void()> on_files_waiting{};

    Alarms alarms{};
    ClockWatch clock_watch{};
    UsedCodes used_codes{};

    /// The key list in force, verified once and kept until `key_list_changed`. `betrayed`, and an alarm, when it is
    /// older than the highest number outside the store.
    Result<std::shared_ptr<const VerifiedList>> key_list();
    void key_list_changed();
    /// A custodian signed a new list: it is kept outside the store as well, whatever lay there.
    void key_list_made();
    /// The signed list and the highest number outside the store; none and 0, and alarms, where they cannot be read.
    KnownList known_list();
    /// Custody's public half from the signed list outside, for when the one in the store cannot be used. Where that is
    /// missing too: from the last list in the store that verifies.
    Result<RolePublic> custody_without_a_list();
    /// Today's epoch and its key, made if it is not there. Without a key the way in is left out; nothing waits for it.
    std::pair<Epoch, std::optional<Key>> epoch_now();

    /// What each member last saw of a queue, and since when: a page that asks again by itself and finds the same is the
    /// same look (docs/decisions/0018). In memory only.
    struct Look {
        Digest of{};
        Instant at{};
    };
    std::mutex looks_mutex{};
    std::map<MemberId, Look> looks{};

    std::mutex list_mutex{};
    std::shared_ptr<const VerifiedList> list{};
};

/// One line of the ledger as a use case states it; the visit adds who, when and the act's permit.
struct Entry {
    Words act;
    std::string subject{};
    protocol::Clauses clauses{};
    std::string pack{};
    std::vector<std::pair<std::string, std::string>> facts{};     ///< names and enumerators only
    std::vector<std::pair<std::string, Bytes>> sealed_digests{};  ///< place, and the sealed bytes to digest
};

class Visit {
  public:
    Visit(House& h, Tables& t, const Actor& a, Instant n) : house(h), tables(t), actor(a), now(n) {}

    House& house;
    Tables& tables;
    const Actor& actor;
    const Instant now;

    /// Asks the gate. `subject` is what a refusal is recorded about.
    /// Whoever was shut out is refused, whatever their session still holds.
    Result<Permit> ask(Act act, const Facts& facts, std::string subject = {});
    /// For what was not there to be asked about: recorded as a refusal is, so that the two take the same time.
    void refuse(Act act, std::string subject = {}) { refusal_ = Refusal{act, std::move(subject)}; }
    Result<void> record(const Permit& permit, const Entry& entry);
    /// The same, by "anyone": where a line that names its asker would say who told.
    Result<void> record_unnamed(const Permit& permit, const Entry& entry);
    Result<Facts> facts_of(const ConcernRow& row);
    /// Of a bearer at its own front door: whether its token holds. Of anyone else: nothing.
    Result<Facts> facts_of_bearer();
    Result<protocol::Questions> questions(FrontDoorId front_door);
    Result<RecordFile> file_of(const ConcernRow& row) {
        return house.identity.keys.open_file(row.sealed_record_key, row.concern.id.bytes());
    }
    VaultPlace vault_place(const concerns::Concern& concern) const {
        return {house.identity.partnership, concern.front_door, concern.id};
    }

    /// Keeps a changed concern; its front door's queue has changed with it.
    Result<void> keep(const concerns::Concern& concern);
    void queue_changed(FrontDoorId front_door) { after_.queue = front_door; }
    /// Once no row names it any more, and that is on disk.
    void remove_file(FileId file) { after_.files_to_remove.push_back(file); }
    void files_wait() { after_.files_wait = true; }
    /// A content-free message to a member, once this is on disk.
    Result<void> tell(MemberId member, Notice notice);

    /// What happens once the transaction is on disk, and not before.
    struct After {
        std::optional<FrontDoorId> queue;
        std::vector<std::pair<SecretText, Notice>> notices;
        std::vector<FileId> files_to_remove;
        bool files_wait = false;
    };
    const After& after() const { return after_; }

    struct Refusal {
        Act act;
        std::string subject;
    };
    const std::optional<Refusal>& refusal() const { return refusal_; }

  private:
    std::optional<Refusal> refusal_;
    After after_;
};

/// As the store has it now. Nobody but a member is ever shut out.
Result<bool> is_shut_out(Tables& tables, const Actor& actor);

/// Appends a leaf. For the few acts that no permit stands behind: refusals, and what the machine finds.
Result<void> append_entry(Tables& tables, std::string_view by, const Entry& entry, Instant at, Cryptography& crypto);
/// The last thing in every group of transactions: signs the ledger's new head.
Result<void> sign_checkpoint(Tables& tables, Cryptography& crypto, const SigningPair& signer, std::string_view origin);
/// A refusal is put on the ledger by itself, since its transaction left nothing.
void record_refusal(House& house, const Actor& actor, const Visit::Refusal& refusal);
/// A file that cannot be removed now is an orphan, and swept at the next start.
void remove_files(House& house, const std::vector<FileId>& files);
void do_after(House& house, const Visit::After& after);

/// Runs `work` (Result<T>(Visit&)) in one durable transaction. It may run twice.
template <class F>
auto visiting(House& house, const Actor& actor, F work) -> std::invoke_result_t<F, Visit&> {
    const Instant now = house.clock.now();
    std::optional<Visit::Refusal> refusal;
    Visit::After after;
    auto out = house.store.writing([&](Tables& tables) -> std::invoke_result_t<F, Visit&> {
        Visit visit(house, tables, actor, now);
        auto result = work(visit);
        refusal = visit.refusal();
        after = visit.after();
        return result;
    });
    if (refusal) record_refusal(house, actor, *refusal);
    if (out) do_after(house, after);
    return out;
}

}  // namespace kith::app
