// A worry half told: kept on the server, sealed under a key that only the teller's own browser holds. No account, no
// line of the ledger, nothing that says whose it is; without the key it is bytes of one of a few sizes until it
// expires. The same key yields the form's idempotency key, so that sending twice makes one concern and the same code.
#pragma once
#include <functional>
#include <set>

#include "app/report_worry.hpp"

namespace kith::app {

/// What was said of danger. `holding`: an emergency, and they have not said yet that they rang or will (PLY-026).
enum class Emergency { not_asked, none, unsure, holding, rung, will_ring };
enum class Stay { until_browser_closes, on_this_device };
enum class Teller { adult, young };

struct Draft {
    FrontDoorId front_door;
    concerns::Account account;
    concerns::Contact contact;
    concerns::NamingConsent naming;
    Emergency emergency = Emergency::not_asked;
    Stay stay = Stay::until_browser_closes;
    Teller teller = Teller::adult;
    std::string must_not_see;
    std::vector<Original> files;
    bool told_before = false;  ///< with `earlier_code`, if they have it
    std::string earlier_code;
    std::set<std::string> passed;  ///< names of the questions that were gone through, answered or not
    friend bool operator==(const Draft&, const Draft&) = default;
};

class DraftKey {
  public:
    static DraftKey create(Cryptography& crypto);
    static DraftKey of(const ByteArray<32>& bytes);
    /// As the cookie carries it: 64 hex digits. `not_found` for anything else.
    static Result<DraftKey> parse(std::string_view text);
    std::string text() const;
    Digest finder(Cryptography& crypto) const;
    /// What a form of this browser carries.
    std::string form_token(Cryptography& crypto) const;
    /// The idempotency key of what this draft becomes.
    ByteArray<32> once(Cryptography& crypto) const;
    Bytes seal(Cryptography& crypto, const Draft& draft) const;
    Result<Draft> open(Cryptography& crypto, BytesView sealed) const;

  private:
    Key bytes_;
};

/// `conflict` when this key has a draft already.
Result<void> begin_draft(House& house, const DraftKey& key, const Draft& draft);
/// `not_found` when it expired, was sent or was dropped.
Result<Draft> read_draft(House& house, const DraftKey& key);
/// Reads, changes and keeps in one transaction, so that two tabs lose nothing of each other's; the change may run
/// twice.
Result<Draft> change_draft(House& house, const DraftKey& key, const std::function<void(Draft&)>& change);
/// `conflict` when the draft holds as many files as it may. The file is durable by then.
Result<void> add_to_draft(House& house, const DraftKey& key, const Original& file);
/// With its files.
Result<void> drop_draft(House& house, const DraftKey& key);

/// Reports it and drops it. Sent again: the receipt of the first time. `invalid` with "rung_999" while an emergency
/// holds it, and as report_worry says.
Result<Receipt> send_draft(House& house, const DraftKey& key);
/// Whether this browser's worry was sent.
Result<Receipt> receipt_of(House& house, const DraftKey& key);

/// Words of the account that may show who told (PLY-031, HAC-036): suggested, then marked by a person.
struct TellingWords {
    enum class Why { phrase, own_name, own_number, own_organisation } why = Why::phrase;
    concerns::MarkedWords at;
    std::string words;
    friend bool operator==(const TellingWords&, const TellingWords&) = default;
};
std::vector<TellingWords> words_that_tell(const concerns::Account& account, const concerns::Contact& contact);

}  // namespace kith::app
