"""What an entry of BibTeX takes from others: by `crossref` and `xdata`, and from an `@string`.

In: values as they are written, the texts of an entry's fields, and every entry of the file by its key. Out: the texts
of values; an entry's fields with those of its parents that it lacks; a parent that is not there is reported. The rules
are those of the manual of BibLaTeX, 2.4.1, 3.13.6 and appendix B, and, for what BibTeX has of them, of btxdoc, 2.1. A
field or a member of a list may also name one field, or one member, of another entry: `xdata=key-title`,
`xdata=key-author-2`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ledger.dates import SHORT_MONTHS
from ledger.importers import latex
from ledger.importers.drafts import Log

Texts = dict[str, str]
Parents = Mapping[str, tuple[str, Texts]]
_NAMED = re.compile(r"xdata\s?[=:]\s?(\S+)", re.IGNORECASE)
_PLACE = re.compile(r"(.+)[-+]([a-z]+)(?:[-+]([1-9]\d{0,3}))?", re.IGNORECASE)
_DEPTH = 5
"""How many steps a chain of parents has at most."""
_OWN = {
    "abstract", "annotation", "annote", "archiveprefix", "crossref", "doi", "entryset", "eprint", "eprinttype",
    "eprintclass", "execute", "file", "ids", "keywords", "label", "number-of-pages", "options", "pages", "pagetotal",
    "pmcid", "pmid", "presort", "primaryclass", "related", "relatedtype", "shorthand", "shorttitle", "sortkey",
    "sorttitle", "url", "urldate", "xdata", "xref",
}  # fmt: skip
"""What is said of an entry alone, and numbers by which a work is known."""
_SAME = (
    {"date", "year", "month", "day"}, {"journal", "journaltitle"}, {"address", "location"},
    {"institution", "school", "organization"},
)  # fmt: skip
"""Fields that say the same: an entry that has one takes none of the others."""
_AS_CONTAINER = {
    **dict.fromkeys(("inbook", "incollection", "inproceedings", "conference", "inreference", "suppbook",
                     "suppcollection", "bookinbook"), ("booktitle", "booksubtitle")),
    **dict.fromkeys(("article", "suppperiodical", "review"), ("journaltitle", "journalsubtitle")),
}  # fmt: skip
"""What a parent's title and subtitle are to a child of a type."""
_QUOTED = re.compile(r'"((?:\\.|\{"\}|[^"\\])*)"?', re.DOTALL)
_BARE = re.compile(r"[^\s#{\"]+")
_BRACE = re.compile(r"(?<!\\)[{}]")
_JOINT = re.compile(r"\s*#\s*")
_LONGEST = 100_000
"""The longest text of an `@string`, in characters. Without a limit a few lines could make one without end."""


def inherited(type_: str, fields: Texts, parents: Parents, log: Log) -> Texts:
    """The fields of an entry with those that it inherits."""
    made = dict(fields)
    for name in ("xdata", "crossref"):
        for key in _keys(fields.get(name, "")):
            for field, text in _from(name, key, type_, parents, log).items():
                if field not in made and not any(field in same and same & fields.keys() for same in _SAME):
                    made[field] = text
    return made


class Place(NamedTuple):
    """What a field refers to: an entry, one of its fields, and the number of a member in it; 0 for all of it."""

    key: str
    field: str
    at: int


def places_in(text: str) -> Iterator[Place | None]:
    """What the members of a field's text refer to; None for one that can refer to nothing."""
    for member in latex.members(" ".join(text.split())) if "xdata" in text.lower() else ():
        if found := _NAMED.fullmatch(member):
            place = _PLACE.fullmatch(found[1])
            yield Place(place[1].lower(), place[2].lower(), int(place[3] or 0)) if place else None


def resolved(fields: Texts, parents: Parents, log: Log) -> Texts:
    """The fields with the texts that they name in other entries; what is not there is left out and reported."""
    made = dict(fields)
    for name, text in fields.items():
        if name != "xdata" and any(True for _ in places_in(text)):
            made[name] = " and ".join(filter(None, _members(name, text, parents, log, _DEPTH)))
    return {name: text for name, text in made.items() if text or not fields[name]}


