"""What is missing, and where it matters most: a board of claims, positions and controversies, each with its tasks.

In: a Ledger, its cruxes, and what each claim's computed rating rests on. Out: rows by score, the highest
first. A row's score is its importance times its thinness; every part of both is in the row. A task is a key with
figures and ids; its sentence is made where it is shown. The searches that nobody has made are one campaign for each
controversy, those first that narrow most what is known.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, Literal, NamedTuple

from ledger.analysis.bearing import NOT_EVIDENTIAL, Ties, grouped
from ledger.analysis.cruxes import Crux
from ledger.analysis.ratings import Rating, ends_of
from ledger.analysis.ties import positions_in, ties_in
from ledger.analysis.verdicts import LEVELS, WORDS
from ledger.describing import Exact, NodeId, RecordId, described, one_of
from ledger.graph import Ledger, compared
from ledger.records import Claim, Controversy, Event, Source

REVIEW_DAYS = 180
"""How often things should be reviewed, where the site does not say."""
GAPS = {
    "no-evidence": (Fraction(1), "find-evidence"),
    "one-team": (Fraction(1), "find-second-team"),
    "one-sided": (Fraction(1, 2), "search-other-side"),
    "not-searched": (Fraction(1, 2), "log-search"),
    "not-rated": (Fraction(1, 2), "rate"),
    "old-evidence": (Fraction(1, 4), "find-newer-evidence"),
    "thin-position": (Fraction(1), "strengthen-claims"),
    "old-position": (Fraction(1, 2), "find-newer-evidence"),
    "events-since-review": (Fraction(1), "review-events"),
    "review-overdue": (Fraction(1), "review"),
}
"""Gap → the points that a row gets for it, whose sum is its thinness, and the task that would close it.

Those of `thin-position` are multiplied by the share of thin claims.
"""
TASK_ORDER = tuple(dict.fromkeys(task for _, task in GAPS.values()))
"""In the order of the board."""
Task = Annotated[str, one_of(*TASK_ORDER)]
CRUX_POINTS = 2
"""What being the first crux of a controversy adds to the importance of a claim; others add in proportion."""
WHOLE_IMPORTANCE = Fraction(2)
"""The importance of a position or a controversy: that of a claim which one position rests on."""
THIN = Fraction(1, 2)
"""A position is thin when more than this share of the claims that it rests on is."""
Kind = Literal["claim", "position", "controversy"]
Sought = Literal["for", "against", "both"]
AllTies = Mapping[str, Ties]
"""Those of each controversy."""
LASTING = ("historical", *NOT_EVIDENTIAL)
"""Types of claims whose evidence does not age."""


class Ground(NamedTuple):
    """What the computed rating of a claim rests on: the items and teams that count, how much evidence, searches."""

    supporting: int
    disputing: int
    teams: int
    is_limited: bool
    is_searched: bool
    """Whether the other side was looked for, or has something solid."""
    sought: Sought = "both"
    """Which evidence to look for: that of the weaker side."""
    narrows: int = 0
    """Over how many steps the verdict ranges until somebody looks."""


NOTHING = Ground(supporting=0, disputing=0, teams=0, is_limited=True, is_searched=False)
"""What a claim without a rating rests on."""


class Facts(NamedTuple):
    """What the board needs of a claim itself."""

    type: str
    is_rated: bool
    is_resolved: bool
    items: int
    searches: int
    searched: date | None
    """The last day of the newest search."""
    sources: tuple[tuple[str, date], ...]
    """What it cites, by id, each with the last day on which it can have come out."""

    @property
    def is_evidential(self) -> bool:
        """Whether evidence can settle it."""
        return self.type not in NOT_EVIDENTIAL


@compared
def facts_of(ledger: Ledger, claim: str) -> Facts:
    """The facts of one claim."""
    fields = ledger.core(Claim, claim).fields
    cited = sorted({ledger.present_id(item.source) for item in fields.evidence})
    return Facts(
        fields.type,
        bool(fields.assessments),
        bool(fields.resolution and fields.resolution.held is not None),
        len(fields.evidence),
        len(fields.searches),
        max((search.date.latest for search in fields.searches), default=None),
        tuple((id_, day.latest) for id_ in cited if not (day := ledger.core(Source, id_).fields.issued).is_unknown),
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing."""

    gap: Annotated[str, one_of(*GAPS)] = described("what is missing")
    points: Exact = described("the points for this gap; the sum of all points is the `thinness` of the record")
    task: Task = described("the task that would close it")
    figures: Mapping[str, str] = described("figures that say how much is missing")
    ids: tuple[NodeId, ...] = described("other records concerned")


