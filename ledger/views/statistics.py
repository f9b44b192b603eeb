"""How the ledger is doing: what is in it, how it was made, what it lacks, and at which claims its ratings are weak.

In: a ledger seen from a page. Out: charts with their tables, and lists of what is weakest, as long as a page may be.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, get_args

from markupsafe import Markup

from ledger import urls, vocabulary, words
from ledger.analysis.ties import by_title, stands
from ledger.context import RecordRef, Viewing
from ledger.loading import Record
from ledger.records import KINDS
from ledger.strength import rating_words
from ledger.views.charts import Bar, bars
from ledger.views.impact import ChangeView, rating_said, view_impact
from ledger.views.paging import ROWS
from ledger.views.rating_steps import apart_words, because_words

YEARS = 20
"""How many years have a bar of their own; what is older shares one."""
NAMED = ROWS // 4
"""How many records each of the page's four lists names."""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table: its column headings and its rows, whose first cell names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart, its place on the page, its table, and what it shows and does not."""

    id: str
    heading: str
    shows: str
    drawing: Markup
    table: TableView


@dataclass(frozen=True, slots=True)
class GapView:
    """Records that lack something, and out of how many."""

    id: str
    heading: str
    shows: str
    count: int
    records: tuple[RecordRef, ...]
    """The first of them."""
    more: str
    of: int
    page: str
    """Where more is said of them; empty without such a page."""


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """The page; withdrawn records are only counted here."""

    charts: tuple[ChartView, ...]
    gaps: tuple[GapView, ...]
    withdrawn: int


@dataclass(frozen=True, slots=True)
class DivergenceView:
    """A claim with both ratings, how far they part, and why."""

    claim: RecordRef
    editors: str
    computed: str
    apart: str
    because: Markup


@dataclass(frozen=True, slots=True)
class SinglePointView:
    """A source and the claims that hang on it, with how their ratings would change."""

    source: RecordRef
    many: str
    claims: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class WeakestView:
    """The page of divergences or of single points: out of how many they are, the first of them, how many are left."""

    share: str
    entries: tuple[Any, ...]
    left: str


def view_statistics(viewing: Viewing) -> StatisticsView:
    """Figures of what stands: drafts and withdrawn records are left out."""
    ledger = viewing.ledger
    cards = {kind.name: ledger.cards(kind.name) for kind in KINDS}
    counts = {kind: sum(not card.withdrawn for card in of) for kind, of in cards.items()}
    sources, claims = ([one for one in ledger.of_kind(kind) if stands(one)] for kind in ("source", "claim"))
    return StatisticsView(
        charts=(
            _chart("records", (Bar(words.KINDS[kind][1], count) for kind, count in counts.items())),
            _chart("tiers", _bars(words.TIERS, (source.fields.tier for source in sources))),
            _chart("years", _years(sources)),
            _chart("reading", _bars(words.CONSULTED, (item.consulted for c in claims for item in c.fields.evidence))),
            _chart("types", _bars(words.CLAIM_TYPES, (claim.fields.type for claim in claims))),
            _ratings(claims),
        ),
        gaps=(
            _gap(viewing, "one-sided", [claim.id for claim in claims if is_one_sided(claim)], len(claims)),
            _gap(viewing, "divergences", *_diverging(viewing), page=urls.DIVERGENCES),
            _gap(viewing, "single-points", *_hanging(viewing), page=urls.SINGLE_POINTS),
            _gap(viewing, "untraced", [s.id for s in sources if s.fields.derived_from == "unknown"], len(sources)),
        ),
        withdrawn=sum(map(len, cards.values())) - sum(counts.values()),
    )


def is_one_sided(claim: Record) -> bool:
    """Whether nothing recorded speaks against the claim and no search for anything is logged."""
    disputed = any(item.relation == "disputes" for item in claim.fields.evidence)
    return not disputed and not claim.fields.searches


def _chart(id_: str, counted: Iterable[Bar], table: TableView | None = None) -> ChartView:
    rows = tuple(counted)
    heading, column, shows = words.CHARTS[id_]
    plain = TableView((column, words.HOW_MANY), tuple((row.label, str(row.count)) for row in rows))
    return ChartView(id_, heading, shows, bars(rows, label=f"{words.BAR_CHART}: {heading}"), table or plain)


def _bars(labels: Mapping[str, str], values: Iterable[str]) -> tuple[Bar, ...]:
    """A bar for every word of a list, also for those that nothing has."""
    counts = Counter(values)
    return tuple(Bar(label, counts[value]) for value, label in labels.items())


def _years(sources: Iterable[Record]) -> tuple[Bar, ...]:
    """A bar for every year that has a source, newest first; the oldest share one."""
    counts = Counter(_year(source) for source in sources)
    years = sorted(counts, reverse=True)
    recent = [Bar(year, counts[year]) for year in years[:YEARS]]
    earlier = years[YEARS:]
    if not earlier:
        return tuple(recent)
    return (*recent, Bar(words.STATISTICS["before"].format(earlier[0]), sum(counts[year] for year in earlier)))


