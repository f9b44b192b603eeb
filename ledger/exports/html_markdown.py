"""The main part of a page of the site → Markdown.

In: HTML as templates make it, which quote every attribute and escape `<` everywhere else, and how a link is written.
Out: CommonMark with the tables of GitHub, block by block, as far as there is room. Words stand for themselves: what
readers wrote is escaped, and a link is one only where the page has one. Controls, pictures, what is hidden and what
leads to places of the same page are left out; every picture of the site has a text beside it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from ledger.exports.escaping import address_in_markdown, at_line_start, in_markdown

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)([^<>]*+)>")
_HREF = re.compile(r'\shref="([^"]*)"')
_TEX = re.compile(r'\salttext="([^"]*)"')
_START = re.compile(r'\sstart="(\d{1,9})"')
_HEADING = re.compile(r"<(/?)h[23](?=[\s>])[^<>]*>")
_UNSEEN = re.compile(r'\s(?:hidden|aria-hidden="true")(?=[\s=]|$)')
_TICKS = re.compile("`+")

SKIPPED = frozenset(("svg", "math", "script", "style", "template", "form", "fieldset", "select", "button"))
"""Elements that are left out with all that is in them; a formula is there as it was written."""
KEPT_NAV = ("tabs", "paging")
"""The classes of navigation that leads to other pages of the same thing."""
BLOCKS = {
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "noscript", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
"""Elements that begin and end a line."""
VOID = frozenset(("br", "hr", "img", "input", "wbr", "meta", "link", "source"))
HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
MARKS = {"strong": "**", "em": "*"}

LinkTo = Callable[[str], str]
"""An address as a page links to it → as its Markdown does; empty where it leads nowhere from there."""


@dataclass(slots=True)
class _Level:
    """A list item or a quotation that is open: what its first line begins with, and what the others do."""

    first: str
    rest: str
    is_used: bool = False


class _Open(NamedTuple):
    """An element inside a line that is open: its name, where its words begin, and of a link its address."""

    name: str
    start: int
    href: str = ""


@dataclass(slots=True)
class _Writing:
    """One page that is being written."""

    link_to: LinkTo
    blocks: list[str] = field(default_factory=list)
    size: int = 0
    words: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    """Of each open list the number of its next item; 0 for one without numbers."""
    heading: str = ""
    headings: int = 0
    after_item: int = 0
    """How deep the item was that has just ended."""
    raw: int = 0
    rows: list[list[str]] | None = None
    cells: list[str] | None = None

    # Blocks

    def flush(self, *_: str) -> None:
        """What was written since the last block becomes one; in a table a line break is a space."""
        if not self.words:
            return
        while self.open:
            self.close()
        if self.cells is not None:
            self.words.append(" ")
        elif self.words and (said := _said(self.words)):
            self.emit(self.heading + said if self.heading else at_line_start(said))
        if self.cells is None:
            self.words.clear()

    def emit(self, block: str) -> None:
        """Add a block, in the item or quotation that is open."""
        first = rest = ""
        is_item = False
        for level in self.levels:
            is_item = is_item or not level.is_used
            first += level.rest if level.is_used else level.first
            rest += level.rest
            level.is_used = True
        between = "\n" if is_item and self.after_item == len(self.levels) else "\n\n"
        text = first + (block.replace("\n", "\n" + rest) if rest else block)
        self.blocks.append((between if self.blocks else "") + text)
        self.size += len(self.blocks[-1])
        self.after_item = 0

    # Inside a line

    def text(self, text: str) -> None:
        """Words between two tags."""
        if self.raw:
            self.words.append(unescape(text))
        elif not text.isspace():
            self.words.append(in_markdown(unescape(text) if "&" in text else text))
        elif self.words and self.words[-1][-1:] != " ":
            self.words.append(" ")

    def formula(self, attributes: str) -> None:
        """The TeX of a formula that is left out."""
        if tex := _TEX.search(attributes):
            self.words.append(_span(unescape(tex[1])))

    def close(self) -> None:
        """The innermost element inside the line ends."""
        name, start, href = self.open.pop()
        inner = "".join(self.words[start:])
        del self.words[start:]
        said = inner.strip()
        if not said:
            self.words.append(" " if inner else "")
            return
        mark = MARKS.get(name, "")
        if name == "code":
            said = _span(inner)
        elif name == "a":
            target = self.link_to(href)
            said = f"[{said}]({address_in_markdown(target)})" if target else said
        before, after = (" " if inner[0] == " " else ""), (" " if inner[-1] == " " else "")
        self.words.append(f"{before}{mark}{said}{mark}{after}")

    # Tags

    def start_heading(self, name: str, _: str) -> None:
        self.flush()
        self.heading = HEADINGS[name]
        self.headings += name in ("h2", "h3")

    def end_heading(self, _: str) -> None:
        self.flush()
        self.heading = ""

    def start_inside(self, name: str, attributes: str) -> None:
        href = _HREF.search(attributes) if name == "a" else None
        self.raw += name == "code"
        self.open.append(_Open(name, len(self.words), unescape(href[1]) if href else ""))

    def end_inside(self, name: str) -> None:
        self.raw -= name == "code"
        if any(one.name == name for one in self.open):
            while self.open[-1].name != name:
                self.close()
            self.close()

    def start_list(self, name: str, attributes: str) -> None:
        self.flush()
        first = _START.search(attributes) if name == "ol" else None
        self.counts.append(int(first[1]) if first else int(name == "ol"))

    def end_list(self, _: str) -> None:
        self.flush()
        del self.counts[-1:]

    def start_item(self, *_: str) -> None:
        self.flush()
        number = self.counts[-1] if self.counts else 0
        marker = f"{number}. " if number else "- "
        if number:
            self.counts[-1] += 1
        self.levels.append(_Level(marker, " " * len(marker)))

    def start_term(self, *_: str) -> None:
        self.flush()
        self.levels.append(_Level("- ", "  "))

    def end_term(self, _: str) -> None:
        self.words.append(": ")

    def start_meaning(self, *_: str) -> None:
        """What a term means goes on in its line."""
        if not self.words:
            self.flush()

    def start_quotation(self, *_: str) -> None:
        self.flush()
        self.levels.append(_Level("> ", "> "))

    def leave(self, _: str) -> None:
        """The item or quotation that is open ends."""
        self.flush()
        if self.levels:
            self.after_item = len(self.levels)
            self.levels.pop()

    def start_table(self, *_: str) -> None:
        self.flush()
        self.rows = []

    def end_table(self, _: str) -> None:
        """The rows of a table, the first of them as its head."""
        self.flush()
        rows, self.rows = self.rows or [], None
        if not any(map(any, rows)):
            return
        width = max(map(len, rows))
        lines = [f"| {' | '.join((*row, *[''] * (width - len(row))))} |" for row in rows]
        self.emit("\n".join((lines[0], "|" + "---|" * width, *lines[1:])))

    def start_row(self, *_: str) -> None:
        self.flush()
        self.cells = []

    def end_row(self, _: str) -> None:
        self.flush()
        if self.rows is not None and self.cells:
            self.rows.append(self.cells)
        self.cells = None
        self.words.clear()

    def start_cell(self, *_: str) -> None:
        self.flush()
        self.words.clear()

    def end_cell(self, _: str) -> None:
        while self.open:
            self.close()
        if self.cells is not None:
            self.cells.append(_said(self.words))
        self.words.clear()

    def start_code(self, *_: str) -> None:
        self.flush()
        self.raw += 1

    def end_code(self, _: str) -> None:
        """A block of code, between as many backticks as it needs."""
        self.raw -= 1
        code = "".join(self.words).strip("\n")
        self.words.clear()
        self.open.clear()
        if code.strip():
            fence = "`" * max(3, 1 + _longest(code))
            self.emit(f"{fence}\n{code}\n{fence}")

    def start_quote(self, *_: str) -> None:
        self.words.append("“")

    def end_quote(self, _: str) -> None:
        self.words.append("”")


STARTS: Mapping[str, Callable[[_Writing, str, str], None]] = {
    **dict.fromkeys(BLOCKS, _Writing.flush),
    **dict.fromkeys(HEADINGS, _Writing.start_heading),
    **dict.fromkeys(("a", "code", *MARKS), _Writing.start_inside),
    **dict.fromkeys(("ul", "ol"), _Writing.start_list),
    **dict.fromkeys(("td", "th"), _Writing.start_cell),
    "li": _Writing.start_item,
    "dt": _Writing.start_term,
    "dd": _Writing.start_meaning,
    "blockquote": _Writing.start_quotation,
    "table": _Writing.start_table,
    "tr": _Writing.start_row,
    "pre": _Writing.start_code,
    "q": _Writing.start_quote,
}
ENDS: Mapping[str, Callable[[_Writing, str], None]] = {
    **dict.fromkeys(BLOCKS, _Writing.flush),
    **dict.fromkeys(HEADINGS, _Writing.end_heading),
    **dict.fromkeys(("a", "code", *MARKS), _Writing.end_inside),
    **dict.fromkeys(("ul", "ol"), _Writing.end_list),
    **dict.fromkeys(("td", "th"), _Writing.end_cell),
    **dict.fromkeys(("li", "blockquote", "dd"), _Writing.leave),
    "dt": _Writing.end_term,
    "table": _Writing.end_table,
    "tr": _Writing.end_row,
    "pre": _Writing.end_code,
    "q": _Writing.end_quote,
}
"""What is done where an element begins or ends; others leave no mark."""


def _said(words: list[str]) -> str:
    said = "".join(words).strip()
    return " ".join(said.split()) if "  " in said or "\n" in said else said


def _longest(code: str) -> int:
    return max(map(len, _TICKS.findall(code)), default=0)


def _span(code: str) -> str:
    """Code inside a line, between as many backticks as it needs."""
    words = " ".join(code.split()).replace("|", "\\|") if "|" in code else " ".join(code.split())
    ticks = "`" * (_longest(words) + 1)
    space = " " if "`" in (words[0], words[-1]) else ""
    return f"{ticks}{space}{words}{space}{ticks}"


def _is_left_out(name: str, attributes: str) -> bool:
    """Whether an element is left out with all that is in it."""
    if name in SKIPPED:
        return True
    if name == "nav":
        return not any(f'class="{one}' in attributes for one in KEPT_NAV)
    if "permalink" in attributes:
        return True
    return "hidden" in attributes and name not in VOID and bool(_UNSEEN.search(attributes))


def markdown_of(html: str, link_to: LinkTo, most: int) -> tuple[list[str], list[str]]:
    """The blocks of a page, as many as have room in so many characters, and the headings of what has none."""
    writing, left_out, depth = _Writing(link_to), "", 0
    parts = iter(_TAG.split(html))
    text = next(parts)
    for slash, name, attributes in zip(parts, parts, parts, strict=False):
        if left_out:
            depth += (-1 if slash else 1) if name == left_out and attributes[-1:] != "/" else 0
            left_out = left_out if depth else ""
        else:
            if text:
                writing.text(text)
            if slash:
                if end := ENDS.get(name):
                    end(writing, name)
            elif (attributes or name in SKIPPED or name == "nav") and _is_left_out(name, attributes):
                left_out, depth = name, 1
                writing.formula(attributes)
            elif start := STARTS.get(name):
                start(writing, name, attributes)
            if writing.size > most:
                break
        text = next(parts)
    else:
        writing.text(text)
        writing.flush()
    return _cut(writing, html, most)


def _cut(writing: _Writing, html: str, most: int) -> tuple[list[str], list[str]]:
    """What was written, without the block that has no room, and the headings after it."""
    if writing.size <= most:
        return writing.blocks, []
    left = list(_headings(html))[writing.headings :]
    return writing.blocks[:-1], [one for one in left if one]


def _headings(html: str) -> Iterator[str]:
    """The words of every heading of a section."""
    start = -1
    for tag in _HEADING.finditer(html):
        if not tag[1]:
            start = tag.end()
        elif start >= 0:
            yield " ".join(unescape(_TAG.sub("", html[start : tag.start()])).split())
            start = -1
