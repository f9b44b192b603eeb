"""A log of what claims said and which verdict was printed, beside the content: for ledgers without git, and for the
verdict as it was.

In: the content folder; a ledger. Out: the entries of `wordings.jsonl`, and those that are to be added. A line is a
claim as its file had it, the hash of that, the day on which it was kept and the verdict of that day. What others wrote
into the log is read as any record is; a line whose hash is not that of its words is left out and named.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from operator import attrgetter
from os import SEEK_END
from pathlib import Path
from typing import NamedTuple

import orjson
from pydantic import TypeAdapter

from ledger.analysis import analyse
from ledger.analysis.ratings import ShortRating
from ledger.analysis.wording import hash_of, wording_of
from ledger.editing.claim_history import FOLDER, Answer, Version, claims_in, record_of, what_it_said
from ledger.fields import is_id
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import log_of
from ledger.records import Claim
from ledger.wordings import Commit, Wording

MAX_BYTES = 100_000_000
"""A longer log is not read."""


class Kept(NamedTuple):
    """What a claim said and its verdict, as they were on a day."""

    record: Record[Claim]
    hash: str
    day: str
    verdict: ShortRating


def read_kept(content: Path) -> tuple[list[Kept], list[int]]:
    """What was kept, oldest first, and the numbers of lines that are no entries. ValueError: too long, or a link."""
    log = log_of(content)
    if log.is_symlink():
        raise ValueError(f"'{log}' is a link: nothing is read or written through it")
    if not log.is_file():
        return [], []
    if log.stat().st_size > MAX_BYTES:
        raise ValueError(f"'{log}' has more than {MAX_BYTES:,} bytes")
    lines = enumerate(log.read_bytes().splitlines(), 1)
    read = {number: _entry(line) for number, line in lines if line.strip()}
    return [one for one in read.values() if one], [number for number, one in read.items() if one is None]


def _entry(line: bytes) -> Kept | None:
    try:
        found = orjson.loads(line)
        record = record_of(f"{FOLDER}/{found['claim']}.yml", orjson.dumps(found["record"]).decode())
        day, verdict = date.fromisoformat(found["day"]).isoformat(), _verdicts().validate_python(found["verdict"])
        is_whole = is_id(found["claim"]) and hash_of(record) == found["hash"]
        return Kept(record, found["hash"], day, verdict) if is_whole else None
    except Exception:  # whatever a stranger wrote
        return None


@cache
def _verdicts() -> TypeAdapter[ShortRating]:
    return TypeAdapter(ShortRating)


def lines_to_keep(ledger: Ledger, kept: Iterable[Kept], day: date) -> Iterator[bytes]:
    """A line for each claim that has none yet, or whose newest line has another wording or verdict."""
    newest = {one.record.id: (one.hash, one.verdict) for one in kept}
    ratings = analyse(ledger).ratings
    for id_ in ledger.standing("claim"):
        hash_, verdict = wording_of(ledger, id_), ratings[id_].short
        if newest.get(id_) != (hash_, verdict):
            said = ledger.record(Claim, id_).document.data
            entry = {"claim": id_, "hash": hash_, "day": day.isoformat(), "verdict": verdict, "record": said}
            yield orjson.dumps(entry, option=orjson.OPT_SORT_KEYS) + b"\n"


def append(log: Path, lines: Iterable[bytes]) -> None:
    """Add lines. A line that an earlier run left unfinished stays by itself and is named when the log is read."""
    with log.open("a+b") as file:
        if file.tell():
            file.seek(-1, SEEK_END)
            file.write(b"" if file.read() == b"\n" else b"\n")
        file.writelines(lines)


def as_wording(kept: Sequence[Kept], hash_: str, now: str) -> Wording:
    """What was said, from the day it was first kept until the first day on which something else was kept."""
    at = [number for number, one in enumerate(kept) if one.hash == hash_]
    later = kept[at[-1] + 1 :]
    return Wording(
        hash=hash_,
        record=kept[at[-1]].record,
        ids=tuple(sorted({kept[number].record.id for number in at})),
        since=Commit("", kept[at[0]].day, ""),
        until=Commit("", later[0].day, "") if later else None,
        is_now=hash_ == now,
        times=sum(number == 0 or kept[number - 1].hash != hash_ for number in at),
    )


def verdicts_shown(content: Path, said: Wording) -> list[Kept]:
    """The verdicts that the log has for what was said, each as it was first kept."""
    kept = [one for one in read_kept(content)[0] if one.hash == said.hash and one.record.id in said.ids]
    return [next(of) for _, of in groupby(kept, key=attrgetter("verdict"))]


def said_anywhere(content: Path, id_: str, wanted: str) -> Answer:
    """What a claim said under a hash, from git or else from the log. ValueError: why neither has it."""
    try:
        found = what_it_said(content, id_, wanted)
    except ValueError:
        if kept := _said_in_log(content, id_, wanted):
            return kept
        raise
    return found if found.then.since else _said_in_log(content, id_, wanted) or found


def _said_in_log(content: Path, id_: str, wanted: str) -> Answer | None:
    """What a claim said under a hash, and what it says now; nothing where the log does not have it."""
    present = {claim.id: claim for claim in claims_in(content)}
    now = present.get(id_) or next((one for one in present.values() if id_ in one.former_ids), None)
    ids = {id_, *([now.id, *now.former_ids] if now else ())}
    kept = [one for one in read_kept(content)[0] if one.record.id in ids]
    hash_ = hash_of(now) if now else ""
    if all(one.hash != wanted for one in kept):
        return None
    return Answer(as_wording(kept, wanted, hash_), Version(None, now, hash_))
