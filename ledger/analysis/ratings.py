"""The computed rating of a claim: its items, what counts once, how good each is, and what follows.

In: a Ledger, the verdicts on quotes, the choices made. Out: a Rating, with every step that leads to it. How much it
depends on the choices is `strip.py`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, NamedTuple

from ledger.analysis import grades, verdicts
from ledger.analysis.bearing import NOT_EVIDENTIAL
from ledger.analysis.grades import GRADES, STRONG, Case, Choices, Reason, Side
from ledger.analysis.lineages import Chains, View, backing_of, chains_behind, speaks_for_itself, works_met
from ledger.analysis.verdicts import LEVELS, WORDS, Level, Looked, Sides, Word
from ledger.analysis.works import Work, largest_choice, teams_of
from ledger.describing import RecordId, described, internal, one_of
from ledger.graph import Ledger
from ledger.modelling import Assessment, Search
from ledger.records import Claim, Evidence

SIDES: Mapping[str, Side] = {"supports": "for", "disputes": "against", "qualifies": "qualifies"}
SIGNS = {"for": 1, "against": -1, "qualifies": 0}
"""What an item does to its claim."""
CHOICES = Choices()
"""The method's own."""
Direction = Literal["for", "against", "contested", "open"]
Solidity = Literal["little", "some", "strong"]
SOLIDITY: tuple[Solidity | None, ...] = (None, "little", "little", "some", "strong")
NotRated = Literal["no evidence", "no question of evidence"]
EDITORS: Mapping[str, Word] = dict(zip(("very-low", "low", "medium", "high", "very-high"), WORDS, strict=True))
"""How sure an editor is that a sentence is right as it stands, in the words of the computed rating."""
STEPS_APART = 2
"""From how many verdicts on editor and computation part."""
Counts = Annotated[str, one_of("counts", "no side", "about a rival", "left out", "fallen", "quote not found")]


@dataclass(frozen=True, slots=True)
class Item:
    """One evidence item: its side, its grade with the reasons, and the work and team that it counts for."""

    id: str = described("the evidence item, as `e1`; of a rival claim as `claim/e1`")
    source: RecordId = described("its source")
    side: Side | None = described("which side it is on; missing if it only mentions the claim")
    counts: Counts = described(
        "`counts`, or why not: `no side`, `about a rival`, `left out`, `fallen`, `quote not found`"
    )
    grade: Annotated[str, one_of(*GRADES)] | None = described("how good it is; missing if it does not count")
    reasons: tuple[Reason, ...] = described("why it is no better, the largest reason of each family")
    seen: bool = described("whether an editor saw the work itself")
    work: RecordId | None = described("the work that it counts for; missing if it does not count")
    team: RecordId | None = described("the first of all works tied to that one, directly or through others")


@dataclass(frozen=True, slots=True)
class Counted:
    """What the items come to when repeats and ties count once."""

    sources: int = described("how many sources the items that count cite")
    works: int = described("how many separate works these go back to")
    teams: int = described("the largest number of works that share no author, no organisation as author and no data")
    sides: Mapping[Side, int] = described("how many separate works are for the claim, against it, or qualify it")
    datasets: int = described("how many data sets the works name")


@dataclass(frozen=True, slots=True)
class Tie:
    """Works that are no independent witnesses."""

    shared: Annotated[str, one_of("author", "data", "work")] = described("what they share")
    by: str = described("the author's name or record, or the id of the data or the work")
    works: tuple[RecordId, ...] = described("the works, by id")


@dataclass(frozen=True, slots=True)
class EditorsRating:
    """The newest rating by an editor."""

    verdict: Word = described("the same in the words of verdicts")
    rating: str = described("the word in the record")
    by: str = described("the editor who rated")
    date: str = described("when")
    why: str = described("the reason")
    because: str | None = internal()


@dataclass(frozen=True, slots=True)
class Divergence:
    """Where editor and computation part."""

    steps: int = described("how many verdicts apart they are, by the nearer end of a range")
    because: str | None = described("the editor's reason")


@dataclass(frozen=True, slots=True)
class ShortRating:
    """A computed rating in a word or a range, and a direction."""

    verdict: Word | None = described("the verdict; missing for a range, or without a rating")
    range: tuple[Word, Word] | None = described(
        "if nobody looked for the other side: the lowest and the highest verdict, one as if a strong work were there"
    )
    direction: Direction | None = described("which way the evidence points; missing without a rating")
    not_rated: NotRated | None = described("why there is no rating")


