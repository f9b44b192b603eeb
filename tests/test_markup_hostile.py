"""Bodies written to do harm: scripts, endless work, and whatever a generator can make of Markdown's own marks."""

import html
import itertools
import json
import re
import resource
import subprocess
import sys
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import PATIENCE

from ledger.formulas import _ALLOWED
from ledger.markup import Link, body, findings, short
from ledger.references import Reference

ALLOWED = {
    **{tag: set() for tag in ("p", "em", "strong", "code", "pre", "blockquote", "ul", "li", "br", "hr")},
    **{tag: set() for tag in ("table", "thead", "tbody", "tr")},
    **{tag: {"id"} for tag in ("h2", "h3", "h4", "h5", "h6")},
    **{tag: {"class"} for tag in ("th", "td")},
    "ol": {"start"},
    "a": {"href", "title", "rel", "tabindex"},
    "span": {"class", "aria-hidden", "aria-label", "role", "tabindex"},
    **{tag: set(names) for tag, names in _ALLOWED.items()},
    "math": {*_ALLOWED["math"], "alttext"},
}
ADDRESS = re.compile(r"(?i:https?://[^/@\\\s]+([/?#][^\\\s]*)?|mailto:[^\s]*|(?!//)[^:\\\s]*([/?#][^\\\s]*)?)\Z")


def resolve(reference: Reference) -> Link:
    return Link("../a.html", f"<b>{reference.target}</b>", note=f"<i>{reference.target}", address="\"'<u>")


