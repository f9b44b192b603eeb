"""The text of a snapshot is the one that was read: it has the hash that the snapshot's record gives."""

from collections.abc import Iterable, Iterator

from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger

ID = "snapshot-hash"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[str]:
    """Every source with a snapshot whose text is kept."""
    return sorted(ledger.kept_texts.keys() & ledger.snapshots.keys())


def check(ledger: Ledger, item: str) -> Iterator[Diagnostic]:
    """A text with another hash. No quote is looked for in it."""
    kept, snapshot = ledger.kept_texts[item], ledger.snapshots[item]
    if kept.sha256 != snapshot.fields.sha256:
        message = f"{kept.path} is not the text that was read: its SHA-256 hash is {kept.sha256}"
        hint = f"bring the text back, or take it again with `ledger snapshot {item} FILE --force`"
        yield Diagnostic(snapshot.document.span(("sha256",)), LEVEL, ID, message, hint)
