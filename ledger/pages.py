"""The site map: every page, its address, its template and its view.

In: a Ledger without drafts. Out: pages, in order of address within each kind.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ledger import urls, words
from ledger.graph import Ledger
from ledger.loading import Record, site_fields
from ledger.records import KINDS
from ledger.views import claim, controversy, lists, others, position, source
from ledger.views.frame import Frame, view_frame, view_record_frame
from ledger.views.viewing import Viewing


@dataclass(frozen=True, slots=True)
class Page:
    """One page before it is rendered; `origin` is the file that it comes from, where there is one."""

    url: str
    template: str
    frame: Frame
    view: Any
    origin: str = ""


VIEWS: Mapping[str, tuple[Callable[[Viewing, Record], Any], frozenset[str]]] = {
    "thread": (others.view_thread, others.THREAD_SHOWN),
    "controversy": (controversy.view_controversy, controversy.SHOWN),
    "position": (position.view_position, position.SHOWN),
    "claim": (claim.view_claim, claim.SHOWN),
    "source": (source.view_source, source.SHOWN),
    "proponent": (others.view_proponent, others.PROPONENT_SHOWN),
    "event": (others.view_event, frozenset()),
    "term": (others.view_term, frozenset()),
    "page": (others.view_page, frozenset()),
}
"""Kind → how its page's view is made, and the ways of referring to it that the page shows outside the backlinks."""


def all_pages(ledger: Ledger, *, base_url: str | None = None) -> Iterator[Page]:
    """Every page of the site."""
    base = base_url or site_fields(ledger.loaded.site).base_url
    yield _home(ledger, base)
    yield from _indexes(ledger, base)
    for record in ledger.records.values():
        yield _record_page(ledger, record, base)
    yield from _redirects(ledger, base)


def _home(ledger: Ledger, base: str | None) -> Page:
    viewing = Viewing(ledger, urls.HOME)
    frame = view_frame(viewing, site_fields(ledger.loaded.site).title, base_url=base)
    return Page(urls.HOME, "home.html", frame, lists.view_home(viewing))


def _indexes(ledger: Ledger, base: str | None) -> Iterator[Page]:
    for kind in KINDS:
        viewing = Viewing(ledger, urls.index(kind))
        frame = view_frame(viewing, words.KINDS[kind.name][1], base_url=base, kind=kind.name)
        yield Page(viewing.page, "index.html", frame, lists.view_index(viewing, kind))


def _record_page(ledger: Ledger, record: Record, base: str | None) -> Page:
    make, shown = VIEWS[record.kind.name]
    viewing = Viewing(ledger, urls.of_record(record))
    try:
        frame = view_record_frame(viewing, record, shown, base_url=base)
        return Page(viewing.page, f"{record.kind.name}.html", frame, make(viewing, record), record.document.path)
    except Exception as bug:
        bug.add_note(f"at {record.document.path}")
        raise


def _redirects(ledger: Ledger, base: str | None) -> Iterator[Page]:
    for former, id_ in sorted(ledger.former.items()):
        record = ledger.records[id_]
        viewing = Viewing(ledger, urls.page(record.kind, former))
        frame = view_frame(viewing, former, base_url=base, kind=record.kind.name)
        yield Page(viewing.page, "redirect.html", frame, lists.view_redirect(viewing, former, record))
