"""An HTML page → what it says of itself, and its text.

In: HTML. Out: metadata from the head (`citation_*`, Open Graph, Dublin Core, JSON-LD, canonical link) and the plain
text of the page. With trafilatura (the extra `html`) the text is the article alone, else everything that is shown
outside of menus, headers and footers. Nothing is executed and nothing is fetched.
"""

import json
import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

_SILENT = (
    "script",
    "style",
    "template",
    "noscript",
    "svg",
    "head",
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "iframe",
)
_NEVER_SHOWN = ("script", "style", "template", "svg", "head")
_BLOCKS = (
    *("p", "div", "section", "article", "main", "header", "ul", "ol", "li", "table", "tr", "blockquote", "pre", "br"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "dl", "dt", "dd", "hr"),
)
_VOID = ("br", "hr", "img", "input", "link", "meta", "area", "base", "col", "embed", "source", "track", "wbr")
_TITLES = ("citation_title", "dc.title", "og:title", "twitter:title")
_AUTHORS = ("citation_author", "dc.creator", "author", "article:author")
_DATES = (
    *("citation_publication_date", "citation_date", "dc.date", "article:published_time", "datepublished", "date"),
    *("og:article:published_time", "publish_date"),
)
_SITES = ("citation_journal_title", "og:site_name")
_URLS = ("citation_public_url", "og:url")
_LARGEST = 200_000
"""The most JSON-LD that is read, in characters."""


@dataclass(slots=True)
class Page:
    """What a page says of itself; empty where it says nothing. `doi` and `language` come from the head as well."""

    title: str = ""
    authors: list[str] = field(default_factory=list)
    date: str = ""
    site: str = ""
    url: str = ""
    doi: str = ""
    language: str = ""
    description: str = ""
    kinds: list[str] = field(default_factory=list)
    text: str = ""
    broken: list[str] = field(default_factory=list)
    """The blocks of JSON-LD that cannot be read."""


def read_html(html: str) -> Page:
    """Read a page. Broken markup is read as browsers read it, as far as the standard library goes."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    blocks = [(text, _items(text)) for text in reader.json_ld if text.strip()]
    data = [item for _, items in blocks for item in items or ()]
    meta = reader.meta
    page = Page(
        title=_words(_first(meta, _TITLES) or _of(data, "headline", "name") or reader.heading or reader.title),
        authors=[_words(name) for name in _authors(meta, data)],
        date=_first(meta, _DATES) or _of(data, "datePublished") or reader.time,
        site=_words(_first(meta, _SITES) or _publisher(data)),
        url=reader.canonical or _first(meta, _URLS) or _of(data, "url"),
        doi=_first(meta, ("citation_doi", "dc.identifier.doi")),
        language=reader.language or _first(meta, ("citation_language", "dc.language")),
        description=_first(meta, ("description", "og:description")),
        kinds=[*meta.get("og:type", []), *(str(item.get("@type", "")) for item in data)],
        broken=[text for text, items in blocks if items is None],
    )
    page.text = _lines(reader)
    return page


def _lines(reader: "_Reader") -> str:
    lines = (" ".join(line.split()) for line in "".join(reader.shown).split("\n"))
    return "\n".join(line for line in lines if line)


def main_text(html: str | bytes) -> str | None:
    """The article's own text as trafilatura picks it, rather more than less; empty when it finds none.

    None without that library.
    """
    try:
        from trafilatura import extract  # noqa: PLC0415 - an extra
    except ImportError:
        return None
    text = extract(html, include_comments=False, include_tables=True, favor_recall=True) or ""
    return _unbroken(html if isinstance(html, str) else html.decode("utf-8", "replace"), text)


def _unbroken(html: str, text: str) -> str:
    """The library's text, in the page's own lines where they have the same words.

    Of a short page the library takes all there is, and gives every piece of a sentence a line of its own: `fine`, then
    the full stop. If that has the words of menus as well, the page is read here instead.
    """
    shown, whole = (_Reader(silent) for silent in (_SILENT, _NEVER_SHOWN))
    for reader in (shown, whole):
        reader.feed(html)
        reader.close()
    if passage := _passage(_lines(shown), text):
        return passage
    return (_lines(shown) or _lines(whole)) if _passage(_lines(whole), text) else text


def _passage(shown: str, text: str) -> str:
    """The part of what a page shows that has the letters of a text; empty when none has."""
    places = [at for at, char in enumerate(shown) if not char.isspace()]
    letters = "".join(text.split())
    at = "".join(shown.split()).find(letters) if letters else -1
    return shown[places[at] : places[at + len(letters) - 1] + 1] if at >= 0 else ""


_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")


def _words(text: str) -> str:
    """Words from a page's head, where some programs write `&amp;amp;` for `&`."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text)


