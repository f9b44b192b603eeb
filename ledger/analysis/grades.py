"""How good an evidence item is: strong, moderate or weak, with the reasons for every step down.

In: an item, its claim, its source, what stands behind it, and the choices made. Out: a grade. Every item starts as
strong and steps down for named reasons, the largest of each family once, as in GRADE (Guyatt and others, BMJ 336, 2008)
and GRADE-CERQual (Lewin and others, Implementation Science 13, 2018).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Literal, NamedTuple, get_args

from ledger.analysis.lineages import Backing, View
from ledger.describing import described
from ledger.records import Claim, Evidence, Source
from ledger.vocabulary import Basis, ClaimType, Consulted, SourceStatus, Tier

GRADES = ("weak", "moderate", "strong")
"""Lowest first; an item's grade is a place in this list."""
STRONG, MODERATE, WEAK = 2, 1, 0
Side = Literal["for", "against", "qualifies"]
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
    """What a source is, and how its authors stand to the matter."""

    tier: Tier
    status: SourceStatus | None
    is_own_words: bool
    """Whether it is by somebody whom a historical claim is about."""
    has_interest: bool


class Facts(NamedTuple):
    """All that a grade follows from. Many items have the same, so that each is graded once."""

    type: ClaimType
    """Of the claim."""
    directness: str | None
    basis: str | None
    consulted: str
    correction: str | None
    voice: Voice
    retold: tuple[Voice, ...]
    """What the item retells and still stands, by title; none where its source speaks for itself."""
    is_traced: bool
    most_fallen: bool
    """Whether most works behind it have fallen."""


_voice, _facts = lru_cache(maxsize=1 << 12)(Voice), lru_cache(maxsize=1 << 12)(Facts)
"""They give back the same object for the same values, to save memory."""


class Case(NamedTuple):
    """An item that may count, with all that its grade depends on."""

    id: str
    side: Side
    item: Evidence
    source: str
    cited: Source
    """What the source says of itself."""
    backing: Backing
    quote: str
    """The verdict on its quote; empty without one."""
    retold: tuple[tuple[str, Voice], ...]
    """What it retells, each with its end."""
    facts: Facts


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


@lru_cache(maxsize=1 << 13)
def judged(facts: Facts, choices: Choices) -> tuple[tuple[Reason, ...], int]:
    """Why an item steps down, one reason a family at most; and its grade, what is left of strong."""
    reasons = tuple(reason for reason in _reasons(facts, choices) if reason.steps)
    return reasons, max(WEAK, STRONG - sum(reason.steps for reason in reasons))


def _reasons(facts: Facts, choices: Choices) -> Iterator[Reason]:
    close, voice = facts.directness or UNSAID, facts.voice
    own = (_worse(_basis(facts, choices), _tier(facts, voice, choices)), _interest(voice, choices))
    fallen = _reason("status", "most works behind it have fallen", int(facts.most_fallen))
    basis, interest, status = map(_worse, *_with_retold(facts, choices, (*own, _worse(_status(facts, voice), fallen))))
    yield _reason("directness", close, CLOSENESS[close])
    yield basis
    yield interest
    yield _reason("reading", facts.consulted, READING.get(facts.consulted, 0))
    yield _reason("tracing", "not traced to a first-hand work", int(not facts.is_traced))
    yield status


def _worse(one: Reason, other: Reason) -> Reason:
    """The reason that costs more: both discount the same thing."""
    return one if one.steps >= other.steps else other


def _with_retold(facts: Facts, choices: Choices, own: Sequence[Reason]) -> tuple[Sequence[Reason], Sequence[Reason]]:
    """The `own` reasons, and those of the best work that an item retells: a report is no better than what it reports.

    The best is the one that takes least from the item beside its own reasons; of equals the first.
    """
    if not facts.retold:
        return own, own
    taken_anyway = [one.steps for one in own]

    def taken(found: Sequence[Reason]) -> tuple[int, int]:
        theirs = [one.steps for one in found]
        return sum(map(max, taken_anyway, theirs)), sum(theirs)

    each = ((_tier(facts, voice, choices), _interest(voice, choices), _status(facts, voice)) for voice in facts.retold)
    return own, [_reason(one.family, RETELLS.format(one.why), one.steps) for one in min(each, key=taken)]


RETELLS = "retells: {}"
"""Before the reason for which what an item retells is no better."""


def _basis(facts: Facts, choices: Choices) -> Reason:
    basis = facts.basis or UNSAID
    if basis == "statement" and _proves(facts):
        return _reason("basis", "proof of who said or did it", 0)
    chosen = {
        "reporting": choices.reporting,
        "calculation": 0 if facts.type == "predictive" else choices.calculation,
        "statement": 1 if facts.type == "historical" else BASIS["statement"],
    }
    return _reason("basis", basis, chosen[basis] if basis in chosen else BASIS[basis])


