// What the store keeps, table by table, as one transaction sees it. Everything personal arrives here sealed; an adapter
// never sees a plain word. Absent is `not_found`, and so is a row that names another which is absent; taken is
// `conflict`; nothing is ever overwritten unless it says so. Dropping what is not there succeeds, and a list may be
// empty. Letters are compared as they are: case and accents tell them apart. What cannot be read back is `betrayed`.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/ports/attachments.hpp"
#include "app/ports/cryptography.hpp"
#include "app/ports/epoch_keys.hpp"
#include "app/ports/ledger_table.hpp"
#include "app/ports/outside.hpp"
#include "core/concerns/concern.hpp"
#include "core/concerns/onward.hpp"
#include "core/parties/member.hpp"
#include "core/parties/rota.hpp"
#include "core/parties/scope.hpp"

namespace kith::app {

// --- concerns
// ----------------------------------------------------------------------------------------------------------

struct ConcernRow {
    concerns::Concern concern;
    Sealed<Key> sealed_record_key;
    std::uint32_t key_generation = 1;
    Sealed<concerns::Account> sealed_account;
    std::optional<Sealed<std::string>> sealed_source;  ///< in their job: name, post, organisation; ordinary to staff
    Instant last_typed_at{};                           ///< of a call: its last saved words
    unsigned naming_person = 0, naming_organisation = 0;
    friend bool operator==(const ConcernRow&, const ConcernRow&) = default;
};

enum class NoteKind {
    decision,
    question,
    step_back,
    danger,
    ring_back,
    correction,
    quarantine,
    motive,
    late_reply,
    same_source,   ///< that another worry has the same source, or another one
    must_not_see,  ///< whom the reporter's words mean, as somebody here matched them
};
struct NoteRow {
    ConcernId concern;
    NoteKind kind = NoteKind::decision;
    Instant at{};
    std::optional<MemberId> by;
    std::string word;  ///< an enumerator that goes with the kind: act, reached, no_answer ...
    Sealed<std::string> sealed_text;
    friend bool operator==(const NoteRow&, const NoteRow&) = default;
};

class Concerns {
  public:
    virtual ~Concerns() = default;
    /// `conflict` also when the reference is taken: draw another.
    virtual Result<void> add(const ConcernRow& row) = 0;
    virtual Result<ConcernRow> find(ConcernId id) = 0;
    virtual Result<ConcernRow> find_by_reference(std::string_view reference) = 0;
    /// Everything but the sealed account. `conflict` unless the stored revision is one less.
    virtual Result<void> change(const concerns::Concern& concern) = 0;
    virtual Result<void> change_account(ConcernId id, const Sealed<concerns::Account>& account,
                                        Instant last_typed_at) = 0;
    /// In their job: name, post and organisation as the call taker has them now; nothing when told otherwise.
    virtual Result<void> change_source(ConcernId id, const std::optional<Sealed<std::string>>& source) = 0;
    /// The two consents, as the call taker has them now.
    virtual Result<void> change_naming(ConcernId id, unsigned person, unsigned organisation) = 0;
    /// Not decided, or decided and not answered, or with the written form awaited; of one front door,
    /// in the order received.
    virtual Result<std::vector<ConcernRow>> open_at(FrontDoorId front_door) = 0;
    /// In the order answered; `since` included.
    virtual Result<std::vector<ConcernRow>> answered_since(FrontDoorId front_door, Instant since) = 0;
    /// Calls not handed over whose last words are older than `before`; the oldest words first.
    virtual Result<std::vector<ConcernRow>> idle_calls(Instant before) = 0;

    virtual Result<void> add_note(const NoteRow& note) = 0;
    /// Oldest first; those of one instant as they were added.
    virtual Result<std::vector<NoteRow>> notes(ConcernId id) = 0;

    /// Who must not see it, and who has stepped back. Twice is fine; the first instant stays.
    virtual Result<void> exclude(ConcernId id, MemberId member, Instant at) = 0;
    virtual Result<std::vector<MemberId>> excluded(ConcernId id) = 0;

