"""The ledger as tables for the tools of others: a database, CSV files, and what describes them.

In: a Ledger and its Analysis. Out: `ledger.sqlite`, `datasette.json`, `data/*.csv`, `datapackage.json`. Rows are made
once.
"""

from collections.abc import Iterator

from ledger import urls
from ledger.analysis import Analysis
from ledger.exports.csv_files import csv_files
from ledger.exports.datapackage import data_package
from ledger.exports.datasette import datasette
from ledger.exports.sqlite_file import database
from ledger.exports.tables import TABLES, fill
from ledger.graph import Ledger
from ledger.outfile import OutFile
from ledger.views.viewing import Viewing


def bulk_files(ledger: Ledger, analysis: Analysis) -> Iterator[OutFile]:
    """Every table, in every form."""
    filled = fill(Viewing(ledger, urls.HOME, analysis))
    if (made := database(filled)) is not None:
        yield OutFile(urls.DATABASE, made)
        yield datasette(ledger, TABLES)
    files = {file.path: file for file in csv_files(filled)}
    yield from files.values()
    yield data_package(ledger, TABLES, files)
