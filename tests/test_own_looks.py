"""A site's own looks: templates, mark, colours, navigation, files for the root; and what is told of slips in them."""

import re
import sys
from pathlib import Path

import pytest
from engines import LEDGER, options_for, put
from making import ROOT, SITE, run_here, tree
from serving import served

sys.path.insert(0, str(ROOT / "docs"))
import screenshots

from ledger import cli, render, urls
from ledger.checks import looks
from ledger.diagnostics import Diagnostic
from ledger.engine import build as engine
from ledger.engine.report import packaged_templates
from ledger.records import KINDS
from ledger.settings import Colours

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
CIRCLE = SVG.format('<circle cx="4" cy="4" r="4"/>')
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (32).to_bytes(4, "big") * 2 + b"\x08\x06\0\0\0"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a small ledger in `content`."""
    put(tmp_path / "content", LEDGER)
    return tmp_path


def settings(place: Path, more: str) -> None:
    put(place / "content", {"site.yml": SITE + more})


def built(place: Path, **more: object) -> dict[str, bytes]:
    """The site, which nothing stands against."""
    report = engine.build(options_for(place / "content", **more))
    assert [problem for problem in report.problems if problem.level == "error"] == []
    return tree(place / "output")


def own(place: Path, **templates: str) -> Path:
    """One's own templates, by name without the ending."""
    put(place / "own", {f"{name}.html": text for name, text in templates.items()})
    return place / "own"


def found(place: Path, check: str, **more: object) -> list[Diagnostic]:
    """What a check finds, of a site that is not published for it."""
    report = engine.build(options_for(place / "content", **more))
    of_it = [problem for problem in report.problems if problem.check == check]
    assert not (report.published and any(problem.level == "error" for problem in of_it))
    return of_it


# Templates


def test_a_line_in_the_head_of_every_page(place: Path):
    """The packaged template has blocks, `!` reaches it, and `root` leads to the files beside the pages."""
    line = '{% extends "!base.html" %}\n{% block snippet %}<link rel="me" href="{{ root }}me.txt">{% endblock %}\n'
    put(place / "public", {"me.txt": "me"})
    site = built(place, templates=own(place, base=line))
    assert b'<link rel="me" href="me.txt"></head>' in site["index.html"]
    assert b'<link rel="me" href="../me.txt"></head>' in site["claims/slow.html"]
    assert b'<link rel="me" href="../../me.txt">' in site["controversies/c/evidence.html"]
    assert b"static/search.js" in site["search.html"]


def test_the_root_on_a_page_that_is_shown_at_any_address(place: Path):
    line = '{% extends "!base.html" %}\n{% block snippet %}<i>{{ root }}</i>{% endblock %}\n'
    site = built(place, templates=own(place, base=line), base_url="https://example.org/ledger")
    assert b"<i>/ledger/</i>" in site["404.html"]


@pytest.mark.parametrize("block", ["icon", "snippet", "header", "title", "navigation", "footnote", "footer"])
def test_every_block_can_be_filled_by_itself(block: str, place: Path):
    text = '{% extends "!base.html" %}{% block NAME %}<p>Mine.</p>{% endblock %}'.replace("NAME", block)
    site = built(place, templates=own(place, base=text))
    assert site["claims/slow.html"].count(b"<p>Mine.</p>") == 1
    assert b"It moves." in site["claims/slow.html"]


def test_one_page_with_something_before_what_the_program_shows(place: Path):
    text = '{% extends "!term.html" %}{% block main %}<p>Mine.</p>{{ super() }}{% endblock %}'
    site = built(place, templates=own(place, term=text))
    assert re.search(rb"<p>Mine\.</p>.*It tells the time", site["terms/w.html"], re.DOTALL)
    assert b"Mine." not in site["claims/slow.html"]


def test_an_exclamation_mark_leads_nowhere_else(tmp_path: Path):
    put(tmp_path, {"a/x.html": "own", "b/x.html": "packaged", "secret.html": "secret"})
    environment = render.environment_in([tmp_path / "a", tmp_path / "b"])
    assert [environment.get_template(name).render() for name in ("x.html", "!x.html")] == ["own", "packaged"]
    for name in ("../secret.html", "!../secret.html", "!!x.html", "/x.html", "!"):
        with pytest.raises(Exception, match=re.escape(name)):
            environment.get_template(name)


