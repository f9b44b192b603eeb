"""One item of CSL-JSON → the fields of a source: the opposite of `bibliography.csl_item`.

In: an item whose text is plain (no markup, no LaTeX). Out: fields, in the order of the model, and gaps. BibTeX and RIS
become such an item first, so what is kept and what is not is decided here alone. What the item does not say is said
to be unknown or, where a field has no such word, guessed and reported.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any, get_args

from ledger.bibliography import DATES, FIELDS, NAMES, OTHERS
from ledger.checks.bad_identifier import FORMS, good_arxiv, good_isbn
from ledger.checks.duplicate_source import same_work
from ledger.fields import LIST_LENGTH
from ledger.identifiers import after
from ledger.importers.cleaning import one_line, slug, visible_text, without_marks, without_references
from ledger.importers.foreign import Draft, Fields, Imported, Log, Run
from ledger.importers.foreign_dates import csl_date_text
from ledger.importers.item_dates import read_date_of, read_dates
from ledger.importers.notes import Note, split_note
from ledger.importers.validity import is_address
from ledger.importers.vocabulary import LOWEST_TIER, PLAIN_TIERS, VARIABLES
from ledger.records import Source
from ledger.vocabulary import SourceType

Item = Mapping[str, Any]
LINE, TEXT, TAG, TAGS, MANY = 300, 8_000, 60, 50, LIST_LENGTH
"""The longest line, the longest text, the longest tag, the most tags, the most names."""
TYPES = frozenset(get_args(SourceType))
GUESSED = frozenset(("tier", "derived_from", "added", "note", "caveat"))
"""Fields that no foreign record says."""


def add_source(item: Item, where: str, made: Imported, run: Run, types: frozenset[str] = frozenset()) -> Draft | None:
    """Make the draft of a source; without a title the item is refused and gives None.

    `types` are those that the foreign word for the item's type may mean.
    """
    log = made.log(where)
    title = _title(item, log)
    if not title:
        made.refuse(where, "it has no title")
        return None
    note = split_note(str(item.get("note", "")))
    fields = {"type": _type(item, log), "title": title, **_authors(item, log), **_lines(item, log)}
    fields |= _identifiers(item, note.known, log) | read_dates(item, note.known, log, run)
    fields |= _others(item, note, log) | _tags(item, log)
    said = frozenset(fields) - GUESSED - _guessed(where, made)
    fields |= _guesses(fields, log) | {"added": run.day.isoformat()}
    key, wish = f"{where} #{made.read}", _wish(item, fields)
    made.drafts.append(Draft("source", key, where, in_order(fields), said, wish=wish, types=types))
    return made.drafts[-1]


def _guessed(where: str, made: Imported) -> set[str]:
    """The fields of the item at hand that were made up."""
    own = takewhile(lambda gap: gap.where == where, reversed(made.gaps))
    return {gap.what for gap in own if gap.guess}


def in_order(fields: Fields) -> Fields:
    """The fields in the order of the model; common ones last."""
    order = list(Source.model_fields)
    common = order[: order.index("type")]
    names = [*order[len(common) :], *common]
    return {name: fields[name] for name in sorted(fields, key=names.index)}


def _wish(item: Item, fields: Fields) -> str:
    """The item's own id where it is one of ours, else who and when."""
    own = str(item.get("id", ""))
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", own):
        return own
    return author_year(fields)


def author_year(fields: Fields) -> str:
    """`kaplan-2020`: the first author or, where none can be written in plain letters, the title, and the year."""
    year = re.search(r"\d{4}", fields["issued"].removeprefix("../")) if not fields["issued"].startswith("../") else None
    name = ""
    if fields["authors"] != "unknown":
        first = fields["authors"][0]
        name = slug(first.get("family") or first["literal"])
    name = "-".join((name or slug(fields["title"])).split("-")[:4])
    return "-".join(part for part in (name or "source", year[0] if year else "") if part)


def _title(item: Item, log: Log) -> str:
    written = one_line(str(item.get("title", "")))
    plain = without_marks(written)
    if plain != written:
        log.gap("markup in a title", "titles are plain text: the marks are left out", written)
    return _fitting("title", plain, TEXT, log, cut=True)


def _fitting(name: str, text: str, limit: int, log: Log, *, cut: bool = False) -> str:
    """Text that a field holds, without foreign references; too long, it is cut where it must be there, or left out."""
    free = without_references(text)
    if free != text:
        log.gap("brackets", "`[[` and `[@` are references here: a space is put between", text)
    if len(free) <= limit:
        return free
    log.gap(name, f"longer than {limit:,} characters: {'cut' if cut else 'left out'}", free)
    return free[: limit - 1].rstrip() + "…" if cut else ""


