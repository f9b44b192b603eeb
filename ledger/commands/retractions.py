"""`ledger retractions`: what a table of Retraction Watch says of the sources, and what their records should say."""

import argparse
from pathlib import Path

from ledger import loading
from ledger.commands import links
from ledger.commands.running import BUILT, CONTENT_ERRORS, USAGE, Failure, add_content, add_date, day_of
from ledger.editing import retractions
from ledger.editing.replacing import exchange, lock_content
from ledger.editing.rewriting import amended, read_content
from ledger.records import Source


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The table, and whether the records are changed."""
    add = parser.add_argument
    add("file", type=Path, metavar="FILE", help="the table: retraction_watch.csv, as Crossref publishes it")
    add_content(parser)
    add("--write", action="store_true", help="give the records what is proposed; what is unknown stays as it is")
    add_date(parser, "on which a status is entered")
    add("--format", choices=("text", "json"), default="text", help="how the proposals are printed")


def run(arguments: argparse.Namespace) -> int:
    """Compare, print, and write if told."""
    if not arguments.file.is_file():
        hint = "download it from https://gitlab.com/crossref/retraction-watch-data"
        raise Failure(USAGE, f"there is no file '{arguments.file}'", hint)
    content = arguments.content
    with lock_content(content, dry=not arguments.write):
        records = read_content(content)[1].records.values()
        found = retractions.proposals(records, retractions.read_table(arguments.file), day_of(arguments))
        changes = [(one.record, one.values) for one in found if one.state == "proposed"]
        if arguments.write:
            exchange(content, *amended(content, changes))
    count = sum(loading.is_a(record, Source) for record in records)
    written = [f"wrote {len(changes)} records"] if arguments.write else []
    links.print_results(arguments, [*retractions.results(found)], retractions.summary(found, count), *written)
    return CONTENT_ERRORS if changes and not arguments.write else BUILT
