"""`ledger links` and what it asks with: public addresses alone, politely, and the content stays as it is.

The only server is one of this process; which addresses may be asked, and where a name leads, is told to the client.
"""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import chdir, suppress
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from making import SITE, SOURCE, load, tree

from ledger import cli, reachability
from ledger.commands import links
from ledger.editing import fetching
from ledger.editing.fetching import Answer, Client, NotPublicError, is_public
from ledger.reachability import Inquiry, RateLimiter, Result, addresses, check_address, check_addresses

TODAY = date(2026, 11, 22)
PAGES: dict[str, tuple[int, dict[str, str]]] = {
    "/ok": (200, {}),
    "/gone": (404, {}),
    "/really-gone": (410, {}),
    "/refused": (403, {}),
    "/broken": (500, {}),
    "/moved": (301, {"Location": "/ok"}),
    "/for-now": (302, {"Location": "/ok"}),
    "/moved-to-gone": (301, {"Location": "/gone"}),
    "/round": (302, {"Location": "/round"}),
    "/inside": (302, {"Location": "http://inside.example/secret"}),
    "/file": (302, {"Location": "file:///etc/passwd"}),
    "/busy": (429, {"Retry-After": "7"}),
    "/busy-for-hours": (503, {"Retry-After": "7200"}),
    "/busy-not-saying": (429, {}),
    "/not-to-programs": (999, {}),
    "/to-another-script": (301, {"Location": "http://münchen.example/ok".encode().decode("latin-1")}),
    "/by-its-letters": (301, {"Location": "/ünï x?ü=é#ä".encode().decode("latin-1")}),
    "/by-latin-1": (301, {"Location": "/\xfcn"}),
    "/in-circles": (302, {"Location": "/in-circles-too"}),
    "/in-circles-too": (302, {"Location": "/in-circles"}),
    "/redirect-to-nothing": (301, {}),
} | {
    f"/bad-location-{number}": (301, {"Location": location})
    for number, location in enumerate(
        ("http://[bad", "http://[::1", "http://[zz]/", "http://a:99999/", "http://a:b/", "http://", "//[", "http://a\x00b/",
         "http://" + "x" * 70 + ".example/", "http://xn--\xff/", "http://\u00ff\u00fe/",
         "javascript:alert(1)", "http://a b/", "http://ex\u2100mple/".encode().decode("latin-1"))
    )
}  # fmt: skip
BAD_LOCATIONS = [path for path in PAGES if path.startswith("/bad-location")]
OK = b"HTTP/1.1 200 OK\r\n"
RAW: dict[str, tuple[bytes, bytes]] = {
    "/head-dropped": (b"", OK + b"\r\n"),
    "/head-as-html": (b"<html>", OK + b"\r\n"),
    "/head-odd": (b"HTTP/1.1 abc\r\n\r\n", OK + b"\r\n"),
    "/head-busy": (b"HTTP/1.1 503 No\r\n\r\n", OK + b"\r\n"),
    "/head-404": (b"HTTP/1.1 404 No\r\n\r\n", OK + b"\r\n"),
    "/head-403": (b"HTTP/1.1 403 No\r\n\r\n", OK + b"\r\n"),
    "/get-too-long": (b"", OK + b"\r\n" + b"x" * 5_000_000),
    "/odd-headers": (b"", OK + b": x\r\nX\r\n\xff\xfe: \x00\r\n folded\r\nContent-Length: many\r\n\r\n"),
    "/dropped": (b"", b""),
    "/junk": (b"\x00\xff" * 50, b"\x00\xff" * 50),
    "/many-headers": (OK + b"A: b\r\n" * 200, OK + b"A: b\r\n" * 200),
    "/long-header": (OK + b"A: " + b"b" * 70_000, OK + b"A: " + b"b" * 70_000),
    "/odd-status": (b"HTTP/1.1 0 OK\r\n\r\n", b"HTTP/1.1 99999 OK\r\n\r\n"),
    "/odd-chunks": (b"", OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
}
"""What is sent in answer to HEAD and to GET, as it is; then the connection ends."""


class Handler(BaseHTTPRequestHandler):
    """Answers from the tables; a page that only knows GET refuses HEAD."""

    def do_GET(self) -> None:
        self.server.seen.append((self.command, self.headers["Host"], self.path))
        if self.path in RAW:
            self.wfile.write(RAW[self.path][self.command == "GET"])
            return
        if self.path == "/drip":
            self.drip()
            return
        status, headers = PAGES.get(self.path, (404, {}))
        if self.path == "/get-only":
            status = 405 if self.command == "HEAD" else 200
        if self.path == "/busy" and self.command == "GET":
            status = 200
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        body = b"x" * 5000
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def drip(self) -> None:
        """A header that never ends, a byte at a time."""
        with suppress(OSError):
            self.wfile.write(OK + b"X: ")
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.05)

    do_HEAD = do_GET  # noqa: N815 - the name that the library asks for

    def log_message(self, *arguments: Any) -> None:
        """Nothing: the tests look at what was seen."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.seen, made.handle_error = [], lambda *_: None
    thread = threading.Thread(target=made.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.shutdown()
    thread.join(timeout=60)
    made.server_close()


@pytest.fixture
def client(server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Every name leads to the server, but for `inside.example`, which leads to a private address."""
    real = socket.create_connection

    def connected(address: tuple[str, int], timeout: float) -> socket.socket:
        assert address[0] == "93.184.215.14"
        return real(server.server_address, timeout)

    monkeypatch.setattr(fetching.socket, "create_connection", connected)
    leads_to = lambda host, port: ["10.0.0.1" if "inside" in host else "93.184.215.14"]  # noqa: E731
    return Client("test", look_up=leads_to, limit=0)


