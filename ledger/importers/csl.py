"""One item of CSL-JSON → the draft of a source: the opposite of `bibliography.csl_item`.

In: an item whose text is plain (no markup, no LaTeX). Out: fields, in the order of the model, and gaps. BibTeX and RIS
become such an item first, so what is kept and what is not is decided here alone. What the item does not say is said
to be unknown or, where a field has no such word, guessed and reported.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import takewhile
from typing import Any, get_args
from urllib.parse import quote

from ledger.bibliography import DATES, FIELDS, NAMES, OTHERS
from ledger.dates import UNKNOWN, parse_date
from ledger.diagnostics import Lines
from ledger.editing.rewriting import field_order
from ledger.fields import LIST_LENGTH
from ledger.identifiers import FORMS, after, doi_in, good_isbn, same_work, without_tracking
from ledger.importers.arxiv import arxiv_in, as_preprint, is_repository
from ledger.importers.cleaning import (
    author_year,
    decoded,
    is_address,
    one_line,
    visible_text,
    without_marks,
    without_references,
)
from ledger.importers.dates import csl_date_text, known_part, read_date, unread_parts
from ledger.importers.drafts import Draft, Fields, ForeignFile, Imported, Log, Ref, Run, WorkRef
from ledger.importers.extra import VARIABLES, added, split_note
from ledger.language_tags import language_tag
from ledger.records import Source
from ledger.vocabulary import SourceType

Item = Mapping[str, Any]
Items = Iterator[tuple[str, Item, frozenset[str]]]
"""Where each item stands, the item, and the types that the foreign word for its type may mean."""
PLAIN_TIERS = {
    **dict.fromkeys(("article-journal", "paper-conference"), "peer-reviewed"),
    **dict.fromkeys(("article-newspaper", "article-magazine"), "reporting"),
    **dict.fromkeys(("review", "entry-dictionary", "entry-encyclopedia"), "synthesis"),
    **dict.fromkeys(("bill", "hearing", "legal_case", "legislation", "patent"), "primary-document"),
    **dict.fromkeys(("regulation", "standard", "treaty"), "primary-document"),
    "dataset": "dataset",
    "post": "social",
    "post-weblog": "commentary",
}
"""The authority that a type plainly means."""
_PREPRINTS = ("article", "manuscript", "report", "webpage")
LINE, TEXT, TAG, TAGS, MANY = 300, 8_000, 60, 50, LIST_LENGTH
"""The longest line, the longest text, the longest tag, the most tags, the most names."""
TYPES = frozenset(get_args(SourceType))
_UNDATED = re.compile(r"\[?(?:n\.?\s?d|s\.?\s?[ad]|o\.?\s?j)\.?\]?|no date|undated|without date", re.IGNORECASE)
"""How other programs say that a work bears no date: n.d., s.d., s.a., o. J."""
_NO_GENRES = frozenset((
    "article", "journal article", "journal-article", "research article", "research-article", "book",
    "book chapter", "book section", "conference paper", "journal", "thesis", "web page", "webpage",
))  # fmt: skip
"""What programs write as the sort of a work, and what would stand in brackets behind its title."""
NO_FIELD = "a source has no such field: left out"
ABSTRACT = "the words of others: not taken over as a summary; write one"
NOT_JUDGED = "Imported: what sort of authority this source has was not judged yet."
LOWEST_TIER = "commentary"
"""What stands where a type says nothing of authority: the entry says itself that it was not judged."""
VERSION_OF = ("is-preprint-of", "is-manuscript-of", "is-version-of")
"""How Crossref, in the CSL-JSON of a DOI, calls the relation of a version to the work that readers should cite."""
_HANDLED = {"id", "type", "title", "author", "issued", "accessed", "custom", "keyword", "relation", "citation-key"}
_HANDLED |= {"note", "annote", *FIELDS}
_WHY_NOT = {"abstract": ABSTRACT, "citation-label": "it is made anew: left out"}
_FAMILY = ("dropping-particle", "non-dropping-particle", "family", "suffix")
_NAME_PARTS = ("given", *_FAMILY, "literal")
_MATHML = re.compile(r"</?(?:mml|jats):[a-z][^<>]*>", re.IGNORECASE)
_BEFORE_ISBN = re.compile(r"(?:https?://id\.crossref\.org/isbn/|urn:isbn:|isbn(?:-1[03])?[: ])\s*", re.IGNORECASE)
ORDER = field_order(Source)
"""The fields of a source in the order in which they are written."""


def read_items(
    file: ForeignFile, run: Run, items: Callable[[Lines, ForeignFile, Imported], Items], nothing: str
) -> Imported:
    """The drafts of a file, of which `items` finds the items; `nothing` says what it lacks if it has none."""
    made = Imported()
    lines = made.text_of(file)
    if lines is None:
        return made
    for where, item, types in items(lines, file, made):
        add_source(item, where, made, run, types)
    if not made.read:
        message = f"nothing recognised in {len(file.data):,} bytes"
        made.reject(file.path, nothing, lines.span(file.path, 0, 0), message)
    return made


def add_source(item: Item, where: str, made: Imported, run: Run, types: frozenset[str] = frozenset()) -> Draft | None:
    """Make the draft of a source; without a title the item is refused and gives None."""
    log = made.log(where)
    title = _title(item, log)
    if not title:
        made.refuse(where, "it has no title")
        return None
    known, words = split_note(str(item.get("note", "")))
    item, twice = added(item, known)
    for name, value in twice.items():
        if one_line(_in_words(item[name])) != value:
            log.gap(name, "a note says it otherwise than the field: left out", value)
    noted = {"arxiv": known["arXiv"]} if "arXiv" in known else {}
    item = as_preprint({**item, "custom": {**noted, **item.get("custom", {})}}, log)
    fields: Fields = {"type": _type(item, log), "title": title, **_authors(item, log), **_lines(item, log)}
    fields |= _identifiers(item, known, log) | _dates(item, known.get("Issued", ""), log, run)
    fields |= _others(item, words, log) | _tags(item, log) | _citation_key(item, log)
    own = takewhile(lambda gap: gap.where == where, reversed(made.gaps))
    stated = frozenset(fields) - {"note", "citation_key", *(gap.what for gap in own if gap.guess)}
    fields |= _version_of(item, log) | _guesses(fields, log) | {"added": run.day.isoformat()}
    ordered = {name: fields[name] for name in ORDER if name in fields}
    key, wish = f"{where} #{made.read}", _wish(item, fields)
    made.drafts.append(Draft("source", key, where, ordered, stated, wish=wish, types=types))
    return made.drafts[-1]


def implied_source(key: str, item: Item, where: str, made: Imported, run: Run, *, id_: str = "") -> Ref:  # noqa: PLR0913
    """A source that another record names, made once; `id_` is that of the very record that is meant, if it is known."""
    if key not in made.implied:
        made.implied.add(key)
        add_source(item, where, made, run)
        known = {"wish": id_, "is_named": True} if id_ else {}
        made.amend({}, key=key, implied=True, **known)
    return Ref(key)


@cache
def meanings(type_: str | None, written: Callable[[str], str]) -> frozenset[str]:
    """The types that a format, whose word for a type `written` gives, does not tell from one of them."""
    return frozenset(one for one in TYPES if written(one) == written(type_)) if type_ else frozenset()


def _wish(item: Item, fields: Fields) -> str:
    """The item's own id where it is one of ours, else `kaplan-2020`: the first author, or the title, and the year."""
    own = str(item.get("id", ""))
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", own):
        return own
    return author_year(fields["authors"], fields["title"], fields["issued"], "source")


