"""The page about the ledger: what it holds and how it is made; and the Audit tab of a controversy.

In: the ledger as a page sees it. Out: the lists of its records with their facets and counts, and its pages of prose;
for a controversy, what else there is about it.
"""

from typing import NamedTuple

from ledger import texts, urls
from ledger.context import PageContext, RecordRef
from ledger.loading import Record
from ledger.records import KINDS, Controversy, Kind
from ledger.views.listing import groups_of


class Listed(NamedTuple):
    """A kind: how many records it has, and by what else they are listed."""

    kind: Kind
    records: int
    facets: tuple[str, ...]


class AboutView(NamedTuple):
    """The page about the ledger."""

    kinds: tuple[Listed, ...]
    """The kinds that have records."""
    pages: tuple[RecordRef, ...]
    """The pages of prose."""


class AuditView(NamedTuple):
    """The Audit tab: its pages in their order, each with its address, title and what it shows."""

    pages: tuple[tuple[str, str, str], ...]


def view_about(context: PageContext) -> AboutView:
    """Everything on the page."""
    ledger = context.ledger
    counts = ((kind, len(ledger.members(kind.name))) for kind in KINDS)
    return AboutView(
        kinds=tuple(Listed(kind, count, tuple(groups_of(ledger, kind))) for kind, count in counts if count),
        pages=context.refs(card.id for card in ledger.cards("page") if not card.withdrawn),
    )


def view_audit(_context: PageContext, record: Record[Controversy]) -> AuditView:
    """The pages of the tab."""
    names = [name for name in texts.Group("overview") if name not in (*urls.TABS, urls.STORY)]
    return AuditView(
        tuple(
            (urls.overview(record.id, name), texts.say(f"overview.{name}"), texts.say(f"overview_note.{name}"))
            for name in names
        )
    )
