"""What every command shares: exit codes, its shape, and arguments that several take."""

import argparse
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from ledger import terminal

BUILT, CONTENT_ERRORS, USAGE, ENVIRONMENT, BUG = range(5)
Run = Callable[[argparse.Namespace], int]


class Command(Protocol):
    """What a command's module offers."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser, /) -> None:
        """Say what the command takes."""

    def run(self, arguments: argparse.Namespace, /) -> int:
        """Do it; the exit code."""


def fail(code: int, message: str, hint: str = "") -> int:
    """Say why the command could not be carried out."""
    terminal.print_failure(message, hint)
    return code


def missing_folder(content: Path, templates: Path | None = None) -> tuple[str, str] | None:
    """What to say, and what to do, when the folder of records or that of templates is not there."""
    for folder, option in ((content, "--content"), (templates, "--templates")):
        if folder is not None and not folder.is_dir():
            return f"there is no folder '{folder}'", f"name it with {option}, or run this where it is"
    return None


def add_content(parser: argparse.ArgumentParser) -> None:
    """The folder of records, for commands that only read or change them."""
    parser.add_argument("--content", type=Path, default=Path("content"), metavar="DIR", help="the records")


def add_date(parser: argparse.ArgumentParser, what: str) -> None:
    """The day of what is done, for commands that write it down."""
    parser.add_argument("--date", type=day, metavar="DATE", help=f"the day {what} (default: today)")


def day_of(arguments: argparse.Namespace) -> date:
    """The day that was given, or today where the editor is."""
    return arguments.date or date.today()  # noqa: DTZ011 - the editor's own calendar


def bytecode_folder() -> Path | None:
    """Where compiled templates are kept: a folder of this user alone, since what is in it is executed; None without."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - an empty home is no error
    folder = Path(base) / "ledger-kb" / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        about = folder.stat()
    except OSError:
        return None
    is_own = not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & 0o022)
    return folder if is_own and Path(base).is_absolute() else None


def day(text: str) -> date:
    """An argument that is a date, as 2026-11-22."""
    return date.fromisoformat(text)


def web_address(text: str) -> str:
    """An argument that is an address on the web."""
    if not text.startswith(("https://", "http://")):
        raise argparse.ArgumentTypeError(f"'{text}' does not start with https:// or http://")
    return text
