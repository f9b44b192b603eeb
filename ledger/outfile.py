"""One file of the generated site: its address below the site's root and its bytes."""

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
