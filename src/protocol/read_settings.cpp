// The sections of a pack that hold numbers, times and duties.
#include <array>

#include "protocol/pack_reader.hpp"
#include "protocol/telephone.hpp"

namespace kith::protocol {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<std::string_view, 8> kDays{"monday", "tuesday",  "wednesday", "thursday",
                                                "friday", "saturday", "sunday",    "bank_holidays"};
constexpr std::int64_t kDayOfMinutes = 24 * 60;

}  // namespace

void PackReader::read_contacts() {
    const auto given = [&](Purpose purpose) {
        return std::ranges::find(pack_.contacts, purpose, &ContactPoint::purpose) != pack_.contacts.end();
    };
    for (TableReader& table : top_.tables("contact")) {
        ContactPoint point;
        const auto purpose = table.word_of<Purpose>("purpose");
        point.label = table.text("label");
        point.number = table.text("number");
        point.option = table.optional_text("option");
        point.effective_from = table.day("effective_from");
        point.basis = basis(table);
        if (!point.number.empty() && !is_plausible_telephone(point.number))
            report_->add(table.place_of("number"),
                         "\"" + point.number + "\" is not a telephone number that can be dialled here.");
        if (!point.option.empty() && !is_plausible_option(point.option))
            report_->add(table.place_of("option"), "\"" + point.option + "\" is not one key of a telephone.");
        table.finish();
        if (!purpose) continue;
        point.purpose = *purpose;
        const bool twice = std::ranges::any_of(pack_.contacts, [&](const ContactPoint& other) {
            return other.purpose == point.purpose && other.effective_from == point.effective_from;
        });
        if (twice)
            report_->add(table.place(),
                         "Two contacts for \"" + std::string(name_of(point.purpose)) + "\" begin on the same day.");
        pack_.contacts.push_back(std::move(point));
    }
    must_give(TermKey::contact_number, given(Purpose::front_door), top_.place_of("contact"),
              "a [[contact]] for \"front_door\"");
    must_give(TermKey::out_of_hours_contact, given(Purpose::out_of_hours), top_.place_of("contact"),
              "a [[contact]] for \"out_of_hours\"");
    std::ranges::stable_sort(pack_.contacts, {},
                             [](const ContactPoint& p) { return std::pair(p.purpose, p.effective_from); });
}

clocks::Spans PackReader::spans(TableReader& table, std::string_view day) {
    clocks::Spans spans;
    for (const Node* node : table.optional_texts(day)) {
        const auto span = clocks::parse_span(node->text);
        if (!span) {
            report_->add(node->place,
                         "\"" + node->text +
                             "\" is not a time span; write it like \"08:30-17:00\", the end after the beginning.");
            continue;
        }
        const auto overlapped = std::ranges::find_if(
            spans, [&](const clocks::Span& other) { return span->from < other.to && other.from < span->to; });
        if (overlapped != spans.end())
            report_->add(node->place,
                         "\"" + node->text + "\" overlaps \"" + clocks::to_text(*overlapped) + "\" on the same day.");
        else
            spans.push_back(*span);
    }
    return spans;
}

void PackReader::read_opening_hours() {
    const bool is_given = top_.has("opening_hours");
    if (!must_give(TermKey::opening_hours, is_given, top_.place_of("opening_hours"), "[opening_hours]"))
        return void(top_.optional("opening_hours", Node::Kind::table));
    TableReader table = top_.table("opening_hours");
    std::array<clocks::Spans, 7> week;
    for (std::size_t i = 0; i < week.size(); ++i) week[i] = spans(table, kDays[i]);
    clocks::Spans holidays = spans(table, kDays[7]);
    const Basis rests_on = basis(table);
    if (auto opening = clocks::OpeningHours::create(std::move(week), std::move(holidays))) {
        if (table.is_there() && *opening == clocks::OpeningHours{})
            report_->add(table.place(), "[opening_hours] opens on no day.");
        pack_.opening_hours = {*std::move(opening), rests_on};
    }
    table.finish();
}

