"""Argdown → drafts of claims, of the sources that its arguments name, and of a controversy if it has positions.

In: a file, or all files of a folder as one map. Out: drafts, gaps and problems. A statement or argument is a claim,
with its relations; an argument that names a source is an evidence item of the claims that it supports or disputes. A
statement tagged `position` is a position. Of a claim without evidence the map itself is the source, which mentions it.
Argdown says neither what sort of claim it is nor how a source was read, so every record is a draft; what Ledger writes
as Argdown comes back with what its data says.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from string import ascii_uppercase
from typing import Any, get_args

from ledger.checks.evidence import SOFT_TYPES
from ledger.importers.argdown_syntax import Head, Map, Name, Node, Relation, read_into
from ledger.importers.cleaning import is_address, may_be_id, one_line, plain_line, slug
from ledger.importers.csl import implied_source
from ledger.importers.drafts import Fields, ForeignFile, Imported, Log, Ref, Run, editors_note
from ledger.vocabulary import BETWEEN_POSITIONS, EFFECTS, ClaimRelationType, ClaimType, Consulted

POSITION = "position"
"""The tag of statements that are positions."""
_TYPES, _READ = get_args(ClaimType), get_args(Consulted)
_BETWEEN_CLAIMS = get_args(ClaimRelationType)
_OF_EVIDENCE = {"claim", "source", "reference", "locator", "quote", "consulted", "url"}
_OF_POSITIONS = {"letter", "label", "rests_on", "rejects", "url", *BETWEEN_POSITIONS}
_OF_RATINGS = ("rating", "rated_by", "rated")
_WORDS = 8
"""Words of a statement without a title that its id is made of."""
STATES = "States this. What it gives for it was not recorded."
_SIGNED = {"supports": "supports", "disputes": "disputes", "undercuts": "disputes"}
"""What an evidence item does to a claim, by the sign before it."""


@dataclass
class _Context:
    """What is known of a map: what each of its names becomes, and the relations by their start."""

    name: str
    map: Map
    run: Run
    made: Imported
    kinds: dict[Name, str] = field(default_factory=dict)
    ties: defaultdict[Name, list[Relation]] = field(default_factory=lambda: defaultdict(list))
    answered: set[Name] = field(default_factory=set)
    """What something supports, disputes or undercuts."""

    def of(self, kind: str) -> list[Node]:
        return [node for name, node in self.map.nodes.items() if self.kinds[name] == kind]

    def ref(self, name: Name) -> Ref:
        return Ref(f"{self.name}#{self.kinds[name]}:{'<' if name.is_argument else '['}{name.title}")

    def named(self, title: str, kind: str) -> Name | None:
        """What of a kind has a title, statements first."""
        names = (Name(title), Name(title, is_argument=True))
        return next((name for name in names if self.kinds.get(name) == kind), None)

    def add(self, node: Node, fields: Fields, unsaid: Collection[str], wish: str, within: str = "") -> None:
        """The draft of a statement or argument."""
        fields |= {"draft": "true", "added": self.run.day.isoformat()}
        kind, key = self.kinds[node.name], self.ref(node.name).key
        self.made.record(kind, key, node.where, fields, unsaid=unsaid, wish=wish, within=within)


def read_argdown(file: ForeignFile, run: Run) -> Imported:
    """The drafts of one file."""
    return read_argdown_files(file.path, [file], run)


def read_argdown_files(name: str, files: Iterable[ForeignFile], run: Run) -> Imported:
    """The drafts of some files that are one map: what has the same title is the same."""
    made, whole = Imported(), Map()
    read = [(file, lines) for file in files if (lines := made.text_of(file))]
    heads = {file.path: read_into(whole, file.path, lines, made) for file, lines in read}
    if not whole.nodes and not made.refused:
        made.refuse(name, "it holds no statement of Argdown")
    context = _Context(name, _without_steps(whole, made), run, made)
    for relation in context.map.relations:
        context.ties[relation.start].append(relation)
        context.answered.add(relation.end)
    for node in context.map.nodes.values():
        context.kinds[node.name] = _kind(node, context)
    _positions(heads, context)
    evidence = _evidence(context)
    for node in context.of("claim"):
        _claim(node, evidence.get(node.name, []), heads, context)
    return made


def _without_steps(whole: Map, made: Imported) -> Map:
    """What an argument in steps supports or disputes passes to its conclusion; what others say of it is left out."""
    relations = dict[Relation, str]()
    for one, where in whole.relations.items():
        start = whole.concluded.get(one.start, one.start)
        if one.end in whole.concluded:
            why = "no relation leads to the steps of an argument here: left out"
            made.log(where).gap("a relation to an argument in steps", why, f"{start.title} {one.way} {one.end.title}")
        elif start != one.end:
            relations.setdefault(one._replace(start=start), where)
    for name in whole.concluded:
        if (text := whole.nodes[name].text) != "":
            why = "its statements came in, its own text is left out"
            made.log(whole.nodes[name].where).gap("an argument in steps", why, text)
    nodes = {name: node for name, node in whole.nodes.items() if name not in whole.concluded}
    return Map(nodes, relations)


def _kind(node: Node, context: _Context) -> str:
    if node.name.is_argument and _text(node, "source") and node.name not in context.answered:
        return "evidence" if context.ties[node.name] or _text(node, "claim") else "claim"
    return "position" if POSITION in node.tags and not node.name.is_argument else "claim"


# Positions


def _positions(heads: dict[str, Head], context: _Context) -> None:
    """The positions of each file, and the controversy that they answer."""
    by_file = defaultdict[str, list[Node]](list)
    for node in context.of("position"):
        by_file[node.where.rpartition(":")[0]].append(node)
    rests: dict[Name, dict[str, list[Ref]]] = {}
    for node in context.of("claim"):
        for tie in context.ties[node.name]:
            if context.kinds[tie.end] == "position" and (part := _own_part(node, tie, context)):
                rests.setdefault(tie.end, {}).setdefault(part, []).append(context.ref(node.name))
    excluded = defaultdict[Name, list[Fields]](list)
    for relation in context.map.relations:
        if context.kinds[relation.start] == "position":
            _from_position(relation, excluded, context)
    for path, nodes in by_file.items():
        key = _controversy(heads[path], nodes, context)
        for letter, node in zip(ascii_uppercase, nodes, strict=False):
            _position(node, letter, key, {**rests.get(node.name, {}), "relations": excluded[node.name]}, context)
        for node in nodes[len(ascii_uppercase) :]:
            context.made.refuse(node.where, f"a controversy has {len(ascii_uppercase)} positions at most")


def _own_part(node: Node, tie: Relation, context: _Context) -> str:
    """The list of a position that a claim stands in, where the position's data says so."""
    data = context.map.nodes[tie.end].data
    part = {"supports": "rests_on", "disputes": "rejects"}.get(tie.way, "")
    return part if node.name.title in _list(data.get(part)) else ""


