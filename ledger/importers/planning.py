"""Drafts and what the content already holds → what would be created, what stays, what is skipped, and the new files.

In: drafts, and the content's files as texts. Out: a plan. A source is recognised by DOI, arXiv number, address, ISBN
or PMID, by the text that was read, or, where the ledger has none of these, by title and authors; any other record by
its id. What our own checks would say of the new content is put right first: fields and records that would be errors are
left out and reported. Nothing here writes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ledger import checks, graph
from ledger.diagnostics import Diagnostic, Lines, in_order
from ledger.editing.yamltext import record_text
from ledger.files import TextFile, kept_text
from ledger.importers.comparing import Change, differences, differing
from ledger.importers.drafts import (
    NO_WISHES,
    Captured,
    Draft,
    Fields,
    Gap,
    Imported,
    Log,
    Outcome,
    Ref,
    Wishes,
    WorkRef,
)
from ledger.importers.matching import Works, profile_of
from ledger.importers.recognising import DIFFERS, KIND, State, id_of
from ledger.loading import Loaded, ReadFile, assemble, is_a, load_record, read_file
from ledger.naming import RESERVED
from ledger.outfile import OutFile
from ledger.records import SNAPSHOT, Source

_PATIENCE = 12
"""After so many rounds whole records are left out instead of fields: what is wrong may lie in other records."""
Read = Mapping[str, ReadFile]
Errors = Mapping[str, list[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: an outcome for every foreign record, files new and changed, gaps, problems."""

    read: int
    outcomes: tuple[Outcome, ...]
    files: tuple[OutFile, ...] = field(repr=False)
    changes: tuple[Change, ...] = field(repr=False)
    gaps: tuple[Gap, ...] = field(repr=False)
    problems: tuple[Diagnostic, ...]
    texts: Mapping[str, Lines] = field(repr=False)
    """The foreign texts by path, to show lines of."""


def make_plan(
    made: Imported, content: Iterable[TextFile], unread: Iterable[str] = (), wishes: Wishes = NO_WISHES
) -> Plan:
    """Decide what becomes of every draft. Nothing that stands in the content is changed, unless that is wished."""
    read = {file.path: read_file(file) for file in content}
    loaded = assemble(read, unread)
    taken = _taken(loaded, (*read, *unread))
    state = State(loaded.records, taken, _works(loaded), list(made.gaps), wishes)
    drafts = [_as_wished(draft, state) for draft in made.drafts]
    for draft in drafts:
        state.ids[draft.key] = id_of(draft, state)
    undecided = [draft for draft in drafts if draft.key not in state.outcomes]
    state.new = {draft.key: replace(draft, fields=_resolved(draft, state)) for draft in undecided}
    for draft in list(state.new.values()):
        _compare_by_id(draft, state)
    settle(state, read, tuple(unread))
    files = tuple(_files(state))
    for draft in list(state.new.values()):
        state.decide(draft, "created", state.ids[draft.key])
    outcomes = (*(state.outcomes[draft.key] for draft in made.drafts), *made.refused)
    created = {outcome.where for outcome in outcomes if outcome.result == "created"}
    gaps = tuple(gap for gap in state.gaps if gap.where in created or not gap.guess)
    changes = tuple(change for _, change in state.updates.values())
    return Plan(made.read, outcomes, files, changes, gaps, tuple(in_order(made.problems)), made.texts)


def _as_wished(draft: Draft, state: State) -> Draft:
    """A draft with the tags of its source only if they are wished, and as a draft in our sense if that is."""
    fields = draft.fields | ({"draft": "true"} if state.wishes.drafts else {})
    if draft.kind == "source" and "tags" in fields and not state.wishes.tags:
        tags = fields.pop("tags")
        Log(draft.where, state.gaps).guess("tags", "they come in with `--tags` alone: left out", tags)
    return replace(draft, fields=fields)


def _files(state: State) -> Iterator[OutFile]:
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


def _taken(loaded: Loaded, paths: Iterable[str]) -> set[str]:
    """Ids, former ids, citation keys, and the names of files."""
    records = loaded.records.values()
    stems = {path.rsplit("/", 1)[-1].rsplit(".", 1)[0] for path in paths}
    former = {id_ for record in records for id_ in record.former_ids}
    keys = {key.casefold() for one in records if is_a(one, Source) and (key := one.fields.citation_key)}
    return {*loaded.records, *stems, *former, *keys, *RESERVED}


def _works(loaded: Loaded) -> Works:
    works = Works()
    for record in loaded.records.values():
        if is_a(record, Source):
            snapshot = loaded.snapshots.get(record.id)
            works.add(record.id, profile_of(record.authored()), snapshot.fields.sha256 if snapshot else "")
    return works


