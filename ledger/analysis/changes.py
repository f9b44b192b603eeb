"""What changed in the ledger, and why: verdicts, ratings, statuses, and what was added, updated or withdrawn.

In: a record, or the changes of many. Out: Changes by the records' own dates; and Lines, in which many changes of one
sort that were made to one kind of record on one day are one line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Literal, NamedTuple, get_args

from ledger.analysis import challenges
from ledger.analysis.history import course_of
from ledger.analysis.rating_events import RatingEvent
from ledger.analysis.ratings import ShortRating
from ledger.analysis.results import importance_in
from ledger.analysis.ties import claims_of
from ledger.dates import PartialDate, parse_date
from ledger.describing import NodeId, RecordId, described
from ledger.graph import Ledger, compared, passing, result
from ledger.modelling import Assessment, Common
from ledger.records import KINDS, Challenge, Claim, Position, Source, ratings_in
from ledger.vocabulary import Rating

What = Literal[
    "status", "withdrawn", "verdict", "rerated", "rated", "answered", "challenged", "added", "evidence", "updated",
    "rated-again",
]  # fmt: skip
"""What can happen to a record, in the order in which a day is told: what moves a verdict first."""
NAMED = 5
"""As many changes of one sort to one kind of record on one day are named one by one; more are one line."""
NAMED_BARE = 2
"""The same of changes that say no more than that they were made."""
BARE: frozenset[What] = frozenset(("updated", "rated-again"))
EXPLAINED: frozenset[What] = frozenset(("status", "withdrawn", "verdict", "rerated", "rated", "answered", "challenged"))
"""What gives its reason: of many such changes a few are named too."""
LASTING: frozenset[What] = frozenset(("added", "withdrawn", "challenged", "answered"))
"""What is told of the day on which a record was added."""
_SORTS, _RATINGS = get_args(What), get_args(Rating)
_KINDS = tuple(kind.name for kind in KINDS)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a record on a day."""

    day: str = described("the day, as precisely as it was written")
    what: What = described("what happened")
    record: RecordId = described("the record")
    part: str | None = described("of a position: the id of the part that was rated", default=None)
    before: str | None = described("the editors' rating before", default=None)
    after: str | None = described("the editors' rating, or the status, since then", default=None)
    verdicts: tuple[ShortRating, ...] = described("of a verdict: the rating before, and the one since then", default=())
    causes: tuple[RatingEvent, ...] = described("what changed the verdict, by day", default=())
    items: tuple[NodeId, ...] = described("the new evidence items", default=())
    why: str | None = described("the reason, as the editors wrote it", default=None)
    by: str | None = described("the editor who gave it", default=None)

    @property
    def went_up(self) -> bool:
        """Whether a rating that changed is higher than before."""
        return bool(self.before and self.after) and _RATINGS.index(self.before) < _RATINGS.index(self.after)


class Line(NamedTuple):
    """One change, or many of one sort to one kind of record on one day, those that matter most first."""

    day: PartialDate
    what: What
    kind: str
    changes: tuple[Change, ...]


# Of one record


@compared
def changes_of(ledger: Ledger, id_: str) -> tuple[Change, ...]:
    """What happened to a record in the ledger, the changes of its verdict among it."""
    verdicts = _of_verdict(ledger, id_) if ledger.node_kind(id_) == "claim" else ()
    return (*_by_own_dates(id_, ledger.records[id_].fields), *verdicts)


def _by_own_dates(id_: str, fields: Common) -> tuple[Change, ...]:
    """What happened to a record, from its own dates: on the day on which it was added, nothing else."""
    found = sorted(_changes(id_, fields), key=lambda change: _SORTS.index(change.what))
    added = fields.added.text if fields.added else ""
    return tuple(one for one in found if one.day != added or one.what in LASTING)


def _changes(id_: str, fields: Common) -> Iterator[Change]:
    if isinstance(fields, Challenge):
        yield from _challenge(id_, fields)
    elif fields.added:
        yield Change(fields.added.text, "added", id_)
    if fields.updated:
        yield Change(fields.updated.text, "updated", id_)
    if gone := fields.withdrawn:
        yield Change(gone.date.text, "withdrawn", id_, why=gone.why)
    if isinstance(fields, Source) and (day := _status_known(fields)):
        yield Change(day.text, "status", id_, after=fields.status)
    if isinstance(fields, Claim):
        yield from _evidence(id_, fields)
    for path, ratings in ratings_in(fields):
        part = fields.parts[int(path[1])].id if isinstance(fields, Position) and len(path) > 1 else None
        yield from (replace(one, part=part) if part else one for one in _ratings(id_, ratings))


def _challenge(id_: str, fields: Challenge) -> Iterator[Change]:
    """That it was raised, and what came of it."""
    yield Change(fields.date.text, "challenged", id_)
    if ruling := fields.resolution:
        yield Change(ruling.date.text, "answered", id_, after=ruling.outcome, why=ruling.effect or ruling.reason)


