"""The content folder → its present State, read anew only where it has changed.

In: a folder and the State of an earlier look, of this process or from the store. Out: a State, and the keys of what has
changed since (`graph.py` says what they mean). Each file gives a FileRead, a function of its bytes alone.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from ledger import files, indexing
from ledger.analysis.as_of import seen_on
from ledger.analysis.lazy import Lookup
from ledger.diagnostics import Diagnostic, as_row, from_row
from ledger.edges import Card, Edge, card_of, edges_of, owner_id
from ledger.engine.report import Options
from ledger.files import Reading, Stat, TextFile
from ledger.graph import texts_of
from ledger.indexing import Index
from ledger.loading import Loaded, Record, assemble, read_file, record_from, site_fields
from ledger.records import BESIDE, read_by_readers
from ledger.settings import Site
from ledger.texts import languages


class FileRead(NamedTuple):
    """What one file gave, with its state on the disk and the hash of its text."""

    stat: Stat
    digest: str
    record: Record[Any] | None
    decoding: tuple[Diagnostic, ...]
    """What was found while bytes became text."""
    problems: tuple[Diagnostic, ...]
    """What was found while the text became a record."""
    data: bytes = b""
    """The fields as they were written, as JSON; empty where they have errors."""
    card: Card | None = None
    edges: tuple[Edge, ...] = ()


NOTHING: Mapping[str, Any] = {}
"""What edges carry that carry nothing."""
ReadFiles = Callable[[Path, Sequence[TextFile]], Iterable[FileRead]]
"""What turns texts into what they give; several processes may share the work."""


@dataclass(frozen=True, slots=True)
class State:
    """The content at one look."""

    reading: Reading = field(repr=False)
    files: Mapping[str, FileRead] = field(repr=False)
    """By path; without those that gave no text."""
    index: Index = field(repr=False)
    """Every record, drafts too, as they are now."""
    shown: Index = field(repr=False)
    """What the site shows: without drafts, and of an earlier day if one was asked for."""
    loaded: Loaded = field(repr=False)

    @property
    def problems(self) -> Iterator[Diagnostic]:
        """What reading found."""
        yield from self.reading.problems
        yield from self.loaded.problems

    @property
    def base_url(self) -> str:
        """The site's public address as the content says; empty without one."""
        return site_fields(self.loaded.site).base_url or ""


def read_state(
    options: Options, before: Mapping[str, FileRead], read: ReadFiles | None = None, last: State | None = None
) -> State:
    """Look at the content. FileNotFoundError or NotADirectoryError when there is no such folder.

    With the State of the last look, what has not changed is not resolved anew.
    """

    def is_known(path: str, stat: Stat) -> bool:
        return path in before and before[path].stat == stat

    reading = files.read(options.content, is_known)
    given = {path: before[path] for path in reading.known}
    given |= dict(_read_again(options.content, reading, before, read or read_files))
    ordered = dict(sorted(given.items()))
    reading.problems = [problem for problem in reading.problems if problem.span.path not in given]
    _let_go(reading, given)
    if last and (patched := _patched(options, last, reading, ordered)):
        return patched
    found = {path: (one.record, [*one.decoding, *one.problems]) for path, one in ordered.items()}
    return _resolved(options, reading, ordered, assemble(found, reading.failed, reading.kept))


def _let_go(reading: Reading, given: Collection[str]) -> None:
    """Keep no text of a file that gave something: it is read again where a line of it is shown."""
    reading.known, reading.files = [*given], []
    reading.texts = {path: text for path, text in reading.texts.items() if path not in given}


def _read_again(
    content: Path, reading: Reading, before: Mapping[str, FileRead], read: ReadFiles
) -> Iterator[tuple[str, FileRead]]:
    """The files that were opened; one with the text that it had gives what it gave."""
    digests = {file.path: hashlib.sha256(file.text.encode("utf-8")).hexdigest() for file in reading.files}
    same = {path: before[path] for path, digest in digests.items() if path in before and before[path].digest == digest}
    new = [file for file in reading.files if file.path not in same]
    found = same | dict(zip((file.path for file in new), read(content, new), strict=True))
    decoding: dict[str, list[Diagnostic]] = {path: [] for path in found}
    for problem in reading.problems:
        decoding.get(problem.span.path, []).append(problem)
    for path, one in found.items():
        own = tuple(decoding[path])
        yield path, one._replace(stat=reading.stats[path], digest=digests[path], decoding=own)


