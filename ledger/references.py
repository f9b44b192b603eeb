"""References in text: `[[id]]`, `[[id|words]]`, `[@source-id]` and `[@source-id, section 3]`, each with its place.

In: the text of one field. Out: its references in order, or the text cut at them. The graph, the checks and the
rendering all ask here, so they agree about what a reference is. In Markdown, what stands in code or in a formula is
not one (`code` and `inline` say what those are), nor is one after a backslash. Time is linear in the length of the
text.

A formula is `$…$` in a line of text or `$$…$$` by itself. Prices stay prose: nothing is a formula whose first dollar
sign follows a letter or digit or stands before a space, or whose last one follows a space or stands before a digit.
It holds no other dollar sign, no backtick and no empty line.

The bar of `[[id|words]]` may have a backslash before it, as Obsidian writes it in tables. Words end at the first
`]]`, a locator at its `]` (it may hold one bracketed pair); neither crosses an empty line.
Nobody can write a token (`TOKEN`): noncharacters and other characters that HTML forbids are replaced first.
A citation names one source: in `[@a; @b]` the target is `a; @b`, which is no id, and the checks say so.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal, NamedTuple

_BREAK = r"(?:\r\n?|\n)(?![ \t]*[\r\n])"
_LINK = rf"\[\[(?!\[)(?P<link>(?>(?:[^\[\]\r\n]++|{_BREAK}|\[(?!\[)|\](?!\]))*))\]\]"
_CITATION = rf"\[@(?P<citation>(?>(?:[^\[\]\r\n]++|{_BREAK}|\[(?![@\[])[^\[\]\r\n]*+\])*))\]"
_NEXT_LINE = r"(?:\r\n?|\n)(?![ \t>]*(?:[\r\n]|\Z))"
_TEX = rf"(?:[^\\$`\r\n]++|\\[^\r\n]|\\(?=[\r\n])|{_NEXT_LINE})"
_DISPLAY = rf"\$\$(?P<display>(?>{_TEX}+))\$\$"
_FORMULA = rf"{_DISPLAY}|(?<![A-Za-z0-9$])\$(?![\s$])(?P<inline>(?>{_TEX}+))(?<!\s)\$(?![0-9$])"
_ADDRESS = r"(?P<address>\]\((?>(?:[^ \n()<>\[`\\]|\([^ \n()<>\[`\\]*+\))*)|<[a-z]++:[^\s<>\[`\\]*+)"
_PLAIN = re.compile(rf"{_LINK}|{_CITATION}")
_MARKDOWN = re.compile(rf"\\.|(?P<ticks>`+)|{_ADDRESS}|{_FORMULA}|{_LINK}|{_CITATION}", re.DOTALL)

_OPENING = re.compile(r"\[(?=[\[@])")
_TICKS = re.compile("`+")
_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]++")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}(?=[^`]*+\Z)|~{3,})")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+\.)[ \t]")
_OWN_BLOCK = re.compile(r" {0,3}(?:#|[-*+][ \t]|\d+\.[ \t])|[ \t]+(?:[-*+]|\d+\.)[ \t]")
_OWN_LINES = re.compile(rf"[ \t]*+{_DISPLAY}[ \t]*+(?=[\r\n]|\Z)")
_TAB = 4
OPEN_REFERENCE = r"(?<!\\)\[\[(?=\w)|(?<![\\\w])\[@(?=\w)"
CALLED_OPEN, HINT_OPEN = "a reference that is not closed", "close it, as [[id]] or [@source-id]"
LOOSE_CITATION = r"(?<![\w@\\/\[.])@[a-z][a-z0-9]*+(?:-[a-z0-9]++)*?-[0-9]{4}(?![\w@])"
CALLED_LOOSE, HINT_LOOSE = "a citation without its own brackets", "write [@source-id], and words before the bracket"
"""What is meant as a reference and is none, in a text without those that are: what it is called, and what to do."""
OPEN, CLOSE = "\ufdd0", "\ufdd1"
TOKEN = re.compile(f"{OPEN}([0-9]+){CLOSE}")
"""A stand-in for a reference or a formula while a text passes through Markdown: two noncharacters and a number."""
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Reference(NamedTuple):
    """One reference; `text[start:end]` is the whole of it.

    `target` is the id as written, perhaps malformed; `words` are a link's words or a citation's locator, or empty.
    """

    form: Literal["link", "citation"]
    target: str
    words: str
    start: int
    end: int


class Code(NamedTuple):
    """A stretch that Markdown shows as it is written: a fenced block, a line of indented code, a code span."""

    form: Literal["fence", "line", "span"]
    start: int
    end: int


class Formula(NamedTuple):
    """A formula; `text[start:end]` is the whole of it, `tex` what stands between its dollar signs, on one line."""

    tex: str
    display: bool
    start: int
    end: int


Inline = Reference | Formula
"""What is taken out of a Markdown text before it is read as Markdown."""


def scan(text: str, *, markdown: bool = False) -> tuple[Reference, ...]:
    """The references of a text, in order. In Markdown those inside code and formulas are left out."""
    if markdown:
        return tuple(found for found in _walk(text) if isinstance(found, Reference))
    return tuple(_reference(match) for match in _PLAIN.finditer(text))


def places(text: str, start: int, end: int) -> dict[str, list[int]]:
    """Where what looks like a reference begins in `text[start:end]`, by how it is written; also inside another one."""
    found: dict[str, list[int]] = {}
    for opening in _OPENING.finditer(text, start, end):
        if match := _PLAIN.match(text, opening.start(), end):
            found.setdefault(match[0], []).append(opening.start())
    return found


def may_refer(text: str) -> bool:
    """Whether a text holds what could begin a reference: most texts do not, and need no scan."""
    return "[[" in text or "[@" in text


def inline(text: str) -> tuple[Inline, ...]:
    """The references and formulas of a Markdown text, in order."""
    return tuple(found for found in _walk(text) if not isinstance(found, Code))


def code(text: str) -> tuple[Code, ...]:
    """The code in a Markdown text, in order."""
    return tuple(found for found in _walk(text) if isinstance(found, Code))


def pieces(text: str, *, markdown: bool = False) -> tuple[str | Reference, ...]:
    """The text cut at its references: every character is in one piece or one reference."""
    cut: list[str | Reference] = []
    last = 0
    for found in scan(text, markdown=markdown):
        cut += [text[last : found.start], found]
        last = found.end
    return tuple(piece for piece in [*cut, text[last:]] if piece)


def clean(text: str) -> str:
    """Text without the characters that HTML forbids; nobody can write a token or a mark of Python-Markdown's."""
    return text if text.isprintable() else _ODD.sub("\ufffd", text)


