"""What claims said before, from git, for the pages of their earlier wordings; with the verdict that the records of that
time come to.

In: options and a State. Out: the State with its past, and notes for the editor: why there is none, or less.
What was read or rated once is taken from the store, so that a new commit costs what it changed. The verdict of a time
is that of the records as they were when the wording ended, as this program rates them: no record says what was printed.
"""

import hashlib
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from ledger.analysis import analyse
from ledger.analysis.ratings import ShortRating
from ledger.analysis.wording import hash_of
from ledger.editing.claim_history import Claims, Read, claims_in, everything_said, history_of, record_of
from ledger.editing.git_content import Edit
from ledger.editing.kept_wordings import Kept, as_wording, read_kept
from ledger.engine.processes import several
from ledger.engine.report import Options, configuration
from ledger.engine.state import FileRead, State, given_by, index_of, read_state
from ledger.engine.store import Store, head_of, is_tracked
from ledger.files import KeptText, sort_of
from ledger.graph import Ledger
from ledger.indexing import Index, published_index
from ledger.loading import assemble, is_a, site_fields
from ledger.outfile import WORDINGS
from ledger.records import Claim
from ledger.wordings import Past, Then, Wording

Notes = tuple[tuple[str, str], ...]
HISTORY = "history"
MOST_STATES = 200
"""Of so many earlier states of the content, the newest, the verdicts are computed."""
WORTH_SHARING = 50
"""To parse fewer files than these is not worth a process, nor to rate states with fewer than ten times as many."""
MOST_LINES = 5
"""As many lines of the log that are left out are named."""
REMOVE = "remove them; `ledger keep` writes lines that are right"
NOW = "9999"
"""Sorts behind every day."""
Verdicts = dict[str, list[Any] | None]
"""Claim → the fields of its `ShortRating`; None where it has none."""


@dataclass(slots=True)
class _Known:
    """What was found out before."""

    read: dict[str, Read] = field(default_factory=dict)
    verdicts: dict[str, Verdicts] = field(default_factory=dict)
    """By commit."""


def with_past(options: Options, state: State, last: Index | None = None, workers: int = 1) -> tuple[State, Notes]:
    """The State with its past, if the site has pages of it; that of the last one if nothing was committed since."""
    site = state.loaded.site
    wanted = options.history or HISTORY in site_fields(site).exports
    if options.as_of is not None or not wanted:
        return state, ()
    claims, head = _claims_of(state), head_of(options.content)
    notes: Notes = ()
    if last and last.past and (last.past.head, last.past.claims) == (head, claims):
        past = last.past
    else:
        past, notes = _read(options, state, Past(head, claims), workers)
    loaded = state.loaded
    if site and HISTORY not in site.fields.exports:
        exports = (*site.fields.exports, HISTORY)
        loaded = replace(loaded, site=site.with_fields(site.fields.model_copy(update={"exports": exports})))
    index, shown = (
        replace(one, past=past, loaded=replace(one.loaded, site=loaded.site)) for one in (state.index, state.shown)
    )
    return replace(state, index=index, shown=index if state.shown is state.index else shown, loaded=loaded), notes


def _claims_of(state: State) -> str:
    """The hash of which claims there are, and by which ids."""
    cards = [(id_, card.former, card.draft) for id_, card in state.index.cards.items() if card.kind == "claim"]
    return hashlib.sha256(repr(cards).encode()).hexdigest()


def _read(options: Options, state: State, past: Past, workers: int) -> tuple[Past, Notes]:
    kept, notes = _kept(options.content)
    said: dict[str, tuple[Then, ...]] = {}
    try:
        said, lacks = _from_git(options, state, workers)
        if lacks:
            notes += ((f"pages of earlier wordings are not complete: {lacks}", "build where the whole history is"),)
    except ValueError as why:
        if not kept:
            hint = "without git, `ledger keep` writes down what claims say"
            notes += ((f"what claims said earlier has no pages: {why}", hint),)
    return replace(past, said=_with_kept(said, kept, state)), notes


