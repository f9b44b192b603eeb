"""`ledger query`: ask the records a question."""

import argparse
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace

from ledger import files, graph, loading, terminal
from ledger.commands.running import BUILT, CONTENT_ERRORS, USAGE, Failure, add_content
from ledger.diagnostics import Diagnostic, Level, Lines, as_text, in_order, shown_path
from ledger.query import evaluate, lexer, output

_HINT = "`ledger check` shows all that is wrong"
SHOWN = 10
"""So many ids are named."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The question, and the form of the answer."""
    parser.add_argument("query", metavar="QUERY", nargs="+", help="the question, best in quotes")
    add_content(parser)
    parser.add_argument("--format", choices=output.FORMATS, default="table", help="the form of the answer")
    parser.add_argument("--drafts", action="store_true", help="look at drafts too")


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; 1 when it may be short of records with errors, or of what is computed from them."""
    reading, query = files.read(arguments.content), " ".join(arguments.query)
    loaded = loading.load_records(reading.files, reading.failed, reading.kept)
    whole = graph.build_graph(loaded)
    asked = whole if arguments.drafts else graph.published(whole)
    answer = evaluate.answer(asked, query)
    if isinstance(answer, lexer.Problem):
        raise Failure(USAGE, f"the query cannot be answered, {lexer.as_text(answer, query)}")
    is_table = arguments.format == "table"
    text = output.as_table(answer, _width()) if is_table else output.FORMATS[arguments.format](answer)
    if text:
        _print(text)
    if answer.rows and not answer.ids and arguments.format == "ids":
        raise Failure(USAGE, "a count has no ids", "leave out `--format ids`")
    if not answer.rows:
        terminal.print_failure("nothing was found")
    if loaded.failed:
        found = (one for one in (*reading.problems, *loaded.problems) if one.level is Level.ERROR)
        shown = [_finding(str(arguments.content), one, reading.texts) for one in in_order(found)]
        message = f"the answer leaves out files with errors ({len(loaded.failed)}):"
        raise Failure(CONTENT_ERRORS, "\n".join([message, *shown]), _HINT)
    if asked.unsound:
        message = f"nothing is computed from records with an error in their structure ({len(asked.unsound)}): "
        raise Failure(CONTENT_ERRORS, message + ", ".join(sorted(asked.unsound)[:SHOWN]), _HINT)
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


def _finding(content: str, problem: Diagnostic, texts: Mapping[str, str]) -> str:
    """What is wrong with a file, which the answer takes no account of."""
    path, span = problem.span.path, replace(problem.span, path=shown_path(content, problem.span.path))
    return as_text(replace(problem, span=span), Lines(texts[path]).line(span.line) if path in texts else None)
