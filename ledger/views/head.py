"""What a page says of itself to search engines, to sites that show a card for a link, and to feed readers.

In: a page, and its record where it has one. Out: a HeadView.
"""

from dataclasses import dataclass
from textwrap import shorten

from markupsafe import Markup

from ledger import citations, urls, words
from ledger.loading import Record
from ledger.views import linked_data
from ledger.views.viewing import Viewing

DESCRIPTION_LENGTH = 160
"""As many characters as search engines show."""
_SAYING = ("summary", "definition", "question", "statement")
"""The fields that say what a record is about, the best first."""


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
    data = linked_data.describe_page(viewing, title, base_url)
    return HeadView(_short(said), "website", _image(base_url), _feeds(viewing, base_url), linked_data.script(data))


def view_record_head(viewing: Viewing, record: Record, base_url: str) -> HeadView:
    """The head of a record's page."""
    feeds = _feeds(viewing, base_url)
    if base_url and record.kind.name == "controversy":
        feeds += _pair(viewing, urls.feeds(viewing.whole), viewing.plain(record.title))
    data = linked_data.describe_record(viewing, record, base_url)
    return HeadView(describe(viewing, record), "article", _image(base_url), feeds, linked_data.script(data))


def describe(viewing: Viewing, record: Record) -> str:
    """What a record is about, in plain words and at most 160 characters."""
    texts = (getattr(record.fields, name, None) for name in _SAYING)
    said = next((viewing.plain(text) for text in texts if text), "")
    if not said and record.kind.name == "source":
        said = citations.in_full(record.fields, viewing.plain(record.title))
    if not said and record.fields.body:
        said = viewing.body_words(record.fields.body)
    return _short(said or f"{words.KINDS[record.kind.name][0]}: {viewing.plain(record.title)}")


def _short(text: str) -> str:
    whole = " ".join(text.split())
    return (
        shorten(whole, DESCRIPTION_LENGTH, placeholder=" …").removeprefix("…") or whole[: DESCRIPTION_LENGTH - 1] + "…"
    )


def _image(base_url: str) -> str:
    return urls.public(base_url, urls.CARD) if base_url else ""


def _feeds(viewing: Viewing, base_url: str) -> tuple[Alternate, ...]:
    title = viewing.ledger.settings.title
    return _pair(viewing, urls.FEEDS, title) if base_url else ()


def _pair(viewing: Viewing, addresses: tuple[str, str], title: str) -> tuple[Alternate, ...]:
    types = ("application/atom+xml", "application/feed+json")
    return tuple(Alternate(type_, viewing.url(to), title) for type_, to in zip(types, addresses, strict=True))
