"""The case of a position: what it builds on most, and what is worst for it.

In: a position's fields, its ties to claims, their ratings, and the claims of its controversy in order of importance.
Out: claims in order, and problems, the worst first.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.analysis.ratings import ShortRating, ends_of
from ledger.analysis.verdicts import OPEN, WORDS

EVEN = 2 * OPEN
"""The points of a claim that is open."""
Ratings = Callable[[str], ShortRating]


class Problem(NamedTuple):
    """Something that counts against a position: an objection, or a claim that speaks for itself."""

    way: str
    """`objected_to_by`, `disputes`, `rejects`, or `rests_on` for a claim of its own that the evidence goes against."""
    text: str
    """The objection in the editors' words; empty where the claim says it."""
    claims: tuple[str, ...]
    """The worst first."""


def points(rating: ShortRating) -> int:
    """How likely a claim is right, from 0 to 8; 4 for an open one, one less where there is no verdict."""
    low, high = ends_of(rating)
    return WORDS.index(low) + WORDS.index(high) if low and high else EVEN - 1


def by_importance(claims: Iterable[str], order: Mapping[str, int]) -> tuple[str, ...]:
    """Claims in order of importance; those that have no place in it come last, by id."""
    return tuple(sorted(set(claims), key=lambda claim: (order.get(claim, len(order)), claim)))


def problems(
    objections: Iterable[tuple[str, tuple[str, ...]]],
    claims: Mapping[str, Iterable[str]],
    weak: Collection[str],
    rating: Ratings,
    order: Mapping[str, int],
) -> tuple[Problem, ...]:
    """What counts against a position, the worst first: the likelier it is right, and twice as much by a strong tie.

    `objections` are texts with the claims behind them; `claims` says which claims the position `rests_on` and
    `rejects`, and which ones are against it (`disputes`), some of them by a `weak` tie. A claim that it builds on is a
    problem where the evidence goes against it, one that it denies where the evidence goes for it. What an objection
    names already is left out.
    """
    worst = [(text, sorted(found, key=lambda one: (-points(rating(one)), one))) for text, found in objections]
    told = [Problem("objected_to_by", text, tuple(found)) for text, found in worst]
    named = {claim for problem in told for claim in problem.claims}
    told += _of_claims({way: [one for one in found if one not in named] for way, found in claims.items()}, rating)
    places = {problem: at for at, problem in enumerate(told)}
    last = len(order)

    def rank(problem: Problem) -> tuple[int, int, int]:
        importance = min((order.get(claim, last) for claim in problem.claims), default=last)
        ties = 1 if problem.way == "disputes" and problem.claims[0] in weak else 2
        return -ties * _likelihood(problem, rating), importance, places[problem]

    return tuple(sorted(told, key=rank))


def _of_claims(claims: Mapping[str, Iterable[str]], rating: Ratings) -> Iterator[Problem]:
    for way, found in claims.items():
        for claim in found:
            bad = EVEN - points(rating(claim)) if way == "rests_on" else points(rating(claim)) - EVEN
            if bad > 0:
                yield Problem(way, "", (claim,))


def _likelihood(problem: Problem, rating: Ratings) -> int:
    """How likely the worst claim is right; of a claim that the position builds on, how likely it is wrong."""
    found = [points(rating(claim)) for claim in problem.claims]
    return 2 * EVEN - found[0] if problem.way == "rests_on" else max(found, default=EVEN - 1)