def _from_position(relation: Relation, excluded: dict[Name, list[Fields]], context: _Context) -> None:
    """Positions exclude each other; what else they are said to do to something is left out."""
    if relation.way == "disputes" and context.kinds[relation.end] == "position":
        excluded[relation.end].append({"position": context.ref(relation.start), "type": "excludes"})
    else:
        log = context.made.log(context.map.relations[relation])
        why = "positions here only exclude each other: left out"
        log.gap("a relation from a position", why, f"{relation.start.title} {relation.way} {relation.end.title}")


def _controversy(head: Head, nodes: list[Node], context: _Context) -> str:
    """The key of the controversy that the positions of a file answer."""
    log, title = context.made.log(head.path), plain_line(head.title or head.heading or PurePath(head.path).stem)
    question = plain_line(head.heading) or title
    stems = {re.sub(r"-[a-z]$", "", node.name.title) for node in nodes}
    wish = stems.pop() if len(stems) == 1 and may_be_id(min(stems)) else slug(title)
    log.guess("controversies.status", "not said: active is set")
    fields: Fields = {"title": title, "question": question if question.endswith("?") else f"{question}?"}
    fields |= {"status": "active", "draft": "true", "added": context.run.day.isoformat()}
    key = f"{head.path}#controversy"
    context.made.record("controversy", key, head.path, fields, unsaid=["status"], wish=wish, implied=True)
    return key


