"""Drafts and what the content already holds → what would be created, what stays, what is skipped, and the new files.

In: drafts, and the content's files as texts. Out: a plan. A source is recognised by DOI, arXiv number, address, ISBN
or PMID, or, when it has none of these, by title, authors and date; any other record by its id. Nothing here writes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ledger import checks, graph
from ledger.checks.duplicate_source import same_work
from ledger.diagnostics import Diagnostic, Lines, in_order
from ledger.files import TextFile
from ledger.importers.cleaning import free_id, is_id, one_line, significant_word, slug
from ledger.importers.foreign import Draft, Fields, Gap, Imported, Ref
from ledger.importers.snapshots import snapshot_files
from ledger.importers.sources import identity
from ledger.importers.yamltext import record_text
from ledger.loading import Loaded, Record, load_record, load_records
from ledger.naming import RESERVED
from ledger.outfile import OutFile
from ledger.records import KINDS

KIND = {kind.name: kind for kind in KINDS}
PROSE = ("thread", "controversy", "position", "page")
DIFFERS = "it differs from the record here"
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
    works: dict[str, str]
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
        kind = KIND[self.draft.kind]
        return f"{kind.folder}/{self.id}.{'md' if kind.name in PROSE else 'yml'}"

    @property
    def file(self) -> TextFile:
        return TextFile(self.path, record_text(self.fields, prose=self.path.endswith(".md")))


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
    works: dict[str, str] = {}
    for record in loaded.records.values():
        if record.kind.name == "source":
            for name in _works(record.authored()):
                works.setdefault(name, record.id)
    return _Known(loaded.records, {*loaded.records, *stems, *former, *RESERVED}, works)


def _works(fields: Mapping[str, Any]) -> list[str]:
    """Every name of a work; a work without identifiers goes by its words."""
    return list(identity(fields)) or [f"words:{fields['title'].casefold()}|{_authors(fields['authors'])}"]


def _authors(value: Any) -> str:
    """A list of authors to compare: names alone, without our own links."""
    if isinstance(value, str):
        return value
    return "; ".join(
        " ".join(str(one.get(part, "")) for part in ("given", "family", "literal")).strip() for one in value
    )


# Ids


def _choose_ids(drafts: Iterable[Draft], known: _Known, gaps: list[Gap]) -> tuple[dict[str, str], dict[str, Outcome]]:
    """The id of every draft: the known work's, or a free one; sources that are known have their outcome."""
    ids: dict[str, str] = {}
    outcomes: dict[str, Outcome] = {}
    first: dict[str, Draft] = {}
    for draft in drafts:
        works = _works(draft.fields) if draft.kind == "source" else []
        known_as = sorted({known.works[name] for name in works if name in known.works})
        if known_as:
            ids[draft.key] = known_as[0]
            outcomes[draft.key] = _recognised(draft, known_as, known, first)
            continue
        ids[draft.key] = _new_id(draft, known, ids, gaps)
        first[ids[draft.key]] = draft
        known.works |= dict.fromkeys(works, ids[draft.key])
    return ids, outcomes


def _recognised(draft: Draft, known_as: list[str], known: _Known, first: Mapping[str, Draft]) -> Outcome:
    if len(known_as) > 1:
        return _outcome(
            "skipped", draft, known_as[0], f"its identifiers belong to several records: {', '.join(known_as)}"
        )
    id_ = known_as[0]
    standing = known.records[id_].authored() if id_ in known.records else first[id_].fields
    differs = _differences(draft, draft.fields, standing)
    if not differs:
        return _outcome("unchanged", draft, id_)
    place = f"sources/{id_}" + ("" if id_ in known.records else f", from {first[id_].where}")
    return _outcome("skipped", draft, id_, f"{DIFFERS}: {place}: {differs}")


def _differences(draft: Draft, fields: Mapping[str, Any], standing: Mapping[str, Any]) -> str:
    """What the foreign record says otherwise; nothing when all it says is there."""
    said = [name for name in fields if name in draft.said]
    told = [_difference(name, fields[name], standing.get(name)) for name in said]
    return "; ".join(filter(None, told))


def _difference(name: str, theirs: Any, ours: Any) -> str:
    if ours is None:
        return f"`{name}` is not there"
    if _comparable(name, theirs) == _comparable(name, ours):
        return ""
    if isinstance(theirs, str) and isinstance(ours, str):
        return f"`{name}` is '{_short(ours)}' there and '{_short(theirs)}' here"
    return f"`{name}` is another"


def _comparable(name: str, value: Any) -> Any:
    if name == "authors":
        return _authors(value)
    if name in ("url", "doi", "arxiv"):
        return same_work(name, value)
    return one_line(value) if isinstance(value, str) else value


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004 - as much as reads well in a line


def _new_id(draft: Draft, known: _Known, ids: Mapping[str, str], gaps: list[Gap]) -> str:
    """A free id. A record that is no source may have that of one of its kind, to which it is then compared."""
    wanted = f"{ids[draft.within]}-{draft.wish}" if draft.within in ids else draft.wish
    base = wanted if is_id(wanted) else slug(wanted) or draft.kind
    word = significant_word(str(draft.fields.get("title", ""))) if draft.kind == "source" else ""
    own = set() if draft.kind == "source" else known.of_kind(draft.kind) - set(ids.values())
    id_ = free_id(base, "" if base.endswith(f"-{word}") else word, known.ids - own)
    if id_ != wanted:
        why = "is taken" if is_id(wanted) else "cannot be an id here"
        gaps.append(Gap("id", f"the id that it would have {why}: another was made", draft.where, f"{wanted} → {id_}"))
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
            gaps.append(Gap(name, "it leads to a record that did not come in: left out", draft.where))
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
        differs = _differences(draft, mine, standing.authored())
        why = f"{DIFFERS}: {standing.document.path}: {differs}" if differs else ""
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
                value = new.fields.pop(name)
                gaps.append(Gap(name, f"left out: {problem.message}", new.draft.where, _short(str(value))))
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
