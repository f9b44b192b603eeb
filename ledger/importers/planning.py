"""Drafts and what the content already holds → what would be created, what stays, what is skipped, and the new files.

In: drafts, and the content's files as texts. Out: a plan. A source is recognised by DOI, arXiv number, address, ISBN
or PMID, by the text that was read, or, where the ledger has none of these, by title and authors; any other record by
its id. Nothing here writes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ledger import checks, graph
from ledger.diagnostics import Diagnostic, Lines, in_order
from ledger.editing.yamltext import record_text
from ledger.files import TextFile
from ledger.importers.cleaning import free_id, is_id, significant_word, slug
from ledger.importers.comparing import IN_LEDGER, Places, differences, names_of, names_to_try, text_hash
from ledger.importers.foreign import Draft, Fields, Gap, Imported, Log, Ref
from ledger.importers.snapshots import snapshot_files
from ledger.loading import Loaded, Record, load_record, load_records
from ledger.naming import RESERVED
from ledger.outfile import OutFile
from ledger.records import KINDS

KIND = {kind.name: kind for kind in KINDS}
DIFFERS = "it differs from the record in the ledger"
Result = Literal["created", "unchanged", "skipped"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one foreign record, or of one that the foreign format implies."""

    result: Result
    where: str
    kind: str
    id: str = ""
    why: str = ""
    implied: bool = False


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
class _Known:
    """What is taken: the records by id, every id, and every name of a work."""

    records: Mapping[str, Record]
    ids: set[str]
    works: dict[str, set[str]]
    new: dict[str, "_New"] = field(default_factory=dict)

    def of_kind(self, kind: str) -> set[str]:
        """The ids of the content's records of a kind."""
        return {id_ for id_, record in self.records.items() if record.kind.name == kind}


@dataclass(slots=True)
class _New:
    """A record that is to be created."""

    draft: Draft
    id: str
    fields: Fields

    @property
    def path(self) -> str:
        return KIND[self.draft.kind].path(self.id)

    @property
    def file(self) -> TextFile:
        return TextFile(self.path, record_text(self.fields, prose=KIND[self.draft.kind].is_prose))


def make_plan(made: Imported, content: Iterable[TextFile], unread: Iterable[str] = ()) -> Plan:
    """Decide what becomes of every draft. Nothing that stands in the content is changed."""
    texts = tuple(content)
    loaded = load_records(texts, unread)
    known = _known(loaded, texts, unread)
    gaps = list(made.gaps)
    ids, outcomes = _choose_ids(made.drafts, known, gaps)
    for draft in made.drafts:
        if draft.key not in outcomes:
            known.new[draft.key] = _New(draft, ids[draft.key], _resolved(draft, ids, gaps))
    _compare_by_id(made.drafts, known, ids, outcomes)
    _settle(known, texts, outcomes, gaps)
    for draft in made.drafts:
        outcomes.setdefault(draft.key, _outcome("created", draft, ids[draft.key]))
    files = [OutFile(new.file.path, new.file.text.encode()) for new in known.new.values()]
    files += [file for new in known.new.values() if new.draft.snapshot
              for file in snapshot_files(new.id, new.draft.snapshot, new.fields)]  # fmt: skip
    refused = [Outcome("skipped", refusal.where, "", why=refusal.why) for refusal in made.refused]
    ordered = (*(outcomes[draft.key] for draft in made.drafts), *refused)
    created = {outcome.where for outcome in ordered if outcome.result == "created"}
    kept = (gap for gap in gaps if gap.where in created or not gap.guess)
    return Plan(made.read, ordered, tuple(files), tuple(kept), tuple(in_order(made.problems)), made.texts)


def _outcome(result: Result, draft: Draft, id_: str = "", why: str = "") -> Outcome:
    return Outcome(result, draft.where, draft.kind, id_, why, draft.implied)


