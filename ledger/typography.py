"""Straight quotation marks and apostrophes of a page → those that print uses in its language.

In: a page as HTML, and its language. Out: the page with other marks in its text. Attributes, code, formulas and scripts
stay as they are, and so do pages in a language whose marks are not known here. What is written to the content, and what
programs read, keeps the straight ones: only readers see others.
"""

import re
from collections.abc import Mapping

MARKS: Mapping[str, str] = {"en": "“”‘’", "de": "„“‚‘"}
"""Language → its marks: double and single ones, each opening and closing."""
APOSTROPHE = "’"
_KEPT = "|".join(rf"{name}\b.*?</{name}>" for name in ("script", "style", "pre", "code", "math", "textarea"))
"""Elements whose text stays as it is."""
_BARE = re.compile(
    rf"""(?>(?:<(?: /[^<>"']*+> | {_KEPT} | !--.*?--> | [^<>"']*+ (?>(?:(?:"[^"]*+"|'[^']*+') [^<>"']*+)*) > )
    [^<"'&]*+)+) (?=["'&])""",
    re.DOTALL | re.VERBOSE,
)
"""Tags, and text in which nothing can be a mark, up to a sign that may be one."""
_QUOTED = ("<q>", "<mark>", "<blockquote>")
"""What the words of a source stand in: it has marks already, so that those within are the inner ones."""
_MARK = re.compile("[\"']")
_OPENS_AFTER = frozenset(" \n\t\N{NO-BREAK SPACE}([{/–—“„‘‚")
_NEVER_OPENS_BEFORE = frozenset(" \n\t\N{NO-BREAK SPACE}.,;:!?)]}")


def curly(html: str, language: str) -> str:
    """A page with the marks of its language."""
    marks = MARKS.get(language.partition("-")[0])
    if marks is None:
        return html
    made: list[str] = []
    end = 0
    while found := _BARE.match(html, end):
        start = found.end()
        made.append(html[end:start])
        end = html.find("<", start)
        end = end if end > 0 else len(html)
        text = html[start:end].replace("&#39;", "'").replace("&#34;", '"')
        tag = html.rfind("<", 0, start)
        inner = marks[2:] * 2 if html.startswith(_QUOTED, tag) else marks
        made.append(_in_text(text, inner, _before(html, tag, start)))
    return "".join((*made, html[end:]))


def curly_words(words: str, language: str) -> str:
    """The same of plain text."""
    marks = MARKS.get(language.partition("-")[0])
    return _in_text(words, marks, " ") if marks else words


def _before(html: str, tag: int, start: int) -> str:
    """What a text comes after: a sign, or as good as a letter where a tag ends something, or as good as a space."""
    if html[start - 1] != ">":
        return html[start - 1]
    return "x" if html.startswith("</", tag) else " "


def _in_text(text: str, marks: str, before: str) -> str:
    made: list[str] = []
    end, single = 0, False
    for found in _MARK.finditer(text):
        at = found.start()
        last = text[at - 1] if at > end else made[-1] if made else before
        after = text[at + 1 : at + 2]
        opens = last in _OPENS_AFTER and after not in _NEVER_OPENS_BEFORE
        if found[0] == '"':
            mark = marks[0] if opens else marks[1]
        elif opens and not after.isdigit() and text.find("'", at + 1) > 0:
            mark, single = marks[2], True
        else:
            closes = single and not after.isalnum()
            mark, single = (marks[3], False) if closes else (APOSTROPHE, single)
        made += text[end:at], mark
        end = at + 1
    return "".join((*made, text[end:]))
