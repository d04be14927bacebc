#!/usr/bin/env python3
"""Turns files into one C++ source: usage embed.py OUT.cpp NAMESPACE ROOT FILE...

The source defines `std::string_view NAMESPACE::file(std::string_view path)`, empty when there is none, and
`std::span<const std::string_view> NAMESPACE::names()`, sorted. Paths are relative to ROOT."""
import os
import sys

out, namespace, root, *files = sys.argv[1:]
rows = sorted((os.path.relpath(path, root).replace(os.sep, "/"), path) for path in files)
with open(out + ".tmp", "w", encoding="ascii") as o:
    o.write("#include <algorithm>\n#include <array>\n#include <span>\n#include <string_view>\n\n")
    o.write(f"namespace {namespace} {{\nnamespace {{\n")
    for i, (_, path) in enumerate(rows):
        with open(path, "rb") as f:
            content = f.read()
        o.write(f"constexpr unsigned char kFile{i}[] = {{")
        o.write(",".join(str(b) for b in content) + ("," if content else "") + "0};\n")
        o.write(f"constexpr std::size_t kSize{i} = {len(content)};\n")
    o.write(f"constexpr std::array<std::string_view, {len(rows)}> kNames{{\n")
    for name, _ in rows:
        o.write(f'    "{name}",\n')
    o.write("};\n}  // namespace\n\n")
    o.write("std::span<const std::string_view> names() { return kNames; }\n")
    o.write("std::string_view file(std::string_view name) {\n")
    o.write("    const auto at = std::ranges::lower_bound(kNames, name);\n")
    o.write("    if (at == kNames.end() || *at != name) return {};\n    switch (at - kNames.begin()) {\n")
    for i in range(len(rows)):
        o.write(f"    case {i}: return {{reinterpret_cast<const char*>(kFile{i}), kSize{i}}};\n")
    o.write("    default: return {};\n    }\n}\n")
    o.write(f"}}  // namespace {namespace}\n")
os.replace(out + ".tmp", out)
