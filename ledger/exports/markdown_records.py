"""The other records as Markdown: sources, people, events, charts, terms, threads and pages; and the lists of a kind.

In: a Ledger, and its public address if there is one. Out: `sources/<id>.md` and its like, and `sources/index.md` in as
many pages as the list has; what `markdown.py` says of CommonMark holds here.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ledger import citations, figure_words, links, texts, urls
from ledger.analysis import analyse
from ledger.context import PageContext
from ledger.exports import markdown
from ledger.exports.escaping import at_line_start, in_markdown
from ledger.exports.markdown import Writer, Writing, link
from ledger.facets import outcome_words
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.records import Challenge, Chart, Claim, Event, Evidence, Kind, Page, Proponent, Source, Term, Thread
from ledger.views.listing import order, row_of
from ledger.views.paging import pages_of, rows_of

MOST = 100
"""So many claims, statements or records are named; the rest only counted."""


def _source(writing: Writing, record: Record[Source]) -> Iterator[str]:
    fields = record.fields
    yield f"{texts.say('kind.source')} · {texts.say(f'tier.{fields.tier}')}"
    if fields.status and fields.status != "current":
        yield f"**{texts.say('source_page.status', status=texts.say(f'status.{fields.status}'))}**"
    address = citations.address(fields)
    where = in_markdown(citations.in_full(fields, writing.context.plain(record.title)).removesuffix(address)).strip()
    yield f"{where} {link(in_markdown(address), address)}" if address else where
    yield from (writing.said(fields.summary), writing.said(fields.caveat), writing.body(fields.body))
    shown = [one for one in links.links_in(writing.context.ledger, record.id) if one.relation == "shown_in"]
    yield from _listed(texts.say("source_page.shows"), [_shown(writing, one.other, one.other_part) for one in shown])


def _shown(writing: Writing, claim: str, node: str) -> str:
    """An item of evidence that a source gives, under its claim."""
    record = writing.context.ledger.record(Claim, claim)
    item = next(one for one in record.fields.evidence if one.id == node.partition("/")[2])
    effect = texts.say(f"effect.{item.relation}")
    return f"{writing.link(record)}: {effect}. {writing.said(item.shows)}{_quoted(item)}"


def _quoted(item: Evidence) -> str:
    return f" “{in_markdown(item.quote)}”" if item.quote else ""


def _proponent(writing: Writing, record: Record[Proponent]) -> Iterator[str]:
    fields = record.fields
    yield texts.capital(texts.say(f"proponent_type.{fields.type}"))
    yield from (writing.said(fields.summary), writing.body(fields.body))
    for stance in fields.stances:
        position = writing.context.ledger.records[writing.context.ref_id(stance.position)]
        yield f"## {texts.say(f'stance.{stance.stance}')}: {writing.link(position)}"
        said = []
        for one in stance.attested:
            quote = f" “{in_markdown(one.quote)}”" if one.quote else ""
            said.append(f"{texts.day(one.date)}: {writing.said(one.shows)}{quote} {writing.cited(one.source)}")
        yield "\n".join(f"- {one}" for one in said)


def _event(writing: Writing, record: Record[Event]) -> Iterator[str]:
    fields = record.fields
    yield texts.capital(texts.day(fields.date))
    yield from (writing.said(fields.summary), writing.body(fields.body))
    out = links.links_out(writing.context.ledger, record.id)
    gave = [_shown(writing, one.other, one.other_part) for one in out if one.relation == "gave"]
    moved = {one.other for one in out if one.relation == "gave"}
    others = [one.other for one in out if one.relation == "about" and one.other not in moved]
    about = [writing.link(writing.context.ledger.records[id_]) for id_ in others]
    yield from _listed(texts.say("event_page.changed"), [*gave, *about])
    involved = [one.other for one in out if one.relation == "involves"]
    names = (writing.link(writing.context.ledger.records[id_]) for id_ in involved)
    yield from _listed(texts.say("event_page.involved"), [*names])
    yield from _read(writing, texts.say("event_page.sources"), fields.sources)


def _chart(writing: Writing, record: Record[Chart]) -> Iterator[str]:
    yield in_markdown(figure_words.says_of(writing.context.ledger, record.id))
    yield from (writing.said(record.fields.scope), writing.body(record.fields.body))
    data = writing.context.url(urls.beside(urls.of_record(record), ".csv"))
    yield link("CSV", data)


def _term(writing: Writing, record: Record[Term]) -> Iterator[str]:
    fields = record.fields
    yield writing.said(fields.definition)
    if fields.other_names:
        yield texts.say("term_page.also", names=", ".join(map(writing.said, fields.other_names)))
    yield writing.body(fields.body)
    yield from _read(writing, texts.say("term_page.sources"), fields.sources)


def _thread(writing: Writing, record: Record[Thread]) -> Iterator[str]:
    ledger = writing.context.ledger
    yield writing.said(record.fields.summary)
    parts = [one.other for one in links.links_in(ledger, record.id) if one.relation == "part_of"]
    yield from _listed(texts.say("thread_page.questions"), [writing.link(ledger.records[id_]) for id_ in parts])
    yield writing.body(record.fields.body)


def _challenge(writing: Writing, record: Record[Challenge]) -> Iterator[str]:
    fields, ruling, named = record.fields, record.fields.resolution, texts.Group("challenge_page")
    yield f"{texts.say(f'fault.{fields.type}')} · {in_markdown(fields.by)}, {texts.day(fields.date)}"
    target, _, part = writing.context.ref_id(fields.target).partition("/")
    yield f"{named['target']}: {writing.link(writing.context.ledger.records[target], part)}"
    yield "\n".join(f"> {at_line_start(in_markdown(line).strip())}" for line in fields.says.splitlines())
    yield from _read(writing, named["sources"], fields.sources)
    if ruling:
        yield f"## {named['answer']}"
        yield f"**{outcome_words(record)}**, {texts.day(ruling.date)}: {writing.said(ruling.reason)}"
        yield f"{named['effect']}: {writing.said(ruling.effect)}" if ruling.effect else ""
        changed = (writing.context.ref_id(id_).partition("/") for id_ in ruling.changed)
        entries = [writing.link(writing.context.ledger.records[id_], part) for id_, _, part in changed]
        yield from _listed(named["changed"], entries)
    yield writing.body(fields.body)


def _page(writing: Writing, record: Record[Page]) -> Iterator[str]:
    yield writing.body(record.fields.body)


def _read(writing: Writing, heading: str, sources: tuple[str, ...]) -> Iterator[str]:
    """The sources that something goes by, each by its number."""
    named = (writing.context.ledger.records[writing.context.ref_id(id_)] for id_ in sources)
    yield from _listed(heading, [f"{writing.link(one)} {writing.cited(one.id)}" for one in named])


def _listed(heading: str, entries: list[str]) -> Iterator[str]:
    """A heading and a list, as far as it is named."""
    if entries:
        yield f"## {heading}"
        more = [texts.say("statistics.left", count=len(entries) - MOST)] if len(entries) > MOST else []
        yield "\n".join(f"- {one}" for one in (*entries[:MOST], *more))


WRITERS: Mapping[str, Writer] = {
    **markdown.WRITERS,
    "source": _source,
    "proponent": _proponent,
    "event": _event,
    "chart": _chart,
    "term": _term,
    "thread": _thread,
    "challenge": _challenge,
    "page": _page,
}
"""Kind → what its file says between its title and its references."""


def markdown_page(ledger: Ledger, record: Record[Any], base_url: str) -> OutFile:
    """The Markdown file beside a record's page."""
    return markdown.document(ledger, record, WRITERS[record.kind.name], base_url)


