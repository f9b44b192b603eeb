"""The site as it is being written: a file is made when it is asked for, and again only when what it read has changed.

In: options, and the site before a save. Out: a LiveSite, safe for several threads, with the bytes of a whole build.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, RLock
from typing import Any

from jinja2 import Environment

from ledger import checks, exports, render
from ledger.checks.rendered import rendered_site
from ledger.diagnostics import Diagnostic, from_row
from ledger.engine import runner
from ledger.engine.done import Done
from ledger.engine.past import with_past
from ledger.engine.report import Options, public_folder, template_folders
from ledger.engine.state import FileRead, State, changes, read_state, seen
from ledger.engine.tasks import CHECKS, DATA, JSON, PAGES, PLAN, Made, digest, planned, planned_again, together
from ledger.engine.traces import Change, Trace, Traces
from ledger.exports import Whole
from ledger.graph import UNKNOWN
from ledger.public import Public, findings_of, read_public

TURN = 0.001
"""Seconds after which the background looks again whether somebody still waits for a page."""


@dataclass(frozen=True, slots=True)
class Look:
    """The templates, compiled, their files and those of `public`: read once, whatever is saved meanwhile."""

    environment: Environment
    static: Mapping[str, bytes]
    public: Public
    digest: str


def look_of(options: Options) -> Look:
    """The templates and other files as they are now. TemplateSyntaxError for one with a mistake."""
    folders = template_folders(options.templates)
    environment, sources = render.environment_read_once(folders)
    static = {file.path: file.data for file in render.static_files(folders)}
    public = read_public(public_folder(options))
    about = sorted(sources.items()), sorted(static.items()), [(file.path, digest(file.data)) for file in public.files]
    return Look(environment, static, public, digest(repr(about).encode()))


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What a site takes over from the one before a change, as far as it turns out to be the same."""

    change: Change
    traces: Traces
    tasks: Mapping[str, Trace]
    """Those that were done before the change. What the earlier site makes later still shows the old records."""
    made: Mapping[str, bytes]
    pieces: Mapping[str, Mapping[str, bytes]]
    values: Mapping[str, Any]
    """Of the results that the change may have reached."""

    def value(self, name: str) -> Any:
        """The value of a result, if it is still true; else UNKNOWN."""
        return UNKNOWN if name not in self.values or self.change(name) else self.values[name]

    def task(self, key: str) -> Trace | None:
        """What is noted of a task, if it read nothing that is another now."""
        return None if key not in self.tasks or self.change(key) else self.tasks[key]

    def same(self) -> list[str]:
        """What was found to be the same since the last call."""
        found = self.change.same[:]
        self.change.same.clear()
        return found


