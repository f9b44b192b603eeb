"""How the ratings of a controversy came about: what changed when, and what moved it, by each of two clocks.

In: a Ledger and the verdicts on its quotes. Out: for each controversy and clock a Course of Points. At each point only
the claims are rated again that something new of that time touches, on the records as `as_of` cuts them to that day. If
there are more days than a page can show, the points stand for months, quarters, years or decades, each as it was at
its end.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from ledger.analysis.as_of import CLOCKS, cut_to, day_of, world_date
from ledger.analysis.origins import OWN_FINDING, fallen_sources, standing, trace
from ledger.analysis.positions import PositionBands, bands_of
from ledger.analysis.profile import profile_of
from ledger.analysis.quotes import verify
from ledger.analysis.ratings import Rating, Rules, rate_claim
from ledger.dates import PartialDate
from ledger.graph import Ledger
from ledger.loading import Clock, Record, kept_text, site_fields

MOST_POINTS = 60
Period = Literal["day", "month", "quarter", "year", "decade"]
Cause = Literal["added", "withdrawn", "issued", "recorded", "status", "searched", "lapsed", "read"]
"""What can move a rating: a record was added to the ledger or withdrawn from it, a source came out, an item was
recorded, a source's status changed, a search was logged or no longer stands, the text of a source was kept."""


@dataclass(frozen=True, slots=True, order=True)
class Mover:
    """Something that moved a rating: what happened, to which record or item (`claim/e1`), on which day."""

    day: date
    cause: Cause
    id: str


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
    takers, ground = _takers(ledger), _ground(ledger)
    last_days = {clock: _last_day(ledger, clock) for clock in CLOCKS}
    found = {}
    for controversy in ledger.of_kind("controversy"):
        case = _case(ledger, ground.get(controversy.id, {}), takers, verdicts)
        by_clock = (replace(case, clock=clock, last=last) for clock, last in last_days.items())
        found[controversy.id] = tuple(_course(one) for one in by_clock)
    return found


def _last_day(ledger: Ledger, clock: Clock) -> date:
    """The day on which everything stands as the ledger has it."""
    cut = ledger.loaded.cut
    return cut.day if cut and cut.clock == clock else ledger.as_of or date.max


# What a controversy's ratings depend on


@dataclass(frozen=True, slots=True)
class _Case:
    """A controversy with its claims and everything that their ratings can depend on."""

    ledger: Ledger
    verdicts: Mapping[str, str]
    positions: Mapping[str, Record]
    claims: Mapping[str, Record]
    sources: Mapping[str, Record]
    takers: Mapping[str, tuple[str, ...]]
    """Source → the sources that take from it."""
    citing: Mapping[str, tuple[str, ...]]
    """Source → the claims whose items cite it."""
    clock: Clock = "happened"
    last: date = date.max
    """The last day that the clock can show."""


def _ground(ledger: Ledger) -> dict[str, dict[str, list[str]]]:
    """Controversy → position → the claims that say how they bear on it; those that were withdrawn too."""
    bearing: defaultdict[str, list[str]] = defaultdict(list)
    for claim in ledger.of_kind("claim"):
        for tie in claim.fields.bears_on:
            bearing[ledger.present_id(tie.position)].append(claim.id)
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for position in ledger.of_kind("position"):
        found[ledger.present_id(position.fields.controversy)][position.id] = bearing[position.id]
    return found


def _case(
    ledger: Ledger, bearing: Mapping[str, list[str]], takers: Mapping[str, Any], verdicts: Mapping[str, str]
) -> _Case:
    positions = {id_: ledger.records[id_] for id_ in bearing}
    claims = _claims_of(ledger, positions, bearing)
    citing: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for claim in claims.values():
        for item in claim.fields.evidence:
            citing[ledger.present_id(item.source)][claim.id] = None
    return _Case(
        ledger=ledger,
        verdicts=verdicts,
        positions=positions,
        claims=claims,
        sources=_sources_behind(ledger, citing),
        takers=takers,
        citing={source: tuple(found) for source, found in citing.items()},
    )


def _claims_of(ledger: Ledger, positions: Mapping[str, Record], bearing: Mapping[str, list[str]]) -> dict[str, Record]:
    """The claims that touch a position, those that were withdrawn too, by id."""
    named = {
        ledger.present_id(id_)
        for position in positions.values()
        for ids in (position.fields.rests_on, position.fields.rejects, *(o.claims for o in position.fields.objections))
        for id_ in ids
    }
    named.update(*bearing.values())
    known = {id_: ledger.records[id_] for id_ in sorted(named) if id_ in ledger.records}
    return {id_: record for id_, record in known.items() if record.kind.name == "claim"}


def _earlier(ledger: Ledger, source: Record) -> tuple[str, ...]:
    derived = source.fields.derived_from
    if derived == "unknown" or source.fields.first_hand:
        return ()
    return tuple(ledger.present_id(one.source) for one in derived if one.how not in OWN_FINDING)


