"""RIS, as Zotero and others write it → drafts of sources.

In: the text of a .ris file. Out: drafts, gaps and problems. The format is lines of `TY  - value`, read here one by one,
so that a record without an end, a stray line or a tag given twice is reported and not lost. Some programs write one
space before the hyphen, indent the lines, or put tags before `TY`; a tag that is known is read all the same.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from ledger.bibliography import OTHERS, ris_type
from ledger.diagnostics import Lines, warning
from ledger.identifiers import doi_in, good_isbn
from ledger.importers.cleaning import decoded
from ledger.importers.csl import ABSTRACT, NO_FIELD, TYPES, Items, meanings, read_items
from ledger.importers.dates import date_from_text
from ledger.importers.drafts import ForeignFile, Imported, Log, Run
from ledger.importers.names import is_organisation

_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?")
_LOOSE = re.compile(r"[ \t\xa0]*([A-Z][A-Z0-9])[ \t\xa0]{0,4}[-–](?:[ \t\xa0]+(.*)|([A-Z]+))?")
"""A line of another dialect. Only in `TY  -JOUR` may the value follow the hyphen at once."""
RIS_TYPES: dict[str, str] = {ris_type(type_): type_ for type_ in sorted(TYPES)} | {
    "ADVS": "motion_picture", "ART": "graphic", "CLSWK": "classic", "CONF": "collection", "EBOOK": "book",
    "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal", "FIGURE": "figure", "GEN": "document",
    "GOVDOC": "report", "ICOMM": "post", "INPR": "article", "JFULL": "periodical", "JOUR": "article-journal",
    "MANSCPT": "manuscript", "MULTI": "webpage", "SER": "periodical", "SLIDE": "speech", "UNPB": "article",
    "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
"""Types of RIS: those that we write, and further ones; any other is a document."""
_ONE = {
    "container-title": ("JF", "T2", "JO", "BT", "JA", "J2"), "title": ("TI", "T1", "CT"), "publisher": ("PB",),
    "volume": ("VL",), "issue": ("IS",), "language": ("LA",), "publisher-place": ("CY", "PP"),
    "edition": ("ET",), "genre": ("M3",), "title-short": ("ST",), "section": ("SE",), "number-of-volumes": ("NV",),
    "call-number": ("CN",), "original-title": ("OP",), "collection-title": ("T3",), "id": ("ID",), "URL": ("UR", "LK"),
    "number": ("M1",),
}  # fmt: skip
"""Variables with the tags that give them, the best first."""
_PEOPLE = {"author": ("AU", "A1"), "editor": ("ED", "A2"), "collection-editor": ("A3",), "translator": ("A4", "TA")}
_SHORT = ("J2", "JA", "JO")
"""Where an abbreviation of the container's title stands, if its title stands elsewhere."""
_BOOKS = ("book", "collection", "thesis", "pamphlet", "classic")
"""Types whose `T2` is the series and whose `SP` alone is the number of pages."""
_WITH_DOI = ("DI", "M3", "L3", "LK", "N1", "M1", "C7", "AN", "L2")
"""Where some programs put a DOI, the best first."""
_KNOWN = {"TY", "DO", "SN", "SP", "EP", "KW", "N1", "RN", "PY", "Y1", "DA", "Y2"}
_KNOWN |= {tag for tags in (*_ONE.values(), *_PEOPLE.values()) for tag in tags}
_WHY_NOT = {
    **dict.fromkeys(
        ("AD", "C1", "C2", "C3", "C4", "C5", "C6", "C8", "U1", "U2", "U3", "U4", "U5", "LB", "L4", "VO", "NO"), NO_FIELD
    ),
    **dict.fromkeys(("AB", "N2"), ABSTRACT),
    **dict.fromkeys(("L1", "L2"), "a path on somebody's machine: left out"),
}
_READ = {*_KNOWN, *_WHY_NOT, *_WITH_DOI}
_BY_LINE = ("KW", *(tag for tags in _PEOPLE.values() for tag in tags))
"""Tags of which a line without a tag is another value."""
Values = dict[str, list[str]]
END = "ER"


