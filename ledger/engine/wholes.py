"""Of what files of the whole ledger are made: of the pieces of all records, or of the old files and what has changed.

In: what is known of the data of records, now and before. Out: a WholeJob, and a hash of all that the files are made of.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from ledger import exports
from ledger.engine.fragments import Fragments
from ledger.engine.runner import WholeJob
from ledger.engine.tasks import DATA, JSON, digest
from ledger.engine.traces import Trace, Traces
from ledger.exports.updating import Changed
from ledger.write import Work

FEW = 100
"""How many records may have changed for the old files to be edited; after more changes they are made anew."""


class Pieces(NamedTuple):
    """Where the pieces of all records are, those of the files themselves included, and some as they were."""

    there: Fragments
    work: Work
    before: Mapping[tuple[str, str], bytes]
    """By name and record: the pieces of records that are made again; nothing if these are many."""


def pieces_before(there: Fragments, work: Work, ids: Collection[str]) -> Pieces:
    """The pieces, before those of some records are made again."""
    return Pieces(there, work, there.of(exports.FRAGMENTS, ids) if len(ids) <= FEW else {})


def data_of(ids: Iterable[str], traces: Traces) -> dict[str, Trace]:
    """What is known of the data of each record; nothing where those of any could not be made."""
    made = {id_: traces.tasks.get(DATA + id_) for id_ in ids}
    found = {id_: trace for id_, trace in made.items() if trace and not trace.value}
    return found if len(found) == len(made) else {}


def job_of(
    whole: exports.Whole, data: Mapping[str, Trace], pieces: Pieces, before: Mapping[str, Trace], summary: str
) -> tuple[WholeJob, str]:
    """How files of the whole ledger are made, and a hash of all that they are made of.

    `before` and `summary` are the data of all records before, and the hash of what the old files are made of.
    """
    hashes = _hashes(whole, data)
    changed: Changed = {}
    new = {id_: trace for id_, trace in data.items() if trace is not before[id_]} if before and pieces.before else {}
    if new and _summary(known := hashes | _hashes(whole, {id_: before[id_] for id_ in new})) == summary:
        changed = _changed(whole, new, pieces)
        if any(digest(piece) != known[id_] for id_, (piece, _) in changed.items()):  # of a build that was given up
            changed = {}
    parts = {id_: trace.outputs[0].address for id_, trace in data.items()} if whole.fragment == JSON else hashes
    return WholeJob(whole.name, str(pieces.there.path), parts, changed), _summary(hashes)


def _hashes(whole: exports.Whole, data: Mapping[str, Trace]) -> dict[str, str]:
    """The hash of what each record adds."""
    if whole.fragment == JSON:
        return {id_: trace.outputs[0].digest for id_, trace in data.items()}
    return {id_: trace.fragments[whole.fragment] for id_, trace in data.items()} if whole.fragment else {}


def _summary(hashes: Mapping[str, str]) -> str:
    return hashlib.sha256(" ".join((*hashes, *hashes.values())).encode()).hexdigest()


def _changed(whole: exports.Whole, data: Mapping[str, Trace], pieces: Pieces) -> Changed:
    """What some records added before, and what they add now; nothing where that is not known."""
    if whole.fragment == JSON:
        work, addresses = pieces.work, {id_: trace.outputs[0].address for id_, trace in data.items()}
        known = all(work.old(one).is_file() for one in addresses.values())
        return {id_: (work.old(one).read_bytes(), work.read(one)) for id_, one in addresses.items() if known}
    now = pieces.there.of([whole.fragment], data)
    known = now.keys() <= pieces.before.keys()
    return {key[1]: (pieces.before[key], piece) for key, piece in now.items()} if known else {}
