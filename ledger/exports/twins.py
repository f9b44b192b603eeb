"""Every page as Markdown, at its address with `.md`; all together a bundle of the Open Knowledge Format, 0.2.

In: a page and its HTML. Out: front matter with what the format has a word for (§4, §5), the main part of the page, and
where it is taken from; none is longer than a program reads at once. An `index.md` has no front matter but the version,
and its items are links (§8). Links are absolute where the site's address is known, else relative to the file; they lead
to other Markdown, but for files of data. https://github.com/GoogleCloudPlatform/knowledge-catalog, `okf/SPEC.md`
"""

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from ledger import citations, texts, urls
from ledger.analysis.gaps import review_day
from ledger.context import TOOLTIP, PageContext, shortened
from ledger.exports.escaping import address_in_markdown, in_markdown, link_in_markdown, one_line
from ledger.exports.feeds import moment
from ledger.exports.html_markdown import markdown_of
from ledger.loading import Record, is_a
from ledger.outfile import OutFile
from ledger.pages import Page
from ledger.records import Claim, Controversy, Source, ratings_in

LONGEST = 50_000
"""How many characters a file has at most: what assistants read of a page before they cut it."""
OKF = "0.2"
"""The version of the format, which the front matter of the first page has alone (§12)."""
PROGRAM = "process:ledger-kb"
"""Who made a page of records that people wrote, in the convention for actors (§7)."""
INDEX = "index.md"
FALLEN = ("retracted", "withdrawn")
"""What may have become of a work so that it is there for its history alone."""
MOST_HEADINGS = 12
_ENTRY = 60
"""How many characters a source takes beside its id and title."""

_FRONT, _SOURCES = 2_000, 6_000
"""How many characters of these are left for the front matter without its sources, and for the sources."""
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_json = json.JSONEncoder(ensure_ascii=False).encode
_UNPRINTED = re.compile("[\x7f-\x9f\ufeff]")
_ITEM = re.compile(
    r"^( *)(?:-|\d+\.) (?:#+ )?((?:[^\[\n\\]|\\.)*)(\[(?:[^\[\]\n\\]|\\.)*\]\([^()\s]*\))(.*)$", re.MULTILINE
)


def markdown_twin(page: Page, html: bytes) -> OutFile:
    """The Markdown beside a page."""
    seen, text = _Links(page.context), html.decode()
    start = text.find(">", text.find("<main")) + 1
    every = seen.file(urls.LLMS)
    link = link_in_markdown(urls.LLMS, every if "/" in every else f"./{every}")
    top, foot = texts.say("twin.every", link=link), "\n\n".join(_foot(page, seen))
    blocks, left = markdown_of(text[start : text.rfind("</main>")], seen.to, LONGEST - _FRONT - _SOURCES - len(foot))
    is_index = posixpath.basename(seen.address) == INDEX
    front = _in_front(page, seen) if not is_index else _yaml({"okf_version": OKF}) if seen.address == INDEX else ""
    body = "".join((_ITEM.sub(_as_entry, block) for block in blocks) if is_index else blocks)
    parts = (top, body, _cut(page, seen, left), *_directory(seen), foot)
    return OutFile(seen.address, (front + "\n\n".join(filter(None, parts)) + "\n").encode())


# Links


class _Links:
    """The links of one page as its Markdown has them, and the sources that they lead to."""

    def __init__(self, context: PageContext) -> None:
        self.context, self.address = context, urls.markdown(context.page)
        self._folder, self._base = posixpath.dirname(context.page), context.base_url.rstrip("/")
        self.sources: dict[str, None] = {}
        """Their ids, in the order in which the page names them."""

    def to(self, href: str) -> str:
        """An address as the page links to it; nothing for a place on the same page."""
        address, source, target = _target(self._folder, self._base, href)
        if source:
            self.sources.setdefault(source)
        return target if address != self.context.page else ""

    def file(self, address: str) -> str:
        """A file of the site."""
        return f"{self._base}/{address}" if self._base else urls.relative(self.address, address)


@lru_cache(maxsize=1 << 13)
def _target(folder: str, base: str, href: str) -> tuple[str, str, str]:
    """Of a link in a folder the address of the site that it leads to, of a source's page its id, and how it is written;
    nothing for a place on the same page.
    """
    path = href.partition("#")[0]
    if not path or _SCHEME.match(href):
        return "", "", address_in_markdown(href) if path else ""
    address = posixpath.normpath(posixpath.join(folder, path))
    is_source = address.startswith("sources/") and address.count("/") == 1
    source = address[8:].removesuffix(".html") if is_source else ""
    return address, source, address_in_markdown(f"{base}/{_as_markdown(address)}" if base else _as_markdown(path))


def _as_markdown(address: str) -> str:
    return (urls.markdown(address) if address.endswith(".html") else "") or address


# Around the text


def _foot(page: Page, seen: _Links) -> Iterator[str]:
    """The licence, and where the text is taken from."""
    yield "---"
    named = page.context.ledger.settings.licence
    yield in_markdown(texts.say("frame.licence", licence=named) if named else texts.say("frame.no_licence"))
    data = page.frame.data
    yield _original(page, seen) + (f" · {link_in_markdown('JSON', seen.file(data))}" if data else "")


