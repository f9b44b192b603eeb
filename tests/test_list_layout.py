"""Lists that CommonMark reads otherwise than the site are noticed: a second program reads each body and is compared."""

import re

import pytest
from markdown_it import MarkdownIt

from ledger.markup import body, findings

ODD = {
    "- a\n  - b\n    - c\n- d\n": {2, 3},
    "1. a\n   - b\n": {2},
    "-  a\n   - b\n": {2},
    "- a\n\n  - b\n": {3},
    "- a\n\n  para\n\n- b\n": {3},
    "1. a\n\n   para\n": {3},
    "Intro:\n- e\n- f\n": {2},
    "Intro:\n1. e\n2. f\n": {2},
    "* a\n\npara\n* b\n": {4},
    "1) a\n2) b\n": {1, 2},
    "| a |\n|---|\n| b |\n- x\n": {4},
}
ALIKE = (
    "- a\n    - b\n        - c\n- d\n", "1. a\n    - b\n2. c\n", "- a\n\n    para\n\n- b\n", "Intro:\n\n- e\n- f\n",
    "In 1986.\n7. It was\n", "# H\n\n- a\n", "- a\n- b\n\npara\n\n- c\n", "- a\nlazy\n- b\n", "- a\n - b\n",
    "word - dash\n-not\n", "```\nx\n- a\n```\n", "* * *\n\n- a\n", "- a\n  cont\n- b\n", "a\n\n---\n\n- b\n",
)  # fmt: skip


def shape(html: str) -> str:
    """The lists and items of some HTML, and their words, without paragraphs in items and spaces."""
    return re.sub(r"\s+|</?(?:p|h[1-6])\b[^>]*>", "", html.replace("<hr />", "<hr>"))


@pytest.mark.parametrize("text", ODD)
def test_what_commonmark_reads_otherwise_is_noticed_at_its_line(text: str) -> None:
    found = [problem for problem in findings(text) if problem.check == "list-layout"]
    assert {text.count("\n", 0, problem.start) + 1 for problem in found} == ODD[text]


@pytest.mark.parametrize("text", ALIKE)
def test_what_all_read_alike_is_not(text: str) -> None:
    assert findings(text) == ()
    assert shape(body(text, lambda _: None)) == shape(MarkdownIt().render(text))
