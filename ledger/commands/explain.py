"""`ledger explain`: say what a check is for."""

import argparse

from ledger import terminal
from ledger.commands.running import BUILT, USAGE, fail

NAME = "explain"
HELP = "say what a check is for and how to satisfy it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The check, or none for the list of all."""
    parser.add_argument("check", metavar="CHECK-ID", nargs="?", default="")


def run(arguments: argparse.Namespace) -> int:
    """Print the check's page."""
    from ledger import explanations  # noqa: PLC0415 - read only when asked for

    text = explanations.explain(arguments.check) if arguments.check else explanations.table()
    if text is None:
        hint = explanations.nearest(arguments.check) or "`ledger explain` lists the checks"
        return fail(USAGE, f"there is no check '{arguments.check}'", hint)
    terminal.say(text)
    return BUILT
