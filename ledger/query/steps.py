"""The words for steps over the graph: `claims rejected by position x`, `sources behind claim y`.

In: the edge types, and the phrases of the grammar. Out: for each phrase the types of step that it may mean. A step
leads from what is asked for to what is named after it; its paths are walked the other way, from what is named.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple, get_args

from ledger import vocabulary
from ledger.edges import EDGE_TYPES, MENTIONS, OWNING, PART_EDGES, RECORD, EdgeType
from ledger.query.columns import MODELS, PARTS, PLURALS, columns
from ledger.query.lexer import GRAMMAR, said

ANY = "any"
"""In place of an edge's name: every edge but those to sources that a search only kept or found."""
ONLY_FOUND: list[str] = GRAMMAR["only_found"]
"""The edges from a search."""
BELOW, EARLIER = "below", "earlier"
"""In place of an edge's name: all edges down the ladder from threads to evidence; the derivations of a source, to what
it takes from."""
LADDER: list[str] = GRAMMAR["ladder"]
DOWN = frozenset((
    ("part_of", False), ("answers", False), ("turns_on", True), ("asks", True), ("rests_on", True), ("rejects", True),
    ("objected_to_by", True), ("bears_on", False), *((effect, False) for effect in get_args(vocabulary.Effect)),
))  # fmt: skip
"""The edges that lead down the ladder, and whether they are walked from their start to their end."""


class Hop(NamedTuple):
    """One leg of a path, walked from what is named: along edges of a name to nodes of a kind, or of any kind."""

    edge: str
    kind: str = ""
    forward: bool = False
    """Whether it goes from an edge's start to its end."""
    effect: str = ""
    """The effect that the edge must carry."""
    date: str = ""
    """The field by which the edge has a date of its own."""
    times: str = ""
    """`*` for any number of edges, `+` for at least one."""


class StepType(NamedTuple):
    """A phrase, the kinds that may come before and after it, the paths that it means, and whose dates count."""

    phrase: str
    before: frozenset[str]
    after: frozenset[str]
    paths: tuple[tuple[Hop, ...], ...]
    meaning: str
    dated: bool = False
    """Whether `since 2024` right after it is about what it goes through: evidence, a stance, a dated reference."""


EDGE_PHRASES: Mapping[str, tuple[str, str]] = GRAMMAR["edges"]
"""Edge → the phrase from its start to its end, and the phrase back."""
_ALL = frozenset(MODELS)
_GROUPS = {ANY: _ALL, "records": _ALL - PARTS.keys(), "ladder": frozenset(LADDER)}
_HOP = re.compile(r"(\^?)([\w-]+)(?:\[(\w+)\])?([*+]?)(?::(\w+))?")


def _step(row: Sequence[str]) -> StepType:
    phrase, start, end, paths, meaning, *dated = row
    hops = tuple(
        tuple(Hop(edge, kind, not back, effect, times=times) for back, edge, effect, times, kind in _HOP.findall(path))
        for path in paths.split("|")
    )
    return StepType(phrase, _kinds(start), _kinds(end), hops, meaning, bool(dated))


def _kinds(words: str) -> frozenset[str]:
    return frozenset(kind for word in words.split() for kind in _GROUPS.get(word, (word,)))


FURTHER = tuple(_step(row) for row in GRAMMAR["steps"])
"""Steps that are more than one edge, or go by a shorter word."""


def edge_names(edge: EdgeType) -> tuple[str, ...]:
    """The names that an edge of this type may have."""
    return columns(edge.kind)[_beside(edge, edge.name[1:-1])].choices if edge.name.startswith("{") else (edge.name,)


def edge_steps() -> Iterator[StepType]:
    """The two steps along every edge."""
    for edge in (*EDGE_TYPES, *PART_EDGES, *MENTIONS):
        start, end = _starts(edge), _ALL if edge.target == RECORD else _WITH_OWNER.get(edge.target, {edge.target})
        dates = (name for name in DATES_BESIDE if "." in edge.field and _beside(edge, name) in columns(edge.kind))
        date = next(dates, "")
        dated = bool(date) or (edge not in MENTIONS and bool((start | {edge.target}) & PARTS.keys()))
        for name in edge_names(edge):
            onward, back = EDGE_PHRASES[name]
            hop = Hop(name, date=date)
            yield StepType(onward, start, frozenset(end), ((hop,),), edge.meaning, dated)
            yield StepType(back, frozenset(end), start, ((hop._replace(forward=True),),), edge.meaning, dated)


DATES_BESIDE = ("date", "from")
"""The fields beside an edge's id that say when it was so: `from` of an affiliation, `date` of a search."""
_WITH_OWNER = {"evidence": {"evidence", "claim"}}
"""An edge to such a part counts as one to its record too."""


def _beside(edge: EdgeType, name: str) -> str:
    """The column of a field beside an edge's id."""
    return f"{edge.field.rpartition('.')[0].replace('[]', '')}.{name}".lstrip(".")


def _starts(edge: EdgeType) -> frozenset[str]:
    """The kinds that an edge goes out from: a part's edge counts as one of its record, but for those inside it."""
    if edge.kind == RECORD:
        return _ALL
    list_name, part = OWNING.get(edge.kind, ("", ""))
    return frozenset((edge.kind, part) if part and edge.field.startswith(f"{list_name}[].") else (edge.kind,))


@cache
def steps() -> Mapping[str, tuple[StepType, ...]]:
    """Every phrase, and the steps that it may mean."""
    found: dict[str, tuple[StepType, ...]] = {}
    for step in (*edge_steps(), *FURTHER):
        found[step.phrase] = (*found.get(step.phrase, ()), step)
    return dict(sorted(found.items()))


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """The phrases that may follow a kind."""
    return tuple(phrase for phrase, found in steps().items() if any(kind in step.before for step in found))


def kinds_reached(meant: Iterable[StepType]) -> str:
    """The kinds that some steps lead to: `positions or stances`."""
    return kinds_named(step.after for step in meant)


def kinds_named(several: Iterable[frozenset[str]]) -> str:
    """Kinds in a row."""
    kinds = frozenset().union(*several)
    *most, last = [plural for kind, plural in PLURALS.items() if kind in kinds]
    return said("any_record") if RECORD in kinds else said("either", most=", ".join(most), last=last) if most else last
