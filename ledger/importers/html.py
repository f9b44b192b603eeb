"""An HTML page → what it says of itself, and its text, by trafilatura and lxml (the extra `html`).

In: HTML. Out: metadata from the head (`citation_*`, Open Graph, Dublin Core, JSON-LD, canonical link) and the plain
text of the article alone. ImportError when the extra is not installed. Nothing is executed and nothing is fetched.
"""

import json
import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ledger.bibliography import OTHERS
from ledger.importers.cleaning import decoded, is_too_deep
from ledger.importers.names import read_name, split_names

_NEVER_SHOWN = ("script", "style", "template", "svg", "head")
_AROUND = (*_NEVER_SHOWN, "noscript", "nav", "footer", "aside", "form", "button", "iframe")
_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "ul", "ol", "li", "table", "tr", "blockquote", "pre", "h1",
    "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "dl", "dt", "dd", "hr", "br",
}  # fmt: skip
_TITLES = ("citation_title", "dc.title", "og:title", "twitter:title")
_FAMILY_FIRST = ("citation_author", "citation_authors", "dc.creator", "dcterms.creator")
"""Names under which a comma stands between the parts of a name, and not behind it."""
_AUTHORS = (*_FAMILY_FIRST, "author", "article:author")
_BEFORE_NAME = re.compile(r"\A(?:written )?by:?\s+", re.IGNORECASE)
_AND_OTHERS = re.compile(r",?\s+(?:et al\.?|and others)\Z", re.IGNORECASE)
_DATES = (
    "citation_publication_date", "citation_date", "dc.date", "article:published_time", "datepublished", "date",
    "og:article:published_time", "publish_date",
)  # fmt: skip
_CONTAINERS = ("citation_journal_title", "citation_conference_title", "citation_inbook_title")
_KINDS = {**dict(zip(_CONTAINERS, ("ScholarlyArticle", "conference paper", "chapter"), strict=True)),
          "citation_dissertation_institution": "thesis", "citation_technical_report_institution": "report"}  # fmt: skip
"""Tags that say in what a paper has appeared, and so what it is."""
_PLACES = {"volume": ("volume",), "issue": ("issue",), "number": ("technical_report_number",), "ISSN": ("issn",),
           "publisher": ("publisher", "dissertation_institution", "technical_report_institution"),
           "ISBN": ("isbn",), "PMID": ("pmid",)}  # fmt: skip
_NAMED = {"name", "givenName", "familyName"}
_ADDRESSES = ("http://", "https://", "#", "/")
"""What an address begins with, and no name does."""
_LOWER = ("h2", "h3", "h4", "h5", "h6")
_MARKED = re.compile(
    r"\A(?:<!--|//\s{0,9}<!\[CDATA\[|<!\[CDATA\[|/\*\s{0,9}<!\[CDATA\[\s{0,9}\*/)"
    r"|(?:-->|(?://|/\*)?\s{0,9}\]\]>(?:\s{0,9}\*/)?)\Z"
)
"""What hides a script from other programs."""
_LARGEST = 200_000
"""The most JSON-LD that is read, in characters."""
Meta = Mapping[str, list[str]]
Items = list[dict[str, Any]]


def read_html(html: str) -> dict[str, Any]:
    """What the head of a page says, or else its first headings and date; empty where it says nothing.

    `title`, `date`, `site`, `url`, `doi`, `language` and `description` are texts, `authors`, `unread` (of
    these), `kinds` (types of schema.org) and `broken` (the JSON-LD that cannot be read) lists of texts. `place` says
    where a paper has appeared, as variables of CSL.
    """
    tree = _parsed(html)
    scripts = [one.text or "" for one in tree.iter("script") if one.get("type", "").lower() == "application/ld+json"]
    blocks = [(text, _items(text)) for text in scripts if text.strip()]
    nodes = [item for _, items in blocks for item in items or ()]
    data = [item for item in nodes if item.keys() & {"headline", "datePublished", "author", "creator"}]
    meta = _meta(tree)
    links = (one.get("href") for one in tree.iter("link") if "canonical" in one.get("rel", "").lower().split())
    times = (one.get("datetime") for one in tree.iter("time"))
    named = {one["@id"]: one for one in nodes if isinstance(one.get("@id"), str) and one.keys() & _NAMED}
    authors, unread = _authors(meta, data, named)
    return {
        "title": decoded(_first(*_named(meta, *_TITLES), *_said(data, "headline", "name"), *_headings(tree))),
        "authors": authors,
        "unread": unread,
        "date": _first(*_named(meta, *_DATES), *_said(data, "datePublished"), *times),
        "site": decoded(_first(*_named(meta, *_CONTAINERS, "og:site_name"), *_publishers(data))),
        "place": _place(meta),
        "url": _first(*links, *_named(meta, "citation_public_url", "og:url"), *_said(data, "url")),
        "doi": _first(*_named(meta, "citation_doi", "dc.identifier.doi")),
        "language": _first(tree.get("lang"), *_named(meta, "citation_language", "dc.language")),
        "description": _first(*_named(meta, "description", "og:description")),
        "kinds": [
            *(kind for name, kind in _KINDS.items() if meta.get(name)),
            *_named(meta, "og:type"),
            *(kind for item in data for kind in _listed(item.get("@type")) if isinstance(kind, str)),
        ],
        "broken": [text for text, items in blocks if items is None],
    }


