"""`ledger build`: check the content and publish the site; `check`: all but publish; `verify`: look at a published one.

What is slow to import is imported when there is something to do.
"""

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ledger import bugs, terminal, verifying, write
from ledger.commands.running import (
    BUG,
    BUILT,
    CONTENT_ERRORS,
    USAGE,
    Failure,
    add_content,
    day,
    web_address,
    whole_number,
)
from ledger.diagnostics import has_errors, visible
from ledger.engine.report import Options, Report, nothing_to_check, nothing_to_do, sources, unused_templates

if TYPE_CHECKING:
    from concurrent.futures import Executor

MOST_WORKERS = 64


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Folders, what overrides the content's own settings, and how the work is done and reported."""
    add = parser.add_argument
    add_content(parser)
    add("--output", type=Path, default=Path("output"), metavar="DIR", help="the site (default: output)")
    add_settings(parser)
    number = whole_number(1, MOST_WORKERS, f"is not a number from 1 to {MOST_WORKERS}")
    add("--workers", type=number, metavar="NUMBER", help="how many processes share the work (default: the processors)")
    add("--executor", metavar="NAME:ADDRESS", help="let other machines share it: dask:ADDRESS, of a Dask scheduler")
    store = parser.add_mutually_exclusive_group()
    store.add_argument("--no-cache", action="store_true", help="neither read nor write .ledger-cache")
    store.add_argument("--verify", action="store_true", help="build without .ledger-cache too, and compare")
    add("--format", choices=("text", "json", "github"), default="text", help="how findings are printed")
    most = terminal.MOST_FINDINGS
    number = whole_number(1, 10**9, "is not a whole number from 1")
    what = f"how many findings are printed, errors first (default: {most})"
    add("--max-findings", type=number, default=most, metavar="NUMBER", help=what)
    volume = parser.add_mutually_exclusive_group()
    volume.add_argument("-q", "--quiet", action="store_true", help="print findings only")
    what = "print what every check examined, and what was left out"
    volume.add_argument("-v", "--verbose", action="store_true", help=what)


add_check_arguments = add_arguments


def add_settings(parser: argparse.ArgumentParser) -> None:
    """What overrides the content's own settings, for the commands that make a site."""
    add = parser.add_argument
    add("--templates", type=Path, metavar="DIR", help="templates to use before the packaged ones")
    add("--base-url", type=web_address, metavar="URL", help="where the site will be published")
    add("--as-of", type=day, metavar="DATE", help="the site of that day (default: the newest date in the content)")
    what = "with --as-of: what the ledger held on that day (default), or what had happened by then"
    add("--clock", choices=("believed", "happened"), default="believed", help=what)
    add("--history", action="store_true", help="with pages of what claims said before, as git has it")
    add("--strict", action="store_true", help="treat warnings as errors")


def run(arguments: argparse.Namespace) -> int:
    """Build and publish."""
    return _build(arguments, publish=True)


def check(arguments: argparse.Namespace) -> int:
    """Build in memory and report what was found."""
    return _build(arguments, publish=False)


def _build(arguments: argparse.Namespace, *, publish: bool) -> int:
    options, started = options_of(arguments), time.perf_counter()
    try:
        with (
            terminal.waiting(enabled=not arguments.quiet and arguments.format == "text"),
            _executor(arguments.executor) as executor,
        ):
            report = _report(options, executor, publish=publish)
            differing = _differing(options) if arguments.verify and report.published else []
    except write.Refused as refusal:
        raise Failure(USAGE, refusal.message, refusal.hint) from None
    note_unused_templates(options)
    for message, hint in report.notes:
        terminal.print_failure(message, hint)
    with write.noting_publication() as done:
        done.append(report.published)
        terminal.print_report(report, arguments, seconds=time.perf_counter() - started, publish=publish)
        terminal.flush()
    if report.published and report.made and not arguments.quiet:
        from ledger.exports import sqlite_file  # slow to import

        for what in sqlite_file.lacks():
            terminal.print_note(what)
    if differing:
        raise Failure(BUG, f"a build from nothing differs in {', '.join(differing[:5])}", "please report it")
    if failed := bugs.count(report.problems):
        raise Failure(BUG, f"internal error, a bug of this program: {failed} of the findings above", bugs.HINT)
    stopped = has_errors(report.problems, strict=arguments.strict, drafts=report.drafts)
    return CONTENT_ERRORS if stopped else BUILT


def note_unused_templates(options: Options) -> None:
    """Say that templates here are not used: they are programs, and may be a stranger's."""
    if unused_templates(options):
        hint = "they run as code, so they are used only when they are named: --templates templates"
        terminal.print_failure("the folder 'templates' is not used", hint)


def _report(options: Options, executor: "Executor | None", *, publish: bool) -> Report:
    content = sources(options)
    if idle := (nothing_to_do if publish else nothing_to_check)(options, content):
        return idle
    from ledger.engine import build as engine

    return (engine.build_changed if publish else engine.check)(options, content, executor)


def _differing(options: Options) -> list[str]:
    """The addresses at which a build from nothing gives other bytes."""
    import tempfile

    from ledger.engine import build as engine

    with tempfile.TemporaryDirectory() as folder:
        engine.build(options._replace(output=Path(folder) / "site", cache=False))
        made, anew = (write.manifest_of(place) for place in (options.output, Path(folder) / "site"))
        return sorted(address for address in {*made, *anew} if made.get(address) != anew.get(address))


def add_verify_arguments(parser: argparse.ArgumentParser) -> None:
    """The site."""
    parser.add_argument(
        "output", type=Path, nargs="?", default=Path("output"), metavar="OUTPUT", help="the site (default: output)"
    )


def verify(arguments: argparse.Namespace) -> int:
    """Print a line for each file that differs, and a sum; 1 when one does."""
    try:
        listed, differences = verifying.verify(arguments.output)
    except write.Refused as refusal:
        raise Failure(USAGE, refusal.message, refusal.hint) from None
    for one in differences[: terminal.MOST_FINDINGS]:
        terminal.say(visible(f"{one.how}: {one.address}" + (f": {one.why}" if one.why else "")))
    if (more := len(differences) - terminal.MOST_FINDINGS) > 0:
        terminal.say(f"and {more:,} more")
    counts = Counter(one.how for one in differences)
    said = ", ".join(f"{counts[how]:,} {how}" for how in verifying.HOW) if counts else "each as the build made it"
    terminal.say(f"{listed:,} files in the manifest: {said}")
    return CONTENT_ERRORS if counts else BUILT


@contextmanager
def _executor(name: str | None) -> "Iterator[Executor | None]":
    """What runs the tasks; `dask:ADDRESS` is the only name known."""
    if name is None:
        yield None
        return
    library, _, address = name.partition(":")
    if library != "dask" or not address:
        hint = "write dask:ADDRESS, as in dask:tcp://10.0.0.5:8786"
        raise Failure(USAGE, f"there is no executor '{name}'", hint)
    try:
        from distributed import Client  # an extra
    except ImportError:
        from ledger.editing import installing  # seldom needed

        hint = f"install it with: {installing.missing('cluster')}"
        raise Failure(USAGE, "Dask is not installed here", hint) from None
    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        yield client.get_executor()


def options_of(arguments: argparse.Namespace) -> Options:
    """What a build is given."""
    given = {name: value for name, value in vars(arguments).items() if name in Options._fields}
    cache = not vars(arguments).get("no_cache", False)
    return Options(**{"output": Path(), **given}, cache=cache, bytecode=bytecode_folder())


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
