"""What the browser tests share: how Chromium is started, one page of every sort, and a site on a server of its own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from ledger.records import KINDS

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
OVERVIEWS = (
    "index.html",
    "404.html",
    "search.html",
    "a-z.html",
    "whats-new.html",
    "statistics.html",
    "divergences.html",
    "single-points.html",
    "method.html",
    "data.html",
    "about.html",
    "numbers-in-conflict.html",
    "gaps.html",
    "tags/index.html",
    "claims/index.html",
    "claims/by/rating.html",
    "sources/index.html",
)
FURTHER = (
    *("", "/evidence", "/people", "/timeline", "/audit", "/story"),
    *("/all-evidence", "/cruxes", "/fairness", "/history"),
)
INVENTED = ("thread", "controversy", "chart", "claim", "source", "proponent", "event", "term", "challenge", "page")
ONE_OF_EACH = (
    *OVERVIEWS,
    "tags/model.html",
    "threads/thread-0.html",
    *(f"controversies/c-0{further}.html" for further in FURTHER),
    "positions/c-0-a.html",
    "positions/invented-controversy-a.html",
    "claims/claim-0.html",
    "claims/clock-stopped.html",
    "sources/source-0.html",
    "proponents/ada-brass.html",
    "proponents/friends-of-the-clock.html",
    "events/noon-trial.html",
    "terms/mean-time.html",
    "pages/method.html",
    *(f"{kind.folder}/invented-{kind.name}.html" for kind in KINDS if kind.name in INVENTED),
)
"""Addresses in the site of the medium ledger: every sort of page, and one of each kind that is full of odd words."""
OF_THE_FLAGSHIP = (
    *OVERVIEWS,
    "tags/scaling_laws.html",
    "threads/scaling-laws.html",
    *(f"controversies/emergent-abilities{further}.html" for further in FURTHER),
    "positions/scaling-laws-wall-b.html",
    "claims/kaplan-power-law.html",
    "sources/kaplan-2020.html",
    "proponents/gary-marcus.html",
    "proponents/jason-wei.html",
    "events/2022-big-bench.html",
    "terms/scaling-law.html",
    "charts/text-stock.html",
    "pages/about.html",
)
"""Addresses in the flagship site."""


class _Quiet(SimpleHTTPRequestHandler):
    headers_sent: ClassVar[Mapping[str, str]] = {}

    def end_headers(self) -> None:
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """The requests are looked at in the browser."""


@contextmanager
def serving(folder: Path, headers: Mapping[str, str]) -> Iterator[str]:
    """The address at which a folder is served, every answer with these headers."""
    handler = type("Handler", (_Quiet,), {"headers_sent": headers})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    # afdocs takes a short page with 404 in it, even in an address, for an error.
    while "404" in str(server.server_port):
        server.server_close()
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=60)
        assert not thread.is_alive()


VIOLATIONS = "(more) => axe.run({ resultTypes: ['violations'], ...more }).then((found) => found.violations)"
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules of axe that can come out otherwise in another theme."""


def violations(page: Page, **more: object) -> list[dict[str, Any]]:
    """What axe, which is loaded into the page once, holds against it as it is shown."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE_SCRIPT}; null")
    return page.evaluate(VIOLATIONS, more)


def barriers(page: Page) -> list[tuple[str, str, str]]:
    """What axe holds against a page in light, and against its colours in dark: the scheme, what is wrong, and where."""
    found = []
    for scheme, rules in (("light", {}), ("dark", OF_COLOURS)):
        page.emulate_media(color_scheme=scheme)
        found += [(scheme, v["id"], v["nodes"][0]["html"][:120]) for v in violations(page, **rules)]
    return found


def widths(page: Page) -> list[float]:
    """How wide the page is in windows of three widths, where it is not as wide as the window.

    Read through the browser's own protocol, so that it works without scripts in the page.
    """
    session, found = page.context.new_cdp_session(page), []
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        metrics = session.send("Page.getLayoutMetrics")["cssContentSize"]
        found += [metrics["width"]] if metrics["width"] > width else []
    session.detach()
    return found


CLOSED = """all => all.filter((details) => details.checkVisibility()).flatMap((details) => [...details.children])
  .filter((part) => !part.matches("summary, button, nav, form") && !part.checkVisibility())
  .filter((part) => getComputedStyle(part).display !== "none").length"""
"""How much of what can be opened is closed; what is left out on purpose is not."""


def wrong_on_paper(page: Page) -> list[str]:
    """What a printed page shows and should not, or hides."""
    page.set_viewport_size({"width": 800, "height": 1100})
    page.emulate_media(media="print", color_scheme="dark")
    clicked = page.locator("nav:visible, button:visible, input:visible, .skip:visible").count()
    closed = page.locator("main details").evaluate_all(CLOSED)
    wide = page.evaluate("document.documentElement.scrollWidth") > 800
    page.emulate_media(media="screen", color_scheme="light")
    found = {"something to click": clicked, "something closed": closed, "wider than the paper": wide}
    return [what for what, times in found.items() if times]