NOT_THERE = "this template asks for something that is not there: "
SLIPS = {
    "syntax": ("<p>\n  {% if %}\n</p>\n", 2, "this template cannot be read: Expected an expression"),
    "unclosed": ("{% block main %}\n", 1, "this template cannot be read: Unexpected end of template"),
    "filter": ("{{ view|nothing }}\n", 1, "this template cannot be read: No filter named 'nothing'"),
    "name": ("<p>\n  {{ view.nothing }}\n", 2, "this template asks for something that is not there: "),
    "variable": ("<p>\n\n{{ mine }}\n", 3, "this template asks for something that is not there: 'mine' is undefined"),
    "file": ('<p>\n{% include "mine/foot.html" %}\n', 2, "there is no template 'mine/foot.html'"),
    "itself": ('{% extends "term.html" %}\n', 1, "this template extends or includes itself without end"),
    "value": ("<p>\n{{ 1 // 0 }}\n", 2, "this template cannot be printed: ZeroDivisionError: "),
    "macro": (
        '{% import "macros/parts.html" as parts %}\n{{ parts.withdrawal(5) }}\n',
        2,
        "this template asks for something that is not there: ",
    ),
    "block": (
        '{% extends "!term.html" %}\n{% block main %}\n{{ super() }}\n{{ mine }}\n{% endblock %}\n',
        4,
        "this template asks for something that is not there: 'mine' is undefined",
    ),
}


