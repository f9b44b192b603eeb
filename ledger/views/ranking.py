"""The order of lists: what matters most to readers first; and the order of the alphabet.

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

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import partial

from ledger import facets, links, texts
from ledger.analysis import analyse
from ledger.analysis.ties import claims_near
from ledger.context import plain_title
from ledger.graph import Ledger, compared
from ledger.loading import Record
from ledger.records import KINDS, Proponent, Source

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


def _event(ledger: Ledger, id_: str) -> Rank:
    day = facets.event_date(ledger.records[id_])
    return ((-day.begins.toordinal(),), "") if day else NO_RANK


def _controversy(ledger: Ledger, id_: str) -> Rank:
    return (-len(claims_near(ledger, id_)),), ""


def _position(ledger: Ledger, id_: str) -> Rank:
    controversy, card = facets.controversy_of(ledger, id_), ledger.card(id_)
    figures, _ = _controversy(ledger, controversy) if controversy else NO_RANK
    return figures, f"{controversy} {card.letter if card else ''}"


MEASURES: Mapping[str, Callable[[Ledger, str], Rank]] = {
    "thread": lambda ledger, id_: ((-sum(one.relation == "part_of" for one in links.links_in(ledger, id_)),), ""),
    "controversy": _controversy,
    "position": _position,
    "claim": _claim,
    "source": _source,
    "proponent": lambda ledger, id_: ((-statements(ledger.record(Proponent, id_)),), ""),
    "event": _event,
    "challenge": _event,
    "term": lambda ledger, id_: ((-len({one.other for one in links.links_in(ledger, id_)}),), ""),
}
"""Kind → its measure; a kind without one stands in the order of the alphabet."""


# The order of the alphabet


_SIGNS = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Words as the alphabet sorts them: without case and accents, quotation marks and other signs left out."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    if not plain.isascii():
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _SIGNS.sub(" ", plain).strip()


def letter_of(title: str) -> str:
    """The letter that a folded title stands under."""
    first = title[:1].upper()
    return first if first.isalpha() else texts.say("a_z.no_letter")


@compared
def alphabet(ledger: Ledger, kind: str) -> Mapping[str, str]:
    """The records of a kind in the order of the alphabet: id → title as the alphabet sorts it."""
    titles = {card.id: folded(plain_title(ledger, card.id)) for card in ledger.cards(kind)}
    return dict(sorted(titles.items(), key=lambda entry: entry[::-1]))


@compared
def from_a_to_z(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """The records of all kinds by the letter that they stand under, in the order of the alphabet."""
    titles = [entry for kind in KINDS for entry in alphabet(ledger, kind.name).items()]
    return by_value((letter_of(title), id_) for id_, title in sorted(titles, key=lambda entry: entry[::-1]))


def by_value(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Value → what has it, from pairs of both."""
    found: dict[str, list[str]] = {}
    for value, id_ in pairs:
        found.setdefault(value, []).append(id_)
    return {value: tuple(ids) for value, ids in found.items()}


@compared
def ranked(ledger: Ledger, kind: str) -> tuple[str, ...]:
    """The records of a kind, what matters most first; of equals in the order of the alphabet."""
    place = _claim if kind == "claim" else rank  # one result tells it of all claims
    return tuple(sorted(alphabet(ledger, kind), key=partial(place, ledger)))


@compared
def order(ledger: Ledger, kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The list of a kind, in its order: the records that stand, and those that were withdrawn."""
    ids = ranked(ledger, kind)
    return tuple(filter(ledger.stands, ids)), tuple(id_ for id_ in ids if not ledger.stands(id_))
