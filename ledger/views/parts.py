"""What the pages of several kinds share: what links to a record, and other records with a reason."""

from collections.abc import Iterable
from typing import Any

from ledger import links
from ledger.analysis.challenges import against
from ledger.context import PageContext, RecordRef
from ledger.links import RecordLink
from ledger.loading import Record
from ledger.records import FOLDER_OF
from ledger.views import View
from ledger.views.paging import rows_of

NAMED = 12
"""How many records of a group are shown before the others are folded away."""
GROUPS = {
    "for": ("supports", "holds", "leans", "rests_on"),
    "against": ("disputes", "undercuts", "rejects", "left", "excludes", "objected_to_by", "about_rival"),
    "limits": ("qualifies", "narrows"),
    "builds_on": ("depends-on", "supersedes", "derived_from", "retells"),
    "same_as": ("restates", "version_of", "merged_into"),
    "cited": (),
}
"""The words that readers see for what one record does to another → the edges that do it; any other edge cites it."""
RELATION = {edge: group for group, edges in GROUPS.items() for edge in edges}
"""What one record does to another → the word that readers see."""
_GROUPS, _KINDS = (*GROUPS,), (*FOLDER_OF,)


def view_backlinks(context: PageContext, record: Record[Any], shown: frozenset[str]) -> tuple[View, ...]:
    """Everything that links to the record by what it does, each record once, but for challenges and what is shown."""
    challenged = against(context.ledger, record.id)
    linked = (link for link in links.links_in(context.ledger, record.id) if link.other not in challenged)
    found = [link for link in linked if link.relation not in shown]
    here = {
        node for relation in dict.fromkeys(link.relation for link in found) for node in _of(context, found, relation)
    }
    groups = {
        link.node: group_of(link)
        for link in sorted(found, key=lambda link: _GROUPS.index(group_of(link)), reverse=True)
        if link.node in here
    }
    refs = {node: context.ref(node) for node in groups}
    order = sorted(groups, key=lambda node: (_KINDS.index(refs[node].kind), refs[node].title.casefold(), node))
    by_group = {group: tuple(refs[node] for node in order if groups[node] == group) for group in GROUPS}
    # the first link to each record
    once = ((group, {ref.id: ref for ref in reversed(refs)}) for group, refs in by_group.items() if refs)
    return tuple(_group(group, tuple(of.values())[::-1]) for group, of in once)


def _group(name: str, refs: tuple[RecordRef, ...]) -> View:
    """The records that do the same: those that are shown at once, one more than usual too; and those folded away."""
    many = NAMED if len(refs) > NAMED + 1 else len(refs)
    return View(group=name, first=refs[:many], others=refs[many:])


def group_of(link: RecordLink) -> str:
    """What a link does, in the words that readers see."""
    edge = str(link.own.get("effect", "")) if link.relation in ("bears_on", "shown_in") else link.relation
    return RELATION.get(edge, "cited")


def _of(context: PageContext, found: Iterable[RecordLink], relation: str) -> tuple[str, ...]:
    """What links in one way, as far as it is on this page."""
    return rows_of(context, tuple(dict.fromkeys(link.node for link in found if link.relation == relation)))
