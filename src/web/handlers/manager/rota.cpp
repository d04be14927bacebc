// The rota, a week at a time. The plan lies in the form until it is saved, so that it may have gaps while it is made
// and the saved one never has. All days and times are those of the clock on the wall in London.
#include <algorithm>
#include <charconv>

#include "app/found.hpp"
#include "base/london.hpp"
#include "base/text.hpp"
#include "ui/rota_page.hpp"
#include "web/handlers/administrator/fields.hpp"
#include "web/handlers/routes.hpp"
#include "web/pages/rota.hpp"

namespace kith::web {
namespace {
using http::Method;
using http::Response;
using parties::Role;
using parties::Seat;
using parties::Shift;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::sys_days;

constexpr std::size_t kMostShifts = 200;

Day plus(const Day& day, int n) { return Day(sys_days(day) + days(n)); }
Instant midnight(const Day& day) { return london::instant_of({day, minutes(0)}); }
Day monday_of(const Day& day) {
    const auto since = std::chrono::weekday(sys_days(day)) - std::chrono::Monday;
    return Day(sys_days(day) - since);
}

std::string iso(const Day& day) {
    const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(static_cast<int>(day.year())) + '-' + two(static_cast<unsigned>(day.month())) + '-' +
           two(static_cast<unsigned>(day.day()));
}

template <class N>
std::optional<N> number(std::string_view text) {
    N out{};
    const auto done = std::from_chars(text.data(), text.data() + text.size(), out);
    if (done.ec != std::errc() || done.ptr != text.data() + text.size()) return std::nullopt;
    return out;
}

std::optional<Day> day_named(std::string_view text) {
    const auto parts = text::split(text, '-');
    if (parts.size() != 3) return std::nullopt;
    const auto year = number<int>(parts[0]);
    const auto month = number<unsigned>(parts[1]), day = number<unsigned>(parts[2]);
    if (!year || !month || !day || *year < 2000 || *year > 2200) return std::nullopt;
    const Day out{std::chrono::year(*year), std::chrono::month(*month), std::chrono::day(*day)};
    return out.ok() ? std::optional(out) : std::nullopt;
}

std::optional<minutes> time_named(std::string_view text) {
    const auto parts = text::split(text, ':');
    if (parts.size() < 2) return std::nullopt;
    const auto hour = number<int>(parts[0]), minute = number<int>(parts[1]);
    if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) return std::nullopt;
    return minutes(*hour * 60 + *minute);
}

std::string_view name_of(Seat seat) { return seat == Seat::manager ? "manager" : "custodian"; }
std::string_view says(Seat seat) { return seat == Seat::manager ? "manager" : "custodian or deputy"; }
std::optional<Seat> seat_named(std::string_view name) {
    if (name == "manager") return Seat::manager;
    if (name == "custodian") return Seat::custodian;
    return std::nullopt;
}

std::string keep(const Shift& shift) {
    return std::string(name_of(shift.seat)) + ' ' + shift.member.text() + ' ' + std::to_string(to_millis(shift.from)) +
           ' ' + std::to_string(to_millis(shift.until));
}
std::optional<Shift> kept_shift(std::string_view text) {
    const auto parts = text::split(text, ' ');
    if (parts.size() != 4) return std::nullopt;
    const auto seat = seat_named(parts[0]);
    const auto member = MemberId::parse(parts[1]);
    const auto from = number<std::int64_t>(parts[2]), until = number<std::int64_t>(parts[3]);
    if (!seat || !member || !from || !until || *from >= *until) return std::nullopt;
    return Shift{*member, *seat, from_millis(*from), from_millis(*until)};
}

/// One week of one front door, and the plan for what of it is still to come.
struct Week {
    FrontDoorView door;
    Day monday;
    Instant from, until, now;
    app::RotaView saved;
    std::vector<Shift> plan;
    bool is_changed = false;

