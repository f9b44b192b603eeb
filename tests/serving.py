"""What the tests of `ledger serve` share: a server on a free port, and requests to it."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from ledger.engine.report import Options
from ledger.serve.news import Finding, News
from ledger.serve.server import Server
from ledger.serve.working import Rebuilder


@dataclass(frozen=True)
class Served:
    """A server at work."""

    port: int
    news: News
    told: list[tuple[Finding, ...]]
    """What was found, round by round."""

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and bytes of an answer; `_` in a header's name stands for `-`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        try:
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def page(self, path: str) -> str:
        """A page that is there."""
        status, _, data = self.ask(path)
        assert status == 200
        return data.decode()

    def wait(self, wanted) -> dict:
        """The first message of which something holds."""
        number = -1
        for _ in range(300):
            number, message = self.news.after(number, 0.1)
            if wanted(said := json.loads(message or self.news.message())):
                return said
        raise AssertionError(self.news.message())


@contextmanager
def served(content: Path, templates: Path | None = None, base_url: str | None = None) -> Iterator[Served]:
    """A content folder, served."""
    news, told = News(), []
    server = Server(0, news)
    options = Options(content, Path("nowhere"), templates=templates, base_url=base_url)
    rebuilder = Rebuilder(options, news, told.append)
    rebuilder.start()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Served(server.server_port, news, told)
    finally:
        rebuilder.stop()
        server.shutdown()
        server.server_close()
        thread.join(timeout=60)
        assert not thread.is_alive()
