"""`ledger snapshot`: take the text of a source as it was read, so that its quotes can be verified.

`ledger quote` says where some words are in it.
"""

import argparse
from pathlib import Path

from ledger import terminal
from ledger.commands.running import BUILT, CONTENT_ERRORS, USAGE, Failure, add_content, add_date, day_of, web_address
from ledger.diagnostics import visible
from ledger.editing import replacing, snapshot


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The source, the file with its text, and what is known of it."""
    add = parser.add_argument
    add("source", metavar="SOURCE", help="the id of the source")
    add("file", metavar="FILE", type=Path, nargs="?", help="what was read: text, Markdown, HTML or PDF")
    add_content(parser)
    add("--url", type=web_address, metavar="URL", help="the address that it was read at")
    add("--captured", metavar="DATE", help="the day on which it was read (default: today)")
    add("--how", metavar="TEXT", help="how the text was taken, for readers")
    add_date(parser, "of the verdicts")
    add("--force", action="store_true", help="take the place of the snapshot that is there")
    add("--forget-text", action="store_true", help="record the verdict of every quote, and keep only the hash")


def run(arguments: argparse.Namespace) -> None:
    """Write the snapshot, and say what became of the source's quotes."""
    file, force, forget = arguments.file, arguments.force, arguments.forget_text
    if file is None and not forget:
        hint = "name the file that holds it, or --forget-text for a text that is kept"
        raise Failure(USAGE, "which text?", hint)
    if file is not None and not file.is_file():
        raise Failure(USAGE, f"there is no file '{file}'", "name the file that holds the text")
    captured, url, how = (vars(arguments)[name] or "" for name in ("captured", "url", "how"))
    details = snapshot.Details(str(day_of(arguments)), captured, url, how, force=force, forget=forget)
    with replacing.lock_content(arguments.content):
        taken = snapshot.take(arguments.content, arguments.source, file, details)
    kept = "the text is kept beside it" if taken.text_kept else "the text is not kept"
    terminal.say(f"wrote {visible(str(taken.path))}: {kept}, its SHA-256 hash is {taken.sha256}")
    counts = ", ".join(f"{count} {name}" for name, count in taken.counts.items())
    terminal.say(f"quotes of it: {counts}" if counts else "no record quotes it")
    for verdict in taken.verdicts:
        if not verdict.is_verified:
            terminal.say(visible(f"  {verdict.verdict}: {verdict.quote}"))


def add_quote_arguments(parser: argparse.ArgumentParser) -> None:
    """The source, the words, and the words beside them."""
    parser.add_argument("source", metavar="SOURCE", help="the id of the source")
    parser.add_argument("words", metavar="WORDS", help="the words, in quotes")
    add_content(parser)
    parser.add_argument("--prefix", default="", metavar="WORDS", help="the words just before")
    parser.add_argument("--suffix", default="", metavar="WORDS", help="the words just after")


def quote(arguments: argparse.Namespace) -> int:
    """Print the verdict and the place; 1 when the words are not there."""
    if not arguments.words.strip():
        raise ValueError("there are no words to look for")
    lines, found = snapshot.find_words(
        arguments.content, arguments.source, arguments.words, arguments.prefix, arguments.suffix
    )
    terminal.say("\n".join(map(visible, lines)))
    return BUILT if found else CONTENT_ERRORS
