#!/usr/bin/env python3
"""Gives built assets their names for the world.

An asset's public path carries the first sixteen hex digits of its SHA-256, so that a browser may keep it for ever. In
style sheets url(NAME) becomes that path. Writes the finished assets to a folder, and a C++ table of name, path and type."""
import argparse
import hashlib
import os
import re

from made import write

TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
         ".woff2": "font/woff2"}


def public_path(name, content):
    stem, extension = os.path.splitext(name)
    return f"/assets/{stem}-{hashlib.sha256(content).hexdigest()[:16]}{extension}"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--out", required=True, help="the folder that gets the finished assets")
    arguments.add_argument("--table", required=True)
    arguments.add_argument("--names", required=True)
    arguments.add_argument("assets", nargs="+")
    given = arguments.parse_args()
    paths = {}
    # Style sheets last: they name the others.
    for asset in sorted(given.assets, key=lambda a: (a.split("=")[0].endswith(".css"), a)):
        name, file = asset.split("=", 1)
        with open(file, "rb") as f:
            content = f.read()
        if name.endswith(".css"):
            def address(match):
                if match.group(1).decode() not in paths:
                    raise SystemExit(f"{name}: {match.group(0).decode()} is not an asset of ours")
                return f'url({paths[match.group(1).decode()]})'.encode()
            content = re.sub(rb"url\([\"']?([^)\"']+)[\"']?\)", address, content)
        paths[name] = public_path(name, content)
        write(os.path.join(given.out, name), content)
    rows = "".join(f'    {{"{name}", "{paths[name]}", "{TYPES[os.path.splitext(name)[1]]}"}},\n' for name in sorted(paths))
    write(given.table, ('#include "ui/asset_names.hpp"\n\nnamespace kith::ui {\n'
                        f"const std::array<AssetRow, {len(paths)}> kAssetRows{{{{\n{rows}}}}};\n"
                        "}  // namespace kith::ui\n").encode())
    names = "".join(f'    "{name}",\n' for name in sorted(paths))
    write(given.names, ("#pragma once\n#include <array>\n#include <string_view>\n\nnamespace kith::ui {\n"
                        "struct AssetRow {\n    std::string_view name, path, content_type;\n};\n"
                        f"extern const std::array<AssetRow, {len(paths)}> kAssetRows;\n"
                        f"constexpr std::array<std::string_view, {len(paths)}> kAssetNames{{\n{names}}};\n"
                        "}  // namespace kith::ui\n").encode())


if __name__ == "__main__":
    main()
