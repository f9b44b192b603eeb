"""What claims said when they were cited, from the git history of the content folder.

In: the content folder, and an id that a claim has or had with a hash of its wording (`analysis/wording.py`). Out: what
it said then; or all that any claim said. The versions of a claim are those of the branch's own line, and what only a
merged branch said. ValueError: why there is no answer; what a clone does not have is said, never guessed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from ledger import files
from ledger.analysis.wording import DIGITS, HASH, hash_of
from ledger.decoding import MAX_BYTES, control_in, decode_text
from ledger.diagnostics import has_errors, with_nearest
from ledger.editing import git_content
from ledger.editing.git_content import Edit, History
from ledger.fields import ID_HINT, is_id
from ledger.files import TextFile, sort_of
from ledger.loading import Record, is_a, load_record, record_from
from ledger.records import Claim
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
    """What a file gave: the hash of its wording, if it gave a claim, and its fields as JSON, if it gave any.

    For a snapshot it has the text instead of fields.
    """

    hash: str
    data: str
    is_draft: bool = False
    is_sound: bool = True
    """Whether nothing in it is an error."""


NOTHING = Read("", "", is_sound=False)

AsNow = Callable[[str, str], str | None]
"""The path and the text of a file → its fields as JSON if the file says so now, else nothing."""
Share = Callable[[Callable[[Sequence[str]], dict[str, Read]], Sequence[str]], Iterable[dict[str, Read]]]
"""What gives parts of a list to a function; several processes may share the work."""


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
    """By the name of a content and the path of its file: what is here need not be read."""
    as_now: AsNow = field(default=lambda *_: None, repr=False)
    share: Share = field(default=lambda work, names: [work(names)], repr=False)
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

    def need(self, contents: Iterable[tuple[str, str]]) -> None:
        """Read files that are not known yet, each given by its path and the name of its content."""
        wanted: dict[str, set[str]] = {}
        for path, name in contents:
            if name and _key(path, name) not in self.read:
                wanted.setdefault(name, set()).add(path)
        for found in self.share(partial(self._read, wanted), sorted(wanted)):
            self.read.update(found)

    def _read(self, paths: Mapping[str, Iterable[str]], names: Sequence[str]) -> dict[str, Read]:
        """What some contents gave, each at its paths."""
        contents = self.history.contents(names, files.MAX_TEXT_BYTES) if names else ()
        return {
            _key(path, name): _given(path, data, self.as_now) for name, data in contents for path in sorted(paths[name])
        }

    def ever(self, paths: Iterable[str]) -> set[tuple[str, str]]:
        """Everything that files have ever said: each path with the names of its contents."""
        return {(path, self.edits[number].files[path]) for path in paths for number in self.touched.get(path, ())}

    def given(self, path: str, name: str) -> Read | None:
        """What a file gave whose content has a name, if it was read."""
        return self.read.get(_key(path, name))

    def _said(self, path: str, name: str) -> tuple[Record[Claim] | None, str]:
        """The claim that a file was, and the hash of its wording."""
        found = self.given(path, name)
        return (record_of(path, found.data), found.hash) if found and found.hash else (None, "")

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
        contents = self.ever(_paths(ids))
        self.need(contents)
        return [self.read[key] for key in sorted(_key(*one) for one in contents) if key in self.read]

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
    claims.need(claims.ever(_paths(ids)))
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
    claims.need(claims.ever(claims.touched))
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
    records = (load_record(file)[0] for file in texts if file.path.startswith(f"{FOLDER}/"))
    return (record for record in records if record and is_a(record, Claim))


def _given(path: str, data: bytes, as_now: AsNow) -> Read:
    if sort_of(path) == "text":
        return _text(path, data)
    text, problems = decode_text(path, data) if len(data) <= MAX_BYTES else (None, [])
    if text is None:
        return NOTHING
    now = as_now(path, text)
    record = record_of(path, now) if now else load_record(TextFile(path, text))[0]
    if record is None:
        return NOTHING
    read = Read("", now or orjson.dumps(record.document.data).decode(), is_sound=not has_errors(problems))
    return read._replace(hash=hash_of(record), is_draft=record.is_draft) if is_a(record, Claim) else read


def _text(path: str, data: bytes) -> Read:
    try:
        text = files.kept_text(path, data).text
    except ValueError:
        return NOTHING
    return Read("", text, is_sound=control_in(path, text) is None)


def record_of(path: str, data: str) -> Record[Any]:
    """The record again, made from what is known of its file."""
    return record_from(path, data, lambda: data)


def _key(path: str, name: str) -> str:
    return f"{name} {path}"


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
