"""The page on the use of the data: what it names is there, and its programs do what they say."""

import io
import json
import re
import sqlite3
import urllib.request
from contextlib import closing, redirect_stdout

from making import CLAIM, EVIDENCE, SOURCE, Reader, ledger_of, seen_from, site_of

from ledger import urls
from ledger.views.data import view_data

FILES = {
    "controversies/c.yml": "title: C\nquestion: C?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Say A.\nrests_on: [x]\n",
    "proponents/p.yml": "name: P\ntype: person\nstances: [{id: s, position: c-a, stance: holds}]\n",
    "sources/s.yml": SOURCE,
    "claims/x.yml": CLAIM + EVIDENCE,
}


def test_what_the_page_names_is_in_the_data():
    site = site_of(ledger_of(FILES), "https://example.org")
    html = site[urls.DATA_PAGE].decode()
    claims, positions = (json.loads(site[f"{folder}/index.json"])["records"] for folder in ("claims", "positions"))
    claim = json.loads(site["claims/x.json"])
    assert positions[0]["people"] == ["p"]
    assert {"id", "relation", "source"} <= claims[0]["evidence"][0].keys()
    assert "links_in" in json.loads(site["positions/c-a.json"])
    assert "grade" in claim["rating"]["items"][0]
    assert claim["record"]["evidence"]
    named = re.findall(r"<code>([a-z/-]+\.(?:jsonl?|sqlite))</code>", html)
    assert set(named) <= site.keys() | {urls.DATABASE}
    assert "probably-true" in Reader(html).text


def test_its_programs_list_the_claims(monkeypatch, tmp_path):
    ledger = ledger_of(FILES)
    site = site_of(ledger, "https://example.org")
    programs = dict(view_data(seen_from(ledger, urls.DATA_PAGE)).programs)
    opened = lambda address: io.BytesIO(site[address.removeprefix("https://example.org/")])  # noqa: E731
    monkeypatch.setattr(urllib.request, "urlopen", opened)
    with redirect_stdout(io.StringIO()) as said:
        exec(programs["Python"], {})
    assert said.getvalue().endswith("\tIt moves.\n")
    (tmp_path / "ledger.sqlite").write_bytes(site[urls.DATABASE])
    query = programs["SQL"].partition('"')[2].rpartition('"')[0]
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as database:
        rows = database.execute(query).fetchall()
    assert [row[-1] for row in rows] == ["It moves."]
