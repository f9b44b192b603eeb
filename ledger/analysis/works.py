"""What counts once: evidence items → works → teams.

In: a Ledger and a claim. Out: for each item that takes a side, the works that its content comes from, and what these
share with others. That repeats of one work are one voice is the point of Greenberg, How citation distortions create
unfounded authority (BMJ 339, 2009); that works of one team or of one data set are no independent witnesses, of Bovens
and Hartmann, Bayesian Epistemology (2003), chapter 4.

What falls with a retraction is told apart from what ties works together: a retraction never makes two works independent
that were not.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import NamedTuple, TypeVar

from ledger.analysis.origins import End, Paths, Trace, alive, marks_reached, paths_of, trace
from ledger.graph import Ledger, result
from ledger.modelling import Common
from ledger.records import Author, Evidence, Proponent, Source, kind_of

Fields = TypeVar("Fields", bound=Common)

RETELLING = frozenset(("reports", "summarises", "copies", "syndicates"))
"""Ways of deriving in which a work says what another said: followed whatever `first_hand` says."""
OWN_FINDING = {"replicates": ("empirical",), "replies": ("empirical", "theoretical")}
"""Ways of deriving in which a work has a finding of its own, and on what its item must stand for that."""
FALLEN = frozenset(("retracted", "withdrawn"))
EXACT_TO = 30
"""Up to so many works the largest set of independent ones is found exactly; beyond, one after the other is taken."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """What one source says of where its content comes from, and of who made it."""

    earlier: tuple[str, ...]
    """What it takes from, one step on, as far as chains go through it."""
    behind: tuple[str, ...]
    """All that it takes from, unless it is the first to say what it says: what it retells, and what else it used."""
    end: End | None
    retells: bool
    """Whether it says what others said, whatever else it is."""
    first_hand: bool
    ways: frozenset[str]
    replicates: tuple[str, ...]
    """The works that it repeats."""
    data: tuple[str, ...]
    """The data that it uses."""
    work: str
    """Its work, under the id of the version that has none itself."""
    marks: frozenset[str]
    """What ties works: `author:…`, and `data:…` for the data that it uses or is, whatever the version."""
    is_fallen: bool
    later: tuple[str, ...]
    """The versions that came after it."""


class Backing(NamedTuple):
    """The works behind one item."""

    works: frozenset[str]
    """Those that it goes back to, fallen ones too."""
    met: frozenset[str]
    """These, and those by way of which it comes, as far as that can tie it to another item."""
    is_own: bool
    """Whether the source speaks for itself."""
    is_traced: bool
    """Whether it leads to a first-hand work."""
    ends: int
    """How many ends its chains have."""
    standing: Mapping[str, tuple[str, ...]]
    """Those of them that still stand, each with its sources: one, or a circle of them."""
    marks: frozenset[str]
    through: tuple[str, ...]
    """The sources where its chains begin."""


# What is read


@dataclass(frozen=True, slots=True)
class View:
    """The sources and people that a rating reads: those of a ledger, or as they were on an earlier day."""

    present: Callable[[str], str]
    """The id that a record has now."""
    source: Callable[[str], Source | None]
    """A source by its present id; None if there is none, or it was withdrawn from the ledger."""
    proponent: Callable[[str], Proponent | None]
    lineage: Callable[[str], "Lineage"]


def view_of(ledger: Ledger) -> View:
    """The view of a ledger as it is."""
    return View(
        ledger.present_id,
        partial(_standing, ledger, Source),
        partial(_standing, ledger, Proponent),
        partial(lineage, ledger),
    )


def with_all(view: View) -> View:
    """A view in which nothing was retracted or withdrawn."""

    def source(id_: str) -> Source | None:
        found = view.source(id_)
        return found.model_copy(update={"status": None}) if found and found.status in FALLEN else found

    whole = View(view.present, source, view.proponent, lambda id_: lineage_in(whole, id_))
    return whole


def _standing(ledger: Ledger, model: type[Fields], id_: str) -> Fields | None:
    card = ledger.card(id_)
    return ledger.core(model, id_).fields if card and card.kind == kind_of(model) and not card.withdrawn else None


# One source


@result
def lineage(ledger: Ledger, id_: str) -> Lineage:
    """The lineage of one source of a ledger."""
    return lineage_in(view_of(ledger), id_)


def lineage_in(view: View, id_: str) -> Lineage:
    """The lineage of one source. KeyError if it does not stand."""
    source = view.source(id_)
    if source is None:
        raise KeyError(id_)
    listed = () if source.derived_from == "unknown" else source.derived_from
    found = [(one.how, view.present(one.source)) for one in listed]
    found = [(how, earlier) for how, earlier in found if earlier != id_ and view.source(earlier)]
    retold = [earlier for how, earlier in found if how in RETELLING]
    data = sorted({earlier for how, earlier in found if how == "uses-data"})
    ways = frozenset(how for how, _ in found)
    earlier = retold or ([] if source.first_hand else [earlier for _, earlier in found])
    later = later_versions(view, id_)
    speaks = bool(source.first_hand) or not ways.isdisjoint(OWN_FINDING)
    return Lineage(
        earlier=tuple(sorted(set(earlier))),
        behind=tuple(sorted({earlier for _, earlier in found} if retold or not source.first_hand else ())),
        end=_end(source, speaks=speaks and not retold, takes=bool(earlier)),
        retells=bool(retold),
        first_hand=bool(source.first_hand),
        ways=ways,
        replicates=tuple(sorted({work_of(view, earlier) for how, earlier in found if how == "replicates"})),
        data=tuple(data),
        work=work_of(view, id_),
        marks=frozenset((*_authors(view, source), *(f"data:{work_of(view, one)}" for one in (id_, *data)))),
        is_fallen=source.status in FALLEN or _is_retracted(view, later),
        later=later,
    )


def _end(source: Source, *, speaks: bool, takes: bool) -> End | None:
    """How a chain ends at a source; None where it goes on."""
    if speaks:
        return "first-hand"
    return None if takes else "untraced" if source.derived_from else "dead-end"


def later_versions(view: View, id_: str) -> tuple[str, ...]:
    """The versions that came after a source, in order; in a circle of versions, all others."""
    found = [id_]
    while (source := view.source(found[-1])) and source.version_of:
        later = view.present(source.version_of)
        if later in found or view.source(later) is None:
            break
        found.append(later)
    return tuple(found[1:])


def work_of(view: View, id_: str) -> str:
    """The version of a source that is no version of another; of a circle of versions, the first by id."""
    line = (id_, *later_versions(view, id_))
    last = view.source(line[-1])
    onward = view.present(last.version_of) if last and last.version_of else ""
    return min(line[line.index(onward) :]) if onward in line else line[-1]


def _is_retracted(view: View, later: Iterable[str]) -> bool:
    """Whether a version that came after a source was retracted: so was what it says."""
    return any(found.status == "retracted" for id_ in later if (found := view.source(id_)))


def _authors(view: View, source: Source) -> Iterator[str]:
    for author in () if source.authors == "unknown" else source.authors:
        yield f"author:{author_name(view, author)}"


def author_name(view: View, author: Author) -> str:
    """An author's record, or the name as printed."""
    if author.proponent:
        return view.present(author.proponent)
    return (author.literal or f"{author.given or ''} {author.family or ''}").strip()


