"""A query as the parser understood it: small frozen values, with the tokens that later problems point at."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from ledger.dates import PartialDate
from ledger.query.columns import Column
from ledger.query.lexing import Token
from ledger.query.steps import Step

Value: TypeAlias = str | PartialDate | Decimal | bool


@dataclass(frozen=True, slots=True)
class Compare:
    """A column against values, any of which will do, or against another column; or whether it has a value at all."""

    column: Column
    operator: str
    values: tuple[Value, ...] = ()
    other: Column | None = None
    tokens: tuple[Token, ...] = field(default=(), compare=False)
    """Where the values stand; only those of ids are looked at again."""


@dataclass(frozen=True, slots=True)
class Named:
    """One record, or part of one, by its id; the kind is empty where none is named."""

    kind: str
    token: Token = field(compare=False)


@dataclass(frozen=True, slots=True)
class Follow:
    """A step to what is named after it, and the dates that hold for it."""

    steps: tuple[Step, ...]
    target: "Named | Selection"
    times: tuple[Compare, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What a test does not find."""

    test: "Test"


@dataclass(frozen=True, slots=True)
class All:
    """What every test finds; with no test, everything. Comparisons in it are about one part of a list together."""

    tests: tuple["Test", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What at least one test finds."""

    tests: tuple["Test", ...]


Test: TypeAlias = Compare | Follow | Not | All | AnyOf


@dataclass(frozen=True, slots=True)
class Selection:
    """A kind, and the test that its records must pass."""

    kind: str
    test: Test


@dataclass(frozen=True, slots=True)
class Order:
    """A column to sort by."""

    column: Column
    falling: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for, in which order, how many at most, and which columns are shown."""

    selection: Selection
    order: tuple[Order, ...]
    limit: int | None
    columns: tuple[Column, ...]