def _position(node: Node, letter: str, controversy: str, lists: dict[str, list[Any]], context: _Context) -> None:
    log, given = context.made.log(node.where), _text(node, "letter")
    letter = given if re.fullmatch("[A-Z]", given) else letter
    others = [
        {"position": context.ref(name), "type": type_}
        for type_ in BETWEEN_POSITIONS
        for name in _named(node, type_, "position", context)
    ]
    fields: Fields = {
        "controversy": Ref(controversy),
        "letter": letter,
        "label": plain_line(_text(node, "label")),
        "statement": plain_line(node.text or node.name.title),
        "rests_on": lists.get("rests_on", []),
        "rejects": lists.get("rejects", []),
        "relations": lists["relations"] + others,
        "tags": [plain_line(tag) for tag in node.tags if tag != POSITION],
        "note": _note(node, _OF_POSITIONS, log),
    }
    context.add(node, fields, ["note"], letter.lower(), controversy)


# Claims and their evidence


def _claim(node: Node, evidence: list[Fields], heads: dict[str, Head], context: _Context) -> None:
    log = context.made.log(node.where)
    type_ = next((tag for tag in node.tags if tag in _TYPES), "")
    if _text(node, "source") or not (evidence or type_ in SOFT_TYPES):
        evidence = [*evidence, _mention(node, f"e{len(evidence) + 1}", heads, context)]
    if not type_:
        log.guess("claims.type", "Argdown has no word for it: set to empirical", node.name.title)
    if not node.text:
        log.guess("claims.statement", "it has a title alone: made of it", node.name.title)
    ties = [one for one in context.ties[node.name] if not _own_part(node, one, context)]
    for one in ties:
        _tell_of_others(one, context)
    between = {(one.end, one.way): None for one in ties if context.kinds[one.end] == "claim"}
    between |= {(name, way): None for way in _BETWEEN_CLAIMS for name in _named(node, way, "claim", context)}
    to_positions = [one for one in ties if context.kinds[one.end] == "position" and one.way != "undercuts"]
    fields: Fields = {
        "statement": plain_line(node.text or node.name.title),
        "type": type_ or "empirical",
        "bears_on": [{"position": context.ref(one.end), "relation": one.way} for one in to_positions],
        "relations": [{"claim": context.ref(name), "type": way} for name, way in between],
        "evidence": evidence,
        "tags": [plain_line(tag) for tag in node.tags if tag != type_],
        "note": _note(node, {"url", "source", "reference", *_BETWEEN_CLAIMS}, log),
    }
    unsaid = ["note", "evidence", *(() if type_ else ("type",))]
    title = node.name.title
    words = slug(title) if node.text and title != node.text else "-".join(slug(title).split("-")[:_WORDS])
    context.add(node, fields, unsaid, title if may_be_id(title) else words)


def _tell_of_others(relation: Relation, context: _Context) -> None:
    """Report what a claim is said to do to an evidence item, or to undercut in a position."""
    kind = context.kinds[relation.end]
    if kind == "evidence" or (kind == "position" and relation.way == "undercuts"):
        why = "no relation of this sort leads there here: left out"
        log = context.made.log(context.map.relations[relation])
        log.gap("a relation", why, f"{relation.start.title} {relation.way} {relation.end.title}")


