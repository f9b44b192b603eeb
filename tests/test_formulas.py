"""Formulas in bodies: which dollar signs mean one, what is drawn of it, what is refused, and where it goes."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, EVIDENCE, SOURCE, data_of, ledger_of, pages_of, seen_from, site_of

from ledger import formulas
from ledger.formulas import Drawn, Unread, draw
from ledger.markup import Link, body, findings
from ledger.references import Formula, Reference, inline, scan


def resolve(reference: Reference) -> Link:
    return Link(f"../{reference.target}.html", "T", note="N")


def tex(text: str) -> list[str]:
    """The formulas of a text, those by themselves between two dollar signs."""
    return [f"$${f.tex}$$" if f.display else f.tex for f in inline(text) if isinstance(f, Formula)]


def drawn(written: str, *, display: bool = False) -> Drawn:
    made = draw(written, display=display)
    assert isinstance(made, Drawn), made
    return made


# --- which dollar signs mean a formula ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "prose",
    [
        "between $5 and $10",
        "$20,000 and $30,000",
        "$5-$10 million, US$5, A$ and C$",
        "from US$5 to US$7, then NZ$",
        "It is $ 5 or 6 $.",
        "one $ alone",
        r"\$x\$ and \$5 and 6\$",
        "`$x$` and ``$y$``",
        "```\n$x$\n```",
        "    $x$",
        "$a\n\nb$",
        "[words](https://example.org/$x$/y)",
        "<https://example.org/$x$>",
        "$`x`$",
        "$$",
        "$$$$",
        "$$ a\n\n b $$",
    ],
)
def test_prose_stays_prose(prose: str) -> None:
    assert tex(prose) == []
    assert "<math" not in body(prose, resolve)
    assert [f for f in findings(prose) if f.check == "unread-formula"] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a $x$ b $y+1$, ($z$)", ["x", "y+1", "z"]),
        ("costs $5, and $n$ of them", ["n"]),
        ("$x$-axis, the $n$th", ["x", "n"]),
        ("公式$x$是", ["x"]),
        ("$a\nb$", ["a b"]),
        (r"$\$5 + x$", [r"\$5 + x"]),
        ("$$x$$", ["$$x$$"]),
        ("a $$ x $$ b", ["$$x$$"]),
        ("$$\na\n+ b\n- c\n$$\n\n$d$", ["$$a + b - c$$", "d"]),
        ("> $$\n> a > b\n> $$", ["$$a > b$$"]),
        ("- item\n\n    $$\n    a\n    $$\n", ["$$a$$"]),
        ("|a|b|\n|-|-|\n|$x|y$|2|", ["x|y"]),
        ("[words $x$](b.html)", ["x"]),
    ],
)
def test_a_formula(text: str, found: list[str]) -> None:
    assert tex(text) == found
    assert body(text, resolve).count("<math") == len(found)


def test_what_stands_in_a_formula_is_no_reference() -> None:
    text = "$[[0,1],[1,0]]$ and [[a]]"
    assert [reference.target for reference in scan(text, markdown=True)] == ["a"]


def test_a_dollar_sign_after_a_backslash_is_shown_alone() -> None:
    assert body(r"It costs \$5.", resolve) == "<p>It costs $5.</p>"


# --- what is drawn ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "html", "words"),
    [
        ("x", "<math><mi>x</mi></math>", "x"),
        ("10^{25}", "<math><msup><mn>10</mn><mn>25</mn></msup></math>", "10^25"),
        ("a<b", "<math><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>", "a < b"),
        (r"\frac12", "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "1/2"),
        (r"\mathbb{R}", "<math><mi>ℝ</mi></math>", "ℝ"),
        (r"\mathbf{xy}", "<math><mrow><mi>𝐱</mi><mi>𝐲</mi></mrow></math>", "𝐱𝐲"),
        (
            r"L_{\mathrm{test}}",
            '<math><msub><mi>L</mi><mi mathvariant="normal">test</mi></msub></math>',
            "L_test",
        ),
    ],
)
def test_drawing(written: str, html: str, words: str) -> None:
    assert drawn(written) == Drawn(html, words)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (r"L(N,D)=E+\frac{A}{N^\alpha}+\frac{B}{D^{\beta}}", "L(N, D) = E + A/N^α + B/D^β"),
        (r"\sum_{i=1}^n \hat{x}_i", "∑_(i = 1)^n x̂_i"),
        (r"\sqrt{x+1}, \sqrt[3]{x}", "√(x + 1), root(x, 3)"),
        (r"\frac{a+b}{2}", "(a + b)/2"),
        (r"f''(x) \neq 0", "f″(x) ≠ 0"),
        (r"\log x \text{ if } x>0", "log x if x > 0"),
        (r"\begin{aligned}a&=b\\c&=d\end{aligned}", "a = b; c = d"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "(1, 2; 3, 4)"),
        (r"\mathbb{E}_{x\sim p}[x]", "𝔼_(x ∼ p)[x]"),
        (r"y \not= z \not\in S", "y ≠ z ∉ S"),
        (r"\left(\frac{N_c}{N}\right)^{\alpha_N}", "(N_c/N)^α_N"),
        (r"10\%", "10%"),
    ],
)
def test_a_formula_in_words(written: str, words: str) -> None:
    assert drawn(written).words == words
    assert drawn(written, display=True).words == words


def test_limits_stand_below_where_there_is_room() -> None:
    assert "<munder><mo>lim</mo>" in drawn(r"\lim_{x\to 0} f", display=True).html
    assert "<msub><mo>lim</mo>" in drawn(r"\lim_{x\to 0} f").html
    assert '<math display="block">' in drawn("x", display=True).html


def test_every_command_that_is_said_to_be_read_is_known() -> None:
    used = {
        **dict.fromkeys((*formulas._TEXT, *formulas._FONTS, *formulas._ACCENTS), "{x}"),
        **dict.fromkeys(formulas._BUILT, "{x}{y}"),
        **dict.fromkeys(formulas._SIZES, "("),
        "sqrt": "[3]{x}",
        "substack": r"{a\\b}",
        "not": r"\in",
        "pmod": "{n}",
    }
    within = {
        **{name: rf"\sum\{name}_a^b" for name in ("limits", "nolimits")},
        **{name: rf"\begin{{aligned}}x\{name}\end{{aligned}}" for name in ("nonumber", "notag")},
        **dict.fromkeys(("left", "middle", "right"), r"\left(a\middle|b\right)"),
    }
    written = {name: within.get(name, rf"\{name}{used.get(name, ' x')}") for name in formulas.COMMANDS}
    assert {name: made for name in written if isinstance(made := draw(written[name]), Unread)} == {}


@pytest.mark.parametrize("name", formulas.ENVIRONMENTS)
def test_every_environment(name: str) -> None:
    columns = "{lr}" if name == "array" else ""
    assert drawn(rf"\begin{{{name}}}{columns}a&b\\c&d\end{{{name}}}").html.count("<mtr>") == 2


# --- what is not --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (r"\foo x", r"'\foo' is not read"),
        (r"\newcommand{\a}{\b\b}", r"'\newcommand' is not read"),
        (r"\def\a{\a\a}\a", r"'\def' is not read"),
        (r"\href{javascript:x}{y}", r"'\href' is not read"),
        (r"\style{color:red}{x}", r"'\style' is not read"),
        (r"\class{a}{x}", r"'\class' is not read"),
        (r"\textcolor{red}{x}", r"'\textcolor' is not read"),
        (r"\unicode{x202e}", r"'\unicode' is not read"),
        (r"\hspace{999em}", r"'\hspace' is not read"),
        (r"\rule{9em}{9em}", r"'\rule' is not read"),
        (r"a \over b", r"'\over' is not read"),
        (r"\verb|x|", r"'\verb' is not read"),
        (r"\text{a{b}c}", r"'\text' is not read"),
        ("x % y", "'%' is not read"),
        (r"\begin{tikzpicture}x\end{tikzpicture}", "the environment 'tikzpicture' is not read"),
        ("{x", "'}' is missing"),
        ("x}", "'}' closes nothing"),
        (r"\left(x", r"'\right' is missing"),
        (r"\begin{cases}x", r"'\end{cases}' is missing"),
        (r"\begin{cases}x\end{matrix}", r"'\end{matrix}' closes nothing"),
        (r"a & b", "'&' is outside of an environment"),
        (r"a \\ b", r"'\\' is outside of an environment"),
        (r"\frac{a}", "something is missing"),
        (r"\sqrt", "something is missing"),
        ("x^", "missing super script"),
        ("x^2^3", "double superscripts"),
        ("x" * 1001, "1,001 characters: at most 1,000"),
        ("{" * 9 + "x" + "}" * 9, "nested more than 8 deep"),
        ("_" * 5 + "x", "more than 4 commands in a row"),
        (r"\hat" * 100 + " x", "more than 4 commands in a row"),
        ("5 million or more", "words without \\text: '5 million'"),
        ("x is the learning rate", "words without \\text"),
    ],
)
def test_what_is_not_read(written: str, why: str) -> None:
    made = draw(written)
    assert isinstance(made, Unread)
    assert why in made.message


def test_what_is_not_read_is_shown_as_it_was_written_and_found_where_it_is() -> None:
    text = "It is $x$, not $\\foo <b>\ny$ or [[a]]."
    (found,) = findings(text)
    assert found.check == "unread-formula"
    assert text[found.start : found.end] == "$\\foo <b>\ny$"
    assert "'\\foo' is not read" in found.message
    assert "not $\\foo &lt;b&gt;\ny$ or <a" in body(text, resolve)


def test_a_body_has_so_many_formulas_and_no_more() -> None:
    assert findings("$x$ " * 300) == ()
    (many,) = findings("$x$ " * 301)
    assert (many.check, many.message[:25]) == ("markup-limit", "301 formulas in a body: a")
    (long,) = findings(("$" + "x" * 900 + "$\n\n") * 9)
    assert "8,100 characters in the formulas of a body" in long.message


# --- harm ---------------------------------------------------------------------------------------------------------

ALLOWED = {tag: set(names) for tag, names in formulas._ALLOWED.items()}
MARKS = [
    *"{}^_&'$%#\\<>\"ax1 +()[]|~",
    "\\\\",
    "\\frac",
    "\\sqrt",
    "\\left",
    "\\right",
    "\\begin{matrix}",
    "\\end{matrix}",
]
MARKS += [
    "\\text{",
    "\\mathbf{",
    "\\hat",
    "\\not",
    "\\operatorname{",
    "\\sum",
    "&#x3c;",
    "&#xD800;",
    "\ufdd00\ufdd1",
    "\x02",
]
MARKS += [
    "\\color{",
    "\\href{x}",
    "\\def",
    "\\newcommand{",
    "\\substack{",
    "\\big",
    "\\limits",
    "\\unicode{",
    "\\style{",
]


class Judge(HTMLParser):
    """What no formula may hold."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag not in ALLOWED else [name for name, _ in attrs if name not in ALLOWED[tag]]