def with_tokens(text: str, taken: tuple[Inline, ...]) -> str:
    """The text with a token in the place of each reference and formula."""
    parts, last = [], 0
    for number, found in enumerate(taken):
        parts += [clean(text[last : found.start]), f"{OPEN}{number}{CLOSE}"]
        last = found.end
    return "".join([*parts, clean(text[last:])])


def _reference(match: re.Match[str]) -> Reference:
    form: Literal["link", "citation"] = "citation" if match["link"] is None else "link"
    target, _, words = match[form].partition("|" if form == "link" else ",")
    named = target.removesuffix("\\") if words and form == "link" else target
    return Reference(form, _one_line(named), _one_line(words), match.start(), match.end())


def _formula(text: str, match: re.Match[str]) -> Formula:
    """The formula of a match; in a quotation, without the marks that begin its other lines."""
    form = "inline" if match["display"] is None else "display"
    before = text[max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1 : match.start()]
    tex = _one_line(match[form]) if before.lstrip(" ").startswith(">") else " ".join(match[form].split())
    start, end = match.span(form)
    around = len("$$") if form == "display" else len("$")
    return Formula(tex, form == "display", start - around, end + around)


def _one_line(text: str) -> str:
    """Words on one line, without the marks of a quotation that begin the lines after the first."""
    first, *rest = re.split(r"[\r\n]+", text)
    return " ".join(" ".join([first, *(line.lstrip(" \t>") for line in rest)]).split())


