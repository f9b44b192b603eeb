"""`ledger verify`: compare a published site with its manifest."""

import argparse
from collections import Counter
from pathlib import Path

from ledger import terminal, verifying
from ledger.commands.running import BUILT, CONTENT_ERRORS, USAGE, Failure
from ledger.diagnostics import visible
from ledger.write import Refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The site."""
    parser.add_argument(
        "output", type=Path, nargs="?", default=Path("output"), metavar="OUTPUT", help="the site (default: output)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each file that differs, and a sum; 1 when one does."""
    try:
        listed, differences = verifying.verify(arguments.output)
    except Refused as refusal:
        raise Failure(USAGE, refusal.message, refusal.hint) from None
    for one in differences[: terminal.MOST_FINDINGS]:
        terminal.say(visible(f"{one.how}: {one.address}" + (f": {one.why}" if one.why else "")))
    if (more := len(differences) - terminal.MOST_FINDINGS) > 0:
        terminal.say(f"and {more:,} more")
    counts = Counter(one.how for one in differences)
    said = ", ".join(f"{counts[how]:,} {how}" for how in verifying.HOW) if counts else "each as the build made it"
    terminal.say(f"{listed:,} files in the manifest: {said}")
    return CONTENT_ERRORS if counts else BUILT
