"""`ledger links`: ask the addresses of sources whether they still answer, and registries for their titles.

It also reads again the claims of other ledgers that are named as the same. `ledger retractions`: what a table of
Retraction Watch says of the sources, and what their records should say.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from ledger import loading, reachability, terminal
from ledger.commands.running import BUILT, CONTENT_ERRORS, USAGE, Failure, add_content, add_date, day_of
from ledger.diagnostics import visible, with_nearest
from ledger.editing import archives, registries, retractions
from ledger.editing.fetching import Client
from ledger.editing.registries import Result, as_data, as_lines
from ledger.editing.replacing import exchange, lock_content
from ledger.editing.rewriting import amended, read_content
from ledger.loading import Record
from ledger.records import Source
from ledger.system import put_file

AGENT = "ledger-kb (checks the links of a knowledge base; a request a second at most)"
REGISTRY_PAUSE = 3.0
"""Seconds between two requests to a registry: what arXiv asks for."""
Known = TypeVar("Known")
ADDRESSES, TITLES = ".ledger-cache/links.json", ".ledger-cache/titles.json"
"""Where answers are kept, beside the content."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is asked, how politely, and what is remembered."""
    add = parser.add_argument
    add("sources", nargs="*", metavar="SOURCE", help="ids of sources (default: all)")
    add_content(parser)
    what = parser.add_mutually_exclusive_group()
    for option, do, said in (
        ("--titles", _titles, "ask doi.org, arXiv and PubMed what they call each work instead"),
        ("--archives", _archives, "list what has no archived copy; asks nobody"),
        ("--same-as", _same_as, "read the claims of other ledgers that ours name, and note"),
    ):
        what.add_argument(option, dest="do", action="store_const", const=do, default=_addresses, help=said)
    add("--from", dest="file", type=Path, metavar="FILE", help="with --archives: write the copies that FILE lists")
    add(
        "--cache", type=Path, metavar="FILE", help="what is remembered (default: .ledger-cache/links.json, titles.json)"
    )
    add("--days", type=int, default=30, metavar="N", help="days for which a good answer is believed (default: 30)")
    add("--pause", type=float, default=1.0, metavar="SECONDS", help="between two requests to a host (default: 1)")
    add_date(parser, "of the check")
    add("--format", choices=("text", "json"), default="text", help="how the results are printed")


def client(pause: float) -> Client:
    """What asks the addresses: public hosts only."""
    turns = reachability.RateLimiter(pause, time.monotonic, time.sleep)
    return Client(AGENT, limit=0, turn=turns.turn)


def registry_client(pause: float) -> Client:
    """What asks the registries: over https alone."""
    turns = reachability.RateLimiter(max(pause, REGISTRY_PAUSE), time.monotonic, time.sleep)
    return Client(AGENT, schemes=("https",), turn=turns.turn)


def run(arguments: argparse.Namespace) -> int:
    """Ask, print, and remember."""
    if arguments.file and arguments.do is not _archives:
        raise Failure(USAGE, "--from gives archived copies", "use it with --archives")
    code: int = arguments.do(arguments)
    return code


def _records(arguments: argparse.Namespace) -> Iterable[Record[Any]]:
    """The records that are meant: all, or the sources that are named."""
    records = read_content(arguments.content)[1].records
    sources = {id_: record for id_, record in records.items() if loading.is_a(record, Source)}
    for id_ in arguments.sources:
        if id_ not in sources:
            message = with_nearest(f"there is no source '{id_}'", id_, sources)
            raise Failure(USAGE, message, "name sources by their ids")
    return [sources[id_] for id_ in arguments.sources] or records.values()


def _addresses(arguments: argparse.Namespace) -> int:
    content, today, cache = str(arguments.content), day_of(arguments), _cache(arguments, ADDRESSES)
    wanted = reachability.addresses(_records(arguments))
    known = _known(cache, b'{"addresses": {}}', lambda data: reachability.read_cache(
        data, today=today, days=arguments.days))  # fmt: skip
    found = dict(known)
    try:
        inquiry = reachability.Inquiry(client(max(0.0, arguments.pause)), today, time.sleep,
                                       report=lambda result: found.update({result.address: result}))  # fmt: skip
        results = reachability.check_addresses(wanted, known, inquiry)
    finally:
        _remember(cache, "addresses", {address: reachability.remembered(one) for address, one in found.items()})
    lines = [*reachability.as_lines(results, content), reachability.summary(results)]
    _print(arguments, lines, reachability.as_data(results, content))
    return CONTENT_ERRORS if any(result.state in reachability.FAILED for result in results) else BUILT