def _status_known(source: Source) -> PartialDate | None:
    """When the ledger learned what became of a work; None where it knew from the start, or nothing became of it."""
    if source.status in (None, "current"):
        return None
    if source.status_recorded:
        return source.status_recorded
    came_later = source.status_date and source.added and source.status_date.earliest > source.added.latest
    return source.status_date if came_later else None


def _evidence(id_: str, claim: Claim) -> Iterator[Change]:
    """The items that were recorded, together by day."""
    recorded: dict[str, list[str]] = {}
    for item in claim.evidence:
        if item.recorded:
            recorded.setdefault(item.recorded.text, []).append(f"{id_}/{item.id}")
    for day, items in recorded.items():
        yield Change(day, "evidence", id_, items=tuple(items))


def _ratings(id_: str, ratings: tuple[Assessment, ...]) -> Iterator[Change]:
    for one in ratings[:1]:
        yield Change(one.date.text, "rated", id_, after=one.rating, why=one.why, by=one.by)
    for before, one in pairwise(ratings):
        what: What = "rated-again" if one.rating == before.rating else "rerated"
        yield Change(one.date.text, what, id_, before=before.rating, after=one.rating, why=one.why, by=one.by)


@passing
@compared
def _of_verdict(ledger: Ledger, claim: str) -> tuple[Change, ...]:
    """The changes of a verdict, from its course by the ledger's own clock: not when the claim came or went."""
    return tuple(
        Change(point.date.isoformat(), "verdict", claim, verdicts=(one.before, one.after), causes=one.movers)
        for point in course_of(ledger, claim).points
        for one in point.claims
        if one.before and one.after
    )


# Of many


@result
def all_changes(ledger: Ledger) -> tuple[Change, ...]:
    """Every change of the ledger, the newest first."""
    ids = (id_ for kind in KINDS for id_ in ledger.members(kind.name))
    return _newest_first(ledger, (change for id_ in ids for change in changes_of(ledger, id_)))


@result
def changes_in(ledger: Ledger, controversy: str) -> tuple[Change, ...]:
    """The changes of a controversy, its positions and the claims that matter to these, the newest first."""
    near = records_near(ledger, controversy)
    return _newest_first(ledger, (change for id_ in near for change in changes_of(ledger, id_)))


def records_near(ledger: Ledger, controversy: str) -> tuple[str, ...]:
    """A controversy, the positions that answer it, the claims tied to these, and the challenges of all of them.

    Also those that were withdrawn.
    """
    positions = [edge.start for edge in ledger.edges_into(controversy) if edge.name == "answers"]
    near = (controversy, *positions, *claims_of(ledger, *positions))
    return (*near, *sorted(id_ for one in near for id_ in challenges.against(ledger, one)))


def _newest_first(ledger: Ledger, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes by day, the newest first, and those of a day by sort, kind and title."""

    def place(change: Change) -> tuple[int, int, str, str]:
        card = ledger.card(change.record)
        kind, title = (card.kind, card.title.casefold()) if card else (_KINDS[0], "")
        return _SORTS.index(change.what), _KINDS.index(kind), title, change.record

    found = sorted(changes, key=place)
    return tuple(sorted(found, key=lambda change: parse_date(change.day).sort_key(), reverse=True))


def lines_in(ledger: Ledger, controversy: str | None = None) -> Iterator[Line]:
    """What changed, of the whole or around one controversy: each its own line unless there are too many of its sort.

    Of many claims those that matter most come first.
    """

    def sort(change: Change) -> tuple[str, What, str]:
        return change.day, change.what, ledger.node_kind(change.record) or ""

    changes = all_changes(ledger) if controversy is None else changes_in(ledger, controversy)
    for (day, what, kind), group in groupby(changes, key=sort):
        found = tuple(group)
        if len(found) <= (NAMED_BARE if what in BARE else NAMED):
            yield from (Line(parse_date(day), what, kind, (one,)) for one in found)
        else:
            ranked = _ranked(found, _weights(ledger, controversy)) if what in EXPLAINED else found
            yield Line(parse_date(day), what, kind, ranked)


def _weights(ledger: Ledger, controversy: str | None) -> Mapping[str, Fraction]:
    """Claim → how important it is to a controversy, or to the one that needs it most."""
    if controversy is not None:
        return {one.claim: one.score for one in importance_in(ledger, controversy)}
    found = [(one.score, one.claim) for id_ in ledger.standing("controversy") for one in importance_in(ledger, id_)]
    return {claim: score for score, claim in sorted(found)}


def _ranked(changes: tuple[Change, ...], weights: Mapping[str, Fraction]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda one: -weights.get(one.record, Fraction(0))))
