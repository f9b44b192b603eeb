"""What only a site with a public address has: feeds of what is new, `sitemap.xml` and `robots.txt`.

In: a Ledger, the site's public address, and for search engines the addresses of its pages. Out: Atom and JSON Feed of
all news, of what happened in the world, of what changed in the ledger, and of each controversy, in which an item is an
event or a line of the page of what is new, with an id that stays the same; above 50,000 pages several sitemaps and an
index of them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from ledger import texts, urls
from ledger.context import PageContext, describe
from ledger.exports import strict_json
from ledger.exports.escaping import element, xml_bytes
from ledger.exports.naming import seen_from
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.records import Controversy, Event
from ledger.views.news import ToldLine, events_of, happened, told_lines

AT_MOST = 50_000
"""As many addresses as one sitemap may have."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
ITEMS = 50
"""How many items a feed holds."""
NEVER = date(1970, 1, 1)
"""When a feed was updated in which nothing ever happened: the format wants a day."""


class Item(NamedTuple):
    """An event or a change: its lasting id, where it is told, what happened, when, and when the ledger last said so."""

    id: str
    url: str
    title: str
    text: str
    day: str
    updated: str
    tags: tuple[str, ...]


class Feed(NamedTuple):
    """One feed before it is written; `addresses` are those of its Atom and its JSON file, `about` the page's."""

    title: str
    subtitle: str
    about: str
    addresses: tuple[str, str]
    items: Sequence[Item]


def site_feeds(ledger: Ledger, base_url: str) -> Iterator[OutFile]:
    """The feeds of all news, of what happened in the world and of what changed in the ledger."""
    page = seen_from(ledger, urls.WHATS_NEW, base_url)
    subtitle = page.plain(ledger.settings.tagline or "")
    world, here = _world(page, None), _here(page, None)
    site, of_world, of_ledger = ledger.settings.title, texts.say("news.world"), texts.say("news.here")
    titles = (site, texts.say("feed.of", title=of_world, site=site), texts.say("feed.of", title=of_ledger, site=site))
    for title, addresses, items in zip(titles, urls.NEWS_FEEDS, (world + here, world, here), strict=True):
        yield from feed_files(ledger, Feed(title, subtitle, urls.WHATS_NEW, addresses, items), base_url)


def controversy_feeds(ledger: Ledger, record: Record[Controversy], base_url: str) -> Iterator[OutFile]:
    """`controversies/<id>.atom` and `.feed.json`: all news around it."""
    page, address = seen_from(ledger, urls.WHATS_NEW, base_url), urls.of_record(record)
    items = _world(page, record.id) + _here(page, record.id)
    title = texts.say("feed.of", title=page.plain(record.title), site=ledger.settings.title)
    yield from feed_files(ledger, Feed(title, describe(page, record), address, urls.feeds(address), items), base_url)


def feed_files(ledger: Ledger, feed: Feed, base_url: str) -> Iterator[OutFile]:
    """The newest items of a feed as Atom and as JSON Feed."""
    newest = sorted(feed.items, key=attrgetter("day"), reverse=True)[:ITEMS]
    for address, form in zip(feed.addresses, (_atom, _json), strict=True):
        yield OutFile(address, form(ledger, feed._replace(items=newest), base_url))


def _world(page: PageContext, controversy: str | None) -> tuple[Item, ...]:
    """The newest events, each with what it moved."""
    return tuple(_event(page, id_) for id_ in events_of(page, controversy)[:ITEMS])


def _event(page: PageContext, id_: str) -> Item:
    """An item of an event: its id has the day on which it was added, for its date may be corrected."""
    event, told = page.ledger.record(Event, id_), happened(page, id_)
    fields, address = event.fields, urls.of_record(event)
    known = [day.earliest for day in (fields.updated, fields.added) if day]
    day = fields.date.begins
    sentences = (f"{gave.said(gave.claim.title)} {gave.verdict}".strip() for gave in told.gave)
    return Item(
        id=tag_of(page.base_url, address, fields.added.earliest if fields.added else day),
        url=urls.public(page.base_url, address),
        title=texts.say("feed.event", date=told.date, title=told.event.title),
        text=" ".join(filter(None, (page.plain(told.summary), *sentences, told.more))) or told.event.title,
        day=moment(day),
        updated=moment(max((day, *known))),
        tags=tuple(dict.fromkeys(fields.tags)),
    )


def _here(page: PageContext, controversy: str | None) -> tuple[Item, ...]:
    """The newest lines about the ledger."""
    return tuple(_line(page, line) for line in islice(told_lines(page, controversy), ITEMS))


def _line(page: PageContext, told: ToldLine) -> Item:
    """An item of a change, whose page is its record's, or of many, which the page of what is new tells."""
    line = told.line
    record, day = page.ledger.records[line.changes[0].record], line.day.earliest
    address = f"{urls.WHATS_NEW}#{told.anchor}" if told.many else urls.of_record(record)
    sentences = [one.said(one.record.title, page.plain(one.why)) for one in told.told]
    return Item(
        id=tag_of(page.base_url, urls.WHATS_NEW if told.many else address, day, f"#{_happened(told)}"),
        url=urls.public(page.base_url, address),
        title=told.many or told.told[0].headline(told.told[0].record.title),
        text=" ".join(filter(None, (told.many, *sentences))),
        day=moment(day),
        updated=moment(day),
        tags=() if told.many else tuple(dict.fromkeys(record.fields.tags)),
    )