def _title(item: Item, log: Log) -> str:
    written = one_line(str(item.get("title", "")))
    plain = without_marks(decoded(_MATHML.sub("", written)))
    if plain != written:
        log.gap("markup in a title", "titles are plain text: the marks are left out", written)
    return _fitting("title", plain, TEXT, log, cut=True)


def _fitting(name: str, text: str, limit: int, log: Log, *, cut: bool = False) -> str:
    """Text that a field holds, without foreign references; too long, it is cut where it must be there, or left out."""
    free = escape_references(text, log)
    if len(free) <= limit:
        return free
    log.gap(name, f"longer than {limit:,} characters: {'cut' if cut else 'left out'}", free)
    return free[: limit - 1].rstrip() + "…" if cut else ""


def escape_references(text: str, log: Log) -> str:
    """Text in which nothing reads as one of our references; what had to be changed is noted."""
    free = without_references(text)
    if free != text:
        log.gap("brackets", "`[[` and `[@` are references here: a space is put between", text)
    return free


def _type(item: Item, log: Log) -> str:
    written = str(item.get("type", ""))
    if written in TYPES:
        return written
    log.guess("type", "no type of the Citation Style Language: set to document", written or "none")
    return "document"


# People


def _authors(item: Item, log: Log) -> Fields:
    names = [name for written in item.get("author") or () if (name := _author(written, log))]
    kept = [name for name in names if name.get("literal") not in (OTHERS, "others")]
    if not kept:
        log.guess("authors", "not said: `unknown`")
        return {"authors": "unknown"}
    if len(kept) > MANY:
        log.gap("authors", "more than 1,000: the list is cut, which `et_al` says", len(kept))
    cut = len(kept) != len(names) or len(kept) > MANY
    return {"authors": kept[:MANY]} | ({"et_al": "true"} if cut else {})


