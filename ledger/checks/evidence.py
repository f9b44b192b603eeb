"""Checks of what claims stand on: their evidence, where it comes from, and what it is worth."""

from collections.abc import Iterable, Iterator
from typing import Any

from ledger import texts
from ledger.analysis import analyse
from ledger.analysis.lineages import FALLEN, OWN_FINDING, RETELLING
from ledger.analysis.origins import in_order
from ledger.analysis.ratings import Rating
from ledger.checks.checking import Finding, check
from ledger.checks.references import circle
from ledger.diagnostics import Level
from ledger.edges import Edge
from ledger.graph import Ledger
from ledger.loading import Record, is_a
from ledger.rating_words import verdict_words
from ledger.records import Claim, Proponent, Source

SOFT_TYPES = ("definitional", "normative")
UNUSED = {
    "source": "cite it in a claim's evidence, or remove it",
    "proponent": "give them a stance, an event or a source they wrote, or remove the record",
    "claim": "say which position it counts for or against, or which claim it relates to",
}
SHOWN = 10
"""How many ids of a loop are named; of a longer one the first and the last."""


@check("claim-without-evidence", Level.ERROR, kinds=(Claim,))
def claim_without_evidence(_: Ledger, item: Record[Claim]) -> Iterator[Finding]:
    """A claim has evidence; one about words or values may do without, with a warning."""
    if not item.fields.evidence:
        level = Level.WARNING if item.fields.type in SOFT_TYPES else None
        hint = "add an entry to `evidence` with a source and what it shows"
        yield Finding(item.span("statement"), "this claim has no evidence", hint, level)


@check("only-mentions", Level.WARNING, kinds=(Claim,))
def only_mentions(_: Ledger, item: Record[Claim]) -> Iterator[Finding]:
    """Something counts for or against a claim: an item that only mentions it has no weight."""
    evidence = item.fields.evidence
    if evidence and item.fields.type not in SOFT_TYPES and all(one.relation == "mentions" for one in evidence):
        message = "every item of evidence only mentions this claim, so nothing counts for or against it"
        yield Finding(item.span("evidence", 0, "relation"), message, "add a source that shows something of it")


def _with_standing(_: Ledger, record: Record[Claim]) -> Iterable[Record[Claim]]:
    """The claim, if anything has weight for it."""
    return (record,) if any(one.relation != "mentions" for one in record.fields.evidence) else ()


@check("only-retracted", Level.WARNING, items=_with_standing, kinds=(Claim,))
def only_retracted(ledger: Ledger, item: Record[Claim]) -> Iterator[Finding]:
    """Not everything that counts for or against a claim is from works that were retracted or withdrawn."""
    weighty = [(at, one) for at, one in enumerate(item.fields.evidence) if one.relation != "mentions"]
    cards = [ledger.card(ledger.present_id(one.source)) for _, one in weighty]
    if all(card and card.status in FALLEN for card in cards):
        at, first = weighty[0]
        several = "every work" if len({one.source for _, one in weighty}) > 1 else f"'{first.source}', the only work"
        message = f"{several} that counts for or against this claim was retracted or withdrawn"
        hint = "look for other evidence, or withdraw the claim; `exceptions` says why it stays as it is"
        yield Finding(item.span("evidence", at, "source"), message, hint)


@check("orphan", Level.WARNING, kinds=(Source, Proponent, Claim), needs_every_file=True)
def orphan(ledger: Ledger, item: Record[Any]) -> Iterator[Finding]:
    """Every source, proponent and claim is used by something; a claim or proponent may also refer to a position."""
    refers = (is_a(item, Claim) and (item.fields.bears_on or item.fields.relations)) or (
        is_a(item, Proponent) and item.fields.stances
    )
    if not refers and not item.is_draft and all(edge.owner == item.id for edge in ledger.edges_to(item.id)):
        kind = item.kind.name
        yield Finding(item.span(item.kind.title_field), f"nothing refers to this {kind}", UNUSED[kind])


def _loops(ledger: Ledger) -> Iterable[frozenset[str]]:
    """Every source once, in the set of those that can be reached from it and back: alone, where there is no loop."""
    sources = {card.id: card for card in ledger.cards("source") if not card.withdrawn}
    steps = {id_: tuple(one for one in _earlier(ledger, id_) if one in sources) for id_ in sources}
    return sorted((frozenset(loop) for loop in in_order(steps)), key=min)


def _earlier(ledger: Ledger, id_: str) -> list[str]:
    """The other sources that a source takes from. That it names itself is a mistake for `self-reference`."""
    return [edge.target for edge in ledger.edges_from(id_) if edge.name == "derived_from" and edge.target != id_]


@check("derivation-loop", Level.WARNING, items=_loops, of="ledger")
def derivation_loop(ledger: Ledger, item: frozenset[str]) -> Iterator[Finding]:
    """No source derives from itself by way of others: a loop has no origin. The shortest is shown."""
    start = min(item)
    if loop := _way_back(ledger, start, item):
        message = "derives from itself: " + " → ".join([*_shortened(loop), start])
        hint = "one of these came first: correct its `derived_from`"
        yield Finding(ledger.records[start].span("derived_from"), message, hint)


