"""The tables that are no field of one record: the graph, identifiers, editors, the words of ratings, the ledger itself.

In: the ledger as its pages see it. Out: `OTHER_TABLES`.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from ledger import urls
from ledger.analysis.ratings import BANDS
from ledger.edges import Edge, owner_id
from ledger.exports.columns import Cell
from ledger.exports.plain_text import plain_text
from ledger.exports.table_shapes import Table, all_records, own
from ledger.loading import Record
from ledger.views.viewing import Viewing

FORMAT = 1
"""The version of the tables; within it, tables and columns are only ever added."""
WORDS_OF_RATINGS = tuple(band.replace(" ", "-") for band in BANDS)
SCHEMES = ("doi", "arxiv", "isbn", "pmid", "url", "archive_url", "homepage", "wikidata", "orcid", "ror")


def _identifiers(viewing: Viewing) -> Iterator[tuple[Record, str, str]]:
    for record in viewing.ledger.records.values():
        named = ((scheme, getattr(record.fields, scheme, None)) for scheme in SCHEMES)
        yield from ((record, scheme, value) for scheme, value in named if value)


def _edges(viewing: Viewing) -> Iterator[tuple[int, Edge]]:
    return enumerate(sorted(viewing.ledger.all_edges(), key=lambda edge: (edge.start, edge.target)), start=1)


def _nodes(viewing: Viewing) -> list[str]:
    return sorted(node for id_ in viewing.ledger.records for node in viewing.ledger.nodes_of(id_))


def _node_url(viewing: Viewing, node: str) -> Cell:
    card = viewing.ledger.card(owner_id(node))
    return urls.of_card(card, node.partition("/")[2]) if card else None


def _node_record(_: Viewing, node: str) -> Cell:
    return owner_id(node)


def _about(viewing: Viewing) -> Iterator[tuple[str, Cell]]:
    site, as_of = viewing.ledger.settings, viewing.ledger.as_of
    yield "tables", str(FORMAT)
    yield "as_of", as_of.isoformat() if as_of else None
    for name in ("title", "tagline", "language", "licence", "base_url"):
        yield name, getattr(site, name)


def _editors(viewing: Viewing) -> list[tuple[str, Cell]]:
    """The editors of the site, and whoever else a record names as one."""
    used: dict[str, Cell] = {by: None for record in viewing.ledger.records.values() for by in _judges(record.fields)}
    named = {editor.id: editor.name for editor in viewing.ledger.settings.editors}
    return sorted({**used, **named}.items())


def _judges(fields: Any) -> Iterator[str]:
    """Who rated, searched or entered something in a record."""
    parts = (part.assessments for part in getattr(fields, "parts", ()))
    lists = (getattr(fields, name, ()) for name in ("assessments", "searches", "evidence"))
    return (judged.by for judged in chain(*parts, *lists) if judged.by)


OTHER_TABLES = (
    Table(
        "identifiers",
        "The numbers and addresses by which others know sources and proponents.",
        (
            own("record", "the record", lambda _, row: row[0].id, references="records", required=True),
            own("scheme", "what sort", lambda _, row: row[1], choices=SCHEMES, required=True),
            own("value", "the number or address", lambda _, row: row[2], required=True),
        ),
        _identifiers,
        ("record", "scheme"),
        facets=("scheme",),
    ),
    Table(
        "nodes",
        "The nodes of the graph: records, evidence items and stances.",
        (
            own("id", "the node", lambda _, node: node, required=True),
            own(
                "kind",
                "the record's kind, `evidence` or `stance`",
                lambda viewing, node: viewing.ledger.node_kind(node),
            ),
            own("record", "the record that it is, or is part of", _node_record, references="records"),
            own("url", "its place in the site", _node_url),
        ),
        _nodes,
        facets=("kind",),
    ),
    Table(
        "relations",
        "The edges of the graph: everything that refers to anything.",
        (
            own("number", "its place in the order of nodes", lambda _, row: row[0], type="integer", required=True),
            own("source", "the node that refers", lambda _, row: row[1].start, references="nodes", required=True),
            own("type", "how", lambda _, row: row[1].name, required=True),
            own("target", "the node that is meant", lambda _, row: row[1].target, references="nodes", required=True),
            own("field", "the field it is written in", lambda _, row: ".".join(map(str, row[1].path)), required=True),
            own("locator", "the place in a source", lambda _, row: row[1].own.get("locator")),
        ),
        _edges,
        ("number",),
        facets=("type",),
    ),
    Table(
        "editors",
        "Whose judgements the ledger shows.",
        (
            own("id", "how records name them", lambda _, row: row[0], required=True),
            own("name", "their name", lambda _, row: row[1]),
        ),
        _editors,
        label="name",
    ),
    Table(
        "bands",
        "The words of ratings, lowest first.",
        (
            own("id", "the word", lambda _, row: row[1], required=True),
            own("rank", "1 for the lowest", lambda _, row: row[0], type="integer", required=True),
        ),
        lambda _: enumerate(WORDS_OF_RATINGS, start=1),
        label="id",
    ),
    Table(
        "about",
        "The ledger itself: its title, its licence, the day it is judged by, the version of these tables.",
        (
            own("id", "what", lambda _, row: row[0], required=True),
            own("value", "its value", lambda _, row: row[1]),
        ),
        _about,
    ),
    Table(
        "texts",
        "Everything that a record says, as words without markup; `full_text` finds in it.",
        (
            own("number", "the record's number", lambda _, row: row.number, type="integer", required=True),
            own("record", "the record", lambda _, row: row.record.id, references="records", required=True),
            own("title", "what readers call it", lambda at, row: at.plain(row.record.title)),
            own("text", "all its other words", lambda at, row: plain_text(at, row.record)),
        ),
        all_records,
        ("number",),
        database_only=True,
    ),
)
