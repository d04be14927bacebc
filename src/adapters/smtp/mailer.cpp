#include "adapters/smtp/mailer.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "base/log.hpp"

namespace kith::smtp {
namespace {

// A flood of worries must not fill memory with letters: each says the same, and the queue page says it better.
constexpr std::size_t kMostWaiting = 1000;

struct Said {
    std::string_view subject, words;
};

Said said_of(app::Notice notice) {
    switch (notice) {
        case app::Notice::worry_waiting:
            return {"Kith: something waits for you", "Something waits for your decision."};
        case app::Notice::danger_marked:
            return {"Kith: look now", "Something is marked as urgent. Look now."};
        case app::Notice::worry_late:
            return {"Kith: something is late", "Something waits longer than it should."};
        case app::Notice::unattended:
            return {"Kith: nobody has this", "Something came in and nobody is on duty for it."};
        case app::Notice::invitation:
            return {"Kith: an invitation", "You are invited to work with Kith. The address below works once."};
        case app::Notice::custody_asked:
            return {"Kith: your agreement is asked for", "A custodian asks for your agreement."};
        case app::Notice::form_overdue:
            return {"Kith: something is overdue", "Something that was promised has not come in."};
        case app::Notice::rota_gap:
            return {"Kith: the rota has a gap", "There are hours with nobody on duty. Put the rota right today."};
        case app::Notice::unanswered:
            return {"Kith: something waits unanswered",
                    "Something has waited more than a day for its answer. Ask the managers on duty why."};
    }
    throw Bug("a notice without words");
}

bool is_safe(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127 && c != '<' && c != '>'; });
}

struct Reading {
    std::string_view rest;
};

std::size_t read_piece(char* to, std::size_t size, std::size_t count, void* from) {
    auto& reading = *static_cast<Reading*>(from);
    const std::size_t n = std::min(size * count, reading.rest.size());
    std::ranges::copy(reading.rest.substr(0, n), to);
    reading.rest.remove_prefix(n);
    return n;
}

bool send(const Options& options, const std::string& address, std::string_view text) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
    if (!curl) return false;
    const std::string from = '<' + options.from + '>', to = '<' + address + '>';
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(curl_slist_append(nullptr, to.c_str()),
                                                                                 curl_slist_free_all);
    Reading reading{text};
    curl_easy_setopt(curl.get(), CURLOPT_URL, options.url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, read_piece);
    curl_easy_setopt(curl.get(), CURLOPT_READDATA, &reading);
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, 5L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 20L);
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_TRY));
    return curl_easy_perform(curl.get()) == CURLE_OK;
}

}  // namespace

Result<std::string> message_for(const Options& options, const SecretText& address, app::Notice notice,
                                const SecretText& link) {
    if (address.expose().empty() || !is_safe(address.expose()) || !is_safe(link.expose()) || !is_safe(options.from) ||
        !is_safe(options.public_url))
        return fail(Code::invalid, "an address that could break a header");
    const Said said = said_of(notice);
    std::string out =
        "From: Kith <" + options.from + ">\r\nTo: <" + address.expose() + ">\r\nSubject: " + std::string(said.subject) +
        "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\nAuto-Submitted: auto-generated\r\n\r\n";
    out += std::string(said.words) + "\r\n";
    if (!options.public_url.empty()) out += "Sign in: " + options.public_url + link.expose() + "\r\n";
    return out;
}

Mailer::Mailer(Options options)
    : options_(std::move(options)), thread_([this](const std::stop_token& stop) { run(stop); }) {}
Mailer::~Mailer() = default;

void Mailer::tell(const SecretText& address, app::Notice notice, const SecretText& link) {
    auto text = message_for(options_, address, notice, link);
    if (!text) return log::warn("a message was not written", {{"why", text.error()}});
    const std::lock_guard lock(mutex_);
    if (letters_.size() >= kMostWaiting) return log::warn("too many messages wait");
    letters_.push_back({address, SecretText(*std::move(text))});
    wake_.notify_one();
}

void Mailer::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        const auto now = std::chrono::steady_clock::now();
        const auto due = std::ranges::find_if(letters_, [&](const Letter& letter) { return letter.not_before <= now; });
        if (due == letters_.end()) {
            wake_.wait_for(lock, stop, std::chrono::seconds(1),
                           [&] { return !letters_.empty() && letters_.back().tried == 0; });
            continue;
        }
        Letter letter = std::move(*due);
        letters_.erase(due);
        lock.unlock();
        const bool sent = send(options_, letter.address.expose(), letter.text.expose());
        lock.lock();
        if (sent) continue;
        if (++letter.tried >= options_.tries) {
            log::warn("a message could not be sent", {{"tries", static_cast<int>(letter.tried)}});
            continue;
        }
        letter.not_before = std::chrono::steady_clock::now() + options_.first_pause * (1 << std::min(letter.tried, 6U));
        letters_.push_back(std::move(letter));
    }
}

}  // namespace kith::smtp
