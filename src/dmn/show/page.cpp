#include <algorithm>

#include "dmn/show/sheet.hpp"
#include "dmn/verify/shown.hpp"

namespace kith::dmn::show {
namespace {
// Findings are told by word and by mark, never by colour alone; a page that is printed keeps both.
constexpr const char* kStyle = R"(
body{font:1rem/1.5 system-ui,sans-serif;max-width:75rem;margin:0 auto;padding:1rem;color:#111;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.25rem;margin:2.5rem 0 .5rem}
.wide{overflow-x:auto}table{border-collapse:collapse;min-width:40rem}
caption{text-align:left;padding:.25rem 0;color:#444}
th,td{border:1px solid #767676;padding:.35rem .6rem;text-align:left;vertical-align:top}
thead th{background:#eef1f4}thead small{display:block;font-weight:normal;color:#444}
td{font-family:ui-monospace,monospace;font-size:.95em}td.annotation,td.marks{font-family:inherit}
.output{background:#f6f6ee}th.first-output,td.first-output{border-left:4px double #444}
tr.error>*{background:#fdecea}tr.warning>*{background:#fff6e0}tr.gap>*{background:#fdecea;border-style:dashed}
tr:target>*,li:target{outline:3px solid #1d4f91;outline-offset:-3px}
.mark{font-weight:bold;white-space:nowrap}ol.findings{padding-left:1.5rem}ol.findings li{margin:.75rem 0}
.error .word{color:#942514}.warning .word{color:#6b4a00}.information .word{color:#1d4f91}.word{font-weight:bold}
a{color:#1d4f91}code{font-family:ui-monospace,monospace}.complete{border-left:4px solid #767676;padding-left:.75rem}
@media print{body{max-width:none;padding:0}.wide{overflow:visible}tr{break-inside:avoid}}
)";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string facts_line(const verify::Example& example) {
    std::string out;
    for (const verify::Fact& one : example.facts) out += (out.empty() ? "" : ", ") + one.name + " = " + one.literal;
    return out + " -> " + example.outcome;
}

class Page {
  public:
    std::string write(std::string_view title, const std::vector<Sheet>& sheets,
                      const std::vector<verify::Finding>& more) {
        out_ =
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
            escaped(title) + "</title>\n<style>" + kStyle + "</style>\n</head>\n<body>\n<main>\n<h1>" + escaped(title) +
            "</h1>\n";
        if (sheets.size() > 1) contents(sheets);
        for (number_ = 0; number_ < sheets.size(); ++number_) sheet(sheets[number_]);
        if (!more.empty()) {
            out_ += "<section>\n<h2>The model as a whole</h2>\n<ol class=\"findings\">\n";
            for (const verify::Finding& one : more) finding(one, {});
            out_ += "</ol>\n</section>\n";
        }
        return out_ + "</main>\n</body>\n</html>\n";
    }

  private:
    std::string id(const char* what, std::size_t number) const {
        return "t" + std::to_string(number_ + 1) + "-" + what + std::to_string(number);
    }
    void contents(const std::vector<Sheet>& sheets) {
        out_ += "<nav aria-label=\"Tables\"><ul>\n";
        for (std::size_t i = 0; i < sheets.size(); ++i)
            out_ += "<li><a href=\"#t" + std::to_string(i + 1) + "\">" + escaped(sheets[i].name) + "</a></li>\n";
        out_ += "</ul></nav>\n";
    }
    void sheet(const Sheet& sheet) {
        const std::string own = "t" + std::to_string(number_ + 1);
        out_ += "<section id=\"" + own + "\">\n<h2 id=\"" + own + "-name\">" + escaped(sheet.name) +
                "</h2>\n<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"" + own +
                "-name\">\n<table>\n<caption>Hit policy " + escaped(sheet.policy) + ": " +
                escaped(sheet.policy_meaning) + "</caption>\n";
        head(sheet);
        out_ += "<tbody>\n";
        for (const SheetRow& one : sheet.rows) row(sheet, one);
        out_ += "</tbody>\n</table>\n</div>\n";
        for (const std::string& one : sheet.defaults) out_ += "<p>Otherwise " + escaped(one) + "</p>\n";
        findings(sheet);
        out_ += "</section>\n";
    }
    static std::string classes(const Sheet& sheet, std::size_t column) {
        const ColumnKind kind = sheet.columns[column].kind;
        if (kind == ColumnKind::annotation) return " class=\"annotation\"";
        if (kind == ColumnKind::input) return "";
        const bool first = column == 0 || sheet.columns[column - 1].kind != ColumnKind::output;
        return first ? " class=\"output first-output\"" : " class=\"output\"";
    }
    void head(const Sheet& sheet) {
        out_ += "<thead>\n<tr><th scope=\"col\">Rule</th>";
        for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
            const SheetColumn& column = sheet.columns[i];
            out_ += "<th scope=\"col\"" + classes(sheet, i) + ">" + escaped(column.label);
            if (!column.type.empty()) out_ += " <small>" + escaped(column.type) + "</small>";
            out_ += "</th>";
        }
        out_ += "<th scope=\"col\">Findings</th></tr>\n</thead>\n";
    }
    void row(const Sheet& sheet, const SheetRow& row) {
        std::string marks, severity;
        for (const std::size_t one : row.findings) {
            const verify::Finding& found = sheet.report.findings[one];
            const std::string word(verify::name_of(found.severity));
            if (found.severity == verify::Severity::error || (severity != "error" && severity != "warning"))
                severity = word;
            marks += (marks.empty() ? "" : ", ") + ("<a class=\"mark\" href=\"#" + id("f", one + 1) + "\">" + word +
                                                    " " + std::to_string(one + 1) + "</a>");
        }
        const std::string kind = row.rule == 0 ? "gap" : severity;
        out_ += "<tr" + (row.rule > 0 ? " id=\"" + id("r", row.rule) + "\"" : std::string()) +
                (kind.empty() ? "" : " class=\"" + kind + "\"") + "><th scope=\"row\">" +
                (row.rule > 0 ? std::to_string(row.rule) : "gap") + "</th>";
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            out_ += "<td" + classes(sheet, i) + ">" + escaped(row.cells[i]) + "</td>";
        out_ += "<td class=\"marks\">" + marks + "</td></tr>\n";
    }
    void finding(const verify::Finding& one, const std::string& own) {
        const std::string word(verify::name_of(one.severity));
        out_ += "<li class=\"" + word + "\"" + (own.empty() ? "" : " id=\"" + own + "\"") + "><span class=\"word\">" +
                word + ":</span> " + escaped(one.message);
        if (!one.rules.empty() && !own.empty()) {
            out_ += " (";
            for (std::size_t i = 0; i < one.rules.size(); ++i)
                out_ += std::string(i > 0 ? ", " : "") + "<a href=\"#" + id("r", one.rules[i]) + "\">rule " +
                        std::to_string(one.rules[i]) + "</a>";
            out_ += ")";
        }
        for (const verify::Row& region : one.region) {
            std::string where;
            for (const verify::Condition& condition : region)
                where += (where.empty() ? "" : "; ") + condition.input + ": " + condition.test;
            out_ += "<br>where <code>" + escaped(where.empty() ? "any input" : where) + "</code>";
        }
        if (one.example) out_ += "<br>example: <code>" + escaped(facts_line(*one.example)) + "</code>";
        out_ += "</li>\n";
    }
    void findings(const Sheet& sheet) {
        if (!sheet.report.findings.empty()) {
            out_ += "<h3>Findings</h3>\n<ol class=\"findings\">\n";
            for (std::size_t i = 0; i < sheet.report.findings.size(); ++i)
                finding(sheet.report.findings[i], id("f", i + 1));
            out_ += "</ol>\n";
        }
        if (sheet.report.complete()) {
            out_ += sheet.report.findings.empty()
                        ? "<p class=\"complete\">Every question was answered; nothing was found.</p>\n"
                        : "<p class=\"complete\">Every question was answered; these are all the findings.</p>\n";
            return;
        }
        out_ += "<div class=\"complete\"><p>Not every question was answered:</p>\n<ul>\n";
        for (const verify::Analysis& one : sheet.report.analyses)
            if (!one.proved) out_ += "<li>" + escaped(one.name + ": " + one.why_not) + "</li>\n";
        for (const std::string& one : sheet.report.not_analysed) out_ += "<li>" + escaped(one) + "</li>\n";
        out_ += "</ul></div>\n";
    }

    std::string out_;
    std::size_t number_ = 0;
};
}  // namespace

std::string as_page(std::string_view title, const std::vector<Sheet>& sheets,
                    const std::vector<verify::Finding>& more) {
    return Page().write(title, sheets, more);
}

}  // namespace kith::dmn::show
