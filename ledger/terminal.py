"""How the command line shows things: findings, the line that reconciles a build, progress, failures.

Standard output carries what was asked for; standard error carries everything else. Whatever is printed passes through
`_print`, and each of its lines through a function that leaves nothing in it that a terminal or a CI log would obey.
"""

import argparse
import json
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Any, NoReturn

from ledger.diagnostics import (
    MARGIN,
    PUBLISHED,
    WIDTH,
    Diagnostic,
    Level,
    Lines,
    as_annotation,
    as_json,
    as_text,
    shown_path,
    visible,
)

if TYPE_CHECKING:
    from ledger.engine.report import Report

PROGRESS_AFTER = 1.0
"""Seconds that a build may take before it shows that it is at work."""
NO_ADDRESS = (
    "no public address (base_url in site.yml, or --base-url): no feeds, sitemap, canonical links or share images"
)
"""What a site lacks whose address is not known."""
UNTOUCHED = "the old site is as it was"
"""What is true whenever a build stops before the new site is published."""


def allow_any_text() -> None:
    """Let a terminal that lacks a character show its number instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class Unwritable(Exception):  # noqa: N818 - a fact, and no bug
    """Standard output takes nothing more: the disk behind it is full, or nobody reads it any more."""

    def __init__(self, problem: OSError) -> None:
        super().__init__(problem.strerror)
        self.is_unread = isinstance(problem, BrokenPipeError)
        self.why = problem.strerror or str(problem)


# The one way to a stream

CR = "\r"
_NO_BREAK = re.compile("[\u00a0\u202f]")
"""Spaces at which no line breaks: a terminal shows them as any other."""
_COMMAND = re.compile(r"##(?=[A-Za-z]*\[)")
"""How a command of some CI systems begins, anywhere in a line."""
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What turns, hides or breaks text."""


def harmless(line: str) -> str:
    """A line as a terminal and a CI log may have it: signs that cannot be seen are marks, and none is a command."""
    return _no_command(visible(_NO_BREAK.sub(" ", line)))


def _no_command(line: str) -> str:
    """A CI log obeys a line that begins with `::`, spaces before it or not."""
    line = _COMMAND.sub("#\ufffd#", line) if "##" in line else line
    return "\ufffd" + line if line.lstrip().startswith("::") else line


def _harmless_data(line: str) -> str:
    """A line of a table for programs: letters that join or divide words are data, and stay."""
    return _no_command(_OBEYED.sub("\ufffd", line))


def _harmless_json(line: str) -> str:
    """A line of JSON that says the same, with signs that cannot be seen, and commands, in escapes."""
    escaped = line if line.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)
    return _COMMAND.sub(r"\\u0023#", escaped)


def _print(stream: IO[str] | None, text: str, clean: Callable[[str], str] = harmless) -> None:
    """Print a text whose line breaks are the program's own."""
    if stream is None:
        return
    try:
        stream.write("".join(f"{clean(line.removesuffix(CR))}\n" for line in text.split("\n")))
    except OSError as problem:
        _stop(stream, problem)


def flush() -> None:
    """Flush what was printed, to know whether it could be."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError as problem:
            _stop(stream, problem)


def _stop(stream: IO[str], problem: OSError) -> None:
    """Print nothing more to a stream; the command is told when it is standard output."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    if stream is sys.stdout:
        raise Unwritable(problem) from None


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether somebody sits at the other end of a stream; the shell may have closed it (`>&-`)."""
    return stream is not None and stream.isatty()


def columns() -> int | None:
    """How wide the terminal is; nothing where what is printed goes elsewhere."""
    return shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None


class Parser(argparse.ArgumentParser):
    """An ArgumentParser whose words go the same way."""

    def _print_message(self, message: str, file: Any = None) -> None:
        if message:
            _print(file or sys.stderr, message.removesuffix("\n"))
            flush()

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, in one line whatever they hold."""
        super().error(visible(message))


def print_help(parser: argparse.ArgumentParser) -> None:
    """Print the help where no command is named."""
    parser.print_help(sys.stderr)


# What is said


def say(text: str) -> None:
    """Print what was asked for; the line breaks in it are the program's own."""
    _print(sys.stdout, text)


def say_json(text: str) -> None:
    """Print JSON."""
    _print(sys.stdout, text, _harmless_json)


def say_data(text: str) -> None:
    """Print lines for other programs."""
    _print(sys.stdout, text, _harmless_data)


def ask(prompt: str) -> str:
    """The line typed in answer. EOFError when there is none."""
    return input(harmless(prompt))


def print_failure(message: str, hint: str = "", details: str = "") -> None:
    """Say on one line why a command could not be carried out; `details` are further lines."""
    print_note(message)
    if details:
        _print(sys.stderr, details)
    if hint:
        _print(sys.stderr, f"  hint: {visible(hint)}")


