"""Checks of what claims stand on: their evidence, where it comes from, and what it is worth."""

from collections.abc import Iterable, Iterator, Mapping

from ledger.analysis import analyse
from ledger.analysis.origins import OWN_FINDING
from ledger.analysis.ratings import Rating
from ledger.checks.checking import Check, Finding, itself
from ledger.diagnostics import Level
from ledger.edges import Edge
from ledger.graph import Ledger
from ledger.loading import Record

SOFT_TYPES = ("definitional", "normative")


def _claim_without_evidence(_: Ledger, item: Record) -> Iterator[Finding]:
    if not item.fields.evidence:
        level = Level.WARNING if item.fields.type in SOFT_TYPES else None
        hint = "add an entry to `evidence` with a source and what it shows"
        yield Finding(item.document.span(("statement",)), "this claim has no evidence", hint, level)


CLAIM_WITHOUT_EVIDENCE = Check("claim-without-evidence", Level.ERROR, itself, _claim_without_evidence, kinds=("claim",))
"""A claim stands on evidence; one about words or values may do without, with a warning."""

UNUSED = {
    "source": "cite it in a claim's evidence, or remove it",
    "proponent": "give them a stance, an event or a source they wrote, or remove the record",
    "claim": "say which position it bears on or which claim it relates to",
}


def _orphan(ledger: Ledger, item: Record) -> Iterator[Finding]:
    """A record that no other refers to; a claim or proponent may also reach out itself."""
    used = any(edge.owner != item.id for edge in ledger.edges_to(item.id))
    kind = item.kind.name
    reaches_out = (kind == "claim" and (item.fields.bears_on or item.fields.relations)) or (
        kind == "proponent" and item.fields.stances
    )
    if not used and not reaches_out:
        span = item.document.span((item.kind.title_field,))
        yield Finding(span, f"nothing refers to this {kind}", UNUSED[kind])


ORPHAN = Check("orphan", Level.WARNING, itself, _orphan, kinds=tuple(UNUSED), needs_every_file=True)
"""Every source, proponent and claim is used by something."""

SHOWN = 10
"""So many ids of a loop are named; of a longer one the first and the last."""


def _loops(ledger: Ledger) -> Iterable[frozenset[str]]:
    """Every source once, in the set of those that can be reached from it and back: alone, where there is no loop."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    sources = [card.id for card in ledger.cards("source") if not card.withdrawn]
    derivations = nx.DiGraph()
    derivations.add_nodes_from(sources)
    steps = ((id_, target) for id_ in sources for target in _earlier(ledger, id_))
    derivations.add_edges_from((id_, target) for id_, target in steps if target in derivations)
    return sorted((frozenset(loop) for loop in nx.strongly_connected_components(derivations)), key=min)


def _earlier(ledger: Ledger, id_: str) -> list[str]:
    return [edge.target for edge in ledger.edges_from(id_) if edge.name == "derived_from"]


def _derivation_loop(ledger: Ledger, item: frozenset[str]) -> Iterator[Finding]:
    """The shortest way from the loop's first id back to itself."""
    start = min(item)
    if loop := _way_back(ledger, start, item):
        message = "derives from itself: " + " → ".join([*_shortened(loop), start])
        hint = "one of these came first: correct its `derived_from`"
        yield Finding(ledger.records[start].document.span(("derived_from",)), message, hint)


def _way_back(ledger: Ledger, start: str, within: frozenset[str]) -> list[str]:
    """The ids of the shortest loop through `start`, beginning with it; empty when there is none."""
    later = {start: ""}
    waiting = [start]
    for id_ in waiting:
        for earlier in sorted(within.intersection(_earlier(ledger, id_))):
            if earlier == start:
                return _way_to(id_, later)
            if earlier not in later:
                later[earlier] = id_
                waiting.append(earlier)
    return []


def _way_to(id_: str, later: Mapping[str, str]) -> list[str]:
    way = []
    while id_:
        way.append(id_)
        id_ = later[id_]
    return way[::-1]


def _shortened(loop: list[str]) -> list[str]:
    half = SHOWN // 2
    return loop if len(loop) <= SHOWN else [*loop[:half], f"… {len(loop) - 2 * half} more …", *loop[-half:]]


DERIVATION_LOOP = Check("derivation-loop", Level.WARNING, _loops, _derivation_loop, of="ledger")
"""No source derives from itself by way of others: a loop has no origin."""


def _chain_without_origin(ledger: Ledger, item: Record) -> Iterator[Finding]:
    """A source that says nothing first and takes from no other, though evidence goes back to it."""
    if not item.fields.first_hand and not item.fields.derived_from and _carries(ledger, item.id):
        message = "evidence goes back to this source, which is not first-hand and takes from no other"
        hint = "write `first_hand: true` if it is the first to say it, what it takes from, or `derived_from: unknown`"
        yield Finding(item.document.span(("derived_from",)), message, hint)


def _carries(ledger: Ledger, source: str) -> bool:
    """Whether a standing claim cites a source, or a standing work that takes from it, however far on."""
    seen, waiting = {source}, [source]
    while waiting:
        for edge in ledger.edges_to(waiting.pop()):
            card = ledger.card(edge.owner)
            if card is None or card.withdrawn or edge.owner in seen:
                continue
            if edge.name == "shown_in":
                return True
            if edge.name == "derived_from" and _takes(ledger, edge):
                seen.add(edge.owner)
                waiting.append(edge.owner)
    return False


def _takes(ledger: Ledger, edge: Edge) -> bool:
    """Whether a source has what it says from the one that it names, and did not find it itself."""
    return edge.own.get("how") not in OWN_FINDING and not ledger.records[edge.owner].fields.first_hand


CHAIN_WITHOUT_ORIGIN = Check("chain-without-origin", Level.WARNING, itself, _chain_without_origin, kinds=("source",))
"""A chain of derivation that carries evidence ends at a source that is the first to say it, or says that it is unknown.

A source whose derivation is `unknown` is no finding: it says so itself, is counted as untraced and shown.
"""


def _rated(ledger: Ledger, record: Record) -> Iterable[tuple[Record, Rating]]:
    """The claim with its computed rating, if an editor has rated it."""
    return ((record, analyse(ledger).ratings[record.id]),) if record.fields.assessments else ()


def _rating_divergence(_: Ledger, item: tuple[Record, Rating]) -> Iterator[Finding]:
    """Two ratings that part without a word."""
    claim, rating = item
    if rating.editor and rating.divergence and not rating.divergence.because:
        span = claim.document.span(("assessments", len(claim.fields.assessments) - 1, "rating"))
        message = f"rated {rating.editor.rating}, but {_computed(rating, rating.divergence.steps)}"
        hint = "add `diverges_because` to this rating, or rate again; the claim's page shows the arithmetic"
        yield Finding(span, message, hint)


def _computed(rating: Rating, steps: int) -> str:
    if steps:
        return f"{rating.computed} is computed, {steps} bands apart"
    return f"what counts speaks against the claim (computed: {rating.computed})"


RATING_DIVERGENCE = Check(
    "rating-divergence", Level.WARNING, _rated, _rating_divergence, kinds=("claim",), needs_every_file=True
)
"""Where the editor's newest rating and the computed one stand two bands apart, or on two sides, the editor says why."""
