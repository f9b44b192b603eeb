"""`ledger query`: ask the records a question."""

import argparse
import os
import shutil
import sys
from dataclasses import replace

from ledger import api, terminal
from ledger.commands.running import BUILT, CONTENT_ERRORS, USAGE, Failure, add_content
from ledger.diagnostics import Level, as_text
from ledger.query import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The question, and the form of the answer."""
    parser.add_argument("query", metavar="QUERY", nargs="+", help="the question, best in quotes")
    add_content(parser)
    parser.add_argument("--format", choices=output.FORMATS, default="table", help="the form of the answer")
    parser.add_argument("--drafts", action="store_true", help="look at drafts too")


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; 1 when it may be short of records whose files have errors."""
    loaded = api.load(arguments.content, drafts=arguments.drafts, check=False)
    try:
        answer = loaded.query(" ".join(arguments.query))
    except api.QueryError as error:
        raise Failure(USAGE, f"the query cannot be answered, {error}") from None
    is_table = arguments.format == "table"
    text = output.as_table(answer, _width()) if is_table else output.FORMATS[arguments.format](answer)
    if text:
        _print(text)
    if not answer.ids:
        terminal.print_failure("nothing was found")
    _check_whole(loaded, str(arguments.content))
    return BUILT


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


def _check_whole(loaded: api.LoadedLedger, content: str) -> None:
    """Failure when files have errors, of which the answer takes no account."""
    if not loaded.failed:
        return
    lines = [f"the answer lacks what stands in files with errors ({len(loaded.failed)}):"]
    for problem in (one for one in loaded.diagnostics if one.level is Level.ERROR):
        span = replace(problem.span, path=terminal.shown_path(content, problem.span.path))
        file = loaded.lines.get(problem.span.path)
        lines.append(as_text(replace(problem, span=span), file.line(span.line) if file else None))
    raise Failure(CONTENT_ERRORS, "\n".join(lines), "`ledger check` tells of all that is wrong")
