"""`ledger query`: ask the records a question."""

import argparse
import os
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from ledger import terminal
from ledger.commands.running import BUILT, CONTENT_ERRORS, USAGE, add_content, fail, missing_folder

if TYPE_CHECKING:
    from ledger.api import LoadedLedger

NAME = "query"
HELP = "ask the records a question: `claims where origins < 2 and rating >= medium`"
FORMATS = ("table", "json", "csv", "ids")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The question, and the form of the answer."""
    parser.add_argument("query", metavar="QUERY", nargs="+", help="the question, best in quotes")
    add_content(parser)
    parser.add_argument("--format", choices=FORMATS, default="table", help="the form of the answer")
    parser.add_argument("--drafts", action="store_true", help="look at drafts too")


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; 1 when it may be short of records whose files have errors."""
    from ledger import api  # noqa: PLC0415 - the graph library is slow to import
    from ledger.query import output  # noqa: PLC0415

    if missing := missing_folder(arguments.content):
        return fail(USAGE, *missing)
    loaded = api.load(arguments.content, drafts=arguments.drafts, check=False)
    try:
        answer = loaded.query(" ".join(arguments.query))
    except api.QueryError as error:
        terminal.print_failure(f"the query cannot be answered, {error}")
        return USAGE
    if arguments.format == "table":
        text = output.as_table(answer, _width())
    else:
        text = output.FORMATS[arguments.format](answer)
    if text:
        _print(text)
    if not answer.ids:
        terminal.print_failure("nothing was found")
    return _missing(loaded, str(arguments.content))


def _print(text: str) -> None:
    """Print an answer to whoever reads it, as far as they do: `| head` is no failure."""
    try:
        terminal.say(text.removesuffix("\n"))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _width() -> int | None:
    """The width of the terminal; a table that goes elsewhere is never cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _missing(loaded: "LoadedLedger", content: str) -> int:
    """Say which files the answer could not take account of, and why."""
    from ledger.diagnostics import Level, as_text  # noqa: PLC0415

    if not loaded.failed:
        return BUILT
    lines = [f"the answer lacks what stands in files with errors ({len(loaded.failed)}):"]
    for problem in (one for one in loaded.diagnostics if one.level is Level.ERROR):
        span = replace(problem.span, path=terminal.shown_path(content, problem.span.path))
        file = loaded.lines.get(problem.span.path)
        lines.append(as_text(replace(problem, span=span), file.line(span.line) if file else None))
    return fail(CONTENT_ERRORS, "\n".join(lines), "`ledger check` tells of all that is wrong")
