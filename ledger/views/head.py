"""What a page says of itself to search engines, to sites that show a card for a link, and to feed readers.

In: a page, and its record where it has one. Out: a HeadView.
"""

from dataclasses import dataclass

from markupsafe import Markup

from ledger import schema_org, urls
from ledger.context import Viewing, describe, in_short
from ledger.loading import Record


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another form of the page, or a feed: its media type, its address, what it is called."""

    type: str
    href: str
    title: str


@dataclass(frozen=True, slots=True)
class HeadView:
    """A page's head, beside its title and canonical address."""

    description: str
    card_type: str
    """What the page is to sites that show cards: `website` or `article`."""
    image: str
    """The card's picture; empty where the site's address is not known, since it must be a whole one."""
    feeds: tuple[Alternate, ...]
    linked_data: Markup


def view_head(viewing: Viewing, title: str, base_url: str) -> HeadView:
    """The head of a page that is no record's."""
    site = viewing.ledger.settings
    named = (title if title != site.title else "", site.title, viewing.plain(site.tagline or ""))
    said = ". ".join(part.rstrip(".") for part in named if part) + "."
    data = schema_org.describe_page(viewing, title, base_url)
    return HeadView(in_short(said), "website", _image(base_url), _feeds(viewing, base_url), schema_org.script(data))


def view_record_head(viewing: Viewing, record: Record, base_url: str) -> HeadView:
    """The head of a record's page."""
    feeds = _feeds(viewing, base_url)
    if base_url and record.kind.name == "controversy":
        feeds += _pair(viewing, urls.feeds(viewing.whole), viewing.plain(record.title))
    data = schema_org.describe_record(viewing, record, base_url)
    return HeadView(describe(viewing, record), "article", _image(base_url), feeds, schema_org.script(data))


def _image(base_url: str) -> str:
    return urls.public(base_url, urls.CARD) if base_url else ""


def _feeds(viewing: Viewing, base_url: str) -> tuple[Alternate, ...]:
    title = viewing.ledger.settings.title
    return _pair(viewing, urls.FEEDS, title) if base_url else ()


def _pair(viewing: Viewing, addresses: tuple[str, str], title: str) -> tuple[Alternate, ...]:
    types = ("application/atom+xml", "application/feed+json")
    return tuple(Alternate(type_, viewing.url(to), title) for type_, to in zip(types, addresses, strict=True))
