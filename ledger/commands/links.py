"""`ledger links`: ask the addresses of sources whether they still answer."""

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ledger import terminal
from ledger.commands.running import BUILT, CONTENT_ERRORS, USAGE, add_content, add_date, day_of, fail, missing_folder

if TYPE_CHECKING:
    from ledger.editing.fetching import Client

NAME = "links"
HELP = "ask the addresses of sources whether they still answer (this uses the network)"
AGENT = "ledger-kb (checks the links of a knowledge base; a request a second at most)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is asked, how politely, and what is remembered."""
    add = parser.add_argument
    add("sources", nargs="*", metavar="SOURCE", help="ids of sources (default: all)")
    add_content(parser)
    add("--cache", type=Path, default=Path(".ledger-cache/links.json"), metavar="FILE", help="what is remembered")
    add("--days", type=int, default=30, metavar="N", help="days for which a good answer is believed (default: 30)")
    add("--pause", type=float, default=1.0, metavar="SECONDS", help="between two requests to a host (default: 1)")
    add_date(parser, "of the check")
    add("--format", choices=("text", "json"), default="text", help="how the results are printed")


def run(arguments: argparse.Namespace) -> int:
    """Ask, print, and remember."""
    return check(arguments, None)


def client(pause: float) -> "Client":
    """What asks the addresses: public hosts only."""
    from ledger.editing.fetching import Client  # noqa: PLC0415 - only for this
    from ledger.reachability import RateLimiter  # noqa: PLC0415

    turns = RateLimiter(pause, time.monotonic, time.sleep)
    return Client(AGENT, time.monotonic, limit=1 << 16, turn=turns.turn)


def check(arguments: argparse.Namespace, asking: "Client | None") -> int:
    """The whole command, with the client that was given or one that touches the network."""
    from ledger import files, loading, reachability  # noqa: PLC0415 - the models are slow to import

    content, cache, today = arguments.content, arguments.cache, day_of(arguments)
    if trouble := missing_folder(content) or _trouble(content, cache):
        return fail(USAGE, *trouble)
    reading = files.read(content)
    records = loading.load_records(reading.files, reading.failed).records
    for id_ in arguments.sources:
        if id_ not in records or records[id_].kind.name != "source":
            return fail(USAGE, f"there is no source '{id_}'", "name sources by their ids")
    wanted = reachability.addresses([records[id_] for id_ in arguments.sources] or records.values())
    try:
        before = cache.read_bytes() if cache.exists() else b'{"addresses": {}}'
        known = reachability.read_cache(before, today=today, days=arguments.days)
    except ValueError as problem:
        return fail(USAGE, f"{cache}: {problem}", "name another file with --cache, or remove this one")
    found = dict(known)
    try:
        inquiry = reachability.Inquiry(asking or client(max(0.0, arguments.pause)), today, time.sleep,
                                       report=lambda result: found.update({result.address: result}))  # fmt: skip
        results = reachability.check_addresses(wanted, known, inquiry)
    finally:
        _remember(cache, reachability.cache_data(found.values()))
    if arguments.format == "json":
        data = reachability.as_data(results, str(content))
        terminal.say(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True))
    else:
        terminal.say("\n".join([*reachability.as_lines(results, str(content)), reachability.summary(results)]))
    return CONTENT_ERRORS if any(result.state in reachability.FAILED for result in results) else BUILT


def _trouble(content: Path, cache: Path) -> tuple[str, str] | None:
    if cache.resolve().is_relative_to(content.resolve()):
        return f"'{cache}' is inside the content", "name a file elsewhere with --cache"
    return (f"'{cache}' is a folder", "name a file with --cache") if cache.is_dir() else None


def _remember(cache: Path, data: bytes) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    new = cache.with_name(cache.name + ".new")
    new.write_bytes(data)
    new.replace(cache)
