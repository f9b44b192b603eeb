"""`datasette.json`: what Datasette should know of the database, so that it opens with facets, labels and descriptions.

In: a Ledger and the tables. Out: one file for `datasette ledger.sqlite --metadata datasette.json`.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from ledger import urls
from ledger.exports.sqlite_file import VIEWS
from ledger.exports.strict_json import to_bytes
from ledger.exports.table_shapes import Table
from ledger.graph import Ledger
from ledger.outfile import OutFile

FACET_SIZE = 30
NEWEST_FIRST = {"sources": "issued_earliest", "events": "date_earliest", "attestations": "date_earliest"}
"""What a reader wants at the top of a table."""
SEARCHED = {"fts_table": "full_text", "fts_pk": "number"}


def datasette(ledger: Ledger, tables: Iterable[Table]) -> OutFile:
    """The title, licence and description of everything, and how each table is shown first."""
    site = ledger.settings
    described = {table.name: _table(table) for table in tables}
    views = {view.name: {"description": view.description, "facets": list(view.facets)} for view in VIEWS}
    content = {
        "title": site.title,
        "description": site.tagline,
        "license": site.licence,
        "license_url": site.licence if (site.licence or "").startswith("http") else None,
        "source": site.title if site.base_url else None,
        "source_url": site.base_url,
        "databases": {PurePosixPath(urls.DATABASE).stem: {"tables": {**described, **views}}},
    }
    return OutFile(urls.DATASETTE, to_bytes({key: value for key, value in content.items() if value}))


def _table(table: Table) -> dict[str, Any]:
    newest = NEWEST_FIRST.get(table.name)
    said = {
        "description": table.description,
        "columns": {column.name: column.description for column in table.columns},
        "facets": list(table.facets),
        "facet_size": FACET_SIZE if table.facets else None,
        "label_column": table.label,
        "sort_desc": newest,
        "sort": None if newest else table.key[0],
        "hidden": table.database_only,
        **(SEARCHED if table.name == "records" else {}),
    }
    return {key: value for key, value in said.items() if value}
