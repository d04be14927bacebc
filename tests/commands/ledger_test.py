"""What `kith ledger` hands to others, checked by who shares no line of code with it (outsider.py); and what it says of a
ledger that was cut back, forked or altered, in folders that the program itself made."""
import contextlib
import os
import pathlib
import random
import resource
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

import outsider

HERE = pathlib.Path(__file__).resolve().parent.parent.parent
BINARY = os.environ.get("KITH_BINARY", str(HERE / "build/dev/src/kith"))


def kith(*arguments, **options):
    return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, timeout=120, check=False, **options)


def go_on(data, there):
    """Another data folder that goes on from that one: a restore writes an entry of its own."""
    copy = there.with_suffix(".backup")
    places = ("--epochs", data / "epochs", "--master-key", data / "master.key", "--anchor", data / "anchor")
    for command in (("backup", "--data", data), ("restore", "--data", there)):
        done = kith(*command, *places, copy)
        assert done.returncode == 0, done.stderr
    for part in ("anchor", "epochs"):
        shutil.copytree(data / part, there / part, dirs_exist_ok=True)
    shutil.copy(data / "master.key", there / "master.key")
    return there


class Ledger(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = pathlib.Path(tempfile.mkdtemp(prefix="kith-ledger-"))
        cls.addClassCleanup(shutil.rmtree, cls.made, ignore_errors=True)
        made = kith("demo", "--data", cls.made / "data", "--worries", "4", "--seed", "5", "--make-only")
        assert made.returncode == 0, made.stderr

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kith-ledger-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.data = self.folder / "data"
        shutil.copytree(self.made / "data", self.data)
        self.key = outsider.Key(self.says("checkpoint", "--key").decode())

    def ledger(self, command, *arguments, data=None, **options):
        return kith("ledger", *command.split(), "--data", data or self.data, *arguments, **options)

    def says(self, command, *arguments, **options):
        done = self.ledger(command, *arguments, **options)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def sizes(self):
        """The sizes that there is a checkpoint for."""
        with contextlib.closing(sqlite3.connect(self.data / "kith.db")) as database:
            return [size for size, in database.execute("select size from ledger_checkpoints order by size")]

    def restored(self, name, data=None):
        return go_on(data or self.data, self.folder / name)

    def note(self, *arguments):
        return outsider.Note(self.says("checkpoint", "--note", *arguments))


class Proofs(Ledger):
    def test_a_checkpoint_is_printed_byte_for_byte_and_signed(self):
        note = self.note()
        note.signed_by(self.key)
        self.assertEqual(self.sizes()[-1], note.size)
        both = self.says("checkpoint")
        self.assertEqual(self.says("checkpoint", "--key") + b"\n" + self.says("checkpoint", "--note"), both)
        earlier = self.sizes()[-3]
        self.assertEqual(earlier, self.note("--size", earlier).size)
        self.assertEqual(2, self.ledger("checkpoint", "--size", note.size + 1).returncode)

    def test_every_entry_is_proved_in_the_newest_checkpoint_and_in_earlier_ones(self):
        size = self.sizes()[-1]
        self.assertGreater(size, 40)
        for index in [*range(0, size, 7), size - 1]:
            leaf = self.says("entry", str(index))
            self.assertTrue(leaf.startswith(b"kith-ledger/1\n"))
            found, note = outsider.check_entry(self.says("prove", "--entry", index), leaf, self.key)
            self.assertEqual((index, size), (found, note.size))
        for earlier in self.sizes()[::5]:
            _, note = outsider.check_entry(self.says("prove", "--entry", 2, "--size", earlier), self.says("entry", "2"), self.key) \
                if earlier > 2 else (None, None)
            self.assertTrue(note is None or note.size == earlier)

    def test_a_proof_is_of_that_entry_alone(self):
        proof = self.says("prove", "--entry", 5)
        for other in (self.says("entry", "6"), self.says("entry", "5")[:-1]):
            with self.assertRaises(outsider.Wrong):
                outsider.check_entry(proof, other, self.key)

    def test_the_ledger_is_proved_to_begin_with_what_it_was(self):
        sizes = self.sizes()
        for first in sizes[::4]:
            for second in [one for one in sizes[::3] if one >= first]:
                old = self.note("--size", first)
                new = outsider.check_growth(self.says("prove", "--since", first, "--size", second), (first, old.root), self.key)
                self.assertEqual(second, new.size)

    def test_what_cannot_be_proved_is_refused_with_a_word(self):
        size = self.sizes()[-1]
        gap = next((one for one in range(1, size) if one not in self.sizes()), None)
        for arguments in (("--entry", size), ("--since", size + 1), ("--entry", 0, "--since", 0), (), ("--entry", -1),
                          ("--entry", 5, "--size", 3), *((("--entry", 0, "--size", gap),) if gap else ())):
            refused = self.ledger("prove", *arguments)
            self.assertEqual((2, b""), (refused.returncode, refused.stdout), arguments)
            self.assertTrue(refused.stderr, arguments)

    def test_each_command_explains_itself(self):
        for command in ("checkpoint", "entry", "prove", "verify"):
            helped = kith("ledger", *command.split(), "--help")
            self.assertEqual(0, helped.returncode, command)
            self.assertIn(b"Usage:", helped.stdout)
        self.assertIn(b"docs/ledger-format.md", kith("ledger", "prove", "--help").stdout)


class Exports(Ledger):
    def export(self, to, data=None):
        return self.says("export", to, data=data)

    def test_an_export_is_whole_by_the_published_layout_and_holds_nothing_more(self):
        tiles = self.folder / "tiles"
        self.export(tiles)
        note, leaves = outsider.check_tiles(tiles, self.key)
        self.assertEqual(self.sizes()[-1], note.size)
        self.assertEqual(self.says("entry", "3"), leaves[3])
        named = {outsider.tile_path(*tile) for tile in outsider.tiles_of(note.size)} | {"checkpoint"}
        files = {str(file.relative_to(tiles)) for file in tiles.rglob("*") if file.is_file()}
        self.assertEqual(named, files)
        for file in tiles.rglob("*"):
            self.assertEqual(0, stat.S_IMODE(file.stat().st_mode) & 0o077, file.name)
        verified = kith("ledger", "verify", "--export", tiles, "--key", self.says("checkpoint", "--key").decode().strip())
        self.assertEqual(0, verified.returncode, verified.stderr)
        self.assertIn(b"intact: %d entries" % note.size, verified.stdout)

    def test_an_export_grows_and_no_file_of_it_changes_but_the_checkpoint(self):
        tiles, more = self.folder / "tiles", self.restored("more")
        self.export(tiles)
        before = {file: file.read_bytes() for file in tiles.rglob("*") if file.is_file()}
        self.export(tiles, more)
        for file, content in before.items():
            if file.name != "checkpoint":
                self.assertEqual(content, file.read_bytes(), file)
        note, _ = outsider.check_tiles(tiles, self.key)
        self.assertEqual(self.sizes()[-1] + 1, note.size)
        self.assertIn(b" 0 of them new, in 0 new files", self.export(tiles, more))

    def test_an_export_that_was_cut_short_is_none_and_is_finished_later(self):
        tiles = self.folder / "tiles"
        key = self.says("checkpoint", "--key").decode().strip()
        # The hashes find their place and the entries do not.
        (tiles / "tile").mkdir(parents=True, mode=0o700)
        (tiles / "tile/entries").touch()
        self.assertEqual(2, self.ledger("export", tiles).returncode)
        self.assertTrue((tiles / "tile/0").exists())
        self.assertFalse((tiles / "checkpoint").exists())
        cut = kith("ledger", "verify", "--export", tiles, "--key", key)
        self.assertEqual(2, cut.returncode)
        self.assertIn(b"not finished", cut.stderr)
        (tiles / "tile/entries").unlink()
        self.export(tiles)
        outsider.check_tiles(tiles, self.key)

    def test_damage_to_an_export_is_named(self):
        tiles = self.folder / "tiles"
        self.export(tiles)
        key = self.says("checkpoint", "--key").decode().strip()
        bundle = next(file for file in (tiles / "tile/entries").rglob("*") if file.is_file())
        good = bundle.read_bytes()
        bundle.write_bytes(good.replace(b"act: ", b"act; ", 1))
        found = kith("ledger", "verify", "--export", tiles, "--key", key)
        self.assertEqual(1, found.returncode)
        self.assertRegex(found.stdout, rb"ALTERED: leaf \d+: altered")
        bundle.write_bytes(good[:-1])
        self.assertEqual(1, kith("ledger", "verify", "--export", tiles, "--key", key).returncode)
        bundle.write_bytes(good)
        other = kith("ledger", "witness", "new", self.folder / "w", "--name", "w.example").stdout.decode().strip()
        self.assertEqual(2, kith("ledger", "verify", "--export", tiles, "--key", other).returncode, "by another's key")

    def test_an_export_is_not_added_to_from_another_history(self):
        tiles = self.folder / "tiles"
        self.export(tiles, self.restored("one"))
        before = {file: file.read_bytes() for file in tiles.rglob("*") if file.is_file()}
        refused = self.ledger("export", tiles, data=self.restored("two"))
        self.assertEqual(1, refused.returncode)
        self.assertIn(b"REPLACED: entry %d" % self.sizes()[-1], refused.stderr)
        refused = self.ledger("export", tiles)
        self.assertEqual(1, refused.returncode)
        self.assertIn(b"ROLLED BACK", refused.stderr)
        self.assertEqual(before, {file: file.read_bytes() for file in tiles.rglob("*") if file.is_file()})


class Forked(Ledger):
    """one and two fork after what they began with; three is two, gone on. Nothing is written to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one, cls.two = (go_on(cls.made / "data", cls.made / name) for name in ("one", "two"))
        cls.three = go_on(cls.two, cls.made / "three")

    def setUp(self):
        super().setUp()
        self.size = self.sizes()[-1]
        self.checkpoint = self.keep("kept", "checkpoint", "--note")
        self.of_one = self.keep("kept-one", "checkpoint", "--note", data=self.one)

    def keep(self, name, *arguments, **options):
        file = self.folder / name
        file.write_bytes(self.says(*arguments, **options))
        return file

    def against(self, kept, data, status):
        found = self.ledger("verify", "--against", kept, data=data)
        self.assertEqual(status, found.returncode, found.stdout + found.stderr)
        self.assertTrue(found.stdout.startswith(b"intact: "), "alone it is a perfect ledger")
        return found.stdout.decode().splitlines()[-1]


class Histories(Forked):
    def test_an_honest_ledger_continues_what_was_kept(self):
        for data in (self.data, self.one, self.two, self.three):
            self.assertIn("continues it", self.against(self.checkpoint, data, 0))

    def test_a_rollback_to_an_old_backup_is_named(self):
        receipt = self.keep("receipt", "prove", "--entry", 4, data=self.one)
        self.says("export", self.folder / "tiles", data=self.one)
        for kept in (self.of_one, receipt, self.folder / "tiles"):
            self.assertIn(f"ROLLED BACK: entries {self.size} to {self.size} ", self.against(kept, self.data, 1))

    def test_a_fork_is_named_with_the_first_entry_that_differs(self):
        receipt = self.keep("receipt", "prove", "--entry", self.size, data=self.one)
        self.says("export", self.folder / "tiles", data=self.one)
        for data in (self.two, self.three):
            self.assertIn(f"REWRITTEN: one or more of entries 0 to {self.size} ", self.against(self.of_one, data, 1))
            for kept in (receipt, self.folder / "tiles"):
                self.assertIn(f"REPLACED: entry {self.size} ", self.against(kept, data, 1))
        both = self.ledger("verify", "--against", self.checkpoint, "--against", self.of_one, data=self.two)
        self.assertIn(f"entries {self.size} to {self.size} ".encode(), both.stdout, "two keepers narrow it down")

    def test_a_truncated_tail_is_named(self):
        before = self.sizes()[-4]
        with contextlib.closing(sqlite3.connect(self.data / "kith.db")) as database:
            for name, in database.execute("select name from sqlite_schema where type = 'trigger' and tbl_name like 'ledger_%'").fetchall():
                database.execute(f"drop trigger {name}")
            for statement in ("delete from ledger_subjects where leaf_index >= ?", "delete from ledger_leaves where leaf_index >= ?",
                              "delete from ledger_checkpoints where size > ?",
                              "delete from ledger_nodes where ((node_index + 1) << level) > ?"):
                database.execute(statement, (before,))
            database.commit()
        self.assertIn(f"ROLLED BACK: entries {before} to {self.size - 1} ", self.against(self.checkpoint, self.data, 1))

    def test_what_was_not_signed_by_this_ledger_proves_nothing_against_it(self):
        forged = self.folder / "forged"
        forged.write_bytes(self.checkpoint.read_bytes().replace(b"\n%d\n" % self.size, b"\n%d\n" % (self.size + 9)))
        found = self.ledger("verify", "--against", forged)
        self.assertEqual(2, found.returncode)
        self.assertEqual(2, self.ledger("verify", "--against", self.folder / "nothing").returncode)


class Witnesses(Forked):
    def setUp(self):
        super().setUp()
        self.place = self.folder / "witness"
        made = kith("ledger", "witness", "new", self.place, "--name", "witness.example/w1")
        self.assertEqual(0, made.returncode, made.stderr)
        self.text = made.stdout.decode().strip()
        self.witness = outsider.Key(self.text)
        watching = kith("ledger", "witness", "watch", self.place, self.says("checkpoint", "--key").decode().strip())
        self.assertEqual(0, watching.returncode, watching.stderr)

    def request(self, data, since):
        file = self.folder / f"request-{data.name}-{since}"
        file.write_bytes(self.says("prove", "--since", since, data=data))
        return file

    def cosign(self, request, **options):
        return kith("ledger", "witness", "cosign", self.place, request, **options)

    def latest(self):
        return kith("ledger", "witness", "latest", self.place, self.key.name).stdout

    def test_a_witness_keeps_its_key_to_itself(self):
        self.assertEqual(2, kith("ledger", "witness", "new", self.place, "--name", "other.example").returncode)
        self.assertEqual(self.text.encode() + b"\n", kith("ledger", "witness", "key", self.place).stdout)
        for file in [self.place, *self.place.rglob("*")]:
            self.assertEqual(0, stat.S_IMODE(file.stat().st_mode) & 0o077, file.name)
        self.assertEqual(4, self.witness.kind)

    def test_a_cosigned_checkpoint_is_kept_and_shown(self):
        request = self.request(self.data, 0)
        answer = self.folder / "answer"
        began = int(time.time())
        done = self.cosign(request)
        self.assertEqual(0, done.returncode, done.stderr)
        answer.write_bytes(done.stdout)
        note = outsider.Note(request.read_bytes().partition(b"\n\n")[2] + done.stdout)
        self.assertTrue(began <= note.cosigned_at(self.witness) <= time.time())
        self.assertIn(b"no witness has cosigned", self.ledger("checkpoint", "--cosigned").stderr)
        self.assertEqual(0, self.ledger("cosigned", "--witness", self.text, request, answer).returncode)
        self.assertIn(b"Kept already", self.says("cosigned", "--witness", self.text, request, answer))
        for arguments in ((), ("--cosigned",)):
            shown = self.note(*arguments)
            shown.signed_by(self.key)
            self.assertTrue(began <= shown.cosigned_at(self.witness))
        self.assertEqual(0, self.ledger("verify", "--key", self.text).returncode)
        # It goes with the data, into proofs, exports and copies, and stays the newest cosigned when the ledger goes on.
        _, proved = outsider.check_entry(self.says("prove", "--entry", 1), self.says("entry", "1"), self.key)
        proved.cosigned_at(self.witness)
        later = self.restored("later")
        self.assertEqual(self.size, outsider.Note(self.says("checkpoint", "--note", "--cosigned", data=later)).size)
        self.assertEqual(self.size + 1, outsider.Note(self.says("checkpoint", "--note", data=later)).size)

    def test_an_answer_that_is_not_the_witnesses_is_not_kept(self):
        request = self.request(self.data, 0)
        line = self.cosign(request).stdout
        wrong = self.folder / "wrong"
        other = kith("ledger", "witness", "new", self.folder / "other", "--name", "witness.example/w1").stdout.decode().strip()
        at = line.rindex(b" ") + 21
        for answer, key in ((line, other), (line[:at] + (b"A" if line[at:at + 1] != b"A" else b"B") + line[at + 1:], self.text), (b"", self.text)):
            wrong.write_bytes(answer)
            self.assertEqual(2, self.ledger("cosigned", "--witness", key, request, wrong).returncode)
        # Of another history of the same size it is not ours.
        wrong.write_bytes(self.cosign(self.request(self.one, self.size)).stdout)
        self.assertEqual(2, self.ledger("cosigned", "--witness", self.text, self.request(self.one, self.size), wrong,
                                        data=self.two).returncode)
        self.assertEqual(2, self.ledger("checkpoint", "--cosigned", data=self.two).returncode)

    def test_forks_and_rollbacks_are_refused_and_named(self):
        self.assertEqual(0, self.cosign(self.request(self.data, 0)).returncode)
        self.assertEqual(0, self.cosign(self.request(self.one, self.size)).returncode)
        for data, since, named in ((self.two, self.size, b"FORKED"), (self.two, self.size + 1, b"FORKED"),
                                   (self.three, self.size + 1, b"NOT CONTINUED"), (self.data, self.size, b"ROLLED BACK")):
            refused = self.cosign(self.request(data, since))
            self.assertEqual((1, b""), (refused.returncode, refused.stdout))
            self.assertIn(named, refused.stderr)
        refused = self.cosign(self.request(self.three, self.size))
        self.assertEqual(1, refused.returncode)
        self.assertIn(b"--since %d" % (self.size + 1), refused.stderr)
        self.assertEqual(self.of_one.read_bytes(), self.latest())
        latest = self.keep_latest()
        self.assertIn("ROLLED BACK", self.against(latest, self.data, 1))
        self.assertIn("REWRITTEN", self.against(latest, self.three, 1))

    def keep_latest(self):
        file = self.folder / "latest"
        file.write_bytes(self.latest())
        return file

    def test_a_ledger_that_is_not_watched_is_not_cosigned_nor_one_whose_memory_was_lost(self):
        self.assertEqual(0, self.cosign(self.request(self.data, 0)).returncode)
        for file in (self.place / "logs").iterdir():
            file.unlink()
        refused = self.cosign(self.request(self.two, 0))
        self.assertEqual((1, b""), (refused.returncode, refused.stdout))
        self.assertIn(b"not watched", refused.stderr)

    def test_a_crash_at_any_moment_never_lets_two_be_cosigned_that_fork(self):
        self.assertEqual(0, self.cosign(self.request(self.data, 0)).returncode)
        # The disk takes nothing more: it dies in remembering, and has said nothing.
        begun, before = self.request(self.one, self.size), self.latest()
        died = self.cosign(begun, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)))
        self.assertNotEqual(0, died.returncode)
        self.assertEqual(b"", died.stdout)
        self.assertEqual(before, self.latest())
        for _ in range(20):
            place = self.folder / "again"
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(self.place, place)
            answered = []
            for data in random.sample((self.one, self.two), 2):
                process = subprocess.Popen([BINARY, "ledger", "witness", "cosign", place, self.request(data, self.size)],
                                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
                if not answered:
                    time.sleep(random.uniform(0, 0.04))
                    process.send_signal(signal.SIGKILL)
                answered.append((data, process.communicate()[0]))
            self.assertLess(sum(said.endswith(b"\n") for _, said in answered), 2, "one at most")

    def test_a_witness_answers_by_http_as_the_specification_says(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen([BINARY, "ledger", "witness", "serve", self.place, "--listen", f"127.0.0.1:{port}"],
                                  stdout=subprocess.PIPE)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        self.assertIn(b"Witnessing", server.stdout.readline())
        self.assertEqual(2, self.cosign(self.request(self.data, 0)).returncode, "one process at a time has its memory")

        def post(body, path="/add-checkpoint"):
            try:
                with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=body), timeout=20) as said:
                    return said.status, said.headers["Content-Type"], said.read()
            except urllib.error.HTTPError as refused:
                with refused:
                    return refused.code, refused.headers["Content-Type"], refused.read()

        first = self.request(self.data, 0).read_bytes()
        status, _, lines = post(first)
        self.assertEqual(200, status)
        outsider.Note(first.partition(b"\n\n")[2] + lines).cosigned_at(self.witness)
        self.assertEqual((409, "text/x.tlog.size", b"%d\n" % self.size), post(first))
        on = self.request(self.one, self.size).read_bytes()
        self.assertEqual(200, post(on)[0])
        self.assertEqual(409, post(self.request(self.two, self.size + 1).read_bytes())[0])
        self.assertEqual(422, post(self.request(self.three, self.size + 1).read_bytes())[0])
        self.assertEqual(404, post(on.replace(self.key.name.encode(), b"another.example/log"))[0])
        self.assertEqual(403, post(on.replace(b"\n%d\n" % (self.size + 1), b"\n%d\n" % (self.size + 2)))[0])
        self.assertEqual(400, post(b"nothing")[0])
        self.assertEqual(404, post(on, "/elsewhere")[0])
        server.send_signal(signal.SIGTERM)
        self.assertEqual(0, server.wait(20))
        self.assertEqual(self.of_one.read_bytes(), self.latest())


if __name__ == "__main__":
    unittest.main()
