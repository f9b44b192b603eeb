"""All evidence by positions: which sources help to decide between those of a controversy, and what is against each.

In: a ledger seen from a page, and a controversy. Out: what was found, in words; the sources against each position, by
letter; and two tables of sources: those that help to decide, the best first, and those that do not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from ledger import texts
from ledger.analysis import rivals
from ledger.analysis.ties import WAYS, claims_near
from ledger.context import PageContext
from ledger.edges import owner_id
from ledger.graph import Ledger, result
from ledger.loading import Record
from ledger.records import Controversy, Position
from ledger.views import View
from ledger.views.by_position import width
from ledger.views.paging import left_out, spread

SHOWN = 2
"""How many items of a work are shown unfolded at most."""
REASONS = 12
"""On how many claims the reasons are shown."""
LINES = 5
"""For how many rows of a list a work counts: it shows its items and its reasons."""
TIES: Mapping[str, bool] = {"all_evidence.strong": True, "all_evidence.weak": False}
"""Heading → whether the sources below it help to decide by strong ties."""
SIGNS: Mapping[str, str] = {
    rivals.CONSISTENT: "+",
    rivals.INCONSISTENT: "−",
    rivals.MIXED: "±",
    rivals.NEUTRAL: "○",
    rivals.UNTESTED: "?",
}
WEAK_SIGN = "({})"
COUNTS: Mapping[int, str] = {1: "for", -1: "against", 0: "neither"}
"""Which way a source counts for a position."""
DIRECTLY = "directly"
EDGES = (*WAYS, "objected_to_by")
"""What ties a claim to a position: the first of those that say the same is named."""
Columns = tuple[Record[Position], ...]


def view_evidence_table(context: PageContext, controversy: Record[Controversy]) -> View:
    """What is on a page; empty for a controversy that was withdrawn."""
    found = context.analysis.rivals.get(controversy.id, rivals.Rivals((), (), ()))
    columns = columns_of(context.ledger, found.positions)
    shown = spread(context, sorted(found.rows, key=lambda row: not row.apart))
    made = [(row.strong, _row(context, columns, row)) for row in shown if row.apart]
    rows = {name: tuple(row for is_strong, row in made if is_strong == strong) for name, strong in TIES.items()}
    return View(
        found=_said(columns, found),
        columns=columns,
        standings=tuple(map(_standing, columns, found.standings)),
        # The sources that help to decide, by strength of tie: the key of a heading, and the rows.
        telling=tuple((name, of) for name, of in rows.items() if of),
        silent=tuple(_row(context, columns, row) for row in shown if not row.apart),
        # Each kind of cell, and the key of what it means.
        legend=tuple(_legend()),
    )


@result
def most_rows(ledger: Ledger, controversy: str) -> int:
    """About how many rows both tables have, wide ones counted for more: told from edges alone."""
    edges = (edge for claim in claims_near(ledger, controversy) for edge in ledger.edges_of(claim))
    return LINES * len({edge.target for edge in edges if edge.name == "shown_in"}) * width(ledger, controversy)


def columns_of(ledger: Ledger, positions: Iterable[str]) -> Columns:
    """The positions at the heads of a table's columns."""
    return tuple(ledger.record(Position, id_) for id_ in positions)


# What was found


def _said(columns: Columns, found: rivals.Rivals) -> str:
    """How many help to decide, which positions have strong evidence against them, and which were little tested."""
    if not found.rows:
        return ""
    letters = [column.fields.letter for column in columns]
    return " ".join((*_counted(found), _against(letters, found.standings), *_tested_little(letters, found.standings)))


def _counted(found: rivals.Rivals) -> Iterator[str]:
    if len(found.positions) == 1:
        yield texts.say("all_evidence.alone")
        yield texts.say("all_evidence.linked_to_one", count=len(found.rows))
        return
    deciding = [row for row in found.rows if row.apart]
    yield texts.say("all_evidence.deciding", count=len(deciding))
    if deciding:
        strong = sum(row.strong for row in deciding)
        all_are = strong == len(deciding)
        yield texts.say("all_evidence.all_strongly" if all_are else "all_evidence.strongly", count=strong)
    if others := len(found.rows) - len(deciding):
        yield texts.say("all_evidence.others" if deciding else "all_evidence.linked", count=others)


def _against(letters: Sequence[str], standings: Sequence[rivals.Standing]) -> str:
    hit = [letter for letter, one in zip(letters, standings, strict=True) if one.against["strong"]]
    if len(letters) == 1:
        return texts.say("all_evidence.strong_against_it" if hit else "all_evidence.not_strong_against_it")
    if 0 < len(hit) < len(letters):
        spared = [letter for letter in letters if letter not in hit]
        return texts.say("all_evidence.strong_against_some", against=hit, spared=spared)
    return texts.say("all_evidence.strong_against_every" if hit else "all_evidence.strong_against_none")


def _tested_little(letters: Sequence[str], standings: Sequence[rivals.Standing]) -> Iterator[str]:
    little = [letter for letter, one in zip(letters, standings, strict=True) if _is_untested(one)]
    if len(little) == len(letters) > 1:
        yield texts.say("all_evidence.little_tested_all")
    elif little and len(letters) > 1:
        yield texts.say("all_evidence.little_tested", count=len(little), positions=little)


def _is_untested(standing: rivals.Standing) -> bool:
    return standing.telling > 0 and standing.untested


