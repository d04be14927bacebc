"""What the template compiler writes, and what it refuses."""
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "script"))
import compile_template as compiler  # noqa: E402
import compile_words  # noqa: E402


def compiled(source, path="ui/pages/queue.html"):
    return compiler.Template(path, "ui").compile(source)


def calls(source):
    return [code for _, code in compiled(source).body]


class Writes(unittest.TestCase):
    def test_a_page_is_a_function_named_after_its_file(self):
        self.assertEqual(compiled("").declaration(), "void queue_page(web::Html& o)")
        page = compiled('% uses "web/pages/queue.hpp"\n% params const web::QueuePage& page\n<p>\n')
        self.assertEqual(page.declaration(), "void queue_page(web::Html& o, const web::QueuePage& page)")
        self.assertIn('#include "web/pages/queue.hpp"', page.header())
        self.assertEqual(compiled("", "ui/layouts/staff.html").function, "staff_layout")
        self.assertEqual(compiled("", "ui/components/text-input/text_input.html").function, "text_input")

    def test_each_place_gets_its_own_call(self):
        self.assertEqual(calls('<a href="{{ x.y() }}" class="a {{ b }}">{{ c }}</a>'),
                         ['o.raw("<a href=\\"");', "o.put_url(x.y());", 'o.raw("\\" class=\\"a ");', "o.put_attribute(b);",
                          'o.raw("\\">");', "o.put(c);", 'o.raw("</a>");'])

    def test_every_address_wants_a_url(self):
        for attribute in ("href", "src", "action", "formaction", "data-events-url"):
            with self.subTest(attribute):
                self.assertIn("o.put_url(u);", calls(f'<a {attribute}="{{{{ u }}}}">x</a>'))

    def test_lines_of_code_point_back_to_the_html(self):
        code = compiled("<ul>\n% for (auto& x : xs) {\n<li>{{ x }}</li>\n% }\n</ul>\n").code_file()
        self.assertRegex(code, r'#line 2 "ui/pages/queue.html"\nfor \(auto& x : xs\) \{')
        self.assertRegex(code, r'#line 3 "ui/pages/queue.html"\no.put\(x\);')

    def test_indentation_and_comments_are_left_out_but_not_what_people_typed_around(self):
        self.assertEqual(calls("<div>\n    <p>a <!-- why -->b</p>\n\n</div>\n"), ['o.raw("<div>\\n<p>a b</p>\\n</div>\\n");'])
        self.assertEqual(calls("<pre>\n  a\n</pre>"), ['o.raw("<pre>\\n  a\\n</pre>");'])

    def test_a_tag_may_go_around_lines_of_code(self):
        self.assertEqual(calls("<input\n% if (x) {\n checked\n% }\n>"),
                         ['o.raw("<input\\n");', "if (x) {", 'o.raw(" checked\\n");', "}", 'o.raw(">");'])

    def test_long_text_is_cut_into_literals_that_compilers_take(self):
        written = calls("<p>" + "x" * 9000 + "</p>")
        self.assertGreater(len(written), 4)
        self.assertEqual("".join(c[len('o.raw("'):-len('");')] for c in written), "<p>" + "x" * 9000 + "</p>")

    def test_quotes_backslashes_and_trigraphs_stay_what_they_are(self):
        self.assertEqual(calls('a "b" \\n ??/'), ['o.raw("a \\"b\\" \\\\n \\?\\?/");'])