@dataclass(frozen=True, slots=True)
class Rating(ShortRating):
    """The rating of a claim, by the editor and computed."""

    editor: EditorsRating | None = described("the newest rating by an editor; missing without one")
    evidence: Mapping[Literal["for", "against"], Level] = described("how much evidence there is on each side")
    solidity: Solidity | None = described("how much there is to weigh, on the stronger side")
    looked_for: bool = described("whether the weaker side was searched for, or has evidence that is at least moderate")
    holds_in_part: bool = described("whether works that qualify the claim lower its verdict by a step")
    decided: bool = described("whether the outcome of a prediction decides it")
    counts: Counted = described("how many sources, works, teams and data sets there are")
    items: tuple[Item, ...] = described("every item, by id")
    ties: tuple[Tie, ...] = described("which works are not independent, and why")
    divergence: Divergence | None = described("if the editors' rating and the verdict differ: how far, and why")

    @property
    def short(self) -> ShortRating:
        """The rating in a word or a range, and a direction."""
        return ShortRating(self.verdict, self.range, self.direction, self.not_rated)


class Input(NamedTuple):
    """All that rates a claim: the same under every choice."""

    claim: Claim
    items: tuple[Case, ...]
    others: tuple[Item, ...]
    """Items that can't count, whatever is chosen."""
    chains: Chains
    looked: Looked


# What rates a claim


def input_of(
    view: View, claim: Claim, hurting: Iterable[tuple[str, Evidence]], quotes: Mapping[str, str], looked: Looked
) -> Input:
    """Collect it. `hurting`: items of other claims against this one, by node; `quotes`: item or node → verdict."""
    own = [(item.id, SIDES.get(item.relation), item) for item in claim.evidence]
    rivals: list[tuple[str, Side | None, Evidence]] = [(node, "against", item) for node, item in hurting]
    listed = [*own, *rivals]
    cited = {view.present(item.source) for _, _, item in listed}
    via = {view.present(item.via) for _, _, item in listed if item.via and item.via != "own"}
    chains = chains_behind(view, cited | via)
    speaking = list(_speaking(view, chains, (item for *_, item in listed)))
    met = works_met(view, chains, speaking) if len(speaking) < len(listed) else {}
    found: list[Case] = []
    others: list[Item] = []
    for id_, side, item in listed:
        backing = backing_of(view, chains, met, item) if side else None
        if not side or not backing or (item.about_rival and "/" not in id_):
            others.append(_aside(view, id_, side, item))
        else:
            found.append(grades.case_of(view, claim, id_, side, item, backing, quotes.get(id_, "")))
    return Input(claim, tuple(found), tuple(others), chains, looked)


def _speaking(view: View, chains: Chains, items: Iterable[Evidence]) -> Iterator[str]:
    """The sources for which an item speaks itself."""
    for item in items:
        source = chains.lineages.get(of := view.present(item.source))
        if source and speaks_for_itself(source, item):
            yield of


def _aside(view: View, id_: str, side: Side | None, item: Evidence) -> Item:
    why = "no side" if not side else "about a rival" if item.about_rival and "/" not in id_ else "fallen"
    return Item(id_, view.present(item.source), side, why, None, (), seen=False, work=None, team=None)


def looked_of(ledger: Ledger, searches: Sequence[Search]) -> Looked:
    """Which sides a current search covers."""
    return looked_in([one for one in searches if is_current(ledger, one)])


def looked_in(searches: Iterable[Search]) -> Looked:
    """The sides that some searches cover. One that found more than it accounts for covers none."""
    sides = {one.side for one in searches if one.found <= len(one.hits)}
    return Looked("for" in sides, "against" in sides)


def is_current(ledger: Ledger, search: Search, day: date | None = None) -> bool:
    """Whether a search has not lapsed, on the ledger's own day or on another."""
    end = lapse_of(ledger, search)
    if end is None or end > date.max.toordinal():
        return True
    if day is None and ledger.cut:
        day = ledger.cut.day
    return day.toordinal() < end if day else not ledger.has_reached(date.fromordinal(end))


def lapse_of(ledger: Ledger, search: Search) -> int | None:
    """The ordinal of the first day on which a search no longer counts; without a review period there is none."""
    every = ledger.settings.review_every_days
    if every is None or not ledger.is_dated:
        return None
    return search.date.latest.toordinal() + int(every * ledger.settings.search_periods) + 1


# The works of each side


