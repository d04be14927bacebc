// Words that tell who told, marked in an account (front-door 4). The originals stay with the front door; everyone
// beyond it reads a gap in their place, or what somebody here wrote instead.
#include "app/desk.hpp"
#include "app/intake.hpp"
#include "app/written_form.hpp"
#include "base/text.hpp"
#include "core/concerns/marks.hpp"
#include "match/name_key.hpp"

namespace kith::app {
namespace {
using concerns::Field;
using Marks = std::vector<concerns::MarkedWords>;

constexpr std::size_t kMostInstead = 200;

/// The form's mark at the same place is the call's only where it stands over the same words.
class OfOneMark {
  public:
    explicit OfOneMark(const concerns::MarkedWords& mark) : mark_(mark) {}
    bool is_in(const concerns::Account& account) {
        const auto one = std::ranges::find_if(
            account.marked, [&](const auto& other) { return concerns::are_of_one_place(other, mark_); });
        if (one == account.marked.end()) return false;
        const std::string words(account.known(one->field).substr(one->from, one->to - one->from));
        if (!words_) words_ = words;
        return *words_ == words;
    }

  private:
    concerns::MarkedWords mark_;
    std::optional<std::string> words_;  // of the first text that has it
};

/// `change` gives the marks that shall be, out of the account as it stands. What it refuses as `invalid` changes
/// nothing, and is an answer with the account all the same: a look, on the ledger as one.
enum class Upon { account, form_too };
template <class F>
Result<Marking> change_marks(House& house, const Actor& actor, ConcernId id, Upon upon, F change) {
    return visiting(house, actor, [&](Visit& visit) -> Result<Marking> {
        const ConcernRow row = KITH_TRY(visit.tables.concerns().find(id));
        const Permit permit = KITH_TRY(visit.ask(Act::mark_words, KITH_TRY(visit.facts_of(row)), id.text()));
        const auto file = KITH_TRY(visit.file_of(row));
        Marking out{KITH_TRY(account_of(file, row)), std::nullopt, std::nullopt};
        if (auto form = KITH_TRY(received_form(visit, row))) out.form = std::move(form->account);
        const Result<Marks> marks = change(out.account);
        std::optional<Result<Marks>> of_form;  // where the words do not stand in the form, it stays as it is
        if (out.form && upon == Upon::form_too) of_form = change(*out.form);
        if (!marks && !(of_form && of_form->has_value())) {
            out.refused = marks.error();
            KITH_TRY(visit.record(permit, {.act = "concern_read",
                                           .subject = id.text(),
                                           .pack = row.concern.pack,
                                           .facts = {{"revision", std::to_string(row.concern.revision)}}}));
            return out;
        }
        if (marks) out.account.marked = concerns::tidied(out.account, *marks);
        if (of_form && of_form->has_value()) {
            out.form->marked = concerns::tidied(*out.form, **of_form);
            KITH_TRY(keep_form_account(visit, row, *out.form));
        }
        const auto sealed = KITH_TRY(keep_account(visit, file, row, out.account, row.last_typed_at));
        visit.queue_changed(row.concern.front_door);
        KITH_TRY(visit.record(permit, {.act = "words_marked",
                                       .subject = id.text(),
                                       .pack = row.concern.pack,
                                       .facts = {{"marks", std::to_string(out.account.marked.size())}},
                                       .sealed_digests = {{"concerns/account", sealed.bytes}}}));
        return out;
    });
}
}  // namespace

Result<void> mark_words(House& house, const Actor& actor, ConcernId id, Marks marks) {
    const Marking done =
        KITH_TRY(change_marks(house, actor, id, Upon::account, [&](const concerns::Account& account) -> Result<Marks> {
            for (const auto& mark : marks)
                if (mark.from >= mark.to || mark.to > account.known(mark.field).size())
                    return fail(Code::invalid, "a mark outside its field", "marks");
            return marks;
        }));
    if (done.refused) return Failure(*done.refused);
    return {};
}

Result<Marking> mark_each(House& house, const Actor& actor, ConcernId id, std::optional<Field> field,
                          std::string_view words) {
    return change_marks(house, actor, id, Upon::form_too, [&](const concerns::Account& account) -> Result<Marks> {
        if (!field) return fail(Code::invalid, "no such field", "mark_field");
        const std::string told = text::ascii_lower(account.known(*field)),
                          wanted = text::ascii_lower(text::tidy(words));
        if (wanted.empty() || told.find(wanted) == told.npos)
            return fail(Code::invalid, "not in that field", "mark_words");
        return concerns::with_each(account, *field, words);
    });
}

Result<Marking> unmark(House& house, const Actor& actor, ConcernId id, const concerns::MarkedWords& mark) {
    OfOneMark one(mark);
    return change_marks(house, actor, id, Upon::form_too, [&](const concerns::Account& account) -> Result<Marks> {
        return one.is_in(account) ? concerns::without(account, mark) : account.marked;
    });
}

Result<Marking> put_instead(House& house, const Actor& actor, ConcernId id, const concerns::MarkedWords& mark,
                            std::string_view words) {
    const std::string instead = text::tidy(words);
    OfOneMark of(mark);
    return change_marks(house, actor, id, Upon::form_too, [&](const concerns::Account& account) -> Result<Marks> {
        if (!text::is_clean_utf8(instead) || text::length(instead) > kMostInstead)
            return fail(Code::invalid, "too long", "mark_instead");
        Marks marks = account.marked;
        if (!of.is_in(account)) return fail(Code::invalid, "no such mark", "mark_instead");
        for (auto& one : marks) {
            if (!concerns::are_of_one_place(one, mark)) continue;
            const auto hidden = account.known(one.field).substr(one.from, one.to - one.from);
            const std::string said = ' ' + match::name_key(instead) + ' ';
            if (!instead.empty() && said.find(' ' + match::name_key(hidden) + ' ') != said.npos)
                return fail(Code::invalid, "says what it stands in place of", "mark_instead");
            one.instead = instead;
            return marks;
        }
        return fail(Code::invalid, "no such mark", "mark_instead");
    });
}

}  // namespace kith::app
