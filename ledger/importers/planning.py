"""Drafts and what the content already holds → what would be created, what stays, what is skipped, and the new files.

In: drafts, and the content's files as texts. Out: a plan. A source is recognised by DOI, arXiv number, address, ISBN
or PMID, by the text that was read, or, where the ledger has none of these, by title and authors; any other record by
its id. Nothing here writes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ledger import checks, graph
from ledger.diagnostics import Diagnostic, Lines, in_order
from ledger.editing.yamltext import record_text
from ledger.files import TextFile, kept_text
from ledger.importers.cleaning import free_id, is_id, significant_word, slug
from ledger.importers.drafts import Captured, Draft, Fields, Gap, Imported, Log, Outcome, Ref, Result, WorkRef
from ledger.importers.matching import differences, names_of, names_to_try, text_hash
from ledger.loading import Loaded, Record, is_a, load_record, load_records
from ledger.naming import RESERVED
from ledger.outfile import OutFile
from ledger.records import KINDS, SNAPSHOT, Source

KIND = {kind.name: kind for kind in KINDS}
DIFFERS = "it differs from the record in the ledger"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: an outcome for every foreign record, the new files, the gaps, the problems."""

    read: int
    outcomes: tuple[Outcome, ...]
    files: tuple[OutFile, ...] = field(repr=False)
    gaps: tuple[Gap, ...] = field(repr=False)
    problems: tuple[Diagnostic, ...]
    texts: Mapping[str, Lines] = field(repr=False)
    """The foreign texts by path, to show lines of."""


@dataclass(slots=True)
class _State:
    """What is decided so far: ids taken, works by their names; ids, outcomes and new records by the keys of drafts."""

    records: Mapping[str, Record[Any]]
    taken: set[str]
    works: dict[str, set[str]]
    gaps: list[Gap]
    ids: dict[str, str] = field(default_factory=dict)
    first: dict[str, Draft] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    new: dict[str, Draft] = field(default_factory=dict)
    """The drafts that are to be created, with ids in place of references."""

    def decide(self, draft: Draft, result: Result, id_: str = "", why: str = "") -> str:
        """Note what becomes of a draft, and give the id that stands for it."""
        self.new.pop(draft.key, None)
        self.outcomes[draft.key] = Outcome(result, draft.where, draft.kind, id_, why, draft.implied)
        return id_

    def file(self, draft: Draft) -> TextFile:
        """The file of a new record."""
        kind = KIND[draft.kind]
        return TextFile(kind.path(self.ids[draft.key]), record_text(draft.fields, prose=kind.is_prose))


def make_plan(made: Imported, content: Iterable[TextFile], unread: Iterable[str] = ()) -> Plan:
    """Decide what becomes of every draft. Nothing that stands in the content is changed."""
    texts = tuple(content)
    loaded = load_records(texts, unread)
    state = _State(loaded.records, _taken(loaded, texts, unread), _works(loaded), list(made.gaps))
    for draft in made.drafts:
        state.ids[draft.key] = _id_of(draft, state)
    undecided = [draft for draft in made.drafts if draft.key not in state.outcomes]
    state.new = {draft.key: replace(draft, fields=_resolved(draft, state)) for draft in undecided}
    for draft in list(state.new.values()):
        _compare_by_id(draft, state)
    _drop_errors(state, texts)
    files = tuple(_files(state))
    for draft in list(state.new.values()):
        state.decide(draft, "created", state.ids[draft.key])
    outcomes = (*(state.outcomes[draft.key] for draft in made.drafts), *made.refused)
    created = {outcome.where for outcome in outcomes if outcome.result == "created"}
    gaps = tuple(gap for gap in state.gaps if gap.where in created or not gap.guess)
    return Plan(made.read, outcomes, files, gaps, tuple(in_order(made.problems)), made.texts)


def _files(state: _State) -> Iterator[OutFile]:
    made = [(draft, state.file(draft)) for draft in state.new.values()]
    yield from (OutFile(file.path, file.text.encode()) for _, file in made)
    for draft, _ in made:
        if draft.snapshot:
            yield from _snapshot_files(state.ids[draft.key], draft.snapshot, draft.fields)


