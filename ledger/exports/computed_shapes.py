"""What the data of a record hold of what was computed, as models: see `data_shapes.py`."""

from typing import Annotated, Literal

from pydantic import BaseModel

from ledger.analysis.origins import End, Shared
from ledger.analysis.ratings import (
    BANDS,
    NO_EVIDENCE_QUESTION,
    NOT_SEARCHED,
    UNRATED,
    AgreementWord,
    Band,
    Direction,
    EvidenceWord,
    Reason,
    Side,
)
from ledger.exports.shaping import Hash, Number, RecordId, Shape, always, one_of
from ledger.vocabulary import Folding

Computed = Annotated[str, one_of(*BANDS, NOT_SEARCHED, NO_EVIDENCE_QUESTION, UNRATED)]


class Tie(Shape):
    """What origins of different groups share."""

    shared: Shared = always("what they share")
    name: str = always("its name, or id where it has a record")
    origins: tuple[RecordId, ...] = always("the origins")


class Origins(Shape):
    """What a claim's evidence goes back to."""

    cited: int = always("how many items there are")
    origins: int = always("to how many origins they go back")
    disjoint: int = always("into how many groups these fall that share no item")
    untraced: int = always("how many of the origins are only as far as anybody has traced")
    dead_ends: int = always("how many are not first-hand and take from nothing")
    circular: int = always("how many are circles of sources")
    items: dict[str, tuple[RecordId, ...]] = always("the origins of each item")
    ends: dict[str, End] = always("how the chains to each origin end")
    groups: tuple[tuple[RecordId, ...], ...] = always("the origins, in their groups")
    loops: tuple[tuple[RecordId, ...], ...] = always("every circle that a chain comes by, its sources")
    ties: tuple[Tie, ...] = always("what origins of different groups share")


class EditorsRating(Shape):
    """The newest rating by an editor."""

    rating: Band = always("how sure")
    by: str = always("who rated")
    date: str = always("when")
    why: str = always("the reason")


class Factor(Shape):
    """One of the numbers whose product is the weight."""

    name: str = always("what is weighed")
    word: str = always("the word in the record")
    weight: Number = always("what it is worth")


class Step(Shape):
    """One evidence item in the rating."""

    item: str = always("the evidence item")
    source: RecordId = always("its source")
    side: Side | None = always("for or against; `null` for an item that qualifies or mentions")
    factors: tuple[Factor, ...] = always("what makes the weight")
    weight: Number = always("the item's weight")
    reason: Reason = always("`counts`, or why not")
    origin: RecordId | None = always("the origin that it counts for; `null` if it does not count")


class Divergence(Shape):
    """Where editor and computation part."""

    steps: int = always("how many bands, 0 for different sides")
    because: str | None = always("the editor's reason")


class Rating(Shape):
    """The rating of a claim, by the editor and computed."""

    editor: EditorsRating | None = always("the newest rating by an editor; `null` without one")
    computed: Computed = always("the computed band, or why there is none")
    evidence: EvidenceWord | None = always("how much evidence; `null` when nothing counts")
    agreement: AgreementWord | None = always("how far it agrees; `null` when nothing counts")
    direction: Direction | None = always("for or against the claim; `null` when nothing counts")
    steps: tuple[Step, ...] = always("every item")
    weight_for: Number = always("the sum of what counts for the claim")
    weight_against: Number = always("the sum of what counts against it")
    origins: int = always("how many origins the items of both sides can count for together")
    searched: bool = always("whether a search for the other side is logged that still stands")
    uncapped: Band | None = always("the band before the cap for what rests on one origin")
    divergence: Divergence | None = always("where editor and computation part")


class ShortRating(Shape):
    """A computed rating in a word and a direction."""

    computed: Computed = always("the computed band, or why there is none")
    direction: Direction | None = always("for or against the claim")


class BandCount(ShortRating):
    """The claims with the same computed rating."""

    claims: tuple[RecordId, ...] = always("the claims")


class Bands(Shape):
    """The computed ratings of the claims that a position rests on."""

    bands: tuple[BandCount, ...] = always("claims with the same rating together, strongest for the position first")
    weakest: tuple[RecordId, ...] = always("those that are weakest for it")


class ClaimChangedBy(Shape):
    """What a claim would be if no source had been dropped."""

    sources: tuple[RecordId, ...] = always("the dropped sources that it rests on")
    before: ShortRating = always("what it would be")


class PositionChangedBy(Shape):
    """What a position would be if no source had been dropped."""

    sources: tuple[RecordId, ...] = always("the dropped sources that it rests on")
    before: Bands = always("what it would be")


class ClaimChange(Shape):
    """What would change of a claim."""

    claim: RecordId = always("the claim")
    before: ShortRating = always("now")
    after: ShortRating = always("then")


class PositionChange(Shape):
    """What would change of a position."""

    position: RecordId = always("the position")
    before: Bands = always("now")
    after: Bands = always("then")


class Fall(Shape):
    """What would change if a source were dropped."""

    claims: tuple[ClaimChange, ...] = always("the claims that would change")
    positions: tuple[PositionChange, ...] = always("the positions that would change")


class Quote(Shape):
    """What became of a quote."""

    verdict: Literal["exact", "normalised", "ambiguous", "not-found", "no-snapshot", "recorded"] = always("the verdict")
    foldings: tuple[Folding, ...] = always("what was set aside to find it")
    source: RecordId = always("the source that is quoted")
    start: int | None = always("where the words begin in the text, in characters from 0; `null` if not found in it")
    end: int | None = always("where they end")
    line: int | None = always("the line in which they begin, from 1")
    before: str = always("some characters before them")
    passage: str = always("the words as they stand there")
    after: str = always("some characters after them")
    captured: str | None = always("the day on which the text was read; `null` without one")
    sha256: Hash | None = always("the hash of the text")
    recorded: str | None = always("the day of the verdict, where the text is no longer kept")
    link: str | None = always("an address that opens the live page at the words")


class OfClaim(Shape):
    """What is computed of a claim."""

    origins: Origins | None = always("its origins; `null` if it was withdrawn")
    rating: Rating | None = always("its rating; `null` if it was withdrawn")
    single_points: tuple[RecordId, ...] = always("sources each of which alone carries all on the heavier side")
    changed_by: ClaimChangedBy | None = always("what it would be if no source had been dropped, if that differs")
    quotes: dict[str, Quote] = always("what became of the quote of each evidence item that has one, by item")


class OfPosition(Bands):
    """What is computed of a position."""

    changed_by: PositionChangedBy | None = always("what it would be if no source had been dropped, if that differs")
    quotes: dict[str, Quote] = always("what became of each quote, by its place")


class OfProponent(Shape):
    """What is computed of a proponent."""

    quotes: dict[str, Quote] = always("what became of each quote, by its place")


class OfSource(Shape):
    """What is computed of a source."""

    origins: tuple[RecordId, ...] = always("the origins of the source")
    dropped: bool = always("whether its status takes it out of every rating")
    if_it_fell: Fall = always("what would change if it were dropped")


OF_KIND: dict[str, type[BaseModel]] = {
    "claim": OfClaim,
    "position": OfPosition,
    "proponent": OfProponent,
    "source": OfSource,
}
"""What is computed of a record, by kind."""
