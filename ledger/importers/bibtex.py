"""BibTeX and BibLaTeX, as Zotero and others write them → drafts of sources.

In: the text of a .bib file. Out: drafts, gaps and problems. bibtexparser (the extra `import`) reads the entries and
goes on after a broken one; every block that is no entry is reported. The value of a field stands in braces, in
quotation marks or bare, in pieces joined by `#`.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ledger.bibliography import entry_type
from ledger.diagnostics import Lines, Span, warning
from ledger.importers import latex
from ledger.importers.csl import ABSTRACT, NO_FIELD, Items, meanings, read_items
from ledger.importers.dates import date_from_text, month_number
from ledger.importers.drafts import ForeignFile, Imported, Log, Run
from ledger.importers.extra import split_note
from ledger.importers.inheriting import inherited, keys_of, places_in, read_value, resolved, texts_of

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
_WHERE_IT_IS = ("howpublished", "note", "addendum")
_OF_THE_WORK = (*_WHERE_IT_IS, "title", "type")
"""Fields in which an address is that of the work."""
_PLAIN = {
    "journal": "container-title", "journaltitle": "container-title", "booktitle": "container-title",
    "institution": "publisher", "school": "publisher", "organization": "publisher", "publisher": "publisher",
    "volume": "volume", "language": "language", "langid": "language", "edition": "edition",
    "address": "publisher-place", "location": "publisher-place", "chapter": "chapter-number",
    "eventtitle": "event-title", "venue": "event-place", "shorttitle": "title-short", "type": "genre",
    "pagetotal": "number-of-pages", "volumes": "number-of-volumes", "version": "version", "howpublished": "medium",
    "note": "note", "annote": "annote", "annotation": "annote", "comment": "annote", "review": "annote",
    "issn": "ISSN", "origtitle": "original-title", "part": "part",
}  # fmt: skip
_VERBATIM = {"doi": "DOI", "url": "URL", "isbn": "ISBN", "pmid": "PMID", "pmcid": "PMCID"}
_PEOPLE = {"author": "author", "editor": "editor", "translator": "translator", "director": "director"}
_SUBTITLES = ("booksubtitle", "journalsubtitle")
_NUMBERED = ("patent", "report")
"""Types whose number is their own."""
_GENRES = {"phdthesis": "PhD thesis", "mathesis": "Master's thesis", "mastersthesis": "Master's thesis",
           "bathesis": "Bachelor's thesis", "candthesis": "Candidate's thesis", "techreport": "Technical report",
           "resreport": "Research report"}  # fmt: skip
"""BibLaTeX's keys for sorts of works."""
_IN_SERIES = ("book", "collection")
"""Types whose number is that in their series."""
_ACCESS = ("lastchecked", "lastaccessed", "accessed", "accessdate", "date-accessed", "retrieved")
"""Other names for `urldate`."""
_DATES = {"accessed": "urldate", "original-date": "origdate", "event-date": "eventdate"}
_DAY = re.compile(r"[\dXxUuYyEeSs~?%.,/:TZ+\s–—{}\[\]-]+")
_EPRINTS = {"arxiv": "arxiv", "": "arxiv", "pubmed": "PMID", "pmid": "PMID", "pmc": "PMCID", "pmcid": "PMCID"}
"""Archives whose numbers are kept."""
_AROUND = " .,;:()[]{}\n"
_LEADING_TO = re.compile(
    r"[\s.:,;()\[\]]*(?:(?:online|electronic|available|retrieved|accessible|accessed|at|from|via|on|url|web\s?(?:site|page)?"
    r"|see|also|link|the|and)\b[\s.:,;()\[\]]*)*",
    re.IGNORECASE,
)
_ACCESSED = re.compile(
    r"(?<![^\s(\[.,;])(?:online\b[\s;,.:]{0,5})?(?:last\s{1,5})?(?:accessed|retrieved|visited|checked)(?:\s{1,5}on)?\b"
    r"[\s:,]{0,5}(.{4,40}?)[\s.)\]]{0,5}\Z",
    re.IGNORECASE,
)
_KNOWN = {
    *_PLAIN, *_VERBATIM, *_PEOPLE, *_SUBTITLES, *_DATES.values(), "year", "month", "day", "date", "title", "subtitle",
    "eprint", "archiveprefix", "eprinttype", "eprintclass", "primaryclass", "crossref", "xdata", "keywords", "number",
    "issue", "pages", "series",
}  # fmt: skip
_WHY_NOT = {"abstract": ABSTRACT, "file": "a path on somebody's machine: left out"}
_AS_WRITTEN = {*_VERBATIM, "crossref", "xdata", "eprint", "file"}


def read_bibtex(file: ForeignFile, run: Run) -> Imported:
    """Every entry of a .bib file. ImportError when the extra is not installed."""
    return read_items(file, run, _entries, "it holds no BibTeX entry")


