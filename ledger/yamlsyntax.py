"""libyaml's complaint about a text → what an editor did, where, and what to do about it.

In: the text, libyaml's words, and the places it names. Out: a Fault. libyaml stops where it can go no further, which
is often lines after the slip; from the text around that place the slip is guessed.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

ANCHOR_HINT: Final = "put the value in quotes if it is meant to begin with & or *"
TAG_HINT: Final = "put the value in quotes if it is meant to begin with !"
KEY_HINT: Final = "write `field: value`; a value that begins with [ or { goes in quotes"
QUOTE_HINT: Final = "put the value in quotes if it holds `: ` or ` #` or begins with one of [ { @ * & ! % | > ' \""
_ODD_SPACE: Final = re.compile(
    r"^[ ]*(?:- +)*(?:[\w-]+:|-)?([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])", re.MULTILINE
)
"""A wide, narrow or non-breaking space in front of a line, or behind the `:` or `-` that it begins with."""
_CURLY: Final = re.compile(
    r"[ ]*+(?>(?:-[ ]++)*)(?:[\w-]++:[ ]++)?([\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb])"
)
"""A value that begins with a quotation mark of another form than YAML knows."""
_ODD_COLON: Final = re.compile(r"[ ]*+(?>(?:-[ ]++)*)[\w-]++[ ]?([\uff1a\ua789\u2236])")
_ODD_DASH: Final = re.compile(r"[ ]*+([\u2010-\u2015\u2022\u2023\u2043\u2212\u00b7])[ ]")
COLUMN_HINT: Final = "begin all fields of one record or entry in the same column"


class Fault(NamedTuple):
    """One fault in the syntax: the check it belongs to, its place as offsets, what is wrong, what to do."""

    check: str
    start: int
    end: int
    message: str
    hint: str


class _Place(NamedTuple):
    """Where libyaml stopped (`at`), where what it was reading began (`opened`), and the last quoted value."""

    text: str
    at: int
    opened: int
    quoted: tuple[int, int]

    @property
    def line_start(self) -> int:
        return self.text.rfind("\n", 0, self.at) + 1

    @property
    def before(self) -> str:
        """What stands before the place on its line."""
        return self.text[self.line_start : self.at]

    def line_from(self, start: int) -> tuple[int, int]:
        """From a place to the end of what is written on its line."""
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        return start, max(start + 1, start + len(self.text[start:end].rstrip()))

    def words(self, start: int) -> str:
        return self.text[slice(*self.line_from(start))]


def explain_syntax(text: str, words: str, *, at: int, opened: int, quoted: tuple[int, int]) -> Fault:
    """What is wrong, given libyaml's words and offsets, and the place of the last quoted value that was read."""
    place = _Place(text, at, opened, quoted)
    if odd := _odd_space(place) or _odd_sign(place):
        return odd
    for part, explain in _EXPLANATIONS:
        if part in words:
            return _fault(place, *explain) if isinstance(explain, tuple) else explain(place)
    return Fault("invalid-yaml", at, at + 1, f"not readable as YAML: {words.strip('; ')}", QUOTE_HINT)


def _odd_space(place: _Place) -> Fault | None:
    """The last space before the place that looks like one and is none to YAML, where YAML wants one."""
    found = list(_ODD_SPACE.finditer(place.text, 0, place.line_from(place.at)[1]))
    if not found:
        return None
    start = found[-1].start(1)
    message = f"U+{ord(place.text[start]):04X} looks like a space, but YAML takes it for a letter"
    return Fault("invalid-yaml", start, start + 1, message, "use an ordinary space")


def _odd_sign(place: _Place) -> Fault | None:
    """A sign on the line, or on the one where it began, that only looks like one of YAML's."""
    for start in dict.fromkeys((place.line_start, place.text.rfind("\n", 0, place.opened) + 1)):
        for match, message, hint in _LOOKALIKES:
            if odd := match(place.text, start):
                at = odd.start(1)
                return Fault("invalid-yaml", at, at + 1, message.format(odd[1]), hint)
    return None


