"""How the ratings of a controversy came about: what changed when, and what moved it, by each of two clocks.

In: a Ledger and the verdicts on its quotes. Out: for each controversy and clock a Course of Points. At each point only
the claims are rated again that something new of that time touches, on the records as `as_of` cuts them to that day. If
there are more days than a page can show, the points stand for months, quarters, years or decades, each as it was at
its end.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ledger.analysis.as_of import CLOCKS, cut_to
from ledger.analysis.cases import Case, cases, sources_behind, touched_by
from ledger.analysis.movers import Mover, Period, movers, period_of
from ledger.analysis.origins import fallen_sources, standing, trace
from ledger.analysis.positions import PositionBands, bands_of
from ledger.analysis.profile import profile_of
from ledger.analysis.quotes import verify
from ledger.analysis.ratings import Rating, Rules, rate_claim
from ledger.graph import Ledger, without_edges
from ledger.loading import Clock, Record


@dataclass(frozen=True, slots=True)
class Standing:
    """What a claim was computed to be; None in its place where it was not there."""

    computed: str
    direction: str | None


@dataclass(frozen=True, slots=True)
class Move:
    """A claim that changed."""

    claim: str
    before: Standing | None
    after: Standing | None
    movers: tuple[Mover, ...]


@dataclass(frozen=True, slots=True)
class PositionPoint:
    """A position's bands at a point; `moved` if they are others than before."""

    position: str
    bands: PositionBands
    moved: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A day on which something changed, or the last day of a longer time in which something did."""

    day: date
    moves: tuple[Move, ...]
    positions: tuple[PositionPoint, ...]
    """Every position that was there, by id."""


@dataclass(frozen=True, slots=True)
class Course:
    """One clock: where everything began, and every change."""

    clock: Clock
    period: Period
    """What a point stands for."""
    start: Mapping[str, Standing]
    """What was there before the first point: claims without a date, or before anything had happened."""
    points: tuple[Point, ...]


def histories(ledger: Ledger, verdicts: Mapping[str, str]) -> dict[str, tuple[Course, ...]]:
    """The courses of every controversy, by clock in the order of `CLOCKS`; `verdicts` are today's."""
    last_days = {clock: _last_day(ledger, clock) for clock in CLOCKS}
    return {
        controversy: tuple(_course(replace(case, clock=clock, last=last)) for clock, last in last_days.items())
        for controversy, case in cases(ledger, verdicts).items()
    }


def _last_day(ledger: Ledger, clock: Clock) -> date:
    """The day on which everything stands as the ledger has it."""
    cut = ledger.cut
    return cut.day if cut and cut.clock == clock else ledger.as_of or date.max


# What it changed


def _course(case: Case) -> Course:
    """Every change by one clock."""
    moving = list(movers(case))
    period, end_of = period_of({mover.day for mover, _ in moving})
    by_end: defaultdict[date, defaultdict[str, set[Mover]]] = defaultdict(lambda: defaultdict(set))
    for mover, id_ in moving:
        by_end[min(end_of(mover.day), case.last)][id_].add(mover)
    state = _rated(case, date.min, case.claims)
    start = {claim: _standing(rating) for claim, rating in sorted(state.items())}
    before = _positions(case, date.min, state)
    points = []
    for day in sorted(by_end):
        touched = by_end[day]
        claims = touched_by(case, touched)
        now = _rated(case, day, claims)
        moves = tuple(_moves(case, claims.values(), state, now, touched))
        state = {id_: rating for id_, rating in state.items() if id_ not in claims} | now
        after = _positions(case, day, state)
        if moves or after != before:
            points.append(Point(day, moves, tuple(_told(before, after))))
        before = after
    return Course(case.clock, period, start, tuple(points))


def _moves(
    case: Case,
    claims: Iterable[Record],
    before: Mapping[str, Rating],
    after: Mapping[str, Rating],
    touched: Mapping[str, Collection[Mover]],
) -> Iterator[Move]:
    """The claims that came out otherwise, each with everything new that touches it."""
    for claim in claims:
        old, new = (_standing(at[claim.id]) if claim.id in at else None for at in (before, after))
        if old != new:
            yield Move(claim.id, old, new, _movers_of(case, claim, old, new, touched))


