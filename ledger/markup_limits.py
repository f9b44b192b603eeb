"""What a Markdown body may not hold: what is refused, dropped, shown, over a limit, or read otherwise elsewhere.

In: a body without its references, formulas and code, and the addresses that were refused. Out: findings with offsets
in it. There are limits because Python-Markdown takes more than linear time on some texts. CommonMark 0.31 (sections 5.2
and 5.3) nests lists by two spaces where Python-Markdown wants four.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ledger.references import (
    CALLED_LOOSE,
    CALLED_OPEN,
    HINT_LOOSE,
    HINT_OPEN,
    LOOSE_CITATION,
    OPEN,
    OPEN_REFERENCE,
    TOKEN,
    Code,
    Formula,
    Inline,
    scan,
)


class Finding(NamedTuple):
    """What a body may not hold: the check, the place as offsets in the body, the message and a hint."""

    check: str
    start: int
    end: int
    message: str
    hint: str


def without(text: str, stretches: Iterable[Inline | Code]) -> str:
    """The text with some stretches blanked out and its lines ended by LF; every offset stays."""
    parts, last = [], 0
    for stretch in sorted(stretches, key=lambda s: s.start):
        parts += [text[last : stretch.start], _blank(stretch)]
        last = stretch.end
    return "".join([*parts, text[last:]]).replace("\r\n", " \n").replace("\r", "\n")


def _blank(stretch: Inline | Code) -> str:
    """Lines of their own become empty lines, as Python-Markdown sees them; anything else one long word."""
    filler = "\n" if isinstance(stretch, Code) and stretch.form == "fence" else OPEN
    return filler * (stretch.end - stretch.start)


def unsafe_links(prose: str, refused: list[tuple[str, str]]) -> Iterator[Finding]:
    """The addresses that the link policy refused, where they stand."""
    seen: dict[str, int] = {}
    for written, reason in refused:
        start = prose.find(written, seen.get(written, 0)) if written else -1
        end = start + len(written) if start >= 0 else len(prose)
        seen[written] = end
        shown = TOKEN.sub("[[…]]", html.unescape(written))[:80]
        message = f"a link may not have the address '{shown}': {reason}"
        hint = "write an https, http, mailto or relative address; link to a record with [[id]]"
        yield Finding("unsafe-link", max(start, 0), end, message, hint)


_UNSUPPORTED = (
    ("raw-html", re.compile(r"(?<!\]\()</?[A-Za-z][A-Za-z0-9-]*+(?:[\s/][^<>]*+)?>|<!--|<!\[CDATA\[|<[!?][A-Za-z]"),
     "raw HTML is shown as text", "write Markdown, or put the HTML in backticks"),
    ("unsupported-markup", re.compile(r"!\[[^\[\]]*+\][(\[]"),
     "an image is shown as text", "link to the image, or describe it"),
    ("unsupported-markup", re.compile(r"\[\^[^\[\]\s]++\]"),
     "a footnote is shown as text", "cite a source with [@source-id], or say it in the text"),
    ("unsupported-markup", re.compile(OPEN_REFERENCE), f"{CALLED_OPEN} is shown as text", HINT_OPEN),
    ("unsupported-markup", re.compile(LOOSE_CITATION), f"{CALLED_LOOSE} is shown as text", HINT_LOOSE),
    ("unsupported-markup", re.compile(r"^ {0,3}\[[^\[\]^][^\[\]]*+\]:[ \t]*\S", re.MULTILINE),
     "a link definition is shown as text", "write the address in the link: [words](address)"),
    ("unsupported-markup", re.compile(rf"(?<![^\s>|])![{OPEN}]++"),
     "what is embedded with `!` is not shown", "remove the `!`: that leaves a link to the record"),
    ("unsupported-markup", re.compile(r"(?<![~\\])~~(?=[^\s~])[^~\n]++(?<=\S)~~(?!~)"),
     "struck-out text is shown with its marks", "say that it no longer holds, or leave it out"),
    ("unsupported-markup", re.compile(r"(?<![\w=])==(?=[^\s=])[^=\n]++(?<=\S)==(?![\w=])"),
     "marked text is shown with its marks", "use **strong words**"),
    ("unsupported-markup", re.compile(r"^[ \t>]*+(?:[-*+]|\d++[.)])[ \t]++\[[ xX]\](?=[ \t])", re.MULTILINE),
     "a box to tick is shown as text", "write a plain list, or say what is done"),
    ("unsupported-markup", re.compile(r"^[ \t]*+>[ \t>]*+\[![A-Za-z]++\]", re.MULTILINE),
     "the name of a callout is shown as text", "begin the quotation with a word, as `> **Note.** …`"),
    ("unsupported-markup", re.compile(r"^(?::{3,}+[ \t]*+\{?[.\w]|!!![ \t]++\w)", re.MULTILINE),
     "a block of its own kind is shown as text", "write a quotation, or a heading and its text"),
    ("unsupported-markup", re.compile(r"(?<=\w)(?:~(?=[\w+-])[^\s~]{1,20}~(?!~)|\^(?=[\w+-])[^\s^]{1,20}\^)"),
     "a raised or lowered sign is shown with its marks", "write the sign itself, as H₂O and m², or a formula: $H_2O$"),
    ("unsupported-markup", re.compile(r"^#{1,6}[ \t][^\n{]*+\{[#.][\w-]++\}[ \t]*+$", re.MULTILINE),
     "the name of a heading is shown as text", "leave it out: a heading is found by its words"),
    ("unsupported-markup", re.compile(
        r"(?:^ {0,3}\[[^\[\]]++\]:[^\n]++|\[[^\[\]\n]*+\]\([^\n()]*+(?>(?:\([^\n()]*+\)[^\n()]*+)*)\)|<[^\s<>]++>)"
        r"|(?P<address>(?:https?://|(?<![\w./@-])www\.)(?=\w)[^\s<>\[\]()*|]*+)", re.MULTILINE),
     "a bare address is no link", "write <https://…>, or words: [words](https://…)"),
)  # fmt: skip


def unsupported(prose: str) -> Iterator[Finding]:
    """Raw HTML, images and other markup that is not rendered."""
    for check, pattern, message, hint in _UNSUPPORTED:
        meant = "address" if "address" in pattern.groupindex else 0
        for match in pattern.finditer(prose):
            if match[meant] is not None:
                yield Finding(check, match.start(meant), match.end(meant), message, hint)


# Limits


def _matches(pattern: str) -> Callable[[str], int]:
    found = re.compile(pattern, re.MULTILINE)
    return lambda text: sum(1 for _ in found.finditer(text))


def _longest_ticks(block: str) -> int:
    return max(map(len, re.findall("`+", block)), default=0)


def _cells(block: str) -> int:
    """At most so many cells, if the block were one table as wide as its widest line."""
    widest = max(line.count("|") for line in block.split("\n"))
    return widest and (widest + 1) * (block.count("\n") + 1)


RULE = re.compile(r"[ \t>]*+(?:(?>(?:-++ {0,2}+){3,})|(?>(?:\*++ {0,2}+){3,}))\Z")
_MARKERS = re.compile(r"[ \t]*+(?>(?:(?:>|[-*+](?=[ \t])|\d++\.(?=[ \t]))[ \t]*+)+)")


def _depth(line: str) -> int:
    """How deep lists and quotations go: the marks that a line begins with, and its indentation before them."""
    marks = None if RULE.match(line) else _MARKERS.match(line)
    if not marks:
        return 0
    indent = len(marks[0][: len(marks[0]) - len(marks[0].lstrip(" \t"))].expandtabs(4))
    return indent // 4 + len(re.findall(r">|[-*+]|\d+\.", marks[0]))


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound: what is counted, how, and how much is accepted."""

    what: str
    count: Callable[[str], int]
    most: int


