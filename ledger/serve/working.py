"""The thread that rebuilds: at each save a new site, the pages that are open first, the rest in the background.

In: options and the News. Out: news. A site that cannot be built, or whose open pages cannot be made, is not shown: the
one before stays up, and the findings say why.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from threading import Event, Lock, Thread

from watchfiles import watch

from ledger.diagnostics import Diagnostic, has_errors
from ledger.engine.live import LiveSite, Look, look_of, next_site
from ledger.engine.report import Options, public_folder, template_folders
from ledger.engine.state import FileRead
from ledger.graph import texts_of
from ledger.serve.news import Finding, News, from_diagnostics, from_exception

IDLE_DELAY = 0.3
"""Seconds in which the browsers may fetch what they show before the rest is made."""
LAST_STEP = 5.0
"""Seconds in which a thread should come to the end of what it is at."""
SETTLE_MS, MOST_SETTLE_MS = 15, 400
"""Milliseconds without a change after which a save counts as done, since editors and `git checkout` write in several
steps; and after how many what is there is taken as it is."""


TICK_MS = 250
"""Milliseconds after which the folders are looked at, whether they are still the same."""


class Rebuilder:
    """Keeps the news up to date. `reported` is called with the findings after each round."""

    def __init__(self, options: Options, news: News, reported: Callable[[tuple[Finding, ...]], None]) -> None:
        self._options = options
        self._news = news
        self._reported = reported
        self._building, self._telling = Lock(), Lock()
        self._stopped = Event()
        self._cancelled = Event()
        self._threads: list[Thread] = []
        self._look: Look | None = None
        self._files: Mapping[str, FileRead] = {}
        self._latest: LiveSite | None = None
        """The site of the latest content that could be read, shown or not: what is true of it still is."""
        self._shown_is_latest = False
        self._unmade: tuple[Finding, ...] = ()
        """What could not be made in the background."""

    def start(self) -> None:
        """Build for the first time, and watch from then on."""
        watching = Event()
        self._run(lambda: self._watch(watching))
        watching.wait(LAST_STEP)
        self._rebuild(look_too=True)

    def stop(self) -> None:
        """Stop watching and building."""
        self._stopped.set()
        self._cancelled.set()
        self._news.close()
        for thread in self._threads:
            thread.join(LAST_STEP)

    def _run(self, work: Callable[[], None]) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    # Watching

    def _watch(self, watching: Event) -> None:
        """Rebuild at each change, until stopped. A folder that goes away, or comes back as another, is watched anew.

        What was changed before it was watched is nobody's change: so there is one more rebuild as soon as it is.
        """
        known, anew = _identities(_folders(self._options)), False
        while not self._stopped.is_set():
            folders, content = _folders(self._options), self._options.content.resolve()
            for changed in self._changes([folder for folder in folders if folder.is_dir()]):
                watching.set()
                before, known = known, _identities(folders)
                moved = known != before
                if changed or moved or anew:
                    beside = any(not Path(path).is_relative_to(content) for path in changed)
                    self._rebuild(look_too=moved or anew or beside)
                anew = moved
                if moved:
                    break

    def _changes(self, folders: list[Path]) -> Iterator[set[str]]:
        """The paths that were changed together; nothing from time to time."""
        while not folders and not self._stopped.wait(TICK_MS / 1000):
            yield set()
        if not folders:
            return
        for changes in watch(
            *folders,
            watch_filter=None,
            stop_event=self._stopped,
            debounce=MOST_SETTLE_MS,
            step=SETTLE_MS,
            rust_timeout=TICK_MS,
            yield_on_timeout=True,
        ):
            yield {path for _, path in changes}

    # Building

    def _rebuild(self, *, look_too: bool) -> None:
        """Show what is there now, as far as nothing stands against it. The first build and a save take turns."""
        with self._building:
            with self._telling:
                self._cancelled.set()
            try:
                site, found = self._built(look_too=look_too)
            except Exception as problem:
                site, found = None, (from_exception(problem),)
            self._shown_is_latest = site is not None
            if site is not None:
                self._unmade = self._unmade if self._news.site and self._news.site.digest == site.digest else ()
                found = (*found, *self._unmade)
            self._news.tell(found, site)
            self._reported(self._news.findings)
            self._complete_in_background(found)

    def _built(self, *, look_too: bool) -> tuple[LiveSite | None, tuple[Finding, ...]]:
        if look_too or self._look is None:
            self._look = look_of(self._options)
        site = next_site(self._options, self._look, self._latest, self._files)
        self._files = site.state.files
        self._news.texts = texts_of(site.state.loaded)
        problems = tuple(site.problems())
        findings = self._findings(site, problems)
        drafts = {record.path for record in site.state.loaded.records.values() if record.is_draft}
        if has_errors(problems, strict=self._options.strict, drafts=drafts):
            return None, findings
        self._latest = site
        return (None, (*findings, *failures)) if (failures := self._failures(site)) else (site, findings)

    def _failures(self, site: LiveSite) -> tuple[Finding, ...]:
        """Make the pages that are open; what goes wrong with them."""
        try:
            for address in self._news.viewed():
                if site.has_page(address):
                    site.get(address)
        except Exception as problem:
            return (from_exception(problem),)
        return ()

    def _findings(self, site: LiveSite, problems: Iterable[Diagnostic]) -> tuple[Finding, ...]:
        texts = site.state.reading.texts
        return from_diagnostics(problems, self._options.content, lambda path: texts.get(path) or _text(site, path))

    def _complete_in_background(self, found: tuple[Finding, ...]) -> None:
        site = self._news.site
        if self._shown_is_latest and site and not site.is_finished and not self._stopped.is_set():
            self._cancelled = cancelled = Event()
            self._run(lambda: self._complete(site, found, cancelled))

    def _complete(self, site: LiveSite, found: tuple[Finding, ...], cancelled: Event) -> None:
        """Make all pages and follow their links; tell of what is wrong, unless something was saved meanwhile."""
        if cancelled.wait(IDLE_DELAY):
            return
        unmade: tuple[Finding, ...] = ()
        try:
            unmade = tuple(map(from_exception, site.complete(cancelled)))
        except Exception as problem:
            unmade = (from_exception(problem),)
        with self._telling:
            if cancelled.is_set():
                return
            self._unmade = (*self._findings(site, site.findings), *unmade)
            if self._unmade:
                self._news.tell((*found, *self._unmade), site)
                self._reported(self._news.findings)


def _folders(options: Options) -> list[Path]:
    """The folders that a site is made from, each once."""
    public = public_folder(options)
    folders = (options.content, *template_folders(options.templates), *((public,) if public else ()))
    return list({folder.resolve(): None for folder in folders})


def _identities(folders: Iterable[Path]) -> list[tuple[int, int] | None]:
    """Which folder each is now; None for one that is not there."""
    found: list[tuple[int, int] | None] = []
    for folder in folders:
        try:
            about = folder.stat()
            found.append((about.st_dev, about.st_ino))
        except OSError:
            found.append(None)
    return found


def _text(site: LiveSite, path: str) -> str | None:
    found = site.state.files.get(path)
    try:
        return found.record.text if found and found.record else None
    except (OSError, ValueError):
        return None
