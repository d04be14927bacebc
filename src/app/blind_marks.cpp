#include "app/blind_marks.hpp"

#include <algorithm>

#include "app/search.hpp"
#include "match/name_key.hpp"

namespace kith::app {
using concerns::Field;

Mark blind_mark(House& house, std::string_view kind, std::string_view key) {
    Bytes marked;
    append_piece(marked, as_bytes(kind));
    append_piece(marked, as_bytes(key));
    const Digest whole = house.crypto.mark(house.identity.marks, marked);
    Mark mark;
    std::copy_n(whole.begin(), mark.size(), mark.begin());
    return mark;
}

std::vector<Telltale> telltales(const concerns::Account& account) {
    std::vector<Telltale> out{{"name", account.known(Field::names)}, {"nickname", account.known(Field::nicknames)}};
    for (const auto& person : account.people) {
        out.push_back({"name", person.name});
        out.push_back({"nickname", person.nickname});
    }
    out.push_back({"place", account.known(Field::place_name)});
    out.push_back({"address", account.known(Field::address)});
    return out;
}

std::vector<Mark> marks_of(House& house, const concerns::Account& account) {
    std::vector<Mark> out = search_marks(house, account);
    for (const Telltale& telltale : telltales(account))
        for (const std::string& key : match::name_keys(telltale.typed))
            out.push_back(blind_mark(house, telltale.kind, key));
    // In their own order: neighbours in the store are written together, and nothing shows in which order they were
    // told.
    std::ranges::sort(out);
    const auto twice = std::ranges::unique(out);
    out.erase(twice.begin(), twice.end());
    return out;
}

}  // namespace kith::app
