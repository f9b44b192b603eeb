"""The links at the top of every page: those of the settings, or the kinds that have records.

In: the ledger as a page sees it, and the kind that the page belongs to. Out: links, each with the word for the one that
the reader is at.
"""

from typing import NamedTuple

from ledger import urls, words
from ledger.context import PageContext
from ledger.records import KINDS, NavigationItem

_WORDS = {"home": words.HOME, "search": words.SEARCH["search"], "a-z": words.A_TO_Z, **words.BROWSE}
FOLDERS = {kind.folder: kind for kind in KINDS}
"""The kinds, by the names that the settings know them by."""


class NavigationLink(NamedTuple):
    """One of the links."""

    words: str
    address: str
    current: str
    """What `aria-current` says: `page` for the page itself, `true` for what it belongs to, nothing elsewhere."""


def view_navigation(context: PageContext, kind: str) -> tuple[NavigationLink, ...]:
    """The links, as the settings have them; what leads to no page of the site is left out."""
    items = context.ledger.settings.navigation or [NavigationItem(to=one.folder) for one in KINDS]
    found = (_link(context, kind, item) for item in items)
    return tuple(link for link in found if link)


def _link(context: PageContext, kind: str, item: NavigationItem) -> NavigationLink | None:
    if one := FOLDERS.get(item.to):
        label, address, at = words.KINDS[one.name][1], urls.index(one), one.name == kind
        if one.name not in context.ledger.kinds:
            return None
    elif item.to in urls.PLACES:
        label, address, at = _WORDS[item.to], urls.PLACES[item.to], False
    elif card := context.ledger.card(context.ledger.present_id(item.to)):
        label, address, at = context.plain(card.title), urls.of_card(card), False
    else:
        return None
    current = "page" if context.page == address else "true" if at else ""
    return NavigationLink(item.label or label, address, current)
