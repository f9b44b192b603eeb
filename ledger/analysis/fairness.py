"""Whether the positions of a controversy are served alike: figures of each, and where one stands apart.

In: a Ledger, what stands behind each item, and the items whose quote can be checked. Out: per controversy,
what every position is given, with flags where it stands apart and floors that it does not reach. Both report and ask
for a look; nothing is evened out, since positions may differ for good reasons.
"""

import statistics
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Literal, get_args

from ledger.analysis.bearing import BEARING, Ties
from ledger.analysis.lineages import Backing
from ledger.analysis.ties import FOR_IT, positions_in, ties_in
from ledger.analysis.works import Work, largest_choice
from ledger.dates import PartialDate
from ledger.describing import Exact, RecordId, described
from ledger.graph import Ledger, compared
from ledger.loading import Record
from ledger.records import Claim, Evidence, Position, Proponent, Source
from ledger.vocabulary import Tier

FEWEST_TEAMS = 3
"""Below so many independent teams a position is said to stand on few."""
Floor = Literal["no-holder", "no-steelman", "no-checked-quote", "no-search", "few-teams"]
"""What is said even when it is true of every position."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A figure that stands apart from those of the other positions."""

    measure: str = described("the figure")
    word: Literal["low", "high", "missing"] = described("how it differs from the others")
    value: Exact = described("its value")
    median: Exact = described("the median of the others")


@dataclass(frozen=True, slots=True)
class Share:
    """What the ledger gives a position.

    Items speak for it directly if they support a claim that counts for it, or dispute one that counts against it; those
    whose source or origins have fallen are left out.
    """

    position: RecordId = described("the position")
    items: int = described("evidence items for it, by a tie of their own claim")
    sources: int = described("the sources that they cite")
    works: int = described("the works that they go back to")
    teams: int = described("the largest number of these that share no author, organisation as author or data")
    quoted: int = described("items with a quote")
    verified: int = described("items whose quote was found in the snapshot")
    verified_share: Exact | None = described("`verified` divided by `items`; missing without items")
    own_words: int = described("items from a source written by a holder")
    own_words_share: Exact | None = described("`own_words` divided by `items`; missing without items")
    tiers: Mapping[Tier, int] = described("how many works of each type of source")
    """In the order of the vocabulary."""
    median_age: Exact | None = described("the median age of the works, in days; missing without works")
    """Each is as young as its date allows."""
    words: int = described("how many words its statement, steelman and body have")
    steelman: bool = described("whether it has a best case")
    assessed_days: int | None = described("days since it was last rated; missing if it never was")
    """The position or a part of it."""
    holders: tuple[RecordId, ...] = described("proponents with a record who hold it or lean to it")
    """One who has left it is not among them."""
    unregistered: tuple[str, ...] = described("names of holders without a record, ids of groups without a named member")
    searches: int = described("searches logged on the claims that it rests on or rejects")
    searches_against: int = described("searches among them that looked for evidence against it")
    floors: tuple[Floor, ...] = described("what it lacks, whatever the others have", default=())
    flags: tuple[Flag, ...] = described("figures far from those of the other positions", default=())

    def figures(self) -> dict[str, Fraction | None]:
        """The figures that are compared between positions, by name."""
        assessed = self.assessed_days
        return {
            "items": Fraction(self.items),
            "sources": Fraction(self.sources),
            "works": Fraction(self.works),
            "teams": Fraction(self.teams),
            "verified-share": self.verified_share,
            "own-words-share": self.own_words_share,
            "median-age": self.median_age,
            "words": Fraction(self.words),
            "assessed-days": None if assessed is None else Fraction(assessed),
            "holders": Fraction(len(self.holders)),
            "unregistered": Fraction(len(self.unregistered)),
            "searches": Fraction(self.searches),
        }