def _way_back(ledger: Ledger, start: str, within: frozenset[str]) -> list[str]:
    """The ids of the shortest loop through `start`, beginning with it; empty when there is none."""
    steps = {id_: sorted(within.intersection(_earlier(ledger, id_))) for id_ in within}
    if start in steps[start]:
        return [start]
    if len(within) == 1:
        return []
    import networkx as nx  # slow to import

    ways: dict[str, list[str]] = nx.single_source_shortest_path(nx.DiGraph(steps), start)
    return next(way for end, way in ways.items() if start in steps[end])


def _shortened(loop: list[str]) -> list[str]:
    half = SHOWN // 2
    return loop if len(loop) <= SHOWN else [*loop[:half], f"… {len(loop) - 2 * half} more …", *loop[-half:]]


@check("chain-without-origin", Level.WARNING, kinds=(Source,))
def chain_without_origin(ledger: Ledger, item: Record[Source]) -> Iterator[Finding]:
    """A chain of derivation that carries evidence ends at a source that is the first to say it, or says `unknown`.

    A source whose derivation is `unknown` is no finding: it says so itself, is counted as untraced and shown.
    """
    if not item.fields.first_hand and not item.fields.derived_from and _carries(ledger, item.id):
        message = "evidence goes back to this source, which is not first-hand and takes from no other"
        hint = "write `first_hand: true` if it is the first to say it, what it takes from, or `derived_from: unknown`"
        yield Finding(item.span("derived_from"), message, hint)


def _carries(ledger: Ledger, source: str) -> bool:
    """Whether a claim that holds cites a source, or a work that takes from it, however far on."""
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
    how = edge.own.get("how")
    return how in RETELLING or (how not in OWN_FINDING and not ledger.record(Source, edge.owner).fields.first_hand)


def _rated(ledger: Ledger, record: Record[Claim]) -> Iterable[tuple[Record[Claim], Rating]]:
    """The claim with its computed rating, if an editor has rated it and every record is sound."""
    if not record.fields.assessments or ledger.unsound:
        return ()
    return ((record, analyse(ledger).ratings[record.id]),)


@check("rating-divergence", Level.WARNING, items=_rated, kinds=(Claim,), needs_every_file=True, needs_structure=True)
def rating_divergence(_: Ledger, item: tuple[Record[Claim], Rating]) -> Iterator[Finding]:
    """Where the newest rating and the computed verdict are two words apart, the editor says why."""
    claim, rating = item
    if rating.editor and rating.divergence and not rating.divergence.because:
        span = claim.span("assessments", len(claim.fields.assessments) - 1, "rating")
        with texts.spoken(texts.english()):
            computed, meant = verdict_words(rating), texts.say(f"claim_rating.{rating.editor.rating}")
        rated = f"{rating.editor.rating} ({meant})"
        message = f"rated {rated}, but the evidence comes out as {computed}"
        hint = "add `diverges_because` to this rating, or rate again; the claim's page shows why the evidence does"
        yield Finding(span, message, hint)


def _searched(_: Ledger, record: Record[Claim]) -> Iterable[tuple[Record[Claim], int]]:
    """Every search of a claim that says for which side it was made."""
    return ((record, at) for at, search in enumerate(record.fields.searches) if search.side)


@check("search-unaccounted", Level.WARNING, items=_searched, kinds=(Claim,))
def search_unaccounted(_: Ledger, item: tuple[Record[Claim], int]) -> Iterator[Finding]:
    """A search for one side says what became of each hit; one that does not counts for nothing."""
    claim, at = item
    search = claim.fields.searches[at]
    if search.found > len(search.hits):
        message = f"found {search.found}, but `hits` says what became of {len(search.hits)}"
        yield Finding(
            claim.span("searches", at, "found"), message, "add an entry to `hits` for each, or it does not count"
        )


@check("strong-tie-without-reason", Level.WARNING, kinds=(Claim,))
def strong_tie_without_reason(_: Ledger, item: Record[Claim]) -> Iterator[Finding]:
    """A claim that counts strongly for or against a position says why."""
    for at, tie in enumerate(item.fields.bears_on):
        if tie.strength == "strong" and not tie.why:
            message = f"this tie to {tie.position} is strong and gives no reason"
            yield Finding(item.span("bears_on", at, "strength"), message, "add a `why`, or leave `strength` out")


@check("version-loop", Level.WARNING, kinds=(Source,))
def version_loop(ledger: Ledger, item: Record[Source]) -> Iterator[Finding]:
    """No source is a version of itself by way of others: one of them is the work that readers should cite."""
    loop = circle(ledger, item.id, "version_of") if item.fields.version_of else ()
    if loop and all(map(ledger.stands, loop)):
        hint = "leave `version_of` out of the one that readers should cite"
        yield Finding(item.span("version_of"), f"is a version of itself: {' → '.join([*loop, item.id])}", hint)
