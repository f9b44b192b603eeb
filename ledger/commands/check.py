"""`ledger check`: everything that a build does, but for publishing."""

import argparse

from ledger.commands import build

NAME = "check"
HELP = "the same, but publish nothing"
add_arguments = build.add_arguments


def run(arguments: argparse.Namespace) -> int:
    """Build in memory and tell what was found."""
    return build.run_engine(arguments, publish=False)
