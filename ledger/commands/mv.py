"""`ledger mv`: give a record another id, everywhere."""

import argparse

from ledger import terminal
from ledger.commands.running import BUILT, add_content
from ledger.editing import rename, replacing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two ids."""
    parser.add_argument("old", metavar="OLD", help="the id that the record has")
    parser.add_argument("new", metavar="NEW", help="the id that it gets")
    add_content(parser)
    parser.add_argument("--dry-run", action="store_true", help="print what would change as a diff, and write nothing")


def run(arguments: argparse.Namespace) -> int:
    """Plan the rename, and carry it out."""
    with replacing.lock_content(arguments.content, dry=arguments.dry_run):
        renaming = rename.plan_rename(arguments.content, arguments.old, arguments.new)
        if not arguments.dry_run:
            replacing.exchange(arguments.content, renaming.before, renaming.after)
    if arguments.dry_run:
        terminal.say(rename.diff(arguments.content, renaming).rstrip("\n"))
        return BUILT
    for old, new in renaming.ids.items():
        terminal.say(f"renamed {old} to {new}; its old address leads to the new one")
    files, references = len(renaming.after), renaming.references
    terminal.say(f"{references} reference{'s' * (references != 1)} changed, {files} file{'s' * (files != 1)} written")
    return BUILT
