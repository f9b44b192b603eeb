"""A site whose pages are made when they are asked for.

In: a ledger without errors and the templates. Out: the bytes of one file after the other, the same as those of a whole
build. A page is made at once; for data and other exports one waits until `complete` has come to them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Condition, Event, RLock

from jinja2 import Environment

from ledger import checks, exports, graph
from ledger.analysis import analyse
from ledger.checks.rendered import rendered_site
from ledger.diagnostics import Diagnostic
from ledger.graph import Ledger
from ledger.outfile import OutFile
from ledger.pages import Place, site_map
from ledger.render import render_page

LONGEST_WAIT = 120.0
"""Seconds that a request waits for an export."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates, loaded, and the files that stand beside them."""

    environment: Environment
    static: Mapping[str, bytes]
    digest: str
    """What it was made from, in short."""


class LazySite:
    """One state of the site. Safe for use by several threads."""

    def __init__(self, ledger: Ledger, theme: Theme, base_url: str, digest: str) -> None:
        self.digest = digest
        """What the site was made from, in short: two sites with the same one are the same."""
        self.base_url = base_url
        self.findings: tuple[Diagnostic, ...] = ()
        """What was found of the finished site."""
        self._ledger = ledger
        self._published = graph.published(ledger)
        self._analysis = analyse(self._published)
        self._theme = theme
        self._places: Mapping[str, Place] = {
            place.url: place for place in site_map(self._published, self._analysis, base_url=base_url)
        }
        self._made: dict[str, bytes] = dict(theme.static)
        self._making = RLock()
        self._news = Condition()
        self._finished = False

    @property
    def is_finished(self) -> bool:
        """Whether every file was made and the whole was checked."""
        return self._finished

    def has_page(self, address: str) -> bool:
        """Whether there is a page at an address, made or not."""
        return address in self._places

    def get(self, address: str) -> bytes | None:
        """The bytes of a file; None where there is none. Whatever goes wrong with a page is raised."""
        if address in self._places:
            return self._page(address)
        with self._news:
            self._news.wait_for(lambda: address in self._made or self._finished, LONGEST_WAIT)
            return self._made.get(address)

    def complete(self, cancelled: Event) -> None:
        """Make all that is left and check the whole, unless it is cancelled. Whatever goes wrong is raised."""
        try:
            for file in self._left():
                self._keep(file)
                if cancelled.is_set():
                    return
            files = tuple(OutFile(address, data) for address, data in self._made.items())
            self.findings = checks.run_on_site(rendered_site(self._ledger, files, base_url=self.base_url)).problems
        except Exception:
            self._finish()
            raise
        self._finish()

    def abandon(self) -> None:
        """Let those go who wait for a file: there is another site now."""
        self._finish()

    def _finish(self) -> None:
        with self._news:
            self._finished = True
            self._news.notify_all()

    def _left(self) -> Iterator[OutFile]:
        for url in self._places:
            yield OutFile(url, self._page(url))
        yield from exports.every_file(self._published, self.base_url)

    def _page(self, address: str) -> bytes:
        with self._making:
            if address not in self._made:
                self._keep(render_page(self._places[address].make(), self._theme.environment))
        return self._made[address]

    def _keep(self, file: OutFile) -> None:
        with self._news:
            self._made[file.path] = file.data
            self._news.notify_all()
