"""Sources → what reference managers read: CSL-JSON, BibTeX and RIS.

In: a source's fields. Out: one CSL-JSON item, and from it the same reference as BibTeX or RIS text. A date keeps the
parts that are known; what a format has no field for stands in a note, in CSL-JSON under `custom`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ledger import texts
from ledger.citations import author_name
from ledger.dates import SHORT_MONTHS, UNKNOWN, PartialDate, parse_date
from ledger.identifiers import FORMS
from ledger.other_names import CSL_NAMES
from ledger.records import Author, Source

Csl = Mapping[str, Any]
"""One item of CSL-JSON, version 1.0.2."""
NAMES = CSL_NAMES | {"author"}
DATES = frozenset(("accessed", "available-date", "event-date", "issued", "original-date", "submitted"))
OTHERS = "et al."
"""The name that stands at the end of a list of authors that was cut."""
FIELDS: Mapping[str, str] = {
    "container-title": "container_title", "publisher": "publisher", "volume": "volume", "issue": "issue",
    "page": "pages", "URL": "url", "DOI": "doi", "ISBN": "isbn", "PMID": "pmid", "language": "language",
}  # fmt: skip
"""Variables of CSL that are fields of a source."""


def csl_item(id_: str, source: Source, title: str) -> dict[str, Any]:
    """A source as CSL-JSON; `title` is its title without markup."""
    extra = {name: text for name, text in (source.csl or {}).items() if name != "custom"}
    item: dict[str, Any] = {name: _variable(name, text) for name, text in extra.items()}
    item |= {"id": id_, "type": source.type, "title": title}
    item |= {} if source.issued.is_unknown else {"issued": csl_date(source.issued)}
    item |= {name: value for name, field in FIELDS.items() if (value := vars(source)[field])}
    if source.citation_key and FORMS["citation_key"][1](source.citation_key):
        item["citation-key"] = source.citation_key
    if source.accessed:
        item["accessed"] = csl_date(source.accessed)
    if authors := _authors(source):
        item["author"] = authors
    custom = {name: value for name in ("arxiv", "archive_url") if (value := vars(source)[name])}
    if "circa" in item.get("issued", {"circa": True}):
        custom["issued"] = source.issued.text
    return item | ({"custom": custom} if custom else {})


def _variable(name: str, text: str) -> Any:
    """A variable from an editor's `csl`: names and dates have forms of their own."""
    if name in NAMES:
        return [{"literal": text}]
    if name in DATES:
        try:
            return csl_date(parse_date(text))
        except ValueError:
            return {"literal": text}
    return text


def csl_date(day: PartialDate) -> dict[str, Any]:
    """The known parts of a date; `circa` where it is about, uncertain or open to one side."""
    parts = [[int(part) for part in end] for end in day.told]
    return {"date-parts": parts} | ({"circa": True} if re.search(r"[~?%]|\.\.", day.text) else {})


def _authors(source: Source) -> list[dict[str, str]]:
    names = [_name(author) for author in source.named_authors]
    return names + ([{"literal": OTHERS}] if source.et_al and source.authors != "unknown" else [])


def _name(author: Author) -> dict[str, str]:
    if author.literal or not author.family:
        return {"literal": author_name(author)}
    return {"family": author.family} | ({"given": author.given} if author.given else {})


# BibTeX

_ENTRY_TYPES = {
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper"), "article"),
    **dict.fromkeys(("chapter", "entry-dictionary", "entry-encyclopedia"), "incollection"),
    **dict.fromkeys(("book", "collection"), "book"),
    "manuscript": "unpublished", "paper-conference": "inproceedings", "patent": "patent", "report": "techreport",
    "thesis": "phdthesis",
}  # fmt: skip
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle", "book": "booktitle",
               "techreport": "booktitle"}  # fmt: skip
_PUBLISHERS = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school"}
_NUMBERED = ("patent", "techreport")
"""Entry types whose `number` is that of the work itself, and not of an issue."""
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\ensuremath{\lbrace}",
    "}": r"\ensuremath{\rbrace}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_"},
}
"""What LaTeX reads as more than a character. Bare braces would also unbalance the entry, escaped ones too."""
_ANY_SPECIAL = re.compile(f"[{re.escape(''.join(_SPECIAL))}]")
_LIGATURE = re.compile(r"(?<=([-`'<>,]))(?=\1)|(?<=[?!])(?=`)")
"""Between two characters that LaTeX would draw as another one."""


