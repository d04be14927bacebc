// Turns the tree of a pack.toml into a Pack, section by section. Faults go to the report; a Pack read with faults is
// thrown away by load_pack.
#pragma once
#include "protocol/clauses_file.hpp"

namespace kith::protocol {

class PackReader {
  public:
    PackReader(const Node& top, const std::vector<PlacedClause>& clauses, std::string_view folder, Report& report);
    Pack read();
    /// The clauses that some setting rests on.
    const std::set<std::string, std::less<>>& cited() const { return cited_; }

  private:
    // pack_reader.cpp: what every section needs, and who the pack is.
    Basis basis(TableReader& table);
    Clauses clauses_in(const std::vector<const Node*>& ids, Report& report);
    void read_identity();
    void read_locally_decided();
    /// True when the pack itself must give the setting. Reports a setting both given and left open, or neither.
    bool must_give(TermKey key, bool is_given, Place place, std::string_view where);

    // read_settings.cpp: telephone numbers, times and duties.
    void read_contacts();
    void read_opening_hours();
    clocks::Spans spans(TableReader& hours, std::string_view day);
    void read_roles();
    void read_clocks();
    void read_escalation(TableReader& clocks);
    void read_written_form();
    void read_permissions();
    void read_onward();

    // read_words.cpp: what is said and asked.
    void read_words();
    void read_categories();
    void read_subjects();
    SubjectRule subject(TableReader& table, std::optional<Subject> kind);
    void read_acts();
    void read_emergency_and_reply();
    void read_references();

    Report* report_;
    std::string_view folder_;
    TableReader top_;
    std::set<std::string, std::less<>> known_;
    std::set<std::string, std::less<>> cited_;
    Pack pack_;
};

}  // namespace kith::protocol
