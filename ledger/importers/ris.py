"""RIS, as Zotero and others write it → drafts of sources.

In: the text of a .ris file. Out: drafts, gaps and problems. The format is lines of `TY  - value`, read here one by one,
so that a record without an end, a stray line or a tag given twice is reported and not lost.
"""

import re
from collections.abc import Iterator
from typing import Any

from ledger.bibliography import OTHERS, ris_type
from ledger.diagnostics import Lines, warning
from ledger.identifiers import good_isbn
from ledger.importers.csl import ABSTRACT, NO_FIELD, Items, meanings, read_items
from ledger.importers.dates import date_from_text
from ledger.importers.drafts import ForeignFile, Imported, Log, Run

_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?")
RIS_TYPES = {
    "ADVS": "motion_picture", "ART": "graphic", "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book",
    "CASE": "legal_case", "CHAP": "chapter", "CLSWK": "classic", "COMP": "software", "CONF": "collection",
    "CPAPER": "paper-conference", "DATA": "dataset", "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter",
    "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage", "ENCYC": "entry-encyclopedia", "FIGURE": "figure",
    "GEN": "document", "GOVDOC": "report", "HEAR": "hearing", "ICOMM": "post", "INPR": "article",
    "JFULL": "periodical", "JOUR": "article-journal", "MANSCPT": "manuscript", "MAP": "map",
    "MGZN": "article-magazine", "MPCT": "motion_picture", "MULTI": "webpage", "MUSIC": "musical_score",
    "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication",
    "RPRT": "report", "SER": "periodical", "SLIDE": "speech", "SOUND": "song", "STAND": "standard",
    "STAT": "legislation", "THES": "thesis", "UNPB": "article", "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
"""Types of RIS; any other is a document."""
_ONE = {
    "container-title": ("T2", "JO", "JF", "BT", "JA", "J2"), "title": ("TI", "T1", "CT"), "publisher": ("PB",),
    "volume": ("VL",), "issue": ("IS",), "DOI": ("DO",), "language": ("LA",), "publisher-place": ("CY", "PP"),
    "edition": ("ET",), "genre": ("M3",), "title-short": ("ST",), "section": ("SE",), "number-of-volumes": ("NV",),
    "call-number": ("CN",), "original-title": ("OP",), "collection-title": ("T3",), "id": ("ID",), "URL": ("UR",),
    "number": ("M1",),
}  # fmt: skip
"""Variables with the tags that give them, the best first."""
_PEOPLE = {"author": ("AU", "A1"), "editor": ("ED", "A2"), "collection-editor": ("A3",), "translator": ("A4", "TA")}
_KNOWN = {"TY", "SN", "SP", "EP", "KW", "N1", "RN", "PY", "Y1", "DA", "Y2"}
_KNOWN |= {tag for tags in (*_ONE.values(), *_PEOPLE.values()) for tag in tags}
_WHY_NOT = {
    **dict.fromkeys(("AB", "N2"), ABSTRACT),
    **dict.fromkeys(("L1", "L2"), "a path on somebody's machine: left out"),
}
Values = dict[str, list[str]]


def read_ris(file: ForeignFile, run: Run) -> Imported:
    """Every record of a .ris file."""
    return read_items(file, run, _items, "it holds no RIS record")


def _items(lines: Lines, file: ForeignFile, made: Imported) -> Items:
    for number, values, has_ended in _records(lines.text, file, made):
        where = f"{file.path}:{number}"
        if not has_ended:
            span = lines.span(file.path, *lines.place(number))
            made.problems.append(warning("import", span, "this record has no end", "end it with a line `ER  - `"))
        yield where, csl_of(values, made.log(where)), meanings(RIS_TYPES.get(values["TY"][0]), ris_type)


def _records(text: str, file: ForeignFile, made: Imported) -> Iterator[tuple[int, Values, bool]]:
    """The line on which each record begins, its values by tag, and whether it has an end."""
    start, values, last = 0, Values(), ""
    for number, line in enumerate(text.split("\n"), start=1):
        match = _LINE.fullmatch(line)
        tag, value = (match[1], (match[2] or "").strip()) if match else ("", line.strip())
        if tag == "TY":
            if start:
                yield start, values, False
            start, values, last = number, Values(), ""
        if not start:
            if line.strip():
                made.log(f"{file.path}:{number}").gap("text between records", "it is no record: left out", line)
        elif tag == "ER":
            yield start, values, True
            start = 0
        elif tag:
            values.setdefault(tag, []).append(value)
            last = tag
        elif value and last:
            values[last][-1] += "\n" + value
    if start:
        yield start, values, False


def csl_of(values: Values, log: Log) -> dict[str, Any]:
    """A record as an item of CSL-JSON."""
    item: dict[str, Any] = {"type": _type(values["TY"][0], log)}
    for name, tags in _ONE.items():
        found = dict.fromkeys(value for tag in tags for value in values.get(tag, ()) if value)
        for best in list(found)[:1]:
            item[name] = best
        for value in list(found)[1:]:
            log.gap(name, "given more than once: the first is kept", value)
    people = {name: [_person(text) for tag in tags for text in values.get(tag, ()) if text]
              for name, tags in _PEOPLE.items()}  # fmt: skip
    item |= {name: listed for name, listed in people.items() if listed}
    item |= _pages_and_numbers(values, log) | _dates(values, log)
    item |= {"keyword": values["KW"]} if "KW" in values else {}
    if notes := [*values.get("N1", ()), *values.get("RN", ())]:
        item["note"] = "\n".join(notes)
    for tag in sorted(values.keys() - _KNOWN):
        log.gap(tag, _WHY_NOT.get(tag, NO_FIELD), "; ".join(values[tag]))
    return item


def _type(written: str, log: Log) -> str:
    if written not in RIS_TYPES:
        log.guess("type", "not a known type of RIS: set to document", written)
    return RIS_TYPES.get(written, "document")


def _person(value: str) -> dict[str, str]:
    """`Family, Given` or `Family, Given, Suffix`; without a comma the name is one piece."""
    family, given, suffix, *_ = (*(part.strip() for part in value.split(",", 2)), "", "")
    if not family or not given:
        return {"literal": OTHERS if value == "others" else value}
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


def _pages_and_numbers(values: Values, log: Log) -> dict[str, str]:
    first, last = (next(iter(values.get(tag, ())), "") for tag in ("SP", "EP"))
    found = {"page": f"{first}-{last}" if first and last and first != last else first or last}
    for number in values.get("SN", ()):
        is_issn = re.fullmatch(r"\d{4}-?\d{3}[\dXx]", number.strip()) and not good_isbn(number.strip())
        name = "ISSN" if is_issn else "ISBN"
        if name in found:
            log.gap(name, "given more than once: the first is kept", number)
        found.setdefault(name, number)
    return {name: text for name, text in found.items() if text}


def _dates(values: Values, log: Log) -> dict[str, str]:
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
    parts = [part.strip() for part in value.split("/")[:3]]
    return date_from_text("-".join([parts[0], *filter(None, parts[1:])])) or date_from_text(value)