class LiveSite:
    """One state of the site."""

    def __init__(self, options: Options, state: State, look: Look, before: "LiveSite | None" = None) -> None:
        self.state, self.look = state, look
        self.site = runner.bare_site(options, state, look.environment)
        self.base_url = self.site.base_url
        self.digest = digest(f"{runner.content_digest(state)} {look.digest} {self.base_url}".encode())[:16]
        """What the site is made from, in short: two sites with the same one are the same."""
        self.findings: tuple[Diagnostic, ...] = ()
        """What was found of the links of the finished site."""
        self.is_finished = False
        """Whether every page was made and every link followed."""
        self._owners: Mapping[str, str] = before._owners if before else {}
        """By address: the task that makes the file."""
        self._seen = seen(state)
        self._traces = Traces()
        self._made: dict[str, bytes] = {}
        self._pieces: dict[str, Mapping[str, bytes]] = {}
        """By record: what it adds to files of the whole ledger."""
        self._earlier: _Earlier | None = None
        self._making, self._counting, self._asking = RLock(), Lock(), 0
        if before is not None and before.look is look and not (state.shown.loaded.cut or before.state.shown.loaded.cut):
            self._inherit(before)
        else:
            self.site = planned(self.site)
        self._note()
        self._traces.add(Done(Made(PLAN, self.site.planned), (), {}, {}), {})
        if not (before and before.site.tasks is self.site.tasks):
            self._owners = {address: key for key, task in self.site.tasks.items() for address in task.addresses}
        self._wholes = {a: whole for whole in exports.WHOLES for a in whole.addresses(self.site.shown, self.base_url)}

    def _inherit(self, before: "LiveSite") -> None:
        """Take over what a change cannot have reached; the rest is looked at when it is asked for.

        The days of the past are always made anew.
        """
        with before.busy():
            before._note()
            traces, was, site = before._traces, before.site, self.site
            change = Change(traces, changes(before._seen, self._seen, traces.words), site.again)
            keys = change.keys()
            values = was.shown.remembered_of(keys)
            self._earlier = _Earlier(change, traces, dict(traces.tasks), before._made, before._pieces, values)
            self._traces, self._made, self._pieces = traces.without(keys), dict(before._made), dict(before._pieces)
            reached = (one.address for key in keys if key in traces.tasks for one in traces.tasks[key].outputs)
            for address in (*before._wholes, *reached):
                self._made.pop(address, None)
            for key in keys:
                self._pieces.pop(key.removeprefix(DATA), None)
            site.shown.inherit(was.shown, keys)
            if site.shown is not site.whole and was.shown is not was.whole:
                site.whole.inherit(was.whole, map(together, keys))
            before._earlier = None
            was.remember(lambda _: UNKNOWN)
        site.remember(self._earlier.value)
        self.site = planned_again(site, was, change)

    def _note(self) -> None:
        """Keep what is known by now of results, those from before a change included that were found to be the same."""
        self._traces.add_results(self.site.shown.take_traces())
        if self._earlier:
            for name in self._earlier.same():
                self._traces.take_result(name, self._earlier.traces)

    def _is_made(self, key: str) -> bool:
        """Whether a task need not be done: what it gave before a change is taken over if it read nothing else."""
        if key not in self._traces.tasks and (old := self._earlier) and (trace := old.task(key)):
            self._note()
            self._traces.tasks[key] = trace
            self._made |= {one.address: old.made[one.address] for one in trace.outputs if one.address in old.made}
            if key.removeprefix(DATA) in old.pieces:
                self._pieces[key.removeprefix(DATA)] = old.pieces[key.removeprefix(DATA)]
        return key in self._traces.tasks

    @contextmanager
    def busy(self) -> Iterator[None]:
        """While nothing is made."""
        with self._making:
            yield

    def problems(self) -> Iterator[Diagnostic]:
        """What reading and the checks of the content have found."""
        yield from self.state.problems
        keys = [key for key in self.site.tasks if key.startswith(CHECKS)]
        with self._making:
            for key in keys:
                if key not in self._traces.tasks and not self._is_made(key):
                    self._do(key)
        yield from findings_of(self.look.public, self._own_addresses(), self.site.whole.site)
        yield from map(from_row, checks.problems_of([self._traces.tasks[key].value for key in keys]))

    def has_page(self, address: str) -> bool:
        """Whether there is a page at an address, made or not."""
        return self._owners.get(address, "").startswith(PAGES)

    def get(self, address: str) -> bytes | None:
        """The bytes of a file; None where there is none. Whatever goes wrong with it is raised."""
        if address in self.look.static:
            return self.look.static[address]
        if (data := self.look.public.data(address)) is not None:
            return data
        if PAGES not in self.site.tasks and address not in self._owners and address not in self._wholes:
            return None
        with self._asked():
            if PAGES in self.site.tasks:
                self._do(PAGES)
            if address not in self._made:
                if address in self._owners and not (self._is_made(self._owners[address]) and address in self._made):
                    self._made |= {file.path: file.data for file in self._do(self._owners[address]).files}
                elif address in self._wholes:
                    self._made |= self._whole(self._wholes[address])
            return self._made.get(address)

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """While something is made that was asked for: what is made in the background waits meanwhile."""
        with self._counting:
            self._asking += 1
        try:
            with self._making:
                yield
        finally:
            with self._counting:
                self._asking -= 1

    def complete(self, cancelled: Event) -> tuple[Exception, ...]:
        """Make every page once and follow all links, unless it is cancelled. Out comes what goes wrong with pages."""
        failures = []
        for key in [key for key in self.site.tasks if key.startswith(PAGES)]:
            while self._asking and not cancelled.wait(TURN):
                pass
            try:
                with self._making:
                    if not self._is_made(key):
                        self._do(key)
            except Exception as problem:
                failures.append(problem)
            if cancelled.is_set():
                return ()
        addresses = (*self._own_addresses(), *(file.path for file in self.look.public.files))
        traces = self._traces
        links = traces.page_links(*traces.tasks.values())
        found = checks.of_site(rendered_site(self.site.whole, addresses, links, base_url=self.base_url))
        self.findings = tuple(map(from_row, found["problems"]))
        traces.index()  # or the next save would wait for it
        self.is_finished = not failures
        return tuple(failures)

    def _own_addresses(self) -> list[str]:
        """The addresses of the files that are made here."""
        return [*self._owners, *self._wholes, *self.look.static]

    def _do(self, key: str) -> Made:
        made = self.site.run(key)
        self._note()
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
            with self.site.reading():
                whole.write(self.site.shown, lambda: self._pieces_of(whole, ids), places.__getitem__, self.base_url)
            return {address: place.read_bytes() for address, place in places.items()}

    def _pieces_of(self, whole: Whole, ids: tuple[str, ...]) -> Iterator[bytes]:
        for id_ in ids if whole.fragment else ():
            if whole.fragment == JSON:
                yield (self.get(self.site.tasks[DATA + id_].addresses[0]) or b"").rstrip(b"\n")
                continue
            if not (self._is_made(DATA + id_) and id_ in self._pieces):
                self._do(DATA + id_)
            if piece := self._pieces[id_][whole.fragment]:
                yield piece


def next_site(options: Options, look: Look, before: LiveSite | None, files: Mapping[str, FileRead]) -> LiveSite:
    """The site of the content as it is now; `files` are what an earlier look has read."""
    last = before.state if before and before.state.files is files else None
    state, _ = with_past(options, read_state(options, files, last=last), last=before.state.index if before else None)
    return LiveSite(options, state, look, before)
