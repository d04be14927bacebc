#!/usr/bin/env python3
"""Turns ui/words/en.json into a C++ header: usage compile_words.py EN.json OUT.hpp

Nested objects become keys with dots ("what_seen.empty"). A key twice, an empty text or white space at an end is an
error, so that no page shows nothing where it should say something."""
import json
import os
import re
import sys


def once(pairs):
    names = [name for name, _ in pairs]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"twice: {', '.join(sorted(twice))}")
    return dict(pairs)


def flatten(tree, before=""):
    for name, value in tree.items():
        if not re.fullmatch("[a-z0-9_]+", name):
            raise ValueError(f"{before}{name}: a key is lower case, digits and _")
        if isinstance(value, dict):
            yield from flatten(value, f"{before}{name}.")
        elif not isinstance(value, str) or not value or value != value.strip():
            raise ValueError(f"{before}{name}: a text, not empty, without space at its ends")
        else:
            yield before + name, value


def header(source):
    rows = sorted(flatten(json.loads(source, object_pairs_hook=once)))
    lines = ",\n".join(f"    Word{{{json.dumps(key)}, {json.dumps(text, ensure_ascii=False)}}}" for key, text in rows)
    return ("#pragma once\n#include <array>\n#include <string_view>\n\nnamespace kith::ui {\n"
            "struct Word {\n    std::string_view key, text;\n};\n"
            f"inline constexpr std::array<Word, {len(rows)}> kWords{{{{\n{lines}\n}}}};\n}}  // namespace kith::ui\n")


def main():
    source, out = sys.argv[1:]
    try:
        with open(source, encoding="utf-8") as f:
            content = header(f.read())
    except ValueError as error:
        print(f"{source}: error: {error}", file=sys.stderr)
        return 1
    os.makedirs(os.path.dirname(out), exist_ok=True)
    with open(out, "w", encoding="utf-8") as f:
        f.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