# Fields


def _resolved(draft: Draft, state: State) -> Fields:
    """The fields with ids for references to drafts and, where one other record is of a work, to works."""
    fields = {name: _with_ids(value, state.ids) for name, value in draft.fields.items()}
    for name, ref in ((name, value) for name, value in draft.fields.items() if isinstance(value, WorkRef)):
        others = set(state.works.named.get(ref.name, ())) - {state.ids[draft.key]}
        fields[name] = others.pop() if len(others) == 1 else None
    for name in (name for name, value in fields.items() if value is None):
        Log(draft.where, state.gaps).gap(name, "it leads to a record that did not come in: left out")
    return {name: value for name, value in fields.items() if value is not None}


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


def _compare_by_id(draft: Draft, state: State) -> None:
    """A record other than a source that the content has under the same id is unchanged, or skipped with the reason."""
    if existing := state.records.get(state.ids[draft.key]):
        record, _ = load_record(state.file(draft))
        fields, ours = record.authored() if record else draft.fields, existing.authored()
        names = differing(draft, fields, ours)
        why = f"{DIFFERS}: {existing.path}: {differences(names, fields, ours)}" if names else ""
        state.decide(draft, "skipped" if names else "unchanged", existing.id, why)


# Errors


def settle(state: State, content: Read, unread: Collection[str]) -> None:
    """Take out, field by field and at last record by record, what would be an error in the content.

    Faults of single files go first, all at once, so that the work grows with the number of records and not with that of
    the errors.
    """
    made = {file.path: (draft, file) for draft in state.new.values() for file in [state.file(draft)]}
    changed = state.changed()
    read = {**content, **{file.path: read_file(file) for file in (*changed, *(file for _, file in made.values()))}}
    waiting, rounds = {*made, *(file.path for file in changed)}, 0
    before = _errors(content, unread, waiting - made.keys())
    while errors := _new(_errors(read, unread, waiting), before):
        rounds += 1
        for path, problems in errors.items():
            if path not in made:
                state.leave_as_it_was(path, f"with that it would have an error: {problems[0].message}")
                read[path] = content[path]
                continue
            draft, file = made[path]
            _drop(draft, file, problems if rounds <= _PATIENCE else [], problems[0], state)
            if draft.key in state.new:
                made[path] = draft, state.file(draft)
                read[path] = read_file(made[path][1])
            else:
                del made[path], read[path]
        waiting &= {*made, *(file.path for file in state.changed())}


def _drop(draft: Draft, file: TextFile, problems: Iterable[Diagnostic], first: Diagnostic, state: State) -> None:
    """Leave out the fields that are wrong, or the record where it cannot do without one."""
    wrong = {_field_at(draft.fields, file, problem): problem for problem in problems}
    optional = {name for name in wrong if name and not KIND[draft.kind].model.model_fields[name].is_required()}
    if not wrong or len(optional) < len(wrong):
        needed = next((problem for name, problem in wrong.items() if name not in optional), first)
        state.decide(draft, "skipped", "", f"it would have an error: {needed.message}")
        return
    for name, problem in wrong.items():
        Log(draft.where, state.gaps).gap(name, f"left out: {problem.message}", draft.fields.pop(name))


def _errors(read: Read, unread: Collection[str], paths: Collection[str]) -> Errors:
    """The errors of some files by path: those of their own, and when there are none those of the whole."""
    if not paths:
        return {}
    loaded = assemble(read, unread)
    errors = (problem for problem in loaded.problems if problem.level == "error")
    if found := _by_path(errors, paths):
        return found
    ids = [record.id for record in loaded.records.values() if record.path in paths]
    return _by_path(checks.errors(graph.build_graph(loaded), ids), paths)


def _new(found: Errors, before: Errors) -> Errors:
    """The errors that were not there before."""
    known = {path: {(one.check, one.message) for one in problems} for path, problems in before.items()}
    new = {path: [one for one in problems if (one.check, one.message) not in known.get(path, ())]
           for path, problems in found.items()}  # fmt: skip
    return {path: problems for path, problems in new.items() if problems}


def _by_path(problems: Iterable[Diagnostic], paths: Collection[str]) -> Errors:
    found: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for problem in problems:
        if problem.span.path in paths:
            found[problem.span.path].append(problem)
    return found


def _field_at(fields: Fields, file: TextFile, problem: Diagnostic) -> str:
    lines = file.text.split("\n")[: problem.span.line]
    if file.path.endswith(".md") and "---" in lines[1:]:
        return "body" if "body" in fields else ""
    names = [line.partition(":")[0] for line in lines if line[:1].isalpha() and ":" in line]
    return next((name for name in reversed(names) if name in fields), "")
