"""What claims said when they were cited, from the git history of the content folder.

In: the content folder, and an id that a claim has or had with a hash of its wording (`analysis/wording.py`). Out: what
it said then; or all that any claim said. The versions of a claim are those of the branch's own line, and what only a
merged branch said. ValueError: why there is no answer; what a clone does not have is said, never guessed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import orjson

from ledger import files
from ledger.analysis.wording import DIGITS, HASH, hash_of
from ledger.decoding import MAX_BYTES, decode_text
from ledger.diagnostics import with_nearest
from ledger.editing import git_content
from ledger.editing.git_content import Edit, History
from ledger.fields import ID_HINT, is_id
from ledger.files import TextFile
from ledger.loading import Record, is_a, load_record
from ledger.records import Claim, kind_at
from ledger.wordings import Commit, Wording

FOLDER = "claims"
MOST_NAMED = 5
"""As many of the newest hashes are named where none is the one that was asked for."""
MOST_CHANGES = 50
"""As many of the newest commits are told of each wording."""
_PATH = re.compile(rf"{FOLDER}/([^/]+)\.(?:yml|md)")
Since = Callable[[Commit | None], tuple[tuple[Commit, ...], int]]
"""A commit → the newest of those that changed the file since, and how many came before these."""


class Read(NamedTuple):
    """What a file gave: the hash of its wording and its fields as JSON, both empty where it gave no claim."""

    hash: str
    data: str
    is_draft: bool = False


class Version(NamedTuple):
    """What the file of a claim said after a commit, or says in the folder, where there is none."""

    commit: Commit | None
    record: Record[Claim] | None
    hash: str
    """Empty where the file was not there, or cannot be read."""
    place: int = -1


class Answer(NamedTuple):
    """What a claim said, and what it says now."""

    then: Wording
    now: Version


@dataclass(frozen=True, slots=True)
class Claims:
    """The history of the claims of a content folder."""

    history: History
    present: Mapping[str, Record[Claim]] = field(repr=False)
    edits: Sequence[Edit] = field(repr=False)
    read: dict[str, Read] = field(default_factory=dict, repr=False)
    """By the name of a content and the ending of its file: what is here need not be read."""
    touched: dict[str, list[int]] = field(init=False, default_factory=dict, repr=False)
    """By the path of a claim's file: the numbers of the edits that changed it."""
    renamed: dict[str, str] = field(init=False, default_factory=dict, repr=False)
    """Former id → the present one."""

    def __post_init__(self) -> None:
        former = ((old, id_) for id_, one in self.present.items() for old in one.former_ids)
        self.renamed.update((old, id_) for old, id_ in former if old not in self.present)
        for number, edit in enumerate(self.edits):
            for path in filter(_PATH.fullmatch, edit.files):
                self.touched.setdefault(path, []).append(number)

    def need(self, paths: Iterable[str]) -> None:
        """Read everything that files have ever said and that is not known yet."""
        wanted: dict[str, dict[str, str]] = {}
        for path in paths:
            for name in {self.edits[number].files[path] for number in self.touched.get(path, ())} - {""}:
                if _key(path, name) not in self.read:
                    wanted.setdefault(name, {})[_key(path, name)] = path
        for name, data in self.history.contents(wanted, MAX_BYTES) if wanted else ():
            self.read.update((key, _read(path, data)) for key, path in sorted(wanted[name].items()))

    def _said(self, path: str, name: str) -> tuple[Record[Claim] | None, str]:
        """The claim that a file was, and the hash of its wording."""
        found = self.read.get(_key(path, name))
        return (claim_of(path, found.data), found.hash) if found and found.hash else (None, "")

    def ids(self, id_: str) -> list[str]:
        """All ids that a claim is known to have had, the present one first."""
        now = self.present.get(self.renamed.get(id_, id_))
        found = dict.fromkeys([*([now.id, *now.former_ids] if now else []), id_])
        waiting = [*found]
        while waiting:
            formers = [one for one in self._formers(waiting.pop()) if one not in found]
            found |= dict.fromkeys(formers)
            waiting += formers
        return [*found]

    def _formers(self, id_: str) -> list[str]:
        """The former ids that a claim named at any time."""
        found = (orjson.loads(one.data) for one in self.gave([id_]) if one.data)
        return sorted({str(old) for data in found for old in data.get("former_ids") or ()})

    def gave(self, ids: Iterable[str]) -> list[Read]:
        """All that the files of some ids ever gave."""
        paths = _paths(ids)
        self.need(paths)
        names = {_key(path, self.edits[number].files[path]) for path in paths for number in self.touched.get(path, ())}
        return [self.read[name] for name in sorted(names) if name in self.read]

    def versions(self, ids: Sequence[str]) -> list[Version]:
        """What the file said after each commit of the branch's own line that changed it, oldest first, and says now."""
        state: dict[str, str] = {}
        found = []
        for edit in self._of(ids):
            if edit.is_own:
                state |= edit.files
                path = next((path for path in _paths(ids) if state.get(path)), "")
                found.append(Version(edit.commit, *self._said(path, state.get(path, "")), edit.place))
        record = self.present.get(ids[0])
        return [*found, Version(None, record, hash_of(record) if record else "")]

    def _of(self, ids: Iterable[str]) -> list[Edit]:
        paths = [path for path in _paths(ids) if path in self.touched]
        edits = (self.edits[number] for number in sorted({number for path in paths for number in self.touched[path]}))
        return [one._replace(files={path: one.files[path] for path in paths if path in one.files}) for one in edits]

    def wordings(self, ids: Sequence[str]) -> dict[str, Wording]:
        """All that a claim said, by hash."""
        versions, edits = self.versions(ids), self._of(ids)
        since = _since(edits)
        own, merged = defaultdict[str, list[int]](list), defaultdict[str, list[Version]](list)
        for number, version in enumerate(versions):
            own[version.hash].append(number)
        for edit in (edit for edit in edits if not edit.is_own):
            for path in (path for path in _paths(ids) if edit.files.get(path)):
                version = Version(edit.commit, *self._said(path, edit.files[path]), edit.place)
                merged[version.hash].append(version)
        lacks = bool(self.history.lacks)
        found = {hash_: _of_own_line(versions, at, since, lacks=lacks) for hash_, at in own.items() if hash_}
        found |= {hash_: _of_branch(of, since) for hash_, of in merged.items() if hash_ and hash_ not in own}
        return found


