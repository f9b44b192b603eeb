"""Documents → records: every file becomes one checked record or says why not.

In: the texts that were read. Out: records by id, the site's settings, the kept snapshots, and all problems at once.
A record whose file has an error is left out, but its id is remembered, so that one mistake is reported once.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import PurePosixPath
from typing import Any, Generic, Literal, NamedTuple, TypeGuard, TypeVar, cast

import orjson

from ledger import bugs
from ledger.diagnostics import Diagnostic, Span, error, has_errors
from ledger.documents import Document, read_document
from ledger.fields import ID_HINT, is_id
from ledger.files import KeptText, TextFile
from ledger.modelling import FORMAT, Common
from ledger.naming import RESERVED, nearest_id
from ledger.records import BESIDE, SITE, SNAPSHOT, TEXTS, Kind, OwnTexts, Snapshot, kind_at
from ledger.settings import Site
from ledger.validating import validate

Fields = TypeVar("Fields", bound=Common | Snapshot | OwnTexts)
"""The model of a record's kind: `Record[Claim]`."""
Model = TypeVar("Model", bound=Common)


class Record(Generic[Fields]):
    """One record: its kind, its id, its fields, and the file that they stand in. It is never changed.

    `fields` are made from plain data, and `document` from the file's text, when they are first asked for: of most
    records a build that has them in its store needs neither.
    """

    __slots__ = ("_fields", "_former", "_make", "_text", "id", "kind", "path")

    def __init__(  # noqa: PLR0913 - two ways to the fields
        self,
        kind: Kind,
        path: str,
        text: Callable[[], str],
        *,
        fields: Fields | None = None,
        make: Callable[[], Fields] | None = None,
        former: tuple[str, ...] | None = None,
    ) -> None:
        self.kind, self.path, self.id = kind, path, path.rpartition("/")[2].rpartition(".")[0]
        self._text, self._fields, self._make, self._former = text, fields, make, former

    def __repr__(self) -> str:
        return f"Record({self.path!r})"

    @property
    def is_valid(self) -> bool:
        """Whether it has fields; one whose fields have errors has only its document."""
        return self._fields is not None or self._make is not None

    @property
    def fields(self) -> Fields:
        """What was written, checked field by field. ValueError for a record whose fields have errors."""
        if self._fields is None:
            if self._make is None:
                raise ValueError(f"the fields of {self.path} have errors")
            self._fields = self._make()
        return self._fields

    @property
    def former_ids(self) -> tuple[str, ...]:
        """The ids that it had before."""
        return cast(Common, self.fields).former_ids if self._former is None else self._former

    @property
    def text(self) -> str:
        """The file as it was read."""
        return self._text()

    @property
    def document(self) -> Document:
        """The file, with the place of every field."""
        return _document(self.path, self._text())

    def span(self, *path: str | int) -> Span:
        """Where a field stands in the file, or the nearest thing around it."""
        return self.document.span(path)

    @property
    def title(self) -> str:
        """What readers call it: its title, name, term or statement, as written."""
        return str(getattr(self.fields, self.kind.title_field))

    @property
    def is_draft(self) -> bool:
        """Whether it is checked but not published."""
        return bool(cast(Common, self.fields).draft)

    def authored(self) -> dict[str, Any]:
        """The fields as they were written, ready for JSON, without the editors' note."""
        shown: dict[str, Any] = self.fields.model_dump(mode="json", by_alias=True, exclude_unset=True)
        shown.pop("note", None)
        return shown

    def without(self, names: Collection[str]) -> "Record[Fields]":
        """The same record without some fields: to ask it for one of them raises AttributeError."""
        known: Any = self.fields
        fields = object.__new__(_without(cast(Any, type(known)), frozenset(names)))
        for name in STATE:
            object.__setattr__(fields, name, getattr(known, name))  # shared: no record is ever changed
        return self.with_fields(cast(Fields, fields))

    def with_text(self, text: Callable[[], str]) -> "Record[Fields]":
        """The same record whose text is read by another function."""
        return Record(self.kind, self.path, text, fields=self.fields)

    def with_fields(self, fields: Fields) -> "Record[Fields]":
        """The same record with other fields."""
        return Record(self.kind, self.path, self._text, fields=fields)


STATE = ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
"""All that makes a record of a model."""