def read_files(content: Path, texts: Iterable[TextFile]) -> list[FileRead]:
    """What some files give. Their records read the text again where a place in it is asked for."""
    return [_read(content, file) for file in texts]


def _read(content: Path, file: TextFile) -> FileRead:
    record, problems = read_file(file)
    if record is None or not record.is_valid:
        return FileRead((0,) * 5, "", record, (), tuple(problems))
    data = bytes(memoryview(orjson.dumps(record.document.data)))  # a copy: the original has kilobytes of room behind it
    return given_by(record.with_text(partial(files.read_text, content, file.path)), data, problems)


def given_by(record: Record[Any], data: bytes, problems: Iterable[Diagnostic] = ()) -> FileRead:
    """What a file gave that has this record and these fields."""
    found = (None, ()) if record.kind in BESIDE else (card_of(record), edges_of(record))
    return FileRead((0,) * 5, "", record, (), tuple(problems), data, *found)


def _patched(options: Options, last: State, reading: Reading, read: Mapping[str, FileRead]) -> State | None:
    """The State where some records say something else and all else is as it was; None where more has changed."""
    changed = {path: one for path, one in read.items() if one is not last.files.get(path)}
    around = [one.failed or [text.path for text in one.kept] for one in (reading, last.reading)]
    same = last.shown is last.index and options.as_of is None and not any(around) and read.keys() == last.files.keys()
    if not same or not all(_is_like(one, last.files[path]) for path, one in changed.items()):
        return None
    records = {one.card.id: one.record for one in changed.values() if one.card and one.record}
    loaded = replace(last.loaded, records={**last.loaded.records, **records})
    cards = {one.card.id: one.card for one in changed.values() if one.card}
    edges = {one.card.id: one.edges for one in changed.values() if one.card}
    index = indexing.patched(last.index, loaded, cards, edges)
    return State(reading, read, index, index, loaded)


def _is_like(one: FileRead, other: FileRead) -> bool:
    """Whether a file gives a record as before: of the same id, seen by the same, and nothing is wrong with it."""
    cards, problems = (one.card, other.card), (one.problems, one.decoding, other.problems, other.decoding)
    if not (cards[0] and cards[1]) or any(problems):
        return False
    return (cards[0].id, cards[0].former, cards[0].draft) == (cards[1].id, cards[1].former, cards[1].draft)


def _resolved(options: Options, reading: Reading, read: Mapping[str, FileRead], loaded: Loaded) -> State:
    index = index_of(read, loaded, as_of=options.as_of if options.clock == "believed" else None)
    shown = index
    if options.as_of is not None:
        then = seen_on(loaded, options.clock, options.as_of)
        if then.cut is not None:
            shown = indexing.index_of(then, as_of=options.as_of if options.clock == "believed" else then.cut.newest)
    return State(reading, read, index, indexing.published_index(shown), loaded)


def index_of(read: Mapping[str, FileRead], loaded: Loaded, *, as_of: date | None = None) -> Index:
    """The index of what files gave, with the cards and edges that they gave."""

    def card(record: Record[Any]) -> Card:
        return read[record.path].card or card_of(record)

    return indexing.index_of(loaded, as_of=as_of, card=card, edges=lambda record: read[record.path].edges)


# As plain values


def packed(read: Mapping[str, FileRead]) -> list[list[Any]]:
    """What files gave, as JSON can hold it; those with an error are left out."""
    return [_packed(path, one) for path, one in read.items() if one.data]


def _packed(path: str, one: FileRead) -> list[Any]:
    found = [[as_row(problem) for problem in problems] for problems in (one.decoding, one.problems)]
    return [path, one.stat, one.digest, one.data.decode(), *found, one.card, one.edges]


def unpacked(content: Path, rows: Iterable[Sequence[Any]]) -> dict[str, FileRead]:
    """The same again. Anything that has another shape raises TypeError, ValueError or IndexError."""
    shared: dict[Any, Any] = {}
    return {row[0]: _unpacked(content, shared, *row) for row in rows}


def _unpacked(  # noqa: PLR0913, PLR0917 - a row
    content: Path, shared: dict[Any, Any], path: str, stat: Any, digest: str, data: str, *rest: Any
) -> FileRead:
    decoding, problems, card, edges = rest
    found = [tuple(from_row(row) for row in rows) for rows in (decoding, problems)]
    known = Card._make(tuple(value) if isinstance(value, list) else value for value in card) if card else None
    made = tuple([_edge(edge, shared) for edge in edges])
    raw = data.encode()
    record = record_from(path, raw, partial(files.read_text, content, path), known.former if known else ())
    return FileRead(tuple(stat), digest, record, found[0], found[1], raw, known, made)


