"""`ledger mv`: give a record another id; `ledger rm`: delete a record that nothing names, or withdraw it."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from ledger import terminal
from ledger.commands import prompting
from ledger.commands.running import USAGE, Failure, add_content, add_date, day_of
from ledger.diagnostics import shown_path
from ledger.editing import removing, rename, replacing, rewriting
from ledger.editing.removing import Named
from ledger.editing.rewriting import Changes

SHOWN = 20
"""How many places that name a record are shown."""


def add_mv_arguments(parser: argparse.ArgumentParser) -> None:
    """The two ids."""
    parser.add_argument("old", metavar="OLD", help="the id that the record has")
    parser.add_argument("new", metavar="NEW", help="the id that it gets")
    add_content(parser)
    parser.add_argument("--dry-run", action="store_true", help="print what would change as a diff, and write nothing")


def mv(arguments: argparse.Namespace) -> None:
    """Plan the rename, and carry it out."""
    with replacing.lock_content(arguments.content, dry=arguments.dry_run):
        renaming = rename.plan_rename(arguments.content, arguments.old, arguments.new)
        if not arguments.dry_run:
            replacing.exchange(arguments.content, renaming.before, renaming.after)
    if arguments.dry_run:
        terminal.say(rename.diff(arguments.content, renaming).rstrip("\n"))
        return
    for old, new in renaming.ids.items():
        terminal.say(f"renamed {old} to {new}; its old address leads to the new one")
    files, references = len(renaming.after), renaming.references
    terminal.say(f"{references} reference{'s' * (references != 1)} changed, {files} file{'s' * (files != 1)} written")


def add_rm_arguments(parser: argparse.ArgumentParser) -> None:
    """The id, and what is said of a record that is withdrawn."""
    add = parser.add_argument
    add("id", metavar="ID", help="the id of the record")
    add_content(parser)
    add("--withdraw", action="store_true", help="withdraw it though nothing names it: its page stays, with a notice")
    add("--why", default="", metavar="TEXT", help="why it is withdrawn, for readers (default: asked for)")
    add("--merged-into", default="", metavar="ID", help="the record that says it now; this one is withdrawn")
    add_date(parser, "on which it is withdrawn")
    add("--dry-run", action="store_true", help="print what would change as a diff, and write nothing")


def rm(arguments: argparse.Namespace) -> None:
    """Say what names the record, and delete or withdraw it."""
    content, dry = arguments.content, arguments.dry_run
    named = removing.find(content, arguments.id, arguments.merged_into)
    stays = arguments.withdraw or bool(arguments.merged_into) or named.must_stay
    for line in _mentions(content, named):
        terminal.say(line)
    why = (arguments.why or ("…" if dry else _ask(named.record.id))) if stays else ""
    with replacing.lock_content(content, dry=dry):
        named = removing.find(content, arguments.id, arguments.merged_into)
        if stays:
            removal = removing.withdrawal(named, day_of(arguments), why, arguments.merged_into)
        else:
            removal = removing.deletion(named)
        if not dry:
            replacing.exchange(content, removal.before, removal.after)
    for line in _changes(content, removal) if dry else _done(content, arguments.id, removal):
        terminal.say(line)


def _ask(id_: str) -> str:
    """Ask why a record is withdrawn. Failure when nobody can be asked."""
    if not terminal.is_terminal(sys.stdin):
        raise Failure(USAGE, f"why is '{id_}' withdrawn?", "say it, for readers, with --why")
    terminal.say(f"'{id_}' is withdrawn; its page stays, and says why:")
    while not (why := prompting.read("  ")):
        pass
    return why


def _done(content: Path, id_: str, removal: Changes) -> Iterator[str]:
    """What became of the record."""
    yield from (f"withdrew {content}/{path}: its page stays, and says why" for path in removal.after)
    if not removal.after:
        yield from (f"deleted {content}/{path}" for path in removal.before)
        yield f"nothing names '{id_}'; if its page was published, its address is no longer there"


def _mentions(content: Path, named: Named) -> Iterator[str]:
    count = len(named.mentions)
    if count:
        yield f"'{named.record.id}' is named in {count} place{'s' * (count != 1)}:"
    for span, field in named.mentions[:SHOWN]:
        yield f"  {shown_path(str(content), span.path)}:{span.line}:{span.column}: {field}"
    if count > SHOWN:
        yield f"  and {count - SHOWN} more"


def _changes(content: Path, removal: Changes) -> Iterator[str]:
    """What would become of the files, as a diff."""
    for path, before in removal.before.items():
        file = f"{content}/{path}"
        if path in removal.after:
            yield rewriting.diff(file, before, removal.after[path]).rstrip("\n")
        else:
            yield f"delete {file}"
