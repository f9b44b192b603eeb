"""What holds for every page of a site and for what all pages share: ids, scripts, styles, sizes."""

import gzip
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browsing import ONE_OF_EACH
from making import CLAIM, MEDIUM, ROOT, SMALL, ledger_at, ledger_of, site_of

from ledger import pages, texts
from ledger.graph import Ledger
from ledger.texts import languages

STATIC = ROOT / "templates/static"
STYLES = sorted(STATIC.glob("*.css"))
ASKING = [STATIC / f"{name}.js" for name in ("asking", "answering", "answers")]
SCRIPTS = sorted(path for path in STATIC.glob("*.js") if path.name != "search.js" and path not in ASKING)
"""What readers get before they search."""
LARGEST_PAGE, ALL_STYLES, ALL_SCRIPTS = 60_000, 14_000, 14_000
"""Bytes, compressed."""
LARGEST_UNPACKED = 300_000
LOADING = {"src", "srcset", "poster", "data"}
LOADED_LINKS = {"stylesheet", "icon", "preload", "prefetch", "modulepreload", "manifest", "preconnect"}


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return ledger_at(MEDIUM)


def test_the_browser_sees_a_page_of_every_template(ledger: Ledger):
    places = {place.url: place for place in pages.site_map(ledger)}
    seen = {places[url].make().template for url in ONE_OF_EACH}
    frames = {"base.html", "overview.html", "record.html", "redirect.html"}
    chosen = {"embed.html", "wording.html"}  # few sites have these; `browser/test_accessibility.py` sees them too
    assert seen == {path.name for path in (ROOT / "templates").glob("*.html")} - frames - chosen


@pytest.fixture(scope="module")
def html(medium_site: Mapping[str, bytes]) -> dict[str, str]:
    return {path: data.decode() for path, data in medium_site.items() if path.endswith(".html")}


