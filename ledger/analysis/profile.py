"""The weights of the computed rating, as `site.yml` gives them.

In: a Ledger. Out: its Profile, or the defaults, which `ledger.records.Profile` documents one by one. A weight is looked
up by the word that stands in a record; `unsaid` where none does.
"""

from decimal import Decimal

from ledger.graph import Ledger
from ledger.records import Model, Profile

UNSAID = "unsaid"


def profile_of(ledger: Ledger) -> Profile:
    """The site's weights and thresholds."""
    return ledger.settings.profile or Profile()


def weight_of(table: Model, word: str | None) -> Decimal:
    """What a word is worth in a table of the profile."""
    weight: Decimal = getattr(table, (word or UNSAID).replace("-", "_"))
    return weight
