"""docs/ledger-format.md, followed to the letter by an outsider: its program is saved and its commands are run as they stand
there, with nothing but Python and openssl; and the program refuses what is not so."""
import contextlib
import os
import pathlib
import re
import shutil
import sqlite3
import stat
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent.parent.parent
BINARY = os.environ.get("KITH_BINARY", str(HERE / "build/dev/src/kith"))
DOCUMENT = (HERE / "docs/ledger-format.md").read_text()


def blocks(kind):
    every = re.findall(r"^```(\w*)\n(.*?)^```$", DOCUMENT, re.DOTALL | re.MULTILINE)
    return [text for of, text in every if of == kind]


class Recipe(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kith-recipe-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def run_lines(self, text, folder, path=None):
        done = subprocess.run(["bash", "-euc", text], cwd=folder, capture_output=True, text=True, check=False, timeout=300,
                              env={**os.environ, "PATH": f"{path}:{os.environ['PATH']}" if path else os.environ["PATH"]})
        return done.returncode, done.stdout, done.stderr

    def test_the_documents_own_example_verifies_as_it_says(self):
        leaves = [block for block in blocks("") if block.startswith("kith-ledger/1\n")]
        checkpoint, = [block for block in blocks("") if "\n\n\u2014 " in block]
        for name, text in ("checkpoint", checkpoint), *((f"leaf.{i}", leaf) for i, leaf in enumerate(leaves)):
            (self.folder / name).write_text(text)
        (self.folder / "verify.py").write_text(blocks("python")[0])
        command, expected = re.search(r"^    \$ (python3 verify.py .*)\n((?:    .*\n)+)", DOCUMENT, re.MULTILINE).groups()
        status, out, err = self.run_lines(command, self.folder)
        self.assertEqual(0, status, err)
        self.assertEqual(sorted(re.sub("^    ", "", expected, flags=re.MULTILINE).split("\n")), sorted(out.split("\n")))
        (self.folder / "leaf.1").write_text(leaves[1].replace("kind=place", "kind=group"))
        self.assertNotEqual(0, self.run_lines(command, self.folder)[0])

    def test_what_kith_hands_out_verifies_as_the_document_says(self):
        data = self.folder / "data"
        made = subprocess.run([BINARY, "demo", "--data", data, "--worries", "3", "--make-only"], capture_output=True, timeout=120, check=False)
        self.assertEqual(0, made.returncode, made.stderr)
        bin_, here, away = self.folder / "bin", self.folder / "here", self.folder / "away"
        for folder in (bin_, here, away):
            folder.mkdir()
        # This server's places are not the usual ones.
        (bin_ / "kith").write_text(f'#!/bin/sh\n[ "$2" = witness ] || set -- "$@" --data "{data}"\nexec "{BINARY}" "$@"\n')
        (bin_ / "kith").chmod(stat.S_IRWXU)
        commands = blocks("sh")
        self.assertEqual(4, len(commands), "where Kith runs, at the witness, back, and anywhere")
        for text in commands[:3]:
            status, _, err = self.run_lines(text, here, bin_)
            self.assertEqual(0, status, f"{text}\n{err}")
        for name in ("ledger.key", "kept", "entry", "entry.tlog-proof", "growth", "witness.key", "cosigned"):
            shutil.copy(here / name, away)
        shutil.copytree(here / "tiles", away / "tiles")
        (away / "ledger.py").write_text(blocks("python")[1])
        status, out, err = self.run_lines(commands[3], away)
        self.assertEqual(0, status, err)
        self.assertRegex(out, r"\Aentry 2 is in (\S+) of (\d+)\n\1 of \2 begins with what it was at \2\n\1: \2 entries, intact\n"
                              r"witness.example/w1 saw \1 of \2 at \d+\n\Z")
        with contextlib.closing(sqlite3.connect(data / "kith.db")) as database:
            earlier = [size for size, in database.execute("select size from ledger_checkpoints order by size")][-4]
        self.refuses_what_is_not_so(commands[3].splitlines(), away, here, bin_, earlier)

    def refuses_what_is_not_so(self, commands, away, here, bin_, earlier):
        # An older checkpoint, so that there is something to prove between.
        older = f"kith ledger checkpoint --note --size {earlier} > kept.older; kith ledger prove --since {earlier} > growth.older"
        status, _, err = self.run_lines(older, here, bin_)
        self.assertEqual(0, status, err)
        for name in ("kept", "growth"):
            shutil.copy(here / f"{name}.older", away / name)
        for command in commands:
            self.assertEqual(0, self.run_lines(command, away)[0], command)
        bundle = next(file for file in (away / "tiles/tile/entries").rglob("*") if file.is_file())
        for command, file in zip(commands, (away / "entry", away / "growth", bundle, away / "cosigned")):
            good = file.read_bytes()
            # Where a digit of the text, the proof, an entry's time and the root stands.
            first = good.index(b"\n") + 1
            at = {"growth": first, "cosigned": good.find(b"\n", first) + 1}.get(file.name, good.find(b"at: ") + 5)
            file.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1:])
            self.assertNotEqual(0, self.run_lines(command, away)[0], command)
            file.write_bytes(good)
            self.assertEqual(0, self.run_lines(command, away)[0], command)


if __name__ == "__main__":
    unittest.main()
