"""BibTeX and BibLaTeX, as Zotero and others write them → drafts of sources.

In: the text of a .bib file. Out: drafts, gaps and problems. bibtexparser (the extra `import`) reads the entries and
goes on after a broken one; every block that is no entry is reported. The value of a field stands in braces, in
quotation marks or bare, in pieces joined by `#`.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from ledger.bibliography import entry_type
from ledger.dates import SHORT_MONTHS
from ledger.diagnostics import Lines, Span, warning
from ledger.importers import latex
from ledger.importers.csl import ABSTRACT, NO_FIELD, Items, meanings, read_items
from ledger.importers.dates import date_from_text, month_number
from ledger.importers.drafts import ForeignFile, Imported, Log, Run

BIBTEX_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "collection": "collection",
    "conference": "paper-conference", "dataset": "dataset", "electronic": "webpage", "inbook": "chapter",
    "incollection": "chapter", "inproceedings": "paper-conference", "inreference": "entry-encyclopedia",
    "manual": "book", "mastersthesis": "thesis", "mvbook": "book", "online": "webpage", "patent": "patent",
    "periodical": "periodical", "phdthesis": "thesis", "proceedings": "collection", "report": "report",
    "software": "software", "techreport": "report", "thesis": "thesis", "unpublished": "manuscript",
    "video": "motion_picture", "www": "webpage",
}  # fmt: skip
"""Entry types of BibTeX and BibLaTeX; any other is judged by its fields."""
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
_DATES = {"accessed": "urldate", "original-date": "origdate", "event-date": "eventdate"}
_KNOWN = {
    *_PLAIN, *_VERBATIM, *_PEOPLE, *_DATES.values(), "year", "month", "day", "date", "title", "subtitle", "eprint",
    "archiveprefix", "eprinttype", "keywords", "number", "issue", "pages", "series",
}  # fmt: skip
_WHY_NOT = {
    "abstract": ABSTRACT,
    **dict.fromkeys(("annote", "annotation"), "notes of the library's owner: not taken over"),
    "file": "a path on somebody's machine: left out",
    "crossref": "what is inherited from another entry is not taken over",
}
_QUOTED = re.compile(r'"((?:\\.|\{"\}|[^"\\])*)"?', re.DOTALL)
_BARE = re.compile(r"[^\s#{\"]+")
_BRACE = re.compile(r"(?<!\\)[{}]")
_JOINT = re.compile(r"\s*#\s*")
_LONGEST = 100_000
"""The longest text of an `@string`, in characters: a few lines could else make one without end."""


def read_bibtex(file: ForeignFile, run: Run) -> Imported:
    """Every entry of a .bib file. ImportError when the extra is not installed."""
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 - an extra, and slow to import

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # its problems are reported in our words
    parse = partial(parse_string, parse_stack=[])
    return read_items(file, run, partial(_entries, parse), "it holds no BibTeX entry")


def _entries(parse: Callable[[str], Any], lines: Lines, file: ForeignFile, made: Imported) -> Items:
    library = parse(lines.text)
    strings = _strings((string.key, string.value) for string in library.strings)
    for block in library.blocks:
        number = block.start_line + 1
        span = lines.span(file.path, *lines.place(number))
        for entry in _read_block(block, strings, made, span, parse):
            where, type_ = f"{file.path}:{number} ({entry.key})", entry.entry_type.lower()
            log = made.log(where)
            item = csl_of(type_, _texts(entry, strings, log), log)
            yield where, {"id": entry.key, **item}, meanings(BIBTEX_TYPES.get(type_), entry_type)


def _read_block(
    block: Any, strings: Mapping[str, str], made: Imported, span: Span, parse: Callable[[str], Any]
) -> list[Any]:
    """The entries in a block. Keys are no ids here, so that of two entries with the same key both come in."""
    sort, where = type(block).__name__, f"{span.path}:{span.line}"
    if sort == "DuplicateBlockKeyBlock":
        made.problems.append(warning("import", span, f"the key `{block.key}` is given twice; both entries are read"))
        return list(parse(block.raw).entries)
    if sort == "Preamble":
        made.log(where).gap("@preamble", "commands for LaTeX: left out", read_value(block.value, strings)[0])
    elif sort == "ImplicitComment" and not re.search(r"@\s*\w+\s*[({]", block.comment or ""):
        made.log(where).gap("text between entries", "it is no entry: left out", block.comment)
    elif sort.endswith("Block") or sort == "ImplicitComment":
        why = _why(block)
        made.reject(where, f"broken entry: {why}", span, f"this entry is broken: {why}")
    return [block] if sort == "Entry" else []


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


def _texts(entry: Any, strings: Mapping[str, str], log: Log) -> dict[str, str]:
    """The fields by name, each as the text that it stands for."""
    fields: dict[str, str] = {}
    for field in entry.fields:
        name = field.key.lower()
        fields[name], missing, rest = read_value(field.value, strings)
        if missing:
            log.gap(name, "no @string of this file says what it means: it is kept as it is", missing)
        if rest:
            log.gap(name, "there is no comma or `#` before it: left out", rest)
        if name not in _VERBATIM and name not in _WHY_NOT and (commands := latex.unknown(fields[name])):
            why = "commands of LaTeX that are not known here: their signs, if they have any, are left out"
            log.gap(name, why, commands)
    return fields


# Values


def _strings(written: Iterator[tuple[str, str]]) -> dict[str, str]:
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
    """The text of a value, the names in it that no `@string` has, and what follows without a `#`."""
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
    """Where the brace that opens there is closed; the end if it is not."""
    depth = 0
    for brace in _BRACE.finditer(value, at):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return len(value)


# Fields


def csl_of(type_: str, fields: dict[str, str], log: Log) -> dict[str, Any]:
    """An entry as an item of CSL-JSON, its text plain."""
    kind = _type(type_, fields, log)
    title = ": ".join(latex.plain(fields[name]) for name in ("title", "subtitle") if fields.get(name))
    item: dict[str, Any] = {"type": kind, "title": title}
    for table, read in ((_PEOPLE, latex.names), (_PLAIN, latex.plain), (_VERBATIM, latex.verbatim)):
        item |= _renamed(table, read, fields, log)
    item |= dict(_by_type(kind, fields)) | _dates(fields) | _eprint(fields, log)
    if re.match(r"https?://", item.get("medium", "")):
        item.setdefault("URL", item.pop("medium"))
    elif "medium" in item and "container-title" not in item:
        item["container-title"] = item.pop("medium")
    if "keywords" in fields:
        item["keyword"] = [latex.plain(word) for word in re.split("[,;]", fields["keywords"])]
    for name in sorted(fields.keys() - _KNOWN):
        log.gap(name, _WHY_NOT.get(name, NO_FIELD), fields[name])
    return item


def _type(written: str, fields: dict[str, str], log: Log) -> str:
    if written in BIBTEX_TYPES:
        return BIBTEX_TYPES[written]
    guess = "article" if "eprint" in fields else "webpage" if "url" in fields else "document"
    log.guess("type", f"guessed for @{written} from its fields", guess)
    return guess


def _renamed(table: dict[str, str], read: Callable[[str], Any], fields: dict[str, str], log: Log) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for theirs, ours in table.items():
        if (value := read(fields.get(theirs, ""))) and found.setdefault(ours, value) != value:
            log.gap(theirs, f"the entry says `{ours}` in another field already: left out", value)
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


def _dates(fields: dict[str, str]) -> dict[str, str]:
    found = {"issued": latex.plain(fields.get("date", "")) or _year_month_day(fields)}
    found |= {ours: latex.plain(fields.get(theirs, "")) for ours, theirs in _DATES.items()}
    return {name: text for name, text in found.items() if text}


def _year_month_day(fields: dict[str, str]) -> str:
    year, month, day = (latex.plain(fields.get(name, "")) for name in ("year", "month", "day"))
    if not month or not re.fullmatch(r"\d{4}", year):
        return year
    parts = f"{year}-{month_number(month):02}" + (f"-{int(day):02}" if day.isdecimal() else "")
    return date_from_text(parts) or date_from_text(f"{month} {year}") or f"{year}/{month}" + (f"/{day}" if day else "")


def _eprint(fields: dict[str, str], log: Log) -> dict[str, Any]:
    eprint = latex.verbatim(fields.get("eprint", ""))
    archive = latex.plain(fields.get("archiveprefix", "") or fields.get("eprinttype", ""))
    if eprint and archive.lower() not in ("arxiv", ""):
        log.gap("eprint", "a number of another archive: left out", f"{archive}: {eprint}")
    return {"custom": {"arxiv": eprint}} if eprint and archive.lower() in ("arxiv", "") else {}