def _first(meta: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((meta[name][0] for name in names if meta.get(name)), "")


def _items(text: str) -> list[dict[str, Any]] | None:
    """The articles and the like in a block of JSON-LD; None when it is broken. Breaks in its texts are read."""
    try:
        found = json.loads(text[:_LARGEST], strict=False)
    except (ValueError, RecursionError):
        return None
    found = found.get("@graph", found) if isinstance(found, dict) else found
    items = [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, dict)]
    return [item for item in items if "headline" in item or "datePublished" in item or "author" in item]


def _of(data: list[dict[str, Any]], *names: str) -> str:
    return next((item[name] for item in data for name in names if isinstance(item.get(name), str)), "")


def _authors(meta: dict[str, list[str]], data: list[dict[str, Any]]) -> list[str]:
    named = next((meta[name] for name in _AUTHORS if meta.get(name)), [])
    if not named:
        listed: Any = next((item["author"] for item in data if item.get("author")), [])
        people = listed if isinstance(listed, list) else [listed]
        named = [str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in people]
    return [name for name in dict.fromkeys(named) if name and not name.startswith(("http://", "https://"))]


def _publisher(data: list[dict[str, Any]]) -> str:
    found = next((item["publisher"] for item in data if item.get("publisher")), "")
    name = found.get("name") if isinstance(found, dict) else found
    return name if isinstance(name, str) else ""


class _Reader(HTMLParser):
    """One pass over a page: its head's words, its first heading and date, and what it shows."""

    def __init__(self, silenced: tuple[str, ...] = _SILENT) -> None:
        super().__init__(convert_charrefs=True)
        self.silenced = silenced
        self.meta: dict[str, list[str]] = {}
        self.title = self.heading = self.canonical = self.language = self.time = ""
        self.json_ld: list[str] = []
        self.shown: list[str] = []
        self.silent: list[str] = []
        self.inside = ""
        self.in_pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note(tag, given)
        if tag in self.silenced and tag not in _VOID:
            self.silent.append(tag)
        if tag == "body":
            self.silent.clear()
        if tag in _BLOCKS:
            self.shown.append("\n")
        if tag in ("td", "th"):
            self.shown.append(" ")
        self.in_pre = self.in_pre or tag == "pre"
        if tag in ("title", "h1") or (tag == "script" and given.get("type", "").lower() == "application/ld+json"):
            self.inside = tag
            if tag == "script":
                self.json_ld.append("")

    def _note(self, tag: str, given: dict[str, str]) -> None:
        name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
        if tag == "meta" and name and given.get("content", "").strip():
            self.meta.setdefault(name, []).append(" ".join(given["content"].split()))
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self.canonical = self.canonical or given.get("href", "").strip()
        elif tag == "html":
            self.language = self.language or given.get("lang", "").strip()
        elif tag == "time":
            self.time = self.time or given.get("datetime", "").strip()

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            while self.silent.pop() != tag:
                pass
        if tag in _BLOCKS:
            self.shown.append("\n")
        self.in_pre = self.in_pre and tag != "pre"
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            self.json_ld[-1] += data
        elif self.inside == "title" and "svg" not in self.silent:
            self.title = " ".join(f"{self.title}{data}".split()) if not self.shown else self.title
        elif self.inside == "h1" and not self.silent:
            self.heading += " ".join(data.split()) + " " if data.strip() else ""
        if not self.silent:
            self.shown.append(data if self.in_pre else re.sub(r"\s+", " ", data))
