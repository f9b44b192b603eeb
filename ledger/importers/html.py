"""An HTML page → what it says of itself, and its text, by trafilatura and lxml (the extra `html`).

In: HTML. Out: metadata from the head (`citation_*`, Open Graph, Dublin Core, JSON-LD, canonical link) and the plain
text of the article alone. ImportError when the extra is not installed. Nothing is executed and nothing is fetched.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

_NEVER_SHOWN = ("script", "style", "template", "svg", "head")
_AROUND = (*_NEVER_SHOWN, "noscript", "nav", "footer", "aside", "form", "button", "iframe")
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "ul", "ol", "li", "table", "tr", "blockquote", "pre", "h1",
    "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "dl", "dt", "dd", "hr", "br",
}  # fmt: skip
_TITLES = ("citation_title", "dc.title", "og:title", "twitter:title")
_AUTHORS = ("citation_author", "dc.creator", "author", "article:author")
_DATES = (
    "citation_publication_date", "citation_date", "dc.date", "article:published_time", "datepublished", "date",
    "og:article:published_time", "publish_date",
)  # fmt: skip
_LARGEST = 200_000
"""The most JSON-LD that is read, in characters."""
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
Meta = Mapping[str, list[str]]
Items = list[dict[str, Any]]


def read_html(html: str) -> dict[str, Any]:
    """What the head of a page says, or else its first headings and date; empty where it says nothing.

    `title`, `date`, `site`, `url`, `doi`, `language` and `description` are texts, `authors`, `kinds` (types of
    schema.org) and `broken` (the JSON-LD that cannot be read) lists of texts.
    """
    tree = _parsed(html)
    scripts = [one.text or "" for one in tree.iter("script") if one.get("type", "").lower() == "application/ld+json"]
    blocks = [(text, _items(text)) for text in scripts if text.strip()]
    data = [item for _, items in blocks for item in items or ()]
    meta = _meta(tree)
    links = (one.get("href") for one in tree.iter("link") if "canonical" in one.get("rel", "").lower().split())
    times = (one.get("datetime") for one in tree.iter("time"))
    return {
        "title": _words(_first(*_named(meta, *_TITLES), *_said(data, "headline", "name"), *_headings(tree))),
        "authors": [_words(name) for name in _authors(meta, data)],
        "date": _first(*_named(meta, *_DATES), *_said(data, "datePublished"), *times),
        "site": _words(_first(*_named(meta, "citation_journal_title", "og:site_name"), *_publishers(data))),
        "url": _first(*links, *_named(meta, "citation_public_url", "og:url"), *_said(data, "url")),
        "doi": _first(*_named(meta, "citation_doi", "dc.identifier.doi")),
        "language": _first(tree.get("lang"), *_named(meta, "citation_language", "dc.language")),
        "description": _first(*_named(meta, "description", "og:description")),
        "kinds": [*_named(meta, "og:type"), *(str(item.get("@type", "")) for item in data)],
        "broken": [text for text, items in blocks if items is None],
    }


def _parsed(html: str) -> Any:
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]  # noqa: PLC0415

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return document_fromstring(f"{html}<p></p>".encode("utf-8", "replace"), parser=parser)


def _meta(tree: Any) -> Meta:
    """What the page's `meta` elements say, by name in small letters."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for one in tree.iter("meta"):
        name = one.get("property") or one.get("name") or one.get("itemprop") or ""
        said[name.lower()] += [text] if (text := _first(one.get("content"))) else []
    return said


def _named(meta: Meta, *names: str) -> Iterator[str]:
    return (text for name in names for text in meta.get(name, ()))


def _said(data: Items, *names: str) -> Iterator[str]:
    return (item[name] for item in data for name in names if isinstance(item.get(name), str))


def _headings(tree: Any) -> Iterator[str]:
    """The headings that are shown outside of menus, in one line, then the title."""
    yield " ".join(one.text_content() for one in tree.iter("h1") if not any(True for _ in one.iterancestors(*_AROUND)))
    yield from (one.text_content() for one in tree.iter("title") if one.getparent().tag == "head")


def _publishers(data: Items) -> Iterator[str]:
    names = (name_in(item.get("publisher")) for item in data)
    return (name if isinstance(name, str) else "" for name in names)


def name_in(value: Any) -> Any:
    """A name that is written out, or the name in a group of fields."""
    return value.get("name", "") if isinstance(value, dict) else value


def _first(*texts: str | None) -> str:
    """The first text that says something, on one line."""
    return next((words for text in texts if (words := " ".join((text or "").split()))), "")


def _words(text: str) -> str:
    """Words from a page's head, where some programs write `&amp;amp;` for `&`."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text)


def _items(text: str) -> Items | None:
    """The articles and the like in a block of JSON-LD; None when it is broken. Breaks in its texts are read."""
    try:
        found = json.loads(text[:_LARGEST], strict=False)
    except (ValueError, RecursionError):
        return None
    found = found.get("@graph", found) if isinstance(found, dict) else found
    items = [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, dict)]
    return [item for item in items if item.keys() & {"headline", "datePublished", "author"}]


def _authors(meta: Meta, data: Items) -> list[str]:
    named = next((meta[name] for name in _AUTHORS if meta.get(name)), [])
    if not named:
        listed: Any = next((item["author"] for item in data if item.get("author")), [])
        people = listed if isinstance(listed, list) else [listed]
        named = [str(name_in(one)) for one in people]
    return [name for name in dict.fromkeys(named) if name and not name.startswith(("http://", "https://"))]


# The text


def shown_text(html: str, left_out: Iterable[str] = _AROUND) -> str:
    """What a page shows outside of menus, headers and footers, a line for each block."""
    from lxml.etree import iterwalk, strip_elements  # type: ignore[import-untyped]  # noqa: PLC0415

    tree, parts = _parsed(html), list[str]()
    strip_elements(tree, *left_out, with_tail=False)
    verbatim = {one for pre in tree.iter("pre") for one in pre.iter()}
    for event, one in iterwalk(tree, events=("start", "end")):
        text, around = (one.text, one) if event == "start" else (one.tail, one.getparent())
        parts.append("\n" if one.tag in _BLOCKS else " " if one.tag in ("td", "th") and event == "start" else "")
        parts.append((text or "") if around in verbatim else (text or "").replace("\n", " "))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def main_text(html: str | bytes) -> str:
    """The article's own text as trafilatura picks it, rather more than less; empty when it finds none.

    It stands in the page's own lines where they have the same words: of a short page the library takes all there is,
    and gives every piece of a sentence a line of its own. If that has the words of menus as well, what stands outside
    of them is taken instead.
    """
    from trafilatura import extract  # noqa: PLC0415 - an extra

    text: str = extract(html, include_comments=False, include_tables=True, favor_recall=True) or ""
    page = html if isinstance(html, str) else html.decode("utf-8", "replace")
    shown = shown_text(page)
    if passage := _passage(shown, text):
        return passage
    whole = shown_text(page, _NEVER_SHOWN)
    return (shown or whole) if _passage(whole, text) else text


def _passage(shown: str, text: str) -> str:
    """The part of what a page shows that has the letters of a text; empty when none has."""
    places = [at for at, char in enumerate(shown) if not char.isspace()]
    letters = "".join(text.split())
    at = "".join(shown.split()).find(letters) if letters else -1
    return shown[places[at] : places[at + len(letters) - 1] + 1] if at >= 0 else ""
