"""The argument map of a controversy: its positions, the claims that matter to them, and what ties them together.

In: a ledger seen from the page of the map, and a controversy. Out: a picture with coordinates, and an outline that
says the same in words. At most LIMIT boxes are drawn: the positions, then claims. The positions take turns: each takes
the best of its claims that is still free. A claim that it rests on or rejects is better than one that counts for or
against it; then one that touches more positions, then one with more ties to other claims. When none is left, claims
follow that are only tied to other claims.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ledger import urls, words
from ledger.loading import Record
from ledger.views.bearings import LOAD_BEARING, WAYS, ClaimTie, bearings, positions_of, stands, ties
from ledger.views.map_layout import LINE_HEIGHT, PADDING, Box, Layout, Line, Placed, lay_out, wrapped
from ledger.views.overviews import Overview, view_overviews
from ledger.views.strength import rating_of, rating_words, strength
from ledger.views.viewing import RecordRef, Viewing, short_label

LIMIT = 40
"""The most positions and claims that are drawn."""
SOURCES = 18
"""The most sources that are drawn beside them."""
COLUMNS = {"position": 24, "claim": 47, "note": 52}
"""How many letters fit into a line of a box."""
AGAIN = 640
"""How far down a tall box its text is said again."""
MOST_LINES = 8
DESCENT = 5
"""How far the letters of a line stand above its lower edge."""
SHAPES = {
    "rests_on": "rests-on",
    "rejects": "rejects",
    "supports": "supports",
    "disputes": "disputes",
    "undercuts": "disputes",
}
EFFECTS = ("supports", "disputes", "qualifies")
"""What a source that is drawn does to a claim."""
"""What ties two boxes → the shape of its line; every other way is drawn as `other`."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a box, at its place; notes are set smaller."""

    text: str
    x: int
    y: int
    note: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A box that is a link, with the words that a pointer brings up."""

    id: str
    href: str
    kind: str
    rating: str
    title: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two boxes: its ends, what it means, its shape and its path."""

    start: str
    end: str
    relation: str
    shape: str
    path: str


@dataclass(frozen=True, slots=True)
class OutlineSource:
    """A source that is drawn, and what it does to a claim."""

    source: RecordRef
    effect: str
    words: str


@dataclass(frozen=True, slots=True)
class OutlineClaim:
    """A claim under a position, with how strong the case for it is and its sources that are drawn."""

    claim: RecordRef
    strength: str
    sources: tuple[OutlineSource, ...]


@dataclass(frozen=True, slots=True)
class OutlineGroup:
    """The claims that are tied to a position in one way."""

    way: str
    heading: str
    claims: tuple[OutlineClaim, ...]


@dataclass(frozen=True, slots=True)
class OutlinePosition:
    """A position with its claims; `more` says that others matter to it that are not drawn."""

    position: RecordRef
    letter: str
    statement: str
    rating: str
    groups: tuple[OutlineGroup, ...]
    more: str


@dataclass(frozen=True, slots=True)
class OutlineTie:
    """How one claim stands to another."""

    claim: RecordRef
    relation: str
    words: str
    other: RecordRef


@dataclass(frozen=True, slots=True)
class ArgumentMap:
    """The picture and its outline; `more` says that there are claims that are not drawn."""

    controversy: RecordRef
    overviews: tuple[Overview, ...]
    positions: tuple[OutlinePosition, ...]
    ties: tuple[OutlineTie, ...]
    others: tuple[OutlineClaim, ...]
    """The claims that are drawn only for their ties to others."""
    more: str
    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    script: str


Evidence = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Source → claim → what the source does to it."""
Touching = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Claim → position → the ways in which they are tied."""


