"""The comparisons of positions as data: beside each page that shows them, and `gaps.json` beside the board.

In: a Ledger and its Analysis. Out: files of plain data. A share, a median or a score is exact: a fraction in a string,
as `"8/15"`. A weight is a number.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ledger import urls, words
from ledger.analysis import Analysis
from ledger.analysis.cruxes import Cruxes
from ledger.analysis.fairness import Share
from ledger.analysis.rivals import Rivals
from ledger.analysis.ties import homes_of
from ledger.describing import Weight, described, dump
from ledger.exports.naming import card_of, summary
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.graph import Ledger
from ledger.outfile import OutFile


@dataclass(frozen=True, slots=True)
class Fairness:
    """What each position of a controversy is given."""

    apart_times: Weight = described("from how many times the median of the others a figure is flagged")
    positions: tuple[Share, ...] = described("what each position is given, by letter")


COMPARISONS: Mapping[str, Callable[[Analysis, str], Any]] = {
    "evidence": lambda analysis, id_: analysis.rivals.get(id_, Rivals((), (), ())),
    "cruxes": lambda analysis, id_: analysis.cruxes.get(id_, Cruxes((), ())),
    "fairness": lambda analysis, id_: Fairness(Decimal(analysis.profile.apart_times), analysis.fairness.get(id_, ())),
}
"""The pages of a controversy that compare its positions, and what is computed for them."""


def comparison(_ledger: Ledger, analysis: Analysis, id_: str, name: str) -> Iterator[OutFile]:
    """The data of a page of a controversy that compares its positions."""
    page = urls.overview(id_, name)
    head = {"schema": SCHEMA, "controversy": id_, "url": page, "json": urls.twin(page)}
    yield OutFile(urls.twin(page), to_bytes(head | dump(COMPARISONS[name](analysis, id_))))


def board(ledger: Ledger, analysis: Analysis) -> Iterator[OutFile]:
    """The board of open work, in order of score."""
    homes = homes_of(ledger)
    content = {
        "schema": SCHEMA,
        "title": words.BROWSE["gaps"],
        "url": urls.GAPS,
        "json": urls.twin(urls.GAPS),
        "rows": [
            {
                **summary(ledger, card_of(ledger, row.id)),
                "controversies": list(homes.get(row.id, ())),
                **dump(row),
                "gaps": [{**dump(gap), "sentence": words.task(gap.gap, gap.figures)} for gap in row.gaps],
            }
            for row in analysis.gaps
        ],
    }
    yield OutFile(urls.twin(urls.GAPS), to_bytes(content))