    /// Adding one twice is fine.
    virtual Result<void> mark(ConcernId id, std::span<const Mark> marks) = 0;
    /// Takes every mark of that concern away: what was typed has changed.
    virtual Result<void> drop_marks(ConcernId id) = 0;
    /// Concerns of that front door with the same mark, newest first.
    virtual Result<std::vector<ConcernId>> marked(FrontDoorId front_door, const Mark& mark) = 0;
};

// --- the reporters' vault
// ----------------------------------------------------------------------------------------------

/// What lies under the key I of a vault row: who told, with what came in that report; or files alone, which the
/// reporter added later without anybody's being able to take I of the report out again.
enum class Brings { contact, files };

/// reporters-vault.md, Keys 4. The newest row that brings a contact holds.
struct VaultRow {
    ConcernId concern;
    std::uint32_t number = 0;
    Bytes sealed_contact;  ///< AEAD under I, padded to one size; empty in a row for files
    Bytes wrap_custody;    ///< I sealed to C
    Bytes wrap_duty;       ///< I sealed to D, that again under the epoch key; empty: no way in
    Bytes wrap_taker;      ///< I sealed to the call taker until hand-over; empty otherwise
    Epoch epoch;
    std::uint32_t custody_generation = 0, duty_generation = 0;
    Brings brings = Brings::contact;
    friend bool operator==(const VaultRow&, const VaultRow&) = default;
};

class Vault {
  public:
    virtual ~Vault() = default;
    virtual Result<void> add(const VaultRow& row) = 0;
    /// Of those that bring a contact.
    virtual Result<VaultRow> newest(ConcernId concern) = 0;
    /// One more than the highest of the concern, whatever it brings; 0 without a row.
    virtual Result<std::uint32_t> next_number(ConcernId concern) = 0;
    virtual Result<VaultRow> find(ConcernId concern, std::uint32_t number) = 0;
    /// While the call lasts: drops every row of the concern, so that the next one is its only one.
    virtual Result<void> drop_all(ConcernId concern) = 0;
    /// Deletes the way in of every row of the concern, and what had one is gone for good (GoneTable).
    virtual Result<void> close_way_in(ConcernId concern) = 0;
    /// The same of the call taker's wrap.
    virtual Result<void> drop_taker_wrap(ConcernId concern) = 0;
    /// Deletes the ways in of that front door under that generation of its duty key and those before: gone for good.
    virtual Result<void> close_ways_under(FrontDoorId front_door, std::uint32_t generation) = 0;
    /// Rows with a way in, of one front door.
    virtual Result<std::vector<VaultRow>> ways_in_at(FrontDoorId front_door) = 0;
    /// A way in anew, under another duty key. `not_found` without that row.
    virtual Result<void> put_way_in(ConcernId concern, std::uint32_t number, const Bytes& wrap_duty, Epoch epoch,
                                    std::uint32_t duty_generation) = 0;
    /// Rows with a way in under an epoch older than `epoch`, for the re-wrap of what still waits.
    virtual Result<std::vector<VaultRow>> under_epochs_before(Epoch epoch) = 0;
    /// `not_found` also when the way in was closed meanwhile.
    virtual Result<void> rewrap(ConcernId concern, std::uint32_t number, const Bytes& wrap_duty, Epoch epoch) = 0;
};

// --- coming back by code
// -----------------------------------------------------------------------------------------------

enum class Side { reporter, front_door };
/// `files`: the reporter added some; the text says how many.
enum class MessageKind { reply, question, addition, files };
struct MessageRow {
    MessageId id;
    ConcernId concern;
    Side side = Side::front_door;
    MessageKind kind = MessageKind::reply;
    Instant at{};
    Sealed<std::string> sealed_text;
    friend bool operator==(const MessageRow&, const MessageRow&) = default;
};

struct AddedTo {
    ConcernId concern;
    Instant at{};
    friend bool operator==(const AddedTo&, const AddedTo&) = default;
};

class Threads {
  public:
    virtual ~Threads() = default;
    virtual Result<void> add_code(const Digest& finder, const Sealed<ConcernId>& sealed_concern) = 0;
    virtual Result<Sealed<ConcernId>> find_code(const Digest& finder) = 0;
    virtual Result<void> add_message(const MessageRow& message) = 0;
    /// Oldest first; those of one instant as they were added.
    virtual Result<std::vector<MessageRow>> messages(ConcernId concern) = 0;
    /// Answered worries of that front door to which their reporter added something after the answer and not before
    /// `since`: each once, at its newest; oldest first.
    virtual Result<std::vector<AddedTo>> added_after_answer(FrontDoorId front_door, Instant since) = 0;
};

// --- the written form, and what is told on to somebody outside
// --------------------------------------------------------------

enum class FormWay { by_code, typed_in };
struct WrittenFormRow {
    ConcernId concern;
    FormWay way = FormWay::by_code;
    Instant received_at{};             ///< of a form on paper: the day it came
    std::optional<MemberId> typed_by;  ///< who typed it in from paper; never who told
    Sealed<concerns::Account> sealed_account;
    friend bool operator==(const WrittenFormRow&, const WrittenFormRow&) = default;
};

/// At most one of a concern.
class WrittenForms {
  public:
    virtual ~WrittenForms() = default;
    virtual Result<void> add(const WrittenFormRow& row) = 0;
    virtual Result<WrittenFormRow> find(ConcernId concern) = 0;
    virtual Result<void> change_account(ConcernId concern, const Sealed<concerns::Account>& account) = 0;
    /// Of concerns of one front door, in the order received; `since` included.
    virtual Result<std::vector<WrittenFormRow>> received_since(FrontDoorId front_door, Instant since) = 0;
};

/// One step of telling another area or the designated officer. Nothing is changed; the next step is another row.
struct OnwardRow {
    ConcernId concern;
    concerns::OnwardEvent event;
    std::optional<MemberId> by;  ///< empty: the reporter's own mark
    Sealed<std::string> sealed_text;
    friend bool operator==(const OnwardRow&, const OnwardRow&) = default;
};

class OnwardSteps {
  public:
    virtual ~OnwardSteps() = default;
    virtual Result<void> add(const OnwardRow& row) = 0;
    /// Oldest first; those of one instant as they were added.
    virtual Result<std::vector<OnwardRow>> of(ConcernId concern) = 0;
    /// Concerns of that front door with something owed and not ended, in the order received.
    virtual Result<std::vector<ConcernId>> open_at(FrontDoorId front_door) = 0;
};

// --- drafts and the same form sent twice
// -------------------------------------------------------------------------------

class Drafts {
  public:
    virtual ~Drafts() = default;
    /// Overwrites. Every expiry here is rounded up to the full hour, so that it does not tell when somebody typed.
    virtual Result<void> put(const Digest& finder, const Bytes& sealed, Instant expires_at) = 0;
    virtual Result<Bytes> find(const Digest& finder, Instant now) = 0;
    virtual Result<void> drop(const Digest& finder) = 0;
    /// Drafts and receipts; how many.
    virtual Result<std::size_t> drop_expired(Instant now) = 0;
    /// What was answered to an idempotency key, sealed under that key. `conflict` when it is there.
    virtual Result<void> put_receipt(const Digest& finder, const Bytes& sealed, Instant expires_at) = 0;
    virtual Result<Bytes> find_receipt(const Digest& finder) = 0;
};

// --- people who work here
// ----------------------------------------------------------------------------------------------

struct MemberRow {
    MemberId id;
    FrontDoorId front_door;  ///< all zero: the whole partnership
    parties::Roles roles;
    bool shut_out = false;
    Sealed<std::string> sealed_name, sealed_email;
    Digest mark_email{};
    Salt salt{};
    ByteArray<32> verifier{};
    Sealed<Bytes> sealed_code_secret;       ///< TOTP
    PublicKey public_key{}, signing_key{};  ///< all zero: holds no pair
    Bytes sealed_private;                   ///< under the password
    Bytes sealed_private_recovery;          ///< under the printed recovery code
    Salt recovery_salt{};
    friend bool operator==(const MemberRow&, const MemberRow&) = default;
};

struct InvitationRow {
    Digest finder{};  ///< of the secret in the invitation's address
    FrontDoorId front_door;
    parties::Roles roles;
    Sealed<std::string> sealed_name, sealed_email;
    Digest mark_email{};
    Instant expires_at{};
    friend bool operator==(const InvitationRow&, const InvitationRow&) = default;
};

class Members {
  public:
    virtual ~Members() = default;
    virtual Result<void> add(const MemberRow& row) = 0;
    virtual Result<MemberRow> find(MemberId id) = 0;
    virtual Result<MemberRow> find_by_email(const Digest& mark) = 0;
    /// In the order added.
    virtual Result<std::vector<MemberRow>> all() = 0;
    /// Everything but the id.
    virtual Result<void> change(const MemberRow& row) = 0;