@cache
def _without(model: type[Any], names: frozenset[str]) -> type[Any]:
    """A model whose records lack some fields, whatever they are made of."""
    made = type(model.__name__, (model,), {"__module__": model.__module__})
    for name in names & model.model_fields.keys():
        setattr(made, name, _LeftOut())
    return made


class _LeftOut:
    """In place of a field that is not there."""

    def __get__(self, *_: object) -> Any:
        raise AttributeError

    def __set__(self, *_: object) -> None:
        raise AttributeError


def is_a(record: Record[Any], model: type[Model]) -> TypeGuard[Record[Model]]:
    """Whether a record is of the kind that has this model: type checkers know its fields from then on."""
    return record.kind.model is model


def record_from(
    path: str, data: bytes | str, text: Callable[[], str], former: tuple[str, ...] | None = None
) -> Record[Any]:
    """A record whose fields are made of JSON, and whose document of its text, when they are asked for."""
    kind = kind_at(path)
    return Record(kind, path, text, make=lambda: kind.model.model_validate(orjson.loads(data)), former=former)


@lru_cache(maxsize=256)
def _parsed(file: TextFile) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """What a file says: kept for a moment, since its record is made of it first, and then what is stored of it."""
    document, found = read_document(file)
    return document, tuple(found)


def _document(path: str, text: str) -> Document:
    """A file that has given a record before, parsed again: places are asked for only where something is wrong."""
    document, _ = _parsed(TextFile(path, text))
    if document is None:
        raise ValueError(f"{path} has changed while it was read")
    return document


Clock = Literal["happened", "believed"]
"""What a day is a day of: the world's, by which something had happened, or the ledger's, by which it held something."""


class Cut(NamedTuple):
    """The day after which nothing was kept, by which clock, and the newest editorial date before that."""

    clock: Clock
    day: date
    newest: date
    gone: Mapping[str, Record[Any]]
    """What was not there, under every id that it had."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The records by id in order of id, the site's settings, the snapshots by source, and what went wrong."""

    records: Mapping[str, Record[Any]]
    site: Record[Site] | None
    snapshots: Mapping[str, Record[Snapshot]]
    problems: tuple[Diagnostic, ...]
    failed: frozenset[str]
    """Paths of the files that gave no record."""
    broken: tuple[Record[Any], ...] = ()
    """Records whose fields have errors: they have a document and no fields, so that their references can be checked."""
    kept: Mapping[str, KeptText] = field(default_factory=dict, repr=False)
    """The texts of snapshots by source, whether or not they have the hash that they should."""
    cut: Cut | None = None
    """If the records are those of an earlier day."""
    texts: Record[OwnTexts] | None = None
    """Words of one's own for those of the site."""

    @property
    def count(self) -> int:
        """How many files gave a record."""
        return len(self.records) + len(self.snapshots) + (self.site is not None) + (self.texts is not None)


ReadFile = tuple[Record[Any] | None, list[Diagnostic]]
"""What a file gave: a record, one without fields when they have errors, or None when there is no document."""


def load_records(files: Iterable[TextFile], unread: Iterable[str] = (), kept: Iterable[KeptText] = ()) -> Loaded:
    """Turn every file into a record; `unread` are the paths of those that gave no text, `kept` texts of snapshots.

    Nothing is raised for what an editor wrote.
    """
    return assemble({file.path: read_file(file) for file in files}, unread, kept)


def assemble(read: Mapping[str, ReadFile], unread: Iterable[str] = (), kept: Iterable[KeptText] = ()) -> Loaded:
    """What files gave, by path → the records by id, with what is wrong between files."""
    found = [problem for _, problems in read.values() for problem in problems]
    failed: set[str] = {*unread, *(path for path, (record, _) in read.items() if not (record and record.is_valid))}
    records = [record for record, _ in read.values() if record and record.is_valid]
    duplicates = list(_duplicates(records))
    found += duplicates
    failed |= {problem.span.path for problem in duplicates}
    records = [record for record in records if record.path not in failed]
    by_id = {r.id: r for r in sorted(records, key=lambda r: r.id) if r.kind not in BESIDE}
    snapshots = {r.id: r for r in sorted(records, key=lambda r: r.id) if r.kind is SNAPSHOT}
    site = next((r for r in records if r.kind is SITE), None)
    own = next((r for r in records if r.kind is TEXTS), None)
    broken = tuple(record for record, _ in read.values() if record and not record.is_valid)
    texts = {PurePosixPath(text.path).stem: text for text in kept}
    return Loaded(by_id, site, snapshots, tuple(found), frozenset(failed), broken, texts, texts=own)


