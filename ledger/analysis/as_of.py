"""The records as they were on an earlier day, by one of two clocks.

In: loaded records and a day. Out: the same without what was not there yet, so that whatever is computed of the result
is as of that day. By the clock `happened` only the world is turned back: a source is there once it has come out, an
event once it has taken place, a claim once the first work that states it is out; what the editors know of them today
stays. By the clock `believed` the ledger itself is turned back: a record is there once it was added, an item once it
was recorded, a rating once it was made. By either a search counts from its own date, and the outcome of a prediction
from the day on which it was due. What carries no date was always there. What has a part of the record that is not there
goes with it, or goes without it where it can.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from ledger.dates import PartialDate
from ledger.edges import EDGE_TYPES, RECORD, card_of, newest_date
from ledger.loading import Clock, Cut, Loaded, Record, is_a
from ledger.modelling import Model
from ledger.records import (
    KINDS,
    Author,
    Challenge,
    Claim,
    Event,
    Evidence,
    Part,
    Proponent,
    Resolution,
    Ruling,
    Snapshot,
    Source,
    Stance,
)

CLOCKS: tuple[Clock, ...] = ("happened", "believed")
Tree = dict[str, "Tree"]
AnyModel = TypeVar("AnyModel", bound=Model)


def seen_on(loaded: Loaded, clock: Clock, day: date) -> Loaded:
    """The records as they were at the end of a day; all of them from the newest editorial date on."""
    earlier = loaded.cut
    newest = earlier.newest if earlier else newest_day(loaded) or date.max
    if day >= newest:
        return loaded
    then = _Then(clock, day, newest)
    there = {id_: record for id_, record in loaded.records.items() if _is_there(record, then)}
    if clock == "happened":
        named = {name: record for record in loaded.records.values() for name in (record.id, *record.former_ids)}
        there = {id_: record for id_, record in there.items() if _is_stated(record, then, named)}
    records = settled(loaded.records, {id_: _with(record, _parts(record, then)) for id_, record in there.items()})
    missing = [record for id_, record in loaded.records.items() if id_ not in records]
    gone = {id_: record for record in missing for id_ in (record.id, *record.former_ids)}
    snapshots = {id_: _snapshot(record, then) for id_, record in loaded.snapshots.items() if id_ in records}
    return replace(
        loaded,
        records=records,
        snapshots={id_: record for id_, record in snapshots.items() if record is not None},
        cut=Cut(clock, day, newest, {**earlier.gone, **gone} if earlier else gone),
    )


def newest_day(loaded: Loaded) -> date | None:
    """The newest date that an editor gave to a record or a judgement, if there is any."""
    return newest_date([card_of(record) for record in loaded.records.values()])


# What is there


class _Then(NamedTuple):
    """A day by a clock, and the newest editorial date."""

    clock: Clock
    day: date
    newest: date

    def has(self, written: PartialDate | None, known: PartialDate | None = None) -> bool:
        """Whether something of a date was there; what has no date was."""
        return written is None or day_of(written, self.newest, known) <= self.day

    def believed(self, written: PartialDate | None) -> bool:
        """Whether the ledger held something of a date, if that is the question."""
        return self.clock == "happened" or self.has(written)


def day_of(written: PartialDate, newest: date, known: PartialDate | None = None) -> date:
    """The day from which something counts: the end of its date, as far as that is known.

    What is known to have happened has happened: a date counts no later than the day on which the record was added, if
    it had begun by then, and no later than the newest editorial date.
    """
    latest = min(written.latest, max(written.earliest, known.latest)) if known else written.latest
    return min(latest, newest)


def world_date(record: Record[Any]) -> PartialDate | None:
    """When the thing that a record is about came into the world, for kinds that say so."""
    if is_a(record, Source):
        return None if record.fields.issued.is_unknown else record.fields.issued
    return record.fields.date if is_a(record, Event) else None


def _is_there(record: Record[Any], then: _Then) -> bool:
    """Whether there was such a thing at all."""
    if then.clock == "believed":
        return then.has(record.fields.added or (record.fields.date if is_a(record, Challenge) else None))
    return then.has(world_date(record), record.fields.added)


def stating(claim: Claim) -> tuple[str, ...]:
    """The sources of which the first to come out is the first to state a claim, as they were written."""
    return (claim.first_stated,) if claim.first_stated else tuple(i.source for i in claim.evidence if _states(i))


def _states(item: Evidence) -> bool:
    """Whether a source can be the first to state the claim: one that supports it directly."""
    return item.relation == "supports" and item.directness in (None, "direct") and not item.about_rival


def _is_stated(record: Record[Any], then: _Then, named: Mapping[str, Record[Any]]) -> bool:
    """Whether a claim had been stated; what is no claim need not be."""
    ids = stating(record.fields) if is_a(record, Claim) else ()
    return not ids or any(id_ not in named or _is_there(named[id_], then) for id_ in ids)


def _parts(record: Record[Any], then: _Then) -> dict[str, Any]:
    """The fields of which something was not there, as they were."""
    fields = record.fields
    makers: Mapping[str, Callable[[Any], Any]] = {
        "assessments": lambda made: tuple(one for one in made if then.believed(one.date)),
        "searches": lambda made: tuple(one for one in made if then.has(one.date)),
        "resolution": lambda value: _resolved(value, then),
        "derived_from": lambda listed: _recorded(listed, then),
        "evidence": lambda items: tuple(item for item in items if then.believed(item.recorded or fields.added)),
        "parts": lambda parts: tuple(_part(part, then) for part in parts),
        "stances": lambda stances: tuple(_stances(stances, fields.added, then)),
        "withdrawn": lambda value: value if then.believed(value.date) else None,
        "status_note": lambda value: value if then.believed(value.date) else None,
        "review": lambda value: value if then.believed(value.last) else None,
        "updated": lambda day: day if then.believed(day) else None,
    }
    written = ((name, value) for name, value in fields if name in makers and name in fields.model_fields_set)
    changes = {name: new for name, value in written if value and (new := makers[name](value)) != value}
    if is_a(record, Source) and not then.has(status_since(record.fields, then.clock)):
        told = ("status", "status_date", "status_recorded", "status_why", "notice", "notice_url")
        changes |= dict.fromkeys(told)
    return changes


def status_since(source: Source, clock: Clock) -> PartialDate | None:
    """Since when a source had its status, by a clock."""
    return (source.status_recorded if clock == "believed" else None) or source.status_date


def _resolved(value: Resolution | Ruling, then: _Then) -> Resolution | Ruling | None:
    """How a prediction was decided, or what came of a challenge, as far as that was so."""
    if isinstance(value, Ruling):
        return value if then.believed(value.date) else None
    # without a day on which it was due, an outcome counts from the newest day
    is_due = not value.outcome or (value.resolves_by and then.has(value.resolves_by))
    return value if is_due else _changed(value, {"outcome": None})


def _recorded(listed: Any, then: _Then) -> Any:
    """The derivations of a source that the ledger held."""
    held = "unknown" if listed == "unknown" else tuple(one for one in listed if then.believed(one.recorded))
    return held or ("unknown" if listed else held)


def _part(part: Part, then: _Then) -> Part:
    rated = tuple(made for made in part.assessments if then.believed(made.date))
    return part if len(rated) == len(part.assessments) else _changed(part, {"assessments": rated})


def _stances(stances: Sequence[Stance], added: PartialDate | None, then: _Then) -> Iterator[Stance]:
    """The stances without what was stated later; one that was only stated later is not there."""
    for stance in stances:
        attested = stance.attested
        if then.clock == "happened":
            attested = tuple(one for one in attested if then.has(one.date, added))
        if len(attested) == len(stance.attested):
            yield stance
        elif attested:
            yield _changed(stance, {"attested": attested})


def _snapshot(record: Record[Snapshot], then: _Then) -> Record[Snapshot] | None:
    if not then.believed(record.fields.captured):
        return None
    verdicts = tuple(verdict for verdict in record.fields.verdicts if then.believed(verdict.date))
    return record if verdicts == record.fields.verdicts else _with(record, {"verdicts": verdicts})


def _with(record: Record[Any], changes: Mapping[str, Any]) -> Record[Any]:
    return record.with_fields(_changed(record.fields, changes)) if changes else record


def _changed(model: AnyModel, changes: Mapping[str, Any]) -> AnyModel:
    """A part of a record with other values; what is empty now counts as not written."""
    made = model.model_copy(update=dict(changes))
    made.model_fields_set.difference_update(name for name, value in changes.items() if value in (None, ()))
    return made


# What refers to what is not there


def settled(before: Mapping[str, Record[Any]], there: Mapping[str, Record[Any]]) -> Mapping[str, Record[Any]]:
    """The records without references to what is missing, until nothing more goes because of that."""
    missing = dict(_names_of_missing(before, there))
    while missing:
        cut = {id_: _cut(record, missing) for id_, record in there.items()}
        left = {id_: record for id_, record in cut.items() if record is not None}
        more = dict(_names_of_missing(there, left))
        there, missing = left, more
    return there


def _names_of_missing(before: Mapping[str, Record[Any]], after: Mapping[str, Record[Any]]) -> Iterator[tuple[str, str]]:
    """Every id of what is missing, former ones and those of parts too, with what it was called."""
    for id_, record in before.items():
        left = after.get(id_)
        if left is record:
            continue
        ids = (id_, *record.former_ids)
        if left is None:
            yield from ((name, record.title) for name in ids)
        kept = _part_ids(left) if left else ()
        for part in _part_ids(record):
            if part not in kept:
                yield from ((f"{name}/{part}", record.title) for name in ids)


def _part_ids(record: Record[Any]) -> tuple[str, ...]:
    """The ids of the evidence items of a claim, or of the stances of a proponent."""
    if is_a(record, Claim):
        return tuple(item.id for item in record.fields.evidence)
    return tuple(stance.id for stance in record.fields.stances) if is_a(record, Proponent) else ()


def _cut(record: Record[Any], missing: Mapping[str, str]) -> Record[Any] | None:
    fields = _without(record.fields, REFERRING[record.kind.name], missing)
    return record if fields is record.fields else None if fields is None else record.with_fields(fields)


def _as_tree(paths: Sequence[Sequence[str]]) -> Tree:
    firsts = dict.fromkeys(path[0] for path in paths if path)
    return {first: _as_tree([path[1:] for path in paths if path and path[0] == first]) for first in firsts}


REFERRING: Mapping[str, Tree] = {
    kind.name: _as_tree(
        [edge.field.replace("[]", ".[]").split(".") for edge in EDGE_TYPES if edge.kind in (kind.name, RECORD)]
    )
    for kind in KINDS
}
"""Kind → where its records refer: fields, fields in those; `[]` goes into a list, and nothing is left at an id."""
ESSENTIAL = frozenset(("about_rival", "attested", "id"))
"""Fields that may be left out, but without which, once they were written, the rest would say something else."""


def _without(model: Any, tree: Tree, missing: Mapping[str, str]) -> Any:
    """A record or a part of one without references to what is missing; None if it cannot do without them."""
    changes = {}
    written = model.model_fields_set
    for name, inner in tree.items():
        if name not in written:
            continue
        old = vars(model)[name]
        new = _without_missing(old, inner, missing)
        if new is old:
            continue
        if name == "derived_from":
            new = new or "unknown"  # rather than traced to nothing
        elif not new and (name in ESSENTIAL or type(model).model_fields[name].is_required()):
            return None
        changes[name] = new
    if "proponent" in changes and isinstance(model, Author):
        return author_without(model, missing[str(model.proponent)])
    return _changed(model, changes) if changes else model


def author_without(author: Author, name: str) -> Author:
    """An author whose own record is not there."""
    return _changed(author, {"proponent": None, "literal": author.literal or (None if author.family else name)})


def _without_missing(value: Any, tree: Tree, missing: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return None if not tree and value in missing else value
    if isinstance(value, tuple):
        kept = [_without_missing(item, tree["[]"], missing) for item in value]
        same = all(new is old for new, old in zip(kept, value, strict=True))
        return value if same else tuple(new for new in kept if new is not None)
    return _without(value, tree, missing) if isinstance(value, Model) else value
