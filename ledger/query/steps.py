"""The words for steps over the graph: `claims rejected by position x`, `sources behind claim y`.

In: the edge types. Out: for each phrase the steps that it may stand for. A step leads from what is asked for to what is
named after it; its paths are walked the other way, from what is named. `NAMED` has two phrases for every name that an
edge may have, one for each direction.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from ledger import vocabulary
from ledger.edges import EDGE_TYPES, MENTIONS, OWNING, PART_EDGES, RECORD, EdgeType
from ledger.query.columns import MODELS, PARTS, RECORD_KINDS, columns

ANY = "any edge"
"""In place of an edge's name: every edge but those to sources that a search only kept."""
WITHIN, AROUND = "within", "around"
"""Walks down the ladder from threads to evidence, or up it."""
EARLIER, LATER = "earlier", "later"
"""Walks along derivation, to what a source takes from or to what takes from it."""
LADDER = ("thread", "controversy", "position", "claim", "evidence")
DOWN = frozenset((
    ("part_of", False), ("answers", False), ("turns_on", True), ("rests_on", True), ("rejects", True),
    ("objected_to_by", True), ("bears_on", False), *((effect, False) for effect in get_args(vocabulary.Effect)),
))  # fmt: skip
"""The edges that lead down the ladder, and whether they are walked from their start to their end."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One leg of a path, walked from what is named: along edges of these names, or a walk, to nodes of a kind."""

    names: tuple[str, ...]
    forward: bool = False
    """Whether it goes from an edge's start to its end."""
    kind: str = ""
    """Empty for a leg that may end anywhere."""
    effect: str = ""
    """The effect that the edge must carry."""
    date: str = ""
    """The field by which the edge has a date of its own."""
    proper: bool = False
    """Whether a walk leaves out where it begins, unless it comes back there."""


@dataclass(frozen=True, slots=True)
class Step:
    """A phrase, the kinds that may stand before and after it, the paths that it means, and whose dates count."""

    phrase: str
    before: frozenset[str]
    after: frozenset[str]
    paths: tuple[tuple[Hop, ...], ...]
    meaning: str
    dated: bool = False
    """Whether `since 2024` right after it is about what it goes through: evidence, a stance, a dated reference."""


NAMED: Mapping[str, tuple[str, str]] = {
    "part_of": ("part of", "holding"),
    "turns_on": ("turning on", "at issue in"),
    "kept": ("keeping", "kept by"),
    "see_also": ("recommending", "recommended by"),
    "answers": ("answering", "answered by"),
    "rests_on": ("resting on", "carrying"),
    "rejects": ("rejecting", "rejected by"),
    "key_source": ("with key source", "key to"),
    "objected_to_by": ("objected to by", "objecting to"),
    "mind_of": ("with condition by", "with condition for"),
    "stated_in": ("stated in", "stating"),
    "bears_on": ("bearing on", "touched by"),
    "shown_in": ("shown in", "showing"),
    "about_rival": ("hurting", "hurt by"),
    "first_stated_in": ("first stated in", "first stating"),
    "written_by": ("written by", "writing"),
    "derived_from": ("derived from", "taken up by"),
    "interest_of": ("with interest of", "with interest in"),
    "noted_in": ("with interest noted in", "noting interest of"),
    "notice": ("with notice in", "giving notice of"),
    "affiliated_with": ("affiliated with", "with affiliate"),
    "has_member": ("with member", "belonging to"),
    "told_in": ("told in", "telling"),
    "involves": ("involving", "taking part in"),
    "about": ("about", "subject of"),
    "gave": ("giving", "given by"),
    "defined_in": ("defined in", "defining"),
    "merged_into": ("merged into", "absorbing"),
    "mentions": ("mentioning", "mentioned by"),
    "cites": ("citing in text", "cited in text by"),
    "takes": ("taking", "taken by"),
    "narrows": ("narrowing", "narrowed by"),
    "excludes": ("excluding", "excluded by"),
    "compatible": ("compatible with", "compatible with"),
    "supports": ("supporting", "supported by"),
    "disputes": ("disputing", "disputed by"),
    "undercuts": ("undercutting", "undercut by"),
    "qualifies": ("qualifying", "qualified by"),
    "depends-on": ("depending on", "needed by"),
    "supersedes": ("superseding", "superseded by"),
    "restates": ("restating", "restated by"),
    "holds": ("holding", "held by"),
    "leans": ("leaning to", "leaned to by"),
    "left": ("leaving", "left by"),
}
"""Edge → the phrase from its start to its end, and the phrase back."""
BY_EFFECT = ("supports", "disputes", "qualifies")
BEARING = columns("claim")["bears_on.relation"].choices
"""What a claim may do to a position."""
_ALL = frozenset((*MODELS, RECORD))
_RECORDS = frozenset((*RECORD_KINDS, RECORD))
_BY_AUTHOR = (Hop(("written_by",), kind="source"),)
_OF_SOURCE = Hop(("shown_in",), kind="evidence")
_UP = Hop((AROUND,))
_HOLDING = frozenset(LADDER[:3])


