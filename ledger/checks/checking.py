"""What a check is, and what it finds.

A check names what it looks at (`items`) and what is wrong with one of them (`check`), so that the count is not its own
to state. One of records sees a record at a time, and reads of the others only what it needs: when one changes, only
the checks that have read it are run again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from ledger.diagnostics import Diagnostic, Level, Span
from ledger.graph import Ledger
from ledger.loading import Record

Item = TypeVar("Item")


class Finding(NamedTuple):
    """What is wrong with an item: where, in words, and what to do; its level, where it is not that of its check."""

    span: Span
    message: str
    hint: str = ""
    level: Level | None = None


def itself(_: Ledger, record: Record) -> Iterable[Record]:
    """The record as the one item."""
    return (record,)


def nothing(_: Ledger) -> Iterable[Record]:
    """No further record."""
    return ()


@dataclass(frozen=True, slots=True)
class Check(Generic[Item]):
    """What must hold."""

    id: str
    """Its name, in the words of what is wrong."""
    level: Level
    items: Callable[..., Iterable[Item]]
    """What it looks at in a record (from the Ledger and the record), in the Ledger, or in the rendered site."""
    check: Callable[[Any, Item], Iterator[Finding]]
    """What is wrong with one item, from the Ledger or the rendered site, and the item."""
    of: Literal["record", "ledger", "site"] = "record"
    kinds: tuple[str, ...] = ()
    """Of records: the kinds whose records it looks at, unless they are withdrawn; without any, all records."""
    beside: Callable[[Ledger], Iterable[Record]] = nothing
    """Records that it looks at beside those of the ledger."""
    needs_every_file: bool = False
    """Whether it reasons from what is not there, and so waits until every file can be read."""
    excusable: bool = True
    """Whether a record may be excused from it; not from what the pages rely on."""


def look(check: Check[Any], subject: Any, items: Iterable[Any]) -> tuple[list[Diagnostic], int]:
    """What a check finds wrong with some items, and how many there are."""
    found, count = list[Diagnostic](), 0
    for item in items:
        count += 1
        for one in check.check(subject, item):
            found.append(Diagnostic(one.span, one.level or check.level, check.id, one.message, one.hint))
    return found, count


def value_of(fields: Any, name: str) -> Any:
    """A field that not every kind has; an empty tuple where it has none. Pydantic is slow to say that there is none."""
    return vars(fields).get(name, ())