def _type(item: Item, log: Log) -> str:
    written = str(item.get("type", ""))
    if written in TYPES:
        return written
    log.guess("type", "no type of the Citation Style Language: set to document", written or "none")
    return "document"


# People


def _authors(item: Item, log: Log) -> Fields:
    names = [_author(written, log) for written in _listed(item.get("author"))]
    names = [name for name in names if name]
    cut = any(name.get("literal") in (OTHERS, "others") for name in names)
    kept = [name for name in names if name.get("literal") not in (OTHERS, "others")]
    if not kept:
        log.guess("authors", "not said: `unknown`")
        return {"authors": "unknown"}
    if len(kept) > MANY:
        log.gap("authors", "more than 1,000: the list is cut, which `et_al` says", len(kept))
    return {"authors": kept[:MANY]} | ({"et_al": "true"} if cut or len(kept) > MANY else {})


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _author(name: Any, log: Log) -> dict[str, str]:
    """A name's parts in our words; particles and suffixes go with the family name."""
    parts = name if isinstance(name, Mapping) else {"literal": str(name)}
    family = " ".join(str(parts[part]) for part in ("dropping-particle", "non-dropping-particle", "family", "suffix")
                      if parts.get(part))  # fmt: skip
    written = {"family": family, "given": parts.get("given"), "literal": parts.get("literal")}
    kept = {part: _fitting("name", one_line(str(text)), LINE, log, cut=True)
            for part, text in written.items() if text}  # fmt: skip
    kept = {part: text for part, text in kept.items() if text}
    _log_name_parts("author", name, log)
    if not kept:
        log.gap("author", "a name without words: left out", name)
    return {"literal": kept["given"]} if set(kept) == {"given"} else kept


_NAME_PARTS = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")


def _log_name_parts(variable: str, name: Any, log: Log) -> None:
    for part in sorted(name.keys() - set(_NAME_PARTS)) if isinstance(name, Mapping) else ():
        if name[part]:
            log.gap(f"{variable}.{part}", "a name here has no such part: left out", f"{_in_words(name)}: {name[part]}")


def _in_words(name: Any) -> str:
    if not isinstance(name, Mapping):
        return str(name)
    return " ".join(str(name[part]) for part in _NAME_PARTS if name.get(part))


# Fields


def _lines(item: Item, log: Log) -> Fields:
    """The fields of one line that are not identifiers."""
    found: Fields = {}
    for variable in ("container-title", "publisher", "volume", "issue", "page", "language"):
        text = one_line(_in_words(item.get(variable) or ""))
        if text := _fitting(variable, text, LINE, log):
            found[FIELDS[variable]] = text
    return found


def _identifiers(item: Item, known: Mapping[str, str], log: Log) -> Fields:
    """Identifiers in their own form; one that cannot be right is left out and reported."""
    custom = _custom(item)
    arxiv = custom.get("arxiv") or known.get("arXiv") or _arxiv_number(item)
    written = {"doi": item.get("DOI"), "arxiv": arxiv, "pmid": item.get("PMID") or known.get("PMID")}
    found: Fields = {}
    for name, value in written.items():
        text = one_line(str(value or ""))
        text = after(name, text) or text
        text = text.split()[0] if name == "arxiv" and text else text
        if text and FORMS[name][1](text):
            found[name] = text
        elif text:
            log.gap(name, f"not {FORMS[name][0]}: left out", text)
    found |= _isbn(str(item.get("ISBN") or ""), log)
    addresses = {"url": item.get("URL"), "archive_url": custom.get("archive_url") or known.get("Archived copy")}
    return found | {name: good for name, value in addresses.items() if (good := _address(name, value, log))}


def _custom(item: Item) -> Mapping[str, Any]:
    """The fields beyond the style language's own."""
    custom = item.get("custom")
    return custom if isinstance(custom, Mapping) else {}


def _arxiv_number(item: Item) -> str:
    """The number as Zotero writes it for preprints."""
    number = next(iter(after("arxiv", str(item.get("number", ""))).split()), "")
    return number if good_arxiv(number) else ""


def _isbn(text: str, log: Log) -> Fields:
    """The first good ISBN: reference managers put several into one field."""
    candidates = [text.strip(), *re.split(r"[\s,;]+", text.strip())]
    good = next((one for one in candidates if good_isbn(one)), "")
    rest = text.replace(good, "", 1).strip(" ,;") if good else text
    if rest:
        log.gap("isbn", "not an ISBN, or one more than a source has: left out", rest)
    return {"isbn": good} if good else {}


def _address(name: str, value: Any, log: Log) -> str:
    text = visible_text(str(value or "")).strip()
    if not text:
        return ""
    if is_address(text):
        return text
    log.gap(name, "no web address that can be linked to: left out", text)
    return ""


# The rest


