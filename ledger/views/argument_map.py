"""The argument map of a controversy: one drawing for each of its positions, each with an outline that says the same.

In: a ledger seen from the page of the map, and a controversy. Out: drawings with coordinates, and outlines in words. A
drawing holds the position, the claims it rests on and those it rejects, and the sources that give evidence on most of
these claims. All drawings together have at most LIMIT boxes, of which each position gets an equal share: four sevenths
of what is left beside its own box are for claims. A claim that the position rests on or rejects is better than one
that counts for or against it; then one that touches more positions, then one with more ties to other claims.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger import urls, words
from ledger.analysis.ties import LOAD_BEARING, WAYS, ClaimTie, bearings, positions_of, stands, ties
from ledger.loading import Record
from ledger.strength import rating_of, rating_words, strength
from ledger.views.map_layout import LINE_HEIGHT, PADDING, Box, Layout, Line, Placed, lay_out, wrapped
from ledger.views.overviews import Overview, view_overviews
from ledger.views.viewing import RecordRef, Viewing

LIMIT = 60
"""The most boxes in all drawings together."""
COLUMNS = {"position": 23, "claim": 45, "source": 24, "note": 50, "small": 27}
"""How many letters fit into a line of a box."""
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
"""What ties two boxes → the shape of its line; every other way is drawn as `other`."""
EFFECTS = ("supports", "disputes", "qualifies")
"""What a source that is drawn does to a claim."""


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
class OutlineTie:
    """How one claim stands to another."""

    claim: RecordRef
    relation: str
    words: str
    other: RecordRef


@dataclass(frozen=True, slots=True)
class Drawing:
    """A position: its outline, and the picture of the same; `more` is how many claims are left out, in words."""

    anchor: str
    position: RecordRef
    letter: str
    label: str
    statement: str
    rating: str
    groups: tuple[OutlineGroup, ...]
    ties: tuple[OutlineTie, ...]
    more: str
    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class ArgumentMap:
    """The drawings, by letter."""

    controversy: RecordRef
    overviews: tuple[Overview, ...]
    drawings: tuple[Drawing, ...]
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
    share = limit // len(positions) if positions else 0
    return ArgumentMap(
        controversy=viewing.ref_to(controversy),
        overviews=view_overviews(viewing, controversy),
        drawings=tuple(_drawing(viewing, position, touching, every_tie, share) for position in positions),
        script=viewing.url(urls.MAP_SCRIPT),
    )


def _drawing(
    viewing: Viewing, position: Record, touching: Touching, every_tie: Sequence[ClaimTie], share: int
) -> Drawing:
    """The drawing of a position with at most `share` boxes."""
    claims = _claims(position.id, touching, every_tie)
    drawn = claims[: -(-4 * (share - 1) // 7)]
    ways = {id_: touching[id_][position.id] for id_ in drawn}
    shown = [tie for tie in every_tie if tie.claim in ways and tie.other in ways]
    evidence = _evidence(viewing, drawn, share - 1 - len(drawn))
    layout = lay_out(_boxes(viewing, position, ways, evidence), _lines(position.id, ways, shown, evidence))
    return Drawing(
        anchor=f"map-{position.id}",
        position=viewing.ref_to(position),
        letter=position.fields.letter,
        label=position.fields.label or words.POSITION_LETTER.format(position.fields.letter),
        statement=viewing.plain(position.title),
        rating=rating_words(position),
        groups=tuple(_groups(viewing, ways, evidence)),
        ties=tuple(_tie(viewing, tie) for tie in shown),
        more=words.count(words.MORE_ON_THE_POSITION, len(claims) - len(drawn)),
        width=layout.width,
        height=layout.height,
        nodes=tuple(_node(viewing, placed) for placed in layout.boxes),
        edges=tuple(_edges(layout)),
    )


def _claims(position: str, touching: Touching, every_tie: Iterable[ClaimTie]) -> list[str]:
    """The claims of a position, the best first."""
    tied: dict[str, int] = {}
    for tie in every_tie:
        for id_ in (tie.claim, tie.other):
            tied[id_] = tied.get(id_, 0) + 1

    def rank(id_: str) -> tuple[bool, int, int, str]:
        load_bearing = any(way in LOAD_BEARING for way in touching[id_][position])
        return not load_bearing, -len(touching[id_]), -tied.get(id_, 0), id_

    return sorted((id_ for id_, ways in touching.items() if position in ways), key=rank)


def _evidence(viewing: Viewing, drawn: Iterable[str], most: int) -> Evidence:
    """The sources that speak to most of the claims that are drawn, those with the most first."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for claim in drawn:
        for item in viewing.ledger.records[claim].fields.evidence:
            source = viewing.ref_id(item.source)
            if item.relation in EFFECTS and stands(viewing.ledger.records[source]):
                found.setdefault(source, {}).setdefault(claim, {})[item.relation] = None
    chosen = sorted(found, key=lambda source: (-len(found[source]), source))[:most]
    return {source: {claim: tuple(effects) for claim, effects in found[source].items()} for source in chosen}