def _happened(told: ToldLine) -> str:
    """What tells a line from all others of its record, or of the ledger: its day and sort, and which part was rated."""
    line, change = told.line, told.line.changes[0]
    return f"{line.day.text}-{line.what}" + (f"-{line.kind}" if told.many else f"-{change.part}" if change.part else "")


def tag_of(base_url: str, address: str, day: date, happened: str = "") -> str:
    """An id as RFC 4151 has it: the host and a day, then the page and what happened."""
    host = urlsplit(base_url).hostname or ""
    return f"tag:{host},{day.isoformat()}:{urls.root_path(base_url)}{address}{happened}"


def moment(day: date) -> str:
    """A day as feeds and front matter write a point in time: with its offset."""
    return f"{day.isoformat()}T00:00:00Z"


def _atom(ledger: Ledger, feed: Feed, base_url: str) -> bytes:
    address, site = urls.public(base_url, feed.addresses[0]), ledger.settings
    updated = max((item.updated for item in feed.items), default=moment(ledger.as_of or NEVER))
    root = element("feed", xmlns="http://www.w3.org/2005/Atom", **{"xml:lang": site.language or texts.ENGLISH})
    subtitle = [element("subtitle", feed.subtitle)] if feed.subtitle else []
    root.extend((element("id", address), element("title", feed.title), *subtitle, element("updated", updated)))
    ET.SubElement(root, "author").append(element("name", site.title))
    root.append(element("link", rel="self", type="application/atom+xml", href=address))
    root.append(element("link", rel="alternate", type="text/html", href=urls.public(base_url, feed.about)))
    root.extend(map(_entry, feed.items))
    return xml_bytes(root)


def _entry(item: Item) -> ET.Element:
    entry = element("entry")
    said = {"id": item.id, "title": item.title, "published": item.day, "updated": item.updated}
    entry.extend(element(name, text) for name, text in said.items())
    entry.append(element("link", rel="alternate", type="text/html", href=item.url))
    entry.extend(element("category", term=tag) for tag in item.tags)
    entry.append(element("summary", item.text))
    return entry


def _json(ledger: Ledger, feed: Feed, base_url: str) -> bytes:
    return strict_json.to_bytes(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            **({"description": feed.subtitle} if feed.subtitle else {}),
            "language": ledger.settings.language or texts.ENGLISH,
            "authors": [{"name": ledger.settings.title}],
            "home_page_url": urls.public(base_url, feed.about),
            "feed_url": urls.public(base_url, feed.addresses[1]),
            "items": [_json_item(item) for item in feed.items],
        }
    )


def _json_item(item: Item) -> dict[str, object]:
    changed = {"date_modified": item.updated} if item.updated != item.day else {}
    dated = {"date_published": item.day, **changed, **({"tags": item.tags} if item.tags else {})}
    return {"id": item.id, "url": item.url, "title": item.title, "content_text": item.text, **dated}


# For search engines


def addresses(ledger: Ledger, pages: Collection[str], at_most: int = AT_MOST) -> tuple[str, ...]:
    """The sitemap, and those that it leads to where one is not enough."""
    count = -(-len(_listed(ledger, pages)) // at_most)
    return urls.SITEMAP, *(urls.sitemap_part(number) for number in range(1, count + 1) if count > 1)


def sitemap(ledger: Ledger, base_url: str, pages: Collection[str], at_most: int = AT_MOST) -> Iterator[OutFile]:
    """The sitemap, or an index of several, each with at most so many pages."""
    listed, days = _listed(ledger, pages), _last_changes(ledger)
    first, *parts = addresses(ledger, pages, at_most)
    for number, address in enumerate(parts or [first]):
        shown = listed[number * at_most : (number + 1) * at_most]
        yield _places(address, "urlset", "url", {urls.public(base_url, page): days.get(page, "") for page in shown})
    if parts:
        yield _places(first, "sitemapindex", "sitemap", {urls.public(base_url, part): "" for part in parts})


def _listed(ledger: Ledger, pages: Collection[str]) -> list[str]:
    """The pages that may be found: none that leads on, is shown where nothing is, or is apart."""
    leading_on = {urls.of_former(card, old) for old in ledger.former if (card := ledger.card(old))}
    leading_on |= {urls.overview(id_, name) for id_ in ledger.members("controversy") for name in urls.MOVED}
    leading_on.add(urls.NOT_FOUND)
    return [page for page in pages if page not in leading_on and not urls.is_apart(page)]


def robots(base_url: str) -> OutFile:
    """`robots.txt`: everything may be read. Search engines look for it at the root of a host only."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {urls.public(base_url, urls.SITEMAP)}\n"
    return OutFile(urls.ROBOTS, text.encode("utf-8"))


def _places(address: str, name: str, inner: str, days: Mapping[str, str]) -> OutFile:
    """A file of addresses, each with the day on which what is there last changed, where that is known."""
    root = element(name, xmlns=_NAMESPACE)
    for place, day in days.items():
        said = {"loc": place, "lastmod": day}
        ET.SubElement(root, inner).extend(element(key, value) for key, value in said.items() if value)
    return OutFile(address, xml_bytes(root))


def _last_changes(ledger: Ledger) -> dict[str, str]:
    """By page, the day on which its record last changed, where it is known for sure."""
    found = {}
    for record in ledger.records.values():
        day = record.fields.updated or record.fields.added
        if day and day.text.replace("-", "").isdigit():
            found[urls.of_record(record)] = day.text
    return found
