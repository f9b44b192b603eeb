"""RIS, as Zotero and others write it → drafts of sources.

In: the text of a .ris file. Out: drafts, gaps and problems. The format is lines of `TY  - value`, read here one by one,
so that a record without an end, a stray line or a tag given twice is reported and not lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ledger.bibliography import OTHERS
from ledger.checks.bad_identifier import good_isbn
from ledger.diagnostics import error, warning
from ledger.importers.foreign import ForeignFile, Imported, Log, Run
from ledger.importers.foreign_dates import date_from_text
from ledger.importers.reading import foreign_text
from ledger.importers.sources import add_source
from ledger.importers.vocabulary import RIS_MEANS, RIS_TYPES

_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?")
_ONE = {
    "container-title": ("T2", "JO", "JF", "BT", "JA", "J2"), "title": ("TI", "T1", "CT"), "publisher": ("PB",),
    "volume": ("VL",), "issue": ("IS",), "DOI": ("DO",), "language": ("LA",), "publisher-place": ("CY", "PP"),
    "edition": ("ET",), "genre": ("M3",), "title-short": ("ST",), "section": ("SE",), "number-of-volumes": ("NV",),
    "call-number": ("CN",), "original-title": ("OP",), "collection-title": ("T3",), "id": ("ID",), "URL": ("UR",),
    "number": ("M1",),
}  # fmt: skip
"""Variables with the tags that give them, the best first."""
_PEOPLE = {"author": ("AU", "A1"), "editor": ("ED", "A2"), "collection-editor": ("A3",), "translator": ("A4", "TA")}
_DATES = ("PY", "Y1", "DA", "Y2")
_ELSEWHERE = {"TY", "SN", "SP", "EP", "KW", "N1", "RN", *_DATES}
_WHY_NOT = {
    "AB": "the words of others: not taken over as a summary; write one",
    "N2": "the words of others: not taken over as a summary; write one",
    "L1": "a path on somebody's machine: left out",
    "L2": "a path on somebody's machine: left out",
}


@dataclass(slots=True)
class _Record:
    """One record while it is read: where it begins, its values by tag, whether it has ended."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    last: str = ""
    ended: bool = False


def read_ris(file: ForeignFile, run: Run) -> Imported:
    """Every record of a .ris file."""
    made = Imported()
    text = foreign_text(file, made)
    if text is None:
        return made
    for record in _records(text, file, made):
        where = f"{file.path}:{record.line}"
        if not record.ended:
            span = made.texts[file.path].span(file.path, *made.texts[file.path].place(record.line))
            made.problems.append(warning("import", span, "this record has no end", "end it with a line `ER  - `"))
        types = RIS_MEANS.get(record.values["TY"][0], frozenset())
        add_source(csl_of(record.values, made.log(where)), where, made, run, types)
    if not made.read:
        span, message = made.texts[file.path].span(file.path, 0, 0), f"nothing recognised in {len(file.data):,} bytes"
        made.refuse(file.path, "it holds no RIS record", [error("import", span, message)])
    return made


def _records(text: str, file: ForeignFile, made: Imported) -> Iterator[_Record]:
    record: _Record | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        tag, value = _tagged(line)
        if tag == "TY":
            if record:
                yield record
            record = _Record(number)
        if record is None:
            if line.strip():
                made.log(f"{file.path}:{number}").gap("text between records", "it is no record: left out", line)
        elif tag == "ER":
            record.ended = True
            yield record
            record = None
        elif tag:
            record.values.setdefault(tag, []).append(value)
            record.last = tag
        elif line.strip() and record.last:
            record.values[record.last][-1] += "\n" + line.strip()
    if record:
        yield record


def _tagged(line: str) -> tuple[str, str]:
    match = _LINE.fullmatch(line)
    return (match[1], (match[2] or "").strip()) if match else ("", "")


def csl_of(values: dict[str, list[str]], log: Log) -> dict[str, Any]:
    """A record as an item of CSL-JSON."""
    item: dict[str, Any] = {"type": _type(values, log)}
    for name, tags in _ONE.items():
        found = [value for tag in tags for value in values.get(tag, ()) if value]
        item |= {name: found[0]} if found else {}
        for value in dict.fromkeys(found[1:]):
            if value != found[0]:
                log.gap(name, "given more than once: the first is kept", value)
    for name, tags in _PEOPLE.items():
        if people := [_person(value) for tag in tags for value in values.get(tag, ()) if value]:
            item[name] = people
    item |= _pages_and_numbers(values, log) | _dates(values, log)
    item |= {"keyword": values["KW"]} if "KW" in values else {}
    if notes := [*values.get("N1", ()), *values.get("RN", ())]:
        item["note"] = "\n".join(notes)
    known = {tag for tags in (*_ONE.values(), *_PEOPLE.values()) for tag in tags} | _ELSEWHERE
    for tag in sorted(values.keys() - known):
        log.gap(tag, _WHY_NOT.get(tag, "a source has no such field: left out"), "; ".join(values[tag]))
    return item


def _type(values: dict[str, list[str]], log: Log) -> str:
    written = values["TY"][0]
    if written not in RIS_TYPES:
        log.guess("type", "not a known type of RIS: set to document", written)
    return RIS_TYPES.get(written, "document")


def _person(value: str) -> dict[str, str]:
    """`Family, Given` or `Family, Given, Suffix`; without a comma the name is one piece."""
    family, comma, given = (part.strip() for part in value.partition(","))
    given, _, suffix = (part.strip() for part in given.partition(","))
    if not comma or not family or not given:
        return {"literal": OTHERS if value == "others" else value}
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


def _pages_and_numbers(values: dict[str, list[str]], log: Log) -> dict[str, str]:
    first, last = (next(iter(values.get(tag, ())), "") for tag in ("SP", "EP"))
    found = {"page": f"{first}-{last}" if first and last and first != last else first or last}
    for number in values.get("SN", ()):
        if re.fullmatch(r"\d{4}-?\d{3}[\dXx]", number.strip()) and not good_isbn(number.strip()):
            name = "ISSN"
        else:
            name = "ISBN"
        if name in found:
            log.gap(name, "given more than once: the first is kept", number)
        found.setdefault(name, number)
    return {name: text for name, text in found.items() if text}


def _dates(values: dict[str, list[str]], log: Log) -> dict[str, str]:
    """The best of the dates given: a whole one before a year."""
    written = [value.strip() for tag in ("DA", "PY", "Y1") for value in values.get(tag, ()) if value.strip(" /")]
    issued = next((good for value in written if (good := _date(value))), written[0] if written else "")
    for value in dict.fromkeys(written):
        if not _date(value) and value != issued:
            log.gap("issued", "not a date: another one is taken", value)
    accessed = next(iter(values.get("Y2", ())), "").strip()
    return {name: text for name, text in (("issued", issued), ("accessed", _date(accessed) or accessed)) if text}


def _date(value: str) -> str:
    """`2020/01/23/` with empty parts and a free last part, or any other form."""
    year, *rest = value.split("/")
    parts = [year.strip(), *(part.strip() for part in rest[:2] if part.strip())]
    return date_from_text("-".join(parts)) or date_from_text(value)
