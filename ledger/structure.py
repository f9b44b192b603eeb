"""What a record must be for anything to be computed from it.

In: cards and edges. Out: the ids of the records whose structure is at fault, and which checks say so. Such a record is
checked and shown to its editors like any other, but takes no part in what is computed (`analysis.sound`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from ledger.edges import MENTIONS, OWNING, RECORD, Card, Edge

IN_TEXT = frozenset(edge_type.name for edge_type in MENTIONS)
"""Edges that are written in a text: one that leads nowhere spoils a link and no figure."""
Cards = Mapping[str, Card]


def node_kind(cards: Cards, node: str) -> str | None:
    """What a node is: a kind of record, `evidence` or `stance`; None for an id that nothing has."""
    if card := cards.get(node):
        return card.kind
    id_, _, part = node.partition("/")
    card = cards.get(id_)
    return OWNING[card.kind][1] if card and part in card.parts else None


Ends = Sequence[tuple[str, str | None]]
"""Of each reference of a record, outside its texts: the kind that it must reach, and the one that it reaches."""


STRUCTURAL: Mapping[str, Callable[[Card, Ends], bool]] = {
    "duplicate-part": lambda card, _: len(set(card.parts)) < len(card.parts),
    "unknown-id": lambda _, ends: any(kind is None for _, kind in ends),
    "wrong-kind": lambda _, ends: any(kind not in (None, wants) and wants != RECORD for wants, kind in ends),
}
"""The checks whose errors are structural, and how such an error is seen in a record's card and references."""


def unsound(cards: Cards, edges: Mapping[str, Sequence[Edge]], among: Iterable[str]) -> frozenset[str]:
    """The records with a structural error among some."""
    return frozenset(id_ for id_ in among if _is_unsound(cards, cards[id_], edges[id_]))


def _is_unsound(cards: Cards, card: Card, edges: Sequence[Edge]) -> bool:
    ends = [
        (edge.wants, end.kind if (end := cards.get(edge.target)) else node_kind(cards, edge.target))
        for edge in edges
        if edge.name not in IN_TEXT
    ]
    return any(is_at_fault(card, ends) for is_at_fault in STRUCTURAL.values())