def _boxes(
    viewing: Viewing, position: Record, ways: Mapping[str, tuple[str, ...]], evidence: Evidence
) -> Iterable[Box]:
    text = f"{position.fields.letter}: {viewing.plain(position.title)}"
    yield Box(position.id, 0, _wrap("position", text), _wrap("small", rating_words(position)))
    for id_, found in ways.items():
        claim = viewing.ledger.records[id_]
        lines, notes = _wrap("claim", viewing.plain(claim.title)), _wrap("note", strength(viewing.ledger, claim))
        yield Box(id_, 1, lines, notes, group=WAYS.index(found[0]))
    for id_ in evidence:
        source = viewing.ledger.records[id_]
        yield Box(
            id_, 2, _wrap("source", viewing.ref(source.id).label), _wrap("small", words.TIERS[source.fields.tier])
        )


def _wrap(kind: str, text: str) -> tuple[str, ...]:
    return wrapped(text, COLUMNS[kind], MOST_LINES)


def _lines(
    position: str, ways: Mapping[str, tuple[str, ...]], shown: Iterable[ClaimTie], evidence: Evidence
) -> Iterable[Line]:
    """A position points at what it rests on or rejects; a claim points at what it counts for or against."""
    for claim, found in ways.items():
        for way in found:
            yield Line(position, claim, way, heavy=True) if way in LOAD_BEARING else Line(claim, position, way)
    yield from (Line(tie.claim, tie.other, tie.relation) for tie in shown)
    for source, claims in evidence.items():
        yield from (Line(source, claim, effect) for claim, effects in claims.items() for effect in effects)


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
        return strength(viewing.ledger, record)
    return words.TIERS[record.fields.tier] if record.kind.name == "source" else rating_words(record)


def _text_lines(placed: Placed) -> Iterable[TextLine]:
    """The text in the middle of its box."""
    lines = [*((line, False) for line in placed.box.lines), *((note, True) for note in placed.box.notes)]
    top = placed.y + (placed.height - LINE_HEIGHT * len(lines)) // 2
    for at, (text, note) in enumerate(lines, start=1):
        yield TextLine(text, placed.x + PADDING, top + at * LINE_HEIGHT - DESCENT, note)


def _edges(layout: Layout) -> Iterable[Edge]:
    for drawn in layout.lines:
        line = drawn.line
        yield Edge(line.start, line.end, line.relation, SHAPES.get(line.relation, "other"), drawn.path)


def _groups(viewing: Viewing, ways: Mapping[str, tuple[str, ...]], evidence: Evidence) -> Iterable[OutlineGroup]:
    for way in WAYS:
        claims = tuple(_outline_claim(viewing, id_, evidence) for id_, found in ways.items() if way in found)
        if claims:
            yield OutlineGroup(way, words.WAY_HEADINGS[way], claims)


def _outline_claim(viewing: Viewing, id_: str, evidence: Evidence) -> OutlineClaim:
    claim = viewing.ledger.records[id_]
    sources = (
        OutlineSource(viewing.ref(source), effect, words.RELATIONS[effect][0])
        for source, claims in evidence.items()
        for effect in claims.get(id_, ())
    )
    return OutlineClaim(viewing.ref_to(claim), strength(viewing.ledger, claim), tuple(sources))


def _tie(viewing: Viewing, tie: ClaimTie) -> OutlineTie:
    return OutlineTie(viewing.ref(tie.claim), tie.relation, words.RELATIONS[tie.relation][0], viewing.ref(tie.other))