def _takers(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for source in ledger.of_kind("source"):
        for before in _earlier(ledger, source):
            found[before].append(source.id)
    return {source: tuple(takers) for source, takers in found.items()}


def _sources_behind(ledger: Ledger, sources: Iterable[str]) -> dict[str, Record]:
    """Some sources and all that they go back to, by id."""

    def earlier(id_: str) -> tuple[str, ...]:
        return _earlier(ledger, ledger.records[id_]) if _is_source(ledger, id_) else ()

    reached = _reach(sources, earlier)
    return {id_: ledger.records[id_] for id_ in sorted(reached) if _is_source(ledger, id_)}


def _is_source(ledger: Ledger, id_: str) -> bool:
    return id_ in ledger.records and ledger.records[id_].kind.name == "source"


def _reach(start: Iterable[str], onward: Callable[[str], Iterable[str]]) -> set[str]:
    """Everything that can be reached from some ids, those included."""
    seen = set(start)
    waiting = list(seen)
    while waiting:
        more = set(onward(waiting.pop())) - seen
        seen |= more
        waiting += more
    return seen


# When something changed


def _movers(case: _Case) -> Iterator[tuple[Mover, str]]:
    """Everything that may move a rating, with the record that it touches."""

    def mover(cause: Cause, id_: str, written: PartialDate | None, known: PartialDate | None = None) -> Iterator[Mover]:
        if written is not None:
            yield Mover(day_of(written, case.last, known), cause, id_)

    for source in case.sources.values():
        fields = source.fields
        found = [*mover("status", source.id, fields.status_date)]
        if case.clock == "happened":
            found += mover("issued", source.id, world_date(source), fields.added)
        else:
            found += mover("added", source.id, fields.added)
            found += mover("withdrawn", source.id, fields.withdrawn and fields.withdrawn.date)
            found += _readings(case, source.id)
        yield from ((one, source.id) for one in found)
    if case.clock == "believed":
        for record in (*case.positions.values(), *case.claims.values()):
            fields = record.fields
            found = [*mover("added", record.id, fields.added)]
            found += mover("withdrawn", record.id, fields.withdrawn and fields.withdrawn.date)
            for item in getattr(fields, "evidence", ()):
                found += mover("recorded", f"{record.id}/{item.id}", item.recorded or fields.added)
            found += _searches(case, record) if record.kind.name == "claim" else []
            yield from ((one, record.id) for one in found)


def _readings(case: _Case, source: str) -> Iterator[Mover]:
    snapshot = case.ledger.loaded.snapshots.get(source)
    dates = {snapshot.fields.captured, *(found.date for found in snapshot.fields.verdicts)} if snapshot else set()
    yield from {Mover(day_of(written, case.last), "read", source) for written in dates}


def _searches(case: _Case, claim: Record) -> Iterator[Mover]:
    """The days on which searches were logged, and those from which they no longer stand."""
    every = site_fields(case.ledger.loaded.site).review_every_days
    for search in claim.fields.searches:
        yield Mover(day_of(search.date, case.last), "searched", claim.id)
        if every is not None:
            days = int(every * profile_of(case.ledger).agreement.search_periods)
            if (case.last - search.date.latest).days > days:
                yield Mover(search.date.latest + timedelta(days=days + 1), "lapsed", claim.id)


PERIODS: tuple[tuple[Period, Callable[[date], date]], ...] = (
    ("day", lambda day: day),
    ("month", lambda day: _last_of_months(day, 1)),
    ("quarter", lambda day: _last_of_months(day, 3)),
    ("year", lambda day: _last_of_months(day, 12)),
    ("decade", lambda day: date(min(day.year - day.year % 10 + 9, date.max.year), 12, 31)),
)
"""What a point may stand for, and its last day."""


def _last_of_months(day: date, months: int) -> date:
    last = day.month - (day.month - 1) % months + months - 1
    return date(day.year, 12, 31) if last == 12 else date(day.year, last + 1, 1) - timedelta(days=1)  # noqa: PLR2004


def _period(days: Collection[date]) -> tuple[Period, Callable[[date], date]]:
    """The shortest time of which there are few enough."""
    fitting = (entry for entry in PERIODS if len({entry[1](day) for day in days}) <= MOST_POINTS)
    return next(fitting, PERIODS[-1])


# What it changed


def _course(case: _Case) -> Course:
    """Every change by one clock."""
    movers = list(_movers(case))
    period, end_of = _period({mover.day for mover, _ in movers})
    by_end: defaultdict[date, defaultdict[str, set[Mover]]] = defaultdict(lambda: defaultdict(set))
    for mover, id_ in movers:
        by_end[min(end_of(mover.day), case.last)][id_].add(mover)
    state = _rated(case, date.min, case.claims)
    start = {claim: _standing(rating) for claim, rating in sorted(state.items())}
    before = _positions(case, date.min, state)
    points = []
    for day in sorted(by_end):
        touched = by_end[day]
        claims = _touched(case, touched)
        now = _rated(case, day, claims)
        moves = tuple(_moves(case, claims.values(), state, now, touched))
        state = {id_: rating for id_, rating in state.items() if id_ not in claims} | now
        after = _positions(case, day, state)
        if moves or after != before:
            points.append(Point(day, moves, tuple(_told(before, after))))
        before = after
    return Course(case.clock, period, start, tuple(points))


def _moves(
    case: _Case,
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
    case: _Case, claim: Record, old: Standing | None, new: Standing | None, touched: Mapping[str, Collection[Mover]]
) -> tuple[Mover, ...]:
    """What moved a claim; if it came or went itself, only that."""
    own = sorted(touched.get(claim.id, ()))
    if old is None or new is None:
        return tuple(mover for mover in own if mover.cause in ("added", "withdrawn"))
    present = case.ledger.present_id
    cited = {present(item.source) for item in claim.fields.evidence}
    rivals = {present(item.about_rival) for item in claim.fields.evidence if item.about_rival}
    found = {mover for id_ in _sources_behind(case.ledger, cited) for mover in touched.get(id_, ())}
    found |= {mover for id_ in rivals for mover in touched.get(id_, ()) if mover.cause in ("added", "withdrawn")}
    return tuple(sorted({*own, *found}))


def _positions(case: _Case, day: date, state: Mapping[str, Rating]) -> dict[str, PositionBands]:
    """The bands of the positions that stood on a day."""
    found = {}
    for position in standing(_cut(case, day, case.positions), "position"):
        named = {case.ledger.present_id(id_) for id_ in position.fields.rests_on}
        found[position.id] = bands_of(tuple(sorted(named & state.keys())), state)
    return found


def _told(before: Mapping[str, PositionBands], after: Mapping[str, PositionBands]) -> Iterator[PositionPoint]:
    for position, bands in after.items():
        yield PositionPoint(position, bands, moved=before.get(position) != bands)


def _touched(case: _Case, touched: Iterable[str]) -> dict[str, Record]:
    """The claims that a change of some records can reach."""
    sources = _reach((id_ for id_ in touched if id_ in case.sources), lambda id_: case.takers.get(id_, ()))
    found = {claim for source in sources for claim in case.citing.get(source, ())}
    found |= {id_ for id_ in touched if id_ in case.claims}
    found |= _rivals_of(case, found)
    return {id_: case.claims[id_] for id_ in sorted(found)}


def _rivals_of(case: _Case, claims: Collection[str]) -> set[str]:
    """The claims with an item about one of some claims."""
    return {
        claim.id
        for claim in case.claims.values()
        if any(i.about_rival and case.ledger.present_id(i.about_rival) in claims for i in claim.fields.evidence)
    }


def _rated(case: _Case, day: date, claims: Mapping[str, Record]) -> dict[str, Rating]:
    """The ratings of those of some claims that stood on a day."""
    then = _then(case, day, claims)
    profile = profile_of(then)
    traced = trace(then, fallen_sources(then, profile.dropped))
    rules = Rules(profile, traced, _verdicts(case, then) if case.clock == "believed" else case.verdicts)
    return {claim.id: rate_claim(then, rules, claim) for claim in standing(then, "claim") if claim.id in claims}


def _then(case: _Case, day: date, claims: Mapping[str, Record]) -> Ledger:
    """The ledger of a day with all that these claims depend on, and no graph."""
    present = case.ledger.present_id
    cited = {present(item.source) for claim in claims.values() for item in claim.fields.evidence}
    rivals = {present(i.about_rival) for claim in claims.values() for i in claim.fields.evidence if i.about_rival}
    ids = {*_sources_behind(case.ledger, cited), *claims, *(rivals & case.ledger.records.keys())}
    return _cut(case, day, ids)


def _cut(case: _Case, day: date, ids: Iterable[str]) -> Ledger:
    whole = case.ledger
    records = {id_: whole.records[id_] for id_ in sorted(ids)}
    snapshots = {id_: whole.loaded.snapshots[id_] for id_ in records if id_ in whole.loaded.snapshots}
    some = replace(whole.loaded, records=records, snapshots=snapshots)
    loaded = cut_to(some, case.clock, day, case.last)
    return replace(whole, loaded=loaded, records=loaded.records, graph=None, as_of=_as_of(case, day))


def _as_of(case: _Case, day: date) -> date | None:
    """The day that searches are judged by: a clock of the world leaves today's in force."""
    return day if case.clock == "believed" else case.ledger.as_of


def _verdicts(case: _Case, then: Ledger) -> dict[str, str]:
    """The verdicts on quotes; a text that was kept already gives the one that it gives now."""
    bare = verify(replace(then, loaded=replace(then.loaded, kept={})))
    kept = {id_ for id_ in {found.source for found in bare.values()} if kept_text(then.loaded, id_) is not None}
    return {key: case.verdicts[key] if found.source in kept else found.verdict for key, found in bare.items()}