def _standing(position: Record[Position], standing: rivals.Standing) -> View:
    """What is against a position, and how much of the deciding evidence tested it."""
    telling = standing.telling
    return View(
        position=position,
        against=tuple(
            View(said=texts.say(f"against_by_grade.{grade}", count=len(works)), works=works)
            for grade, works in standing.against.items()
            if works
        ),
        # How much of the deciding evidence tested it; empty where none decides anything.
        tested=texts.say("all_evidence.tested_by", count=telling, tested=standing.tested) if telling else "",
        is_untested=_is_untested(standing),
    )


# A source


def _row(context: PageContext, columns: Columns, row: rivals.Row) -> View:
    """A work against every position."""
    by_claim: dict[str, list[View]] = {}
    for item in _items(context, row):
        by_claim.setdefault(item.claim, []).append(item)
    shown = [items[0] for items in by_claim.values()][:SHOWN]
    reasons = _reasons([one.fields.letter for one in columns], dict(islice(by_claim.items(), REASONS)), row.cells)
    return View(
        work=row.work,
        grade=texts.say(f"grade.{row.grade}"),
        # The first items, each of another claim.
        shown=tuple(shown),
        # The line over the reasons, and how many items are shown nowhere else.
        why=texts.say("all_evidence.more", count=len(row.items) - len(shown)),
        reasons=tuple(reasons),
        # How many claims are in no reason here.
        left=left_out("all_evidence.left", len(by_claim) - REASONS),
        cells=tuple(map(_cell, row.cells)),
    )


def _cell(cell: rivals.Cell) -> View:
    """What a work does to a position, as words for styling and for reading."""
    sign = SIGNS[cell.verdict]
    if cell.verdict in rivals.TESTS and not cell.strong:
        weakly = texts.say(f"consistency_weakly.{cell.verdict}")
        return View(style=f"{cell.verdict} weak", sign=WEAK_SIGN.format(sign), word=weakly)
    return View(style=cell.verdict, sign=sign, word=texts.say(f"consistency.{cell.verdict}"))


def _legend() -> Iterator[tuple[View, str]]:
    for verdict, sign in SIGNS.items():
        yield View(style=verdict, sign=sign, word=texts.say(f"consistency.{verdict}")), f"consistency_read.{verdict}"
    weakly = View(style="", sign=WEAK_SIGN.format("…"), word=texts.say("consistency_weakly.any"))
    yield weakly, "consistency_read.weakly"


def _items(context: PageContext, row: rivals.Row) -> list[View]:
    """Its items: those first that count most here."""
    ways = [way for cell in row.cells for way in cell.ways if way.sign]
    strong, direct = ({way.claim for way in ways if way.strong}, {way.claim for way in ways if not way.relation})

    def rank(item: View) -> tuple[bool, bool, bool, str]:
        return item.relation == "qualifies", item.claim not in strong, item.claim not in direct, item.id

    return sorted((_item(context, row.work, node) for node in row.items), key=rank)


def _item(context: PageContext, work: str, node: str) -> View:
    """An item: what it does to which claim, and the source that tells of it, if it is another.

    One that hurts a rival of its own claim disputes the rival.
    """
    item = context.item(node)
    source, rival = context.ref_id(item.source), item.about_rival
    through = source if source != work else ""
    claim = context.ref_id(rival) if rival else owner_id(node)
    return View(id=node, relation="disputes" if rival else item.relation, claim=claim, through=through)


# The reasons


def _reasons(
    letters: Sequence[str], by_claim: Mapping[str, Sequence[View]], cells: Sequence[rivals.Cell]
) -> Iterator[View]:
    """What some claims say to positions, each way once."""
    found: dict[str, dict[tuple[str, str], list[str]]] = {claim: {} for claim in by_claim}
    for letter, cell in zip(letters, cells, strict=True):
        for way in _deciding(cell):
            if way.claim in found:
                found[way.claim].setdefault((_path(way), way.onto), []).append(_reached(letter, way))
    for claim, paths in found.items():
        # How the claim leads to positions, directly or by way of another, and which way that counts for each in words.
        views = tuple(
            View(how=how, other=other, said="; ".join(said))
            for (how, other), said in sorted(paths.items(), key=lambda path: (path[0][0] != DIRECTLY, path[0]))
        )
        yield View(claim=claim, items=tuple(by_claim[claim]), paths=views)


def _path(way: rivals.Way) -> str:
    """How the claim leads to the position, as the name of a text."""
    return f"{way.relation}-backward" if way.relation and way.backward else way.relation or DIRECTLY


def _reached(letter: str, way: rivals.Way) -> str:
    """Which way a source counts for a position: `for A, which depends on it`."""
    weakly = "weakly-" if way.sign and not way.strong else ""
    tied = texts.say(f"position_tied.{way.edge}", letter=letter)
    return texts.say(f"counts_for_position.{weakly}{COUNTS[way.sign]}", position=tied)


def _deciding(cell: rivals.Cell) -> Iterator[rivals.Way]:
    """The ways that make a cell what it is: those that carry something, if any; of ties that say the same the first."""
    found: dict[tuple[str, str | None, bool, str, int], rivals.Way] = {}
    for way in sorted(cell.ways, key=lambda way: EDGES.index(way.edge)):
        if way.sign or cell.verdict == rivals.NEUTRAL:
            found.setdefault((way.claim, way.relation, way.backward, way.onto, way.sign), way)
    yield from found.values()
