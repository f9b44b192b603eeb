"""A ledger with `language: de`: the pages whose words are data are German from the link to the content to the dates.

Its own words are none of any language, so that an English one is found: it stands in the site that says
`language: en` as well.
"""

import re
from pathlib import Path

import pytest
from making import Reader, run_here, tree

from ledger.engine.build import build
from ledger.engine.report import Options

SITE = """\
format: 1
title: Zuvok
language: {language}
licence: Qwib
base_url: https://ledger.example/
review_every_days: 90
corrections_url: https://ledger.example/{{id}}
repository: https://ledger.example/qwib
editors: [{{id: vex, name: Vex}}]
"""
SOURCE = (
    "type: report\ntitle: {}\nauthors: [{{literal: {}}}]\nissued: 2024-03-05\ntier: {}\nderived_from: []\ntags: [zug]\n"
)
RATED = "assessments: [{{rating: very-low, date: 2026-01-02, by: vex, why: Blorg.}}]\n"
EVIDENCE = """\
evidence:
{}
"""
ITEM = (
    "  - {{id: {}, source: {}, relation: {}, shows: Plim., consulted: full-text, directness: direct, basis: empirical}}"
)


def claim(*items: tuple[str, str, str], more: str = "") -> str:
    rows = "\n".join(ITEM.format(*item) for item in items)
    evidence = EVIDENCE.format(rows) if items else ""
    return f"statement: Dax fep.\ntype: empirical\nadded: 2026-01-01\n{evidence}{more}".replace("{{", "{").replace(
        "}}", "}"
    )


FILES = {
    "sources/s.yml": SOURCE.format("Grelb", "Nork", "peer-reviewed"),
    "sources/t.yml": SOURCE.format("Vlim", "Tarv", "preprint"),
    "sources/u.yml": SOURCE.format("Huld", "Kosp", "reporting").replace("[]", "unknown"),
    "claims/x.yml": claim(("e1", "s", "supports"), more=RATED),
    "claims/y.yml": claim(("e1", "s", "supports"), ("e2", "t", "disputes"), ("e3", "u", "supports")),
    "claims/z.yml": claim(("e1", "u", "mentions")),
    "threads/h.md": "---\ntitle: Ommp\nsummary: Ommp.\n---\n",
    "controversies/c.md": (
        "---\ntitle: Plont\nthread: h\nquestion: Plont?\nstatus: active\npolarity: binary\nopened: 2025-11-01\n"
        "review: {last: 2025-12-01, every_days: 30}\n---\nOmmp [[x|dax]].\n\n[[g]]\n"
    ),
    "positions/c-a.md": "---\ncontroversy: c\nletter: A\nlabel: Snerf\nstatement: Snerf.\nrests_on: [x, y]\n---\n",
    "positions/c-b.md": (
        "---\ncontroversy: c\nletter: B\nlabel: Trilm\nstatement: Trilm.\nrejects: [x]\nrests_on: [z]\n---\n"
    ),
    "events/v.yml": (
        "title: Yelm\ndate: 2024-03-05\ntype: result\nsources: [s]\nadded: 2026-01-01\nabout: [c]\n"
        "evidence_for: [x/e1, y/e1]\n"
    ),
    "proponents/p.yml": (
        "name: Mirb\ntype: person\nadded: 2026-01-01\nupdated: 2026-01-02\nstances:\n"
        "- {id: a, position: c-a, stance: holds, attested: [{date: 2024-03-05, source: s, shows: Plim.}]}\n"
        "- {id: b, position: c-b, stance: rejects, attested: [{date: 2024-03-05, source: s, shows: Plim.}]}\n"
    ),
}
FIGURES = "quantity: {{measure: dalv, value: {}, unit: tesp, as_of: 2024-01-01, scope: Frub}}"
FILES |= {
    "claims/k.yml": claim(("e1", "s", "supports"), ("e2", "t", "supports"))
    .replace("empirical}\n", f"empirical, {FIGURES.format(4)}}}\n", 1)
    .replace("empirical}", f"empirical, {FIGURES.format(9000.5)}}}"),
    "charts/g.yml": "title: Frub dalv\ncontroversy: c\nform: bars\nmeasure: dalv\n",
    "events/w.yml": "title: Kivt\ndate: 2024-02-03\ntype: release\nsources: [s]\nabout: [c, x]\n",
}
STATED = "attested: [{date: 2024-03-05, source: s, shows: Dwin.}]"
FILES |= {
    "sources/sv.yml": SOURCE.format("Brusk", "Onk", "reporting")
    + "csl: {number: Ulm}\nstatus: retracted\nstatus_date: 2024-05-01\nnotice: u\ncaveat: Fnor.\n"
    "checked: {against: [Wug], confidence: low}\ninterests: [{note: Gain., proponent: pp}]\n"
    "archive_url: https://ledger.example/v\n",
    "sources/sn.yml": SOURCE.format("Smap", "Uvv", "commentary").replace(
        "[]\n", "[{source: s, how: reports}, {source: t, how: unknown, inferred: true}]\nfirst_hand: true\n"
    ),
    "claims/cw.yml": claim(("e1", "sv", "supports"), ("e2", "sn", "supports"), more="about: [pp]\n"),
    "proponents/pp.yml": "name: Omb\ntype: person\nother_names: [Umb]\nhomepage: https://ledger.example/p\n"
    "affiliations: [{id: pq, role: Zeb, from: 2020}, {name: Quond, until: 2019}]\n"
    "interests: [{note: Frun.}]\nstances:\n"
    f"  - {{id: s1, position: c-a, stance: holds, inferred: true, in_capacity: Zeb, {STATED}}}\n"
    f"  - {{id: s2, position: c-b, stance: leans, {STATED.replace('2024', '2022')}}}\n"
    f"  - {{id: s3, position: c-b, stance: left, {STATED}}}\n",
    "proponents/pq.yml": "name: Vorn\ntype: organisation\nmembers: [{id: pp}]\nstances:\n"
    f"  - {{id: s1, position: c-b, stance: holds, {STATED}}}\n"
    f"  - {{id: s2, position: c-a, stance: rejects, {STATED}}}\n",
    "proponents/pr.yml": "name: Nind\ntype: person\n",
    "events/ek.yml": "title: Thrip\ndate: 2024-03-01\nend_date: 2024-03-04\ntype: result\nsources: [s]\n"
    "proponents: [pp]\nabout: [c]\nevidence_for: [x/e1, y/e2]\n",
    "terms/tm.yml": "term: Grom\ndefinition: Grom.\nother_names: [Gram]\nsources: [s]\n"
    "body: Dree [[x]].\ntags: [zug]\n",
    "positions/c-c.md": "---\ncontroversy: c\nletter: C\nlabel: Yolt\nstatement: Yolt.\nsteelman: Yolt.\n"
    "rests_on: [cw]\nadded: 2026-01-01\nupdated: 2026-01-02\n"
    "relations: [{position: c-a, type: narrows}, {position: c-b, type: excludes}]\n"
    "would_change_mind: [{by: pp, condition: Plix., source: s, resolves_by: 2027, outcome: open}]\ncruxes: [Plix.]\n"
    "objections: [{text: Nurg., claims: [y]}, {text: Narg.}, {text: Norg.}, {text: Nerg.}]\nkey_sources: [s]\n"
    "parts: [{id: p1, statement: Pab.}]\n"
    "assessments: [{rating: low, date: 2026-01-02, by: vex, why: Blorg.}]\n---\nBlorg.\n",
}
IN_BOTH = frozenset(
    (
        *(
            "position",
            "ring",
            "links",
            "svg",
            "csv",
            "atom",
            "json",
            "feed",
            "feeds",
            "javascript",
            "curl",
            "jq",
            "python",
            "schema",
            "sql",
            "so",
            "escape",
            "kappa",
            "preprint",
            "preprints",
            "filter",
            "llms",
            "txt",
        ),
        *(
            "an",
            "in",
            "team",
            "teams",
            "these",
            "was",
            "link",
            "median",
            "november",
            "apa",
            "bibtex",
            "markdown",
            "die",
            "person",
            "data",
            "format",
            "norm",
            "organisation",
            "form",
            "hand",
            "minute",
            "csv",
            "ris",
            "links",
            "november",
            "ring",
            "svg",
        ),
    )
)
"""Words of both languages, and names."""


