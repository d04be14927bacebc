"""The ledger's formats a second time, from the published specifications alone: RFC 6962 hashing, RFC 9162 proofs, C2SP
signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof, tlog-witness and tlog-tiles. Hashes are hashlib's, signatures are
checked by the openssl command. It shares nothing with the program, so that the two cannot be wrong alike."""
import base64
import hashlib
import pathlib
import subprocess
import tempfile

DER_OF_ED25519 = bytes.fromhex("302a300506032b6570032100")


class Wrong(Exception):
    """What was checked does not hold."""


def check(holds, words):
    if not holds:
        raise Wrong(words)


def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(leaf):
    return sha256(b"\0" + leaf)


def node_hash(left, right):
    return sha256(b"\1" + left + right)


def root_of(hashes):
    """The root over leaf hashes, as RFC 6962 defines it: split at the largest power of two below the count."""
    if not hashes:
        return sha256(b"")
    if len(hashes) == 1:
        return hashes[0]
    cut = 1 << (len(hashes) - 1).bit_length() - 1
    return node_hash(root_of(hashes[:cut]), root_of(hashes[cut:]))


def openssl_verifies(key, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        at = pathlib.Path(folder)
        (at / "key").write_bytes(DER_OF_ED25519 + key)
        (at / "message").write_bytes(message)
        (at / "signature").write_bytes(signature)
        done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", at / "key", "-rawin",
                               "-in", at / "message", "-sigfile", at / "signature"], capture_output=True, check=False)
    return done.returncode == 0


class Key:
    """A verifier key: name, key id, and the byte of its kind (1: a log's, 4: a witness's) before the key."""

    def __init__(self, text):
        self.name, key_id, encoded = text.strip().split("+", 2)
        typed = base64.b64decode(encoded, validate=True)
        self.kind, self.key = typed[0], typed[1:]
        check(len(self.key) == 32 and self.kind in (1, 4), "not an Ed25519 key")
        self.id = sha256(self.name.encode() + b"\n" + typed)[:4]
        check(self.id.hex() == key_id, "the key id is not of the key")

    def lines_in(self, note):
        return [blob[4:] for name, blob in note.signatures if name == self.name and blob[:4] == self.id]


class Note:
    """A checkpoint: what was signed, and the lines below the blank one."""

    def __init__(self, data):
        body, lines = data.decode().split("\n\n", 1)
        self.body = body.encode() + b"\n"
        self.origin, size, root = body.split("\n")
        self.size = int(size)
        check(str(self.size) == size, "a size in another form")
        self.root = base64.b64decode(root, validate=True)
        check(len(self.root) == 32, "a root of another length")
        self.signatures = []
        for line in lines.splitlines():
            dash, name, blob = line.split(" ")
            check(dash == "\u2014", "not a signature's line")
            self.signatures.append((name, base64.b64decode(blob, validate=True)))

    def signed_by(self, key):
        """Nothing when the log's key signed; raises otherwise."""
        check(key.kind == 1 and key.name == self.origin, "not this log's key")
        blobs = key.lines_in(self)
        check(blobs and all(openssl_verifies(key.key, self.body, blob) for blob in blobs), "not signed by the log")

    def cosigned_at(self, key):
        """When the witness says it cosigned: the newest of its lines."""
        check(key.kind == 4, "not a witness's key")
        times = []
        for blob in key.lines_in(self):
            time = int.from_bytes(blob[:8], "big")
            message = b"cosignature/v1\ntime %d\n" % time + self.body
            check(openssl_verifies(key.key, message, blob[8:]), "not cosigned")
            times.append(time)
        check(times, "not cosigned")
        return max(times)


def hashes_in(lines):
    hashes = [base64.b64decode(line, validate=True) for line in lines]
    check(all(len(one) == 32 for one in hashes), "a hash of another length")
    return hashes


