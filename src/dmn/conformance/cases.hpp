// The public conformance suite's cases, read from a folder of its layout: compliance-level-N/FOLDER/*-test-*.xml beside
// the models.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "dmn/model/xml.hpp"

namespace kith::dmn::conformance {

struct Node {
    std::string name;
    const XmlElement* value = nullptr;  ///< holds `value`, `list` or `component`s; for a result, `expected` does
};

struct Case {
    std::string level, folder, file, id;
    std::string invocable;  ///< a service or knowledge that is called, or empty
    std::vector<Node> inputs;
    std::vector<Node> results;
};

struct CaseFile {
    XmlDocument document;
    std::string model;  ///< file name
    std::filesystem::path folder;
    std::vector<Case> cases;
};

/// Every case file below `root`, in the order of its path.
std::vector<std::unique_ptr<CaseFile>> read_suite(const std::filesystem::path& root);
std::string read_file(const std::filesystem::path& path);

}  // namespace kith::dmn::conformance
