"""The site as it is being written: a file is made when it is asked for, and again only when what it read has changed.

In: options, and the site before a save. Out: a LiveSite, safe for several threads, with the bytes of a whole build.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, RLock

from jinja2 import Environment

from ledger import checks, exports, render
from ledger.checks.rendered import rendered_site
from ledger.diagnostics import Diagnostic, from_row
from ledger.engine import runner
from ledger.engine.report import Options, template_folders
from ledger.engine.state import FileRead, State, changes, read_state, seen
from ledger.engine.tasks import CHECKS, DATA, JSON, PAGES, Made, digest
from ledger.engine.traces import Change, Traces
from ledger.exports import Whole
from ledger.graph import UNKNOWN


@dataclass(frozen=True, slots=True)
class Look:
    """The templates, compiled, and the files that they bring along: read once, whatever is saved meanwhile."""

    environment: Environment
    static: Mapping[str, bytes]
    digest: str


def look_of(options: Options) -> Look:
    """The templates as they are now. TemplateSyntaxError for one with a mistake."""
    folders = template_folders(options.templates)
    environment, sources = render.environment_read_once(folders)
    static = {file.path: file.data for file in render.static_files(folders)}
    return Look(environment, static, digest(repr((sorted(sources.items()), sorted(static.items()))).encode()))


class LiveSite:
    """One state of the site."""

    def __init__(self, options: Options, state: State, look: Look, before: "LiveSite | None" = None) -> None:
        self.state, self.look = state, look
        self.site = runner.site_for(options, state, look.environment)
        self.base_url = self.site.base_url
        self.digest = digest(f"{runner.content_digest(state)} {look.digest} {self.base_url}".encode())[:16]
        """What the site is made from, in short: two sites with the same one are the same."""
        self.findings: tuple[Diagnostic, ...] = ()
        """What was found of the links of the finished site."""
        self.is_finished = False
        """Whether every page was made and every link followed."""
        self._seen = seen(state.index, state.files), seen(state.shown, state.files)
        self._owners = {address: key for key, task in self.site.tasks.items() for address in task.addresses}
        self._wholes = {a: whole for whole in exports.WHOLES for a in whole.addresses(self.site.shown, self.base_url)}
        self._traces = Traces()
        self._made: dict[str, bytes] = {}
        self._pieces: dict[str, Mapping[str, bytes]] = {}
        """By record: what it adds to files of the whole ledger."""
        self._making = RLock()
        if before is not None and before.look is look:
            self._inherit(before)

    def _inherit(self, before: "LiveSite") -> None:
        """Take over whatever is still true. The days of the past are always made anew."""
        if self.state.shown.loaded.cut or before.state.shown.loaded.cut:
            return
        with before.busy():
            known = before._traces
            is_changed = Change(known, changes(before._seen, self._seen, known.words), self.site.again)
            shown = before.site.shown
            self.site.remember(lambda name: UNKNOWN if is_changed(name) else shown.remembered(name))
            self._traces = known.still_true(is_changed, self.site.tasks)
            self._traces.add_results(self.site.shown.take_traces())
            self.site.whole.inherit(before.site.whole, is_changed)
            if self.site.shown is not self.site.whole:
                self.site.shown.inherit(before.site.shown, is_changed)
            self.site.remember(lambda _: UNKNOWN)
            kept = {one.address for trace in self._traces.tasks.values() for one in trace.outputs}
            self._made = {address: data for address, data in before._made.items() if address in kept}
            self._pieces = {id_: of for id_, of in before._pieces.items() if DATA + id_ in self._traces.tasks}

    @contextmanager
    def busy(self) -> Iterator[None]:
        """While nothing is made."""
        with self._making:
            yield

    def problems(self) -> Iterator[Diagnostic]:
        """What reading and the checks of the content have found."""
        yield from self.state.problems
        keys = [key for key in self.site.tasks if key.startswith(CHECKS)]
        for key in keys:
            if key not in self._traces.tasks:
                self._do(key)
        yield from map(from_row, checks.summed(self._traces.tasks[key].value for key in keys)["problems"])

    def has_page(self, address: str) -> bool:
        """Whether there is a page at an address, made or not."""
        return self._owners.get(address, "").startswith(PAGES)

    def get(self, address: str) -> bytes | None:
        """The bytes of a file; None where there is none. Whatever goes wrong with it is raised."""
        if address in self.look.static:
            return self.look.static[address]
        with self._making:
            if address not in self._made:
                if address in self._owners:
                    self._made |= {file.path: file.data for file in self._do(self._owners[address]).files}
                elif address in self._wholes:
                    self._made |= self._whole(self._wholes[address])
            return self._made.get(address)

    def complete(self, cancelled: Event) -> None:
        """Make every page once and follow all links, unless it is cancelled. Whatever goes wrong is raised."""
        for key in [key for key in self.site.tasks if key.startswith(PAGES)]:
            with self._making:
                if key not in self._traces.tasks:
                    self._do(key)
            if cancelled.is_set():
                return
        addresses = (*self._owners, *self._wholes, *self.look.static)
        traces = self._traces
        links = {page: of for trace in traces.tasks.values() for page, of in traces.page_links(trace).items()}
        found = checks.of_site(rendered_site(self.site.whole, addresses, links, base_url=self.base_url))
        self.findings = tuple(map(from_row, found["problems"]))
        self.is_finished = True

    def _do(self, key: str) -> Made:
        made = self.site.run(key)
        done = runner.noted(self.site, made)
        self._traces.add(done, {})
        if made.fragments:
            self._pieces[key.removeprefix(DATA)] = made.fragments
        return made

    def _whole(self, whole: Whole) -> dict[str, bytes]:
        """Files of the whole ledger; they are not kept over a save."""
        ids = tuple(self.site.shown.index.cards)
        with tempfile.TemporaryDirectory() as folder:
            places = {a: Path(folder) / str(at) for at, a in enumerate(whole.addresses(self.site.shown, self.base_url))}
            whole.write(self.site.shown, lambda: self._pieces_of(whole, ids), places.__getitem__, self.base_url)
            return {address: place.read_bytes() for address, place in places.items()}

    def _pieces_of(self, whole: Whole, ids: tuple[str, ...]) -> Iterator[bytes]:
        for id_ in ids if whole.fragment else ():
            if whole.fragment == JSON:
                yield (self.get(self.site.tasks[DATA + id_].addresses[0]) or b"").rstrip(b"\n")
                continue
            if id_ not in self._pieces:
                self._do(DATA + id_)
            if piece := self._pieces[id_][whole.fragment]:
                yield piece


def next_site(options: Options, look: Look, before: LiveSite | None, files: Mapping[str, FileRead]) -> LiveSite:
    """The site of the content as it is now; `files` are what an earlier look has read."""
    return LiveSite(options, read_state(options, files), look, before)
