"""The picture that other sites show beside a link to a ledger: `python docs/card.py` draws it anew.

Lines of a ledger, each with the mark that the site puts beside evidence: solid for, double against, dashed qualifies.
"""

import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
CARD = HERE.parent / "templates/static/card.png"
WIDTH, HEIGHT = 1200, 630
PALETTE = ("fdfcf9", "d9d4c8", "1d1d1f", "1e6b45", "9a3b26", "7a5c00")
PAPER, RULE, INK, FOR, AGAINST, MIXED = range(len(PALETTE))
ROWS = (
    (INK, (620,)),
    (FOR, (760, 520)),
    (AGAINST, (680, 590)),
    (MIXED, (740, 310)),
    (FOR, (540,)),
)
"""Each entry's mark, and how long its lines are."""
Box = tuple[int, int, int, int, int]


def boxes() -> Iterator[Box]:
    """What is drawn: left, top, width, height, colour."""
    yield 0, 0, WIDTH, HEIGHT, PAPER
    yield 120, 0, 2, HEIGHT, RULE
    top = 84
    for mark, lines in ROWS:
        height = 36 * len(lines) + (20 if mark == INK else 0)
        yield from strokes(mark, top, height)
        for at, width in enumerate(lines):
            yield 190, top + 36 * at, width, 36 if mark == INK else 16, INK if mark == INK else RULE
        top += height + 36


def strokes(mark: int, top: int, height: int) -> Iterator[Box]:
    """The mark beside an entry; the heading has none."""
    bottom = top + height - 20
    if mark == FOR:
        yield 150, top, 14, bottom - top, mark
    if mark == AGAINST:
        yield 148, top, 6, bottom - top, mark
        yield 160, top, 6, bottom - top, mark
    if mark == MIXED:
        yield from ((150, at, 14, 12, mark) for at in range(top, bottom - 11, 20))


def png() -> bytes:
    """The picture, one byte a pixel."""
    rows = [bytearray(WIDTH) for _ in range(HEIGHT)]
    for left, top, width, height, colour in boxes():
        for row in rows[top : top + height]:
            row[left : left + width] = bytes([colour]) * width
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    parts = ((b"IHDR", header), (b"PLTE", bytes.fromhex("".join(PALETTE))), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts)


def chunk(name: bytes, data: bytes) -> bytes:
    """One part of a PNG file."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


if __name__ == "__main__":
    sys.exit(0 if CARD.write_bytes(png()) else 1)
