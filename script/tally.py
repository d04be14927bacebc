#!/usr/bin/env python3
"""Counts what passed and failed in one suite's output. Prints two numbers.

usage: tally.py ctest JUNIT_XML RESULTS_DIR | tap FILE STATUS | unittest FILE STATUS | check FILE STATUS

A suite that ended badly without naming a failed test counts as one failure: a crash is never silent.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as xml


def ctest(junit, results):
    """CTest knows the programs; each program's own file knows its tests."""
    passed = failed = 0
    junit = pathlib.Path(junit)
    if not junit.exists():
        return 0, 1
    for case in xml.parse(junit).getroot().iter("testcase"):
        own_passed = own_failed = 0
        file = pathlib.Path(results) / f"{case.get('name')}.xml"
        if file.exists():
            for test in xml.parse(file).getroot().iter("testcase"):
                if test.get("status") == "notrun" or test.get("result") == "skipped":
                    continue
                if test.find("failure") is None:
                    own_passed += 1
                else:
                    own_failed += 1
        well = case.get("status") == "run" and case.find("failure") is None
        if well and own_passed + own_failed == 0:
            own_passed = 1
        if not well and own_failed == 0:
            own_failed = 1
        passed, failed = passed + own_passed, failed + own_failed
    return passed, failed or (1 if passed == 0 else 0)


def tap(text, _):
    count = lambda word: sum(int(n) for n in re.findall(rf"^# {word} (\d+)", text, re.M))
    return count("pass"), count("fail") + count("cancelled")


def unit(text, _):
    ran = sum(int(n) for n in re.findall(r"^Ran (\d+) tests?", text, re.M))
    bad = sum(int(n) for n in re.findall(r"(?:failures|errors)=(\d+)", text))
    skipped = sum(int(n) for n in re.findall(r"skipped=(\d+)", text))
    return max(ran - bad - skipped, 0), bad


def check(text, _):
    return len(re.findall(r"^check .*: passed$", text, re.M)), len(re.findall(r"^check .*: FAILED$", text, re.M))


def main():
    kind, first, second = sys.argv[1:4]
    if kind == "ctest":
        passed, failed = ctest(first, second)
    else:
        file = pathlib.Path(first)
        text = file.read_text(errors="replace") if file.exists() else ""
        passed, failed = {"tap": tap, "unittest": unit, "check": check}[kind](text, second)
        if second != "0" and failed == 0:
            failed = 1
    print(passed, failed)


if __name__ == "__main__":
    main()
