"""One file of the generated site, its address below the site's root and its bytes; texts that no spreadsheet runs."""

from pathlib import Path
from typing import NamedTuple


class OutFile(NamedTuple):
    """A finished file. `path` is relative, with `/` between its parts, never starting with one."""

    path: str
    data: bytes


WORDINGS = "wordings.jsonl"
"""The log of what claims said, in the folder that the content is in (`editing/kept_wordings.py`)."""


def log_of(content: Path) -> Path:
    """Where the log of a content folder is."""
    return content.absolute().parent / WORDINGS


GUARD = "'"
GUARDED = (GUARD, "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text may begin that is guarded: what spreadsheets run (OWASP, CSV Injection), and the guard itself."""


def guarded(text: str) -> str:
    """A text for a CSV file that no spreadsheet runs: who reads it takes one `'` off its start."""
    return GUARD + text if text.startswith(GUARDED) else text
