"""What several tests make: ledgers from a few texts, sites from ledgers, and runs of the command line."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

from medium import MEDIUM

from ledger import cli, exports, files, graph, loading, render
from ledger.analysis import analyse
from ledger.context import PageContext
from ledger.engine import tasks
from ledger.engine.report import template_folders
from ledger.files import TextFile
from ledger.graph import Ledger
from ledger.loading import Loaded
from ledger.outfile import OutFile

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BASE = HERE / "base"
SMALL = HERE / "sites/small/content"
FLAGSHIP = ROOT / "content"

CONTENTS = {"small": SMALL, "medium": MEDIUM}
"""The ledgers that code is tested on where a few records are too few."""

PATIENCE = 240
"""Seconds after which a process that a test waits for has hung: below the limit of a test, so that it is named."""

EXPORTS = "exports: [sqlite, csv, graphml, dot, argdown, jsonld]\n"
SITE = "format: 1\ntitle: Test\neditors: [{id: ann, name: Ann}]\n" + EXPORTS
SOURCE = "type: report\ntitle: Maps\nauthors: unknown\nissued: 1999\ntier: reporting\nderived_from: unknown\n"
CLAIM = "statement: It moves.\ntype: empirical\n"
EVIDENCE = "evidence: [{id: e1, source: s, relation: supports, shows: A gap., consulted: memory}]\n"


def load(texts: Mapping[str, str]) -> Loaded:
    """The records of some files, given by path; one that ends in `.txt` is a text that is kept."""
    kept = [files.kept_text(path, text.encode()) for path, text in texts.items() if path.endswith(".txt")]
    return loading.load_records((TextFile(path, text) for path, text in texts.items() if path[-4:] != ".txt"), (), kept)


def ledger_of(texts: Mapping[str, str], *, as_of: date | None = None) -> Ledger:
    """The ledger of some files that have no error in them."""
    loaded = load({"site.yml": SITE, **texts})
    assert [d for d in loaded.problems if d.level == "error"] == []
    return graph.build_graph(loaded, as_of=as_of)


def ledger_at(content: Path) -> Ledger:
    """What is published of a content folder; of one that no test changes it is read once."""
    return _kept(content) if content in (SMALL, MEDIUM, FLAGSHIP) else _read(content)


@cache
def _kept(content: Path) -> Ledger:
    return _read(content)


def _read(content: Path) -> Ledger:
    reading = files.read(content)
    return graph.published(graph.build_graph(loading.load_records(reading.files, reading.failed, reading.kept)))


def seen_from(ledger: Ledger, page: str) -> PageContext:
    """A ledger as the page at an address sees it."""
    return PageContext(ledger, page, analyse(ledger))


TEMPLATES = render.environment_in(template_folders(None))


def site_of(ledger: Ledger, base_url: str = "") -> dict[str, bytes]:
    """Every file of a ledger's site by its address, at its own public address unless another is given."""
    base_url = base_url or ledger.settings.base_url or ""
    static = render.static_files(template_folders(None))
    return by_path((*every_page_file(ledger, base_url), *every_data_file(ledger, base_url), *static))


def pages_of(ledger: Ledger, *patterns: str, base_url: str = "") -> dict[str, bytes]:
    """The pages whose addresses fit one of some patterns, with their Markdown."""
    return by_path(every_page_file(ledger, base_url, lambda path: any(fnmatchcase(path, one) for one in patterns)))


def every_page_file(
    ledger: Ledger, base_url: str = "", wanted: Callable[[str], bool] = lambda _: True
) -> Iterator[OutFile]:
    """The pages of a ledger's site that are wanted, with their Markdown."""
    site = tasks.planned(tasks.Site(ledger, ledger, base_url, TEMPLATES))
    keys = [key for key in site.tasks if key.startswith(tasks.PAGES) and any(map(wanted, site.tasks[key].addresses))]
    return (file for key in keys for file in site.run(key).files)


