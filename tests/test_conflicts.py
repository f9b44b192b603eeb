"""What git leaves where two branches changed the same lines is found before a file is read, and nothing else is."""

import pytest
from making import CLAIM, load

OURS, THEIRS = "<<<<<<< HEAD\n", "=======\n"
LAST = ">>>>>>> feature/b\n"
HALF = "|||||||"
PAGE = "---\ntitle: T\n---\n"


def conflict(first: str, second: str, base: str = "") -> str:
    return OURS + first + (f"||||||| 8f2a1c\n{base}" if base else "") + THEIRS + second + LAST


@pytest.mark.parametrize(
    ("path", "text", "lines"),
    [
        ("claims/x.yml", CLAIM + conflict("scope: a\n", "scope: b\n"), [(3, 7)]),
        ("claims/x.yml", CLAIM + conflict("scope: a\n", "scope: b\n", "scope: c\n"), [(3, 9)]),
        (
            "claims/x.yml",
            CLAIM + conflict("scope: a\n", "") + conflict("tags: [a]\n", "tags: [b]\n"),
            [(3, 6), (7, 11)],
        ),
        ("claims/x.yml", conflict(CLAIM, CLAIM), [(1, 7)]),
        ("claims/x.yml", CLAIM + conflict("scope: a\n", "scope: b\n").replace("\n", "\r\n"), [(3, 7)]),
        ("site.yml", "format: 1\n" + conflict("title: A\n", "title: B\n"), [(2, 6)]),
        ("texts.yml", "home:\n" + conflict("  a: A\n", "  a: B\n"), [(2, 6)]),
        ("snapshots/s.yml", conflict("how: a\n", "how: b\n"), [(1, 5)]),
        ("pages/g.md", PAGE + conflict("Mine.\n", "Theirs.\n"), [(4, 8)]),
        ("pages/g.md", PAGE + conflict("Mine.\n", "Theirs.\n", "Ours.\n").rstrip("\n"), [(4, 10)]),
        ("pages/g.md", "---\n" + conflict("title: A\n", "title: B\n") + "---\n", [(2, 6)]),
        ("pages/g.md", "---\n" + conflict("title: A\n---\nMine.\n", "title: B\n---\nTheirs.\n"), [(2, 10)]),
        ("pages/g.md", PAGE + "<<<<<<<\nA\n=======\nB\n>>>>>>>\n", [(4, 8)]),
        ("pages/g.md", PAGE + "<<<<<<<<< Temporary\nA\n=========\nB\n>>>>>>>>> branch\n", [(4, 8)]),
        ("pages/g.md", PAGE + "```\n" + conflict("A\n", "B\n") + "```\n", [(5, 9)]),
        # half of one that somebody has begun to merge
        ("claims/x.yml", CLAIM + "=======\nscope: b\n", [(3, 3)]),
        ("claims/x.yml", CLAIM + "scope: b\n" + LAST, [(4, 4)]),
        ("claims/x.yml", CLAIM + HALF + " base\nscope: b\n", [(3, 3)]),
        ("pages/g.md", PAGE + OURS + "Mine.\n", [(4, 4)]),
    ],
)
def test_versions_that_wait_to_be_merged_are_all_that_is_found(path, text, lines):
    found = load({path: text}).problems
    assert {problem.check for problem in found} == {"merge-conflict"}
    assert [(problem.span.line, problem.span.end_line) for problem in found] == lines


@pytest.mark.parametrize(
    "body",
    [
        "A heading\n=======\n\nText.\n",
        ">>>>>>> seven quotations in each other\n",
        "A heading\n=======\n\n>>>>>>> and quotations\n",
        "    <<<<<<< HEAD\n    A\n    =======\n    B\n    >>>>>>> b\n",
        "In prose <<<<<<< and ======= and >>>>>>> are signs.\n",
        "<<<<<< six\n======\n>>>>>> six\n",
        "a | b\n--- | ---\n||||||| | c\n",
    ],
)
def test_what_only_looks_alike_is_none(body):
    found = load({"pages/g.md": PAGE + body, "pages/h.yml": "title: T\nbody: |\n" + "  " + body.replace("\n", "\n  ")})
    assert found.problems == ()


def test_both_ends_are_named_and_their_lines():
    (found,) = load({"pages/g.md": PAGE + conflict("Mine.\n", "Theirs.\n", "Ours.\n")}).problems
    assert found.message == "two versions wait to be merged here: 'HEAD' (line 4) and 'feature/b' (line 10)"
    assert found.hint.startswith("keep what is right and remove the lines that begin with <<<<<<<, |||||||, =======,")
