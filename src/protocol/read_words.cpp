// The sections of a pack that hold what is said to people and what they are asked.
#include "base/text.hpp"
#include "protocol/pack_reader.hpp"

namespace kith::protocol {
namespace {

/// An act's name: small letters and underscores.
bool is_name(std::string_view id) {
    return !id.empty() && id.size() <= 40 &&
           std::ranges::all_of(id, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

}  // namespace

void PackReader::read_words() {
    TableReader words = top_.table("words");
    for (const auto& row : all_of<Term>()) {
        if (!words.is_there()) break;
        TableReader word = words.table(row.name);
        const std::string says = word.text("says");
        pack_.words[row.value] = {says, basis(word)};
        word.finish();
    }
    words.finish();
}

void PackReader::read_categories() {
    for (TableReader& table : top_.tables("category")) {
        CategoryRule rule;
        const auto category = table.word_of<Category>("id");
        rule.label = table.text("label");
        rule.meaning = table.text("meaning");
        const auto needs = table.word_of<AgreementNeed>("needs");
        for (const Node* node : table.optional_texts("asks")) rule.asks.push_back(text::tidy(node->text));
        rule.basis = basis(table);
        table.finish();
        if (!category || !needs) continue;
        rule.category = *category;
        rule.needs = *needs;
        if (std::ranges::find(pack_.categories, rule.category, &CategoryRule::category) != pack_.categories.end())
            report_->add(table.place_of("id"),
                         "The category \"" + std::string(name_of(rule.category)) + "\" is given twice.");
        pack_.categories.push_back(std::move(rule));
    }
    for (const auto& row : all_of<Category>())
        if (std::ranges::find(pack_.categories, row.value, &CategoryRule::category) == pack_.categories.end())
            report_->add(top_.place_of("category"),
                         "The pack needs a [[category]] for \"" + std::string(row.name) + "\".");
}

SubjectRule PackReader::subject(TableReader& table, std::optional<Subject> kind) {
    SubjectRule rule;
    rule.label = table.text("label");
    rule.may_be_told = table.words_of<Tellable>("may_be_told");
    rule.told_basis = {clauses_in(table.texts("told_clauses"), *report_), {}};
    for (TableReader& each : table.tables("part")) {
        Part part;
        part.id = each.text("id");
        part.prompt = each.text("prompt");
        part.hint = each.optional_text("hint");
        part.need = each.word_of<PartNeed>("need").value_or(PartNeed::optional);
        part.basis = basis(each);
        const auto field = concerns::field_named(part.id);
        if (!part.id.empty() && (!field || (kind && !concerns::belongs(*field, concerns::form_of(*kind)))))
            report_->add(each.place_of("id"), "\"" + part.id + "\" is not a field of this subject's form.");
        if (std::ranges::find(rule.parts, part.id, &Part::id) != rule.parts.end())
            report_->add(each.place_of("id"), "The part \"" + part.id + "\" is given twice for one subject.");
        each.finish();
        rule.parts.push_back(std::move(part));
    }
    if (std::ranges::find(rule.parts, PartNeed::report, &Part::need) == rule.parts.end())
        report_->add(table.place(), "This [[subject]] needs at least one part with need = \"report\".");
    rule.basis = basis(table);
    return rule;
}

void PackReader::read_subjects() {
    for (TableReader& table : top_.tables("subject")) {
        const auto kind = table.word_of<Subject>("kind");
        SubjectRule rule = subject(table, kind);
        table.finish();
        if (!kind) continue;
        rule.subject = *kind;
        if (std::ranges::find(pack_.subjects, rule.subject, &SubjectRule::subject) != pack_.subjects.end())
            report_->add(table.place_of("kind"),
                         "The subject \"" + std::string(name_of(rule.subject)) + "\" is given twice.");
        pack_.subjects.push_back(std::move(rule));
    }
    for (const auto& row : all_of<Subject>())
        if (std::ranges::find(pack_.subjects, row.value, &SubjectRule::subject) == pack_.subjects.end())
            report_->add(top_.place_of("subject"),
                         "The pack needs a [[subject]] for \"" + std::string(row.name) + "\".");
}

void PackReader::read_acts() {
    for (TableReader& table : top_.tables("act")) {
        ActRule act{table.text("id"), table.text("label"), basis(table)};
        if (!act.id.empty() && !is_name(act.id))
            report_->add(table.place_of("id"), "\"" + act.id + "\" is not a name; use small letters and underscores.");
        if (std::ranges::find(pack_.acts, act.id, &ActRule::id) != pack_.acts.end())
            report_->add(table.place_of("id"), "The act \"" + act.id + "\" is given twice.");
        table.finish();
        pack_.acts.push_back(std::move(act));
    }
    if (pack_.acts.empty()) report_->add(top_.place_of("act"), "The pack needs at least one [[act]].");
}

void PackReader::read_emergency_and_reply() {
    TableReader emergency = top_.table("emergency");
    pack_.emergency = {emergency.text("headline"), emergency.text("text"), emergency.text("cannot_speak"),
                       basis(emergency)};
    if (emergency.is_there() && pack_.emergency.headline.find("999") == std::string::npos)
        report_->add(emergency.place_of("headline"), "The emergency headline must name 999.");
    emergency.finish();
    TableReader reply = top_.table("reply");
    pack_.reply = {reply.text("received"), reply.text("cannot_say_more"), basis(reply)};
    reply.finish();
}

void PackReader::read_references() {
    for (TableReader& table : top_.tables("reference")) {
        Reference reference{table.text("label"), table.text("url"), basis(table)};
        if (!reference.url.empty() &&
            (!reference.url.starts_with("https://") || reference.url.find(' ') != std::string::npos))
            report_->add(table.place_of("url"), "A link must begin with https:// and hold no space.");
        table.finish();
        pack_.references.push_back(std::move(reference));
    }
    for (TableReader& table : top_.tables("law")) {
        pack_.laws.push_back({table.text("cites"), table.text("now"), basis(table)});
        table.finish();
    }
}

}  // namespace kith::protocol
