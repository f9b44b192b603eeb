"""Records to which a great many others refer: their pages stay small, and nothing is lost."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from jinja2 import FileSystemLoader
from making import CLAIM, SOURCE, Reader, ledger_of

from ledger import pages, urls
from ledger.analysis import analyse
from ledger.context import PageContext
from ledger.engine.report import packaged_templates
from ledger.render import environment_for, render_page

MANY = 650
ITEMS = 300
LARGEST = 300_000
"""How many bytes a page has at most."""
ROWS = 200
HUBS = {
    "sources/hub": {f"../claims/x{n}.html#e1" for n in range(MANY)},
    "claims/hub-claim": {f"../sources/s{n}.html" for n in range(ITEMS)},
    "positions/hub-position": {f"../claims/x{n}.html" for n in range(MANY)},
    "proponents/hub-proponent": {f"../positions/p{n}.html" for n in range(ITEMS)}
    | {f"../sources/s{n}.html" for n in range(ITEMS)},
    "controversies/c": {f"../sources/s{n}.html" for n in range(ITEMS)},
    "terms/hub-term": {f"../claims/x{n}.html" for n in range(MANY)},
}
"""A record with a great many rows of each kind, and what its pages must lead to."""


def _item(n: int, source: str) -> str:
    relation = ("supports", "disputes")[n % 2]
    shows = f"It moves by {n} metres."
    return f"  - {{id: e{n}, source: {source}, relation: {relation}, shows: {shows}, consulted: memory}}\n"


def _records() -> Iterator[tuple[str, str]]:
    yield "sources/hub.yml", SOURCE
    yield "terms/hub-term.yml", "term: Moving\ndefinition: To move.\n"
    yield "claims/hub-claim.yml", f"{CLAIM}evidence:\n{''.join(_item(n, f's{n}') for n in range(ITEMS))}"
    wrote = SOURCE.replace("authors: unknown", "authors: [{literal: P, proponent: hub-proponent}]")
    for n in range(ITEMS):
        yield f"sources/s{n}.yml", wrote
        yield f"positions/p{n}.yml", f"controversy: c{n // 25}\nletter: {chr(65 + n % 25)}\nstatement: Answer {n}.\n"
    for n in range(ITEMS // 25):
        yield f"controversies/c{n}.yml", f"title: Case {n}\nquestion: Does it?\nstatus: active\n"
    bears = "bears_on: [{position: hub-position, relation: supports, why: It does.}]\nscope: '[[hub-term]]'\n"
    for n in range(MANY):
        yield f"claims/x{n}.yml", f"{CLAIM}{bears}evidence:\n{_item(1, 'hub')}"
    yield "controversies/c.yml", "title: C\nquestion: Does it?\nstatus: active\n"
    held = "controversy: c\nletter: A\nstatement: All of it.\nrests_on: [hub-claim]\n"
    yield "positions/hub-position.yml", held
    said = "attested: [{{date: 2001, source: s{n}, shows: Said {n}.}}]"
    stances = (f"  - {{id: s{n}, position: p{n}, stance: holds, {said.format(n=n)}}}\n" for n in range(ITEMS))
    yield "proponents/hub-proponent.yml", f"name: P\ntype: person\nstances:\n{''.join(stances)}"


@cache
def made() -> dict[str, bytes]:
    """The pages of the hubs."""
    ledger = ledger_of(dict(_records()))
    environment = environment_for(FileSystemLoader(packaged_templates()))
    places = [place for place in pages.site_map(ledger) if _hub(place.url)]
    return {place.url: render_page(place.make(), environment).data for place in places}


def _hub(url: str) -> str:
    """Of which hub an address is a page, if of any."""
    folder, _, name = url.removesuffix(".html").rpartition("/")
    whole = folder if name.isdigit() else f"{folder}/{name}"
    return whole if whole in HUBS else ""


def _of(hub: str) -> dict[str, Reader]:
    return {url: Reader(data.decode()) for url, data in made().items() if _hub(url) == hub}


def test_no_page_is_large():
    """None has more bytes than a reader's line can take."""
    assert {url: len(data) for url, data in made().items() if len(data) > LARGEST} == {}


def test_no_list_is_long():
    """None has more rows than a reader can look through."""
    long = {url: most for url, data in made().items() if (most := _longest(data.decode())) > ROWS}
    assert long == {}


def _longest(html: str) -> int:
    """How many rows the longest list has."""
    counts: list[int] = [0]
    found = [0]
    for tag in re.findall(r"<(/?(?:ul|ol|dl|section|li|dd|article))\b", html):
        if tag in {"ul", "ol", "dl", "section"}:
            counts.append(0)
        elif tag.startswith("/") and tag[1:] in {"ul", "ol", "dl", "section"}:
            found.append(counts.pop())
        elif not tag.startswith("/"):
            counts[-1] += 1
    return max(found)


@pytest.mark.parametrize("hub", HUBS)
def test_every_row_is_on_some_page(hub: str):
    """Each page leads to the next, and together they show everything."""
    found = _of(hub)
    assert len(found) > 1
    links = {link.removeprefix("../") for page in found.values() for link in page.links}
    assert {target.removeprefix("../") for target in HUBS[hub]} - {link.removeprefix("../") for link in links} == set()
    followed, url = [f"{hub}.html"], f"{hub}.html"
    while f"{hub}/{len(followed) + 1}.html" in found:
        name = f"{len(followed) + 1}.html"
        assert (name if len(followed) > 1 else f"{url.rpartition('/')[2][:-5]}/{name}") in found[followed[-1]].links
        followed.append(f"{hub}/{name}")
    assert sorted(followed) == sorted(found)


@pytest.mark.parametrize("hub", HUBS)
def test_no_page_is_empty(hub: str):
    """Every page shows rows that no other has."""
    wanted = {target.removeprefix("../") for target in HUBS[hub]}
    seen: set[str] = set()
    for url, page in sorted(_of(hub).items(), key=lambda found: (len(found[0]), found[0])):
        new = {link.removeprefix("../").removeprefix("../") for link in page.links} & wanted - seen
        assert new, url
        seen |= new


def test_a_link_to_an_item_leads_to_its_page():
    """Wherever the link stands, and whatever page the item is on."""
    ledger = ledger_of(dict(_records()))
    context = PageContext(ledger, "index.html", analyse(ledger))
    for part in ("e0", "e99", "e100", "e299"):
        href = context.ref(f"hub-claim/{part}").href
        assert href == urls.of_record(ledger.records["hub-claim"], part)
        page, _, anchor = href.partition("#")
        assert anchor in Reader(made()[page].decode()).ids
    assert context.ref("hub-claim/e250").href == "claims/hub-claim/3.html#e250"


def test_a_further_page_leads_back_to_the_first():
    """On the way to it, and to the data of the whole record."""
    page = Reader(made()["sources/hub/3.html"].decode())
    assert {"../hub.html", "../hub.json", "2.html", "4.html"} <= set(page.links)