def _author(name: Mapping[str, Any], log: Log) -> dict[str, str]:
    """A name's parts in our words; particles and suffixes go with the family name."""
    family = " ".join(str(name[part]) for part in _FAMILY if name.get(part))
    written = {"family": family, "given": name.get("given"), "literal": name.get("literal")}
    texts = {part: one_line(str(text)) for part, text in written.items() if text}
    kept = {part: fit for part, text in texts.items() if (fit := _fitting("name", text, LINE, log, cut=True))}
    _log_name_parts("author", name, log)
    if not kept:
        log.gap("author", "a name without words: left out", name)
    return {"literal": kept["given"]} if set(kept) == {"given"} else kept


def _log_name_parts(variable: str, name: Mapping[str, Any], log: Log) -> None:
    for part in sorted(name.keys() - set(_NAME_PARTS)):
        if name[part]:
            log.gap(f"{variable}.{part}", "a name here has no such part: left out", f"{_in_words(name)}: {name[part]}")


def _in_words(name: Any) -> str:
    if not isinstance(name, Mapping):
        return str(name)
    return " ".join(str(name[part]) for part in _NAME_PARTS if name.get(part))


# Fields


def _lines(item: Item, log: Log) -> Fields:
    """The fields of one line that are not identifiers."""
    variables = ("container-title", "publisher", "volume", "issue", "page", "language")
    texts = {name: _fitting(name, one_line(_in_words(item.get(name) or "")), LINE, log) for name in variables}
    if language := texts["language"]:
        texts["language"] = language_tag(language)  # `en` for `english`
        if not texts["language"]:
            log.gap("language", "not the name or the tag of a language: left out", language)
    return {FIELDS[name]: text for name, text in texts.items() if text}


def _identifiers(item: Item, known: Mapping[str, str], log: Log) -> Fields:
    """Identifiers in their own form; one that cannot be right is left out and reported."""
    custom = item["custom"]
    written = {"doi": item.get("DOI"), "arxiv": custom.get("arxiv"), "pmid": item.get("PMID"), "isbn": item.get("ISBN")}
    found: Fields = {}
    for name, value in written.items():
        good, rest = _identifier(name, one_line(str(value or "")))
        found |= {name: good} if good else {}
        if rest:
            log.gap(name, f"not {FORMS[name][0]}, or one more than a source has: left out", rest)
    addresses = {"url": item.get("URL"), "archive_url": custom.get("archive_url") or known.get("Archived copy")}
    return found | {name: good for name, value in addresses.items() if (good := _address(name, value, log))}


def _identifier(name: str, text: str) -> tuple[str, str]:
    """The first good identifier of a text in its own form, and what else the text says.

    Reference managers put several ISBNs into one field, registries an address before each.
    """
    text = _BEFORE_ISBN.sub("", text) if name == "isbn" else text
    pieces = [text, *re.split(r"[\s,;()]+" if name == "isbn" else r"[\s;]+|,(?=\s|10\.)", text)] if text else []
    for written, good in ((one, _READ[name](one)) for one in pieces):
        if good:
            rest = "" if name == "arxiv" else text.replace(written, "", 1).strip(" ,;")
            return good, "" if rest.casefold() in ("doi", "doi:", "pmid", "pmid:") else rest
    return "", text


