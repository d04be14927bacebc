// A report's pages: one to ask each question, one to check, one with the code.
#pragma once
#include "web/handlers/anyone/report_steps.hpp"
#include "web/handlers/anyone/visitor.hpp"

namespace kith::web {

void add_report_routes(Routes& routes);

Url url_of(const FrontDoorView& door, Step step);
/// The page of one question, with what the draft holds.
QuestionPage question_page(const Ask& ask, const FrontDoorView& door, const app::Draft& draft, Step step);
CheckPage check_page(const Ask& ask, const FrontDoorView& door, const app::Draft& draft);
/// What a question was answered, row by row; an empty text: not answered.
struct Answered {
    std::string key, text;
    Step step;
};
std::vector<Answered> answers_at(const FrontDoorView& door, const app::Draft& draft, Step step);
/// Words that could show who told, for their teller to mark; and the marks that a form of them says.
std::vector<TellingWord> telling_words(const app::Draft& draft);
std::vector<concerns::MarkedWords> marks_of(const http::Form& form, const app::Draft& draft);
void add_troubles(Errors& errors, const std::vector<Trouble>& troubles);

}  // namespace kith::web
