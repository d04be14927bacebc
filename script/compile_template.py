#!/usr/bin/env python3
"""Compiles .html templates to C++: usage compile_template.py --out FOLDER --root UI_FOLDER TEMPLATE...

Each template becomes one function in namespace kith::ui, named after its file: `pages/queue.html` is
`queue_page(Html& o, ...)`, `layouts/staff.html` is `staff_layout`, `components/button/button.html` is `button`. It is
declared in FOLDER/ui/<function>.hpp; components and layouts are also all in FOLDER/ui/components.hpp, which every
template sees.

    % uses "web/pages/queue.hpp"            a header the parameters need
    % params const web::QueuePage& page     the function's parameters, once, before any HTML
    % for (const auto& row : page.rows) {   a line of C++
    <td>{{ row.name }}</td>                 an expression, escaped
    % }
    % button(o, {.text = "Decide"});        another template, by calling it
    % staff_layout(o, page.frame, [&] {     a layout, with what it holds

There is no form that leaves text unescaped. What escaping cannot make safe is refused here, with file and line: an
address that is not a Url, inline script and style, expressions where HTML has no quotes around them, and a form that
posts without its token. Comments and indentation are left out of what is sent."""
import argparse
import os
import re
import sys

from made import write

# Attributes whose value a browser or our own script fetches or goes to: escaping does not tame `javascript:`.
ADDRESSES = {"href", "src", "action", "formaction", "poster", "cite", "data", "manifest", "ping", "background"}
# Elements and attributes that would run code, restyle the page or take it elsewhere.
REFUSED_ELEMENTS = {"style", "iframe", "frame", "object", "embed", "base", "applet"}
REFUSED_ATTRIBUTES = {"style", "srcdoc", "srcset", "http-equiv", "xlink:href"}
KEEPS_SPACE = {"textarea", "pre"}
LITERAL_CHARACTERS = 2000  # a C++ compiler need not take longer literals than 65,536 bytes


class Refused(Exception):
    def __init__(self, line, why):
        super().__init__(why)
        self.line = line


def is_address(attribute):
    return attribute in ADDRESSES or attribute.endswith("-url")


