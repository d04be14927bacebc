"""The layer lint can fail: each kind of breach, once, against the real tables."""
import pathlib
import unittest

import check_layers as layers

LAW_TEXT = (pathlib.Path(__file__).parent.parent / "docs/architecture.md").read_text()
LAW = layers.read_law(LAW_TEXT)


def breaches(path, *lines):
    return [message for _, message in layers.check_file(LAW, path, "\n".join(lines) + "\n")]


class Includes(unittest.TestCase):
    def test_core_may_include_base_and_itself(self):
        self.assertEqual([], breaches("core/a.cpp", '#include "base/error.hpp"', '#include "core/b.hpp"'))

    def test_core_may_not_include_app(self):
        found = list(layers.check_file(LAW, "core/a.cpp", '\n#include "app/gate.hpp"\n'))
        self.assertEqual(2, found[0][0])
        self.assertIn('core may not include "app/gate.hpp"', found[0][1])

    def test_base_includes_no_room(self):
        self.assertTrue(breaches("base/a.cpp", '#include "core/b.hpp"'))

    def test_an_adapter_sees_ports_and_not_use_cases(self):
        self.assertEqual([], breaches("adapters/sqlite/a.cpp", '#include "app/ports/store.hpp"'))
        self.assertTrue(breaches("adapters/sqlite/a.cpp", '#include "app/gate.hpp"'))

    def test_an_adapter_does_not_see_another(self):
        self.assertEqual([], breaches("adapters/sqlite/a.cpp", '#include "adapters/sqlite/b.hpp"'))
        self.assertTrue(breaches("adapters/sqlite/a.cpp", '#include "adapters/sodium/b.hpp"'))

    def test_web_does_not_see_adapters_nor_the_ledger(self):
        self.assertTrue(breaches("web/a.cpp", '#include "adapters/sqlite/b.hpp"'))
        self.assertTrue(breaches("web/a.cpp", '#include "ledger/tree.hpp"'))

    def test_an_include_without_its_room_is_refused(self):
        self.assertTrue(breaches("core/a.cpp", '#include "b.hpp"'))
        self.assertTrue(breaches("core/a.cpp", '#include "../base/error.hpp"'))

    def test_main_may_name_every_room(self):
        self.assertEqual([], breaches("main.cpp", '#include "adapters/sqlite/b.hpp"', '#include "web/b.hpp"'))

    def test_a_file_in_no_room_is_refused(self):
        self.assertTrue(breaches("stray.cpp", "int x;"))
        self.assertTrue(breaches("cellar/a.cpp", "int x;"))

    def test_a_test_may_use_a_real_neighbour(self):
        self.assertEqual([], breaches("app/a_test.cpp", '#include "adapters/sodium/sodium.hpp"'))


class WordsOfARoom(unittest.TestCase):
    def test_core_neither_prints_nor_logs(self):
        self.assertTrue(breaches("core/a.cpp", 'std::cout << "x";'))
        self.assertTrue(breaches("core/a.cpp", 'log::note("x");'))

    def test_a_comment_is_not_code(self):
        self.assertEqual([], breaches("core/a.cpp", "// unlike std::cout", "/* std::cout", "std::cout */ int x;"))

    def test_two_slashes_in_a_string_begin_no_comment(self):
        self.assertTrue(breaches("core/a.cpp", 'auto u = "https://x"; std::cout << u;'))

    def test_handlers_hold_no_sql(self):
        self.assertTrue(breaches("web/a.cpp", 'ask("SELECT name FROM people");'))


class WordsWithOneHome(unittest.TestCase):
    CASES = [
        ("#include <sqlite3.h>", "adapters/sqlite/a.cpp", "adapters/files/a.cpp"),
        ("#include <sodium.h>", "adapters/sodium/a.cpp", "app/a.cpp"),
        ("#include <sodium.h>", "ledger/a.cpp", "web/a.cpp"),
        ("auto t = std::chrono::system_clock::now();", "adapters/system_clock/a.cpp", "web/a.cpp"),
        ("#include <boost/beast.hpp>", "web/http/server.cpp", "web/http/router.cpp"),
        ("#include <boost/asio/ip/tcp.hpp>", "web/http/server.cpp", "web/handlers/a.cpp"),
        ('#include "web/http/session.hpp"', "web/http/server.cpp", "web/http/router.cpp"),
        ("#include <curl/curl.h>", "adapters/smtp/a.cpp", "app/a.cpp"),
    ]

    def test_each_word_is_welcome_at_home_and_nowhere_else(self):
        for line, home, elsewhere in self.CASES:
            with self.subTest(line=line):
                self.assertEqual([], breaches(home, line))
                self.assertTrue(breaches(elsewhere, line))

    def test_a_steady_clock_only_measures(self):
        self.assertEqual([], breaches("web/a.cpp", "auto t = std::chrono::steady_clock::now();"))


class Shape(unittest.TestCase):
    def test_a_file_has_at_most_five_hundred_lines(self):
        self.assertEqual([], breaches("core/a.cpp", *["int x;"] * 500))
        self.assertTrue(breaches("core/a.cpp", *["int x;"] * 501))

    def test_a_header_guards_itself(self):
        self.assertTrue(breaches("core/a.hpp", "int x;"))
        self.assertEqual([], breaches("core/a.hpp", "#pragma once"))


class TheTables(unittest.TestCase):
    def test_a_table_whose_two_ends_disagree_is_refused(self):
        wrong = LAW_TEXT.replace("| `web` | `app`, `protocol`, `core`, `base`,", "| `web` | `app`, `protocol`, `match`, `core`, `base`,")
        self.assertNotEqual(wrong, LAW_TEXT)
        with self.assertRaises(layers.BadTable):
            layers.read_law(wrong)

    def test_a_missing_table_is_refused(self):
        with self.assertRaises(layers.BadTable):
            layers.read_law("# Architecture\n")

    def test_a_room_that_does_not_exist_is_refused(self):
        with self.assertRaises(layers.BadTable):
            layers.read_law(LAW_TEXT.replace("| `core` | `base` |", "| `core` | `cellar` |"))


if __name__ == "__main__":
    unittest.main()