def state(client: Client, path: str, slept: list[float] | None = None) -> Result:
    return check_address(
        f"http://site.example{path}", Inquiry(client, TODAY, (slept if slept is not None else []).append)
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ok", "ok"),
        ("/get-only", "ok"),
        ("/for-now", "ok"),
        ("/moved", "moved"),
        ("/gone", "gone"),
        ("/really-gone", "gone"),
        ("/moved-to-gone", "gone"),
        ("/refused", "refused"),
        ("/broken", "unreachable"),
        ("/round", "unreachable"),
        ("/inside", "unreachable"),
        ("/file", "unreachable"),
        ("/busy-for-hours", "refused"),
        ("/busy-not-saying", "refused"),
        ("/not-to-programs", "refused"),
        ("/to-another-script", "moved"),
        ("/in-circles", "unreachable"),
        ("/redirect-to-nothing", "refused"),
        ("/head-dropped", "ok"),
        ("/head-as-html", "ok"),
        ("/head-odd", "ok"),
        ("/head-busy", "ok"),
        ("/head-404", "ok"),
        ("/head-403", "ok"),
        ("/get-too-long", "ok"),
        ("/odd-headers", "ok"),
        ("/odd-chunks", "ok"),
        ("/dropped", "unreachable"),
        ("/junk", "unreachable"),
        ("/many-headers", "unreachable"),
        ("/long-header", "unreachable"),
        ("/odd-status", "unreachable"),
        *((path, "unreachable") for path in BAD_LOCATIONS),
    ],
)
def test_what_a_server_says_is_told_in_one_word(client: Client, path: str, expected: str):
    assert state(client, path).state == expected


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/moved", "http://site.example/ok"),
        ("/to-another-script", "http://xn--mnchen-3ya.example/ok"),
        ("/by-its-letters", "http://site.example/%C3%BCn%C3%AF%20x?%C3%BC=%C3%A9#%C3%A4"),
        ("/by-latin-1", "http://site.example/%FCn"),
    ],
)
def test_where_it_moved_to_is_told(client: Client, path: str, leads_to: str):
    ok = ("/%C3%BCn%C3%AF%20x?%C3%BC=%C3%A9", "/%FCn")
    with patch.dict(PAGES, {address: (200, {}) for address in ok}):
        assert state(client, path).leads_to == leads_to


def test_an_answer_that_dribbles_in_is_cut_off(client: Client):
    hasty = Client("test", look_up=client.look_up, timeout=0.1)
    found = state(hasty, "/drip")
    assert (found.state, found.detail) == ("unreachable", "the answer takes too long")


def test_whatever_happens_at_one_address_costs_that_address_alone():
    class Broken:
        def ask(self, address: str, *, method: str = "GET") -> Answer:
            if "bad" in address:
                raise LookupError("a bug")
            return Answer(200, {}, b"", ((address, 200),))

    wanted = {"http://[bad": (), "http://bad.example/": (), "http://good.example/": ()}
    results = check_addresses(wanted, {}, Inquiry(Broken(), TODAY, lambda seconds: None))
    assert [result.state for result in results] == ["unreachable", "unreachable", "ok"]


