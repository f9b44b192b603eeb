"""Checks of people and groups: everyone has a name, every group someone in it, every stance a source."""

from collections.abc import Iterable, Iterator

from ledger.checks.checking import Check, Finding, value_of
from ledger.diagnostics import Level
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.yamlnodes import FieldPath

Named = tuple[Record, FieldPath, bool]


def _people(_: Ledger, record: Record) -> Iterator[Named]:
    """Every author of a source and every tie of a proponent, and whether it names someone."""
    authors = value_of(record.fields, "authors")
    for at, author in enumerate(authors if isinstance(authors, tuple) else ()):
        yield record, ("authors", at), bool(author.family or author.literal)
    for name in ("affiliations", "members"):
        for at, tie in enumerate(value_of(record.fields, name)):
            yield record, (name, at), bool(tie.id or tie.name)


def _unnamed_author(_: Ledger, item: Named) -> Iterator[Finding]:
    record, path, is_named = item
    if not is_named:
        hint = "an author needs `family` or `literal`; a member or affiliation needs `id` or `name`"
        yield Finding(record.document.span(path), "this entry names nobody", hint)


UNNAMED_AUTHOR = Check("unnamed-author", Level.ERROR, _people, _unnamed_author, excusable=False)
"""An author or member has a name or a record."""


def _group(_: Ledger, record: Record) -> Iterable[Record]:
    return (record,) if record.fields.type == "group" else ()


def _group_without_members(_: Ledger, item: Record) -> Iterator[Finding]:
    """No members, and no stance in which a spokesperson is named and attested."""
    spoken_for = any(stance.in_capacity and stance.attested for stance in item.fields.stances)
    if not item.fields.members and not spoken_for:
        hint = "list `members`, or a stance with `in_capacity` (who speaks for the group) and where it is attested"
        yield Finding(item.document.span(("type",)), "nobody is known to belong to this group", hint)


GROUP_WITHOUT_MEMBERS = Check(
    "group-without-members", Level.ERROR, _group, _group_without_members, kinds=("proponent",)
)
"""A group is someone: it has members, or a member's word for where it stands."""


def _stances(_: Ledger, record: Record) -> Iterable[tuple[Record, int]]:
    return [(record, at) for at in range(len(record.fields.stances))]


def _stance_without_source(_: Ledger, item: tuple[Record, int]) -> Iterator[Finding]:
    record, at = item
    if not record.fields.stances[at].attested:
        hint = "add `attested` with date, source and what it shows; remove the stance if there is none"
        message = f"no source attests that {record.fields.name} takes this stance"
        yield Finding(record.document.span(("stances", at, "id")), message, hint)


STANCE_WITHOUT_SOURCE = Check(
    "stance-without-source", Level.ERROR, _stances, _stance_without_source, kinds=("proponent",)
)
"""Nobody is said to hold a position without a source in which they say so."""
