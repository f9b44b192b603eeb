"""`llms.txt`: what the site holds, for language models that read it, as links to Markdown (https://llmstxt.org).

In: a Ledger, and its public address if there is one. Out: the site's title and tagline, every controversy with its
answer and positions, the list of each kind, and the data.
"""

from collections.abc import Iterator

from ledger import texts, urls
from ledger.analysis import analyse
from ledger.analysis.ties import positions_of
from ledger.context import PageContext
from ledger.exports.escaping import in_markdown
from ledger.exports.markdown import Writing, link
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.records import KINDS, Controversy

DATA = {
    "index": urls.MANIFEST,
    "lines": urls.LINES,
    "claims": urls.twin("claims/index.html"),
    "sources": urls.twin("sources/index.html"),
}
"""The name of the text that says what a file holds → its address."""


def llms_txt(ledger: Ledger, base_url: str) -> OutFile:
    """The file at the root of the site."""
    root = urls.public(base_url, "") if base_url else ""
    writing = Writing(PageContext(ledger, urls.LLMS, analyse(ledger), root=root))
    return OutFile(urls.LLMS, ("\n\n".join(_blocks(writing)) + "\n").encode())


def _blocks(writing: Writing) -> Iterator[str]:
    context, site = writing.context, writing.context.ledger.settings
    yield f"# {in_markdown(site.title)}"
    if site.tagline:
        yield f"> {writing.said(site.tagline)}"
    yield texts.say("llms.how")
    controversies = context.ledger.of_kind(Controversy)
    yield f"## {texts.say('kinds.controversy')}"
    yield "\n".join(line for one in controversies for line in _controversy(writing, one))
    lists, data = texts.say("llms.lists"), texts.say("llms.data")
    yield f"## {lists}"
    kinds = [kind for kind in KINDS if kind.name in context.ledger.kinds]
    named = ((texts.say(f"kinds.{kind.name}"), urls.beside(urls.index(kind), ".md")) for kind in kinds)
    yield "\n".join(f"- {_to(writing, words, address)}" for words, address in named)
    yield f"## {data}"
    said = texts.Group("llms_file")
    yield "\n".join(f"- {_to(writing, address, address)}: {said[name]}" for name, address in DATA.items())


def _to(writing: Writing, words: str, address: str) -> str:
    return link(in_markdown(words), writing.context.url(address))


def _controversy(writing: Writing, record: Record[Controversy]) -> Iterator[str]:
    note = record.fields.status_note
    said = f": {writing.said(note.text)}" if note else ""
    place = urls.beside(urls.of_record(record), ".md")
    yield f"- {_to(writing, writing.context.plain(record.title), place)}{said}"
    for position in positions_of(writing.context.ledger, record):
        label = writing.context.ref(position.id).label
        yield f"  - {_to(writing, label, urls.beside(urls.of_record(position), '.md'))}: {writing.said(position.title)}"