def _from_git(options: Options, state: State, workers: int) -> tuple[dict[str, tuple[Then, ...]], str]:
    """What git has of each claim, and what it lacks. ValueError: why it has nothing."""
    is_stored = options.cache and not is_tracked(options.content)
    store = Store(options.content, configuration(options)) if is_stored else None
    known = _recalled(store)
    present = [record for record in state.index.loaded.records.values() if is_a(record, Claim)]
    drafts = {record.id for record in present if state.index.cards[record.id].draft}
    share, as_now = partial(several, workers=workers, least=WORTH_SHARING), partial(_as_now, state.files)
    claims = replace(history_of(options.content, present, known.read, "."), share=share, as_now=as_now)
    found = {id_: said for id_, said in everything_said(claims) if id_ not in drafts}
    states = _states(claims, found)
    read = known.read.copy()  # of claims alone: what else is read for the verdicts is not needed again
    _rate(claims, states, known, state.files, workers)
    if store:
        store.save("past", {"read": read, "verdicts": known.verdicts})
    said = {id_: tuple(_then(one, claims, states, known) for one in wordings) for id_, wordings in found.items()}
    return said, claims.history.lacks.removeprefix(": ") if claims.history.is_shallow else ""


def verdict_then(content: Path, said: Wording) -> Then:
    """What git has of a claim, with the verdict that the records of then come to; of what is said now, those of now."""
    ids = {said.record.id}
    if said.record.is_draft:
        return Then(said, None, "merged")
    if said.is_now:
        now = read_state(Options(content, Path()), {})
        verdict = _rated(None if now.loaded.failed else now.shown, ids)[said.record.id]
        return Then(said, tuple(verdict) if verdict else None, "" if verdict else "unread")
    claims, known = history_of(content, claims_in(content), {}, "."), _Known()
    at = _state_of(claims, said)
    states = {} if at is None else {at: ids}
    _rate(claims, states, known, {})
    return _then(said, claims, states, known)


def _recalled(store: Store | None) -> _Known:
    saved = (store and store.load("past")) or {}
    try:
        return _Known({key: Read(*row) for key, row in saved["read"].items()}, saved["verdicts"])
    except (TypeError, KeyError, AttributeError):
        return _Known()


def _as_now(files: Mapping[str, FileRead], path: str, text: str) -> str | None:
    """The fields of a file if that is what it says now."""
    now = files.get(path)
    return now.data.decode() if now and now.digest == hashlib.sha256(text.encode()).hexdigest() else None


# The verdicts


def _states(claims: Claims, found: Mapping[str, list[Wording]]) -> dict[int, set[str]]:
    """By the number of the edit after which a state was there: the claims that are to be rated in it."""
    wanted: dict[int, set[str]] = {}
    for wording in (one for said in found.values() for one in said):
        if (at := _state_of(claims, wording)) is not None:
            wanted.setdefault(at, set()).add(wording.record.id)
    return {at: wanted[at] for at in sorted(wanted)[-MOST_STATES:]}


def _state_of(claims: Claims, wording: Wording) -> int | None:
    """The number of the last edit of the own line while something was said."""
    if wording.until is None:
        return None
    return bisect(claims.edits, wording.place, key=lambda edit: edit.place) - 1


def _rate(
    claims: Claims, states: Mapping[int, set[str]], known: _Known, now: Mapping[str, FileRead], workers: int = 1
) -> None:
    """Rate claims in each state, as far as they were not."""
    rated = {at: known.verdicts.setdefault(claims.edits[at].commit.name, {}) for at in states}
    left = [at for at, ids in states.items() if not ids <= rated[at].keys()]
    changes = (file for _, changed in _changes(claims.edits, left) for file in changed.items())
    claims.need(file for file in changes if sort_of(file[0]) in ("record", "text"))
    least = 1 + 10 * WORTH_SHARING // (len(now) or 1)
    for found in several(partial(_verdicts, claims, states, now), left, workers, least):
        for at, verdicts in found.items():
            rated[at].update(verdicts)


def _changes(edits: Sequence[Edit], states: Sequence[int]) -> Iterator[tuple[int, dict[str, str]]]:
    """For each state, the files that have changed since the one before."""
    for before, at in zip((-1, *states), states, strict=False):
        changed: dict[str, str] = {}
        for edit in edits[before + 1 : at + 1]:
            changed |= edit.files if edit.is_own else {}
        yield at, changed