def history_of(content: Path, claims: Iterable[Record[Claim]], read: dict[str, Read], *paths: str) -> Claims:
    """The history of the claims, with what changed in some files and folders; `claims` are the present ones."""
    history = git_content.history(content)
    return Claims(history, {claim.id: claim for claim in claims}, history.edits(*paths), read)


def what_it_said(content: Path, id_: str, wanted: str) -> Answer:
    """What a claim said under a hash."""
    if not HASH.fullmatch(wanted):
        raise ValueError(f"'{wanted}' is no hash of a claim: those have {DIGITS} signs of 0-9 and a-f")
    if not is_id(id_):
        raise ValueError(f"'{id_}' is no id; {ID_HINT}")
    claims = history_of(content, claims_in(content), {}, FOLDER)
    ids = claims.ids(id_)
    claims.need(_paths(ids))
    found, versions = claims.wordings(ids), claims.versions(ids)
    if wanted in found:
        return Answer(found[wanted], versions[-1])
    lacks = claims.history.lacks
    if not found:
        raise ValueError(with_nearest(f"there is no claim '{id_}', and was none{lacks}", id_, claims.present))
    message = f"of what git has here of the claim '{id_}' and can be read, nothing has the hash '{wanted}'{lacks}"
    known = [*dict.fromkeys(version.hash for version in reversed(versions) if version.hash), *found]
    raise ValueError(f"{message}; the newest have {', '.join([*dict.fromkeys(known)][:MOST_NAMED])}")


