"""`ledger query`: ask the records a question; `ledger list`: the ids and titles of records."""

import argparse
from collections.abc import Mapping
from typing import NamedTuple

from ledger import files, graph, loading, terminal
from ledger.commands.running import CONTENT_ERRORS, USAGE, Failure, add_content
from ledger.diagnostics import Diagnostic, Level, Lines, in_order
from ledger.editing.rewriting import read_content
from ledger.query import evaluate, lexer, output, people, sql

_HINT = "`ledger check` shows all that is wrong"
_LIST_FORMATS = {"text": "table", "json": "json", "csv": "csv"}
SHOWN = 10
"""How many ids are named."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The question, and the form of the answer."""
    parser.add_argument("query", metavar="QUERY", nargs="+", help="the question, best in quotes")
    add_content(parser)
    parser.add_argument("--format", choices=output.FORMATS, default="table", help="the form of the answer")
    parser.add_argument("--sql", action="store_true", help="print the SQL that asks ledger.sqlite the same")
    parser.add_argument("--drafts", action="store_true", help="look at drafts too")


def run(arguments: argparse.Namespace) -> None:
    """Print the answer; 1 when records with errors, or what is computed from them, may be missing from it."""
    _answer(arguments, " ".join(arguments.query))


def _answer(arguments: argparse.Namespace, typed: str, more: str = "") -> None:
    """Print the answer to what was typed and what a command adds to it."""
    query, read = typed + more, read_ledger(arguments)
    answer = sql.as_sql(read.ledger, query) if arguments.sql else evaluate.answer(read.ledger, query)
    if isinstance(answer, lexer.Problem):
        shown = typed if answer.end_column <= len(typed) + 1 else query
        first, _, rest = lexer.as_text(answer, shown).partition("\n")
        raise Failure(USAGE, f"the query cannot be answered, {first}", details=rest)
    if isinstance(answer, str):
        terminal.say(answer)
        return
    is_table = arguments.format == "table"
    text = output.as_table(answer, terminal.columns()) if is_table else output.FORMATS[arguments.format](answer)
    print_answer(text, arguments.format)
    if answer.rows and not answer.ids and arguments.format == "ids":
        raise Failure(USAGE, "a count has no ids", "leave out `--format ids`")
    if not answer.rows:
        terminal.print_failure("nothing was found")
    if lacking := people.not_linked(read.ledger, query, answer):
        terminal.print_failure(*lacking)
    check_whole(read)


def add_list_records_arguments(parser: argparse.ArgumentParser) -> None:
    """The kind, and what the records of it must be like."""
    what = "claims, sources … (default: all records)"
    parser.add_argument("kind", metavar="KIND", nargs="?", default="records", help=what)
    what = "which of them, in the words of `ledger query`: `where …`, `since …`, `order by …`"
    parser.add_argument("which", metavar="FILTER", nargs="*", help=what)
    add_content(parser)
    parser.add_argument("--format", choices=_LIST_FORMATS, default="text", help="the form of the list")
    parser.add_argument("--drafts", action="store_true", help="list drafts too")


def list_records(arguments: argparse.Namespace) -> None:
    """Print the list: a query that selects no more than the id and the title."""
    columns = "id, kind, title" if arguments.kind in ("record", "records") else "id, title"
    arguments.format, arguments.sql = _LIST_FORMATS[arguments.format], False
    _answer(arguments, " ".join([arguments.kind, *arguments.which]), f" select {columns}")


class Read(NamedTuple):
    """A content folder as it was read, and the ledger that is asked."""

    content: str
    reading: files.Reading
    loaded: loading.Loaded
    ledger: graph.Ledger


def read_ledger(arguments: argparse.Namespace) -> Read:
    """The ledger of the content folder, with drafts where they are asked for."""
    reading, loaded = read_content(arguments.content)
    whole = graph.build_graph(loaded)
    return Read(str(arguments.content), reading, loaded, whole if arguments.drafts else graph.published(whole))


def check_whole(read: Read) -> None:
    """Failure when records with errors are left out of an answer, or of what it is computed from."""
    if read.loaded.failed:
        found = (one for one in (*read.reading.problems, *read.loaded.problems) if one.level is Level.ERROR)
        ordered = in_order(found)
        shown = [_finding(read.content, one, read.reading.texts) for one in ordered[: terminal.MOST_FINDINGS]]
        shown += [f"and {len(ordered) - len(shown):,} more"] if len(ordered) > len(shown) else []
        message = f"the answer leaves out files with errors ({len(read.loaded.failed)}):"
        raise Failure(CONTENT_ERRORS, message, _HINT, "\n".join(shown))
    if unsound := read.ledger.unsound:
        message = f"nothing is computed from records with an error in their structure ({len(unsound)}): "
        raise Failure(CONTENT_ERRORS, message + ", ".join(sorted(unsound)[:SHOWN]), _HINT)


def print_answer(text: str, format_: str) -> None:
    """Print an answer, if there is any, to whoever reads it."""
    say = {"json": terminal.say_json, "csv": terminal.say_data}.get(format_, terminal.say)
    if text:
        say(text.removesuffix("\n"))
        terminal.flush()


def _finding(content: str, problem: Diagnostic, texts: Mapping[str, str]) -> str:
    """What is wrong with a file that the answer leaves out."""
    path, number = problem.span.path, problem.span.line
    line = Lines(texts[path]).line(number) if path in texts else None
    return terminal.finding(terminal.placed(problem, content), line)
