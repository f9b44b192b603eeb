"""The evidence on a claim as readers meet it: the best on each side, what else there is, and what only repeats it.

In: a claim seen from a page. Out: an EvidenceView for each item, in the order of `analysis/exhibits.py`.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ledger import citations, texts
from ledger.analysis.exhibits import Place
from ledger.analysis.figures import quantities_of
from ledger.analysis.ratings import Item
from ledger.context import PageContext, RecordRef
from ledger.figure_words import in_full
from ledger.loading import Record
from ledger.records import Claim, Evidence, Source
from ledger.views import View
from ledger.views.paging import parts_of
from ledger.views.quoting import view_quote, words_beside

MOST = 2
"""How many exhibits beside the best of each side are open on a page; the others are in a fold."""


class EvidenceView(NamedTuple):
    """One evidence item with its source and the verdict on its quote."""

    item: Evidence
    source: RecordRef
    work: Source
    quote: View | None
    place: Place
    grade: str
    """`strong evidence`, or why it does not count; empty where it takes no side."""

    @property
    def address(self) -> str:
        """Where the work is found."""
        return citations.address(self.work)

    @property
    def beside(self) -> tuple[str, str]:
        """The source's words before the quote and after it: those that were written down, else those of the text."""
        written = self.item.quote_prefix or "", self.item.quote_suffix or ""
        return written if any(written) or not self.quote else words_beside(self.quote.found)

    @property
    def quantity(self) -> str:
        """Its figures: `measure: 5 (4 to 6) USD, 2024, scope; 7 USD, 2025, scope`."""
        return in_full(quantities_of(self.item))


Column = tuple[tuple[str, EvidenceView | None], ...]
"""What an item does to the claim, and the item; None for a side that has none. What limits the claim may follow."""


def view_exhibits(context: PageContext, claim: Record[Claim]) -> View:
    """The evidence of a claim on one of its pages."""
    here = _in_order(context, claim, parts_of(context, claim.fields.evidence))
    shown = [one for one in here if one.place == "shown"]
    columns = _columns(shown) if here and context.number == 1 else ()
    best = {one.item.id for column in columns for _, one in column if one}
    rest = [one for one in shown if one.item.id not in best]
    aside = [one for one in here if one.place == "aside"]
    return View(
        # The best item for the claim and the best against it, side by side; none where there is no evidence.
        columns=columns,
        further=tuple(rest[:MOST]),
        # Further ones beyond those that are open on the page.
        folded=tuple(rest[MOST:]),
        repeated=tuple(one for one in here if one.place == "repeated"),
        uncounted=tuple(one for one in aside if one.item.relation != "mentions"),
        # Items that take no side.
        cited=tuple(one for one in aside if one.item.relation == "mentions"),
        # Those with the source's words; and all items as they were entered, by id.
        quoted=tuple(one for one in here if one.quote),
        entered={one.item.id: one.item for one in here},
    )


def _columns(shown: Iterable[EvidenceView]) -> tuple[Column, ...]:
    """The first item for the claim and the first against it; below the first empty side, what limits the claim."""
    first: dict[str, EvidenceView] = {}
    for one in shown:
        first.setdefault(one.item.relation, one)
    limit = first.pop("qualifies", None)
    columns = []
    for side in ("supports", "disputes"):
        stands_in = limit if side not in first else None
        columns.append(((side, first.get(side)), *((("qualifies", stands_in),) if stands_in else ())))
        limit = None if stands_in else limit
    return tuple(columns)


def _in_order(context: PageContext, claim: Record[Claim], items: Iterable[Evidence]) -> tuple[EvidenceView, ...]:
    """Some items of a claim, in the order in which they are shown."""
    some, rated = {item.id: item for item in items}, rated_items(context, claim)
    return tuple(
        view_evidence(context, claim.id, some[one.item], rated.get(one.item), one.place)
        for one in context.analysis.exhibits(claim.id)
        if one.item in some
    )


def rated_items(context: PageContext, claim: Record[Claim]) -> Mapping[str, Item]:
    """The items of a claim as they are rated, by id; none for one that was withdrawn."""
    rating = context.analysis.ratings.get(claim.id)
    return {item.id: item for item in rating.items} if rating else {}


def view_evidence(
    context: PageContext, claim: str, item: Evidence, rated: Item | None, place: Place = "shown"
) -> EvidenceView:
    """One evidence item of a claim."""
    source = context.ledger.record(Source, context.ref_id(item.source))
    quote = view_quote(context, f"{claim}/{item.id}")
    return EvidenceView(item, context.ref_to(source), source.fields, quote, place, _grade(rated))


def _grade(rated: Item | None) -> str:
    if rated is None or not rated.side:
        return ""
    return texts.say(f"grade.{rated.grade}" if rated.grade else f"uncounted.{rated.counts}")
