"""`ledger serve`: the site in a browser, shown anew at every save."""

import argparse
import errno
import gc
import sys
from collections import Counter

from ledger import terminal
from ledger.commands.build import add_settings, note_unused_templates, options_of
from ledger.commands.running import ENVIRONMENT, Failure, add_content, whole_number
from ledger.serve.news import Finding, News
from ledger.serve.server import Server
from ledger.serve.working import Rebuilder

PORT = 8000
LAST_PORT = 65_535
TRIES = 20
"""How many ports after a taken one are tried, to name one that is free."""
GC_THRESHOLD = 50_000
"""The garbage collector runs after this many new objects; with a smaller number it would run too often."""
SWITCH_INTERVAL = 0.0002
"""Seconds after which a thread gives way to another. Looking for a save takes a turn for each file. While the rest of a
site is made in the background, Python's own 5 ms a turn would add up to seconds."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Folders and the port."""
    add = parser.add_argument
    add_content(parser)
    add_settings(parser)
    port = whole_number(0, LAST_PORT, f"is not a port: write a number from 0 to {LAST_PORT}")
    add("--port", type=port, default=PORT, metavar="NUMBER", help=f"the port (default: {PORT}; 0: any that is free)")


def run(arguments: argparse.Namespace) -> None:
    """Serve until Ctrl-C."""
    gc.enable()
    gc.set_threshold(GC_THRESHOLD)
    sys.setswitchinterval(SWITCH_INTERVAL)
    news = News()
    try:
        server = Server(arguments.port, news)
    except OSError as problem:
        raise _no_port(arguments.port, problem) from None
    options = options_of(arguments)
    note_unused_templates(options)
    rebuilder = Rebuilder(options, news, print_findings)
    with server:
        try:
            rebuilder.start()
            terminal.say(f"http://127.0.0.1:{server.server_port}/ shows the site; Ctrl-C ends this")
            server.serve_forever()
        finally:
            rebuilder.stop()


def _no_port(wanted: int, problem: OSError) -> Failure:
    if problem.errno == errno.EADDRINUSE:
        free = next((number for number in range(wanted + 1, min(wanted + TRIES, LAST_PORT)) if _is_free(number)), None)
        hint = f"try --port {free}" if free else "name another with --port"
        return Failure(ENVIRONMENT, f"port {wanted} is taken by another program", hint)
    return Failure(ENVIRONMENT, f"port {wanted} cannot be used: {problem.strerror}", "name one above 1023 with --port")


def _is_free(number: int) -> bool:
    try:
        Server(number, News()).server_close()
    except OSError:
        return False
    return True


def print_findings(findings: tuple[Finding, ...]) -> None:
    """Print what a round found."""
    errors = [one for one in findings if one.level == "error"]
    for finding in errors[: terminal.MOST_FINDINGS]:
        terminal.say(f"{finding.where}: {finding.level}[{finding.check}]: {finding.message}")
    if more := len(errors) - terminal.MOST_FINDINGS if len(errors) > terminal.MOST_FINDINGS else 0:
        terminal.say(f"and {more:,} more errors; `ledger check` shows them")
    levels = Counter(finding.level for finding in findings)
    done = "not shown yet" if levels["error"] else "built"
    terminal.say(", ".join((done, *(f"{levels[at]} {at}{'s' * (levels[at] != 1)}" for at in sorted(levels)))))
