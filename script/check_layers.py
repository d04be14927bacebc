#!/usr/bin/env python3
"""Holds src/ to the two tables of docs/architecture.md: which room may include which, and which words have one home.

usage: check_layers.py [ROOT]     prints file:line of each breach; exit status 0 when there is none
"""
import pathlib
import re
import sys
from dataclasses import dataclass, field

MOST_LINES = 500
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')
CODE = re.compile(r"`([^`]+)`")


@dataclass
class Room:
    name: str
    may_include: list
    never: list
    called_by: list


@dataclass
class Law:
    rooms: dict = field(default_factory=dict)
    homes: list = field(default_factory=list)  # (word, [path prefix])

    def room_of(self, path):
        """The room that a path below src lies in, or None for main.cpp and strangers."""
        parts = path.split("/")
        if parts[0] == "adapters" and len(parts) > 2:
            return "adapters/*"
        return parts[0] if len(parts) > 1 and parts[0] in self.rooms else None


class BadTable(Exception):
    pass


def table(text, name):
    """The rows between <!-- name --> and <!-- /name -->, without head and rule, each with the line it stands on."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    if begin not in text or end not in text:
        raise BadTable(f"the {name} table is not marked by {begin} and {end}")
    first = text[: text.index(begin)].count("\n") + 1
    rows = []
    for offset, line in enumerate(text[text.index(begin): text.index(end)].split("\n")):
        if line.startswith("|") and not re.match(r"^\|[\s|:-]+\|$", line):
            rows.append((first + offset, [cell.strip() for cell in line.strip().strip("|").split("|")]))
    return rows[1:]


def read_law(text):
    law = Law()
    for line, cells in table(text, "rooms"):
        if len(cells) != 4:
            raise BadTable(f"line {line}: a room has four cells, this row has {len(cells)}")
        name = CODE.findall(cells[0])
        if len(name) != 1:
            raise BadTable(f"line {line}: the first cell names one room")
        called_by = ["all"] if cells[3] == "all" else CODE.findall(cells[3])
        law.rooms[name[0]] = Room(name[0], CODE.findall(cells[1]), CODE.findall(cells[2]), called_by)
    if not law.rooms:
        raise BadTable("the rooms table is empty")
    for line, cells in table(text, "homes"):
        for word in CODE.findall(cells[0]):
            law.homes.append((word, CODE.findall(cells[1])))
    for room in law.rooms.values():
        for other in room.may_include:
            callee = law.rooms.get(other) or law.rooms.get(other.split("/")[0])
            if callee is None:
                raise BadTable(f"{room.name} may include {other}, which is no room")
            if other in law.rooms and callee.called_by != ["all"] and room.name not in callee.called_by:
                raise BadTable(f"{room.name} may include {other}, but {other} is not said to be called by it")
        for caller in room.called_by:
            if caller != "all" and room.name not in law.rooms.get(caller, Room("", [], [], [])).may_include:
                raise BadTable(f"{room.name} is said to be called by {caller}, which may not include it")
    return law


def without_comments(text):
    """The same lines with comments blanked; string literals stay, since SQL in a string is SQL."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)

    def blank(found):
        word = found.group(0)
        return "\n" * word.count("\n") if word.startswith("/") else word

    return pattern.sub(blank, text)


def allowed(law, here, path, target):
    """Whether the file at `path` (in room `here`) may include `target`."""
    room = law.rooms[here]
    if here == "adapters/*":
        own = "/".join(path.split("/")[:2]) + "/"
        if target.startswith(own):
            return True
    elif target.startswith(here + "/"):
        return True
    return any(target.startswith(other + "/") for other in room.may_include)


def check_file(law, path, text):
    """Breaches in one file as (line, message). `path` is relative to src."""
    here = law.room_of(path)
    is_test = path.endswith("_test.cpp") or path.endswith("_fuzz.cpp")
    if here is None:
        if path != "main.cpp":
            yield 1, "stands in no room of docs/architecture.md"
        return
    lines = without_comments(text).split("\n")
    if len(lines) > MOST_LINES + 1:
        yield MOST_LINES + 1, f"has {len(lines) - 1} lines; a file has at most {MOST_LINES}, and a missing noun"
    if path.endswith(".hpp") and "#pragma once" not in text:
        yield 1, "is a header without #pragma once"
    for number, line in enumerate(lines, 1):
        found = INCLUDE.match(line)
        if found and not is_test:
            target = found.group(1)
            if "/" not in target or target.startswith("."):
                yield number, f'includes "{target}": write the full path from src'
            elif not allowed(law, here, path, target):
                may = ", ".join(law.rooms[here].may_include) or "nothing"
                yield number, f'{here} may not include "{target}" (it may include {may})'
        for word in law.rooms[here].never:
            if word in line and not is_test:
                yield number, f"{here} may never mention {word}"
        for word, homes in law.homes:
            if word in line and not is_test:
                if not any(path == home or path.startswith(home + "/") for home in homes):
                    yield number, f"{word} belongs to {' and '.join(homes)} alone"


def check(root):
    page = root / "docs/architecture.md"
    try:
        law = read_law(page.read_text())
    except BadTable as wrong:
        return [f"{page}: {wrong}"], 0
    breaches, count = [], 0
    for file in sorted((root / "src").rglob("*")):
        if file.suffix not in (".cpp", ".hpp"):
            continue
        count += 1
        path = file.relative_to(root / "src").as_posix()
        for line, message in check_file(law, path, file.read_text()):
            breaches.append(f"src/{path}:{line}: {message}")
    return breaches, count


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent)
    breaches, count = check(root)
    for breach in breaches:
        print(breach)
    print(f"layers: {count} files, {len(breaches)} breaches")
    return 1 if breaches or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