def _members(name: str, text: str, parents: Parents, log: Log, depth: int) -> Iterator[str]:
    """The members of a text; one that refers to a field of an entry stands for the members there."""
    for member in latex.members(" ".join(text.split())):
        if not (found := next(places_in(member), ...)) or not depth:
            log.gap(name, f"it names no field of an entry, or by more than {_DEPTH} steps: left out", member)
        elif not isinstance(found, Place):
            yield member
        elif there := _there(found, parents):
            yield from _members(name, there, parents, log, depth - 1)
        else:
            log.gap(name, "no entry of this file has what this names: left out", member)


def _there(place: Place, parents: Parents) -> str:
    text = " ".join(parents.get(place.key, ("", {}))[1].get(place.field, "").split())
    members = [*latex.members(text)]
    return text if not place.at else members[place.at - 1] if place.at <= len(members) else ""


def keys_of(fields: Texts) -> list[str]:
    """The keys of the entries from which one inherits directly."""
    return [*_keys(fields.get("xdata", "")), *_keys(fields.get("crossref", ""))]


def _keys(written: str) -> list[str]:
    return [key for part in written.split(",") if (key := part.strip().lower())]


def _from(name: str, key: str, type_: str, parents: Parents, log: Log) -> Texts:
    """What an entry passes on to one that names it, including what it has from its own parents."""
    found: Texts = {}
    for _ in range(_DEPTH):
        if key not in parents:
            log.gap(name, "no entry of this file has this key: nothing is inherited", key)
            return found
        _, fields = parents[key]
        found = (dict(fields) if name == "xdata" else _as_child(type_, fields)) | found
        further = keys_of(fields)
        if not further:
            return found
        key = further[0]
    log.gap(name, f"a chain of more than {_DEPTH} entries: what is behind it is left out", key)
    return found


def _as_child(type_: str, fields: Texts) -> Texts:
    """A parent's fields under the names that they have in a child; without its title where that is nobody's."""
    title, subtitle = _AS_CONTAINER.get(type_, ("", ""))
    names = {"title": title, "subtitle": subtitle, "titleaddon": ""}
    given = {names.get(field, field): text for field, text in fields.items() if field not in _OWN}
    given.pop("", None)
    return given if "booktitle" not in fields else given | {"booktitle": fields["booktitle"]}


# Values


def texts_of(written: Iterator[tuple[str, str]]) -> dict[str, str]:
    """The texts of `@string`s, given as name and value, each of which may use those above it.

    One that could not be read whole has none, which is told of every value that uses it.
    """
    made: dict[str, str] = {}
    for name, value in written:
        text, missing, rest = read_value(value, made)
        if len(text) <= _LONGEST and not (missing or rest):
            made[name.lower()] = text
    return made


def read_value(written: str, strings: Mapping[str, str]) -> tuple[str, list[str], str]:
    """The text of a value as it is written, the names in it that no `@string` has, and what follows without a `#`."""
    value, parts, missing = written.strip(), [], []
    at = 0
    while at < len(value):
        text, bare, at = _piece(value, at)
        if bare and text.lower() not in strings and not text.isdecimal() and text.lower() not in SHORT_MONTHS:
            missing.append(text)
        parts.append(strings.get(text.lower(), text) if bare else text)
        joint = _JOINT.match(value, at)
        if not joint:
            break
        at = joint.end()
    return "".join(parts), missing, value[at:].strip()


def _piece(value: str, at: int) -> tuple[str, bool, int]:
    """The piece that begins there without what stands around it, whether that was nothing, and where it ends."""
    if value[at] == "{":
        end = _closed(value, at)
        return value[at + 1 : end], False, end + 1
    if quoted := _QUOTED.match(value, at):
        return quoted[1], False, quoted.end()
    bare = _BARE.match(value, at)
    return (bare[0], True, bare.end()) if bare else ("", False, at + 1)


def _closed(value: str, at: int) -> int:
    """Where the brace that opens there is closed; the end of the text if it is not."""
    depth = 0
    for brace in _BRACE.finditer(value, at):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return len(value)
