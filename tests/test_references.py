"""The scanner: what is a reference, where it stands, and what code hides."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.references import Reference, code, pieces, scan


def found(text: str, *, markdown: bool = False) -> list[tuple[str, str, str]]:
    return [(r.form, r.target, r.words) for r in scan(text, markdown=markdown)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[loss-is-loss]]", ("link", "loss-is-loss", "")),
        ("[[ a | the  words ]]", ("link", "a", "the words")),
        ("[[a|b|c]]", ("link", "a", "b|c")),
        ("[[a|the [sic] words]]", ("link", "a", "the [sic] words")),
        ("[@kaplan-2020]", ("citation", "kaplan-2020", "")),
        ("[@x, p. 3]", ("citation", "x", "p. 3")),
        ("[@x, p. 3, note [4]]", ("citation", "x", "p. 3, note [4]")),
        ("[[]]", ("link", "", "")),
        ("[@]", ("citation", "", "")),
    ],
)
def test_forms(text: str, expected: tuple[str, str, str]) -> None:
    assert found(text) == found(text, markdown=True) == [expected]


def test_place() -> None:
    assert scan("see [[a]] and [@b, 2]") == (
        Reference("link", "a", "", 4, 9),
        Reference("citation", "b", "2", 14, 21),
    )


def test_two_sources_in_one_citation_are_a_bad_target() -> None:
    assert found("[@a; @b]") == [("citation", "a; @b", "")]


def test_brackets_around_a_link_stay_outside() -> None:
    assert [(r.start, r.end) for r in scan("[[[a]]]")] == [(1, 6)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n  "])
def test_a_folded_line_is_a_space(end: str) -> None:
    assert found(f"[[a|two{end}words]] [@b,{end}p. 3]") == [("link", "a", "two words"), ("citation", "b", "p. 3")]


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\n \t\n", "\r\r"])
def test_an_empty_line_ends_it(end: str) -> None:
    assert found(f"[[a|two{end}words]] [@b,{end}p]") == []
    assert found(f"[[a|two{end}words]] [@b,{end}p]", markdown=True) == []


def test_words_inside_a_quotation_lose_its_marks() -> None:
    assert found("> [[a|two\n> words]]", markdown=True) == [("link", "a", "two words")]


@pytest.mark.parametrize(
    "text",
    [
        "`[[a]]`",
        "``a ` [[b]]``",
        "```\n[[a]]\n```",
        "~~~ text\n[[a]]\n~~~~\n",
        "```\n[[a]]\n\n[[never closed]]",
        "- item\n\n  ```\n  [[a]]\n  ```\n",
        "    [[a]]",
        "text\n\n\t[[a]]\n",
        "- item\n\n        [[a]]",
        r"\[[a]]",
        r"\[@a]",
    ],
)
def test_code_and_escapes_hide_references(text: str) -> None:
    assert found(text, markdown=True) == []
    assert found(text) != []


@pytest.mark.parametrize(
    "text",
    [
        "` [[a]]",
        r"\`[[a]]`",
        "```\ncode\n```\n[[a]]",
        "text\n    [[a]]",
        "- item\n\n    [[a]]",
        "- `x\n- [[a]]`",
        "`x\n\n[[a]] y`",
        "| `x` | [[a]] |",
        "# `x` [[a]]",
    ],
)
def test_what_only_looks_like_code_does_not(text: str) -> None:
    assert found(text, markdown=True) == [("link", "a", "")]


def test_whichever_begins_first_wins() -> None:
    assert found("[[a|`x]] `", markdown=True) == [("link", "a", "`x")]
    assert found("`x [[a|`]]", markdown=True) == []


def test_code_says_where_it_is() -> None:
    text = "a `b`\n\n    c\n\n```\nd\n```\n"
    assert [(c.form, text[c.start : c.end]) for c in code(text)] == [
        ("span", "`b`"),
        ("line", "    c"),
        ("fence", "```\nd\n```"),
    ]


def test_pieces() -> None:
    assert pieces("a [[b]]") == ("a ", Reference("link", "b", "", 2, 7))
    assert pieces("") == ()


hostile = st.lists(st.sampled_from([*"[]@|,`~\\ab \t\n\r>-1.#", "[[", "]]", "[@", "```", "    "]), max_size=60).map(
    "".join
)


@given(hostile, st.booleans())
def test_nothing_is_lost(text: str, markdown: bool) -> None:  # noqa: FBT001
    cut = pieces(text, markdown=markdown)
    assert "".join(p if isinstance(p, str) else text[p.start : p.end] for p in cut) == text


@given(hostile)
def test_references_and_code_are_in_order_and_apart(text: str) -> None:
    places = sorted((x.start, x.end) for x in (*scan(text, markdown=True), *code(text)))
    assert all(start < end for start, end in places)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(places))