def _edge(row: Sequence[Any], shared: dict[Any, Any]) -> Edge:
    """`shared`: the places in records where edges were written, of which there are few."""
    place = tuple(row[5])
    return Edge._make((*row[:5], shared.setdefault(place, place), row[6] or NOTHING, *row[7:]))


# What has changed


REACHED = "reached:"


class Seen(NamedTuple):
    """Records, and what is no record's, as far as they decide what has changed."""

    cards: Mapping[str, Card]
    edges: Mapping[str, tuple[Edge, ...]]
    former: Mapping[str, str]
    files: Mapping[str, FileRead]
    """What the file of each record gave, by id."""
    others: Mapping[str, Any]
    """Plain values: settings, snapshots, and single things by their keys."""


def seen(state: State) -> tuple[Seen, Seen]:
    """What is compared of what is checked, and of what is shown: one value where both are the same."""
    whole = _seen(state.index, state.files)
    return whole, whole if state.shown is state.index else _seen(state.shown, state.files)


def _seen(index: Index, read: Mapping[str, FileRead]) -> Seen:
    loaded = index.loaded
    kept = {id_: text.sha256 for id_, text in loaded.kept.items()}
    noted = {id_: read[record.path].digest for id_, record in loaded.snapshots.items() if record.path in read}
    others = {
        "settings": settings_of(loaded.site),
        "texts": _texts_of(loaded),
        "past": past_of(index),
        "snapshots": {id_: f"{noted.get(id_)} {kept.get(id_)}" for id_ in sorted({*kept, *noted})},
        "single": {
            "as_of": index.as_of.isoformat() if index.as_of else "",
            "unsound": sorted(index.unsound),
            "files": [(path, read[path].digest if path in read else "") for path in sorted(loaded.failed)],
            "site": read["site.yml"].digest if loaded.site else "",
            "own_texts": read["texts.yml"].digest if loaded.texts else "",
            "kinds": sorted({card.kind for card in index.cards.values()}),
        },
    }
    given = {id_: read[record.path] for id_, record in loaded.records.items()}
    return Seen(index.cards, index.edges, index.former, given, others)


def seen_again(read: Mapping[str, FileRead], others: Sequence[Mapping[str, Any]]) -> tuple[Seen, Seen]:
    """The same of what was stored."""
    whole = _seen_again(read, others[0], drafts=True)
    is_same = others[0] == others[1] and not any(card.draft for card in whole.cards.values())
    return whole, whole if is_same else _seen_again(read, others[1], drafts=False)


def _seen_again(read: Mapping[str, FileRead], others: Mapping[str, Any], *, drafts: bool) -> Seen:
    files = {one.card.id: one for one in read.values() if one.card and (drafts or not one.card.draft)}
    cards = {id_: one.card for id_, one in files.items() if one.card}
    former = {old: card.id for card in cards.values() for old in card.former if old not in cards}

    def edges(id_: str) -> tuple[Edge, ...] | None:
        return indexing.resolved(files[id_].edges, former) if id_ in files else None

    return Seen(cards, Lookup(edges, files.keys), former, files, others)


def settings_of(site: Record[Site] | None) -> dict[str, Any]:
    """Every setting by its name, as plain data."""
    return site_fields(site).model_dump(mode="json")


def past_of(index: Index) -> dict[str, str]:
    """What each claim said before, in short."""
    said = index.past.said if index.past else {}
    return {id_: hashlib.sha256(repr(found).encode()).hexdigest() for id_, found in sorted(said.items())}


def _texts_of(loaded: Loaded) -> dict[str, str]:
    """What decides on the texts of each group: the language, and those of one's own."""
    texts = texts_of(loaded)
    return {group: texts.digest(group) for group in languages.file_of(languages.ENGLISH)}


def changes(befores: tuple[Seen, Seen], afters: tuple[Seen, Seen], known: Iterable[str]) -> set[str]:
    """The keys of what is another than before, as it is checked or shown; of days, those that are known."""
    pairs = list(zip(befores, afters, strict=True))
    if befores[0] is befores[1] and afters[0] is afters[1]:
        pairs = pairs[:1]
    keys = {key for before, after in pairs for key in _changed(before, after)}
    days = [(before.others["single"]["as_of"], after.others["single"]["as_of"]) for before, after in pairs]
    if any(bool(before) != bool(after) for before, after in days):
        keys.add("dated")
    if any(before != after for before, after in days):
        keys |= {key for key in known if key.startswith(REACHED) and _passed(days, key.removeprefix(REACHED))}
    return keys


