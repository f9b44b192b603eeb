"""The tables of `docs/query-language.md`, from the models and the words for steps.

In: the columns and the steps. Out: Markdown tables. `ledger/editing/tables.py` writes them into the page.
"""

from collections.abc import Iterable, Iterator

from ledger.query.columns import COMMON, COMPUTED, MODELS, PLURALS, Column, columns, date_column
from ledger.query.steps import EDGE_PHRASES, FURTHER, StepType, edge_steps


def field_table() -> str:
    """For each kind its fields, those of parts behind the part, and the date that it is placed by."""
    everywhere = columns("record")
    rows = []
    for kind in MODELS:
        if kind != "record":
            own = (name for name in columns(kind) if name not in everywhere)
            rows.append((f"`{PLURALS[kind]}`", _fields(own), date_column(kind).name))
    rows.append(
        ("`records`, and each kind above but `evidence` and `stances`", _fields(everywhere), date_column("record").name)
    )
    return _table(("Kind", "Fields", "`since` is about"), ((kind, names, f"`{date}`") for kind, names, date in rows))


def computed_table() -> str:
    """What no field says."""
    rows = [("every kind", f"`{column.name}`", column.meaning) for column in COMMON]
    for kind, found in COMPUTED.items():
        rows += [(f"`{PLURALS[kind]}`", f"`{column.name}`", column.meaning + _words(column)) for column in found]
    return _table(("Kind", "Column", "Meaning"), rows)


def _words(column: Column) -> str:
    return f": {', '.join(f'`{word}`' for word in column.choices)}" if column.type == "word" else ""


def step_table() -> str:
    """Every step along an edge with the step back: the kinds that it joins, and what it means."""
    rows = []
    for onward, back in sorted(EDGE_PHRASES.values()):
        found = [step for step in edge_steps() if step.phrase == onward and not step.paths[0][0].forward]
        rows.append((f"`{onward}`", f"`{back}`", _joined(found), _meanings(found)))
    return _table(("Step", "Step back", "From → to", "Meaning"), rows)


def further_table() -> str:
    """The steps that are more than one edge, or go by a shorter word."""
    rows = [(f"`{step.phrase}`", _joined([step]), step.meaning) for step in sorted(FURTHER, key=lambda s: s.phrase)]
    return _table(("Step", "From → to", "Meaning"), rows)


def _joined(found: Iterable[StepType]) -> str:
    ways = ((f"{_kinds(step.before)} → {_kinds(step.after)}", step.dated) for step in found)
    return "; ".join(dict.fromkeys(f"{way} (dated)" if dated else way for way, dated in ways))


def _meanings(found: Iterable[StepType]) -> str:
    return "; ".join(dict.fromkeys(step.meaning for step in found))


def _kinds(kinds: frozenset[str]) -> str:
    return "any" if "record" in kinds else ", ".join(plural for kind, plural in PLURALS.items() if kind in kinds)


def _fields(names: Iterable[str]) -> str:
    """`evidence` (`.source`, `.relation`): the fields of parts behind the part that they are in."""
    return ", ".join(_grouped(list(names)))


def _grouped(names: list[str]) -> Iterator[str]:
    for name in (one for one in names if "." not in one):
        inner = [f"`{one.removeprefix(name)}`" for one in names if one.startswith(f"{name}.")]
        yield f"`{name}`" + (f" ({', '.join(inner)})" if inner else "")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