def _parsed(text: str) -> Any:
    """The blocks of a text, their values as they are written."""
    from bibtexparser.entrypoint import parse_string  # an extra, and slow to import

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # its problems are reported in our words
    return parse_string(text, parse_stack=[])


def _entries(lines: Lines, file: ForeignFile, made: Imported) -> Items:
    library = _parsed(lines.text)
    strings = texts_of((string.key, string.value) for string in library.strings)
    found = [
        (entry, log := made.log(f"{file.path}:{block.start_line + 1} ({entry.key})"), _texts(entry, strings, log))
        for block in library.blocks
        for entry in _read_block(block, strings, made, lines.span(file.path, *lines.place(block.start_line + 1)))
    ]
    parents = {entry.key.lower(): (entry.entry_type.lower(), fields) for entry, _, fields in reversed(found)}
    named = {key for _, _, fields in found for key in keys_of(fields)}
    texts = (text for _, _, fields in found for text in fields.values())
    used = {(one.key, one.field) for text in texts for one in places_in(text) if one}
    for entry, log, fields in found:
        type_ = entry.entry_type.lower()
        if type_ == "xdata" and entry.key.lower() not in named:
            for name in (name for name in fields if (entry.key.lower(), name) not in used):
                log.gap(name, "in an @xdata that no entry names: left out", fields[name])
        elif type_ != "xdata":
            item = csl_of(type_, resolved(inherited(type_, fields, parents, log), parents, log), log)
            yield log.where, {"id": entry.key, **item}, meanings(BIBTEX_TYPES.get(type_), entry_type)


def _read_block(block: Any, strings: Mapping[str, str], made: Imported, span: Span) -> list[Any]:
    """The entries in a block. Keys are no ids here, so that of two entries with the same key both come in."""
    sort, where = type(block).__name__, f"{span.path}:{span.line}"
    if sort == "DuplicateBlockKeyBlock":
        made.problems.append(warning("import", span, f"the key `{block.key}` is given twice; both entries are read"))
        return list(_parsed(block.raw).entries)
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
        if name not in _AS_WRITTEN and name not in _WHY_NOT and (commands := latex.unknown(fields[name])):
            why = "commands of LaTeX that are not known here: their signs, if they have any, are left out"
            log.gap(name, why, commands)
    return fields


# Fields


def csl_of(type_: str, fields: dict[str, str], log: Log) -> dict[str, Any]:
    """An entry as an item of CSL-JSON, its text plain."""
    fields = _with_address(fields, log)
    kind = _type(type_, fields, log)
    title = ": ".join(latex.plain(fields[name]) for name in ("title", "subtitle") if fields.get(name))
    item: dict[str, Any] = {"type": kind, "title": title}
    for name in _PEOPLE:
        if odd := latex.between_other_signs(fields.get(name, "")):
            log.guess(name, "`and` stands between names in BibTeX: taken apart at other signs", odd)
        if groups := latex.unbraced(fields.get(name, "")):
            log.guess(name, "an organisation, it seems, without the braces of BibTeX: kept in one piece", groups)
    for table, read in ((_PEOPLE, latex.names), (_PLAIN, latex.plain), (_VERBATIM, latex.verbatim)):
        item |= _renamed(table, read, fields, log)
    if sub := " ".join(latex.plain(fields[name]) for name in _SUBTITLES if fields.get(name)):
        item["container-title"] = ": ".join(filter(None, (item.get("container-title"), sub)))
    written = item.get("genre") or (type_ if type_ == "mastersthesis" else "")
    item |= {"genre": _GENRES.get(written.lower(), written)} if written else {}
    item |= dict(_by_type(kind, fields)) | _dates(fields, log) | _eprint(fields, log)
    if "medium" in item and "container-title" not in item:
        item["container-title"] = item.pop("medium")
    if "keywords" in fields:
        item["keyword"] = [latex.plain(word) for word in re.split("[,;]", fields["keywords"])]
    if item.get("issue") == split_note(item.get("note", ""))[0].get("number", ""):
        item["issue"] = ""  # we write a number as an issue, and in the note what it is
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
        name = "number" if kind in _NUMBERED else "collection-number" if series and kind in _IN_SERIES else "issue"
        yield ("issue" if issue else name), issue or number
    if number and issue:
        yield "number", number
    if series:
        yield "collection-title", series
    if "pages" in fields:
        yield "page", re.sub(r"(?<=\d)\s*(?:-{2,3}|–|—)\s*(?=[A-Za-z]*\d)", "-", latex.plain(fields["pages"]))


