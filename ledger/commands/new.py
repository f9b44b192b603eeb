"""`ledger new`: write the skeleton of a record."""

import argparse

from ledger import terminal
from ledger.commands.running import BUILT, USAGE, add_content, fail

NAME = "new"
HELP = "write the skeleton of a record"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The kind and the id."""
    parser.add_argument("kind", metavar="KIND", help="claim, source, position …")
    parser.add_argument("id", metavar="ID", help="the record's id, which becomes its file's name")
    add_content(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file."""
    from ledger.editing import new  # noqa: PLC0415 - the models are slow to import

    try:
        path = new.write_skeleton(arguments.content, arguments.kind, arguments.id)
    except ValueError as problem:
        return fail(USAGE, str(problem))
    terminal.say(f"wrote {path}: fill in the blanks, then run `ledger check`")
    return BUILT
