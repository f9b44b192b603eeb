"""From a save to the browser: `python benchmarks/serving.py [CONTENT] [CLAIM]`.

A copy of the content is served, Chromium shows a claim's page, and the claim's note on its scope is saved again and
again with other words. Printed are the seconds from the end of each save until the page shows the words, and beside
them the seconds that the processor was at work in the server, which say more on a busy machine.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

TRIES = 15
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


@contextmanager
def served(content: Path) -> Iterator[tuple[str, int]]:
    """The address of a server, and its process."""
    command = [sys.executable, "-m", "ledger.cli", "serve", "--content", str(content), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:  # noqa: S603
        lines = iter(server.stdout or ())
        yield next(found[0] for line in lines if (found := re.search(r"http://\S+", line))), server.pid
        server.terminate()


def at_work(process: int) -> float:
    """Seconds that the processor has spent on a process (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def saved(page: Page, record: Path, text: str, number: int) -> float:
    """Seconds from one save until the browser shows it."""
    words = f"Saved for the {number}th time."
    record.write_text(re.sub(r"(?m)^statement:.*(\n[ ]+.*)*", f"statement: {words}", text), encoding="utf-8")
    start = time.perf_counter()
    page.wait_for_function("words => document.body.innerText.includes(words)", arg=words, polling=5)
    return time.perf_counter() - start


def main(content: str = "content", claim: str = "kaplan-power-law") -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        copy = Path(scratch) / "content"
        shutil.copytree(content, copy)
        record = copy / "claims" / f"{claim}.yml"
        text = record.read_text(encoding="utf-8")
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        with served(copy) as (address, process):
            page = chromium.new_page()
            page.goto(f"{address.rstrip('/')}/claims/{claim}.html")
            time.sleep(20)
            taken, work = [], []
            for number in range(TRIES):
                before = at_work(process)
                taken.append(saved(page, record, text, number))
                work.append(at_work(process) - before)
                time.sleep(3)
        chromium.close()
    print(f"{TRIES} saves: median {median(taken):.2f} s, least {min(taken):.2f}, most {max(taken):.2f};", end=" ")
    print(f"the server at work: median {median(work):.2f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
