#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "base/bytes.hpp"
#include "protocol/bank_holidays.hpp"
#include "protocol/load.hpp"

// Up to the first NUL is pack.toml, what follows is clauses.tsv. A pack loads or has problems, each at a place.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kith;
    const auto text = as_text(BytesView(data, size));
    const auto end = std::min(text.find('\0'), text.size());
    const protocol::PackFiles files{"fuzz", text.substr(0, end), text.substr(std::min(end + 1, text.size()))};
    const auto pack = protocol::load_pack(files);
    if (!pack && pack.error().empty()) std::abort();
    const auto problems = protocol::check_pack(files);
    if (pack.has_value() != problems.empty()) std::abort();
    for (const auto& problem : problems)
        if (problem.line == 0 || problem.column == 0 || problem.sentence.empty()) std::abort();
    (void)protocol::read_bank_holidays(text);
    return 0;
}
