"""The clause table can fail, and counts nothing that no test proves."""
import pathlib
import tempfile
import unittest

import check_clauses as clauses

HEAD = "id\tmodality\trule\thome\n"


class House(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        self.write("protocols/p/clauses.tsv", HEAD + "PLY-023\tshould\treply within the hour\tcode\n"
                   "PLY-025\tmust\tthe form follows in two days\tpack\nPLY-027\tmust\tit feeds an assessment\tnot yet\n")
        (self.root / "src").mkdir()

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def join(self, results=None, tap=None):
        return clauses.join(self.root, results, tap)

    def test_a_citation_is_joined_to_its_test(self):
        self.write("tests/a_test.cpp", 'TEST(Clocks, AnHour) {\n    KITH_CLAUSE("PLY-023", "PLY-025");\n}\n')
        found, wrongs = self.join()
        self.assertEqual([], wrongs)
        self.assertEqual(["Clocks.AnHour"], found["PLY-023"].tests)
        self.assertEqual(["Clocks.AnHour"], found["PLY-025"].tests)

    def test_a_browser_test_cites_too(self):
        self.write("tests/browser/a.test.mjs", "test('replies in time', async () => {\n  clause('PLY-023');\n});\n")
        found, wrongs = self.join()
        self.assertEqual([], wrongs)
        self.assertEqual(["replies in time"], found["PLY-023"].tests)

    def test_a_browser_test_that_failed_was_skipped_or_did_not_run_proves_nothing(self):
        self.write("tests/browser/a.test.mjs", "test('replies, in time', async () => {\n  clause('PLY-023');\n});\n"
                   "test(`fits ${width} wide`, async () => {\n  clause('PLY-025');\n});\n")
        good = "TAP version 13\n    # Subtest: replies, in time\n    ok 1 - replies, in time\n    ok 2 - fits 320 wide\n"
        for text, lost in ((good, []), (good + "    not ok 3 - fits 1280 wide\n", ["PLY-025"]),
                           (good.replace("ok 1 - replies, in time", "ok 1 - replies, in time # SKIP"), ["PLY-023"]),
                           (good.replace("ok 1 -", "not ok 1 -"), ["PLY-023"]), ("TAP version 13\n", ["PLY-023", "PLY-025"])):
            self.write("browser.out", text)
            found, wrongs = self.join(tap=self.root / "browser.out")
            self.assertEqual(lost, [one for one in ("PLY-023", "PLY-025") if not found[one].tests], text)
            self.assertEqual(len(lost), len(wrongs))

    def test_a_citation_in_a_comment_proves_nothing(self):
        self.write("tests/a_test.cpp", 'TEST(Clocks, AnHour) {\n    // KITH_CLAUSE("PLY-023");\n}\n')
        self.assertEqual([], self.join()[0]["PLY-023"].tests)

    def test_a_test_that_cites_no_living_clause_fails(self):
        self.write("tests/a_test.cpp", 'TEST(Clocks, AnHour) {\n    KITH_CLAUSE("PLY-024");\n}\n')
        self.assertIn("tests/a_test.cpp:2: Clocks.AnHour cites PLY-024", self.join()[1][0])

    def test_a_test_that_cites_a_clause_without_a_home_fails(self):
        self.write("tests/a_test.cpp", 'TEST(Clocks, AnHour) {\n    KITH_CLAUSE("PLY-027");\n}\n')
        self.assertIn("no home yet", self.join()[1][0])

    def test_a_citation_outside_a_test_fails(self):
        self.write("tests/a_test.cpp", 'void f() { KITH_CLAUSE("PLY-023"); }\n')
        self.assertIn("outside a test", self.join()[1][0])

    def test_a_comment_in_src_that_names_a_dead_clause_fails(self):
        self.write("src/core/a.cpp", "// PLY-024: the form is linked to the call.\n")
        self.assertIn("src/core/a.cpp:1", self.join()[1][0])

    def test_a_comment_that_names_a_clause_of_a_pack_to_come_is_well(self):
        self.write("src/core/a.cpp", "// WAR-034\n")
        self.assertEqual([], self.join()[1])

    def test_a_number_beyond_the_registry_fails(self):
        self.write("src/core/a.cpp", "// WAR-077\n")
        self.assertTrue(self.join()[1])

    def test_malformed_and_doubled_clauses_fail(self):
        self.write("protocols/q/clauses.tsv", HEAD + "PLY-023\tshould\tagain\tcode\nPLY-063\tmust\tx\tcode\nPLY-001\tmust\tx\n"
                   "PLY-002\tought\tx\tcode\nPLY-003\tmust\tx\tsomewhere\nPLY-021\tmust\tx\tnot yet\n")
        self.assertEqual(6, len(self.join()[1]))

    def test_a_cited_test_that_did_not_pass_counts_for_nothing(self):
        self.write("tests/a_test.cpp", 'TEST(Clocks, AnHour) {\n    KITH_CLAUSE("PLY-023");\n}\n')
        xml = '<testsuites><testsuite><testcase name="AnHour" classname="Clocks" status="run">%s</testcase></testsuite></testsuites>'
        self.write("results/a.xml", xml % "")
        self.assertEqual([], self.join(self.root / "results")[1])
        self.write("results/a.xml", xml % '<failure message="x"/>')
        found, wrongs = self.join(self.root / "results")
        self.assertEqual([], found["PLY-023"].tests)
        self.assertIn("did not run and pass", wrongs[0])


class Scope(unittest.TestCase):
    def test_the_registry_has_two_hundred_and_eighty_seven_clauses(self):
        self.assertEqual(287, sum(clauses.REGISTRY.values()))

    def test_the_front_door_lies_in_the_registry_once_each(self):
        scope = clauses.front_door()
        self.assertEqual(len(scope), len(set(scope)))
        self.assertTrue(all(clauses.in_registry(one) for one in scope))
        for later in ("PLY-013", "PLY-017", "PLY-027", "PLY-028", "PLY-029", "PLY-061", "HAC-013", "HAC-033", "HAC-034"):
            self.assertNotIn(later, scope)


if __name__ == "__main__":
    unittest.main()
