"""`ledger build`: check the content and publish the site."""

import argparse
import time
from pathlib import Path

from ledger import terminal
from ledger.commands.running import BUILT, CONTENT_ERRORS, USAGE, day, fail, missing_folder, web_address

NAME = "build"
HELP = "check the content and publish the site"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Folders, what overrides the content's own settings, and how findings are told."""
    add = parser.add_argument
    add("--content", type=Path, default=Path("content"), metavar="DIR", help="the records (default: content)")
    add("--output", type=Path, default=Path("output"), metavar="DIR", help="the site (default: output)")
    add("--templates", type=Path, metavar="DIR", help="templates to use before ./templates and the packaged ones")
    add("--base-url", type=web_address, metavar="URL", help="where the site will be published")
    add("--as-of", type=day, metavar="DATE", help="the site of that day (default: the newest date in the content)")
    add(
        "--clock",
        choices=("believed", "happened"),
        default="believed",
        help="with --as-of: what the ledger held on that day (default), or what had happened by then",
    )
    add("--strict", action="store_true", help="treat warnings as errors")
    add("--format", choices=("text", "json", "github"), default="text", help="how findings are printed")
    volume = parser.add_mutually_exclusive_group()
    volume.add_argument("-q", "--quiet", action="store_true", help="print findings only")
    volume.add_argument(
        "-v", "--verbose", action="store_true", help="print what every check examined, and what was left out"
    )


def run(arguments: argparse.Namespace) -> int:
    """Build and publish."""
    return run_pipeline(arguments, publish=True)


def run_pipeline(arguments: argparse.Namespace, *, publish: bool) -> int:
    """Build, and publish or not."""
    from ledger import pipeline, write  # noqa: PLC0415 - the graph library is slow to import
    from ledger.exports import sqlite_file  # noqa: PLC0415 - the same

    if missing := missing_folder(arguments.content, arguments.templates):
        return fail(USAGE, *missing)
    options = pipeline.Options(
        content=arguments.content,
        output=arguments.output,
        templates=arguments.templates,
        base_url=arguments.base_url,
        as_of=arguments.as_of,
        clock=arguments.clock,
        strict=arguments.strict,
    )
    started = time.perf_counter()
    try:
        with terminal.waiting(enabled=not arguments.quiet and arguments.format == "text"):
            report = pipeline.build(options) if publish else pipeline.check(options)
    except write.Refused as refusal:
        return fail(USAGE, refusal.message, refusal.hint)
    seconds = time.perf_counter() - started
    terminal.print_report(report, arguments, seconds=seconds, publish=publish)
    if report.published and not arguments.quiet:
        for what in sqlite_file.lacks():
            terminal.print_note(what)
    stopped = report.problems and any(arguments.strict or d.level == "error" for d in report.problems)
    return CONTENT_ERRORS if stopped else BUILT
