"""What the program says of itself: `ledger explain`, `ledger schema` and `ledger completion`."""

import argparse
from pathlib import Path

from ledger import explanations, terminal
from ledger.commands.running import USAGE, Failure
from ledger.diagnostics import did_you_mean, visible

SHELLS = ("bash", "zsh", "fish")


def add_explain_arguments(parser: argparse.ArgumentParser) -> None:
    """The check, or none for the list of all."""
    parser.add_argument("check", metavar="CHECK-ID", nargs="?", default="", help="the check (default: a list of all)")


def explain(arguments: argparse.Namespace) -> None:
    """Print the check's page."""
    text = explanations.explain(arguments.check) if arguments.check else explanations.table()
    if text is None:
        hint = did_you_mean(arguments.check, explanations.known()) or "`ledger explain` lists the checks"
        raise Failure(USAGE, f"there is no check '{arguments.check}'", hint)
    terminal.say(text)


def add_schema_arguments(parser: argparse.ArgumentParser) -> None:
    """A kind, or where all schemas go."""
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("kind", nargs="?", metavar="KIND", help="print the schema of claim, source, site …")
    what = "write the schema of every kind to this folder, over those that are there; a ledger's are .vscode/schemas"
    wanted.add_argument("--write", type=Path, dest="folder", metavar="DIR", help=what)


def schema(arguments: argparse.Namespace) -> None:
    """Print one, or write all."""
    from ledger import schemas  # slow to import
    from ledger.editing.answers import kind_named

    if arguments.folder:
        changed = schemas.write_schemas(arguments.folder)
        terminal.say(
            f"{visible(str(arguments.folder))}: {len(schemas.WRITTEN)} schemas, {changed} of them new or changed"
        )
    else:
        kind = kind_named(arguments.kind, schemas.WRITTEN)
        terminal.say_json(schemas.to_text(schemas.json_schema(kind)).removesuffix("\n"))


def add_completion_arguments(parser: argparse.ArgumentParser) -> None:
    """The shell."""
    what = "bash, zsh or fish; docs/editing-commands.md says where to put what is printed"
    parser.add_argument("shell", metavar="SHELL", choices=SHELLS, help=what)


def completion(arguments: argparse.Namespace) -> None:
    """Print the script."""
    from argcomplete.shell_integration import shellcode  # only when it is needed

    terminal.say(shellcode(["ledger"], shell=arguments.shell).strip())
