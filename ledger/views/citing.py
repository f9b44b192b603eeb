"""How a page, or the work that it is about, is cited: in the style of the APA, as BibTeX, as files.

In: a record as its page sees it. Out: what is cited, in the style of the APA, and as files; nothing
for what nobody cites.
"""

from typing import Any

from markupsafe import escape

from ledger import texts, urls
from ledger.analysis.wording import hash_of
from ledger.apa import Piece, apa, page_apa
from ledger.bibliography import bibtex, csl_date
from ledger.context import PageContext, cited_address
from ledger.loading import Record, is_a
from ledger.records import Chart, Claim, Source
from ledger.views import View
from ledger.views.chart import drawing_of

CITED = frozenset(("controversy", "position", "claim", "chart"))
"""The kinds whose own pages readers cite."""
EMBED_HEIGHTS = {"claim": 560, "chart": 340, "controversy": 960}
"""The kinds that have a card for other sites, and how high it is shown there; that of a chart without its drawing."""
FORMATS = ((".bib", "BibTeX"), (".ris", "RIS"), (".csl.json", "CSL-JSON"))
"""The ending of each file of references, and what it is called."""
NOTHING = {"bibtex": "", "formats": (), "version": "", "embed": ""}
"""What a page says of itself alone: its own BibTeX, since it has no files of references; its other formats, each with
what it is called and its address; of a claim the hash of its wording; the line that shows its card on another site."""


def view_citing(context: PageContext, record: Record[Any]) -> View | None:
    """How the record's page is cited; a source's page says how the work is."""
    if is_a(record, Source):
        said = apa(record.fields, cited_title(context, record))
        return View(**NOTHING, heading=texts.say("citing.source"), apa=said, files=reference_files(context.whole))
    return _page(context, record) if record.kind.name in CITED else None


def reference_files(address: str) -> tuple[tuple[str, str], ...]:
    """The files of references beside a page: what each is called, and its address."""
    return tuple((name, urls.beside(address, ending)) for ending, name in FORMATS)


def page_item(context: PageContext, record: Record[Any]) -> dict[str, Any]:
    """The record's page as an item of CSL-JSON 1.0.2; a claim's has the hash of its wording for a version."""
    title, ledger = cited_title(context, record), context.ledger.settings.title
    day, version = record.fields.updated or record.fields.added, _version(record)
    item: dict[str, Any] = {"id": record.id, "type": "webpage", "title": title, "container-title": ledger}
    item |= {"version": version} if version else {}
    address = cited_address(context.ledger, record, context.base_url)
    return item | ({"issued": csl_date(day)} if day else {}) | ({"URL": address} if address else {})


def in_apa(context: PageContext, record: Record[Any]) -> tuple[Piece, ...]:
    """The record's page in the style of the APA."""
    day, title = record.fields.updated or record.fields.added, cited_title(context, record)
    address = cited_address(context.ledger, record, context.base_url)
    return page_apa(context.ledger.settings.title, day, title, address, _version(record))


def cited_title(context: PageContext, record: Record[Any]) -> str:
    """A title as it is cited: on one line, with single spaces."""
    return " ".join(context.plain(record.title).split())


def _version(record: Record[Any]) -> str:
    return hash_of(record) if is_a(record, Claim) else ""


def _page(context: PageContext, record: Record[Any]) -> View:
    card = context.ledger.card(record.id)
    found = urls.formats_of(card, context.ledger.settings.exports) if card else {}
    formats = tuple((texts.say(f"format.{ending[1:]}"), address) for ending, address in found.items())
    heading = texts.say("citing.chart" if record.kind.name == "chart" else "citing.page")
    said, entry = in_apa(context, record), bibtex(page_item(context, record))
    own = {"bibtex": entry, "formats": formats, "version": _version(record), "embed": _embed(context, record)}
    return View(**NOTHING | own, heading=heading, apa=said, files=())


def _embed(context: PageContext, record: Record[Any]) -> str:
    """The line that shows its card on another site, as HTML."""
    high = EMBED_HEIGHTS.get(record.kind.name)
    if not high or not context.base_url or "embed" not in context.ledger.settings.exports:
        return ""
    if is_a(record, Chart) and (drawing := drawing_of(context, record)):
        high += drawing.height
    address = urls.public(context.base_url, urls.embed(urls.of_record(record)))
    named = f'src="{escape(address)}" title="{escape(cited_title(context, record))}"'
    return f'<iframe {named} width="600" height="{high}" loading="lazy" style="border:0;max-width:100%"></iframe>'
