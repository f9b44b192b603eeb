"""Markdown, HTML and TeX that somebody typed into a field of plain text, where it is published as it was typed.

In: the text of one field. Out: each stretch that is meant as markup, and what it is. What has another meaning is none:
`*` behind a word as a mark of a footnote, `a < b`, `snake_case`, `C++`, prices; nor is what stands in an address.
"""

import re
from collections.abc import Iterator
from html.entities import html5

from ledger.references import CALLED_LOOSE, CALLED_OPEN, LOOSE_CITATION, OPEN_REFERENCE

_BEGINS, _ENDS = r"""[^\W_]|["'“‘«(\[$]""", r"""(?<=[\w.,;:!?%"'”’»)\]$])"""
_TAGS = (
    "abbr|b|big|blockquote|br|center|cite|code|dd|del|dfn|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|ins"
    "|jats:[a-z-]+|kbd|li|mark|math|mml:[a-z]+|ol|p|pre|ruby|samp|sc|scp|script|section|small|span|strike|strong|style"
    "|su[bp]|svg|table|tbody|td|tfoot|th|thead|title|tr|tt|ul?|var|video|wbr"
)
_ATTRIBUTE = (
    r"""\s++(?:[A-Za-z_:][\w:.-]*+\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=`]++)|(?:async|defer|controls|hidden)\b)"""
)
_PLACE = r"(?:https?:|mailto:|www\.|\.{0,2}/|\#|[^\s()]*\.(?:html?|md|pdf|png|jpe?g|gif|svg|org|com|net)\b)"
_DUNDER = "__(?:all|call|class|dict|doc|eq|file|getattr|getitem|hash|init|iter|len|main|name|new|repr|slots|str)__"
_MARKUP = re.compile(
    rf"""(?xi)
    (?P<no> \[\[ [^\[\]]*+ \]\] | \[@ [^\[\]]*+ \] )
  | (?P<open_reference> {OPEN_REFERENCE} )
  | (?P<loose_citation> {LOOSE_CITATION} )
  | (?P<an_image> !\[ [^\[\]\n]*+ \] \( {_PLACE} (?>(?:[^()\n]|\([^()\n]*+\))*) \) | !\[\[ [^\[\]\n]*+ \]\] )
  | (?P<a_link> \[ [^\[\]\n]++ \] \( {_PLACE} (?>(?:[^()\n]|\([^()\n]*+\))*) \) | < (?:https?://|mailto:) [^\s<>]++ > )
  | (?P<address> (?:https?://|www\.) [^\s<>]++ )
  | (?P<HTML> </? (?:{_TAGS}) (?>(?:{_ATTRIBUTE})*) \s*+ /?> | <a (?>(?:{_ATTRIBUTE})+) \s*+ > | </a> | <!-- )
  | (?P<entity> & (?: [a-z][a-z0-9]{{1,30}} | \#[0-9]{{1,7}} | \#x[0-9a-f]{{1,6}} ) ; )
  | (?P<code> (?<![\w`\\]) `(?=[^\s`]) [^`\n]++ (?<=\S) `(?![\w`]) | (?<![`\\]) ``(?=[^\s`]) [^`\n']++ (?<=\S) ``(?!`)
            | ^[ ]{{0,3}}``` )
  | (?P<name> {_DUNDER} )
  | (?P<emphasis> (?<![A-Z0-9*\\]) \*{{1,3}}+ (?={_BEGINS}) [^*]++ {_ENDS} \*{{1,3}}+ (?![A-Z0-9*])
                | (?<![\w\\]) _{{1,3}}+ (?={_BEGINS}) [^_]++ {_ENDS} _{{1,3}}+ (?!\w) )
  | (?P<struck> (?<![~\\]) ~~(?=[^\s~]) [^~\n]++ (?<=\S) ~~(?!~) )
  | (?P<marked> (?<![\w=]) ==(?=[^\s=]) [^=\n]++ (?<=\S) ==(?![\w=]) )
  | (?P<a_footnote> \[\^ [^\[\]\s]++ \] )
  | (?P<a_formula> (?<![A-Z0-9$\\]) \$\$ [^$`]++ \$\$ | (?<![A-Z0-9$\\]) \$(?![\s$]) [^$`\n]++ (?<=\S) \$(?![A-Z0-9$]) )
  | (?P<list> ^[ ]{{0,3}} (?:[-*+]|[0-9]{{1,9}}[.)]) [ ]++ [^\n]++ \n [ ]{{0,3}} (?:[-*+]|[0-9]{{1,9}}[.)]) [ ]++ \S )
    """,
    re.MULTILINE,
)
_SIGNS = re.compile(r"[*_`~<&$=@\[\n]")
"""Without one of these there is no markup: a list has two lines."""
_CALLED = {
    "open_reference": CALLED_OPEN,
    "loose_citation": CALLED_LOOSE,
    "an_image": "an image",
    "a_link": "a link",
    "HTML": "HTML",
    "entity": "HTML",
    "code": "code",
    "emphasis": "emphasis",
    "struck": "struck-out text",
    "marked": "marked text",
    "a_footnote": "a footnote",
    "a_formula": "a formula",
    "list": "a list",
}


def typed_markup(text: str) -> Iterator[tuple[int, int, str]]:
    """Where markup begins and ends in a plain text, and what it is."""
    for found in _MARKUP.finditer(text) if _SIGNS.search(text) else ():
        sort = next(name for name, value in found.groupdict().items() if value is not None)
        if sort in _CALLED and _is_meant(sort, found[0]):
            yield found.start(), found.end(), _CALLED[sort]


def _is_meant(sort: str, words: str) -> bool:
    """Whether `&name;` is a sign, and what stands between dollar signs mathematics."""
    if sort == "entity":
        return words[1] == "#" or words[1:] in html5
    return sort != "a_formula" or words.startswith("$$") or re.search(r"[\\^_{}=]", words) is not None
