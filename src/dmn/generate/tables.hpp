// Decision tables made up from a seed, as DMN 1.3: *random* ones, whose rules test every column, and *structured* ones,
// whose rules test at most four. For tests and benchmarks.
#pragma once
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace kith::dmn::generate {

enum class Shape : std::uint8_t { random, structured };

struct Wanted {
    std::size_t rules = 12;
    std::size_t inputs = 6;
    Shape shape = Shape::structured;
    std::string policy = "UNIQUE";
    std::string aggregation;
    bool null_allowed = true;
    std::size_t outcomes = 4;
};

enum class Domain : std::uint8_t { text, number, truth, date };
Domain domain_of(std::size_t input);

/// The model; its decision is named "Outcome", its inputs "fact 1" and so on.
std::string table_xml(const Wanted& wanted, std::mt19937_64& random);
/// A literal of an input's domain; `null` now and then, where asked.
std::string literal(std::size_t input, bool null_too, std::mt19937_64& random);

}  // namespace kith::dmn::generate