def check_entry(proof, leaf, key):
    """That the leaf is in the ledger, by a tlog-proof (RFC 9162, 2.1.3.2). Returns its index and the note."""
    head, _, note_text = proof.partition(b"\n\n")
    lines = head.decode().split("\n")
    check(lines[0] == "c2sp.org/tlog-proof@v1" and lines[1].startswith("index "), "not a proof")
    index, path = int(lines[1][6:]), hashes_in(lines[2:])
    note = Note(note_text)
    note.signed_by(key)
    check(index < note.size, "the entry came later")
    at, last, digest = index, note.size - 1, leaf_hash(leaf)
    for step in path:
        check(last > 0, "the proof is too long")
        if at & 1 or at == last:
            digest = node_hash(step, digest)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            digest = node_hash(digest, step)
        at, last = at >> 1, last >> 1
    check(last == 0 and digest == note.root, "the entry is not in that ledger")
    return index, note


def check_growth(request, old, key):
    """That the ledger began with what `old` (size, root) was (RFC 9162, 2.1.4.2). Returns the new note."""
    head, _, note_text = request.partition(b"\n\n")
    lines = head.decode().split("\n")
    old_size, old_root = old
    check(lines[0] == f"old {old_size}", "it speaks of another size")
    path, note = hashes_in(lines[1:]), Note(note_text)
    note.signed_by(key)
    check(old_size <= note.size, "the ledger is smaller than it was")
    if old_size == note.size:
        check(not path and note.root == old_root, "another ledger of the same size")
        return note
    if old_size & (old_size - 1) == 0:
        path = [old_root] + path
    check(path, "no proof")
    at, last = old_size - 1, note.size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = path[0]
    for step in path[1:]:
        check(last > 0, "the proof is too long")
        if at & 1 or at == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, step)
        at, last = at >> 1, last >> 1
    check(last == 0 and before == old_root and after == note.root, "the ledger does not begin with what it was")
    return note


def number_path(number):
    """001234067 as x001/x234/067."""
    digits = f"{number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at:at + 3] for at in range(0, len(digits), 3)]
    return "/".join(["x" + group for group in groups[:-1]] + groups[-1:])


def tiles_of(size):
    """Every (level, index, width) that a tree of that size has, the level of the entries being None."""
    found, level = [], 0
    while size >> 8 * level:
        count = size >> 8 * level
        for index in range(-(-count // 256)):
            found.append((level, index, min(256, count - 256 * index)))
        level += 1
    return found + [(None, index, width) for at, index, width in found if at == 0]


def tile_path(level, index, width):
    kind = "entries" if level is None else str(level)
    return f"tile/{kind}/{number_path(index)}" + ("" if width == 256 else f".p/{width}")


def leaves_in(bundle):
    leaves, at = [], 0
    while at < len(bundle):
        size = int.from_bytes(bundle[at:at + 2], "big")
        check(at + 2 + size <= len(bundle), "a bundle was cut short")
        leaves.append(bundle[at + 2:at + 2 + size])
        at += 2 + size
    return leaves


def check_tiles(folder, key):
    """A whole export: every tile from the leaves, the root from the leaves, the signature. Returns note and leaves."""
    note = Note((folder / "checkpoint").read_bytes())
    note.signed_by(key)
    leaves = []
    for level, index, width in tiles_of(note.size):
        if level is None:
            bundle = leaves_in((folder / tile_path(None, index, width)).read_bytes())
            check(len(bundle) == width, "a bundle of another width")
            leaves += bundle
    hashes = [leaf_hash(leaf) for leaf in leaves]
    check(len(hashes) == note.size and root_of(hashes) == note.root, "the entries are not those that were signed")
    for level, index, width in tiles_of(note.size):
        if level is not None:
            span = 256 ** level
            expected = b"".join(root_of(hashes[(256 * index + i) * span:(256 * index + i + 1) * span]) for i in range(width))
            check((folder / tile_path(level, index, width)).read_bytes() == expected, "a tile is not of the entries")
    return note, leaves
