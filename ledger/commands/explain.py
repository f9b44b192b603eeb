"""`ledger explain`: say what a check is for."""

import argparse

from ledger import explanations, terminal
from ledger.commands.running import BUILT, USAGE, Failure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The check, or none for the list of all."""
    parser.add_argument("check", metavar="CHECK-ID", nargs="?", default="", help="the check (default: a list of all)")


def run(arguments: argparse.Namespace) -> int:
    """Print the check's page."""
    text = explanations.explain(arguments.check) if arguments.check else explanations.table()
    if text is None:
        hint = explanations.nearest(arguments.check) or "`ledger explain` lists the checks"
        raise Failure(USAGE, f"there is no check '{arguments.check}'", hint)
    terminal.say(text)
    return BUILT
