"""Where what a source says comes from: evidence items → the sources behind them.

In: a Ledger and sources, or what a claim cites. Out: for each source what it draws on and what draws on its data; for
each item the works that its content comes from. That repeats of one work are one voice is the point of Greenberg, How
citation distortions create unfounded authority (BMJ 339, 2009).

A retraction takes away what rests on the retracted work. It does not make two works independent that were not: what
ties works together is kept apart from what falls.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from ledger.analysis.origins import End, Paths, Trace, alive, marks_reached, paths_of, shared, trace
from ledger.graph import Ledger, result
from ledger.loading import is_a
from ledger.modelling import Common
from ledger.records import Author, Evidence, Proponent, Source

Fields = TypeVar("Fields", bound=Common)

RETELLING = frozenset(("reports", "summarises", "copies", "syndicates"))
"""Ways of deriving in which a work says what another said: followed whatever `first_hand` says."""
OWN_FINDING = {"replicates": ("empirical",), "replies": ("empirical", "theoretical")}
"""Ways of deriving in which a work has a finding of its own, and on what its item must stand for that."""
FALLEN = frozenset(("retracted", "withdrawn"))


class Lineage(NamedTuple):
    """What one source says of where its content comes from, and of who made it."""

    earlier: tuple[str, ...]
    """The sources it takes its content from directly; none where a chain ends at it."""
    behind: tuple[str, ...]
    """Everything it retells or used; nothing if it is first-hand."""
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
    standing: tuple[tuple[str, tuple[str, ...]], ...]
    """Those of them that still stand, each with its sources: one, or a circle of them."""
    marks: frozenset[str]
    through: tuple[str, ...]
    """The sources where its chains begin."""


# What is read


class View(NamedTuple):
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
    record = ledger.core_of(id_)
    return record.fields if record and is_a(record, model) and record.fields.withdrawn is None else None


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
    found = [(one.how, view.present(one.source)) for one in source.derivations]
    found = [(how, earlier) for how, earlier in found if earlier != id_ and view.source(earlier)]
    retold = [earlier for how, earlier in found if how in RETELLING]
    data = sorted({earlier for how, earlier in found if how == "uses-data"})
    ways = frozenset(how for how, _ in found)
    earlier = retold or ([] if source.first_hand else [earlier for _, earlier in found])
    later, work = later_versions(view, id_), work_of(view, id_)
    works = (work, *(work_of(view, one) for one in data))
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
        work=work,
        marks=frozenset((*_authors(view, source), *(f"data:{one}" for one in works))),
        is_fallen=source.status in FALLEN or any(one.status == "retracted" for one in map(view.source, later) if one),
        later=later,
    )


def _end(source: Source, *, speaks: bool, takes: bool) -> End | None:
    """How a chain ends at a source; None where it goes on."""
    if speaks:
        return "first-hand"
    return None if takes else "untraced" if source.derived_from else "dead-end"


def later_versions(view: View, id_: str) -> tuple[str, ...]:
    """The versions that came after a source, in order; in a circle of versions, all others."""
    found, last = {id_: None}, id_
    while (source := view.source(last)) and source.version_of:
        last = view.present(source.version_of)
        if last in found or view.source(last) is None:
            break
        found[last] = None
    return tuple(found)[1:]


def work_of(view: View, id_: str) -> str:
    """The version of a source that is no version of another; of a circle of versions, the first by id."""
    line = (id_, *later_versions(view, id_))
    last = view.source(line[-1])
    onward = view.present(last.version_of) if last and last.version_of else ""
    return min(line[line.index(onward) :]) if onward in line else line[-1]


def _authors(view: View, source: Source) -> Iterator[str]:
    for author in source.named_authors:
        yield f"author:{author_name(view, author)}"


def author_name(view: View, author: Author) -> str:
    """An author's record, or the name as printed."""
    if author.proponent:
        return view.present(author.proponent)
    return (author.literal or f"{author.given or ''} {author.family or ''}").strip()


# The chains behind a claim


class Chains(NamedTuple):
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
    live = trace(whole, dropped_with(whole, lineages, fallen, users_of_data(lineages))) if fallen else whole
    return Chains(lineages, whole, live, _repeats(lineages.values()))


def paths_behind(lineages: Mapping[str, Lineage]) -> Paths:
    """The chains of some sources."""
    earlier = {id_: one.earlier for id_, one in lineages.items()}
    return paths_of(earlier, {id_: one.end for id_, one in lineages.items() if one.end})


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
    every = chains.lineages
    traced: Paths = chains.whole
    if not all(every.keys() >= {*one.behind} for one in every.values()):
        every = _lineages(view, every, lambda one: one.behind)
        traced = paths_behind(every)
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


def dropped_with(
    paths: Paths, lineages: Mapping[str, Lineage], fallen: Iterable[str], users: Mapping[str, Sequence[str]]
) -> frozenset[str]:
    """Those that have fallen, and what stood on their data alone."""
    dead, lost = set(fallen), set[str]()
    while users:
        dead = fall_with(dead, lineages, users, lost)
        more = users.keys() - dead - alive(paths, dead)
        if more <= lost:
            break
        lost |= more
    return frozenset(dead)


def users_of_data(lineages: Mapping[str, Lineage]) -> Mapping[str, Sequence[str]]:
    """Data → the works that use them."""
    found: dict[str, list[str]] = {}
    for id_, one in lineages.items():
        for data in one.data:
            found.setdefault(data, []).append(id_)
    return found


def fall_with(
    fallen: Iterable[str],
    lineages: Mapping[str, Lineage],
    users: Mapping[str, Sequence[str]],
    lost: Collection[str] = (),
) -> set[str]:
    """Some sources, those that rest on their data alone, those that rest on these, and so on.

    `lost`: sources of which no data are left either, though they have not fallen themselves.
    """
    found, left = set(fallen), dict[str, int]()
    waiting = [*found.union(lost)]
    met = set(waiting)
    while waiting:
        for user in users.get(waiting.pop(), ()):
            left[user] = left.get(user, len(lineages[user].data)) - 1
            if not left[user]:
                found.add(user)
                waiting += {user} - met
                met.add(user)
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
    works = shared(frozenset([one.work for one in behind]))
    marks = behind[0].marks if len(behind) == 1 else frozenset([mark for one in behind for mark in one.marks])
    return Backing(
        works=works,
        met=works if met is None else shared(met),
        is_own=met is None,
        is_traced=met is None or any(chains.whole.ends[end] == "first-hand" for end in ends),
        ends=len(ends),
        standing=shared(tuple([(end, ids) for end, ids in ends.items() if end in left])),
        marks=shared(marks),
        through=shared(tuple(through)),
    )
