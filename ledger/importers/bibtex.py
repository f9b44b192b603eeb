"""BibTeX and BibLaTeX, as Zotero and others write them → drafts of sources.

In: the text of a .bib file. Out: drafts, gaps and problems. bibtexparser (the extra `import`) reads the entries and
goes on after a broken one; every block that is no entry is reported.
"""

import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

from ledger.dates import SHORT_MONTHS
from ledger.diagnostics import Lines, Span, error, warning
from ledger.importers import latex
from ledger.importers.bibtex_values import Strings, read_value, strings_of
from ledger.importers.foreign import ForeignFile, Imported, Log, Run
from ledger.importers.foreign_dates import date_from_text
from ledger.importers.reading import foreign_text
from ledger.importers.sources import add_source
from ledger.importers.vocabulary import BIBTEX_MEANS, BIBTEX_TYPES

_PLAIN = {
    "journal": "container-title", "journaltitle": "container-title", "booktitle": "container-title",
    "institution": "publisher", "school": "publisher", "organization": "publisher", "publisher": "publisher",
    "volume": "volume", "language": "language", "langid": "language", "edition": "edition",
    "address": "publisher-place", "location": "publisher-place", "chapter": "chapter-number",
    "eventtitle": "event-title", "venue": "event-place", "shorttitle": "title-short", "type": "genre",
    "pagetotal": "number-of-pages", "volumes": "number-of-volumes", "version": "version", "howpublished": "medium",
    "note": "note", "issn": "ISSN", "origtitle": "original-title", "part": "part",
}  # fmt: skip
_VERBATIM = {"doi": "DOI", "url": "URL", "isbn": "ISBN", "pmid": "PMID", "pmcid": "PMCID"}
_PEOPLE = {"author": "author", "editor": "editor", "translator": "translator", "director": "director"}
_SERIES_IS_CONTAINER = ("book", "collection", "report", "thesis")
_DATES = ("year", "month", "day", "date", "urldate", "origdate", "eventdate")
_ELSEWHERE = {
    "title",
    "subtitle",
    "eprint",
    "archiveprefix",
    "eprinttype",
    "keywords",
    "number",
    "issue",
    "pages",
    "series",
}
_WHY_NOT = {
    "abstract": "the words of others: not taken over as a summary; write one",
    "annote": "notes of the library's owner: not taken over",
    "annotation": "notes of the library's owner: not taken over",
    "file": "a path on somebody's machine: left out",
    "crossref": "what is inherited from another entry is not taken over",
}


def read_bibtex(file: ForeignFile, run: Run) -> Imported:
    """Every entry of a .bib file. ImportError when the extra is not installed."""
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 - an extra, and slow to import

    made = Imported()
    text = foreign_text(file, made)
    if text is None:
        return made
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # its problems are reported in our words
    library = parse_string(text, parse_stack=[])
    strings = strings_of((string.key, string.value) for string in library.strings)
    for block in library.blocks:
        _read_block(block, strings, file, made, run)
    if not made.read:
        message = f"nothing recognised in {len(file.data):,} bytes"
        made.refuse(
            file.path, "it holds no BibTeX entry", [error("import", Lines(text).span(file.path, 0, 0), message)]
        )
    return made


def _read_block(block: Any, strings: Strings, file: ForeignFile, made: Imported, run: Run) -> None:
    sort = type(block).__name__
    if sort == "Entry":
        _add(block, strings, _where(block, file, block.key), made, run)
    elif sort == "DuplicateBlockKeyBlock":
        _read_repeated(block, strings, file, made, run)
    elif sort.endswith("Block") or (sort == "ImplicitComment" and re.search(r"@\s*\w+\s*[({]", block.comment or "")):
        _refuse(block, file, made)
    elif sort == "ImplicitComment":
        made.log(_where(block, file)).gap("text between entries", "it is no entry: left out", block.comment)
    elif sort == "Preamble":
        commands = read_value(block.value, strings).text
        made.log(_where(block, file)).gap("@preamble", "commands for LaTeX: left out", commands)


def _where(block: Any, file: ForeignFile, key: str = "") -> str:
    return f"{file.path}:{block.start_line + 1}" + (f" ({key})" if key else "")


def _refuse(block: Any, file: ForeignFile, made: Imported) -> None:
    span = _span(block, file, made)
    why = _why(block)
    made.refuse(_where(block, file), f"broken entry: {why}", [error("import", span, f"this entry is broken: {why}")])


def _why(block: Any) -> str:
    """What is wrong with a block, in our words."""
    if twice := getattr(block, "duplicate_keys", ()):
        return "a field is given twice: " + ", ".join(sorted(twice))
    said = getattr(getattr(block, "error", None), "abort_reason", "")
    if 'closing `"`' in said:
        return "a quotation mark is never closed"
    if "Was still looking for" in said or "end of file" in said:
        opened, closed = (len(re.findall(rf"(?<!\\){brace}", block.raw)) for brace in ("{", "}"))
        return "a brace is never closed" if opened > closed else "a quotation mark is never closed"
    return "a field has no `=` and value, or the comma before it is missing" if said else "it cannot be read"


def _span(block: Any, file: ForeignFile, made: Imported) -> Span:
    """The first line of a block."""
    lines = made.texts[file.path]
    return lines.span(file.path, *lines.place(block.start_line + 1))


def _read_repeated(block: Any, strings: Strings, file: ForeignFile, made: Imported, run: Run) -> None:
    """An entry whose key another has already: keys are not ids here, so that both come in."""
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415

    again = parse_string(block.raw, parse_stack=[]).entries
    span = _span(block, file, made)
    made.problems.append(warning("import", span, f"the key `{block.key}` is given twice; both entries are read"))
    for entry in again:
        _add(entry, strings, _where(block, file, entry.key), made, run)