def read_ris(file: ForeignFile, run: Run) -> Imported:
    """Every record of a .ris file."""
    return read_items(file, run, _items, "it holds no RIS record")


def _items(lines: Lines, file: ForeignFile, made: Imported) -> Items:
    for number, values, has_ended in records(lines.text, file, made, _tagged, "TY", "\n", _BY_LINE):
        where, type_ = f"{file.path}:{number}", next(iter(values.get("TY", ())), "")
        if not has_ended:
            span = lines.span(file.path, *lines.place(number))
            made.problems.append(warning("import", span, "this record has no end", "end it with a line `ER  - `"))
        yield where, csl_of(values, made.log(where)), meanings(RIS_TYPES.get(type_), ris_type)


def records(  # noqa: PLR0913, PLR0917 - what dialects differ in
    text: str, file: ForeignFile, made: Imported, tagged: Callable[[str], tuple[str, str]], begins: str, between: str,
    by_line: Collection[str] = (),
) -> Iterator[tuple[int, Values, bool]]:  # fmt: skip
    """The line on which each record begins, its values by tag, and whether it has an end.

    `tagged` gives the tag and the value of a line, the tag `ER` of one that ends a record. One that `begins` a record
    ends the last. What a line without a tag goes on with follows after `between`, or is a further value `by_line`.
    """
    start, values, last = 0, Values(), ""
    for number, line in enumerate(text.split("\n"), start=1):
        tag, value = tagged(line)
        if start and (tag == END or (tag == begins and tag in values)):
            yield start, values, tag == END
            start, values, last = 0, Values(), ""
            if tag == END:
                continue
        if tag and tag != END:
            start, last = start or number, tag
            values.setdefault(tag, []).append(value)
        elif value and last in by_line:
            values[last].append(value)
        elif value and last:
            values[last][-1] += between + value
        elif line.strip():
            made.log(f"{file.path}:{number}").gap("text between records", "it is no record: left out", line)
    if start:
        yield start, values, False


def _tagged(line: str) -> tuple[str, str]:
    """The tag and value of a line; without a tag, a line that goes on with what is above it."""
    if strict := _LINE.fullmatch(line):
        return strict[1], (strict[2] or "").strip()
    loose = _LOOSE.fullmatch(line)
    if loose and (loose[1] in _READ or loose[1] == END) and (not loose[3] or loose[1] == "TY"):
        return loose[1], (loose[2] or loose[3] or "").strip()
    return "", line.strip()


def csl_of(given: Values, log: Log) -> dict[str, Any]:
    """A record as an item of CSL-JSON."""
    item: dict[str, Any] = {"type": _type(given, log)}
    doi, values = _without_doi(given, log)
    item |= _titles(item["type"], values, log)
    item |= one_of_each(_ONE, values, log) | {"DOI": doi}
    item |= {name: [_person(text.strip()) for value in all_of(values, *tags)
                    for text in re.split("[;\n]", decoded(value)) if text.strip()]
             for name, tags in _PEOPLE.items()}  # fmt: skip
    item |= _pages_and_numbers(item["type"], values, log) | _dates(values, log)
    item["keyword"] = [word for value in values.get("KW", ()) for word in value.split(";")]
    item["note"] = "\n".join(all_of(values, "N1", "RN"))
    log_others(values, _KNOWN, _WHY_NOT, log)
    return {name: value for name, value in item.items() if value}


def all_of(values: Values, *tags: str) -> list[str]:
    """The values of some tags, in their order."""
    return [text for tag in tags for text in values.get(tag, ())]


def one_of_each(table: Mapping[str, tuple[str, ...]], values: Values, log: Log) -> dict[str, Any]:
    """The first value of each variable in a table of its tags."""
    return {name: log.first(name, all_of(values, *tags)) for name, tags in table.items()}


def log_others(values: Values, known: Collection[str], reasons: Mapping[str, str], log: Log) -> None:
    """Note the values that are not read."""
    for tag in sorted(values.keys() - known):
        log.gap(tag, reasons.get(tag, NO_FIELD), "; ".join(values[tag]))


