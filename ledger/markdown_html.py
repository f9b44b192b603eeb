"""Markdown → safe HTML, by one configured Python-Markdown, the link policy and nh3.

In: Markdown within its limits, with tokens for its references and formulas. Out: HTML with those tokens, and the
addresses that were refused. Raw HTML is shown as text; images, footnotes and reference definitions are not rendered.
"""

import hashlib
import html
import re
import threading
import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from ledger.naming import decomposed
from ledger.references import OPEN, TOKEN, Formula, Inline, code


def to_html(text: str, taken: tuple[Inline, ...]) -> tuple[str, list[tuple[str, str]]]:
    """Markdown with tokens to sanitised HTML with tokens; and the addresses refused, each with the reason."""
    shown, refused = _RENDERER.convert(text, taken)
    return _CLEANER.clean(shown), refused


class _Renderer(threading.local):
    """One Python-Markdown for all bodies of a thread: to set one up takes a quarter as long as to use it."""

    def __init__(self) -> None:
        self.taken: tuple[Inline, ...] = ()
        self.md = Markdown(
            extensions=[
                TableExtension(use_align_attribute=True),
                SaneListExtension(),
                TocExtension(marker="", baselevel=3, slugify=self.slug),
            ],
            output_format="html",
        )
        self.md.ESCAPED_CHARS.append("$")
        self.md.preprocessors.deregister("html_block")
        self.md.preprocessors.register(_Fences(self.md), "fences", 25)
        self.md.parser.blockprocessors.deregister("reference")
        for pattern in _LEFT_OUT:
            self.md.inlinePatterns.deregister(pattern)
        self.md.inlinePatterns.register(_Links(_INLINE_LINK, self.md), "link", 160)
        self.policy = _Policy(self.md)
        self.md.treeprocessors.register(self.policy, "policy", -10)

    def convert(self, text: str, taken: tuple[Inline, ...]) -> tuple[str, list[tuple[str, str]]]:
        """HTML as yet to be cleaned, and the addresses refused."""
        self.taken, self.policy.refused = taken, []
        return self.md.reset().convert(text), self.policy.refused

    def slug(self, words: str, _: str) -> str:
        """The anchor of a heading, with words in the place of tokens."""
        return _slug(TOKEN.sub(lambda token: _named(self.taken[int(token[1])]), words))


def _named(found: Inline) -> str:
    return found.tex if isinstance(found, Formula) else found.words or found.target


_LEFT_OUT = (
    *("reference", "short_reference", "link"),
    *("image_link", "image_reference", "short_image_ref"),
    *("html", "entity"),
)


_LONG = 200
"""More of a heading its anchor never needs."""


def _slug(words: str) -> str:
    """The letters and digits of a heading, of any script, those of Latin without accents; of signs alone their hash.

    So it depends on nothing but the words of the heading itself.
    """
    plain = re.sub(r"(?<=[a-z0-9])[\u0300-\u036f]+", "", decomposed(words[:_LONG].casefold().replace("ı", "i")))
    whole = unicodedata.normalize("NFC", plain[:_LONG])
    signs = "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else "-" for char in whole)
    kept = re.sub(r"-{2,}", "-", signs)[:60].strip("-")
    return f"h-{kept or hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


class _Fences(Preprocessor):
    """Fenced code, where the scanner sees it. (The library's own pattern is more than quadratic.)"""

    def run(self, lines: list[str]) -> list[str]:
        text, parts, last = "\n".join(lines), [], 0
        for fence in (found for found in code(text) if found.form == "fence"):
            shown = f"<pre><code>{html.escape(_fenced(text[fence.start : fence.end]))}</code></pre>"
            parts += [text[last : fence.start], "\n\n", self.md.htmlStash.store(shown), "\n\n"]
            last = fence.end
        return "".join([*parts, text[last:]]).split("\n")


def _fenced(block: str) -> str:
    """The code between the fences, without the indentation of the first."""
    first, *lines = block.split("\n")
    indent = len(first) - len(first.lstrip(" "))
    fence = re.match(r"`+|~+", first.lstrip(" "))
    if lines and fence and lines[-1].strip().startswith(fence[0]):
        lines.pop()
    return "".join(re.sub(f"^ {{0,{indent}}}", "", line) + "\n" for line in lines)


