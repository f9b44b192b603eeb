"""What follows from the records: origins, ratings, what hangs on what.

In: a Ledger. Out: an Analysis, made once for each build and handed to pages and exports; nothing here reads a file or
writes a sentence for readers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial

from ledger.analysis.comparisons import Comparisons, compare_positions
from ledger.analysis.history import Timeline, history
from ledger.analysis.impact import ChangedAlready, Impact, changed_already, impact
from ledger.analysis.origins import Origins, Trace, claim_origins, fallen_sources, trace
from ledger.analysis.positions import PositionBands, position_bands
from ledger.analysis.profile import profile_of
from ledger.analysis.quotes import Verdict, by_record, verify
from ledger.analysis.ratings import Rating, Rules, rate
from ledger.graph import Ledger, result
from ledger.records import Profile


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that was computed of a ledger; what takes long is computed when it is first asked for."""

    profile: Profile
    quotes: Mapping[str, Verdict] = field(repr=False)
    """By key: `claim/e1`, `proponent/s1/attested/0`, `position/would_change_mind/0`."""
    quotes_of: Mapping[str, Mapping[str, Verdict]] = field(repr=False)
    """The same by record, then by place: `e1`, `s1/attested/0`, `would_change_mind/0`."""
    traced: Trace = field(repr=False)
    origins: Mapping[str, Origins] = field(repr=False)
    """Of each standing claim."""
    ratings: Mapping[str, Rating] = field(repr=False)
    """Of each standing claim."""
    positions: Mapping[str, PositionBands] = field(repr=False)
    """Of each standing position."""
    changed_already: Mapping[str, ChangedAlready] = field(repr=False)
    """The claims, then the positions, that a source's status has changed, by id."""
    _impact: Callable[[], Impact] = field(repr=False)
    _comparisons: Callable[[], Comparisons] = field(repr=False)
    _histories: Callable[[], Mapping[str, tuple[Timeline, ...]]] = field(repr=False)

    @property
    def impact(self) -> Impact:
        """What would change if a source fell."""
        return self._impact()

    @property
    def comparisons(self) -> Comparisons:
        """Positions against each other."""
        return self._comparisons()

    @property
    def histories(self) -> Mapping[str, tuple[Timeline, ...]]:
        """Of each controversy, by each clock."""
        return self._histories()


@result
def analyse(ledger: Ledger) -> Analysis:
    """Compute everything; the checks and the pages ask for the same ledger."""
    quotes = verify(ledger)
    profile = profile_of(ledger)
    verdicts = {key: found.verdict for key, found in quotes.items()}
    verified = {key for key, found in quotes.items() if found.is_verified}
    rules = Rules(profile, trace(ledger, fallen_sources(ledger, profile.dropped)), verdicts)
    ratings = rate(ledger, rules)
    positions = position_bands(ledger, ratings)
    return Analysis(
        profile=rules.profile,
        quotes=quotes,
        quotes_of=by_record(quotes),
        traced=rules.traced,
        origins=claim_origins(ledger, rules.traced),
        ratings=ratings,
        positions=positions,
        changed_already=changed_already(ledger, rules, ratings, positions),
        _impact=cache(partial(impact, ledger, rules, ratings, positions)),
        _comparisons=cache(partial(compare_positions, ledger, ratings, rules, verified)),
        _histories=cache(lambda: {one.id: history(ledger, one.id, verdicts) for one in ledger.of_kind("controversy")}),
    )
