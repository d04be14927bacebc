// What the components in ui/components take. Each is called from a template with its values by name:
//     % text_input(o, {.field = named("where", page.errors), .value = page.where, .width = 20});
// Markup and class names are those of govuk-frontend 6.6.0 wherever it has the component; `kith-` is ours.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "web/frame.hpp"
#include "web/html.hpp"
#include "web/words.hpp"

namespace kith::web {

// --- fields ------------------------------------------------------------------------------------------------------

struct FieldError {
    std::string field;
    std::string text;
    friend bool operator==(const FieldError&, const FieldError&) = default;
};

/// What must be put right in a form, in the order of its fields.
class Errors {
  public:
    Errors() = default;
    explicit Errors(const Error& error) { add(error); }
    /// With the words for that trouble (web/words.hpp). A failure of no field stands in the summary alone.
    void add(const Error& error);
    void add(std::string_view field, std::string_view text) { all_.push_back({std::string(field), std::string(text)}); }
    bool any() const { return !all_.empty(); }
    const std::vector<FieldError>& all() const { return all_; }
    /// The first for that field, or empty.
    std::string of(std::string_view field) const;

  private:
    std::vector<FieldError> all_;
};

enum class LabelSize { plain, s, m, l, xl };
/// Whether the label is the page's first heading as well.
enum class Heading { no, page };

/// What every field has. Its name, in forms, errors, words and code, is one word ("what_seen").
struct Field {
    std::string name = {};
    std::string label = {};
    std::string hint = {};
    std::string error = {};
    std::string id = {};  ///< empty: the name
    LabelSize size = LabelSize::plain;
    Heading heading = Heading::no;
    std::string shortcut = {};  ///< "1": Alt and 1 go there

