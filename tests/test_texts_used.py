"""Templates and code name texts by keys: each of these is in `en.yml`, and no text there is one that nothing names."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from making import ROOT

from ledger.texts import languages

KEYS = tuple(languages.entries("en"))
CODE = (*sorted((ROOT / "ledger").rglob("*.py")), *sorted((ROOT / "templates").rglob("*.html")))
SAID = re.compile(r"""(?:\btexts\.|[ ({])(?:say|t|pattern)\(\s*f?(["'])([a-z_]+\.(?:\{[^}]*\}+|[^"'{])*)\1(\s*[~+])?""")
STRING = re.compile(r"""f?"([a-z_]+\.[^"\s]*)"(\s*[~+])?""")
GROUP = re.compile(r"\b(?:Group|group)\(([^)]*)\)")


def fitting(written: str, *, goes_on: bool) -> list[str]:
    """The keys that are meant by one as it is written in code: what stands in braces is any part of a name."""
    parts = re.split(r"\{.*?\}+", written)
    found = re.compile(".*".join(map(re.escape, parts)) + (".*" if goes_on else ""))
    return [key for key in KEYS if found.fullmatch(key)]


def named(text: str) -> Iterator[str]:
    """The keys that some code names, in whatever it passes on."""
    for written, goes_on in STRING.findall(text):
        yield from fitting(written, goes_on=bool(goes_on))
    for groups in GROUP.findall(text):
        for group in re.findall(r"""f?["']([^"']+)["']""", groups):
            yield from fitting(f"{group}.", goes_on=True)


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_text_that_is_said_exists(path: Path):
    said = SAID.findall(path.read_text(encoding="utf-8"))
    assert [key for _, key, goes_on in said if not fitting(key, goes_on=bool(goes_on))] == []


def test_every_text_is_said_somewhere():
    used = {key for path in CODE for key in named(path.read_text(encoding="utf-8"))}
    numbers = {f"number.{value}" for value in range(13)}
    assert [key for key in KEYS if key not in used | numbers] == []