def kept_text(loaded: Loaded, source: str) -> str | None:
    """The text that was read of a source, if it is kept and is still the one that was read."""
    kept, snapshot = loaded.kept.get(source), loaded.snapshots.get(source)
    return kept.text if kept and snapshot and kept.sha256 == snapshot.fields.sha256 else None


def load_record(file: TextFile) -> ReadFile:
    """Read one file. The record is None when anything in it is an error."""
    record, found = read_file(file)
    return (record if record and record.is_valid else None), found


def read_file(file: TextFile) -> ReadFile:
    """Read one file, whatever stands in the others."""
    kind = kind_at(file.path)
    try:
        document, noted = _parsed(file)
        found = [*noted]
        found += [] if kind in (SITE, TEXTS) else _name_problems(file.path)
        if document is None:
            return None, found
        fields, problems = validate(kind, document)
    except Exception as bug:
        return None, [bugs.check_failed("of its fields", Span(file.path), bug)]
    reported = {problem.span for problem in found} - {Span(file.path)}
    found += [problem for problem in problems if problem.span not in reported]
    if fields is not None:
        found += _reserved_former_ids(fields, document)
    return Record(kind, file.path, lambda: file.text, fields=None if has_errors(found) else fields), found


def _name_problems(path: str) -> list[Diagnostic]:
    name = path.rpartition("/")[2].rsplit(".", 1)[0]
    if name.casefold() in RESERVED:
        return [error("reserved-id", Span(path), _RESERVED_MESSAGE.format(name), "choose another file name")]
    if not is_id(name):
        hint = ID_HINT + (f"; did you mean '{near}'?" if (near := nearest_id(name)) else "")
        return [error("bad-id", Span(path), f"the file's name '{name}' is not a valid id", hint)]
    return []


_RESERVED_MESSAGE = "the name '{}' is reserved: some file systems or the site itself use it"


def _reserved_former_ids(fields: Common | Snapshot | OwnTexts, document: Document) -> Iterator[Diagnostic]:
    """A redirect is a page too."""
    for at, former in enumerate(fields.former_ids if isinstance(fields, Common) else ()):
        if former in RESERVED:
            span = document.span(("former_ids", at))
            yield error("reserved-id", span, _RESERVED_MESSAGE.format(former), "remove it from `former_ids`")


def _duplicates(records: list[Record[Any]]) -> Iterator[Diagnostic]:
    """Two files that claim one id, now or formerly; snapshots share their source's id."""
    named = [record for record in records if record.kind not in BESIDE]
    places: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
    for record in named:
        places[record.id.casefold()].append((Span(record.path), "rename one of the files"))
    for record in named:
        for at, former in enumerate(record.former_ids):
            span = record.document.span(("former_ids", at))
            places[former].append((span, "an id belongs to one record for ever: remove it from `former_ids`"))
    for id_, claims in places.items():
        for span, hint in claims[1:]:
            others = ", ".join(dict.fromkeys(other.path for other, _ in claims if other is not span))
            yield error("duplicate-id", span, f"the id '{id_}' is already taken by {others}", hint)


def site_fields(site: Record[Site] | None) -> Site:
    """The site's settings, or the defaults when there is no usable `site.yml`."""
    return site.fields if site else Site.model_validate({"format": FORMAT, "title": "Ledger"})


READING_CHECKS = (
    "bad-file-name", "unread-file", "not-a-file", "hard-link", "cut-off", "unreadable", "too-large", "not-utf8",
    "byte-order-mark", "control-character", "invisible-character", "unusual-line-break", "merge-conflict",
    "empty-record", "front-matter", "invalid-yaml", "unclosed-quote", "tab-indent", "bad-key", "duplicate-key",
    "comment-in-value", "second-document", "yaml-alias", "yaml-directive", "yaml-merge", "yaml-tag", "bad-id",
    "reserved-id", "duplicate-id", "missing-field", "blank-text", "unknown-field", "wrong-type", "bad-value",
    "bad-date", "bad-number", "bad-url",
)  # fmt: skip
"""What can be found while a file becomes a record. Each of these looks at every file."""
