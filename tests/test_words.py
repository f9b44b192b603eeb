"""Readers' words are data, in `ledger/texts/`: templates and scripts hold none of their own."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment
from making import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "templates/static").glob("*.js"))
SAID = ("aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt", "summary", "label")
"""Attributes that readers see or hear."""
NAMES = frozenset(("e", "x", "verdict", "rating"))
"""What is no word for readers: keys, signs and fields of the data, the same in every language."""
EXPRESSION, STATEMENT = "\ue000", "\ue001"


def without_code(template: str) -> str:
    """A template's text with a sign for each expression, and nothing for each statement and comment."""
    parts: list[str] = []
    for _, kind, text in Environment(autoescape=True).lex(template):
        if kind == "data":
            parts.append(text)
        elif kind == "variable_begin":
            parts.append(EXPRESSION)
    return "".join(parts)


class Said(HTMLParser):
    """The words of a piece of HTML: its text, and the attributes that readers see or hear."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += _words(" ".join(value or "" for name, value in attrs if name in SAID))

    def handle_data(self, data: str) -> None:
        self.found += _words(data) if self.cdata_elem != "style" else ()


def _words(text: str) -> Iterator[str]:
    """Runs of letters, with what stands between them on the line."""
    for line in text.replace(EXPRESSION, "\n").splitlines():
        found = re.findall(r"[^\W\d_]+", line)
        if set(found) - NAMES:
            yield " ".join(found)


def in_strings(template: str) -> Iterator[str]:
    """Phrases among the strings of a template's code: with a space, or a capital in front, they are for readers."""
    for _, kind, text in Environment(autoescape=True).lex(template):
        if kind == "string" and re.search(r"[^\W\d_]", text) and (re.search(r"\w \w", text) or text[1:2].isupper()):
            yield text[1:-1]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_a_template_has_no_words_of_its_own(path: Path):
    template = path.read_text(encoding="utf-8")
    assert [*Said(without_code(template)).found, *in_strings(template)] == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Words</p>",
        "{% if x %}<p>{{ y }} and {{ z }}</p>{% endif %}",
        '<p aria-label="Words of {{ x }}"></p>',
        '<input placeholder="Words">',
        "<p>caf&eacute;</p>",
        '{{ fact("Words", x) }}',
        '{{ x or "no words" }}',
        '{% if x == "y" %}words{% endif %}',
    ],
)
def test_words_would_be_seen(template: str):
    assert [*Said(without_code(template)).found, *in_strings(template)] != []


@pytest.mark.parametrize(
    "template",
    [
        '<p class="words" id="x-{{ y }}" aria-labelledby="words">{{ t("x.some") }} · {{ y }} (1)</p>',
        "{# words in a comment #}{% import 'macros/parts.html' as parts %}{{ parts.x(y) }}",
        '{% if view.kind == "claim" %}{{ view.title|join(", ") }}{% endif %}',
    ],
)
def test_code_is_no_words(template: str):
    assert [*Said(without_code(template)).found, *in_strings(template)] == []


# Scripts

COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`')
PHRASE = re.compile(r"[^\W\d_]{2,},? [a-z]{2,}|^[A-Z][a-z]+$|\w[.!?…]$")
"""What a text for readers has and a name or selector has not: two words, a capital in front, or a stop at the end."""
NO_PHRASES = frozenset(("use strict", "Escape", "Enter", "Tab", "Home", "End"))
"""Strings that look like words: a directive and the names of keys."""


def phrases(script: str) -> list[str]:
    found = (text[1:-1] for text in STRING.findall(COMMENT.sub("", script)))
    texts = (re.sub(r"\$\{[^}]*\}", "0", text) for text in found)
    return [text for text in texts if PHRASE.search(text) and text not in NO_PHRASES and not _selector(text)]


def _selector(text: str) -> bool:
    """Whether it picks elements: it names classes, attributes, ids or states, and has no stop at its end."""
    return bool(re.search(r"[#.\[:>][\w-]", text)) and not re.search(r"[.!?…]$", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_has_no_words_of_its_own(path: Path):
    assert phrases(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("script", ['say("Nothing found.")', "x = `${n} results found`;", "y = 'Copied';"])
def test_words_in_a_script_would_be_seen(script: str):
    assert len(phrases(script)) == 1


def test_names_in_a_script_are_no_words():
    assert phrases('"use strict"; // Says nothing.\nfind("main a[href]:not(svg *)", "aria-live", `x-${n}`);') == []
