"""Checks of the content as a whole: there is something to publish."""

from collections.abc import Iterable, Iterator

from ledger.checks.checking import Finding, check
from ledger.diagnostics import Level, Span
from ledger.graph import Ledger
from ledger.records import KINDS


def _settings_file(_: Ledger) -> Iterable[str]:
    return ("site.yml",)


@check("missing-site", Level.ERROR, items=_settings_file, of="ledger", excusable=False)
def missing_site(ledger: Ledger, item: str) -> Iterator[Finding]:
    """A ledger has a `site.yml`."""
    if ledger.site is None and item not in ledger.failed:
        hint = "make one with the lines `format: 1` and `title: …`"
        yield Finding(Span(item), "the content folder has no site.yml", hint)


def _folder(_: Ledger) -> Iterable[str]:
    return (".",)


@check("empty-ledger", Level.ERROR, items=_folder, of="ledger", excusable=False)
def empty_ledger(ledger: Ledger, item: str) -> Iterator[Finding]:
    """There is a record to publish, or one that failed: an empty site never replaces a full one."""
    cards = (ledger.card(id_) for kind in KINDS for id_ in ledger.members(kind.name))
    if all(card is None or card.draft for card in cards) and not ledger.failed - {"site.yml"}:
        yield Finding(Span(item), "there is no record to publish", "add a record: `ledger new controversy ID`")