def _evidence(context: _Context) -> dict[Name, list[Fields]]:
    """The evidence items of each claim: arguments that name a source."""
    found = defaultdict[Name, list[Fields]](list)
    for node in context.of("evidence"):
        ties = {one.end: _SIGNED[one.way] for one in context.ties[node.name] if context.kinds[one.end] == "claim"}
        if not ties and (name := context.named(_text(node, "claim"), "claim")):
            ties = {name: "mentions"}
        log = context.made.log(node.where)
        if not ties:
            context.made.refuse(node.where, "it names a source, and no claim that it counts for or against")
        for name, way in ties.items():
            found[name].append(_item(node, name, way, f"e{len(found[name]) + 1}", log, context))
    return found


def _item(node: Node, claim: Name, way: str, id_: str, log: Log, context: _Context) -> Fields:  # noqa: PLR0913, PLR0917
    own = node.name.title.removeprefix(f"{claim.title}/")
    consulted = _text(node, "consulted")
    if consulted not in _READ:
        log.guess("evidence.consulted", "not said: set to memory", node.name.title)
    item = {
        "id": own if may_be_id(own) and own != node.name.title else id_,
        "source": _source(node, context),
        "relation": next((tag for tag in node.tags if tag in EFFECTS), way),
        "shows": plain_line(node.text or node.name.title),
        "consulted": consulted if consulted in _READ else "memory",
        "locator": plain_line(_text(node, "locator")),
        "quote": one_line(_text(node, "quote")),
    }
    _note(node, _OF_EVIDENCE, log)
    return {name: value for name, value in item.items() if value}


def _mention(node: Node, id_: str, heads: dict[str, Head], context: _Context) -> Fields:
    """What names the source of a claim, or the map itself."""
    path, _, line = node.where.rpartition(":")
    where = {} if _text(node, "source") else {"locator": f"line {line}"}
    source = _source(node, context) if _text(node, "source") else _map(heads[path], context)
    context.made.log(node.where).guess("evidence", "the source, or the map itself, mentions it", node.name.title)
    return {"id": id_, "source": source, "relation": "mentions", "shows": STATES, "consulted": "memory", **where}


def _source(node: Node, context: _Context) -> Ref:
    """The source that an argument names: by its id in the ledger, by its address, or by its title."""
    name = one_line(_text(node, "source"))
    title, address = one_line(_text(node, "reference")) or name, name if is_address(name) else ""
    return _source_of(name, {"title": title, "type": "document", "URL": address}, node.where, context)


def _map(head: Head, context: _Context) -> Ref:
    """The file as a source."""
    title = head.title or head.heading or PurePath(head.path).stem
    author = [{"literal": head.author}] if head.author else []
    return _source_of(f"{head.path}\n", {"title": title, "type": "document", "author": author}, head.path, context)


def _source_of(name: str, item: dict[str, Any], where: str, context: _Context) -> Ref:
    """A source by a name, made once; where the name is an id, it is that of the record that is meant."""
    key = f"{context.name}#source:{name}"
    return implied_source(key, item, where, context.made, context.run, id_=name if may_be_id(name) else "")


# Data


def _text(node: Node, name: str) -> str:
    value = node.data.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _list(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _named(node: Node, field_: str, kind: str, context: _Context) -> Iterator[Name]:
    """What a list of titles in the data leads to."""
    for title in dict.fromkeys(_list(node.data.get(field_))):
        if (name := context.named(title, kind)) and name != node.name:
            yield name
        else:
            log = context.made.log(node.where)
            log.gap(f"data: {field_}", "it leads to nothing that came in: left out", title)


def _note(node: Node, known: set[str], log: Log) -> str:
    """What the data says beyond the fields that are known, for the editors; ratings are left out."""
    for name in _OF_RATINGS:
        if name in node.data:
            why = "a word without a reason is no rating here: left out"
            log.gap(f"data: {name}", why, node.data[name])
    kept = {name: value for name, value in node.data.items() if name not in known and name not in _OF_RATINGS}
    return editors_note(kept, log, "data: ", f"From {address}" if (address := _text(node, "url")) else "")
