"""How the ledger is doing: what is in it, how it was made, what it lacks, and at which claims its ratings are weak.

In: a ledger seen from a page. Out: charts with their tables, and lists of what is weakest, as long as a page may be.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple, get_args

from markupsafe import Markup

from ledger import vocabulary, words
from ledger.analysis.ties import by_title, stands
from ledger.context import PageContext, RecordRef
from ledger.facets import begins
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import KINDS, Claim, Source
from ledger.strength import rating_words
from ledger.views.charts import Bar, bars
from ledger.views.impact import ChangeView, rating_said, view_impact
from ledger.views.paging import ROWS
from ledger.views.rating_steps import apart_words, because_words

YEARS = 20
"""How many years have a bar of their own; what is older shares one."""
NAMED = ROWS // 4
"""How many records each of the page's four lists names."""


class TableView(NamedTuple):
    """A table: its column headings and its rows, whose first cell names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class ChartView(NamedTuple):
    """A chart, its place on the page, and its table."""

    id: str
    drawing: Markup
    table: TableView


class GapView(NamedTuple):
    """Records that lack something: the first of them, how many there are, and out of how many."""

    id: str
    records: tuple[str, ...]
    many: int
    of: int


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """The page; withdrawn records are only counted here."""

    charts: tuple[ChartView, ...]
    gaps: tuple[GapView, ...]
    withdrawn: int


class DivergenceView(NamedTuple):
    """A claim with both ratings, how far they part, and why."""

    claim: RecordRef
    editors: str
    computed: str
    apart: str
    because: Markup


class SinglePointView(NamedTuple):
    """A source and the claims that depend on it alone, with how their ratings would change."""

    source: RecordRef
    claims: tuple[ChangeView, ...]


class WeakestView(NamedTuple):
    """The page of divergences or of single points: out of how many they are, the first of them, how many are left."""

    share: str
    entries: tuple[DivergenceView, ...] | tuple[SinglePointView, ...]
    left: int


def view_statistics(context: PageContext) -> StatisticsView:
    """Figures of what stands: drafts and withdrawn records are left out."""
    ledger = context.ledger
    cards = {kind.name: ledger.cards(kind.name) for kind in KINDS}
    counts = {kind: sum(not card.withdrawn for card in of) for kind, of in cards.items()}
    sources = [one for one in ledger.of_kind(Source) if stands(one)]
    claims = [one for one in ledger.of_kind(Claim) if stands(one)]
    untraced = [one.id for one in sources if one.fields.derived_from == "unknown"]
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
            _gap(ledger, "one-sided", [claim.id for claim in claims if is_one_sided(claim)], len(claims)),
            _gap(ledger, "divergences", *_diverging(context)),
            _gap(ledger, "single-points", *_single_points(context)),
            _gap(ledger, "untraced", untraced, len(sources)),
        ),
        withdrawn=sum(map(len, cards.values())) - sum(counts.values()),
    )


def is_one_sided(claim: Record[Claim]) -> bool:
    """Whether nothing recorded speaks against the claim and no search for anything is logged."""
    disputed = any(item.relation == "disputes" for item in claim.fields.evidence)
    return not disputed and not claim.fields.searches


def _chart(id_: str, counted: Iterable[Bar], table: TableView | None = None) -> ChartView:
    rows = tuple(counted)
    heading, column, _ = words.CHARTS[id_]
    plain = TableView((column, words.HOW_MANY), tuple((row.label, str(row.count)) for row in rows))
    return ChartView(id_, bars(rows, label=f"{words.BAR_CHART}: {heading}"), table or plain)


def _bars(labels: Mapping[str, str], values: Iterable[str]) -> tuple[Bar, ...]:
    """A bar for every word of a list, also for those that nothing has."""
    counts = Counter(values)
    return tuple(Bar(label, counts[value]) for value, label in labels.items())


def _years(sources: Iterable[Record[Source]]) -> tuple[Bar, ...]:
    """A bar for every year that has a source, newest first; the oldest share one."""
    counts = Counter(f"{begins(source.fields.issued).year:04}" for source in sources)
    years = sorted(counts, reverse=True)
    recent, earlier = [Bar(year, counts[year]) for year in years[:YEARS]], years[YEARS:]
    if not earlier:
        return tuple(recent)
    return (*recent, Bar(words.STATISTICS["before"].format(earlier[0]), sum(counts[year] for year in earlier)))


def _ratings(claims: Sequence[Record[Claim]]) -> ChartView:
    """Claims by newest rating; the table tells the types apart."""
    counts = Counter[tuple[str, str]]((_rating(claim), claim.fields.type) for claim in claims)
    labels = {rating: words.RATINGS[rating] for rating in reversed(get_args(vocabulary.Rating))}
    labels[""] = words.NOT_RATED
    rows = tuple(
        (label, *(str(counts[rating, type_]) for type_ in words.CLAIM_TYPES)) for rating, label in labels.items()
    )
    table = TableView((words.CHARTS["ratings"][1], *words.CLAIM_TYPES.values()), rows)
    return _chart("ratings", _bars(labels, (_rating(claim) for claim in claims)), table)


def _rating(claim: Record[Claim]) -> str:
    return str(claim.fields.assessments[-1].rating) if claim.fields.assessments else ""


def _gap(ledger: Ledger, id_: str, found: Collection[str], of: int) -> GapView:
    return GapView(id_, tuple(sorted(found, key=lambda one: by_title(ledger, one))[:NAMED]), len(found), of)


# The claims whose two ratings part


def _diverging(context: PageContext) -> tuple[list[str], int]:
    """The claims whose two ratings part, and how many have both."""
    records, ratings = context.ledger.records, context.analysis.ratings
    both = [id_ for id_, rating in ratings.items() if rating.band is not None and records[id_].fields.assessments]
    return [id_ for id_ in both if ratings[id_].divergence], len(both)


def view_divergences(context: PageContext) -> WeakestView:
    """Those without a reason first, then those that part furthest."""
    claims, both = _diverging(context)
    shown = sorted(claims, key=lambda claim: _order(context, claim))[:ROWS]
    share = words.DIVERGENCES["some"].format(len(claims), both)
    return WeakestView(share, tuple(_divergence(context, id_) for id_ in shown), len(claims) - len(shown))


MOST_STEPS = 5
"""Ratings on different sides are further apart than any two bands."""


def _order(context: PageContext, claim: str) -> tuple[Any, ...]:
    found = context.analysis.ratings[claim].divergence
    steps = found.steps or MOST_STEPS if found else 0
    return bool(found and found.because), -steps, *by_title(context.ledger, claim)


def _divergence(context: PageContext, id_: str) -> DivergenceView:
    claim, rating = context.ledger.record(Claim, id_), context.analysis.ratings[id_]
    return DivergenceView(
        claim=context.ref_to(claim),
        editors=words.DIVERGENCES["editors"].format(rating_words(claim)),
        computed=words.DIVERGENCES["computed"].format(rating_said(rating.short)),
        apart=apart_words(rating),
        because=because_words(context, rating),
    )


# The sources without one of which nothing that counts is left on the heavier side of a claim


def _single_points(context: PageContext) -> tuple[Mapping[str, tuple[str, ...]], int]:
    """The claims that depend on a single source, with these sources, and how many have evidence that weighs."""
    points = dict(context.analysis.single_points.items())
    return points, sum(rating.total > 0 for rating in context.analysis.ratings.values())


def view_single_points(context: PageContext) -> WeakestView:
    """The sources on which most claims depend come first."""
    points, weighed = _single_points(context)
    many = {source: 0 for found in points.values() for source in found}
    for source in many:
        changes = context.analysis.if_retracted(source).claims
        many[source] = sum(source in points.get(change.claim, ()) for change in changes)
    sources = sorted(many, key=lambda source: (-many[source], context.ref(source).label, source))
    before = accumulate((max(1, many[source]) for source in sources), initial=0)
    shown = [source for source, rows in zip(sources, before, strict=False) if rows < ROWS]
    share = words.SINGLE_POINTS["some"].format(len(points), weighed)
    return WeakestView(share, tuple(_single_point(context, id_) for id_ in shown), len(sources) - len(shown))


def _single_point(context: PageContext, id_: str) -> SinglePointView:
    impact = view_impact(context, context.ledger.record(Source, id_))
    return SinglePointView(context.ref(id_), tuple(change for change in impact.claims if change.alone))