# The chains behind a claim


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains behind some sources, as they are and with what has fallen left out."""

    lineages: dict[str, Lineage]
    whole: Trace
    live: Trace
    repeats: Mapping[str, frozenset[str]]
    """Work → the works that repeat it."""

    def at(self, end: str) -> tuple[str, ...]:
        """The sources at an end: one, or all that are in a circle without a way out."""
        return self.whole.loops[end] if self.whole.ends[end] == "circular" else (end,)


def chains_behind(view: View, cited: Iterable[str]) -> Chains:
    """Follow what is cited to its ends; nothing else is read."""
    lineages = _lineages(view, cited, lambda one: one.earlier + one.data)
    whole = trace(paths_behind(lineages))
    fallen = {id_ for id_, one in lineages.items() if one.is_fallen}
    live = trace(whole, dropped_with(whole, lineages, fallen)) if fallen else whole
    return Chains(lineages, whole, live, _repeats(lineages.values()))


def paths_behind(lineages: Mapping[str, Lineage]) -> Paths:
    """The chains of some sources."""
    return paths_of(
        {id_: one.earlier for id_, one in lineages.items()}, {id_: one.end for id_, one in lineages.items()}
    )


def _lineages(view: View, starts: Iterable[str], onward: Callable[[Lineage], Iterable[str]]) -> dict[str, Lineage]:
    """The lineages of some sources, and of all that leads on from them, by id."""
    found: dict[str, Lineage] = {}
    waiting = [id_ for id_ in starts if view.source(id_)]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found[id_] = view.lineage(id_)
            waiting += onward(found[id_])
    return dict(sorted(found.items()))


def works_met(view: View, chains: Chains, speaking: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Source → the works that it comes by, its own and the ends included, without those that tie nothing to it.

    Sources that come by one source also share what is behind that. So of the works on the way only those are needed
    that an item speaks for itself (`speaking`), and those of which there are several versions.
    """
    every = _lineages(view, chains.lineages, lambda one: one.behind)
    traced = chains.whole if len(every) == len(chains.lineages) else paths_behind(every)
    versions = Counter([one.work for one in every.values()])
    named = {*speaking, *traced.closed, *(id_ for id_, one in every.items() if one.end or versions[one.work] > 1)}
    steps = {id_: one.behind for id_, one in every.items()}
    order = traced.order if steps == traced.earlier else None
    return marks_reached(steps, {id_: every[id_].work for id_ in named}, order)