def _known(loaded: Loaded, texts: Iterable[TextFile], unread: Iterable[str]) -> _Known:
    stems = {path.rsplit("/", 1)[-1].rsplit(".", 1)[0] for path in (*(file.path for file in texts), *unread)}
    former = {id_ for record in loaded.records.values() for id_ in record.fields.former_ids}
    works: defaultdict[str, set[str]] = defaultdict(set)
    for record in loaded.records.values():
        if record.kind.name == "source":
            snapshot = loaded.snapshots.get(record.id)
            for name in names_of(record.authored(), snapshot.fields.sha256 if snapshot else ""):
                works[name].add(record.id)
    return _Known(loaded.records, {*loaded.records, *stems, *former, *RESERVED}, works)


# Ids


def _choose_ids(drafts: Iterable[Draft], known: _Known, gaps: list[Gap]) -> tuple[dict[str, str], dict[str, Outcome]]:
    """The id of every draft: the known work's, or a free one; sources that are known have their outcome."""
    ids: dict[str, str] = {}
    outcomes: dict[str, Outcome] = {}
    first: dict[str, Draft] = {}
    for draft in drafts:
        if known_as := _known_as(draft, known, first):
            ids[draft.key], outcomes[draft.key] = known_as
            continue
        ids[draft.key] = _new_id(draft, known, ids, gaps)
        first[ids[draft.key]] = draft
        for name in names_of(draft.fields, text_hash(draft)) if draft.kind == "source" else ():
            known.works[name] = {ids[draft.key]}
    return ids, outcomes


def _known_as(draft: Draft, known: _Known, first: Mapping[str, Draft]) -> tuple[str, Outcome] | None:
    """The record that a draft is the same work as, and its outcome; None when it is new."""
    for names in names_to_try(draft) if draft.kind == "source" else ():
        found = [known.works[name] for name in names if name in known.works]
        if not found:
            continue
        fitting = set.intersection(*found)
        if fitting:
            id_, outcome = _recognised(draft, fitting, known, first)
            by_text = outcome.why and names[0].startswith("text:")
            return id_, replace(outcome, why=f"its text is there already; {outcome.why}") if by_text else outcome
        several = sorted(set.union(*found))
        why = f"its identifiers belong to several records: {', '.join(several)}"
        return several[0], _outcome("skipped", draft, several[0], why)
    return None


def _recognised(draft: Draft, fitting: set[str], known: _Known, first: Mapping[str, Draft]) -> tuple[str, Outcome]:
    """Compare a draft with the record it is the same work as: of several versions, its own or the one most like it."""

    def told(id_: str) -> tuple[bool, bool, bool, str, str]:
        standing = known.records[id_].authored() if id_ in known.records else first[id_].fields
        places = IN_LEDGER if id_ in known.records else Places(f"in {first[id_].where}", f"in {draft.where}")
        differs = differences(draft, draft.fields, standing, places)
        return bool(differs), id_ != draft.wish, standing.get("status") == "superseded", id_, differs

    *_, id_, differs = min(map(told, fitting))
    if not differs:
        return id_, _outcome("unchanged", draft, id_)
    why = DIFFERS if id_ in known.records else "it differs from a record that comes in with it"
    return id_, _outcome("skipped", draft, id_, f"{why}: sources/{id_}: {differs}")


def _new_id(draft: Draft, known: _Known, ids: Mapping[str, str], gaps: list[Gap]) -> str:
    """A free id. A record that is no source may have that of one of its kind, to which it is then compared."""
    wanted = f"{ids[draft.within]}-{draft.wish}" if draft.within in ids else draft.wish
    base = wanted if is_id(wanted) else slug(wanted) or draft.kind
    word = significant_word(str(draft.fields.get("title", ""))) if draft.kind == "source" else ""
    own = set() if draft.kind == "source" else known.of_kind(draft.kind) - set(ids.values())
    id_ = free_id(base, "" if base.endswith(f"-{word}") else word, known.ids - own)
    if id_ != wanted:
        why = "is taken" if is_id(wanted) else "cannot be an id here"
        Log(draft.where, gaps).gap("id", f"the id that it would have {why}: another was made", f"{wanted} → {id_}")
    known.ids.add(id_)
    return id_


