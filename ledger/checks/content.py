"""Checks of the content as a whole: there is something to publish."""

from collections.abc import Iterable, Iterator

from ledger.checks.checking import Check, Finding
from ledger.diagnostics import Level, Span
from ledger.graph import Ledger
from ledger.records import KINDS


def _settings_file(_: Ledger) -> Iterable[str]:
    return ("site.yml",)


def _missing_site(ledger: Ledger, item: str) -> Iterator[Finding]:
    if ledger.site is None and item not in ledger.failed:
        hint = "make one with the lines `format: 1` and `title: …`"
        yield Finding(Span(item), "the content folder has no site.yml", hint)


MISSING_SITE = Check("missing-site", Level.ERROR, _settings_file, _missing_site, of="ledger", excusable=False)
"""A ledger has a `site.yml`."""


def _folder(_: Ledger) -> Iterable[str]:
    return (".",)


def _empty_ledger(ledger: Ledger, item: str) -> Iterator[Finding]:
    """No record that would be published, and none that failed."""
    cards = (ledger.card(id_) for kind in KINDS for id_ in ledger.members(kind.name))
    if all(card is None or card.draft for card in cards) and not ledger.failed - {"site.yml"}:
        yield Finding(Span(item), "there is no record to publish", "add a record: `ledger new controversy ID`")


EMPTY_LEDGER = Check("empty-ledger", Level.ERROR, _folder, _empty_ledger, of="ledger", excusable=False)
"""There is something to publish: an empty site never replaces a full one."""
