"""The picture of a controversy's shared claims: claims in the middle, and at both ends the positions they matter to.

In: a controversy, seen from a page. Out: boxes and lines with their places, and the same in words for lists. A line on
the left says that the claim, if it is right, counts for the position; one on the right, that it counts against it. At
most LIMIT claims are drawn, those that positions share most; those of as many positions stand where lines cross least.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ledger import texts
from ledger.analysis.verdicts import WORDS
from ledger.context import PageContext
from ledger.views import View
from ledger.views.board import Camp
from ledger.views.by_position import ClaimRow, in_order, row_of
from ledger.views.drawing import MARGIN, SPACE, Box, Layout, Line, Placed, lay_out, wrapped

LIMIT = 24
END_WIDTH, CLAIM_WIDTH, GAP = 122, 600, 116
COLUMNS = {"end": 14, "claim": 63, "verdict": 14}
"""How many letters fit into a line."""
MOST_LINES = 3
VERDICT = 108
"""How much of a claim's box is for its verdict."""
STEP_ROOM, SMALL = 20, 13
"""How high the scale beside a claim is with the space around it, and a line of its verdict."""
MARK = 17
"""How much of the height of a box each letter beside it takes."""
OUTSIDE = 9
"""How far from the box its middle is."""
LEAST = 92
"""How high a position is at least."""
FOR, AGAINST = "<", ">"
"""What stands before a position's id at either end; no id begins so."""
STEPS = (*WORDS, "none")
"""The verdicts, and what has none, as words for styling."""


def view_shared(context: PageContext, controversy: str, camps: Sequence[Camp]) -> View | None:
    """The picture of a controversy; nothing where no claim matters to a position."""
    ordered = in_order(context.ledger, controversy)
    shared = [one for one in ordered if one.positions > 1]
    rows = tuple(row_of(context, controversy, one.claim, camps) for one in (shared or ordered)[:LIMIT])
    if not rows:
        return None
    layout = _laid_out(_boxes(camps, rows), tuple(_lines(rows)))
    places = {placed.box.id: placed for placed in layout.boxes}
    words, none = texts.Group("verdict"), texts.say("verdicts.not_rated")
    middles = [(id_, place.x + place.width // 2) for id_, place in places.items()]
    ends = ((FOR, texts.say("shared_claims.head_for")), (AGAINST, texts.say("shared_claims.head_against")))
    heads = (([x for id_, x in middles if id_.startswith(mark)], said) for mark, said in ends)
    return View(
        # Where the first box begins.
        margin=MARGIN,
        width=layout.width - 2 * MARGIN,
        height=layout.height,
        ends=tuple(_ends(camps, places)),
        # From top to bottom.
        claims=tuple(_drawn(rows, layout, places, {camp.id: camp.letter for camp in camps})),
        # The same claims, those that positions share most first.
        rows=rows,
        # What stands over the two ends: its middle, and the words.
        heads=tuple((found[0], said) for found, said in heads if found),
        # The verdicts that occur, as words for styling and for reading.
        verdicts=tuple((step, words.get(step, none)) for step in STEPS if any(row.verdict.css == step for row in rows)),
        caption=_caption(len(rows), len(shared or ordered), is_shared=bool(shared)),
    )


def _laid_out(boxes: Iterable[Box], lines: Sequence[Line]) -> Layout:
    """The layout in which the positions at each end share the height of the claims, by how many lines they have."""
    first = lay_out(boxes, lines, gap=GAP)
    ties, room = Counter(line.start for line in lines), first.height - 2 * MARGIN
    ends = [[placed.box for placed in first.boxes if placed.box.layer == layer] for layer in (0, 2)]
    heights: dict[str, int] = {}
    for boxes_there in ends:
        spare = room - sum(LEAST + SPACE for _ in boxes_there) + SPACE
        total = sum(ties[box.id] for box in boxes_there)
        heights |= {box.id: LEAST + max(0, spare) * ties[box.id] // total for box in boxes_there}
    grown = (placed.box._replace(height=heights.get(placed.box.id, placed.box.height)) for placed in first.boxes)
    return lay_out(grown, lines, gap=GAP)


def _boxes(camps: Iterable[Camp], rows: Iterable[ClaimRow]) -> Iterator[Box]:
    """Every position at the ends where it has a line, and the claims between them."""
    held = {(effect.position, effect.is_for) for row in rows for effect in row.effects}
    for at, camp in enumerate(camps):
        text = (camp.letter, *wrapped(camp.label, COLUMNS["end"], MOST_LINES))
        for mark, layer, is_for in ((FOR, 0, True), (AGAINST, 2, False)):
            if (camp.id, is_for) in held:
                yield Box(mark + camp.id, layer, text, group=at, width=END_WIDTH)
    for row in rows:
        text, marks = wrapped(row.claim.title, COLUMNS["claim"], MOST_LINES), max(len(row.in_favour), len(row.against))
        height = max(MARK * (marks + 1), STEP_ROOM + SMALL * len(_verdict(row)))
        many = len({effect.position for effect in row.effects})
        yield Box(row.claim.id, 1, text, group=-many, width=CLAIM_WIDTH, height=height)


def _lines(rows: Iterable[ClaimRow]) -> Iterator[Line]:
    for row in rows:
        for effect in row.effects:
            end = (FOR if effect.is_for else AGAINST) + effect.position
            yield Line(end, row.claim.id, heavy=effect.is_strong)


def _ends(camps: Iterable[Camp], places: Mapping[str, Placed]) -> Iterator[View]:
    """A position at one end."""
    for mark in (FOR, AGAINST):
        yield from (View(camp=camp, place=places[mark + camp.id]) for camp in camps if mark + camp.id in places)


def _drawn(
    rows: Iterable[ClaimRow], layout: Layout, places: Mapping[str, Placed], letters: Mapping[str, str]
) -> Iterator[View]:
    """A claim with its lines; `verdict` are the lines of its verdict, and `x` the middle of these."""
    ties: dict[str, list[View]] = {}
    for line, path, (x, y) in layout.lines:
        outside = -OUTSIDE if line.start.startswith(FOR) else OUTSIDE
        ties.setdefault(line.end, []).append(
            View(letter=letters[line.start[1:]], is_strong=line.heavy, path=path, x=x + outside, y=y)
        )
    for row in sorted(rows, key=lambda row: places[row.claim.id].y):
        place = places[row.claim.id]
        yield View(
            row=row,
            place=place,
            ties=tuple(ties[row.claim.id]),
            verdict=_verdict(row),
            x=place.x + place.width - VERDICT // 2,
        )


def _verdict(row: ClaimRow) -> tuple[str, ...]:
    return wrapped(row.verdict.words, COLUMNS["verdict"], MOST_LINES)


def _caption(shown: int, every: int, *, is_shared: bool) -> str:
    if not is_shared:
        return texts.say("shared_claims.none_shared")
    if shown < every:
        return texts.say("shared_claims.some", shown=shown, every=every)
    return texts.say("shared_claims.all", count=every)
