"""`data/*.csv`: the tables as CSV, safe to open in a spreadsheet, and `datapackage.json`: what they hold.

In: a Ledger, what its records add to the tables, and where to write. Out: one file for each table (RFC 4180, UTF-8, a
header, CRLF), its texts guarded, and their description in the words of Data Package v2 (https://datapackage.org):
types, keys, and which column holds the ids of which table.
"""

import csv
import hashlib
import re
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from ledger import urls
from ledger.exports.naming import Fragments, Places
from ledger.exports.strict_json import to_bytes
from ledger.exports.table_shapes import Cell, Column, Table
from ledger.exports.tables import FORMAT, TABLES, rows_of
from ledger.graph import Ledger
from ledger.outfile import guarded

PROFILES = "https://datapackage.org/profiles/2.0/"
TYPES = {"text": "string", "integer": "integer", "number": "number", "flag": "boolean", "json": "string"}
ADDRESSES = (*(urls.table(table.name) for table in TABLES), urls.DATA_PACKAGE)
UNDOING = (
    "A text that begins with one of ' = + - @ ＝ ＋ － ＠, a tab or a line break has one ' before it, so that no "
    "spreadsheet runs it; remove one ' from the start of a text to get it back. Numbers are as they are."
)


def write(ledger: Ledger, fragments: Fragments, place: Places, _base_url: str) -> None:
    """Every CSV file and the data package."""
    with ExitStack() as opened:
        writers = {}
        for table in TABLES:
            file = opened.enter_context(place(urls.table(table.name)).open("w", encoding="utf-8", newline=""))
            writers[table.name] = csv.writer(file, lineterminator="\r\n")
            writers[table.name].writerow([column.name for column in table.columns])
        for table, rows in rows_of(ledger, fragments):
            if table.name in writers:
                writers[table.name].writerows(map(csv_cell, row) for row in rows)
    place(urls.DATA_PACKAGE).write_bytes(_data_package(ledger, place))


def csv_cell(cell: Cell) -> str:
    """A cell as text, guarded; numbers are as they are: a negative one is no formula."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return guarded(cell)
    return "" if cell is None else str(cell)


# The data package


def _data_package(ledger: Ledger, place: Places) -> bytes:
    """The description of the CSV files that were written."""
    site = ledger.settings
    content = {
        "$schema": f"{PROFILES}datapackage.json",
        "name": "ledger",
        "title": site.title,
        "description": " ".join(filter(None, [site.tagline, UNDOING])),
        "version": f"{FORMAT}.0.0",
        "homepage": site.base_url,
        "licenses": [licence(site.licence)] if site.licence else None,
        "contributors": [{"title": editor.name, "roles": ["editor"]} for editor in site.editors],
        "sources": [{"title": "The works that the ledger cites", "path": urls.table("sources")}],
        "resources": [_resource(table, place) for table in TABLES],
    }
    return to_bytes(_without_nothing(content))


def licence(written: str) -> dict[str, str]:
    """A licence by its address, or by its name as Open Definition writes it: `CC-BY-4.0`."""
    if written.startswith(("https://", "http://")):
        return {"path": written}
    return {"name": re.sub(r"[^A-Za-z0-9._]+", "-", written).strip("-") or "other", "title": written}


def _resource(table: Table, place: Places) -> dict[str, Any]:
    path = place(urls.table(table.name))
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "$schema": f"{PROFILES}dataresource.json",
        "name": table.name,
        "type": "table",
        "path": urls.table(table.name),
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    referred = {column.name: column.references for column in table.columns if column.references}
    schema = {
        "$schema": f"{PROFILES}tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [
            # a table that refers to itself does so without a name
            {"fields": [name], "reference": {"resource": "" if other == table.name else other, "fields": ["id"]}}
            for name, other in referred.items()
        ],
    }
    return _without_nothing(schema)


def _field(column: Column) -> dict[str, Any]:
    constraints = {"required": column.required or None, "enum": list(column.choices)}
    said = {"name": column.name, "type": TYPES[column.type], "description": column.description}
    return _without_nothing({**said, "constraints": _without_nothing(constraints)})


def _without_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, [], {})}
