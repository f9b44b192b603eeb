"""One source from an identifier: a DOI, an arXiv number, an ISBN, a PubMed number or an address, however it is written.

In: what an editor pasted, and what is known of the work as CSL-JSON: in a file, or from a registry (doi.org for DOIs,
arXiv and PubMed for their numbers) by a client that may touch the network. Out: the identifier in its own form; the
source that has it already; the path and text of a new source. ValueError or, from the network, OSError says why there
is none.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as ET

from ledger.bibliography import FIELDS
from ledger.editing.fetching import Answer, Client
from ledger.files import Reading, TextFile
from ledger.identifiers import ARXIV_DOI, FORMS, WAYS_IN, after, doi_in, leads_to, without_tracking, without_version
from ledger.importers.cleaning import is_address
from ledger.importers.csl_json import read_csl_json
from ledger.importers.drafts import ForeignFile, Gap, Imported, Log, Run
from ledger.importers.matching import identity
from ledger.importers.names import read_name
from ledger.importers.planning import make_plan
from ledger.importers.pubmed import csl_of as csl_of_pubmed
from ledger.loading import Loaded, Record, is_a
from ledger.naming import nearest_id
from ledger.records import Source

CSL = "application/vnd.citationstyles.csl+json"
_CSL_NAMES = {field: name for name, field in FIELDS.items()}
_TAKEN = ("type", "title", "original-title", "author", "issued", "container-title", "publisher", "volume", "issue",
          "page", "language", "DOI", "ISBN", "PMID", "URL")  # fmt: skip
"""What is taken over from doi.org."""
_NAMED = (
    (re.compile(r"^(?:pubmed(?:\s+id)?|pmid)\s*:?\s*(?=\d)", re.IGNORECASE), "pmid:"),
    (re.compile(r"^(doi|arxiv)\s+(?=\S)", re.IGNORECASE), r"\1:"),
    (re.compile(r"^isbn(?=\d)", re.IGNORECASE), "isbn:"),
)
"""The name of an identifier before it in some other way, and how it is written otherwise."""
_PUBMED = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esummary.fcgi?db=pubmed&retmode=json&tool=ledger-kb&id="
_SUMMARY = {
    "title": "TI", "booktitle": "BTI", "vernaculartitle": "TT", "fulljournalname": "JT", "source": "TA", "volume": "VI",
    "issue": "IP", "pages": "PG", "publishername": "PB", "publisherlocation": "PL", "edition": "EN", "issn": "IS",
    "pubdate": "DP", "lang": "LA", "pubtype": "PT",
}  # fmt: skip
"""Fields of PubMed's summaries, and the tags of its own format that say the same."""
_ATOM, _ARXIV = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"


class Identifier(NamedTuple):
    """An identifier of a work: the field of a source that holds it, and its value there."""

    field: str
    value: str

    @property
    def fields(self) -> dict[str, str]:
        """The identifier as a source's field."""
        return {self.field: self.value}


def read_identifier(text: str) -> Identifier:
    """The identifier that a text stands for. ValueError when it is none."""
    written = text.strip().strip("<>")
    for way, usual in _NAMED:
        written = way.sub(usual, written)
    forms = [(field, doi_in(written) if field == "doi" else after(field, written)) for field in WAYS_IN]
    forms += [(field, written) for field in ("arxiv", "isbn")]
    if found := next((found for field, value in forms if (found := _normalised(field, value))), None):
        return found
    if is_address(written):
        return Identifier("url", without_tracking(written))
    if _like_isbn(after("isbn", written) or written, named=bool(after("isbn", written))):
        raise ValueError(
            f"'{text}' is no ISBN, though it looks like one: its check digit is wrong, so look it up again"
        )
    hint = "a number alone may be many things: write it as PMID: 31452104" if written.isdigit() else ""
    hint = hint or "write a DOI (10.…/…), an arXiv number, an ISBN, PMID: and a number, or an address with https://"
    raise ValueError(f"'{text}' is no identifier of a source: {hint}")