_READ: Mapping[str, Callable[[str], str]] = {
    "doi": doi_in,
    "arxiv": arxiv_in,
    "pmid": lambda text: number if FORMS["pmid"][1](number := (after("pmid", text) or text).strip("/ ")) else "",
    "isbn": lambda text: text if good_isbn(text) else "",
}


def _version_of(item: Item, log: Log) -> Fields:
    """The work of which an item is another version, by its DOI; other relations are reported."""
    relations = item.get("relation") or {}
    for name in sorted(relations.keys() - set(VERSION_OF)):
        log.gap(f"relation.{name}", NO_FIELD, relations[name])
    said = (relations.get(name) for name in VERSION_OF)
    named = (one for each in said for one in (each if isinstance(each, list) else [each]))
    dois = [str(one.get("id", "")) for one in named if isinstance(one, Mapping) and one.get("id-type") == "doi"]
    found = next((text for text in dois if FORMS["doi"][1](text)), "")
    return {"version_of": WorkRef(same_work("doi", found))} if found else {}


def _address(name: str, value: Any, log: Log) -> str:
    """The first address of a text, without what only follows readers."""
    text = one_line(str(value or "")).strip("<>")
    if re.match(r"www\.\S+\.\S+\Z", text, re.IGNORECASE):
        log.guess(name, "an address without its beginning: set to https://", text)
        text = f"https://{text}"
    for written in (text, *text.split()):
        # A sign that no address may hold is written in percent.
        address = quote(written, safe="/:?#[]@!$&'()*+,;=%~") if " " not in written else ""
        if address and is_address(address):
            if rest := text.replace(written, "", 1).strip():
                log.gap(name, "more than one address: the first is kept", rest)
            kept = written if is_address(written) else address
            if (clean := without_tracking(kept) if name == "url" else kept) != kept:
                log.gap(name, "parameters that only follow readers: left out of the address", kept)
            return clean
    if text:
        log.gap(name, "no web address that can be linked to: left out", text)
    return ""


def _dates(item: Item, noted: str, log: Log, run: Run) -> Fields:
    """The dates as EDTF; what a note or `custom` of ours says is more exact than CSL can be."""
    said, own = item.get("issued") or "", item["custom"].get("issued")
    if isinstance(said, Mapping):
        said = str(said.get("raw") or said.get("literal") or "")
    if not own and _UNDATED.fullmatch(said.strip()):
        own, item = UNKNOWN, {**item, "issued": ""}
    if own and own != UNKNOWN and not read_date(str(own)):
        log.gap("custom.issued", "not a date: left out", own)
    exact = next((text for text in (own, noted) if text == UNKNOWN or (text and read_date(str(text)))), "")
    issued, accessed = exact or _date("issued", item, log), _date("accessed", item, log)
    if accessed and "/" in accessed:
        log.gap("accessed", "one day is meant, not an interval: left out", accessed)
        accessed = ""
    if not issued:
        issued = f"../{accessed or run.day.isoformat()}"
        log.guess("issued", "not said: on or before the day it was read or imported", issued)
    if accessed and issued != UNKNOWN and parse_date(issued).earliest > parse_date(accessed).latest:
        log.gap("accessed", "earlier than the day it was issued: left out", accessed)
        accessed = ""
    return {"issued": issued} | ({"accessed": accessed} if accessed else {})


def _date(name: str, item: Item, log: Log) -> str:
    """The date of one variable as EDTF; of what is no date the year, and nothing where there is none."""
    written = item.get(name)
    if not written:
        return ""
    text = csl_date_text(written)
    if not text:
        text = known_part(written)
        kept = "as much of it as it can is kept" if text else "left out"
        log.gap(name, f"not a date that a record can have: {kept}", written)
    for part, value in unread_parts(written).items() if isinstance(written, Mapping) else ():
        log.gap(f"{name}.{part}", "a date here has no such part: left out", value)
    return text


# The rest