def _passed(days: Iterable[tuple[str, str]], day: str) -> bool:
    return any((before >= day) != (after >= day) for before, after in days)


def _changed(before: Seen, after: Seen) -> set[str]:
    keys = set(_records(before, after))
    keys |= {f"setting:{name}" for name in _differing(before.others["settings"], after.others["settings"])}
    keys |= {f"texts:{group}" for group in _differing(before.others["texts"], after.others["texts"])}
    snapshots = {f"snapshot:{id_}" for id_ in _differing(before.others["snapshots"], after.others["snapshots"])}
    keys |= snapshots | ({"snapshots"} if snapshots else set())
    keys |= {f"past:{id_}" for id_ in _differing(before.others["past"], after.others["past"])}
    keys |= {"pasts"} if before.others["past"] != after.others["past"] else set()
    keys |= set(_differing(before.others["single"], after.others["single"]))
    return keys | ({"former"} if before.former != after.former else set())


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name in {*before, *after} if before.get(name) != after.get(name)]


def _records(before: Seen, after: Seen) -> Iterator[str]:
    same_former = before.former == after.former
    for id_ in sorted({*before.files, *after.files}):
        one, other = before.files.get(id_), after.files.get(id_)
        if same_former and one is other:
            continue
        if (one and one.digest) != (other and other.digest):
            yield f"text:{id_}"
        written = _written_in(one) != _written_in(other)
        if same_former and not written:
            continue
        old, new = before.cards.get(id_), after.cards.get(id_)
        if written:
            yield from _written(id_, (one, old), (other, new))
        if old != new:
            yield from _others_see(id_, old, new)
        yield from _edges(id_, before.edges.get(id_, ()), after.edges.get(id_, ()))


def _written_in(one: FileRead | None) -> Any:
    """The file of a record, and the fields in it."""
    return one and one.record and (one.record.path, one.data)


def _written(
    id_: str, before: tuple[FileRead | None, Card | None], after: tuple[FileRead | None, Card | None]
) -> Iterator[str]:
    """The keys of a record in which something else is written."""
    yield from ("records", f"record:{id_}", *(f"all:{kind}" for kind in _kinds(before[1], after[1])))
    if _core_of(*before) != _core_of(*after):
        yield f"core:{id_}"


def _others_see(id_: str, old: Card | None, new: Card | None) -> Iterator[str]:
    """The keys of a record of which others see something else."""
    kinds, former = _kinds(old, new), {*_former(old), *_former(new)}
    yield from (f"card:{id_}", *(f"cards:{kind}" for kind in kinds), *(f"card:{name}" for name in former))
    if _known_of(old) != _known_of(new):
        yield from (f"kind:{name}" for name in {id_, *former})
    if (old and (old.kind, old.withdrawn)) != (new and (new.kind, new.withdrawn)):
        yield from (f"standing:{kind}" for kind in kinds)
    if (old and old.kind) != (new and new.kind):
        yield from (f"members:{kind}" for kind in kinds)


def _kinds(*cards: Card | None) -> set[str]:
    return {card.kind for card in cards if card}


def _core_of(one: FileRead | None, card: Card | None) -> Any:
    """What computations see of what was written."""
    if one is None or one.record is None or card is None:
        return None
    hidden = read_by_readers(card.kind)
    seen = {name: value for name, value in orjson.loads(one.data).items() if name not in hidden}
    return one.record.path, card.kind, seen


def _known_of(card: Card | None) -> Any:
    return card and (card.kind, card.parts, card.former, card.withdrawn)


def _former(card: Card | None) -> tuple[str, ...]:
    return card.former if card else ()


def _edges(id_: str, before: tuple[Edge, ...], after: tuple[Edge, ...]) -> Iterator[str]:
    if before == after:
        return
    yield from (f"from:{id_}", "edges")
    for target in {owner_id(edge.target) for edge in (*before, *after)}:
        ends = [[edge for edge in made if owner_id(edge.target) == target] for made in (before, after)]
        if ends[0] != ends[1]:
            yield f"to:{target}"
