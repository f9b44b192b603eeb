"""CSL-JSON, as Zotero and the registries of DOIs write it → drafts of sources.

In: the text of a .json file: a list of items, or one item, or an object with `items`, or the answer of Crossref's API
with a `message`. Out: drafts, gaps and problems. JSON is read strictly: a name given twice, NaN and values of the wrong
type are told, not guessed at. What Crossref and DataCite write as lists (titles, ISSN) gives its first text.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ledger.bibliography import DATES, FIELDS, NAMES
from ledger.diagnostics import Lines
from ledger.importers.cleaning import LaxJsonError, each_once, visible_text
from ledger.importers.csl import NO_FIELD, Items, read_items
from ledger.importers.dates import csl_date_text
from ledger.importers.drafts import ForeignFile, Imported, Log, Run
from ledger.importers.extra import VARIABLES

CROSSREF_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference", "book-chapter": "chapter",
    "book-section": "chapter", "book-part": "chapter", "reference-entry": "entry", "posted-content": "article",
    "monograph": "book", "edited-book": "book", "reference-book": "book", "book-set": "book", "book-series": "book",
    "dissertation": "thesis", "proceedings": "collection", "proceedings-series": "collection", "database": "dataset",
    "journal": "periodical", "journal-issue": "periodical", "journal-volume": "periodical", "report-series": "report",
    "report-component": "report", "peer-review": "review", "component": "figure", "other": "document",
}  # fmt: skip
"""Crossref's own words for types, which it leaves in its CSL-JSON where it translates none."""
_DATES_OF_REGISTRIES = ("published", "published-print", "published-online", "posted", "approved")
"""Dates that Crossref gives beside `issued`, the best first."""
_LISTED = ("title", "subtitle", "title-short", "original-title", "container-title",
           "container-title-short", "ISSN", "ISBN", "collection-title", "publisher",
           "event-title", "language", "volume", "issue", "page", "URL", "DOI", "edition", "archive")  # fmt: skip
"""What registries write as lists of texts."""
_OTHER_NAMES = {"short-container-title": "container-title-short", "journalAbbreviation": "container-title-short",
                "short-title": "title-short", "shortTitle": "title-short"}  # fmt: skip
_OF_CSL = {*VARIABLES, *FIELDS, "author", "issued", "accessed", "title", "type", "note", "keyword", "custom"}
_MOST_DIGITS = 30
_PLAIN = json.JSONDecoder(parse_int=str)
_BETWEEN = re.compile(r"[ \t\r\n,:]*")


def read_csl_json(file: ForeignFile, run: Run) -> Imported:
    """Every item of a file of CSL-JSON."""
    return read_items(file, run, _items, "")


def _items(lines: Lines, file: ForeignFile, made: Imported) -> Items:
    try:
        found = _loads(lines.text)
    except (json.JSONDecodeError, LaxJsonError, RecursionError) as problem:
        _reject(lines, file, made, problem)
        return
    if isinstance(found, dict) and isinstance(found.get("message"), dict):
        found = found["message"]
    items = found.get("items", [found]) if isinstance(found, dict) else found
    if not isinstance(items, list) or not items:
        message = f"nothing recognised in {len(file.data):,} bytes: no list of items"
        made.reject(file.path, message, lines.span(file.path, 0, 1))
        return
    places = [] if all(isinstance(item, dict) for item in items) else list(_places(lines.text))
    for at, item in enumerate(items):
        where = f"{file.path}: item {at + 1}"
        if isinstance(item, dict):
            named = f"{where} ({visible_text(str(item['id']))})" if item.get("id") else where
            yield named, _fitting(item, named, made), frozenset()
        else:
            span = lines.span(file.path, *places[at])
            made.reject(where, "not an object", span, "an item is an object with fields")


def _reject(lines: Lines, file: ForeignFile, made: Imported, problem: Exception) -> None:
    at, message = 0, "nested too deep"
    if isinstance(problem, json.JSONDecodeError):
        at, message = problem.pos, f"not JSON: {problem.msg}"
    elif isinstance(problem, LaxJsonError):
        at, message = _first_bad(lines.text), str(problem)
    made.reject(file.path, message, lines.span(file.path, at, at + 1))


def _fitting(written: Mapping[str, Any], where: str, made: Imported) -> dict[str, Any]:
    """The item in the terms of CSL, without values of the wrong type."""
    log, item = made.log(where), dict[str, Any]()
    for said, value in written.items():
        name = _OTHER_NAMES.get(said, said)
        fits = _fit(name, value, log)
        if fits is not None and item.setdefault(visible_text(name), fits) != fits:
            log.gap(visible_text(said), f"the item says `{name}` already: left out", value)
        elif fits is None and value not in (None, "", [], {}):
            why = f"not the type that CSL-JSON says, but {type(value).__name__}: left out"
            log.gap(visible_text(said), why if name in _OF_CSL else NO_FIELD, value)
    type_ = str(item.get("type", ""))
    return _dated(_titled(item), log) | ({"type": CROSSREF_TYPES[type_]} if type_ in CROSSREF_TYPES else {})


