"""Claims of other ledgers that say the same: noted, checked without a network, and shown."""

import json
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

import pytest
from making import CLAIM, EVIDENCE, SITE, SMALL, SOURCE, TEMPLATES, data_of, ledger_at, ledger_of, tree

from ledger import cli, pages, render
from ledger.commands import links
from ledger.editing.fetching import Answer

THERE = "https://a.example.org/claims/{}.html"
NAMED = "same_as:\n  # the first\n  - {{url: {}, hash: 0f1e2d3c4b}}\n  - url: {}\n    hash: 0f1e2d3c4b\n"


class _Web:
    """Another ledger: one claim as it was, one that was changed, and what is no claim."""

    def ask(self, address: str, **_: object) -> Answer:
        if "gone" in address:
            raise OSError("no answer")
        name = address.rpartition("/")[2]
        hash_ = {"same.json": "0f1e2d3c4b", "changed.json": "a1b2c3d4e5"}.get(name, "?")
        found = {"kind": "claim", "hash": hash_, "title": "It\nmoves.", "rating": {"verdict": "open"}}
        body = b"<html>" if name == "page.json" else json.dumps(found).encode()
        return Answer(404 if name == "none.json" else 200, {}, body, ((address, 200),))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    named = NAMED.format(THERE.format("same"), THERE.format("changed"))
    texts = {"site": SITE, "sources/s": SOURCE, "claims/x": f"{CLAIM}{EVIDENCE}# above\n{named}# below\nnote: N.\n"}
    for name, text in texts.items():
        path = tmp_path / f"content/{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def run(place: Path, *words: str) -> int:
    with chdir(place), patch.object(links, "registry_client", lambda _: _Web()):
        return cli.main([*words, "--date", "2026-11-30"] if words[0] == "links" else [*words])


def test_what_a_claim_says_elsewhere_is_noted_and_a_change_is_a_finding(place: Path, capsys):
    assert run(place, "links", "--same-as") == cli.CONTENT_ERRORS
    assert capsys.readouterr().out.splitlines() == [
        f"content/claims/x.yml:7:11: unchanged: {THERE.format('same')}",
        f"content/claims/x.yml:8:10: changed: its hash is a1b2c3d4e5: {THERE.format('changed')}",
    ]
    text = (place / "content/claims/x.yml").read_text()
    assert (
        "latest: a1b2c3d4e5\n    statement: It moves.\n    verdict: open\n    seen: 2026-11-30\n# below\nnote: N.\n"
        in text
    )
    before = tree(place / "content")
    assert run(place, "links", "--same-as", "--format", "json") == cli.CONTENT_ERRORS
    assert [one["changed"] for one in json.loads(capsys.readouterr().out)] == [False, True]
    assert tree(place / "content") == before
    run(place, "check")
    said = capsys.readouterr()
    assert (
        "warning[same-as-changed]: the claim there was changed: its hash was a1b2c3d4e5 on 2026-11-30"
        in said.out + said.err
    )


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (THERE.format("none"), "the server answers 404"),
        (THERE.format("page"), "its data is not that of a claim of a ledger"),
        (THERE.format("odd"), "its data is not that of a claim of a ledger"),
        ("https://a.example.org/gone.html", "no answer"),
        ("https://a.example.org/", "it is no page of a claim: such an address ends in .html"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_noted(place: Path, capsys, url: str, why: str):
    path = place / "content/claims/x.yml"
    path.write_text(path.read_text().replace(THERE.format("changed"), url).replace(THERE.format("same"), url))
    before = tree(place / "content")
    assert run(place, "links", "--same-as") == cli.CONTENT_ERRORS
    assert f"content/claims/x.yml:8:10: {why}: {url}" in capsys.readouterr().out
    assert tree(place / "content") == before


def test_it_is_shown_on_the_page_and_in_the_data():
    ledger = ledger_at(SMALL)
    (one,) = json.loads(data_of(ledger, "claims/sundial-agrees.json")["claims/sundial-agrees.json"])["record"][
        "same_as"
    ]
    assert one["hash"] == "0f1e2d3c4b"
    found = next(place for place in pages.site_map(ledger) if place.url == "claims/sundial-agrees.html")
    assert (
        'The same claim elsewhere: <a href="https://ash.example.org/ledger/claims/quay-sundial.html">The sundial on '
        "the quay showed the same as the harbour clock.</a> · perhaps true · read on 20 January 1903"
    ) in render.render_page(found.make(), TEMPLATES).data.decode()


def test_a_change_there_is_told_on_the_page():
    url = "same_as: [{url: https://a.example.org/x.html, hash: 0f1e2d3c4b, latest: a1b2c3d4e5}]\n"
    ledger = ledger_of({"claims/c.yml": CLAIM + EVIDENCE + url, "sources/s.yml": SOURCE})
    found = next(place for place in pages.site_map(ledger) if place.url == "claims/c.html")
    page = render.render_page(found.make(), TEMPLATES).data.decode()
    assert "https://a.example.org/x.html</a> · changed there since it was compared" in page