class Scanner:
    """Knows where in the HTML we stand, so that each expression is written in the way that place needs."""

    def __init__(self):
        self.state = "text"  # text, tag, name (of an attribute), equals, value, comment, code (inside <script>)
        self.element = self.attribute = self.value = ""
        self.attributes = {}
        self.keeps_space = None
        self.post_form = None  # the line of an open form that still wants its token
        self.line = 0

    def refuse(self, why):
        raise Refused(self.line, why)

    def feed(self, text):
        """Takes literal text and returns what of it is sent."""
        out = []
        i = 0
        while i < len(text):
            step = getattr(self, "in_" + self.state)(text, i)
            out.append(text[i:step] if self.sent else "")
            i = step
        return "".join(out)

    def in_text(self, text, i):
        self.sent = True
        if text.startswith("<!--", i):
            self.state, self.sent = "comment", False
            return i + 4
        match = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)").match(text, i)
        if match:
            self.open_tag(match)
            return match.end()
        end = text.find("<", i + 1)
        return len(text) if end < 0 else end

    def open_tag(self, match):
        self.element = match.group(1) + match.group(2).lower()
        if self.element in REFUSED_ELEMENTS:
            self.refuse(f"<{self.element}> has no place in a page")
        self.attributes = {}
        self.state = "tag"

    def in_comment(self, text, i):
        self.sent = False
        end = text.find("-->", i)
        if end < 0:
            return len(text)
        self.state = "text"
        return end + 3

    def in_code(self, text, i):
        self.sent = True
        end = text.find("<", i)
        if text[i:end if end >= 0 else len(text)].strip():
            self.refuse("script belongs in ui/assets/kith.js")
        if end < 0:
            return len(text)
        if not text.startswith("</script", end):
            self.refuse("script belongs in ui/assets/kith.js")
        self.state, self.element = "tag", "/script"
        return end + len("</script")

    def in_tag(self, text, i):
        self.sent = True
        c = text[i]
        if c == ">":
            self.close_tag()
            return i + 1
        if c.isspace() or c == "/":
            return i + 1
        match = re.compile(r"[^\s=>\"'/{}<]+").match(text, i)
        if not match:
            self.refuse(f"{c!r} has no meaning inside <{self.element}>")
        self.attribute = match.group(0).lower()
        self.attributes[self.attribute] = None
        if self.attribute in REFUSED_ATTRIBUTES or re.fullmatch("on[a-z]+", self.attribute):
            self.refuse(f"{self.attribute}= is not allowed: use a class, or ui/assets/kith.js")
        self.state = "name"
        return match.end()

    def in_name(self, text, i):
        self.sent = True
        self.state = "equals" if text[i] == "=" else "tag"
        return i + 1 if text[i] == "=" else i

    def in_equals(self, text, i):
        self.sent = True
        if text[i] != '"':
            self.refuse(f'the value of {self.attribute}= wants double quotes')
        self.state, self.value = "value", ""
        return i + 1

    def in_value(self, text, i):
        self.sent = True
        end = text.find('"', i)
        self.value += text[i:end if end >= 0 else len(text)]
        if end < 0:
            return len(text)
        self.end_value()
        return end + 1

    def end_value(self):
        self.state = "tag"
        self.attributes[self.attribute] = self.value
        if not is_address(self.attribute):
            return
        if "\0" in self.value and self.value != "\0":
            self.refuse(f"{self.attribute}= must be one Url: make it with Url::path, not by joining text")
        if re.match(r"\s*(javascript|data|vbscript)\s*:", self.value, re.I):
            self.refuse(f"{self.attribute}= may not hold code")

    def close_tag(self):
        self.state = "text"
        if self.element == "script":
            if not self.attributes.get("src"):
                self.refuse("script belongs in ui/assets/kith.js")
            self.state = "code"
        if self.element in KEEPS_SPACE:
            self.keeps_space = self.element
        if self.keeps_space and self.element == "/" + self.keeps_space:
            self.keeps_space = None
        if self.element == "form" and (self.attributes.get("method") or "").lower() == "post":
            self.post_form = self.line
        if self.element == "/form":
            if self.post_form:
                raise Refused(self.post_form, "a form that posts needs `% form_token(o, ...);` before its end")
            self.post_form = None

    def expression(self, code):
        """The C++ that writes one expression here."""
        if self.state == "text":
            return f"o.put({code});"
        if self.state == "value":
            self.value += "\0"
            return f"o.put_url({code});" if is_address(self.attribute) else f"o.put_attribute({code});"
        self.refuse("an expression stands in text or between the double quotes of an attribute")

    def code_line(self, code):
        if self.state not in ("text", "tag", "name"):
            self.refuse("a line of C++ stands between tags or between attributes")
        if self.state == "name":
            self.state = "tag"
        if re.search(r"\bform_token\s*\(", code):
            self.post_form = None


def quoted(text):
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "", "?": "\\?"}
    return "".join(escapes.get(c, c) for c in text)


