"""`ledger new`: a new record, asked for field by field, filled in from options, or left as a skeleton."""

import argparse
import sys
import textwrap
from typing import Any

from ledger import terminal
from ledger.commands.running import BUILT, add_content
from ledger.editing import new
from ledger.records import Kind


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The kind, the id, and answers."""
    parser.add_argument("kind", metavar="KIND", help="claim, source, position …")
    parser.add_argument("id", metavar="ID", help="the record's id, which becomes its file's name")
    add_content(parser)
    what = "fill in a field; separate the items of a list by commas, authors by semicolons; may be repeated"
    add = parser.add_argument
    add("--set", action="append", default=[], type=_answer, dest="answers", metavar="FIELD=VALUE", help=what)


def _answer(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError(f"'{text}' is not FIELD=VALUE")
    return name, value


def run(arguments: argparse.Namespace) -> int:
    """Write the file; on a terminal, after asking for what is missing."""
    kind = new.kind_named(arguments.kind)
    new.new_path(arguments.content, kind, arguments.id)
    answers = {name: new.read_answer(kind, name, text) for name, text in arguments.answers}
    answers |= _asked(kind, arguments.id, answers) if sys.stdin.isatty() else {}
    answers |= new.implied(kind, arguments.id, answers)
    text = new.skeleton(kind, answers)
    path = new.write_record(arguments.content, kind, arguments.id, text)
    missing = any(one.name not in answers for one in new.wanted(kind, arguments.id, answers))
    then = "fill in the blanks" if missing else "see what else it can say"
    terminal.say(f"wrote {path}: {then}, then run `ledger check`")
    return BUILT


def _asked(kind: Kind, id_: str, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers to what the record needs and was not given."""
    found = {one.name: _ask(kind, one) for one in new.questions(kind, id_) if one.name not in answers}
    opened = [one for one in new.questions(kind, id_, of_part=True) if one.name not in answers]
    if opened and (any("." in name for name in answers) or _wanted(opened[0].name.partition(".")[0])):
        found |= {one.name: _ask(kind, one) for one in opened}
    return found


def _wanted(part: str) -> bool:
    return _read(f"{part} now? yes or no [no]: ").strip().casefold() in ("y", "yes")


def _ask(kind: Kind, question: new.Question) -> Any:
    """Ask until the answer will do."""
    terminal.say(f"{question.name}: {question.words}")
    if question.choices:
        options = textwrap.fill(" | ".join(question.choices), 100, initial_indent="  ", subsequent_indent="  ")
        terminal.say(options)
    while True:
        text = _read(f"  [{question.suggestion}] " if question.suggestion else "  ") or question.suggestion
        try:
            return new.read_answer(kind, question.name, text)
        except ValueError as problem:
            terminal.say(f"  {problem}")


def _read(prompt: str) -> str:
    """A line from the terminal; its end stops the command, as Ctrl-C does."""
    try:
        return input(prompt)
    except EOFError:
        raise KeyboardInterrupt from None
