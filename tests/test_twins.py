"""Pages as Markdown: what they say, as another reader of CommonMark sees it, whatever is written in them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from posixpath import dirname, join, normpath

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, EVIDENCE, MEDIUM, SMALL, SOURCE, data_of, ledger_at, ledger_of, pages_of, site_of
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ledger import urls
from ledger.exports.escaping import allowed, at_line_start, in_markdown, one_line
from ledger.exports.html_markdown import markdown_of
from ledger.exports.twins import LONGEST
from ledger.graph import Ledger
from ledger.records import KINDS

BASE = "https://example.org/ledger"
READER = MarkdownIt("commonmark").enable("table")
UNSOUND = {"html_inline", "html_block", "image"}


def twin(ledger: Ledger, address: str, base_url: str = "") -> str:
    """The Markdown at an address."""
    return pages_of(ledger, address, base_url=base_url)[address].decode()


def front(text: str) -> Mapping[str, object]:
    """What its front matter says."""
    return yaml.safe_load(text.split("---\n")[1]) if text.startswith("---\n") else {}


def body(text: str) -> str:
    """What comes after it."""
    return text.partition("\n---\n\n")[2] if text.startswith("---\n") else text


def tokens(text: str) -> Iterator[Token]:
    for token in READER.parse(text):
        yield token
        yield from token.children or ()


def shown(inline: Iterable[Token]) -> str:
    """What a reader sees of a line, without markup."""
    return " ".join("".join(token.content for token in inline if token.type in ("text", "code_inline")).split())


def parts(text: str) -> list[tuple[str, str]]:
    """The headings, items and paragraphs, each with its words."""
    found = READER.parse(text)
    return [
        (found[at - 1].tag, shown(token.children or ()))
        for at, token in enumerate(found)
        if token.type == "inline" and at
    ]


def links(text: str) -> list[str]:
    return [str(token.attrs["href"]) for token in tokens(text) if token.type == "link_open"]


# From HTML


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h2>A <em>b</em></h2><p>c\n d</p>", "## A *b*\n\nc d"),
        (
            "<p>*a* [b](c) &lt;i&gt; # 1.</p><p>1. x</p><p>- y</p>",
            "\\*a\\* \\[b\\](c) \\<i\\> \\# 1.\n\n1\\. x\n\n\\- y",
        ),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c<p>d</p></li></ul>", "- a\n\n  - b\n- c\n\n  d"),
        ('<ol start="9"><li>a</li><li>b<p>c</p></li></ol>', "9. a\n10. b\n\n    c"),
        ("<blockquote>a<p>b</p></blockquote>", "> a\n\n> b"),
        ('<p>a <a href="x.html"><b>b</b> </a>c <a href="#e1">d</a></p>', "a [b](to:x.html) c d"),
        ("<p>a <strong> b</strong>, <strong></strong><code>c`d</code></p>", "a **b**, ``c`d``"),
        ("<pre>a\n  &lt;b&gt; ``` c</pre>", "````\na\n  <b> ``` c\n````"),
        ("<dl><div><dt>a</dt><dd>b</dd></div><div><dt>c</dt><dd>d<p>e</p></dd></div></dl>", "- a: b\n- c: d\n\n  e"),
        (
            "<table><caption>t</caption><tr><th>a</th><th>b|c</th></tr><tr><td><ul><li>d</li><li>e</li></ul></td></tr></table>",
            "t\n\n| a | b\\|c |\n|---|---|\n| d e |  |",
        ),
        (
            "<p>a<svg><title>b</title></svg><i hidden>c<i>d</i></i><button>e</button></p><nav>f</nav>",
            "a",
        ),
        (
            '<p><i aria-hidden="true">a</i>b</p><nav class="trail">c</nav><nav class="tabs">d</nav>',
            "b\n\nd",
        ),
        ('<p>so <math alttext="$a&lt;b$"><mi>a</mi></math>.</p>', "so `$a<b$`."),
        ("<p>a<br>b <q>c</q></p></div></ul><p>d", "a\n\nb “c”\n\nd"),
        ("<ul><li>a<blockquote>b</blockquote><blockquote>c</blockquote></li></ul>", "- a\n\n  > b\n\n  > c"),
        ("<ul><li></li><li>a<ul><li><p>b</p><p>c</p></li></ul></li><li>d</li></ul>", "- a\n\n  - b\n\n    c\n- d"),
    ],
)
def test_html_becomes_markdown(html: str, markdown: str):
    made, left = markdown_of(html, lambda href: "" if href.startswith("#") else f"to:{href}", 10_000)
    assert ("".join(made), left) == (markdown, [])


def test_what_has_no_room_is_named_by_its_headings():
    html = "".join(f"<h2>Part {number}</h2><p>{'word ' * 40}</p>" for number in range(6))
    made, left = markdown_of(html, str, 500)
    assert "".join(made).count("## Part") == 3
    assert len("".join(made)) <= 500
    assert left == ["Part 3", "Part 4", "Part 5"]


# What is written in records

HOSTILE = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        *("# a", "## a ##", "> a", "- a", "+ a", "* a", "1. a", "1) a", "123456789. a", "a\n===", "---", "***"),
        *("```a", "~~~", "[a](b)", "![a](b)", "[a]: b", "[^1]: c", "<b>", "<!-- a", "<https://a.b>", "https://a.b"),
        *("www.a.b", "a@b.c", "&lt;", "&#42;", "*a*", "__a__", "`a`", "``a`", "~~a~~", "a|b\n-|-", "a  \nb", "a\\"),
        *("\\", "    a", "\ta", "$a$", "![", "](x)", "a\n\n# b", "\x00", "\u2028# a", "{.class}", "=", "==a==", ": a"),
        *(":::", "yes", "null", "'", '"', "a: b", "- a: &b", "%YAML", "\x85", "\x7f", "\ufeff", "2026-01-01", "{{a}}"),
    ]
)


@given(HOSTILE)
def test_any_words_stand_for_themselves(text: str):
    line = at_line_start(in_markdown(text).strip())
    found = READER.parse(line)
    assert [token.type for token in found] == (["paragraph_open", "inline", "paragraph_close"] if line else [])
    assert {token.type for token in tokens(line)} <= {"paragraph_open", "inline", "paragraph_close", "text"}
    assert shown(tokens(line)) == " ".join(one_line(text).split())
    assert re.search(r"://|www\.|@", line.replace("\\@", ""), re.IGNORECASE) is None


@given(
    HOSTILE.filter(
        lambda text: (
            one_line(text) != ""
            and allowed(text) == text
            and re.search(r"\[\[|\[@|[\x7f-\x9f]", text) is None  # pages show � for the control characters
        )
    )
)
def test_any_words_of_a_record_leave_its_page_and_front_matter_in_order(text: str):
    said = json.dumps(text)
    claim = (
        f"statement: {said}\ntype: empirical\nscope: {said}\nevidence: [{{id: e1, source: s, relation: supports, "
        f"shows: {said}, consulted: memory, locator: {said}, quote: {said}}}]\n"
    )
    usual = {
        "claims/x.yml": CLAIM.replace("\n", "\nscope: so\n", 1) + EVIDENCE.replace("}]", ", locator: a, quote: b}]")
    }
    try:
        made = ledger_of({"claims/x.yml": claim, "sources/s.yml": SOURCE.replace("Maps", said)})
    except AssertionError:
        return
    page = twin(made, "claims/x.md")
    plain = twin(ledger_of({**usual, "sources/s.yml": SOURCE}), "claims/x.md")
    assert not {token.type for token in tokens(body(page))} & UNSOUND
    assert links(body(page)) == links(body(plain))
    assert [part for part in parts(body(page)) if part[0] == "h1"] == [("h1", one_line(text))]
    assert [tag for tag, _ in parts(body(page)) if tag != "p"] == [tag for tag, _ in parts(body(plain)) if tag != "p"]
    assert front(page)["title"] == one_line(text)
    assert front(page).keys() == front(plain).keys()


# Pages


def test_a_claim_has_its_verdict_its_evidence_and_what_the_format_has_a_word_for():
    rated = "assessments: [{rating: low, by: ann, date: 2026-01-05, why: Thin *so far*.}]\nupdated: 2026-02\n"
    texts = {"claims/x.yml": f"{CLAIM}{EVIDENCE}{rated}tags: [maps]\n", "sources/s.yml": SOURCE}
    page = twin(ledger_of(texts), "claims/x.md")
    assert front(page) == {
        "type": "Claim",
        "title": "It moves.",
        "description": "It moves.",
        "status": "stable",
        "tags": ["maps"],
        "generated": {"by": "process:ledger-kb", "at": "2026-02-28T00:00:00Z"},
        "verified": [{"by": "human:ann", "at": "2026-01-05T00:00:00Z"}],
        "sources": [{"id": "s", "resource": "/sources/s.md", "title": "Maps"}],
    }
    found = parts(body(page))
    assert found[0] == ("p", "All pages of this site as Markdown, for programs: llms.txt.")
    assert {("h1", "It moves."), ("h2", "Verdict"), ("h3", "For"), ("p", "A gap.")} <= set(found)
    assert found[-1] == ("p", "The page that this text is taken from · JSON")
    assert {"../llms.txt", "../sources/s.md", "x.html", "x.json"} <= set(links(page))
    assert "[Unknown author 1999](../sources/s.md)" in page


def test_links_are_public_where_the_site_has_an_address():
    texts = {"claims/x.yml": CLAIM + EVIDENCE, "sources/s.yml": SOURCE + "url: https://example.com/a_(b)?c=1&copy=2\n"}
    page = twin(ledger_of(texts), "claims/x.md", BASE)
    assert {link for link in links(page) if not link.startswith("https://example.")} == set()
    assert front(page)["resource"] == f"{BASE}/claims/x.html"
    source = twin(ledger_of(texts), "sources/s.md", BASE)
    assert front(source)["resource"] == "https://example.com/a_(b)?c=1&copy=2"
    assert "https://example.com/a_%28b%29?c=1&copy=2" in links(source)


@pytest.mark.parametrize(
    ("path", "text", "address", "said"),
    [
        ("claims/x.yml", CLAIM + "withdrawn: {date: 2026-02-01, why: No.}\n", "claims/x.md", {"status": "deprecated"}),
        ("sources/s.yml", SOURCE + "status: retracted\n", "sources/s.md", {"status": "deprecated"}),
        ("claims/x.yml", CLAIM + "former_ids: [w]\n", "claims/w.md", {"type": "Redirect", "status": "deprecated"}),
        (
            "claims/x.yml",
            CLAIM.replace("empirical", "predictive") + "resolution: {condition: So., resolves_by: 2027-05}\n",
            "claims/x.md",
            {"stale_after": "2027-05-01T00:00:00Z"},
        ),
        (
            "controversies/c.yml",
            "title: C\nquestion: Is it?\nstatus: active\nreview: {last: 2026-01-01, every_days: 30}\n",
            "controversies/c.md",
            {"stale_after": "2026-02-01T00:00:00Z", "verified": [{"by": "human:ann", "at": "2026-01-01T00:00:00Z"}]},
        ),
        ("claims/log.yml", CLAIM, "claims/log_.md", {"type": "Claim"}),
    ],
)
def test_front_matter_says_how_current_a_page_is(path: str, text: str, address: str, said: Mapping[str, object]):
    found = front(twin(ledger_of({path: text}), address))
    assert {key: found[key] for key in said} == said


def test_a_source_names_those_that_it_draws_on_and_no_others():
    texts = {
        "claims/x.yml": CLAIM + EVIDENCE,
        "sources/s.yml": SOURCE.replace("derived_from: unknown", "derived_from: [{source: t, how: reports}]"),
        "sources/t.yml": SOURCE,
    }
    ledger = ledger_of(texts)
    assert [one["id"] for one in front(twin(ledger, "sources/s.md"))["sources"]] == ["t"]
    assert "sources" not in front(twin(ledger, "sources/t.md"))


def test_a_long_page_is_cut_and_says_what_is_left_out():
    items = "\n".join(
        f"- {{id: e{at}, source: s, relation: supports, shows: '{'Words of it. ' * 150}', consulted: memory}}"
        for at in range(60)
    )
    ledger = ledger_of({"claims/x.yml": f"{CLAIM}evidence:\n{items}\n", "sources/s.yml": SOURCE})
    page = twin(ledger, "claims/x.md")
    assert LONGEST - 12_000 < len(page) <= LONGEST
    assert re.search(r"^Left out here, for want of room: .*Audit.*\[The page .*\]\(x\.html\)", page, re.MULTILINE)


@pytest.mark.parametrize("content", [SMALL, MEDIUM], ids=["small", "medium"])
def test_every_page_names_its_twin_which_is_sound_short_and_leads_to_what_is_there(site_at, content):
    site = site_at(content)
    pages = [path for path in site if path.endswith(".html") and path != urls.NOT_FOUND]
    assert {path for path in site if path.endswith(".md")} == {urls.markdown(page) for page in pages}
    base = ledger_at(content).settings.base_url or ""
    for page in pages:
        text = site[urls.markdown(page)].decode()
        name = urls.markdown(page).rpartition("/")[2]
        assert f'type="text/markdown" href="{name}"' in site[page].decode(), page
        assert len(text) <= LONGEST, page
        assert not {token.type for token in tokens(body(text))} & UNSOUND, page
        own = {link.removeprefix(f"{base}/") for link in links(text) if link.startswith(f"{base}/") or ":" not in link}
        assert own, page
        assert {link if base else normpath(join(dirname(page), link)) for link in own} <= set(site), page


def test_the_page_for_any_address_has_no_twin(site_at):
    assert "text/markdown" not in site_at(SMALL)[urls.NOT_FOUND].decode()


# llms.txt

FORM = re.compile(
    r"# [^\n]+\n\n> [^\n]+\n\n(?:[^#\n][^\n]*\n\n)*(?:## [^\n]+\n\n(?:(?: {2})?- \[[^\n]+\]\([^\n)]+\)[^\n]*\n)+\n?)*"
)
"""The form of the proposal: a title, a quotation, perhaps more, and sections of links."""


def test_llms_txt_and_its_sections_lead_to_every_page_and_to_the_data():
    ledger = ledger_at(SMALL)
    site = site_of(ledger, BASE)
    found = {path: data.decode() for path, data in site.items() if re.search(r"llms(-\d+)?\.txt$", path)}
    assert set(found) == {"llms.txt", *(urls.llms(kind) for kind in KINDS)}
    assert [path for path, text in found.items() if not FORM.fullmatch(text)] == []
    named = {link.removeprefix(f"{BASE}/") for link in chain.from_iterable(map(links, found.values()))}
    assert named <= set(site)
    moved = {path for path in site if path.endswith(".html") and b'http-equiv="refresh"' in site[path]}
    pages = {urls.markdown(path) for path in site if path.endswith(".html") and path not in {urls.NOT_FOUND, *moved}}
    assert pages <= named
    assert {"index.json", "ledger.jsonl", "openapi.json", "claims/index.json", "sources/index.json"} <= named


def test_a_long_section_has_several_files():
    texts = {f"terms/t{at}.yml": f"term: Word {at}\ndefinition: So.\n" for at in range(201)}
    found = data_of(ledger_of(texts), "llms.txt", "terms/llms*.txt")
    assert len(links(found["terms/llms.txt"].decode())) == 200
    assert len(links(found["terms/llms-2.txt"].decode())) == 1
    assert {"terms/llms.txt", "terms/llms-2.txt"} <= set(links(found["llms.txt"].decode()))


@pytest.mark.content
def test_no_markdown_of_this_ledger_is_longer_than_an_assistant_reads_at_once(flagship_site: dict[str, bytes]):
    long = {path: len(data.decode()) for path, data in flagship_site.items() if path.endswith((".md", "llms.txt"))}
    assert len(long) > 1000
    assert {path: size for path, size in long.items() if size > LONGEST} == {}