# Fields


def _resolved(draft: Draft, ids: Mapping[str, str], gaps: list[Gap]) -> Fields:
    fields: Fields = {}
    for name, value in draft.fields.items():
        resolved = _with_ids(value, ids)
        if resolved is not None:
            fields[name] = resolved
        else:
            Log(draft.where, gaps).gap(name, "it leads to a record that did not come in: left out")
    return fields


def _with_ids(value: Any, ids: Mapping[str, str]) -> Any:
    """The value with ids for references; None where one leads nowhere."""
    if isinstance(value, Ref):
        return ids.get(value.key)
    if isinstance(value, list):
        items = [_with_ids(item, ids) for item in value]
        kept = [item for item in items if item is not None]
        return list(dict.fromkeys(kept)) if all(isinstance(item, str) for item in kept) else kept
    if isinstance(value, dict):
        parts = {name: _with_ids(part, ids) for name, part in value.items()}
        return None if any(part is None for part in parts.values()) else parts
    return value


def _compare_by_id(
    drafts: Iterable[Draft], known: _Known, ids: Mapping[str, str], outcomes: dict[str, Outcome]
) -> None:
    """Records other than sources that the content has under the same id: unchanged, or skipped with the reason."""
    for draft in drafts:
        standing = known.records.get(ids[draft.key])
        if draft.key not in known.new or standing is None:
            continue
        new = known.new.pop(draft.key)
        record, _ = load_record(new.file)
        mine = record.authored() if record else new.fields
        differs = differences(draft, mine, standing.authored())
        why = f"{DIFFERS}: {standing.path}: {differs}" if differs else ""
        outcomes[draft.key] = _outcome("skipped" if differs else "unchanged", draft, standing.id, why)


# What our own checks would say


def _settle(known: _Known, texts: tuple[TextFile, ...], outcomes: dict[str, Outcome], gaps: list[Gap]) -> None:
    """Take out, field by field and at last record by record, what would be an error in the content."""
    while errors := _errors(known, texts):
        for key, problem in errors:
            new = known.new.get(key)
            if new is None:
                continue
            name = _field_at(new, problem)
            if name and not KIND[new.draft.kind].model.model_fields[name].is_required():
                Log(new.draft.where, gaps).gap(name, f"left out: {problem.message}", new.fields.pop(name))
            else:
                del known.new[key]
                outcomes[key] = _outcome("skipped", new.draft, "", f"it cannot be held: {problem.message}")


def _errors(known: _Known, texts: tuple[TextFile, ...]) -> list[tuple[str, Diagnostic]]:
    """The first error of each new record: those of its own file, and when there are none those of the whole."""
    by_path = {new.path: key for key, new in known.new.items()}
    made = {path: known.new[key].file for path, key in by_path.items()}
    loaded = load_records([*texts, *made.values()])
    found = [problem for problem in loaded.problems if problem.level == "error" and problem.span.path in made]
    if not found:
        whole = checks.run(graph.build_graph(loaded)).problems
        found = [problem for problem in whole if problem.level == "error" and problem.span.path in made]
    return list({by_path[problem.span.path]: problem for problem in reversed(found)}.items())


def _field_at(new: _New, problem: Diagnostic) -> str:
    """The field that a problem stands in."""
    lines = new.file.text.split("\n")[: problem.span.line]
    if new.path.endswith(".md") and "---" in lines[1:]:
        return "body" if "body" in new.fields else ""
    names = [line.partition(":")[0] for line in lines if line[:1].isalpha() and ":" in line]
    named = [name for name in names if name in new.fields]
    return named[-1] if named else ""