def _fit(name: str, value: Any, log: Log) -> Any:
    """A value as its variable has it in CSL-JSON; None where it has no such form."""
    if name in NAMES:
        return _people(name, value, log) if isinstance(value, list) else None
    if name in DATES or name in _DATES_OF_REGISTRIES:
        return {"raw": value} if isinstance(value, str) and value else value if isinstance(value, dict) else None
    if name in ("custom", "relation"):
        return value if isinstance(value, dict) else None
    if name in ("keyword", "categories"):
        return value if isinstance(value, str | list) else None
    if isinstance(value, list) and name in _LISTED:
        return _first(name, value, log)
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "" else None


def _first(name: str, values: list[Any], log: Log) -> str | None:
    """The first text of a list; what else it holds is reported."""
    texts = [text for one in values if isinstance(one, str | int) and (text := str(one).strip())]
    if name == "ISBN":
        return " ".join(texts) or None
    if rest := [*texts[1:], *(one for one in values if not isinstance(one, str | int))]:
        log.gap(name, "given more than once: the first is kept", rest)
    return texts[0] if texts else None


def _people(name: str, values: list[Any], log: Log) -> list[dict[str, Any]] | None:
    """Names, without what is no plain text in them: Crossref lists where authors work."""
    found: list[dict[str, Any]] = []
    for one in values:
        if isinstance(one, Mapping):
            parts = {part: value for part, value in one.items() if isinstance(value, str | int | bool)}
            if "family" not in parts and "literal" not in parts and "name" in parts:
                parts["literal"] = parts.pop("name")
            found.append({part: value for part, value in parts.items() if part != "sequence"})
            for part in (part for part in one.keys() - parts.keys() - {"name"} if one[part]):
                log.gap(f"{name}.{visible_text(part)}", "a name here has no such part: left out", one[part])
        elif isinstance(one, str) and one.strip():
            found.append({"literal": one})
        elif one is not None:
            log.gap(name, "no name: left out", one)
    return found or None


def _titled(item: dict[str, Any]) -> dict[str, Any]:
    """The subtitle, which registries give beside the title, behind it."""
    title, subtitle = str(item.get("title", "")), str(item.get("subtitle", ""))
    if not title or not subtitle:
        return item
    rest = {name: value for name, value in item.items() if name != "subtitle"}
    return rest if subtitle.casefold() in title.casefold() else rest | {"title": f"{title}: {subtitle}"}


def _dated(item: dict[str, Any], log: Log) -> dict[str, Any]:
    """The first of the dates of a registry where the item has none of its own; the others are reported."""
    others = {name: item[name] for name in _DATES_OF_REGISTRIES if name in item}
    best = next((name for name in ("issued", *others) if csl_date_text(item.get(name))), "issued")
    for name in (name for name in others if name != best):
        why = "the date on which it was issued is said already: left out"
        log.gap(name, why, csl_date_text(others[name]) or others[name])
    rest = {name: value for name, value in item.items() if name not in others}
    return rest | ({"issued": others[best]} if best in others else {})


# JSON


def _loads(text: str) -> Any:
    def refuse(name: str) -> Any:
        raise LaxJsonError(f"{name} is no value of JSON")

    read_int = lambda digits: int(digits) if len(digits) <= _MOST_DIGITS else digits  # noqa: E731
    return json.loads(text, object_pairs_hook=each_once, parse_constant=refuse, parse_int=read_int)


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where each item of a text that is JSON begins and ends. ValueError or IndexError where the text breaks off."""
    at, name = _next(text, 0), "items"
    if text[at] == "{":
        name, end = _PLAIN.raw_decode(text, _next(text, at + 1))
        at = _next(text, end)
    while name != "items":
        at = _next(text, _PLAIN.raw_decode(text, at)[1])
        name, end = _PLAIN.raw_decode(text, at)
        at = _next(text, end)
    at = _next(text, at + 1)
    while text[at] != "]":
        end = _PLAIN.raw_decode(text, at)[1]
        yield at, end
        at = _next(text, end)


def _next(text: str, at: int) -> int:
    """Where the next value, name or bracket begins."""
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _first_bad(text: str) -> int:
    """Where the first item begins that cannot be read strictly; the start of the text where that is not found."""
    start = 0
    try:
        for start, end in _places(text):
            _loads(text[start:end])
    except LaxJsonError:
        return start
    except (ValueError, IndexError):  # the text breaks off before its items do
        pass
    return 0