@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join), st.booleans())
def test_any_formula_is_safe_or_refused(written: str, by_itself: bool) -> None:  # noqa: FBT001
    made = draw(written, display=by_itself)
    if isinstance(made, Drawn):
        assert Judge(made.html).found == []
        assert formulas._CLEANER.clean(made.html) == made.html
        assert len(made.html) <= formulas.LARGEST
        assert not re.search("[\x00-\x08\ud800-\udfff\ufdd0-\ufdef]", made.html + made.words)


@given(st.lists(st.sampled_from(MARKS), max_size=12).map("".join), st.integers(2, 200))
def test_repetition_makes_nothing_fall_over(written: str, times: int) -> None:
    draw((written * times)[: formulas.LONGEST])


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&#x3c;b&#x3e;"])
@pytest.mark.parametrize("context", ["{}", "\\text{{{}}}", "\\mathbf{{{}}}", "x_{{{}}}", "\\operatorname{{{}}}"])
def test_no_tag_comes_of_a_formula(attack: str, context: str) -> None:
    written = context.format(attack)
    for text in (f"${written}$", f"$${written}$$", f"# ${written}$", f"[a](b '${written}$')"):
        shown = re.sub(' alttext="[^"]*"', "", body(text, resolve))
        assert not re.search("<(script|img|b)|onerror=[^<]*>(?<!&gt;)", shown.replace("&#34;", '"').split("title=")[0])
        assert "<script" not in shown
        assert "<img" not in shown


