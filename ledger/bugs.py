"""Bugs of the program, as findings: what failed, at which record, and where in the program.

In: an exception that nobody expected. Out: a Diagnostic, which stands in the report beside all others, so that one
mistake of ours in one place hides nothing of what is wrong elsewhere.
"""

from collections.abc import Iterable
from pathlib import Path

from ledger.diagnostics import Diagnostic, Span, error

CHECK_FAILED, UNMADE_FILE = "check-failed", "unmade-file"
BUGS = (CHECK_FAILED, UNMADE_FILE)
"""What no content is to blame for: a check that raised, and a page or another file that could not be made."""
FRAMES = 6
"""How many places in the program are named, the last one first."""
_HERE = Path(__file__).resolve().parent
HINT = "please report it with what is said here and, if you can, the record"


def check_failed(check: str, span: Span, bug: Exception) -> Diagnostic:
    """A check raised something."""
    return error(CHECK_FAILED, span, f"a bug of this program: the check {check} failed: {said(bug)}", HINT)


def unmade_file(address: str, span: Span, bug: Exception) -> Diagnostic:
    """A file of the site could not be made."""
    return error(UNMADE_FILE, span, f"a bug of this program: {address} could not be made: {said(bug)}", HINT)


def count(found: Iterable[Diagnostic]) -> int:
    """How many of some findings are bugs of the program."""
    return sum(one.check in BUGS for one in found)


def said(bug: Exception) -> str:
    """An exception in one line: its kind and words, what was noted of it, and where it was raised."""
    words = " ".join(str(bug).split())
    notes = "; ".join(getattr(bug, "__notes__", ()))
    return "; ".join(filter(None, (f"{type(bug).__name__}: {words}", notes, _places(bug))))


def _places(bug: Exception) -> str:
    """The places in the program and its templates on the way to it, the last one first."""
    import traceback  # seldom needed

    frames = [(Path(frame.filename), frame) for frame in traceback.extract_tb(bug.__traceback__)]
    own = [(path, frame) for path, frame in frames if path.is_relative_to(_HERE) or path.suffix == ".html"]
    named = [f"{_short(path)}:{frame.lineno}" for path, frame in reversed(own)]
    return f"in {' < '.join(named[:FRAMES])}" if named else ""


def _short(path: Path) -> str:
    return path.relative_to(_HERE).as_posix() if path.is_relative_to(_HERE) else path.name