@pytest.mark.parametrize(("text", "line", "message"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_in_ones_own_template_is_told_at_its_line(text: str, line: int, message: str, place: Path):
    folder = own(place, term=text)
    (slip,) = found(place, "template-error", templates=folder)
    assert (slip.span.path, slip.span.line) == ((folder / "term.html").resolve().as_posix(), line)
    assert slip.message.startswith(message)
    assert slip.hint


def test_a_slip_is_no_bug_of_the_program_and_shows_the_line(place: Path):
    built(place)
    before = tree(place / "output")
    own(place, base='{% extends "!base.html" %}\n{% block snippet %}\n  {{ nothing.at.all }}\n{% endblock %}\n')
    done = run_here("build", "--templates", "own", cwd=place)
    assert done.returncode == cli.CONTENT_ERRORS
    assert done.stdout.splitlines()[:4] == [
        f"own/base.html:3:3: error[template-error]: {NOT_THERE}'nothing' is undefined",
        "    3 |   {{ nothing.at.all }}",
        "      |   ^^^^^^^^^^^^^^^^^^^^",
        "  hint: the page's own template, in the program's folder `templates`, shows which names there are",
    ]
    assert done.stdout.count("template-error") == 1
    assert "bug" not in done.stdout + done.stderr
    assert tree(place / "output") == before


def test_a_template_that_is_no_text_is_told_too(place: Path):
    (place / "own").mkdir()
    (place / "own/term.html").write_bytes(b"<p>\n\xff</p>\n")
    (slip,) = found(place, "template-error", templates=place / "own")
    assert (slip.span.line, slip.message) == (2, "this template cannot be read: byte 0xFF is not UTF-8")


def test_a_near_name_is_offered(place: Path):
    (slip,) = found(place, "template-error", templates=own(place, term='{% extends "bass.html" %}'))
    assert slip.hint == "did you mean 'base.html'?"


def test_a_bug_of_the_program_stays_one_under_ones_own_templates(place: Path, monkeypatch: pytest.MonkeyPatch):
    """A template of one's own that only hands on what the program prints is not to blame."""

    def boom(_: object) -> str:
        raise RuntimeError("boom")

    monkeypatch.setitem(render.FILTERS, "body", boom)
    monkeypatch.setitem(render.FILTERS, "text", boom)
    folder = own(place, base='{% extends "!base.html" %}', term='{% extends "!term.html" %}')
    report = engine.build(options_for(place / "content", templates=folder, cache=False))
    checks_found = {problem.check for problem in report.problems if problem.level == "error"}
    assert "unmade-file" in checks_found
    assert "template-error" not in checks_found


def test_the_packaged_templates_named_as_ones_own_are_still_the_programs():
    assert render.own_folders(render.environment_in([packaged_templates(), packaged_templates()])) == ()


# Mark, colours, navigation, repository


def test_the_settings_show_on_every_page(place: Path):
    settings(
        place,
        "repository: https://example.org/files\nmark: looks/mark.svg\n"
        'colours: {link: {light: "#7a1f1f", dark: "#ffb0b0"}}\n'
        "navigation:\n- {to: g}\n- {to: claims, label: What is <said>}\n- {to: whats-new}\n",
    )
    put(place / "public", {"looks/mark.svg": CIRCLE})
    site = built(place)
    page = site["claims/slow.html"].decode()
    assert '<link rel="icon" href="../looks/mark.svg" type="image/svg+xml">' in page
    assert '<img class="mark" src="../looks/mark.svg" alt="">' in page
    assert '<a href="https://example.org/files">The files behind this site</a>' in page
    assert '<link rel="stylesheet" href="../colours.css">' in page
    assert site["colours.css"] == b":root {\n  --link: light-dark(#7a1f1f, #ffb0b0);\n}\n"
    navigation = re.search(r'<nav aria-label="Site">.*?</nav>', page, re.DOTALL)[0]
    assert re.findall(r"<a.*?</a>", navigation) == [
        '<a href="../pages/g.html">About</a>',
        '<a href="index.html" aria-current="true">What is &lt;said&gt;</a>',
        '<a href="../whats-new.html">What’s new</a>',
    ]
    assert '<a href="pages/g.html" aria-current="page">' not in page
    assert 'href="g.html" aria-current="page"' in site["pages/g.html"].decode()
    assert "style=" not in page.partition("<main")[0]


def test_without_settings_nothing_is_added(place: Path):
    site = built(place)
    page = site["claims/slow.html"].decode()
    assert "colours.css" not in site
    assert not any(word in page for word in ("colours.css", 'class="mark"', "The files behind this site"))
    assert 'href="../static/icon.svg" type="image/svg+xml"' in page
    assert re.findall(r'<a href="([^"]*)"', re.search(r'<nav aria-label="Site">.*?</nav>', page, re.DOTALL)[0]) == [
        *(f"../controversies/{name}.html" for name in ("c", "c/evidence", "c/people", "c/timeline")),
        "../about.html",
    ]


HOSTILE_SETTINGS = {
    "css in a colour": 'colours: {link: {light: "red; } body { display: none", dark: "#ffffff"}}\n',
    "a name": "colours: {link: {light: red, dark: white}}\n",
    "a line break": 'colours: {link: {light: "#111111\\n", dark: "#ffffff"}}\n',
    "three digits": 'colours: {link: {light: "#abc", dark: "#ffffff"}}\n',
    "other digits": 'colours: {link: {light: "#١١١١١١", dark: "#ffffff"}}\n',
    "a mark above": "mark: ../content/mark.svg\n",
    "a mark of the host": "mark: /etc/mark.svg\n",
    "a mark elsewhere": "mark: https://example.org/mark.svg\n",
    "a mark in quotation marks": "mark: 'x\" onload=\"go().svg'\n",
    "a mark of another sort": "mark: mark.html\n",
}


@pytest.mark.parametrize("more", HOSTILE_SETTINGS.values(), ids=HOSTILE_SETTINGS.keys())
def test_a_setting_that_is_more_than_it_should_be_is_refused(more: str, place: Path):
    settings(place, more)
    bad = found(place, "bad-value")
    assert {one.span.path for one in bad} == {"site.yml"}
    assert all(one.hint for one in bad)


def test_a_repository_that_is_a_script_is_refused(place: Path):
    settings(place, "repository: javascript:go()\n")
    assert len(found(place, "bad-url")) == 1


def test_a_colour_for_one_theme_alone_is_refused(place: Path):
    settings(place, 'colours: {link: {light: "#7a1f1f"}}\n')
    assert "dark" in found(place, "missing-field")[0].message


def test_colours_that_cannot_be_read_are_told(place: Path):
    settings(place, 'colours:\n  soft:\n    light: "#aaaaaa"\n    dark: "#a9a7a1"\n')
    report = engine.check(options_for(place / "content"))
    told = [problem for problem in report.problems if problem.check == "low-contrast"]
    assert [(one.level, one.span.line, one.message) for one in told] == [
        ("warning", 7, "`soft` on `panel` is hard to read in the light theme: its contrast is 2.1"),
        ("warning", 7, "`soft` on `paper` is hard to read in the light theme: its contrast is 2.3"),
    ]


def test_a_ground_is_held_against_the_words_that_stand_as_they_are(place: Path):
    settings(place, 'colours:\n  paper: {light: "#ffffff", dark: "#808080"}\n')
    told = {one.message.partition(" is hard")[0] for one in found(place, "low-contrast")}
    assert told == {f"`{name}` on `paper`" for name in ("ink", "soft", "link", "for", "against", "mixed")}


@pytest.mark.parametrize(
    ("one", "other", "contrast"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54), ("#123456", "#123456", 1)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, contrast: float):
    """The figures are those that its authors publish."""
    assert looks.contrast(one, other) == pytest.approx(contrast, abs=0.005)
    assert looks.contrast(other, one) == looks.contrast(one, other)


def test_the_colours_that_checks_know_are_those_of_the_style_sheet():
    style = (packaged_templates() / "static/style.css").read_text(encoding="utf-8")
    given = {name: pair for name, *pair in re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\);", style)}
    assert {name: tuple(given[name]) for name in looks.COLOURS} == dict(looks.COLOURS)


def test_the_navigation_leads_somewhere(place: Path):
    settings(place, "navigation:\n- to: claim\n- to: search\n- to: nowhere-at-all\n")
    first, second = found(place, "unknown-place")
    assert (first.span.line, first.hint) == (6, "did you mean 'claims'?")
    assert second.message == "the navigation leads to 'nowhere-at-all', which is no place of this site"


def test_the_navigation_leaves_out_drafts_and_follows_former_ids(place: Path):
    put(
        place / "content",
        {
            "pages/g.md": "---\ntitle: About\nformer_ids: [old]\n---\n",
            "pages/d.md": "---\ntitle: D\ndraft: true\n---\n",
        },
    )
    settings(place, "navigation:\n- to: old\n- to: d\n- to: home\n")
    page = built(place)["claims/slow.html"].decode()
    navigation = re.search(r'<nav aria-label="Site">.*?</nav>', page, re.DOTALL)[0]
    assert re.findall(r'href="([^"]*)"', navigation) == ["../pages/g.html", "../index.html"]


def test_a_change_of_looks_reaches_every_page(place: Path):
    options = options_for(place / "content")
    built(place)
    for more in (
        "navigation: [{to: g}]\n",
        "navigation: [{to: g, label: Us}]\n",
        "repository: https://example.org/\n",
        "",
    ):
        settings(place, more)
        engine.build(options)
        assert engine.build(options).made == 0
        assert tree(place / "output") == _from_nothing(place)


def _from_nothing(place: Path) -> dict[str, bytes]:
    engine.build(options_for(place / "content", output=place / "apart", cache=False))
    return tree(place / "apart")


# Marks


HOSTILE_MARKS = {
    "a script": SVG.format("<script>go()</script>"),
    "a handler": SVG.format('<circle r="1" onload="go()"/>'),
    "a handler in capitals": SVG.format('<circle r="1" ONLOAD="go()"/>'),
    "a link": SVG.format('<a href="https://example.org"><circle r="1"/></a>'),
    "html": SVG.format('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'),
    "a picture from elsewhere": SVG.format('<image href="https://example.org/x.png"/>'),
    "a shape from elsewhere": SVG.format('<use href="https://example.org/x.svg#a"/>'),
    "a script behind xlink": SVG.format('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="javascript:go()"/>'),
    "movement": SVG.format('<set attributeName="href" to="javascript:go()"/>'),
    "a style that loads": SVG.format("<style>@import 'https://example.org/x.css';</style>"),
    "a style with a picture": SVG.format("<style>g { fill: url(https://example.org/x) }</style>"),
    "a style with escapes": SVG.format(r"<style>g { fill: \75rl(x) }</style>"),
    "an attribute that loads": SVG.format('<g style="fill: url(//example.org/x)"/>'),
    "an entity": '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("<title>&a;</title>"),
    "a style sheet": '<?xml-stylesheet href="https://example.org/x.css"?>' + CIRCLE,
    "another sort": "<html><body/></html>",
    "no XML": "<svg",
    "nothing": "",
}


@pytest.mark.parametrize("svg", HOSTILE_MARKS.values(), ids=HOSTILE_MARKS.keys())
def test_a_mark_that_is_more_than_shapes_is_refused(svg: str, place: Path):
    settings(place, "mark: mark.svg\n")
    put(place / "public", {"mark.svg": svg})
    (bad,) = found(place, "bad-mark")
    assert (bad.span.path, bad.span.line) == ("site.yml", 5)
    assert bad.message.startswith("'mark.svg' cannot be the mark: it")


GOOD_MARKS = {
    "shapes": CIRCLE,
    "a gradient": SVG.format('<defs><linearGradient id="a"><stop/></linearGradient></defs><path fill="url(#a)"/>'),
    "a style for dark": SVG.format("<style>@media (prefers-color-scheme: dark) { g { fill: #fff } }</style><g/>"),
    "a comment": '<?xml version="1.0" encoding="UTF-8"?>' + CIRCLE.replace("><", "><!-- it's mine --><", 1),
}


@pytest.mark.parametrize("svg", GOOD_MARKS.values(), ids=GOOD_MARKS.keys())
def test_a_mark_of_shapes_is_taken(svg: str, place: Path):
    settings(place, "mark: mark.svg\n")
    put(place / "public", {"mark.svg": svg})
    assert found(place, "bad-mark") == []


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (PNG, None),
        (b"GIF89a", "'mark.png' cannot be the mark: it is no PNG"),
        (PNG[:16] + b"\xff" * 8, "'mark.png' cannot be the mark: it has 4294967295 × 4294967295 pixels"),
        (PNG + b"x" * 100_000, "the mark has 100,029 bytes, and every page loads it; 100,000 are the limit"),
        (None, "there is no file 'mark.png' in the folder `public`"),
    ],
)
def test_a_mark_as_png(data: bytes | None, why: str | None, place: Path):
    settings(place, "mark: mark.png\n")
    if data is not None:
        (place / "public").mkdir()
        (place / "public/mark.png").write_bytes(data)
    assert [one.message for one in found(place, "bad-mark")] == ([why] if why else [])