def _like_isbn(text: str, *, named: bool) -> bool:
    """Whether a text has the form of an ISBN; ten digits and nothing else may be many things."""
    digits = re.sub("[ -]", "", text)
    is_short = re.fullmatch(r"\d{9}[\dXx]", digits) is not None and (named or not text.isdigit())
    return is_short or re.fullmatch(r"97[89]\d{10}", digits) is not None


def _normalised(field: str, text: str) -> Identifier | None:
    """The identifier in its own form, if it has that: without a version, a query or what else an address carries."""
    value = text.strip()
    if field == "doi":
        if value.casefold().startswith(ARXIV_DOI):
            return _normalised("arxiv", value[len(ARXIV_DOI) :])
    elif field == "arxiv":
        value = without_version(value.split(" ")[0])
    elif field == "pmid":
        value = value.strip("/")
    return Identifier(field, value) if FORMS[field][1](value) else None


# Sources


def source_with(loaded: Loaded, identifier: Identifier) -> Record[Source] | None:
    """The source that already has the identifier, in this form or another."""
    wanted = set(identity(identifier.fields))
    sources = (record for record in loaded.records.values() if is_a(record, Source))
    return next((source for source in sources if wanted & set(identity(source.authored()))), None)


def item_for(data: bytes, path: str, identifier: Identifier, day: date) -> Imported:
    """The item of some CSL-JSON that the identifier names, or its only one. ValueError when there is none."""
    made = read_csl_json(ForeignFile(path, data), Run(day))
    wanted = set(identity(identifier.fields))
    found = [draft for draft in made.drafts if wanted & set(identity(draft.fields))]
    if not found and len(made.drafts) == 1:
        # An only item that has another identifier of the same sort is another work.
        found = [one for one in made.drafts if identifier.field == "url" or identifier.field not in one.fields]
    if not found:
        why = made.problems[0].message if made.problems else f"no item has {identifier.field} {identifier.value}"
        raise ValueError(f"{path}: {why}")
    return Imported(drafts=found[:1], gaps=[gap for gap in made.gaps if gap.where == found[0].where])


def new_source(
    reading: Reading, identifier: Identifier, made: Imported, id_: str = ""
) -> tuple[TextFile, tuple[Gap, ...]]:
    """The file of a source, and which metadata were left out or guessed. ValueError when it would not hold."""
    draft = made.drafts[0]
    fields = draft.fields | {name: value for name, value in identifier.fields.items() if name not in draft.fields}
    drafts = [replace(draft, fields=fields, wish=id_ or draft.wish)]
    plan = make_plan(Imported(drafts=drafts, gaps=made.gaps), reading.files, reading.failed)
    if not plan.files:
        raise ValueError(plan.outcomes[0].why or f"sources/{plan.outcomes[0].id} is the same source")
    file = plan.files[0]
    if id_ and not file.path.startswith(f"sources/{id_}."):
        raise ValueError(f"the id '{id_}' cannot be had: {file.path.split('/')[1].rpartition('.')[0]} could")
    return TextFile(file.path, file.data.decode("utf-8")), plan.gaps


def id_for(identifier: Identifier) -> str:
    """An id for a work of which only the identifier is known."""
    value = re.sub(r"^https?://(www\.)?", "", identifier.value)
    return nearest_id(value if identifier.field == "url" else f"{identifier.field}-{value}") or "source"


def csl_of(identifier: Identifier, item: Mapping[str, Any]) -> bytes:
    """A file of one CSL-JSON item, with the identifier by which it was asked for."""
    name = _CSL_NAMES.get(identifier.field)
    named = {**item, **({name: identifier.value} if name else {"number": f"arXiv:{identifier.value}"})}
    return json.dumps([named]).encode()


# Registries


