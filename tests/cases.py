r"""Small content folders written as text: a base site and the files that a case lays over it.

In: Markdown. Each fenced block is one file; its info string is a notation and the file's path below the content folder.

    yaml claims/z.yml         the text as it stands; `md` and `text` likewise
    bytes claims/z.yml        the same with escapes read: \xff is a byte, \u2028 and \U0001f600 are characters in UTF-8,
                              \r \n \t \\ as ever, \ at the end of a line joins it to the next, {{3 * ab}} is ababab
    link claims/z.yml         a symbolic link to what the block names
    hard-link claims/z.yml    another name for the file of the content folder that the block names
    pipe claims/z.yml         a named pipe; the block is empty
    folder claims/z.yml       a folder; the block is empty
    unreadable claims/z.yml   a file that the system will not open
    gone site.yml             a file of the base site that is taken away; the block is empty

Paths may hold the same escapes. The base site is `tests/base`; nothing is found wrong with it.
"""

import errno
import os
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger import cli

HERE = Path(__file__).resolve().parent
BASE = HERE / "base"

CHECK = ("check",)

_BLOCK = re.compile(
    r"^(?P<fence>`{3,}|~{3,})(?P<how>[a-z-]+) (?P<path>[^\n]+)\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)
_REPEAT = re.compile(r"\{\{(\d+) \* (.+?)\}\}")
_ESCAPE = re.compile(rb"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([rnt\\\n]))")
_ONE_CHARACTER = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"\\": b"\\", b"\n": b""}


@dataclass(frozen=True)
class Block:
    """One file of a case: how it is written down, its path, and the text of the block."""

    how: str
    path: str
    text: str


def blocks_in(markdown: str) -> list[Block]:
    """The files that a text describes."""
    return [Block(match["how"], match["path"], match["text"]) for match in _BLOCK.finditer(markdown)]


def lay_over_base(content: Path, blocks: Iterable[Block]) -> set[str]:
    """Make the content folder: the base site with the case's files over it. Gives the paths that must not open."""
    shutil.copytree(BASE, content)
    return {os.fspath(content / block.path) for block in blocks if _make(content, block) == "unreadable"}


def _make(content: Path, block: Block) -> str:
    path = os.path.join(os.fsencode(content), unescaped(block.path))  # noqa: PTH118 - the name may be no text
    os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
    if block.how not in ("folder", "gone") and os.path.lexists(path):
        os.unlink(path)  # noqa: PTH108
    named = content / block.text.strip()
    if block.how == "bytes":
        _write(path, unescaped(block.text))
    elif block.how == "link":
        os.symlink(block.text.strip(), path)  # noqa: PTH211
    elif block.how == "hard-link":
        os.link(named, path)
    elif block.how == "pipe":
        os.mkfifo(path)
    elif block.how == "folder":
        os.mkdir(path)  # noqa: PTH102
    elif block.how == "gone":
        os.unlink(path)  # noqa: PTH108
    elif block.how in ("yaml", "md", "text", "unreadable"):
        _write(path, block.text.encode("utf-8"))
    else:
        raise ValueError(f"no such notation: {block.how}")
    return block.how


def _write(path: bytes, data: bytes) -> None:
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(data)


def unescaped(text: str) -> bytes:
    """The bytes that a text with escapes and repeats stands for."""
    return _ESCAPE.sub(_one_escape, _REPEAT.sub(lambda m: m[2] * int(m[1]), text).encode("utf-8"))


def _one_escape(match: re.Match[bytes]) -> bytes:
    byte, short, long, character = match.groups()
    if byte:
        return bytes([int(byte, 16)])
    return _ONE_CHARACTER[character] if character else chr(int(short or long, 16)).encode("utf-8")


def check_output(folder: Path, shut: set[str], monkeypatch: Any, capsys: Any, command: Iterable[str] = CHECK) -> str:
    """What a command, `ledger check`, prints of `folder/content`, run there; the files in `shut` do not open."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(os, "open", _opener(os.open, {os.path.relpath(path, folder) for path in shut}))
    code = cli.main([*command, "--quiet", "--no-cache"])
    said = capsys.readouterr()
    assert said.err == ""
    assert code == (cli.CONTENT_ERRORS if ": error[" in said.out else cli.BUILT)
    return str(said.out)


def _opener(system_open: Callable[..., int], shut: set[str]) -> Callable[..., int]:
    def opener(path: Any, *arguments: Any, **options: Any) -> int:
        if os.fspath(path) in shut:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return system_open(path, *arguments, **options)

    return opener
