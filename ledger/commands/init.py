"""`ledger init`: a new ledger to start from."""

import argparse
from pathlib import Path

from ledger import terminal
from ledger.commands.running import BUILT
from ledger.editing.init import new_ledger


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, and what installs this program."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there, or is empty")
    what = "what pip installs this program from, for requirements.txt (default: this version by its name)"
    parser.add_argument("--requirement", default="", metavar="TEXT", help=what)


def run(arguments: argparse.Namespace) -> int:
    """Write the files."""
    made = new_ledger(arguments.folder, arguments.requirement)
    terminal.say(f"wrote {len(made)} files in {arguments.folder}; its README.md says how to go on:")
    terminal.say(f"  cd {arguments.folder} && ledger build")
    return BUILT