_BRACKETS, _EMPHASIS, _TICKS = _matches(r"\["), _matches(r"\*+|(?<!\w)_+|(?<!_)_++(?!\w)"), _matches("`+")
_HEADINGS_ANDRULES = _matches(r"^[ \t>*+\-.\d]*+#|^[ \t>*+\-.\d=_]*[-*=_][ \t]*$")
_BLOCK = re.compile(r"(?>(?:^[ \t]*+[^ \t\n].*+\n?)+)", re.MULTILINE)

BODY_BYTES = Limit("bytes in a body", lambda text: len(text.encode("utf-8", "surrogatepass")), 32 * 1024)

REFERENCES = Limit("references in all texts of a record", lambda text: len(scan(text)), 500)
"""Each of them is shown with the title of what it leads to, on several pages and in several files: a byte of text can
become a hundred of the site."""

# Every one of these bounds work that costs more than its length, or grows faster: together, under a second a body.
_BODY_LIMITS = (
    Limit("lines in a body", _matches(r"^[ \t]*+[^ \t\n]"), 2000),
    Limit("opening brackets in a body", _BRACKETS, 3000),
    Limit("marks of emphasis in a body", _EMPHASIS, 6000),
    Limit("runs of backticks in a body", _TICKS, 6000),
    Limit("headings and rules in a body", _HEADINGS_ANDRULES, 500),
    Limit("table cells in a body", lambda text: sum(_cells(block[0]) for block in _BLOCK.finditer(text)), 6000),
)

_BLOCK_LIMITS = (
    Limit("opening brackets in a block", _BRACKETS, 1000),
    Limit("marks of emphasis in a block", _EMPHASIS, 1000),
    Limit("opening angle brackets in a block", _matches("<"), 1000),
    Limit("backslashes in a block", _matches(r"\\"), 1000),
    Limit("runs of backticks in a block", _TICKS, 1000),
    Limit("backticks after a backslash in a block", _matches(r"\\`"), 50),
    Limit("backticks in a row", _longest_ticks, 20),
    Limit("headings and rules in a block", _HEADINGS_ANDRULES, 100),
    Limit("pipes in a line", lambda block: max(line.count("|") for line in block.split("\n")), 100),
    Limit("levels of lists and quotations", lambda block: max(map(_depth, block.split("\n"))), 10),
)

