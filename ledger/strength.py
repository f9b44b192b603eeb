"""What pages say of a claim beside its computed rating: the editors' newest rating, its sources, the newest search.

In: a record of a claim or a position. Out: a phrase, ids of sources, a search. Sources are counted, not evidence items:
two tables of one paper are one source.
"""

from ledger import texts
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.modelling import Search
from ledger.records import Claim, Position


def rating_words(record: Record[Claim] | Record[Position]) -> str:
    """The newest rating by an editor of a claim, `perhaps true`, or of a position, `high confidence`."""
    ratings = record.fields.assessments
    return texts.say(f"{record.kind.name}_rating.{ratings[-1].rating}" if ratings else "verdicts.not_rated")


def sources_of(ledger: Ledger, claim: Record[Claim], effect: str) -> set[str]:
    """The sources with an item that does so to the claim."""
    return {ledger.present_id(item.source) for item in claim.fields.evidence if item.relation == effect}


def newest_search(claim: Record[Claim]) -> Search | None:
    """The newest logged search, the last of a day; nothing without one."""
    searches = enumerate(claim.fields.searches)
    return max(searches, key=lambda entry: (entry[1].date.sort_key(), entry[0]), default=(0, None))[1]