def shares_of(
    ledger: Ledger,
    controversy: str,
    backings: Mapping[str, Mapping[str, Backing]],
    checked: Collection[str],
    factor: Fraction,
) -> tuple[Share, ...]:
    """What each position of one controversy is given, by letter.

    `backings`: claim → item → what stands behind it, for the items that count. `checked`: the items whose quote can be
    checked again. `factor`: with 2, a figure is flagged when it is more than twice or less than half the median of the
    other positions.
    """
    ties, holders = ties_in(ledger, controversy), holders_by_position(ledger)
    items, searches = _items(ledger, ties, backings), _searches(ledger, ties)
    plain = [
        _position(
            ledger,
            ledger.record(Position, id_),
            _backing(ledger, items.get(id_, {}), holders.get(id_, ()), checked),
            [ledger.core(Proponent, holder) for holder in holders.get(id_, ())],
            searches.get(id_, []),
        )
        for id_ in positions_in(ledger, controversy)
    ]
    return tuple(_flagged(plain, factor))


def _position(
    ledger: Ledger,
    record: Record[Position],
    backing: Mapping[str, Any],
    holders: list[Record[Proponent]],
    searches: list[bool],
) -> Share:
    fields, as_of = record.fields, ledger.as_of
    made = (fields.assessments, *(part.assessments for part in fields.parts))
    newest = max((entry.date.latest for entries in made for entry in entries), default=None)
    share = Share(
        position=record.id,
        **backing,
        words=sum(len(text.split()) for text in (fields.statement, fields.steelman or "", fields.body or "")),
        steelman=fields.steelman is not None,
        assessed_days=max(0, (as_of - newest).days) if as_of and newest else None,
        holders=tuple(holder.id for holder in holders),
        unregistered=tuple(sorted({name for holder in holders for name in _unregistered(holder)})),
        searches=len(searches),
        searches_against=sum(searches),
    )
    return replace(share, floors=tuple(_floors(share)))


def _floors(share: Share) -> Iterator[Floor]:
    lacking: Mapping[Floor, bool] = {
        "no-holder": not share.holders and not share.unregistered,
        "no-steelman": not share.steelman,
        "no-checked-quote": not share.verified,
        "no-search": not share.searches_against,
        "few-teams": share.teams < FEWEST_TEAMS,
    }
    return (floor for floor, lacks in lacking.items() if lacks)


def _unregistered(holder: Record[Proponent]) -> Iterator[str]:
    """Who stands behind a group and has no record; the group itself when nobody is named."""
    yield from (tie.name for tie in holder.fields.members if tie.name and not tie.id)
    if holder.fields.type == "group" and not holder.fields.members:
        yield holder.id


