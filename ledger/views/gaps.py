"""The board of open work: what is missing, by controversy and by the task that would close it, ranked.

In: a ledger seen from a page. Out: rows with their score, what it is made of, and a task in a sentence each. A row
stands under the task that would close its largest gap, and under every controversy that it matters to.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ledger import words
from ledger.analysis.bearing import read_bearing
from ledger.analysis.gaps import CRUX_POINTS, Gap, Row
from ledger.dates import parse_date
from ledger.graph import Ledger
from ledger.views import figures
from ledger.views.correcting import corrections
from ledger.views.viewing import RecordRef, Viewing


@dataclass(frozen=True, slots=True)
class TaskView:
    """What to do, and the records that it names."""

    task: str
    sentence: str
    records: tuple[RecordRef, ...]


@dataclass(frozen=True, slots=True)
class GapRow:
    """A record in which something is missing; `anchor` is empty where it stands for the second time."""

    anchor: str
    record: RecordRef
    kind: str
    place: str
    score: str
    exact: tuple[str, ...]
    """The score in full, and what its two factors are made of."""
    tasks: tuple[TaskView, ...]
    file: str
    link: str
    link_label: str


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """The rows whose largest gap one kind of task would close, by score: the first ones, and the rest."""

    heading: str
    rows: tuple[GapRow, ...]
    rest: tuple[GapRow, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Part:
    """The open work of a controversy."""

    anchor: str
    title: str
    count: int
    groups: tuple[TaskGroup, ...]


@dataclass(frozen=True, slots=True)
class GapsView:
    """The whole board."""

    first: tuple[tuple[str, RecordRef, str], ...]
    """Anchor, record and score of the rows with the highest scores."""
    parts: tuple[Part, ...]


FIRST = 10
"""How many of the highest scores are named at the top."""
UNFOLDED = 3
"""How many rows of a group stand unfolded."""
ELSEWHERE = ""
"""Stands for the rows that no controversy is named for."""


def view_gaps(viewing: Viewing) -> GapsView:
    """Everything on the board."""
    board = viewing.analysis.comparisons.gaps
    homes = homes_of(viewing.ledger)
    made = {row.id: _row(viewing, row, at, len(board)) for at, row in enumerate(board, start=1)}
    parts = tuple(_parts(viewing, board, homes, made))
    return GapsView(tuple((_anchor(r.id), made[r.id].record, made[r.id].score) for r in board[:FIRST]), parts)


def homes_of(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Record → the controversies that it is, answers or matters to, by id."""
    found: dict[str, list[str]] = {}
    bearing = read_bearing(ledger)
    for controversy, positions in bearing.positions.items():
        for id_ in (controversy, *positions, *bearing.ties[controversy]):
            found.setdefault(id_, []).append(controversy)
    return {id_: tuple(sorted(homes)) for id_, homes in found.items()}


def _parts(
    viewing: Viewing, board: Iterable[Row], homes: Mapping[str, tuple[str, ...]], made: Mapping[str, GapRow]
) -> Iterator[Part]:
    rows: dict[str, dict[str, list[GapRow]]] = {}
    seen: set[str] = set()
    by_home = sorted(
        ((home, row) for row in board for home in homes.get(row.id, (ELSEWHERE,))),
        key=lambda pair: (pair[0] == ELSEWHERE, pair[0]),
    )
    for home, row in by_home:
        anchor = "" if row.id in seen else _anchor(row.id)
        seen.add(row.id)
        rows.setdefault(home, {}).setdefault(row.task, []).append(_anchored(made[row.id], anchor))
    for home, tasks in rows.items():
        title = viewing.plain(viewing.ledger.records[home].title) if home else words.BOARD["elsewhere"]
        groups = tuple(_group(task, tasks[task]) for task in words.TASKS if task in tasks)
        yield Part(f"of-{home or 'none'}", title, sum(map(len, tasks.values())), groups)


def _group(task: str, rows: Sequence[GapRow]) -> TaskGroup:
    rest = len(rows) - UNFOLDED
    more = words.BOARD["more"].format(rest) if rest > 0 else ""
    return TaskGroup(words.TASKS[task], tuple(rows[:UNFOLDED]), tuple(rows[UNFOLDED:]), more)


def _anchor(id_: str) -> str:
    return f"gap-{id_}"


def _anchored(row: GapRow, anchor: str) -> GapRow:
    return GapRow(**{name: getattr(row, name) for name in GapRow.__slots__} | {"anchor": anchor})


def _row(viewing: Viewing, row: Row, at: int, of: int) -> GapRow:
    record, said = viewing.ledger.records[row.id], words.BOARD
    ref = viewing.ref_to(record)
    return GapRow(
        anchor="",
        record=ref,
        kind=words.KINDS[row.kind][0],
        place=said["place"].format(at, of),
        score=said["score"].format(figures.tenths(row.score)),
        exact=(_product(row), f"{_importance(row)}.", f"{_thinness(row)}."),
        tasks=tuple(TaskView(words.TASKS[gap.task], sentence(gap), _records(viewing, gap)) for gap in row.gaps),
        file=record.path,
        link=corrections(viewing, record),
        link_label=said["start_for"].format(ref.label or ref.title),
    )


def _product(row: Row) -> str:
    factors = {name: figures.figure(getattr(row, name)) for name in ("score", "importance", "thinness")}
    return words.BOARD["product"].format(**factors)


def _importance(row: Row) -> str:
    said = words.BOARD
    if row.kind != "claim":
        return said["whole"].format(figures.figure(row.importance))
    parts = [said["importance"].format(figures.figure(row.importance))]
    if row.load:
        parts.append(said["load"].format(row.load))
    if row.crux:
        parts.append(said["crux"].format(figures.figure(CRUX_POINTS * row.crux)))
    return " + ".join(parts)


def _thinness(row: Row) -> str:
    said = words.BOARD
    points = (said["points"].format(gap=words.GAP_NAMES[g.gap], points=figures.figure(g.points)) for g in row.gaps)
    return f"{said['thinness'].format(figures.figure(row.thinness))} {' + '.join(points)}"


def _records(viewing: Viewing, gap: Gap) -> tuple[RecordRef, ...]:
    return tuple(viewing.ref(id_) for id_ in gap.ids)


COUNTED = {"no-evidence": "items", "one-origin": "items", "not-searched": "searches", "events-since-review": "events"}
"""Gap → the figure that its sentence counts."""
DAYS = ("newest", "since", "last")
"""Figures of a gap that are days."""


def sentence(gap: Gap) -> str:
    """The task that would close a gap, ready to be taken up."""
    told = dict(gap.figures)
    if gap.gap == "one-sided":
        return words.OTHER_SIDE[told["missing"]]
    if gap.gap == "thin-position":
        return words.count(words.TASK_SENTENCES[gap.gap], int(told["thin"]))
    if gap.gap in COUNTED:
        return words.count(words.TASK_SENTENCES[gap.gap], int(told[COUNTED[gap.gap]]))
    kind = "never-reviewed" if gap.gap == "review-overdue" and not told["last"] else gap.gap
    told |= {name: parse_date(told[name]).in_words() for name in DAYS if told.get(name)}
    return words.DATED_TASKS[kind].format(**{name.replace("-", "_"): value for name, value in told.items()})
