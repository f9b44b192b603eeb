"""Every reason for which an item steps down, found by trying every case, so that the page of the method can't drift.

In: the choices made. Out: for each reason, by type of claim, the steps that it can cause.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any, get_args

from ledger.analysis.grades import Case, Choices, Family, Voice, reasons_of
from ledger.analysis.works import Backing
from ledger.records import Claim, Evidence, Source
from ledger.vocabulary import Basis, ClaimType, Consulted, SourceStatus, Tier

TYPES: tuple[ClaimType, ...] = ("empirical", "predictive", "historical")
"""The types of claims between which the steps differ."""
BEST: Mapping[str, Any] = {"directness": "direct", "basis": "empirical", "consulted": "full-text", "correction": None}
NONE = frozenset[str]()
ENDS = {id_: (id_,) for id_ in "abc"}
SOUND = Backing(NONE, NONE, is_own=True, is_traced=True, ends=len(ENDS), standing=ENDS, marks=NONE, through=())
STANDS: tuple[tuple[Basis | None, Tier], ...] = tuple(product((None, *get_args(Basis)), get_args(Tier)))


@cache
def every_reason(choices: Choices) -> Mapping[tuple[Family, str], Mapping[ClaimType, frozenset[int]]]:
    """Family and reason → type of claim → the steps that it can cause there; no record is read, so it is found once."""
    found: defaultdict[tuple[Family, str], defaultdict[ClaimType, set[int]]]
    found = defaultdict(lambda: defaultdict(set))
    for type_ in TYPES:
        for case in _cases(type_):
            for reason in reasons_of(case, choices):
                found[reason.family, reason.why][type_].add(reason.steps)
    return {key: {type_: frozenset(of[type_]) for type_ in TYPES} for key, of in found.items()}


def _cases(type_: ClaimType) -> Iterator[Case]:
    """The best item there can be, with one thing after the other worse; basis and type of source together."""
    for basis, tier in STANDS:
        yield _case(type_, {"basis": basis}, tier)
    for directness in (None, "indirect", "analogy"):
        yield _case(type_, {"directness": directness})
    for consulted in get_args(Consulted):
        yield _case(type_, {"consulted": consulted})
    for status in get_args(SourceStatus):
        yield _case(type_, status=status)
    sound = _case(type_)
    yield sound._replace(voice=sound.voice._replace(has_interest=True))
    yield sound._replace(backing=SOUND._replace(is_traced=False))
    yield sound._replace(backing=SOUND._replace(standing={"a": ("a",)}))


def _case(
    type_: ClaimType, worse: Mapping[str, Any] = {}, tier: Tier = "peer-reviewed", status: SourceStatus = "current"
) -> Case:
    claim = Claim.model_construct(type=type_)
    source = Source.model_construct(tier=tier, status=status)
    item = Evidence.model_construct(**{**BEST, **worse})
    return Case(claim, item, Voice(source, is_own_words=False, has_interest=False), (), SOUND, quote="")