@dataclass(frozen=True, slots=True)
class Row:
    """A record in which something is missing: a claim, position or controversy."""

    id: RecordId = described("the record's id")
    kind: Kind = described("its kind")
    load: int = described("how many positions rest on the claim or reject it")
    crux: Exact = described("its score as a crux, divided by that of the controversy's first crux")
    importance: Exact = described("of a claim 1 + `load` + 2 × `crux`, of others 2")
    gaps: tuple[Gap, ...] = described("what is missing")
    thinness: Exact = described("the sum of the points of its gaps")
    score: Exact = described("`importance` times `thinness`")
    task: Task = described("the task of its largest gap")
    """Of equals the first of the board."""


class _Clock(NamedTuple):
    """The date of the ledger, the first day of the review period that ends on it, the sources that count."""

    as_of: date
    fresh: date
    sources: Collection[str]


def ground_of(rating: Rating) -> Ground:
    """What a rating rests on."""
    sides = [item.side for item in rating.items if item.counts == "counts"]
    return Ground(
        supporting=sides.count("for"),
        disputing=sides.count("against"),
        teams=rating.counts.teams,
        is_limited=rating.solidity in {None, "little"},
        is_searched=rating.looked_for,
        sought=sought(rating),
        narrows=_width(rating),
    )


def sought(rating: Rating) -> Sought:
    """Which side is to be looked for: the weaker one."""
    support, dispute = (LEVELS.index(rating.evidence[side]) for side in ("for", "against"))
    return "both" if support == dispute else "against" if support > dispute else "for"


def _width(rating: Rating) -> int:
    low, high = ends_of(rating)
    return WORDS.index(high) - WORDS.index(low) if low and high else 0


def find_gaps(
    ledger: Ledger,
    cruxes: Mapping[str, tuple[Crux, ...]],
    grounds: Mapping[str, Ground],
    sources: Collection[str],
) -> tuple[Row, ...]:
    """The board. `grounds`: claim → what its rating rests on; one that is not there rests on nothing.

    `sources`: those whose items count.
    """
    as_of, ties = ledger.as_of or date.min, {id_: ties_in(ledger, id_) for id_ in ledger.standing("controversy")}
    clock = _Clock(as_of, _before(as_of, _review_days(ledger)), sources)
    rows = [
        *_claim_rows(ledger, ties, cruxes, grounds, clock),
        *_position_rows(ledger, ties, grounds, clock),
        *_controversy_rows(ledger, ties, clock),
    ]
    return tuple(sorted(rows, key=lambda row: (-row.score, -row.importance, row.id)))


def _review_days(ledger: Ledger) -> int:
    """How often things should be reviewed, in days, as the site says."""
    return int(ledger.settings.review_every_days or REVIEW_DAYS)


def review_due(ledger: Ledger, fields: Controversy) -> date | None:
    """The day since which a review of a controversy has been due; None where none is, by the ledger's own date."""
    due = review_day(ledger, fields)
    return due if due and ledger.has_reached(due) else None


def review_day(ledger: Ledger, fields: Controversy) -> date | None:
    """The day on which a controversy should be read again; None for one that needs no review.

    One that was never reviewed counts from the day on which it was added, if it is said how often reviews are due.
    """
    review, every = fields.review, ledger.settings.review_every_days
    days = (review and review.every_days) or every
    last = review.last if review else None
    began = last or (fields.added if days else None)
    if fields.status == "resolved" or fields.withdrawn or began is None:
        return None
    return date.fromordinal(min(began.latest.toordinal() + int(days or REVIEW_DAYS) + 1, date.max.toordinal()))


def _before(day: date, days: int) -> date:
    return day - timedelta(min(days, (day - date.min).days))


