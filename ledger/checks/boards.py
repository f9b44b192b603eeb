"""Checks of the picture of a dispute: what stands on a controversy's board can be read there."""

from collections.abc import Iterator

from ledger.analysis.questions import FEW, MOST
from ledger.analysis.ties import WAYS, ties_in
from ledger.checks.checking import Finding, check, each_in, having
from ledger.diagnostics import Level
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import Claim, Controversy


@check("board-too-long", Level.WARNING, kinds=(Controversy,), items=having("board"))
def board_too_long(_: Ledger, item: Record[Controversy]) -> Iterator[Finding]:
    """A board has no more claims than are shown."""
    many = len(item.fields.board)
    if many > MOST:
        message = f"the board has {many} claims, and only the first {MOST} are shown"
        yield Finding(item.span("board", MOST), message, f"keep the questions that matter most, about {FEW}")


@check("board-without-stake", Level.WARNING, kinds=(Controversy,), items=each_in("board"), needs_structure=True)
def board_without_stake(ledger: Ledger, item: tuple[Record[Controversy], int]) -> Iterator[Finding]:
    """Some position needs the one or the other answer to each question of a board."""
    record, at = item
    claim = ledger.present_id(record.fields.board[at])
    if not ledger.stands(claim):  # what is not there or was withdrawn is for other checks
        return
    if not any(tie.edge in WAYS for tie in ties_in(ledger, record.id).get(claim, ())):
        message = f"no position of '{record.id}' needs an answer to '{claim}'"
        hint = "say in `bears_on` what it does to a position, or take it off the board"
        yield Finding(record.span("board", at), message, hint)


@check("board-without-question", Level.WARNING, kinds=(Claim,))
def board_without_question(ledger: Ledger, item: Record[Claim]) -> Iterator[Finding]:
    """A claim on a board says in `question` what it asks, in plain words."""
    if item.fields.question:
        return
    boards = sorted({edge.start for edge in ledger.edges_to(item.id) if edge.name == "asks"})
    if boards:
        message = f"on the board of '{boards[0]}' the whole statement is shown, since there is no `question`"
        yield Finding(item.span("statement"), message, "add a plain question to which the statement answers yes")
