"""Any article, as Markdown with front matter, HTML or plain text → a source with a snapshot.

In: the bytes of one file. Out: one draft with the text as it was read. What the file does not say is `unknown`; what
it says about the words of others (excerpts, descriptions) is not taken over.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ledger.diagnostics import error
from ledger.files import MAX_TEXT_BYTES
from ledger.importers import html
from ledger.importers.cleaning import one_line
from ledger.importers.foreign import Captured, ForeignFile, Imported, Log, Run
from ledger.importers.foreign_dates import date_from_text
from ledger.importers.front_matter import FrontMatter, split_front_matter
from ledger.importers.reading import foreign_text
from ledger.importers.sources import add_source

_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|article|meta|title)\b", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t]*#*")
_FURNITURE = frozenset(
    (
        *(
            "top of page",
            "bottom of page",
            "skip to content",
            "skip to main content",
            "menu",
            "home",
            "search",
            "share",
        ),
        *("subscribe", "sign in", "log in", "log in / sign up", "comments", "back", "all posts", "read more"),
    )
)
"""Lines that pages carry around an article."""
_LONGEST_TITLE = 300
_NEAR_TOP = 12
"""How many paragraphs may stand before a title."""
_FRONT = {
    "url": ("url", "canonicalurl", "canonical_url", "canonical", "source_url", "original_url", "link", "video_url"),
    "title": ("title", "headline"),
    "date": ("date", "published", "publishdate", "pubdate", "date_published"),
    "authors": ("authors", "author", "byline", "creator"),
    "site": ("site", "publication", "publisher", "site_name", "container_title"),
    "doi": ("doi",),
    "language": ("language", "lang"),
    "tags": ("tags", "categories", "keywords"),
}
"""What a source has, and the names it goes by in front matter, the best first."""
_WORDS_OF_OTHERS = ("excerpt", "description", "summary", "abstract", "subtitle")
_HTML_TYPES = {
    "blogposting": "post-weblog",
    "dataset": "dataset",
    "newsarticle": "article-newspaper",
    "report": "report",
    "scholarlyarticle": "article-journal",
    "socialmediaposting": "post",
    "videoobject": "broadcast",
}
_OTHERS = "the words of others: not taken over as a summary; write one"
_NO_FIELD = "a source has no such field: left out"
_GROUPS = ("extra", "taxonomies", "params")
"""Groups whose fields count as the article's own, as Zola and Hugo have them."""


def read_article(file: ForeignFile, run: Run) -> Imported:
    """One article."""
    made = Imported()
    text = foreign_text(file, made)
    if text is None:
        return made
    if not text.strip():
        span = made.texts[file.path].span(file.path, 0, 0)
        made.refuse(file.path, "it is empty", [error("import", span, "there is no article in this file")])
        return made
    log = made.log(file.path)
    if _HTML.match(text):
        item, body, how = _from_html(text, log)
    else:
        front, problems = split_front_matter(file.path, text, made.texts[file.path])
        if front is None:
            made.refuse(file.path, "its front matter cannot be read", problems)
            return made
        made.problems += problems
        item, body, how = _from_text(front, log)
    if run.url:
        item["URL"] = run.url
    captured = Captured(body.strip() + "\n", how, run.day.isoformat(), run.keep_text)
    if add_source(item, file.path, made, run) and body.strip():
        if len(captured.text.encode("utf-8")) > MAX_TEXT_BYTES:
            log.gap("text", "longer than a snapshot may be: none was taken", file.path)
        else:
            made.drafts[-1] = made.drafts[-1].captured(captured)
    return made


def _from_html(text: str, log: Log) -> tuple[dict[str, Any], str, str]:
    page = html.read_html(text)
    if page.description:
        log.gap("description", _OTHERS, page.description)
    for block in page.broken:
        log.gap("JSON-LD", "it is not JSON, so that what it says of the page is left out", block)
    item: dict[str, Any] = {
        "title": page.title,
        "author": list(_people(page.authors)),
        "issued": _day(page.date),
        "container-title": page.site,
        "URL": page.url,
        "DOI": page.doi,
        "language": page.language,
        "type": _html_type(page.kinds, log),
    }
    if not page.title:
        log.guess("title", "the page says none: its first line", _title_of(page.text))
        item["title"] = _title_of(page.text)
    body = html.main_text(text) or page.text
    found = body != page.text
    how = "the article's text as trafilatura finds it" if found else "all text that the page shows outside of menus"
    return _filled(item), body, f"Imported from an HTML file: {how}."


