"""Foreign text → text that our records can hold, and the ids that are made from it.

In: any text. Out: text without characters that no file may hold and without what our records would read as a
reference; ids of plain letters, free of those already taken; whether a text is an address.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from html import unescape
from itertools import chain, count
from typing import Any

from pydantic import TypeAdapter

from ledger import references
from ledger.fields import ID_LENGTH, Url, accepts, is_id
from ledger.naming import RESERVED, nearest_id, plain_letters
from ledger.yamlnodes import MAX_DEPTH

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u200b\u2060\u202a-\u202e\u2066-\u2069]"
)
_NAMES = "i|b|em|strong|sub|sup|sc|span"
_MARKS = re.compile(rf"<(?P<opens>{_NAMES})\b[^<>]*>|</(?P<closes>{_NAMES})>|[<>]")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
COMMON = {
    "a", "an", "and", "are", "as", "at", "by", "can", "do", "does", "for", "from", "has", "have", "how", "in", "into",
    "is", "it", "its", "of", "on", "or", "that", "the", "their", "this", "to", "was", "we", "what", "when", "where",
    "which", "who", "why", "will", "with", "der", "die", "das", "und", "le", "la", "les",
}  # fmt: skip
"""Words that tell titles apart badly."""
_ADDRESS: TypeAdapter[str] = TypeAdapter(Url)


def visible_text(text: str) -> str:
    """Text without control and invisible characters, its lines broken by LF alone."""
    return _INVISIBLE.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(visible_text(text).split())


def decoded(text: str) -> str:
    """Words in which some programs write `&amp;` for `&`, and others twice."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text)


def without_marks(text: str) -> str:
    """A title on one line, without the marks that other programs put into titles: `<i>`, `<sup>` and so on."""
    plain = one_line(text)
    opened: list[re.Match[str]] = []
    marks: list[tuple[int, int]] = []
    for mark in _MARKS.finditer(plain):
        if mark["opens"]:
            opened.append(mark)
        elif opened and mark["closes"] == opened[-1]["opens"]:
            marks += [opened.pop().span(), mark.span()]
        else:  # a sign that is no mark: what stands around it is words
            opened.clear()
    ends = [0, *(at for span in sorted(marks) for at in span), len(plain)]
    return "".join(plain[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))


class LaxJsonError(ValueError):
    """What Python reads as JSON and no reader should, in words."""


def is_too_deep(data: Any) -> bool:
    """Whether lists and groups have more levels than those of YAML may have. `json` may read thousands of them."""
    depth, level = 0, [data]
    while depth <= MAX_DEPTH and (groups := [one for one in level if isinstance(one, dict | list)]):
        level = [inner for one in groups for inner in (one.values() if isinstance(one, dict) else one)]
        depth += 1
    return depth > MAX_DEPTH


def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, as `object_pairs_hook`. LaxJsonError where a name is given twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = Counter(name for name, _ in pairs)
        twice = next(name for name, number in names.items() if number > 1)
        raise LaxJsonError(f"the name `{visible_text(twice)}` is given twice in one object of JSON")
    return made


def plain_line(text: str) -> str:
    """Text on one line in which nothing reads as one of our references."""
    return without_references(one_line(text))


def without_references(text: str, *, markdown: bool = False) -> str:
    """Text in which nothing reads as one of our references: foreign brackets are words."""
    if not references.may_refer(text):
        return text
    parts = references.pieces(text, markdown=markdown)
    mark = "\\[" if markdown else "[ "
    joined = "".join(one if isinstance(one, str) else mark + text[one.start + 1 : one.end] for one in parts)
    return joined if joined == text else without_references(joined, markdown=markdown)


@cache
def is_address(text: str) -> bool:
    """Whether a text is a web address that a record may give."""
    return accepts(_ADDRESS, text)


# Ids


def slug(words: str) -> str:
    """The words as part of an id; empty when they hold no letter this program can write in plain ones."""
    return nearest_id(plain_letters(words))


def significant_word(title: str) -> str:
    """The first word of a title that tells it apart, as part of an id."""
    words = slug(title).split("-")
    return next((word for word in words if word not in COMMON and not word.isdigit()), "")[:20]


def may_be_id(text: str) -> bool:
    """Whether a text could be the id of a record."""
    return is_id(text) and text not in RESERVED


def author_year(authors: Any, title: str, issued: str, default: str = "") -> str:
    """`kaplan-2020`: the first author, else the title, and the year; empty where nothing gives a name."""
    first = authors[0] if isinstance(authors, list) and authors else {}
    name = slug(first.get("family") or first.get("literal") or "") or slug(title) or default
    year = re.match(r"\d{4}", issued)
    return "-".join([*name.split("-")[:4], *([year[0]] if year else [])]) if name else ""


def free_id(wanted: str, word: str, is_taken: Callable[[str], bool], asked: int = 2) -> str:
    """The id nearest to the one wanted that is free: as it is, with a word, then with a number.

    `asked` is how often one like it was asked for, this time included: so many numbers may be taken.
    """
    plain = wanted or "record"
    base = _ended(plain, word)
    choices = chain(
        [_cut(plain, ID_LENGTH), base], (_ended(base, str(number)) for number in count(max(2, asked - bool(word))))
    )
    return next(id_ for id_ in choices if may_be_id(id_) and not is_taken(id_))


def _ended(id_: str, ending: str) -> str:
    return f"{_cut(id_, ID_LENGTH - len(ending) - 1)}-{ending}" if ending else id_


def _cut(id_: str, limit: int) -> str:
    """The beginning of an id, cut between words where that is possible."""
    if len(id_) <= limit:
        return id_
    whole = id_[:limit].rpartition("-")[0] if id_[limit] != "-" else id_[:limit]
    return (whole or id_[:limit]).strip("-")
