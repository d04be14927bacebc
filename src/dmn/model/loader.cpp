#include "dmn/model/loader.hpp"

#include <algorithm>

namespace kith::dmn {
namespace {
constexpr std::string_view kSpaces[] = {"https://www.omg.org/spec/DMN/20191111/MODEL/",   // 1.3
                                        "https://www.omg.org/spec/DMN/20211108/MODEL/",   // 1.4
                                        "https://www.omg.org/spec/DMN/20230324/MODEL/"};  // 1.5

void append(std::string& out, std::string_view text) { out += text; }
}  // namespace

Loaded load(std::vector<SourceFile> files, const LoadOptions& options) {
    try {
        return Loader(std::move(files), options).load();
    } catch (const LimitReached& reached) {
        Loaded out;
        Fault fault;
        fault.kind = FaultKind::limit;
        fault.message = std::string("the model is too large: ") + reached.limit;
        out.faults.push_back(std::move(fault));
        return out;
    }
}

Loaded Loader::load() {
    model_.reset(new Model(options_));
    Loaded out;
    if (read_documents()) {
        for (std::size_t i = 0; i < documents_.size(); ++i) {
            check_version(i, *model_->documents_[i].root);
            collect(i);
        }
        states_.assign(model_->elements_.size(), State::untouched);
        for (Element& element : model_->elements_) link(element);
        for (Element& element : model_->elements_) prepare(element);
        if (options_.mode == Mode::lenient || faults_.empty())
            out.model = std::shared_ptr<const Model>(std::move(model_));
    }
    out.faults = std::move(faults_);
    return out;
}

namespace {
constexpr std::size_t kMostFaults = 200;  // told; the first are those that matter
constexpr std::size_t kMostShown = 400;

// A fault shows its line; a gigantic expression is not copied into each of them.
void cut_to_line(Fault& fault) {
    if (fault.text.size() <= kMostShown) return;
    const std::size_t begin = fault.begin < kMostShown / 2 ? 0 : fault.begin - kMostShown / 2;
    fault.text = fault.text.substr(begin, kMostShown);
    fault.begin -= static_cast<std::uint32_t>(begin);
    fault.end = std::min(fault.end - static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(fault.text.size()));
}
}  // namespace

void Loader::add(FaultKind kind, std::string message, std::size_t document, const XmlElement* at, std::string where) {
    if (faults_.size() >= kMostFaults) return;
    Fault fault;
    fault.kind = kind;
    fault.message = std::move(message);
    fault.where = std::move(where);
    if (document < model_->documents_.size()) fault.file = model_->documents_[document].file;
    if (at != nullptr) fault.position = at->position;
    faults_.push_back(std::move(fault));
}

void Loader::adopt(Faults& faults, const XmlElement& at, const Place& place) {
    const XmlDocument& document = model_->documents_[place.document];
    for (Fault& fault : faults) {
        if (faults_.size() >= kMostFaults) break;
        fault.file = document.file;
        fault.where = place.where;
        fault.position = document.position_of(at.file_byte(fault.begin));
        cut_to_line(fault);
        faults_.push_back(std::move(fault));
    }
    faults.clear();
}

bool Loader::read_documents() {
    if (files_.empty() || files_.size() > options_.files) {
        add(FaultKind::limit, files_.empty() ? "there is no file" : "there are too many files", 0, nullptr, {});
        return false;
    }
    for (SourceFile& file : files_) {
        auto read = read_xml(std::move(file.name), std::move(file.bytes), options_.xml, faults_);
        if (!read) return false;
        model_->documents_.push_back(std::move(*read));
        const XmlElement& root = *model_->documents_.back().root;
        if (root.name != "definitions" ||
            std::find(std::begin(kSpaces), std::end(kSpaces), root.space) == std::end(kSpaces)) {
            add(FaultKind::structure, "this is no model of DMN 1.3, 1.4 or 1.5", model_->documents_.size() - 1, &root,
                {});
            return false;
        }
        Document document;
        document.version = static_cast<std::size_t>(std::find(std::begin(kSpaces), std::end(kSpaces), root.space) -
                                                    std::begin(kSpaces)) +
                           3;
        document.space = root.attribute("namespace");
        document.name = root.attribute("name");
        by_space_[document.space].push_back(documents_.size());
        documents_.push_back(std::move(document));
    }
    model_->main_space_ = documents_.front().space;
    return true;
}

// An element that a later version brought is an error in a file of an earlier one.
void Loader::check_version(std::size_t index, const XmlElement& xml) {
    struct Since {
        std::string_view name;
        std::size_t version;
    };
    static constexpr Since kNewer[] = {{"conditional", 4}, {"filter", 4}, {"for", 4},
                                       {"some", 4},        {"every", 4},  {"typeConstraint", 5}};
    for (const Since& since : kNewer)
        if (xml.name == since.name && documents_[index].version < since.version)
            add(FaultKind::structure,
                "`" + xml.name + "` came with DMN 1." + std::to_string(since.version) +
                    ", this file says it is DMN 1." + std::to_string(documents_[index].version),
                index, &xml, {});
    for (const auto& child : xml.children)
        if (child->space == xml.space) check_version(index, *child);
}

void Loader::collect(std::size_t index) {
    Document& document = documents_[index];
    const XmlElement& root = *model_->documents_[index].root;
    for (const auto& child : root.children) {
        if (child->space != root.space) continue;
        const std::string& name = child->name;
        if (name == "import") {
            if (document.imports.size() >= options_.imports) throw LimitReached{"imports"};
            document.imports[normal_name(child->attribute("name"))] = child->attribute("namespace");
        } else if (name == "itemDefinition") {
            const std::string defined = normal_name(child->attribute("name"));
            if (!document.definitions.emplace(defined, child.get()).second)
                add(FaultKind::structure, "the type `" + defined + "` is defined twice", index, child.get(), {});
        } else if (name == "decision") {
            collect_element(index, *child, ElementKind::decision);
        } else if (name == "inputData") {
            collect_element(index, *child, ElementKind::input);
        } else if (name == "businessKnowledgeModel") {
            collect_element(index, *child, ElementKind::knowledge);
        } else if (name == "decisionService") {
            collect_element(index, *child, ElementKind::service);
        }
    }
}

void Loader::collect_element(std::size_t document, const XmlElement& xml, ElementKind kind) {
    Element element;
    element.kind = kind;
    element.space = documents_[document].space;
    element.id = xml.attribute("id");
    element.name = normal_name(xml.attribute("name"));
    const XmlElement* variable = xml.child("variable");
    if (variable != nullptr && !variable->attribute("name").empty())
        element.name = normal_name(variable->attribute("name"));
    element.index = static_cast<std::uint32_t>(model_->elements_.size());
    element.xml = &xml;
    element.document = document;
    known_names_.insert(element.name);
    model_->elements_.push_back(std::move(element));
    Element& kept = model_->elements_.back();
    if (!kept.id.empty() && !by_id_.emplace(std::pair(kept.space, kept.id), &kept).second)
        add(FaultKind::structure, "the id `" + kept.id + "` is used twice", document, &xml, "\"" + kept.name + "\"");
}

Element* Loader::by_reference(std::size_t document, std::string_view href) {
    const std::size_t hash = href.find('#');
    if (hash == std::string_view::npos) return nullptr;
    const std::string space(hash == 0 ? std::string_view(documents_[document].space) : href.substr(0, hash));
    const auto found = by_id_.find(std::pair(space, std::string(href.substr(hash + 1))));
    return found == by_id_.end() ? nullptr : found->second;
}

void Loader::require(Element& element, const Element& wanted) {
    const Document& document = documents_[element.document];
    if (wanted.space == document.space) {
        element.requirements.push_back({wanted.name, &wanted, {}});
        return;
    }
    for (const auto& [name, space] : document.imports) {
        if (space != wanted.space) continue;
        if (name.empty()) {  // an import without a name puts what it brings beside our own
            element.requirements.push_back({wanted.name, &wanted, {}});
            return;
        }
        for (Requirement& known : element.requirements) {
            if (known.element == nullptr && known.name == name) {
                known.imported.push_back({wanted.name, &wanted, {}});
                return;
            }
        }
        element.requirements.push_back({name, nullptr, {{wanted.name, &wanted, {}}}});
        return;
    }
    add(FaultKind::structure, "`" + wanted.name + "` lies in a file that is not imported", element.document,
        element.xml, "\"" + element.name + "\"");
}

void Loader::link(Element& element) {
    static constexpr std::pair<const char*, const char*> kKinds[] = {{"informationRequirement", "requiredInput"},
                                                                     {"informationRequirement", "requiredDecision"},
                                                                     {"knowledgeRequirement", "requiredKnowledge"}};
    for (const auto& [holder, reference] : kKinds) {
        for (const XmlElement* requirement : element.xml->all(holder)) {
            const XmlElement* target = requirement->child(reference);
            if (target == nullptr) continue;
            const Element* wanted = by_reference(element.document, target->attribute("href"));
            if (wanted == nullptr) {
                std::string message = "there is no element `";
                append(message, target->attribute("href"));
                add(FaultKind::structure, message + "`", element.document, target, "\"" + element.name + "\"");
            } else {
                require(element, *wanted);
            }
        }
    }
    if (element.kind == ElementKind::service) link_service(element);
}

void Loader::link_service(Element& service) {
    const auto link_all = [&](const char* holder, std::vector<const Element*>& into) {
        for (const XmlElement* reference : service.xml->all(holder)) {
            const Element* wanted = by_reference(service.document, reference->attribute("href"));
            if (wanted != nullptr)
                into.push_back(wanted);
            else
                add(FaultKind::structure, "a decision service names an element that is not there", service.document,
                    reference, "\"" + service.name + "\"");
        }
    };
    link_all("outputDecision", service.outputs);
    link_all("encapsulatedDecision", service.encapsulated);
    link_all("inputDecision", service.input_decisions);
    link_all("inputData", service.inputs);
}

const Table* table_of(const Element& decision) {
    const Node* node = decision.kind == ElementKind::decision ? decision.logic : nullptr;
    while (node != nullptr && node->op == Op::convert) node = &node->kid(0);
    return node != nullptr && node->op == Op::table ? node->table : nullptr;
}

const Element* Model::find(std::string_view name) const {
    const std::string wanted = normal_name(name);
    const Element* elsewhere = nullptr;
    for (const Element& element : elements_) {
        if (element.name != wanted) continue;
        if (element.space == main_space_) return &element;
        elsewhere = &element;
    }
    return elsewhere;
}

const Element* Model::find(ElementKind kind, std::string_view name) const {
    const std::string wanted = normal_name(name);
    for (const Element& element : elements_)
        if (element.kind == kind && element.name == wanted && element.space == main_space_) return &element;
    return nullptr;
}

}  // namespace kith::dmn