class Graded(NamedTuple):
    """An item with its grade."""

    case: Case
    reasons: tuple[Reason, ...]
    grade: int
    seen: bool


def graded(given: Input, choices: Choices = CHOICES) -> list[Graded]:
    """The items that count, with their grades."""
    return [
        Graded(one, *grades.judged(one.facts, choices), grades.is_seen(one, choices))
        for one in given.items
        if grades.counts(one, choices)
    ]


def works_of(items: Iterable[Graded], chains: Chains, own: frozenset[str]) -> list[Work]:
    """The works behind some items of one side: own findings by work, what is retold by what it goes back to.

    What has other ties than the rest is kept apart: one item more must tie no other to anything. `own`: the works that
    an item of the claim speaks for itself.
    """
    grouped: dict[tuple[frozenset[str], bool, frozenset[str], frozenset[str]], list[Graded]] = {}
    for one in items:
        behind = one.case.backing
        grouped.setdefault((behind.works, behind.is_own, behind.met, behind.marks), []).append(one)
    named = [work_of(found, min(works & own or works)) for (works, *_), found in grouped.items()]
    made = sorted(named, key=lambda one: (sorted(one.works), one.items))
    return [_replicated(one, made, chains) for one in made] if chains.repeats else made


def work_of(items: Sequence[Graded], name: str) -> Work:
    """The work behind some items, which have the same behind them."""
    behind, grade, seen = items[0].case.backing, max([one.grade for one in items]), any(one.seen for one in items)
    decides = any(one.grade == STRONG and one.seen and grades.decides(one.case) for one in items)
    ids = tuple([one.case.id for one in items])
    return Work(name, behind.works, behind.met, behind.marks, grade, seen, decides, ids)


def _replicated(work: Work, others: Sequence[Work], chains: Chains) -> Work:
    """A strong and seen work decides too if a work of another team repeats it."""
    if work.decides or not (work.seen and work.grade == STRONG):
        return work
    again = {other for id_ in work.works for other in chains.repeats.get(id_, ())}
    repeating = (one for one in others if not again.isdisjoint(one.works)) if again else ()
    return work._replace(decides=any(not one.is_tied(work) for one in repeating))


def sides_of(items: Sequence[Graded], chains: Chains) -> Sides:
    """The works of each side."""
    own = frozenset[str]().union(*[one.case.backing.works for one in items if one.case.backing.is_own])
    by_side: dict[Side, list[Graded]] = {"for": [], "against": [], "qualifies": []}
    for one in items:
        by_side[one.case.side].append(one)
    return Sides(*[works_of(of, chains, own) for of in by_side.values()])


# The rating


Rated = tuple[list[Graded], Sides, verdicts.Conclusion | None]


def rate(given: Input, choices: Choices = CHOICES) -> Rated:
    """The items that count, the works of each side, and what follows from them."""
    items = graded(given, choices)
    sides = sides_of(items, given.chains)
    return items, sides, conclude(given, sides, choices)


def conclude(
    given: Input, sides: Sides, choices: Choices = CHOICES, known: Mapping[str, verdicts.Strength] | None = None
) -> verdicts.Conclusion | None:
    """What follows from the works of each side; None for a claim that is no question of evidence.

    `known`: the strengths of sides with more works than these.
    """
    if given.claim.type in NOT_EVIDENTIAL:
        return None
    looked = given.looked if choices.searches else Looked(support=False, dispute=False)
    found = verdicts.weigh(sides, looked, choices, known or {})
    if given.claim.type != "predictive":
        return found
    if (held := _held(given.claim)) is not None:
        end = verdicts.PROBABLY_TRUE if held else verdicts.PROBABLY_FALSE
        return found._replace(range=(end, end), looked=True, in_part=False)
    return found._replace(range=found.range and verdicts.limited_to(found.range))


def _held(claim: Claim) -> bool | None:
    """Whether a prediction came true; None for other claims, and while nobody knows."""
    return claim.resolution.held if claim.type == "predictive" and claim.resolution else None


def short_of(found: verdicts.Conclusion | None) -> ShortRating:
    """What follows, in words."""
    if not found or not found.range:
        return ShortRating(None, None, None, "no evidence" if found else "no question of evidence")
    return ShortRating(*words_of(found.range), _direction(found), None)


def words_of(span: verdicts.Range | None) -> tuple[Word | None, tuple[Word, Word] | None]:
    """A single verdict, or a range of them; the other of the two is None."""
    if not span:
        return None, None
    low, high = WORDS[span[0]], WORDS[span[1]]
    return (low, None) if low == high else (None, (low, high))


