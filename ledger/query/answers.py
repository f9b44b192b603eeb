"""A query and a ledger → an answer: the ids that it finds, and their columns as plain data.

In: a Ledger and the text of a query. Out: an Answer, or a Problem.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, TypeAdapter

from ledger.dates import PartialDate
from ledger.fields import Number
from ledger.graph import Ledger
from ledger.query.columns import Column
from ledger.query.evaluating import evaluate
from ledger.query.facts import Facts, Item
from ledger.query.parsing import parse
from ledger.query.problems import Problem, Wrong

_NUMBER = TypeAdapter(Number)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found, in its order: ids, the names of the columns, and a row of plain values for each id.

    A value is what JSON can say: text, a number, true or false, None where there is none, a list, a part as a dict.
    """

    kind: str
    """The kind that was asked for."""
    ids: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def answer(ledger: Ledger, query: str) -> Answer | Problem:
    """The answer, or why there is none."""
    return answer_from(Facts(ledger), query)


def answer_from(facts: Facts, query: str) -> Answer | Problem:
    """The same, from facts that several queries share."""
    try:
        parsed = parse(query)
        ids = evaluate(facts, parsed)
    except Wrong as wrong:
        return wrong.problem
    rows = tuple(tuple(_cell(facts, facts.items[id_], column) for column in parsed.columns) for id_ in ids)
    return Answer(parsed.selection.kind, ids, tuple(column.name for column in parsed.columns), rows)


def _cell(facts: Facts, item: Item, column: Column) -> Any:
    values = [_plain(value) for value in facts.values(item, column)]
    if column.is_list:
        return values
    return values[0] if values else None


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, PartialDate):
        return value.text
    return value if isinstance(value, str | bool | dict) else _NUMBER.dump_python(value, mode="json")