void PackReader::read_roles() {
    TableReader roles(top_.optional("roles", Node::Kind::table), "[roles]", *report_);
    const auto role = [&](TermKey key, std::string_view name, std::optional<Setting<Duty>>& into) {
        const bool is_given = roles.has(name);
        must_give(key, is_given, roles.is_there() ? roles.place_of(name) : top_.place(),
                  "\"" + std::string(name) + "\" in [roles]");
        if (!is_given) return void(roles.optional(name, Node::Kind::table));
        TableReader table = roles.table(name);
        const auto duty = table.word_of<Duty>("duty");
        const Basis rests_on = basis(table);
        if (duty) into = {*duty, rests_on};
        table.finish();
    };
    role(TermKey::who_receives, "receives", pack_.receives);
    role(TermKey::who_decides, "decides", pack_.decides);
    role(TermKey::who_answers, "answers", pack_.answers);
    roles.finish();
}

void PackReader::read_escalation(TableReader& clocks) {
    TableReader table = clocks.table("escalate");
    std::vector<minutes> around;
    const Node* list = table.needed("minutes", Node::Kind::list);
    for (const Node& item : list ? list->items : std::vector<Node>{}) {
        const bool sound = item.kind == Node::Kind::whole && std::abs(item.whole) <= kDayOfMinutes;
        if (!sound)
            report_->add(item.place,
                         "Each item of \"minutes\" must be a whole number of minutes, at most a day before or after "
                         "the due time.");
        else if (!around.empty() && minutes(item.whole) <= around.back())
            report_->add(item.place, "The \"minutes\" of \"escalate\" must rise from one to the next.");
        else
            around.emplace_back(item.whole);
    }
    const Basis rests_on = basis(table);
    pack_.escalate = {std::move(around), rests_on};
    table.finish();
}

void PackReader::read_clocks() {
    TableReader clocks = top_.table("clocks");
    const Place place = clocks.is_there() ? clocks.place() : top_.place();
    if (must_give(TermKey::reply_clock, clocks.has("reply"), place, "\"reply\" in [clocks]")) {
        TableReader reply = clocks.table("reply");
        const minutes within(reply.whole("within_minutes", 1, 30 * kDayOfMinutes));
        pack_.reply_within = {within, basis(reply)};
        reply.finish();
    } else {
        clocks.optional("reply", Node::Kind::table);
    }
    if (must_give(TermKey::escalation, clocks.has("escalate"), place, "\"escalate\" in [clocks]"))
        read_escalation(clocks);
    else
        clocks.optional("escalate", Node::Kind::table);

    TableReader idle = clocks.table("idle_call");
    const minutes idle_for(idle.whole("minutes", 1, 120));
    pack_.idle_call = {idle_for, basis(idle)};
    idle.finish();
    TableReader draft = clocks.table("draft");
    const hours draft_for(draft.whole("hours", 1, 30 * 24));
    pack_.draft_expiry = {draft_for, basis(draft)};
    draft.finish();
    TableReader way_in = clocks.table("way_in");
    const hours open_for(way_in.whole("hours", 1, 72));
    pack_.way_in = {open_for, basis(way_in)};
    way_in.finish();
    clocks.finish();
}

void PackReader::read_written_form() {
    const bool is_given = top_.has("written_form");
    if (!must_give(TermKey::written_form, is_given, top_.place_of("written_form"), "[written_form]"))
        return void(top_.optional("written_form", Node::Kind::table));
    TableReader table = top_.table("written_form");
    WrittenForm form;
    form.within = hours(table.whole("within_hours", 1, 30 * 24));
    form.owed_by = table.words_of<Category>("owed_by");
    form.after = table.words_of<Channel>("after");
    const Basis rests_on = basis(table);
    pack_.written_form = {std::move(form), rests_on};
    table.finish();
}

void PackReader::read_permissions() {
    TableReader asking = top_.table("asking_for_more");
    const bool in_danger = asking.yes_no("in_danger");
    pack_.ask_for_more_in_danger = {in_danger, basis(asking)};
    asking.finish();
    TableReader naming = top_.table("naming");
    pack_.naming = basis(naming);
    naming.finish();
}

void PackReader::read_onward() {
    if (!top_.has("onward")) return void(top_.optional("onward", Node::Kind::table));
    TableReader onward = top_.table("onward");
    const auto days = [&](std::string_view name, std::optional<Setting<int>>& into) {
        if (!onward.has(name)) return void(onward.optional(name, Node::Kind::table));
        TableReader table = onward.table(name);
        const int within = static_cast<int>(table.whole("within_working_days", 1, 10));
        into = {within, basis(table)};
        table.finish();
    };
    days("designated_officer", pack_.tell_designated_officer);
    days("confirmation", pack_.confirm_handing_on);
    onward.finish();
}

}  // namespace kith::protocol
