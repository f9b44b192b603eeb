"""`datapackage.json`: what the CSV files hold, in the words of Data Package v2 (https://datapackage.org).

In: the CSV files and the tables that they were made from. Out: one JSON file with the schema of each table: types,
keys, and which column holds the ids of which table.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ledger import urls
from ledger.exports.columns import Column
from ledger.exports.other_tables import FORMAT
from ledger.exports.strict_json import to_bytes
from ledger.exports.table_shapes import Table
from ledger.graph import Ledger
from ledger.outfile import OutFile

PROFILES = "https://datapackage.org/profiles/2.0/"
TYPES = {"text": "string", "integer": "integer", "number": "number", "flag": "boolean", "json": "string"}
UNDOING = (
    "A text that begins with one of ' = + - @ ＝ ＋ － ＠, a tab or a line break has one ' before it, so that no "
    "spreadsheet runs it; remove one ' from the start of a text to get it back. Numbers are as they are."
)


def data_package(ledger: Ledger, tables: Iterable[Table], files: Mapping[str, OutFile]) -> OutFile:
    """The description of the CSV files, which are given by their address."""
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
        "resources": [
            _resource(table, files[urls.table(table.name)]) for table in tables if urls.table(table.name) in files
        ],
    }
    return OutFile(urls.DATA_PACKAGE, to_bytes(_without_nothing(content)))


def licence(written: str) -> dict[str, str]:
    """A licence by its address, or by its name as Open Definition writes it: `CC-BY-4.0`."""
    if written.startswith(("https://", "http://")):
        return {"path": written}
    return {"name": re.sub(r"[^A-Za-z0-9._]+", "-", written).strip("-") or "other", "title": written}


def _resource(table: Table, file: OutFile) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}dataresource.json",
        "name": table.name,
        "type": "table",
        "path": file.path,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": len(file.data),
        "hash": f"sha256:{hashlib.sha256(file.data).hexdigest()}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    keys = [
        {"fields": [column.name], "reference": {"resource": _referred(column, table), "fields": ["id"]}}
        for column in table.columns
        if column.references
    ]
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": keys,
    }
    return _without_nothing(schema)


def _referred(column: Column, table: Table) -> str:
    """A table that refers to itself does so without a name."""
    return "" if column.references == table.name else column.references


def _field(column: Column) -> dict[str, Any]:
    constraints = {"required": column.required or None, "enum": list(column.choices)}
    said = {"name": column.name, "type": TYPES[column.type], "description": column.description}
    return _without_nothing({**said, "constraints": _without_nothing(constraints)})


def _without_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, [], {})}
