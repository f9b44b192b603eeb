"""The command line: the only place that prints, exits, and reads arguments, environment or clock.

Exit codes: 0 built, 1 content errors, 2 usage, 3 environment (disk, permissions), 4 a bug of the program.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from ledger import terminal

BUILT, CONTENT_ERRORS, USAGE, ENVIRONMENT, BUG = range(5)
Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    terminal.allow_any_text()
    arguments = _parser().parse_args(argv)
    command: Command = arguments.command
    try:
        return command(arguments)
    except KeyboardInterrupt:
        return _fail(ENVIRONMENT, "stopped; the old site is as it was")
    except OSError as problem:
        where = f" ({problem.filename})" if problem.filename else ""
        return _fail(ENVIRONMENT, f"{problem.strerror or problem}{where}", "the old site is as it was")
    except Exception as bug:
        terminal.print_bug(bug)
        return BUG


def _fail(code: int, message: str, hint: str = "") -> int:
    terminal.print_failure(message, hint)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ledger", description="Build a sourced knowledge base of controversies.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="check the content and publish the site")
    check = commands.add_parser("check", help="the same, but publish nothing")
    for command, run in ((build, _build), (check, _check)):
        _add_build_options(command)
        command.set_defaults(command=run)
    new = commands.add_parser("new", help="write the skeleton of a record")
    new.add_argument("kind", metavar="KIND", help="claim, source, position …")
    new.add_argument("id", metavar="ID", help="the record's id, which becomes its file's name")
    new.add_argument("--content", type=Path, default=Path("content"), metavar="DIR")
    new.set_defaults(command=_new)
    explain = commands.add_parser("explain", help="say what a check is for and how to satisfy it")
    explain.add_argument("check", metavar="CHECK-ID", nargs="?", default="")
    explain.set_defaults(command=_explain)
    return parser


def _add_build_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--content", type=Path, default=Path("content"), metavar="DIR", help="the records (default: content)")
    add("--output", type=Path, default=Path("output"), metavar="DIR", help="the site (default: output)")
    add("--templates", type=Path, metavar="DIR", help="templates to use before ./templates and the packaged ones")
    add("--base-url", type=_web_address, metavar="URL", help="where the site will be published")
    add("--as-of", type=_day, metavar="DATE", help="the day to judge by (default: the newest date in the content)")
    add("--strict", action="store_true", help="treat warnings as errors")
    add("--format", choices=("text", "json", "github"), default="text", help="how findings are printed")
    volume = parser.add_mutually_exclusive_group()
    volume.add_argument("-q", "--quiet", action="store_true", help="print findings only")
    volume.add_argument(
        "-v", "--verbose", action="store_true", help="print what every check examined, and what was left out"
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _web_address(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise argparse.ArgumentTypeError(f"'{text}' does not start with https:// or http://")
    return text


def _build(arguments: argparse.Namespace) -> int:
    return _run(arguments, publish=True)


def _check(arguments: argparse.Namespace) -> int:
    return _run(arguments, publish=False)


def _run(arguments: argparse.Namespace, *, publish: bool) -> int:
    from ledger import pipeline, write  # noqa: PLC0415 - the graph library is slow to import

    for folder in (arguments.content, *([arguments.templates] if arguments.templates else [])):
        if not folder.is_dir():
            return _fail(
                USAGE,
                f"there is no folder '{folder}'",
                "name it with --content or --templates, or run this where it is",
            )
    options = pipeline.Options(
        content=arguments.content,
        output=arguments.output,
        templates=arguments.templates,
        base_url=arguments.base_url,
        as_of=arguments.as_of,
        strict=arguments.strict,
    )
    started = time.perf_counter()
    try:
        with terminal.waiting(enabled=not arguments.quiet and arguments.format == "text"):
            report = pipeline.build(options) if publish else pipeline.check(options)
    except write.Refused as refusal:
        return _fail(USAGE, refusal.message, refusal.hint)
    seconds = time.perf_counter() - started
    terminal.print_report(report, arguments, seconds=seconds, publish=publish)
    stopped = report.problems and any(arguments.strict or d.level == "error" for d in report.problems)
    return CONTENT_ERRORS if stopped else BUILT


def _new(arguments: argparse.Namespace) -> int:
    from ledger.editing import new  # noqa: PLC0415 - the models are slow to import

    try:
        path = new.write_skeleton(arguments.content, arguments.kind, arguments.id)
    except ValueError as problem:
        return _fail(USAGE, str(problem))
    terminal.say(f"wrote {path}: fill in the blanks, then run `ledger check`")
    return BUILT


def _explain(arguments: argparse.Namespace) -> int:
    from ledger import explanations  # noqa: PLC0415 - read only when asked for

    text = explanations.explain(arguments.check) if arguments.check else explanations.table()
    if text is None:
        hint = explanations.nearest(arguments.check) or "`ledger explain` lists the checks"
        return _fail(USAGE, f"there is no check '{arguments.check}'", hint)
    terminal.say(text)
    return BUILT


if __name__ == "__main__":
    sys.exit(main())