def _year(source: Record) -> str:
    """The year in which an interval begins, or ends where its beginning is open."""
    start, _, end = source.fields.issued.text.partition("/")
    return str(end if start == ".." else start)[:4]


def _ratings(claims: Sequence[Record]) -> ChartView:
    """Claims by newest rating; the table tells the types apart."""
    counts = Counter((_rating(claim), claim.fields.type) for claim in claims)
    labels = {rating: words.RATINGS[rating] for rating in reversed(get_args(vocabulary.Rating))}
    labels[""] = words.NOT_RATED
    rows = tuple(
        (label, *(str(counts[rating, type_]) for type_ in words.CLAIM_TYPES)) for rating, label in labels.items()
    )
    table = TableView((words.CHARTS["ratings"][1], *words.CLAIM_TYPES.values()), rows)
    return _chart("ratings", _bars(labels, (_rating(claim) for claim in claims)), table)


def _rating(claim: Record) -> str:
    return str(claim.fields.assessments[-1].rating) if claim.fields.assessments else ""


def _gap(viewing: Viewing, id_: str, found: Collection[str], of: int, page: str = "") -> GapView:
    heading, shows = words.GAPS[id_]
    refs = tuple(map(viewing.ref, sorted(found, key=lambda one: by_title(viewing.ledger, one))[:NAMED]))
    more = words.STATISTICS["left"].format(len(found) - NAMED) if len(found) > NAMED else ""
    return GapView(id_, heading, shows, len(found), refs, more, of, viewing.url(page) if page else "")


# The claims whose two ratings part


def _diverging(viewing: Viewing) -> tuple[list[str], int]:
    """The claims whose two ratings part, and how many have both."""
    records, ratings = viewing.ledger.records, viewing.analysis.ratings
    both = [id_ for id_, rating in ratings.items() if rating.band is not None and records[id_].fields.assessments]
    return [id_ for id_ in both if ratings[id_].divergence], len(both)


def view_divergences(viewing: Viewing) -> WeakestView:
    """Those without a reason first, then those that part furthest."""
    claims, both = _diverging(viewing)
    shown = sorted(claims, key=lambda claim: _order(viewing, claim))[:ROWS]
    left = words.DIVERGENCES["left"].format(len(claims) - ROWS) if len(claims) > ROWS else ""
    share = words.DIVERGENCES["some"].format(len(claims), both)
    return WeakestView(share, tuple(_divergence(viewing, claim) for claim in shown), left)


MOST_STEPS = 5
"""Ratings on different sides are further apart than any two bands."""


def _order(viewing: Viewing, claim: str) -> tuple[Any, ...]:
    found = viewing.analysis.ratings[claim].divergence
    steps = found.steps or MOST_STEPS if found else 0
    return bool(found and found.because), -steps, *by_title(viewing.ledger, claim)


def _divergence(viewing: Viewing, id_: str) -> DivergenceView:
    claim, rating = viewing.ledger.records[id_], viewing.analysis.ratings[id_]
    return DivergenceView(
        claim=viewing.ref_to(claim),
        editors=words.DIVERGENCES["editors"].format(rating_words(claim)),
        computed=words.DIVERGENCES["computed"].format(rating_said(rating.short)),
        apart=apart_words(rating),
        because=because_words(viewing, rating),
    )


# The sources on which claims hang: without one, nothing that counts is left on the heavier side of a claim


def _hanging(viewing: Viewing) -> tuple[Mapping[str, tuple[str, ...]], int]:
    """The claims that hang on a single source, with these sources, and how many have evidence that weighs."""
    points = dict(viewing.analysis.single_points.items())
    return points, sum(rating.total > 0 for rating in viewing.analysis.ratings.values())


def view_single_points(viewing: Viewing) -> WeakestView:
    """The sources on which most hangs come first."""
    points, weighed = _hanging(viewing)
    many = {source: 0 for found in points.values() for source in found}
    for source in many:
        changes = viewing.analysis.if_retracted(source).claims
        many[source] = sum(source in points.get(change.claim, ()) for change in changes)
    sources = sorted(many, key=lambda source: (-many[source], viewing.ref(source).label, source))
    before = accumulate((max(1, many[source]) for source in sources), initial=0)
    shown = [source for source, rows in zip(sources, before, strict=False) if rows < ROWS]
    left = words.SINGLE_POINTS["left"].format(len(sources) - len(shown)) if len(sources) > len(shown) else ""
    share = words.SINGLE_POINTS["some"].format(len(points), weighed)
    return WeakestView(share, tuple(_single_point(viewing, source) for source in shown), left)


def _single_point(viewing: Viewing, id_: str) -> SinglePointView:
    changes = tuple(change for change in view_impact(viewing, viewing.ledger.records[id_]).claims if change.alone)
    return SinglePointView(viewing.ref(id_), words.count(words.SINGLE_POINTS_COUNT, len(changes)), changes)
