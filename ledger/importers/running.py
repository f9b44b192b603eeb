"""A whole import: foreign files read, a plan made of them, and the new files put in place.

In: a format, the paths, the content folder. Out: the plan that was carried out or, in a dry run, only made.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ledger import files
from ledger.diagnostics import Span, visible
from ledger.editing.replacing import exchange, lock_content
from ledger.importers.article import read_article
from ledger.importers.bibtex import read_bibtex
from ledger.importers.csl_json import read_csl_json
from ledger.importers.drafts import MAX_BYTES, ForeignFile, Imported, Run
from ledger.importers.planning import Plan, make_plan
from ledger.importers.ris import read_ris
from ledger.importers.the_ledger import read_the_ledger

READERS: dict[str, tuple[str, Callable[[ForeignFile, Run], Imported]]] = {
    "bibtex": (".bib", read_bibtex),
    "csl-json": (".json", read_csl_json),
    "ris": (".ris", read_ris),
    "article": ("", read_article),
}
"""Importers of single files, with how the names of such files end; what ends otherwise is an article."""
FOLDER = "the-ledger"
"""The format that is a folder."""


def run_import(format_: str, paths: Iterable[Path], content: Path, run: Run, *, dry: bool = False) -> Plan:
    """Import the files, by their names without a format.

    OSError: nothing was written; Interrupted: what an earlier run left could not be put back either; ImportError: an
    extra is not installed.
    """
    made = Imported()
    for path in dict.fromkeys(paths):
        if format_ == FOLDER:
            made.add(read_the_ledger(list(_walk(path, path.name, made)), run))
        elif file := _read_file(path, str(path), made):
            made.add(READERS[format_ or format_of(path)][1](file, run))
    with lock_content(content, dry=dry):
        reading = files.read(content)
        plan = make_plan(made, reading.files, reading.failed)
        if plan.files and not dry:
            exchange(content, {}, {file.path: file.data for file in plan.files})
    return plan


def format_of(path: Path) -> str:
    """The format that a file's name says."""
    return next((name for name, (ending, _) in READERS.items() if path.suffix.lower() == ending != ""), "article")


def _walk(folder: Path, shown: str, made: Imported) -> Iterator[ForeignFile]:
    """Every regular file below a folder, by name; links are reported and not followed, hidden files left alone."""
    with os.scandir(folder) as entries:
        ordered = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    for entry in ordered:
        path = f"{shown}/{visible(entry.name)}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), path, made)
        elif file := _read_file(Path(entry.path), path, made):
            yield file


def _read_file(path: Path, shown: str, made: Imported) -> ForeignFile | None:
    """The bytes of a regular file that is not too large; never through a link or from a device."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as problem:
        linked = problem.errno in (errno.ELOOP, errno.ENXIO)
        why = "a link or a device: it was not opened" if linked else os.strerror(problem.errno or 0)
        made.reject(shown, why, Span(shown), f"cannot be read: {why}")
        return None
    with os.fdopen(handle, "rb") as opened:
        about = os.fstat(handle)
        if stat.S_ISREG(about.st_mode) and about.st_size <= MAX_BYTES:
            return ForeignFile(shown, opened.read())
    why = f"larger than {MAX_BYTES:,} bytes" if stat.S_ISREG(about.st_mode) else "no regular file"
    made.reject(shown, why, Span(shown), f"not read: {why}")
    return None
