"""`ledger serve`: the site in memory, anew at every save, for this machine alone."""

import http.client
import json
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Event, Thread, active_count

import pytest
from making import CLAIM, EVIDENCE, SITE, SMALL, SOURCE, ledger_at, run_here, running, site_of
from serving import Served, served

from ledger.commands import serve
from ledger.engine.live import LiveSite, look_of, next_site
from ledger.engine.report import Options, packaged_templates
from ledger.engine.tasks import Made, Site
from ledger.serve.answering import SCRIPT
from ledger.serve.news import Finding
from ledger.serve.working import Rebuilder

GOOD = CLAIM + EVIDENCE
STAMP = b'<script defer src="/-/serve.js"'


def put(folder: Path) -> Path:
    """A small ledger in a folder."""
    (folder / "claims").mkdir(parents=True)
    (folder / "sources").mkdir()
    (folder / "site.yml").write_text(SITE)
    (folder / "sources/s.yml").write_text(SOURCE)
    (folder / "claims/c.yml").write_text(GOOD)
    return folder


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return put(tmp_path / "content")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all tests that only ask."""
    with served(put(tmp_path_factory.mktemp("asked") / "content")) as running:
        yield running


def good(said: dict) -> bool:
    return said["errors"] == 0


# The bytes


def live(content: Path, before: LiveSite | None = None, base_url: str | None = None) -> LiveSite:
    options = Options(content, Path("nowhere"), base_url=base_url)
    look = before.look if before else look_of(options)
    return next_site(options, look, before, before.state.files if before else {})


@pytest.mark.parametrize("base_url", ["", "https://example.org/ledger"])
def test_files_made_on_demand_in_any_order_are_those_of_a_whole_build(base_url: str):
    built = live(SMALL, base_url=base_url or None)
    whole = site_of(ledger_at(SMALL), base_url)
    backwards = sorted(whole, reverse=True)
    assert {address: built.get(address) for address in backwards} == {address: whole[address] for address in backwards}
    assert built.get("claims/none.html") is None


def test_a_site_after_an_edit_is_that_of_a_fresh_build(tmp_path: Path):
    content = tmp_path / "content"
    shutil.copytree(SMALL, content)
    before = live(content)
    assert [before.get(address) for address in site_of(ledger_at(content))]
    claim = min((content / "claims").glob("*.yml"))
    claim.write_text(claim.read_text().replace("statement: ", "statement: Indeed, ", 1))
    after, fresh = live(content, before), live(content)
    assert after.digest == fresh.digest != before.digest
    whole = site_of(ledger_at(content))
    assert {address: after.get(address) for address in whole} == whole
    assert {address: fresh.get(address) for address in whole} == whole


def test_what_the_site_before_an_edit_makes_afterwards_is_not_taken_over(tmp_path: Path):
    content = tmp_path / "content"
    shutil.copytree(SMALL, content)
    before = live(content)
    claim = min((content / "claims").glob("*.yml"))
    claim.write_text(claim.read_text().replace("statement: ", "statement: Indeed, ", 1))
    after, page = live(content, before), f"claims/{claim.stem}.html"
    assert b"Indeed" not in (before.get(page) or b"")
    assert b"Indeed" in (after.get(page) or b"")
    after.complete(Event())
    assert after.is_finished


def test_a_site_that_was_interrupted_is_completed_later():
    site = live(SMALL)
    stop = Event()
    stop.set()
    site.complete(stop)
    assert not site.is_finished
    site.complete(Event())
    assert site.is_finished
    assert site.findings == ()


def test_pages_that_cannot_be_made_are_all_told_and_the_others_are_made(monkeypatch: pytest.MonkeyPatch):
    run_task, lost = Site.run, ("page:claims/clock-lags.html", "page:index.html")

    def run_all_but_two(site: Site, key: str) -> Made:
        return run_task(site, "none" if key in lost else key)

    monkeypatch.setattr(Site, "run", run_all_but_two)
    site = live(SMALL)
    assert [type(problem) for problem in site.complete(Event())] == [KeyError, KeyError]
    assert not site.is_finished
    assert site.findings == ()
    assert site.get("sources/manual.html")


# Answers


def test_pages_carry_a_script_that_the_site_does_not_hold(server: Served):
    status, headers, data = server.ask("/claims/c.html")
    site = server.news.site
    assert site
    plain = site.get("claims/c.html") or b""
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (
        200,
        "text/html; charset=utf-8",
        "no-store",
    )
    assert data.count(STAMP) == 1
    assert STAMP not in plain
    assert data.replace(data[data.index(STAMP) : data.index(b"</head>")], b"") == plain
    assert server.ask(f"/{SCRIPT}")[1]["Content-Type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/claims/", "text/html; charset=utf-8"),
        ("/claims/c.json", "application/json; charset=utf-8"),
        ("/static/style.css", "text/css; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml"),
        ("/ledger.sqlite", "application/octet-stream"),
        ("/data/claims.csv", "text/csv; charset=utf-8"),
    ],
)
def test_files_have_their_types(server: Served, path: str, kind: str):
    status, headers, data = server.ask(path)
    assert (status, headers["Content-Type"], headers["Content-Length"]) == (200, kind, str(len(data)))


def test_a_folder_without_its_slash_leads_to_the_list(server: Served):
    status, headers, _ = server.ask("/claims")
    assert (status, headers["Location"]) == (302, "/claims/")


def test_a_site_whose_host_has_it_in_a_folder_is_found_there_too(content: Path):
    with served(content, base_url="https://example.org/ledger") as server:
        assert server.page("/ledger/claims/c.html") == server.page("/claims/c.html")
        assert 'href="/ledger/static/style.css"' in server.ask("/nothing.html")[2].decode()
        assert server.ask("/ledger/static/style.css")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/none.html",
        "/../site.yml",
        "/..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/%00",
        "/site.yml",
        "/-/",
        "/claims/c.html/",
    ],
)
def test_no_path_leads_out_of_the_site(server: Served, path: str):
    status, _, data = server.ask(path)
    assert status == 404
    assert STAMP in data


def test_head_has_no_body_and_nothing_else_may_be_asked(server: Served):
    status, headers, data = server.ask("/", "HEAD")
    assert (status, data) == (200, b"")
    assert int(headers["Content-Length"]) > 1000
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        status, headers, _ = server.ask("/", method)
        assert (status, headers["Allow"]) == (405, "GET, HEAD")


def test_who_is_not_here_may_not_ask(server: Served):
    here = f"http://127.0.0.1:{server.port}"
    assert server.ask("/", Host="evil.example")[0] == 403
    assert server.ask("/", Host=f"evil.example:{server.port}")[0] == 403
    assert server.ask("/", Host="127.0.0.1:1")[0] == 403
    assert server.ask("/", Origin="https://evil.example")[0] == 403
    assert server.ask("/", Origin="null")[0] == 403
    assert server.ask("/search-data.js", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors")[0] == 403
    assert server.ask("/-/events", Origin="https://evil.example")[0] == 403
    assert server.ask("/", Origin=here)[0] == 200
    assert server.ask("/", Host=f"localhost:{server.port}")[0] == 200
    link = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert server.ask("/", **link)[0] == 200


def test_two_hosts_in_one_request_are_refused(server: Served):
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(b"GET / HTTP/1.0\r\nHost: 127.0.0.1:%d\r\nHost: evil.example\r\n\r\n" % server.port)
        assert connection.makefile("rb").readline().split()[1] == b"403"


def test_only_this_machine_is_listened_to(server: Served):
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", server.port))


def test_many_may_ask_at_once(server: Served):
    paths = ["/", "/claims/c.html", "/ledger.jsonl", "/search.html", "/none"] * 20
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda path: server.ask(path)[0], paths))
    assert found == [200, 200, 200, 200, 404] * 20


# Saves


def test_who_only_half_asks_keeps_nobody_out(server: Served, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ledger.serve.server.MOST_CONNECTIONS", 8)
    before = active_count()
    with ExitStack() as stack:
        for _ in range(40):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            slow.sendall(b"GET / HTTP/1.1\r\nHost:")
        assert server.ask("/")[0] == 200
        for _ in range(100):
            if active_count() <= before + 8 + 1:
                break
            time.sleep(0.05)
        assert active_count() <= before + 8 + 1


def test_so_many_may_wait_for_news(server: Served, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ledger.serve.server.MOST_STREAMS", 2)
    with ExitStack() as stack:
        streams = [stack.enter_context(closing(http.client.HTTPConnection("127.0.0.1", server.port))) for _ in range(3)]
        for stream in streams:
            stream.request("GET", "/-/events")
        assert sorted(stream.getresponse().status for stream in streams) == [200, 200, 503]


def test_an_address_that_is_not_there_waits_for_nothing(server: Served):
    site = server.news.site
    server.wait(lambda said: said["site"])
    site.get("404.html")
    with site.busy():
        found = Thread(target=lambda: told.append(site.get("nothing/here.html")))
        told: list[bytes | None] = []
        found.start()
        found.join(10)
    assert told == [None]


def test_a_save_is_told_to_whoever_listens(content: Path):
    with served(content) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", "/-/events?page=/claims/c.html")
        stream = connection.getresponse()
        assert stream.headers["Content-Type"] == "text/event-stream"
        first = _message(stream)["site"]
        (content / "claims/c.yml").write_text(GOOD.replace("moves", "rests"))
        while (then := _message(stream))["site"] == first:
            pass
        assert then["site"] in server.page("/claims/c.html")
        assert "It rests." in server.page("/claims/c.html")


def _message(stream: http.client.HTTPResponse) -> dict:
    while not (line := stream.readline()).startswith(b"data: "):
        assert line
    return json.loads(line.removeprefix(b"data: "))


def test_with_an_error_the_last_good_site_stays_and_the_error_is_told(content: Path):
    with served(content) as server:
        before = server.page("/claims/c.html")
        (content / "claims/c.yml").write_text(GOOD.replace("empirical", "empiric"))
        said = server.wait(lambda said: said["errors"])
        (finding,) = (one for one in said["findings"] if one["level"] == "error")
        assert finding["where"].endswith("content/claims/c.yml:2:7")
        assert finding["check"] == "bad-value"
        assert finding["lines"].splitlines()[0].endswith("type: empiric")
        assert server.page("/claims/c.html") == before
        (content / "claims/c.yml").write_text(GOOD)
        server.wait(good)
        assert server.page("/claims/c.html") == before


@pytest.mark.parametrize("text", ["statement: [", "\tstatement: x", "statement: \x00", "", "statement: It moves."])
def test_half_written_files_are_told_and_got_over(content: Path, text: str):
    with served(content) as server:
        (content / "claims/c.yml").write_text(text)
        assert server.wait(lambda said: said["errors"])["site"]
        (content / "claims/c.yml").write_text(GOOD.replace("moves", "rests"))
        server.wait(good)
        assert "It rests." in server.page("/claims/c.html")


def test_bytes_that_are_no_text_are_told(content: Path):
    with served(content) as server:
        (content / "claims/c.yml").write_bytes(b"statement: \xff\n")
        assert server.wait(lambda said: said["errors"])["findings"][0]["check"] == "not-utf8"


def test_files_and_folders_that_vanish_are_got_over(content: Path, tmp_path: Path):
    with served(content) as server:
        (content / "claims/c.yml").unlink()
        server.wait(lambda _: server.ask("/claims/c.html")[0] == 404)
        content.rename(tmp_path / "away")
        said = server.wait(lambda said: any(one["check"] == "unreadable" for one in said["findings"]))
        assert [one["message"] for one in said["findings"]] == ["cannot be read: No such file or directory"]
        (tmp_path / "away").rename(content)
        (content / "claims/c.yml").write_text(GOOD)
        server.wait(good)
        assert "It moves." in server.page("/claims/c.html")


def test_what_comes_back_before_it_is_watched_again_is_seen(content: Path, tmp_path: Path, monkeypatch):
    told = Rebuilder._rebuild

    def rebuild(self: Rebuilder, *, look_too: bool) -> None:
        told(self, look_too=look_too)
        if any(found.level == "error" for found in self._news.findings):
            back.wait(60)

    monkeypatch.setattr(Rebuilder, "_rebuild", rebuild)
    back = Event()
    with served(content) as server:
        content.rename(tmp_path / "away")
        server.wait(lambda said: said["errors"])
        (tmp_path / "away").rename(content)
        back.set()
        server.wait(good)


@pytest.mark.parametrize(
    ("levels", "last"),
    [
        ((), "built"),
        (("warning",), "built, 1 warning"),
        (("error", "error", "warning"), "not shown yet, 2 errors, 1 warning"),
    ],
)
def test_the_terminal_says_whether_what_was_saved_is_shown(levels, last, capsys):
    serve.print_findings(tuple(Finding("claims/c.yml:1:1", level, "x", "wrong") for level in levels))
    *told, sum_of_it = capsys.readouterr().out.splitlines()
    assert (sum_of_it, len(told)) == (last, levels.count("error"))


def test_no_site_at_first_is_said_and_got_over(content: Path):
    (content / "claims/c.yml").write_text("type: empirical\n")
    with served(content) as server:
        status, _, data = server.ask("/claims/c.html")
        assert (status, data.count(STAMP)) == (503, 1)
        (content / "claims/c.yml").write_text(GOOD)
        server.wait(lambda said: said["site"])
        assert "It moves." in server.page("/claims/c.html")


def test_pages_and_findings_are_told_in_the_language_of_the_ledger(content: Path):
    (content / "site.yml").write_text(SITE + "language: de\n")
    (content / "claims/c.yml").write_text("type: empirical\n")
    with served(content) as server:
        said = server.wait(lambda said: said["errors"])
        assert (said["title"], said["close"]) == ("Noch nicht gezeigt: Etwas stimmt nicht (1 Fehler)", "Schließen")
        page = server.ask("/claims/c.html")[2].decode()
        assert '<html lang="de" dir="ltr">' in page
        assert "<h1>Es gibt noch keine Website</h1>" in page


def test_two_hundred_quick_saves_end_with_the_last(content: Path):
    with served(content) as server:
        for number in range(200):
            (content / "claims/c.yml").write_text(GOOD.replace("It moves", f"Number {number}"))
        server.wait(lambda said: "Number 199." in server.page("/claims/c.html"))
        assert len(server.told) < 60


# Templates


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


TERM = (packaged_templates() / "claim.html").read_text(encoding="utf-8")


def test_a_template_is_shown_anew(content: Path, templates: Path):
    with served(content, templates) as server:
        (templates / "claim.html").write_text(TERM.replace("{% block record %}", "{% block record %}<p>Mine.</p>"))
        server.wait(lambda said: "<p>Mine.</p>" in server.page("/claims/c.html"))


def test_a_template_with_a_mistake_is_told_with_its_line(content: Path, templates: Path):
    with served(content, templates) as server:
        before = server.page("/claims/c.html")
        (templates / "claim.html").write_text("<p>\n{% if %}\n</p>\n")
        (finding,) = server.wait(lambda said: said["errors"])["findings"]
        assert (finding["check"], finding["where"]) == ("template-error", f"{templates / 'claim.html'}:2")
        assert server.page("/claims/c.html") == before


def test_a_page_that_is_open_is_made_before_the_site_is_shown(content: Path, templates: Path):
    with served(content, templates) as server, server.news.watching("claims/c.html"):
        before = server.page("/claims/c.html")
        (templates / "claim.html").write_text("<p>\n{{ view.nothing }}\n</p>\n")
        said = server.wait(lambda said: said["errors"])
        assert said["findings"][-1]["where"] == f"{templates / 'claim.html'}:2"
        assert server.page("/claims/c.html") == before


def test_a_page_that_cannot_be_made_says_so_itself(content: Path, templates: Path):
    with served(content, templates) as server:
        (templates / "claim.html").write_text("<p>\n{{ view.nothing }}\n</p>\n")
        server.wait(lambda said: said["errors"])
        status, _, data = server.ask("/claims/c.html")
        assert (status, data.count(STAMP)) == (500, 1)
        assert server.ask("/")[0] == 200


def test_a_template_that_is_not_there_is_told_where_it_is_asked_for(content: Path, templates: Path):
    with served(content, templates) as server, server.news.watching("claims/c.html"):
        (templates / "claim.html").write_text('<p>\n{% include "mine.html" %}\n</p>\n')
        told = server.wait(lambda said: "error" in [finding["level"] for finding in said["findings"]])["findings"]
        (finding,) = [one for one in told if one["level"] == "error"]
        said = (finding["check"], finding["where"], finding["message"])
        assert said == ("template-error", f"{templates / 'claim.html'}:2", "there is no template 'mine.html'")


def test_links_of_the_finished_site_are_told_when_all_is_made(content: Path, templates: Path):
    broken = TERM.replace("{% block record %}", '{% block record %}<a href="nowhere.html">x</a>')
    (templates / "claim.html").write_text(broken)
    with served(content, templates) as server:
        said = server.wait(lambda said: said["errors"])
        assert said["findings"][-1]["check"] == "broken-link"
        assert server.ask("/claims/c.html")[0] == 200


# The command


def test_a_port_that_is_taken_is_said_with_one_that_is_free(content: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = run_here("serve", "--content", content, "--port", str(port))
    assert said.returncode == 3
    assert f"port {port} is taken" in said.stderr
    assert "hint: try --port " in said.stderr


def test_a_port_is_a_number_and_the_content_a_folder(tmp_path: Path):
    assert run_here("serve", "--port", "70000").returncode == 2
    assert run_here("serve", "--content", tmp_path / "none").returncode == 2


def test_ctrl_c_ends_it(content: Path):
    """Where it is ignored too, as in a job in the background."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with running("serve", "--content", content, "--port", "0") as process:
            assert any("http://127.0.0.1:" in line for line in process.stdout)
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=60)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (process.returncode, told) == (130, "ledger: stopped\n")


def test_nothing_is_written(content: Path):
    before = {path: path.stat().st_mtime_ns for path in content.parent.rglob("*")}
    with served(content) as server:
        server.page("/claims/c.html")
    assert {path: path.stat().st_mtime_ns for path in content.parent.rglob("*")} == before
