"""`ledger snapshot`: take the text of a source as it was read, so that its quotes can be verified."""

import argparse
from pathlib import Path

from ledger import terminal
from ledger.commands.running import BUILT, USAGE, add_content, add_date, day_of, fail, missing_folder, web_address

NAME = "snapshot"
HELP = "keep the text of a source, or its hash, to verify quotes by"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The source, the file with its text, and what is known of it."""
    add = parser.add_argument
    add("source", metavar="SOURCE", help="the id of the source")
    add("file", metavar="FILE", type=Path, nargs="?", help="what was read: text, Markdown or HTML")
    add_content(parser)
    add("--url", type=web_address, metavar="URL", help="the address that it was read at")
    add("--captured", metavar="DATE", help="the day on which it was read (default: today)")
    add("--how", metavar="TEXT", help="how the text was taken, for readers")
    add_date(parser, "of the verdicts")
    add("--force", action="store_true", help="take the place of the snapshot that is there")
    add("--forget-text", action="store_true", help="record the verdict of every quote, and keep only the hash")


def run(arguments: argparse.Namespace) -> int:
    """Write the snapshot, and say what became of the source's quotes."""
    from ledger.editing import replacing, snapshot  # noqa: PLC0415 - the graph library is slow to import

    today = day_of(arguments)
    details = snapshot.Details(
        judged=str(today),
        captured=arguments.captured or "",
        url=arguments.url or "",
        how=arguments.how or "",
        force=arguments.force,
        forget=arguments.forget_text,
    )
    if trouble := _trouble(arguments):
        return fail(USAGE, *trouble)
    try:
        with replacing.alone(arguments.content):
            if arguments.file is None:
                taken = snapshot.forget_text(arguments.content, arguments.source, details)
            else:
                taken = snapshot.take(arguments.content, arguments.source, arguments.file, details)
    except ValueError as problem:
        return fail(USAGE, str(problem))
    kept = "the text is kept beside it" if taken.text_kept else "the text is not kept"
    terminal.say(f"wrote {taken.path}: {kept}, its SHA-256 hash is {taken.sha256}")
    told = ", ".join(f"{count} {name}" for name, count in taken.counts.items())
    terminal.say(f"quotes of it: {told}" if told else "no record quotes it")
    for verdict in taken.verdicts:
        if not verdict.is_verified:
            terminal.say(f"  {verdict.verdict}: {verdict.quote}")
    return BUILT


def _trouble(arguments: argparse.Namespace) -> tuple[str, str] | None:
    """What is wrong with the arguments, and what to do."""
    if missing := missing_folder(arguments.content):
        return missing
    if arguments.file is None and not arguments.forget_text:
        return "which text?", "name the file that holds it, or --forget-text for a text that is kept"
    if arguments.file is not None and not arguments.file.is_file():
        return f"there is no file '{arguments.file}'", "name the file that holds the text"
    return None
