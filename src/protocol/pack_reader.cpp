#include "protocol/pack_reader.hpp"

#include <array>

#include "base/text.hpp"

namespace kith::protocol {
namespace {

/// Three numbers parted by points, each without leading zeros.
bool is_version(std::string_view version) {
    const auto numbers = text::split(version, '.');
    return numbers.size() == 3 && std::ranges::all_of(numbers, [](std::string_view n) {
               return !n.empty() && n.size() <= 4 && text::is_digits(n) && (n.size() == 1 || n[0] != '0');
           });
}

}  // namespace

PackReader::PackReader(const Node& top, const std::vector<PlacedClause>& clauses, std::string_view folder,
                       Report& report)
    : report_(&report), folder_(folder), top_(&top, "The pack", report) {
    for (const auto& placed : clauses) known_.insert(placed.clause.id);
}

Pack PackReader::read() {
    read_identity();
    read_locally_decided();
    read_words();
    read_contacts();
    read_opening_hours();
    read_roles();
    read_clocks();
    read_written_form();
    read_permissions();
    read_onward();
    read_categories();
    read_subjects();
    read_acts();
    read_emergency_and_reply();
    read_references();
    top_.finish();
    return std::move(pack_);
}

Clauses PackReader::clauses_in(const std::vector<const Node*>& ids, Report& report) {
    Clauses clauses;
    for (const Node* node : ids) {
        if (!known_.contains(node->text))
            report.add(node->place, "Clause " + node->text + " is not in clauses.tsv.");
        else if (std::ranges::find(clauses, node->text) != clauses.end())
            report.add(node->place, "Clause " + node->text + " is given twice here.");
        else
            clauses.push_back(node->text);
        cited_.insert(node->text);
    }
    return clauses;
}

Basis PackReader::basis(TableReader& table) {
    Basis basis;
    const auto ids = table.optional_texts("clauses");
    basis.clauses = clauses_in(ids, *report_);
    basis.source = table.optional_text("source");
    if (table.is_there() && ids.empty() && basis.source.empty())
        report_->add(table.place(),
                     table.name() + " needs \"clauses\" to rest on, or a \"source\" where the text is silent.");
    return basis;
}

void PackReader::read_identity() {
    TableReader pack = top_.table("pack");
    pack_.name = pack.text("name");
    pack_.version = pack.text("version");
    pack_.title = pack.text("title");
    pack_.area = pack.text("area");
    pack_.edition = pack.text("edition");
    pack_.owner = pack.text("owner");
    pack_.in_force = pack.day("in_force");
    pack_.review = pack.day("review");
    pack_.basis = basis(pack);
    if (!pack_.name.empty() && pack_.name != folder_)
        report_->add(pack.place_of("name"), "The pack is called \"" + pack_.name + "\", but its folder is called \"" +
                                                std::string(folder_) + "\".");
    if (!pack_.version.empty() && !is_version(pack_.version))
        report_->add(pack.place_of("version"), "\"" + pack_.version + "\" is not a version; write it like \"1.0.0\".");
    if (pack_.in_force.ok() && pack_.review.ok() && pack_.in_force >= pack_.review)
        report_->add(pack.place_of("review"), "The review date must come after the date in force.");
    pack.finish();
}

void PackReader::read_locally_decided() {
    if (!top_.has("locally_decided")) return void(top_.optional("locally_decided", Node::Kind::table));
    TableReader open = top_.table("locally_decided");
    for (const auto& row : all_of<TermKey>()) {
        const auto ids = open.optional_texts(row.name);
        if (!open.has(row.name)) continue;
        if (ids.empty())
            report_->add(open.place_of(row.name),
                         "\"" + std::string(row.name) + "\" needs the clause that shows the text leaves it open.");
        pack_.locally_decided[row.value] = {clauses_in(ids, *report_), {}};
    }
    open.finish();
}

bool PackReader::must_give(TermKey key, bool is_given, Place place, std::string_view where) {
    const bool left_open = pack_.is_locally_decided(key);
    const std::string name(name_of(key));
    if (is_given && left_open)
        report_->add(place,
                     "\"" + name + "\" is said to be locally decided, but " + std::string(where) + " gives it too.");
    if (!is_given && !left_open)
        report_->add(place, "The pack needs " + std::string(where) + ", or \"" + name + "\" in [locally_decided].");
    return is_given;
}

}  // namespace kith::protocol
