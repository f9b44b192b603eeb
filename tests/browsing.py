"""What the browser tests share: how Chromium is started, one page of every sort, and a site on a server of its own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
ONE_OF_EACH = (
    "index.html",
    "404.html",
    "search.html",
    "a-z.html",
    "whats-new.html",
    "statistics.html",
    "divergences.html",
    "single-points.html",
    "method.html",
    "gaps.html",
    "tags/index.html",
    "tags/scaling_laws.html",
    "claims/index.html",
    "claims/by/rating.html",
    "sources/index.html",
    "threads/scaling-laws.html",
    "controversies/emergent-abilities.html",
    "controversies/emergent-abilities/map.html",
    "controversies/emergent-abilities/matrix.html",
    "controversies/emergent-abilities/timeline.html",
    "controversies/emergent-abilities/proponents.html",
    "controversies/emergent-abilities/evidence.html",
    "controversies/emergent-abilities/cruxes.html",
    "controversies/emergent-abilities/fairness.html",
    "controversies/emergent-abilities/history.html",
    "positions/scaling-laws-wall-b.html",
    "claims/kaplan-power-law.html",
    "sources/kaplan-2020.html",
    "proponents/gary-marcus.html",
    "proponents/jason-wei.html",
    "events/2022-big-bench.html",
    "terms/scaling-law.html",
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
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=60)
        assert not thread.is_alive()
