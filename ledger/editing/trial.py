"""A record that is being written, tried against the ledger that it goes into by the checks of that ledger.

In: the content folder; a kind, an id and answers. Out: the record's data, and what the checks find. ValueError says
what `ledger check` would find wrong with an answer, in its words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

from ledger import checks, files, loading
from ledger.diagnostics import Diagnostic, Level, from_row, in_words
from ledger.documents import read_document
from ledger.edges import RECORD, card_of, edges_of
from ledger.editing import answers
from ledger.editing.answers import Data, Model
from ledger.editing.yamltext import record_text
from ledger.files import TextFile
from ledger.graph import Ledger
from ledger.importers.cleaning import may_be_id
from ledger.indexing import index_of
from ledger.loading import Loaded
from ledger.modelling import Assessment, Search, fields_in
from ledger.records import KINDS, Evidence, Kind
from ledger.validating import part_of, value_at
from ledger.yamlnodes import FieldPath

LATER = (
    "claim-without-evidence", "too-few-positions", "group-without-members", "stance-without-source",
    "chart-without-figure",
)  # fmt: skip
"""Checks that find something missing rather than wrong: no matter while a record is being written."""
_PARTS = {"evidence": "e", "stances": "s", "tensions": "t", "parts": "p"}
"""The lists whose parts have ids, and how these begin."""
Choice = tuple[str, str]
"""An id and what it is called."""
_card, _edges = cache(card_of), cache(edges_of)
"""What each record says of itself is asked again after every answer."""


@dataclass(frozen=True)
class World:
    """The ledger as it is, and the records that were written just now and are on no disk yet."""

    content: Path
    loaded: Loaded

    @cached_property
    def ledger(self) -> Ledger:
        """The records, resolved."""
        return Ledger(index_of(self.loaded, card=_card, edges=_edges))

    def having(self, file: TextFile) -> tuple["World", list[Diagnostic]]:
        """The same with another record, and what is wrong with that by itself."""
        record, found = loading.read_file(file)
        loaded = self.loaded
        if record and record.is_valid:
            known = {**loaded.records, record.id: record}
            loaded = replace(loaded, records=dict(sorted(known.items())), failed=loaded.failed - {file.path})
        return replace(self, loaded=loaded), found

    def choices(self, wants: str) -> list[Choice]:
        """The records or evidence items that a field may name, with what they are called."""
        ledger = self.ledger
        if wants == "evidence":
            return [(f"{card.id}/{part}", card.title) for card in ledger.cards("claim") for part in card.parts]
        kinds = [kind for kind in KINDS if wants in (kind.name, RECORD)]
        found = [
            (card.id, f"{card.letter}: {card.title}" if card.letter else card.title)
            for kind in kinds
            for card in ledger.cards(kind.name)
            if not card.withdrawn
        ]
        broken = (PurePosixPath(path) for path in sorted(self.loaded.failed))
        folders = {kind.folder for kind in kinds}
        return [*found, *((path.stem, "this file has errors") for path in broken if path.parent.name in folders)]

    def taken(self, id_: str) -> str:
        """What has or had an id; empty when it is free."""
        if id_ in self.ledger.former:
            return f"{self.ledger.former[id_]}, which had it before"
        paths = [path for path in self.loaded.failed if PurePosixPath(path).stem == id_]
        record = self.loaded.records.get(id_)
        return record.path if record else next(iter(sorted(paths)), "")


def open_world(content: Path) -> World:
    """The content as it is; a folder that is not there has nothing in it."""
    reading = files.read(content) if content.is_dir() else files.Reading()
    return World(content, loading.load_records(reading.files, reading.failed, reading.kept))


def findings(world: World, file: TextFile) -> list[Diagnostic]:
    """What the checks find in one record, as it would be in the ledger."""
    changed, found = world.having(file)
    id_ = PurePosixPath(file.path).stem
    if changed.loaded is world.loaded:
        return found
    rows = (*checks.of_record(changed.ledger, id_)["problems"], *checks.of_ledger(changed.ledger)["problems"])
    return [*found, *(one for one in map(from_row, rows) if one.span.path == file.path)]


def first_error(found: Iterable[Diagnostic]) -> Diagnostic | None:
    """The first finding that is an error and not merely about what is still to come."""
    return next((one for one in found if one.level == Level.ERROR and one.check not in LATER), None)


@dataclass
class Draft:
    """A record that is being written: its kind, its id as far as that is known, and its data."""

    world: World
    kind: Kind
    id: str
    day: str
    data: Data = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Its file, below the content folder."""
        return self._path(self.data)

    def _path(self, data: Data) -> str:
        named = f"{data.get('controversy')}-{str(data.get('letter')).lower()}" if self.kind.name == "position" else ""
        return f"{self.kind.folder}/{self.id or (may_be_id(named) and named) or f'new-{self.kind.name}'}.yml"

    def take(self, path: FieldPath, text: str) -> Any:
        """Take an answer, or further entries of a list; gives its value. ValueError when the checks find it wrong."""
        value, before = answers.read_value(self.kind, path, text), value_at(self.data, path)
        is_more = isinstance(before, list) and isinstance(value, list) and value
        data = answers.put(self.data, path, [*before, *value] if is_more else value)
        if problem := self._problem_at(path, data):
            raise ValueError(in_words(problem))
        self.data = data
        return value

    def _problem_at(self, path: FieldPath, data: Data) -> Diagnostic | None:
        """The first error of the checks inside a field; whatever is missing elsewhere does not matter."""
        # With what a position's file is named after, so that neither is found wrong for the other's sake.
        whole = answers.filled(self.kind.model, {**letter_of(self.kind, self.id), **data})
        file = TextFile(self._path(whole), record_text(whole))
        document, _ = read_document(file)
        found = findings(self.world, file)
        if document is None:
            return first_error(found)
        places = (*document.nodes.keys.items(), *document.nodes.values.items())
        spans = [span for place, span in places if place[: len(path)] == path]
        first, last = (document.lines.position(at) for at in (min(spans)[0], max(end for _, end in spans)))
        return first_error(one for one in found if first <= (one.span.line, one.span.column) <= last)

    def imply(self) -> None:
        """Add what follows: a position's controversy and letter, ids of parts, the day, and who is the only editor."""
        self.data = {**letter_of(self.kind, self.id), **self.data}
        self.data.setdefault("added", self.day)
        editors = [editor.id for editor in self.world.ledger.settings.editors]
        self.data = _implied(self.kind.model, self.data, self.day, editors[0] if len(editors) == 1 else "")

    def missing(self) -> list[str]:
        """The names of the required fields that have no value."""
        return [said for *_, said in answers.gaps(self.kind.model, self.data)]


