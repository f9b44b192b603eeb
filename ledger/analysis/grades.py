"""How good an evidence item is: strong, moderate or weak, with the reasons for every step down.

In: an item, its claim, its source, what stands behind it, and the choices made. Out: a grade. Every item starts as
strong and steps down for named reasons, the largest of each family once, as in GRADE (Guyatt and others, BMJ 336, 2008)
and GRADE-CERQual (Lewin and others, Implementation Science 13, 2018).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from ledger.analysis.works import Backing, View
from ledger.describing import described
from ledger.records import Claim, Evidence, Source

GRADES = ("weak", "moderate", "strong")
"""Lowest first; an item's grade is a place in this list."""
STRONG, MODERATE, WEAK = 2, 1, 0
Family = Literal["directness", "basis", "voice", "reading", "tracing", "status"]
FAMILIES: tuple[Family, ...] = ("directness", "basis", "voice", "reading", "tracing", "status")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reasonable person might choose otherwise; the defaults are the method's own."""

    reporting: int = described("how many steps down reporting causes", default=1)
    calculation: int = described("how many a calculation from published figures causes", default=1)
    interests: int = described("how many an interest in the matter causes", default=1)
    preprint: int = described("how many a preprint causes", default=0)
    opinions: bool = described("whether opinions and anecdotes count at all", default=True)
    only_seen: bool = described("whether only works that an editor saw count", default=False)
    abstracts_seen: bool = described("whether a work counts as seen if its abstract was read", default=False)
    medium: int = described(
        "how many independent works, one of them strong, make medium evidence; without a strong one, one more",
        default=2,
    )
    qualifying: Literal["in part", "ignored", "disputes"] = described(
        "how works that qualify a claim count", default="in part"
    )
    searches: bool = described("whether logged searches count", default=True)


@dataclass(frozen=True, slots=True)
class Reason:
    """One step down, or two, and why."""

    family: Family = described("what sort of reason it is")
    why: str = described("the reason: a word of the records, or what follows from them")
    steps: int = described("how many steps down: 1 or 2")


_reason = cache(Reason)
"""Each reason is made once: there are a few hundred, from closed lists of words, and all items ask for them."""


class Voice(NamedTuple):
    """A source, and how its authors stand to the matter."""

    source: Source
    is_own_words: bool
    """Whether it is by somebody whom a historical claim is about."""
    has_interest: bool


class Case(NamedTuple):
    """An item with all that its grade depends on."""

    claim: Claim
    item: Evidence
    voice: Voice
    retold: tuple[tuple[str, Voice], ...]
    """What it retells and still stands, each with its end; none where its source speaks for itself."""
    backing: Backing
    quote: str
    """The verdict on its quote; empty without one."""


UNSAID = "not said"
READING = {"coverage": 1, "memory": 2}
CLOSENESS = {"direct": 0, "indirect": 1, "analogy": 2, UNSAID: 2}
BASIS = {"empirical": 0, "theoretical": 0, "statement": 2, "opinion": 2, "anecdote": 2, UNSAID: 2}
"""The steps for what an item stands on, beside those that are chosen.

What is not said is worth what the worst would be: whoever leaves it out gains nothing.
"""
CHECKED = ("exact", "normalised", "recorded")
"""Verdicts on quotes that were found in the text, now or while it was kept."""
MEASURED = ("empirical", "theoretical", "calculation")


def reasons_of(case: Case, choices: Choices) -> tuple[Reason, ...]:
    """Why an item steps down, one reason a family at most."""
    return tuple(reason for reason in _reasons(case, choices) if reason.steps)


def grade_of(reasons: tuple[Reason, ...]) -> int:
    """What is left of strong."""
    return max(WEAK, STRONG - sum(reason.steps for reason in reasons))


def _reasons(case: Case, choices: Choices) -> Iterator[Reason]:
    item = case.item
    close = item.directness or UNSAID
    own = (_worse(_basis(case, choices), _tier(case, case.voice, choices)), _interest(case.voice, choices))
    status = _worse(_status(case, case.voice), _fallen_behind(case.backing))
    basis, voice, status = map(_worse, (*own, status), _retold(case, choices, (*own, status)))
    yield _reason("directness", close, CLOSENESS[close])
    yield basis
    yield voice
    yield _reason("reading", item.consulted, READING.get(item.consulted, 0))
    yield _reason("tracing", "not traced to a first-hand work", int(not case.backing.is_traced))
    yield status


def _worse(one: Reason, other: Reason) -> Reason:
    """The reason that costs more: both discount the same thing."""
    return one if one.steps >= other.steps else other


