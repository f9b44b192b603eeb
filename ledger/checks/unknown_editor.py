"""Whoever rates, searches or records is listed in `site.yml`."""

from collections.abc import Iterable, Iterator
from typing import Any

from ledger.diagnostics import Diagnostic, Level, did_you_mean
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.yamlnodes import FieldPath

ID = "unknown-editor"
LEVEL = Level.ERROR
LISTS = ("assessments", "searches", "evidence")


def items(ledger: Ledger) -> Iterable[tuple[Record, FieldPath, str]]:
    """Every `by` of a rating, a search or an evidence item; none if there is no `site.yml`, which is told by itself."""
    for record in ledger.records.values() if ledger.site else ():
        yield from _signed(record, record.fields, ())
        for at, part in enumerate(getattr(record.fields, "parts", ())):
            yield from _signed(record, part, ("parts", at))


def _signed(record: Record, fields: Any, path: FieldPath) -> Iterator[tuple[Record, FieldPath, str]]:
    for name in LISTS:
        for at, entry in enumerate(getattr(fields, name, ())):
            if entry.by:
                yield record, (*path, name, at, "by"), entry.by


def check(ledger: Ledger, item: tuple[Record, FieldPath, str]) -> Iterator[Diagnostic]:
    """A name that `site.yml` does not list."""
    record, path, by = item
    known = [editor.id for editor in ledger.settings.editors]
    if by not in known:
        hint = did_you_mean(by, known) or "add them to `editors` in site.yml"
        yield Diagnostic(record.document.span(path), LEVEL, ID, f"there is no editor '{by}' in site.yml", hint)