def site(folder: Path, language: str, **more: str) -> dict[str, str]:
    content = folder / "content"
    for path, text in {"site.yml": SITE.format(language=language), **FILES, **more}.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    made = run_here("build", "--content", content, "--output", folder / "site")
    assert made.returncode == 0, made.stdout + made.stderr
    return {
        path: data.decode() for path, data in tree(folder / "site").items() if path.endswith((".html", ".js", ".atom"))
    }


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return site(tmp_path_factory.mktemp("german"), "de")


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return site(tmp_path_factory.mktemp("english"), "en")


def seen(page: str) -> set[str]:
    """What readers see and hear of a page, word by word; code, paths and references in a style are no words."""
    said = re.sub(r"<code>.*?</code>|<pre.*?</pre>|<script.*?</script>|https://[^\s<\"]+", " ", page, flags=re.DOTALL)
    said = re.sub(r"(<(p|pre|li) data-copy[^>]*>).*?</\2>", r"\1</\2>", said, flags=re.DOTALL)
    heard = re.findall(r'(?:aria-label|placeholder|alt|title|data-[a-z]+)="([^"]*)"', said)
    heard = [re.sub(r"&#34;\w+&#34;:|\{\w+\}", " ", one) for one in heard]
    text = " ".join((Reader(re.sub(r"(?=<)", " ", said)).text, *heard))
    return set(re.findall(r"[^\W\d_]{2,}", text.casefold()))


def test_no_word_of_any_page_is_english(german: dict[str, str], english: dict[str, str]):
    own = seen("<body>" + " ".join(FILES.values()) + "Zuvok Vex Qwib</body>")
    pages = {path for path in german if path.endswith(".html")}
    assert len(pages) > len(FILES)
    found = {path: sorted((seen(german[path]) & seen(english[path])) - own - IN_BOTH) for path in sorted(pages)}
    assert {path: words for path, words in found.items() if words} == {}


