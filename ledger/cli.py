"""The command line: arguments in, exit code out.

Exit codes: 0 built, 1 content errors, 2 usage, 3 environment (disk, permissions), 4 a bug of the program.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

from ledger import __version__, terminal
from ledger.commands.running import BUG, BUILT, CONTENT_ERRORS, ENVIRONMENT, USAGE, Failure, check_folders

__all__ = ["BUG", "BUILT", "CONTENT_ERRORS", "ENVIRONMENT", "USAGE", "main"]


class Command(NamedTuple):
    """A command: its name, what the help says of it, and where it is done, which is imported when it is asked for."""

    name: str
    help: str
    module: str
    """It has `add_arguments`, and the function that does the command and gives its exit code."""
    function: str = "run"
    refusal: str | None = None
    """The hint after a ValueError, where that is a matter of usage; without it, it is a bug."""
    reads: bool = True
    """Whether the folders that it is given must be there."""


COMMANDS = (
    Command("build", "check the content and publish the site", "build"),
    Command("serve", "show the site in a browser of this machine, and show it anew at every save", "serve"),
    Command("init", "make a new ledger in an empty folder", "init", refusal="name a folder that is not there yet"),
    Command("check", "the same, but publish nothing", "build", "check"),
    Command("query", "ask the records a question: `claims where origins < 2 and rating >= medium`", "query"),
    Command("new", "write a new record, or its skeleton", "new", refusal="", reads=False),
    Command("add", "make a source from a DOI, arXiv number, ISBN, PMID or address", "add",
            refusal="nothing was written"),
    Command("links", "ask the addresses of sources whether they still answer (this uses the network)", "links"),
    Command("mv", "rename a record's id everywhere; the old one leads to it", "mv", refusal="nothing was changed"),
    Command("import", "make records of references, articles, or another ledger", "importing",
            refusal="nothing was written"),
    Command("snapshot", "keep the text of a source, or its hash, to verify quotes by", "snapshot", refusal=""),
    Command("quote", "say where some words stand in the text of a source", "quote", refusal=""),
    Command("schema", "print or write the JSON Schemas of records, for editors", "schema", refusal=""),
    Command("explain", "say what a check is for and how to satisfy it", "explain"),
)  # fmt: skip
"""Every command, in the order of the help."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; whatever stops it is said, and turned into one."""
    terminal.allow_any_text()
    words = sys.argv[1:] if argv is None else argv
    name = next((word for word in words if not word.startswith("-")), "")
    command = next((one for one in COMMANDS if one.name == name), None)
    untouched = terminal.UNTOUCHED if name == "build" else ""
    try:
        return _run(command, words)
    except Failure as failure:
        terminal.print_failure(failure.message, failure.hint)
        return failure.code
    except KeyboardInterrupt:
        terminal.print_failure("stopped", untouched)
        return ENVIRONMENT
    except OSError as problem:
        where = f" ({problem.filename})" if problem.filename else ""
        terminal.print_failure(f"{problem.strerror or problem}{where}", untouched)
        return ENVIRONMENT
    except Exception as problem:
        if command is None or command.refusal is None or not isinstance(problem, ValueError):
            terminal.print_bug(problem, untouched)
            return BUG
        terminal.print_failure(str(problem), command.refusal)
        return USAGE


def _run(command: Command | None, words: Sequence[str]) -> int:
    """The exit code of a command; without one, the parser exits with the help, the version, or what is wrong."""
    module = import_module(f"ledger.commands.{command.module}") if command else None
    parser = argparse.ArgumentParser(prog="ledger", description="Build a sourced knowledge base of controversies.")
    parser.add_argument("--version", action="version", version=f"ledger {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for one in COMMANDS:
        known = commands.add_parser(one.name, help=one.help)
        if module and one is command:
            module.add_arguments(known)
            known.set_defaults(run=getattr(module, one.function), reads=one.reads)
    arguments = parser.parse_args(words)
    if arguments.reads:
        check_folders(arguments)
    code: int = arguments.run(arguments)
    return code


if __name__ == "__main__":
    sys.exit(main())
