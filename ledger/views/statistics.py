"""How the ledger is doing: what is in it, how it was made, and what it still lacks, each as a chart and its table."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from ledger import urls, vocabulary, words
from ledger.loading import Record
from ledger.records import KINDS
from ledger.views.charts import Bar, bars
from ledger.views.viewing import RecordRef, Viewing

YEARS = 20
"""How many years have a bar of their own; what is older shares one."""


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
    records: tuple[RecordRef, ...]
    of: int
    page: str
    """Where more is said of them; empty without such a page."""


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """The page; withdrawn records are only counted here."""

    charts: tuple[ChartView, ...]
    gaps: tuple[GapView, ...]
    withdrawn: int


def view_statistics(viewing: Viewing) -> StatisticsView:
    """Figures of what stands: drafts and withdrawn records are left out."""
    standing = tuple(record for record in viewing.ledger.records.values() if record.fields.withdrawn is None)
    sources, claims = _of_kind(standing, "source"), _of_kind(standing, "claim")
    return StatisticsView(
        charts=(
            _chart("records", (Bar(words.KINDS[k.name][1], len(_of_kind(standing, k.name))) for k in KINDS)),
            _chart("tiers", _bars(words.TIERS, (source.fields.tier for source in sources))),
            _chart("years", _years(sources)),
            _chart("reading", _bars(words.CONSULTED, (item.consulted for c in claims for item in c.fields.evidence))),
            _chart("types", _bars(words.CLAIM_TYPES, (claim.fields.type for claim in claims))),
            _ratings(claims),
        ),
        gaps=(
            _gap(viewing, "one-sided", [claim for claim in claims if is_one_sided(claim)], len(claims)),
            _gap(viewing, "divergences", *_diverging(viewing, claims), page=urls.DIVERGENCES),
            _gap(viewing, "single-points", *_hanging(viewing, claims), page=urls.SINGLE_POINTS),
            _gap(viewing, "untraced", [s for s in sources if s.fields.derived_from == "unknown"], len(sources)),
        ),
        withdrawn=len(viewing.ledger.records) - len(standing),
    )


def is_one_sided(claim: Record) -> bool:
    """Whether nothing recorded speaks against the claim and no search for anything is logged."""
    disputed = any(item.relation == "disputes" for item in claim.fields.evidence)
    return not disputed and not claim.fields.searches


def _of_kind(records: Sequence[Record], kind: str) -> tuple[Record, ...]:
    return tuple(record for record in records if record.kind.name == kind)


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


def _diverging(viewing: Viewing, claims: Sequence[Record]) -> tuple[list[Record], int]:
    """The claims whose two ratings part, and how many have both."""
    ratings = viewing.analysis.ratings
    both = [claim for claim in claims if claim.fields.assessments and ratings[claim.id].band]
    return [claim for claim in both if ratings[claim.id].divergence], len(both)


def _hanging(viewing: Viewing, claims: Sequence[Record]) -> tuple[list[Record], int]:
    """The claims that hang on a single source, and how many have evidence that weighs."""
    analysis = viewing.analysis
    weighed = [claim for claim in claims if analysis.ratings[claim.id].total]
    return [claim for claim in weighed if claim.id in analysis.single_points], len(weighed)


def _gap(viewing: Viewing, id_: str, records: Sequence[Record], of: int, page: str = "") -> GapView:
    heading, shows = words.GAPS[id_]
    in_order = sorted(records, key=lambda record: (record.title.casefold(), record.id))
    refs = tuple(viewing.ref_to(record) for record in in_order)
    return GapView(id_, heading, shows, refs, of, viewing.url(page) if page else "")
