"""LaTeX, as it stands in BibTeX, → plain text, and names → their parts.

In: the value of a field. Out: text with its accents and signs as characters. The library `pylatexenc`, which
bibtexparser brings, knows the commands.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from ledger.bibliography import OTHERS

_LATEX = re.compile(r"[\\{}$~%]|--|``|''")
_PERCENT = re.compile(r"(?<!\\)%")
_ESCAPED = re.compile(r"\\([_%&#$~{}])")
_DEEP = 100
"""How many braces one value may open before it is read without commands: real ones open a few."""


def plain(value: str) -> str:
    """The text that LaTeX would show, on one line."""
    if not _LATEX.search(value):
        return " ".join(value.split())
    if value.count("{") > _DEEP:
        return " ".join(re.sub(r"[{}\\]", "", value).split())
    # A percent sign begins a comment in LaTeX but not in BibTeX, and a raised hat is decoded to its modifier letter.
    shown: str = _decoder().latex_to_text(_PERCENT.sub(r"\\%", value)).replace("\u02c6", "^")
    return " ".join(shown.split())


def verbatim(value: str) -> str:
    """An address or identifier: read as it stands, but for escapes that some programs add."""
    inner = re.fullmatch(r"\{?\\url\{(.*)\}\}?", value.strip(), re.DOTALL)
    return _ESCAPED.sub(r"\1", inner[1] if inner else value.strip()).replace(r"{\textasciitilde}", "~")


def names(value: str) -> list[dict[str, str]]:
    """The names of a list, as CSL has them; one in braces is one piece."""
    from bibtexparser.middlewares.names import split_multiple_persons_names  # noqa: PLC0415

    return [_name(name.strip()) for name in split_multiple_persons_names(" ".join(value.split())) if name.strip()]


def _name(written: str) -> dict[str, str]:
    from bibtexparser.middlewares.names import parse_single_name_into_parts  # noqa: PLC0415

    if written == "others":
        return {"literal": OTHERS}
    parts: Mapping[str, list[str]] = _as_mapping(parse_single_name_into_parts(written, strict=False))
    read = {part: plain(" ".join(words)) for part, words in parts.items()}
    if not read["first"] and not read["von"]:
        return {"literal": plain(written)}
    found = {"non-dropping-particle": read["von"], "family": read["last"], "suffix": read["jr"], "given": read["first"]}
    return {part: text for part, text in found.items() if text}


def _as_mapping(parts: Any) -> dict[str, list[str]]:
    return {part: list(getattr(parts, part)) for part in ("first", "von", "last", "jr")}


@cache
def _decoder() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]  # noqa: PLC0415

    return LatexNodes2Text()
