"""Pages as Markdown: what they say, as another reader of CommonMark sees it, whatever is written in them."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, EVIDENCE, MEDIUM, SMALL, SOURCE, data_of, ledger_at, ledger_of, site_of
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ledger import urls
from ledger.exports.escaping import allowed, at_line_start, in_markdown, one_line
from ledger.graph import Ledger
from ledger.records import KINDS

BASE = "https://example.org/ledger"
READER = MarkdownIt("commonmark")
POSITION = {
    "controversies/c.yml": "title: C\nquestion: Is it?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nlabel: Yes\nstatement: It is.\nrests_on: [x]\nkey_sources: [t]\n",
    "claims/x.yml": CLAIM + EVIDENCE,
    "sources/s.yml": SOURCE,
    "sources/t.yml": SOURCE.replace("Maps", "Charts"),
}


def pages(ledger: Ledger, base_url: str = "") -> dict[str, str]:
    """The Markdown files of a ledger."""
    files = data_of(ledger, "*.md", base_url=base_url)
    return {path: data.decode() for path, data in files.items()}


def tokens(text: str) -> Iterator[Token]:
    for token in READER.parse(text):
        yield token
        yield from token.children or ()


def words(text: str) -> str:
    """What a reader sees, without markup."""
    return " ".join("".join(token.content for token in tokens(text) if token.type in ("text", "code_inline")).split())


def parts(text: str) -> list[tuple[str, str]]:
    """The headings, items and paragraphs, each with its words."""
    found = READER.parse(text)
    return [
        (found[at - 1].tag, words(token.content)) for at, token in enumerate(found) if token.type == "inline" and at
    ]


def links(text: str) -> list[str]:
    return [str(token.attrs["href"]) for token in tokens(text) if token.type == "link_open"]


def test_a_claim_has_its_standing_its_evidence_and_numbered_references():
    rated = "assessments: [{rating: low, by: ann, date: 2026-01-05, why: Thin *so far*.}]\n"
    two = EVIDENCE.replace(
        "}]", ", locator: p. 3, quote: 'a *gap*'}, {id: e2, source: t, relation: disputes, shows: None.,"
    )
    texts = {
        "claims/x.yml": CLAIM + two + " consulted: abstract}]\n" + rated,
        "sources/s.yml": SOURCE + "url: https://example.org/a_(b)?c=1&copy=2\n",
        "sources/t.yml": SOURCE.replace("Maps", "Charts"),
    }
    page = pages(ledger_of(texts))["claims/x.md"]
    verdict = (
        "Verdict of the evidence: open, little evidence. The evidence is too weak to decide anything. "
        "Nobody has looked for better evidence on either side. "
        "2 sources · 2 separate studies (1 for it, 1 against) · 2 independent teams."
    )
    weak = (
        "weak evidence: how closely it concerns the claim is not recorded (two steps), "
        "what it is based on is not recorded (two steps)"
    )
    untraced, read = "nobody has traced it to a first source", "from memory, not re-read"
    assert parts(page) == [
        ("h1", "It moves."),
        ("p", "Claim · empirical"),
        ("p", verdict),
        ("p", "perhaps false. Rated by Ann, 5 January 2026: Thin *so far*."),
        ("h2", "Evidence"),
        ("h3", "For"),
        (
            "p",
            f"A gap. [1] ({weak}, the editor cites it from memory (two steps) and {untraced}; p. 3; reporting; {read})",
        ),
        ("p", "a *gap*"),
        ("h3", "Against"),
        (
            "p",
            f"None. [2] ({weak} and {untraced}; reporting; read as an abstract)",
        ),
        ("h2", "References"),
        ("p", "Author unknown, 1999. Maps. https://example.org/a_(b)?c=1&copy=2 More on this source"),
        ("p", "Author unknown, 1999. Charts. More on this source"),
        ("p", "Cite this page: “It moves.” Test. (Version e7eccfdb25)"),
        ("p", "No licence is stated for the content."),
        ("p", "The page that this text is taken from"),
    ]
    assert links(page) == [
        *("../sources/s.html", "../sources/t.html"),
        *("https://example.org/a_%28b%29?c=1&copy=2", "../sources/s.html", "../sources/t.html", "x.html"),
    ]
    assert [token.info for token in tokens(page) if token.type == "ordered_list_open"] == [""]


def test_links_are_public_where_the_site_has_an_address():
    page = pages(ledger_of(POSITION), f"{BASE}/")["claims/x.md"]
    assert links(page) == [*[f"{BASE}/sources/s.html"] * 2, f"{BASE}/claims/x.html"]
    assert f"Test. {BASE}/claims/x.html" in words(page)


def test_a_position_and_a_controversy_lead_to_their_claims_and_sources():
    found = pages(ledger_of(POSITION))
    position, controversy = found["positions/c-a.md"], found["controversies/c.md"]
    said = "It moves. (not rated; one source for, none against) [1]"
    assert ("h2", "Claims it builds on") in parts(position)
    assert ("p", said) in parts(position)
    assert ("h3", "A: Yes") in parts(controversy)
    assert ("h4", "Claims it builds on") in parts(controversy)
    assert ("p", said.removesuffix(" [1]")) in parts(controversy)
    assert ("p", "Charts [2]") in parts(position)
    assert ("p", "Charts") in parts(controversy)


def test_a_record_that_was_withdrawn_says_so_first():
    gone = CLAIM + "withdrawn: {date: 2026-02-01, why: It said too much.}\n"
    page = pages(ledger_of({"claims/x.yml": gone}))["claims/x.md"]
    assert parts(page)[1] == ("p", "Withdrawn 1 February 2026. It said too much.")


def test_a_body_keeps_its_markup_and_leads_to_records():
    body = (
        "## Why\n\nA **word** [@s, p. 2], [[x|this]] `<b>` <i>no</i> ![no](y.png) `` ` `` and \\<.\n\n- one\n\n"
        "```\n[[x]] <b>\n```\n"
    )
    text = f"statement: It moves.\ntype: empirical\nbody: {json.dumps(body)}\n"
    page = pages(ledger_of({"claims/x.yml": text, "sources/s.yml": SOURCE}))["claims/x.md"]
    kinds = [token.type for token in tokens(page)]
    assert not {"html_inline", "html_block", "image"} & set(kinds)
    assert ("h4", "Why") in parts(page)
    assert ("p", "A word Unknown author 1999, p. 2, this <b> <i>no</i> ![no](y.png)") not in parts(page)
    assert words(page).count("A word Unknown author 1999, p. 2, this <b> <i>no</i> !no ` and <.") == 1
    assert [token.content for token in tokens(page) if token.type == "fence"] == ["[[x]] <b>\n"]


HOSTILE = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        *(
            "# a",
            "## a ##",
            "> a",
            "- a",
            "+ a",
            "* a",
            "1. a",
            "1) a",
            "123456789. a",
            "a\n===",
            "---",
            "***",
            "```a",
            "~~~",
        ),
        *(
            "[a](b)",
            "![a](b)",
            "[a]: b",
            "[^1]: c",
            "<b>",
            "<!-- a",
            "<https://a.b>",
            "https://a.b",
            "www.a.b",
            "a@b.c",
        ),
        *(
            "&lt;",
            "&#42;",
            "*a*",
            "__a__",
            "`a`",
            "``a`",
            "~~a~~",
            "a|b\n-|-",
            "a  \nb",
            "a\\",
            "\\",
            "    a",
            "\ta",
            "$a$",
        ),
        *("![", "](x)", "a\n\n# b", "\x00", "\u2028# a", "{.class}", "=", "==a==", ": a", ":::"),
    ]
)


@given(HOSTILE)
def test_any_words_stand_for_themselves(text: str):
    shown = one_line(text)
    line = at_line_start(in_markdown(text).strip())
    found = READER.parse(line)
    assert [token.type for token in found] == (["paragraph_open", "inline", "paragraph_close"] if line else [])
    assert {token.type for token in tokens(line)} <= {"paragraph_open", "inline", "paragraph_close", "text"}
    assert words(line) == " ".join(shown.split())
    assert re.search(r"://|www\.|@", line.replace("\\@", ""), re.IGNORECASE) is None


@given(
    HOSTILE.filter(
        lambda text: one_line(text) != "" and allowed(text) == text and "[[" not in text and "[@" not in text
    )
)
def test_any_words_of_a_record_leave_its_page_in_order(text: str):
    shown = json.dumps(text)
    claim = (
        f"statement: {shown}\ntype: empirical\nscope: {shown}\nevidence: [{{id: e1, source: s, relation: supports, "
        f"shows: {shown}, consulted: memory, locator: {shown}, quote: {shown}}}]\n"
    )
    plain = {"claims/x.yml": CLAIM + EVIDENCE, "sources/s.yml": SOURCE}
    try:
        made = ledger_of({"claims/x.yml": claim, "sources/s.yml": SOURCE.replace("Maps", shown)})
    except AssertionError:
        return
    page, usual = pages(made)["claims/x.md"], pages(ledger_of(plain))["claims/x.md"]
    assert [tag for tag, _ in parts(page) if tag != "p"] == [tag for tag, _ in parts(usual) if tag != "p"]
    assert links(page) == links(usual)
    assert parts(page)[0] == ("h1", one_line(text))


@pytest.mark.parametrize("content", [SMALL, MEDIUM], ids=["small", "medium"])
def test_every_page_is_sound_and_every_number_has_its_reference(content: Any):
    for path, page in pages(ledger_at(content)).items():
        types = [token.type for token in tokens(page)]
        assert types.count("heading_open") >= 1, path
        assert not {"html_inline", "html_block", "image"} & set(types), path
        numbers = {int(number) for number in re.findall(r"\[\\\[(\d+)\\\]\]\(", page)}
        lists = [at for at, token in enumerate(READER.parse(page)) if token.type == "ordered_list_open"]
        listed = len(re.findall(r"^\d+\. ", page.partition("\n## References\n")[2], re.MULTILINE))
        assert numbers == set(range(1, listed + 1)), path
        assert bool(lists) >= bool(numbers), path


def test_every_record_and_list_has_a_twin_that_its_page_names():
    ledger = ledger_at(SMALL)
    found, site = pages(ledger), site_of(ledger)
    for record in ledger.records.values():
        page = urls.of_record(record)
        twin = urls.beside(page, ".md")
        assert found[twin].startswith("# ")
        assert f'type="text/markdown" href="{record.id}.md"' in site[page].decode()
    for kind in KINDS:
        listed = links(found[urls.beside(urls.index(kind), ".md")])
        assert {link for link in listed if link != "2.md"} == {f"{id_}.md" for id_ in ledger.standing(kind.name)}


def test_llms_txt_leads_to_every_controversy_position_list_and_to_the_data():
    ledger = ledger_at(SMALL)
    text = data_of(ledger, "llms.txt")["llms.txt"].decode()
    assert text.startswith(f"# {ledger.settings.title}\n")
    named = {
        f"{folder}/{id_}.md"
        for kind, folder in (("controversy", "controversies"), ("position", "positions"))
        for id_ in ledger.members(kind)
    }
    files = {"index.json", "ledger.jsonl", "claims/index.json", "sources/index.json"}
    assert named | files <= set(links(text)) <= set(site_of(ledger))


@pytest.mark.content
def test_no_markdown_of_this_ledger_is_longer_than_an_assistant_reads_at_once(flagship_site: dict[str, bytes]):
    long = {path: len(data.decode()) for path, data in flagship_site.items() if path.endswith(".md")}
    assert len(long) > 1000
    assert {path: size for path, size in long.items() if size > 50_000} == {}