class Refuses(unittest.TestCase):
    def refused(self, source, line, words):
        with self.assertRaises(compiler.Refused) as caught:
            compiled(source)
        self.assertEqual(caught.exception.line, line)
        self.assertIn(words, str(caught.exception))

    def test_script_and_style_in_the_page(self):
        self.refused("<p>\n<script>alert(1)</script>", 2, "kith.js")
        self.refused('<script src="/x.js">alert(1)</script>', 1, "kith.js")
        self.refused("<style>p{}</style>", 1, "no place")
        self.refused('<p\n style="color: red">', 2, "style=")
        self.refused('<p STYLE="x">', 1, "style=")
        self.refused('<p onclick="x()">', 1, "onclick=")
        self.refused('<a href="javascript:x()">', 1, "code")
        self.refused('<iframe src="/x"></iframe>', 1, "no place")
        self.refused('<meta http-equiv="refresh" content="1">', 1, "http-equiv=")

    def test_an_address_joined_from_text(self):
        self.refused('<a\nhref="/places/{{ id }}">x</a>', 2, "one Url")
        self.refused('<a href="{{ a }}{{ b }}">x</a>', 1, "one Url")

    def test_expressions_where_nothing_quotes_them(self):
        self.refused("<p class={{ x }}>", 1, "double quotes")
        self.refused("<p class='{{ x }}'>", 1, "double quotes")
        self.refused("<p {{ x }}>", 1, "between the double quotes")
        self.refused("<!-- {{ x }} -->", 1, "between the double quotes")
        self.refused("{{ }}", 1, "empty")
        self.refused("{{ a\n}}", 1, "one line")

    def test_code_inside_an_attribute(self):
        self.refused('<p class="a\n% if (x) {\nb">', 2, "between tags")

    def test_a_form_that_posts_without_its_token(self):
        self.refused('<p>\n<form method="post" action="/x">\n</form>', 2, "form_token")
        compiled('<form method="post" action="/x">\n% form_token(o, page.token);\n</form>')
        compiled('<form method="get" action="/x">\n</form>')

    def test_a_page_that_ends_inside_a_tag(self):
        self.refused("<p>\n<a href=", 2, "ends inside")

    def test_parameters_after_the_html_or_twice(self):
        self.refused("<p>\n% params int x", 2, "before the HTML")
        self.refused("% params int x\n% params int y", 2, "once")

    def test_the_program_names_file_and_line_and_writes_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            page = os.path.join(folder, "pages", "bad.html")
            os.makedirs(os.path.dirname(page))
            with open(page, "w", encoding="utf-8") as f:
                f.write('<p>\n<p style="x">')

            run = subprocess.run([sys.executable, compiler.__file__, "--out", folder, "--root", folder, page],
                                 capture_output=True, text=True, check=False)
            self.assertEqual(run.returncode, 1)
            self.assertIn(f"{page}:2: error: style=", run.stderr)
            self.assertEqual(os.listdir(folder), ["pages"])


class Words(unittest.TestCase):
    def test_keys_are_flat_sorted_and_whole(self):
        header = compile_words.header('{"b": "Zo\\u00eb", "a": {"x": "\\"1\\""}}')
        self.assertIn('Word{"a.x", "\\"1\\""},\n    Word{"b", "Zoë"}', header)

    def test_an_empty_text_or_a_key_twice_does_not_compile(self):
        for bad in ('{"a": ""}', '{"a": " b"}', '{"a": "1", "a": "2"}', '{"A": "x"}', '{"a": 1}'):
            with self.subTest(bad), self.assertRaises(ValueError):
                compile_words.header(bad)

    def test_a_word_or_a_label_that_is_not_there_does_not_compile(self):
        with tempfile.TemporaryDirectory() as folder:
            words, page = os.path.join(folder, "en.json"), os.path.join(folder, "page.html")
            with open(words, "w", encoding="utf-8") as f:
                f.write('{"told": {"label": "Who told"}}')
            with open(page, "w", encoding="utf-8") as f:
                f.write('word("told.label"), named("told", errors)\nword("told.hint")\nnamed("tld")\n')
            run = subprocess.run([sys.executable, compile_words.__file__, words, os.path.join(folder, "words.hpp"), page],
                                 capture_output=True, text=True, check=False)
            self.assertEqual(run.returncode, 1)
            self.assertEqual(run.stderr.splitlines(), [f"{page}:2: error: no word 'told.hint' in {words}",
                                                       f"{page}:3: error: no word 'tld.label' in {words}"])
            self.assertNotIn("words.hpp", os.listdir(folder))


if __name__ == "__main__":
    unittest.main()