    virtual Result<void> add_invitation(const InvitationRow& row) = 0;
    virtual Result<InvitationRow> find_invitation(const Digest& finder, Instant now) = 0;
    virtual Result<void> drop_invitation(const Digest& finder) = 0;
    /// Those that still answer, the one that ends first in front.
    virtual Result<std::vector<InvitationRow>> invitations(Instant now) = 0;

    /// Replaces the shifts of that front door that end after `from`. `invalid` when one given here does not.
    virtual Result<void> put_rota(FrontDoorId front_door, Instant from, const std::vector<parties::Shift>& shifts) = 0;
    /// Every shift that overlaps [from, until), the one that begins first in front.
    virtual Result<std::vector<parties::Shift>> rota(FrontDoorId front_door, Instant from, Instant until) = 0;
};

// --- front doors, keys, the key list
// ---------------------------------------------------------------------------------------

struct FrontDoorRow {
    FrontDoorId id;
    std::string slug;  ///< in addresses: plymouth
    std::string pack;  ///< the pack's name
    bool open = false;
    friend bool operator==(const FrontDoorRow&, const FrontDoorRow&) = default;
};

struct LocalTermRow {
    std::string key, text, decider;
    Day decided_on{};
    friend bool operator==(const LocalTermRow&, const LocalTermRow&) = default;
};

enum class RoleKeyKind { custody, duty };
struct RoleKeyRow {
    RoleKeyKind kind = RoleKeyKind::custody;
    FrontDoorId front_door;  ///< all zero for custody
    std::uint32_t generation = 1;
    PublicKey public_half{};
    Bytes sealed_to_custody;  ///< a duty key's private half sealed to C; empty for custody
    Bytes sealed_before{};  ///< the private half of the generation before, sealed to this one; empty: none, or cut off
    friend bool operator==(const RoleKeyRow&, const RoleKeyRow&) = default;
};

class Registry {
  public:
    virtual ~Registry() = default;
    virtual Result<void> add_front_door(const FrontDoorRow& row) = 0;
    virtual Result<FrontDoorRow> front_door(FrontDoorId id) = 0;
    /// By slug.
    virtual Result<std::vector<FrontDoorRow>> front_doors() = 0;
    /// Opening an open one succeeds.
    virtual Result<void> open_front_door(FrontDoorId id) = 0;
    /// Overwrites: a term may be decided anew.
    virtual Result<void> put_local_term(FrontDoorId id, const LocalTermRow& row) = 0;
    /// By key.
    virtual Result<std::vector<LocalTermRow>> local_terms(FrontDoorId id) = 0;

