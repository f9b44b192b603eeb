"""`ledger links`: ask the addresses of sources whether they still answer."""

import argparse
import json
import time
from pathlib import Path

from ledger import files, loading, reachability, terminal
from ledger.commands.running import BUILT, CONTENT_ERRORS, USAGE, Failure, add_content, add_date, day_of
from ledger.editing.fetching import Client
from ledger.records import Source

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


def client(pause: float) -> Client:
    """What asks the addresses: public hosts only."""
    turns = reachability.RateLimiter(pause, time.monotonic, time.sleep)
    return Client(AGENT, time.monotonic, limit=1 << 16, turn=turns.turn)


def run(arguments: argparse.Namespace) -> int:
    """Ask, print, and remember."""
    content, cache, today = arguments.content, arguments.cache, day_of(arguments)
    _check_cache(content, cache)
    reading = files.read(content)
    records = loading.load_records(reading.files, reading.failed).records
    for id_ in arguments.sources:
        if id_ not in records or not loading.is_a(records[id_], Source):
            raise Failure(USAGE, f"there is no source '{id_}'", "name sources by their ids")
    wanted = reachability.addresses([records[id_] for id_ in arguments.sources] or records.values())
    try:
        before = cache.read_bytes() if cache.exists() else b'{"addresses": {}}'
        known = reachability.read_cache(before, today=today, days=arguments.days)
    except ValueError as problem:
        raise Failure(USAGE, f"{cache}: {problem}", "name another file with --cache, or remove this one") from None
    found = dict(known)
    try:
        inquiry = reachability.Inquiry(client(max(0.0, arguments.pause)), today, time.sleep,
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


def _check_cache(content: Path, cache: Path) -> None:
    if cache.resolve().is_relative_to(content.resolve()):
        raise Failure(USAGE, f"'{cache}' is inside the content", "name a file elsewhere with --cache")
    if cache.is_dir():
        raise Failure(USAGE, f"'{cache}' is a folder", "name a file with --cache")


def _remember(cache: Path, data: bytes) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    new = cache.with_name(cache.name + ".new")
    new.write_bytes(data)
    new.replace(cache)
