"""The argument map of a controversy: one drawing for each of its positions, each with an outline that says the same.

In: a ledger seen from the page of the map, and a controversy. Out: drawings with coordinates, and outlines in words. A
drawing holds the position, the claims it rests on and those it rejects, and the sources that give evidence on most of
these claims. All drawings together have at most LIMIT boxes, of which each position gets an equal share: four sevenths
of what is left beside its own box are for claims. A claim that the position rests on or rejects is better than one
that counts for or against it; then one that touches more positions, then one with more ties to other claims.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ledger import words
from ledger.analysis.bearing import LOAD_BEARING
from ledger.analysis.ties import WAYS, ClaimTie, bearings, positions_of, stands, ties
from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import Claim, Controversy, Position, Source
from ledger.strength import rating_of, rating_words, strength
from ledger.views.drawing import Box, Drawn, Line, Placed, lay_out, wrapped

LIMIT = 60
"""The most boxes in all drawings together."""
CLAIM_WIDTH = 340
COLUMNS = {"position": 23, "claim": 45, "source": 24, "note": 50, "small": 27}
"""How many letters fit into a line of a box."""
MOST_LINES = 8
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


Touching = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Claim → position → the ways in which the two are tied."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is drawn of a position."""

    position: Record[Position]
    ways: Mapping[str, tuple[str, ...]]
    """The claims, each with how it is tied to the position."""
    ties: tuple[ClaimTie, ...]
    evidence: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Source → claim → what the source does to it."""
    strengths: Mapping[str, str]
    """How strong the case for each claim is."""
    more: str
    """How many claims are left out, in words."""

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """The claims by way, the strongest first."""
        groups = {way: tuple(id_ for id_, found in self.ways.items() if way in found) for way in WAYS}
        return {way: claims for way, claims in groups.items() if claims}

    def sources(self, claim: str) -> tuple[tuple[str, str], ...]:
        """The sources that are drawn for a claim, each with what it does to it."""
        found = ((source, claims.get(claim, ())) for source, claims in self.evidence.items())
        return tuple((source, effect) for source, effects in found for effect in effects)


class Node(NamedTuple):
    """A box that is a link, with its rating for styling and the words that a pointer brings up."""

    place: Placed
    rating: str
    title: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A position: its outline, and the picture of the same."""

    content: Content
    rating: str
    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, Drawn], ...]
    """The lines, each with its shape."""


def view_argument_map(
    context: PageContext, controversy: Record[Controversy], *, limit: int = LIMIT
) -> tuple[Drawing, ...]:
    """The drawings of a controversy, by letter, with at most `limit` boxes."""
    positions = [position for position in positions_of(context.ledger, controversy) if stands(position)][:limit]
    touching = bearings(context.ledger, positions)
    every_tie = ties(context.ledger, touching)
    share = limit // len(positions) if positions else 0
    contents = (_content(context, position, touching, every_tie, share) for position in positions)
    return tuple(_drawing(context, content) for content in contents)


def _content(
    context: PageContext, position: Record[Position], touching: Touching, every_tie: Sequence[ClaimTie], share: int
) -> Content:
    """What is drawn of a position, with at most `share` boxes."""
    claims = _claims(position.id, touching, every_tie)
    drawn = claims[: -(-4 * (share - 1) // 7)]
    return Content(
        position,
        ways={id_: touching[id_][position.id] for id_ in drawn},
        ties=tuple(tie for tie in every_tie if tie.claim in drawn and tie.other in drawn),
        evidence=_evidence(context, drawn, share - 1 - len(drawn)),
        strengths={id_: strength(context.ledger, context.ledger.record(Claim, id_)) for id_ in drawn},
        more=words.count(words.MORE_ON_THE_POSITION, len(claims) - len(drawn)),
    )


def _drawing(context: PageContext, content: Content) -> Drawing:
    layout = lay_out(_boxes(context, content), _lines(content))
    return Drawing(
        content,
        rating=rating_words(content.position),
        width=layout.width,
        height=layout.height,
        nodes=tuple(_node(context, content, placed) for placed in layout.boxes),
        edges=tuple((SHAPES.get(drawn.line.relation, "other"), drawn) for drawn in layout.lines),
    )


def _claims(position: str, touching: Touching, every_tie: Iterable[ClaimTie]) -> list[str]:
    """The claims of a position, the best first."""
    tied = Counter(id_ for tie in every_tie for id_ in (tie.claim, tie.other))

    def rank(id_: str) -> tuple[bool, int, int, str]:
        load_bearing = any(way in LOAD_BEARING for way in touching[id_][position])
        return not load_bearing, -len(touching[id_]), -tied[id_], id_

    return sorted((id_ for id_, ways in touching.items() if position in ways), key=rank)


def _evidence(context: PageContext, drawn: Iterable[str], most: int) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The sources that speak to most of the claims that are drawn, those with the most first."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for claim in drawn:
        for item in context.ledger.record(Claim, claim).fields.evidence:
            source = context.ref_id(item.source)
            if item.relation in EFFECTS and stands(context.ledger.record(Source, source)):
                found.setdefault(source, {}).setdefault(claim, {})[item.relation] = None
    chosen = sorted(found, key=lambda source: (-len(found[source]), source))[:most]
    return {source: {claim: tuple(effects) for claim, effects in found[source].items()} for source in chosen}


# The picture


def _boxes(context: PageContext, content: Content) -> Iterator[Box]:
    position = content.position
    text = f"{position.fields.letter}: {context.plain(position.title)}"
    yield Box(position.id, 0, _wrap("position", text), _wrap("small", rating_words(position)))
    for id_, ways in content.ways.items():
        title = context.plain(context.ledger.record(Claim, id_).title)
        texts = _wrap("claim", title), _wrap("note", content.strengths[id_])
        yield Box(id_, 1, *texts, group=WAYS.index(ways[0]), width=CLAIM_WIDTH)
    for id_ in content.evidence:
        yield Box(id_, 2, _wrap("source", context.ref(id_).label), _wrap("small", _tier(context, id_)))


def _wrap(kind: str, text: str) -> tuple[str, ...]:
    return wrapped(text, COLUMNS[kind], MOST_LINES)


def _tier(context: PageContext, source: str) -> str:
    return words.TIERS[context.ledger.record(Source, source).fields.tier]


def _lines(content: Content) -> Iterator[Line]:
    """A position points at what it rests on or rejects; a claim points at what it counts for or against."""
    position = content.position.id
    for claim, found in content.ways.items():
        for way in found:
            yield Line(position, claim, way, heavy=True) if way in LOAD_BEARING else Line(claim, position, way)
    yield from (Line(tie.claim, tie.other, tie.relation) for tie in content.ties)
    for source, claims in content.evidence.items():
        yield from (Line(source, claim, effect) for claim, effects in claims.items() for effect in effects)


def _node(context: PageContext, content: Content, placed: Placed) -> Node:
    """A box, with its whole title and what is said of it beyond that."""
    id_, rating = placed.box.id, "none"
    if id_ in content.strengths:
        rating, case = rating_of(context.ledger.record(Claim, id_)), content.strengths[id_]
    elif id_ in content.evidence:
        case = _tier(context, id_)
    else:
        rating, case = rating_of(content.position), rating_words(content.position)
    return Node(placed, rating, f"{context.title(id_)} ({case})")
