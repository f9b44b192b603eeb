"""PubMed's own format (MEDLINE, .nbib) → drafts of sources.

In: the text of a file. Out: drafts, gaps and problems. A record begins with `PMID- `; each line has a tag of four signs
and a hyphen, or goes on with the line above. The fields: https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format
"""

import re
from typing import Any

from ledger.diagnostics import Lines
from ledger.identifiers import doi_in
from ledger.importers.csl import ABSTRACT, NO_FIELD, Items, read_items
from ledger.importers.dates import date_from_text
from ledger.importers.drafts import ForeignFile, Imported, Log, Run
from ledger.importers.ris import END, Values, all_of, log_others, one_of_each, records

_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)")
_SUFFIX = re.compile(r"Jr|Sr|2nd|3rd|[4-9]th")
_TYPES = {
    "journal article": "article-journal", "preprint": "article", "news": "article-magazine",
    "newspaper article": "article-newspaper", "dataset": "dataset", "technical report": "report", "book": "book",
    "book chapter": "chapter", "study guide": "book", "congress": "paper-conference", "webcast": "broadcast",
    "academic dissertation": "thesis", "legal case": "legal_case", "legislation": "legislation",
    "patient education handout": "pamphlet",
}  # fmt: skip
"""Publication types of PubMed that are types of works; a record with none is an article of a journal."""
_ONE = {
    "title": ("TI", "BTI"), "container-title": ("JT", "CTI"), "container-title-short": ("TA",), "volume": ("VI", "VTI"),
    "issue": ("IP",), "page": ("PG",), "publisher": ("PB",), "publisher-place": ("PL",), "edition": ("EN",),
    "original-title": ("TT",), "ISBN": ("ISBN",), "PMID": ("PMID",), "PMCID": ("PMC",), "version": ("VER",),
    "ISSN": ("IS",), "language": ("LA",),
}  # fmt: skip
"""Variables with the tags that give them, the best first."""
_STATUS = "PubMed names a notice or another version: look it up, and enter `status` or `version_of`"
_FILING = "how PubMed files and dates its own record: left out"
_WHY_NOT = {
    "AB": ABSTRACT, "OAB": ABSTRACT,
    **dict.fromkeys(("AD", "IRAD", "AUID", "GR", "COIS"), NO_FIELD),
    **dict.fromkeys(("OWN", "STAT", "DA", "DCOM", "LR", "CRDT", "EDAT", "MHDA", "PHST", "PST", "SB", "JID", "SO", "OTO",
                     "CTDT", "DRDT", "CDAT", "ROID", "OID", "NM", "RN"), _FILING),
    **dict.fromkeys(("RIN", "ROF", "RPF", "RPI", "EIN", "EFR", "CON", "CIN", "UIN", "UOF", "ECI", "ECF"), _STATUS),
}  # fmt: skip
_WARNINGS = ("retracted publication", "retraction of publication", "expression of concern", "published erratum",
             "corrected and republished article")  # fmt: skip
_KNOWN = {"FAU", "AU", "CN", "FED", "ED", "DP", "DEP", "AID", "LID", "PT", "OT", "MH"}
_KNOWN |= {tag for tags in _ONE.values() for tag in tags}


def read_pubmed(file: ForeignFile, run: Run) -> Imported:
    """Every record of a file in PubMed's format."""
    return read_items(file, run, _items, "it holds no PubMed record")


def _items(lines: Lines, file: ForeignFile, made: Imported) -> Items:
    for number, values, _ in records(lines.text, file, made, _tagged, "PMID", " "):
        where = f"{file.path}:{number}"
        yield where, csl_of(values, made.log(where)), frozenset()


def _tagged(line: str) -> tuple[str, str]:
    """The tag and the value of a line. An empty line ends a record."""
    match = _LINE.fullmatch(line)
    tag, value = match.groups() if match else ("" if line.strip() else END, line)
    return tag, " ".join(value.split())


