"""Checks of people and groups: everyone has a name, every group someone in it, every stance a source."""

from collections.abc import Iterable, Iterator
from typing import Any

from ledger.checks.checking import Finding, check, each_in
from ledger.diagnostics import Level
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import Proponent, Source
from ledger.yamlnodes import FieldPath

Named = tuple[Record[Any], FieldPath, bool]


def _people(_: Ledger, record: Record[Any]) -> Iterator[Named]:
    """Every author of a source and every tie of a proponent, and whether it names someone."""
    fields = record.fields
    if isinstance(fields, Source):
        for at, author in enumerate(fields.named_authors):
            yield record, ("authors", at), bool(author.family or author.literal)
    if isinstance(fields, Proponent):
        for name, ties in (("affiliations", fields.affiliations), ("members", fields.members)):
            yield from ((record, (name, at), bool(tie.id or tie.name)) for at, tie in enumerate(ties))


@check("unnamed-author", Level.ERROR, items=_people, excusable=False)
def unnamed_author(_: Ledger, item: Named) -> Iterator[Finding]:
    """An author or member has a name or a record."""
    record, path, is_named = item
    if not is_named:
        hint = "an author needs `family` or `literal`; a member or affiliation needs `id` or `name`"
        yield Finding(record.span(*path), "this entry names nobody", hint)


def _group(_: Ledger, record: Record[Proponent]) -> Iterable[Record[Proponent]]:
    return (record,) if record.fields.type == "group" else ()


@check("group-without-members", Level.ERROR, items=_group, kinds=(Proponent,))
def group_without_members(_: Ledger, item: Record[Proponent]) -> Iterator[Finding]:
    """A group is someone: it has members, or a stance in which a spokesperson is named and attested."""
    spoken_for = any(stance.in_capacity and stance.attested for stance in item.fields.stances)
    if not item.fields.members and not spoken_for:
        hint = "list `members`, or a stance with `in_capacity` (who speaks for the group) and where it is attested"
        yield Finding(item.span("type"), "nobody is known to belong to this group", hint)


@check("stance-without-source", Level.ERROR, items=each_in("stances"), kinds=(Proponent,))
def stance_without_source(_: Ledger, item: tuple[Record[Proponent], int]) -> Iterator[Finding]:
    """Nobody is said to hold a position without a source in which they say so."""
    record, at = item
    if not record.fields.stances[at].attested:
        hint = "add `attested` with date, source and what it shows; remove the stance if there is none"
        message = f"no source attests that {record.fields.name} takes this stance"
        yield Finding(record.span("stances", at, "id"), message, hint)