def _titles(arguments: argparse.Namespace) -> int:
    today, cache = day_of(arguments), _cache(arguments, TITLES)
    wanted = [*registries.identifiers_of(_records(arguments))]
    known = _known(cache, b'{"titles": {}}', lambda data: registries.read_items(data, today=today, days=arguments.days))
    client = registry_client(max(0.0, arguments.pause))
    try:
        found = [*registries.check_titles(wanted, client, today, known)]
    finally:
        _remember(cache, "titles", known)
    print_results(arguments, found, registries.summary(found))
    return CONTENT_ERRORS if any(one.data["state"] in registries.FAILED for one in found) else BUILT


def _same_as(arguments: argparse.Namespace) -> int:
    """Note what claims of other ledgers say now, and tell which have changed."""
    if arguments.sources:
        raise Failure(USAGE, "--same-as asks for claims, not sources", "leave the ids out")
    with lock_content(arguments.content):
        asked = registry_client(max(0.0, arguments.pause))
        found = list(registries.read_again(_records(arguments), asked, day_of(arguments).isoformat()))
        exchange(arguments.content, *amended(arguments.content, registries.changes(found)))
    print_results(arguments, [*registries.results_of_claims(found)])
    return CONTENT_ERRORS if any(one.why or one.is_changed for one in found) else BUILT


def _archives(arguments: argparse.Namespace) -> int:
    if arguments.file:
        with lock_content(arguments.content):
            return _write_archives(arguments)
    found = [*archives.lacking(_records(arguments))]
    print_results(arguments, found, archives.summary(found))
    return BUILT


def _write_archives(arguments: argparse.Namespace) -> int:
    if not arguments.file.is_file():
        raise Failure(
            USAGE, f"there is no file '{arguments.file}'", "name a file with an id or address and a copy a line"
        )
    records = {record.id: record for record in _records(arguments)}
    given, left = archives.given(records, archives.read_list(arguments.file.read_bytes(), str(arguments.file)))
    before, after = amended(arguments.content, given)
    exchange(arguments.content, before, after)
    for line in left:
        terminal.say(visible(f"{arguments.file}, {line}"))
    terminal.say(f"wrote {len(after)} records, left out {len(left)} lines")
    return CONTENT_ERRORS if left else BUILT


def add_statuses_arguments(parser: argparse.ArgumentParser) -> None:
    """The table, and whether the records are changed."""
    add = parser.add_argument
    add("file", type=Path, metavar="FILE", help="the table: retraction_watch.csv, as Crossref publishes it")
    add_content(parser)
    add("--write", action="store_true", help="give the records what is proposed; what is unknown stays as it is")
    add_date(parser, "on which a status is entered")
    add("--format", choices=("text", "json"), default="text", help="how the proposals are printed")


def statuses(arguments: argparse.Namespace) -> int:
    """Compare, print, and write if told."""
    if not arguments.file.is_file():
        hint = "download it from https://gitlab.com/crossref/retraction-watch-data"
        raise Failure(USAGE, f"there is no file '{arguments.file}'", hint)
    content = arguments.content
    with lock_content(content, dry=not arguments.write):
        records = read_content(content)[1].records.values()
        found = retractions.proposals(records, retractions.read_table(arguments.file), day_of(arguments))
        changes = [(one.record, one.values) for one in found if one.state == "proposed"]
        if arguments.write:
            exchange(content, *amended(content, changes))
    count = sum(loading.is_a(record, Source) for record in records)
    written = [f"wrote {len(changes)} records"] if arguments.write else []
    print_results(arguments, [*retractions.results(found)], retractions.summary(found, count), *written)
    return CONTENT_ERRORS if changes and not arguments.write else BUILT


def print_results(arguments: argparse.Namespace, found: Sequence[Result], *more: str) -> None:
    """Print the result for each place in the form asked for; as text, with further lines."""
    content = str(arguments.content)
    _print(arguments, [*as_lines(found, content), *more], as_data(found, content))


def _print(arguments: argparse.Namespace, lines: Iterable[str], data: Any) -> None:
    if arguments.format == "json":
        terminal.say_json(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True))
    else:
        terminal.say("\n".join(map(visible, lines)))


def _known(cache: Path, nothing: bytes, read: Callable[[bytes], Known]) -> Known:
    try:
        return read(cache.read_bytes() if cache.exists() else nothing)
    except ValueError as problem:
        raise Failure(USAGE, f"{cache}: {problem}", "name another file with --cache, or remove this one") from None


def _cache(arguments: argparse.Namespace, name: str) -> Path:
    cache: Path = arguments.cache or Path(name)
    if cache.resolve().is_relative_to(arguments.content.resolve()):
        raise Failure(USAGE, f"'{cache}' is inside the content", "name a file elsewhere with --cache")
    if cache.is_dir():
        raise Failure(USAGE, f"'{cache}' is a folder", "name a file with --cache")
    return cache


def _remember(cache: Path, name: str, answers: dict[str, dict[str, Any]]) -> None:
    data = json.dumps({name: answers}, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    cache.parent.mkdir(parents=True, exist_ok=True)
    put_file(cache, data.encode())