def _with_address(fields: dict[str, str], log: Log) -> dict[str, str]:
    """The fields with the addresses in their texts as `url`, and when that was read as `urldate`."""
    made = dict(fields)
    for name in (name for name in _ACCESS if name in made and "urldate" not in made):
        made["urldate"] = made.pop(name)
    for name in sorted(fields.keys() - _AS_WRITTEN - _WHY_NOT.keys()):
        text, addresses = latex.take_addresses(fields[name])
        if name in _WHERE_IT_IS and "://" in text and (bare := latex.bare_address(_without_lead(latex.plain(text)))):
            text, addresses = "", [*addresses, bare]
        for address in addresses:
            own = latex.verbatim(made.get("url", ""))
            if not own and name in _OF_THE_WORK:
                made["url"] = address
            elif own != address:
                log.gap(name, "an address that is not the entry's own: left out", address)
        if addresses:
            made[name] = _without_lead(text) if name in _WHERE_IT_IS else text
    for name in _WHERE_IT_IS:
        said = _ACCESSED.search(made.get(name, "").strip()) if "urldate" not in made else None
        if said and (day := date_from_text(latex.plain(said[1]))):
            made |= {"urldate": day, name: _without_lead(made[name].strip()[: said.start()])}
            made |= {"url": bare} if not made.get("url") and (bare := latex.bare_address(made[name])) else {}
            made[name] = "" if made[name] == made.get("url") else made[name]
    return made


def _without_lead(text: str) -> str:
    """What is said beside an address, without words that lead to it and say nothing else."""
    said = text.strip(_AROUND)
    lead = _LEADING_TO.match(said)
    rest = said[lead.end() :].strip(_AROUND) if lead and not _ACCESSED.fullmatch(said) else said
    return rest if not rest or latex.bare_address(rest) else said


def _dates(fields: dict[str, str], log: Log) -> dict[str, str]:
    if lettered := re.fullmatch(r"\s*(\d{4})\s?[a-r]\s*", fields.get("year", "")):
        log.gap("year", "the letter is that of a list of references: left out", fields["year"])
        fields = fields | {"year": lettered[1]}
    whole = _day(fields.get("date", ""))
    found = {"issued": whole or _year_month_day(fields)}
    found |= {ours: _day(fields.get(theirs, "")) for ours, theirs in _DATES.items()}
    has_year = re.fullmatch(r"\d{4}", _day(fields.get("year", "")))
    for name in ("year", "month", "day"):
        text = latex.plain(fields.get(name, ""))
        if text and whole and text not in whole:
            log.gap(name, "the entry has a `date`, too: left out", text)
        elif text and not whole and not has_year and name != "year":
            log.gap(name, "there is no year to it: left out", text)
    return {name: text for name, text in found.items() if text}


def _day(written: str) -> str:
    """A date as BibLaTeX has it (EDTF), in which `~` is no space, or as EDTF from other words."""
    text = written.strip()
    text = text[1:-1].strip() if text[:1] == "{" and text[-1:] == "}" and not {"{", "}", ","} & {*text[1:-1]} else text
    return date_from_text(text) or text if _DAY.fullmatch(text) else latex.plain(written)


def _year_month_day(fields: dict[str, str]) -> str:
    year, month, day = _day(fields.get("year", "")), *(latex.plain(fields.get(name, "")) for name in ("month", "day"))
    if not month or not re.fullmatch(r"\d{4}", year):
        return year
    parts = f"{year}-{month_number(month):02}" + (f"-{int(day):02}" if day.isdecimal() else "")
    is_one = re.fullmatch(r"[A-Za-z]+\.?|\d{1,2}", month) and (not day or day.isdecimal())
    forms = [parts] if is_one else [f"{year} {month} {day}", f"{month} {year}"]
    return next(filter(None, map(date_from_text, forms)), "") or f"{year}/{month}" + (f"/{day}" if day else "")


def _eprint(fields: dict[str, str], log: Log) -> dict[str, Any]:
    """The number of an archive; an old number of arXiv may have its archive in another field."""
    eprint = latex.verbatim(fields.get("eprint", ""))
    archive, class_ = (
        next(iter(_renamed(dict.fromkeys(pair, pair[0]), latex.plain, fields, log).values()), "")
        for pair in (("archiveprefix", "eprinttype"), ("primaryclass", "eprintclass"))
    )
    name = _EPRINTS.get(archive.lower(), "")
    if eprint and not name:
        log.gap("eprint", "a number of another archive: left out", f"{archive}: {eprint}")
    elif archive and not eprint:
        log.gap("eprinttype", "an archive without a number in it: left out", archive)
    if class_ and re.fullmatch(r"\d{7}(v\d+)?", eprint):
        eprint = f"{class_}/{eprint}"
    elif class_:
        log.gap("eprintclass", NO_FIELD, class_)
    if not eprint or not name:
        return {}
    return {"custom": {"arxiv": eprint}} if name == "arxiv" else {name: eprint}