# Files for the root of the site


def test_files_for_the_root_come_and_go_with_the_site(place: Path):
    """Only what has changed is copied; pages are left alone; nothing is left of a file that is gone."""
    put(
        place / "public",
        {"CNAME": "example.org\n", ".well-known/security.txt": "a", "_headers": "b", ".env": "no", "x~": "no"},
    )
    options = options_for(place / "content")
    site = built(place)
    copied = {path: site[path] for path in ("CNAME", ".well-known/security.txt", "_headers")}
    assert copied == {"CNAME": b"example.org\n", ".well-known/security.txt": b"a", "_headers": b"b"}
    assert not {".env", "x~"} & site.keys()
    assert engine.build(options).made == 0
    put(place / "public", {"CNAME": "example.net\n", "new.html": "<p>as it is"})
    report = engine.build(options)
    assert (report.published, report.made) == (True, 2)
    site = tree(place / "output")
    assert (site["CNAME"], site["new.html"]) == (b"example.net\n", b"<p>as it is")
    (place / "public/_headers").unlink()
    (place / "public/new.html").unlink()
    assert engine.build(options).made == 2
    assert tree(place / "output") == _from_nothing(place)
    assert not {"_headers", "new.html"} & tree(place / "output").keys()
    assert engine.build(options).made == 0


