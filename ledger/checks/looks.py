"""Checks of the settings for the site's looks: text can be read in the colours, and the navigation leads somewhere."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger import urls
from ledger.checks.checking import Finding, check
from ledger.diagnostics import Level, did_you_mean
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import KINDS
from ledger.settings import Site
from ledger.yamlnodes import FieldPath

COLOURS: Mapping[str, tuple[str, str]] = {
    "ink": ("#1d1d1f", "#e8e6e1"),
    "soft": ("#5a5a60", "#a9a7a1"),
    "link": ("#1f4e79", "#8fbce6"),
    "for": ("#1e6b45", "#77c79d"),
    "against": ("#9a3b26", "#e69a84"),
    "mixed": ("#7a5c00", "#d9bb62"),
    "paper": ("#fdfcf9", "#17181a"),
    "panel": ("#f4f1ea", "#212327"),
}
"""The colours of text and of what is behind it, light and dark, as `style.css` has them."""
LINEAR_BELOW = 0.04045
"""Where sRGB changes from a straight line to a curve."""
GROUNDS = ("paper", "panel")
THEMES = ("light", "dark")
ENOUGH = 4.5
"""The contrast that WCAG 2 asks for between text and what is behind it (success criterion 1.4.3)."""


def _luminance(colour: str) -> float:
    """How bright a colour is, from 0 to 1, as WCAG 2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2 defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


class Pair(NamedTuple):
    """Text on a ground, in one theme."""

    site: Record[Site]
    theme: str
    text: str
    ground: str


def _pairs(ledger: Ledger) -> Iterable[Pair]:
    """Every pair in which the settings change a colour."""
    site = ledger.site
    if site is None or site.fields.colours is None:
        return ()
    given = site.fields.colours.model_fields_set
    texts = [name for name in COLOURS if name not in GROUNDS]
    every = ((theme, text, ground) for theme in THEMES for text in texts for ground in GROUNDS)
    return [Pair(site, *one) for one in every if given & set(one[1:])]


def _shade(pair: Pair, name: str) -> str:
    own = getattr(pair.site.fields.colours, name, None)
    return str(getattr(own, pair.theme)) if own else COLOURS[name][THEMES.index(pair.theme)]


@check("low-contrast", Level.WARNING, items=_pairs, of="ledger", excusable=False)
def low_contrast(_: Ledger, item: Pair) -> Iterator[Finding]:
    """Text in the site's own colours can be read on whatever is behind it, in both themes."""
    found = contrast(_shade(item, item.text), _shade(item, item.ground))
    if found < ENOUGH:
        changed = item.text if getattr(item.site.fields.colours, item.text, None) else item.ground
        message = (
            f"`{item.text}` on `{item.ground}` is hard to read in the {item.theme} theme: its contrast is {found:.1f}"
        )
        hint = f"choose colours that are further apart in brightness: {ENOUGH} is the least for text (WCAG 2)"
        yield Finding(item.site.span("colours", changed, item.theme), message, hint)


def _links(ledger: Ledger) -> Iterable[tuple[FieldPath, str]]:
    items = ledger.site.fields.navigation if ledger.site else ()
    return [(("navigation", at, "to"), item.to) for at, item in enumerate(items)]


@check("unknown-place", Level.ERROR, items=_links, of="ledger", needs_every_file=True, excusable=False)
def unknown_place(ledger: Ledger, item: tuple[FieldPath, str]) -> Iterator[Finding]:
    """Every link of the navigation leads to a folder of records, a page of the site, or a record."""
    path, to = item
    known = [*(kind.folder for kind in KINDS), *urls.PLACES, *urls.ASKS]
    if ledger.site and to not in known and ledger.card(ledger.present_id(to)) is None:
        ids = [id_ for kind in KINDS for id_ in ledger.members(kind.name)]
        hint = did_you_mean(to, [*known, *ids]) or "name a folder of records, an overview, or the id of a record"
        yield Finding(ledger.site.span(*path), f"the navigation leads to '{to}', which is no place of this site", hint)
