"""What the search page answers queries from: the language, and the records by kind, as scripts.

In: a Ledger, and what each record adds. Out: scripts, since a page that is opened from disk may load scripts and
nothing else. `query/language.js` is the grammar with the columns and steps that follow from the models, and what
is said of mistakes. `query/claims.js` and its like hold the records of a kind, `query/claims-more.js` their lists of
parts and long texts, `query/links.js` what steps walk along. A page loads those that a query names.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import orjson

from ledger import texts
from ledger.edges import OWNING, RECORD
from ledger.exports.naming import Fragments, Places
from ledger.exports.strict_json import compact
from ledger.graph import Ledger
from ledger.outfile import OutFile
from ledger.query.columns import (
    MODELS,
    PARTS,
    PLURALS,
    SAME_SCALES,
    Column,
    columns,
    date_column,
    document,
    entities_of,
    other_names,
)
from ledger.query.evaluate import links_from
from ledger.query.grammar import GRAMMAR
from ledger.query.steps import BELOW, EARLIER, Hop, steps

LINKS, MORE = "links", "-more"


def address(name: str) -> str:
    """Where a file of the search page's queries is."""
    return f"query/{name}.js"


def addresses(ledger: Ledger, _base_url: str) -> tuple[str, ...]:
    """Two files for every kind that has records or parts of records, and the links."""
    owners = {part: kind for kind, (_, part) in OWNING.items()}
    kinds = [kind for kind in MODELS if kind != RECORD and ledger.members(owners.get(kind, kind))]
    return (address(LINKS), *(address(PLURALS[kind] + more) for kind in kinds for more in ("", MORE)))


# The language


def language(ledger: Ledger) -> OutFile:
    """The script that says what can be asked, and what is wrong with a question."""
    said = {name: _pattern(name) for name in texts.Group("query")}
    sets, choices = _Numbers(), _Numbers()
    packed = {
        "columns": _columns(choices),
        "steps": {phrase: [_step(step, sets) for step in found] for phrase, found in steps().items()},
        "choices": choices.known,
        "sets": sets.known,
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
        "owners": {part: PLURALS[kind] for kind, (_, part) in OWNING.items()},
        "same_scales": SAME_SCALES,
        "other_names": {kind: other_names(kind) for kind in MODELS},
        "apart": (*GRAMMAR["only_found"], BELOW, EARLIER),
        "files": [_name(one) for one in addresses(ledger, "")],
    }


def _pattern(name: str) -> str:
    return str(orjson.loads(texts.pattern(f"query.{name}"))["other"])


class _Numbers:
    """Lists of words that come often, each once, and named by its number."""

    def __init__(self) -> None:
        self.known: list[list[str]] = []

    def of(self, words: Sequence[str]) -> int:
        """The number of a list."""
        if [*words] not in self.known:
            self.known.append([*words])
        return self.known.index([*words])


def _columns(choices: _Numbers) -> Mapping[str, Sequence[Any]]:
    """Of each kind its columns, but for those that every kind has alike: name, type, marks, number of its words."""

    def packed(column: Column) -> tuple[str, str, int, int]:
        marks = column.is_list + 2 * column.of_part + 4 * column.is_field
        return column.name, column.type, marks, choices.of(column.choices)

    every = [packed(column) for column in columns(RECORD).values()]
    found = {kind: [packed(column) for column in columns(kind).values()] for kind in MODELS}
    return {**{kind: [one for one in own if one not in every] for kind, own in found.items()}, RECORD: every}


def _step(step: Any, sets: _Numbers) -> Sequence[Any]:
    before, after = ([kind for kind in MODELS if kind in kinds] for kinds in (step.before, step.after))
    return sets.of(before), sets.of(after), [[_hop(hop) for hop in path] for path in step.paths], step.dated


def _hop(hop: Hop) -> Sequence[Any]:
    return hop.edge, hop.kind, hop.forward, hop.effect, hop.date, hop.times


# The records


def fragment(ledger: Ledger, id_: str, _base_url: str) -> bytes:
    """What a record adds: it and its parts by kind, how they are placed in time, their links, former ids."""
    record = ledger.records[id_]
    found = [(entity, document(ledger, entity)) for entity in entities_of(record)]
    nodes = {one.id: [one.kind, *(str(date) for date in date_column(one.kind).values(ledger, one))] for one, _ in found}
    former = [one for one in record.fields.former_ids if ledger.present_id(one) == id_]
    edges = [[*link, dates] if dates else link for *link, dates in links_from(ledger, id_)]
    docs: dict[str, dict[str, Any]] = {}
    for entity, row in found:
        docs.setdefault(entity.kind, {})[entity.id] = row
    return compact({"docs": docs, "nodes": nodes, "former": former, "edges": edges})


def write(ledger: Ledger, fragments: Fragments, place: Places, _base_url: str) -> None:
    """The files of all kinds, in one pass, and the links."""
    nodes: dict[str, Any] = {}
    edges: list[bytes] = []
    former: dict[str, str] = {}
    with ExitStack() as stack:
        files = {one: stack.enter_context(place(one).open("wb")) for one in addresses(ledger, "")}
        for one, file in files.items():
            file.write(b"ledgerData(%b,{" % compact(_name(one)))
        for found in map(orjson.loads, fragments()):
            nodes |= found["nodes"]
            former |= dict.fromkeys(found["former"], next(iter(found["nodes"])))
            edges += map(compact, found["edges"])
            for name, id_, row in _rows(found["docs"]):
                files[address(name)].write(compact(id_) + b":" + compact(row) + b",\n")
        as_of = ledger.as_of.isoformat() if ledger.as_of else None
        files[address(LINKS)].write(compact({"nodes": nodes, "former": former, "as_of": as_of})[1:-1])
        files[address(LINKS)].write(b',"edges":[\n' + b",\n".join(edges) + b"]")
        for file in files.values():
            file.write(b"});\n")


def _rows(docs: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """What goes into the files of each kind: file, id, and that side of the row."""
    for kind, rows in docs.items():
        for id_, row in rows.items():
            for more in (False, True):
                side = {name: value for name, value in row.items() if _is_more(columns(kind)[name]) is more}
                if side:
                    yield PLURALS[kind] + MORE * more, id_, side


def _is_more(column: Column) -> bool:
    return column.type == "part" or column.name == "body"


def _name(one: str) -> str:
    return one.removeprefix("query/").removesuffix(".js")