# Of the formulas of a body, each on a line: a tenth of a second in all.
_FORMULA_LIMITS = (
    Limit("formulas in a body", lambda lines: lines.count("\n") + 1, 300),
    Limit("characters in the formulas of a body", lambda lines: len(lines.replace("\n", "")), 8000),
)


def formulas_over_limits(formulas: Sequence[Formula]) -> tuple[Finding, ...]:
    """The limits that the formulas of a body are over."""
    lines = "\n".join(formula.tex for formula in formulas)
    return tuple(
        over_limit(limit, limit.count(lines), formulas[0].start, formulas[-1].end)
        for limit in (_FORMULA_LIMITS if formulas else ())
        if limit.count(lines) > limit.most
    )


def blocks_over_limits(seen: str) -> tuple[Finding, ...]:
    """The limits that a body, or a block of it, is over."""
    stretches = [(_BODY_LIMITS, 0, len(seen)), *((_BLOCK_LIMITS, *b.span()) for b in _BLOCK.finditer(seen))]
    return tuple(
        over_limit(limit, found, start, end)
        for limits, start, end in stretches
        for limit in limits
        if (found := limit.count(seen[start:end])) > limit.most
    )


def over_limit(limit: Limit, found: int, start: int, end: int) -> Finding:
    """The finding for a stretch of text that is over a limit."""
    message = f"{found:,} {limit.what}: at most {limit.most:,} are read, so the body is shown as it was written"
    hint = "divide it: an empty line begins a new block, a page or another record takes what does not fit"
    return Finding("markup-limit", start, end, message, hint)


# Lists that other programs read otherwise

_LINE = re.compile(r"[^\n]*+\n?")
_ITEM = re.compile(r"(?P<indent>[ ]*+)(?P<mark>[-*+]|(?P<number>\d{1,9})(?P<sign>[.)]))(?P<gap>[ ]{1,4})(?=\S)")
_STEP = 4
"""So many spaces nest a list here."""
_NEST = f"begin it with {_STEP} spaces for each level, which every program reads alike"
_PART = f"begin it with {_STEP} spaces to make it part of the item, or with none to end the list"
_SWALLOWED = (
    "CommonMark begins a list here; without an empty line above it is none here",
    "put an empty line above the list",
)
_DOT = "write a full stop behind the number, as `1.`"


def read_otherwise(prose: str) -> Iterator[Finding]:
    """Each line whose list, item or paragraph is another one to CommonMark, and what to write so that it is not."""
    lists: list[tuple[int, int]] = []  # of each open item: where its mark begins, and where its text does
    after = "blank"  # what the line before was: blank, words, or another block
    for line in _LINE.finditer(prose):
        text = line[0].rstrip("\n").expandtabs(_STEP)
        if not text.strip():
            after = "blank"
            continue
        item, start = _ITEM.match(text), line.start()
        why: tuple[str, str] | None = None
        if item and not RULE.match(text):
            why = _of_item(item, lists, after)
            _open(item, lists)
            after = "item"
        else:
            indent = len(text) - len(text.lstrip(" "))
            if lists and after == "blank":
                if lists[0][1] <= indent < _STEP:
                    why = ("CommonMark reads this paragraph as part of the item above; here it ends the list", _PART)
                elif indent < lists[0][1]:
                    lists.clear()
            after = _sort_of(text, in_list=bool(lists))
            if after == "other":
                lists.clear()
        if why:
            yield Finding("list-layout", start, start + len(line[0].rstrip("\n")), *why)


def _of_item(item: re.Match[str], lists: list[tuple[int, int]], after: str) -> tuple[str, str] | None:
    """What is wrong with the line that begins an item, given the lists that are open and what came before."""
    indent = len(item["indent"])
    if not lists and indent >= _STEP:
        return None
    may_begin = item["number"] in (None, "1")
    if item["sign"] == ")" and (lists or after != "words" or may_begin):
        return "a number with a bracket begins no item here", _DOT
    if not lists:
        return _SWALLOWED if after == "words" and may_begin else None
    depth = sum(text <= indent for _, text in lists)
    if depth != min(len(lists), indent // _STEP):
        return "CommonMark nests this item otherwise than it is nested here", _NEST
    return None


def _open(item: re.Match[str], lists: list[tuple[int, int]]) -> None:
    """The lists that are open after the first line of an item."""
    indent = len(item["indent"])
    if not lists and indent >= _STEP:
        return
    while lists and lists[-1][1] > indent:
        lists.pop()
    lists.append((indent, item.end()))


def _sort_of(text: str, *, in_list: bool) -> str:
    """Whether a line is words, behind which no list begins, or a block of another sort."""
    if text.lstrip(" ").startswith((">", "#")) or RULE.match(text) or not text.strip(f" {OPEN}=-*_"):
        return "other" if not in_list else "item"
    return "item" if in_list else "words"
