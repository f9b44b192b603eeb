"""What a record is found by, and what is said of it in a line beside records of other kinds.

In: a Ledger and an id. Out: facets with their values, as results of their own, and words. A claim takes the tier, year
and proponents of the sources that its evidence is taken from; a source takes the positions of the claims that it gives
evidence on. What belongs to a position belongs to that position's controversy.
"""

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from ledger import citations, links, texts
from ledger.dates import PartialDate
from ledger.graph import Ledger, compared, result
from ledger.loading import Record, is_a
from ledger.records import Challenge, Chart, Claim, Controversy, Event, Position, Proponent, Source, Term, Thread
from ledger.strength import rating_words
from ledger.vocabulary import STANCES

Facets = Mapping[str, tuple[str, ...]]
"""Facet → its values, sorted."""
FACETS = ("controversy", "position", "rating", "tier", "year", "proponent")
NONE = "none"
"""The rating of what nobody has rated, and the group of records that have no value."""
LINKED: Mapping[tuple[str, str], frozenset[str]] = {
    ("controversy", "position"): frozenset(("answers",)),
    ("claim", "position"): frozenset(("bears_on", "rests_on", "rejects", "objected_to_by")),
    ("claim", "controversy"): frozenset(("turns_on", "asks")),
    ("source", "position"): frozenset(("key_source", "stated_in")),
    ("proponent", "position"): frozenset(STANCES),
    ("event", "position"): frozenset(("about",)),
    ("event", "controversy"): frozenset(("about",)),
    ("position", "proponent"): frozenset((*STANCES, "mind_of")),
    ("source", "proponent"): frozenset(("written_by",)),
    ("event", "proponent"): frozenset(("involves",)),
    ("chart", "controversy"): frozenset(("illustrates",)),
    ("challenge", "position"): frozenset(("challenges",)),
    ("challenge", "controversy"): frozenset(("challenges",)),
    ("challenge", "proponent"): frozenset(("raised_by",)),
}
"""Kind and facet → the edges, in either direction, whose other end is a value."""
FIVE = {
    **dict.fromkeys(("supports", "rests_on"), "for"),
    **dict.fromkeys(("disputes", "rejects", "objected_to_by"), "against"),
}
"""What ties a claim to a position → whether it counts for or against it."""
TAKEN = {
    "claim": ("tier", "year", "proponent"),
    "source": ("position", "controversy"),
    "event": ("controversy",),
    "challenge": ("position", "controversy"),
}
"""Kind → the facets that it takes from the other end of its evidence, or of what it concerns."""


@compared
def facets_of(ledger: Ledger, id_: str) -> Facets:
    """The facets of a record, of itself or by its links, and the type and status that it has by its kind."""
    kind, facets = ledger.node_kind(id_) or "", _own(ledger, id_)
    taken = TAKEN.get(kind, ())
    near = (links.links_in if kind == "source" else links.links_out)(ledger, id_) if taken else ()
    ends = [_own(ledger, end) for end in links.linked(near, "shown_in", "about", "gave", "challenges")]
    more = {name: {*facets[name], *chain.from_iterable(end[name] for end in ends)} for name in taken}
    return {**facets, **{name: tuple(sorted(values)) for name, values in more.items()}}


