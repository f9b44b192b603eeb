"""Lists that other programs read otherwise: CommonMark nests by two spaces where Python-Markdown wants four.

In: a body without its references, formulas and code. Out: each line whose list, item or paragraph is another one to
CommonMark 0.31 (sections 5.2 and 5.3) than it is here, with what to write so that both read the same.
"""

import re
from collections.abc import Iterator

from ledger.diagnostics import Level
from ledger.markup_limits import RULE, Finding
from ledger.references import OPEN

_LINE = re.compile(r"[^\n]*+\n?")
_ITEM = re.compile(r"(?P<indent>[ ]*+)(?P<mark>[-*+]|(?P<number>\d{1,9})(?P<sign>[.)]))(?P<gap>[ ]{1,4})(?=\S)")
_STEP = 4
"""So many spaces nest a list here."""
_NEST = f"begin it with {_STEP} spaces for each level, which every program reads alike"
_PART = f"begin it with {_STEP} spaces to make it part of the item, or with none to end the list"
_SWALLOWED = (
    "CommonMark begins a list here; without an empty line above it is none here",
    "put an empty line above the list",
)
_DOT = "write a full stop behind the number, as `1.`"


def read_otherwise(prose: str) -> Iterator[Finding]:
    """What is wrong with the lists of a body."""
    lists: list[tuple[int, int]] = []  # of each open item: where its mark begins, and where its text does
    after = "blank"  # what the line before was: blank, words, or another block
    for line in _LINE.finditer(prose):
        text = line[0].rstrip("\n").expandtabs(_STEP)
        if not text.strip():
            after = "blank"
            continue
        item, start = _ITEM.match(text), line.start()
        why: tuple[str, str] | None = None
        if item and not RULE.match(text):
            why = _of_item(item, lists, after)
            _open(item, lists)
            after = "item"
        else:
            indent = len(text) - len(text.lstrip(" "))
            if lists and after == "blank":
                if lists[0][1] <= indent < _STEP:
                    why = ("CommonMark reads this paragraph as part of the item above; here it ends the list", _PART)
                elif indent < lists[0][1]:
                    lists.clear()
            after = _sort_of(text, in_list=bool(lists))
            if after == "other":
                lists.clear()
        if why:
            yield Finding("list-layout", Level.WARNING, start, start + len(line[0].rstrip("\n")), *why)


def _of_item(item: re.Match[str], lists: list[tuple[int, int]], after: str) -> tuple[str, str] | None:
    """What is wrong with the line that begins an item, given the lists that are open and what came before."""
    indent = len(item["indent"])
    if not lists and indent >= _STEP:
        return None
    may_begin = item["number"] in (None, "1")
    if item["sign"] == ")" and (lists or after != "words" or may_begin):
        return "a number with a bracket begins no item here", _DOT
    if not lists:
        return _SWALLOWED if after == "words" and may_begin else None
    depth = sum(text <= indent for _, text in lists)
    if depth != min(len(lists), indent // _STEP):
        return "CommonMark nests this item otherwise than it is nested here", _NEST
    return None


def _open(item: re.Match[str], lists: list[tuple[int, int]]) -> None:
    """The lists that are open after the first line of an item."""
    indent = len(item["indent"])
    if not lists and indent >= _STEP:
        return
    while lists and lists[-1][1] > indent:
        lists.pop()
    lists.append((indent, item.end()))


def _sort_of(text: str, *, in_list: bool) -> str:
    """Whether a line is words, behind which no list begins, or a block of another sort."""
    if text.lstrip(" ").startswith((">", "#")) or RULE.match(text) or not text.strip(f" {OPEN}=-*_"):
        return "other" if not in_list else "item"
    return "item" if in_list else "words"