def entry_type(type_: str) -> str:
    """The entry type of BibTeX for a type of CSL."""
    return _ENTRY_TYPES.get(type_, "misc")


def bibtex(item: Csl) -> str:
    """One BibTeX entry in UTF-8 text."""
    is_masters = item["type"] == "thesis" and str(item.get("genre", "")).lower().startswith("master")
    kind, key = "mastersthesis" if is_masters else entry_type(item["type"]), item.get("citation-key", item["id"])
    said = {name: value for name, value in item.items() if name != "citation-key"}
    lines = [f"  {name} = {value},\n" for name, value in dict(_bibtex_fields(said, kind)).items() if value]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _bibtex_fields(item: Csl, kind: str) -> Iterator[tuple[str, str]]:
    """Field names and finished values, the best known first."""
    custom = item.get("custom", {})
    yield "author", _people(item.get("author", ()))
    yield "editor", _people(item.get("editor", ()))
    yield "title", f"{{{_braced(item['title'])}}}"
    yield _CONTAINERS.get(kind, "howpublished"), _braced(item.get("container-title"))
    yield _PUBLISHERS.get(kind, "publisher"), _braced(item.get("publisher"))
    yield from _when(item.get("issued", {}))
    yield "volume", _braced(item.get("volume"))
    is_numbered = kind in _NUMBERED
    yield "number", _braced(item.get("number") if is_numbered else item.get("issue") or item.get("number"))
    yield "issue", _braced(item.get("issue")) if is_numbered else ""
    yield "pages", re.sub(r"(?<=[0-9])[-–](?=[0-9])", "--", _braced(item.get("page")))
    for name in ("DOI", "ISBN", "PMID", "URL"):
        yield name.lower(), _verbatim(item.get(name))
    if "arxiv" in custom:
        yield "eprint", _verbatim(custom["arxiv"])
        yield "archiveprefix", "{arXiv}"
    yield "urldate", _verbatim(_in_words(item.get("accessed", "")))
    yield "language", _braced(item.get("language"))
    yield "note", _braced("; ".join(_notes(item)))


