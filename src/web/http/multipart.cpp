#include "web/http/multipart.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "web/http/message.hpp"

namespace kith::web::http {
namespace {
constexpr std::string_view kBlank = " \t";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(kBlank);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

/// Reads a quoted string that begins at `text[at]`, and leaves `at` after its closing quote. Nothing when it is open.
std::optional<std::string> quoted(std::string_view text, std::size_t& at) {
    std::string out;
    for (++at; at < text.size(); ++at) {
        if (text[at] == '"') {
            ++at;
            return out;
        }
        // Browsers write a backslash as it is; curl escapes it and the quote.
        if (text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\\')) ++at;
        out += text[at];
    }
    return std::nullopt;
}

struct Parameter {
    std::string value;
    std::size_t times = 0;
    bool well_formed = true;
};

Parameter find_parameter(std::string_view text, std::string_view wanted) {
    Parameter found;
    std::size_t at = text.find(';');
    while (at < text.size()) {
        at = text.find_first_not_of(kBlank, at + 1);
        if (at == text.npos) break;
        const auto equals = text.find('=', at);
        if (equals == text.npos) return {{}, found.times, false};
        const std::string_view name = trimmed(text.substr(at, equals - at));
        if (!is_token(name)) return {{}, found.times, false};
        at = equals + 1;
        std::string value;
        if (at < text.size() && text[at] == '"') {
            auto inner = quoted(text, at);
            if (!inner) return {{}, found.times, false};
            value = std::move(*inner);
            at = text.find_first_not_of(kBlank, at);
            if (at != text.npos && text[at] != ';') return {{}, found.times, false};
        } else {
            const auto end = text.find(';', at);
            value = trimmed(text.substr(at, end == text.npos ? end : end - at));
            at = end;
        }
        if (same_name(name, wanted) && found.times++ == 0) found.value = std::move(value);
    }
    return found;
}

/// The HTML standard lets a browser write these three, and only these, as %XX in a name.
std::string unescape_name(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view three = text.substr(i, 3);
        if (three == "%22" || three == "%0D" || three == "%0A") {
            out += three == "%22" ? '"' : three == "%0D" ? '\r' : '\n';
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool is_boundary(std::string_view text) {
    if (text.empty() || text.size() > 70 || text.back() == ' ') return false;
    return std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
    });
}

bool is_plain_encoding(std::string_view text) {
    return same_name(text, "7bit") || same_name(text, "8bit") || same_name(text, "binary");
}
}  // namespace

Result<std::string> boundary_of(std::string_view content_type) {
    if (!same_name(trimmed(content_type.substr(0, content_type.find(';'))), "multipart/form-data"))
        return fail(Code::invalid, "not multipart/form-data");
    Parameter found = find_parameter(content_type, "boundary");
    if (!found.well_formed || found.times != 1 || !is_boundary(found.value))
        return fail(Code::invalid, "multipart boundary is missing or malformed");
    return std::move(found.value);
}

std::string parameter_of(std::string_view header_value, std::string_view name) {
    Parameter found = find_parameter(header_value, name);
    return found.well_formed && found.times == 1 ? std::move(found.value) : std::string();
}

MultipartParser::MultipartParser(std::string_view boundary, PartReceiver& receiver, const MultipartLimits& limits)
    : mark_("\r\n--" + std::string(boundary)), receiver_(receiver), limits_(limits), held_("\r\n") {
    KITH_CHECK(is_boundary(boundary));
}

Result<void> MultipartParser::write(std::string_view piece) {
    if (!health_) return health_;
    if (state_ == State::done) return {};  // what follows the last boundary means nothing
    held_ += piece;
    for (;;) {
        const Result<Step> taken = step();
        if (!taken) return health_ = Failure(taken.error());
        if (*taken == Step::wait) return {};
    }
}

Result<void> MultipartParser::finish() const {
    if (!health_) return health_;
    if (state_ != State::done) return fail(Code::invalid, "multipart body ended early");
    return {};
}

Result<MultipartParser::Step> MultipartParser::step() {
    switch (state_) {
        case State::preamble:
        case State::data:
            return step_to_mark();
        case State::after_mark:
            return step_after_mark();
        case State::head:
            return step_head();
        case State::done:
            held_.clear();
            return Step::wait;
    }
    throw Bug("multipart state");
}

Result<MultipartParser::Step> MultipartParser::step_to_mark() {
    const auto at = held_.find(mark_);
    const bool found = at != held_.npos;
    // Without a mark, all but what could be its beginning is certain.
    const std::size_t certain = found ? at : held_.size() - std::min(held_.size(), mark_.size() - 1);
    if (state_ == State::data) {
        if (certain != 0) KITH_TRY(receiver_.data(std::string_view(held_).substr(0, certain)));
        if (found) KITH_TRY(receiver_.end());
    } else if ((preamble_ += certain) > limits_.preamble_bytes) {
        return fail(Code::invalid, "multipart preamble is too long");
    }
    held_.erase(0, found ? at + mark_.size() : certain);
    if (!found) return Step::wait;
    state_ = State::after_mark;
    return Step::go_on;
}

Result<MultipartParser::Step> MultipartParser::step_after_mark() {
    if (held_.size() < 2) return Step::wait;
    if (held_.starts_with("--")) {
        state_ = State::done;
        return Step::go_on;
    }
    if (!held_.starts_with("\r\n")) return fail(Code::invalid, "multipart boundary line is malformed");
    if (++parts_ > limits_.parts) return fail(Code::too_large, "multipart body has too many parts");
    held_.erase(0, 2);
    state_ = State::head;
    return Step::go_on;
}

Result<MultipartParser::Step> MultipartParser::step_head() {
    const auto at = held_.find("\r\n\r\n");
    if (std::min(at, held_.size()) > limits_.head_bytes + 3) return fail(Code::too_large, "multipart head is too long");
    if (at == held_.npos) return Step::wait;
    if (at > limits_.head_bytes) return fail(Code::too_large, "multipart head is too long");
    const PartHead head = KITH_TRY(parse_head(std::string_view(held_).substr(0, at)));
    KITH_TRY(receiver_.begin(head));
    held_.erase(0, at + 4);
    state_ = State::data;
    return Step::go_on;
}

Result<PartHead> MultipartParser::parse_head(std::string_view head_text) const {
    std::optional<std::string_view> disposition;
    PartHead head;
    for (bool more = true; more;) {
        const auto end = head_text.find("\r\n");
        more = end != head_text.npos;
        const std::string_view line = head_text.substr(0, end);
        if (more) head_text.remove_prefix(end + 2);
        const auto colon = line.find(':');
        const std::string_view name = line.substr(0, colon);
        if (colon == line.npos || !is_token(name) || !text::is_clean_utf8(line) ||
            line.find_first_of("\r\n") != line.npos)
            return fail(Code::invalid, "multipart head line is malformed");
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (same_name(name, "content-disposition")) {
            if (disposition) return fail(Code::invalid, "multipart part is named twice");
            disposition = value;
        } else if (same_name(name, "content-type")) {
            head.type = value;
        } else if (same_name(name, "content-transfer-encoding") && !is_plain_encoding(value)) {
            return fail(Code::invalid, "multipart transfer encoding is not known");
        }
    }
    if (!disposition || !same_name(trimmed(disposition->substr(0, disposition->find(';'))), "form-data"))
        return fail(Code::invalid, "multipart part is not form-data");
    const Parameter name = find_parameter(*disposition, "name");
    const Parameter file = find_parameter(*disposition, "filename");
    if (!name.well_formed || name.times != 1 || name.value.empty() || file.times > 1)
        return fail(Code::invalid, "multipart part has no name");
    head.name = unescape_name(name.value);
    if (head.name.size() > limits_.name_bytes) return fail(Code::too_large, "multipart name is too long");
    head.kind = file.times == 0 ? PartHead::Kind::text : PartHead::Kind::file;
    head.filename = unescape_name(file.value);
    head.filename.erase(0, head.filename.find_last_of("/\\") + 1);  // npos + 1 is 0: the whole name
    return head;
}

}  // namespace kith::web::http
