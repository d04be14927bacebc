// The outer interface, on tables made up from seeds: compiled and interpreted agree, strict refines lenient, what is
// said to have mattered suffices, near misses replay, and a warm question allocates nothing.
#include "dmn/session.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "dmn/generate/tables.hpp"
#include "dmn/table/compiled.hpp"
#include "dmn/table/decide.hpp"
#include "dmn/value/text.hpp"

std::uint64_t allocations_so_far();  // allocations_test.cpp

namespace kith::dmn {
namespace {
constexpr const char* kPolicies[][2] = {{"UNIQUE", ""},     {"ANY", ""},         {"PRIORITY", ""},
                                        {"FIRST", ""},      {"RULE ORDER", ""},  {"OUTPUT ORDER", ""},
                                        {"COLLECT", ""},    {"COLLECT", "SUM"},  {"COLLECT", "MIN"},
                                        {"COLLECT", "MAX"}, {"COLLECT", "COUNT"}};

struct Made {
    generate::Wanted wanted;
    std::shared_ptr<const Model> model;
    const Element* decision = nullptr;
};

Made made(std::uint64_t seed, std::mt19937_64& random, Mode mode = Mode::strict) {
    Made out;
    out.wanted.rules = 1 + seed % 9;
    out.wanted.inputs = 1 + seed % 6;
    out.wanted.shape = seed % 3 == 0 ? generate::Shape::random : generate::Shape::structured;
    out.wanted.policy = kPolicies[seed % std::size(kPolicies)][0];
    out.wanted.aggregation = kPolicies[seed % std::size(kPolicies)][1];
    const Loaded loaded = load({{"generated.dmn", generate::table_xml(out.wanted, random)}}, [&] {
        LoadOptions options;
        options.mode = mode;
        return options;
    }());
    EXPECT_TRUE(loaded.model != nullptr) << (loaded.faults.empty() ? "" : shown(loaded.faults.front()));
    out.model = loaded.model;
    if (out.model) out.decision = out.model->find("Outcome");
    return out;
}

void give_all(Session& session, const Made& made, std::mt19937_64& random) {
    for (std::size_t i = 0; i < made.wanted.inputs; ++i)
        ASSERT_TRUE(session.give("fact " + std::to_string(i + 1), *session.read(generate::literal(i, true, random))));
}

std::string seen(const Outcome& outcome) { return outcome.determined ? literal_of(outcome.value) : "undetermined"; }

TEST(Session, CompiledAndInterpretedTablesNeverDiffer) {
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        std::mt19937_64 random(seed);
        const Made table = made(seed, random);
        ASSERT_TRUE(table.model->tables().front()->compiled != nullptr) << "seed " << seed;
        const Table& compiled = *table.model->tables().front();
        Arena arena;
        for (int i = 0; i < 40; ++i) {
            Evaluator e(arena, table.model->zones(), Mode::strict, {});
            Session session(table.model);
            std::vector<Value> inputs;
            for (std::size_t input = 0; input < table.wanted.inputs; ++input)
                inputs.push_back(*session.read(generate::literal(input, true, random)));
            const auto fast = decide_compiled(e, compiled, inputs, nullptr);
            const Value slow = interpret(e, compiled, inputs, nullptr);
            ASSERT_TRUE(fast.has_value());
            EXPECT_EQ(fast->is_undetermined(), slow.is_undetermined()) << "seed " << seed;
            EXPECT_EQ(literal_of(*fast), literal_of(slow)) << "seed " << seed;
        }
    }
}

TEST(Session, StrictAnswersAsLenientOrNotAtAll) {
    int undetermined = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        std::mt19937_64 random(seed), again(seed);
        const Made strict = made(seed, random), lenient = made(seed, again, Mode::lenient);
        Session one(strict.model), other(lenient.model);
        for (int i = 0; i < 30; ++i) {
            give_all(one, strict, random);
            give_all(other, lenient, again);
            const Outcome a = one.decide(*strict.decision), b = other.decide(*lenient.decision);
            undetermined += a.determined ? 0 : 1;
            EXPECT_EQ(seen(a), a.determined ? seen(b) : "undetermined") << "seed " << seed;
        }
    }
    EXPECT_GT(undetermined, 100) << "the facts that are not known have to show somewhere";
}

