"""What is new, for feed readers: Atom and JSON Feed of the whole ledger and of each controversy.

In: a Ledger and the site's public address. Out: two files for each feed. An item is what happened to a record on a
day, by the records' own dates; its id stays the same for ever.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from ledger import urls, words
from ledger.analysis import Analysis
from ledger.changes import Change, all_changes
from ledger.exports import strict_json, strict_xml
from ledger.exports.strict_xml import element
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.views.head import describe
from ledger.views.news import around, view_change
from ledger.views.viewing import Viewing

ITEMS = 50
"""How many changes a feed holds."""
NEVER = date(1970, 1, 1)
"""When a feed was updated in which nothing ever happened: the format wants a day."""


@dataclass(frozen=True, slots=True)
class Item:
    """One change: its lasting id, where its record is, what happened, what the record says, when, and its tags."""

    id: str
    url: str
    title: str
    text: str
    day: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed before it is written; `addresses` are those of its Atom and its JSON file, `about` the page's."""

    title: str
    subtitle: str
    language: str
    author: str
    about: str
    addresses: tuple[str, str]
    items: tuple[Item, ...]
    updated: str


def site_feeds(ledger: Ledger, analysis: Analysis, base_url: str) -> Iterator[OutFile]:
    """`feed.atom` and `feed.json`."""
    site, home = ledger.settings, Viewing(ledger, urls.HOME, analysis)
    subtitle = home.plain(site.tagline or "")
    yield from _files(_feed(home, base_url, site.title, subtitle, urls.HOME, urls.FEEDS, all_changes(ledger)), base_url)


def controversy_feeds(ledger: Ledger, analysis: Analysis, record: Record, base_url: str) -> Iterator[OutFile]:
    """`controversies/<id>.atom` and `.feed.json`."""
    home, page = Viewing(ledger, urls.HOME, analysis), urls.of_record(record)
    changes = all_changes(ledger, around(home, record))
    title = f"{home.plain(record.title)} · {ledger.settings.title}"
    feed = _feed(home, base_url, title, describe(home, record), page, urls.feeds(page), changes)
    yield from _files(feed, base_url)


def _files(feed: Feed, base_url: str) -> Iterator[OutFile]:
    atom, json_feed = feed.addresses
    yield OutFile(atom, _atom(feed, base_url))
    yield OutFile(json_feed, _json(feed, base_url))


def _feed(  # noqa: PLR0913, PLR0917 - the parts of a feed
    home: Viewing,
    base_url: str,
    title: str,
    subtitle: str,
    about: str,
    addresses: tuple[str, str],
    changes: tuple[Change, ...],
) -> Feed:
    site = home.ledger.settings
    items = tuple(_item(home, base_url, change) for change in changes[:ITEMS])
    updated = max((item.day for item in items), default=_moment(home.ledger.as_of or NEVER))
    return Feed(title, subtitle, site.language or "en", site.title, about, addresses, items, updated)


def _item(home: Viewing, base_url: str, change: Change) -> Item:
    record = change.record
    page = replace(home, page=urls.of_record(record))
    said = view_change(page, change)
    happened = f"{change.day.in_words()}: {said.what}" + (f", {said.rating}" if said.rating else "")
    return Item(
        id=_tag(base_url, record, change),
        url=urls.public(base_url, urls.of_record(record)),
        title=f"{words.KINDS[record.kind.name][0]}: {page.plain(record.title)}",
        text=f"{happened[:1].upper()}{happened[1:]}. {describe(page, record)}",
        day=_moment(change.day.earliest),
        tags=tuple(dict.fromkeys(record.fields.tags)),
    )


def _tag(base_url: str, record: Record, change: Change) -> str:
    """An id as RFC 4151 has it: the host and the day, then the page and the day as it was written."""
    host = urlsplit(base_url).hostname or ""
    path = urls.root_path(base_url) + urls.of_record(record)
    return f"tag:{host},{change.day.earliest.isoformat()}:{path}#{change.day.text}"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _atom(feed: Feed, base_url: str) -> bytes:
    address = urls.public(base_url, feed.addresses[0])
    root = element("feed", xmlns="http://www.w3.org/2005/Atom", **{"xml:lang": feed.language})
    root.append(element("id", address))
    root.append(element("title", feed.title))
    if feed.subtitle:
        root.append(element("subtitle", feed.subtitle))
    root.append(element("updated", feed.updated))
    author = ET.SubElement(root, "author")
    author.append(element("name", feed.author))
    root.append(element("link", rel="self", type="application/atom+xml", href=address))
    root.append(element("link", rel="alternate", type="text/html", href=urls.public(base_url, feed.about)))
    root.extend(_entry(item) for item in feed.items)
    return strict_xml.to_bytes(root)


def _entry(item: Item) -> ET.Element:
    entry = element("entry")
    entry.append(element("id", item.id))
    entry.append(element("title", item.title))
    entry.append(element("updated", item.day))
    entry.append(element("link", rel="alternate", type="text/html", href=item.url))
    entry.extend(element("category", term=tag) for tag in item.tags)
    entry.append(element("summary", item.text))
    return entry


def _json(feed: Feed, base_url: str) -> bytes:
    return strict_json.to_bytes(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            **({"description": feed.subtitle} if feed.subtitle else {}),
            "language": feed.language,
            "authors": [{"name": feed.author}],
            "home_page_url": urls.public(base_url, feed.about),
            "feed_url": urls.public(base_url, feed.addresses[1]),
            "items": [_json_item(item) for item in feed.items],
        }
    )


def _json_item(item: Item) -> dict[str, object]:
    dated = {"date_published": item.day, **({"tags": item.tags} if item.tags else {})}
    return {"id": item.id, "url": item.url, "title": item.title, "content_text": item.text, **dated}