def _snapshot_files(id_: str, captured: Captured, source: Fields) -> Iterator[OutFile]:
    """The record of what was read on the day of the import, and the text itself where it may be kept."""
    kept = kept_text(f"{SNAPSHOT.folder}/{id_}.txt", captured.text.encode("utf-8"))
    fields = {"sha256": kept.sha256, "captured": captured.day}
    fields |= {"url": source["url"]} if "url" in source else {}
    yield OutFile(f"{SNAPSHOT.folder}/{id_}.yml", record_text({**fields, "how": captured.how}).encode("utf-8"))
    if captured.keep:
        yield OutFile(kept.path, kept.text.encode("utf-8"))


def _taken(loaded: Loaded, texts: Iterable[TextFile], unread: Iterable[str]) -> set[str]:
    stems = {path.rsplit("/", 1)[-1].rsplit(".", 1)[0] for path in (*(file.path for file in texts), *unread)}
    former = {id_ for record in loaded.records.values() for id_ in record.former_ids}
    return {*loaded.records, *stems, *former, *RESERVED}


def _works(loaded: Loaded) -> dict[str, set[str]]:
    """The sources of the content by every name that they go by."""
    works: defaultdict[str, set[str]] = defaultdict(set)
    for record in loaded.records.values():
        if is_a(record, Source):
            snapshot = loaded.snapshots.get(record.id)
            for name in names_of(record.authored(), snapshot.fields.sha256 if snapshot else ""):
                works[name].add(record.id)
    return works


# Ids


def _id_of(draft: Draft, state: _State) -> str:
    """The id of a draft: the known work's, whose outcome is noted, or a free one."""
    is_source = draft.kind == "source"
    for names in names_to_try(draft) if is_source else ():
        if found := [state.works[name] for name in names if name in state.works]:
            return _recognised(draft, found, state, by_text=names[0].startswith("text:"))
    id_ = _new_id(draft, state)
    state.first[id_] = draft
    for name in names_of(draft.fields, text_hash(draft)) if is_source else ():
        state.works[name] = {id_}
    return id_


def _recognised(draft: Draft, found: list[set[str]], state: _State, *, by_text: bool) -> str:
    """Compare a draft with the record it is the same work as: of several versions, its own or the one most like it."""
    fitting = set.intersection(*found)
    if not fitting:
        several = sorted(set.union(*found))
        why = f"its identifiers belong to several records: {', '.join(several)}"
        return state.decide(draft, "skipped", several[0], why)
    *_, id_, differs = min(_likeness(draft, id_, state) for id_ in fitting)
    if not differs:
        return state.decide(draft, "unchanged", id_)
    why = DIFFERS if id_ in state.records else "it differs from a record that comes in with it"
    known_by = "its text is there already; " if by_text else ""
    return state.decide(draft, "skipped", id_, f"{known_by}{why}: sources/{id_}: {differs}")


def _likeness(draft: Draft, id_: str, state: _State) -> tuple[bool, bool, bool, str, str]:
    """How much a draft is like a record, the most like first; then the record's id, and what differs."""
    if id_ in state.records:
        existing = state.records[id_].authored()
        differs = differences(draft, draft.fields, existing)
    else:
        existing = state.first[id_].fields
        places = f"in {state.first[id_].where}", f"in {draft.where}"
        differs = differences(draft, draft.fields, existing, *places)
    return bool(differs), id_ != draft.wish, existing.get("status") == "superseded", id_, differs


