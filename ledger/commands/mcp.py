"""`ledger mcp`: answer an assistant's questions about a built site, until its input ends."""

import argparse
from pathlib import Path

from ledger.assistants.site import LARGEST, Site, SiteError, site_at, site_in
from ledger.commands.running import ENVIRONMENT, USAGE, Failure
from ledger.editing import installing
from ledger.editing.fetching import Client

AGENT = "ledger mcp"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The site."""
    what = "the folder of a built site, or its https address (default: output)"
    parser.add_argument("site", nargs="?", default="output", metavar="SITE", help=what)


def run(arguments: argparse.Namespace) -> None:
    """Serve over stdin and stdout; only messages of the protocol are printed."""
    try:
        from ledger.assistants.server import server_of  # an extra
    except ImportError:
        hint = f"install it with: {installing.missing('mcp')}"
        raise Failure(USAGE, "answering assistants needs the package mcp", hint) from None
    serve(server_of(read_site(arguments.site)))


def read_site(name: str) -> Site:
    """The site of that name, with its records read. Failure when there is none."""
    try:
        site = _site(name)
        site.manifest, site.records  # noqa: B018 - read now, so that what is wrong is said at once
    except SiteError as problem:
        hint = "`ledger build` makes a site; name its folder, or its https address"
        raise Failure(USAGE, f"there is no site that can be read at '{name}': {problem}", hint) from None
    except OSError as problem:
        raise Failure(ENVIRONMENT, f"'{name}' cannot be read: {problem.strerror or problem}") from None
    return site


def serve(server: object) -> None:
    """Answer until the input ends."""
    server.run("stdio")  # type: ignore[attr-defined]


def _site(name: str) -> Site:
    if name.startswith("http://"):
        raise SiteError("only https addresses are asked")
    if name.startswith("https://"):
        return site_at(name, Client(AGENT, schemes=("https",), limit=LARGEST))
    return site_in(Path(name))
