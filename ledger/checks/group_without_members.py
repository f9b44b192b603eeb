"""A group is someone: it has members, or a member's word for where it stands."""

from collections.abc import Iterable, Iterator

from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "group-without-members"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[Record]:
    """Every proponent that is a group."""
    return [p for p in of_kinds(ledger, "proponent") if p.fields.type == "group"]


def check(ledger: Ledger, item: Record) -> Iterator[Diagnostic]:
    """No members, and no stance in which a spokesperson is named and attested."""
    spoken_for = any(stance.in_capacity and stance.attested for stance in item.fields.stances)
    if not item.fields.members and not spoken_for:
        hint = "list `members`, or a stance with `in_capacity` (who speaks for the group) and where it is attested"
        yield Diagnostic(item.document.span(("type",)), LEVEL, ID, "nobody is known to belong to this group", hint)
