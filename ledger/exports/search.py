"""What readers look for: `search-data.js`, which the search page searches, and previews of what links lead to.

In: a Ledger. Out: scripts, since a page that is opened from disk may load scripts and nothing else. The first sets
`ledgerSearch` and names every record once, in order of id; it holds text, not an index: the page builds that itself, a
little at a time. `previews/<folder>-<letter>.js`, which `static/previews.js` loads when a reader asks, holds the
records of a kind whose ids begin with the letter, each with its kind, title and text.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ledger import citations, urls, words
from ledger.analysis import analyse
from ledger.context import PageContext
from ledger.exports.naming import Fragments
from ledger.exports.strict_json import compact
from ledger.facets import FACETS, Facets, detail, facets_of
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.records import Claim, Kind, Position, Proponent, Source, Term
from ledger.strength import rating_words

FIELDS = ("kind", "url", "title", "text", "also", "standing", *FACETS)
"""What each record's row holds, in this order. `also` are other words to find it by; the facets are lists."""
LENGTH = 280
"""How many characters of a title or text a preview shows."""


def fragment(ledger: Ledger, id_: str, _base_url: str) -> bytes:
    """The row of a record."""
    return compact(_row(PageContext(ledger, urls.HOME, analyse(ledger)), ledger.records[id_], facets_of(ledger, id_)))


def search_data(_ledger: Ledger, fragments: Fragments, _base_url: str) -> Iterator[bytes]:
    """The script, one record a line."""
    yield b'var ledgerSearch = {"fields":' + compact(FIELDS) + b',"records":['
    for at, row in enumerate(fragments()):
        yield (b",\n" if at else b"\n") + row
    yield b"\n]};\n"


def _row(context: PageContext, record: Record[Any], facets: Facets) -> list[Any]:
    standing = words.STATUSES["withdrawn"] if record.fields.withdrawn else detail(context.ledger, record.id)
    said = [context.plain(record.title), _text(context, record), " ".join(_other_words(record)), standing]
    return [record.kind.name, urls.of_record(record), *said, *(facets[name] for name in FACETS)]


def _text(context: PageContext, record: Record[Any]) -> str:
    """The beginning of what the record says beyond its title: as much as a preview shows."""
    fields = record.fields
    named = dict(fields)
    short = [named.get(name) for name in ("question", "scope", "definition", "summary", "steelman")]
    short += [item.shows for item in fields.evidence] if isinstance(fields, Claim) else []
    text = " ".join(_sentence(context.plain(part)) for part in short if part)
    if len(text) < LENGTH:
        text = " ".join((text + " " + context.body_words(fields.body)).split())
    return shortened(text)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _other_words(record: Record[Any]) -> Iterator[str]:
    """Tags, other names and numbers; of a source, who wrote it and where it stands."""
    fields = record.fields
    yield from fields.tags
    if isinstance(fields, Proponent | Term):
        yield from fields.other_names
    if isinstance(fields, Source):
        yield from (citations.label(fields), citations.authors_line(fields))
        yield from (value for value in (fields.container_title, fields.doi, fields.arxiv) if value)


# Previews


def letters(ledger: Ledger, kind: Kind) -> tuple[str, ...]:
    """The letters with which the ids of a kind that has previews begin."""
    return tuple(sorted({id_[0] for id_ in ledger.members(kind.name)})) if kind.name in TEXTS else ()


def address(kind: Kind, letter: str) -> str:
    """Where the previews of a kind's records with a letter are."""
    return f"previews/{kind.folder}-{letter}.js"


def previews(ledger: Ledger, kind: Kind, letter: str) -> OutFile:
    """One file of previews."""
    ids = (id_ for id_ in ledger.members(kind.name) if id_.startswith(letter))
    cards = {id_: preview(ledger, ledger.records[id_]) for id_ in ids}
    return OutFile(address(kind, letter), b"ledgerPreviews(%b,%b);\n" % (compact(kind.folder), compact(cards)))


def preview(ledger: Ledger, record: Record[Any]) -> tuple[str, str, str]:
    """What the record is, its title and its text, as plain words."""
    context = PageContext(ledger, urls.of_record(record), analyse(ledger))
    what, text = TEXTS[record.kind.name](record)
    kind = words.KINDS[record.kind.name][0]
    return f"{kind} · {what}" if what else kind, shortened(context.plain(record.title)), shortened(context.plain(text))


def shortened(text: str) -> str:
    """The text, cut after a word with an ellipsis where it is too long."""
    if len(text) <= LENGTH:
        return text
    cut = text[: LENGTH - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—") + "…"


def _rated(record: Record[Claim] | Record[Position]) -> str:
    ratings = record.fields.assessments
    return f"{rating_words(record)}: {ratings[-1].why}" if ratings else words.NOT_RATED


def _claim(record: Record[Claim]) -> tuple[str, str]:
    return words.CLAIM_TYPES[record.fields.type], _rated(record)


def _source(record: Record[Source]) -> tuple[str, str]:
    fields = record.fields
    return words.TIERS[fields.tier], f"{citations.label(fields)}. {fields.summary or ''}".strip()


TEXTS: Mapping[str, Callable[[Record[Any]], tuple[str, str]]] = {
    "position": lambda record: (record.fields.letter, _rated(record)),
    "claim": _claim,
    "source": _source,
    "proponent": lambda record: (record.fields.type, record.fields.summary or ""),
    "term": lambda record: ("", record.fields.definition),
}
"""Kinds that have previews, and what stands there beside the title."""
