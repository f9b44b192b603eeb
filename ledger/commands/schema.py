"""`ledger schema`: the JSON Schemas by which editors check and complete records while they are typed."""

import argparse
from pathlib import Path

from ledger import schemas, terminal
from ledger.commands.running import BUILT
from ledger.diagnostics import visible
from ledger.editing.answers import kind_named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A kind, or where all schemas go."""
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("kind", nargs="?", metavar="KIND", help="print the schema of claim, source, site …")
    what = "write the schema of every kind to this folder, over those that are there; a ledger's are .vscode/schemas"
    wanted.add_argument("--write", type=Path, dest="folder", metavar="DIR", help=what)


def run(arguments: argparse.Namespace) -> int:
    """Print one, or write all."""
    if arguments.folder:
        changed = schemas.write_schemas(arguments.folder)
        terminal.say(
            f"{visible(str(arguments.folder))}: {len(schemas.WRITTEN)} schemas, {changed} of them new or changed"
        )
    else:
        kind = kind_named(arguments.kind, schemas.WRITTEN)
        terminal.say_json(schemas.to_text(schemas.json_schema(kind)).removesuffix("\n"))
    return BUILT
