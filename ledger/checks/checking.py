"""What a check is, and what it finds.

A check names what it looks at (`items`) and what is wrong with one of them (`find`), so that the count is not its own
to state. One of records sees a record at a time, and reads of the others only what it needs: when one changes, only
the checks that have read it are run again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from pydantic import BaseModel

from ledger import bugs
from ledger.diagnostics import Diagnostic, Level, Span
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.modelling import Common
from ledger.settings import Site
from ledger.yamlnodes import FieldPath

Item = TypeVar("Item")


class Finding(NamedTuple):
    """What is wrong with an item: where, in words, and what to do; its level, where it is not that of its check."""

    span: Span
    message: str
    hint: str = ""
    level: Level | None = None


def itself(_: Ledger, record: Record[Any]) -> Iterable[Record[Any]]:
    """The record as the one item."""
    return (record,)


def having(field: str) -> Callable[[Ledger, Record[Any]], Iterable[Record[Any]]]:
    """The record as the one item, if it has a field."""
    return lambda _, record: (record,) if vars(record.fields)[field] else ()


def each_in(field: str) -> Callable[[Ledger, Record[Any]], Iterable[tuple[Record[Any], int]]]:
    """Each entry of a list that a record has: the record, and the place in the list."""
    return lambda _, record: ((record, at) for at in range(len(vars(record.fields)[field])))


def values_in(part: Any, of: type[Item], path: FieldPath = ()) -> list[tuple[FieldPath, Item]]:
    """Every value of a type in a record, or in a part of one, with its place."""
    found: list[tuple[FieldPath, Item]] = []
    inside = enumerate(part) if isinstance(part, tuple) else (part if isinstance(part, dict) else vars(part)).items()
    for name, value in inside:
        if isinstance(value, of):
            found.append(((*path, _written(name)), value))
        elif value and not isinstance(value, str) and isinstance(value, (tuple, dict, BaseModel)):
            found += values_in(value, of, (*path, _written(name)))
    return found


def _written(name: str | int) -> str | int:
    """A field's name as editors write it, without the `_` that Python needs after its own words; a place in a list."""
    return name.rstrip("_") if isinstance(name, str) else name


def settings(ledger: Ledger) -> Iterable[Record[Site]]:
    """The settings of the site, which are no record of the ledger."""
    return (ledger.site,) if ledger.site else ()


def nothing(_: Ledger) -> Iterable[Record[Any]]:
    """No further record."""
    return ()


@dataclass(frozen=True, slots=True)
class Check(Generic[Item]):
    """What must hold."""

    id: str
    """Its name, in the words of what is wrong."""
    level: Level
    find: Callable[[Any, Item], Iterator[Finding]]
    """What is wrong with one item, from the Ledger or the rendered site, and the item."""
    items: Callable[..., Iterable[Any]] = itself
    """What it looks at in a record (from the Ledger and the record), in the Ledger, or in the rendered site."""
    of: Literal["record", "ledger", "site"] = "record"
    kinds: tuple[type[Common], ...] = ()
    """Of records: the kinds whose records it looks at, unless they are withdrawn; without any, all records."""
    others: Callable[[Ledger], Iterable[Record[Any]]] = nothing
    """Records that it looks at apart from those of the ledger."""
    needs_every_file: bool = False
    """Whether it reasons from what is not there, and so waits until every file can be read."""
    needs_structure: bool = False
    """Whether it reasons from what is computed, and so waits until no record has a structural error."""
    excusable: bool = True
    """Whether a record may be excused from it; not from what the pages rely on."""

    def waits(self, ledger: Ledger) -> bool:
        """Whether errors of other sorts must be put right before it can tell anything."""
        return bool((self.needs_every_file and ledger.failed) or (self.needs_structure and ledger.unsound))


def check(id_: str, level: Level, **more: Any) -> Callable[[Callable[[Any, Item], Iterator[Finding]]], Check[Item]]:
    """Make a check of the function that finds what is wrong with one item; its docstring says what must hold."""

    def made(find: Callable[[Any, Item], Iterator[Finding]]) -> Check[Item]:
        return Check(id_, level, find, **more)

    return made


def look(check: Check[Any], subject: Any, *of: Record[Any]) -> tuple[list[Diagnostic], int]:
    """What a check finds wrong with its items, all or those of a record, and how many there are.

    One that raises says that it has failed, at the record's path: what the others find is not lost.
    """
    found, count, place = list[Diagnostic](), 0, of[0].path if of else "."
    try:
        for item in check.items(subject, *of):
            count += 1
            try:
                for one in check.find(subject, item):
                    found.append(Diagnostic(one.span, one.level or check.level, check.id, one.message, one.hint))
            except Exception as bug:
                found.append(_failed(check, place, bug))
    except Exception as bug:
        found.append(_failed(check, place, bug))
    return found, count


def _failed(check: Check[Any], place: str, bug: Exception) -> Diagnostic:
    """A check failed; what the environment has to answer for is raised again."""
    if isinstance(bug, OSError):
        raise bug
    return bugs.check_failed(check.id, Span(place), bug)