TEST(Session, WhatMatteredSuffices) {
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        std::mt19937_64 random(seed);
        const Made table = made(seed, random);
        Session session(table.model), other(table.model);
        for (int i = 0; i < 10; ++i) {
            give_all(session, table, random);
            const Explanation why = session.explain(*table.decision);
            if (!why.determined || why.tables.empty() || !why.tables.front().undecided.empty()) continue;
            const TableReason& reason = why.tables.front();
            const std::string answer = literal_of(why.value);
            for (int change = 0; change < 10; ++change) {
                give_all(other, table, random);
                for (const std::uint32_t input : reason.mattered)
                    ASSERT_TRUE(other.give("fact " + std::to_string(input + 1), reason.inputs[input]));
                const Outcome varied = other.decide(*table.decision);
                EXPECT_TRUE(!varied.determined || literal_of(varied.value) == answer) << "seed " << seed << "\n"
                                                                                      << sentences(why);
            }
        }
    }
}

TEST(Session, ANearMissReplays) {
    int replayed = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        std::mt19937_64 random(seed);
        const Made table = made(seed, random);
        Session session(table.model), other(table.model);
        for (int i = 0; i < 5; ++i) {
            give_all(session, table, random);
            const Explanation why = session.explain(*table.decision);
            for (const TableReason& reason : why.tables)
                for (const NearMiss& miss : reason.near_misses) {
                    if (!miss.nearest) continue;
                    for (std::uint32_t input = 0; input < reason.inputs.size(); ++input)
                        ASSERT_TRUE(other.give("fact " + std::to_string(input + 1),
                                               input == miss.input ? *miss.nearest : reason.inputs[input]));
                    const Explanation then = other.explain(*table.decision);
                    ASSERT_FALSE(then.tables.empty()) << "seed " << seed << ": " << then.why;
                    const auto& matched = then.tables.front().matched;
                    EXPECT_TRUE(std::find(matched.begin(), matched.end(), miss.rule) != matched.end())
                        << "seed " << seed;
                    ++replayed;
                }
        }
    }
    EXPECT_GT(replayed, 300);
}

TEST(Session, AWarmDecisionAllocatesNothing) {
    std::mt19937_64 random(5);
    for (const auto& policy : kPolicies) {
        generate::Wanted wanted;
        wanted.policy = policy[0];
        wanted.aggregation = policy[1];
        const Loaded loaded = load({{"t.dmn", generate::table_xml(wanted, random)}});
        ASSERT_TRUE(loaded.model);
        Session session(loaded.model);
        std::vector<std::vector<Value>> facts(50);
        for (auto& row : facts)
            for (std::size_t i = 0; i < wanted.inputs; ++i)
                row.push_back(*session.read(generate::literal(i, false, random)));
        const Element& decision = *loaded.model->find("Outcome");
        std::vector<const Element*> inputs;
        for (std::size_t i = 0; i < wanted.inputs; ++i)
            inputs.push_back(loaded.model->find("fact " + std::to_string(i + 1)));
        for (int round = 0; round < 2; ++round) {
            const std::uint64_t before = allocations_so_far();
            for (const auto& row : facts) {
                for (std::size_t i = 0; i < row.size(); ++i) session.give(*inputs[i], row[i]);
                session.decide(decision);
            }
            if (round == 1) {
                EXPECT_EQ(allocations_so_far() - before, 0U) << policy[0] << " " << policy[1];
            }
        }
    }
}

TEST(Session, EightThreadsShareOneModel) {
    std::mt19937_64 random(11);
    const Loaded loaded = load({{"t.dmn", generate::table_xml({}, random)}});
    ASSERT_TRUE(loaded.model);
    std::vector<std::string> answers(8);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < answers.size(); ++t)
        threads.emplace_back([&, t] {
            Session session(loaded.model);
            std::mt19937_64 own(3);
            for (int i = 0; i < 200; ++i) {
                for (std::size_t input = 0; input < 6; ++input)
                    if (!session.give("fact " + std::to_string(input + 1),
                                      *session.read(generate::literal(input, true, own))))
                        return;
                answers[t] += seen(session.decide("Outcome")) + ";";
            }
        });
    for (std::thread& thread : threads) thread.join();
    for (const std::string& answer : answers) EXPECT_EQ(answer, answers.front());
    EXPECT_FALSE(answers.front().empty());
}
}  // namespace
}  // namespace kith::dmn
