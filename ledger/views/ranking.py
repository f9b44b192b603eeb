"""What stands first in the list of a kind: what matters most to readers.

In: a Ledger and a record. Out: how much it matters, by the measure of its kind. Of equals the one whose title comes
first in the alphabet stands first.

- A claim: how many positions of a controversy it matters to and how much (`analysis/cruxes.py`), settled or not; of
  equals the more open one.
- A source: those whose results are their own come first, then the number of claims that it gives evidence on.
- A proponent: how many statements of theirs are recorded.
- A term: how many records link to it. A controversy: how many claims matter to it. A thread: how many controversies
  belong to it.
- An event, a challenge: the day, the newest first. A position: its place in its controversy, the controversy to which
  most claims matter first. A page: its title alone.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from ledger import facets, links
from ledger.analysis import analyse
from ledger.analysis.ties import claims_near
from ledger.graph import Ledger, compared
from ledger.loading import Record
from ledger.records import Proponent, Source

Rank = tuple[tuple[float, ...], str]
"""Sorts a record among those of its kind, the smaller the further up: by figures, and then by a place in words."""
NO_RANK: Rank = ((), "")


@compared
def rank(ledger: Ledger, id_: str) -> Rank:
    """The place of a record; compared with others of its kind alone."""
    measure = MEASURES.get(ledger.node_kind(id_) or "")
    return measure(ledger, id_) if measure else NO_RANK


@compared
def importances(ledger: Ledger) -> Mapping[str, tuple[float, float]]:
    """Claim → its importance to the controversy that it matters to most, and what that would be if it were open."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for of_controversy in analyse(ledger).importance.values():
        for one in of_controversy:
            found[one.claim] = max(found.get(one.claim, (one.score, one.ties)), (one.score, one.ties))
    return {claim: (float(score), float(ties)) for claim, (score, ties) in sorted(found.items())}


def _claim(ledger: Ledger, id_: str) -> Rank:
    score, ties = importances(ledger).get(id_, (0.0, 0.0))
    return (-ties, -score), ""


def uses(ledger: Ledger, source: str) -> int:
    """How many claims take evidence from a source."""
    return len(set(links.linked(links.links_in(ledger, source), "shown_in")))


def _source(ledger: Ledger, id_: str) -> Rank:
    is_own = bool(ledger.record(Source, id_).fields.first_hand)
    return (-is_own, -uses(ledger, id_)), ""


def statements(record: Record[Proponent]) -> int:
    """How many statements of a proponent are recorded."""
    return sum(len(stance.attested) for stance in record.fields.stances)


def _proponent(ledger: Ledger, id_: str) -> Rank:
    return (-statements(ledger.record(Proponent, id_)),), ""


def _event(ledger: Ledger, id_: str) -> Rank:
    day = facets.event_date(ledger.records[id_])
    return ((-day.begins.toordinal(),), "") if day else NO_RANK


def _term(ledger: Ledger, id_: str) -> Rank:
    return (-len({link.other for link in links.links_in(ledger, id_)}),), ""


def _controversy(ledger: Ledger, id_: str) -> Rank:
    return (-len(claims_near(ledger, id_)),), ""


def _position(ledger: Ledger, id_: str) -> Rank:
    controversy, card = facets.controversy_of(ledger, id_), ledger.card(id_)
    figures, _ = _controversy(ledger, controversy) if controversy else NO_RANK
    return figures, f"{controversy} {card.letter if card else ''}"


def _thread(ledger: Ledger, id_: str) -> Rank:
    return (-sum(link.relation == "part_of" for link in links.links_in(ledger, id_)),), ""


MEASURES: Mapping[str, Callable[[Ledger, str], Rank]] = {
    "thread": _thread,
    "controversy": _controversy,
    "position": _position,
    "claim": _claim,
    "source": _source,
    "proponent": _proponent,
    "event": _event,
    "challenge": _event,
    "term": _term,
}
"""Kind → its measure; a kind without one stands in the order of the alphabet."""