def view_argument_map(viewing: Viewing, controversy: Record, *, limit: int = LIMIT) -> ArgumentMap:
    """The map of a controversy with at most `limit` boxes."""
    positions = [position for position in positions_of(viewing.ledger, controversy) if stands(position)][:limit]
    touching = bearings(viewing.ledger, positions)
    every_tie = ties(viewing.ledger, touching)
    candidates = _candidates([position.id for position in positions], touching, every_tie)
    drawn = candidates[: limit - len(positions)]
    shown = [tie for tie in every_tie if tie.claim in drawn and tie.other in drawn]
    evidence = _evidence(viewing, drawn)
    boxes = (*_boxes(viewing, positions, touching, drawn), *_source_boxes(viewing, evidence))
    layout = lay_out(boxes, (*_lines(touching, drawn, shown), *_source_lines(evidence)))
    return ArgumentMap(
        controversy=viewing.ref_to(controversy),
        overviews=view_overviews(viewing, controversy),
        positions=tuple(_outline(viewing, position, touching, drawn, evidence) for position in positions),
        ties=tuple(_tie(viewing, tie) for tie in shown),
        others=tuple(_outline_claim(viewing, id_, evidence) for id_ in drawn if id_ not in touching),
        more=words.count(words.MORE_ON_THE_MAP, len(touching.keys() - set(drawn))),
        width=layout.width,
        height=layout.height,
        nodes=tuple(_node(viewing, placed) for placed in layout.boxes),
        edges=tuple(_edges(layout)),
        script=viewing.url(urls.MAP_SCRIPT),
    )


def _candidates(positions: Sequence[str], touching: Touching, every_tie: Sequence[ClaimTie]) -> list[str]:
    """Every claim that could be drawn, the first to be drawn first."""
    tied = dict.fromkeys(touching, 0)
    for tie in every_tie:
        for id_ in (tie.claim, tie.other):
            tied[id_] = tied.get(id_, 0) + 1
    queues = [_queue(position, touching, tied) for position in positions]
    turns = (claim for turn in zip_longest(*queues) for claim in turn if claim)
    return list(dict.fromkeys([*turns, *sorted(tied, key=lambda id_: (-tied[id_], id_))]))


def _queue(position: str, touching: Touching, tied: Mapping[str, int]) -> list[str]:
    """The claims of a position, the best first."""

    def rank(id_: str) -> tuple[bool, int, int, str]:
        load_bearing = any(way in LOAD_BEARING for way in touching[id_][position])
        return not load_bearing, -len(touching[id_]), -tied[id_], id_

    return sorted((id_ for id_, ways in touching.items() if position in ways), key=rank)


def _boxes(viewing: Viewing, positions: Iterable[Record], touching: Touching, drawn: Iterable[str]) -> Iterable[Box]:
    for position in positions:
        text = f"{position.fields.letter}: {viewing.plain(position.title)}"
        yield Box(position.id, 0, _wrap("position", text), _wrap("position", rating_words(position)))
    for id_ in drawn:
        claim = viewing.ledger.records[id_]
        layer = 1 if id_ in touching else 2
        yield Box(id_, layer, _wrap("claim", viewing.plain(claim.title)), _wrap("note", strength(viewing, claim)))


