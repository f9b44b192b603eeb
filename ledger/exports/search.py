"""What readers look for: `search-data.js`, which the search page searches, and previews of what links lead to.

In: a Ledger. Out: scripts, since a page that is opened from disk may load scripts and nothing else. The first sets
`ledgerSearch` and names every record once, in order of id, with the further pages of a controversy behind it, and last
the pages that lead across the kinds; it holds text, not an index: the page builds that itself, a little at a time.
`previews/<folder>-<letter>.js`, which `static/previews.js` loads when a reader asks, holds the records of a kind whose
ids begin with the letter, each with its kind, title and text.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

from ledger import citations, links, texts, urls
from ledger.context import PageContext
from ledger.exports.naming import Fragments, seen_from
from ledger.exports.strict_json import compact, joined
from ledger.facets import FACETS, Facets, detail, facets_of, type_words
from ledger.figure_words import says_of
from ledger.graph import Ledger
from ledger.loading import Record, is_a
from ledger.outfile import OutFile
from ledger.rating_words import verdict_words
from ledger.records import Chart, Claim, Controversy, Kind, Position, Proponent, Source, Term
from ledger.strength import rating_words
from ledger.typography import curly_words

FIELDS = ("kind", "url", "title", "text", "standing", "names", "also", "tags", *FACETS)
"""What each row holds, in this order; from `names` on, lists. `names` mean the same as the title, wherever they are
typed; `also` are other words to find it by. The kind of a page that is no record's is `part`."""
PART = "part"
LENGTH = 280
"""How many characters of a title or text a preview shows."""


def fragment(ledger: Ledger, id_: str, _base_url: str) -> bytes:
    """The row of a record, and those of the further pages of a controversy."""
    context, record = seen_from(ledger, urls.HOME), ledger.records[id_]
    rows = [_row(context, record, facets_of(ledger, id_))]
    if record.kind.name == "controversy":
        names = [context.plain(record.title), *record.fields.search_words]
        rows += [_further(context, names, id_, name) for name in texts.Group("overview")]
    return b",".join(map(compact, rows))


def search_data(_ledger: Ledger, fragments: Fragments, _base_url: str) -> Iterator[bytes]:
    """The script, one record a line."""
    about = {"fields": FIELDS, "withdrawn": texts.say("status.withdrawn"), **texts.Group("search_language")}
    yield b"var ledgerSearch = " + compact(about)[:-1] + b',"records":[\n'
    across = (compact(_part(urls.BROWSE[name], title, name, title)) for name, title in texts.Group("browse").items())
    yield from joined(chain(fragments(), across))
    yield b"\n]};\n"


def _row(context: PageContext, record: Record[Any], facets: Facets) -> list[Any]:
    fields, where = record.fields, urls.of_record(record)
    standing = texts.say("status.withdrawn") if fields.withdrawn else _detail(context, record)
    names = fields.other_names if isinstance(fields, (Proponent, Term)) else ()
    also = [*filter(None, _other_words(context, record))]
    said = [record.kind.name, where, context.plain(record.title), _text(context, record), standing]
    return [*said, names, also, fields.tags, *(facets[name] for name in FACETS)]


def _detail(context: PageContext, record: Record[Any]) -> str:
    """What is said of a record beside its title: of a claim its type and the verdict on it."""
    rating = context.analysis.ratings.get(record.id)
    if rating is None or not is_a(record, Claim):
        return detail(context.ledger, record.id)
    return f"{type_words(record)}, {verdict_words(rating)}"


def _further(context: PageContext, names: list[str], controversy: str, name: str) -> list[Any]:
    """The row of a further page of a controversy: what that is called, title first, finds it together with its own.

    The page of its people is also found by what they hold.
    """
    page, text = texts.say(f"overview.{name}"), texts.say(f"overview_note.{name}")
    said = urls.overview(controversy, name), texts.say("search.part", page=page, title=names[0])
    held = [*_held(context, controversy)] if name == "people" else []
    more = {"text": _sentence(texts.capital(text)), "names": names, "tags": held, "controversy": [controversy]}
    return _part(*said, name, page, more)


def _part(url: str, title: str, name: str, page: str, more: Mapping[str, Any] = {}) -> list[Any]:
    """The row of a page that is no record's."""
    asked = texts.Group("search_words").get(name, "").split(", ")
    row = {"kind": PART, "url": url, "title": title, "text": "", "standing": "", "also": [page, *asked], **more}
    return [row.get(field, []) for field in FIELDS]


