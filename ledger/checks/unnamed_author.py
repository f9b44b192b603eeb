"""An author or member has a name or a record."""

from collections.abc import Iterable, Iterator

from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.yamlnodes import FieldPath

ID = "unnamed-author"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[tuple[Record, FieldPath, bool]]:
    """Every author of a source and every tie of a proponent, and whether it names someone."""
    for record in ledger.records.values():
        authors = getattr(record.fields, "authors", ())
        for at, author in enumerate(authors if isinstance(authors, tuple) else ()):
            yield record, ("authors", at), bool(author.family or author.literal)
        for name in ("affiliations", "members"):
            for at, tie in enumerate(getattr(record.fields, name, ())):
                yield record, (name, at), bool(tie.id or tie.name)


def check(ledger: Ledger, item: tuple[Record, FieldPath, bool]) -> Iterator[Diagnostic]:
    """An entry without anybody in it."""
    record, path, named = item
    if not named:
        hint = "an author needs `family` or `literal`; a member or affiliation needs `id` or `name`"
        yield Diagnostic(record.document.span(path), LEVEL, ID, "this entry names nobody", hint)
