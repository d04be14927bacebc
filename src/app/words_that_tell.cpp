// Looks for words that may show who told: turns of phrase that place the teller, and their own name, number and
// organisation. A suggestion only: a person marks, and marks nothing by leaving it.
#include <algorithm>
#include <array>

#include "app/decide.hpp"
#include "app/drafts.hpp"
#include "base/text.hpp"

namespace kith::app {
namespace {
using concerns::Field;
using Why = TellingWords::Why;

constexpr std::array<std::string_view, 78> kPhrases{"the flat under mine",
                                                    "the flat above mine",
                                                    "the flat below mine",
                                                    "the flat next to mine",
                                                    "the flat opposite mine",
                                                    "flat under mine",
                                                    "flat above mine",
                                                    "flat below mine",
                                                    "under my flat",
                                                    "above my flat",
                                                    "below my flat",
                                                    "the house opposite mine",
                                                    "next door to me",
                                                    "next door to us",
                                                    "next to my house",
                                                    "next to mine",
                                                    "opposite mine",
                                                    "opposite my house",
                                                    "opposite our house",
                                                    "across from me",
                                                    "above me",
                                                    "below me",
                                                    "upstairs from me",
                                                    "downstairs from me",
                                                    "my neighbours",
                                                    "my neighbour",
                                                    "my neighbors",
                                                    "my neighbor",
                                                    "our neighbours",
                                                    "our neighbour",
                                                    "only i know",
                                                    "nobody else knows",
                                                    "no one else knows",
                                                    "i am the only one",
                                                    "i'm the only one",
                                                    "i’m the only one",
                                                    "only person who knows",
                                                    "i have told nobody else",
                                                    "from my window",
                                                    "from our window",
                                                    "from my garden",
                                                    "from my house",
                                                    "from my flat",
                                                    "my sister",
                                                    "my brother",
                                                    "my cousin",
                                                    "my niece",
                                                    "my nephew",
                                                    "my grandson",
                                                    "my granddaughter",
                                                    "my grandchild",
                                                    "my daughter",
                                                    "my son",
                                                    "my stepson",
                                                    "my stepdaughter",
                                                    "my ex",
                                                    "my husband",
                                                    "my wife",
                                                    "my partner",
                                                    "my friend",
                                                    "my best friend",
                                                    "my class",
                                                    "my pupil",
                                                    "my student",
                                                    "my patient",
                                                    "my client",
                                                    "my shop",
                                                    "my customer",
                                                    "where i work",
                                                    "i work with",
                                                    "i teach",
                                                    "i clean for",
                                                    "i babysit",
                                                    "i look after",
                                                    "told only me",
                                                    "she told me",
                                                    "he told me",
                                                    "they told me"};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// Quotation marks, apostrophes, dashes and the ellipsis (U+2010 to U+203F) end a word as well.
constexpr std::string_view kMarks = "\xE2\x80";

bool stands_alone(std::string_view text, std::size_t from, std::size_t to) {
    const bool begins = from == 0 || !is_letter(text[from - 1]) || (from > 2 && text.substr(from - 3, 2) == kMarks);
    return begins && (to >= text.size() || !is_letter(text[to]) || text.substr(to, 2) == kMarks);
}

std::string digits_of(std::string_view text) {
    std::string out;
    std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

class Search {
  public:
    Search(Field field, std::string_view value) : field_(field), value_(value), lower_(text::ascii_lower(value)) {}

    void phrase(std::string_view words, Why why) {
        if (words.empty()) return;
        for (auto at = lower_.find(words); at != lower_.npos; at = lower_.find(words, at + 1))
            if (stands_alone(lower_, at, at + words.size())) note(at, at + words.size(), why);
    }

    /// A number however it is spaced.
    void number(std::string_view digits) {
        if (digits.size() < 6) return;
        for (std::size_t i = 0; i < value_.size(); ++i) {
            std::size_t end = i, met = 0;
            while (end < value_.size() && met < digits.size() &&
                   (value_[end] == digits[met] || (end > i && (value_[end] == ' ' || value_[end] == '-'))))
                met += value_[end++] == digits[met] ? 1 : 0;
            if (met == digits.size()) note(i, end, Why::own_number);
        }
    }

    std::vector<TellingWords> found() {
        // Where two overlap the longer one stands.
        std::ranges::stable_sort(
            found_, [](const auto& a, const auto& b) { return a.at.to - a.at.from > b.at.to - b.at.from; });
        std::vector<TellingWords> out;
        for (const auto& one : found_)
            if (std::ranges::none_of(out,
                                     [&](const auto& o) { return one.at.from < o.at.to && o.at.from < one.at.to; }))
                out.push_back(one);
        std::ranges::sort(out, {}, [](const auto& one) { return one.at.from; });
        return out;
    }

  private:
    void note(std::size_t from, std::size_t to, Why why) {
        found_.push_back({why, {field_, from, to}, std::string(value_.substr(from, to - from))});
    }
    Field field_;
    std::string_view value_;
    std::string lower_;
    std::vector<TellingWords> found_;
};
}  // namespace

std::vector<TellingWords> words_that_tell(const concerns::Account& account, const concerns::Contact& contact) {
    std::vector<TellingWords> out;
    const std::string name = text::ascii_lower(contact.name), organisation = text::ascii_lower(contact.organisation);
    const std::string number = digits_of(contact.telephone);
    for (const auto& spec : concerns::field_specs()) {
        if (spec.shape != concerns::Shape::line && spec.shape != concerns::Shape::words) continue;
        Search search(spec.field, account.known(spec.field));
        for (const auto phrase : kPhrases) search.phrase(phrase, Why::phrase);
        for (const auto word : text::split(name, ' '))
            if (word.size() > 2) search.phrase(word, Why::own_name);
        search.phrase(organisation, Why::own_organisation);
        search.phrase(text::ascii_lower(contact.email), Why::own_number);
        search.number(number);
        for (auto& one : search.found()) out.push_back(std::move(one));
    }
    return out;
}

Result<void> check_account_names_nobody(const concerns::Account& account, const concerns::Contact& contact,
                                        const protocol::MayBeNamed& may) {
    using protocol::Permission;
    for (const auto& spec : concerns::field_specs()) {
        if (spec.shape != concerns::Shape::line && spec.shape != concerns::Shape::words) continue;
        const std::string read_elsewhere = concerns::masked(account, spec.field);
        Search search(spec.field, read_elsewhere);
        if (may.person == Permission::no) search.phrase(text::ascii_lower(contact.name), Why::own_name);
        if (may.organisation == Permission::no)
            search.phrase(text::ascii_lower(contact.organisation), Why::own_organisation);
        search.phrase(text::ascii_lower(contact.email), Why::own_number);
        search.number(digits_of(contact.telephone));
        if (!search.found().empty()) return fail(Code::invalid, "the account names who told", "account");
    }
    return {};
}

}  // namespace kith::app