def _row(id_: str, kind: Kind, gaps: list[Gap], load: int = 0, crux: Fraction = Fraction(0)) -> Iterator[Row]:
    if gaps:
        importance = 1 + load + CRUX_POINTS * crux if kind == "claim" else WHOLE_IMPORTANCE
        thinness = sum((gap.points for gap in gaps), Fraction(0))
        task = min(gaps, key=lambda gap: (-gap.points, TASK_ORDER.index(gap.task))).task
        yield Row(id_, kind, load, crux, importance, tuple(gaps), thinness, importance * thinness, task)


def _gap(kind: str, share: Fraction = Fraction(1), ids: tuple[str, ...] = (), **figures: object) -> Gap:
    written = {name.replace("_", "-"): str(value) for name, value in sorted(figures.items())}
    points, task = GAPS[kind]
    return Gap(kind, points * share, task, written, ids)


def _claim_rows(
    ledger: Ledger,
    every: AllTies,
    cruxes: Mapping[str, tuple[Crux, ...]],
    grounds: Mapping[str, Ground],
    clock: _Clock,
) -> Iterator[Row]:
    loads, tops, active = _loads(every), _tops(cruxes), _active(ledger, every)
    tied = {claim for claims in every.values() for claim in claims}
    for claim in ledger.standing("claim"):
        facts = facts_of(ledger, claim)
        gaps = [_gap("not-rated")] if claim in tied and not facts.is_rated else []
        if facts.is_evidential:
            gaps += _evidence_gaps(facts, grounds.get(claim, NOTHING))
        if claim in active and facts.type not in LASTING:
            gaps += _age_gaps(facts, clock)
        load, crux = loads.get(claim, 0), tops.get(claim, Fraction(0))
        yield from _row(claim, "claim", gaps, load, crux)


def _loads(every: AllTies) -> dict[str, int]:
    """Claim → how many positions, of any controversy, rest on it or reject it."""
    found = ((claim, tie) for claims in every.values() for claim, ties in claims.items() for tie in ties)
    return {c: len(of) for c, of in grouped((c, tie.position) for c, tie in found if tie.is_load_bearing).items()}


def _tops(cruxes: Mapping[str, tuple[Crux, ...]]) -> dict[str, Fraction]:
    """Claim → its score as a crux, by that of the first crux of its controversy; the most where it has several."""
    found: dict[str, Fraction] = {}
    for every in cruxes.values():
        first = max((crux.score for crux in every), default=Fraction(1))
        for crux in every:
            found[crux.claim] = max(found.get(crux.claim, Fraction(0)), crux.score / first)
    return found


def _active(ledger: Ledger, every: AllTies) -> set[str]:
    """The claims that are not resolved and are tied to a controversy that is not."""
    open_ = (id_ for id_ in every if ledger.core(Controversy, id_).fields.status != "resolved")
    tied = {claim for id_ in open_ for claim in every[id_]}
    return {id_ for id_ in tied if not facts_of(ledger, id_).is_resolved}


def _evidence_gaps(claim: Facts, ground: Ground) -> Iterator[Gap]:
    counted = ground.supporting + ground.disputing
    if not counted:
        yield _gap("no-evidence", items=claim.items)
    if ground.teams == 1:
        yield _gap("one-team", items=counted)
    if counted and not (ground.supporting and ground.disputing):
        yield _gap("one-sided", missing="disputes" if ground.supporting else "supports", items=counted)
    if not ground.is_searched:
        yield _gap("not-searched", searches=claim.searches)


def _age_gaps(claim: Facts, clock: _Clock) -> Iterator[Gap]:
    """Newest evidence from before the review period, when nobody has looked for newer since."""
    newest = _newest(clock, claim)
    is_searched = claim.searched is not None and claim.searched >= clock.fresh
    if newest and newest < clock.fresh and not is_searched:
        yield _gap("old-evidence", newest=newest, since=clock.fresh)


def _newest(clock: _Clock, *claims: Facts) -> date | None:
    """The last day on which the newest source of the claims' evidence can have come out, of those that count."""
    return max((day for claim in claims for id_, day in claim.sources if id_ in clock.sources), default=None)


def _position_rows(ledger: Ledger, every: AllTies, grounds: Mapping[str, Ground], clock: _Clock) -> Iterator[Row]:
    for controversy, found in every.items():
        tied = ((claim, tie) for claim, ties in found.items() for tie in ties)
        carrying = grouped((tie.position, claim) for claim, tie in tied if tie.edge == "rests_on")
        for position in positions_in(ledger, controversy):
            gaps = [*_position_gaps(ledger, carrying.get(position, ()), grounds, clock)]
            yield from _row(position, "position", gaps)


