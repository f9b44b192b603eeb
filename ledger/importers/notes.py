"""What our own exports say in notes, since BibTeX and RIS have no field for it, read back.

In: the text of a note. Out: the fields and variables it names, and the words that are left.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ledger.dates import MONTHS, parse_date
from ledger.importers.vocabulary import VARIABLES

_NAMES = "|".join(sorted(map(re.escape, ("Archived copy", "arXiv", "PMID", *VARIABLES)), key=len, reverse=True))
_PIECE = re.compile(rf"(?:; |\n|^)(?=Issued |(?:{_NAMES}): )")
_NAMED = re.compile(rf"({_NAMES}): (.+)", re.DOTALL)
_MARKS = {"possibly about ": "%", "about ": "~", "possibly ": "?"}


@dataclass(frozen=True, slots=True)
class Note:
    """A note taken apart: named values, of which `issued` is a date, and other words."""

    known: Mapping[str, str]
    words: str


def split_note(text: str) -> Note:
    """Take a note apart; what is not in our own form stays words."""
    known: dict[str, str] = {}
    words: list[str] = []
    for piece in (part.strip() for part in _PIECE.split(text)):
        named, issued = _NAMED.fullmatch(piece), _issued(piece)
        if issued and "issued" not in known:
            known["issued"] = issued
        elif named and named[1] not in known:
            known[named[1]] = named[2].strip()
        elif piece:
            words.append(piece)
    return Note(known, "; ".join(words))


def _issued(piece: str) -> str:
    return date_from_words(piece.removeprefix("Issued ")) if piece.startswith("Issued ") else ""


def date_from_words(words: str) -> str:
    """The date that `PartialDate.in_words` wrote; empty when it is none."""
    start, between, end = words.partition(" to ")
    if between:
        text = f"{_single(start)}/{_single(end)}" if _single(start) and _single(end) else ""
    elif words.startswith("by "):
        text = f"../{_single(words[3:])}" if _single(words[3:]) else ""
    elif words.endswith(" or later"):
        first = _single(words.removesuffix(" or later"))
        text = f"{first}/.." if first else ""
    else:
        text = _single(words)
    try:
        return parse_date(text).text
    except ValueError:
        return ""


def _single(words: str) -> str:
    mark = next((mark for mark in _MARKS if words.startswith(mark)), "")
    plain = words.removeprefix(mark)
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", plain):
        return plain + _MARKS.get(mark, "")
    match = re.fullmatch(rf"(?:(\d{{1,2}}) )?(?:({'|'.join(MONTHS)}) )?(\d{{1,4}})", plain)
    if not match or (match[1] and not match[2]):
        return ""
    parts = [f"{int(match[3]):04}"] + ([f"{MONTHS.index(match[2]) + 1:02}"] if match[2] else [])
    return "-".join(parts + ([f"{int(match[1]):02}"] if match[1] else [])) + _MARKS.get(mark, "")
