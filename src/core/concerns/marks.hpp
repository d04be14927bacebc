// Words that would show who told, marked in an account (front-door 4). The originals stay; everyone beyond the front
// door reads a gap in their place.
#pragma once
#include "core/concerns/account.hpp"

namespace kith::concerns {

/// By field and place, without empty ones or any outside its field, those that overlap or touch joined: `masked` leaves
/// nothing of them visible. What is read in place of one holds only where it covers all of the joined mark.
std::vector<MarkedWords> tidied(const Account& account, std::vector<MarkedWords> marks);
/// The account's marks and every occurrence of `words` in `field`, letters compared without their case where they are
/// ASCII. The marks as they were when there is none.
std::vector<MarkedWords> with_each(const Account& account, Field field, std::string_view words);
/// The account's marks, and every place where it says what is marked in `other`: in that field wherever it stands, in
/// any other as whole words. A written form says again what was marked in its call.
std::vector<MarkedWords> with_those_of(const Account& account, const Account& other);
/// Whatever is read in their place.
bool are_of_one_place(const MarkedWords& one, const MarkedWords& other);
std::vector<MarkedWords> without(const Account& account, const MarkedWords& mark);

/// An answer cut where marks begin and end.
struct Stretch {
    std::string text;
    bool is_marked = false;
    friend bool operator==(const Stretch&, const Stretch&) = default;
};
std::vector<Stretch> stretches(const Account& account, Field field);

}  // namespace kith::concerns
