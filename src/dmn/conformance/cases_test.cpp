#include <algorithm>
#include <fstream>
#include <sstream>

#include "dmn/conformance/cases.hpp"

namespace kith::dmn::conformance {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

namespace {
void read_cases(CaseFile& file, const std::string& level) {
    const XmlElement& root = *file.document.root;
    if (const XmlElement* model = root.child("modelName")) file.model = model->text;
    for (const XmlElement* xml : root.all("testCase")) {
        Case one;
        one.level = level;
        one.folder = file.folder.filename().string();
        one.file = file.document.file;
        one.id = xml->attribute("id");
        one.invocable = xml->attribute("invocableName");
        for (const XmlElement* input : xml->all("inputNode"))
            one.inputs.push_back({std::string(input->attribute("name")), input});
        for (const XmlElement* result : xml->all("resultNode"))
            one.results.push_back({std::string(result->attribute("name")), result->child("expected")});
        file.cases.push_back(std::move(one));
    }
}
}  // namespace

std::vector<std::unique_ptr<CaseFile>> read_suite(const std::filesystem::path& root) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
        if (entry.path().extension() == ".xml" && entry.path().filename().string().find("-test-") != std::string::npos)
            paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<std::unique_ptr<CaseFile>> out;
    for (const auto& path : paths) {
        Faults faults;
        auto document = read_xml(path.filename().string(), read_file(path), {}, faults);
        if (!document) continue;
        auto file = std::make_unique<CaseFile>();
        file->document = std::move(*document);
        file->folder = path.parent_path();
        read_cases(*file, path.parent_path().parent_path().filename().string());
        out.push_back(std::move(file));
    }
    return out;
}

}  // namespace kith::dmn::conformance