def _original(page: Page, seen: _Links) -> str:
    return link_in_markdown(texts.say("citing.original"), seen.file(page.url))


def _cut(page: Page, seen: _Links, left: list[str]) -> str:
    """What has no room, by its headings."""
    named = [in_markdown(heading) for heading in left[:MOST_HEADINGS]]
    return texts.say("twin.cut", left=named, page=_original(page, seen)) if left else ""


def _directory(seen: _Links) -> Iterator[str]:
    """On the first page what leads everywhere else: its navigation has no room in the text."""
    if seen.address == INDEX:
        browse = ((texts.say(f"browse.{name}"), address) for name, address in urls.BROWSE.items())
        named = ((texts.say("frame.search"), urls.SEARCH), (texts.say("a_z.title"), urls.A_TO_Z), *browse)
        yield f"## {texts.say('llms.pages')}"
        yield "\n".join(f"* {link_in_markdown(words, seen.file(_as_markdown(address)))}" for words, address in named)


def _as_entry(item: re.Match[str]) -> str:
    """An item as the format has it: `* [Title](address) - what is said of it`."""
    before, link, after = item[2], item[3], item[4]
    said = before + link[1 : link.index("](")] + after if before.strip() else after
    return f"{item[1]}* {link}" + (f" - {said.strip()}" if said.strip() else "")


# Front matter


def _in_front(page: Page, seen: _Links) -> str:
    """What the format has a word for; a key without a value is left out."""
    record, frame = page.frame.record, page.frame
    own = record if record and page.template == f"{record.kind.name}.html" else None
    is_moved = page.template == "redirect.html"
    found = {
        "type": own.kind.name.capitalize() if own else "Redirect" if is_moved else "Overview",
        "title": shortened(one_line(frame.title)),
        "description": one_line(frame.description),
        "resource": frame.canonical,
        "status": "deprecated" if is_moved else "stable",
        **(_of_record(page.context, own) if own else {}),
    }
    named = _sources(page.context, own, seen) if own else []
    return _yaml({key: value for key, value in (*found.items(), ("sources", named)) if value})


def _of_record(context: PageContext, record: Record[Any]) -> dict[str, Any]:
    fields = record.fields
    changed, stale = fields.updated or fields.added, _stale_after(context, record)
    fallen = is_a(record, Source) and fields.status in FALLEN
    address = citations.address(fields) if is_a(record, Source) else ""
    return {
        **({"resource": one_line(address)} if address else {}),
        "tags": [one_line(tag) for tag in fields.tags],
        "generated": {"by": PROGRAM, "at": moment(changed.latest)} if changed else None,
        "verified": _verified(context, record),
        "status": "deprecated" if fields.withdrawn or fallen else "stable",
        "stale_after": moment(stale) if stale else None,
    }


def _verified(context: PageContext, record: Record[Any]) -> list[dict[str, str]]:
    """Who has held a record against its sources, and when: each editor's newest rating; a controversy's review."""
    if is_a(record, Controversy) and record.fields.review and record.fields.review.last:
        editors = context.ledger.settings.editors
        by = editors[0].id if len(editors) == 1 else "editors"
        return [{"by": f"human:{by}", "at": moment(record.fields.review.last.latest)}]
    newest = {one.by: one.date.latest for _, ratings in ratings_in(record.fields) for one in ratings}
    return [{"by": f"human:{by}", "at": moment(at)} for by, at in newest.items()]


def _stale_after(context: PageContext, record: Record[Any]) -> date | None:
    """The day of a controversy's next review, or on which an open prediction is decided."""
    if is_a(record, Controversy):
        return review_day(context.ledger, record.fields)
    decided = record.fields.resolution if is_a(record, Claim) else None
    return decided.resolves_by.earliest if decided and decided.resolves_by and not decided.outcome else None


def _sources(context: PageContext, record: Record[Any], seen: _Links) -> list[dict[str, str]]:
    """The sources that the page names, as far as there is room; of a claim those of its evidence, of a source those
    that it draws on.
    """
    named: Iterable[str] = seen.sources
    if is_a(record, Claim):
        named = dict.fromkeys(context.ref_id(item.source) for item in record.fields.evidence)
    elif is_a(record, Source):
        drawn = record.fields.derived_from
        named = [context.ref_id(one.source) for one in drawn] if isinstance(drawn, tuple) else ()
    found, room = list[dict[str, str]](), _SOURCES
    for id_ in named:
        card = context.ledger.card(id_)
        if card is None or card.kind != "source":
            continue
        title = shortened(one_line(context.plain(card.title)), TOOLTIP)
        found.append({"id": id_, "resource": f"/{urls.markdown(urls.of_card(card))}", "title": title})
        room -= len(title) + 2 * len(id_) + _ENTRY
        if room < 0:
            return found[:-1]
    return found


def _yaml(found: Mapping[str, Any]) -> str:
    """Front matter; every value is JSON, which is YAML, so that no words can be read as anything else."""
    lines = (f"{key}: {_json(value)}" for key, value in found.items() if key != "sources")
    listed = (f"- {_json(one)}" for one in found.get("sources", ()))
    said = "\n".join((*lines, *(["sources:", *listed] if "sources" in found else [])))
    printed = _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", said)
    return f"---\n{printed}\n---\n\n"