def _evidence(viewing: Viewing, drawn: Iterable[str]) -> Evidence:
    """The sources that speak to most of the claims that are drawn, those with the most first."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for claim in drawn:
        for item in viewing.ledger.records[claim].fields.evidence:
            source = viewing.ref_id(item.source)
            if item.relation in EFFECTS and stands(viewing.ledger.records[source]):
                found.setdefault(source, {}).setdefault(claim, {})[item.relation] = None
    chosen = sorted(found, key=lambda source: (-len(found[source]), source))[:SOURCES]
    return {source: {claim: tuple(effects) for claim, effects in found[source].items()} for source in chosen}


def _source_boxes(viewing: Viewing, evidence: Evidence) -> Iterable[Box]:
    for id_ in evidence:
        source = viewing.ledger.records[id_]
        yield Box(id_, 2, _wrap("claim", short_label(source)), _wrap("note", words.TIERS[source.fields.tier]))


def _source_lines(evidence: Evidence) -> Iterable[Line]:
    for source, claims in evidence.items():
        yield from (Line(source, claim, effect) for claim, effects in claims.items() for effect in effects)


def _wrap(kind: str, text: str) -> tuple[str, ...]:
    return wrapped(text, COLUMNS[kind], MOST_LINES)


def _lines(touching: Touching, drawn: Iterable[str], shown: Iterable[ClaimTie]) -> Iterable[Line]:
    """A position points at what it rests on or rejects; a claim points at what it counts for or against."""
    for claim in drawn:
        for position, ways in touching.get(claim, {}).items():
            for way in ways:
                heavy = way in LOAD_BEARING
                yield Line(position, claim, way, heavy) if heavy else Line(claim, position, way)
    yield from (Line(tie.claim, tie.other, tie.relation) for tie in shown)


def _node(viewing: Viewing, placed: Placed) -> Node:
    record = viewing.ledger.records[placed.box.id]
    return Node(
        id=record.id,
        href=viewing.ref_to(record).href,
        kind=record.kind.name,
        rating="none" if record.kind.name == "source" else rating_of(record),
        title=f"{viewing.plain(record.title)} ({_case(viewing, record)})",
        x=placed.x,
        y=placed.y,
        width=placed.width,
        height=placed.height,
        lines=tuple(_text_lines(placed)),
    )


def _case(viewing: Viewing, record: Record) -> str:
    """What is said of a box beyond its words."""
    if record.kind.name == "claim":
        return strength(viewing, record)
    return words.TIERS[record.fields.tier] if record.kind.name == "source" else rating_words(record)


def _text_lines(placed: Placed) -> Iterable[TextLine]:
    """The text in the middle of its box; in a tall one from the top, and again further down."""
    lines = [*((line, False) for line in placed.box.lines), *((note, True) for note in placed.box.notes)]
    text_height = LINE_HEIGHT * len(lines)
    tall = placed.height >= AGAIN
    tops = range(PADDING, placed.height - text_height, AGAIN) if tall else [(placed.height - text_height) // 2]
    for top in tops:
        for at, (text, note) in enumerate(lines, start=1):
            yield TextLine(text, placed.x + PADDING, placed.y + top + at * LINE_HEIGHT - DESCENT, note)


def _edges(layout: Layout) -> Iterable[Edge]:
    for drawn in layout.lines:
        line = drawn.line
        yield Edge(line.start, line.end, line.relation, SHAPES.get(line.relation, "other"), drawn.path)


def _outline(
    viewing: Viewing, position: Record, touching: Touching, drawn: Sequence[str], evidence: Evidence
) -> OutlinePosition:
    shown = {way: [id_ for id_ in drawn if way in touching.get(id_, {}).get(position.id, ())] for way in WAYS}
    groups = (
        OutlineGroup(way, words.WAY_HEADINGS[way], tuple(_outline_claim(viewing, id_, evidence) for id_ in ids))
        for way, ids in shown.items()
        if ids
    )
    left_out = sum(position.id in ways for id_, ways in touching.items() if id_ not in drawn)
    return OutlinePosition(
        position=viewing.ref_to(position),
        letter=position.fields.letter,
        statement=viewing.plain(position.title),
        rating=rating_words(position),
        groups=tuple(groups),
        more=words.count(words.MORE_ON_THE_POSITION, left_out),
    )


def _outline_claim(viewing: Viewing, id_: str, evidence: Evidence) -> OutlineClaim:
    claim = viewing.ledger.records[id_]
    sources = (
        OutlineSource(viewing.ref(source), effect, words.RELATIONS[effect][0])
        for source, claims in evidence.items()
        for effect in claims.get(id_, ())
    )
    return OutlineClaim(viewing.ref_to(claim), strength(viewing, claim), tuple(sources))


def _tie(viewing: Viewing, tie: ClaimTie) -> OutlineTie:
    return OutlineTie(viewing.ref(tie.claim), tie.relation, words.RELATIONS[tie.relation][0], viewing.ref(tie.other))