def _retold(case: Case, choices: Choices, own: Sequence[Reason]) -> Sequence[Reason]:
    """What the best of the works that an item retells steps down for: a report is no better than what it reports.

    The best is the one that takes least from the item beside its `own` reasons; of equals the first by title.
    """

    def taken(found: tuple[Sequence[Reason], str]) -> tuple[int, int, str]:
        both = [max(one.steps, other.steps) for one, other in zip(own, found[0], strict=True)]
        return sum(both), sum(one.steps for one in found[0]), found[1]

    if not case.retold:
        return own
    each = [
        ((_tier(case, voice, choices), _interest(voice, choices), _status(case, voice)), voice.source.title)
        for _, voice in case.retold
    ]
    best, _ = min(each, key=taken)
    return [_reason(one.family, RETELLS.format(one.why), one.steps) for one in best]


RETELLS = "retells: {}"
"""Before the reason for which what an item retells is no better."""


def _basis(case: Case, choices: Choices) -> Reason:
    basis = case.item.basis or UNSAID
    historical = case.claim.type == "historical"
    if basis == "statement" and (case.voice.is_own_words or (historical and _is_document(case))):
        return _reason("basis", "proof of who said or did it", 0)
    chosen = {
        "reporting": choices.reporting,
        "calculation": 0 if case.claim.type == "predictive" else choices.calculation,
        "statement": 1 if historical else BASIS["statement"],
    }
    return _reason("basis", basis, chosen[basis] if basis in chosen else BASIS[basis])


def _is_document(case: Case) -> bool:
    return case.voice.source.tier == "primary-document"


def _tier(case: Case, voice: Voice, choices: Choices) -> Reason:
    tier, measured = voice.source.tier, case.item.basis in MEASURED
    if voice.is_own_words:
        return _reason("basis", tier, 0)
    steps = {
        "reporting": choices.reporting,
        "commentary": 1 if measured else 2,
        "social": 2,
        "preprint": choices.preprint,
    }
    return _reason("basis", tier, steps.get(tier, 0))


def _interest(voice: Voice, choices: Choices) -> Reason:
    if voice.is_own_words:
        return _reason("voice", "own words", 0)
    if voice.source.tier == "official-statement":
        return _reason("voice", "official statement", 1)
    return _reason("voice", "own interest", choices.interests if voice.has_interest else 0)


def _status(case: Case, voice: Voice) -> Reason:
    status = voice.source.status
    if status == "concern":
        return _reason("status", "expression of concern", 1)
    return _reason("status", "corrected", int(status == "corrected" and case.item.correction != "unaffected"))


def _fallen_behind(backing: Backing) -> Reason:
    most = 2 * len(backing.standing) < backing.ends
    return _reason("status", "most works behind it have fallen", int(most))


def counts(case: Case, choices: Choices) -> bool:
    """Whether an item counts at all."""
    if not case.backing.standing or case.quote == "not-found":
        return False
    if case.item.basis in ("opinion", "anecdote") and not choices.opinions:
        return False
    return is_seen(case, choices) if choices.only_seen else True


def is_seen(case: Case, choices: Choices) -> bool:
    """Whether an editor saw the work itself: its text, or the part of it from which the item quotes its result."""
    item = case.item
    if not case.backing.is_own:
        return False
    if item.consulted == "full-text" or (choices.abstracts_seen and item.consulted == "abstract"):
        return True
    quotes = item.quote_role == "result" and case.quote in CHECKED
    return quotes and item.consulted in ("excerpt", "abstract")


def decides(case: Case) -> bool:
    """Whether a work can make medium evidence alone: a synthesis, a proof, or proof of who said or did something."""
    if case.claim.type == "historical" and (case.voice.is_own_words or _is_document(case)):
        return True
    return case.voice.source.tier == "synthesis" or case.item.basis == "theoretical"


def case_of(view: View, claim: Claim, item: Evidence, backing: Backing, quote: str) -> Case:
    """An item with what its source and its authors' records say. KeyError if the source does not stand."""
    ends = {} if backing.is_own else backing.standing
    retold = tuple((end, _voice_of(view, claim, id_)) for end, ids in ends.items() for id_ in ids)
    return Case(claim, item, _voice_of(view, claim, view.present(item.source)), retold, backing, quote)


def without_ends(case: Case, lost: Collection[str]) -> Case:
    """A case without some of the works behind it."""
    standing = {end: ids for end, ids in case.backing.standing.items() if end not in lost}
    retold = tuple(one for one in case.retold if one[0] not in lost)
    return case._replace(backing=case.backing._replace(standing=standing), retold=retold)


def _voice_of(view: View, claim: Claim, id_: str) -> Voice:
    source = view.source(id_)
    if source is None:
        raise KeyError(id_)
    listed = () if source.authors == "unknown" else source.authors
    authors = [view.present(author.proponent) for author in listed if author.proponent]
    own = claim.type == "historical" and not {view.present(one) for one in claim.about}.isdisjoint(authors)
    interest = bool(source.interests) or any(who.interests for one in authors if (who := view.proponent(one)))
    return Voice(source, own, interest)
