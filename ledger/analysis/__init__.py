"""What follows from the records: origins, ratings, what hangs on what.

In: a Ledger. Out: an Analysis, made once for each build and handed to pages and exports; nothing here reads a file or
writes a sentence for readers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from ledger.analysis.comparisons import Comparisons, compare_positions
from ledger.analysis.history import Course, histories
from ledger.analysis.impact import Impact, impact
from ledger.analysis.late import Late
from ledger.analysis.origins import Origins, Trace, claim_origins, fallen_sources, trace
from ledger.analysis.positions import PositionBands, position_bands
from ledger.analysis.profile import profile_of
from ledger.analysis.quotes import Verdict, verify
from ledger.analysis.ratings import Rating, Rules, rate
from ledger.graph import Ledger
from ledger.records import Profile


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that was computed of a ledger."""

    profile: Profile
    quotes: Mapping[str, Verdict] = field(repr=False)
    """By key: `claim/e1`, `proponent/s1/attested/0`, `position/would_change_mind/0`."""
    traced: Trace = field(repr=False)
    origins: Mapping[str, Origins] = field(repr=False)
    """Of each standing claim."""
    ratings: Mapping[str, Rating] = field(repr=False)
    """Of each standing claim."""
    positions: Mapping[str, PositionBands] = field(repr=False)
    """Of each standing position."""
    impact: Impact = field(repr=False)
    comparisons: Comparisons = field(repr=False)
    histories: Mapping[str, tuple[Course, ...]] = field(repr=False)
    """Of each controversy, by each clock."""


def analyse(ledger: Ledger) -> Analysis:
    """Compute everything."""
    quotes = verify(ledger)
    rules = _rules(ledger, quotes)
    ratings = rate(ledger, rules)
    verified = {key for key, found in quotes.items() if found.is_verified}
    return Analysis(
        profile=rules.profile,
        quotes=quotes,
        traced=rules.traced,
        origins=claim_origins(ledger, rules.traced),
        ratings=ratings,
        positions=position_bands(ledger, ratings),
        impact=impact(ledger, rules, ratings),
        comparisons=compare_positions(ledger, ratings, rules, verified),
        histories=Late(partial(histories, ledger, rules.verdicts)),
    )


def ratings_of(ledger: Ledger) -> Mapping[str, Rating]:
    """The ratings alone."""
    return rate(ledger, _rules(ledger, verify(ledger)))


def _rules(ledger: Ledger, quotes: Mapping[str, Verdict]) -> Rules:
    profile = profile_of(ledger)
    verdicts = {key: found.verdict for key, found in quotes.items()}
    return Rules(profile, trace(ledger, fallen_sources(ledger, profile.dropped)), verdicts)