def editors_rating(made: Assessment, names: Mapping[str, str]) -> EditorsRating:
    """An editor's rating in the words of the computed one, with the editor's name."""
    verdict, by = EDITORS[made.rating], names.get(made.by, made.by)
    return EditorsRating(verdict, made.rating, by, str(made.date), made.why, made.diverges_because)


def ends_of(rating: ShortRating) -> tuple[Word, Word] | tuple[None, None]:
    """The lowest and the highest verdict; the same twice where there is one."""
    return rating.range or ((rating.verdict, rating.verdict) if rating.verdict else (None, None))


def rating_of(given: Input, rated: Rated, editor: EditorsRating | None) -> Rating:
    """The rating of a claim as it is published."""
    items, sides, found = rated
    short, works = short_of(found), [one for side in sides for one in side]
    places = _places(works)
    listed = [*given.others, *_left_out(given, items), *(_item(one, places) for one in items)]
    return Rating(
        verdict=short.verdict,
        range=short.range,
        direction=short.direction,
        not_rated=short.not_rated,
        editor=editor,
        evidence={"for": LEVELS[found.support if found else 0], "against": LEVELS[found.dispute if found else 0]},
        solidity=SOLIDITY[max(found.support, found.dispute)] if found else None,
        looked_for=bool(found and found.looked),
        holds_in_part=bool(found and found.in_part),
        decided=_held(given.claim) is not None,
        counts=_counted(items, sides, given.chains),
        items=tuple(sorted(listed, key=lambda item: item.id)),
        ties=tuple(_ties(works)),
        divergence=_divergence(found.range, editor) if found and found.range and editor else None,
    )


def _divergence(span: verdicts.Range, editor: EditorsRating) -> Divergence | None:
    at = WORDS.index(editor.verdict)
    apart = max(span[0] - at, at - span[1], 0)
    return Divergence(apart, editor.because) if apart >= STEPS_APART else None


def _direction(found: verdicts.Conclusion) -> Direction:
    side = verdicts.side_of(found.range)
    if side:
        return "for" if side > 0 else "against"
    return "contested" if min(found.support, found.dispute) >= verdicts.MEDIUM else "open"


def _counted(items: Sequence[Graded], sides: Sides, chains: Chains) -> Counted:
    found = [one for side in sides for one in side]
    marks = {mark for one in found for mark in one.marks}
    used = {chains.lineages[id_].work for one in chains.lineages.values() for id_ in one.data}
    sets = {one.case.source for one in items if one.case.cited.tier == "dataset"}
    return Counted(
        sources=len({one.case.source for one in items}),
        works=largest_choice(found, by_team=False),
        teams=largest_choice(found),
        sides=dict(zip(SIDES.values(), (largest_choice(of, by_team=False) for of in sides), strict=True)),
        datasets=len({id_ for id_ in used if f"data:{id_}" in marks} | {chains.lineages[id_].work for id_ in sets}),
    )


def _places(found: Sequence[Work]) -> dict[str, tuple[str, str]]:
    """Item → its work, and the first of all works that are tied to that one, directly or through others."""
    teams = ((team, min(work.name for work in team)) for team in teams_of(found))
    return {item: (one.name, first) for team, first in teams for one in team for item in one.items}


def _ties(found: Iterable[Work]) -> Iterator[Tie]:
    """What two works or more share, each thing once."""
    holders: dict[str, set[str]] = {}
    for one in found:
        for key in one.keys:
            holders.setdefault(key, set()).add(one.name)
    named = ((key if ":" in key else f"work:{key}", works) for key, works in holders.items() if len(works) > 1)
    shared = {key.partition(":")[::2]: works for key, works in named}
    yield from (Tie(*key, tuple(sorted(works))) for key, works in sorted(shared.items()))


def _item(one: Graded, places: Mapping[str, tuple[str, str]]) -> Item:
    id_, case = one.case.id, one.case
    return Item(id_, case.source, case.side, "counts", GRADES[one.grade], one.reasons, one.seen, *places[id_])


def _left_out(given: Input, items: Sequence[Graded]) -> Iterator[Item]:
    kept = {one.case.id for one in items}
    for one in given.items:
        if one.id not in kept:
            why = "quote not found" if one.quote == "not-found" else "left out"
            why = why if one.backing.standing else "fallen"
            yield Item(one.id, one.source, one.side, why, None, (), seen=False, work=None, team=None)
