"""`ledger new`: a new record, asked for field by field, filled in from options, or left as a skeleton."""

import argparse
import sys
import textwrap
from typing import TYPE_CHECKING, Any

from ledger import terminal
from ledger.commands.running import BUILT, USAGE, add_content, fail

if TYPE_CHECKING:
    from ledger.editing.new import Question
    from ledger.records import Kind

NAME = "new"
HELP = "write a new record, or its skeleton"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The kind, the id, and answers."""
    parser.add_argument("kind", metavar="KIND", help="claim, source, position …")
    parser.add_argument("id", metavar="ID", help="the record's id, which becomes its file's name")
    add_content(parser)
    what = "fill in a field; items of a list stand between commas, authors between semicolons; may be repeated"
    parser.add_argument(
        "--set", action="append", default=[], type=_answer, dest="answers", metavar="FIELD=VALUE", help=what
    )


def _answer(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError(f"'{text}' is not FIELD=VALUE")
    return name, value


def run(arguments: argparse.Namespace) -> int:
    """Write the file; on a terminal, after asking for what is missing."""
    from ledger.editing import new  # noqa: PLC0415 - the models are slow to import

    try:
        kind = new.kind_named(arguments.kind)
        new.new_path(arguments.content, kind, arguments.id)
        told = {name: new.read_answer(kind, name, text) for name, text in arguments.answers}
        told |= _asked(kind, arguments.id, told) if sys.stdin.isatty() else {}
        told |= new.implied(kind, arguments.id, told)
        text = new.filled(kind, told) if told else new.skeleton(kind)
        path = new.write_record(arguments.content, kind, arguments.id, text)
    except ValueError as problem:
        return fail(USAGE, str(problem))
    missing = any(one.name not in told for one in new.wanted(kind, arguments.id, told))
    then = "fill in the blanks" if missing else "see what else it can say"
    terminal.say(f"wrote {path}: {then}, then run `ledger check`")
    return BUILT


def _asked(kind: "Kind", id_: str, told: dict[str, Any]) -> dict[str, Any]:
    """The answers to what the record needs and was not told."""
    from ledger.editing.new import questions  # noqa: PLC0415 - as above

    found = {one.name: _ask(kind, one) for one in questions(kind, id_) if one.name not in told}
    opened = [one for one in questions(kind, id_, of_part=True) if one.name not in told]
    if opened and (any("." in name for name in told) or _wanted(opened[0].name.partition(".")[0])):
        found |= {one.name: _ask(kind, one) for one in opened}
    return found


def _wanted(part: str) -> bool:
    return _read(f"{part} now? yes or no [no]: ").strip().casefold() in ("y", "yes")


def _ask(kind: "Kind", question: "Question") -> Any:
    """Ask until the answer will do."""
    from ledger.editing.new import read_answer  # noqa: PLC0415 - as above

    terminal.say(f"{question.name}: {question.words}")
    if question.choices:
        options = textwrap.fill(" | ".join(question.choices), 100, initial_indent="  ", subsequent_indent="  ")
        terminal.say(options)
    while True:
        text = _read(f"  [{question.suggestion}] " if question.suggestion else "  ") or question.suggestion
        try:
            return read_answer(kind, question.name, text)
        except ValueError as problem:
            terminal.say(f"  {problem}")


def _read(prompt: str) -> str:
    """A line from the terminal; its end stops the command, as Ctrl-C does."""
    try:
        return input(prompt)
    except EOFError:
        raise KeyboardInterrupt from None