def _without_doi(values: Values, log: Log) -> tuple[str, Values]:
    """The DOI, wherever it stands, and the values without it."""
    found, left = [text for text in values.get("DO", ()) if text], dict(values)
    for tag in (tag for tag in _WITH_DOI if tag in values):
        lines = [text.split("\n") for text in values[tag]]
        found += [doi for listed in lines for line in listed if (doi := doi_in(line))]
        left[tag] = [text for listed in lines if (text := "\n".join(line for line in listed if not doi_in(line)))]
    read = {(doi_in(text) or text).casefold(): text for text in reversed(found)}
    return log.first("DOI", reversed(read.values())), {tag: texts for tag, texts in left.items() if texts}


def _titles(type_: str, values: Values, log: Log) -> dict[str, str]:
    """What the titles other than the work's own are, which depends on its type; those read are taken from `values`."""
    if type_ in _BOOKS and "T2" in values:
        values["T3"] = [*values.pop("T2"), *values.get("T3", ())]
    full = [text for text in all_of(values, "JF", "T2", "BT") if text]
    if not full:
        return {}
    short = [text for tag in _SHORT for text in values.pop(tag, ()) if text not in full]
    return {"container-title-short": log.first("container-title-short", short)}


def _type(values: Values, log: Log) -> str:
    """The type of a record. Publishers say `CONF` of a paper, too, which then is in something."""
    written = next(iter(values.get("TY", ())), "")
    if written not in RIS_TYPES:
        log.guess("type", "not a known type of RIS: set to document", written or "none")
    if written == "CONF" and values.keys() & {"T2", "BT", "JO", "JF"}:
        return "paper-conference"
    return RIS_TYPES.get(written, "document")


def _person(value: str) -> dict[str, str]:
    """`Family, Given` or `Family, Given, Suffix`; without a comma, or with those of a list, the name is one piece."""
    family, given, suffix, *_ = (*(part.strip() for part in value.split(",", 2)), "", "")
    is_list = " " in suffix or (suffix and " " in family and is_organisation(value.replace(",", " ").split()))
    if not family or not given or is_list:
        return {"literal": OTHERS if value == "others" else value}
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


def _pages_and_numbers(type_: str, values: Values, log: Log) -> dict[str, str]:
    first, last = (log.first(tag, values.get(tag, ())) for tag in ("SP", "EP"))
    if type_ in _BOOKS and first.isdecimal() and not last:
        found = {"number-of-pages": first}
    else:
        found = {"page": f"{first}-{last}" if first and last and first != last else first or last}
    numbers: dict[str, list[str]] = {"ISSN": [], "ISBN": []}
    for number in (one.strip() for text in values.get("SN", ()) for one in re.split(r"[;\n]|,\s", text)):
        is_issn = re.match(r"\d{4}-?\d{3}[\dXx](?![\d-])", number) and not good_isbn(number)
        numbers["ISSN" if is_issn else "ISBN"].append(number)
    return found | {name: log.first(name, said) for name, said in numbers.items()}


def _dates(values: Values, log: Log) -> dict[str, str]:
    """The best of the dates given: a whole one before a year."""
    written = [value.strip() for value in all_of(values, "DA", "PY", "Y1") if value.strip(" /")]
    issued = next((good for value in written if (good := _date(value))), written[0] if written else "")
    for value in dict.fromkeys(written):
        if not _date(value) and value != issued:
            log.gap("issued", "not a date: another one is taken", value)
        if _date(value) and (rest := "/".join(value.split("/")[3:]).strip(" /")):
            log.gap("issued", "a date here has no such part: left out", rest)
    accessed = log.first("Y2", values.get("Y2", ())).strip()
    return {"issued": issued, "accessed": _date(accessed) or accessed}


def _date(value: str) -> str:
    """`2020/01/23/` with empty parts and a free last part, or any other form."""
    parts = [part.strip() for part in value.split("/")[:3]]
    return date_from_text("-".join([parts[0], *filter(None, parts[1:])])) or date_from_text(value)
