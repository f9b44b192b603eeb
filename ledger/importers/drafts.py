"""What importers make of the files of other programs, before ids are given and anything is compared.

In: the bytes of foreign files. Out: drafts of records, gaps (what could not be carried over, or had to be guessed) and
problems (what is wrong with the foreign files). Every foreign record is a draft or is refused with a reason.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from ledger.decoding import decode_text
from ledger.diagnostics import Diagnostic, Lines, Span, error
from ledger.importers.cleaning import one_line, plain_line, visible_text

Fields = dict[str, Any]
Result = Literal["created", "updated", "unchanged", "skipped"]
MAX_BYTES = 32 << 20
"""The largest foreign file that is read: libraries of references are larger than any record."""
NOTE = 2_000
"""How long a note for the editors is at most."""
SHOWN = 80
"""How much of a value the gap report shows."""


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """One file of another program: its path as the user named it, and its bytes."""

    path: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an editor wants of an import beyond the rule: tags, drafts, changes to what is there, and, of what is taken
    for the work of another record, records of their own: by key, by place as `refs.bib:12`, or `all`.
    """

    tags: bool = False
    drafts: bool = False
    update: bool = False
    separate: frozenset[str] = frozenset()


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Run:
    """The day of the import, whether a text may be kept, the address of an article whose file does not say it."""

    day: date
    keep_text: bool = True
    url: str = ""
    wishes: Wishes = NO_WISHES


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not carried over as it was: which field, why, in which foreign record, what it said."""

    what: str
    why: str
    where: str
    value: str = ""
    guess: bool = False
    """Whether it is about a value that was made up: no matter when no record is created."""


@dataclass(frozen=True, slots=True)
class WorkRef:
    """A reference to a source by a name of its work, as `doi:…`; the plan puts the id of its record in its place."""

    name: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to another draft, by its key; the plan puts the id in its place."""

    key: str


@dataclass(frozen=True, slots=True)
class Captured:
    """The text of an article as it was read, how and on which day, and whether it may be kept."""

    text: str = field(repr=False)
    how: str
    day: str
    keep: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """One record to be: its kind, where it comes from, its fields, and which of them the foreign record stated.

    `key` is its name within the run, `wish` the id it asks for, after that of the draft `within` if there is one; an
    implied draft has no foreign record of its own, and a named one asks for the id of the very record that is meant. A
    source has the other `types` that the foreign word for its type stands for as well.
    """

    kind: str
    key: str
    where: str
    fields: Fields
    stated: frozenset[str]
    wish: str = ""
    within: str = ""
    implied: bool = False
    snapshot: Captured | None = None
    types: frozenset[str] = frozenset()
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one foreign record, or of one that the foreign format implies."""

    result: Result
    where: str
    kind: str = ""
    id: str = ""
    why: str = ""
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Log:
    """The gaps of one foreign record, noted with where it stands; long values are cut."""

    where: str
    gaps: list[Gap]

    def gap(self, what: str, why: str, value: object = "") -> None:
        """Note what is not carried over as it was."""
        self.gaps.append(Gap(visible_text(what), why, self.where, short(value)))

    def first(self, what: str, values: Iterable[str]) -> str:
        """The first of the values that say something; each other is noted."""
        said = list(dict.fromkeys(value for value in values if value))
        for value in said[1:]:
            self.gap(what, "given more than once: the first is kept", value)
        return said[0] if said else ""

    def guess(self, what: str, why: str, value: object = "") -> None:
        """Note a value that is set although the foreign record does not give it."""
        self.gaps.append(Gap(what, why, self.where, short(value), guess=True))


@dataclass(slots=True)
class Imported:
    """What an importer made: filled while it reads."""

    drafts: list[Draft] = field(default_factory=list)
    refused: list[Outcome] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, Lines] = field(default_factory=dict)
    implied: set[str] = field(default_factory=set)
    """The keys of sources that others name, each made once."""

    def log(self, where: str) -> Log:
        """A place to note the gaps of one foreign record."""
        return Log(where, self.gaps)

    def refuse(self, where: str, why: str, problems: Iterable[Diagnostic] = ()) -> None:
        """Note a foreign record that stays out."""
        self.refused.append(Outcome("skipped", where, why=why))
        self.problems += problems

    def reject(self, where: str, why: str, span: Span, message: str = "", hint: str = "") -> None:
        """Note a foreign record that stays out for an error at a place in its file."""
        self.refuse(where, why, [error("import", span, message or why, hint)])

    def text_of(self, file: ForeignFile) -> Lines | None:
        """The text of a file without invisible characters; None (and refused) when it is too large or no UTF-8."""
        if len(file.data) > MAX_BYTES:
            message = f"the file has {len(file.data):,} bytes; {MAX_BYTES:,} are the limit"
            self.reject(file.path, "too large", Span(file.path), message, "divide it")
            return None
        text, found = decode_text(file.path, file.data)
        if text is None:
            self.refuse(file.path, "not UTF-8", found)
            return None
        lines = self.texts[file.path] = Lines(visible_text(text))
        if lines.text != text:
            why = "characters that cannot be seen are left out"
            self.log(file.path).gap("invisible characters", why, len(text) - len(lines.text))
        return lines

    def add(self, more: "Imported") -> None:
        """Take in what was made of another file."""
        self.drafts += more.drafts
        self.refused += more.refused
        self.gaps += more.gaps
        self.problems += more.problems
        self.texts |= more.texts

    def record(  # noqa: PLR0913 - what a draft is made of
        self, kind: str, key: str, where: str, fields: Fields, *, unsaid: Collection[str] = (), wish: str = "",
        within: str = "", implied: bool = False,
    ) -> None:  # fmt: skip
        """The draft of a record that is no source, of fields of which the `unsaid` are guesses; empty ones go."""
        filled = {name: value for name, value in fields.items() if value not in ("", [], None)}
        stated = filled.keys() - {*unsaid, "added", "draft"}
        self.drafts.append(Draft(kind, key, where, filled, frozenset(stated), wish, within, implied))

    def amend(self, fields: Fields, **changes: Any) -> None:
        """Add fields to the newest draft, and mark its record as a draft to be completed."""
        last = self.drafts.pop()
        self.drafts.append(replace(last, fields={**last.fields, **fields, "draft": "true"}, **changes))

    @property
    def read(self) -> int:
        """How many foreign records were found."""
        return len(self.refused) + sum(not draft.implied for draft in self.drafts)


def editors_note(kept: Mapping[str, Any], log: Log, group: str = "", lead: str = "") -> str:
    """A note for the editors of what a foreign record says and ours has no field for; each part is reported."""
    said = [lead] if lead else []
    for name, value in kept.items():
        log.gap(f"{group}{name}", "no field here: kept in the editors' note", value)
        said.append(f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")
    return plain_line("; ".join(said))[:NOTE].strip()


def short(value: object) -> str:
    """A value on one line, cut where it is long."""
    text = one_line(", ".join(map(str, value)) if isinstance(value, list) else str(value))
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
