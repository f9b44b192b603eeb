"""What only a site with a public address has: feeds of what is new, `sitemap.xml` and `robots.txt`.

In: a Ledger, the site's public address, and for search engines the addresses of its pages. Out: Atom and JSON Feed of
the whole ledger and of each controversy, in which an item is what happened to a record on a day, by the records' own
dates, with an id that stays the same for ever; above 50,000 pages several sitemaps and an index of them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from ledger import urls, words
from ledger.analysis import analyse
from ledger.changes import Change, all_changes, changes_around
from ledger.context import PageContext, describe
from ledger.exports import strict_json
from ledger.exports.escaping import element, xml_bytes
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.records import Controversy

AT_MOST = 50_000
"""As many addresses as one sitemap may have."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
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


def site_feeds(ledger: Ledger, base_url: str) -> Iterator[OutFile]:
    """`feed.atom` and `feed.json`."""
    site, home = ledger.settings, PageContext(ledger, urls.HOME, analyse(ledger))
    subtitle = home.plain(site.tagline or "")
    yield from _files(_feed(home, base_url, site.title, subtitle, urls.HOME, urls.FEEDS, all_changes(ledger)), base_url)


def controversy_feeds(ledger: Ledger, record: Record[Controversy], base_url: str) -> Iterator[OutFile]:
    """`controversies/<id>.atom` and `.feed.json`."""
    home, page = PageContext(ledger, urls.HOME, analyse(ledger)), urls.of_record(record)
    changes = changes_around(ledger, record.id)
    title = f"{home.plain(record.title)} · {ledger.settings.title}"
    feed = _feed(home, base_url, title, describe(home, record), page, urls.feeds(page), changes)
    yield from _files(feed, base_url)


def _files(feed: Feed, base_url: str) -> Iterator[OutFile]:
    atom, json_feed = feed.addresses
    yield OutFile(atom, _atom(feed, base_url))
    yield OutFile(json_feed, _json(feed, base_url))


def _feed(  # noqa: PLR0913, PLR0917 - the parts of a feed
    home: PageContext,
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


def _item(home: PageContext, base_url: str, change: Change) -> Item:
    record = home.ledger.records[change.record.id]
    page = replace(home, page=urls.of_record(record))
    rating = words.RATINGS.get(record.kind.name, {}).get(change.rating, "")
    happened = f"{change.day.in_words()}: {change.in_words()}" + (f", {rating}" if rating else "")
    return Item(
        id=_tag(base_url, record, change),
        url=urls.public(base_url, urls.of_record(record)),
        title=f"{words.KINDS[record.kind.name][0]}: {page.plain(record.title)}",
        text=f"{happened[:1].upper()}{happened[1:]}. {describe(page, record)}",
        day=_moment(change.day.earliest),
        tags=tuple(dict.fromkeys(record.fields.tags)),
    )


def _tag(base_url: str, record: Record[Any], change: Change) -> str:
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
    return xml_bytes(root)


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


# For search engines


def addresses(ledger: Ledger, pages: Collection[str], at_most: int = AT_MOST) -> tuple[str, ...]:
    """The sitemap, and those that it leads to where one is not enough."""
    count = -(-len(_listed(ledger, pages)) // at_most)
    return urls.SITEMAP, *(urls.sitemap_part(number) for number in range(1, count + 1) if count > 1)


def sitemap(ledger: Ledger, base_url: str, pages: Collection[str], at_most: int = AT_MOST) -> Iterator[OutFile]:
    """The sitemap, or an index of several, each with at most so many pages."""
    listed = _listed(ledger, pages)
    days = _last_changes(ledger)
    parts = [listed[start : start + at_most] for start in range(0, len(listed), at_most)]
    if len(parts) <= 1:
        yield _urlset(urls.SITEMAP, base_url, listed, days)
        return
    addresses = [urls.sitemap_part(number) for number in range(1, len(parts) + 1)]
    for address, part in zip(addresses, parts, strict=True):
        yield _urlset(address, base_url, part, days)
    index = element("sitemapindex", xmlns=_NAMESPACE)
    index.extend(_place("sitemap", urls.public(base_url, address)) for address in addresses)
    yield OutFile(urls.SITEMAP, xml_bytes(index))


def _listed(ledger: Ledger, pages: Collection[str]) -> list[str]:
    """The pages that may be found: not the way on from a former id, nor what stands where there is nothing."""
    former = {urls.of_former(card, old) for old in ledger.former if (card := ledger.card(old))}
    return [page for page in pages if page not in former and page != urls.NOT_FOUND]


def robots(base_url: str) -> OutFile:
    """`robots.txt`: everything may be read. Search engines look for it at the root of a host only."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {urls.public(base_url, urls.SITEMAP)}\n"
    return OutFile(urls.ROBOTS, text.encode("utf-8"))


def _urlset(address: str, base_url: str, pages: Sequence[str], days: Mapping[str, str]) -> OutFile:
    root = element("urlset", xmlns=_NAMESPACE)
    root.extend(_place("url", urls.public(base_url, page), days.get(page, "")) for page in pages)
    return OutFile(address, xml_bytes(root))


def _place(name: str, address: str, day: str = "") -> ET.Element:
    place = element(name)
    place.append(element("loc", address))
    if day:
        place.append(element("lastmod", day))
    return place


def _last_changes(ledger: Ledger) -> dict[str, str]:
    """By page, the day on which its record last changed, where it is known for sure."""
    found = {}
    for record in ledger.records.values():
        day = record.fields.updated or record.fields.added
        if day and day.text.replace("-", "").isdigit():
            found[urls.of_record(record)] = day.text
    return found
