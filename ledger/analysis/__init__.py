"""What follows from the records: origins, ratings, the impact of retractions, comparisons, histories.

In: a Ledger. Out: an Analysis, one for each build, which works out each result when it is first asked for; nothing here
reads a file or writes a sentence for readers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial

from ledger.analysis.comparisons import Comparisons
from ledger.analysis.history import Timeline, timelines
from ledger.analysis.impact import ChangedAlready, Impact, changed_already, impact
from ledger.analysis.lazy import Lazy
from ledger.analysis.origins import Origins, Trace, fallen_sources, origins_of, standing, trace
from ledger.analysis.positions import PositionBands, bands_of, claims_of
from ledger.analysis.quotes import Verdict, by_record, verify
from ledger.analysis.ratings import Rating, Rules, profile_of, rate_claim
from ledger.graph import Ledger, result
from ledger.records import Profile


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that is computed of a ledger: each result by the id of its subject, when it is first asked for."""

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
    changed_already: ChangedAlready = field(repr=False)
    histories: Mapping[str, tuple[Timeline, ...]] = field(repr=False)
    """Of each controversy, by each clock."""
    _impact: Callable[[], Impact] = field(repr=False)
    _comparisons: Callable[[], Comparisons] = field(repr=False)

    @property
    def impact(self) -> Impact:
        """What would change if a source were retracted."""
        return self._impact()

    @property
    def comparisons(self) -> Comparisons:
        """Positions against each other."""
        return self._comparisons()


@result
def analyse(ledger: Ledger) -> Analysis:
    """What follows from a ledger; the checks and the pages ask for the same one."""
    quotes = verify(ledger)
    profile = profile_of(ledger)
    verdicts = {key: found.verdict for key, found in quotes.items()}
    verified = {key for key, found in quotes.items() if found.is_verified}
    rules = Rules(profile, trace(ledger, fallen_sources(ledger, profile.dropped)), verdicts)
    records = ledger.records
    claims, positions = ([record.id for record in standing(ledger, kind)] for kind in ("claim", "position"))
    ratings = Lazy(claims, lambda id_: rate_claim(ledger, rules, records[id_]))
    bands = Lazy(positions, lambda id_: bands_of(claims_of(ledger, id_), ratings))
    return Analysis(
        profile=rules.profile,
        quotes=quotes,
        quotes_of=by_record(quotes),
        traced=rules.traced,
        origins=Lazy(claims, lambda id_: origins_of(ledger, rules.traced, records[id_])),
        ratings=ratings,
        positions=bands,
        changed_already=changed_already(ledger, rules, ratings, bands),
        histories=Lazy(
            [record.id for record in ledger.of_kind("controversy")], lambda id_: timelines(ledger, id_, verdicts)
        ),
        _impact=cache(partial(impact, ledger, rules, ratings, bands)),
        _comparisons=cache(partial(Comparisons, ledger, ratings, rules, verified)),
    )
