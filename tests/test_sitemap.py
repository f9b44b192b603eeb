"""What leads search engines to the pages, and what only a site with a public address has."""

from itertools import chain
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from making import CLAIM, SMALL, by_path, ledger_at, ledger_of, site_of
from making import run_here as run

from ledger import checks
from ledger.checks.rendered import rendered_site
from ledger.diagnostics import Diagnostic, from_row
from ledger.engine.tasks import page_links
from ledger.exports.feeds import robots, sitemap
from ledger.graph import Ledger
from ledger.outfile import OutFile

BASE = "https://example.org/ledger"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PAGE = "claims/x.html"


def site_at(ledger: Ledger, base_url: str | None = None) -> dict[str, bytes]:
    """Every file of a ledger's site that is published there."""
    return site_of(ledger, base_url or "")


def places(xml: bytes) -> dict[str, str | None]:
    """The addresses of a sitemap, with the days of their last change."""
    return {place.findtext(f"{SITEMAP}loc") or "": place.findtext(f"{SITEMAP}lastmod") for place in ET.fromstring(xml)}


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ("", None),
        ("added: 2026-01\n", "2026-01"),
        ("added: 2026-01\nupdated: 2026-02-03\n", "2026-02-03"),
        ("added: 2026-01~\n", None),
    ],
)
def test_a_page_is_listed_with_the_day_of_its_last_change(dates: str, day: str | None):
    made = by_path(sitemap(ledger_of({"claims/x.yml": CLAIM + dates}), BASE, [PAGE]))
    assert places(made["sitemap.xml"]) == {"https://example.org/ledger/claims/x.html": day}


def test_many_pages_are_split_into_several_sitemaps_with_an_index():
    pages = [f"claims/x{at}.html" for at in range(5)]
    made = by_path(sitemap(ledger_of({}), BASE, pages, at_most=2))
    assert list(places(made["sitemap.xml"])) == [f"{BASE}/sitemap-{number}.xml" for number in (1, 2, 3)]
    assert ET.fromstring(made["sitemap.xml"]).tag == f"{SITEMAP}sitemapindex"
    parts = [list(places(made[f"sitemap-{number}.xml"])) for number in (1, 2, 3)]
    assert [len(part) for part in parts] == [2, 2, 1]
    assert [*chain(*parts)] == [f"{BASE}/{page}" for page in pages]


def test_every_page_that_may_be_found_is_in_the_sitemap_and_no_other():
    ledger = ledger_at(SMALL)
    site = site_at(ledger, BASE)
    hidden = {path for path, data in site.items() if b'http-equiv="refresh"' in data} | {"404.html"}
    pages = {f"{BASE}/{path}" for path in site.keys() - hidden if path.endswith(".html")}
    assert hidden > {"404.html"}
    assert set(places(site["sitemap.xml"])) == pages


def test_robots_leads_to_the_sitemap():
    assert robots(BASE).data.decode().splitlines()[-1] == f"Sitemap: {BASE}/sitemap.xml"


# Pages and their public address


def test_without_a_public_address_nothing_names_one():
    site = site_at(ledger_of({"claims/x.yml": CLAIM}))
    assert not {"sitemap.xml", "robots.txt", "feed.atom", "feed.json"} & set(site)
    page = site["claims/x.html"].decode()
    assert 'rel="canonical"' not in page
    assert "og:" not in page
    assert "ld+json" not in page
    assert "application/atom+xml" not in page


@pytest.mark.parametrize("base_url", [BASE, f"{BASE}/"])
def test_with_one_the_page_says_where_it_is_and_where_its_feeds_are(base_url: str):
    page = site_at(ledger_of({"claims/x.yml": CLAIM}), base_url)["claims/x.html"].decode()
    assert f'<link rel="canonical" href="{BASE}/claims/x.html">' in page
    assert f'<meta property="og:image" content="{BASE}/static/card.png">' in page
    assert 'href="../feed.atom"' in page


def test_a_former_address_names_the_present_one_as_the_right_one():
    site = site_at(ledger_of({"claims/x.yml": CLAIM + "former_ids: [y]\n"}), BASE)
    assert f'<link rel="canonical" href="{BASE}/claims/x.html">' in site["claims/y.html"].decode()


def test_the_page_of_no_page_has_links_that_work_at_any_depth():
    ledger = ledger_of({"claims/x.yml": CLAIM})
    site = site_at(ledger, BASE)
    page = site["404.html"].decode()
    assert 'href="/ledger/static/style.css"' in page
    assert 'rel="canonical"' not in page
    files = [OutFile(path, data) for path, data in site.items()]
    assert checks.of_site(rendered_site(ledger, site, page_links(files), base_url=BASE))["problems"] == []


def problems_of(files: list[OutFile]) -> tuple[Diagnostic, ...]:
    """What is found of a site of some pages."""
    addresses = [file.path for file in files]
    found = checks.of_site(rendered_site(ledger_of({}), addresses, page_links(files), base_url=BASE))
    return tuple(map(from_row, found["problems"]))


def test_a_link_on_the_page_of_no_page_must_lead_somewhere_too():
    files = [OutFile("404.html", b'<a href="/ledger/nowhere.html">x</a>')]
    (problem,) = problems_of(files)
    assert problem.check == "broken-link"


def test_a_link_from_the_root_of_the_host_is_broken_on_any_other_page():
    files = [OutFile("index.html", b'<a href="/ledger/index.html">x</a>')]
    (problem,) = problems_of(files)
    assert problem.check == "broken-link"


def test_a_build_says_in_one_line_what_is_missing_without_a_public_address(tmp_path: Path):
    content, output = tmp_path / "content", tmp_path / "output"
    (content / "terms").mkdir(parents=True)
    (content / "site.yml").write_text("format: 1\ntitle: T\n", encoding="utf-8")
    (content / "terms/t.yml").write_text("term: Loss\ndefinition: How wrong it is.\n", encoding="utf-8")
    build = ("build", "--content", content, "--output", output)
    (line,) = (line for line in run(*build).stdout.splitlines() if "address" in line)
    assert line.startswith("no public address")
    for lacking in ("feeds", "sitemap", "canonical links", "share images"):
        assert lacking in line
    assert "address" not in run(*build, "--base-url", BASE).stdout
    assert "address" not in run(*build, "--quiet").stdout
    assert "address" not in run("check", "--content", content).stdout


# Corrections and the licence


def test_every_page_says_where_corrections_go_and_under_what_licence_it_stands():
    site = {path: data.decode() for path, data in site_at(ledger_at(SMALL)).items() if path.endswith(".html")}
    assert [path for path, page in site.items() if "Suggest a correction" not in page] == []
    assert [path for path, page in site.items() if "Content: CC BY 4.0" not in page] == []


def test_the_link_for_corrections_names_the_record_and_its_file():
    setting = "corrections_url: https://example.org/fix?id={id}&file={path}\n"
    site = "format: 1\ntitle: T\n" + setting
    page = site_at(ledger_of({"site.yml": site, "claims/x.yml": CLAIM}))["claims/x.html"].decode()
    assert 'href="https://example.org/fix?id=x&amp;file=claims/x.yml"' in page


def test_without_the_setting_there_is_no_link_for_corrections():
    assert "Suggest a correction" not in site_at(ledger_of({"claims/x.yml": CLAIM}))["claims/x.html"].decode()