@compared
def holders_by_position(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Position → those who hold it or lean to it, by id, as they said last; of two stances of one day, having left."""
    found: dict[str, dict[str, list[tuple[date, int, bool, str]]]] = {}
    for proponent in ledger.of_kind("proponent"):
        for stance in proponent.fields.stances if proponent.fields.withdrawn is None else ():
            day, precision = max((_when(said.date) for said in stance.attested), default=(date.min, 0))
            of = found.setdefault(ledger.present_id(stance.position), {})
            of.setdefault(proponent.id, []).append((day, precision, stance.stance == "left", stance.stance))
    return {
        position: tuple(sorted(id_ for id_, stances in of.items() if max(stances)[-1] in FOR_IT))
        for position, of in found.items()
    }


def _when(written: PartialDate) -> tuple[date, int]:
    """For sorting by first day, coarser first; an open beginning counts from the end that is known."""
    return written.latest if written.earliest == date.min else written.earliest, written.precision


def _items(
    ledger: Ledger, ties: Ties, backings: Mapping[str, Mapping[str, Backing]]
) -> dict[str, dict[str, tuple[Evidence, Backing]]]:
    """Position → the items that speak for it directly and count, by node, each with what stands behind it."""
    found: dict[str, dict[str, tuple[Evidence, Backing]]] = {}
    for claim, own in ties.items():
        fields = ledger.core(Claim, claim).fields
        counted = {} if fields.about_positions else backings.get(claim, {})
        for item in fields.evidence:
            for tie in own:
                if tie.sign * BEARING.get(item.relation, 0) > 0 and item.id in counted:
                    found.setdefault(tie.position, {})[f"{claim}/{item.id}"] = item, counted[item.id]
    return found


def _searches(ledger: Ledger, ties: Ties) -> dict[str, list[bool]]:
    """Position → the searches logged on the claims that it rests on or rejects: whether each looked against it."""
    found: dict[str, list[bool]] = {}
    for claim, own in ties.items():
        for position, sign in {(tie.position, tie.sign) for tie in own if tie.is_load_bearing}:
            other_side = "against" if sign > 0 else "for"
            searches = ledger.core(Claim, claim).fields.searches
            found.setdefault(position, []).extend(search.side == other_side for search in searches)
    return found


def _backing(
    ledger: Ledger,
    items: Mapping[str, tuple[Evidence, Backing]],
    holders: Collection[str],
    checked: Collection[str],
) -> dict[str, Any]:
    """The fields of a share that are counted from items."""
    of_item = {node: ledger.present_id(item.source) for node, (item, _) in items.items()}
    sources = {id_: ledger.core(Source, id_).fields for id_ in sorted(set(of_item.values()))}
    works = {id_ for _, one in items.values() for id_ in one.works}
    behind = [one for _, one in items.values()]
    teams = [Work("", one.works, one.works, one.marks, 0, seen=False, decides=False, items=()) for one in behind]
    own = {id_ for id_, fields in sources.items() if _authors(ledger, fields) & set(holders)}
    tiers = Counter(fields.tier for fields in sources.values())
    checked_items = sum(node in checked for node in of_item)
    own_words = sum(source in own for source in of_item.values())
    today, dated = ledger.as_of, (fields.issued for fields in sources.values() if not fields.issued.is_unknown)
    return {
        "items": len(of_item),
        "sources": len(sources),
        "works": len(works),
        "teams": largest_choice(teams),
        "quoted": sum(item.quote is not None for item, _ in items.values()),
        "verified": checked_items,
        "verified_share": Fraction(checked_items, len(of_item)) if of_item else None,
        "own_words": own_words,
        "own_words_share": Fraction(own_words, len(of_item)) if of_item else None,
        "tiers": {tier: tiers[tier] for tier in get_args(Tier) if tiers[tier]},
        "median_age": median(Fraction(max(0, (today - day.latest).days)) for day in dated if today),
    }


def _authors(ledger: Ledger, fields: Any) -> set[str]:
    return {ledger.present_id(author.proponent) for author in fields.named_authors if author.proponent}


def median(values: Iterable[Fraction]) -> Fraction | None:
    """The middle value, or the mean of the two in the middle; None when there is none."""
    found = list(values)
    return statistics.median(found) if found else None


def _flagged(plain: list[Share], factor: Fraction) -> Iterator[Share]:
    figures = [one.figures() for one in plain]
    for at, one in enumerate(plain):
        others = [other for place, other in enumerate(figures) if place != at]
        flags = [flag for name, value in figures[at].items() for flag in _apart(name, value, others, factor)]
        if not one.steelman and any(other.steelman for other in plain):
            flags.append(Flag("steelman", "missing", Fraction(0), Fraction(1)))
        yield replace(one, flags=tuple(flags))


def _apart(
    name: str, value: Fraction | None, others: list[dict[str, Fraction | None]], factor: Fraction
) -> Iterator[Flag]:
    usual = median(known for other in others if (known := other[name]) is not None)
    if value is not None and usual is not None:
        if value * factor < usual:
            yield Flag(name, "low", value, usual)
        elif value > usual * factor:
            yield Flag(name, "high", value, usual)