# Lists


def list_addresses(ledger: Ledger, kind: Kind) -> tuple[str, ...]:
    """The pages of the list of a kind as Markdown."""
    pages = range(1, pages_of(len(ledger.members(kind.name))) + 1)
    return tuple(urls.beside(urls.paged(urls.index(kind), number), ".md") for number in pages)


def list_pages(ledger: Ledger, kind: Kind, base_url: str) -> Iterator[OutFile]:
    """Every record of a kind, what matters most first, with what its list says of it."""
    root, addresses = urls.public(base_url, "") if base_url else "", list_addresses(ledger, kind)
    for number, address in enumerate(addresses, 1):
        context = PageContext(ledger, address, analyse(ledger), root=root, number=number, pages=len(addresses))
        writing, standing = Writing(context), order(ledger, kind.name)[0]
        lines = "\n".join(f"- {_row(writing, id_)}" for id_ in rows_of(context, standing))
        onward = [link(texts.say("frame.next"), context.url(addresses[number]))] if number < len(addresses) else []
        blocks = (f"# {texts.say(f'kinds.{kind.name}')}", lines, *onward)
        yield OutFile(address, ("\n\n".join(filter(None, blocks)) + "\n").encode())


def _row(writing: Writing, id_: str) -> str:
    """A record with a link to its Markdown, and what its list says of it."""
    record = writing.context.ledger.records[id_]
    said, title = row_of(writing.context.ledger, id_), in_markdown(writing.context.plain(record.title))
    about = " · ".join(filter(None, (said.detail, *(chip.words for chip in said.chips))))
    place = writing.context.url(urls.beside(urls.of_record(record), ".md"))
    return link(title, place) + (f": {in_markdown(about)}" if about else "")
