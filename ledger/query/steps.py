"""The words for steps over the graph: `claims rejected by position x`, `sources behind claim y`.

In: the edge types. Out: for each phrase the types of step that it may mean. A step leads from what is asked for to what
is named after it; its paths are walked the other way, from what is named. `EDGE_PHRASES` has two phrases for every name
that an edge may have, one for each direction.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple, get_args

from ledger import vocabulary
from ledger.edges import EDGE_TYPES, MENTIONS, OWNING, PART_EDGES, RECORD, EdgeType
from ledger.query.columns import MODELS, PARTS, PLURALS, columns

ANY = "any"
"""In place of an edge's name: every edge but those to sources that a search only kept or found."""
ONLY_FOUND = ("kept", "hit", "became")
"""The edges from a search."""
BELOW, ABOVE = "below", "above"
"""In place of an edge's name: all edges down the ladder from threads to evidence, or up it."""
EARLIER, LATER = "earlier", "later"
"""In place of an edge's name: the derivations of a source, to what it takes from or to what takes from it."""
LADDER = ("thread", "controversy", "position", "claim", "evidence")
DOWN = frozenset((
    ("part_of", False), ("answers", False), ("turns_on", True), ("asks", True), ("rests_on", True), ("rejects", True),
    ("objected_to_by", True), ("bears_on", False), *((effect, False) for effect in get_args(vocabulary.Effect)),
))  # fmt: skip
"""The edges that lead down the ladder, and whether they are walked from their start to their end."""
BY_EFFECT = ("supports", "disputes", "qualifies")
BEARING = columns("claim")["bears_on.relation"].choices
"""What a claim may do to a position."""


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
    proper: bool = False
    """Whether a walk over any number of edges leaves out where it begins, unless it comes back there."""


class StepType(NamedTuple):
    """A phrase, the kinds that may come before and after it, the paths that it means, and whose dates count."""

    phrase: str
    before: frozenset[str]
    after: frozenset[str]
    paths: tuple[tuple[Hop, ...], ...]
    meaning: str
    dated: bool = False
    """Whether `since 2024` right after it is about what it goes through: evidence, a stance, a dated reference."""


