"""`ledger quote`: say where some words stand in the text of a source."""

import argparse

from ledger import terminal
from ledger.commands.running import BUILT, CONTENT_ERRORS, add_content
from ledger.diagnostics import visible
from ledger.editing.snapshot import find_words


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The source, the words, and the words beside them."""
    parser.add_argument("source", metavar="SOURCE", help="the id of the source")
    parser.add_argument("words", metavar="WORDS", help="the words, in quotes")
    add_content(parser)
    parser.add_argument("--prefix", default="", metavar="WORDS", help="the words just before")
    parser.add_argument("--suffix", default="", metavar="WORDS", help="the words just after")


def run(arguments: argparse.Namespace) -> int:
    """Print the verdict and the place; 1 when the words are not there."""
    if not arguments.words.strip():
        raise ValueError("there are no words to look for")
    lines, found = find_words(arguments.content, arguments.source, arguments.words, arguments.prefix, arguments.suffix)
    terminal.say("\n".join(map(visible, lines)))
    return BUILT if found else CONTENT_ERRORS