def _repeats(lineages: Iterable[Lineage]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one in lineages:
        for repeated in one.replicates:
            found.setdefault(repeated, set()).add(one.work)
    return {work: frozenset(others) for work, others in found.items()}


def dropped_with(paths: Paths, lineages: Mapping[str, Lineage], fallen: Iterable[str]) -> frozenset[str]:
    """Those that have fallen, and what stood on their data alone."""
    users, dead, lost = users_of_data(lineages), set(fallen), set[str]()
    while users:
        dead = fall_with(dead | lost, lineages, users) - lost
        more = users.keys() - dead - alive(paths, dead)
        if more == lost:
            break
        lost = more
    return frozenset(dead)


def users_of_data(lineages: Mapping[str, Lineage]) -> Mapping[str, Sequence[str]]:
    """Data → the works that use them."""
    found: dict[str, list[str]] = {}
    for id_, one in lineages.items():
        for data in one.data:
            found.setdefault(data, []).append(id_)
    return found


def fall_with(fallen: Iterable[str], lineages: Mapping[str, Lineage], users: Mapping[str, Sequence[str]]) -> set[str]:
    """Some sources, and whatever stands on their data alone, however far on."""
    found, waiting, left = set(fallen), list(fallen), dict[str, int]()
    while waiting:
        for user in users.get(waiting.pop(), ()):
            left[user] = left.get(user, len(lineages[user].data)) - 1
            if not left[user] and user not in found:
                found.add(user)
                waiting.append(user)
    return found


def backing_of(view: View, chains: Chains, met: Mapping[str, frozenset[str]], item: Evidence) -> Backing | None:
    """The works behind an item; None where its source does not stand. `met`: by which works each source comes."""
    source = view.present(item.source)
    if source not in chains.lineages:
        return None
    own, has_fallen = chains.lineages[source], source in chains.live.dropped
    if speaks_for_itself(own, item):
        return _backing(chains, [source], {source: (source,)}, [source] * (not has_fallen))
    via = view.present(item.via or "")
    start = via if via in chains.lineages else source
    through = [via] if via == start else own.earlier or [source]
    ends = {end: chains.at(end) for end in sorted({end for id_ in through for end in chains.whole.origins[id_]})}
    left = {end for id_ in through for end in chains.live.origins[id_]} if not has_fallen else ()
    return _backing(chains, through, ends, left, met[start])


def speaks_for_itself(source: Lineage, item: Evidence) -> bool:
    """Whether an item's content is its source's own."""
    if item.via:
        return item.via == "own"
    if source.retells:
        return False
    return source.first_hand or any(item.basis in OWN_FINDING.get(how, ()) for how in source.ways)


def _backing(
    chains: Chains,
    through: Sequence[str],
    ends: Mapping[str, tuple[str, ...]],
    left: Collection[str],
    met: frozenset[str] | None = None,
) -> Backing:
    """`met`: the works by which an item comes; None if its source speaks for itself."""
    behind = [chains.lineages[id_] for ids in ends.values() for id_ in ids]
    works = frozenset(one.work for one in behind)
    return Backing(
        works=works,
        met=works if met is None else met,
        is_own=met is None,
        is_traced=met is None or any(chains.whole.ends[end] == "first-hand" for end in ends),
        ends=len(ends),
        standing={end: ids for end, ids in ends.items() if end in left},
        marks=frozenset(mark for one in behind for mark in one.marks),
        through=tuple(through),
    )


# Works and teams


class Work(NamedTuple):
    """What stands behind one item or several, on one side of a claim."""

    name: str
    works: frozenset[str]
    """The works that are one here: one, or the ends of the chains of what retells them."""
    met: frozenset[str]
    """These, and those by way of which its items come."""
    marks: frozenset[str]
    grade: int
    """0 weak, 1 moderate, 2 strong: that of its best item."""
    seen: bool
    """Whether an editor saw the work itself."""
    decides: bool
    """Whether it can make medium evidence alone, if it is strong and seen."""
    items: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What ties it to others: two works that share one of these are no independent witnesses."""
        return (*(f"work:{id_}" for id_ in self.met), *self.marks)

    def is_tied(self, other: "Work") -> bool:
        """Whether the two are no independent witnesses."""
        return not self.met.isdisjoint(other.met) or not self.marks.isdisjoint(other.marks)


def largest_choice(works: Sequence[Work], *, by_team: bool = True) -> int:
    """How many of some works can be chosen so that no two are tied; or, not by team, so that none is in two of them.

    Exact up to `EXACT_TO` works that differ in what ties them; beyond, the best of those with the fewest ties are taken
    one after the other, which can be too few.
    """
    kinds = sorted({(tuple(sorted(one.met)), tuple(sorted(one.marks)) if by_team else ()) for one in works})
    near = _neighbours([(frozenset(one), frozenset(marks)) for one, marks in kinds])
    total = 0
    for component in _components(near):
        total += _independent(near, component) if component.bit_count() <= EXACT_TO else _greedy(near, component)
    return total


def _neighbours(kinds: Sequence[tuple[frozenset[str], frozenset[str]]]) -> list[int]:
    """For each, those that share something with it, as bits; found by what they hold, not pair by pair."""
    holders: dict[str, int] = {}
    for at, (works, marks) in enumerate(kinds):
        for key in (*(f"work:{one}" for one in works), *marks):
            holders[key] = holders.get(key, 0) | 1 << at
    near = []
    for at, (works, marks) in enumerate(kinds):
        touching = reduce(int.__or__, (holders[key] for key in (*(f"work:{one}" for one in works), *marks)), 0)
        near.append(touching & ~(1 << at))
    return near


def _components(near: Sequence[int]) -> Iterator[int]:
    left = (1 << len(near)) - 1
    while left:
        found, fresh = 0, left & -left
        while fresh:
            at = fresh.bit_length() - 1
            found |= 1 << at
            fresh = (fresh | near[at]) & ~found
        yield found
        left &= ~found


def _independent(near: Sequence[int], left: int) -> int:
    """The size of the largest independent set: the node with most ties is in it or not."""
    if not left:
        return 0
    bits = tuple(_places(left))
    most = max(bits, key=lambda at: (near[at] & left).bit_count())
    if (near[most] & left).bit_count() <= 1:
        pairs = sum((near[at] & left).bit_count() for at in bits) // 2
        return len(bits) - pairs
    without = left & ~(1 << most)
    return max(1 + _independent(near, without & ~near[most]), _independent(near, without))


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _greedy(near: Sequence[int], left: int) -> int:
    found = 0
    while left:
        at = min(_places(left), key=lambda at: (near[at] & left).bit_count())
        found, left = found + 1, left & ~near[at] & ~(1 << at)
    return found


def teams_of(works: Sequence[Work]) -> Iterator[list[Work]]:
    """The works that are tied with each other, directly or through others."""
    for component in _components(_neighbours([(one.met, one.marks) for one in works])):
        yield [works[at] for at in _places(component)]


def shown_under(sets: Iterable[frozenset[str]]) -> Mapping[frozenset[str], tuple[str, ...]]:
    """Works that items go back to → the works under which that is listed: never more than are there without it.

    What goes back to several works stands under each of them to which something goes back alone. Where there is none,
    all such that overlap stand under the first of their works.
    """
    every = set(sets)
    single = {id_ for works in every if len(works) == 1 for id_ in works}
    found = {works: tuple(sorted(works & single)) for works in every}
    joint = sorted((works for works in every if not found[works]), key=sorted)
    for component in _components(_neighbours([(works, frozenset()) for works in joint])):
        together = [joint[at] for at in _places(component)]
        found |= dict.fromkeys(together, (min(map(min, together)),))
    return found


def choose(works: Sequence[Work], wanted: Sequence[int], *, seen: bool = False) -> frozenset[Work]:
    """Works of these grades or better of which no two are tied, the first of them seen; empty if there are none.

    `wanted` has the highest grade first.
    """
    best = sorted([one.grade for one in works], reverse=True) if len(works) >= len(wanted) else []
    if not best or any(grade < least for grade, least in zip(best, wanted, strict=False)):
        return frozenset()  # whatever is tied to what: most sides are small
    groups: dict[tuple[frozenset[str], frozenset[str], bool], Work] = {}
    for one in works:
        key = one.met, one.marks, one.seen
        if key not in groups or groups[key].grade < one.grade:
            groups[key] = one
    kinds = sorted(groups.values(), key=lambda one: (-one.grade, not one.seen, one.name))
    of_grade = [_bits(one.grade >= grade for one in kinds) for grade in wanted]
    if seen:
        of_grade[0] &= _bits(one.seen for one in kinds)
    if not all(of_grade):
        return frozenset()
    near = _neighbours([(one.met, one.marks) for one in kinds])
    found = _fill(near, of_grade, (1 << len(kinds)) - 1)
    return frozenset(one for at, one in enumerate(kinds) if found >> at & 1)


def _bits(found: Iterable[bool]) -> int:
    return sum(1 << at for at, one in enumerate(found) if one)


def _fill(near: Sequence[int], of_grade: Sequence[int], left: int) -> int:
    """One of each grade, none near another, as bits; 0 if that can't be."""
    candidates = of_grade[0] & left
    while candidates:
        at = (candidates & -candidates).bit_length() - 1
        rest = _fill(near, of_grade[1:], left & ~near[at] & ~(1 << at)) if of_grade[1:] else 0
        if rest or not of_grade[1:]:
            return 1 << at | rest
        candidates &= ~(1 << at)
    return 0
