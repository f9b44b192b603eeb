"""A snapshot is of a source that there is, and its text has a record that says when it was read."""

from collections.abc import Iterable, Iterator

from ledger.checks.support import failed_ids
from ledger.diagnostics import Diagnostic, Level, Span, did_you_mean
from ledger.graph import Ledger

ID = "stray-snapshot"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[tuple[str, str]]:
    """Every snapshot's record and every text, as the source's id and the path."""
    records = [(id_, record.path) for id_, record in ledger.snapshots.items()]
    return sorted([*records, *((id_, kept.path) for id_, kept in ledger.kept_texts.items())])


def check(ledger: Ledger, item: tuple[str, str]) -> Iterator[Diagnostic]:
    """One of a source that is not there, or a text without a record."""
    id_, path = item
    if id_ in failed_ids(ledger):
        return
    source = ledger.records.get(id_)
    if path.endswith(".txt"):
        if id_ not in ledger.snapshots:
            hint = f"take it again with `ledger snapshot {id_} FILE`, or remove it"
            yield Diagnostic(
                Span(path), LEVEL, ID, f"there is no snapshots/{id_}.yml that says what this text is", hint
            )
    elif source is None or source.kind.name != "source":
        message = f"there is no source '{id_}'" if source is None else f"'{id_}' is a {source.kind.name}, not a source"
        yield Diagnostic(Span(path), LEVEL, ID, message, _hint(ledger, id_))


def _hint(ledger: Ledger, id_: str) -> str:
    now = ledger.present_id(id_)
    near = f"it is called '{now}' now" if now in ledger.records and now != id_ else ""
    near = near or did_you_mean(id_, (source.id for source in ledger.of_kind("source")))
    return near or "a snapshot's file has the id of its source as its name"
