"""`ledger init`: a new ledger to start from."""

import argparse
import shlex
import shutil
import sys
from pathlib import Path

from ledger import terminal
from ledger.commands.running import ENVIRONMENT, Failure
from ledger.diagnostics import visible
from ledger.editing import installing
from ledger.editing.init import GUIDE, README, Made, new_ledger
from ledger_kb import rivals

SAY_WHAT = "install it anew from where it is, or say so: --requirement 'ledger-kb @ git+https://HOST/REPOSITORY@COMMIT'"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, and what installs this program."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder, or one in which nothing is replaced")
    what = "what pip installs this program from, for requirements.txt (default: what this one was installed from)"
    parser.add_argument("--requirement", default="", metavar="TEXT", help=what)


def run(arguments: argparse.Namespace) -> None:
    """Write the files, and say how to go on."""
    made = new_ledger(arguments.folder, _requirement(arguments.requirement))
    others = list(rivals())
    terminal.say("\n".join(_report(arguments.folder, made, "ledger-kb" if others else "ledger")))
    for other in others:
        terminal.print_note(f"{other} is here too, and brings a 'ledger' of its own: one of the two will not run")


def _requirement(given: str) -> installing.Requirement:
    try:
        return installing.Requirement(given) if given else installing.requirement()
    except ValueError as problem:
        raise Failure(ENVIRONMENT, f"nothing says what to install this program from: {problem}", SAY_WHAT) from None


def _report(folder: Path, made: Made, name: str) -> list[str]:
    """What was written, what was not, and what to type next."""
    shown = visible(str(folder))
    count = f"{len(made.written)} file" + ("s" if len(made.written) > 1 else "")
    lines = [f"wrote {count} in {shown}" if made.written else f"all of it is in {shown} already"]
    if made.kept:
        lines.append("left as they are, since they were there: " + ", ".join(made.kept))
    for path, missing in made.missing.items():
        if missing:
            lines.append(f"add to {path}: " + ", ".join(missing))
    guide = next((path for path in (README, GUIDE) if path in made.written), "")
    if guide:
        lines.append(f"how to go on is in its {guide}; to look at the example:")
    if made.written:
        there = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(shown)} && "
        lines.append(f"  {there}{_program(name)} build")
    return lines


def _program(name: str) -> str:
    """What to type for this program: its name, if that leads to it from here, or its path."""
    own = Path(sys.executable).with_name(name)
    return shlex.quote(str(own)) if own.exists() and shutil.which(name) != str(own) else name
