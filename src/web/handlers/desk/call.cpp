// A call as it is taken. One page that saves itself: its first words begin the call, and what the page holds is written
// again each time. The answer to a save is the region that the words change: what is still to ask, what may be known.
#include "web/pages/call.hpp"
#include "app/desk.hpp"
#include "app/record_call.hpp"
#include "base/london.hpp"
#include "base/text.hpp"
#include "ui/call_handed_over_page.hpp"
#include "ui/call_page.hpp"
#include "web/handlers/routes.hpp"

namespace kith::web {

std::vector<std::string> CallForm::chosen(concerns::Field field) const {
    std::vector<std::string> out;
    for (const std::string_view one : text::split(account.known(field), ' ')) out.emplace_back(one);
    return out;
}

namespace {
using app::CallWords;
using concerns::Field;
using concerns::Form;
using concerns::Shape;
using http::Response;

std::string field(const Ask& ask, std::string_view name) { return text::tidy(ask.form.get(name)); }
bool ticked(const Ask& ask, std::string_view name) { return ask.form.get(name) == "yes"; }

concerns::Account account_in(const Ask& ask) {
    concerns::Account account;
    account.subject = concerns::subject_named(ask.form.get("subject")).value_or(concerns::Subject::child);
    for (const auto& spec : concerns::field_specs()) {
        std::string value;
        if (spec.shape == Shape::choices)
            for (const std::string_view one : ask.form.all(spec.name))
                value += (value.empty() || one.empty() ? "" : " ") + std::string(one);
        else
            value = field(ask, spec.name);
        if (!value.empty()) account.answers[spec.field] = std::move(value);
    }
    const auto column = [&](std::string_view name) { return ask.form.all(name); };
    const auto at = [](const auto& values, std::size_t i) {
        return i < values.size() ? text::tidy(values[i]) : std::string();
    };
    const auto names = column("person_name"), nicknames = column("person_nickname"), ages = column("person_age"),
               looks = column("person_looks"), parts = column("person_part");
    for (std::size_t i = 0; i < names.size(); ++i) {
        concerns::ToldPerson person{at(names, i), at(nicknames, i), at(ages, i), at(looks, i),
                                    concerns::part_named(at(parts, i)).value_or(concerns::Part::unknown)};
        if (person != concerns::ToldPerson{}) account.people.push_back(std::move(person));
    }
    const auto adults = column("adult_name"), adult_looks = column("adult_looks");
    for (std::size_t i = 0; i < adults.size(); ++i)
        if (concerns::ToldAdult adult{at(adults, i), at(adult_looks, i)}; adult != concerns::ToldAdult{})
            account.adults.push_back(std::move(adult));
    return account;
}

concerns::Contact contact_in(const Ask& ask) {
    concerns::Contact contact;
    contact.name = field(ask, "reporter_name");
    contact.post = field(ask, "reporter_post");
    contact.organisation = field(ask, "reporter_organisation");
    contact.telephone = field(ask, "reporter_telephone");
    contact.email = field(ask, "reporter_email");
    contact.source = concerns::source_named(ask.form.get("source")).value_or(concerns::Source::community);
    contact.category = concerns::category_named(ask.form.get("category")).value_or(concerns::Category::ordinary);
    contact.agreement = field(ask, "reporter_agreement");
    contact.reach = concerns::reach_named(ask.form.get("reach")).value_or(concerns::Reach::this_page_only);
    contact.when_safe = field(ask, "when_safe");
    contact.may_leave_message = ticked(ask, "may_leave_message");
    contact.must_not_know = field(ask, "must_not_know");
    contact.under_18 = ticked(ask, "caller_under_18");
    return contact;
}

ByteArray<32> once_in(const Ask& ask, std::string_view name) {
    ByteArray<32> out{};
    if (const auto once = from_hex(ask.form.get(name)); once && once->size() == out.size())
        std::ranges::copy(*once, out.begin());
    return out;
}

std::string new_once(const Ask& ask) {
    ByteArray<32> once;
    ask.house().crypto.random(once);
    return to_hex(once);
}

CallWords words_in(const Ask& ask) {
    CallWords words;
    words.account = account_in(ask);
    words.contact = contact_in(ask);
    words.naming = {ticked(ask, "name_person"), ticked(ask, "name_organisation"), ask.form.get("name_person") == "no",
                    ask.form.get("name_organisation") == "no"};
    words.earlier = {ticked(ask, "told_before"), text::shorten(field(ask, "earlier_code"), 60)};
    words.danger = ticked(ask, "danger") ? concerns::DangerMark::by_call_taker : concerns::DangerMark::none;
    words.must_not_see = std::string(words.account.known(Field::must_not_see));
    words.once = once_in(ask, "once");
    return words;
}

Instant began_at(const Ask& ask) {
    const auto typed = ask.form.get("began_at");
    if (!text::is_digits(typed) || typed.size() > 15) return ask.now;
    return std::min(ask.now, from_millis(std::stoll(std::string(typed))));
}

/// What a caller has not been asked yet. An answer ticks it, "they do not know" as well.
std::vector<AskItem> still_to_ask(const CallWords& words) {
    const auto& [account, contact] = std::tie(words.account, words.contact);
    const auto any = [&](std::initializer_list<Field> fields) {
        return std::ranges::any_of(fields, [&](Field one) { return !account.answer(one).empty(); });
    };
    const Form form = concerns::form_of(account.subject);
    std::vector<AskItem> out{
        {"What was seen", any({Field::what_seen})},
        {"Names, nicknames, ages, looks", !account.people.empty()},
        {"Where", form == Form::place ? any({Field::place_name, Field::place_address}) : any({Field::where_seen})},
        {"When, how often", any({Field::when_seen})},
        {"What worries them", any({Field::worry})},
        {"How do they know: saw, were told, guess?", any({Field::how_known})}};
    if (form != Form::child_or_family)
        out.push_back({"Does anyone seem to lead, or to be forced or bullied?",
                       any({Field::who_leads, Field::anyone_forced, Field::anyone_bullied, Field::who_forced,
                            Field::who_bullied})});
    if (form == Form::place)
        out.push_back(
            {"What about the place lets it happen? Which days and times?",
             any({Field::design_features, Field::design_other}) && any({Field::times_of_day, Field::weekdays})});
    out.push_back({"Are adults involved? Their names?", any({Field::adults_involved}) || !account.adults.empty()});
    if (form != Form::place) out.push_back({"Where is the child now?", any({Field::where_now})});
    if (form == Form::child_or_family)
        out.push_back({"The address, and others in the home?", any({Field::address}) && any({Field::others_at_home})});
    out.push_back({"A number, and when it is safe to ring?", !contact.telephone.empty() && !contact.when_safe.empty()});
    const bool person_asked = words.naming.person || words.naming.person_refused;
    const bool organisation_asked = words.naming.organisation || words.naming.organisation_refused;
    out.push_back({"May the family be told it was them?", person_asked});
    if (!contact.organisation.empty())
        out.push_back({"May they be told it was their organisation?", organisation_asked});
    out.push_back({"Is there anyone here who must not see this?", any({Field::must_not_see})});
    return out;
}

void put_known(CallForm& view, Result<std::vector<app::EarlierWorry>> known) {
    if (!known) return;
    for (const auto& worry : *known)
        view.known.push_back({worry.heading,
                              worry.reference + ", same " + worry.because + ", " + london::to_short(worry.received_at),
                              Url::path("/concerns/{}", worry.id)});
}

CallForm form_of(const Ask& ask, const StaffSession& session, const CallWords& words) {
    CallForm view;
    view.frame = ask.site.staff_frame(ask, session, "Record a call");
    view.danger = words.danger != concerns::DangerMark::none;
    view.account = words.account;
    view.contact = words.contact;
    view.naming = words.naming;
    view.people = words.account.people;
    view.people.emplace_back();
    view.adults = words.account.adults;
    view.adults.emplace_back();
    view.told_before = words.earlier.yes || !words.earlier.code.empty();
    view.form = ask.form.has("form") ? std::string(ask.form.get("form")) : new_once(ask);
    view.still_to_ask = still_to_ask(words);
    return view;
}

void put_beginning(CallForm& view, Instant at) {
    view.began_at = to_rfc3339(at);
    view.began_ms = std::to_string(to_millis(at));
}

Response show(const CallForm& view) {
    return page(piece([&](Html& o) { ui::call_page(o, view); }), view.errors.any() ? 422 : 200);
}

bool is_autosave(const Ask& ask) { return ask.request.header("kith-autosave") == "1"; }

/// A failure, with everything typed still in the page.
Response refuse(Ask& ask, const StaffSession& session, const Url& save, const Error& error) {
    const std::string said(error.code == Code::invalid && error.field == "what_seen" ? word("call_words.empty")
                                                                                     : error_word(error));
    if (is_autosave(ask)) {
        const bool typed_wrong = error.code == Code::invalid;
        return {typed_wrong ? 422 : http::status_of(error.code), said, "text/plain; charset=utf-8"};
    }
    if (error.code != Code::invalid && error.code != Code::unavailable) return problem_page(ask, error);
    CallForm view = form_of(ask, session, words_in(ask));
    view.save = save;
    view.once = ask.form.get("once");
    put_beginning(view, began_at(ask));
    view.saved_text = word("saved.unsaved");
    view.errors.add(error.field, said);
    view.frame.has_errors = true;
    view.with_name = app::receiver_now(ask.house(), session.actor).value_or("");
    return show(view);
}

Response get_new(Ask& ask, const StaffSession& session) {
    const auto with = app::receiver_now(ask.house(), session.actor);
    if (!with) return problem_page(ask, with.error());
    CallForm view = form_of(ask, session, {});
    view.once = new_once(ask);
    view.with_name = *with;
    view.saved_text = word("saved.unsaved");
    put_beginning(view, ask.now);
    return show(view);
}

Response get_call(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<ConcernId>("id");
    if (!id) return problem_page(ask, id.error());
    if (!session.holder) return problem_page(ask, Error{Code::not_found, "no key pair", {}});
    const auto call = app::read_call(ask.house(), session.actor, *session.holder, *id);
    if (!call) return problem_page(ask, call.error());
    if (call->handed_over) return redirect(Url::path("/concerns/{}", *id));
    CallForm view =
        form_of(ask, session, {call->account, call->contact, call->naming, call->danger, {}, {call->told_before}, {}});
    view.save = Url::path("/calls/{}", *id);
    view.reference = call->reference;
    view.with_name = call->with_name;
    view.saved_text = std::string(word("saved.saved")) + ", " + call->reference;
    put_beginning(view, call->began_at);
    put_known(view, app::perhaps_known(ask.house(), session.actor, *id));
    return show(view);
}

Response saved_part(Ask& ask, const StaffSession& session, ConcernId id, const CallWords& words) {
    CallForm view = form_of(ask, session, words);
    view.save = Url::path("/calls/{}", id);
    put_known(view, app::perhaps_known(ask.house(), session.actor, id));
    Response response = show(view);
    response.headers.push_back({"Content-Location", std::string(view.save.text())});
    return response;
}

CallHandedOver handed_over_view(const Ask& ask, const StaffSession& session, ConcernId id) {
    CallHandedOver view;
    view.frame = ask.site.staff_frame(ask, session, "Handed over");
    view.take_back = Url::path("/calls/{}/take-back", id);
    view.concern = Url::path("/concerns/{}", id);
    return view;
}

Response show(const CallHandedOver& view, int status = 200) {
    return page(piece([&](Html& o) { ui::call_handed_over_page(o, view); }), status);
}

/// What was said of a hand-over, so that a page which undoes it too late can say it again.
constexpr std::array<std::string_view, 5> kSaid{"said_reference", "said_with", "said_code", "said_reply_due",
                                                "said_form_due"};

Response hand_over(Ask& ask, const StaffSession& session, ConcernId id) {
    const auto done = app::hand_over_call(ask.house(), session.actor, id, once_in(ask, "form"));
    if (!done)
        return done.error().code == Code::conflict ? redirect(Url::path("/concerns/{}", id))
                                                   : problem_page(ask, done.error());
    CallHandedOver view = handed_over_view(ask, session, id);
    view.reference = done->reference;
    view.with_name = done->with_name;
    view.code = done->code;
    if (done->reply_due_at) view.reply_due = london::to_clock(*done->reply_due_at);
    if (done->form_due_at) view.form_due = london::to_day_and_clock(*done->form_due_at);
    // Told once more, later than it can be taken back: then the call's words have left the page as well.
    if (done->take_back_until > ask.now) {
        view.until = to_rfc3339(done->take_back_until);
        for (const auto& one : ask.form.fields())
            if (one.name != "form_token" && one.name != "hand_over" && one.name != "once" && one.name != "form")
                view.kept.emplace_back(one.name, one.value);
    }
    const std::array<std::string, 5> said{view.reference, view.with_name, view.code, view.reply_due, view.form_due};
    for (std::size_t i = 0; i < kSaid.size(); ++i) view.kept.emplace_back(kSaid[i], said[i]);
    return show(view);
}

Response after_save(Ask& ask, const StaffSession& session, ConcernId id, const CallWords& words) {
    if (is_autosave(ask)) return saved_part(ask, session, id, words);
    if (ticked(ask, "hand_over")) return hand_over(ask, session, id);
    return redirect(Url::path("/calls/{}", id));
}

/// A form sent again after its hand-over, whose answer was perhaps lost on the way: told the same once more, with the
/// code. Any other form finds the worry where it went.
Response after_hand_over(Ask& ask, const StaffSession& session, ConcernId id) {
    return ticked(ask, "hand_over") ? hand_over(ask, session, id) : redirect(Url::path("/concerns/{}", id));
}

Response post_new(Ask& ask, const StaffSession& session) {
    if (!session.holder) return problem_page(ask, Error{Code::not_found, "no key pair", {}});
    const CallWords words = words_in(ask);
    const auto id = app::begin_call(ask.house(), session.actor, *session.holder, began_at(ask), words);
    if (!id && id.error().code == Code::conflict && !is_autosave(ask))
        return after_hand_over(ask, session, app::call_of_page(ask.house(), session.actor, words.once));
    if (!id) return refuse(ask, session, "/calls", id.error());
    return after_save(ask, session, *id, words);
}

Response post_call(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<ConcernId>("id");
    if (!id) return problem_page(ask, id.error());
    if (!session.holder) return problem_page(ask, Error{Code::not_found, "no key pair", {}});
    const CallWords words = words_in(ask);
    const auto kept = app::save_call(ask.house(), session.actor, *session.holder, *id, words);
    if (!kept && kept.error().code == Code::conflict && !is_autosave(ask)) return after_hand_over(ask, session, *id);
    if (!kept) return refuse(ask, session, Url::path("/calls/{}", *id), kept.error());
    return after_save(ask, session, *id, words);
}

Response post_take_back(Ask& ask, const StaffSession& session) {
    const auto id = ask.path.as<ConcernId>("id");
    if (!id) return problem_page(ask, id.error());
    if (!session.holder) return problem_page(ask, Error{Code::not_found, "no key pair", {}});
    const auto done = app::take_back_call(ask.house(), session.actor, *session.holder, *id, words_in(ask));
    if (done) return redirect(Url::path("/calls/{}", *id));
    if (done.error().code != Code::conflict) return problem_page(ask, done.error());
    CallHandedOver view = handed_over_view(ask, session, *id);
    view.trouble = word("call.too_late");
    const auto said = [&](std::size_t i) { return text::shorten(ask.form.get(kSaid[i]), 80); };
    view.reference = said(0);
    view.with_name = said(1);
    view.code = said(2);
    view.reply_due = said(3);
    view.form_due = said(4);
    return show(view, 409);
}
}  // namespace

void add_call_routes(Routes& routes) {
    routes.staff(http::Method::get, "/calls/new", get_new);
    routes.staff(http::Method::post, "/calls", post_new);
    routes.staff(http::Method::get, "/calls/{id}", get_call);
    routes.staff(http::Method::post, "/calls/{id}", post_call);
    routes.staff(http::Method::post, "/calls/{id}/take-back", post_take_back);
}

}  // namespace kith::web
