"""What a registry knows of a work, as one item of CSL-JSON: doi.org for DOIs, arXiv for its numbers.

In: an identifier and a client that may touch the network. Out: the item. OSError or ValueError says why there is none.
"""

import json
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from ledger.editing.adding import Identifier
from ledger.editing.fetching import Answer, Client
from ledger.identifiers import RESOLVERS

CSL = "application/vnd.citationstyles.csl+json"
_ATOM, _ARXIV = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"


def fetched(identifier: Identifier, client: Client) -> dict[str, Any]:
    """Ask the registry of an identifier."""
    if identifier.field == "doi":
        answer = client.ask(RESOLVERS["doi"].format(quote(identifier.value, safe="/")), accept=CSL)
        return _csl(_good(answer, client, (CSL, "application/json")))
    if identifier.field == "arxiv":
        answer = client.ask("https://export.arxiv.org/api/query?id_list=" + quote(identifier.value, safe=""))
        return _entry(_good(answer, client, ("application/atom+xml", "application/xml", "text/xml")))
    raise ValueError(f"no registry is asked for {identifier.field}: give the metadata with --from FILE.json")


def _good(answer: Answer, client: Client, types: tuple[str, ...]) -> bytes:
    """The body of an answer that is what was asked for."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if answer.status == 404:  # noqa: PLR2004 - not found, as HTTP has it
        raise ValueError(f"{answer.address} knows no such work")
    if answer.status != 200:  # noqa: PLR2004 - found, as HTTP has it
        raise OSError(f"{answer.address} answered {answer.status}")
    if kind not in types:
        raise OSError(f"{answer.address} gave {kind or 'something'} where {types[0]} was asked for")
    if len(answer.body) >= client.limit:
        raise OSError(f"{answer.address} gave more than {client.limit:,} bytes")
    return answer.body


def _csl(data: bytes) -> dict[str, Any]:
    try:
        item = json.loads(data)
    except (ValueError, RecursionError):
        raise OSError("the registry's answer is not JSON") from None
    if not isinstance(item, dict):
        raise OSError("the registry's answer is not one item")
    kept = ("type", "title", "author", "issued", "container-title", "publisher", "volume", "issue", "page", "language",
            "DOI", "ISBN", "PMID", "URL")  # fmt: skip
    return {name: item[name] for name in kept if item.get(name)}


def _entry(data: bytes) -> dict[str, Any]:
    """The first entry of arXiv's Atom feed."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise OSError("arXiv's answer is not a plain feed")
    try:
        entry = ET.fromstring(data).find(f"{_ATOM}entry")  # noqa: S314 - entities were refused above
    except ET.ParseError:
        raise OSError("arXiv's answer is not XML") from None
    title = _text(entry, f"{_ATOM}title")
    if entry is None or not title or title == "Error":
        raise ValueError("arXiv knows no such work")
    names = [_text(author, f"{_ATOM}name") for author in entry.findall(f"{_ATOM}author")]
    item: dict[str, Any] = {"type": "article", "title": title, "author": [_name(name) for name in names if name]}
    day = _text(entry, f"{_ATOM}published")[:10]
    item |= {"issued": {"date-parts": [[int(part) for part in day.split("-")]]}} if day.count("-") == 2 else {}  # noqa: PLR2004
    doi = _text(entry, f"{_ARXIV}doi")
    return item | ({"DOI": doi} if doi else {})


def _text(element: ET.Element | None, name: str) -> str:
    found = element.find(name) if element is not None else None
    return " ".join((found.text or "").split()) if found is not None else ""


def _name(name: str) -> dict[str, str]:
    """Given names come first with arXiv; the last word is taken for the family name."""
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}
