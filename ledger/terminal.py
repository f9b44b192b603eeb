"""How the command line shows things: findings, the line that reconciles a build, progress, failures.

Standard output carries what was asked for; standard error carries everything else.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import TextIOWrapper
from typing import TYPE_CHECKING

from ledger.diagnostics import Diagnostic, Level, as_annotation, as_json, as_text, shown_path

if TYPE_CHECKING:
    from ledger.engine.report import Report

PROGRESS_AFTER = 1.0
"""Seconds that a build may take before it shows that it is at work."""
NO_ADDRESS = (
    "no public address (base_url in site.yml, or --base-url): no feeds, sitemap, canonical links or share images"
)
"""What a site lacks whose address is not known."""
UNTOUCHED = "the old site is as it was"
"""What holds whatever stops a build."""


def allow_any_text() -> None:
    """Let a terminal that lacks a character show its number instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Print what was asked for."""
    print(text)


def print_failure(message: str, hint: str = "") -> None:
    """Say why a command could not be carried out."""
    print(f"ledger: {message}", file=sys.stderr)
    if hint:
        print(f"  hint: {hint}", file=sys.stderr)


def print_note(message: str) -> None:
    """Say what should be known, though nothing went wrong."""
    print(f"ledger: {message}", file=sys.stderr)


def print_bug(bug: Exception, untouched: str) -> None:
    """Own up to a bug: what it was, at which file, where in the program, and what it did no harm to."""
    import traceback  # noqa: PLC0415 - only when it is needed

    at = "; ".join(getattr(bug, "__notes__", [])) or "no file in particular"
    print(f"ledger: internal error, a bug of this program, {at}: {type(bug).__name__}: {bug}", file=sys.stderr)
    print("; ".join(filter(None, ("  hint: please report it with the lines below", untouched))), file=sys.stderr)
    traceback.print_exception(bug)


def print_report(report: "Report", arguments: argparse.Namespace, *, seconds: float, publish: bool) -> None:
    """Print the findings in the format asked for, then the reconciling line."""
    for problem in report.problems:
        print(_finding(report, problem, arguments))
    if arguments.format == "json":
        return
    if arguments.verbose:
        _print_details(report)
    if not arguments.quiet:
        print(summary_line(report, seconds=seconds, publish=publish))
        if report.published and not report.base_url:
            print(NO_ADDRESS)


def _finding(report: "Report", problem: Diagnostic, arguments: argparse.Namespace) -> str:
    line = report.line(problem.span)
    placed = replace(problem, span=replace(problem.span, path=shown_path(str(arguments.content), problem.span.path)))
    if arguments.format == "json":
        return as_json(placed)
    return as_annotation(placed) if arguments.format == "github" else as_text(placed, line)


def summary_line(report: "Report", *, seconds: float, publish: bool) -> str:
    """`found 1,204 files = 1,190 records + 11 ignored + 3 with errors; 1,412 pages written in 2.1 s`."""
    levels = Counter(problem.level for problem in report.problems)
    found = f"found {_count(report.found, 'file')} = {_count(report.records, 'record')}"
    found += f" + {len(report.ignored):,} ignored + {report.failed:,} with errors"
    parts = [found]
    if levels:
        parts.append(f"{_count(levels[Level.ERROR], 'error')}, {_count(levels[Level.WARNING], 'warning')}")
    if report.drafts:
        parts.append(f"{_count(len(report.drafts), 'draft')} not published")
    if report.excused:
        parts.append(f"{_count(len(report.excused), 'exception')} in force")
    parts.append(_outcome(report, seconds=seconds, publish=publish))
    return "; ".join(parts)


def _outcome(report: "Report", *, seconds: float, publish: bool) -> str:
    if report.published and not report.made:
        return f"nothing has changed: {_count(report.pages, 'page')} as before, in {seconds:.1f} s"
    if report.published:
        return f"{_count(report.pages, 'page')} written in {seconds:.1f} s"
    return f"nothing written, {UNTOUCHED}" if publish else f"checked in {seconds:.1f} s"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def _print_details(report: "Report") -> None:
    from rich.console import Console  # noqa: PLC0415 - only when it is needed
    from rich.table import Table  # noqa: PLC0415

    by_check = Counter(problem.check for problem in report.problems)
    table = Table("check", "examined", "found", title="What every check looked at", title_justify="left")
    for check, items in report.examined:
        shown = f"{items:,}" if items is not None else "not run: some files have errors"
        table.add_row(check, shown, str(by_check[check] or ""))
    console = Console(highlight=False)
    console.print(table)
    for path in report.drafts:
        console.print(f"not published, a draft: {path}", markup=False)
    for path in report.ignored:
        console.print(f"ignored: {path}", markup=False)
    for problem, why, until in report.excused:
        ending = f", until {until}" if until else ""
        console.print(f"excused: {problem.span.path}: {problem.check}: {why}{ending}", markup=False)


@contextmanager
def waiting(*, enabled: bool) -> Iterator[None]:
    """Show a moving bar on a terminal while the work inside takes more than a second."""
    if not enabled or not sys.stderr.isatty():
        yield
        return
    from threading import Timer  # noqa: PLC0415 - only on a terminal

    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("building"), BarColumn(pulse_style="cyan"), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.add_task("building", total=None)
    timer = Timer(PROGRESS_AFTER, progress.start)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if progress.live.is_started:
            progress.stop()
