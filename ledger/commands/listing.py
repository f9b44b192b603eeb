"""`ledger list`: the ids and titles of records."""

import argparse

from ledger.commands import query
from ledger.commands.running import add_content

FORMATS = {"text": "table", "json": "json", "csv": "csv"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The kind, and what the records of it must be like."""
    what = "claims, sources … (default: all records)"
    parser.add_argument("kind", metavar="KIND", nargs="?", default="records", help=what)
    what = "which of them, in the words of `ledger query`: `where …`, `since …`, `order by …`"
    parser.add_argument("which", metavar="FILTER", nargs="*", help=what)
    add_content(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="the form of the list")
    parser.add_argument("--drafts", action="store_true", help="list drafts too")


def run(arguments: argparse.Namespace) -> int:
    """Print the list: a query that selects no more than the id and the title."""
    columns = "id, kind, title" if arguments.kind in ("record", "records") else "id, title"
    arguments.query = [arguments.kind, *arguments.which, "select", columns]
    arguments.format, arguments.sql = FORMATS[arguments.format], False
    return query.run(arguments)
