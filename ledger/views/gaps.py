"""The board of open work: what is missing, by controversy and by the task that would close it, ranked.

In: a ledger seen from a page. Out: rows with their score, what it is made of, and a task in a sentence each. A row
stands under the task that would close its largest gap, and under every controversy that it matters to. The searches
that a controversy lacks stand before them as one campaign.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ledger import texts, urls
from ledger.analysis import analyse
from ledger.analysis.gaps import Row
from ledger.analysis.ties import homes_of
from ledger.context import PageContext, corrections
from ledger.dates import parse_date
from ledger.graph import Ledger, result
from ledger.rating_words import verdict_words
from ledger.views import View
from ledger.views.challenges import view_open
from ledger.views.paging import left_out, pages_of

Line = tuple[str, Row]
"""A row under one of its controversies; it stands there under its main task."""
FIRST = 10
"""How many of the highest scores are named at the top."""
UNFOLDED = 3
"""How many rows of a group stand unfolded."""
SEARCHES = 40
"""How many searches of a campaign are shown."""
ELSEWHERE = ""
"""Stands for the rows that no controversy is named for."""


def view_gaps(context: PageContext) -> View:
    """What is on a page of the board. How many pages there are was decided before anybody knew of its rows."""
    board, lines = context.analysis.gaps, _lines(context.ledger)
    size = pages_of(len(lines), context.pages)
    places: dict[str, int] = {}
    for at, (home, row) in enumerate(lines):
        for name in (row.id, f"of {home}", f"of {home} {row.task}"):
            places.setdefault(name, at)
    first = size * (context.number - 1)

    def link(at: int, anchor: str) -> str:
        return context.url(f"{urls.paged(context.whole, 1 + at // size)}#{anchor}")

    return View(
        # How many records the board ranks.
        many=len(board),
        # Where the rows with the highest scores are.
        first=tuple((link(places[row.id], _anchor(row.id)), row) for row in board[:FIRST]),
        # Where the work of each controversy begins, its title, and how many rows it has.
        contents=tuple(
            (link(places[f"of {home}"], f"of-{home or 'none'}"), _title(context, home), count)
            for home, count in Counter(home for home, _ in lines).items()
        ),
        parts=tuple(_parts(context, lines, slice(first, first + size), places)),
        # On the first page: the challenges that wait for an answer.
        challenges=view_open(context) if context.number == 1 else (),
    )


@result
def most_rows(ledger: Ledger) -> int:
    """How many rows the board would have if something were missing in each record: told without looking for gaps."""
    homes = homes_of(ledger)
    cards = (card for kind in ("claim", "position", "controversy") for card in ledger.cards(kind))
    return sum(max(1, len(homes.get(card.id, ()))) for card in cards if not card.withdrawn)


@result
def _lines(ledger: Ledger) -> list[Line]:
    """The rows by controversy and task, in both by score."""
    homes, tasks = homes_of(ledger), {task: at for at, task in enumerate(texts.Group("task"))}
    lines = [(home, row) for row in analyse(ledger).gaps for home in homes.get(row.id, (ELSEWHERE,))]
    return sorted(lines, key=lambda line: (line[0] == ELSEWHERE, line[0], tasks[line[1].task]))


def _parts(context: PageContext, lines: Sequence[Line], here: slice, places: Mapping[str, int]) -> Iterator[View]:
    """The lines of the page; those with which a record stands for the first time have its anchor."""
    ranks = {row.id: at for at, row in enumerate(context.analysis.gaps, start=1)}
    shown = list(enumerate(lines))[here]
    for home, of in groupby(shown, key=lambda entry: entry[1][0]):
        groups = []
        for task, found in groupby(of, key=lambda entry: entry[1][1].task):
            numbered = list(found)
            start = numbered[0][0] - places[f"of {home} {task}"]
            rows = tuple(_row(context, row, ranks[row.id], first=places[row.id] == at) for at, (_, row) in numbered)
            groups.append(View(task=task, start=start + 1, rows=rows[:UNFOLDED], rest=rows[UNFOLDED:]))
        campaign = _campaign(context, home) if here.start <= places[f"of {home}"] else None
        yield View(anchor=f"of-{home or 'none'}", title=_title(context, home), campaign=campaign, groups=tuple(groups))


def _campaign(context: PageContext, home: str) -> View | None:
    """The searches that a controversy lacks: claim, its verdict until then, what to look for."""
    campaign = next((one for one in context.analysis.campaigns if one.controversy == home), None)
    if campaign is None:
        return None
    ratings, many = context.analysis.ratings, len(campaign.searches)
    rows = tuple(
        (context.ref(one.claim), verdict_words(ratings[one.claim]), texts.say(f"sought.{one.side}"))
        for one in campaign.searches[:SEARCHES]
    )
    return View(
        said=texts.say("open_work.campaign_for", count=many),
        first=rows[:UNFOLDED],
        rest=rows[UNFOLDED:],
        # How many are only in the data.
        left=left_out("open_work.campaign_left", many - SEARCHES),
    )


def _title(context: PageContext, home: str) -> str:
    return context.title(home) if home else texts.say("open_work.elsewhere")


def _anchor(id_: str) -> str:
    return f"gap-{id_}"


def _row(context: PageContext, row: Row, rank: int, *, first: bool) -> View:
    """A record in which something is missing; `anchor` is empty where it stands for the second time."""
    record = context.ledger.records[row.id]
    tasks = tuple((task_words(gap.gap, gap.figures), gap.ids) for gap in row.gaps)
    return View(
        anchor=_anchor(row.id) if first else "",
        row=row,
        rank=rank,
        # What would close each gap, with the records that it is about.
        tasks=tasks,
        link=corrections(context, record),
    )


COUNTED: Mapping[str, str] = {
    "no-evidence": "items",
    "one-team": "items",
    "not-searched": "searches",
    "thin-position": "thin",
    "events-since-review": "events",
}
"""Gap → the figure that its sentence counts."""
DAYS = ("newest", "since", "last")
"""Figures of a gap that are days."""
NO_SIDE: Mapping[str, str] = {"disputes": "no-disputing", "supports": "no-supporting"}
"""The side that has no evidence → the task."""


def task_words(gap: str, figures: Mapping[str, str]) -> str:
    """The task that would close a gap, ready to be taken up."""
    if gap == "one-sided":
        return texts.say(f"task_for.{NO_SIDE[figures['missing']]}")
    if gap in COUNTED:
        return texts.say(f"task_for.{gap}", count=int(figures[COUNTED[gap]]))
    named = {name.replace("-", "_"): value for name, value in figures.items()}
    days = {name: parse_date(figures[name]) for name in DAYS if figures.get(name)}
    is_first = gap == "review-overdue" and not figures["last"]
    return texts.say(f"task_for.{'never-reviewed' if is_first else gap}", **{**named, **days})
