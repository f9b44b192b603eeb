"""What is decided so far of an import: ids, outcomes, what is new and what is changed.

In: what the content holds. Out: one state, which recognising, settling and planning fill in turn.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger.editing.yamltext import record_text
from ledger.files import TextFile
from ledger.importers.comparing import Change
from ledger.importers.drafts import Draft, Fields, Gap, Outcome, Result, Wishes
from ledger.importers.matching import Works
from ledger.loading import Record
from ledger.records import KINDS

KIND = {kind.name: kind for kind in KINDS}
DIFFERS = "it differs from the record in the ledger"


@dataclass(slots=True)
class State:
    """What is decided so far: ids taken, works by their names; ids, outcomes and new records by the keys of drafts."""

    records: Mapping[str, Record[Any]]
    taken: set[str]
    works: Works
    gaps: list[Gap]
    wishes: Wishes
    ids: dict[str, str] = field(default_factory=dict)
    first: dict[str, Draft] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    updates: dict[str, tuple[Draft, Change]] = field(default_factory=dict)
    """By the path of a source's file: what says something else of it, and what becomes of the file."""
    new: dict[str, Draft] = field(default_factory=dict)
    """The drafts that are to be created, with ids in place of references."""
    asked: Counter[str] = field(default_factory=Counter)
    """How often an id was asked for, by its beginning."""

    def fields_of(self, id_: str) -> Fields:
        """What a source says, of the ledger or of this run."""
        return self.records[id_].authored() if id_ in self.records else self.first[id_].fields

    def decide(self, draft: Draft, result: Result, id_: str = "", why: str = "") -> str:
        """Note what becomes of a draft, and give the id that stands for it."""
        self.new.pop(draft.key, None)
        self.outcomes[draft.key] = Outcome(result, draft.where, draft.kind, id_, why, draft.implied)
        return id_

    def file(self, draft: Draft) -> TextFile:
        """The file of a new record."""
        kind = KIND[draft.kind]
        return TextFile(kind.path(self.ids[draft.key]), record_text(draft.fields, prose=kind.is_prose))

    def changed(self) -> list[TextFile]:
        """The files of sources that take something over, as they will be."""
        return [change.file for _, change in self.updates.values()]

    def leave_as_it_was(self, path: str, why: str) -> None:
        """Take nothing over into a file."""
        draft, _ = self.updates.pop(path)
        self.decide(draft, "skipped", self.outcomes[draft.key].id, f"{DIFFERS}: {path}: {why}")