def fetch_metadata(identifier: Identifier, client: Client) -> dict[str, Any]:
    """What the registry of an identifier knows about the work, as one item of CSL-JSON."""
    if identifier.field == "doi":
        answer = client.ask(leads_to("doi", identifier.value), accept=CSL)
        item = _object(_body_of(answer, client, (CSL, "application/json")))
        return {name: item[name] for name in _TAKEN if item.get(name)}
    if identifier.field == "arxiv":
        answer = client.ask("https://export.arxiv.org/api/query?id_list=" + quote(identifier.value, safe=""))
        return _entry(_body_of(answer, client, ("application/atom+xml", "application/xml", "text/xml")))
    if identifier.field == "pmid":
        answer = client.ask(_PUBMED + quote(identifier.value, safe=""))
        return _summary(_body_of(answer, client, ("application/json",)), identifier.value)
    raise ValueError(f"no registry is asked for {identifier.field}: give the metadata with --from FILE.json")


def _body_of(answer: Answer, client: Client, types: tuple[str, ...]) -> bytes:
    """The body of an answer, when it is what was asked for."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if answer.status == 404:  # not found, as HTTP has it
        raise ValueError(f"{answer.address} knows no such source")
    if answer.status != 200:  # found, as HTTP has it
        raise OSError(f"{answer.address} answered {answer.status}")
    if kind not in types:
        raise OSError(f"{answer.address} gave {kind or 'something'} where {types[0]} was asked for")
    if len(answer.body) >= client.limit:
        raise OSError(f"{answer.address} gave more than {client.limit:,} bytes")
    return answer.body


def _object(data: bytes) -> dict[str, Any]:
    try:
        item = json.loads(data)
    except (ValueError, RecursionError):
        raise OSError("the registry's answer is not JSON") from None
    if not isinstance(item, dict):
        raise OSError("the registry's answer is not one item")
    return item


def _summary(data: bytes, number: str) -> dict[str, Any]:
    """The summary of a PubMed number, read as PubMed's own format is; it has a number of no work in `uids` too."""
    answer = _object(data)
    said = answer.get("result")
    if not isinstance(said, dict) and "esummaryresult" not in answer:
        raise OSError("PubMed's answer has no summary")
    summary = said.get(number) if isinstance(said, dict) else None
    if not isinstance(summary, dict) or "error" in summary:
        raise ValueError("PubMed knows no such number")
    values = {tag: texts for name, tag in _SUMMARY.items() if (texts := strings(summary.get(name)))}
    values["AU"] = strings(_each(summary, "authors", "authtype", "Author", "name"))
    values["CN"] = strings(_each(summary, "authors", "authtype", "CollectiveName", "name"))
    values["LID"] = [f"{doi} [doi]" for doi in strings(_each(summary, "articleids", "idtype", "doi", "value"))]
    log = Log("PubMed", [])
    item = csl_of_pubmed(values, log)
    status = "; ".join(str(gap.value) for gap in log.gaps if gap.what == "status")
    return item | ({"custom": {"status in PubMed": status}} if status else {})


def _each(summary: Mapping[str, Any], field: str, sort: str, wanted: str, part: str) -> list[Any]:
    """One part of the objects of some sort in a list of a summary."""
    found = summary.get(field)
    objects = (one for one in (found if isinstance(found, list) else ()) if isinstance(one, dict))
    return [one.get(part) for one in objects if one.get(sort) == wanted]


def strings(value: Any) -> list[str]:
    """The texts of a value that may be one or a list of them, each on one line; blank ones are left out."""
    return [
        " ".join(one.split())
        for one in (value if isinstance(value, list) else [value])
        if isinstance(one, str) and one.strip()
    ]


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
        raise ValueError("arXiv knows no such source")
    names = [_text(author, f"{_ATOM}name") for author in entry.findall(f"{_ATOM}author")]
    item: dict[str, Any] = {
        "type": "article",
        "title": title,
        "author": [read_name(name).parts for name in names if name],
    }
    day, doi = _text(entry, f"{_ATOM}published")[:10].split("-"), _text(entry, f"{_ARXIV}doi")
    item |= {"issued": {"date-parts": [[int(part) for part in day]]}} if len(day) == 3 else {}
    return item | ({"DOI": doi} if doi else {})


def _text(element: ET.Element | None, name: str) -> str:
    found = element.findtext(name) if element is not None else None
    return " ".join((found or "").split())
