"""What was computed, as data: of a record, of a controversy's further pages, the board of open work, the choices.

In: a Ledger and its Analysis. Out: results that describe themselves, dumped as they are. A median or a score is exact:
a fraction in a string, as `"8/15"`.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from ledger import texts, urls
from ledger.analysis import Analysis, analyse, challenges
from ledger.analysis.cruxes import Crux
from ledger.analysis.fairness import Share
from ledger.analysis.figures import Conflict, Figure
from ledger.analysis.grades import Choices
from ledger.analysis.history import Timeline
from ledger.analysis.impact import ClaimChangedBy, PositionChangedBy, RetractionImpact
from ledger.analysis.positions import PositionVerdicts
from ledger.analysis.quotes import Verdict
from ledger.analysis.ratings import Rating
from ledger.analysis.rivals import Rivals
from ledger.analysis.strip import Mark, alternatives
from ledger.analysis.ties import homes_of
from ledger.analysis.wording import wording_of
from ledger.context import plain_title
from ledger.describing import Plain, RecordId, described, dump, number
from ledger.exports.naming import data_file
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.figure_words import says_of
from ledger.graph import Ledger
from ledger.outfile import OutFile
from ledger.records import Event

# Of a record


Quotes = Mapping[str, Verdict]
OF_QUOTES = "by place, whether each quote was found"


@dataclass(frozen=True, slots=True)
class OfClaim:
    """What is computed of a claim."""

    rating: Rating | None = described("its rating; missing if it was withdrawn")
    strip: tuple[Mark, ...] = described("the other choices under which its verdict is another, and what it is then")
    single_points: tuple[RecordId, ...] = described("each source without which its stronger side would have nothing")
    changed_by: ClaimChangedBy | None = described("what it would be without any retraction, where that differs")
    quotes: Quotes = described("by item, whether its quote was found")
    conflicts: tuple[Conflict, ...] = described("its figures that other sources contradict, with theirs")
    hash: str = described("the hash of its wording, by which it is cited")


@dataclass(frozen=True, slots=True)
class OfPosition(PositionVerdicts):
    """What is computed of a position."""

    changed_by: PositionChangedBy | None = described("what it would be without any retraction, where that differs")
    quotes: Quotes = described(OF_QUOTES)


@dataclass(frozen=True, slots=True)
class OfProponent:
    """What is computed of a proponent."""

    quotes: Quotes = described(OF_QUOTES)


@dataclass(frozen=True, slots=True)
class OfSource:
    """What is computed of a source."""

    origins: tuple[RecordId, ...] = described("the works that it goes back to, as far as traced and not retracted")
    dropped: bool = described("whether its status removes it from every rating")
    if_it_fell: RetractionImpact | None = described("what would change if it were retracted")


@dataclass(frozen=True, slots=True)
class OfChart:
    """What is computed of a chart."""

    sentence: str = described("what it shows, in words")
    figures: tuple[Figure, ...] = described("the figures that it draws, in the order of the drawing")
    conflicts: tuple[Conflict, ...] = described("figures that cannot be right together, one of them drawn here")


def _of_chart(analysis: Analysis, id_: str) -> OfChart:
    return OfChart(says_of(analysis.ledger, id_), analysis.charts.get(id_, ()), analysis.conflicts_of(id_))


def _of_claim(analysis: Analysis, id_: str) -> OfClaim:
    rating = analysis.ratings.get(id_)
    same = (rating.verdict, rating.range) if rating else ()
    return OfClaim(
        rating=rating,
        strip=tuple(mark for mark in analysis.strips.get(id_, ()) if (mark.verdict, mark.range) != same),
        single_points=analysis.single_points.get(id_, ()),
        changed_by=analysis.claims_changed.get(id_),
        quotes=analysis.quotes_of(id_),
        conflicts=analysis.conflicts_of(id_),
        hash=wording_of(analysis.ledger, id_),
    )


def _of_source(analysis: Analysis, id_: str) -> OfSource:
    chains = analysis.chains(id_)
    return OfSource(chains.live.origins.get(id_, ()), analysis.is_dropped(id_), analysis.if_retracted(id_))


def _of_position(analysis: Analysis, id_: str) -> OfPosition:
    found = analysis.positions.get(id_, PositionVerdicts((), ()))
    changed_by = analysis.positions_changed.get(id_)
    return OfPosition(found.verdicts, found.weakest, changed_by, analysis.quotes_of(id_))


OF_KIND: Mapping[str, tuple[type, Callable[[Analysis, str], Any]]] = {
    "claim": (OfClaim, _of_claim),
    "source": (OfSource, _of_source),
    "position": (OfPosition, _of_position),
    "chart": (OfChart, _of_chart),
    "proponent": (OfProponent, lambda analysis, id_: OfProponent(analysis.quotes_of(id_))),
}
"""Kind → what is computed of its records, and how."""


def computed_of(analysis: Analysis, kind: str, id_: str) -> Mapping[str, Any]:
    """What stands in the data of a record beside its fields and links."""
    own = dump(OF_KIND[kind][1](analysis, id_)) if kind in OF_KIND else {}
    raised = challenges.against(analysis.ledger, id_)
    return {**own, "challenged": dump(challenges.tally(analysis.ledger, raised))} if raised else own


# Of a controversy


@dataclass(frozen=True, slots=True)
class Fairness:
    """What each position of a controversy is given."""

    apart_times: Plain = described("the multiple of the others' median from which a figure is flagged")
    positions: tuple[Share, ...] = described("what each position is given, by letter")


@dataclass(frozen=True, slots=True)
class Cruxes:
    """The claims that would move the positions of a controversy apart, and are open."""

    cruxes: tuple[Crux, ...] = described("the cruxes, highest score first")


@dataclass(frozen=True, slots=True)
class History:
    """What the ratings of a controversy were when, and what moved them."""

    clocks: tuple[Timeline, ...] = described("how the ratings changed, once for each clock")


def _fairness(analysis: Analysis, id_: str) -> Fairness:
    return Fairness(Decimal(analysis.ledger.settings.comparison.apart_times), analysis.fairness.get(id_, ()))


OVERVIEWS: Mapping[str, tuple[type, Callable[[Analysis, str], Any]]] = {
    "evidence": (Rivals, lambda analysis, id_: analysis.rivals.get(id_, Rivals((), (), ()))),
    "cruxes": (Cruxes, lambda analysis, id_: Cruxes(analysis.cruxes.get(id_, ()))),
    "fairness": (Fairness, _fairness),
    "history": (History, lambda analysis, id_: History(analysis.histories[id_])),
}
"""A further page of a controversy → what is computed for it, and how."""


def overview(ledger: Ledger, id_: str, name: str) -> OutFile:
    """The data of a further page of a controversy."""
    return data_file(urls.overview(id_, name), controversy=id_, **dump(OVERVIEWS[name][1](analyse(ledger), id_)))


# Of the whole ledger


def board(ledger: Ledger) -> OutFile:
    """The board of open work, in order of score."""
    analysis, homes = analyse(ledger), homes_of(ledger)
    rows = ({**dump(row), "controversies": list(homes.get(row.id, ()))} for row in analysis.gaps)
    waiting = map(dump, challenges.open_challenges(ledger))
    return data_file(
        urls.GAPS,
        title=texts.say("browse.gaps"),
        rows=[{**row, "title": plain_title(ledger, row["id"])} for row in rows],
        campaigns=dump(analysis.campaigns),
        challenges=[{**one, "title": plain_title(ledger, one["id"])} for one in waiting],
    )


def news(ledger: Ledger) -> OutFile:
    """What happened in the world and what it moved, and every change in the ledger, the newest first."""
    analysis = analyse(ledger)
    dates = {id_: ledger.record(Event, id_).fields.date.text for id_ in analysis.events}
    return data_file(
        urls.WHATS_NEW,
        title=texts.say("browse.whats-new"),
        world=[
            {**dump(analysis.effects[id_]), "title": plain_title(ledger, id_), "date": day}
            for id_, day in dates.items()
        ],
        here=[{**dump(change), "title": plain_title(ledger, change.record)} for change in analysis.changes],
    )


def method(ledger: Ledger) -> OutFile:
    """`method.json`: the choices with which everything was computed."""
    every = ledger.settings.review_every_days
    content = {
        "schema": SCHEMA,
        "search_periods": number(ledger.settings.search_periods),
        "choices": asdict(Choices()),
        "strip": {name: asdict(choices) for name, choices in alternatives(ledger.settings.strip)},
        "review_every_days": number(every) if every is not None else None,
    }
    return OutFile(urls.METHOD, to_bytes(content))