EDGE_PHRASES: Mapping[str, tuple[str, str]] = {
    "part_of": ("part of", "holding"),
    "turns_on": ("turning on", "at issue in"),
    "asks": ("asking about", "asked about by"),
    "kept": ("keeping", "kept by"),
    "hit": ("finding", "found by"),
    "became": ("yielding", "yielded by"),
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
    "retells": ("retelling", "retold by"),
    "about_rival": ("hurting", "hurt by"),
    "first_stated_in": ("first stated in", "first stating"),
    "written_by": ("written by", "writing"),
    "derived_from": ("derived from", "taken up by"),
    "version_of": ("versions of", "with version"),
    "interest_of": ("with interest of", "with interest in"),
    "noted_in": ("with interest noted in", "noting interest of"),
    "notice": ("with notice in", "giving notice of"),
    "affiliated_with": ("affiliated with", "with affiliate"),
    "has_member": ("with member", "belonging to"),
    "told_in": ("told in", "telling"),
    "involves": ("involving", "taking part in"),
    "about": ("about", "subject of"),
    "gave": ("giving", "given by"),
    "illustrates": ("illustrating", "illustrated by"),
    "draws": ("drawing", "drawn in"),
    "defined_in": ("defined in", "defining"),
    "challenges": ("challenging", "challenged by"),
    "raised_by": ("raised by", "raising"),
    "argued_from": ("arguing from", "used to argue by"),
    "led_to_change_of": ("changing", "changed by"),
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
_ALL = frozenset(MODELS)
_RECORDS = " ".join(MODELS.keys() - PARTS.keys())
_LADDER = " ".join(LADDER)
_HOP = re.compile(r"(\^?)([\w-]+)(?:\[(\w+)\])?([*+]?)(?::(\w+))?")
"""A hop as `FURTHER` writes it, in the notation of SPARQL 1.1 for property paths (section 9) with additions.

`/` joins hops, `|` joins paths; `^` is for an edge that is walked from its end to its start, `*` for one that is walked
any number of times, `+` for at least once. After `:` comes the kind that a hop must reach, in brackets the effect that
the edge must carry.
"""


def _step(phrase: str, kinds: str, paths: str, meaning: str, *, dated: bool = False) -> StepType:
    before, after = (_ALL if words.strip() == ANY else frozenset(words.split()) for words in kinds.split("→"))
    hops = (tuple(_hop(*groups) for groups in _HOP.findall(path)) for path in paths.split("|"))
    return StepType(phrase, before, after, tuple(hops), meaning, dated)


def _hop(back: str, edge: str, effect: str, times: str, kind: str) -> Hop:
    return Hop(edge, kind, forward=not back, effect=effect, proper=times == "+")


FURTHER = (
    _step("of", f"{_LADDER} → thread controversy position claim", "below+ | above+",
          "below or above it, from threads over controversies, positions and claims to evidence"),
    _step("of", "evidence → source", "^shown_in:evidence", "taken from the source"),
    _step("of", "stance → proponent", "takes", "taken by the proponent"),
    _step("with", "claim → evidence", "above*", "that the evidence item is about", dated=True),
    _step("with", "proponent → stance", "^takes", "who take the stance", dated=True),
    _step("by", "source → proponent", "^written_by:source", "written by the proponent"),
    _step("by", "evidence → proponent", "^written_by:source / ^shown_in:evidence",
          "from a source that the proponent wrote", dated=True),
    _step("by", "stance → proponent", "takes", "taken by the proponent"),
    _step("with evidence by", "claim → proponent", "^written_by:source / ^shown_in:evidence / above*",
          "with evidence from a source that the proponent wrote", dated=True),
    _step("with evidence from", "claim → source", "^shown_in:evidence / above*",
          "with evidence from the source", dated=True),
    _step("using", f"{_RECORDS} → source", "^any / above*", "that refer to the source, or hold what refers to it"),
    _step("used by", f"source → {_RECORDS}", "below* / any",
          "referred to by the record, or by what it holds: a position's claims, a controversy's positions"),
    _step("behind", "source → source", "earlier+", "that the source goes back to, over any number of derivations"),
    _step("behind", f"source → {_LADDER}", "below*:evidence / shown_in / earlier*",
          "that its evidence is taken from, and what they go back to"),
    _step("going back to", f"source {_LADDER} → source", "later+ | later* / ^shown_in:evidence / above*",
          "that the source is behind"),
    *(_step(EDGE_PHRASES[effect][0], "source → claim", f"^{effect}:evidence / shown_in",
            f"whose evidence {effect} the claim", dated=True) for effect in BY_EFFECT),
    *(_step(EDGE_PHRASES[effect][1], "claim → source", f"^shown_in:evidence / {effect}",
            f"that evidence from the source {effect}", dated=True) for effect in BY_EFFECT),
    *(_step(EDGE_PHRASES[effect][0], "claim → position", f"^bears_on[{effect}]",
            f"the claim, if true, {effect} the position") for effect in BEARING),
    *(_step(EDGE_PHRASES[effect][1], "position → claim", f"bears_on[{effect}]",
            f"the claim, if true, {effect} the position") for effect in BEARING),
    _step("about", "event → thread controversy position", "below+ / ^about", "what the event concerns belongs to it"),
    _step("subject of", "thread controversy position → event", "about / above+",
          "that what the event concerns belongs to"),
    _step("linked to", "any → any", "any | ^any", "joined by any reference"),
)  # fmt: skip
"""Steps that are more than one edge, or go by a shorter word."""


def edge_names(edge: EdgeType) -> tuple[str, ...]:
    """The names that an edge of this type may have."""
    return columns(edge.kind)[_beside(edge, edge.name[1:-1])].choices if edge.name.startswith("{") else (edge.name,)


def edge_steps() -> Iterator[StepType]:
    """The two steps along every edge."""
    for edge in (*EDGE_TYPES, *PART_EDGES, *MENTIONS):
        start, end = _starts(edge), _ALL if edge.target == RECORD else _WITH_OWNER.get(edge.target, {edge.target})
        date = next((name for name in _DATES if "." in edge.field and _beside(edge, name) in columns(edge.kind)), "")
        dated = bool(date) or (edge not in MENTIONS and bool((start | {edge.target}) & PARTS.keys()))
        for name in edge_names(edge):
            onward, back = EDGE_PHRASES[name]
            hop = Hop(name, date=date)
            yield StepType(onward, start, frozenset(end), ((hop,),), edge.meaning, dated)
            yield StepType(back, frozenset(end), start, ((hop._replace(forward=True),),), edge.meaning, dated)


_DATES = ("date", "from")
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
    reached = {kind for step in meant for kind in step.after}
    if RECORD in reached:
        return "any record"
    *most, last = [plural for kind, plural in PLURALS.items() if kind in reached]
    return f"{', '.join(most)} or {last}" if most else last