def _walk(text: str) -> Iterator[Inline | Code]:
    for found in _blocks(text):
        if isinstance(found, Code | Formula):
            yield found
        elif found[0] < found[1]:
            yield from _inline(text, *found)


def _blocks(text: str) -> Iterator[Code | Formula | tuple[int, int]]:
    """Fences, lines of indented code, formulas on lines of their own, and the stretches between them.

    No code span, reference or other formula leaves a stretch.
    """
    fence, opened = "", 0  # the marks that opened the fence we are in, and where
    level, fresh = 0, True  # depth of lists; whether this line may begin indented code
    prose = past = 0
    for match in _LINE.finditer(text):
        start, line = match.start(), match[0].rstrip("\r\n")
        if start < past:
            continue
        marks = _FENCE.match(line)
        if fence:
            if marks and marks["fence"].startswith(fence) and not line[marks.end() :].strip():
                yield Code("fence", opened, start + len(line))
                fence, prose = "", match.end()
            continue
        blank, deep = not line.strip(" \t"), _indent(line) >= _TAB * (level + 1)
        if marks or blank or (fresh and deep) or _OWN_BLOCK.match(line):
            yield prose, start
            prose = start
        if marks:
            fence, opened, level, fresh = marks["fence"], start, 0, True
        elif blank:
            fresh, prose = True, match.end()
        elif fresh and deep:
            yield Code("line", start, start + len(line))
            prose = match.end()
        else:
            level, fresh = _level(line, level, fresh=fresh), False
            if formula := _OWN_LINES.match(text, start):
                yield prose, start
                yield _formula(text, formula)
                prose = past = formula.end()
    yield Code("fence", opened, len(text)) if fence else (prose, len(text))


def _level(line: str, level: int, *, fresh: bool) -> int:
    """How many lists are open after a line."""
    if _ITEM.match(line):
        return min(level, _indent(line) // _TAB) + 1
    return 0 if fresh and _indent(line) < _TAB else level


def _indent(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(_TAB))


def _inline(text: str, start: int, end: int) -> Iterator[Inline | Code]:
    """Code spans, formulas and references of one block, whichever begins first."""
    spans: _Spans | None = None
    while match := _MARKDOWN.search(text, start, end):
        start = match.end()
        if match["ticks"]:
            spans = spans or _Spans(text, start, end)
            if span := spans.opened_by(match.start(), start):
                yield span
                start = span.end
        elif match["display"] or match["inline"]:
            yield _formula(text, match)
        elif match["link"] is not None or match["citation"] is not None:
            yield _reference(match)


class _Spans:
    """The runs of backticks in one block, and which one closes which.

    It is the next of the same length, else the longest shorter one, as Python-Markdown has it.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        runs = [match.span() for match in _TICKS.finditer(text, start, end)]
        self._starts = [run[0] for run in runs]
        self._same: dict[int, list[int]] = {}
        for first, last in runs:
            self._same.setdefault(last - first, []).append(first)
        self._longest = [(0, 0)]  # for each run: the longest from there on, as (length, start)
        for first, last in reversed(runs):
            self._longest.append(max(self._longest[-1], (last - first, first), key=lambda run: (run[0], -run[1])))
        self._longest.reverse()

    def opened_by(self, start: int, end: int) -> Code | None:
        """The code span that the run `text[start:end]` opens."""
        length = end - start
        same = self._same.get(length, [])
        index = bisect_left(same, end)
        if index < len(same):
            return Code("span", start, same[index] + length)
        longest, first = self._longest[bisect_left(self._starts, end)]
        if 0 < longest < length:
            return Code("span", end - longest, first + longest)
        return None
