"""The main part of a page of the site → Markdown.

In: HTML as templates make it, which quote every attribute and escape `<` everywhere else, and how a link is written.
Out: CommonMark with the tables of GitHub, block by block, as far as there is room. Words stand for themselves: what
readers wrote is escaped, and a link is one only where the page has one. Controls, pictures, what is hidden and what
leads to places of the same page are left out; every picture of the site has a text beside it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from ledger.exports.escaping import at_line_start, in_markdown

_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*+)([^<>]*+)>")
_HREF = re.compile(r'href="(?<=\shref=")([^"]*)"')
_TEX = re.compile(r'\salttext="([^"]*)"')
_START = re.compile(r'\sstart="(\d{1,9})"')
_HEADING = re.compile(r"<(/?)h[23](?=[\s>])[^<>]*>")
_UNSEEN = re.compile(r'\s(?:hidden|aria-hidden="true")(?=[\s=]|$)')
_TICKS = re.compile("`+")

SKIPPED = frozenset(("svg", "math", "script", "style", "template", "form", "fieldset", "select", "button", "nav"))
"""Elements that are left out with all that is in them; a formula is there as it was written."""
KEPT_NAV = ("tabs", "paging")
"""The classes of navigation that stays, since it leads to other pages of the same thing."""
BLOCKS = (
    *("address", "article", "aside", "br", "caption", "details", "div", "dl", "figcaption", "figure", "footer"),
    *("header", "hr", "main", "nav", "noscript", "p", "section", "summary", "tbody", "tfoot", "thead"),
)
"""Elements that begin and end a line, and leave no other mark."""
VOID = frozenset(("br", "hr", "img", "input", "wbr", "meta", "link", "source"))
HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
MARKS = {"/strong": "**", "/em": "*"}

LinkTo = Callable[[str], str]
"""An address as a page links to it → as its Markdown writes it; empty where it leads nowhere from there."""


@dataclass(slots=True)
class _Writing:
    """One page that is being written."""

    link_to: LinkTo
    blocks: list[str] = field(default_factory=list)
    size: int = 0
    words: list[str] = field(default_factory=list)
    open: list[tuple[str, int, str]] = field(default_factory=list)
    """The elements inside a line: how each ends, where its words begin, and of a link its address."""
    indents: list[str] = field(default_factory=lambda: [""])
    """What lines begin with in each item or quotation that is open, the innermost last."""
    first: str = ""
    """What the next line begins with, as long: it has the marks of the items that have no line yet."""
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

    def flush(self, _name: str = "", _attributes: str = "") -> None:
        """What was written since the last block becomes one; in a table a line break is a space."""
        words = self.words
        if not words:
            return
        while self.open:
            self.close()
        if self.cells is not None:
            words.append(" ")
        else:
            said = _said(words)
            words.clear()
            if said:
                self.emit(self.heading + said if self.heading else at_line_start(said))

    def emit(self, block: str) -> None:
        """Add a block, in the item or quotation that is open."""
        first, indent = self.first, self.indents[-1]
        if indent:
            block = first + block.replace("\n", "\n" + indent)
        if self.blocks:
            is_next = self.after_item == len(self.indents) and first != indent
            block = ("\n" if is_next else "\n\n") + block
        self.blocks.append(block)
        self.size += len(block)
        self.first, self.after_item = indent, 0

    def indent(self, first: str, rest: str) -> None:
        """An item or quotation begins: its first line with one mark, the others with another that is as long."""
        self.flush()
        self.first += first
        self.indents.append(self.indents[-1] + rest)

    # Inside a line

    def text(self, text: str) -> None:
        """Words between two tags."""
        if self.raw:
            self.words.append(unescape(text))
        elif not text.isspace():
            self.words.append(_escaped(text))
        elif self.words and self.words[-1][-1:] != " ":
            self.words.append(" ")

    def close(self) -> None:
        """The innermost element inside the line ends."""
        name, start, href = self.open.pop()
        words = self.words
        inner = words.pop() if len(words) == start + 1 else "".join(words[start:])
        del words[start:]
        said = inner.strip()
        if not said:
            self.words.append(" " if inner else "")
            return
        if name == "/a":
            target = self.link_to(href)
            said = f"[{said}]({target})" if target else said
        else:
            said = _span(inner) if name == "/code" else f"{MARKS[name]}{said}{MARKS[name]}"
        words.append(f"{' ' if inner[0] == ' ' else ''}{said}{' ' if inner[-1] == ' ' else ''}")

    # Tags

    def start_heading(self, name: str, _: str) -> None:
        self.flush()
        self.heading = HEADINGS[name]
        self.headings += name in ("h2", "h3")

    def end_heading(self, *_: str) -> None:
        self.flush()
        self.heading = ""

    def start_link(self, _: str, attributes: str) -> None:
        href = _HREF.search(attributes)
        self.open.append(("/a", len(self.words), unescape(href[1]) if href else ""))

    def start_inside(self, name: str, _: str) -> None:
        self.raw += name == "code"
        self.open.append((f"/{name}", len(self.words), ""))

    def end_inside(self, name: str, _: str) -> None:
        self.raw -= name == "/code"
        if name in [one for one, _, _ in self.open]:
            while self.open[-1][0] != name:
                self.close()
            self.close()

    def start_list(self, name: str, attributes: str) -> None:
        self.flush()
        first = _START.search(attributes) if name == "ol" else None
        self.counts.append(int(first[1]) if first else int(name == "ol"))

    def end_list(self, *_: str) -> None:
        self.flush()
        del self.counts[-1:]

    def start_item(self, *_: str) -> None:
        number = self.counts[-1] if self.counts else 0
        marker = f"{number}. " if number else "- "
        self.indent(marker, " " * len(marker))
        if number:
            self.counts[-1] += 1

    def leave(self, *_: str) -> None:
        """The item or quotation that is open ends."""
        self.flush()
        if len(self.indents) > 1:
            self.after_item = len(self.indents)
            self.indents.pop()
            self.first = self.first[: len(self.indents[-1])]

    def start_table(self, *_: str) -> None:
        self.flush()
        self.rows = []

    def end_table(self, *_: str) -> None:
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

    def end_row(self, *_: str) -> None:
        self.flush()
        if self.rows is not None and self.cells:
            self.rows.append(self.cells)
        self.cells = None
        self.words.clear()

    def start_cell(self, *_: str) -> None:
        self.flush()
        self.words.clear()

    def end_cell(self, *_: str) -> None:
        while self.open:
            self.close()
        if self.cells is not None:
            self.cells.append(_said(self.words))
        self.words.clear()

    def start_code(self, *_: str) -> None:
        self.flush()
        self.words.append("")
        self.raw += 1

    def end_code(self, *_: str) -> None:
        """A block of code, between as many backticks as it needs."""
        self.raw -= 1
        code = "".join(self.words).strip("\n")
        self.words.clear()
        self.open.clear()
        if code.strip():
            fence = "`" * max(3, 1 + _longest(code))
            self.emit(f"{fence}\n{code}\n{fence}")


STEPS: Mapping[str, Callable[[_Writing, str, str], None]] = {
    **dict.fromkeys((slash + name for name in BLOCKS for slash in ("", "/")), _Writing.flush),
    **dict.fromkeys(HEADINGS, _Writing.start_heading),
    **dict.fromkeys((f"/{name}" for name in HEADINGS), _Writing.end_heading),
    **dict.fromkeys(("code", "strong", "em"), _Writing.start_inside),
    **dict.fromkeys(("/a", "/code", *MARKS), _Writing.end_inside),
    **dict.fromkeys(("ul", "ol"), _Writing.start_list),
    **dict.fromkeys(("/ul", "/ol"), _Writing.end_list),
    **dict.fromkeys(("td", "th"), _Writing.start_cell),
    **dict.fromkeys(("/td", "/th"), _Writing.end_cell),
    **dict.fromkeys(("/li", "/blockquote", "/dd"), _Writing.leave),
    "a": _Writing.start_link,
    "li": _Writing.start_item,
    "dt": lambda writing, *_: writing.indent("- ", "  "),
    "/dt": lambda writing, *_: writing.words.append(": "),
    "blockquote": lambda writing, *_: writing.indent("> ", "> "),
    "table": _Writing.start_table,
    "/table": _Writing.end_table,
    "tr": _Writing.start_row,
    "/tr": _Writing.end_row,
    "pre": _Writing.start_code,
    "/pre": _Writing.end_code,
    "q": lambda writing, *_: writing.words.append("“"),
    "/q": lambda writing, *_: writing.words.append("”"),
}
"""What is done at a tag; others leave no mark."""


def _said(words: list[str]) -> str:
    said = "".join(words).strip()
    return " ".join(said.split()) if "  " in said or "\n" in said else said


@lru_cache(maxsize=1 << 13)
def _escaped(text: str) -> str:
    """Words between two tags, as Markdown. The last ones are kept, since pages of one kind share many of them."""
    return in_markdown(unescape(text))


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
        return name != "nav" or not any(f'class="{one}' in attributes for one in KEPT_NAV)
    return "permalink" in attributes or (name not in VOID and bool(_UNSEEN.search(attributes)))


def markdown_of(html: str, link_to: LinkTo, most: int) -> tuple[list[str], list[str]]:
    """The blocks of a page, as many as have room in so many characters, and the headings of what has none."""
    writing, left_out, depth = _Writing(link_to), "", 0
    words, parts = writing.words, ["", "", *_TAG.split(html)]
    for name, attributes, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if left_out:
            depth += (name == left_out and attributes[-1:] != "/") - (name[1:] == left_out)
            left_out = left_out if depth else ""
        elif (
            name in SKIPPED or (attributes and ("hidden" in attributes or "permalink" in attributes))
        ) and _is_left_out(name, attributes):
            left_out, depth = name, 1
            if tex := _TEX.search(attributes):
                words.append(_span(unescape(tex[1])))
        elif step := STEPS.get(name):
            step(writing, name, attributes)
            if writing.size > most:
                break
        if text and not left_out and (words or not text.isspace()):
            writing.text(text)
    else:
        writing.flush()
    if writing.size <= most:
        return writing.blocks, []
    return writing.blocks[:-1], [one for one in [*_headings(html)][writing.headings :] if one]


def _headings(html: str) -> Iterator[str]:
    """The words of every heading of a section."""
    start = -1
    for tag in _HEADING.finditer(html):
        if not tag[1]:
            start = tag.end()
        elif start >= 0:
            yield " ".join(unescape(_TAG.sub("", html[start : tag.start()])).split())
            start = -1
