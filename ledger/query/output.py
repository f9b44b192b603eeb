"""An answer as text: a table to look at, JSON and CSV for programs, or ids alone.

In: an Answer. Out: text, each line of it with its break; the same bytes for the same answer. A table is as wide as it
needs to be unless a width is given, in columns of a terminal.
"""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import Any

from rich.cells import cell_len, set_cell_size

from ledger.diagnostics import visible
from ledger.outfile import guarded
from ledger.query.evaluate import Answer

GAP = "  "
NARROWEST = 8
"""No column is cut to less."""


def as_json(found: Answer) -> str:
    """An array of objects, one for each row."""
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    return json.dumps(rows, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def as_csv(found: Answer) -> str:
    """A head and a line for each row, with the line ends that a shell expects and texts that no spreadsheet runs."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(found.columns)
    for row in found.rows:  # numbers are as they are: a negative one is no formula
        writer.writerow([_text(one) if isinstance(one, int | float) else guarded(_text(one)) for one in row])
    return text.getvalue()


def as_table(found: Answer, width: int | None = None) -> str:
    """Aligned columns under their names; nothing when nothing was found."""
    if not found.rows:
        return ""
    shown = ([visible(" ".join(_text(value).split())) for value in row] for row in found.rows)
    cells = [list(found.columns), *shown]
    widths = [max(cell_len(row[at]) for row in cells) for at in range(len(found.columns))]
    widths = widths if width is None else _within(widths, width)
    rule = ["─" * size for size in widths]
    return "".join(_line(row, widths) for row in (cells[0], rule, *cells[1:]))


FORMATS: Mapping[str, Callable[[Answer], str]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
    "ids": lambda found: "".join(f"{id_}\n" for id_ in found.ids),
}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def _within(widths: Sequence[int], width: int) -> list[int]:
    """The widths with the widest columns cut until a line fits, or nothing more can be cut."""
    kept = list(widths)
    while sum(kept) + len(GAP) * (len(kept) - 1) > width and max(kept) > NARROWEST:
        kept[kept.index(max(kept))] -= 1
    return kept


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    sized = (
        set_cell_size(cell, width) if cell_len(cell) <= width else set_cell_size(cell, width - 1) + "…"
        for cell, width in zip(cells, widths, strict=True)
    )
    return GAP.join(sized).rstrip() + "\n"