def _filled(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if value}


def _html_type(kinds: list[str], log: Log) -> str:
    said = next((_HTML_TYPES[kind.lower()] for kind in kinds if kind.lower() in _HTML_TYPES), "")
    if not said:
        log.guess("type", "the page does not say: set to webpage")
    return said or "webpage"


def _from_text(front: FrontMatter, log: Log) -> tuple[dict[str, Any], str, str]:
    fields, paths = _flat(front.fields, log)
    found = {
        ours: (name, fields[name]) for ours, names in _FRONT.items() for name in reversed(names) if fields.get(name)
    }
    used = {name for name, _ in found.values()} | set(_FRONT["tags"])
    words = {name: _word(found.get(name)) for name in ("title", "doi", "site", "url", "language")}
    item: dict[str, Any] = {
        "title": words["title"],
        "author": list(_people(_names(found.get("authors")))),
        "issued": _day(_word(found.get("date"))),
        "container-title": words["site"],
        "URL": words["url"],
        "DOI": words["doi"],
        "language": words["language"],
        "keyword": [word for name in _FRONT["tags"] for word in _strings(fields.get(name))],
    }
    for name in sorted(fields.keys() - used):
        if fields[name] not in ("", [], {}):
            log.gap(paths[name], _OTHERS if name in _WORDS_OF_OTHERS else _NO_FIELD, fields[name])
    if not item["title"]:
        item["title"] = _title_of(front.body)
        log.guess("title", "not said: the first line that looks like one", item["title"])
    item["type"] = _text_type(found.get("url", ("", ""))[0], front, log)
    how = {"+++": "TOML front matter", "---": "YAML front matter", "": "plain text"}[front.marks]
    return _filled(item), front.body, f"Imported from a file of {how}: its text as it stands."


def _flat(fields: Mapping[str, Any], log: Log) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields by lower-case name with those of known groups among them, and the whole name of each."""
    flat: dict[str, Any] = {}
    paths: dict[str, str] = {}
    for group, inner in [
        ("", fields),
        *((name, fields[name]) for name in _GROUPS if isinstance(fields.get(name), dict)),
    ]:
        for name, value in inner.items():
            if not group and name in _GROUPS and isinstance(value, dict):
                continue
            if name.lower() in flat:
                log.gap(f"{group}.{name}".lstrip("."), "said in another place already: left out", value)
            flat.setdefault(name.lower(), value)
            paths.setdefault(name.lower(), f"{group}.{name}".lstrip("."))
    return flat, paths


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one_line(str(one)) for one in value] if isinstance(value, list) else []


def _word(found: tuple[str, Any] | None) -> str:
    return next(iter(_strings(found[1])), "") if found else ""


def _names(found: tuple[str, Any] | None) -> list[str]:
    """Names from text, a list of texts, or a list of groups with a name."""
    if not found:
        return []
    listed = found[1] if isinstance(found[1], list) else [found[1]]
    return [str(one.get("name", "")) if isinstance(one, dict) else str(one) for one in listed]


def _people(names: list[str]) -> Iterator[dict[str, str]]:
    """Names as they stand: a file does not say which part is the family name, nor whether it is a person at all."""
    for name in names:
        if text := one_line(name):
            yield {"literal": text}


def _day(text: str) -> str:
    """The day of a date, whatever its time and zone."""
    return date_from_text(text) or text


def _text_type(address: str, front: FrontMatter, log: Log) -> str:
    if address == "video_url":
        log.guess("type", "guessed from `video_url`", "broadcast")
        return "broadcast"
    log.guess("type", "not said: set to webpage", front.marks)
    return "webpage"


def _title_of(text: str) -> str:
    """A heading near the top, else the first paragraph of one line, else the first line."""
    lines = [one_line(line) for line in text.split("\n")]
    useful = [line for line in lines if line]
    paragraphs = [part for part in _paragraphs(lines) if part[0].casefold() not in _FURNITURE][:_NEAR_TOP]
    titles = (_HEADING.sub(r"\1", part[0]) for part in paragraphs if _HEADING.fullmatch(part[0]) or len(part) == 1)
    title = next((text for text in titles if len(text) <= _LONGEST_TITLE), "")
    return (title or (useful[0] if useful else ""))[:_LONGEST_TITLE]


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for line in [*lines, ""]:
        if line:
            part.append(line)
        elif part:
            yield part
            part = []
