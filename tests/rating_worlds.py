"""Ledgers made up at random: chains, loops, versions, replications, retractions, ties, and a claim that cites them.

The claim may be of any type that evidence can settle, and another claim may have items against it as its rival.
"""

from typing import Any

from hypothesis import strategies as st
from rating_ledgers import SEARCH, item, ledger, rating, source

from ledger.analysis.ratings import Rating
from ledger.analysis.verdicts import LEVELS, WORDS
from ledger.graph import Ledger

HOWS = ("reports", "reviews", "uses-data", "syndicates", "copies", "summarises", "replicates", "replies", "unknown")
TIERS = (
    "peer-reviewed",
    "preprint",
    "dataset",
    "official-statement",
    "synthesis",
    "reporting",
    "commentary",
    "social",
    "primary-document",
)
IDS = tuple(f"s{n}" for n in range(6))
SOURCES = st.fixed_dictionaries(
    {
        "tier": st.sampled_from(TIERS),
        "authors": st.just("unknown") | st.lists(st.sampled_from("ABC"), min_size=1, max_size=2, unique=True),
        "derived_from": st.just("unknown")
        | st.lists(st.tuples(st.sampled_from(HOWS), st.sampled_from(IDS)), max_size=2, unique_by=lambda one: one[1]),
        "first_hand": st.booleans(),
        "status": st.sampled_from(
            (None, None, None, None, "retracted", "withdrawn", "concern", "corrected", "superseded")
        ),
        "version_of": st.sampled_from((None, None, None, *IDS)),
    }
)
ITEMS = st.fixed_dictionaries(
    {
        "source": st.sampled_from(IDS),
        "relation": st.sampled_from(("supports", "disputes", "qualifies", "mentions")),
        "consulted": st.sampled_from(("full-text", "full-text", "abstract", "excerpt", "coverage", "memory")),
        "directness": st.sampled_from((None, "direct", "direct", "indirect", "analogy")),
        "basis": st.sampled_from(
            (None, "empirical", "empirical", "theoretical", "reporting", "calculation", "opinion", "statement")
        ),
        "quote": st.sampled_from((None, "a long enough quotation here")),
        "via": st.sampled_from((None, None, None, None, "own", "own", *IDS)),
        "quote_role": st.sampled_from((None, "result", "background")),
        "correction": st.sampled_from((None, "affected", "unaffected")),
    }
)
SEARCHES = st.lists(st.sampled_from(("for", "against")).map(lambda side: {**SEARCH, "side": side}), max_size=2)
TYPES = ("empirical", "empirical", "predictive", "historical")
WORLDS = st.tuples(
    st.lists(SOURCES, min_size=len(IDS), max_size=len(IDS)),
    st.lists(ITEMS, min_size=1, max_size=7),
    SEARCHES,
    st.sampled_from(TYPES),
    st.lists(ITEMS, max_size=2),
)
PEOPLE = {"proponents/pp-a.yml": {"name": "A", "type": "person", "interests": [{"note": "Shares."}]}}
"""One of the authors has a record. They have an interest, and a historical claim is about them."""


def source_of(id_: str, drawn: dict[str, Any]) -> dict[str, Any]:
    """A source's record."""
    derived, authors = drawn["derived_from"], drawn["authors"]
    if derived != "unknown":
        derived = [{"source": other, "how": how} for how, other in derived if other != id_]
    made = source(tier=drawn["tier"], derived_from=derived)
    made["authors"] = (
        authors
        if authors == "unknown"
        else [{"proponent": "pp-a"} if name == "A" else {"literal": name} for name in authors]
    )
    if not drawn["first_hand"]:
        del made["first_hand"]
    if drawn["status"]:
        made |= {"status": drawn["status"], "status_date": "2026-01-05"}
    if drawn["version_of"] not in (None, id_):
        made["version_of"] = drawn["version_of"]
    return made


def item_of(drawn: dict[str, Any]) -> dict[str, Any]:
    """An item's record."""
    written = {name: value for name, value in drawn.items() if value is not None}
    made = item(written.pop("source"))
    return {**{name: value for name, value in made.items() if name not in drawn}, "source": made["source"], **written}


class World:
    """A ledger that can be changed."""

    def __init__(self, drawn: Any) -> None:
        sources, items, self.searches, self.type, rivals = drawn
        self.sources = {id_: source_of(id_, one) for id_, one in zip(IDS, sources, strict=True)}
        self.items = [item_of(one) for one in items]
        self.rivals = [{**item_of(one), "about_rival": "k"} for one in rivals]

    def ledger(self, **more: Any) -> Ledger:
        """The ledger as it is now."""
        about = {"about": ["pp-a"]} if self.type == "historical" else {}
        rivals = [{"id": f"e{n}", **one} for n, one in enumerate(self.rivals, 1)]
        other = {"claims/j.yml": {"statement": "J.", "type": "empirical", "evidence": rivals}} if rivals else {}
        fields = {"searches": self.searches, "type": self.type, "more": {**PEOPLE, **other}, **about, **more}
        return ledger(self.sources, self.items, **fields)

    def rating(self) -> Rating:
        """The rating of its claim."""
        return rating(self.ledger())

    def ends(self) -> tuple[int, int] | None:
        """The lowest and the highest verdict of its claim."""
        return ends_of(self.rating())


def ends_of(found: Rating) -> tuple[int, int] | None:
    """The lowest and the highest verdict, as places in the list of words."""
    span = (found.verdict, found.verdict) if found.verdict else found.range
    return (WORDS.index(span[0]), WORDS.index(span[1])) if span else None


def level(found: Rating, side: str) -> int:
    """How much evidence a side has, as a place in the list of levels."""
    return LEVELS.index(found.evidence["for" if side == "supports" else "against"])
