"""`ledger diff`: what a branch changes: records, verdicts, pages and findings."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger import terminal
from ledger.commands import differing
from ledger.commands.running import BUILT, add_content
from ledger.editing import git_content
from ledger.engine.comparing import compare
from ledger.records import FOLDERS, ROOT_FILES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to compare with, and the form."""
    what = "what to compare with: a commit, branch or tag of git, or a folder of records"
    parser.add_argument("base", metavar="BASE", help=what)
    add_content(parser)
    what = "the form: text, or Markdown for a pull request"
    parser.add_argument("--format", choices=("text", "markdown"), default="text", help=what)


def run(arguments: argparse.Namespace) -> int:
    """Compare, and say what is other."""
    with terminal.waiting(enabled=True), _content_of(arguments.content, arguments.base) as (folder, notes):
        found = compare(folder, arguments.content)
    form = differing.as_markdown if arguments.format == "markdown" else differing.as_text
    terminal.say(form(found, notes).rstrip("\n"))
    return BUILT


@contextmanager
def _content_of(content: Path, base: str) -> Iterator[tuple[Path, list[str]]]:
    """The folder of what is compared with, and what is to be known of it."""
    if any((Path(base) / name).exists() for name in (*ROOT_FILES, *FOLDERS)):
        yield Path(base), []
        return
    found = git_content.find_base(content, base)
    with tempfile.TemporaryDirectory() as folder:
        git_content.lay_out(content, found.commit, Path(folder))
        yield Path(folder), [found.note] if found.note else []
