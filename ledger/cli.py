"""The command line: arguments in, exit code out.

Exit codes: 0 built, 1 content errors, 2 usage, 3 environment (disk, permissions), 4 a bug of the program. As a shell
has them for any program: 130 stopped by Ctrl-C, 129 its terminal was closed, 141 nobody read on (`| head`), 143 told
to end (SIGTERM).
"""

import argparse
import itertools
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import NamedTuple

from ledger import __version__, terminal
from ledger.commands.completing import with_completers
from ledger.commands.running import (
    BUG,
    BUILT,
    CLOSED,
    CONTENT_ERRORS,
    ENDED,
    ENVIRONMENT,
    STOPPED,
    UNREAD,
    USAGE,
    Ended,
    Failure,
    check_folders,
    ending_in_order,
)
from ledger.diagnostics import PUBLISHED, did_you_mean

__all__ = ["BUG", "BUILT", "CLOSED", "CONTENT_ERRORS", "ENDED", "ENVIRONMENT", "STOPPED", "UNREAD", "USAGE", "main"]


class Command(NamedTuple):
    """A command: its name, what the help says about it, and the module that does it, imported when needed."""

    name: str
    help: str
    module: str
    """It has `add_arguments`, and the function that does the command and gives its exit code."""
    function: str = "run"
    """Of another, as `check`, the arguments are added by `add_check_arguments`."""
    refusal: str | None = None
    """The hint after a ValueError, where that is a matter of usage; without it, it is a bug."""
    reads: bool = True
    """Whether the folders that it is given must be there."""
    example: str = ""
    """What its help shows, without the program's name: it does something in the ledger that `init` makes."""


GROUPS: Mapping[str, Sequence[Command]] = {
    "set up and publish": (
        Command("init", "make a new ledger, in a new folder or in yours", "init",
                refusal="nothing was written", example="init my-ledger"),
        Command("build", "check the content and publish the site", "build", example="build --strict"),
        Command("check", "check the content as `build` does, and publish nothing", "build", "check",
                example="check --strict"),
        Command("serve", "show the site in a browser of this machine, anew at every save", "serve",
                example="serve --port 8080"),
        Command("verify", "compare a published site with its manifest, file by file", "build", "verify",
                example="verify output"),
        Command("schema", "print or write the JSON Schemas of records, for editors", "about", "schema",
                refusal="", example="schema claim"),
        Command("completion", "print what makes a shell complete commands, options and ids", "about",
                "completion", example="completion bash"),
    ),
    "look": (
        Command("list", "list the records, or those of a kind, by id and title", "query", "list_records",
                example="list claims where rating = medium"),
        Command("query", "ask the records a question", "query",
                example='query "claims where teams < 2 and rating >= medium"'),
        Command("stats", "count the records, the verdicts, and what is missing", "stats",
                example="stats --format csv"),
        Command("diff", "say what a branch changes: records, verdicts, pages and findings", "diff",
                refusal="nothing was compared", example="diff HEAD --format markdown"),
        Command("mcp", "answer an assistant's questions about a built site", "mcp",
                example="mcp output"),
        Command("cite", "print how a record is cited, a claim with the hash of its wording", "cite",
                refusal="`ledger list` prints the ids", example="cite hot-water-can-freeze-first"),
        Command("was", "say what a claim said when it was cited, and what changed since", "was",
                refusal="", example="was hot-water-can-freeze-first@d25553009b"),
        Command("keep", "write down what claims say today, and their verdicts", "was", "keep",
                refusal="nothing was kept", example="keep"),
        Command("explain", "say what a check is for and how to satisfy it", "about", "explain",
                example="explain orphan"),
    ),
    "write records": (
        Command("new", "write a new record, or its skeleton", "new", refusal="", reads=False,
                example='new term my-term --set "term=A term"'),
        Command("add", "make a source from a DOI, arXiv number, ISBN, PMID or address", "add",
                refusal="nothing was written", example="add arXiv:2001.08362v2"),
        Command("import", "make records of references, articles, or another ledger", "importing",
                refusal="nothing was written", example="import --dry-run library.bib"),
        Command("link-authors", "link authors of sources to the proponents that they look like", "link_authors",
                refusal="nothing was changed", example="link-authors"),
        Command("mv", "rename a record's id everywhere; the old one leads to it", "ids", "mv",
                refusal="nothing was changed", example="mv --dry-run katz-2017 katz-reply"),
        Command("rm", "delete a record that nothing names, or withdraw it", "ids", "rm", refusal="nothing was changed",
                example='rm --dry-run katz-2017 --why "Its author took it back."'),
        Command("fmt", "put the fields of files in the order of the schema, in one layout", "fmt",
                refusal="nothing was changed", example="fmt --check"),
    ),
    "texts and addresses of sources": (
        Command("snapshot", "keep the text of a source, or its hash, to verify quotes by", "snapshot", refusal="",
                example="snapshot katz-2017 paper.txt"),
        Command("quote", "say where a source has some words", "snapshot", "quote", refusal="",
                example='quote katz-2017 "hot water"'),
        Command("links", "ask over the network whether addresses of sources answer", "links",
                refusal="nothing was written", example="links katz-2017"),
        Command("retractions", "propose statuses from a table of Retraction Watch", "links", "statuses",
                refusal="nothing was written", example="retractions table.csv"),
    ),
}  # fmt: skip
"""Every command by what it is for, in the order of the help."""
COMMANDS = tuple(command for group in GROUPS.values() for command in group)
OTHER_NAMES = {
    "rename": "mv", "move": "mv", "delete": "rm", "remove": "rm", "withdraw": "rm",
    "format": "fmt", "ls": "list", "show": "list", "statistics": "stats",
    "search": "query", "find": "query", "validate": "check", "lint": "check",
    "start": "init", "create": "new", "challenge": "new", "help": "--help",
}  # fmt: skip
"""What other programs call a command, for the hint."""