_INLINE_LINK = r"""(?x)
    (?<!!) \[ (?P<words> (?>(?: [^\[\]]++ | \[ [^\[\]]*+ \] )*) ) \]
    \( [ \n]*+ (?: <(?P<pointed>[^<>\n]*+)> | (?P<bare>(?>(?: [^ \n()<>]++ | \( [^ \n()<>]*+ \) )*)) )
    (?>(?: [ \n]++ (?: "(?P<title>[^"]*+)" | '(?P<single>[^']*+)' ) )?) [ \n]*+ \)
"""


class _Links(InlineProcessor):
    """`[words](address "title")`. (The library's own looks ahead to the end of the block at every bracket.)"""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override] # noqa: ARG002, N802
        link = Element("a", href=self.unescape((m["pointed"] or m["bare"] or "").strip(" ")))
        link.text = m["words"]
        title = m["title"] or m["single"]
        if title:
            link.set("title", self.unescape(" ".join(title.split())))
        return link, m.start(), m.end()


class _Policy(Treeprocessor):
    """Takes the address from every link that may not have it; gives the others their `rel`."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.refused: list[tuple[str, str]] = []

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            for inner in list(link.iter("a"))[1:]:
                _unwrap(inner)
            written = link.get("href", "").replace(AMP_SUBSTITUTE, "&")
            address = html.unescape(written)
            reason = _refusal(address)
            if reason:
                self.refused.append((written, reason))
                _unwrap(link)
                continue
            link.set("href", address.replace("&", "&amp;"))
            if address[:4].lower() == "http":
                link.set("rel", _REL)
        for cell in (*root.iter("th"), *root.iter("td")):
            if align := cell.attrib.pop("align", ""):
                cell.set("class", f"align-{align}")


def _unwrap(element: Element) -> None:
    """What nh3 does not know it takes away, and leaves the words."""
    element.tag = "span"
    element.attrib.clear()


_REL = "noopener noreferrer nofollow ugc"
_SCHEME = re.compile(r"[^/?#:]*:")
_SCHEMES = ("http", "https", "mailto")


def _refusal(address: str) -> str:
    """Why a link may not have this address; empty when it may."""
    if not address:
        return "it is empty"
    if OPEN in address:
        return "it holds a reference or a formula"
    if not address.isprintable() or any(char.isspace() for char in address):
        return "it holds a space, a control character or an invisible one"
    if "\\" in address or address.startswith("//"):
        return "it names a host without a scheme" if address.startswith(("//", "\\")) else "it holds a backslash"
    scheme = _SCHEME.match(address)
    if scheme and scheme[0][:-1].lower() not in _SCHEMES:
        return f"only {', '.join(_SCHEMES)} and relative addresses are allowed"
    return _host_refusal(address) if scheme and scheme[0].lower().startswith("http") else ""


def _host_refusal(address: str) -> str:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "it is not a web address"
    if "@" in parts.netloc:
        return "it holds a user name"
    return "" if host and re.match(r"https?://[^/]", address, re.IGNORECASE) else "it names no host"


_ALLOWED: dict[str, Callable[[str], object]] = {
    "href": lambda value: not _refusal(value),
    "id": re.compile(r"h-[^\s\"'<>&`=]+").fullmatch,
    "class": re.compile("align-(left|right|center)").fullmatch,
    "start": re.compile("[0-9]{1,9}").fullmatch,
    "rel": re.compile(re.escape(_REL)).fullmatch,
    "title": bool,
}


def _attribute(_: str, name: str, value: str) -> str | None:
    """The second belt: what passed the policy, once more as nh3 reads it."""
    return value if _ALLOWED[name](value) else None


_HEADINGS = ("h3", "h4", "h5", "h6")
_TAGS = (
    *("p", "a", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "br", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td"),
    *_HEADINGS,
)
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes={
        "a": {"href", "title", "rel"},
        "ol": {"start"},
        "th": {"class"},
        "td": {"class"},
        **{heading: {"id"} for heading in _HEADINGS},
    },
    attribute_filter=_attribute,
    url_schemes=set(_SCHEMES),
    link_rel=None,
)
_RENDERER = _Renderer()
