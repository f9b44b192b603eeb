"""What a claim said when it was cited, from the git history of the content folder.

In: the content folder, an id that the claim has or had, and a hash of its wording (`analysis/wording.py`). Out: an
Answer. The versions are those of the branch's own line, and of what was merged into it if none of those has the hash.
ValueError: why there is no answer; what a clone does not have is said, never guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ledger import files
from ledger.analysis.wording import DIGITS, HASH, hash_of
from ledger.decoding import decode_text
from ledger.diagnostics import did_you_mean
from ledger.editing import git_content
from ledger.editing.git_content import Commit
from ledger.fields import ID_HINT, ID_LENGTH, ID_PATTERN
from ledger.files import TextFile
from ledger.loading import Record, is_a, load_record
from ledger.records import Claim

FOLDER = "claims"
MOST_NAMED = 5
"""As many of the newest hashes are named where none is the one that was asked for."""


class Version(NamedTuple):
    """What the file of a claim said after a commit, or says in the folder, where there is none."""

    commit: Commit | None
    record: Record[Claim] | None
    hash: str
    """Empty where the file was not there, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a claim said, when, and what has become of it."""

    then: Version
    since: Commit | None
    """The commit with which it first said so; None if it is not committed yet."""
    is_oldest: bool
    """Whether that is the oldest that this clone has of it, and has fewer commits than the repository."""
    until: Version | None
    """With what it said so no longer; None if it still does."""
    times: int
    """How often it came to say so."""
    now: Version
    changes: tuple[Commit, ...]
    """The commits that changed the file since, the oldest first."""
    is_merged: bool
    """Whether only what was merged into this branch says so."""


def what_it_said(content: Path, id_: str, wanted: str) -> Answer:
    """What a claim said under a hash."""
    if not HASH.fullmatch(wanted):
        raise ValueError(f"'{wanted}' is no hash of a claim: those have {DIGITS} signs of 0-9 and a-f")
    if len(id_) > ID_LENGTH or not re.fullmatch(ID_PATTERN, id_):
        raise ValueError(f"'{id_}' is no id; {ID_HINT}")
    claims = list(_claims(content))
    history = git_content.history(content)
    ids, now = _known(claims, id_)
    versions: list[Version] = []
    for is_merged in (False, True):
        versions = [*_versions(history, ids, is_own_line=not is_merged), now]
        if any(version.hash == wanted for version in versions):
            return _answer(history, versions, wanted, ids, is_merged=is_merged)
    if not any(version.record for version in versions):
        near = did_you_mean(id_, [claim.id for claim in claims])
        raise ValueError(" ".join(filter(None, (f"there is no claim '{id_}', and was none{history.lacks}", near))))
    known = [*dict.fromkeys(version.hash for version in reversed(versions) if version.hash)][:MOST_NAMED]
    message = (
        f"of what git has here of the claim '{id_}' and can be read, nothing has the hash '{wanted}'{history.lacks}"
    )
    raise ValueError(f"{message}; the newest have {', '.join(known)}" if known else message)


def _known(claims: Sequence[Record[Claim]], id_: str) -> tuple[list[str], Version]:
    """All ids that a claim is known to have had, the present one first, and what its file says now."""
    record = next((one for one in claims if id_ in (one.id, *one.former_ids)), None)
    ids = [record.id, *record.former_ids] if record else []
    return [*dict.fromkeys([*ids, id_])], Version(None, record, hash_of(record) if record else "")


def _claims(content: Path) -> Iterator[Record[Claim]]:
    texts = files.read(content).files
    return filter(None, (_record(file.path, file.text) for file in texts if file.path.startswith(f"{FOLDER}/")))


def _record(path: str, text: str) -> Record[Claim] | None:
    record, _ = load_record(TextFile(path, text))
    return record if record and is_a(record, Claim) else None


def _paths(ids: Iterable[str]) -> list[str]:
    return [f"{FOLDER}/{id_}.{ending}" for id_ in ids for ending in ("yml", "md")]


def _versions(history: git_content.History, ids: list[str], *, is_own_line: bool) -> list[Version]:
    """What the file said after each commit, the oldest first; ids that it had before are added to those known."""
    while True:
        commits = history.commits(_paths(ids), is_own_line=is_own_line)
        found = list(_read(history, commits, ids))
        former = {id_ for version in found if version.record for id_ in version.record.former_ids}
        if former <= {*ids}:
            return found
        ids += sorted(former - {*ids})


def _read(history: git_content.History, commits: Sequence[Commit], ids: Sequence[str]) -> Iterator[Version]:

    @cache
    def read(path: str, name: str) -> tuple[Record[Claim] | None, str]:
        text, _ = decode_text(path, data[name])
        record = _record(path, text) if text is not None else None
        return record, hash_of(record) if record else ""

    found, data = history.files(commits, _paths(ids))
    for commit in reversed(commits):
        path, name = next(iter(found[commit.name]), ("", ""))
        yield Version(commit, *(read(path, name) if name else (None, "")))


def _answer(
    history: git_content.History, versions: Sequence[Version], wanted: str, ids: Iterable[str], *, is_merged: bool
) -> Answer:
    at = [number for number, version in enumerate(versions) if version.hash == wanted]
    last = at[-1]
    begins = [number for number in at if number == 0 or versions[number - 1].hash != wanted]
    first, then = versions[begins[-1]], versions[last]
    changes = history.commits(_paths(ids), since=then.commit) if then.commit else []
    return Answer(
        then=then,
        since=first.commit,
        is_oldest=begins[-1] == 0 and bool(history.lacks),
        until=versions[last + 1] if last + 1 < len(versions) else None,
        times=len(begins),
        now=versions[-1],
        changes=tuple(reversed(changes)),
        is_merged=is_merged,
    )
