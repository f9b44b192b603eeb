"""A draft → the record that is the same work, or a new id; and the state in which all that is decided is noted.

In: a draft, and all that is known. Out: an id, with the outcome noted where the work is known: unchanged, updated, or
skipped because the file says something else. A number that a new work shares with another is reported.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ledger.editing.yamltext import record_text
from ledger.files import TextFile
from ledger.importers.cleaning import free_id, may_be_id, significant_word, slug
from ledger.importers.comparing import Change, change_of, differences, differing
from ledger.importers.drafts import Draft, Fields, Gap, Log, Outcome, Result, Wishes
from ledger.importers.matching import STRENGTH, Works, as_paths, name_of, profile_of, text_hash
from ledger.loading import Record
from ledger.records import KINDS

KIND = {kind.name: kind for kind in KINDS}
DIFFERS = "it differs from the record in the ledger"
_OF_ONE_RECORD = ("doi", "arxiv", "url")
"""Identifiers that no two sources may share."""
_ALIKE = 40
"""Ids that begin with so many equal characters are numbered on, so that a free one is found at once."""


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


def id_of(draft: Draft, state: State) -> str:
    """The id of a draft: the known work's, whose outcome is noted, or a free one."""
    if draft.is_named and (named := state.records.get(draft.wish)) and named.kind.name == draft.kind:
        return state.decide(draft, "unchanged", draft.wish)
    if draft.kind == "source" and (known := _recognised(draft, state)):
        return known
    id_ = _new_id(draft, state)
    state.first[id_] = draft
    if draft.kind == "source":
        _leave_numbers_of_others(draft, state)
        _take_key(draft, id_, state)
        profile = profile_of(draft.fields)
        for other in state.works.alike(profile):
            why = "another source has this title, and such an author: look whether it is the same work"
            Log(draft.where, state.gaps).guess("title", why, f"sources/{other} and sources/{id_}")
        state.works.add(id_, profile, text_hash(draft))
    return id_


def _take_key(draft: Draft, id_: str, state: State) -> None:
    """A new source keeps its citation key, unless its id says the same or another source is cited so."""
    key = draft.fields.get("citation_key", "").casefold()
    if key and (key == id_ or key in state.taken):
        written = draft.fields.pop("citation_key")
        if key != id_:
            why = "another source has this key or id: left out"
            Log(draft.where, state.gaps).guess("citation_key", why, f"{written}, of sources/{id_}")
    elif key:
        state.taken.add(key)


class _Likeness(NamedTuple):
    """How much a draft is like a record, the most like first."""

    differs: bool
    has_other_id: bool
    superseded: bool
    id: str
    names: list[str]
    """The fields that differ."""


def _recognised(draft: Draft, state: State) -> str:
    """The id of the record that is the same work, with the outcome noted; empty for a work that is new."""
    groups = list(state.works.groups(profile_of(draft.fields), text_hash(draft)))
    numbered = [set(ids) for name, ids in groups if ids and not name.startswith(("words:", "all:", "text:"))]
    found = numbered or [{id_ for _, ids in groups for id_ in ids}]
    others = {name for name, ids in groups if not ids}
    every = dict.fromkeys(id_ for _, ids in groups for id_ in ids)
    known = {id_: others if any(id_ in ids for ids in numbered) else {name for name, _ in groups} for id_ in every}
    likeness = {id_: _likeness(draft, id_, known[id_], state) for id_ in every}
    if likeness and not (best := min(likeness.values())).differs:
        return _unchanged(draft, best, state)
    if not likeness or _is_wanted_apart(draft, state.wishes):
        return ""
    if not (fitting := set.intersection(*found)):
        several = sorted(set.union(*found))
        why = f"its identifiers belong to several records: {', '.join(several)}"
        return state.decide(draft, "skipped", several[0], why)
    by_text = not numbered and any(name.startswith("text:") and ids for name, ids in groups)
    return _held_back(draft, min(likeness[id_] for id_ in fitting), state, by_text=by_text)


def _likeness(draft: Draft, id_: str, of_others: Collection[str], state: State) -> _Likeness:
    """How like a record is; a number that belongs to another record makes no difference if it has none."""
    existing = state.fields_of(id_)
    known = {field for field in STRENGTH if field not in existing and name_of(field, draft.fields) in of_others}
    names = differing(draft, draft.fields, existing, known)
    return _Likeness(bool(names), id_ != draft.wish, existing.get("status") == "superseded", id_, names)


