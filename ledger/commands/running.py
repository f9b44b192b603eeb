"""What every command shares: exit codes, why it could not be carried out, and arguments that several take."""

import argparse
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

BUILT, CONTENT_ERRORS, USAGE, ENVIRONMENT, BUG = range(5)
CLOSED, STOPPED, UNREAD, ENDED = (128 + number for number in (1, 2, 13, 15))
"""As a shell has it for a program that a signal has ended: SIGHUP when its terminal is closed, SIGINT (Ctrl-C), SIGPIPE
(`| head`), SIGTERM."""


class Failure(Exception):  # noqa: N818 - a fact, and no bug
    """A command cannot be carried out: the exit code, why in one line, what to do, and lines that say more."""

    def __init__(self, code: int, message: str, hint: str = "", details: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.details = code, message, hint, details


class Ended(BaseException):
    """The process was told to end, by the signal of this number: SIGTERM, or SIGHUP when its terminal is closed."""


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Treat SIGTERM and SIGHUP like Ctrl-C: what was begun is cleared away. A forked worker just ends."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    own = os.getpid()

    def end(number: int, _frame: object) -> None:
        if os.getpid() != own:
            os._exit(128 + number)
        raise Ended(number)

    numbers = (getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP"))
    heard = [number for number in numbers if number and signal.getsignal(number) is not signal.SIG_IGN]  # as by nohup
    before = [signal.signal(number, end) for number in heard]
    try:
        yield
    finally:
        for number, handler in zip(heard, before, strict=True):
            signal.signal(number, handler)


def check_folders(arguments: argparse.Namespace) -> None:
    """Failure when the folder of records or that of templates is not there."""
    for name in ("content", "templates"):
        folder = vars(arguments).get(name)
        if folder is not None and not folder.is_dir():
            raise Failure(USAGE, f"there is no folder '{folder}'", f"name it with --{name}, or run this where it is")


def add_content(parser: argparse.ArgumentParser) -> None:
    """The folder of records."""
    what = "the records (default: content)"
    parser.add_argument("--content", type=Path, default=Path("content"), metavar="DIR", help=what)


def add_date(parser: argparse.ArgumentParser, what: str) -> None:
    """The day of what is done, for commands that write it down."""
    parser.add_argument("--date", type=day, metavar="DATE", help=f"the day {what} (default: today)")


def day_of(arguments: argparse.Namespace) -> date:
    """The day that was given, or today where the editor is."""
    return arguments.date or date.today()  # noqa: DTZ011 - the editor's own calendar


def day(text: str) -> date:
    """An argument that is a date, as 2026-11-22."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day: write it as 2026-01-23") from None


def web_address(text: str) -> str:
    """An argument that is an address on the web."""
    if not text.startswith(("https://", "http://")):
        raise argparse.ArgumentTypeError(f"'{text}' does not start with https:// or http://")
    return text


def whole_number(lowest: int, highest: int, message: str) -> Callable[[str], int]:
    """An argument that is a whole number within limits, and what to say of any other text."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not lowest <= int(text) <= highest:
            raise argparse.ArgumentTypeError(f"'{text}' {message}")
        return int(text)

    return read