    /// Keys of the server itself, sealed under the master key: marks, signer, the partnership's own record file.
    /// Never overwritten.
    virtual Result<void> put_key(std::string_view name, const Sealed<Key>& key) = 0;
    virtual Result<Sealed<Key>> key(std::string_view name) = 0;

    virtual Result<void> add_role_key(const RoleKeyRow& row) = 0;
    /// The newest generation.
    virtual Result<RoleKeyRow> role_key(RoleKeyKind kind, FrontDoorId front_door) = 0;
    virtual Result<RoleKeyRow> role_key_of(RoleKeyKind kind, FrontDoorId front_door, std::uint32_t generation) = 0;
    /// `conflict` when the member holds that generation: drop it first.
    virtual Result<void> put_holding(RoleKeyKind kind, FrontDoorId front_door, std::uint32_t generation,
                                     MemberId member, const Bytes& sealed_half) = 0;
    virtual Result<Bytes> holding(RoleKeyKind kind, FrontDoorId front_door, std::uint32_t generation,
                                  MemberId member) = 0;
    virtual Result<void> drop_holdings(MemberId member) = 0;

    virtual Result<void> add_key_list(const KeyListRow& row) = 0;
    /// `conflict` when it is countersigned.
    virtual Result<void> countersign_key_list(std::uint32_t number, const Signature& signature) = 0;
    /// By number.
    virtual Result<std::vector<KeyListRow>> key_lists() = 0;
};

// --- the register of parties
// -----------------------------------------------------------------------------------------------

/// A stakeholder, guardian, service or organisation. All that is known of it is sealed: a row says only that there is
/// one.
struct PartyRow {
    PartyId id;
    Sealed<Bytes> sealed;
    friend bool operator==(const PartyRow&, const PartyRow&) = default;
};

class Parties {
  public:
    virtual ~Parties() = default;
    virtual Result<void> add(const PartyRow& row) = 0;
    virtual Result<PartyRow> find(PartyId id) = 0;
    /// Everything but the id.
    virtual Result<void> change(const PartyRow& row) = 0;
    /// By id, so that nobody reads from it who came when.
    virtual Result<std::vector<PartyRow>> all() = 0;
};

// --- tokens of other systems
// ----------------------------------------------------------------------------------------------

/// What another organisation's software shows instead of a sign-in. The token itself is nowhere; nothing here counts or
/// times its use, which would tell who sent which worry.
struct ApiTokenRow {
    ApiTokenId id;
    Digest finder{};  ///< of the token
    FrontDoorId front_door;
    parties::Scopes scopes;
    Sealed<Bytes> sealed_label;  ///< which system, of which organisation
    Instant expires_at{};
    bool revoked = false;
    friend bool operator==(const ApiTokenRow&, const ApiTokenRow&) = default;
};

class ApiTokens {
  public:
    virtual ~ApiTokens() = default;
    virtual Result<void> add(const ApiTokenRow& row) = 0;
    virtual Result<ApiTokenRow> find(ApiTokenId id) = 0;
    virtual Result<ApiTokenRow> find_by_finder(const Digest& finder) = 0;
    /// By id, so that nobody reads from it which was made when.
    virtual Result<std::vector<ApiTokenRow>> all_of(FrontDoorId front_door) = 0;
    /// For good; twice is fine.
    virtual Result<void> revoke(ApiTokenId id) = 0;
};

// --- opening afterwards
// ----------------------------------------------------------------------------------------------------

enum class OpeningState { asked, agreed, refused, opened };
struct OpeningRow {
    OpeningId id;
    ConcernId concern;
    MemberId asked_by;
    std::string purpose;
    Sealed<std::string> sealed_reason;
    Instant asked_at{};
    OpeningState state = OpeningState::asked;
    std::optional<MemberId> second;
    std::optional<Instant> decided_at, opened_at;
    bool emergency = false;  ///< one person alone, to be reviewed
    friend bool operator==(const OpeningRow&, const OpeningRow&) = default;
};

class Openings {
  public:
    virtual ~Openings() = default;
    virtual Result<void> add(const OpeningRow& row) = 0;
    virtual Result<OpeningRow> find(OpeningId id) = 0;
    /// Everything but the id.
    virtual Result<void> change(const OpeningRow& row) = 0;
    /// In the order asked.
    virtual Result<std::vector<OpeningRow>> all() = 0;
};

/// Everything, in one transaction.
class Tables {
  public:
    virtual ~Tables() = default;
    virtual Concerns& concerns() = 0;
    virtual Vault& vault() = 0;
    virtual Threads& threads() = 0;
    virtual WrittenForms& written_forms() = 0;
    virtual OnwardSteps& onward() = 0;
    virtual Drafts& drafts() = 0;
    virtual Members& members() = 0;
    virtual Registry& registry() = 0;
    virtual Parties& parties() = 0;
    virtual ApiTokens& api_tokens() = 0;
    virtual Openings& openings() = 0;
    virtual Attachments& attachments() = 0;
    virtual GoneTable& gone() = 0;
    virtual LedgerTable& ledger() = 0;
};

}  // namespace kith::app
