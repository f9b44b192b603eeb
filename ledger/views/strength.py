"""How strong the case for a claim is, in words: the editor's newest rating, and whose evidence there is.

In: a claim, seen from a page. Out: phrases. Sources are counted, not evidence items: two tables of one paper are one
source. A count never stands alone; what speaks against the claim is always named beside what speaks for it.
"""

from ledger import words
from ledger.loading import Record
from ledger.views.viewing import Viewing


def rating_words(record: Record) -> str:
    """The newest rating of a claim or a position: `high confidence`."""
    ratings = record.fields.assessments
    return words.RATINGS[ratings[-1].rating] if ratings else words.NOT_RATED


def rating_of(record: Record) -> str:
    """The newest rating as a word for styling; `none` without one."""
    ratings = record.fields.assessments
    return str(ratings[-1].rating) if ratings else "none"


def evidence_words(viewing: Viewing, claim: Record) -> str:
    """`two sources for, one against, one qualifies`."""
    sources = {effect: _sources(viewing, claim, effect) for effect in ("supports", "disputes", "qualifies")}
    if not any(sources.values()):
        return words.NO_EVIDENCE
    said = (words.count(words.SOURCES[effect], len(found)) for effect, found in sources.items())
    return ", ".join(phrase for phrase in said if phrase)


def strength(viewing: Viewing, claim: Record) -> str:
    """`high confidence; two sources for, none against`."""
    return f"{rating_words(claim)}; {evidence_words(viewing, claim)}"


def _sources(viewing: Viewing, claim: Record, effect: str) -> set[str]:
    return {viewing.ref_id(item.source) for item in claim.fields.evidence if item.relation == effect}