def everything_said(claims: Claims) -> Iterator[tuple[str, list[Wording]]]:
    """Every claim there is or was, by its last id, with all that it said when it was no draft, the newest
    first.
    """
    claims.need(claims.touched)
    gone = sorted({path.rpartition("/")[2].rpartition(".")[0] for path in claims.touched} - claims.present.keys())
    former = {old for id_ in gone for old in claims.ids(id_)[1:]}
    taken: set[str] = set()
    for id_ in (*claims.present, *(one for one in gone if one not in former), *gone):
        ids = [one for one in claims.ids(id_) if one == id_ or one not in claims.present]
        if id_ in taken or ids[0] != id_:
            continue
        taken |= {*ids}
        shown = {one.hash for one in claims.gave(ids) if not one.is_draft}
        found = [one for hash_, one in claims.wordings(ids).items() if hash_ in shown]
        yield id_, sorted(found, key=lambda one: (not one.is_merged, one.until is None, one.place), reverse=True)


def claims_in(content: Path) -> Iterator[Record[Claim]]:
    """The claims that a content folder has now."""
    texts = files.read(content).files
    return filter(None, (_record(file.path, file.text) for file in texts if file.path.startswith(f"{FOLDER}/")))


def _record(path: str, text: str) -> Record[Claim] | None:
    record, _ = load_record(TextFile(path, text))
    return record if record and is_a(record, Claim) else None


def _read(path: str, data: bytes) -> Read:
    text, _ = decode_text(path, data)
    record = _record(path, text) if text is not None else None
    if record is None:
        return Read("", "")
    return Read(hash_of(record), orjson.dumps(record.document.data).decode(), record.is_draft)


def claim_of(path: str, data: str) -> Record[Claim]:
    """The record again, made from what is known of its file."""
    kind = kind_at(path)
    return Record(kind, path, lambda: data, make=lambda: Claim.model_validate(orjson.loads(data)))


def _key(path: str, name: str) -> str:
    return name + path[-4:]


def _paths(ids: Iterable[str]) -> list[str]:
    return [f"{FOLDER}/{id_}.{ending}" for id_ in ids for ending in ("yml", "md")]


def _since(edits: Sequence[Edit]) -> Since:
    """How to find which edits came after a commit; merges are left out, but not what came with them."""
    at = {edit.commit.name: number for number, edit in enumerate(edits)}
    changes = [edit.commit for edit in edits if not edit.is_merge]
    earlier = list(accumulate((not edit.is_merge for edit in edits), initial=0))

    def since(commit: Commit | None) -> tuple[tuple[Commit, ...], int]:
        later = len(changes) - earlier[at[commit.name] + 1] if commit else 0
        shown = min(later, MOST_CHANGES)
        return tuple(changes[len(changes) - shown :]), later - shown

    return since


def _of_own_line(versions: Sequence[Version], at: Sequence[int], since: Since, *, lacks: bool) -> Wording:
    """What was said at some versions, given by number."""
    begins = [number for number in at if number == 0 or versions[number - 1].hash != versions[number].hash]
    first, last = begins[-1], at[-1]
    until = versions[last + 1] if last + 1 < len(versions) else None
    made = _of_branch([versions[number] for number in at], since)
    return replace(
        made,
        since=versions[first].commit,
        is_oldest=first == 0 and lacks,
        until=until.commit if until else None,
        is_now=until is None,
        times=len(begins),
        is_merged=False,
        place=until.place - 1 if until and until.commit else -1,
    )


def _of_branch(versions: Sequence[Version], since: Since) -> Wording:
    """What only commits of merged branches said."""
    last = versions[-1]
    changes, more = since(last.commit)
    return Wording(
        hash=last.hash,
        record=_there(last),
        ids=tuple(sorted({_there(version).id for version in versions})),
        since=versions[0].commit,
        changes=changes,
        more=more,
        is_merged=True,
        place=last.place,
    )


def _there(version: Version) -> Record[Claim]:
    if version.record is None:
        raise LookupError(version)
    return version.record
