"""From a save to the reader: a claim is saved again and again with other words, until its page on the server has them.

`Page` is anything that waits for words: `over_http` asks for the page again and again, `in_browser` lets Chromium show
it, which learns of the save from the server.
"""

import importlib
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from measuring import FailedError, Run, at_work, environment

PAUSE = 0.005
PATIENCE = 1_800
RESTLESS = 600
SECONDS_OF_REST = 3
IDLE = 0.25
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")

Wait = Callable[[str], None]
Page = Callable[[str], AbstractContextManager[Wait]]


def edit(record: Path, words: str, field: str = "statement") -> None:
    """Write other words into a field of a record."""
    text = record.read_text(encoding="utf-8")
    changed, count = re.subn(rf"(?m)^{field}:.*(\n[ ]+.*)*", f"{field}: {words}", text, count=1)
    if not count:
        raise ValueError(f"{record.name} has no {field}")
    record.write_text(changed, encoding="utf-8")


def saves(command: Sequence[str], content: Path, claim: str, page: Page, tries: int) -> Iterator[Run]:
    """Serve the content; save a claim some times, each when the server has come to rest; say how long each took."""
    with served(command, content) as (address, process), page(f"{address.rstrip('/')}/claims/{claim}.html") as wait:
        for number in range(tries):
            rest(process)
            words = f"Saved for the {number}th time at {time.time_ns()}."
            work = at_work(process)
            edit(content / "claims" / f"{claim}.yml", words)
            start = time.perf_counter()
            wait(words)
            wall = time.perf_counter() - start
            yield Run(wall, at_work(process) - work, 0)


@contextmanager
def served(command: Sequence[str], content: Path) -> Iterator[tuple[str, int]]:
    """The address of a server, and its process; what it prints goes to `served.txt` beside the content."""
    whole = [*command, "serve", "--content", content.name, "--port", "0"]
    log = content.parent / "served.txt"
    settings: dict[str, Any] = {"cwd": content.parent, "env": {**environment(), "PYTHONUNBUFFERED": "1"}}
    with log.open("wb") as out, subprocess.Popen(whole, stdout=out, stderr=out, **settings) as server:  # noqa: S603
        try:
            yield announced(server, log), server.pid
        finally:
            server.terminate()


def announced(server: subprocess.Popen[bytes], log: Path) -> str:
    """The address that a server prints once it listens."""
    while server.poll() is None:
        if found := re.search(r"http://[^\s/]+", log.read_text(encoding="utf-8")):
            return found[0]
        time.sleep(PAUSE)
    raise FailedError(f"the server ended: {log.read_text(encoding='utf-8')[-2_000:]}")


def rest(process: int) -> None:
    """Wait until the server has had little to do for three seconds; it may look at the files now and then."""
    quiet, before = 0, at_work(process)
    end = time.monotonic() + RESTLESS
    while quiet < SECONDS_OF_REST and time.monotonic() < end:
        time.sleep(1)
        now = at_work(process)
        quiet = quiet + 1 if now - before <= IDLE else 0
        before = now


@contextmanager
def over_http(address: str) -> Iterator[Wait]:
    """Ask for the page until it has the words."""

    def wait(words: str) -> None:
        end = time.monotonic() + PATIENCE
        while words.encode() not in fetched(address):
            if time.monotonic() > end:
                raise FailedError(f"{address} never said: {words}")
            time.sleep(PAUSE)

    wait("<")
    yield wait


def fetched(address: str) -> bytes:
    """The page as the server has it; nothing while it has none."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310
            return bytes(answer.read())
    except urllib.error.HTTPError:
        return b""


@contextmanager
def in_browser(address: str) -> Iterator[Wait]:
    """Let Chromium show the page, and wait until it shows the words."""
    with importlib.import_module("playwright.sync_api").sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = chromium.new_page()
        page.goto(address, timeout=PATIENCE * 1_000)
        shows = "words => document.body.innerText.includes(words)"
        yield lambda words: page.wait_for_function(shows, arg=words, polling=5, timeout=PATIENCE * 1_000)
        chromium.close()