class Template:
    def __init__(self, path, root):
        self.where = f"ui/{os.path.relpath(path, root)}"  # the same in every checkout
        parts = os.path.relpath(path, root).replace(os.sep, "/").split("/")
        stem = os.path.splitext(parts[-1])[0]
        suffix = {"pages": "_page", "layouts": "_layout"}.get(parts[0], "")
        self.function = stem.replace("-", "_") + suffix
        self.shared = parts[0] in ("layouts", "components")
        self.uses, self.params, self.body = [], None, []
        self.scanner, self.literal, self.started = Scanner(), "", False

    def compile(self, source):
        if not re.fullmatch("[a-z][a-z0-9_]*", self.function):
            raise Refused(1, f"{self.function!r} is no name for a function")
        for number, line in enumerate(source.splitlines(keepends=True), 1):
            self.scanner.line = number
            match = re.match(r"\s*%(?:\s+(.*))?$", line)
            if match:
                self.code(number, (match.group(1) or "").strip())
            else:
                self.html(number, line)
        self.flush()
        if self.scanner.state != "text":
            self.scanner.refuse(f"the page ends inside <{self.scanner.element}>")
        if self.scanner.post_form:
            raise Refused(self.scanner.post_form, "this form does not end")
        return self

    def code(self, number, code):
        words = code.split(None, 1)
        if words and words[0] in ("uses", "params"):
            if self.started:
                self.scanner.refuse(f"`% {words[0]}` comes before the HTML")
            if len(words) < 2 or (words[0] == "params" and self.params is not None):
                self.scanner.refuse(f"`% {words[0]}` comes once, with what it names")
            if words[0] == "uses":
                self.uses.append(words[1])
            else:
                self.params = words[1]
            return
        self.started = True
        self.scanner.code_line(code)
        self.flush()
        self.body.append((number, code))

    def html(self, number, line):
        if not self.scanner.keeps_space and self.scanner.state == "text":
            line = line.lstrip()
        if not line:
            return
        self.started = True
        at = 0
        for match in re.finditer(r"\{\{\s*(.*?)\s*\}\}", line):
            self.text(line[at:match.start()])
            if not match.group(1):
                self.scanner.refuse("an empty expression")
            code = self.scanner.expression(match.group(1))
            self.flush()
            self.body.append((number, code))
            at = match.end()
        self.text(line[at:])

    def text(self, text):
        if "{{" in text or "}}" in text:
            self.scanner.refuse("an expression begins and ends on one line")
        self.literal += self.scanner.feed(text)

    def flush(self):
        text, self.literal = self.literal, ""
        for i in range(0, len(text), LITERAL_CHARACTERS):
            self.body.append((0, f'o.raw("{quoted(text[i:i + LITERAL_CHARACTERS])}");'))

    def declaration(self):
        params = f", {self.params}" if self.params else ""
        return f"void {self.function}(web::Html& o{params})"

    def header(self):
        uses = "".join(f"#include {name}\n" for name in self.uses)
        return (f'#pragma once\n#include "web/html.hpp"\n{uses}\nnamespace kith::ui {{\n{self.declaration()};\n'
                f"}}  // namespace kith::ui\n")

    def code_file(self):
        file = quoted(self.where)
        lines = [f'#include "ui/{self.function}.hpp"', '#include "ui/components.hpp"', "namespace kith::ui {",
                 self.declaration() + " {"]
        for number, code in self.body:
            if number:
                lines.append(f'#line {number} "{file}"')
            lines.append(code)
        return "\n".join(lines) + "\n}\n}  // namespace kith::ui\n"


def function_name(path, root):
    return Template(path, root).function


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--root", required=True)
    arguments.add_argument("--names", action="store_true", help="print the functions' names, and compile nothing")
    arguments.add_argument("templates", nargs="*")
    given = arguments.parse_args()
    if given.names:
        print(";".join(function_name(path, given.root) for path in given.templates), end="")
        return 0
    compiled, faults = {}, 0
    for path in given.templates:
        template = Template(path, given.root)
        try:
            with open(path, encoding="utf-8") as f:
                template.compile(f.read())
            if template.function in compiled:
                raise Refused(1, f"two templates are named {template.function}")
            compiled[template.function] = template
        except Refused as refused:
            print(f"{path}:{refused.line}: error: {refused}", file=sys.stderr)
            faults += 1
    if faults:
        return 1
    for name, template in compiled.items():
        write(f"{given.out}/ui/{name}.hpp", template.header())
        write(f"{given.out}/{name}.cpp", template.code_file())
    shared = sorted(name for name, template in compiled.items() if template.shared)
    write(f"{given.out}/ui/components.hpp", "#pragma once\n" + "".join(f'#include "ui/{n}.hpp"\n' for n in shared))
    return 0


if __name__ == "__main__":
    sys.exit(main())
