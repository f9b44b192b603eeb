"""The thread that builds: at each save a new site, the pages that are open first, the rest in the background.

In: a Builder and the News. Out: news. A site that cannot be built, or whose open pages cannot be made, is not shown:
the one before stays up, and the findings say why.
"""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock, Thread

from ledger.serve.building import Builder, Built
from ledger.serve.findings import Finding, from_diagnostics, from_exception
from ledger.serve.lazy_site import LazySite
from ledger.serve.news import News
from ledger.serve.watching import look, watch

GRACE = 0.3
"""Seconds in which the browsers may fetch what they show before the rest is made."""
LAST_STEP = 5.0
"""Seconds in which a thread should come to the end of what it is at."""


class Workshop:
    """Keeps the news up to date. `told` is called with the findings after each round."""

    def __init__(
        self, builder: Builder, content: Path, news: News, told: Callable[[tuple[Finding, ...]], None]
    ) -> None:
        self._builder = builder
        self._content = content
        self._news = news
        self._told = told
        self._telling = Lock()
        self._stopped = Event()
        self._cancelled = Event()
        self._threads: list[Thread] = []
        self._shown: Built | None = None
        self._stands = False
        """Whether the site that is shown is that of the present files."""
        self._unmade: tuple[Finding, ...] = ()
        """What could not be made of it."""

    def start(self) -> None:
        """Build for the first time, and watch from then on."""
        folders = self._builder.folders
        seen = look(folders)
        self._round()
        self._run(lambda: watch(folders, seen, self._stopped, self._cancel, self._round))

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

    def _cancel(self) -> None:
        """Let the processor be free for what was saved. Nothing is told of the site before after this."""
        with self._telling:
            self._cancelled.set()

    def _round(self) -> None:
        """Build what is there now."""
        self._cancel()
        built = self._builder.build()
        findings = (*built.findings, *self._failures(built.site))
        self._stands = False
        if built.site is None or len(findings) > len(built.findings):
            self._news.tell(findings)
        else:
            self._stands = True
            same = self._shown if self._news.site and self._news.site.digest == built.site.digest else None
            self._shown = same or built
            self._unmade = self._unmade if same else ()
            self._news.tell(self._all_findings(self._shown), self._shown.site)
        self._told(self._news.findings)
        self._complete_in_background()

    def _failures(self, site: LazySite | None) -> tuple[Finding, ...]:
        """Make the pages that are open; what goes wrong with them."""
        try:
            for address in self._news.viewed():
                if site and site.has_page(address):
                    site.get(address)
        except Exception as problem:
            return (from_exception(problem),)
        return ()

    def _complete_in_background(self) -> None:
        shown = self._shown
        site = shown.site if shown else None
        if shown and site and not site.is_finished and not self._stopped.is_set():
            self._cancelled = cancelled = Event()
            self._run(lambda: self._complete(shown, site, cancelled))

    def _complete(self, shown: Built, site: LazySite, cancelled: Event) -> None:
        unmade: tuple[Finding, ...] = ()
        if cancelled.wait(GRACE):
            return
        try:
            site.complete(cancelled)
        except Exception as problem:
            unmade = (from_exception(problem),)
        with self._telling:
            if cancelled.is_set():
                return
            self._unmade = unmade
            found = self._all_findings(shown)
            if self._stands and found != self._news.findings:
                self._news.tell(found)
                self._told(found)

    def _all_findings(self, built: Built) -> tuple[Finding, ...]:
        """What was found of the content, and of the finished site."""
        on_site = built.site.findings if built.site else ()
        return (*built.findings, *from_diagnostics(on_site, self._content, built.texts), *self._unmade)
