"""Verify an archive of Fixpoint: its signature, its files, and the chain of what it holds.

It needs Python 3.8 or later and nothing else: no Fixpoint, no network, no other package.

    python verify.py ARCHIVE.zip [--key PUBLIC_KEY]

Without an archive it verifies the folder that it lies in. ``--key`` is the public key as Fixpoint
shows it; only by comparing the two do you know that the archive comes from that firm. The exit
status is 0 when everything holds, else 1.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

SIGNATURE = 64
UNLISTED = {"manifest.json", "manifest.sig"}

# The curve of Ed25519 (RFC 8032): -x^2 + y^2 = 1 + d x^2 y^2 modulo a prime.
PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)
Point = Any  # x, y, z and t
Said = Any  # what a file of the archive says
NEUTRAL = (0, 1, 1, 0)


def add(one: Point, other: Point) -> Point:
    """Return the sum of two points, each as x, y, z and t: x/z, y/z, and xy/z = t."""
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a = (y1 - x1) * (y2 - x2)
    b = (y1 + x1) * (y2 + x2)
    c = 2 * t1 * t2 * D
    d = 2 * z1 * z2
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def times(number: int, point: Point) -> Point:
    """Return a point added to itself so many times."""
    found = NEUTRAL
    while number:
        if number & 1:
            found = add(found, point)
        point = add(point, point)
        number >>= 1
    return found


def point_of(code: bytes) -> Point | None:
    """Return the point that 32 bytes stand for, None where they stand for none."""
    y = int.from_bytes(code, "little")
    is_odd, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, PRIME - 2, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT_OF_MINUS_ONE % PRIME
    if y >= PRIME or (x * x - square) % PRIME or (x == 0 and is_odd):
        return None
    if x & 1 != is_odd:
        x = PRIME - x
    return x, y, 1, x * y % PRIME


BASE = point_of((4 * pow(5, PRIME - 2, PRIME) % PRIME).to_bytes(32, "little"))


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature of a message is by the owner of the key."""
    key, nonce = point_of(public_key), point_of(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if len(signature) != SIGNATURE or key is None or nonce is None or number >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    left, right = times(number, BASE), add(nonce, times(challenge, key))
    x1, y1, z1, _ = left
    x2, y2, z2, _ = right
    return bool((x1 * z2 - x2 * z1) % PRIME == 0 and (y1 * z2 - y2 * z1) % PRIME == 0)


class Folder:
    """An archive that was unpacked."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> set[str]:
        """Return the names of all its files."""
        found = (one for one in self.path.rglob("*") if one.is_file())
        return {one.relative_to(self.path).as_posix() for one in found}

    def open(self, name: str) -> IO[bytes]:
        """Return a file to be read."""
        return (self.path / name).open("rb")


class Pack:
    """An archive as it was handed out."""

    def __init__(self, path: Path) -> None:
        self.file = zipfile.ZipFile(path)
        names = self.file.namelist()
        if len(names) != len(set(names)):
            raise ValueError("a file is in the ZIP twice")

    def names(self) -> set[str]:
        """Return the names of all its files."""
        return set(self.file.namelist())

    def open(self, name: str) -> IO[bytes]:
        """Return a file to be read."""
        return self.file.open(name)


Archive = Any  # a Folder or a Pack


def digest_of(file: IO[bytes]) -> tuple[int, str]:
    """Return size and SHA-256 of a file."""
    digest, size = hashlib.sha256(), 0
    for chunk in iter(lambda: file.read(1 << 16), b""):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def check_signature(archive: Archive, key: str) -> tuple[Said, list[str]]:
    """Return the manifest and its faults."""
    with archive.open("manifest.json") as file:
        raw = file.read()
    with archive.open("manifest.sig") as file:
        signature = bytes.fromhex(file.read().decode().strip())
    manifest = json.loads(raw)
    faults = []
    if not is_signed(bytes.fromhex(manifest["public_key"]), raw, signature):
        faults.append("manifest.json: the signature does not hold")
    if key and manifest["public_key"] != key.strip().lower():
        faults.append("manifest.json: signed by another key, " + manifest["public_key"])
    return manifest, faults


def check_files(archive: Archive, manifest: Said) -> Iterator[str]:
    """Yield the faults of files: altered, missing, added."""
    listed = {name: (size, digest) for name, size, digest in manifest["files"]}
    present = archive.names() - UNLISTED
    for name in sorted(listed.keys() - present):
        yield name + ": missing"
    for name in sorted(present - listed.keys()):
        yield name + ": not in the manifest"
    for name in sorted(listed.keys() & present):
        with archive.open(name) as file:
            if digest_of(file) != listed[name]:
                yield name + ": altered"


def check_chain(archive: Archive, manifest: Said) -> Iterator[str]:
    """Yield the faults of the chain: each link follows the one before and holds its form."""
    chain = manifest["chain"]
    previous, position = chain["previous_hash"], chain["first"] - 1
    copies = copies_of(archive)
    with archive.open("chain.jsonl") as links, archive.open("forms.jsonl") as forms:
        for line, written in zip(links, forms):
            link, form = json.loads(line), written.rstrip(b"\n")
            position += 1
            yield from check_link(link, form, previous, position)
            yield from check_document(link["name"], json.loads(form), copies)
            previous = link["hash"]
        if next(links, None) or next(forms, None) or position != chain["last"]:
            yield "chain.jsonl: links are missing"
    if previous != chain["hash"]:
        yield "chain.jsonl: does not end as the manifest says"


def check_link(link: Said, form: bytes, previous: str, position: int) -> Iterator[str]:
    """Yield the faults of a link: out of place, with a wrong hash, or of something altered."""
    text = "\n".join([previous, str(position), link["event"], link["digest"]])
    if (link["position"], link["previous_hash"]) != (position, previous):
        yield link["name"] + ": does not follow the link before"
    elif link["hash"] != hashlib.sha256(text.encode()).hexdigest():
        yield link["name"] + ": its hash is wrong"
    if hashlib.sha256(form).hexdigest() != link["digest"]:
        yield link["name"] + ": what it says was altered"


def copies_of(archive: Archive) -> set[str]:
    """Return the digests of parties and mentions."""
    with archive.open("copies.jsonl") as file:
        return {hashlib.sha256(line.rstrip(b"\n")).hexdigest() for line in file}


def check_document(name: str, said: Said, copies: set[str]) -> Iterator[str]:
    """Yield the faults of a document: parties that are missing, sums that do not add up."""
    if not str(said.get("form", "")).startswith("fixpoint-document"):
        return
    for party in ("seller", "buyer", "mentions"):
        if said[party] not in copies:
            yield name + ": no copy of its " + party
    sums: dict[tuple[str, str], Decimal] = {}
    for line in said["lines"]:
        rate = (line[11], line[12])
        sums[rate] = sums.get(rate, Decimal(0)) + Decimal(line[10])
    bases = {(category, rate): Decimal(base) for category, rate, base, _tax in said["tax_lines"]}
    taxes = sum((Decimal(tax) for *_rest, tax in said["tax_lines"]), Decimal(0))
    net, tax, total = (Decimal(said[one]) for one in ("net", "tax", "total"))
    sums = {rate: base for rate, base in sums.items() if base or rate in bases}
    if sums != bases or sum(bases.values()) != net or taxes != tax or net + tax != total:
        yield name + ": its sums do not add up"


def verify(path: Path, key: str = "") -> tuple[Said, list[str]]:
    """Return the manifest of an archive and all its faults."""
    archive: Archive = Pack(path) if path.is_file() else Folder(path)
    manifest, faults = check_signature(archive, key)
    faults += check_files(archive, manifest)
    try:
        faults += check_chain(archive, manifest)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        faults.append(f"the chain cannot be read: {error!r}")
    return manifest, faults


def main(arguments: list[str]) -> int:
    """Verify an archive and say what was found; 1 when something is wrong."""
    parser = argparse.ArgumentParser(description="Verify an archive of Fixpoint.")
    parser.add_argument("archive", nargs="?", default=str(Path(__file__).resolve().parent))
    parser.add_argument("--key", default="", help="the public key as Fixpoint shows it")
    asked = parser.parse_args(arguments)
    try:
        manifest, faults = verify(Path(asked.archive), asked.key)
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        print("BAD  this is no archive that can be read:", error)
        return 1
    chain, company = manifest["chain"], manifest["company"]
    compared = "" if asked.key else " (not compared)"
    print(company["name"], company["registration_number"])
    print(f"days      {manifest['since']} to {manifest['until']}")
    print(f"links     {chain['first']} to {chain['last']}")
    print(f"files     {len(manifest['files'])}")
    print(f"signed by {manifest['public_key']}{compared}")
    for fault in faults:
        print("BAD ", fault)
    print(f"BAD  {len(faults)} faults" if faults else "ok   everything holds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