def _proves(facts: Facts) -> bool:
    """Whether a source is proof of who said or did what a historical claim is about."""
    voice = facts.voice
    return voice.is_own_words or (facts.type == "historical" and voice.tier == "primary-document")


def _tier(facts: Facts, voice: Voice, choices: Choices) -> Reason:
    if voice.is_own_words:
        return _reason("basis", voice.tier, 0)
    chosen = {
        "reporting": choices.reporting,
        "commentary": 1 if facts.basis in MEASURED else 2,
        "social": 2,
        "preprint": choices.preprint,
    }
    return _reason("basis", voice.tier, chosen.get(voice.tier, 0))


def _interest(voice: Voice, choices: Choices) -> Reason:
    if voice.is_own_words:
        return _reason("voice", "own words", 0)
    if voice.tier == "official-statement":
        return _reason("voice", "official statement", 1)
    return _reason("voice", "own interest", choices.interests if voice.has_interest else 0)


def _status(facts: Facts, voice: Voice) -> Reason:
    if voice.status == "concern":
        return _reason("status", "expression of concern", 1)
    return _reason("status", "corrected", int(voice.status == "corrected" and facts.correction != "unaffected"))


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
    facts = case.facts
    return facts.voice.tier == "synthesis" or facts.basis == "theoretical" or _proves(facts)


def case_of(  # noqa: PLR0913, PLR0917 - all that makes a case
    view: View, claim: Claim, id_: str, side: Side, item: Evidence, backing: Backing, quote: str
) -> Case:
    """An item with what its source and its authors' records say. KeyError if the source does not stand."""
    source = view.present(item.source)
    cited = _source(view, source)
    ends = () if backing.is_own else backing.standing
    retold = [(end, _source(view, id_)) for end, ids in ends for id_ in ids]
    voices = tuple((end, _voice_of(view, claim, of)) for end, of in sorted(retold, key=lambda one: one[1].title))
    facts = _facts(
        claim.type,
        item.directness,
        item.basis,
        item.consulted,
        item.correction,
        _voice_of(view, claim, cited),
        tuple(voice for _, voice in voices),
        backing.is_traced,
        2 * len(backing.standing) < backing.ends,
    )
    return Case(id_, side, item, source, cited, backing, quote, voices, facts)


def _source(view: View, id_: str) -> Source:
    source = view.source(id_)
    if source is None:
        raise KeyError(id_)
    return source


def _voice_of(view: View, claim: Claim, source: Source) -> Voice:
    authors = [view.present(author.proponent) for author in source.named_authors if author.proponent]
    own = claim.type == "historical" and not {view.present(one) for one in claim.about}.isdisjoint(authors)
    interest = bool(source.interests) or any(who.interests for one in authors if (who := view.proponent(one)))
    return _voice(source.tier, source.status, own, interest)


# Every reason there is, found by trying every item, so that the page of the method can't drift


TYPES: tuple[ClaimType, ...] = ("empirical", "predictive", "historical")
"""The types of claims between which the steps differ."""
BEST = Facts(
    type="empirical",
    directness="direct",
    basis="empirical",
    consulted="full-text",
    correction=None,
    voice=Voice("peer-reviewed", "current", is_own_words=False, has_interest=False),
    retold=(),
    is_traced=True,
    most_fallen=False,
)
"""The best item there can be."""


@cache
def every_reason(choices: Choices) -> Mapping[tuple[Family, str], Mapping[ClaimType, frozenset[int]]]:
    """Family and reason → type of claim → the steps that it can cause there; no record is read, so it is found once."""
    found: defaultdict[tuple[Family, str], defaultdict[ClaimType, set[int]]]
    found = defaultdict(lambda: defaultdict(set))
    for type_ in TYPES:
        for facts in _each_worse(BEST._replace(type=type_)):
            for reason in judged(facts, choices)[0]:
                found[reason.family, reason.why][type_].add(reason.steps)
    return {key: {type_: frozenset(of[type_]) for type_ in TYPES} for key, of in found.items()}


def _each_worse(best: Facts) -> Iterator[Facts]:
    """The best item with one thing after the other worse; basis and type of source together."""
    voice = best.voice
    for basis, tier in product((None, *get_args(Basis)), get_args(Tier)):
        yield best._replace(basis=basis, voice=voice._replace(tier=tier))
    yield from (best._replace(directness=directness) for directness in (None, "indirect", "analogy"))
    yield from (best._replace(consulted=consulted) for consulted in get_args(Consulted))
    yield from (best._replace(voice=voice._replace(status=status)) for status in get_args(SourceStatus))
    yield best._replace(voice=voice._replace(has_interest=True))
    yield best._replace(is_traced=False)
    yield best._replace(most_fallen=True)
