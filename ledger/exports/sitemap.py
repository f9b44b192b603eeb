"""For search engines: `sitemap.xml` with every page that may be found, and `robots.txt`, which leads to it.

In: a Ledger, the site's public address, and its finished pages. Out: files; above 50,000 pages several sitemaps and
an index of them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from ledger import urls
from ledger.exports.strict_xml import element, to_bytes
from ledger.graph import Ledger
from ledger.outfile import OutFile

AT_MOST = 50_000
"""As many addresses as one sitemap may have."""
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


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
    yield OutFile(urls.SITEMAP, to_bytes(index))


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
    return OutFile(address, to_bytes(root))


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
