#!/usr/bin/env python3
"""Joins the clauses of protocols/*/clauses.tsv with the tests that cite them, and counts what is still open.

usage: check_clauses.py [--root DIR] [--results DIR] [--tap FILE] [--open | --front-door | --require-front-door]

  (nothing)             the table of shipped clauses with their tests, and the count still open of the whole registry
  --open                every clause of the front door's scope that no test cites
  --front-door          the table for that scope only
  --require-front-door  as --open, and exit status 1 while there are any
  --results DIR         test results (GoogleTest XML): a citation in a test that did not run and pass counts for nothing
  --tap FILE            the same for the browser's tests, from what node --test --test-reporter=tap printed

A test cites by KITH_CLAUSE("PLY-023") in C++ (tests/clause.hpp), by clause('PLY-023') in a browser test, or by
clause("PLY-023") in a Python test. Exit status 1 when a test or a comment cites a clause that does not live, or a
clauses.tsv is malformed. Writes nothing.
"""
import argparse
import pathlib
import re
import sys
import xml.etree.ElementTree as xml
from collections import defaultdict
from dataclasses import dataclass, field

# The registry: how many clauses each source document has, whether or not a pack ships them yet.
REGISTRY = {"PLY": 62, "HAC": 60, "SCH": 28, "C2C": 61, "WAR": 76}
HOMES = {"pack", "code", "not yet"}  # said by pack.toml or a table; kept by the program; promised to neither so far
MODALITIES = {"must", "should", "may", "must-not", "right", "principle", "definition", "fact"}

# What the front door must prove: intake, triage, deadlines, parties, naming the referrer, hiding the referrer, contact
# points. Assessment and what follows it are other scopes.
FRONT_DOOR = {
    "PLY": [2, 10, 11, 12, 14, 15, 16, 18, 19, 20, 21, 22, 23, 24, 25, 26, 30, 31, 32],
    "HAC": [1, 4, 5, 10, 11, 12, 14, 15, 16, 17, 18, *range(19, 33), 35, 36, 37],
}

ID = re.compile(r"\b(?:PLY|HAC|SCH|C2C|WAR)-\d{3}\b")
CPP_TEST = re.compile(r"^(?:TEST|TEST_F|TEST_P|TYPED_TEST|RC_GTEST_PROP)\(\s*(\w+)\s*,\s*(\w+)", re.M)
CPP_CITE = re.compile(r"\bKITH_CLAUSE\(([^)]*)\)")
JS_TEST = re.compile(r"^\s*(?:await\s+)?(?:t\.)?(?:test|it)\(\s*(['\"`])(.*?)\1", re.M)
PY_TEST = re.compile(r"^\s*def (test_\w+)", re.M)
TAP_LINE = re.compile(r"^\s*(not )?ok \d+ - (.*?)(?: # (SKIP|TODO).*)?$", re.M)
WORD_CITE = re.compile(r"\bclause\(([^)]*)\)")


@dataclass
class Clause:
    id: str
    modality: str
    rule: str
    home: str
    pack: str
    tests: list = field(default_factory=list)


def front_door():
    return [f"{prefix}-{number:03}" for prefix, numbers in FRONT_DOOR.items() for number in numbers]


def in_registry(clause_id):
    prefix, number = clause_id.split("-")
    return prefix in REGISTRY and 1 <= int(number) <= REGISTRY[prefix]


def read_clauses(root):
    clauses, wrongs, scope = {}, [], set(front_door())
    for file in sorted(root.glob("protocols/*/clauses.tsv")):
        where = file.relative_to(root).as_posix()
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if number == 1 or not line.strip() or line.startswith("#"):
                continue
            cells = line.split("\t")
            if len(cells) != 4:
                wrongs.append(f"{where}:{number}: {len(cells)} cells, a clause has 4 (id, modality, rule, home)")
                continue
            clause = Clause(*cells, pack=file.parent.name)
            if not ID.fullmatch(clause.id) or not in_registry(clause.id):
                wrongs.append(f"{where}:{number}: {clause.id} is not in the registry")
            elif clause.id in clauses:
                wrongs.append(f"{where}:{number}: {clause.id} stands in {clauses[clause.id].pack} already")
            elif clause.modality not in MODALITIES:
                wrongs.append(f"{where}:{number}: {clause.modality} is no modality")
            elif not clause.rule.strip() or clause.home not in HOMES:
                wrongs.append(f"{where}:{number}: {clause.id} has no rule, or its home is not {', '.join(sorted(HOMES))}")
            elif clause.home == "not yet" and clause.id in scope:
                wrongs.append(f"{where}:{number}: {clause.id} is the front door's, and has no home yet")
            else:
                clauses[clause.id] = clause
    return clauses, wrongs


def without_line_comments(text):
    return re.sub(r"^\s*(//|#).*$", "", text, flags=re.M)