def _add(entry: Any, strings: Strings, where: str, made: Imported, run: Run) -> None:
    log = made.log(where)
    fields = _texts(entry, strings, log)
    type_ = entry.entry_type.lower()
    item = {"id": entry.key, **csl_of(type_, fields, log)}
    add_source(item, where, made, run, BIBTEX_MEANS.get(type_, frozenset()))


def _texts(entry: Any, strings: Strings, log: Log) -> dict[str, str]:
    """The fields by name, each as the text that it stands for."""
    fields: dict[str, str] = {}
    for field in entry.fields:
        name = field.key.lower()
        value = read_value(field.value, strings)
        fields[name] = value.text
        if value.missing:
            log.gap(name, "no @string of this file says what it stands for: it stands as it is", list(value.missing))
        if value.rest:
            log.gap(name, "there is no comma or `#` before it: left out", value.rest)
        if name not in _VERBATIM and name not in _WHY_NOT and (commands := latex.unknown(fields[name])):
            log.gap(name, "commands of LaTeX that are not known here: their signs, if they have any, are left out",
                    commands)  # fmt: skip
    return fields


def csl_of(entry_type: str, fields: dict[str, str], log: Log) -> dict[str, Any]:
    """An entry as an item of CSL-JSON, its text plain."""
    kind = _type(entry_type, fields, log)
    title = ": ".join(latex.plain(fields[name]) for name in ("title", "subtitle") if fields.get(name))
    item: dict[str, Any] = {"type": kind, "title": title}
    for table, read in ((_PEOPLE, latex.names), (_PLAIN, latex.plain), (_VERBATIM, latex.verbatim)):
        item |= _renamed(table, read, fields, log)
    item |= dict(_by_type(kind, fields))
    item |= {name: text for name, text in _dates(fields).items() if text}
    item |= _eprint(fields, log)
    if re.match(r"https?://", item.get("medium", "")):
        item.setdefault("URL", item.pop("medium"))
    elif "medium" in item and "container-title" not in item:
        item["container-title"] = item.pop("medium")
    if "keywords" in fields:
        item["keyword"] = [latex.plain(word) for word in re.split("[,;]", fields["keywords"])]
    known = {*_PLAIN, *_VERBATIM, *_PEOPLE, *_DATES, *_ELSEWHERE}
    for name in sorted(fields.keys() - known):
        log.gap(name, _WHY_NOT.get(name, "a source has no such field: left out"), fields[name])
    return item


def _type(entry_type: str, fields: dict[str, str], log: Log) -> str:
    if entry_type in BIBTEX_TYPES:
        return BIBTEX_TYPES[entry_type]
    guess = "article" if "eprint" in fields else "webpage" if "url" in fields else "document"
    log.guess("type", f"guessed for @{entry_type} from its fields", guess)
    return guess


def _renamed(table: dict[str, str], read: Callable[[str], Any], fields: dict[str, str], log: Log) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for theirs, ours in table.items():
        if value := read(fields.get(theirs, "")):
            if ours in found and found[ours] != value:
                log.gap(theirs, f"the entry says `{ours}` in another field already: left out", value)
            found.setdefault(ours, value)
    return found


def _by_type(kind: str, fields: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The fields whose meaning depends on the type."""
    number, issue, series = (latex.plain(fields.get(name, "")) for name in ("number", "issue", "series"))
    if number or issue:
        yield ("number" if kind == "patent" and not issue else "issue"), issue or number
    if number and issue:
        yield "number", number
    if series:
        own = any(name in fields for name in ("journal", "journaltitle", "booktitle"))
        yield ("container-title" if kind in _SERIES_IS_CONTAINER and not own else "collection-title"), series
    if "pages" in fields:
        yield "page", re.sub(r"(?<=\d)\s*(?:-{2,3}|–|—)\s*(?=[A-Za-z]*\d)", "-", latex.plain(fields["pages"]))


def _dates(fields: dict[str, str]) -> dict[str, Any]:
    written = latex.plain(fields.get("date", "")) or _year_month_day(fields)
    others = {"accessed": "urldate", "original-date": "origdate", "event-date": "eventdate"}
    return {"issued": written, **{ours: latex.plain(fields.get(theirs, "")) for ours, theirs in others.items()}}


def _year_month_day(fields: dict[str, str]) -> str:
    year, month, day = (latex.plain(fields.get(name, "")) for name in ("year", "month", "day"))
    if not month or not re.fullmatch(r"\d{4}", year):
        return year
    number = (
        SHORT_MONTHS.index(month[:3].lower()) + 1
        if month[:3].lower() in SHORT_MONTHS
        else int(month)
        if month.isdecimal()
        else 0
    )
    parts = f"{year}-{number:02}" + (f"-{int(day):02}" if day.isdecimal() else "")
    return date_from_text(parts) or date_from_text(f"{month} {year}") or f"{year}/{month}" + (f"/{day}" if day else "")


def _eprint(fields: dict[str, str], log: Log) -> dict[str, Any]:
    eprint = latex.verbatim(fields.get("eprint", ""))
    archive = latex.plain(fields.get("archiveprefix", "") or fields.get("eprinttype", ""))
    if not eprint:
        return {}
    if archive.lower() in ("arxiv", ""):
        return {"custom": {"arxiv": eprint}}
    log.gap("eprint", "a number of another archive: left out", f"{archive}: {eprint}")
    return {}