_LOOKALIKES: Final = (
    (_CURLY.match, "{} is a curly quotation mark, and YAML takes it for a letter",
     "put the whole value in straight quotes, \"…\" or '…'; curly ones may then stand inside"),
    (_ODD_COLON.match, "{} looks like a colon, but YAML takes it for a letter", "write an ordinary colon and a space"),
    (_ODD_DASH.match, "{} looks like a hyphen, but YAML takes it for a letter", "begin an item of a list with `- `"),
)  # fmt: skip


def _second_colon(place: _Place) -> Fault:
    before = place.before.rstrip(" \t")
    key = before.lstrip(" \t-") or before[-1:]
    if place.line_start and re.fullmatch(r"[\w-]+", key):
        start = place.line_start + len(before) - len(key)
        message = f"`{key}` is indented so far that it continues the value above"
        return Fault("invalid-yaml", start, place.at, message, f"{COLUMN_HINT}, or put the value above in quotes")
    message = "a value without quotes cannot hold `: `"
    return Fault("invalid-yaml", place.at, place.at + 1, message, "put the whole value in quotes")


def _bad_escape(place: _Place) -> Fault:
    start = place.text.rfind("\\", 0, place.at + 1)
    shown = re.match(r"\\(?:u\w{0,4}|U\w{0,8}|x\w{0,2}|.)?", place.text[start : start + 10])
    escape = shown[0] if shown else "\\"
    message = f"`{escape}` means no character"
    hint = "inside double quotes write \\\\ for a backslash, or put the value in single quotes"
    return Fault("invalid-yaml", start, start + len(escape), message, hint)


def _no_colon(place: _Place) -> Fault:
    start, end = place.line_from(place.opened)
    name = re.match(r"([A-Za-z_]\w*):\S", place.words(start))
    if name:
        hint = f"write `{name[1]}: …`"
        return Fault("invalid-yaml", start, start + name.end(1) + 1, "a space is missing after this colon", hint)
    if ":" in place.words(start):
        message = "the name of a field is at most 1,024 characters long"
        return Fault("bad-key", start, end, message, "check the quotes and the colon")
    message = "this line is neither `field: value` nor part of the value above"
    return Fault("invalid-yaml", start, end, message, "indent it to continue the value above, or add `: `")


def _no_key(place: _Place) -> Fault:
    first, last = place.quoted
    if "\n" in place.text[first:last] and not place.text[last : place.at].strip():
        message = "this quote is closed in the middle of a later line"
        return Fault("unclosed-quote", first, first + 1, message, "close it where the value ends")
    start, end = place.line_from(place.at)
    if place.before.strip(" -"):
        if re.match(r"[ \t-]*+(?:\w|(?<=-))[\w-]*+:[ \t]++[\[{]", place.before):
            message = "a value that begins with [ or { ends at its closing bracket"
            return Fault("invalid-yaml", start, end, message, "put the whole value in quotes")
        hint = "put the whole value in quotes; inside '…' write '' for ' and inside \"…\" write \\\" for \""
        return Fault("invalid-yaml", start, end, "the value ended before this", hint)
    if place.text[place.at : place.at + 1] == ":":
        return Fault("bad-key", start, start + 1, "the name of a field is missing before this colon", KEY_HINT)
    if place.text[place.at : place.at + 1] == "-":
        hint = "begin every `-` of one list in the same column"
        return Fault("invalid-yaml", start, end, "this list item does not line up with the ones above", hint)
    return Fault("invalid-yaml", start, end, "this line does not line up with the fields above", COLUMN_HINT)


def _no_document(place: _Place) -> Fault:
    if place.text.lstrip().startswith("%"):
        return _directive(place)
    start, end = place.line_from(place.at)
    if re.search(r"^\.\.\.", place.text[: place.at], re.MULTILINE):
        return Fault("second-document", start, end, "the line `...` above ended the record", "remove that line")
    return Fault("invalid-yaml", start, end, "this line does not line up with the fields above", COLUMN_HINT)


def _directive(place: _Place) -> Fault:
    start = place.text.index("%")
    return Fault("yaml-directive", *place.line_from(start), "YAML directives are not supported", "remove this line")