def _held(context: PageContext, controversy: str) -> Iterator[str]:
    """What the positions of a controversy say, and what readers type for it."""
    for id_ in context.analysis.positions_in(controversy):
        fields = context.ledger.record(Position, id_).fields
        yield from (context.plain(fields.statement), *fields.search_words)


def _text(context: PageContext, record: Record[Any]) -> str:
    """The beginning of what the record says beyond its title: as much as a preview shows."""
    fields = record.fields
    named = dict(fields)
    short = [named.get(name) for name in ("question", "scope", "definition", "summary", "steelman")]
    short += [says_of(context.ledger, record.id)] if isinstance(fields, Chart) else []
    short += [item.shows for item in fields.evidence] if isinstance(fields, Claim) else []
    text = " ".join(_sentence(context.plain(part)) for part in short if part)
    if len(text) < LENGTH:
        text = " ".join((text + " " + context.body_words(fields.body)).split())
    return shortened(text)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _other_words(context: PageContext, record: Record[Any]) -> Iterator[str]:
    """Search words; of a position, what is asked; of a source, its authors and numbers; of a proponent, its ties."""
    fields = record.fields
    yield from fields.search_words
    if isinstance(fields, Position):
        yield from (texts.say("name.position", letter=fields.letter), context.plain(fields.label or ""))
        controversy = context.ledger.record(Controversy, context.ref_id(fields.controversy))
        yield from (context.plain(controversy.title), *controversy.fields.search_words)
    if isinstance(fields, Proponent):
        yield from sorted({*_ties(context, record)})
    if isinstance(fields, Source):
        yield from (citations.label(fields), citations.authors_line(fields))
        yield from (value for value in (fields.container_title, fields.doi, fields.arxiv) if value)


def _ties(context: PageContext, record: Record[Any]) -> Iterator[str]:
    """Where a proponent works or belongs, and who works there or belongs to it, at present."""
    fields, ledger = record.fields, context.ledger
    yield from (tie.name for tie in (*fields.affiliations, *fields.members) if tie.name and not tie.until)
    near = (*links.links_out(ledger, record.id), *links.links_in(ledger, record.id))
    ties = (one for one in near if one.relation in ("affiliated_with", "has_member") and not one.own.get("until"))
    yield from (context.plain(context.title(tie.other)) for tie in ties)


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


def preview(ledger: Ledger, record: Record[Any]) -> tuple[str, ...]:
    """What the record is, its title and its text, as plain words."""
    context = seen_from(ledger, urls.of_record(record))
    what, text = TEXTS[record.kind.name](record)
    kind = texts.say(f"kind.{record.kind.name}")
    said = (f"{kind} · {what}" if what else kind, *(shortened(context.plain(one)) for one in (record.title, text)))
    return tuple(curly_words(one, ledger.settings.language or texts.ENGLISH) for one in said)


def shortened(text: str) -> str:
    """The text, cut after a word with an ellipsis where it is too long; Chinese and Japanese after a sign."""
    if len(text) <= LENGTH:
        return text
    cut = text[: LENGTH - 1]
    words = cut.rpartition(" ")[0]
    # without spaces between words, the last space may be far off
    return (words if len(words) > LENGTH // 2 else cut).rstrip(" ,;:–—") + "…"


def _rated(record: Record[Claim] | Record[Position]) -> str:
    ratings = record.fields.assessments
    return f"{rating_words(record)}: {ratings[-1].why}" if ratings else texts.say("verdicts.not_rated")


def _source(record: Record[Source]) -> tuple[str, str]:
    fields = record.fields
    return texts.say(f"tier.{fields.tier}"), f"{citations.label(fields)}. {fields.summary or ''}".strip()


TEXTS: Mapping[str, Callable[[Record[Any]], tuple[str, str]]] = {
    "position": lambda record: (record.fields.letter, _rated(record)),
    "claim": lambda record: (texts.say(f"claim_type.{record.fields.type}"), _rated(record)),
    "source": _source,
    "proponent": lambda record: (texts.say(f"proponent_type.{record.fields.type}"), record.fields.summary or ""),
    "term": lambda record: ("", record.fields.definition),
}
"""Kinds that have previews, and what stands there beside the title."""
