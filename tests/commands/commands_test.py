"""Every command of the program that is shipped (KITH_BINARY), run as an operator runs it: what it prints, what it refuses,
its exit status, and that the looking commands work while `kith serve` has the folder."""
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import tempfile
import time
import unittest
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent.parent.parent
BINARY = os.environ.get("KITH_BINARY", str(HERE / "build/dev/src/kith"))
PEOPLE = ("--administrator", "Ada Thorne <ada.thorne@westmead.example>", "--custodian", "Cyrus Bell <cyrus.bell@westmead.example>")


def kith(*arguments, given=None):
    return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False,
                          input=given, stdin=subprocess.DEVNULL if given is None else None)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="https://example.org/b" name="b">
<itemDefinition name="Age"><typeRef>number</typeRef>
<allowedValues><text>? = floor(?) and ? in [0..120]</text></allowedValues></itemDefinition>
<inputData name="Age" id="age"><variable name="Age" typeRef="Age"/></inputData>
<decision name="Band" id="band"><variable name="Band"/>
<informationRequirement><requiredInput href="#age"/></informationRequirement>
<decisionTable><input><inputExpression><text>Age</text></inputExpression></input><output name="band" typeRef="string"/>
<rule><inputEntry><text>{first}</text></inputEntry><outputEntry><text>"child"</text></outputEntry></rule>
<rule><inputEntry><text>&gt;= 18</text></inputEntry><outputEntry><text>"adult"</text></outputEntry></rule>
</decisionTable></decision></definitions>
"""


class Partnership(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kith-commands-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.data = self.folder / "data"
        self.places = ("--data", self.data, "--epochs", self.folder / "epochs", "--master-key", self.folder / "master.key",
                       "--anchor", self.folder / "anchor")

    def init(self):
        made = kith("init", *self.places, *PEOPLE)
        self.assertEqual(0, made.returncode, made.stderr)
        return made.stdout

    def serve(self):
        port = free_port()
        with open(self.folder / "said", "wb") as said:
            server = subprocess.Popen([BINARY, "serve", *map(str, self.places), "--listen", f"127.0.0.1:{port}"],
                                      stdout=subprocess.DEVNULL, stderr=said)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5):
                    return server
            except OSError:
                time.sleep(0.05)
        self.fail("the server did not answer")


class Commands(Partnership):
    def test_each_explains_itself(self):
        for command in ("init", "serve", "demo", "key", "key new", "ledger", "ledger verify", "ledger checkpoint", "user",
                        "user list", "pack", "pack check", "table", "table check", "table diff", "table test", "table decide",
                        "table explain", "table show", "calendar", "calendar import", "backup", "restore", "health"):
            helped = kith(*command.split(), "--help")
            self.assertEqual(0, helped.returncode, command)
            self.assertIn("Usage:", helped.stdout, command)
        self.assertEqual(2, kith("serv").returncode)
        self.assertEqual(2, kith().returncode)

    def test_a_partnership_is_founded_once_and_keeps_its_files_to_itself(self):
        printed = self.init()
        for part in ("pass phrase", "second factor", "key list 0"):
            self.assertIn(part, printed)
        again = kith("init", *self.places, *PEOPLE)
        self.assertEqual(2, again.returncode)
        self.assertNotIn("pass phrase", again.stdout)
        for file in self.folder.rglob("*"):
            self.assertEqual(0, stat.S_IMODE(file.stat().st_mode) & 0o077, file.name)

    def test_the_memory_of_a_server_is_locked_or_it_says_that_it_is_not(self):
        self.init()
        server = self.serve()
        status = pathlib.Path(f"/proc/{server.pid}/status").read_text()
        locked = int(next(line for line in status.splitlines() if line.startswith("VmLck:")).split()[1])
        events = [json.loads(line)["event"] for line in (self.folder / "said").read_text().splitlines()]
        said = [event for event in events if event.startswith("memory_")]
        self.assertEqual(["memory_locked"] if locked > 1024 else ["memory_not_locked"], said)

    def test_looking_commands_work_beside_a_server_and_a_second_server_is_refused(self):
        self.init()
        server = self.serve()
        verified = kith("ledger", "verify", *self.places)
        self.assertEqual((0, True), (verified.returncode, verified.stdout.startswith("intact: ")), verified.stderr)
        self.assertRegex(kith("ledger", "checkpoint", *self.places).stdout, r"^kith/\w+\+[0-9a-f]{8}\+")
        self.assertIn("Ada Thorne", kith("user", "list", *self.places).stdout)
        well = kith("health", *self.places)
        self.assertEqual((0, "well\n"), (well.returncode, well.stdout))
        second = kith("serve", *self.places, "--listen", f"127.0.0.1:{free_port()}")
        self.assertEqual(2, second.returncode)
        self.assertIn("another server", second.stderr)
        server.send_signal(signal.SIGTERM)
        self.assertEqual(0, server.wait(20))

    def test_health_says_by_its_words_and_its_status_what_to_look_at(self):
        self.init()
        anchor, away = self.folder / "anchor", self.folder / "away"
        for file, words in (("custody", "the signed custody key in the anchor"), ("key-list-number", "highest key list number")):
            shutil.move(anchor / file, away)
            found = kith("health", *self.places)
            self.assertEqual((1, True), (found.returncode, words in found.stdout), found.stdout)
            shutil.move(away, anchor / file)
        self.assertEqual("well\n", kith("health", *self.places).stdout)
        for place, words in (("epochs", "epoch keys lie inside"), ("anchor", "the anchor lies inside"),
                             ("master.key", "the master key lies inside")):
            shutil.move(self.folder / place, self.data / place)
            inside = [self.data / place if one == self.folder / place else one for one in self.places]
            found = kith("health", *inside)
            self.assertEqual((1, True), (found.returncode, words in found.stdout), found.stdout)
            shutil.move(self.data / place, self.folder / place)

    def test_nothing_is_made_by_looking_where_there_is_no_kith(self):
        for command in (("ledger", "verify"), ("user", "list"), ("health",), ("ledger", "checkpoint")):
            looked = kith(*command, *self.places)
            self.assertEqual(2, looked.returncode, command)
        self.assertFalse(self.data.exists())

    def test_a_flipped_byte_of_the_ledger_is_found_and_located(self):
        self.init()
        with sqlite3.connect(self.data / "kith.db") as database:
            (index, text), = database.execute("select leaf_index, leaf from ledger_leaves order by leaf_index limit 1 offset 1")
            database.execute("drop trigger if exists ledger_leaves_stay")
            database.execute("update ledger_leaves set leaf = ? where leaf_index = ?", (text.replace(b"20", b"21", 1), index))
        found = kith("ledger", "verify", *self.places)
        self.assertEqual(1, found.returncode, found.stderr)
        self.assertRegex(found.stdout, rf"ALTERED: .*\b{index}\b")

    def test_another_master_key_opens_nothing(self):
        self.init()
        other = self.folder / "other.key"
        self.assertEqual(0, kith("key", "new", other).returncode)
        self.assertEqual(2, kith("key", "new", other).returncode, "never written over")
        refused = kith("ledger", "verify", "--data", self.data, "--epochs", self.folder / "epochs", "--master-key", other)
        self.assertEqual(2, refused.returncode)
        self.assertIn("could not", refused.stderr)

    def test_newer_bank_holidays_are_taken_and_others_refused(self):
        self.init()
        good, bad = self.folder / "good.json", self.folder / "bad.json"
        events = [{"title": "New Year’s Day", "date": f"{year}-01-01", "notes": "", "bunting": True} for year in (2026, 2031)]
        good.write_text(json.dumps({"england-and-wales": {"division": "england-and-wales", "events": events}}))
        bad.write_text(good.read_text().replace("2031-01-01", "2031-02-31"))
        refused = kith("calendar", "import", *self.places, bad)
        self.assertEqual(2, refused.returncode)
        self.assertFalse((self.data / "bank-holidays.json").exists())
        taken = kith("calendar", "import", *self.places, good)
        self.assertEqual((0, True), (taken.returncode, "2026 to 2031" in taken.stdout), taken.stderr)
        self.assertNotIn("bank holidays end", kith("health", *self.places).stdout)
        (self.data / "bank-holidays.json").write_text("{")
        self.assertEqual(0, kith("ledger", "verify", *self.places).returncode, "a broken calendar stops nothing")

    def test_what_was_backed_up_is_restored_elsewhere_and_verifies(self):
        self.init()
        self.serve()
        copy = self.folder / "copy.db"
        self.assertEqual(0, kith("backup", *self.places, copy).returncode)
        self.assertEqual(2, kith("backup", *self.places, copy).returncode, "never written over")
        there = ("--data", self.folder / "there", "--epochs", self.folder / "there-epochs", "--master-key",
                 self.folder / "master.key", "--anchor", self.folder / "anchor")
        without = kith("restore", *there[:-1], self.folder / "no-anchor", copy)
        self.assertEqual(2, without.returncode, "never without the list of what is gone")
        self.assertFalse((self.folder / "there" / "kith.db").exists())
        restored = kith("restore", *there, copy)
        self.assertEqual(0, restored.returncode, restored.stderr)
        self.assertIn("intact: ", restored.stdout)
        self.assertEqual(2, kith("restore", *there, copy).returncode, "only into an empty folder")
        people = [kith("user", "list", *places).stdout for places in (self.places, there)]
        self.assertIn("Ada Thorne", people[0])
        self.assertEqual(people[0], people[1])

    def with_phrase(self, phrase, *arguments):
        read, write = os.pipe()
        os.write(write, phrase.encode() + b"\n")
        os.close(write)
        try:
            return subprocess.run([BINARY, *map(str, arguments), "--passphrase-fd", str(read)], pass_fds=(read,),
                                  capture_output=True, text=True, timeout=120)
        finally:
            os.close(read)

    def test_a_master_key_of_a_pass_phrase_lies_in_no_file_and_a_wrong_phrase_starts_nothing(self):
        phrase = "eleven grey otters under a bridge"
        short = self.with_phrase("too short", "init", "--passphrase", *self.places, *PEOPLE)
        self.assertEqual(2, short.returncode)
        self.assertIn("16 characters", short.stderr)
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        made = self.with_phrase(phrase, "init", "--passphrase", *self.places, *PEOPLE)
        self.assertEqual(0, made.returncode, made.stderr)
        self.assertFalse((self.folder / "master.key").exists())
        self.assertEqual(0, self.with_phrase(phrase, "health", *self.places).returncode)
        for wrong in ("eleven grey otters under a bridge ", "x"):
            refused = self.with_phrase(wrong, "serve", *self.places, "--listen", f"127.0.0.1:{free_port()}")
            self.assertEqual(2, refused.returncode)
            self.assertIn("the pass phrase is wrong", refused.stderr)
        credentials = self.folder / "credentials"
        credentials.mkdir()
        (credentials / "master-passphrase").write_text(phrase)
        served = subprocess.run([BINARY, "user", "list", *map(str, self.places)], capture_output=True, text=True,
                                timeout=120, env={**os.environ, "CREDENTIALS_DIRECTORY": str(credentials)})
        self.assertEqual(0, served.returncode, served.stderr)

    def test_a_list_that_was_lost_begins_anew_from_what_the_data_know(self):
        self.init()
        self.assertEqual(2, kith("begin-gone-list", *self.places).returncode, "there is one")
        (self.folder / "anchor" / "gone").unlink()
        self.assertIn("list of what is gone is missing", kith("health", *self.places).stdout)
        self.assertEqual(0, kith("begin-gone-list", *self.places).returncode)
        self.assertNotIn("gone", kith("health", *self.places).stdout)

    def test_a_demonstration_is_refused_a_folder_that_is_not_its_own(self):
        self.init()
        refused = kith("demo", "--data", self.data, "--make-only")
        self.assertEqual(2, refused.returncode)
        made = kith("demo", "--data", self.folder / "demo", "--worries", "2", "--make-only")
        self.assertEqual(0, made.returncode, made.stderr)
        self.assertEqual(2, kith("serve", "--data", self.folder / "demo").returncode)

    def test_packs_are_checked_with_file_line_and_column(self):
        self.assertEqual(0, kith("pack", "check").returncode)
        own = self.folder / "plymouth-community"
        shutil.copytree(HERE / "protocols/plymouth-community", own)
        text = (own / "pack.toml").read_text()
        (own / "pack.toml").write_text(text + "\nunheard_of = 1\n")
        found = kith("pack", "check", own)
        self.assertEqual(1, found.returncode)
        self.assertRegex(found.stdout, r"plymouth-community/pack\.toml:\d+:\d+: ")

    def test_a_hole_in_a_table_is_shown_and_two_versions_are_compared(self):
        whole = self.folder / "whole.dmn"
        whole.write_text(TABLE.format(first="&lt; 18"))
        holed = self.folder / "holed.dmn"
        holed.write_text(TABLE.format(first="&lt; 16"))
        sound = kith("table", "check", whole)
        self.assertEqual(0, sound.returncode, sound.stdout + sound.stderr)
        found = kith("table", "check", "--json", holed)
        self.assertEqual(1, found.returncode, found.stderr)
        [gap] = json.loads(found.stdout)["tables"][0]["findings"]
        self.assertEqual(("gap", [{"Age": "[16..17]"}], "no rule"), (gap["kind"], gap["region"], gap["example"]["answer"]))
        changed = kith("table", "diff", "--decision", "Band", whole, holed)
        self.assertEqual(1, changed.returncode, changed.stderr)
        self.assertIn("where Age: [16..17]", changed.stdout)
        self.assertEqual(0, kith("table", "diff", "--decision", "Band", whole, whole).returncode)
        self.assertEqual(2, kith("table", "check", self.folder / "none.dmn").returncode)

    def table(self, first="&lt; 18"):
        file = self.folder / "band.dmn"
        file.write_text(TABLE.format(first=first))
        return file

    def test_cases_are_put_to_their_model_and_a_fault_is_told_with_line_and_column(self):
        self.table()
        cases = self.folder / "band.cases"
        cases.write_text('model band.dmn\ndecision Band\nyoung: Age = 17 -> band = "child" [rules 1]\nopen: -> undetermined [because Age]\n')
        held = kith("table", "test", cases)
        self.assertEqual((0, "2 of 2 cases hold\n"), (held.returncode, held.stdout.split(": ")[-1]), held.stderr)
        cases.write_text(cases.read_text() + 'old: Age = 18 -> band = "child"\n')
        failed = kith("table", "test", cases)
        self.assertEqual(1, failed.returncode, failed.stderr)
        self.assertIn(f"{cases}:5:1: `band` differs\n          expected: band = \"child\"\n          answered: band = \"adult\" [rules 2]", failed.stdout)
        as_json = json.loads(kith("table", "test", "--json", cases).stdout)["files"][0]
        self.assertEqual((2, 1, ["young", "open", "old"]), (as_json["held"], as_json["failed"], [one["id"] for one in as_json["cases"]]))
        cases.write_text('model band.dmn\ndecision Band\na: Agee = 17 -> band = "child"\n')
        wrong = kith("table", "test", cases)
        self.assertEqual((2, f"{cases}:3:4: there is no fact `Agee`"), (wrong.returncode, wrong.stderr.splitlines()[0]))
        self.assertEqual(2, kith("table", "test", self.folder / "none.cases").returncode)
        cases.write_text("decision Band\n")
        self.assertEqual(2, kith("table", "test", cases).returncode)

    def test_a_decision_is_asked_with_facts_from_the_command_line_or_as_json(self):
        file = self.table()
        answered = kith("table", "decide", "--given", "Age = 18", "--given", "Age = 17", file)
        self.assertEqual((0, 'band = "child" [rules 1]\n'), (answered.returncode, answered.stdout), answered.stderr)
        answered = kith("table", "decide", file, "--decision", "Band", "--stdin", "--json", given='{"Age": 18}')
        self.assertEqual({"decision": "Band", "determined": True, "answer": "adult", "rules": [2], "why": "", "notKnown": []},
                         json.loads(answered.stdout))
        open_ = kith("table", "decide", file)
        self.assertEqual((1, "undetermined [because Age]\n"), (open_.returncode, open_.stdout), open_.stderr)
        self.assertEqual("Age", json.loads(kith("table", "decide", file, "--json").stdout)["notKnown"][0])
        for wrong, where in ((("--given", "Agee = 1"), "there is no fact `Agee`"), (("--given", 'Age = "x"'), "this is a string"),
                             (("--decision", "Bend"), 'there is no decision "Bend": Band'), (("--now", "today"), "with a zone")):
            refused = kith("table", "decide", file, *wrong)
            self.assertEqual((2, True), (refused.returncode, where in refused.stderr), refused.stderr)
        refused = kith("table", "decide", file, "--stdin", given='{"Age":\n tru}')
        self.assertEqual((2, True), (refused.returncode, "(standard input):2:2: " in refused.stderr), refused.stderr)

    def test_an_import_is_read_where_it_lies_below_the_model_and_nowhere_else(self):
        self.table()
        inner = self.folder / "inner"
        inner.mkdir()
        top = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="https://example.org/top" name="top">
<import name="bands" namespace="https://example.org/b" locationURI="{where}" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>
<decision name="Asked" id="asked"><variable name="Asked"/><informationRequirement>
<requiredDecision href="https://example.org/b#band"/></informationRequirement>
<literalExpression><text>bands.Band</text></literalExpression></decision></definitions>"""
        (self.folder / "top.dmn").write_text(top.format(where="band.dmn"))
        answered = kith("table", "decide", self.folder / "top.dmn", "--given", "Age = 17")
        self.assertEqual((0, 'Asked = "child"\n'), (answered.returncode, answered.stdout), answered.stderr)
        (inner / "top.dmn").write_text(top.format(where="../band.dmn"))
        (inner / "link.dmn").symlink_to(self.folder / "band.dmn")
        (inner / "linked.dmn").write_text(top.format(where="link.dmn"))
        for name in ("top.dmn", "linked.dmn"):
            self.assertEqual(2, kith("table", "decide", inner / name, "--given", "Age = 17").returncode, name)
        given = kith("table", "decide", inner / "top.dmn", self.folder / "band.dmn", "--given", "Age = 17")
        self.assertEqual((0, 'Asked = "child"\n'), (given.returncode, given.stdout), given.stderr)

    def test_an_answer_is_explained_in_sentences_and_as_data(self):
        file = self.table()
        said = kith("table", "explain", file, "--given", "Age = 17")
        self.assertEqual(0, said.returncode, said.stderr)
        self.assertIn("rests on rule 1: Age is < 18 (17)", said.stdout)
        self.assertIn("with 18 it would have changed the answer", said.stdout)
        data = json.loads(kith("table", "explain", file, "--given", "Age = 17", "--json").stdout)
        [table] = data["tables"]
        self.assertEqual(("child", [1], ["Age"], 18), (data["answer"], table["matched"], table["mattered"], table["nearMisses"][0]["nearest"]))
        self.assertEqual(1, kith("table", "explain", file).returncode)

    def test_a_table_is_shown_with_its_findings_in_the_terminal_and_as_one_page(self):
        file = self.table("&lt; 16")
        shown = kith("table", "show", file)
        self.assertEqual(0, shown.returncode, shown.stderr)
        self.assertRegex(shown.stdout, r"│ gap !! +│ \[16\.\.17\] +║ no rule +│")
        self.assertLessEqual(max(map(len, kith("table", "show", file, "--width", 40).stdout.split("└")[0].splitlines())), 40)
        page = kith("table", "show", "--html", file)
        self.assertEqual(0, page.returncode)
        self.assertIn('<tr class="gap"><th scope="row">gap</th><td>[16..17]</td>', page.stdout)
        self.assertIn("<td>&lt; 16</td>", page.stdout)
        for foreign in ("<script", "http://", "https://", "src=", "url("):
            self.assertNotIn(foreign, page.stdout)
        data = json.loads(kith("table", "show", "--json", file).stdout)["tables"][0]
        self.assertEqual(([1, 2, None], "gap"), ([row["rule"] for row in data["rows"]], data["report"]["findings"][0]["kind"]))
        self.assertEqual(2, kith("table", "show", file, "--decision", "None").returncode)

    def test_only_loopback_is_listened_on(self):
        self.init()
        for where in ("0.0.0.0:8080", "8080", "127.0.0.1:", "127.0.0.1:99999", "[::]:80"):
            self.assertEqual(2, kith("serve", *self.places, "--listen", where).returncode, where)


if __name__ == "__main__":
    unittest.main()
