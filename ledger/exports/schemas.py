"""The JSON Schemas of the site's files: which there are, which files each describes, and `schema/<name>.json`.

The schemas come with the program, in `data_schemas/`: `schema_files.py` makes them when the program is released. Their
`$id` is the address in the site where that is known, else one relative to where they are.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ledger import urls
from ledger.exports.naming import card_of
from ledger.exports.strict_json import compact
from ledger.graph import Ledger
from ledger.outfile import OutFile
from ledger.records import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = Path(__file__).resolve().parents[1] / "data_schemas"


class Schema(NamedTuple):
    """One sort of file: its name, what it is called, and the addresses that such files have."""

    name: str
    title: str
    files: tuple[str, ...]


SCHEMAS = (
    Schema("manifest", "The manifest", (urls.MANIFEST,)),
    Schema("record", "A line with a record", (urls.LINES,)),
    Schema("changes", "The hashes of the records", (urls.CHANGES,)),
    Schema("graph", "The graph", (urls.GRAPH,)),
    Schema("method", "The choices", (urls.METHOD,)),
    Schema("gaps", "The board of open work", (urls.twin(urls.GAPS),)),
    Schema("news", "What is new", (urls.twin(urls.WHATS_NEW),)),
    Schema("evidence", "The evidence by positions", ("controversies/*/evidence.json",)),
    Schema("cruxes", "The computed cruxes", ("controversies/*/cruxes.json",)),
    Schema("fairness", "What each position is given", ("controversies/*/fairness.json",)),
    Schema("history", "What the ratings were when", ("controversies/*/history.json",)),
    Schema("list", "The list of a kind", tuple(urls.twin(urls.index(kind)) for kind in KINDS)),
    Schema("redirect", "A former id", ()),
    *(Schema(kind.name, f"A {kind.name}", (urls.twin(urls.of_id(kind.name, "*")),)) for kind in KINDS),
)
"""Every schema. Of two whose files an address fits, the first describes it; former ids are told one by one."""


def schema_file(_: Ledger, name: str, base_url: str) -> OutFile:
    """The schema of one sort of file, with its public address where the site has one."""
    data = (FOLDER / file_name(name)).read_bytes()
    if base_url:
        data = data.replace(id_line(name), id_line(name, base_url), 1)
    return OutFile(urls.schema(name), data)


def file_name(name: str) -> str:
    """What the file with a schema is called, in the package and in the site's folder of schemas."""
    return posixpath.basename(urls.schema(name))


def id_of(name: str, base_url: str = "") -> str:
    """The `$id` of a schema."""
    return urls.public(base_url, urls.schema(name)) if base_url else file_name(name)


def id_line(name: str, base_url: str = "") -> bytes:
    """The line of a schema's file that says its `$id`."""
    return b'"$id": ' + compact(id_of(name, base_url))


def files_of_schemas(ledger: Ledger) -> list[dict[str, str]]:
    """Which schema describes which files, the first that fits counting."""
    moved = sorted(urls.twin(urls.of_former(card_of(ledger, id_), old)) for old, id_ in ledger.former.items())
    named = [
        *((address, "redirect") for address in moved),
        *((files, one.name) for one in SCHEMAS for files in one.files),
    ]
    return [{"files": files, "schema": urls.schema(name)} for files, name in named]


def schema_of(address: str, rows: Iterable[Mapping[str, str]]) -> str:
    """The address of the schema that describes a file; empty where none does."""
    return next((row["schema"] for row in rows if _pattern(row["files"]).fullmatch(address)), "")


@cache
def _pattern(files: str) -> re.Pattern[str]:
    return re.compile("[^/.]*".join(map(re.escape, files.split("*"))))
