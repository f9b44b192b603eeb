"""What each position of a controversy is given, side by side, with flags where one stands apart.

In: a ledger seen from a page, and a controversy. Out: a table of figures by positions, and in a line those that are the
same for all. Flags report; nothing is evened out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from ledger import words
from ledger.analysis.fairness import Flag, Share
from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import Controversy
from ledger.views import figures
from ledger.views.evidence import Columns, columns_of


class FigureView(NamedTuple):
    """A figure of a position, and what is flagged about it, in words."""

    value: str
    flag: str


class MeasureView(NamedTuple):
    """A row: what is counted, and the figure of each position."""

    name: str
    cells: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class FairnessView:
    """The whole page."""

    caption: str
    columns: Columns
    rows: tuple[MeasureView, ...]
    alike: str
    """The figures that are the same for all positions, in words."""


SHARES = ("verified-share", "own-words-share")
"""The measures that are shares of a whole."""


def view_fairness(context: PageContext, controversy: Record[Controversy]) -> FairnessView:
    """Everything on the page."""
    found = context.analysis.fairness.get(controversy.id, ())
    shown = [_values(context, one) for one in found]
    rows = [_row(found, shown, measure) for measure in words.MEASURES]
    times = figures.figure(Fraction(context.analysis.profile.apart_times))
    return FairnessView(
        caption=words.FAIRNESS_PAGE["caption"].format(times=times),
        columns=columns_of(context.ledger, (one.position for one in found)),
        rows=tuple(row for row in rows if not _is_alike(row)),
        alike=_alike(row for row in rows if _is_alike(row)),
    )


def _row(found: Sequence[Share], shown: Sequence[Mapping[str, str]], measure: str) -> MeasureView:
    cells = tuple(_cell(one, values, measure) for one, values in zip(found, shown, strict=True))
    return MeasureView(words.MEASURES[measure], cells)


def _is_alike(row: MeasureView) -> bool:
    return len(row.cells) > 1 and len(set(row.cells)) == 1 and not row.cells[0].flag


def _alike(rows: Iterable[MeasureView]) -> str:
    said = words.FAIRNESS_PAGE
    same = "; ".join(said["figure"].format(name=row.name, value=row.cells[0].value) for row in rows)
    return said["alike"].format(same) if same else ""


def _cell(one: Share, values: Mapping[str, str], measure: str) -> FigureView:
    flag = next((flag for flag in one.flags if flag.measure == measure), None)
    return FigureView(values[measure], _flagged(flag) if flag else "")


def _flagged(flag: Flag) -> str:
    median = figures.percent(flag.median) if flag.measure in SHARES else figures.figure(flag.median)
    return words.FLAGS[flag.word].format(median)


def _values(context: PageContext, one: Share) -> Mapping[str, str]:
    """Measure → the figure of the position, as the table says it."""
    said = words.FAIRNESS_PAGE
    return {
        "items": str(one.items),
        "sources": str(one.sources),
        "origins": str(one.origins),
        "quoted": str(one.quoted),
        "verified-share": _share(one.verified, one.items, one.verified_share),
        "own-words-share": _share(one.own_words, one.items, one.own_words_share),
        "tiers": ", ".join(f"{words.TIERS[tier]} {count}" for tier, count in one.tiers.items()) or said["none"],
        "median-age": said["unknown"] if one.median_age is None else figures.figure(one.median_age),
        "words": str(one.words),
        "steelman": said["yes" if one.steelman else "no"],
        "assessed-days": said["unknown"] if one.assessed_days is None else str(one.assessed_days),
        "holders": str(len(one.holders)),
        "unregistered": _unregistered(context, one),
        "searches": str(one.searches),
    }


def _share(part: int, whole: int, share: Fraction | None) -> str:
    said = words.FAIRNESS_PAGE
    if share is None:
        return said["unknown"]
    return said["of"].format(part, whole, figures.percent(share)) if part else said["none_of"].format(whole)


def _unregistered(context: PageContext, one: Share) -> str:
    """How many, and who: a name, or the name of a group of which no member is named."""
    records = context.ledger.records
    names = (context.plain(records[name].title) if name in records else name for name in one.unregistered)
    return f"{len(one.unregistered)}: {', '.join(names)}" if one.unregistered else "0"
