// Coming back by code. The code travels in a form, and then in a cookie that this process alone can open and that lasts
// half an hour; never in an address. A wrong code and a badly typed one are told the same.
#include "app/come_back.hpp"
#include "base/london.hpp"
#include "ui/come_back_page.hpp"
#include "ui/thread_page.hpp"
#include "web/handlers/anyone/visitor.hpp"
#include "web/handlers/reporter/added_files.hpp"
#include "web/handlers/reporter/remembered.hpp"
#include "web/handlers/reporter/written_form.hpp"
#include "web/handlers/routes.hpp"
#include "web/pages/say.hpp"

namespace kith::web {
namespace {
using http::Method;
using http::Response;

// A household, a school or a library is one network: nobody waits longer than one of these.
constexpr http::Rate kFromOneNetwork{20, std::chrono::seconds(3)};

Response show_form(const Ask& ask, std::string_view code, std::string_view error, int status) {
    ComeBackPage view;
    view.frame = frame_anywhere(ask, "Come back with a code");
    view.code = code;
    if (!error.empty()) view.errors.add("code", error);
    view.frame.has_errors = view.errors.any();
    return page(piece([&](Html& o) { ui::come_back_page(o, view); }), status);
}

ThreadPage thread_page(const Ask& ask, const app::Thread& thread) {
    ThreadPage view;
    const auto door = ask.site.front_door(thread.front_door);
    view.frame = door ? frame_of(ask, *door, "Your worry") : frame_anywhere(ask, "Your worry");
    view.cannot_say_more = word("next.no_outcome");
    if (door) {
        const auto words = door->questions.reply_words();
        if (!words.asks_a_person()) view.cannot_say_more = words.value().cannot_say_more;
        view.ringing = ringing_of(*door, ask.now);
        view.ringing.is_open = false;
    }
    view.received = london::to_day_and_clock(thread.received_at);
    if (thread.form_owed && thread.form_due_at) view.form_due = london::to_day_and_clock(*thread.form_due_at);
    view.form_is_late = thread.form_owed && thread.form_due_at && ask.now > *thread.form_due_at;
    view.form_came = thread.form_came;
    view.question_open = thread.question_open;
    for (const auto& message : thread.messages) {
        const bool is_ours = message.side == app::Side::front_door;
        const bool is_question = message.kind == app::MessageKind::question;
        view.messages.push_back({is_question ? "We ask you"
                                 : is_ours   ? "We answered"
                                             : "You added",
                                 london::to_day_and_clock(message.at),
                                 message.kind == app::MessageKind::files ? so_many_files(message.text) : message.text,
                                 is_question});
    }
    if (thread.files_not_sent != 0)
        view.not_sent = "You have added " + so_many_files(std::to_string(thread.files_not_sent)) + ", " +
                        std::string(word("files.not_sent")) + '.';
    return view;
}

class Handlers {
  public:
    Response get_form(Ask& ask) const { return show_form(ask, {}, {}, 200); }

    Response post_code(Ask& ask) {
        const auto typed = ask.form.get("code");
        if (is_too_many(ask, "come_back")) return show_form(ask, typed, error_word("code", "too_many"), 429);
        if (typed.empty()) return show_form(ask, {}, error_word("code", "empty"), 422);
        const auto thread = app::come_back(ask.house(), typed);
        if (!thread && thread.error().code != Code::not_found) return problem_page(ask, thread.error());
        if (!thread) return show_form(ask, typed, error_word("code", "not_found"), 422);
        Response response = redirect("/come-back/read");
        response.headers.push_back(ask.site.remembered->cookie(ask, typed));
        return response;
    }

    Response get_thread(Ask& ask) {
        const auto code = ask.site.remembered->code_of(ask);
        if (!code) return redirect("/come-back");
        return show_thread(ask, *code, {}, {});
    }

    Response post_add(Ask& ask) {
        const auto code = ask.site.remembered->code_of(ask);
        const auto words = ask.form.get("words");
        if (!code || !ask.site.remembered->is_own_form(ask, *code)) return forgotten(ask, words);
        if (is_too_many(ask, "come_back_add"))
            return show_thread(ask, *code, words, error_word("words", "too_many"), 429);
        const auto added = app::add_to_report(ask.house(), code->expose(), words);
        if (added) return redirect("/come-back/read?added=yes");
        if (added.error().code != Code::invalid) return problem_page(ask, added.error());
        const bool empty = words.find_first_not_of(" \r\n\t") == words.npos;
        return show_thread(ask, *code, words, error_word("words", empty ? "empty" : "too_long"));
    }

    Response post_close(Ask&) const {
        Response response = redirect("/come-back");
        response.headers.push_back(http::clear_cookie(kCodeCookie));
        return response;
    }

  private:
    static bool is_too_many(Ask& ask, Words what) {
        return ask.site.limits.take(what, ask.request.peer_network, kFromOneNetwork, ask.now).answer ==
               http::Taken::Answer::wait;
    }

    Response show_thread(Ask& ask, const SecretText& code, std::string_view words, std::string_view error,
                         int status = 422) {
        const auto thread = app::come_back(ask.house(), code.expose());
        if (!thread)
            return thread.error().code == Code::not_found ? redirect("/come-back") : problem_page(ask, thread.error());
        ThreadPage view = thread_page(ask, *thread);
        view.form_token = ask.site.remembered->form_token(ask, code);
        view.words = words;
        view.was_added = ask.query.get("added") == "yes";
        view.files_were_added = ask.query.get("added") == "files";
        view.form_was_sent = ask.query.get("form") == "sent";
        if (!error.empty()) view.errors.add("words", error);
        view.frame.has_errors = view.errors.any();
        return page(piece([&](Html& o) { ui::thread_page(o, view); }), view.errors.any() ? status : 200);
    }

    /// The half hour is over: what was typed is shown, so that it is not lost.
    Response forgotten(const Ask& ask, std::string_view words) const {
        NoticePage view;
        view.frame = frame_anywhere(ask, "Come back with a code");
        view.title = "Put your code in again";
        view.paragraphs = {
            "We forget your code after half an hour, so that nobody else can use this page. What you typed was not "
            "sent."};
        if (!words.empty()) {
            view.paragraphs.emplace_back("This is what you had typed. Copy it, put your code in, and paste it:");
            view.paragraphs.emplace_back(words);
        }
        view.ways = {{"Put my code in", "/come-back"}};
        return show_notice(view, 422);
    }
};
}  // namespace

void add_reporter_routes(Routes& routes) {
    const auto handlers = std::make_shared<Handlers>();
    routes.anyone(Method::get, "/come-back", [handlers](Ask& ask) { return handlers->get_form(ask); });
    routes.anyone(Method::post, "/come-back", [handlers](Ask& ask) { return handlers->post_code(ask); });
    routes.anyone(Method::get, "/come-back/read", [handlers](Ask& ask) { return handlers->get_thread(ask); });
    routes.anyone(Method::post, "/come-back/add", [handlers](Ask& ask) { return handlers->post_add(ask); });
    routes.anyone(Method::post, "/come-back/close", [handlers](Ask& ask) { return handlers->post_close(ask); });
    add_written_form_routes(routes);
    add_added_files_routes(routes);
}

}  // namespace kith::web