def _position_gaps(
    ledger: Ledger, carrying: tuple[str, ...], grounds: Mapping[str, Ground], clock: _Clock
) -> Iterator[Gap]:
    claims = {id_: facts for id_ in carrying if (facts := facts_of(ledger, id_)).is_evidential}
    thin = tuple(id_ for id_ in claims if grounds.get(id_, NOTHING).is_limited)
    share = Fraction(len(thin), len(claims)) if claims else Fraction(not carrying)
    if share > THIN:
        yield _gap("thin-position", share, thin, claims=len(claims), thin=len(thin))
    newest = _newest(clock, *claims.values())
    if newest and newest < clock.fresh:
        yield _gap("old-position", newest=newest, since=clock.fresh)


def _controversy_rows(ledger: Ledger, every: AllTies, clock: _Clock) -> Iterator[Row]:
    events = _events(ledger, every)
    for id_ in every:
        gaps = [*_review_gaps(ledger, ledger.core(Controversy, id_).fields, events.get(id_, ()), clock)]
        yield from _row(id_, "controversy", gaps)


def _events(ledger: Ledger, every: AllTies) -> dict[str, tuple[str, ...]]:
    """Controversy → the events about it, its positions or their claims, or that gave evidence for these; by id."""
    parts = {id_: (id_, *positions_in(ledger, id_), *ties) for id_, ties in every.items()}
    homes = grouped((node, id_) for id_, nodes in parts.items() for node in nodes)
    events = [event for event in ledger.of_kind(Event) if not event.fields.withdrawn]
    named = ((event.id, written) for event in events for written in (*event.fields.about, *event.fields.evidence_for))
    nodes = ((event, ledger.present_id(written).partition("/")[0]) for event, written in named)
    return grouped((home, event) for event, node in nodes for home in homes.get(node, ()))


def _review_gaps(ledger: Ledger, fields: Controversy, events: tuple[str, ...], clock: _Clock) -> Iterator[Gap]:
    if fields.status == "resolved":
        return
    last = fields.review.last.latest if fields.review and fields.review.last else None
    days = int((fields.review and fields.review.every_days) or _review_days(ledger))
    if last is None or last < _before(clock.as_of, days):
        yield _gap("review-overdue", last=last or "", every_days=days)
    if last is not None:
        since = tuple(id_ for id_ in events if last < ledger.core(Event, id_).fields.date.earliest <= clock.as_of)
        if since:
            yield _gap("events-since-review", ids=since, events=len(since), last=last)


# The searches of a controversy together


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search that nobody has made."""

    claim: RecordId = described("the claim")
    side: Sought = described("which evidence to look for")
    narrows: int = described("how many steps the verdict ranges over until somebody looks")
    score: Exact = described("the importance of the claim times `narrows`")


@dataclass(frozen=True, slots=True)
class Campaign:
    """The searches that a controversy lacks, to be made together."""

    controversy: RecordId = described("the controversy")
    searches: tuple[Wanted, ...] = described("the searches, highest score first")


def campaigns_of(
    rows: Collection[Row], grounds: Mapping[str, Ground], homes: Mapping[str, tuple[str, ...]]
) -> tuple[Campaign, ...]:
    """One campaign for each controversy that lacks a search, the one that would narrow most first.

    `homes`: claim → the controversies that it matters to.
    """
    lacking = [row for row in rows if any(gap.gap == "not-searched" for gap in row.gaps)]
    wanted = (_wanted(row, grounds.get(row.id, NOTHING)) for row in lacking)
    ordered = sorted(wanted, key=lambda one: (-one.score, -one.narrows, one.claim))
    grouped_by = grouped((home, one) for one in ordered for home in homes.get(one.claim, ()))
    found = [Campaign(home, tuple(searches)) for home, searches in grouped_by.items()]
    return tuple(sorted(found, key=lambda one: (-sum(of.score for of in one.searches), one.controversy)))


def _wanted(row: Row, ground: Ground) -> Wanted:
    return Wanted(row.id, ground.sought, ground.narrows, row.importance * ground.narrows)
