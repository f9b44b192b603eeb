"""The server: HTTP on this machine alone.

In: the News and a port. Out: answers, and a stream of events for each page that is open.
"""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from ledger.serve.answering import ALWAYS, EVENTS, REFUSED, Answer, address_in, answer, plain, refusal
from ledger.serve.news import News

HOST = "127.0.0.1"
BEAT = 10.0
"""Seconds after which a browser is told that nothing is new, so that one that has gone is noticed."""


class Server(ThreadingHTTPServer):
    """A server with the news at hand. OSError when the port is taken."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, news: News) -> None:
        super().__init__((HOST, port), _Handler)
        self.news = news

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle of an answer is nothing to speak of."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "ledger"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """Answer."""
        if refused := refusal(self.headers, self.server.server_port):
            self._send(refused)
        elif urlsplit(self.path).path == f"/{EVENTS}" and self.command == "GET":
            self._send_events()
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