def _when(issued: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    year, month, day = (*(issued.get("date-parts") or [[]])[0], None, None, None)[:3]
    yield "year", f"{{{year}}}" if year else ""
    yield "month", SHORT_MONTHS[month - 1] if month else ""
    yield "day", f"{{{day}}}" if day else ""


def _people(names: Iterable[Mapping[str, str]]) -> str:
    people = " and ".join("others" if name.get("literal") == OTHERS else _person(name) for name in names)
    return f"{{{people}}}" if people else ""


def _person(name: Mapping[str, str]) -> str:
    """`Family, Given`; a name that is one piece stands in braces, so that it is not taken apart."""
    if "given" not in name:
        return _braced(name.get("literal") or name.get("family"))
    return ", ".join(_name_part(name[part]) for part in ("family", "given"))


def _name_part(text: str) -> str:
    """Words of letters as they stand; anything else could be taken for the frame of a list of names."""
    words = text.casefold().split()
    plain = all(word[0].isalpha() and word.translate(_IN_NAMES).isalpha() and word != "and" for word in words)
    return _escaped(text) if plain else _braced(text)


_IN_NAMES = str.maketrans("", "", ".-'’")


def _braced(text: str | None) -> str:
    return f"{{{_escaped(text)}}}" if text else ""


def _escaped(text: str) -> str:
    return _LIGATURE.sub("{}", _ANY_SPECIAL.sub(lambda found: _SPECIAL[found[0]], _one_line(text)))


def _verbatim(text: str | None) -> str:
    """An address or identifier: read as it stands, so that only what would unbalance the entry is encoded."""
    return "{" + _one_line(text).replace("{", "%7B").replace("}", "%7D") + "}" if text else ""


# RIS

_RIS_TYPES = {
    "article": "UNPB", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "bill": "BILL", "book": "BOOK", "chapter": "CHAP", "dataset": "DATA", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "hearing": "HEAR", "legal_case": "CASE", "legislation": "STAT", "manuscript": "UNPB",
    "map": "MAP", "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP", "paper-conference": "CPAPER",
    "patent": "PAT", "personal_communication": "PCOMM", "post": "BLOG", "post-weblog": "BLOG", "report": "RPRT",
    "review": "JOUR", "software": "COMP", "song": "SOUND", "standard": "STAND", "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
_RIS_TAGS = {"T2": "container-title", "PB": "publisher", "VL": "volume", "IS": "issue", "DO": "DOI", "SN": "ISBN",
             "UR": "URL", "LA": "language"}  # fmt: skip

_RIS_BOOKS = ("BOOK", "PAMP", "THES")
"""Types of which `T2` is the series, and `SP` without `EP` the number of pages."""


def ris_type(type_: str) -> str:
    """The type of RIS for a type of CSL."""
    return _RIS_TYPES.get(type_, "GEN")


def ris(item: Csl) -> str:
    """One RIS record; its lines end as the format says, with CR and LF."""
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in _ris_lines(item) if value) + "ER  - \r\n\r\n"


def _ris_lines(item: Csl) -> Iterator[tuple[str, str]]:
    yield "TY", ris_type(item["type"])
    yield "ID", item["id"]
    yield from (("AU", _inverted(name)) for name in item.get("author", ()))
    yield from (("ED", _inverted(name)) for name in item.get("editor", ()))
    yield "TI", item["title"]
    yield from _ris_dates(item)
    is_book = ris_type(item["type"]) in _RIS_BOOKS
    tags = _RIS_TAGS if not is_book else {**_RIS_TAGS, "T2": "", "JF": "container-title"}
    yield from ((tag, item.get(name, "")) for tag, name in tags.items())
    pages = item.get("page", "")
    both = re.fullmatch(r"\s*([A-Za-z]*\d+)\s*[-–]+\s*([A-Za-z]*\d+)\s*", pages)
    first, last = both.groups() if both else (pages, pages if is_book else "")
    yield from (("SP", first), ("EP", last))
    arxiv = item.get("custom", {}).get("arxiv")
    yield from (("N1", f"{name}: {text}") for name, text in (("arXiv", arxiv), ("PMID", item.get("PMID"))) if text)
    yield from (("N1", text) for text in _notes(item))


def _inverted(name: Mapping[str, str]) -> str:
    """`Family, Given`, or the whole name."""
    return ", ".join(name[part] for part in ("literal", "family", "given") if part in name)


def _ris_dates(item: Csl) -> Iterator[tuple[str, str]]:
    parts = (item.get("issued", {}).get("date-parts") or [[]])[0]
    if parts:
        year, month, day = (*_iso_parts(parts).split("-"), "", "")[:3]
        yield "PY", year
        yield "DA", f"{year}/{month}/{day}/"
    yield "Y2", _in_words(item.get("accessed", "")).replace("-", "/")


# Both


def _notes(item: Csl) -> Iterator[str]:
    """What has no field in BibTeX or RIS."""
    custom, spans = item.get("custom", {}), item.get("issued", {}).get("date-parts", ())
    # First, so that no words follow the last of what is named.
    if "note" in item:
        yield item["note"]
    if "issued" in custom:
        exact = custom["issued"]
        yield f"Issued {exact if exact == UNKNOWN else _in_english(parse_date(exact))}"
    elif len(spans) > 1:
        yield f"Issued {_iso_parts(spans[0])} to {_iso_parts(spans[1])}"
    if "archive_url" in custom:
        yield f"Archived copy: {custom['archive_url']}"
    yield from (f"{name}: {_in_words(item[name])}" for name in sorted(item.keys() - _ELSEWHERE))


def _in_english(day: PartialDate) -> str:
    with texts.spoken(texts.english()):
        return texts.day(day)


_ELSEWHERE = {"id", "type", "title", "author", "editor", "issued", "accessed", "custom", "note", *FIELDS}


def _in_words(value: Any) -> str:
    """A variable as text, whether it is text, a date or a list of names."""
    if isinstance(value, Mapping):
        return str(value["literal"] if "literal" in value else "/".join(map(_iso_parts, value["date-parts"])))
    return str(value) if isinstance(value, str) else "; ".join(map(_inverted, value))


def _iso_parts(parts: Iterable[int]) -> str:
    year, *rest = parts
    return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])


def _one_line(text: str) -> str:
    return " ".join(text.split())
