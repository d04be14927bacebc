"""A crash, a broken build and a suite that ran nothing all count as failures."""
import pathlib
import tempfile
import unittest

import tally


class CTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, name, text):
        (self.root / name).write_text(text)

    def count(self):
        return tally.ctest(self.root / "junit.xml", self.root)

    def test_counts_the_tests_inside_each_program(self):
        self.write("junit.xml", '<testsuite><testcase name="a_test" status="run"/></testsuite>')
        self.write("a_test.xml", '<testsuites><testsuite><testcase name="x" status="run"/>'
                   '<testcase name="y" status="run"/><testcase name="z" status="notrun"/></testsuite></testsuites>')
        self.assertEqual((2, 0), self.count())

    def test_a_program_that_crashed_counts_as_a_failure(self):
        self.write("junit.xml", '<testsuite><testcase name="a_test" status="fail"><failure/></testcase></testsuite>')
        self.assertEqual((0, 1), self.count())

    def test_a_suite_that_ran_nothing_failed(self):
        self.write("junit.xml", "<testsuite></testsuite>")
        self.assertEqual((0, 1), self.count())

    def test_a_suite_without_results_failed(self):
        self.assertEqual((0, 1), self.count())


class Texts(unittest.TestCase):
    def test_tap_adds_up_every_file(self):
        self.assertEqual((5, 2), tally.tap("# pass 3\n# fail 1\n# pass 2\n# fail 0\n# cancelled 1\n", "1"))

    def test_unittest_counts_errors_as_failures(self):
        self.assertEqual((7, 3), tally.unit("Ran 10 tests in 1s\n\nFAILED (failures=1, errors=2)\n", "1"))

    def test_check_reads_its_verdicts(self):
        self.assertEqual((1, 1), tally.check("check format: passed\ncheck lint: FAILED\n", "1"))


if __name__ == "__main__":
    unittest.main()