def test_a_busy_server_is_asked_once_more_after_the_time_it_names(client: Client, server):
    slept: list[float] = []
    assert state(client, "/busy", slept).state == "ok"
    assert slept == [7.0]
    assert [method for method, _, _ in server.seen] == ["HEAD", "GET"]


def test_head_is_asked_first_and_get_only_where_that_fails(client: Client, server):
    state(client, "/ok")
    state(client, "/get-only")
    assert [(method, path) for method, _, path in server.seen] == [
        ("HEAD", "/ok"),
        ("HEAD", "/get-only"),
        ("GET", "/get-only"),
    ]


def test_a_body_is_read_up_to_the_limit(client: Client):
    small = Client("test", look_up=client.look_up, limit=100)
    assert len(small.ask("http://site.example/ok").body) == 100


# Never a private address


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
        ),
        *("255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1"),
        *("ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1"),
        *("2002:7f00:1::", "2001::1", "2001:db8::1", "fec0::1", "100::1"),
    ],
)
def test_an_address_that_is_not_public_is_known(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "2a00:1450:4001:829::200e"])
def test_a_public_address_is_known(address: str):
    assert is_public(address)


@pytest.mark.parametrize("found", [["93.184.215.14", "127.0.0.1"], ["::1"], []])
def test_a_name_with_one_private_address_is_not_asked(found: list[str], monkeypatch):
    monkeypatch.setattr(fetching.socket, "create_connection", None)
    client = Client("test", look_up=lambda host, port: found)
    with pytest.raises(NotPublicError, match="not a public address"):
        client.ask("http://site.example/")


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://[::1]/", "http://0x7f.1/", "http://2130706433/", "http://localhost/"]
)
def test_the_systems_own_look_up_lets_none_through(address: str, monkeypatch):
    monkeypatch.setattr(fetching.socket, "create_connection", None)
    with pytest.raises(OSError, match=r"not a public address|Name or service|resolution"):
        Client("test").ask(address)


@pytest.mark.parametrize(
    "address", ["ftp://site.example/", "file:///etc/passwd", "http://a:b@site.example/", "http://"]
)
def test_only_plain_web_addresses_are_asked(client: Client, address: str):
    with pytest.raises(OSError, match="it leads to"):
        client.ask(address)


def test_a_name_is_looked_up_once_and_the_connection_goes_where_it_led(client: Client, server):
    """So a name that answers otherwise the second time gains nothing."""
    answers = [["93.184.215.14"], ["127.0.0.1"]]
    rebinding = Client("test", look_up=lambda host, port: answers.pop(0))
    assert rebinding.ask("http://site.example/ok").status == 200
    assert len(answers) == 1
    assert server.seen[0][1] == "site.example"


# Politeness


def test_a_host_is_asked_after_a_pause_and_another_at_once():
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    turns = RateLimiter(1.0, lambda: now[0], sleep)
    for host in ("a", "b", "a"):
        with turns.turn(host):
            now[0] += 0.25
    assert slept == [0.75]


def test_a_host_is_never_asked_twice_at_once():
    lock, most, running = threading.Lock(), [0], [0]

    class Slow:
        def ask(self, address: str, *, method: str = "GET") -> Answer:
            with turns.turn(address.split("/")[2]):
                with lock:
                    running[0] += 1
                    most[0] = max(most[0], running[0])
                threading.Event().wait(0.01)
                with lock:
                    running[0] -= 1
            return Answer(200, {}, b"", ((address, 200),))

    turns = RateLimiter(0.0, lambda: 0.0, lambda seconds: None)
    wanted = {f"http://one.example/{number}": () for number in range(8)}
    results = check_addresses(wanted, {}, Inquiry(Slow(), TODAY, lambda seconds: None))
    assert ([result.state for result in results], most) == (["ok"] * 8, [1])


# The command


def source(**fields: str) -> str:
    return SOURCE + "".join(f"{name}: {value}\n" for name, value in fields.items())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "content/sources").mkdir(parents=True)
    (tmp_path / "content/site.yml").write_text(SITE, encoding="utf-8")
    for name, path in (("a", "/ok"), ("b", "/gone"), ("c", "/moved")):
        text = source(url=f"http://site.example{path}")
        (tmp_path / f"content/sources/{name}.yml").write_text(text, encoding="utf-8")
    return tmp_path


def check(place: Path, client: Client, *words: str) -> int:
    with chdir(place), patch.object(links, "client", lambda pause: client):
        return cli.main(["links", *words, "--date", "2026-11-22"])