def csl_of(values: Values, log: Log) -> dict[str, Any]:
    """A record as an item of CSL-JSON."""
    item = one_of_each(_ONE, values, log)
    item["title"] = item["title"].removesuffix(".").removeprefix("[").removesuffix("]")
    item["ISSN"] = item["ISSN"].partition(" ")[0]
    item |= {"author": _people(values, "FAU", "AU", log), "editor": _people(values, "FED", "ED", log)}
    item |= {"type": _type(values, log), "DOI": _doi(values, log), "issued": _issued(values, log)}
    item["keyword"] = [word.replace("*", "") for word in all_of(values, "OT", "MH")]
    log_others(values, _KNOWN, _WHY_NOT, log)
    return {name: value for name, value in item.items() if value}


def _type(values: Values, log: Log) -> str:
    """The type of the work; what else PubMed says of its sort is reported."""
    written = values.get("PT", [])
    known = next((_TYPES[one.lower()] for one in written if one.lower() in _TYPES), "")
    for one in written:
        if one.lower() in _WARNINGS:
            log.gap("status", "PubMed says so: look it up, and enter `status` and `notice`", one)
        elif one.lower() not in _TYPES:
            log.gap("PT", NO_FIELD, one)
    if "BTI" in values:
        return "chapter" if "TI" in values else "book"
    if not known:
        log.guess("type", "not said: set to article-journal", "; ".join(written) or "none")
    return known or "article-journal"


def _people(values: Values, full: str, short: str, log: Log) -> list[dict[str, str]]:
    """The names in full where they are given so; groups come last, since PubMed tells no order between the two."""
    people = [_person(text) for text in values.get(full, ())] or [_initials(text) for text in values.get(short, ())]
    words = {word for text in values.get(full, ()) for word in re.split(r"[ ,]+", text)}
    for text in values.get(short, ()) if words else ():
        if text.split(" ")[0] not in words:
            log.gap(short, "a name that is not among those in full: left out", text)
    return people + ([{"literal": text} for text in values.get("CN", ())] if short == "AU" else [])


def _person(text: str) -> dict[str, str]:
    """`Doe, Jane A`, `Doe, Jane A Jr`."""
    family, comma, given = (part.strip() for part in text.partition(","))
    return _suffixed({"family": family, "given": given}) if comma and given else {"literal": text}


def _suffixed(name: dict[str, str]) -> dict[str, str]:
    """A name with what stands behind its given names, as Jr, as a part of its own."""
    given, _, last = name["given"].rpartition(" ")
    return {**name, "given": given, "suffix": last} if given and _SUFFIX.fullmatch(last) else name


def _initials(text: str) -> dict[str, str]:
    """`van Doe JA`: what stands last in capitals are initials."""
    name = re.fullmatch(rf"(\S.*?)\s+([A-Z]{{1,4}}(?: (?:{_SUFFIX.pattern}))?)", text)
    return _suffixed({"family": name[1], "given": name[2]}) if name else {"literal": text}


def _doi(values: Values, log: Log) -> str:
    """The DOI among the numbers of an article, each of which says in brackets what it is."""
    found: dict[str, str] = {}
    for text in all_of(values, "LID", "AID"):
        number, _, kind = text.rpartition(" ")
        if kind == "[doi]" and (doi := doi_in(number)):
            found.setdefault(doi.casefold(), doi)
        else:
            log.gap("AID", NO_FIELD, text)
    return log.first("DOI", found.values())


def _issued(values: Values, log: Log) -> str:
    """The day of publication; the one on the network is taken where it is more exact within the same year."""
    printed, online = (log.first("issued", values.get(tag, ())) for tag in ("DP", "DEP"))
    if online and (not printed or (printed == online[:4] and date_from_text(online))):
        return online
    if online:
        log.gap("DEP", "another day is said for print: that is kept", online)
    return printed
