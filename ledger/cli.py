"""The command line: arguments in, exit code out.

Exit codes: 0 built, 1 content errors, 2 usage, 3 environment (disk, permissions), 4 a bug of the program.
"""

import argparse
import sys
from collections.abc import Sequence

from ledger import __version__, terminal
from ledger.commands import (
    add,
    build,
    check,
    explain,
    importing,
    init,
    links,
    mv,
    new,
    query,
    quote,
    schema,
    serve,
    snapshot,
)
from ledger.commands.running import BUG, BUILT, CONTENT_ERRORS, ENVIRONMENT, USAGE, Command, Run, fail

__all__ = ["BUG", "BUILT", "CONTENT_ERRORS", "ENVIRONMENT", "USAGE", "main"]

COMMANDS: tuple[Command, ...] = (
    build,
    serve,
    init,
    check,
    query,
    new,
    add,
    links,
    mv,
    importing,
    snapshot,
    quote,
    schema,
    explain,
)
"""Every command, in the order of the help."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    terminal.allow_any_text()
    arguments = _parser().parse_args(argv)
    run: Run = arguments.run
    try:
        return run(arguments)
    except KeyboardInterrupt:
        return fail(ENVIRONMENT, "stopped", arguments.untouched)
    except OSError as problem:
        where = f" ({problem.filename})" if problem.filename else ""
        return fail(ENVIRONMENT, f"{problem.strerror or problem}{where}", arguments.untouched)
    except Exception as bug:
        terminal.print_bug(bug, arguments.untouched)
        return BUG


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ledger", description="Build a sourced knowledge base of controversies.")
    parser.add_argument("--version", action="version", version=f"ledger {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        one = commands.add_parser(command.NAME, help=command.HELP)
        command.add_arguments(one)
        one.set_defaults(run=command.run, untouched=terminal.UNTOUCHED if command is build else "")
    return parser


if __name__ == "__main__":
    sys.exit(main())