def _standing(rating: Rating) -> Standing:
    return Standing(rating.computed, rating.direction)


def _movers_of(
    case: Case, claim: Record, old: Standing | None, new: Standing | None, touched: Mapping[str, Collection[Mover]]
) -> tuple[Mover, ...]:
    """What moved a claim; if it came or went itself, only that."""
    own = sorted(touched.get(claim.id, ()))
    if old is None or new is None:
        return tuple(mover for mover in own if mover.cause in ("added", "withdrawn"))
    present = case.ledger.present_id
    cited = {present(item.source) for item in claim.fields.evidence}
    rivals = {present(item.about_rival) for item in claim.fields.evidence if item.about_rival}
    found = {mover for id_ in sources_behind(case.ledger, cited) for mover in touched.get(id_, ())}
    found |= {mover for id_ in rivals for mover in touched.get(id_, ()) if mover.cause in ("added", "withdrawn")}
    return tuple(sorted({*own, *found}))


def _positions(case: Case, day: date, state: Mapping[str, Rating]) -> dict[str, PositionBands]:
    """The bands of the positions that stood on a day."""
    found = {}
    for position in standing(_cut(case, day, case.positions), "position"):
        named = {case.ledger.present_id(id_) for id_ in position.fields.rests_on}
        found[position.id] = bands_of(tuple(sorted(named & state.keys())), state)
    return found


def _told(before: Mapping[str, PositionBands], after: Mapping[str, PositionBands]) -> Iterator[PositionPoint]:
    for position, bands in after.items():
        yield PositionPoint(position, bands, moved=before.get(position) != bands)


def _rated(case: Case, day: date, claims: Mapping[str, Record]) -> dict[str, Rating]:
    """The ratings of those of some claims that stood on a day."""
    then = _then(case, day, claims)
    profile = profile_of(then)
    traced = trace(then, fallen_sources(then, profile.dropped))
    rules = Rules(profile, traced, _verdicts(case, then) if case.clock == "believed" else case.verdicts)
    return {claim.id: rate_claim(then, rules, claim) for claim in standing(then, "claim") if claim.id in claims}


def _then(case: Case, day: date, claims: Mapping[str, Record]) -> Ledger:
    """The ledger of a day with all that these claims depend on, and no graph."""
    present = case.ledger.present_id
    cited = {present(item.source) for claim in claims.values() for item in claim.fields.evidence}
    rivals = {present(i.about_rival) for claim in claims.values() for i in claim.fields.evidence if i.about_rival}
    ids = {*sources_behind(case.ledger, cited), *claims, *(rivals & case.ledger.records.keys())}
    return _cut(case, day, ids)


def _cut(case: Case, day: date, ids: Iterable[str]) -> Ledger:
    whole = case.ledger
    records = {id_: whole.records[id_] for id_ in sorted(ids)}
    snapshots = {id_: whole.index.loaded.snapshots[id_] for id_ in records if id_ in whole.index.loaded.snapshots}
    some = replace(whole.index.loaded, records=records, snapshots=snapshots)
    loaded = cut_to(some, case.clock, day, case.last)
    return without_edges(whole, loaded, as_of=_as_of(case, day))


def _as_of(case: Case, day: date) -> date | None:
    """The day that searches are judged by: a clock of the world leaves today's in force."""
    return day if case.clock == "believed" else case.ledger.as_of


def _verdicts(case: Case, then: Ledger) -> dict[str, str]:
    """The verdicts on quotes; a text that was kept already gives the one that it gives now."""
    bare = verify(without_edges(then, replace(then.index.loaded, kept={}), as_of=then.as_of))
    kept = {id_ for id_ in {found.source for found in bare.values()} if then.snapshot_text(id_) is not None}
    return {key: case.verdicts[key] if found.source in kept else found.verdict for key, found in bare.items()}