_PRINTING_ALONE = "the printing alone failed: if the command writes files, they are written"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; whatever stops it is reported and has an exit code too."""
    if "_ARGCOMPLETE" in os.environ:
        complete(os.environ.get("COMP_LINE", ""))
    terminal.allow_any_text()
    words = sys.argv[1:] if argv is None else argv
    name, command = _named(words)
    untouched = terminal.UNTOUCHED if name == "build" else ""
    try:
        with ending_in_order():
            code = _run(words)
            terminal.flush()
            return code
    except Failure as failure:
        terminal.print_failure(failure.message, failure.hint, failure.details)
        return failure.code
    except (KeyboardInterrupt, Ended, OSError, terminal.Unwritable) as stop:
        return _stopped(stop, _done(stop, untouched))
    except ModuleNotFoundError:  # no bug: what is missing where this is installed is said by `ledger_kb`
        raise
    except Exception as problem:
        if command is None or command.refusal is None or not isinstance(problem, ValueError):
            terminal.print_bug(problem, _done(problem, untouched))
            return BUG
        terminal.print_failure(str(problem), command.refusal)
        return USAGE


def _done(stop: BaseException, untouched: str) -> str:
    """What had happened to the site when something stopped the command."""
    return PUBLISHED if PUBLISHED in getattr(stop, "__notes__", ()) else untouched


def _stopped(stop: BaseException, done: str) -> int:
    """Say what stopped a command from outside, and what it had done by then."""
    if isinstance(stop, terminal.Unwritable):
        if not stop.is_unread:
            terminal.print_failure(f"what it has to say cannot be printed: {stop.why}", done or _PRINTING_ALONE)
        return UNREAD if stop.is_unread else ENVIRONMENT
    if isinstance(stop, OSError):
        where = f" ({stop.filename})" if stop.filename else ""
        terminal.print_failure(f"{stop.strerror or stop}{where}", done)
        return ENVIRONMENT
    terminal.print_failure("stopped", done)
    return 128 + stop.args[0] if isinstance(stop, Ended) else STOPPED


def _named(words: Sequence[str]) -> tuple[str, Command | None]:
    """The first word that is no option, and the command of that name."""
    name = next((word for word in words if not word.startswith("-")), "")
    return name, next((one for one in COMMANDS if one.name == name), None)


def _run(words: Sequence[str]) -> int:
    """Run a command and give its exit code; otherwise the parser exits with the help, the version or what is wrong."""
    name, command = _named(words)
    if name and not command:
        from difflib import get_close_matches  # seldom needed

        meant = OTHER_NAMES.get(name) or next(iter(get_close_matches(name, [one.name for one in COMMANDS], 1)), "")
        hint = f"did you mean `ledger {meant}`?" if meant else "`ledger --help` lists the commands"
        raise Failure(USAGE, f"there is no command '{name}'", hint)
    parser = parser_with(command)
    if not words:
        terminal.print_help(parser)
        return USAGE
    arguments, unknown = parser.parse_known_args(words)
    if unknown:
        hint = did_you_mean(unknown[0], arguments.options) or f"`ledger {name} --help` lists what it takes"
        raise Failure(USAGE, f"`ledger {name}` does not take '{unknown[0]}'", hint)
    if arguments.reads:
        check_folders(arguments)
    code: int | None = arguments.run(arguments)
    return code or BUILT


def complete(line: str) -> None:
    """Tell the shell what may come next on its command line, and end the program."""
    import argcomplete  # only when a shell asks

    parser = parser_with(_named(line.split()[1:])[1])
    argcomplete.autocomplete(parser, always_complete_options=False, print_suppressed=True)


def parser_with(command: Command | None) -> argparse.ArgumentParser:
    """What reads a command line: it knows all commands by name, and the arguments of one of them."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = terminal.Parser("ledger", "ledger COMMAND …", _OVERVIEW, _MORE, formatter_class=layout, add_help=False)
    parser.add_argument("-h", "--help", action="help", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"ledger {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", prog="ledger", help=argparse.SUPPRESS)
    for one in COMMANDS:
        about, epilog = f"{one.help[0].upper()}{one.help[1:]}.", f"example:\n  ledger {one.example}"
        known = commands.add_parser(one.name, help=one.help, description=about, epilog=epilog, formatter_class=layout)
        if one is command:
            module = import_module(f"ledger.commands.{one.module}")
            adding = "add_arguments" if one.function == "run" else f"add_{one.function}_arguments"
            getattr(module, adding)(known)
            with_completers(known, one.name)
            options = [option for action in known._actions for option in action.option_strings]
            known.set_defaults(run=getattr(module, one.function), reads=one.reads, options=options)
    return parser


def _group(title: str, commands: Sequence[Command]) -> str:
    return "\n".join([f"{title}:", *(f"  {one.name:<13}{one.help}" for one in commands)])


_ABOUT = "Build a sourced knowledge base of controversies."
_OVERVIEW = "\n".join([_ABOUT, "", *itertools.starmap(_group, GROUPS.items())])
_MORE = "`ledger COMMAND --help` says more of a command, with an example."


if __name__ == "__main__":
    sys.exit(main())
