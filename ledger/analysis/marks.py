"""A text without the marks of Markdown: the words as they are read, and the way back to where they are written.

In: a text that may be Markdown, as an article that was saved or imported. Out: a Folded text without the marks of
emphasis, links, pictures, quotations, headings, lists and code, as CommonMark and GitHub have them, and without the
tags and entities of HTML. Marks that close nothing stay. One pass, and nothing is looked for farther than a paragraph.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import unescape

from ledger.analysis.folding import Folded, Stretch

Edit = tuple[int, int, str]
"""Where something is in the text, and what is read instead of it."""
_MARKS = re.compile(
    r"""
    (?P<blank>\n[ \t>]*+(?=\n))
  | (?P<line>^[ \t]*+(?:(?>(?:>[ \t]*+)+)(?>(?:(?:\#{1,6}|[-*+])[ \t]++)?)|(?:\#{1,6}|[-*+])[ \t]++))
  | (?P<hard>\\(?=\n))
  | \\(?P<escaped>[!-/:-@\[-`{-~])
  | (?P<entity>&(?:[A-Za-z]{2,8}|\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6});)
  | (?P<tag></?(?P<element>[A-Za-z][A-Za-z0-9]{0,20}+)(?:[ /][^<>\n]{0,300})?>)
  | <(?P<auto>https?://[^<>\s]{1,500})>
  | (?P<ticks>`++)
  | (?P<note>\[\^[^\[\]\s]{1,50}\])
  | \[\[(?>(?:[^\[\]|\n]{1,200}\|)?)(?P<wiki>[^\[\]|\n]{1,200})\]\]
  | (?P<open>!?\[)
  | (?P<close>\](?P<link>\([ \t\n]?
        (?:<[^<>\n]{0,900}>|[^\s()<>]{0,900}+(?:\([^\s()]{0,300}+\)[^\s()]{0,300}+){0,3})
        (?>(?:[ \t\n]{1,3}(?:"[^"]{0,300}"|'[^']{0,300}'))?)[ \t]{0,3}\)
      |\[[^\[\]\n]{0,200}\])?)
  | (?P<run>\*++|_++|~~|==)
    """,
    re.VERBOSE | re.MULTILINE,
)

_LONGEST_LABEL = 200
_DEFINED = re.compile(r"^ {0,3}\[([^\[\]\n]{1,200})\]:", re.MULTILINE)
"""The labels of addresses that stand at another place."""
_WITHIN_LINES = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
     "small", "span", "strong", "sub", "sup", "u", "var")
)  # fmt: skip
"""Elements of HTML between whose letters there is no space."""


def unmarked(text: str) -> Folded:
    """The text as it is read."""
    edits: list[Edit] = []
    brackets: list[re.Match[str]] = []
    defined = {label.casefold() for label in _DEFINED.findall(text)}
    runs: defaultdict[str, list[list[int]]] = defaultdict(list)
    for match in _MARKS.finditer(text):
        name, (start, end) = match.lastgroup or "", match.span()
        if name == "blank":
            brackets.clear()
            runs.clear()
            start += 1
        if name == "open":
            brackets.append(match)
        elif name == "close":
            edits += _link(brackets.pop(), match, defined) if brackets else []
        elif name == "run":
            edits += _pairs(runs[match[0][0]], match)
        elif name in ("wiki", "auto"):
            edits += [(start, match.start(name), ""), (match.end(name), end, "")]
        else:
            edits.append((start, end, _read_as(match)))
    return Folded.of(_rewritten(text, sorted(edits)), [])


def _read_as(match: re.Match[str]) -> str:
    """What is read in the place of a mark: mostly nothing."""
    if match["element"]:
        return "" if match["element"].lower() in _WITHIN_LINES else " "
    return match["escaped"] or (unescape(match[0]) if match["entity"] else "")


def _link(opened: re.Match[str], closed: re.Match[str], defined: set[str]) -> list[Edit]:
    """What goes of a link but its words, where its address is behind it or at a label; a picture goes as a whole."""
    start, end = opened.end(), closed.start()
    if not closed["link"] and (end - start > _LONGEST_LABEL or closed.string[start:end].casefold() not in defined):
        return []
    if opened[0] == "![":
        return [(opened.start(), closed.end(), "")]
    return [(*opened.span(), ""), (*closed.span(), "")]


def _pairs(opened: list[list[int]], match: re.Match[str]) -> list[Edit]:
    """The marks that a run of them closes, with itself; what is left of it may open others."""
    (start, end), text = match.span(), match.string
    before, after = text[start - 1 : start], text[end : end + 1]
    inside = before.isdigit() and after.isdigit()
    binds = match[0][0] == "_"
    edits: list[Edit] = []
    if before.strip() and not inside and not (binds and after.isalnum()):
        while opened and start < end:
            first = opened[-1]
            count = min(first[1] - first[0], end - start)
            edits += [(first[1] - count, first[1], ""), (start, start + count, "")]
            first[1], start = first[1] - count, start + count
            if first[0] == first[1]:
                opened.pop()
    if after.strip() and start < end and not inside and not (binds and before.isalnum()):
        opened.append([start, end])
    return edits


def _rewritten(text: str, edits: Iterable[Edit]) -> Iterator[Stretch]:
    """A text after edits in their order; what lies inside of another is left out."""
    read = 0
    for start, end, new in (*edits, (len(text), len(text), "")):
        if start >= read:
            if start > read:
                yield text[read:start], read, True
            yield new, start, False
            read = end