def print_note(message: str) -> None:
    """Say on one line what should be known, though nothing went wrong."""
    _print(sys.stderr, f"ledger: {visible(message)}")


def print_bug(bug: Exception, untouched: str) -> None:
    """Own up to a bug: what it was, at which file, where in the program, and what was not harmed."""
    import traceback  # only when it is needed

    at = "; ".join(note for note in getattr(bug, "__notes__", []) if note != PUBLISHED) or "no file in particular"
    hint = "; ".join(filter(None, ("please report it with the lines below", untouched)))
    lines = "".join(traceback.format_exception(bug)).removesuffix("\n")
    print_failure(f"internal error, a bug of this program, {at}: {type(bug).__name__}: {bug}", hint)
    _print(sys.stderr, lines)


MOST_FINDINGS = 200
"""How many findings are printed unless another number is given."""


def print_report(report: "Report", arguments: argparse.Namespace, *, seconds: float, publish: bool) -> None:
    """Print the findings in the format asked for, then the reconciling line."""
    shown = _most_severe(report.problems, arguments.max_findings)
    write = {"json": say_json, "github": _annotate}.get(arguments.format, say)
    lines: dict[str, Lines] = {}
    for problem in shown:
        write(_finding(report, problem, arguments, lines))
    left = Counter(str(one.level) for one in report.problems) - Counter(str(one.level) for one in shown)
    if arguments.format == "json":
        if left:
            say_json(json.dumps({"more": left.total(), **left}, sort_keys=True))
        return
    if left:
        counts = ", ".join(_count(left[level], level) for level in sorted(left))
        say(f"and {left.total():,} more ({counts}); --max-findings shows more of them")
    if arguments.verbose:
        _print_details(report)
    if not arguments.quiet:
        say(summary_line(report, seconds=seconds, publish=publish))
        if report.published and not report.base_url:
            say(NO_ADDRESS)


def _most_severe(problems: Iterable[Diagnostic], most: int) -> list[Diagnostic]:
    """The first so many, errors before warnings, in their order."""
    numbered = list(enumerate(problems))
    kept = sorted(numbered, key=lambda one: (one[1].level is not Level.ERROR, one[0]))[:most]
    return [problem for _, problem in sorted(kept, key=lambda one: one[0])]


def _annotate(text: str) -> None:
    """Print a command for a CI log: `as_annotation` has made it, and nothing else begins with its sign."""
    _print(sys.stdout, text, lambda line: "::" + _COMMAND.sub("#\ufffd#", visible(line)).removeprefix("::"))


def _finding(report: "Report", problem: Diagnostic, arguments: argparse.Namespace, lines: dict[str, Lines]) -> str:
    path, shown = problem.span.path, placed(problem, str(arguments.content))
    if arguments.format != "text":
        return as_json(shown) if arguments.format == "json" else as_annotation(shown)
    if path not in lines:
        lines[path] = Lines(report.texts.get(path, ""))
    return finding(shown, lines[path].line(problem.span.line))


def finding(problem: Diagnostic, line: str | None) -> str:
    """A finding as text; on a terminal as much of its line as fits into one there."""
    room = columns()
    return as_text(problem, line, WIDTH if room is None else max(1, min(room - MARGIN, WIDTH)))


def placed(problem: Diagnostic, content: str) -> Diagnostic:
    """A finding whose path begins with the content folder, as it was named."""
    return problem._replace(span=problem.span._replace(path=shown_path(content, problem.span.path)))


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
    from rich.console import Console  # only when it is needed
    from rich.table import Table

    by_check = Counter(problem.check for problem in report.problems)
    table = Table("check", "examined", "found", title="What every check looked at", title_justify="left")
    for check, items in report.examined:
        shown = f"{items:,}" if items is not None else "not run: some files have errors"
        table.add_row(check, shown, str(by_check[check] or ""))
    console = Console(highlight=False, color_system=None)
    with console.capture() as captured:
        console.print(table)
    say(captured.get().removesuffix("\n"))
    for path in report.drafts:
        say(f"not published, a draft: {visible(path)}")
    for path in report.ignored:
        say(f"ignored: {visible(path)}")
    for problem, why, until in report.excused:
        ending = f", until {until}" if until else ""
        say(f"excused: {visible(problem.span.path)}: {problem.check}: {visible(why)}{ending}")


@contextmanager
def waiting(*, enabled: bool) -> Iterator[None]:
    """Show a moving bar on a terminal while the work inside takes more than a second."""
    if not enabled or not is_terminal(sys.stderr):
        yield
        return
    from threading import Timer  # only on a terminal

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

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
