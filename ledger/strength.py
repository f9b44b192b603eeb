"""How strong the case for a claim is, in words: the editor's newest rating, and whose evidence there is.

In: a Ledger and a claim. Out: phrases.
Sources are counted, not evidence items: two tables of one paper are one source. A count never stands alone; what speaks
against the claim is always named beside what speaks for it.
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


def rating_of(record: Record[Claim] | Record[Position]) -> str:
    """The newest rating as a word for styling; `none` without one."""
    ratings = record.fields.assessments
    return str(ratings[-1].rating) if ratings else "none"


def evidence_words(ledger: Ledger, claim: Record[Claim]) -> str:
    """`two sources for, one against, one limits it`."""
    sources = {effect: sources_of(ledger, claim, effect) for effect in ("supports", "disputes", "qualifies")}
    if not any(sources.values()):
        return texts.say("sources_say.nothing")
    said = ((effect, len(found)) for effect, found in sources.items() if found or effect != "qualifies")
    return ", ".join(texts.say(f"sources_say.{effect}", count=many) for effect, many in said)


def strength(ledger: Ledger, claim: Record[Claim]) -> str:
    """`perhaps true; two sources for, none against`."""
    return texts.say("sources_say.rated", rating=rating_words(claim), evidence=evidence_words(ledger, claim))


def sources_of(ledger: Ledger, claim: Record[Claim], effect: str) -> set[str]:
    """The sources with an item that does so to the claim."""
    return {ledger.present_id(item.source) for item in claim.fields.evidence if item.relation == effect}


def newest_search(claim: Record[Claim]) -> Search | None:
    """The newest logged search, the last of a day; nothing without one."""
    searches = enumerate(claim.fields.searches)
    return max(searches, key=lambda entry: (entry[1].date.sort_key(), entry[0]), default=(0, None))[1]