def _new_id(draft: Draft, state: _State) -> str:
    """A free id. A record that is no source may have that of one of its kind, to which it is then compared."""
    wanted = f"{state.ids[draft.within]}-{draft.wish}" if draft.within in state.ids else draft.wish
    base = wanted if is_id(wanted) else slug(wanted) or draft.kind
    word, taken = "", state.taken
    if draft.kind == "source":
        word = significant_word(str(draft.fields.get("title", "")))
    else:
        own = {id_ for id_, record in state.records.items() if record.kind.name == draft.kind}
        taken = taken - (own - set(state.ids.values()))
    id_ = free_id(base, "" if base.endswith(f"-{word}") else word, taken)
    if id_ != wanted:
        why = "is taken" if is_id(wanted) else "cannot be an id here"
        log = Log(draft.where, state.gaps)
        log.gap("id", f"the id that it would have {why}: another was made", f"{wanted} → {id_}")
    state.taken.add(id_)
    return id_


# Fields


def _resolved(draft: Draft, state: _State) -> Fields:
    known = {name: _work(value, draft, state) for name, value in draft.fields.items() if isinstance(value, WorkRef)}
    fields = {name: _with_ids(value, state.ids) for name, value in (draft.fields | known).items()}
    for name in (name for name, value in fields.items() if value is None):
        Log(draft.where, state.gaps).gap(name, "it leads to a record that did not come in: left out")
    return {name: value for name, value in fields.items() if value is not None}


def _work(ref: WorkRef, draft: Draft, state: _State) -> str | None:
    """The id of the one other record of a work; None where there is none."""
    others = state.works.get(ref.name, set()) - {state.ids[draft.key]}
    return next(iter(others)) if len(others) == 1 else None


def _with_ids(value: Any, ids: Mapping[str, str]) -> Any:
    """The value with ids for references; None where one leads nowhere."""
    if isinstance(value, Ref):
        return ids.get(value.key)
    if isinstance(value, list):
        kept = [item for item in (_with_ids(item, ids) for item in value) if item is not None]
        return list(dict.fromkeys(kept)) if all(isinstance(item, str) for item in kept) else kept
    if isinstance(value, dict):
        parts = {name: _with_ids(part, ids) for name, part in value.items()}
        return None if None in parts.values() else parts
    return value


def _compare_by_id(draft: Draft, state: _State) -> None:
    """A record other than a source that the content has under the same id is unchanged, or skipped with the reason."""
    if existing := state.records.get(state.ids[draft.key]):
        record, _ = load_record(state.file(draft))
        differs = differences(draft, record.authored() if record else draft.fields, existing.authored())
        why = f"{DIFFERS}: {existing.path}: {differs}" if differs else ""
        state.decide(draft, "skipped" if differs else "unchanged", existing.id, why)


# What our own checks would say


def _drop_errors(state: _State, texts: tuple[TextFile, ...]) -> None:
    """Take out, field by field and at last record by record, what would be an error in the content."""
    while errors := _errors(state, texts):
        for draft, file, problem in errors:
            name = _field_at(draft.fields, file, problem)
            if name and not KIND[draft.kind].model.model_fields[name].is_required():
                log = Log(draft.where, state.gaps)
                log.gap(name, f"left out: {problem.message}", draft.fields.pop(name))
            else:
                state.decide(draft, "skipped", "", f"it cannot be held: {problem.message}")


def _errors(state: _State, texts: tuple[TextFile, ...]) -> list[tuple[Draft, TextFile, Diagnostic]]:
    """The first error of each new record: those of its own file, and when there are none those of the whole."""
    made = {(file := state.file(draft)).path: (draft, file) for draft in state.new.values()}
    loaded = load_records([*texts, *(file for _, file in made.values())])

    def mine(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
        return [problem for problem in problems if problem.level == "error" and problem.span.path in made]

    found = mine(loaded.problems) or mine(checks.run(graph.build_graph(loaded)).problems)
    first = {problem.span.path: problem for problem in reversed(found)}
    return [(*made[path], problem) for path, problem in first.items()]


def _field_at(fields: Fields, file: TextFile, problem: Diagnostic) -> str:
    lines = file.text.split("\n")[: problem.span.line]
    if file.path.endswith(".md") and "---" in lines[1:]:
        return "body" if "body" in fields else ""
    names = [line.partition(":")[0] for line in lines if line[:1].isalpha() and ":" in line]
    return next((name for name in reversed(names) if name in fields), "")