    const std::string& at() const { return id.empty() ? name : id; }
    /// The value of aria-describedby: `before`, then hint and error, those that are there.
    std::string described_by(std::string_view before = {}) const;
};

/// A field with label and hint from the words, and its error if it has one. A name without a label in the words stops
/// the build (script/compile_words.py).
Field named(std::string_view name, const Errors& errors = {});

struct TextInput {
    Field field = {};
    std::string value = {};
    std::string_view type = "text";
    int width = 0;  ///< in characters: 2, 3, 4, 5, 10, 20 or 30; 0 is as wide as there is room
    std::string_view autocomplete = {};
    std::string_view input_mode = {};
};

struct Textarea {
    Field field = {};
    std::string value = {};
    int rows = 5;
    int most_characters = 0;  ///< 0: no count is shown
};

struct Choice {
    std::string value = {};
    std::string text = {};
    std::string hint = {};
    Html reveal = {};                 ///< shown when it is chosen
    std::string divider_before = {};  ///< "or"
    bool excludes_others = false;     ///< of checkboxes: "None of these"
};

enum class ChoiceLayout { stacked, in_line, small, small_in_line };

/// Nothing is chosen where `value` is empty.
struct Radios {
    Field field = {};
    std::string value = {};
    std::vector<Choice> choices = {};
    ChoiceLayout layout = ChoiceLayout::stacked;
};

struct Checkboxes {
    Field field = {};
    std::vector<std::string> values = {};
    std::vector<Choice> choices = {};
    ChoiceLayout layout = ChoiceLayout::stacked;
};

/// Its parts are sent as <name>_day, <name>_month and <name>_year.
struct DateInput {
    Field field = {};
    std::string day = {}, month = {}, year = {};
};

/// Fields that belong together, under one legend where there is one.
struct FieldGroup {
    std::string legend = {};
    std::vector<std::variant<TextInput, Textarea, Radios, Checkboxes>> fields = {};
    LabelSize size = LabelSize::m;
};

struct FileUpload {
    Field field = {};
    std::string_view accept = "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf,text/plain";
    bool several = false;
};

struct Select {
    Field field = {};
    std::string value = {};
    std::vector<Choice> choices = {};
    std::string nothing_chosen = {};  ///< the text of an empty first choice, or none
};

enum class ButtonKind { primary, secondary, warning, start };

/// A link where `href` is given, else it sends its form, once however often it is pressed.
struct Button {
    std::string text = {};
    ButtonKind kind = ButtonKind::primary;
    Url href = {};
    std::string name = {}, value = {};
    std::string about = {};     ///< for those who hear it: "Decide" + " Steps behind the shops"
    std::string shortcut = {};  ///< shown: "Ctrl Enter"
    std::string form = {};      ///< the id of its form, where it stands outside it
    bool stays_inline = false;  ///< no space below
};

/// A step that wants a second thought: its button lies behind one more press, beside what it will do.
struct Confirm {
    std::string summary = {};
    std::string text = {};
    Url action = {};
    std::string_view form_token = {};
    Button button = {};
};

// --- what is said ----------------------------------------------------------------------------------------------------

enum class NoticeKind { important, done };

struct Notice {
    std::string title = "Important";
    std::string text = {};
    Html more = {};
    NoticeKind kind = NoticeKind::important;
};

struct SummaryRow {
    std::string key = {};
    std::string text = {};
    Html html = {};  ///< instead of `text`
    Url change = {};
    std::string change_text = "Change";
};

enum class TagColour { green, grey, blue, purple, orange, red };

/// Where somebody stands: of a record, a step, a person. Danger and time are marks and clocks, not tags.
struct Tag {
    std::string text = {};
    TagColour colour = TagColour::grey;
};

enum class Pressure { calm, soon, late };

/// Time left, as a person says it. With `until`, script keeps it true.
struct Clock {
    Pressure pressure = Pressure::calm;
    std::string text = {};
    std::string until = {};  ///< RFC 3339
    int soon_minutes = 0;    ///< how long before `until` it becomes pressing
};
/// "34 min left", "late by 2 h 5 min"; pressing in the last `soon` before its time.
Clock clock_until(Instant until, Instant now, std::chrono::minutes soon = std::chrono::minutes(15));
/// "7 min", "2 h 5 min", "3 days"; less than a minute is "less than 1 min".
std::string spoken(Duration time);

struct Clause {
    std::string source = {};  ///< "Plymouth, PLY-022 and 023"
    std::string text = {};    ///< the rule in our own words, two lines at most
    Url href = {};
};

/// What is locked away, and one sentence on how it may be opened.
struct SealedBox {
    std::string text = {};
    Url open = {};
    std::string open_text = {};
};

enum class Icon { child, group, place };

struct Door {
    Icon icon = Icon::child;
    std::string title = {};
    std::string text = {};
    Url href = {};
};

enum class AsideKind { plain, danger };

/// One line of the queue. `words` are the reporter's own, without what would tell who told.
struct QueueItem {
    std::string id = {};
    bool in_danger = false;
    std::optional<Clock> clock = {};
    std::string title = {};
    std::string words = {};
    std::vector<std::string> facts = {};
    Url href = {};
    std::string action = {};  ///< "Decide", "Read"
};

struct TimelineItem {
    std::string when = {};
    std::string title = {};
    std::string text = {};
    Url href = {};
    std::string by = {};
};

/// Something or somebody that may be known already.
struct Match {
    std::string title = {};
    std::string why = {};
    Url href = {};
    std::string source = {};  ///< what is recorded of who told it
};

struct AskItem {
    std::string text = {};
    bool is_done = false;
};

/// What was saved of a page that saves as it goes, and where it stands.
struct Saved {
    std::string text = "Not saved yet";
    std::string since = {};  ///< RFC 3339: how long the call goes on
    std::string before_since = {};
};

/// A region of a page that script keeps up to date. A request with the header Kith-Part: <id> wants only this region.
struct Live {
    std::string id = {};
    Url events = {};       ///< a stream that sends an event `changed`
    std::string say = {};  ///< said to those who hear the page, when it changes: "4 waiting, 1 late"
};

}  // namespace kith::web