@compared
def ways_of(ledger: Ledger, id_: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Facet → the records that are its values, by id → how this record stands to each, by names."""
    kind = ledger.node_kind(id_) or ""
    found: dict[str, dict[str, list[str]]] = {}
    for link in (*links.links_out(ledger, id_), *links.links_in(ledger, id_)):
        if link.relation in LINKED.get((kind, link.kind), ()):
            way = FIVE.get(str(link.own.get("effect") or link.relation)) if kind == "claim" else None
            found.setdefault(link.kind, {}).setdefault(link.other, []).append(way or link.relation)
    return {
        facet: {other: tuple(dict.fromkeys(names)) for other, names in sorted(ways.items())}
        for facet, ways in found.items()
    }


@result
def _own(ledger: Ledger, id_: str) -> Facets:
    record, ways = ledger.core_of(id_), ways_of(ledger, id_)
    linked = {facet: (id_,) if ledger.node_kind(id_) == facet else tuple(ways.get(facet, ())) for facet in FACETS}
    answered = (controversy_of(ledger, position) for position in linked["position"])
    linked["controversy"] = tuple(sorted({*linked["controversy"], *filter(None, answered)}))
    fields = vars(record.fields) if record else {}
    written = {facet: (str(fields[facet]),) for facet in ("type", "status") if fields.get(facet)}
    return linked | written | {facet: values(record) if record else () for facet, values in OWN.items()}


def _ratings(record: Record[Any]) -> tuple[str, ...]:
    if not (is_a(record, Claim) or is_a(record, Position)):
        return ()
    return (str(record.fields.assessments[-1].rating) if record.fields.assessments else NONE,)


def _years(record: Record[Any]) -> tuple[str, ...]:
    day = record.fields.issued if is_a(record, Source) else event_date(record)
    return (f"{day.begins.year:04}",) if day and not day.is_unknown else ()


OWN: Mapping[str, Callable[[Record[Any]], tuple[str, ...]]] = {
    "rating": _ratings,
    "tier": lambda record: (record.fields.tier,) if is_a(record, Source) else (),
    "year": _years,
}
"""The facets that stand in a record itself."""


def controversy_of(ledger: Ledger, position: str) -> str:
    """The controversy that a position answers."""
    return next(links.linked(links.links_out(ledger, position), "answers"), "")


def event_date(record: Record[Any]) -> PartialDate | None:
    """The day of an event, or on which a challenge was raised; nothing of another kind."""
    return record.fields.date if is_a(record, Event) or is_a(record, Challenge) else None


# The words of a line


def type_words(record: Record[Claim] | Record[Proponent] | Record[Event] | Record[Challenge]) -> str:
    """The type of a claim, a proponent or an event, or the fault that a challenge finds."""
    return TYPES_OF[record.kind.name].get(record.fields.type or "", "")


def outcome_words(record: Record[Challenge]) -> str:
    """What came of a challenge so far."""
    ruling = record.fields.resolution
    outcome = ruling.outcome if ruling else "open"
    return texts.say(f"challenge_outcome.{outcome}")


def _source(record: Record[Source]) -> str:
    fields = record.fields
    return f"{citations.authors_line(fields, most=2)}, {texts.day(fields.issued)}. {texts.say(f'tier.{fields.tier}')}"


TYPES_OF: Mapping[str, Mapping[str, str]] = {
    "claim": texts.Group("claim_type"),
    "proponent": texts.Group("proponent_type"),
    "event": texts.Group("event_type"),
    "challenge": texts.Group("fault"),
}
"""Kind → the words for its types."""
DETAILS: Mapping[str, Callable[[Record[Any]], str]] = {
    "controversy": lambda record: texts.say(f"status.{record.fields.status}"),
    "position": lambda record: texts.say("name.position", letter=record.fields.letter),
    "claim": lambda record: f"{type_words(record)}, {rating_words(record)}",
    "source": _source,
    "proponent": type_words,
    "event": lambda record: texts.day(record.fields.date),
    "challenge": lambda record: f"{texts.day(record.fields.date)}, {outcome_words(record)}",
}
"""What stands beside a record where records of several kinds are listed; nothing of any other kind."""


@compared
def detail(ledger: Ledger, id_: str) -> str:
    """What is said of a record where records of several kinds are listed."""
    record = ledger.records[id_]
    return DETAILS[record.kind.name](record) if record.kind.name in DETAILS else ""


SUMMARISED = (Thread, Controversy, Source, Proponent, Event)
"""The kinds that have a summary."""


def summary(record: Record[Any]) -> str | None:
    """What a record says of itself in a few sentences, where its kind has a field for that."""
    if is_a(record, Term):
        return record.fields.definition
    if is_a(record, Chart):
        return record.fields.scope
    fields = record.fields
    return fields.summary if isinstance(fields, SUMMARISED) else None
