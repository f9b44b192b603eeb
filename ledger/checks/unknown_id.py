"""Every id that is referred to exists."""

from collections.abc import Iterable, Iterator

from ledger.checks.support import every_reference, failed_ids
from ledger.diagnostics import Diagnostic, Level, did_you_mean
from ledger.edges import RECORD, Edge, owner_id
from ledger.graph import Ledger, result
from ledger.naming import Names

ID = "unknown-id"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[Edge]:
    """Every reference, also of records with other errors."""
    return every_reference(ledger)


def check(ledger: Ledger, item: Edge) -> Iterator[Diagnostic]:
    """An edge to nothing, unless the file of that id has an error of its own."""
    target, wants = item.target, item.wants
    if ledger.node_kind(item.target) is not None or owner_id(target) in failed_ids(ledger):
        return
    what, written = "record" if wants == RECORD else wants, item.written
    message = f"there is no {what} with the id '{written}'" if written else "this reference names no id"
    yield Diagnostic(
        ledger.span(item), LEVEL, ID, message, _near(ledger, wants, written) or f"add the {what}, or correct the id"
    )


@result
def _near(ledger: Ledger, wants: str, written: str) -> str:
    """A hint at an id that was perhaps meant; many references may name the same that is not there."""
    known = _known(ledger, wants)
    return next(filter(None, (did_you_mean(words, known.like(words)) for words in (written, _stem(written)))), "")


@result
def _known(ledger: Ledger, wants: str) -> Names:
    """The ids that a reference of some sort can name."""
    nodes = (node for id_ in ledger.records for node in ledger.nodes_of(id_))
    return Names([node for node in nodes if wants in (ledger.node_kind(node), RECORD)])


def _stem(written: str) -> str:
    """The id in what looks like a path: `x` of `../claims/x.html`."""
    return written.rsplit("/", 1)[-1].partition(".")[0]
