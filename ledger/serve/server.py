"""The server: HTTP on this machine alone.

In: the News and a port. Out: answers, and a stream of events for each page that is open.
"""

import socket
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ledger.serve.answering import ALWAYS, EVENTS, REFUSED, Answer, address_in, answer, plain, refusal
from ledger.serve.news import News

HOST = "127.0.0.1"
BEAT = 10.0
"""Seconds after which a browser is told that nothing is new, so that one that has gone is noticed."""


MOST_CONNECTIONS, MOST_STREAMS = 256, 128
"""How many connections are open at once, each of which has a thread, and how many of them wait for news."""


class Server(ThreadingHTTPServer):
    """A server with the news at hand. OSError when the port is taken."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, news: News) -> None:
        super().__init__((HOST, port), _Handler)
        self.news = news
        self._counting = Lock()
        self._open: dict[Any, bool] = {}
        """The connections, oldest first, and whether each has asked already."""
        self._streams = 0

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own. With too many, whoever has not asked for longest goes, or else the new one."""
        with self._counting:
            self._open[request] = False
            slow = next((one for one, asked in self._open.items() if not asked), request)
            full = len(self._open) > MOST_CONNECTIONS
            if full:
                del self._open[slow]
        if full:
            with suppress(OSError):
                slow.shutdown(socket.SHUT_RDWR)
        if full and slow is request:
            super().shutdown_request(request)
        else:
            super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """A connection is at its end."""
        with self._counting:
            self._open.pop(request, None)
        super().shutdown_request(request)

    def has_asked(self, request: Any) -> None:
        """A whole request has come."""
        with self._counting:
            if request in self._open:
                self._open[request] = True

    def may_listen(self, change: int) -> bool:
        """Count one more or less who waits for news; False when there are too many."""
        with self._counting:
            if change > 0 and self._streams >= MOST_STREAMS:
                return False
            self._streams += change
            return True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle of an answer is nothing to speak of."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "ledger"
    sys_version = ""
    timeout = 30

    def parse_request(self) -> bool:
        """Note that a request is complete, or is none."""
        parsed = super().parse_request()
        self.server.has_asked(self.connection)
        return parsed

    def do_GET(self) -> None:
        """Answer."""
        if refused := refusal(self.headers, self.server.server_port):
            self._send(refused)
        elif urlsplit(self.path).path == f"/{EVENTS}" and self.command == "GET":
            self._listen()
        else:
            self._send(answer(self.path, self.server.news))

    do_HEAD = do_GET  # noqa: N815 - the library's names

    def _refuse_method(self) -> None:
        self._send(plain(405, REFUSED, Allow="GET, HEAD"))

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_CONNECT = _refuse_method  # noqa: N815

    def _send(self, made: Answer) -> None:
        headers = {"Content-Type": made.type, "Content-Length": str(len(made.data)), **ALWAYS, **made.headers}
        self._send_head(made.status, headers)
        if self.command != "HEAD":
            self.wfile.write(made.data)

    def _send_head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _listen(self) -> None:
        if not self.server.may_listen(1):
            self._send(plain(503, REFUSED))
            return
        try:
            self._send_events()
        finally:
            self.server.may_listen(-1)

    def _send_events(self) -> None:
        """The news as they come, for as long as the browser listens."""
        news = self.server.news
        page = parse_qs(urlsplit(self.path).query).get("page", ["/"])[0]
        self._send_head(200, {"Content-Type": "text/event-stream", **ALWAYS})
        number = -1
        with news.watching(address_in(page, news.site)):
            while not news.is_closed:
                number, message = news.after(number, BEAT)
                self.wfile.write(f"data: {message}\n\n".encode() if message else b":\n\n")
                self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Requests are not told one by one."""