def test_every_page_is_said_to_be_german(german: dict[str, str]):
    assert {re.search("<html.*>", page)[0] for path, page in german.items() if path.endswith(".html")} == {
        '<html lang="de" dir="ltr">'
    }


def test_the_frame_is_german(german: dict[str, str]):
    page = german["index.html"]
    assert '<a class="skip" href="#content">Zum Inhalt springen</a>' in page
    assert "Stand: <time datetime=" in page
    assert "Inhalt: Qwib" in page
    assert "Eintrag: <code>claims/x.yml</code>" in german["claims/x.html"]


def test_dates_and_numbers_are_german(german: dict[str, str]):
    assert "5. März 2024" in german["sources/s.html"]
    assert "Januar 2026</time>" in german["index.html"]


def test_figures_of_sources_are_german(german: dict[str, str]):
    assert "Dalv: Quellen nennen 4 und 9.000,5 tesp." in german["numbers-in-conflict.html"]
    assert "Zwei Quellen nennen 4 bis 9.000,5 tesp. Der höchste Wert ist das 2.250-Fache" in german["charts/g.html"]


def test_search_has_the_words_of_the_language(german: dict[str, str]):
    assert 'data-found="{&#34;one&#34;: &#34;{count} Treffer&#34;' in german["search.html"]
    assert '"asking":"wie wann wo' in german["search-data.js"]


def test_feeds_say_their_language(german: dict[str, str]):
    assert 'xml:lang="de"' in german["feed.atom"]
    assert "<title>Plont · Zuvok</title>" in german["controversies/c.atom"]
    assert "<title>In der Welt · Zuvok</title>" in german["news/world.atom"]


@pytest.mark.parametrize("address", ["feed.atom", "news/world.atom", "news/ledger.atom", "controversies/c.atom"])
def test_no_word_of_a_feed_is_english(address: str, german: dict[str, str], english: dict[str, str]):
    def said(feed: str) -> set[str]:
        return seen(f"<body>{' '.join(re.findall(r'<(?:title|summary)>(.*)<', feed))}</body>")

    own = seen(f"<body>{' '.join(FILES.values())} Zuvok</body>")
    assert "yelm" in said(german[address])
    assert sorted((said(german[address]) & said(english[address])) - own - IN_BOTH) == []


def test_a_language_without_texts_is_marked_as_english(tmp_path: Path):
    page = site(tmp_path, "ar")["404.html"]
    assert '<html lang="ar" dir="rtl">' in page
    assert '<span lang="en" dir="ltr">Skip to content</span>' in page
    assert '<h1><span lang="en" dir="ltr">We can’t find that page</span></h1>' in page


def test_texts_of_ones_own_come_first(tmp_path: Path):
    own = "frame:\n  skip: <b>Hops\n  licence: 'Alles {licence}'\nsearch:\n  found: {one: 1 Ding, other: Dinge}\n"
    pages = site(tmp_path, "de", **{"texts.yml": own})
    assert ">&lt;b&gt;Hops</a>" in pages["404.html"]
    assert "<p>Alles Qwib</p>" in pages["404.html"]
    assert "1 Ding" in pages["search.html"]


def test_only_what_says_a_text_is_made_again_when_it_changes(tmp_path: Path):
    content, output = tmp_path / "content", tmp_path / "site"
    site(tmp_path, "de")

    def made_with(own: str) -> int:
        (content / "texts.yml").write_text(own, encoding="utf-8")
        return build(Options(content, output)).made

    assert made_with("method: {why: Warum}\n") <= 2  # the page of the method, and the checks of the ledger
    assert ">Warum<" in (output / "method.html").read_text(encoding="utf-8")
    assert made_with("# Nichts als das.\nmethod: {why: Warum}\n") <= 1
    pages, more = (len([*output.rglob(name)]) for name in ("*.html", "*.md"))
    assert pages <= made_with("method: {why: Warum}\nframe: {skip: Hops}\n") <= pages + more + 8
    assert ">Hops</a>" in (output / "claims/x.html").read_text(encoding="utf-8")
    assert made_with("method: {why: Warum}\nframe: {skip: Hops}\n") == 0


def test_another_language_makes_every_page_again(tmp_path: Path):
    content, output = tmp_path / "content", tmp_path / "site"
    site(tmp_path, "de")
    (content / "site.yml").write_text(SITE.format(language="en"), encoding="utf-8")
    build(Options(content, output))
    again = tree(output)
    assert again == {path: data for path, data in fresh(content, tmp_path / "fresh").items() if path in again}


def fresh(content: Path, output: Path) -> dict[str, bytes]:
    build(Options(content, output, cache=False))
    return tree(output)


def test_findings_are_english(tmp_path: Path):
    files = {"site.yml": SITE.format(language="de"), **FILES}
    for path, text in files.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(text, encoding="utf-8")
    found = build(Options(tmp_path / "content", tmp_path / "site")).problems
    said = [one.message for one in found if one.check == "rating-divergence"]
    assert said == ["rated very-low (probably false), but the evidence comes out as open or perhaps true"]
