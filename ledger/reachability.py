"""Whether the addresses of sources still answer, asked only when an editor wants to know; the content never changes.

In: sources, what is remembered of earlier runs, a client that may touch the network. Out: a result for each address,
with the places that it stands in. Hosts are asked side by side, each by one request at a time, with pauses.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Event, Lock
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from ledger.diagnostics import Span
from ledger.editing.fetching import Answer, Client, NoAnswerError
from ledger.identifiers import RESOLVERS, leads_to
from ledger.loading import Record, is_a
from ledger.records import Source

State = Literal["ok", "moved", "gone", "refused", "unreachable"]
STATES: tuple[State, ...] = get_args(State)
CACHED: tuple[State, ...] = ("ok", "moved")
"""States that are believed for a while; in any other an address is asked again."""
FAILED: tuple[State, ...] = ("gone", "unreachable")
GONE = (404, 410)
BUSY = (429, 503)
REFUSING = (*BUSY, 999)
"""Not now, or not to programs: 999 is how LinkedIn says so."""
PERMANENT = (301, 308)
LONGEST_WAIT = 60.0
"""Seconds that a server may ask us to wait before it is asked once more."""
GOOD = range(200, 300)
AT_A_TIME = 8
"""How many hosts are asked side by side."""
_RESOLVED = ("doi", "arxiv")
"""Identifiers that are asked where they resolve. Such an address is meant to lead elsewhere."""
_RESOLVING = tuple(RESOLVERS[name].partition("{")[0] for name in _RESOLVED)


Place = tuple[str, str, Span]
"""A source that gives an address, in which field, and where."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one address: its state, why, where it leads now if it moved, and the day on which it was asked."""

    address: str
    state: State
    detail: str
    leads_to: str
    asked: str
    places: tuple[Place, ...] = field(default=(), repr=False)


def addresses(records: Iterable[Record[Any]]) -> dict[str, tuple[Place, ...]]:
    """Every address of every source, with its places; DOIs and arXiv numbers are asked where they resolve."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for record in records:
        written = vars(record.fields) if is_a(record, Source) else {}
        for name in ("url", "archive_url", "notice_url", "doi", "arxiv"):
            if value := written.get(name):
                address = leads_to(name, value) if name in _RESOLVED else value.partition("#")[0]
                found[address].append((record.id, name, record.span(name)))
    return {address: tuple(places) for address, places in sorted(found.items())}


class RateLimiter:
    """Lets each host be asked by one at a time, with a pause between two requests."""

    def __init__(self, pause: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._pause, self._clock, self._sleep = pause, clock, sleep
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._free: dict[str, float] = {}
        self._guard = Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for the host's turn."""
        with self._guard:
            lock = self._locks[host]
        with lock:
            wait = self._free.get(host, 0.0) - self._clock()
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                self._free[host] = self._clock() + self._pause


@dataclass(frozen=True, slots=True)
class Inquiry:
    """How addresses are asked: by whom, on which day, how one waits, who hears of each result."""

    client: Client
    day: date
    sleep: Callable[[float], None]
    report: Callable[[Result], None] = lambda _: None


def check_addresses(
    wanted: Mapping[str, tuple[Place, ...]], known: Mapping[str, Result], inquiry: Inquiry
) -> tuple[Result, ...]:
    """Ask every address that is not known already, in the order of `wanted`."""
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for address in (one for one in wanted if one not in known):
        hosts[_host(address)].append(address)
    results, guard, stopped = dict(known), Lock(), Event()

    def ask_host(host: str) -> None:
        for address in hosts[host]:
            if stopped.is_set():
                return
            result = check_address(address, inquiry)
            with guard:
                results[address] = result
                inquiry.report(result)

    pool = ThreadPoolExecutor(max_workers=AT_A_TIME)
    try:
        for future in [pool.submit(ask_host, host) for host in sorted(hosts)]:
            future.result()
    finally:
        stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)
    return tuple(replace(results[address], places=places) for address, places in wanted.items())


