"""The picture of a dispute: a row for each question, with where the evidence points and who needs which answer.

In: a controversy, seen from a page. Out: rows with places on an axis from No to Yes, in hundredths of its length, and
the same in words for the table and for those who listen. Everything comes from verdicts and ties.
"""

from collections.abc import Iterable
from typing import NamedTuple

from ledger import texts
from ledger.analysis.questions import Ends, Question, Stake
from ledger.analysis.verdicts import WORDS
from ledger.context import PageContext, RecordRef, shortened
from ledger.loading import Record
from ledger.rating_words import verdict_words
from ledger.records import Controversy

STEP = 100 // len(WORDS)
"""How far one verdict is from the next."""
REACH = 6
"""How far a bar goes beyond the places of its verdicts: a verdict is no point."""


class Axis(NamedTuple):
    """Where the dot is, and where the bar begins and ends; an empty ring without a bar where nothing can be said."""

    dot: int
    start: int
    end: int
    is_empty: bool


class Letter(NamedTuple):
    """A position at one end of an axis; the letter also names its colour."""

    letter: str
    is_strong: bool
    title: str


class Row(NamedTuple):
    """A question."""

    claim: RecordRef
    text: str
    no: str
    yes: str
    """The ends, in words."""
    has_own_ends: bool
    """Whether they are others than those of the whole picture."""
    axis: Axis
    against: tuple[Letter, ...]
    in_favour: tuple[Letter, ...]
    verdict: str
    said: str
    """All of it in words."""

    @property
    def sides(self) -> tuple[str, str]:
        """Who needs No and who needs Yes, in words."""
        return listed(self.against), listed(self.in_favour)


class Camp(NamedTuple):
    """A position as the head of a column or the end of a line."""

    id: str
    letter: str
    label: str
    ref: RecordRef


class Board(NamedTuple):
    """The picture."""

    rows: tuple[Row, ...]
    no: str
    yes: str
    """What stands over the two ends."""
    positions: tuple[Camp, ...]


def view_board(context: PageContext, controversy: Record[Controversy]) -> Board | None:
    """The picture of a controversy; nothing where no question is to be asked, or where it was withdrawn."""
    found = context.analysis.questions.get(controversy.id, ())
    if not found:
        return None
    ends = _ends(is_question=any(one.asked.is_question for one in found))
    camps = camps_of(context, controversy.id)
    names = {camp.id: camp.ref for camp in camps}
    return Board(tuple(_row(context, one, ends, names) for one in found), *ends, camps)


def _ends(*, is_question: bool) -> tuple[str, str]:
    """The two ends of a claim that asks a question, and of one that is shown by its statement."""
    no, yes = ("no", "yes") if is_question else ("wrong", "right")
    return texts.say(f"board.{no}"), texts.say(f"board.{yes}")


def camps_of(context: PageContext, controversy: str) -> tuple[Camp, ...]:
    """The standing positions of a controversy, by letter."""
    found = context.analysis.positions_in(controversy).items()
    return tuple(Camp(id_, letter, name_of(context, id_), context.ref(id_)) for id_, letter in found)


def name_of(context: PageContext, position: str) -> str:
    """Its label, or its statement."""
    card = context.ledger.card(position)
    return (card and card.label) or context.ref(position).title


def _row(context: PageContext, found: Question, ends: tuple[str, str], names: dict[str, RecordRef]) -> Row:
    own = _ends(is_question=found.asked.is_question)
    no, yes = found.asked.no or own[0], found.asked.yes or own[1]
    against, in_favour = (_letters(names, found.stakes, is_yes=is_yes) for is_yes in (False, True))
    verdict = _verdict(found)
    needs = [(answer, listed(letters)) for answer, letters in ((yes, in_favour), (no, against)) if letters]
    said = [texts.say("board.needs", answer=answer, positions=positions) for answer, positions in needs]
    return Row(
        claim=context.ref(found.asked.claim),
        text=shortened(context.plain(found.asked.text)),
        no=no,
        yes=yes,
        has_own_ends=(no, yes) != ends,
        axis=axis_of(found.verdict, found.widest),
        against=against,
        in_favour=in_favour,
        verdict=verdict,
        said=" ".join((texts.say("board.says", verdict=verdict), *said)),
    )


def _verdict(found: Question) -> str:
    """Where the evidence points, in words."""
    if found.rating.not_rated == "no question of evidence":
        return texts.say("board.no_question")
    if found.verdict is None:
        return texts.say("board.too_little")
    contested = found.rating.direction == "contested"
    return texts.say("board.contested") if contested else verdict_words(found.rating)


def axis_of(verdict: Ends | None, widest: Ends | None) -> Axis:
    """The places of a verdict and of what other choices would make of it."""
    if verdict is None or widest is None:
        return Axis(dot=50, start=50, end=50, is_empty=True)
    low, high = map(_place, verdict)
    return Axis((low + high) // 2, _place(widest[0]) - REACH, _place(widest[1]) + REACH, is_empty=False)


def _place(word: str) -> int:
    return STEP * WORDS.index(word) + STEP // 2


def _letters(names: dict[str, RecordRef], stakes: Iterable[Stake], *, is_yes: bool) -> tuple[Letter, ...]:
    return tuple(
        Letter(one.letter, one.is_strong, names[one.position].label or names[one.position].title)
        for one in stakes
        if one.is_yes == is_yes and one.position in names
    )


def listed(letters: Iterable[Letter]) -> str:
    """`A and B (weakly)`."""
    return texts.listed([of.letter if of.is_strong else texts.say("board.leans", letter=of.letter) for of in letters])