def _alias(place: _Place) -> Fault:
    """A value that begins with an asterisk: perhaps it was to be emphasised."""
    start = place.opened
    if place.text.startswith("* ", start) and not place.text[place.text.rfind("\n", 0, start) + 1 : start].strip():
        message = "an entry of a list begins with a hyphen, and YAML has another meaning for *"
        return Fault("yaml-alias", start, start + 1, message, "begin it with `- `")
    if re.match(r"\*{1,3}+[^*\n]{1,200}\*", place.text[start : start + 300]):
        message = "marks of emphasis are no part of a field, and YAML has another meaning for *"
        return Fault("yaml-alias", start, start + 1, message, "leave them out; only `body` is Markdown")
    return _fault(place, *_ANCHOR)


def _bad_start(place: _Place) -> Fault:
    char = place.text[place.at : place.at + 1]
    if char == "\t":
        return _fault(place, *_TAB)
    if place.before.endswith("["):
        message = "a value that begins with [ is a list"
        return Fault("invalid-yaml", place.at - 1, place.at + 1, message, "put the whole value in quotes")
    hint = f"put the value in quotes if it is meant to begin with {char}"
    return Fault("invalid-yaml", place.at, place.at + 1, f"a value cannot begin with {char}", hint)


def _fault(place: _Place, check: str, where: str, message: str, hint: str) -> Fault:
    """A fault of which all is known beforehand: `where` is what was opened or the place, as a character or a line."""
    start = place.opened if where.startswith("opened") else place.at
    stretch = place.line_from(start) if where.endswith("line") else (start, start + 1)
    return Fault(check, *stretch, message.format(place.text[start : start + 1]), hint)


_TAB: Final = ("tab-indent", "place", "a tab is used for indentation",
               "indent with spaces; most editors can be told to put them in for the Tab key")  # fmt: skip
_ANCHOR: Final = ("yaml-alias", "opened", "anchors (&) and aliases (*) are not supported", ANCHOR_HINT)
_TAG: Final = ("yaml-tag", "opened line", "tags (!) are not supported", TAG_HINT)
# a part of libyaml's words → our explanation, worked out or known beforehand; the first that fits is taken
_EXPLANATIONS: Final[tuple[tuple[str, Callable[[_Place], Fault] | tuple[str, str, str, str]], ...]] = (
    ("found unknown escape", _bad_escape),
    ("invalid Unicode character escape", _bad_escape),
    ("did not find expected hexdecimal number", _bad_escape),
    ("quoted scalar", ("unclosed-quote", "opened", "this quote is never closed",
                       "close it where the value ends; two single quotes '' mean one inside '…'")),
    ("tab character", _TAB),
    ("cannot start any token", _bad_start),
    ("expected node content", _bad_start),
    ("mapping keys are not allowed", _bad_start),
    ("mapping values are not allowed", _second_colon),
    ("found unexpected ':'", _second_colon),
    ("could not find expected ':'", _no_colon),
    ("block sequence entries are not allowed", (
        "invalid-yaml", "line", "a list cannot begin on the line of its field",
        "put the list on the lines below the field; put the value in quotes if it begins with `- `")),
    ("scanning an anchor", _ANCHOR),
    ("scanning an alias", _alias),
    ("scanning a tag", _TAG),
    ("parsing a tag", _TAG),
    ("tag handle", _TAG),
    ("scanning a directive", _directive),
    ("YAML document", _directive),
    ("directive", _directive),
    ("<document start>", _no_document),
    ("scanning a block scalar", (
        "invalid-yaml", "line", "after | or > the line must end",
        "put the text on the lines below, indented; put the value in quotes if it begins with | or >")),
    ("did not find expected ',' or", (
        "invalid-yaml", "opened", "this {} is never closed, or a comma is missing in it",
        "close it, or put the value in quotes if it is text")),
    ("did not find expected '-' indicator", (
        "invalid-yaml", "line", "this line lines up with a list but does not begin with `- `",
        "line it up with the fields of the item above, or begin it with `- `")),
    ("did not find expected key", _no_key),
)  # fmt: skip