def data_of(ledger: Ledger, *patterns: str, base_url: str = "") -> dict[str, bytes]:
    """The data files of a ledger's site whose addresses fit one of some patterns."""
    return by_path(every_data_file(ledger, base_url, lambda path: any(fnmatchcase(path, one) for one in patterns)))


def every_data_file(
    ledger: Ledger, base_url: str = "", wanted: Callable[[str], bool] = lambda _: True
) -> Iterator[OutFile]:
    """The data files of a ledger's site that are wanted; what makes no wanted file is left alone."""
    cards = [ledger.index.cards[id_] for id_ in ledger.records]
    ids = [one.id for one in cards if any(map(wanted, exports.record_addresses(ledger, one, base_url)))]
    made = [file for id_ in ids for file in exports.record_files(ledger, id_, base_url)]
    made += [
        file
        for task in exports.files(ledger, base_url)
        if any(map(wanted, task.addresses))
        for file in task.make(ledger)
    ]
    with TemporaryDirectory() as folder:
        for whole in exports.WHOLES:
            if any(map(wanted, whole.addresses(ledger, base_url))):
                made += _joined(ledger, whole, base_url, Path(folder))
    return (file for file in made if wanted(file.path))


def _joined(ledger: Ledger, whole: exports.Whole, base_url: str, folder: Path) -> Iterator[OutFile]:
    """A file of the whole ledger, from what each record adds to it."""
    places = {address: folder / address.replace("/", "_") for address in whole.addresses(ledger, base_url)}
    make = exports.FRAGMENTS.get(whole.fragment, lambda *of: next(exports.record_files(*of)).data)
    pieces = [piece for id_ in ledger.records if (piece := make(ledger, id_, base_url))]
    whole.write(ledger, lambda: iter(pieces), places.__getitem__, base_url)
    yield from (OutFile(address, path.read_bytes()) for address, path in places.items())


def by_path(made: Iterable[OutFile]) -> dict[str, bytes]:
    """The bytes of files by their address; no two have the same."""
    found = [(file.path, file.data) for file in made]
    assert len(dict(found)) == len(found)
    return dict(found)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    return python("-m", "ledger", *arguments, cwd=cwd, **environment)


@dataclass(frozen=True)
class Run:
    """What a command gave."""

    returncode: int
    stdout: str
    stderr: str


def run_here(*arguments: str | Path, cwd: Path = ROOT) -> Run:
    """The command line in this process, which saves the start of another."""
    out, err = StringIO(), StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    return Run(code, out.getvalue(), err.getvalue())


def git(place: Path, *arguments: str) -> str:
    """What git says in a folder; the settings of whoever runs the tests make no difference."""
    own = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "init.defaultBranch=main"]
    own += ["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null"]
    return subprocess.run(
        ["git", *own, *arguments], cwd=place, capture_output=True, check=True, encoding="utf-8", timeout=PATIENCE
    ).stdout.strip()


def python(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """A Python process that finds the package."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


# Where a job runs in the background SIGINT is ignored, and what it starts inherits that.
ENDED_BY_CTRL_C = """
import signal, sys
from ledger import cli
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(cli.main())
"""


@contextmanager
def running(*arguments: str | Path, cwd: Path = ROOT) -> Iterator[subprocess.Popen[str]]:
    """The command line at work, ended by Ctrl-C whatever this process was started by, and never left behind."""
    command = [sys.executable, "-u", "-c", ENDED_BY_CTRL_C, *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen(command, cwd=cwd, env={**os.environ, "PYTHONPATH": str(ROOT)}, **pipes) as process:
        watch = Timer(PATIENCE, process.kill)
        watch.start()
        try:
            yield process
        finally:
            watch.cancel()
            process.kill()


class Reader(HTMLParser):
    """What a page shows in its body, its links, and the ids in it."""

    VOID = ("br", "hr", "meta", "link", "img", "input")

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if tag == "a" and name == "href":
                self.links.append(value or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "body" in self.open:
            self.shown.append(data)

    @property
    def text(self) -> str:
        """The visible text."""
        return "".join(self.shown)
