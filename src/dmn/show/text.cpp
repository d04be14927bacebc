// The sheet with lines drawn around its cells; inputs and outputs are parted by a double line, as DMN draws them.
#include <algorithm>

#include "dmn/show/sheet.hpp"
#include "dmn/value/text.hpp"
#include "dmn/verify/shown.hpp"

namespace kith::dmn::show {
namespace {
constexpr std::size_t kNarrowest = 6;

// The lines of a cell, broken at spaces, or anywhere in a word that is too long.
std::vector<std::string> wrapped(const std::string& cell, std::size_t width) {
    std::vector<std::string> out;
    std::string line;
    const auto put = [&](std::string word) {
        if (!line.empty() && code_points(line) + 1 + code_points(word) > width) {
            out.push_back(std::move(line));
            line.clear();
        }
        if (!line.empty()) line += ' ';
        while (code_points(word) > width) {
            const std::size_t cut = byte_of(word, width);
            out.push_back(word.substr(0, cut));
            word.erase(0, cut);
        }
        line += word;
    };
    std::string word;
    for (const char c : cell + " ") {
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
            word += c;
        } else if (!word.empty()) {
            put(std::move(word));
            word.clear();
        }
    }
    out.push_back(std::move(line));
    return out;
}

struct Grid {
    std::vector<std::vector<std::string>> rows;  // the first is the head
    std::vector<std::size_t> widths;
    std::size_t first_output = 0;

    void fit(std::size_t width) {
        widths.assign(rows.front().size(), 1);
        for (const auto& row : rows)
            for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], code_points(row[i]));
        for (;;) {
            std::size_t total = 1;
            for (const std::size_t one : widths) total += one + 3;
            const auto widest = std::max_element(widths.begin(), widths.end());
            if (total <= width || *widest <= kNarrowest) return;
            --*widest;
        }
    }
    std::string rule_line(const char* left, const char* middle, const char* twice, const char* right) const {
        std::string out = left;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            for (std::size_t n = 0; n < widths[i] + 2; ++n) out += "─";
            out += i + 1 == widths.size() ? right : i + 1 == first_output ? twice : middle;
        }
        return out + "\n";
    }
    void put(const std::vector<std::string>& row, std::string& out) const {
        std::vector<std::vector<std::string>> cells;
        std::size_t height = 1;
        for (std::size_t i = 0; i < row.size(); ++i) {
            cells.push_back(wrapped(row[i], widths[i]));
            height = std::max(height, cells.back().size());
        }
        for (std::size_t line = 0; line < height; ++line) {
            out += "│";
            for (std::size_t i = 0; i < cells.size(); ++i) {
                const std::string& text = line < cells[i].size() ? cells[i][line] : std::string();
                out += " " + text + std::string(widths[i] - code_points(text) + 1, ' ');
                out += i + 1 == first_output ? "║" : "│";
            }
            out += "\n";
        }
    }
    std::string text() const {
        std::string out = rule_line("┌", "┬", "╥", "┐");
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (i > 0) out += rule_line("├", "┼", "╫", "┤");
            put(rows[i], out);
        }
        return out + rule_line("└", "┴", "╨", "┘");
    }
};

// Errors and warnings are marked at the row; what they are is said below.
std::string mark(const Sheet& sheet, const SheetRow& row) {
    std::string out = row.rule > 0 ? std::to_string(row.rule) : "gap";
    bool error = false, warning = false;
    for (const std::size_t one : row.findings) {
        error = error || sheet.report.findings[one].severity == verify::Severity::error;
        warning = warning || sheet.report.findings[one].severity == verify::Severity::warning;
    }
    return out + (error ? " !!" : warning ? " !" : "");
}
}  // namespace

std::string as_text(const Sheet& sheet, std::size_t width) {
    Grid grid;
    std::vector<std::string> head{sheet.policy};
    for (const SheetColumn& column : sheet.columns) head.push_back(column.label);
    grid.rows.push_back(std::move(head));
    std::vector<std::string> types{""};
    for (const SheetColumn& column : sheet.columns) types.push_back(column.type);
    const bool typed = std::any_of(types.begin(), types.end(), [](const std::string& type) { return !type.empty(); });
    if (typed) grid.rows.push_back(std::move(types));
    for (const SheetRow& row : sheet.rows) {
        grid.rows.push_back({mark(sheet, row)});
        grid.rows.back().insert(grid.rows.back().end(), row.cells.begin(), row.cells.end());
    }
    grid.first_output = 1 + static_cast<std::size_t>(std::count_if(
                                sheet.columns.begin(), sheet.columns.end(),
                                [](const SheetColumn& column) { return column.kind == ColumnKind::input; }));
    grid.fit(width);
    std::string out = sheet.name + " (" + sheet.policy + ": " + sheet.policy_meaning + ")\n" + grid.text();
    for (const std::string& one : sheet.defaults) out += "  otherwise " + one + "\n";
    return out + verify::shown(sheet.report);
}

}  // namespace kith::dmn::show
