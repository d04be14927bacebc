// What the ledger costs: entries in durable batches, as the writer makes them, and `kith ledger verify` over a million
// of them, beside the machine's own SHA-256 over the same bytes in the same run.
#include <openssl/evp.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>

#include "app/house.hpp"
#include "bench/load.hpp"
#include "ledger/leaf.hpp"
#include "ledger/tree.hpp"

namespace kith::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::uint64_t kEntries = 1'000'000;
constexpr int kRounds = 3;

double seconds_since(Clock::time_point begin) { return Seconds(Clock::now() - begin).count(); }

std::uint64_t size_of(test::World& world) {
    return test::must(world.house().store.reading([](app::Tables& tables) { return tables.ledger().size(); }));
}

/// As an act would: a subject, clauses, facts, and the digest of what was sealed.
app::Entry an_entry(const std::string& subject, const Bytes& sealed) {
    return {.act = "concern_read",
            .subject = subject,
            .clauses = {"PLY-022"},
            .pack = "plymouth-community@2026.1",
            .facts = {{"purpose", "decide"}},
            .sealed_digests = {{"concerns/sealed_account", sealed}}};
}

/// One durable transaction with so many entries and a signed checkpoint.
void append(test::World& world, std::uint64_t entries) {
    static std::uint32_t number = 0;
    test::must(world.house().store.writing([&](app::Tables& tables) -> Result<void> {
        for (std::uint64_t i = 0; i < entries; ++i) {
            ByteArray<16> id{};
            for (std::uint32_t n = ++number, at = 0; n != 0; n >>= 8U) id[at++] = static_cast<Byte>(n);
            KITH_TRY(app::append_entry(tables, "system", an_entry(to_crockford(id), Bytes(400, 7)), world.clock.now(),
                                       world.house().crypto));
        }
        return {};
    }));
}

double entries_a_second(test::World& world, std::uint64_t batch, std::uint64_t entries) {
    const auto begin = Clock::now();
    for (std::uint64_t done = 0; done < entries; done += batch) append(world, batch);
    return static_cast<double>(entries) / seconds_since(begin);
}

/// Every byte that verifying must hash at least: each leaf, and two hashes for each node above.
double seconds_of_bare_hashing(std::uint64_t entries, std::size_t leaf_bytes) {
    const Bytes leaf(leaf_bytes + 1, 7);
    const Bytes node(65, 7);
    Bytes out(32);
    EVP_MD* type = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    const auto hash = [&](const Bytes& bytes) {
        EVP_DigestInit_ex2(context, type, nullptr);
        EVP_DigestUpdate(context, bytes.data(), bytes.size());
        EVP_DigestFinal_ex(context, out.data(), nullptr);
    };
    const auto begin = Clock::now();
    for (std::uint64_t i = 0; i < entries; ++i) {
        hash(leaf);
        hash(node);
    }
    const double seconds = seconds_since(begin);
    EVP_MD_CTX_free(context);
    EVP_MD_free(type);
    return seconds;
}

double seconds_of_verify(const std::filesystem::path& data) {
    const std::string command = binary().string() + " ledger verify --data " + data.string() + " > /dev/null";
    const auto begin = Clock::now();
    const int status = std::system(command.c_str());
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error("verify failed");
    return seconds_since(begin);
}

void measure_batches(test::World& world) {
    std::printf("%-34s %s\n", "durable batches of", "entries a second");
    for (const std::uint64_t batch : {1U, 16U, 64U, 256U}) {
        std::vector<double> rounds;
        for (int i = 0; i < kRounds; ++i) rounds.push_back(entries_a_second(world, batch, batch * 60));
        std::printf("%-34llu %s\n", static_cast<unsigned long long>(batch), shown(figure_of(rounds)).c_str());
    }
}

void measure_all() {
    const Ground ground(std::filesystem::current_path());
    test::World world;
    measure_batches(world);
    const double filled_at = entries_a_second(world, 256, (kEntries - size_of(world)) / 256 * 256);
    append(world, kEntries - size_of(world));
    std::printf("%-34s %.0f\n", "256, up to a million", filled_at);
    const auto leaf = test::must(world.house().store.reading([](app::Tables& t) { return t.ledger().leaf(5000); }));
    world.copy_to(ground.folder() / "data");

    std::vector<double> verified, hashed;
    for (int i = 0; i < kRounds; ++i) {
        hashed.push_back(seconds_of_bare_hashing(kEntries, leaf.size()));
        verified.push_back(seconds_of_verify(ground.folder() / "data"));
    }
    std::printf("\n%llu entries of %zu bytes, seconds\n", static_cast<unsigned long long>(kEntries), leaf.size());
    std::printf("%-34s %s\n", "kith ledger verify", shown(figure_of(verified), 2).c_str());
    std::printf("%-34s %s\n", "the machine's SHA-256 of the same", shown(figure_of(hashed), 2).c_str());
}

}  // namespace
}  // namespace kith::bench

int main() { return kith::bench::guarded(kith::bench::measure_all); }
