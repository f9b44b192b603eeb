"""What a controversy's ratings were when, as data beside its page: `controversies/<id>/history.json`.

In: a Ledger and its Analysis. Out: one file for each controversy, with everything that the page has, in ids.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ledger import urls
from ledger.analysis import Analysis
from ledger.analysis.history import Timeline
from ledger.describing import described, dump
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.graph import Ledger
from ledger.outfile import OutFile


@dataclass(frozen=True, slots=True)
class History:
    """What the ratings of a controversy were when, and what moved them."""

    clocks: tuple[Timeline, ...] = described("one for each clock")


def history(_ledger: Ledger, analysis: Analysis, id_: str) -> Iterator[OutFile]:
    """The file of a controversy."""
    page = urls.overview(id_, "history")
    head = {"schema": SCHEMA, "controversy": id_, "url": page, "json": urls.twin(page)}
    yield OutFile(urls.twin(page), to_bytes(head | dump(History(analysis.histories[id_]))))
