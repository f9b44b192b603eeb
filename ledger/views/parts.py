"""What the pages of several kinds share: backlinks, and other records with a reason."""

from itertools import groupby
from typing import Any, NamedTuple

from ledger import links, words
from ledger.context import PageContext, RecordRef
from ledger.loading import Record
from ledger.views.paging import rows_of

Backlinks = tuple[str, tuple[RecordRef, ...]]
"""Records that refer to this one in one way, after the words for that way."""


class RelationView(NamedTuple):
    """Another record, how it stands to this one, also in words, and why."""

    words: str
    effect: str
    other: str
    why: str | None


def view_backlinks(
    context: PageContext, record: Record[Any], *, shown: frozenset[str] = frozenset()
) -> tuple[Backlinks, ...]:
    """Everything that refers to the record, by way of referring, but for the ways that the page shows already."""
    found = [link for link in links.links_in(context.ledger, record.id) if link.relation not in shown]
    groups = []
    for relation, group in groupby(found, key=lambda link: link.relation):
        nodes = rows_of(context, tuple(dict.fromkeys(link.node for link in group)))
        if nodes:
            groups.append((words.RELATIONS[relation][1], context.refs(nodes)))
    return tuple(groups)
