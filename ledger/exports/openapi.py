"""`openapi.json`: every JSON file of the site as a path to GET, after https://spec.openapis.org/oas/v3.1.1.

In: a Ledger, its public address if there is one, and the addresses of its files. Out: a path for each sort of file, an
id in it as `{id}`, with the media type and, by reference, the published schema of what stands there.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ledger import urls
from ledger.exports.schemas import SCHEMAS, files_of_schemas, schema_of
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.fields import ID_PATTERN
from ledger.graph import Ledger
from ledger.outfile import OutFile
from ledger.records import FOLDERS

VERSION = "3.1.1"
ABOUT = "Files of a static site: they are read with GET, and nothing is written."
JSON = "application/json"
TYPES = {
    ".csl.json": ("application/vnd.citationstyles.csl+json", "References as CSL-JSON"),
    "feed.json": ("application/feed+json", "A feed, as JSON Feed 1.1"),
    urls.OPENAPI: ("application/vnd.oai.openapi+json", "This description"),
    urls.DATA_PACKAGE: (JSON, "The tables as CSV, as a Data Package"),
    urls.DATASETTE: (JSON, "What Datasette should know of the database"),
    urls.CONTEXT: ("application/ld+json", "What the keys of the linked data mean"),
    ".jsonld": ("application/ld+json", "Every record as linked data"),
    ".jsonl": ("application/jsonl", "Every record, one a line"),
}
"""How addresses of files in formats of others end → their media type, and what they hold."""
ENDINGS = (".json", ".jsonl", ".jsonld")


def description(ledger: Ledger, base_url: str, addresses: Iterable[str]) -> OutFile:
    """The description of all JSON files among some addresses."""
    found = dict[str, str]()
    for address in sorted(addresses):
        if address.endswith(ENDINGS):
            found.setdefault(_template(ledger, address), address)
    rows, site = files_of_schemas(ledger), ledger.settings
    paths = {f"/{template}": {"get": _get(ledger, template, address, rows)} for template, address in found.items()}
    licence = {"license": {"name": site.licence}} if site.licence else {}
    info = {"title": site.title, "version": SCHEMA, "description": ABOUT, **licence}
    servers = [{"url": base_url.rstrip("/") or "."}]
    return OutFile(urls.OPENAPI, to_bytes({"openapi": VERSION, "info": info, "servers": servers, "paths": paths}))


def _template(ledger: Ledger, address: str) -> str:
    """An address with `{id}` for the id of a record, and `{name}` for that of a schema."""
    folder, _, rest = address.partition("/")
    name = rest.partition("/")[0].partition(".")[0]
    card = ledger.card(name) if folder in FOLDERS else None
    if card is not None and FOLDERS[folder].name == card.kind:
        return f"{folder}/{{id}}{rest.removeprefix(name)}"
    return f"{folder}/{{name}}.json" if address == urls.schema(name) else address


def _get(ledger: Ledger, template: str, address: str, rows: list[dict[str, str]]) -> dict[str, Any]:
    named = [one for one in SCHEMAS if urls.schema(one.name) == schema_of(address, rows)]
    type_, title = next((TYPES[ending] for ending in TYPES if address.endswith(ending)), (JSON, "A file"))
    title = named[0].title if named else "A JSON Schema" if "{name}" in template else title
    refs = [urls.schema(one.name) for one in named]
    if named and template.endswith("/{id}.json"):
        refs = sorted({urls.schema(FOLDERS[template.partition("/")[0]].name), *_redirect(ledger, template)})
    found = [{"$ref": one} for one in refs]
    content = {type_: {"schema": found[0] if len(found) == 1 else {"anyOf": found} if found else {}}}
    answer = {"responses": {"200": {"description": title, "content": content}}, "summary": title}
    return answer | ({"parameters": [*_parameters(template, address)]} if "{" in template else {})


def _redirect(ledger: Ledger, template: str) -> Iterator[str]:
    """A former id has a file that leads on."""
    folder = template.partition("/")[0]
    if any(card and card.kind == FOLDERS[folder].name for card in map(ledger.card, ledger.former)):
        yield urls.schema("redirect")


def _parameters(template: str, address: str) -> Iterator[dict[str, Any]]:
    """The part of an address that is another for each file, with that of one file for an example."""
    before, _, rest = template.partition("{")
    name, _, after = rest.partition("}")
    pattern = {"pattern": ID_PATTERN} if name == "id" else {}
    example = address.removeprefix(before).removesuffix(after)
    yield {"name": name, "in": "path", "required": True, "schema": {"type": "string", **pattern}, "example": example}