def _host(address: str) -> str:
    """The host of an address; what is no address is one of its own."""
    try:
        return urlsplit(address).netloc.casefold()
    except ValueError:
        return address


def check_address(address: str, inquiry: Inquiry) -> Result:
    """What one address answers: to HEAD, and to GET where HEAD is not answered well. What goes wrong is its alone."""
    try:
        state, detail, leads_to = _state_of(address, _answer(address, inquiry))
    except OSError as problem:
        state, detail, leads_to = "unreachable", problem.strerror or str(problem) or type(problem).__name__, ""
    except Exception as problem:  # whatever a server does to this program: the other addresses are asked
        state, detail, leads_to = "unreachable", f"this program failed at it: {type(problem).__name__}", ""
    return Result(address, state, detail, leads_to, inquiry.day.isoformat())


def _answer(address: str, inquiry: Inquiry) -> Answer:
    try:
        answer = inquiry.client.ask(address, method="HEAD")
    except NoAnswerError:
        return inquiry.client.ask(address, method="GET")
    if answer.status == BUSY[0] or (answer.status in BUSY and "retry-after" in answer.headers):
        wait = _wait(answer)
        if wait is None:
            return answer
        inquiry.sleep(wait)
    return answer if answer.status in GOOD else inquiry.client.ask(address, method="GET")


def _state_of(address: str, answer: Answer) -> tuple[State, str, str]:
    if answer.status in GOOD:
        for_good = len(answer.way) > 1 and all(status in PERMANENT for _, status in answer.way[:-1])
        if for_good and answer.address != address and not address.startswith(_RESOLVING):
            return "moved", "for good", answer.address
        return "ok", "", ""
    if answer.status in GONE:
        return "gone", str(answer.status), ""
    refused = answer.status < 500 or answer.status in REFUSING  # from there on its own fault
    return ("refused" if refused else "unreachable"), str(answer.status), ""


def _wait(answer: Answer) -> float | None:
    """How long a busy server asks us to wait, if it is not too long."""
    seconds = answer.headers.get("retry-after", "")
    return float(seconds) if seconds.isascii() and seconds.isdigit() and float(seconds) <= LONGEST_WAIT else None


# What is remembered


def read_cache(data: bytes, *, today: date, days: int) -> dict[str, Result]:
    """The results of earlier runs that are young enough to be believed. ValueError when the file is none of ours."""
    try:
        entries = json.loads(data)["addresses"]
        results = [Result(address, **entry) for address, entry in entries.items()]
        ages = {result.address: (today - date.fromisoformat(result.asked)).days for result in results}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ValueError("it is not a cache of `ledger links`") from None
    return {one.address: one for one in results if one.state in CACHED and 0 <= ages[one.address] < days}


def remembered(result: Result) -> dict[str, Any]:
    """What is remembered of an address, as plain data."""
    return {"state": result.state, "detail": result.detail, "leads_to": result.leads_to, "asked": result.asked}


def as_data(results: Iterable[Result], content: str) -> list[dict[str, Any]]:
    """The results as plain data."""
    return [
        {"address": one.address, **remembered(one), "places": [
            {"source": source, "field": name, "path": f"{content}/{span.path}", "line": span.line}
            for source, name, span in one.places
        ]}
        for one in results
    ]  # fmt: skip


def as_lines(results: Iterable[Result], content: str) -> Iterator[str]:
    """A line for each place of an address that is not well."""
    for result in results:
        if result.state != "ok":
            where = f" → {result.leads_to}" if result.leads_to else f" ({result.detail})"
            for *_, span in result.places:
                yield f"{content}/{span.path}:{span.line}:{span.column}: {result.state}: {result.address}{where}"


def summary(results: Iterable[Result]) -> str:
    """`12 addresses = 9 ok + 1 moved + 1 gone + 1 refused + 0 unreachable`."""
    states = [result.state for result in results]
    return f"{len(states)} addresses = " + " + ".join(f"{states.count(state)} {state}" for state in STATES)