def _others(item: Item, words: str, log: Log) -> Fields:
    """Every other variable under `csl`; what is none of CSL's is reported."""
    for name, value in item["custom"].items():
        if name not in ("arxiv", "archive_url", "issued") and value not in (None, "", [], {}):
            log.gap(f"custom.{name}", NO_FIELD, value)
    csl: dict[str, str] = {}
    for name, value in item.items():
        if name == "number" and after("arxiv", str(value)):
            continue  # it is in `arxiv`
        if name == "genre" and str(value).casefold() in _NO_GENRES:
            log.gap(name, "the type says it: left out", value)
        elif name in VARIABLES:
            csl[name] = _variable(name, value, log)
        elif name not in _HANDLED and value:
            log.gap(str(name), _WHY_NOT.get(name, NO_FIELD), value)
    csl = {name: fit for name, text in sorted(csl.items()) if (fit := _fitting(name, one_line(text), LINE, log))}
    return _note([words, str(item.get("annote") or "")], log) | ({"csl": csl} if csl else {})


def _note(written: list[str], log: Log) -> Fields:
    """Somebody's own notes, for editors alone: nobody wrote them to be published, however short they are."""
    lines = [line for text in written for line in re.sub("<[^<>]*>", "\n", visible_text(text)).split("\n")]
    words = "\n".join(plain for line in lines if (plain := one_line(line)))
    if not words:
        return {}
    log.guess("note", "kept for editors in `note`, not published", words)
    text = _fitting("note", words, TEXT - 1, log, cut=True)
    return {"note": text + "\n" * ("\n" in text)}


def _variable(name: str, value: Any, log: Log) -> str:
    if name in NAMES:
        names = [_in_words(one) for one in value]
        for one in value:
            _log_name_parts(name, one, log)
        if len(names) > 1 or any("family" in one for one in value):
            log.gap(name, "kept as one line of text under `csl`", " and ".join(names))
        return " and ".join(names)
    if name in DATES:
        literal = str(value.get("literal", "")) if isinstance(value, Mapping) else str(value)
        return literal if literal and not csl_date_text(value) else _date(name, {name: value}, log)
    if name == "PMCID" and (number := re.search(r"PMC\d+", str(value), re.IGNORECASE)):
        return number[0].upper()
    return str(value) if not isinstance(value, list | Mapping) else ""


def _tags(item: Item, log: Log) -> Fields:
    written = item.get("keyword") or ()
    words = written if isinstance(written, list | tuple) else re.split(r"[,;\n]", str(written))
    clean = dict.fromkeys(word for text in words if (word := one_line(str(text))))
    tags = [fit for word in clean if (fit := _fitting("tags", word, TAG, log))]
    if len(tags) > TAGS:
        log.gap("tags", f"more than {TAGS}: the rest is left out", ", ".join(tags[TAGS:]))
    return {"tags": tags[:TAGS]} if tags else {}


def _citation_key(item: Item, log: Log) -> Fields:
    """The key by which the work is cited elsewhere: said to be that, or an id that is no number and no address."""
    said, id_ = (visible_text(str(item.get(name, ""))).strip() for name in ("citation-key", "id"))
    if said and not FORMS["citation_key"][1](said):
        log.gap("citation_key", f"not {FORMS['citation_key'][0]}: left out", said)
        said = ""
    is_key = "/" not in id_ and re.search(r"[^\W\d_]", id_) and FORMS["citation_key"][1](id_)
    return {"citation_key": said or id_} if said or is_key else {}


def _guesses(fields: Fields, log: Log) -> Fields:
    """The required fields that no other format has."""
    log.guess("derived_from", "no other format says what a source takes from: `unknown`")
    places = (fields.get(name, "") for name in ("container_title", "publisher"))
    is_preprint = fields["type"] in _PREPRINTS and (fields.get("arxiv") or any(map(is_repository, places)))
    if tier := "preprint" if is_preprint else PLAIN_TIERS.get(fields["type"], ""):
        log.guess("tier", "guessed from the type", f"{fields['type']}: {tier}")
        return {"tier": tier, "derived_from": "unknown"}
    log.guess("tier", f"not judged: set to {LOWEST_TIER}, and the entry says so in `caveat`", fields["type"])
    return {"tier": LOWEST_TIER, "derived_from": "unknown", "caveat": NOT_JUDGED}
