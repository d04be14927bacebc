#include "web/pages/onward.hpp"

#include <algorithm>

#include "base/london.hpp"
#include "base/text.hpp"
#include "core/concerns/marks.hpp"
#include "web/pages/concern.hpp"
#include "web/pages/contact.hpp"
#include "web/pages/say.hpp"

namespace kith::web {
namespace {
using concerns::Account;
using concerns::Field;
using concerns::OnwardStep;
using concerns::Whom;

std::string title_of(const app::OnwardView& view) {
    if (view.whom == Whom::designated_officer) return std::string(word("onward.officer"));
    return view.area.empty() ? std::string(word("onward.area")) : view.area;
}

TimelineItem item_of(const app::OnwardView& view, const app::OnwardStepView& step) {
    const auto& said = step.said;
    const auto joined = [](std::initializer_list<std::string_view> pieces) {
        std::string out;
        for (const auto piece : pieces)
            if (!piece.empty()) out += (out.empty() ? "" : ", ") + std::string(piece);
        return out;
    };
    std::string text = joined({step.step == OnwardStep::owed ? std::string_view() : said.to, said.how});
    if (!said.words.empty()) text += (text.empty() ? "" : ". ") + said.words;
    const std::string who = view.whom == Whom::designated_officer ? "officer_" : "area_";
    return {.when = london::to_short(step.at),
            .title = say("onward", who + std::string(name_of(step.step))),
            .text = std::move(text),
            .by = step.by.empty() ? say("onward", "by_reporter") : step.by};
}

/// What is masked beyond the front door stands masked; what only this desk may know does not stand at all.
std::vector<SummaryRow> rows_for_outside(const Account& account) {
    std::vector<SummaryRow> rows;
    for (const auto& spec : concerns::field_specs()) {
        if (spec.field == Field::must_not_see || account.answer(spec.field).empty()) continue;
        rows.push_back({.key = say("told", spec.name), .text = told_words(account, spec.field)});
    }
    return rows;
}
}  // namespace

std::string onward_standing(const app::OnwardView& view) {
    const auto& state = view.state;
    const std::string title = title_of(view);
    if (view.whom == Whom::designated_officer)
        return title + ": " + std::string(word(state.is_open() ? "onward.not_told" : "onward.ended"));
    if (!state.is_open()) return title + ": " + std::string(word("onward.ended"));
    std::string missing;
    const auto add = [&](bool there, std::string_view words) {
        if (!there) missing += (missing.empty() ? "" : ", ") + std::string(words);
    };
    add(state.told_at.has_value(), word("onward.not_rung"));
    add(state.written_at.has_value(), word("onward.not_written"));
    add(state.confirmed_at.has_value(), word("onward.not_confirmed"));
    return title + ": " + missing;
}

OnwardPanel onward_panel(const app::OnwardView& view, ConcernId id, Instant now) {
    OnwardPanel panel{title_of(view), onward_standing(view), std::nullopt, view.state.is_open(),
                      Url::path("/concerns/{}/onward/{}", id, name_of(view.whom))};
    if (view.due_at) panel.clock = clock_until(*view.due_at, now, std::chrono::hours(4));
    return panel;
}

OnwardPage onward_page(const app::Reading& reading, const app::OnwardView& view, const protocol::Questions& questions,
                       Instant now) {
    const auto& concern = reading.concern;
    const auto panel = onward_panel(view, concern.id, now);
    OnwardPage page;
    page.title = panel.title;
    page.standing = panel.standing;
    page.clock = panel.clock;
    page.heading = concerns::heading(reading.account);
    page.reference = concern.reference;
    page.told_url = Url::path("/concerns/{}/onward/{}/told", concern.id, name_of(view.whom));
    page.confirmed_url = Url::path("/concerns/{}/onward/{}/confirmed", concern.id, name_of(view.whom));
    page.notice_url = Url::path("/concerns/{}/onward/{}/notice", concern.id, name_of(view.whom));
    page.end_url = Url::path("/concerns/{}/onward/{}/end", concern.id, name_of(view.whom));
    page.is_area = view.whom == Whom::another_area;
    page.is_open = view.state.is_open();
    page.is_told = view.state.told_at.has_value();
    page.is_written = view.state.written_at.has_value();
    page.is_confirmed = view.state.confirmed_at.has_value();
    page.in_danger = concern.danger != concerns::DangerMark::none;
    page.way_in_open = reading.way_in_open;
    for (const auto& step : view.steps) page.steps.push_back(item_of(view, step));
    const auto points = questions.contact_points(now);
    if (!page.is_area && !points.asks_a_person())
        for (const auto& point : points.value())
            if (point.purpose == protocol::Purpose::designated_officer) {
                page.ring_label = point.label;
                page.ring_number = point.number + (point.option.empty() ? "" : ", option " + point.option);
                page.ring_href = Url::telephone(point.number);
            }
    return page;
}

AreaNoticePage area_notice_page(const app::AreaNotice& notice, const protocol::Questions& questions) {
    AreaNoticePage page;
    page.area = notice.area;
    page.from = questions.word(protocol::Term::service);
    page.to = notice.to;
    page.reference = notice.reference;
    page.written_by = notice.written_by;
    page.when = london::to_day_and_clock(notice.at);
    page.received = london::to_day_and_clock(notice.received_at) + ", " +
                    text::ascii_lower(say("about", name_of(notice.concern.channel)));
    page.words = notice.words;
    if (notice.concern.danger != concerns::DangerMark::none)
        page.danger = say("danger_by", name_of(notice.concern.danger));
    page.told = rows_for_outside(notice.account);
    page.people = people_rows(notice.account);
    page.adults = adult_rows(notice.account);
    if (notice.form)
        for (auto& row : rows_for_outside(*notice.form))
            if (std::ranges::find(page.told, row.text, &SummaryRow::text) == page.told.end())
                page.form.push_back(std::move(row));
    if (notice.contact) {
        const auto opened = opened_contact(*notice.contact);
        page.contact = opened.who;
        if (!opened.number.empty()) page.contact.push_back({.key = "Telephone", .text = opened.number});
        if (!opened.email.empty()) page.contact.push_back({.key = "E-mail", .text = opened.email});
        page.contact.insert(page.contact.end(), opened.wishes.begin(), opened.wishes.end());
    }
    page.back = Url::path("/concerns/{}/onward/another_area", notice.concern.id);
    return page;
}

}  // namespace kith::web
