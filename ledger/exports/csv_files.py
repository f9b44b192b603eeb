"""`data/*.csv`: the tables as CSV, safe to open in a spreadsheet.

In: filled tables. Out: one file for each (RFC 4180, UTF-8, a header, CRLF), its texts guarded.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from ledger import urls
from ledger.exports.columns import Cell
from ledger.exports.table_shapes import Filled
from ledger.outfile import OutFile
from ledger.spreadsheets import guarded


def csv_files(filled: Iterable[Filled]) -> Iterator[OutFile]:
    """The tables that are not the database's own."""
    for each in filled:
        if not each.table.database_only:
            yield OutFile(urls.table(each.table.name), to_csv(each))


def to_csv(filled: Filled) -> bytes:
    """A table with a header."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([column.name for column in filled.table.columns])
    writer.writerows([_cell(cell) for cell in row] for row in filled.rows)
    return written.getvalue().encode("utf-8")


def _cell(cell: Cell) -> str:
    """Numbers are as they are: a negative one is no formula."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return guarded(cell)
    return "" if cell is None else str(cell)
