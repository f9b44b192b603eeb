"""The ledger that is computed from: without the records whose structure is at fault.

In: a Ledger. Out: the same one, if every record is sound; else one without those that are not, in which the others are
as they would be had these never been there, as on an earlier day. So every reference that the analysis follows leads to
a record of the kind that is meant, and every part has an id of its own.
"""

from dataclasses import replace

from ledger import graph
from ledger.analysis.as_of import settled
from ledger.graph import Ledger, result


def sound(ledger: Ledger) -> Ledger:
    """The ledger that is computed from. That every record is sound is not noted: what is shown has no error."""
    return _without_unsound(ledger) if ledger.index.unsound else ledger


@result
def _without_unsound(ledger: Ledger) -> Ledger:
    loaded, unsound = ledger.index.loaded, ledger.unsound
    there = {id_: record for id_, record in ledger.records.items() if id_ not in unsound}
    records = settled(loaded.records, there)
    return Ledger(graph.index_of(replace(loaded, records=records), as_of=ledger.index.as_of))
