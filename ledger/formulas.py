"""TeX formulas → MathML that browsers draw without a script, and words for where there is no markup.

In: what stands between the dollar signs. Out: MathML, and the formula in a line of plain signs; or why it cannot be
read. A stranger may have written it, so it is looked at before the library gets it: only commands of `COMMANDS` and
names of signs pass (none defines another, takes an address, a style or a length), within bounds for its length, its
nesting and its size as MathML. What comes out holds the elements and attributes of `_ALLOWED` and nothing else.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

import nh3

from ledger.formula_words import in_a_line
from ledger.references import clean


class Drawn(NamedTuple):
    """A formula as MathML, and in a line of plain signs."""

    html: str
    words: str

    @property
    def wide(self) -> bool:
        """Whether it may be wider than a narrow screen."""
        return len(self.words) > _WIDE


class Unread(NamedTuple):
    """Why a formula cannot be read, and what to do about it."""

    message: str
    hint: str


LONGEST = 1_000
"""How many characters a formula may have."""
DEEPEST = 8
"""How many braces, environments and `\\left` may stand within each other."""
MOST_IN_A_ROW = 4
"""How many commands, `^` and `_` may follow each other, each applied to the next."""
_WIDE = 30
LARGEST = 40_000
"""How many characters of MathML one formula may become."""

ENVIRONMENTS = (
    *("aligned", "align", "align*", "split", "cases", "array", "smallmatrix"),
    *("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix"),
)
_TEXT = ("text", "textbf", "textit", "textrm", "mathrm", "operatorname")
_FONTS = ("mathbb", "mathbf", "mathcal", "mathfrak", "mathit", "mathrm", "mathscr", "mathsf", "mathtt", "boldsymbol")
_ACCENTS = (
    *("acute", "bar", "breve", "check", "dot", "ddot", "grave", "hat", "tilde", "vec", "widehat", "widetilde"),
    *("dddot", "ddddot", "mathring", "overline", "underline", "underbar", "overbrace", "underbrace", "overbracket"),
    *("underbracket", "overparen", "underparen", "overrightarrow", "overleftarrow", "overleftrightarrow"),
    *("underrightarrow", "underleftarrow"),
)
_BUILT = ("frac", "dfrac", "tfrac", "cfrac", "binom", "sqrt", "overset", "underset", "stackrel", "substack", "not")
_FUNCTIONS = (
    *("arccos", "arcsin", "arctan", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd", "hom"),
    *("inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec", "sin", "sinh", "sup"),
    *("tan", "tanh", "arg", "argmax", "argmin", "bmod", "pmod", "limits", "nolimits"),
)
_SIZES = tuple(f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m"))
_SPACES = ("quad", "qquad", "thinspace", "nonumber", "notag")
COMMANDS = frozenset(("left", "right", "middle", *_TEXT, *_FONTS, *_ACCENTS, *_BUILT, *_FUNCTIONS, *_SIZES, *_SPACES))
"""What a formula may hold beside the names of signs, such as `\\alpha` and `\\leq`."""
_TAKERS = frozenset(("^", "_", *(f"\\{name}" for name in (*_FONTS, *_ACCENTS, *_BUILT, "pmod", "operatorname"))))

_TOKEN = re.compile(
    r"\\(?:begin|end)\s*\{(?P<environment>[^{}]*+)\}"
    rf"|\\(?:{'|'.join(_TEXT)})\*?\s*(?P<text>\{{[^{{}}\\$&#%~^_]*+\}})"
    r"|\\[A-Za-z]++|\\.|\S"
)
_PROSE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,} [A-Za-z]{2,}|\b\d[\d.,]*[A-Za-z]* [a-z]{2,}(?= |\Z)")
_ESCAPED = frozenset("\\,:;!>| {}%$&#_")


def draw(tex: str, *, display: bool = False) -> Drawn | Unread:
    """A formula in a line of text or, with `display`, by itself."""
    tex = " ".join(tex.split())
    return _refused(tex) or _drawn(tex, display=display)


# Before the library


def _refused(tex: str) -> Unread | None:
    if len(tex) > LONGEST:
        return Unread(f"{len(tex):,} characters: at most {LONGEST:,} are read", "divide the formula")
    tokens = [*_TOKEN.finditer(tex)]
    said = next(filter(None, (look(tokens) for look in (_unknown, _unbalanced, _piled))), None)
    prose = _PROSE.search(_TOKEN.sub(lambda token: " + " if token["text"] else token[0], tex))
    if said is None and prose:
        return Unread(f"words without \\text: '{prose[0]}'", _IN_PROSE)
    return said


_IN_PROSE = "put words in \\text{…}; a dollar sign that is no mathematics is written \\$"
_KNOWN = "write it with other commands; a dollar sign that is no mathematics is written \\$"


def _unknown(tokens: Sequence[re.Match[str]]) -> Unread | None:
    """A command, environment or sign that is not read."""
    for token in tokens:
        name = token[0]
        if token["environment"] is not None:
            if token["environment"] not in ENVIRONMENTS:
                return Unread(f"the environment '{token['environment'][:40]}' is not read", _KNOWN)
        elif token["text"] is None and (name in _NEVER or not _may_stand(name)):
            return Unread(f"'{name[:40]}' is not read", _KNOWN)
    return None


_NEVER = frozenset(("%", "#", "\\", *(f"\\{name}" for name in _TEXT if name != "mathrm")))
"""What stands for a comment, a parameter and nothing; and commands for words that no words follow in braces."""


def _may_stand(token: str) -> bool:
    if not token.startswith("\\"):
        return True
    name = token[1:]
    return name in (COMMANDS if name.isalpha() else _ESCAPED) or _is_sign(token)


def _is_sign(command: str) -> bool:
    """Whether it is the name of one sign that can be seen."""
    from latex2mathml.symbols_parser import convert_symbol  # as in `_drawn`

    code = convert_symbol(command)
    return bool(code) and re.fullmatch("[0-9A-F]+", code or "") is not None and chr(int(code or "", 16)).isprintable()


_OPENING = re.compile(r"\{|\\left\b|\\begin\b")
_CLOSING = {"{": "}", "\\left": "\\right"}


def _unbalanced(tokens: Sequence[re.Match[str]]) -> Unread | None:
    """What is opened and not closed in its turn, or nested too deep; a row or column outside of an environment."""
    expected: list[str] = []
    for token in tokens:
        said = "".join(token[0].split())
        if token["text"] is not None:
            continue
        if opening := _OPENING.match(said):
            expected.append(_CLOSING.get(opening[0]) or said.replace("begin", "end", 1))
        elif said in ("}", "\\right") or said.startswith("\\end{"):
            if not expected or expected.pop() != said:
                return Unread(f"'{said}' closes nothing", "every brace, \\left and \\begin needs its other half")
        elif said in ("&", "\\\\") and not any(open_.startswith("\\end{") or open_ == "}" for open_ in expected):
            return Unread(f"'{said}' is outside of an environment", "begin one: \\begin{aligned} … \\end{aligned}")
        if len(expected) > DEEPEST:
            return Unread(f"it is nested more than {DEEPEST} deep", "write it in parts")
    if expected:
        return Unread(f"'{expected[-1]}' is missing", "every brace, \\left and \\begin needs its other half")
    return None


def _piled(tokens: Sequence[re.Match[str]]) -> Unread | None:
    """Too many commands in a row, each applied to the next."""
    row = 0
    for token in tokens:
        row = row + 1 if token[0] in _TAKERS else 0
        if row > MOST_IN_A_ROW:
            return Unread(f"more than {MOST_IN_A_ROW} commands in a row", "use braces, or write it in parts")
    return None


# The library, and what is taken from it

_LENGTH = re.compile("-?[0-9]?[.]?[0-9]{1,3}(?:em)?").fullmatch
_FLAG = re.compile("true|false").fullmatch
_OPERATOR = dict.fromkeys(("stretchy", "fence", "movablelimits", "largeop"), _FLAG)
_ALLOWED: dict[str, dict[str, Callable[[str], object]]] = {
    **{tag: {} for tag in ("mrow", "mn", "mtext", "msub", "msup", "msubsup", "msqrt", "mroot", "mtable", "mtr")},
    "math": {"display": re.compile("block").fullmatch},
    "mi": {"mathvariant": re.compile("normal").fullmatch},
    "mo": {**_OPERATOR, "form": re.compile("prefix|postfix").fullmatch, "minsize": _LENGTH, "maxsize": _LENGTH},
    "mspace": {"width": _LENGTH},
    "mpadded": {"width": re.compile("0").fullmatch},
    "mfrac": {"linethickness": re.compile("0").fullmatch},
    "mover": {"accent": _FLAG},
    "munder": {},
    "munderover": {},
    "mtd": {"columnalign": re.compile("left|right|center").fullmatch},
    "mstyle": {"displaystyle": _FLAG, "scriptlevel": re.compile("[0-2]").fullmatch},
}
_CLEANER = nh3.Cleaner(
    tags=set(_ALLOWED),
    attributes={tag: set(names) for tag, names in _ALLOWED.items() if names},
    attribute_filter=lambda tag, name, value: value if _ALLOWED[tag][name](value) else None,
    link_rel=None,
)
_AS_READ = (
    (re.compile(r"(\\(?:begin|end)\s*\{)align(?:ed)?(?=\})"), r"\1align*"),
    (re.compile(r"\\mathrm(?=\{)"), r"\\mathrm "),
    (re.compile(r"\\not ?="), r"\\neq "),
    (re.compile(r"\\arg(?![A-Za-z])"), r"\\operatorname{arg}"),
)
"""What the library does not know or takes for something else, in the way that it reads it."""


def _drawn(tex: str, *, display: bool) -> Drawn | Unread:
    from latex2mathml.converter import convert_to_element  # few bodies hold a formula

    for written, read in _AS_READ:
        tex = written.sub(read, tex)
    try:
        math = convert_to_element(tex, display="block" if display else "inline")
    except Exception as reason:  # the library raises whatever it stumbles upon
        return Unread(_in_words(reason), _COMPARE)
    if unsound := _unsound(math):
        return unsound
    _settle(math, display=display)
    drawn = _CLEANER.clean("".join(_markup(math)))
    if len(drawn) > LARGEST:
        return Unread(f"{len(drawn):,} characters as MathML: at most {LARGEST:,} are shown", "divide the formula")
    return Drawn(drawn, in_a_line(math))


def _in_words(reason: Exception) -> str:
    """`MissingSuperScriptOrSubscriptError` → `missing super script or subscript`."""
    name = type(reason).__name__.removesuffix("Error")
    known = type(reason).__module__.startswith("latex2mathml") and name != "NoAvailableTokens"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower() if known else _MISSING


_MISSING = "something is missing or in the wrong place"
_COMPARE = "look for a part that was left out"
_PARTS = {"msub": 2, "msup": 2, "mfrac": 2, "mroot": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
_DEEPEST_TREE = 100


def _unsound(math: Element) -> Unread | None:
    """What the library passed on because it does not know it, an element that lacks a part, or too deep a tree."""
    level, depth = [math], 0
    while level:
        for element in level:
            text = element.text or ""
            if element.tag not in _ALLOWED or (element.tag == "mi" and text.startswith("\\")):
                return Unread(f"'{text[:40] or element.tag}' is not read", _KNOWN)
            if _PARTS.get(element.tag, len(element)) != len(element):
                return Unread(_MISSING, _COMPARE)
        level, depth = [inner for element in level for inner in element], depth + 1
        if depth > _DEEPEST_TREE:
            return Unread("it is nested too deep", "write it in parts")
    return None


_REFERENCE = re.compile("&#x[0-9A-Fa-f]{1,6};")
_WIDTHS = {"thinmathspace": "0.167em", "thickmathspace": "0.278em", "negativethinmathspace": "-0.167em"}


def _settle(math: Element, *, display: bool) -> None:
    """The tree as browsers take it: text in plain signs, letters of a font as signs of their own, names in one."""
    math.attrib.clear()
    if display:
        math.set("display", "block")
    for element in math.iter():
        text = _REFERENCE.sub(lambda found: html.unescape(found[0]), element.text or "")
        element.text = clean(text)
        font = element.get("mathvariant", "")
        if font and font != "normal":
            element.text = "".join(styled(char, font) for char in element.text)
            del element.attrib["mathvariant"]
        if element.get("width") in _WIDTHS:
            element.set("width", _WIDTHS[element.get("width", "")])
        if element.tag == "mo" and element.text == "-":
            element.text = "−"
        # A bracket or a relation that the library took for a letter.
        is_sign = len(element.text) == 1 and unicodedata.category(element.text) in ("Sm", "Ps", "Pe")
        if element.tag == "mi" and (is_sign or element.text in ("~", ":")):
            element.tag, element.text = "mo", "∼" if element.text == "~" else element.text
            element.set("stretchy", "false")
    for element in math.iter("mrow"):
        _join_names(element)
        _space_functions(element)
    for element in math.iter() if display else ():
        base = element[0] if element.tag in _UNDER else None
        if base is not None and base.tag == "mo" and (len(base.text or "") > 1 or base.text in _LARGE):
            element.tag = _UNDER[element.tag]


_UNDER = {"msub": "munder", "msubsup": "munderover"}
"""Where limits stand where there is room: those of `∑`, `lim`, `max` and their like."""
_LARGE = frozenset("∑∏∐⋃⋂⋁⋀⨁⨂")


def _join_names(row: Element) -> None:
    """Upright letters side by side are one name."""
    before: Element | None = None
    for element in list(row):
        upright = element.tag == "mi" and element.get("mathvariant") == "normal"
        if before is not None and upright:
            before.text = f"{before.text}{element.text}"
            row.remove(element)
        else:
            before = element if upright else None


def _space_functions(row: Element) -> None:
    """A thin space between the name of a function and what it is of, unless that stands in brackets."""
    for at, (element, after) in reversed([*enumerate(pairwise(list(row)))]):
        if element.tag == "mi" and len(element.text or "") > 1 and after.tag not in ("mo", "mspace"):
            row.insert(at + 1, Element("mspace", width=_WIDTHS["thinmathspace"]))


_STYLES = {
    "bold": "BOLD", "italic": "ITALIC", "bold-italic": "BOLD ITALIC", "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT", "fraktur": "FRAKTUR", "sans-serif": "SANS-SERIF", "monospace": "MONOSPACE",
}  # fmt: skip
_BLACK_LETTER = {"FRAKTUR": "BLACK-LETTER"}
"""Old signs outside of the block of mathematical letters, which has gaps for them."""


def styled(char: str, font: str) -> str:
    """The letter or digit of a font, as a sign of its own; the character itself where there is none."""
    name, style = unicodedata.name(char, "").replace("LATIN ", "").replace("GREEK ", ""), _STYLES.get(font, "")
    name = name.replace(" LETTER", "")
    older = f"{_BLACK_LETTER.get(style, style)} {name}"
    for wanted in (f"MATHEMATICAL {style} {name}", older if style and name else ""):
        try:
            return unicodedata.lookup(wanted)
        except KeyError:
            continue
    return char


def _markup(element: Element) -> Iterator[str]:
    if element.tag == "mrow" and len(element) == 1:
        yield from _markup(element[0])
        return
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in element.attrib.items())
    yield f"<{element.tag}{attributes}>{html.escape(element.text or '', quote=False)}"
    for inner in element:
        yield from _markup(inner)
    yield f"</{element.tag}>"
