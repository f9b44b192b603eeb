"""What a note says in lines of `Name: value` → variables of the Citation Style Language.

In: a note: Zotero's field *Extra*, in which each line may be a variable, or the note of our own exports, which say
there what BibTeX and RIS have no field for. Out: the variables, and the words that are left. How Zotero reads *Extra*:
https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra
"""

import re
from collections.abc import Mapping
from typing import Any

from ledger.bibliography import DATES, FIELDS, NAMES
from ledger.dates import UNKNOWN
from ledger.importers.dates import date_from_words
from ledger.other_names import CSL_OTHERS

VARIABLES = NAMES | DATES | CSL_OTHERS | {"first-reference-note-number", "status"}
VARIABLES -= {"author", "issued", "accessed", "annote"}
"""Every variable of CSL 1.0.2 that a source keeps under `csl`, other than its note."""
_OWN = ("Archived copy", "arXiv")
_OF_ITEMS = (*FIELDS, "author", "issued", "accessed", "type", "citation-key")
"""What is a field of its own in an item, wherever it was said."""
_ZOTERO = {
    "place": "publisher-place", "publication-title": "container-title", "date": "issued", "pages": "page",
    "series": "collection-title", "series-title": "collection-title", "series-number": "collection-number",
    "bibtex": "citation-key", "eprint": "arXiv", "arxiv-id": "arXiv", "short-title": "title-short",
    "conference-name": "event-title", "archive-location": "archive_location",
}  # fmt: skip
"""Names of Zotero's fields, and what CSL calls them."""
_NAMES: Mapping[str, str] = {
    **{name.casefold().replace("_", "-"): name for name in (*VARIABLES, *_OF_ITEMS)},
    **{name.casefold().replace(" ", "-"): name for name in _OWN},
    **_ZOTERO,
}
_JOINED = "|".join(sorted(map(re.escape, (*_OWN, "PMID", *VARIABLES)), key=len, reverse=True))
_PIECE = re.compile(rf"; (?=Issued |(?:{_JOINED}): )")
_NAMED = re.compile(r"_?([A-Za-z][A-Za-z _-]{1,40}?) ?: *(\S.*)")


def split_note(text: str) -> tuple[dict[str, str], str]:
    """The variables that a note names, with `issued` as a date where we wrote it, and the words that remain."""
    known: dict[str, str] = {}
    words: list[str] = []
    for line in text.split("\n"):
        left = [part.strip() for part in _PIECE.split(line)]
        while left and (named := _named(left[0]))[0] and named[0] not in known:
            known[named[0]] = named[1]
            left.pop(0)
        words.append("; ".join(left))  # what follows somebody's own words is theirs, too
    return known, "\n".join(filter(None, words))


def _named(piece: str) -> tuple[str, str]:
    if piece == f"Issued {UNKNOWN}":
        return "Issued", UNKNOWN
    if piece.startswith("Issued ") and (issued := date_from_words(piece.removeprefix("Issued "))):
        return "Issued", issued
    named = _NAMED.fullmatch(piece)
    name = _NAMES.get(re.sub("[ _]", "-", named[1].casefold()), "") if named else ""
    return (name, named[2].strip()) if named and name else ("", "")


def added(item: Mapping[str, Any], known: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The item with the variables that it lacked, and those that it already gives in other words."""
    named = {name: value for name, value in known.items() if name in _OF_ITEMS or name in VARIABLES}
    lacking = {name: _typed(name, value) for name, value in named.items() if not item.get(name)}
    return {**item, **lacking}, {name: value for name, value in named.items() if name not in lacking}


def _typed(name: str, value: str) -> Any:
    """A variable as CSL-JSON has it; Zotero writes a name as `Family || Given`."""
    if name in NAMES:
        family, bars, given = (part.strip() for part in value.partition("||"))
        return [{"family": family, "given": given} if bars else {"literal": value}]
    return {"literal": value} if name in DATES else value
