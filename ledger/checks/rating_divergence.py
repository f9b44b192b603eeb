"""Where the editor's newest rating and the computed one stand two bands apart, or on two sides, the editor says why."""

from collections.abc import Iterable, Iterator

from ledger.analysis import analyse
from ledger.analysis.ratings import Rating
from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "rating-divergence"
LEVEL = Level.WARNING
NEEDS_EVERY_FILE = True


def items(ledger: Ledger) -> Iterable[tuple[Record, Rating]]:
    """Every claim that an editor has rated, with its computed rating."""
    ratings = analyse(ledger).ratings
    return [(claim, ratings[claim.id]) for claim in of_kinds(ledger, "claim") if claim.fields.assessments]


def check(ledger: Ledger, item: tuple[Record, Rating]) -> Iterator[Diagnostic]:
    """Two ratings that part without a word."""
    claim, rating = item
    if rating.editor and rating.divergence and not rating.divergence.because:
        newest = len(claim.fields.assessments) - 1
        span = claim.document.span(("assessments", newest, "rating"))
        message = f"rated {rating.editor.rating}, but {_computed(rating, rating.divergence.steps)}"
        hint = "add `diverges_because` to this rating, or rate again; the claim's page shows the arithmetic"
        yield Diagnostic(span, LEVEL, ID, message, hint)


def _computed(rating: Rating, steps: int) -> str:
    if steps:
        return f"{rating.computed} is computed, {steps} bands apart"
    return f"what counts speaks against the claim (computed: {rating.computed})"