def _parsed(html: str) -> Any:
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped]

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
    yield from (one.text_content() for level in _LOWER for one in tree.iter(level) if one.text_content().strip())


def _place(meta: Meta) -> dict[str, str]:
    """Where a paper has appeared, as the tags say that Highwire and Google Scholar have."""

    def of(*names: str) -> str:
        return decoded(_first(*_named(meta, *(f"citation_{name}" for name in names))))

    said = {variable: of(*names) for variable, names in _PLACES.items()}
    first, last = of("firstpage"), of("lastpage")
    said["page"] = f"{first}-{last}" if first and last and first != last else first
    return {variable: text for variable, text in said.items() if text}


def _publishers(data: Items) -> Iterator[str]:
    """The publisher of each item, whether it is written out or a group of fields."""
    said = (item.get("publisher") for item in data)
    names = (one.get("name") if isinstance(one, dict) else one for one in said)
    return (name for name in names if isinstance(name, str))


def _first(*texts: str | None) -> str:
    """The first text that is not blank, on one line."""
    return next((words for text in texts if (words := " ".join((text or "").split()))), "")


def _items(text: str) -> Items | None:
    """Every group of fields in a block of JSON-LD; None if it is broken or too deep. Breaks in its texts are read."""
    try:
        found = json.loads(_MARKED.sub("", text[:_LARGEST].strip()), strict=False)
    except (ValueError, RecursionError):
        return None
    return None if is_too_deep(found) else list(_groups(found))


def _groups(value: Any) -> Iterator[dict[str, Any]]:
    """A group and those within it, the outer first."""
    waiting = deque([value])
    while waiting:
        one = waiting.popleft()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _authors(meta: Meta, data: Items, known: Mapping[str, dict[str, Any]]) -> tuple[list[str], list[str]]:
    """The authors in the first way in which the page names them, and those that it names only in other ways."""
    said = [(name in _FAMILY_FIRST, named) for name in _AUTHORS if (named := meta.get(name))]
    people = (_people(item.get(part), known) for item in data for part in ("author", "creator"))
    said += [(False, named) for named in people if named]
    ways = [{_key(one): one for name in names for one in _split(decoded(name), first)} for first, names in said]
    good = [{key: name for key, name in names.items() if not name.startswith(_ADDRESSES)} for names in ways]
    best = next(filter(None, good), {})
    # A longer list that has all of these says more.
    best = max((names for names in good if best.keys() <= names.keys()), key=len, default=best)
    others = {key: name for names in ways for key, name in names.items() if key not in best}
    return list(best.values()), [name.strip("{}") for name in others.values()]


def _split(text: str, is_family_first: bool) -> Iterator[str]:  # noqa: FBT001
    """The names in a text, each as `read_name` takes it; in braces where it is not known if it is one."""
    written = _BEFORE_NAME.sub("", text.strip())
    names = _AND_OTHERS.sub("", written)
    pieces = [names] if names.startswith(_ADDRESSES) else split_names(names, [f"{{{names}}}"])
    for piece in pieces:
        family, comma, _ = piece.partition(",")
        is_unsure = comma and " " in family.strip() and family[:1].isupper() and not is_family_first
        yield f"{{{piece}}}" if is_unsure and len(pieces) == 1 and piece[0] != "{" else piece
    if names != written:
        yield OTHERS


def _key(name: str) -> str:
    """A name as it is said, so that two ways to write it compare as equal."""
    parts = read_name(name).parts
    return " ".join(parts[one] for one in ("given", "family", "literal") if one in parts).casefold()


def _people(value: Any, known: Mapping[str, dict[str, Any]]) -> list[str]:
    """The names in a value of JSON-LD: a text, a list, a person, or an `@id` of one; what leads nowhere as it is."""
    if isinstance(value, list):
        return [name for one in value for name in _people(one, known)]
    if not isinstance(value, dict):
        return [str(value)] if value else []
    if "@list" in value:
        return _people(value["@list"], known)
    person = known.get(str(value.get("@id", "")), value) if not value.get("name") else value
    parts = ", ".join(str(person[part]) for part in ("familyName", "givenName") if person.get(part))
    name = (parts if "," in parts else "") or person.get("name") or parts or value.get("@id") or ""
    is_group = "Organization" in map(str, _listed(person.get("@type")))
    return [f"{{{one}}}" if is_group else str(one) for one in _listed(name) if one]


# The text


def shown_text(html: str, left_out: Iterable[str] = _AROUND) -> str:
    """What a page shows outside of menus, headers and footers, a line for each block."""
    from lxml.etree import iterwalk, strip_elements  # type: ignore[import-untyped]

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
    from trafilatura import extract  # an extra

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