IN_THE_WAY = {
    "index.html": "index.html",
    "INDEX.html": "index.html",
    "static/style.css": "static/style.css",
    "claims": "claims/fast.html",
    "index.json/x": "index.json",
    "claims/slow.html": "claims/slow.html",
}


@pytest.mark.parametrize(("name", "other"), IN_THE_WAY.items())
def test_no_file_takes_the_place_of_one_of_the_site(name: str, other: str, place: Path):
    built(place)
    before = tree(place / "output")
    put(place / "public", {name: "mine"})
    (told,) = found(place, "public-file")
    assert told.span.path == (place / "public" / name).as_posix()
    assert told.message.startswith(f"the site has '{other.partition('/')[0]}")
    assert tree(place / "output") == before


def test_two_names_that_differ_in_case_alone_are_told(place: Path):
    put(place / "public", {"readme.txt": "a", "README.txt": "b"})
    if len(list((place / "public").iterdir())) == 2:
        assert len(found(place, "public-file")) == 1


def test_no_link_is_followed(place: Path):
    put(place, {"secret/key": "secret", "public/fine.txt": "fine"})
    (place / "public/key").symlink_to(place / "secret/key")
    (place / "public/folder").symlink_to(place / "secret")
    told = found(place, "public-file")
    assert [Path(one.span.path).name for one in told] == ["folder", "key"]
    assert {one.message for one in told} == {"this is a link or a device, not a file: it was not opened"}