class Offences(HTMLParser):
    """What no page may hold: ids given twice, styles and scripts inside the page, files of other hosts."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.ids: Counter[str] = Counter()
        self.feed(page)
        self.close()
        self.found += [f"id {id_} twice" for id_, times in self.ids.items() if times > 1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.ids.update([named["id"]] if "id" in named else [])
        data = tag == "script" and named.get("type") == "application/ld+json"
        loads = LOADING | ({"href"} if LOADED_LINKS & set(named.get("rel", "").split()) else set())
        self.found += [
            *(f"{tag} {name}" for name in named if name == "style" or name.startswith("on")),
            *([f"<{tag}>"] if tag == "style" or (tag == "script" and "src" not in named and not data) else []),
            *(f"{tag} {named[name]}" for name in loads & set(named) if re.match(r"[a-z]+:|//", named[name])),
            *(["javascript:"] if named.get("href", "").strip().lower().startswith("javascript:") else []),
        ]


def test_no_page_has_an_id_twice_a_style_or_script_of_its_own_or_a_file_of_another_host(html: Mapping[str, str]):
    assert {path: found for path, page in html.items() if (found := Offences(page).found)} == {}


@pytest.mark.parametrize(
    "page",
    [
        '<p id="a"><p id="a">',
        '<p style="color: red">',
        "<style>p { color: red }</style>",
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<p onclick="go()">',
        '<a href=" JavaScript:go()">',
        '<img src="https://other.example/x.png">',
        '<script src="//other.example/x.js"></script>',
        '<link rel="preload stylesheet" href="https://other.example/x.css">',
    ],
)
def test_the_judge_sees_offences(page: str):
    assert Offences(page).found != []


def test_the_judge_lets_pass_what_is_sound():
    page = '<script type="application/ld+json">{}</script><script defer src="../a.js"></script><p id="a"><p id="b">'
    assert Offences(page + '<link rel="canonical" href="https://a.example/"><a href="https://b.example/">').found == []


# Sizes


def compressed(data: bytes) -> int:
    return len(gzip.compress(data, mtime=0))


def test_the_largest_page_is_small(html: Mapping[str, str]):
    sizes = {path: compressed(page.encode()) for path, page in html.items()}
    assert {path: size for path, size in sizes.items() if size >= LARGEST_PAGE} == {}
    assert [path for path, page in html.items() if len(page.encode()) >= LARGEST_UNPACKED] == []


@pytest.mark.parametrize(
    ("paths", "most"), [(STYLES, ALL_STYLES), (SCRIPTS, ALL_SCRIPTS), (ASKING, ALL_SCRIPTS)], ids=["css", "js", "query"]
)
def test_styles_and_scripts_are_small(paths: list[Path], most: int):
    assert paths
    assert sum(compressed(path.read_bytes()) for path in paths) < most


# Writing from the right


PHYSICAL = re.compile(r"(?<![\w-])(?:[a-z]+-)*(?:left|right)(?![\w])(?:-[a-z]+)*", re.IGNORECASE)


def declarations(style: str) -> Iterator[str]:
    """What stands between innermost braces: properties and values, without selectors and comments."""
    yield from re.findall(r"\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))


def physical(style: str) -> list[str]:
    return [found for block in declarations(style) for found in PHYSICAL.findall(block)]


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_style_speaks_of_left_and_right(path: Path):
    assert physical(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "block", ["margin-left: 1px", "float: right", "border-top-left-radius: 0", "@media print { p { left: 0 } }"]
)
def test_left_and_right_would_be_seen(block: str):
    assert len(physical(f"p {{ {block} }}")) == 1


def test_left_and_right_may_stand_in_names_of_classes():
    assert physical(".align-right { text-align: end; } /* left */") == []


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        *(("en", "ltr"), ("de-AT", "ltr"), ("zh-Hant", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl")),
        *(("ur-PK", "rtl"), ("az-Arab-IR", "rtl"), ("ar-Latn", "ltr"), ("EN", "ltr"), ("FA_ir", "rtl")),
    ],
)
def test_where_the_lines_of_a_language_begin(language: str, direction: str):
    assert languages.direction(language) == direction


def test_a_page_names_its_language_and_where_its_lines_begin():
    site = "format: 1\ntitle: T\nlanguage: {}\n"
    for language, direction in (("en", "ltr"), ("ar", "rtl")):
        page = site_of(ledger_of({"site.yml": site.format(language), "claims/x.yml": CLAIM}))["claims/x.html"]
        assert f'<html lang="{language}" dir="{direction}">' in page.decode()


# Corrections and the licence


def footers(texts: Mapping[str, str]) -> dict[str, str]:
    """The foot of every page of a site."""
    site = site_of(ledger_of(texts))
    return {path: page.decode().partition("<footer")[2] for path, page in site.items() if path.endswith(".html")}


ABOUT_CORRECTIONS = "---\ntitle: Corrections\n---\nWrite to us.\n"


def test_without_an_address_corrections_go_to_the_page_about_them():
    found = footers({"claims/x.yml": CLAIM, "pages/corrections.md": ABOUT_CORRECTIONS})
    assert '<a href="../pages/corrections.html">Suggest a correction</a>' in found["claims/x.html"]
    assert [path for path, foot in found.items() if "Suggest a correction" not in foot] == []


def test_an_address_for_corrections_goes_before_the_page_about_them():
    site = "format: 1\ntitle: T\ncorrections_url: 'https://a.example/{id}'\n"
    texts = {"site.yml": site, "claims/x.yml": CLAIM, "pages/corrections.md": ABOUT_CORRECTIONS}
    assert 'href="https://a.example/x"' in footers(texts)["claims/x.html"]


def test_a_record_of_another_kind_is_no_page_about_corrections():
    assert "Suggest a correction" not in footers({"claims/corrections.yml": CLAIM})["claims/corrections.html"]


def test_a_record_names_its_file_so_that_a_correction_can():
    assert "<code>claims/x.yml</code>" in footers({"claims/x.yml": CLAIM})["claims/x.html"]


def test_every_page_says_that_no_licence_is_stated_where_none_is():
    found = footers({"claims/x.yml": CLAIM})
    assert [path for path, foot in found.items() if texts.say("frame.no_licence") not in foot] == []


def test_every_page_leads_to_corrections_and_names_its_licence(html: Mapping[str, str]):
    assert [path for path, page in html.items() if texts.say("frame.correct") not in page] == []
    assert [path for path, page in html.items() if "Content: CC BY 4.0" not in page] == []


# Cards


def test_every_page_has_a_card_with_title_description_type_and_picture():
    wanted = ("og:title", "og:type", "og:site_name", "og:url", "og:image")
    site = {path: data.decode() for path, data in site_of(ledger_at(SMALL)).items() if path.endswith(".html")}
    whole = {path: page for path, page in site.items() if "<main" in page}
    assert [
        (path, name)
        for path, page in whole.items()
        for name in wanted
        if path != "404.html" and not re.search(f'<meta property="{name}" content="[^"]+">', page)
    ] == []
    said = (
        '<meta name="twitter:card" content="summary_large_image">',
        '<meta name="description" property="og:description"',
    )
    assert [(path, one) for path, page in whole.items() for one in said if one not in page] == []


# What the browser tests look at


def test_one_of_each_holds_a_page_of_every_template(ledger: Ledger):
    templates = {place.url: place.make().template for place in pages.site_map(ledger)}
    looked_at = {templates[address] for address in ONE_OF_EACH}
    assert set(templates.values()) - looked_at == {"redirect.html"}  # which a browser leaves at once
