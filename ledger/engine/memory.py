"""What a run remembers of the one before it, by the store: files, tasks, results, and the site that it published.

In: options. Out: a Memory; what does not fit together is left out, and then it is made again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger.engine import report, traces
from ledger.engine.report import Options
from ledger.engine.state import FileRead, Seen, packed, seen_again, unpacked
from ledger.engine.store import Store, is_tracked
from ledger.engine.traces import Traces

TRACKED = (
    "git tracks the store .ledger-cache, which a proposal may have brought, so it is not used",
    "take it out of git with `git rm -r --cached .ledger-cache`",
)


STATE = "state"
"""Under which name the store has it."""


@dataclass(slots=True)
class Memory:
    """What an earlier run left: nothing, if there was none or its store cannot be used."""

    store: Store | None = None
    files: Mapping[str, FileRead] = field(default_factory=dict)
    seen: tuple[Seen, Seen] | None = None
    """What the traces are about: what was checked, and what was shown."""
    traces: Traces = field(default_factory=Traces)
    site: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """What the system said of each file when it was published, by its address."""
    addresses: Sequence[str] = ()
    """All addresses of the site, among which every link leads somewhere."""
    notes: tuple[tuple[str, str], ...] = ()
    began: int = 0


def memory_for(options: Options) -> Memory:
    """Where a run with these options remembers: nowhere, if it is told so or others could have written it."""
    if not options.cache:
        return Memory()
    if is_tracked(options.content):
        return Memory(notes=(TRACKED,))
    return Memory(Store(options.content, report.configuration(options)))


def recalled(options: Options, memory: Memory) -> Memory:
    """What an earlier run with these options left, as far as it fits together."""
    if memory.store is None:
        return memory
    memory.began = memory.store.tick()
    saved = memory.store.load(STATE)
    try:
        memory.files = unpacked(options.content, saved["files"])
        if saved["seen"]:
            memory.seen = seen_again(memory.files, saved["seen"])
            memory.traces = traces.unpacked(saved)
            memory.addresses = saved["addresses"]
            memory.site = saved["site"] if saved["place"] == str(options.output.resolve()) else {}
    except (TypeError, KeyError, ValueError, IndexError, AttributeError):
        memory.seen, memory.traces = None, Traces()
    return memory


def save(store: Store, began: int, options: Options, files: Mapping[str, FileRead], rest: Mapping[str, Any]) -> None:
    """Remember all this. Files that may have changed again since the run began are read again next time."""
    unsure = {path: one._replace(stat=(0,) * 5) for path, one in files.items() if one.stat[1] >= began}
    place = str(options.output.resolve())
    store.save(STATE, {**rest, "files": packed({**files, **unsure}), "place": place})
