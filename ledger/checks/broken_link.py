"""Every link inside the rendered site leads to a page and a place that exist."""

from collections.abc import Iterable, Iterator
from posixpath import join, normpath
from urllib.parse import unquote

from ledger import urls
from ledger.checks.rendered import RenderedSite, record_of
from ledger.diagnostics import Diagnostic, Level, Span

ID = "broken-link"
LEVEL = Level.ERROR
SCHEMES = ("https:", "http:", "mailto:")


def items(site: RenderedSite) -> Iterable[tuple[str, str]]:
    """Every address in every page: the page and the address as it stands there."""
    return [(page, address) for page in sorted(site.pages) for address in site.pages[page].links]


def check(site: RenderedSite, item: tuple[str, str]) -> Iterator[Diagnostic]:
    """An address inside the site that no file has, or a fragment that its page lacks."""
    page, address = item
    if address.startswith(SCHEMES):
        return
    path, _, fragment = address.partition("#")
    if page == urls.NOT_FOUND:
        path = path.removeprefix(site.root)
    target = _target(site, page.rpartition("/")[0], path) if path else page
    if target not in site.addresses:
        yield _finding(site, page, address, f"the link '{address}' leads to no page of this site")
    elif fragment and target in site.anchors and unquote(fragment) not in site.anchors[target]:
        yield _finding(site, page, address, f"the page of the link '{address}' has no place called '{fragment}'")


def _target(site: RenderedSite, folder: str, path: str) -> str:
    known = (folder, path)
    if known not in site.targets:
        site.targets[known] = normpath(join(folder, unquote(path)))
    return site.targets[known]


def _finding(site: RenderedSite, page: str, address: str, message: str) -> Diagnostic:
    hint = "link to records with [[id]]; headings have the anchor `#h-` and their words"
    record = record_of(site, page)
    if record is None:
        return Diagnostic(Span(page), LEVEL, ID, message, "this page comes from a template: correct it there")
    return Diagnostic(record.document.inner_span(("body",), address), LEVEL, ID, message, hint)
