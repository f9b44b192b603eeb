"""How strong the case for a claim is, in words: the editor's newest rating, and whose evidence there is.

In: a Ledger and a claim. Out: phrases, the end of the sentence that says where the claim stands, and evidence in order.
Sources are counted, not evidence items: two tables of one paper are one source. A count never stands alone; what speaks
against the claim is always named beside what speaks for it.
"""

from collections.abc import Collection, Iterable
from typing import Any

from ledger import words
from ledger.graph import Ledger
from ledger.loading import Record


def rating_words(record: Record) -> str:
    """The newest rating of a claim or a position: `high confidence`."""
    ratings = record.fields.assessments
    return words.RATINGS[ratings[-1].rating] if ratings else words.NOT_RATED


def rating_of(record: Record) -> str:
    """The newest rating as a word for styling; `none` without one."""
    ratings = record.fields.assessments
    return str(ratings[-1].rating) if ratings else "none"


def evidence_words(ledger: Ledger, claim: Record) -> str:
    """`two sources for, one against, one qualifies`."""
    sources = {effect: _sources(ledger, claim, effect) for effect in ("supports", "disputes", "qualifies")}
    if not any(sources.values()):
        return words.NO_EVIDENCE
    said = (words.count(words.SOURCES[effect], len(found)) for effect, found in sources.items())
    return ", ".join(phrase for phrase in said if phrase)


def strength(ledger: Ledger, claim: Record) -> str:
    """`high confidence; two sources for, none against`."""
    return f"{rating_words(claim)}; {evidence_words(ledger, claim)}"


def _sources(ledger: Ledger, claim: Record, effect: str) -> set[str]:
    return {ledger.present_id(item.source) for item in claim.fields.evidence if item.relation == effect}


def sides_words(ledger: Ledger, claim: Record) -> str:
    """Whether there is evidence on both sides, and where there is none, whether anybody looked for it."""
    standing = {item.relation for item in claim.fields.evidence if source_stands(ledger, item)}
    cited = {item.relation for item in claim.fields.evidence}
    said = words.RECORDED_SIDES["supports" in standing, "disputes" in standing]
    aside = words.LEFT_ASIDE if _of_sides(cited) != _of_sides(standing) else ""
    return said + aside + _looked(claim, _of_sides(standing))


def source_stands(ledger: Ledger, item: Any) -> bool:
    """Whether an evidence item's source was neither retracted nor withdrawn, as a work or as a record."""
    fields = ledger.records[ledger.present_id(item.source)].fields
    return fields.withdrawn is None and fields.status not in ("retracted", "withdrawn")


def newest_search(claim: Record) -> Any:
    """The newest logged search, the last of a day; nothing without one."""
    searches = enumerate(claim.fields.searches)
    return max(searches, key=lambda entry: (entry[1].date.sort_key(), entry[0]), default=(0, None))[1]


def _of_sides(effects: Collection[str]) -> set[str]:
    return {"supports", "disputes"} & set(effects)


def _looked(claim: Record, sides: Collection[str]) -> str:
    if len(sides) == len(words.EMPTY_SIDES):
        return ""
    newest = newest_search(claim)
    if newest:
        return words.LOOKED_FOR.format(date=newest.date.in_words())
    return words.RATED_UNSEARCHED if sides and claim.fields.assessments else words.NOT_LOOKED_FOR


_RANKS = tuple(
    {word: at for at, word in enumerate(order)}
    for order in (words.DIRECTNESS, words.CONSULTED, words.BASES, words.TIERS)
)


def nearest_first(ledger: Ledger, evidence: Iterable[Any]) -> tuple[Any, ...]:
    """Evidence items by how directly they bear on the claim, how they were read, what they stand on, and the tier."""
    return tuple(sorted(evidence, key=lambda item: _nearness(ledger, item)))


def _nearness(ledger: Ledger, item: Any) -> tuple[int, ...]:
    tier = ledger.records[ledger.present_id(item.source)].fields.tier
    read = (item.directness, item.consulted, item.basis, tier)
    return tuple(ranks.get(word, len(ranks)) for ranks, word in zip(_RANKS, read, strict=True))