    bool is_over() const { return until <= now; }
    /// From here on the plan may be changed: nobody rewrites who was on duty.
    Instant open_from() const { return std::max(from, now); }
    std::string name(MemberId id) const {
        const auto at = std::ranges::find(saved.named, id, &app::MemberView::id);
        return at == saved.named.end() ? "Somebody who has left" : at->name;
    }
    const app::MemberView* choosable(MemberId id) const {
        const auto at = std::ranges::find(saved.choosable, id, &app::MemberView::id);
        return at == saved.choosable.end() ? nullptr : &*at;
    }
};

std::vector<Shift> still_open(const std::vector<Shift>& shifts, const Week& week) {
    std::vector<Shift> out;
    for (const Shift& shift : shifts)
        if (shift.until > week.open_from() && shift.from < week.until) out.push_back(shift);
    std::ranges::sort(out, {}, [](const Shift& s) { return std::tuple(s.from, s.seat, s.member); });
    return out;
}

Result<Week> load_week(Ask& ask, const StaffSession& session, std::string_view slug, std::string_view monday) {
    Week week{KITH_TRY(slug.empty() ? ask.site.front_door(session.actor.front_door) : ask.site.front_door_called(slug)),
              {},
              {},
              {},
              ask.now,
              {},
              {},
              false};
    week.monday = monday_of(day_named(monday).value_or(london::day_of(ask.now)));
    week.from = midnight(week.monday);
    week.until = midnight(plus(week.monday, 7));
    week.saved = KITH_TRY(app::see_rota(ask.house(), session.actor, week.door.id, week.from, week.until));
    week.plan = still_open(week.saved.shifts, week);
    return week;
}

// --- as it is shown --------------------------------------------------------------------------------------------------

std::string hours(Instant from, Instant until, Instant day_end) {
    return london::to_clock(from) + "–" + (until == day_end ? "24:00" : london::to_clock(until));
}

std::vector<RotaPiece> pieces(const Week& week, const std::vector<Shift>& shifts, Seat seat, Instant from,
                              Instant until) {
    std::vector<std::pair<Instant, RotaPiece>> found;
    for (const Shift& shift : shifts)
        if (shift.seat == seat && shift.until > from && shift.from < until)
            found.emplace_back(std::max(from, shift.from),
                               RotaPiece{hours(std::max(from, shift.from), std::min(until, shift.until), until),
                                         week.name(shift.member), false, shift.until <= week.now});
    for (const auto& gap : parties::gaps(shifts, from, until))
        if (gap.seat == seat)
            found.emplace_back(gap.from,
                               RotaPiece{hours(gap.from, gap.until, until), "Nobody", true, gap.until <= week.now});
    std::ranges::stable_sort(found, {}, [](const auto& one) { return one.first; });
    std::vector<RotaPiece> out;
    for (auto& [at, piece] : found) out.push_back(std::move(piece));
    return out;
}

/// Of the time behind us what was saved; of the time to come the plan.
std::vector<Shift> past_and_plan(const Week& week) {
    std::vector<Shift> all;
    for (const Shift& shift : week.saved.shifts)
        if (shift.until <= week.open_from()) all.push_back(shift);
    all.insert(all.end(), week.plan.begin(), week.plan.end());
    return all;
}

void show_days(const Week& week, RotaPage& view) {
    const auto all = past_and_plan(week);
    for (int n = 0; n < 7; ++n) {
        const Day day = plus(week.monday, n);
        const Instant from = midnight(day), until = midnight(plus(day, 1));
        const std::string title = london::to_day(from);
        view.days.push_back({title.substr(0, title.rfind(' ')), pieces(week, all, Seat::manager, from, until),
                             pieces(week, all, Seat::custodian, from, until)});
    }
}

Url at_week(const Week& week, int weeks) {
    return Url("/rota").with("door", week.door.slug).with("week", iso(plus(week.monday, 7 * weeks)));
}

void show_choices(const Week& week, RotaPage& view) {
    view.seats = {{.value = "manager", .text = "Manager"}, {.value = "custodian", .text = "Custodian or deputy"}};
    for (const auto& member : week.saved.choosable)
        view.members.push_back(
            {.value = member.id.text(), .text = member.name + ", " + text::ascii_lower(roles_text(member.roles))});
    for (int n = 0; n <= 7; ++n) {
        const std::string title = london::to_day(midnight(plus(week.monday, n)));
        view.week_days.push_back({.value = iso(plus(week.monday, n)), .text = title.substr(0, title.rfind(' '))});
    }
}

RotaPage rota_view(Ask& ask, const StaffSession& session, const Week& week) {
    RotaPage view;
    view.frame = ask.site.staff_frame(ask, session, "Rota");
    view.door = week.door.slug;
    view.door_name = week.door.area.name;
    view.week = iso(week.monday);
    view.title = "week of " + day_text(week.monday);
    view.before = at_week(week, -1);
    view.after = at_week(week, 1);
    view.is_over = week.is_over();
    view.is_changed = week.is_changed;
    if (session.actor.roles.has(Role::administrator))
        if (const auto doors = ask.site.front_doors())
            for (const auto& door : *doors)
                view.doors.emplace_back(door.area.name, Url("/rota").with("door", door.slug).with("week", view.week));
    show_days(week, view);
    show_choices(week, view);
    if (!view.is_over)
        for (const auto& gap : parties::gaps(week.plan, week.open_from(), week.until))
            view.gaps.push_back("No " + std::string(says(gap.seat)) + ": " + london::to_short(gap.from) + " to " +
                                london::to_short(gap.until));
    for (const Shift& shift : week.plan)
        view.shifts.push_back({keep(shift), std::string(says(shift.seat)), week.name(shift.member),
                               london::to_short(shift.from), london::to_short(shift.until)});
    view.from_day = view.until_day = iso(london::day_of(week.open_from()));
    return view;
}

Response show(RotaPage view) {
    view.frame.has_errors = view.errors.any();
    return page(piece([&](Html& o) { ui::rota_page(o, view); }), view.errors.any() ? 422 : 200);
}

Response get_rota(Ask& ask, const StaffSession& session) {
    std::string slug(ask.query.get("door"));
    if (slug.empty() && session.actor.front_door == FrontDoorId{}) {
        const auto doors = ask.site.front_doors();
        if (!doors || doors->empty()) return problem_page(ask, Error{Code::not_found, "no front door", {}});
        slug = doors->front().slug;
    }
    const auto week = load_week(ask, session, slug, ask.query.get("week"));
    if (!week) return problem_page(ask, week.error());
    RotaPage view = rota_view(ask, session, *week);
    if (ask.query.get("done") == "saved") view.done = word("rota.saved");
    return show(std::move(view));
}

// --- what is done to the plan
// ------------------------------------------------------------------------------------------

void keep_typed(const Ask& ask, RotaPage& view) {
    view.seat = ask.form.get("seat");
    view.member = ask.form.get("member");
    view.from_day = ask.form.get("from_day");
    view.from_time = ask.form.get("from_time");
    view.until_day = ask.form.get("until_day");
    view.until_time = ask.form.get("until_time");
}

std::optional<Shift> typed_shift(const Ask& ask, const Week& week, Errors& errors) {
    const auto seat = seat_named(ask.form.get("seat"));
    const auto member = MemberId::parse(ask.form.get("member"));
    const auto from_day = day_named(ask.form.get("from_day")), until_day = day_named(ask.form.get("until_day"));
    const auto from_time = time_named(ask.form.get("from_time")), until_time = time_named(ask.form.get("until_time"));
    if (!seat) errors.add("seat", word("rota.seat_empty"));
    const auto* who = member ? week.choosable(*member) : nullptr;
    if (!who)
        errors.add("member", word("rota.member_empty"));
    else if (seat && !app::may_sit(*who, *seat, week.door.id))
        errors.add("member", word("rota.member_unfit"));
    if (!from_day || !from_time) errors.add("from_time", word("rota.from_invalid"));
    if (!until_day || !until_time) errors.add("until_time", word("rota.until_invalid"));
    if (errors.any()) return std::nullopt;
    const Shift shift{*member, *seat, london::instant_of({*from_day, *from_time}),
                      london::instant_of({*until_day, *until_time})};
    if (shift.until <= shift.from || shift.until <= week.open_from()) {
        errors.add("until_time", word("rota.until_before"));
        return std::nullopt;
    }
    return shift;
}

/// A week later by the clock on the wall.
Instant next_week(Instant at) {
    const auto wall = london::wall_time(at);
    return london::instant_of({plus(wall.day, 7), wall.time});
}

/// What began before this week stays; the rest is last week's, without those who can no longer sit there.
Result<std::string> copy_last_week(Ask& ask, const StaffSession& session, Week& week) {
    const Instant last = midnight(plus(week.monday, -7));
    const auto before = KITH_TRY(app::see_rota(ask.house(), session.actor, week.door.id, last, week.from));
    std::vector<Shift> plan;
    for (const Shift& shift : week.plan)
        if (shift.from < week.from) plan.push_back(shift);
    std::size_t left_out = 0;
    for (const Shift& shift : before.shifts) {
        if (shift.from < last) continue;
        const auto* who = week.choosable(shift.member);
        if (who && app::may_sit(*who, shift.seat, week.door.id))
            plan.push_back({shift.member, shift.seat, next_week(shift.from), next_week(shift.until)});
        else
            ++left_out;
    }
    week.plan = still_open(plan, week);
    week.is_changed = true;
    return left_out == 0 ? std::string("Last week is copied into the plan.")
                         : "Last week is copied into the plan, without " + std::to_string(left_out) +
                               " shifts of people who cannot take that seat now.";
}

Response save(Ask& ask, const StaffSession& session, const Week& week) {
    RotaPage view = rota_view(ask, session, week);
    keep_typed(ask, view);
    if (!view.gaps.empty()) {
        view.errors.add("gaps", word("rota.gap"));
        return show(std::move(view));
    }
    const auto done = app::set_rota(ask.house(), session.actor, week.door.id, week.open_from(), week.until, week.plan);
    if (done) return redirect(at_week(week, 0).with("done", "saved"));
    const bool is_custodians = done.error().field == "custodian_hours";
    if (!is_custodians && done.error().field != "rota") return problem_page(ask, done.error());
    view.errors.add("plan", is_custodians ? word("rota.custodian_hours") : word("rota.cannot_sit"));
    return show(std::move(view));
}

Response post_rota(Ask& ask, const StaffSession& session) {
    auto week = load_week(ask, session, ask.form.get("door"), ask.form.get("week"));
    if (!week) return problem_page(ask, week.error());
    const auto before = week->plan;
    std::vector<Shift> plan;
    for (const auto text : ask.form.all("shift"))
        if (const auto shift = kept_shift(text); shift && plan.size() < kMostShifts) plan.push_back(*shift);
    if (const auto at = number<std::size_t>(ask.form.get("remove")); at && *at < plan.size())
        plan.erase(plan.begin() + static_cast<std::ptrdiff_t>(*at));
    week->plan = still_open(plan, *week);
    const std::string_view what = ask.form.get("do");
    if (what == "save") return save(ask, session, *week);

    Errors errors;
    std::string note;
    bool is_added = false;
    if (what == "copy") {
        auto copied = copy_last_week(ask, session, *week);
        if (!copied) return problem_page(ask, copied.error());
        note = *std::move(copied);
    } else if (what == "add") {
        const auto shift = typed_shift(ask, *week, errors);
        if (shift) week->plan.push_back(*shift);
        week->plan = still_open(week->plan, *week);
        is_added = shift.has_value();
    }
    week->is_changed = week->plan != before;
    RotaPage view = rota_view(ask, session, *week);
    keep_typed(ask, view);
    if (is_added) {
        // The next shift mostly begins where this one ends.
        view.from_day = view.until_day;
        view.from_time = view.until_time;
    }
    view.errors = std::move(errors);
    view.note = std::move(note);
    return show(std::move(view));
}
}  // namespace

void add_rota_routes(Routes& routes) {
    routes.staff(Method::get, "/rota", get_rota);
    routes.staff(Method::post, "/rota", post_rota);
}

}  // namespace kith::web