def _kinds(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _by_effect(effect: str) -> Iterator[Step]:
    """What evidence does to claims, and claims to positions, said of the sources, claims and positions themselves."""
    onward, back = NAMED[effect]
    item, bearing = Hop((effect,), kind="evidence"), Hop(("bears_on",), effect=effect)
    from_source = (_OF_SOURCE, Hop((effect,), forward=True))
    what = f"whose evidence {effect} the claim", f"that evidence from the source {effect}"
    yield Step(
        onward, _kinds("source"), _kinds("claim"), ((item, Hop(("shown_in",), forward=True)),), what[0], dated=True
    )
    yield Step(back, _kinds("claim"), _kinds("source"), (from_source,), what[1], dated=True)
    if effect in BEARING:
        way = f"the claim, if true, {effect} the position"
        yield Step(onward, _kinds("claim"), _kinds("position"), ((bearing,),), way)
        yield Step(back, _kinds("position"), _kinds("claim"), ((replace(bearing, forward=True),),), way)


FURTHER = (
    Step("of", _kinds("thread controversy position claim evidence"), _kinds("thread controversy position claim"),
         ((Hop((WITHIN,), proper=True),), (Hop((AROUND,), proper=True),)),
         "below or above it, from threads over controversies, positions and claims to evidence"),
    Step("of", _kinds("evidence"), _kinds("source"), ((_OF_SOURCE,),), "taken from the source"),
    Step("of", _kinds("stance"), _kinds("proponent"), ((Hop(("takes",), forward=True),),), "taken by the proponent"),
    Step("with", _kinds("claim"), _kinds("evidence"), ((_UP,),), "that the evidence item is about", dated=True),
    Step("with", _kinds("proponent"), _kinds("stance"), ((Hop(("takes",)),),), "who take the stance", dated=True),
    Step("by", _kinds("source"), _kinds("proponent"), (_BY_AUTHOR,), "written by the proponent"),
    Step("by", _kinds("evidence"), _kinds("proponent"), ((*_BY_AUTHOR, _OF_SOURCE),),
         "from a source that the proponent wrote", dated=True),
    Step("by", _kinds("stance"), _kinds("proponent"), ((Hop(("takes",), forward=True),),), "taken by the proponent"),
    Step("with evidence by", _kinds("claim"), _kinds("proponent"), ((*_BY_AUTHOR, _OF_SOURCE, _UP),),
         "with evidence from a source that the proponent wrote", dated=True),
    Step("with evidence from", _kinds("claim"), _kinds("source"), ((_OF_SOURCE, _UP),),
         "with evidence from the source", dated=True),
    Step("using", _RECORDS, _kinds("source"), ((Hop((ANY,)), Hop((AROUND,))),),
         "that refer to the source, or hold what refers to it"),
    Step("used by", _kinds("source"), _RECORDS, ((Hop((WITHIN,)), Hop((ANY,), forward=True)),),
         "referred to by the record, or by what it holds: a position's claims, a controversy's positions"),
    Step("behind", _kinds("source"), _kinds("source"), ((Hop((EARLIER,), proper=True),),),
         "that the source goes back to, over any number of derivations"),
    Step("behind", _kinds("source"), _kinds("thread controversy position claim evidence"),
         ((Hop((WITHIN,), kind="evidence"), Hop(("shown_in",), forward=True), Hop((EARLIER,))),),
         "that its evidence is taken from, and what they go back to"),
    Step("going back to", _kinds("source thread controversy position claim evidence"), _kinds("source"),
         ((Hop((LATER,), proper=True),), (Hop((LATER,)), _OF_SOURCE, _UP)), "that the source is behind"),
    *(step for effect in BY_EFFECT for step in _by_effect(effect)),
    Step("about", _kinds("event"), _HOLDING, ((Hop((WITHIN,), proper=True), Hop(("about",))),),
         "what the event concerns belongs to it"),
    Step("subject of", _HOLDING, _kinds("event"), ((Hop(("about",), forward=True), Hop((AROUND,), proper=True)),),
         "that what the event concerns belongs to"),
    Step("linked to", _ALL, _ALL, ((Hop((ANY,)),), (Hop((ANY,), forward=True),)), "joined by any reference"),
)  # fmt: skip
"""Steps that are more than one edge, or go by a shorter word."""


@cache
def steps() -> Mapping[str, tuple[Step, ...]]:
    """Every phrase, and the steps that it may stand for."""
    found: dict[str, tuple[Step, ...]] = {}
    for step in (*edge_steps(), *FURTHER):
        found[step.phrase] = (*found.get(step.phrase, ()), step)
    return dict(sorted(found.items()))


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """The phrases that may follow a kind."""
    return tuple(phrase for phrase, found in steps().items() if any(kind in step.before for step in found))


def edge_names(edge: EdgeType) -> tuple[str, ...]:
    """The names that an edge of this type may have."""
    if not edge.name.startswith("{"):
        return (edge.name,)
    return columns(edge.kind)[_beside(edge, edge.name[1:-1])].choices


def edge_steps() -> Iterator[Step]:
    """The two steps along every edge."""
    for edge in (*EDGE_TYPES, *PART_EDGES, *MENTIONS):
        start, end, date = _starts(edge), _ends(edge.target), _date_beside(edge)
        through = bool(date) or (edge not in MENTIONS and bool((start | {edge.target}) & PARTS.keys()))
        for name in edge_names(edge):
            onward, back = NAMED[name]
            hop = Hop((name,), date=date)
            yield Step(onward, start, end, ((hop,),), edge.meaning, dated=through)
            yield Step(back, end, start, ((replace(hop, forward=True),),), edge.meaning, dated=through)


def _date_beside(edge: EdgeType) -> str:
    """The field beside an edge's id that says when it was so: `from` of an affiliation, `date` of a search."""
    names = ("date", "from") if "." in edge.field else ()
    return next((name for name in names if _beside(edge, name) in columns(edge.kind)), "")


def _beside(edge: EdgeType, name: str) -> str:
    """The column of a field that stands beside an edge's id."""
    return f"{edge.field.rpartition('.')[0].replace('[]', '')}.{name}".lstrip(".")


def _starts(edge: EdgeType) -> frozenset[str]:
    """The kinds that an edge goes out from: a part's edge counts as one of its record, but for those inside it."""
    if edge.kind == RECORD:
        return _ALL
    list_name, part = OWNING.get(edge.kind, ("", ""))
    is_in_part = bool(part) and edge.field.startswith(f"{list_name}[].")
    return frozenset((edge.kind, part)) if is_in_part else frozenset((edge.kind,))


def _ends(target: str) -> frozenset[str]:
    if target == RECORD:
        return _ALL
    return frozenset(("evidence", "claim")) if target == "evidence" else frozenset((target,))
