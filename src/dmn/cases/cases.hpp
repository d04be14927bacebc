// A file of cases: facts, and what a decision has to answer to them, one case a line. Read without a model; every part
// knows where on its line it stands. The grammar is in the room's README.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/feel/fault.hpp"

namespace kith::dmn::cases {

/// Bytes of a line.
struct Place {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    friend bool operator==(const Place&, const Place&) { return true; }  ///< where it stands is no part of what is said
};

/// `NAME = LITERAL`. A name may be a path, and have parts in backquotes.
struct Setting {
    std::string name;
    std::string literal;
    Place name_at, literal_at;
    friend bool operator==(const Setting&, const Setting&) = default;
};

enum class Expected : std::uint8_t { values, undetermined, no_rule };

struct Case {
    std::string id;
    std::vector<Setting> facts;
    Expected expected = Expected::values;
    std::vector<Setting> outputs;                     ///< where values are expected
    std::optional<std::vector<std::uint32_t>> rules;  ///< counted from 1, ascending
    std::string because;                              ///< a fact's name, or empty
    Place id_at, rules_at, because_at;
    friend bool operator==(const Case&, const Case&) = default;
};

enum class LineKind : std::uint8_t { blank, model, decision, given, one_case };

struct Line {
    LineKind kind = LineKind::blank;
    std::string name;            ///< of a model's file, or of a decision
    std::vector<Setting> given;  ///< hold until the next `given` or `decision`
    Case one;
    std::string comment;  ///< with its `#`
    Place name_at;
    std::string written;  ///< the bytes of a line that was read, its end included; empty for one that was made
};

struct File {
    std::string name;
    std::vector<Line> lines;
};

struct Limits {
    std::size_t bytes = 32ULL << 20;
    std::size_t lines = 1'000'000;
    std::size_t faults = 100;
};

struct Read {
    std::optional<File> file;  ///< none where a line could not be read
    Faults faults;
};

/// Reads a file; each line that is none of a file of cases is one fault.
Read read(std::string name, std::string_view bytes, const Limits& limits = {});

/// One setting or several by themselves, as on a command line.
std::optional<std::vector<Setting>> read_settings(std::string_view text, Faults& faults);

/// What was read, byte for byte; lines that were made, as this writes them.
std::string printed(const File& file);
/// The line as this writes it, without its end.
std::string plain(const Line& line);
std::string plain(const Case& one);
std::string plain(const std::vector<Setting>& settings);

/// A fault on a line.
Fault fault_at(const File& file, std::size_t line, Place place, std::string message);

}  // namespace kith::dmn::cases