def citations(text, suffix):
    """(line, test name, clause id) for each citation in one test file; the test is the nearest one above."""
    text = without_line_comments(text)
    if suffix == ".cpp":
        test, cite, name = CPP_TEST, CPP_CITE, lambda m: f"{m.group(1)}.{m.group(2)}"
    elif suffix == ".py":
        test, cite, name = PY_TEST, WORD_CITE, lambda m: m.group(1)
    else:
        test, cite, name = JS_TEST, WORD_CITE, lambda m: m.group(2)
    starts = [(m.start(), name(m)) for m in test.finditer(text)]
    for found in cite.finditer(text):
        above = [title for at, title in starts if at < found.start()]
        line = text.count("\n", 0, found.start()) + 1
        for clause_id in re.findall(r"['\"]([^'\"]+)['\"]", found.group(1)):
            yield line, above[-1] if above else None, clause_id


def test_files(root):
    for folder, pattern in (("src", "*_test.cpp"), ("tests", "*.cpp"), ("tests", "*.mjs"), ("tests", "*_test.py")):
        yield from sorted((root / folder).rglob(pattern))


def passed_tests(results):
    """Names of GoogleTest tests that ran and passed; parameterised ones by their plain name."""
    passed, broken = set(), set()
    for file in sorted(results.glob("*.xml")):
        for case in xml.parse(file).getroot().iter("testcase"):
            suite = re.sub(r"^\w+/|/\d+$", "", case.get("classname", ""))
            name = f"{suite}.{case.get('name', '').split('/')[0]}"
            bad = case.find("failure") is not None or case.get("status") == "notrun" or case.get("result") == "skipped"
            (broken if bad else passed).add(name)
    return passed - broken


def read_tap(file):
    """(titles that passed, titles that failed or were skipped), as TAP writes them."""
    passed, broken = set(), set()
    for failed, title, skipped in TAP_LINE.findall(file.read_text()):
        (broken if failed or skipped else passed).add(re.sub(r"\\([\\#])", r"\1", title))
    return passed, broken


def ran_in_browser(tap, title):
    """Every run of that title passed, and there was one. `${width}` in it stands for anything."""
    passed, broken = tap
    pattern = re.compile(".+".join(map(re.escape, re.split(r"\$\{[^}]*\}", title))))
    return any(map(pattern.fullmatch, passed)) and not any(map(pattern.fullmatch, broken))


def join(root, results=None, tap=None):
    clauses, wrongs = read_clauses(root)
    passed = passed_tests(results) if results else None
    browser = read_tap(tap) if tap else None
    for file in test_files(root):
        where = file.relative_to(root).as_posix()
        for line, test, clause_id in citations(file.read_text(), file.suffix):
            if test is None:
                wrongs.append(f"{where}:{line}: cites {clause_id} outside a test")
            elif clause_id not in clauses:
                wrongs.append(f"{where}:{line}: {test} cites {clause_id}, which is no living clause")
            elif clauses[clause_id].home == "not yet":
                wrongs.append(f"{where}:{line}: {test} cites {clause_id}, which its pack says has no home yet")
            elif passed is not None and file.suffix == ".cpp" and test not in passed:
                wrongs.append(f"{where}:{line}: {test} cites {clause_id} but did not run and pass")
            elif browser is not None and file.suffix == ".mjs" and not ran_in_browser(browser, test):
                wrongs.append(f"{where}:{line}: {test} cites {clause_id} but did not run and pass")
            else:
                clauses[clause_id].tests.append(test)
    shipped = {clause_id.split("-")[0] for clause_id in clauses}
    for file in sorted((root / "src").rglob("*.[ch]pp")):
        for line, text in enumerate(file.read_text().splitlines(), 1):
            for clause_id in ID.findall(text):
                gone = clause_id.split("-")[0] in shipped and clause_id not in clauses
                if not in_registry(clause_id) or gone:
                    where = file.relative_to(root).as_posix()
                    wrongs.append(f"{where}:{line}: names {clause_id}, which is no living clause")
    return clauses, wrongs


def print_table(rows):
    for clause in rows:
        tests = sorted(set(clause.tests))
        print(f"{clause.id}  {clause.modality:<10}  {clause.home:<7}  {tests[0] if tests else 'open'}")
        for test in tests[1:]:
            print(f"{'':<30}{test}")


def main():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    reader.add_argument("--results", type=pathlib.Path)
    reader.add_argument("--tap", type=pathlib.Path)
    reader.add_argument("--open", action="store_true")
    reader.add_argument("--front-door", action="store_true")
    reader.add_argument("--require-front-door", action="store_true")
    asked = reader.parse_args()
    clauses, wrongs = join(asked.root, asked.results, asked.tap)
    scope = front_door()
    still_open = [clause_id for clause_id in scope if clause_id not in clauses or not clauses[clause_id].tests]
    if asked.open or asked.require_front_door:
        for clause_id in still_open:
            clause = clauses.get(clause_id)
            print(f"{clause_id}  {clause.rule if clause else '(in no shipped pack)'}")
    else:
        print_table(c for c in clauses.values() if not asked.front_door or c.id in scope)
    for wrong in wrongs:
        print(wrong, file=sys.stderr)
    total = sum(REGISTRY.values())
    proven = sum(1 for clause in clauses.values() if clause.tests)
    print(f"clauses: {total} in the registry, {len(clauses)} shipped, {proven} proven by a test, {total - proven} open; "
          f"front door: {len(scope) - len(still_open)} of {len(scope)} proven, {len(still_open)} open")
    return 1 if wrongs or (asked.require_front_door and still_open) else 0


if __name__ == "__main__":
    sys.exit(main())