def _others(item: Item, note: Note, log: Log) -> Fields:
    """Every other variable under `csl`; what is none of CSL's is reported."""
    for name, value in _custom(item).items():
        if name not in ("arxiv", "archive_url", "issued") and value not in (None, "", [], {}):
            log.gap(f"custom.{name}", "a source has no such field: left out", value)
    csl: dict[str, str] = {name: text for name, text in note.known.items() if name in VARIABLES}
    for name, value in item.items():
        if name in VARIABLES and not (name == "number" and _arxiv_number(item)):
            csl[name] = _variable(name, value, log)
        elif name not in _HANDLED and value:
            log.gap(str(name), _WHY_NOT.get(name, "a source has no such field: left out"), value)
    csl = {name: _fitting(name, one_line(text), LINE, log) for name, text in sorted(csl.items())}
    fields = _note(note.words, csl, log)
    kept = {name: text for name, text in csl.items() if text}
    return fields | ({"csl": kept} if kept else {})


def _note(words: str, csl: dict[str, str], log: Log) -> Fields:
    """A short note belongs to the reference, as in BibTeX; a long one, or one with markup, is somebody's own notes."""
    plain = one_line(re.sub(r"<[^<>]*>", " ", words))
    if plain == words and len(plain) <= LINE:
        csl |= {"note": _fitting("note", plain, LINE, log)} if plain else {}
        return {}
    log.gap("note", "long or with markup: kept for editors in `note`, not published", plain)
    text = _fitting("note", plain, TEXT, log, cut=True)
    return {"note": text} if text else {}


_HANDLED = {"id", "type", "title", "author", "issued", "accessed", "custom", "note", "keyword", *FIELDS}
_ABSTRACT = "the words of others: not taken over as a summary; write one"
_WHY_NOT = {"abstract": _ABSTRACT, "citation-key": "ids are made anew", "citation-label": "ids are made anew"}


def _variable(name: str, value: Any, log: Log) -> str:
    if name in NAMES:
        names = [_in_words(one) for one in _listed(value)]
        for one in _listed(value):
            _log_name_parts(name, one, log)
        if len(names) > 1 or any(isinstance(one, Mapping) and "family" in one for one in _listed(value)):
            log.gap(name, "kept as one line of text under `csl`", " and ".join(names))
        return " and ".join(names)
    if name in DATES:
        literal = str(value.get("literal", "")) if isinstance(value, Mapping) else str(value)
        return literal if literal and not csl_date_text(value) else read_date_of(name, {name: value}, log)
    return str(value) if not isinstance(value, list | Mapping) else ""


def _tags(item: Item, log: Log) -> Fields:
    written = item.get("keyword") or ()
    words = written if isinstance(written, list | tuple) else re.split(r"[,;\n]", str(written))
    clean = list(dict.fromkeys(word for text in words if (word := one_line(str(text)))))
    kept = [_fitting("tags", word, TAG, log) for word in clean]
    tags = [word for word in kept if word]
    if len(tags) > TAGS:
        log.gap("tags", f"more than {TAGS}: the rest is left out", ", ".join(tags[TAGS:]))
    return {"tags": tags[:TAGS]} if tags else {}


def _guesses(fields: Fields, log: Log) -> Fields:
    """The required fields that no other format has."""
    log.guess("derived_from", "no other format says what a work takes from: `unknown`")
    tier = (
        "preprint" if fields.get("arxiv") and fields["type"] in ("article", "manuscript", "report", "webpage") else ""
    )
    tier = tier or PLAIN_TIERS.get(fields["type"], "")
    if tier:
        log.guess("tier", "guessed from the type", f"{fields['type']}: {tier}")
        return {"tier": tier, "derived_from": "unknown"}
    log.guess("tier", f"not judged: set to {LOWEST_TIER}, and the entry says so in `caveat`", fields["type"])
    return {"tier": LOWEST_TIER, "derived_from": "unknown", "caveat": NOT_JUDGED}


NOT_JUDGED = "Imported: what sort of authority this work has was not judged yet."


def identity(fields: Mapping[str, Any]) -> Iterable[str]:
    """Every name by which a source is known as the same work: DOI, arXiv, address, ISBN, PMID."""
    for name in ("doi", "arxiv", "url"):
        if fields.get(name):
            yield same_work(name, fields[name])
    if fields.get("isbn"):
        yield "isbn:" + _isbn_13(re.sub(r"[ -]", "", fields["isbn"]))
    if fields.get("pmid"):
        yield f"pmid:{fields['pmid']}"


def _isbn_13(digits: str) -> str:
    """The longer form of an ISBN of ten digits, without its check digit, so that both forms meet."""
    return "978" + digits[:-1] if len(digits) == 10 else digits[:-1]  # noqa: PLR2004 - the length of the older form
