"""Mutated records: bytes and lines of real ones, cut, doubled, moved and mixed.

Run as a program, `mutating.py FILE NUMBER` reads that many and prints, as JSON, how many gave a record and how many
a finding; the last mutant read stands in FILE, in case there is no later.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from making import MEDIUM, SMALL

from ledger import bugs, loading
from ledger.decoding import decode_text
from ledger.diagnostics import Diagnostic, Level, has_errors
from ledger.files import TextFile

BITS = (
    *(
        b"\x00",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xe2\x80\xa8",
        b"\xed\xa0\x80",
        b"\xf0\x9f\x98\x80",
        b"\xc2\x85",
        b"\r",
        b"\t",
    ),
    *(b"---\n", b"...\n", b"%YAML 1.2\n", b"&a ", b"*a", b"!!set ", b"<<: *a\n", b"? ", b": ", b" #", b"[", b"{", b"]"),
    *(b'"', b"'", b"|\n", b">-\n", b"- " * 300, b"[" * 300, b"{a: " * 40, b"`", b"[[", b"[@", b"\\", b"9" * 400, b"~"),
    *(b"null", b"true", b"-1", b"2020-13", b"a" * 400, b"\n", b"\n\n", b"  ", b"unknown: 1\n", b"id: ../x\n"),
)
Lines = list[bytes]


def cut(lines: Lines, at: int, chance: random.Random) -> Lines:
    return [*lines[:at], *lines[at + chance.randint(1, 3) :]]


def double(lines: Lines, at: int, chance: random.Random) -> Lines:
    return [*lines[: at + 1], *lines[at:]]


def move(lines: Lines, at: int, chance: random.Random) -> Lines:
    to = chance.randrange(len(lines))
    return [*lines[:to], lines[at], *lines[to:at], *lines[max(at, to) + 1 :]]


def indent(lines: Lines, at: int, chance: random.Random) -> Lines:
    return [*lines[:at], b" " * chance.randint(1, 4) + lines[at], *lines[at + 1 :]]


def dedent(lines: Lines, at: int, chance: random.Random) -> Lines:
    return [*lines[:at], lines[at].lstrip(), *lines[at + 1 :]]


def end(lines: Lines, at: int, chance: random.Random) -> Lines:
    return lines[:at]


LINE_WAYS: tuple[Callable[[Lines, int, random.Random], Lines], ...] = (cut, double, move, indent, dedent, end)


def mutant(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A record with one or two changes."""
    for _ in range(chance.randint(1, 2)):
        data = chance.choice((_lines_changed, _bytes_changed, _bit_put_in, _mixed))(data or b"a", other, chance)
    return data


def _lines_changed(data: bytes, other: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(chance.choice(LINE_WAYS)(lines, chance.randrange(len(lines)), chance))


def _bytes_changed(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.randint(0, 2)) + data[at + chance.randint(0, 3) :]


def _bit_put_in(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(BITS) + data[at:]


def _mixed(data: bytes, other: bytes, chance: random.Random) -> bytes:
    lines, more = data.splitlines(keepends=True), other.splitlines(keepends=True)
    start, at = chance.randrange(len(more)), chance.randrange(len(lines))
    return b"".join([*lines[:at], *more[start : start + chance.randint(1, 5)], *lines[at:]])


def read(path: str, data: bytes) -> str:
    """Read one mutant and say what it gave."""
    text, found = decode_text(path, data)
    record = None
    if text is not None and not has_errors(found):
        record, more = loading.load_record(TextFile(path, text))
        found = [*found, *more]
    assert all(isinstance(problem, Diagnostic) and problem.message for problem in found), found
    assert not bugs.count(found), found
    assert all(problem.span.path == path and problem.span.line <= 1 + len(data) for problem in found), found
    assert (record is None) == any(problem.level is Level.ERROR for problem in found), found
    return "record" if record else "finding"


def main(last: Path, number: int) -> None:
    """Read mutants of every real record in turn."""
    real = [(folder, path) for folder in (SMALL, MEDIUM) for path in sorted(folder.rglob("*.*"))]
    files = [(path.relative_to(folder).as_posix(), path.read_bytes()) for folder, path in real if path.suffix != ".txt"]
    chance = random.Random(20)
    given: Counter[str] = Counter()
    with last.open("wb", buffering=0) as file:
        for at in range(number):
            path, data = files[at % len(files)]
            data = mutant(data, chance.choice(files)[1], chance)
            file.seek(0)
            file.truncate()
            file.write(path.encode() + b"\n" + data)
            given[read(path, data)] += 1
    sys.stdout.write(json.dumps(given))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