class Offences(HTMLParser):
    """Whatever a page of ours may not hold."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.found.append(f"<{tag}>")
        self.found += [f"{tag} {name}" for name, _ in attrs if name not in ALLOWED.get(tag, ())]
        self.found += [f"{value}" for name, value in attrs if name == "href" and not ADDRESS.match(value or "")]

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}-->")

    handle_decl = handle_pi = unknown_decl = handle_comment


# --- scripts ------------------------------------------------------------------------------------------------------

TAGS = ("script", "img", "svg", "a", "iframe", "style", "math", "input", "video", "details", "form", "b")
EVENTS = ("onload", "onerror", "onclick", "ontoggle", "onfocus autofocus", "style", "href", "src", "formaction")
SCHEMES = ("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "//evil.example")
CONTEXTS = (
    *("{}", "a\n\n{}\n\nb", "- {}", "> {}", "# {}", "|a|b|\n|-|-|\n|{}|x|", "*{}*", "`{}", "[{}](x)"),
    *(
        "[w]({})",
        "[w](<{}>)",
        "[w](x '{}')",
        '[w](x "{}")',
        "<{}>",
        "![w]({})",
        "[w]: {}\n\n[w]",
        "[[a|{}]]",
        "[@a, {}]",
    ),
    *("${}$", "$\\text{{{}}}$", "$$\n{}\n$$", "[a $x$](b '$\\text{{{}}}$')"),
    *("[[{}]]", "```{}\nx\n```", "``` {{#{}}}\nx\n```", "~~~\n{}\n~~~", "    {}", "\x02{}\x03", "\ufdd00{}\ufdd1"),
)


def entities(text: str) -> str:
    return "".join(f"&#{ord(char)};" for char in text)


def control(text: str) -> str:
    return text.replace("a", "a\t", 1).replace("s", "\x00s", 1)


ENCODINGS = (
    str,
    str.upper,
    entities,
    control,
    lambda text: text.replace("<", "\\<"),
    lambda text: text.replace(":", "&colon;"),
)
ATTACKS = (
    *(f"<{tag} {event}=alert(1)>x</{tag}>" for tag, event in itertools.product(TAGS, EVENTS)),
    *SCHEMES,
    *("<!--><img src=x onerror=alert(1)>-->", "<![CDATA[<svg onload=alert(1)>]]>", "<?xml ?><svg/onload=alert(1)>"),
)


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_script_survives(context: str) -> None:
    vectors = [context.format(encode(attack)) for encode, attack in itertools.product(ENCODINGS, ATTACKS)]
    assert len(vectors) * len(CONTEXTS) > 1000
    assert {v: o for v in vectors if (o := Offences(body(v, resolve)).found)} == {}
    assert {v: o for v in vectors if (o := Offences(short(v, resolve)).found)} == {}


@pytest.mark.parametrize(
    "markup",
    [
        "<script>x</script>",
        "<p onclick=x>",
        '<a href="javascript:x">',
        '<a href="//x">',
        '<a href="https://u@h/">',
        '<a href="&#106;avascript:x">',
        "<!-- x -->",
        "<img src=x>",
    ],
)
def test_the_judge_sees_offences(markup: str) -> None:
    assert Offences(markup).found != []


# --- anything at all ----------------------------------------------------------------------------------------------

MARKS = [*"[]()<>!*_`~#|\\-+=:.&;'\"@1a ^{}/\n\t", "\n\n", "    ", "[[a]]", "[@a, b]", "](", "- ", "> ", "1. ", "```\n"]
MARKS += ["$", "$$", "$x$", "\\frac", "\\text{", "_{"]
MARKS += ["|-|-|\n", "  \n", "http://", "<a@b>", "&#x3c;", "\x02", "\x03", "\ufdd0", "\ud800", "\r", "\u0663. ", "😀"]
ANYTHING = st.lists(st.sampled_from(MARKS), max_size=80).map("".join)
CLEANER = nh3.Cleaner(
    tags=set(ALLOWED), attributes={tag: names for tag, names in ALLOWED.items() if names}, link_rel=None
)


@given(ANYTHING)
def test_any_text_makes_sound_html(text: str) -> None:
    shown = body(text, resolve)
    assert Offences(shown).found == []
    assert html.unescape(CLEANER.clean(shown)) == html.unescape(shown)
    assert not re.search("[\x00-\x08\ud800-\udfff\ufdd0-\ufdef]", shown)
    assert all(0 <= finding.start <= finding.end <= len(text) for finding in findings(text))


@given(ANYTHING, st.integers(2, 400))
def test_repetition_makes_nothing_fall_over(text: str, times: int) -> None:
    assert Offences(body(text * times, resolve)).found == []


# --- endless work -------------------------------------------------------------------------------------------------

UNITS = (
    *("[", "![[", "[a](", "[a](b)", "[a](<", "[a](<b>'", "[a](b '", '[a](b "c', "](", "[[", "[@", "[[a]]", "[@a]"),
    *("`", "` ", "`a` ", "\\`", "\\```", "`|", "``a` ", "*", "*a ", "*a **b ", "***a** b* ", "*_", "_a_ ", "a*b_c"),
    *("<", "<a ", "<http://a>", "<a@b>", "<!--", "<![CDATA[", "<?", "&", "&a;", "\\", "\\*", '"', "~", "^[", "[^1]"),
    *("# a\n", "# a\n\n", "#\n", "a\n=\n", "a\n-\n", "---\n", "***\n", "- a\n", "- ", "-\t", "1. ", "1. a\n\n"),
    *("> ", ">", "> a\n", "> - ", "- > ", "- # a\n", "\n", "a\n\n", "\t", " ", "    a\n", "    a\n\n", "a  \n", "\r"),
    *(
        "```\n",
        "```\na\n```\n",
        "``` hl_lines='\n",
        "``` {\n",
        "|",
        "|a|b\n",
        "a|b\n-|-\n",
        "|a|b\n|-|-\n\n",
        ":-|-:\n",
    ),
    *("$", "$$", "$a", "$a ", "$a$", "$x_", "$\\frac{a}{b}$ ", "$$a$$\n", "$$\na\n", "$\\text{a} b$ ", "](a$b$"),
    *("[a]: b\n", "[a]: b\n\n[a]", "a", "\u0663. ", "\ufdd0", "- a\n\n    b\n\n", "*[a](b)* `c` "),
)
CHILD = """
import json, sys
from ledger.formulas import _ALLOWED
from ledger.markup import Link, body, findings
from ledger.references import scan
for text in json.load(sys.stdin):
    body(text, lambda reference: Link("a", "b"))
    scan(text)
    print(json.dumps(len(findings(text))))
"""


def shapes(unit: str) -> list[str]:
    """The unit repeated to fill a body, to fill it in blocks (in an item, with a wide character), and far too often."""
    full = unit * (32768 // len(unit.encode()))
    blocks = (unit * 90 + "\n\n") * (32760 // len((unit * 90 + "\n\n").encode()))
    return [full, "- 😀" + blocks, full * 10]


@pytest.mark.parametrize("nth", [pytest.param(at, marks=[pytest.mark.nightly] * (at > 0)) for at in range(3)])
def test_no_body_keeps_the_build_waiting(nth: int) -> None:
    texts = [shapes(unit)[(at + nth) % 3] for at, unit in enumerate(UNITS)]
    texts += [
        "".join("`" * n + " " for n in range(1, 250)),
        "|".join("a" * 500) + "\n" + "|".join("-" * 500) + "\nx" * 9000,
    ]

    def guard() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (len(texts), len(texts)))

    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        preexec_fn=guard,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.split()) == len(texts)
