"""Ledgers for programs: what `import ledger` offers.

In: a content folder. Out: a LoadedLedger: the records, the graph, what is wrong with them, and answers to queries.
Nothing is written, and nothing is printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from ledger import files, graph, loading
from ledger.analysis import Analysis, analyse
from ledger.diagnostics import Diagnostic, Level, Lines, Span, in_order
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.modelling import Common
from ledger.query.evaluate import Answer, answer
from ledger.query.lexer import Problem, as_text
from ledger.records import Challenge, Chart, Claim, Controversy, Event, Page, Position, Proponent, Source, Term, Thread

__all__ = [
    "Analysis", "Answer", "Challenge", "Chart", "Claim", "Controversy", "Diagnostic", "Event", "Level", "LoadedLedger",
    "Page", "Position", "Proponent", "QueryError", "Record", "Source", "Span", "Term", "Thread", "load",
]  # fmt: skip
_Fields = TypeVar("_Fields", bound=Common)


class QueryError(ValueError):
    """A query that cannot be answered; as text, the query with a caret under what is wrong, and a hint."""

    def __init__(self, problem: Problem, query: str) -> None:
        super().__init__(as_text(problem, query))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class LoadedLedger:
    """A content folder, read: records by id, the graph of them, and everything that is wrong with them."""

    records: Mapping[str, Record[Any]] = field(repr=False)
    """Every record that could be read, in order of id; `record.fields` is a `Claim`, a `Source` …"""
    graph: Any = field(repr=False)
    """A `networkx.MultiDiGraph`: a node for each record, evidence item and stance, an edge for each reference."""
    diagnostics: tuple[Diagnostic, ...]
    """In order of place; a file with an error gave no record."""
    failed: frozenset[str]
    """Paths, below the content folder, of the files that gave no record."""
    lines: Mapping[str, Lines] = field(repr=False)
    """The text of every file by path, for showing a diagnostic with its line."""
    ledger: Ledger = field(repr=False)
    """The same, resolved, as the package's own modules take it."""

    def of(self, kind: type[_Fields]) -> dict[str, _Fields]:
        """The fields of every record of a kind by id, typed: `of(Claim)` gives claims."""
        found = (record for record in self.records.values() if isinstance(record.fields, kind))
        return {record.id: record.fields for record in found}

    def query(self, query: str) -> Answer:
        """What a query finds; the language is that of `ledger query`. QueryError when it cannot be answered."""
        found = answer(self.ledger, query)
        if isinstance(found, Problem):
            raise QueryError(found, query)
        return found

    def analyse(self) -> Analysis:
        """Works, verdicts and all else that follows from the records whose structure is sound; kept once computed."""
        return analyse(self.ledger)


def load(path: str | Path, *, drafts: bool = False, check: bool = True) -> LoadedLedger:
    """Read a content folder.

    Drafts are left out unless asked for. Without `check`, only what reading finds is among the diagnostics.
    FileNotFoundError or NotADirectoryError when there is no such folder; what is wrong inside it raises nothing.
    """
    reading = files.read(Path(path))
    loaded = loading.load_records(reading.files, reading.failed, reading.kept)
    whole = graph.build_graph(loaded)
    found = [*reading.problems, *loaded.problems, *(_checked(whole) if check else ())]
    ledger = whole if drafts else graph.published(whole)
    lines = {path: Lines(text) for path, text in reading.texts.items()}
    return LoadedLedger(ledger.records, to_networkx(ledger), tuple(in_order(found)), loaded.failed, lines, ledger)


def _checked(whole: Ledger) -> tuple[Diagnostic, ...]:
    from ledger import checks  # they bring Markdown along, which queries do without

    return tuple(checks.run(whole))


def to_networkx(ledger: Ledger) -> Any:
    """A ledger as a `MultiDiGraph`: a node for each record, evidence item and stance, an edge for each reference.

    Nodes have `kind` and `title`; edges have `type`, `wants`, `field`, `written` and `own`, what they carry.
    """
    import networkx as nx  # it is slow to import, and most of the program does without it

    graph = nx.MultiDiGraph()
    for id_ in ledger.records:
        for node in ledger.nodes_of(id_):
            graph.add_node(node, kind=ledger.node_kind(node), title=ledger.node_title(node))
    for edge in ledger.all_edges():
        if edge.target not in graph:
            graph.add_node(edge.target, kind=None, title=edge.target)
        field = ".".join(map(str, edge.path))
        own = dict(edge.own)
        graph.add_edge(
            edge.start, edge.target, type=edge.name, wants=edge.wants, field=field, written=edge.written, own=own
        )
    return graph