# --- where it goes ------------------------------------------------------------------------------------------------

LAW = "$$\nL(N, D) = E + \\frac{A}{N^{\\alpha}} + \\frac{B}{D^{\\beta}} + \\frac{C}{M^{\\gamma}} + \\varepsilon\n$$"
TEXT = f"It costs $5 to $10, says [@s].\n\n{LAW}\n\nHere $N<M$ is the count [@s].\n"
RECORDS = {
    "claims/x.yml": CLAIM + EVIDENCE + "body: |\n" + "".join(f"  {line}\n" for line in TEXT.split("\n")),
    "sources/s.yml": SOURCE,
    "pages/p.md": f"---\ntitle: Laws\n---\n## The law $x^2$\n\n{TEXT}\n- $\\sqrt{{x}}$\n\n|a|b|\n|-|-|\n|$|x|$|[@s]|\n",
}
IN_SIGNS = "L(N, D) = E + A/N^α + B/D^β + C/M^γ + ε"


def test_search_and_previews_hold_words() -> None:
    ledger = ledger_of(RECORDS)
    assert seen_from(ledger, "index.html").body_words("$N<M$") == "N < M"
    found = data_of(ledger, "search-data.js", "previews/*")
    assert IN_SIGNS in found["search-data.js"].decode()
    assert "$$" not in found["search-data.js"].decode()


def test_a_sentence_that_cites_holds_words() -> None:
    page = site_of(ledger_of(RECORDS))["sources/s.html"].decode()
    assert "Here N &lt; M is the count" in page


def test_data_and_markdown_keep_what_was_written() -> None:
    files = data_of(ledger_of(RECORDS), "claims/x.*")
    record = json.loads(files["claims/x.json"])
    assert LAW in json.dumps(record, ensure_ascii=False).replace("\\n", "\n").replace("\\\\", "\\")
    said = TEXT.replace("\n", "\n  ")
    controversy = f"title: C\nquestion: Is it?\nstatus: active\nbody: |\n  {said}\n"
    ledger = ledger_of({**RECORDS, "controversies/c.yml": controversy})
    written = pages_of(ledger, "controversies/c/story.md")["controversies/c/story.md"].decode()
    assert " ".join(LAW.split()) in written
    assert "Here `$N<M$` is the count" in written


def written_to(folder: Path) -> Path:
    """The site of the records above, in a folder."""
    for address, data in site_of(ledger_of(RECORDS)).items():
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_bytes(data)
    return folder


def test_a_wide_formula_is_in_a_frame_that_is_named() -> None:
    shown = body(LAW, resolve)
    assert f'<span class="formula display wide" role="group" aria-label="{IN_SIGNS}" tabindex="0"><math' in shown
    assert body("$x$", resolve).startswith('<p><math alttext="$x$">')