def _unchanged(draft: Draft, found: _Likeness, state: State) -> str:
    """A draft that says nothing else; what is never compared is reported where the record says it otherwise."""
    lacking = _lacking(draft, found.id, state)
    if lacking and state.wishes.update and found.id in state.records:
        return _updated(draft, found.id, lacking, differences(lacking, draft.fields, {}), state)
    key, log = draft.fields.get("citation_key", ""), Log(draft.where, state.gaps)
    if lacking:
        log.gap("citation_key", "the record has none: `--update` takes it over", f"{key} is sources/{found.id}")
    elif key.casefold() not in (found.id, str(state.fields_of(found.id).get("citation_key", key)).casefold(), ""):
        log.gap("citation_key", "the record has another: left out", f"{key} is sources/{found.id}")
    _tell_of_notes(draft, found.id, state)
    return state.decide(draft, "unchanged", found.id)


def _tell_of_notes(draft: Draft, id_: str, state: State) -> None:
    """Editors' notes are never compared nor changed."""
    record = state.records.get(id_)
    ours = (record.fields.note or "") if record else state.fields_of(id_).get("note", "")
    if (note := draft.fields.get("note", "").strip()) not in ours:
        why = "the record is there already, with notes of its own or none: left out"
        Log(draft.where, state.gaps).gap("note", why, note)


def _lacking(draft: Draft, id_: str, state: State) -> list[str]:
    """The citation key, if a record has none and is not called that."""
    key = draft.fields.get("citation_key", "")
    is_free = key.casefold() not in ("", id_) and key.casefold() not in state.taken
    return ["citation_key"] if is_free and "citation_key" not in state.fields_of(id_) else []


def _updated(draft: Draft, id_: str, names: list[str], words: str, state: State) -> str:
    record = state.records[id_]
    try:
        state.updates[record.path] = draft, change_of(record, draft, names)
    except ValueError as problem:
        return state.decide(draft, "skipped", id_, f"{DIFFERS}: {problem}")
    _tell_of_notes(draft, id_, state)
    return state.decide(draft, "updated", id_, words)


def _held_back(draft: Draft, found: _Likeness, state: State, *, by_text: bool) -> str:
    """A draft that says something else than the record it is the same work as."""
    there = ("in the ledger", "in the file") if found.id in state.records else (
        f"in {state.first[found.id].where}", f"in {draft.where}")  # fmt: skip
    words = differences(found.names, draft.fields, state.fields_of(found.id), *there)
    if state.wishes.update and found.id in state.records and state.records[found.id].path not in state.updates:
        return _updated(draft, found.id, found.names + _lacking(draft, found.id, state), words, state)
    why = DIFFERS if found.id in state.records else "it differs from a record that comes in with it"
    known_by = "its text is there already; " if by_text else ""
    return state.decide(draft, "skipped", found.id, f"{known_by}{why}: sources/{found.id}: {words}")


def _is_wanted_apart(draft: Draft, wishes: Wishes) -> bool:
    place, _, rest = draft.where.rpartition(" (")
    names = {"all", draft.where, place, rest.removesuffix(")"), str(draft.fields.get("citation_key", ""))}
    return not wishes.separate.isdisjoint(names - {""})


def _leave_numbers_of_others(draft: Draft, state: State) -> None:
    """A new work that shares a number with another: reported, and left out where one record alone may give it."""
    for sort in STRENGTH:
        name = name_of(sort, draft.fields)
        if ids := state.works.named.get(name, ()):
            why = "another work has it too: look up whose it is"
            why += "; left out, since one record alone may give it" if sort in _OF_ONE_RECORD else ""
            Log(draft.where, state.gaps).guess(sort, why, f"{draft.fields[sort]} is in {as_paths(ids)}")
            if sort in _OF_ONE_RECORD:
                draft.fields.pop(sort)


def _new_id(draft: Draft, state: State) -> str:
    """A free id, or that of the record to which a draft will then be compared."""
    wanted = f"{state.ids[draft.within]}-{draft.wish}" if draft.within in state.ids else draft.wish
    base = wanted if may_be_id(wanted) else slug(wanted) or draft.kind
    word = significant_word(str(draft.fields.get("title", ""))) if draft.kind == "source" else ""
    state.asked[base[:_ALIKE]] += 1

    def is_taken(id_: str) -> bool:
        """Whether a draft may not have an id: one that is no source may have that of a record of its kind."""
        record = state.records.get(id_)
        is_own = record is not None and record.kind.name == draft.kind != "source" and id_ not in state.first
        return id_ in state.taken and not is_own

    id_ = free_id(base, "" if base.endswith(f"-{word}") else word, is_taken, state.asked[base[:_ALIKE]])
    if id_ != wanted:
        why = "is taken" if may_be_id(wanted) else "cannot be an id here"
        log = Log(draft.where, state.gaps)
        log.gap("id", f"the id that it would have {why}: another was made", f"{wanted} → {id_}")
    state.taken.add(id_)
    return id_
