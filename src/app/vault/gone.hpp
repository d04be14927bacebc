// What is gone for good stays gone. In each group of transactions the list outside is written and synced before the
// commit (docs/decisions/0012), so that at every instant it holds at least what the store holds as done; and what the
// list holds beyond that is done in the store before anything is served.
#pragma once
#include "app/house.hpp"

namespace kith::app {

Gone gone_member(MemberId member);
Gone gone_epoch(Epoch epoch);

/// Last but one in every group of transactions, before the head is signed. A list that cannot be written stops nothing:
/// what is gone waits, unlisted, for the next group, and the alarm is raised.
Result<void> list_what_is_gone(House& house, Tables& tables);

struct Replayed {
    std::uint64_t lines = 0;      ///< of the list that the store did not know
    std::size_t ways_closed = 0;  ///< of worries whose way in was open here
};
/// Before anything is served, and after a restore. `not_found`, `betrayed`, `unavailable` of the list, or `conflict`
/// when it is older than the store: then the alarm is raised and no way in opens until it is put right.
Result<Replayed> replay_gone(House& house);
/// The same look, by a command beside a running server: it does nothing again, since the server may be about to.
Result<Replayed> look_at_gone(House& house);

/// Where the list was lost with every copy, and the store is the one that was always served and was never put back: a
/// list begins anew with all that the store knows. `conflict` when there is a list.
Result<void> begin_list_anew(House& house);

/// What follows once, in a store that was put back and in which what is gone was done again. Epoch keys are in no
/// backup: ways in whose key is not here open for nobody but custody, and are closed. And where the signed list outside
/// names a custody key that this store never knew, nobody could open what was sealed to it: the store's own is kept
/// instead.
struct Restored {
    std::size_t ways_without_a_key = 0;
    enum class Custody { as_it_was, put_back } custody = Custody::as_it_was;
    bool list_usable = true;  ///< the key list is not older than one that was in use
};
Result<Restored> settle_restored(House& house);

}  // namespace kith::app
