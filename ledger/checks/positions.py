"""Checks of controversies and their positions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ledger.checks.checking import Finding, check, having
from ledger.diagnostics import Level
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import Claim, Controversy, Position

ENOUGH = 2
MARKS = ("?", "？", "؟", ";")


@check("position-name", Level.ERROR, kinds=(Position,), excusable=False)
def position_name(_: Ledger, item: Record[Position]) -> Iterator[Finding]:
    """A position's file is named after its controversy and letter, so that a letter is used once."""
    letter, controversy = item.fields.letter, item.fields.controversy
    wanted = f"{controversy}-{letter.lower()}"
    if item.id != wanted:
        message = f"the letter {letter} of '{controversy}' does not agree with the file's name"
        yield Finding(item.span("letter"), message, f"name the file '{wanted}' or correct the letter")


def _letters(ledger: Ledger) -> Iterable[tuple[str, ...]]:
    """Every letter of every controversy, as the ids of the positions that bear it."""
    bearers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for card in ledger.cards("position"):
        controversies = (edge.target for edge in ledger.edges_of(card.id) if edge.name == "answers")
        if not card.withdrawn:
            bearers[next(controversies), card.letter].append(card.id)
    return [tuple(bearers[key]) for key in sorted(bearers)]


@check("duplicate-letter", Level.ERROR, items=_letters, of="ledger", excusable=False)
def duplicate_letter(ledger: Ledger, item: tuple[str, ...]) -> Iterator[Finding]:
    """Within one controversy a letter means one position."""
    for position in (ledger.record(Position, id_) for id_ in item[1:]):
        message = f"{ledger.record(Position, item[0]).path} has the letter {position.fields.letter} already"
        yield Finding(position.span("letter"), message, "give each position its own letter")


@check("too-few-positions", Level.ERROR, kinds=(Controversy,), needs_every_file=True)
def too_few_positions(ledger: Ledger, item: Record[Controversy]) -> Iterator[Finding]:
    """A controversy has at least two positions; drafts count for a draft."""
    answers = [ledger.card(edge.start) for edge in ledger.edges_to(item.id) if edge.name == "answers"]
    counted = [card for card in answers if card and not card.withdrawn and (item.is_draft or not card.draft)]
    if len(counted) < ENOUGH:
        message = f"a controversy needs two positions or more; this one has {len(counted)}"
        yield Finding(item.span("title"), message, f"add positions/{item.id}-a.yml, {item.id}-b.yml …")


@check("unsupported-position", Level.WARNING, kinds=(Position,), needs_every_file=True)
def unsupported_position(ledger: Ledger, item: Record[Position]) -> Iterator[Finding]:
    """A position rests on a claim, or a claim supports it; one that was withdrawn does not count."""
    bearing = (edge for edge in ledger.edges_to(item.id) if edge.name == "bears_on")
    supporting = [edge.start for edge in bearing if edge.own.get("effect") == "supports"]
    claims = map(ledger.card, (*supporting, *item.fields.rests_on))
    if all(claim and claim.withdrawn for claim in claims):  # an id that nothing has is for `unknown-id`
        hint = "list claims in `rests_on`, or let a claim's `bears_on` support it"
        yield Finding(item.span("statement"), "nothing supports this position", hint)


@check("question-mark", Level.ERROR, kinds=(Controversy, Claim), items=having("question"))
def question_mark(_: Ledger, item: Record[Controversy] | Record[Claim]) -> Iterator[Finding]:
    """A controversy asks a question, and so does a claim that has one."""
    if not (item.fields.question or "").rstrip().endswith(MARKS):
        yield Finding(item.span("question"), "`question` does not end with a question mark", "write it as a question")
