"""What the search page answers queries from: the language, and the records by kind, as scripts.

In: a Ledger, and what each record adds. Out: scripts, since a page that is opened from disk may load scripts and
nothing else. `query/language.js` is the grammar with the columns and steps that follow from the models, and what
is said of mistakes. `query/claims.js` and its like hold the records of a kind, `query/claims-more.js` their lists of
parts and long texts, `query/evidence.js` what an evidence item has beside its place in such a list, `query/links.js`
what steps walk along. A page loads those that a query names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import orjson

from ledger import texts
from ledger.context import plain_title
from ledger.edges import OWNING, RECORD
from ledger.exports.naming import Fragments, Places
from ledger.exports.strict_json import compact
from ledger.exports.updating import FIXED, Text
from ledger.graph import Ledger
from ledger.outfile import OutFile
from ledger.query.columns import (
    COMPUTED,
    MODELS,
    PARTS,
    PLURALS,
    SAME_SCALES,
    Column,
    asked,
    columns,
    date_column,
    document,
    entities_of,
    other_names,
)
from ledger.query.evaluate import links_from
from ledger.query.lexer import GRAMMAR
from ledger.query.steps import BELOW, EARLIER, StepType, steps
from ledger.records import KINDS

LINKS, MORE = "links", "-more"
PLAIN = "plain"
"""Beside the columns of a record: its title without markup, where it has any."""


def address(name: str) -> str:
    """Where a file of the search page's queries is."""
    return f"query/{name}.js"


def addresses(ledger: Ledger, _base_url: str) -> tuple[str, ...]:
    """Where they all are."""
    return tuple(map(address, _names(ledger)))


def _names(ledger: Ledger) -> tuple[str, ...]:
    """Two files for every kind that has records, one for what their parts have beside their fields, and the links."""
    kinds = [kind.name for kind in KINDS if ledger.members(kind.name)]
    parts = [part for kind, (_, part) in OWNING.items() if kind in kinds and ADDED[part]]
    return (LINKS, *(PLURALS[kind] + more for kind in kinds for more in ("", MORE)), *map(PLURALS.__getitem__, parts))


# The language


def language(ledger: Ledger) -> OutFile:
    """The script that says what can be asked, and what is wrong with a question."""
    said = {name: orjson.loads(texts.pattern(f"query.{name}"))["other"] for name in texts.Group("query")}
    sets, choices = Lists(), Lists()
    packed = {
        "columns": _columns(choices),
        "steps": {phrase: [_step(step, sets) for step in found] for phrase, found in steps().items()},
        "choices": [*choices],
        "sets": [*sets],
    }
    data = compact({**published(ledger), **packed, "texts": said})
    return OutFile(address("language"), b"var ledgerLanguage = " + data + b";\n")


def published(ledger: Ledger) -> Mapping[str, Any]:
    """The grammar, and what the models add to it beside columns and steps."""
    grammar = {name: value for name, value in GRAMMAR.items() if name != "edges"}
    return {
        **grammar,
        "plurals": [*PLURALS.items()],
        "records": [kind for kind in MODELS if kind not in (*PARTS, RECORD)],
        "owners": {part: [kind, parts] for kind, (parts, part) in OWNING.items()},
        "titles": TITLES,
        "same_scales": SAME_SCALES,
        "other_names": {kind: other_names(kind) for kind in MODELS},
        "apart": (*GRAMMAR["only_found"], BELOW, EARLIER),
        "files": _names(ledger),
    }


Lists = dict[tuple[str, ...], int]
"""Lists of words that come often, each once, and its number."""


def _number(known: Lists, words: Iterable[str]) -> int:
    return known.setdefault(tuple(words), len(known))


def _columns(choices: Lists) -> Mapping[str, Sequence[Any]]:
    """Of each kind its columns, but for those that every kind has alike: name, type, marks, number of its words."""

    def packed(column: Column) -> tuple[str, str, int, int]:
        marks = column.is_list + 2 * column.of_part + 4 * column.is_field
        return column.name, column.type, marks, _number(choices, column.choices)

    every = [packed(column) for column in columns(RECORD).values()]
    found = {kind: [packed(column) for column in columns(kind).values()] for kind in MODELS}
    return {**{kind: [one for one in own if one not in every] for kind, own in found.items()}, RECORD: every}


def _step(step: StepType, sets: Lists) -> Sequence[Any]:
    before, after = (_number(sets, (kind for kind in MODELS if kind in kinds)) for kinds in (step.before, step.after))
    return before, after, step.paths, step.dated