def letter_of(kind: Kind, id_: str) -> Data:
    """What the id of a position says: its controversy and letter."""
    controversy, _, letter = id_.rpartition("-")
    is_lettered = kind.name == "position" and len(letter) == 1 and "a" <= letter <= "z"
    return {"controversy": controversy, "letter": letter.upper()} if is_lettered else {}


def _implied(model: Model, data: Mapping[str, Any], day: str, editor: str) -> Data:
    """The same for the parts of lists, whatever they are in."""
    found = dict(data)
    for name, value in data.items():
        part = part_of(known[name]) if name in (known := fields_in(model)) else None
        if part and isinstance(value, list):
            whole = [_implied(part, item, day, editor) if isinstance(item, dict) else item for item in value]
            ids = _free_ids(_PARTS.get(name, ""), whole)
            found[name] = [dict(_of_part(part, item, day, editor, ids)) if isinstance(item, dict) else item
                           for item in whole]  # fmt: skip
    return found


def _free_ids(start: str, items: list[Any]) -> Iterator[str]:
    """`e1`, `e2` … without those that are there."""
    known = {item.get("id") for item in items if isinstance(item, dict)}
    return (id_ for number in count(1) if (id_ := f"{start}{number}") not in known) if start else iter(())


def _of_part(part: Model, item: Data, day: str, editor: str, ids: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """One part, with its id in the first place."""
    known = fields_in(part)
    more = {"recorded": day} if "recorded" in known else {}
    more |= {"by": editor} if editor and part in (Evidence, Assessment, Search) else {}
    more |= {"date": day} if part in (Assessment, Search) else {}
    whole = {**more, **item}
    if "id" in known and "id" not in whole and (id_ := next(ids, "")):
        whole["id"] = id_
    yield from ((name, whole[name]) for name in known if name in whole)
    yield from ((name, value) for name, value in whole.items() if name not in known)
