"""Markup in a field of plain text is noticed, and what only looks like it is not."""

import pytest
from making import CLAIM, EVIDENCE, SOURCE, ledger_of

from ledger import checks
from ledger.plain_text import typed_markup

MEANT = {
    "emphasis": (
        *(
            "really **very** old",
            "**a b**",
            "*a*",
            "__strong__ words",
            "_em_",
            "***x***",
            '"*Nature*" says',
            "(*Nature*)",
        ),
        *("**Bold:** text", "*Nature*, 2020", "这是**重要**的", "the **two\nlines**"),
    ),
    "a reference that is not closed": ("see [[id", "see [[id|words]", "[@s, p. 3"),
    "a citation without its own brackets": ("as @doe-2020 says", "[see @doe-roe-2020, p. 3]", "[-@doe-2020]"),
    "a link": (
        *("see [one](https://x.org)", "[a](../claims/x.html)", "[w](https://x.org/X_(y)) and", "[w](x.pdf)"),
        *("<https://x.org>", "<mailto:a@x.org>"),
    ),
    "an image": ("![m](map.png)", "![[x.png]]"),
    "HTML": (
        *(
            "<i>E. coli</i>",
            "a <br/> b",
            "H<sub>2</sub>O",
            "<a href='x'>y",
            '<span class="x">a',
            "<jats:p>A",
            "<!-- x -->",
        ),
        *("&nbsp;", "&#8217;", "&#x2019;", "Smith &amp; Sons"),
    ),
    "code": ("use `code` here", "``a b``", "```\na\n```"),
    "struck-out text": ("~~no~~",),
    "marked text": ("==yes==",),
    "a footnote": ("so it is.[^1]",),
    "a formula": ("$E=mc^2$", "$$x$$", r"$\alpha$"),
    "a list": ("- a\n- b", "1. a\n2. b"),
}
NOT_MEANT = (
    *(
        "p < 0.05*",
        "* a footnote",
        "a *",
        "* at 5 %\n** at 1 %",
        "*p < .05, **p < .01",
        "Model A*, model B*",
        "A* search",
    ),
    *(
        "GPT (*) and Claude (*)",
        "5 % * 3 %",
        "5*3 and 4*2",
        "x * y * z",
        "f(x)*(y)*g",
        "2**3 and 4**5",
        "*nix and *BSD",
    ),
    *(
        "<5 %",
        "a < b and c > d",
        "x <y and z> w",
        "<unk> and <s>",
        "<http",
        "<- and ->",
        "O(n) <= O(n^2)",
        "i <b and c> d",
    ),
    *(
        "snake_case_name",
        "some_var and other_var",
        "{x} _ {y}",
        "__init__",
        "C++",
        "C# F*",
        "a == b and c == d",
        "# of",
    ),
    *("$5 and $10", "US$5 and US$7", "$A and $B$", "AT&T; R&D;", "rock & roll;", "&c.", "~5 and ~6", "a ~~ b", "a^b"),
    *("[12] (see)", "[sic](see note)", "[1] and [2]", "[[id|a *b* c]]", "[@s, *3*]", "https://x.org/a_b_c/*x*?a=_b_"),
    *(
        "Qur`an and `Umar",
        "``a'' and ``b''",
        "'`' sign",
        "- a dash alone",
        "1. January\nwas",
        "Ratio 1:2, 3~4",
        "@me_ _",
    ),
    *(r"\[[id", "@doe", "me@doe-2020", "https://x.org/@doe-2020", "[@s, p. 3]", "a[[0]]", "[@]"),
)


@pytest.mark.parametrize("what", MEANT)
def test_markup_is_noticed(what: str) -> None:
    found = {text: {sort for _, _, sort in typed_markup(text)} for text in MEANT[what]}
    assert found == {text: {what} for text in MEANT[what]}


def test_what_only_looks_like_it_is_not() -> None:
    assert {text: found for text in NOT_MEANT if (found := list(typed_markup(text)))} == {}


def test_every_field_of_ones_own_words_is_looked_at_at_its_place() -> None:
    interest = "interests: [{note: A *part* of it.}]\ncsl: {title-short: <i>Maps</i>}\n"
    rest = EVIDENCE.replace("A gap.", '"A **gap**."').replace("consulted", 'quote: "so *it* is", consulted')
    ledger = ledger_of(
        {
            "site.yml": "format: 1\ntitle: A *site*\n",
            "sources/s.yml": SOURCE.replace("Maps", "Maps of *E. coli*") + interest,
            "claims/x.yml": CLAIM.replace("It moves.", "It\n  **moves**.") + rest + 'note: "*mine*"\nbody: "*a*"\n',
        }
    )
    found = [problem for problem in checks.run(ledger) if problem.check == "markup-in-plain-text"]
    assert sorted((problem.span.path, problem.span.line, problem.span.column) for problem in found) == [
        ("claims/x.yml", 2, 3), ("claims/x.yml", 4, 62),
        ("site.yml", 2, 10),
        ("sources/s.yml", 2, 16), ("sources/s.yml", 7, 22), ("sources/s.yml", 8, 20), ("sources/s.yml", 8, 27),
    ]  # fmt: skip
