"""Every reason for which an item steps down, found by trying every case, so that the page of the method can't drift.

In: the choices made. Out: for each reason, by type of claim, the steps that it can cause.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import get_args

from ledger.analysis.grades import Choices, Facts, Family, Voice, judged
from ledger.vocabulary import Basis, ClaimType, Consulted, SourceStatus, Tier

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
        for facts in _worse(BEST._replace(type=type_)):
            for reason in judged(facts, choices)[0]:
                found[reason.family, reason.why][type_].add(reason.steps)
    return {key: {type_: frozenset(of[type_]) for type_ in TYPES} for key, of in found.items()}


def _worse(best: Facts) -> Iterator[Facts]:
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
