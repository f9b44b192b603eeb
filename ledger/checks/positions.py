"""Checks of controversies and their positions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ledger.checks.checking import Check, Finding, itself
from ledger.diagnostics import Level
from ledger.graph import Ledger
from ledger.loading import Record


def _position_name(_: Ledger, item: Record) -> Iterator[Finding]:
    letter = item.fields.letter
    wanted = f"{item.fields.controversy}-{letter.lower()}"
    if item.id != wanted:
        message = f"the letter {letter} of '{item.fields.controversy}' does not agree with the file's name"
        yield Finding(item.document.span(("letter",)), message, f"name the file '{wanted}' or correct the letter")


POSITION_NAME = Check("position-name", Level.ERROR, itself, _position_name, kinds=("position",), excusable=False)
"""A position's file is named after its controversy and letter, so that a letter is used once."""


def _letters(ledger: Ledger) -> Iterable[tuple[str, ...]]:
    """Every letter of every controversy, as the ids of the positions that bear it."""
    bearers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for card in ledger.cards("position"):
        controversies = (edge.target for edge in ledger.edges_of(card.id) if edge.name == "answers")
        if not card.withdrawn:
            bearers[next(controversies), card.letter].append(card.id)
    return [tuple(bearers[key]) for key in sorted(bearers)]


def _duplicate_letter(ledger: Ledger, item: tuple[str, ...]) -> Iterator[Finding]:
    """The second and later positions with one letter."""
    for id_ in item[1:]:
        position = ledger.records[id_]
        message = f"{ledger.records[item[0]].path} has the letter {position.fields.letter} already"
        yield Finding(position.document.span(("letter",)), message, "give each position its own letter")


DUPLICATE_LETTER = Check("duplicate-letter", Level.ERROR, _letters, _duplicate_letter, of="ledger", excusable=False)
"""Within one controversy a letter means one position."""

ENOUGH = 2


def _too_few_positions(ledger: Ledger, item: Record) -> Iterator[Finding]:
    """Fewer than two answers; drafts count for a draft."""
    answers = [ledger.card(edge.start) for edge in ledger.edges_to(item.id) if edge.name == "answers"]
    standing = [card for card in answers if card and not card.withdrawn and (item.is_draft or not card.draft)]
    if len(standing) < ENOUGH:
        message = f"a controversy needs two positions or more; this one has {len(standing)}"
        yield Finding(item.document.span(("title",)), message, f"add positions/{item.id}-a.md, {item.id}-b.md …")


TOO_FEW_POSITIONS = Check(
    "too-few-positions", Level.ERROR, itself, _too_few_positions, kinds=("controversy",), needs_every_file=True
)
"""A controversy has at least two positions."""


def _unsupported_position(ledger: Ledger, item: Record) -> Iterator[Finding]:
    """A position that rests on no claim and that no claim supports; one that was withdrawn does not count."""
    bearing = (edge for edge in ledger.edges_to(item.id) if edge.name == "bears_on")
    supporting = [edge.start for edge in bearing if edge.own.get("effect") == "supports"]
    if not any(_stands(ledger, id_) for id_ in (*supporting, *item.fields.rests_on)):
        hint = "list claims in `rests_on`, or let a claim's `bears_on` support it"
        yield Finding(item.document.span(("statement",)), "nothing supports this position", hint)


def _stands(ledger: Ledger, id_: str) -> bool:
    """Whether a claim was not withdrawn; an id that nothing has is for `unknown-id`."""
    claim = ledger.card(id_)
    return claim is None or not claim.withdrawn


UNSUPPORTED_POSITION = Check(
    "unsupported-position", Level.WARNING, itself, _unsupported_position, kinds=("position",), needs_every_file=True
)
"""Every position has something that speaks for it."""

MARKS = ("?", "？", "؟", ";")


def _question_mark(_: Ledger, item: Record) -> Iterator[Finding]:
    if not item.fields.question.rstrip().endswith(MARKS):
        span = item.document.span(("question",))
        yield Finding(span, "`question` does not end with a question mark", "write it as a question")


QUESTION_MARK = Check("question-mark", Level.ERROR, itself, _question_mark, kinds=("controversy",))
"""A controversy asks a question."""
