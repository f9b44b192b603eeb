"""A whole import: foreign files read, a plan made of them, and the new files put in place.

In: a format, the paths, the content folder. Out: the plan that was carried out or, in a dry run, only made.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from ledger import files
from ledger.diagnostics import Span, visible
from ledger.editing.replacing import exchange, lock_content
from ledger.editing.rewriting import apply_edits
from ledger.importers import bounded
from ledger.importers.argdown import read_argdown, read_argdown_files
from ledger.importers.article import read_article
from ledger.importers.bibtex import read_bibtex
from ledger.importers.bounded import Job
from ledger.importers.csl_json import read_csl_json
from ledger.importers.drafts import MAX_BYTES, ForeignFile, Imported, Run
from ledger.importers.formats import Unreadable, format_of
from ledger.importers.okf import read_okf, read_okf_folder
from ledger.importers.planning import Plan, make_plan
from ledger.importers.pubmed import read_pubmed
from ledger.importers.ris import read_ris
from ledger.importers.the_ledger import read_the_ledger
from ledger.system import OPEN_TO_READ

READERS: dict[str, Callable[[ForeignFile, Run], Imported]] = {
    "bibtex": read_bibtex,
    "csl-json": read_csl_json,
    "ris": read_ris,
    "pubmed": read_pubmed,
    "argdown": read_argdown,
    "article": read_article,
    "okf": read_okf,
}
"""Importers of single files."""
FOLDERS: dict[str, tuple[tuple[str, ...], Callable[[str, list[ForeignFile], Run], Imported]]] = {
    "the-ledger": ((), lambda _, found, run: read_the_ledger(found, run)),
    "argdown": ((".argdown", ".ad"), read_argdown_files),
    "okf": ((".md",), read_okf_folder),
}
"""Importers of whole folders, and how the names of the files end that they read, where not all are looked at."""


def run_import(format_: str, paths: Iterable[Path], content: Path, run: Run, *, dry: bool = False) -> Plan:
    """Import the files, by their names without a format.

    OSError: nothing was written; Interrupted: what an earlier run left could not be put back either; ImportError: an
    extra is not installed.
    """
    made = Imported()
    jobs = [Job(str(path), partial(_imported, format_, path, run)) for path in dict.fromkeys(paths)]
    for one in bounded.read_all(jobs):
        made.add(one)
    with lock_content(content, dry=dry):
        reading = files.read(content)
        plan = make_plan(made, reading.files, reading.failed, run.wishes)
        if not dry and (plan.files or plan.changes):
            before = {change.path: (content / change.path).read_bytes() for change in plan.changes}
            after = {one.path: apply_edits(before[one.path], one.lines, one.edits) for one in plan.changes}
            exchange(content, before, after | {file.path: file.data for file in plan.files})
    return plan


def _imported(format_: str, path: Path, run: Run) -> Imported:
    made = Imported()
    if path.is_dir() and not path.is_symlink():
        endings, read = FOLDERS[format_]
        found = list(_walk(path, path.name, made, endings))
        bounded.allow(sum(len(file.data) for file in found))
        made.add(read(str(path), found, run))
    elif file := _read_file(path, str(path), made):
        what = format_ or format_of(file)
        if not file.data.strip():
            made.reject(file.path, "it is empty", Span(file.path), "there is nothing in this file")
            return made
        if isinstance(what, Unreadable):
            message = f"this is {what.name}: not read"
            made.reject(file.path, f"it is {what.name}", Span(file.path), message, what.hint)
        else:
            bounded.allow(len(file.data), what)
            made.add(READERS[what](file, run))
    return made


def _walk(folder: Path, shown: str, made: Imported, endings: tuple[str, ...] = ()) -> Iterator[ForeignFile]:
    """Every regular file below a folder, by name; links are reported and not followed, hidden files left alone."""
    with os.scandir(folder) as entries:
        ordered = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    for entry in ordered:
        path = f"{shown}/{visible(entry.name)}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), path, made, endings)
        elif entry.name.lower().endswith(endings or "") and (file := _read_file(Path(entry.path), path, made)):
            yield file


def _read_file(path: Path, shown: str, made: Imported) -> ForeignFile | None:
    """The bytes of a regular file that is not too large; never through a link or from a device."""
    try:
        handle = os.open(path, OPEN_TO_READ)
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
