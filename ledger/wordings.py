"""What a claim said at earlier times, as git or the log of wordings has it: the shape of it alone.

`editing/claim_history.py` and `editing/kept_wordings.py` find it out, `engine/past.py` gives it to the ledger, and
`views/wording.py` shows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ledger.loading import Record
from ledger.records import Claim


class Commit(NamedTuple):
    """A commit: its full name, its day as who committed has it, and the first line of its message, as written."""

    name: str
    day: str
    subject: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What a claim said under a hash, from when to when, and what has become of it."""

    hash: str
    record: Record[Claim]
    """The claim as it was then, with the id that it had; its `text` is not the file's."""
    ids: tuple[str, ...]
    """Every id under which it was said."""
    since: Commit | None
    """The commit with which it last began to say so; None if it is not committed yet."""
    is_oldest: bool = False
    """Whether that is the oldest that this clone has of it, and has fewer commits than the repository."""
    until: Commit | None = None
    """With what it said so no longer; None if it still does, or does not since a change that is not committed yet."""
    is_now: bool = False
    """Whether the files say so now."""
    times: int = 1
    """How often it came to say so."""
    changes: tuple[Commit, ...] = ()
    """The newest of the commits that changed the file since, the oldest first."""
    more: int = 0
    """How many came before these."""
    is_merged: bool = False
    """Whether only what was merged into this branch says so."""
    place: int = -1
    """Of the branch's own line: after which of its commits it was last said."""


class Then(NamedTuple):
    """A wording, and what the records of that time came to."""

    wording: Wording
    verdict: tuple[Any, ...] | None
    """The fields of a `ShortRating`; None where it could not be computed."""
    why: str = ""
    """Why it could not: a key of the group `was_unrated`."""
    is_printed: bool = False
    """Whether it is the verdict that was printed then, from the log, and not one that is computed today."""


@dataclass(frozen=True, slots=True)
class Past:
    """What git has of all claims."""

    head: str
    """The commit from which it was read."""
    claims: str
    """The hash of which claims there were at that time, and by which ids."""
    said: Mapping[str, tuple[Then, ...]] = field(default_factory=dict, repr=False)
    """Claim → all that it ever said, the newest first. A claim that is gone has the last id that it had."""
