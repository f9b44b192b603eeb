"""`ledger new`: a new record, asked for field by field, filled in from options, or left as a skeleton."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from ledger import terminal
from ledger.commands import prompting
from ledger.commands.dialog import NEXT, Dialog
from ledger.commands.running import USAGE, Failure, add_content, add_date, day_of
from ledger.diagnostics import Lines, in_words, visible
from ledger.editing import answers, issue, new, trial
from ledger.editing.replacing import exchange, lock_content
from ledger.editing.trial import Draft
from ledger.files import TextFile
from ledger.loading import is_a
from ledger.records import KINDS, Challenge, Kind


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The kind, the id, and answers."""
    parser.add_argument("kind", nargs="?", default="", metavar="KIND", help="claim, source, position …")
    parser.add_argument("id", nargs="?", default="", metavar="ID",
                        help="the record's id, which becomes its file's name (default: made of its title)")  # fmt: skip
    add_content(parser)
    what = "answer a field, as statement=…, evidence.source=…; again for a list's next entry"
    add = parser.add_argument
    add("--set", action="append", default=[], type=_answer, dest="answers", metavar="FIELD=VALUE", help=what)
    what = "take a challenge from the JSON of an issue, as `gh issue view` prints it; - for standard input"
    add("--from-issue", type=Path, metavar="FILE", help=what)
    add("--no-input", action="store_true", help="ask nothing, also on a terminal")
    add_date(parser, "on which it is added")


def _answer(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise argparse.ArgumentTypeError(f"'{text}' is not FIELD=VALUE")
    return name.strip(), value


def run(arguments: argparse.Namespace) -> None:
    """Write the file; on a terminal, after asking for what is missing."""
    is_asking = terminal.is_terminal(sys.stdin) and not (arguments.no_input or arguments.from_issue)
    kind = _kind(arguments.kind or (arguments.from_issue and "challenge"), is_asking=is_asking)
    world = trial.open_world(arguments.content)
    if world.loaded.site is None:
        terminal.print_note(f"there is no {arguments.content / 'site.yml'} yet; `ledger init` starts a ledger")
    if arguments.id:
        new.check_new(world, kind, arguments.id)
    draft = Draft(world, kind, arguments.id, day_of(arguments).isoformat())
    if arguments.from_issue:
        draft.data = _of_issue(world, kind, arguments.from_issue)
    for name, text in arguments.answers:
        _take(draft, name, text)
    if is_asking:
        terminal.say("Answer each question; Ctrl-C stops, and nothing is written.")
    made = Dialog(draft).run() if is_asking else [_named(draft)]
    _write(made)


def _of_issue(world: trial.World, kind: Kind, path: Path) -> answers.Data:
    """What an issue says. ValueError when it is no challenge, or one that is recorded already."""
    if kind.model is not Challenge:
        raise Failure(USAGE, f"an issue makes a challenge, not a {kind.name}", "ledger new challenge --from-issue FILE")
    with nullcontext(sys.stdin.buffer) if str(path) == "-" else path.open("rb") as file:
        found = issue.fields_of(file.read(issue.MOST_BYTES + 1))
    for record in world.loaded.records.values():
        if is_a(record, Challenge) and record.fields.url and record.fields.url == found.get("url"):
            raise ValueError(f"this issue is recorded already, as {record.path}")
    return found


def _kind(name: str, *, is_asking: bool) -> Kind:
    if not name and is_asking:
        terminal.say("What is it?")
        name = prompting.choose("  > ", [(kind.name, kind.model.__doc__ or "") for kind in KINDS])
    if not name:
        raise Failure(USAGE, "name the kind of the record", "one of: " + ", ".join(kind.name for kind in KINDS))
    return answers.kind_named(name)


def _take(draft: Draft, name: str, text: str) -> None:
    """Take an answer from the command line. ValueError says which one is wrong."""
    path = answers.path_of(draft.kind, name, draft.data)
    try:
        value = draft.take(path, text)
        if path[-1] == "authors" and isinstance(value, list):
            terminal.say(visible(f"authors: {'; '.join(', '.join(one.values()) for one in value)}"))
    except ValueError as problem:
        raise ValueError(f"{name}: {problem}") from None


def _named(draft: Draft) -> Draft:
    """The draft with what follows from its answers, and an id. ValueError when none can be made."""
    draft.id = draft.id or new.proposed_id(draft.world, draft.kind, draft.data)
    if not draft.id:
        raise ValueError(f"name the {draft.kind.name}'s ID: none can be made of what it says so far")
    new.check_new(draft.world, draft.kind, draft.id)
    draft.imply()
    file = TextFile(draft.path, new.skeleton(draft.kind, draft.data))
    if not draft.missing() and (wrong := trial.first_error(trial.findings(draft.world, file))):
        raise ValueError(in_words(wrong))
    return draft


def _write(made: Sequence[Draft]) -> None:
    """Write the records, all or none; then say what is missing, what the checks find, and what comes next."""
    if len({draft.id for draft in made}) < len(made):
        raise ValueError("two of these records would have the same id: nothing was written")
    files = [TextFile(draft.path, new.skeleton(draft.kind, draft.data)) for draft in made]
    world = made[-1].world
    world.content.mkdir(parents=True, exist_ok=True)
    with lock_content(world.content):
        exchange(world.content, {}, {file.path: file.text.encode("utf-8") for file in files})
    for file in files:
        terminal.say(visible(f"wrote {world.content / file.path}"))
        world, _ = world.having(file)
    for draft, file in zip(made, files, strict=True):
        if missing := new.blanks(draft.kind, draft.data):
            terminal.say(f"  still to fill in: {', '.join(missing)}")
        for problem in trial.findings(world, file) if not missing else ():
            line = Lines(file.text).line(problem.span.line)
            terminal.say(terminal.finding(terminal.placed(problem, str(world.content)), line))
    terminal.say(f"next: {NEXT[made[-1].kind.name]}; `ledger check` looks at the whole")