def _verdicts(
    claims: Claims, wanted: Mapping[int, set[str]], now: Mapping[str, FileRead], states: Sequence[int]
) -> dict[int, Verdicts]:
    """The verdicts of claims in some states. `now`: what files give today, which they may have given then."""
    found: dict[str, FileRead | KeptText | None] = {}
    verdicts = {}
    for at, changed in _changes(claims.edits, states):
        found = {path: one for path, one in found.items() if path not in changed}
        there = {path: name for path, name in changed.items() if name and sort_of(path) != "ignored"}
        found |= {path: _given(path, claims.given(path, name), now.get(path)) for path, name in there.items()}
        verdicts[at] = _rated(_index(found), wanted[at])
    return verdicts


def _given(path: str, read: Read | None, now: FileRead | None) -> FileRead | KeptText | None:
    """What a file gave; None where something is wrong with it."""
    if read is None or not read.is_sound:
        return None
    data = read.data.encode()
    if sort_of(path) == "text":
        return KeptText(path, read.data, hashlib.sha256(data).hexdigest())
    return now if now and now.data == data else given_by(record_of(path, read.data), data)


def _index(found: Mapping[str, FileRead | KeptText | None]) -> Index | None:
    """The index of files; None where something is wrong with one of them."""
    read = {path: one for path, one in sorted(found.items()) if isinstance(one, FileRead)}
    kept = [one for one in found.values() if isinstance(one, KeptText)]
    loaded = assemble({path: (one.record, []) for path, one in read.items()}, (), kept)
    is_whole = None not in found.values() and not loaded.failed
    return published_index(index_of(read, loaded)) if is_whole else None


def _rated(index: Index | None, ids: set[str]) -> Verdicts:
    """Their verdicts; none where this program cannot read all the records of then."""
    if index is None:
        return dict.fromkeys(sorted(ids))
    ledger = Ledger(index)
    with ledger.reading():
        ratings = analyse(ledger).ratings
        found = {id_: ratings.get(id_) for id_ in sorted(ids)}
        return {id_: [*astuple(one.short)] if one else None for id_, one in found.items()}


def _then(wording: Wording, claims: Claims, states: Mapping[int, set[str]], known: _Known) -> Then:
    at = _state_of(claims, wording)
    if at is None:
        return Then(wording, None, "merged" if wording.is_merged else "uncommitted")
    if at not in states:
        return Then(wording, None, "too_old")
    verdict = known.verdicts[claims.edits[at].commit.name][wording.record.id]
    return Then(wording, tuple(verdict) if verdict else None, "" if verdict else "unread")


# The log of wordings


def _kept(content: Path) -> tuple[list[Kept], Notes]:
    try:
        kept, wrong = read_kept(content)
    except ValueError as why:
        return [], ((f"the log of wordings is not read: {why}", "begin a new one, and keep the old one elsewhere"),)
    if not wrong:
        return kept, ()
    lines = ", ".join(map(str, wrong[:MOST_LINES])) + (" and others" if len(wrong) > MOST_LINES else "")
    return kept, ((f"lines of {WORDINGS} are left out, since their hash is not that of their words: {lines}", REMOVE),)


def _with_kept(said: dict[str, tuple[Then, ...]], kept: list[Kept], state: State) -> dict[str, tuple[Then, ...]]:
    """What is known of each claim with what the log has: wordings that git lacks, and verdicts as they were printed."""
    by_claim: dict[str, list[Kept]] = {}
    for one in kept:
        by_claim.setdefault(state.index.former.get(one.record.id, one.record.id), []).append(one)
    return said | {id_: _joined(id_, said.get(id_, ()), of, state) for id_, of in sorted(by_claim.items())}


def _joined(id_: str, said: tuple[Then, ...], kept: list[Kept], state: State) -> tuple[Then, ...]:
    printed = {one.hash: one.verdict for one in kept}
    committed = [one for one in said if one.wording.since or one.wording.hash not in printed]
    known = [_printed(one, printed[one.wording.hash]) if one.wording.hash in printed else one for one in committed]
    there, record = {one.wording.hash for one in committed}, state.index.loaded.records.get(id_)
    now = hash_of(record) if record and is_a(record, Claim) else ""
    known += [
        _printed(Then(as_wording(kept, hash_, now), None), printed[hash_]) for hash_ in sorted(printed.keys() - there)
    ]
    return tuple(sorted(known, key=lambda one: one.wording.since.day if one.wording.since else NOW, reverse=True))


def _printed(then: Then, rating: ShortRating) -> Then:
    return then if then.wording.is_now else Then(then.wording, astuple(rating), is_printed=True)
