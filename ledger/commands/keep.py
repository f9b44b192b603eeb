"""`ledger keep`: write down what claims say today, with their verdicts."""

import argparse

from ledger import terminal
from ledger.commands.query import read_ledger
from ledger.commands.running import BUILT, CONTENT_ERRORS, Failure, add_content, add_date, day_of
from ledger.editing.kept_wordings import append, lines_to_keep, read_kept
from ledger.editing.replacing import lock_content
from ledger.outfile import log_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, and the day."""
    add_content(parser)
    add_date(parser, "on which this is published")


def run(arguments: argparse.Namespace) -> int:
    """Add what the log does not have yet."""
    arguments.drafts = False
    read = read_ledger(arguments)
    if read.loaded.failed or read.ledger.unsound:
        raise Failure(CONTENT_ERRORS, "nothing was kept: records have errors", "`ledger check` names them")
    log = log_of(arguments.content)
    with lock_content(arguments.content), read.ledger.reading():
        kept, wrong = read_kept(arguments.content)
        new = [*lines_to_keep(read.ledger, kept, day_of(arguments))]
        append(log, new)
    terminal.say(f"{log.name}: {len(new)} new, {len(kept)} were there" + (f", {len(wrong)} are wrong" if wrong else ""))
    return BUILT
