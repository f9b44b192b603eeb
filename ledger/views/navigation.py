"""The links at the top of every page: those of the settings, or five for readers.

In: the ledger as a page sees it, and the kind that the page belongs to. Out: links, each with the word for the one that
the reader is at.
"""

from collections.abc import Mapping

from ledger import texts, urls
from ledger.context import PageContext, title_of
from ledger.graph import Ledger, compared, result
from ledger.records import KINDS, Kind
from ledger.settings import NavigationItem

PLACES: Mapping[str, str] = {"home": "frame.home", "search": "frame.search", "a-z": "a_z.title"}
"""The texts for places of the site; those of the others are in the group `browse`."""
FOLDERS = {kind.folder: kind for kind in KINDS}
"""The kinds, by the names that the settings know them by."""
ASKS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "debate": ("controversy", ("thread", "controversy", "position")),
    "evidence": ("claim", ("claim", "source")),
    "people": ("proponent", ("proponent",)),
    "timeline": ("event", ("event",)),
}
"""The links that lead to a tab of the controversy, in a ledger of one; of several, to what leads across them: name →
the kind whose list that is, and the kinds that belong to it.

These have other names than the tabs, which are on the same pages.
"""
DEFAULT = tuple(NavigationItem(to=name) for name in (*ASKS, "about"))


def view_navigation(context: PageContext, kind: str) -> tuple[tuple[str, str, str], ...]:
    """Words and address of each link as the settings have them, and what `aria-current` says.

    That is `page` for the page itself, `true` for what it belongs to, nothing elsewhere. What leads to no page of the
    site is left out.
    """
    return tuple(
        (label, address, "page" if context.page == address else "true" if kind in kinds else "")
        for label, address, kinds in _targets(context.ledger)
    )


@result
def _targets(ledger: Ledger) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The links as every page has them, each with the kinds that belong to it."""
    found = ((item.label, *_target(ledger, item.to)) for item in ledger.settings.navigation or DEFAULT)
    return tuple((own or label, address, kinds) for own, label, address, kinds in found if address)


def _target(ledger: Ledger, to: str) -> tuple[str, str, tuple[str, ...]]:
    """What a link is called, where it leads, and which kinds belong to it; no address where there is no such page."""
    if to in ASKS:
        label = texts.say(f"ask.{to}" if _only_controversy(ledger) else f"ask_across.{to}")
        return label, _asked(ledger, to), ASKS[to][1]
    if kind := FOLDERS.get(to):
        return texts.say(f"kinds.{kind.name}"), _list(ledger, kind), (kind.name,)
    if to in urls.PLACES:
        return texts.say(PLACES.get(to, f"browse.{to}")), urls.PLACES[to], ()
    card = ledger.card(ledger.present_id(to))
    return (title_of(ledger, card), urls.of_card(card), ()) if card else ("", "", ())


def _asked(ledger: Ledger, ask: str) -> str:
    if only := _only_controversy(ledger):
        return urls.overview(only, ask) if ask in urls.TABS else urls.of_id("controversy", only)
    (kind,) = (one for one in KINDS if one.name == ASKS[ask][0])
    return urls.HOME if ask == "debate" else _list(ledger, kind)


@compared
def _only_controversy(ledger: Ledger) -> str:
    """The one that stands, if there is just one; every page reads this, so that it is compared."""
    standing = [card.id for card in ledger.cards("controversy") if not card.withdrawn]
    return standing[0] if len(standing) == 1 else ""


def _list(ledger: Ledger, kind: Kind) -> str:
    return urls.index(kind) if kind.name in ledger.kinds else ""