def test_a_folder_that_is_a_link_is_not_read(place: Path):
    put(place, {"secret/key": "secret"})
    (place / "public").symlink_to(place / "secret")
    (told,) = found(place, "public-file")
    assert "this is a link" in told.message


@pytest.mark.parametrize("name", [".git/config", ".gitkeep", "sub/.htpasswd"])
def test_hidden_files_stay_where_they_are(name: str, place: Path):
    put(place / "public", {name: "{}", "CNAME": "example.org"})
    site = built(place)
    assert site.get(name) != b"{}"
    assert "CNAME" in site


def test_a_file_that_is_too_large_is_not_read(place: Path):
    (place / "public").mkdir()
    with (place / "public/big.bin").open("wb") as file:
        file.truncate(10_000_001)
    (told,) = found(place, "public-file")
    assert told.message == "the file has 10,000,001 bytes; 10,000,000 are the limit"


def test_a_finding_is_told_with_its_path(place: Path):
    put(place / "public", {"index.html": "mine"})
    done = run_here("check", cwd=place)
    assert done.returncode == cli.CONTENT_ERRORS
    assert "public/index.html:1:1: error[public-file]: the site has 'index.html', which stays" in done.stdout


def test_a_site_that_is_built_into_public_is_not_its_own_source(place: Path):
    options = options_for(place / "content", output=place / "public")
    engine.build(options)
    again = engine.build(options)
    assert (again.published, again.made) == (True, 0)
    assert [one for one in engine.check(options_for(place / "content")).problems if one.check == "public-file"] == []


def test_files_for_the_root_are_served_and_watched(place: Path):
    put(place / "public", {"CNAME": "example.org"})
    with served(place / "content") as server:
        assert server.ask("/CNAME")[2] == b"example.org"
        digest = server.news.site.digest
        put(place / "public", {"CNAME": "example.net"})
        server.wait(lambda _: server.news.site.digest != digest)
        assert server.ask("/CNAME")[2] == b"example.net"
        put(place / "public", {"index.html": "mine"})
        said = server.wait(lambda said: said["findings"])
        assert [one["check"] for one in said["findings"]] == ["public-file"]
        assert server.page("/index.html") != "mine"


# The documentation


@pytest.mark.parametrize("section", [name for name, files in screenshots.examples().items() if files])
def test_an_example_of_the_documentation_works(section: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Nothing is found wrong with it, and its files are in the site as they are."""
    files = screenshots.examples()[section]
    assert cli.main([*screenshots.customised(tmp_path, files), "--no-cache", "--quiet"]) == cli.BUILT
    assert capsys.readouterr().out == ""
    site = tree(tmp_path / "site")
    public = {path.removeprefix("public/"): text for path, text in files.items() if path.startswith("public/")}
    assert {path: site[path].decode() for path in public} == public


def test_the_slip_in_the_documentation_is_told_so(place: Path):
    own(place, base='{% extends "!base.html" %}\n{% block snippet %}\n  {{ nothing.at.all }}\n{% endblock %}\n')
    said = run_here("check", "--templates", "own", cwd=place).stdout
    shown = re.search(
        r"^```text\n(own/.*?)^```$", screenshots.CUSTOMISING.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )[1]
    assert shown in said


def test_the_documentation_names_every_block_place_and_colour():
    page = screenshots.CUSTOMISING.read_text(encoding="utf-8")
    base = (packaged_templates() / "base.html").read_text(encoding="utf-8")
    table = set(re.findall(r"^\| `([a-z]+)` \|", page, re.MULTILINE))
    assert table == set(re.findall(r"{% block (\w+) %}", base))
    named = {*urls.PLACES, *urls.ASKS, *(kind.folder for kind in KINDS), *Colours.model_fields}
    assert [name for name in sorted(named) if f"`{name}`" not in page] == []


def test_every_picture_of_the_documentation_is_made():
    page = screenshots.CUSTOMISING.read_text(encoding="utf-8")
    assert re.findall(r"\(images/([a-z-]+)\.png\)", page) == list(screenshots.LOOKS)
    assert all((ROOT / f"docs/images/{name}.png").is_file() for name in screenshots.LOOKS)