# The records


def fragment(ledger: Ledger, id_: str, _base_url: str) -> bytes:
    """What a record adds: its columns, those of its parts that no field has, how all are placed in time, their links,
    former ids.
    """
    record = ledger.records[id_]
    own, *parts = entities_of(record)
    nodes = {one.id: [one.kind, *map(str, date_column(one.kind).values(ledger, one))] for one in (own, *parts)}
    added = {part.id: row for part in parts if (row := document(ledger, part, ADDED[part.kind]))}
    edges: dict[str, list[Any]] = {}
    for name, start, target, effect, dates in links_from(ledger, id_):
        ends = [start, target, *([effect] if effect or dates else ()), *([dates] if dates else ())]
        edges.setdefault(name, []).append(ends)
    former = [one for one in record.fields.former_ids if ledger.present_id(one) == id_]
    row = dict(document(ledger, own, asked(own.kind)))
    plain = plain_title(ledger, id_)
    row |= {PLAIN: plain} if plain != record.title else {}
    found = {"id": id_, "kind": own.kind, "row": row, "parts": added, "nodes": nodes, "edges": edges, "former": former}
    return compact(found)


ADDED: Mapping[str, Sequence[Column]] = {
    part: tuple(one for one in COMPUTED[part] if one.name != owner) for owner, (_, part) in OWNING.items()
}
"""Of a part the columns that neither its record nor its fields have."""


def write(ledger: Ledger, fragments: Fragments, place: Places, _base_url: str) -> None:
    """The files of all kinds, in one pass, and the links, which are held as text meanwhile."""
    nodes: dict[str, bytes] = {}
    edges: dict[str, bytearray] = {}
    former: dict[str, str] = {}
    with ExitStack() as stack:
        files = {name: stack.enter_context(place(address(name)).open("wb")) for name in _names(ledger)}
        for name, file in files.items():
            file.write(b"ledgerData(%b,{" % compact(name))
        for found in (orjson.loads(data.partition(b"\t")[0]) for data in fragments()):
            nodes |= {node: compact(row) for node, row in found["nodes"].items()}
            former |= dict.fromkeys(found["former"], found["id"])
            for name, links in found["edges"].items():
                edges.setdefault(name, bytearray()).extend(b"".join(compact(link) + b",\n" for link in links))
            for name, id_, row in _rows(found):
                files[name].write(_line(id_, row))
        about = {"as_of": ledger.as_of.isoformat() if ledger.as_of else None, "former": former}
        files[LINKS].write(compact(about)[1:-1] + b',"nodes":{')
        files[LINKS].write(b",".join(compact(node) + b":" + nodes[node] for node in sorted(nodes)))
        named = (compact(name) + b":[\n" + found[:-2] + b"]" for name, found in edges.items())
        files[LINKS].write(b'},"edges":{' + b",\n".join(named) + b"}")
        for file in files.values():
            file.write(b"});\n")


def texts_of(data: bytes) -> Iterator[Text]:
    """What the files have of a record; what stands in other records' places, too, or decides on an order, as fixed."""
    found = orjson.loads(data.partition(b"\t")[0])
    yield FIXED, compact([found["edges"], found["former"], [*found["nodes"]]])
    for node, row in found["nodes"].items():
        yield address(LINKS), compact(node) + b":" + compact(row)
    for name, id_, row in _rows(found):
        yield address(name), _line(id_, row)


def _line(id_: str, row: Mapping[str, Any]) -> bytes:
    return compact(id_) + b":" + compact(row) + b",\n"


def _rows(found: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """What goes into the files of each kind: file, id, and that side of the row, without what the page knows anyway."""
    id_, kind, row = found["id"], found["kind"], found["row"]
    known = {"id", "kind", *(["title"] if kind in TITLES else ())}
    known |= {"file"} if row["file"] == f"{PLURALS[kind]}/{id_}.yml" else set()
    for more in (False, True):
        side = {
            name: row[name] for name in row.keys() - known if (name != PLAIN and _is_more(columns(kind)[name])) is more
        }
        if side or not more:
            yield PLURALS[kind] + MORE * more, id_, side
    for part, added in found["parts"].items():
        yield PLURALS[found["nodes"][part][0]], part, added


TITLES = {kind.name: kind.title_field for kind in KINDS if kind.title_field != "title"}
"""Kind → the column that says the same as its title."""


def _is_more(column: Column) -> bool:
    return column.type == "part" or column.name == "body"