def test_every_address_of_every_source_is_asked_for_once():
    texts = {
        "sources/a.yml": source(url="https://example.org/x#part", doi="10.1000/a<b", arxiv="2001.08361"),
        "sources/b.yml": source(url="https://example.org/x", archive_url="https://web.archive.org/x"),
    }
    found = addresses(load({"site.yml": SITE, **texts}).records.values())
    assert {address: [source for source, *_ in places] for address, places in found.items()} == {
        "https://arxiv.org/abs/2001.08361": ["a"],
        "https://doi.org/10.1000/a%3Cb": ["a"],
        "https://example.org/x": ["a", "b"],
        "https://web.archive.org/x": ["b"],
    }


def test_it_tells_the_places_and_fails_on_what_is_gone(place: Path, client: Client, capsys):
    before = tree(place / "content")
    assert check(place, client) == cli.CONTENT_ERRORS
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "content/sources/b.yml:7:6: gone: http://site.example/gone (404)",
        "content/sources/c.yml:7:6: moved: http://site.example/moved → http://site.example/ok",
        "3 addresses = 1 ok + 1 moved + 1 gone + 0 refused + 0 unreachable",
    ]
    assert tree(place / "content") == before


def test_a_source_can_be_named_and_what_moved_is_no_failure(place: Path, client: Client):
    assert check(place, client, "a", "c") == 0
    assert check(place, client, "d") == cli.USAGE


def test_good_answers_are_remembered_for_a_while_and_bad_ones_are_not(place: Path, client: Client, server):
    check(place, client)
    server.seen.clear()
    check(place, client)
    assert {path for _, _, path in server.seen} == {"/gone"}
    server.seen.clear()
    check(place, client, "--days", "0")
    assert {path for _, _, path in server.seen} == {"/ok", "/gone", "/moved"}
    cache = json.loads((place / ".ledger-cache/links.json").read_text(encoding="utf-8"))
    assert cache["addresses"]["http://site.example/gone"]["asked"] == "2026-11-22"


@pytest.mark.parametrize("planted", [".links.json.new", "links.json"])
def test_answers_are_not_written_through_a_link(place: Path, client: Client, planted: str):
    (place / "mine").write_text('{"addresses": {}}', encoding="utf-8")
    (place / ".ledger-cache").mkdir(exist_ok=True)
    (place / ".ledger-cache" / planted).symlink_to(place / "mine")
    check(place, client)
    assert (place / "mine").read_text(encoding="utf-8") == '{"addresses": {}}'


def test_results_as_json(place: Path, client: Client, capsys):
    check(place, client, "b", "--format", "json")
    assert json.loads(capsys.readouterr().out) == [
        {
            "address": "http://site.example/gone",
            "state": "gone",
            "detail": "404",
            "leads_to": "",
            "asked": "2026-11-22",
            "places": [{"source": "b", "field": "url", "path": "content/sources/b.yml", "line": 7}],
        }
    ]


@pytest.mark.parametrize("cache", ["content/links.json", "content/../content/x.json"])
def test_the_cache_stands_outside_the_content(place: Path, client: Client, cache: str):
    assert check(place, client, "--cache", cache) == cli.USAGE


@pytest.mark.parametrize("data", ["[]", "{", '{"addresses": {"x": {"y": 1}}}', '{"addresses": []}'])
def test_a_file_of_something_else_is_not_overwritten(place: Path, client: Client, data: str):
    (place / "cache.json").write_text(data, encoding="utf-8")
    assert check(place, client, "--cache", "cache.json") == cli.USAGE
    assert (place / "cache.json").read_text(encoding="utf-8") == data


def test_what_was_found_before_an_interruption_is_remembered(place: Path):
    class Interrupted:
        def ask(self, address: str, *, method: str = "GET") -> Answer:
            if "gone" in address:
                raise KeyboardInterrupt
            return Answer(200, {}, b"", ((address, 200),))

    assert check(place, Interrupted()) == cli.STOPPED
    cache = json.loads((place / ".ledger-cache/links.json").read_text(encoding="utf-8"))
    assert "http://site.example/gone" not in cache["addresses"]
    assert reachability.CACHED == ("ok", "moved")


def test_the_client_of_the_command_asks_public_hosts_with_pauses():
    client = links.client(1.0)
    with pytest.raises(NotPublicError, match=r"127\.0\.0\.1 is not a public address"):
        client.ask("http://127.0.0.1/")
    assert client.look_up is fetching.looked_up
    assert client.turn is not Client("x").turn
