"""Any article, as Markdown with front matter, HTML or plain text → a source with a snapshot.

In: the bytes of one file. Out: one draft with the text as it was read. What the file does not say is `unknown`; what
it says about the words of others (excerpts, descriptions) is not taken over.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from ledger.diagnostics import Lines
from ledger.files import MAX_TEXT_BYTES
from ledger.importers import html
from ledger.importers.cleaning import one_line
from ledger.importers.csl import ABSTRACT, NO_FIELD, add_source
from ledger.importers.dates import date_from_text
from ledger.importers.drafts import Captured, ForeignFile, Imported, Log, Run
from ledger.importers.front_matter import FrontMatter, split_front_matter

_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|article|meta|title)\b", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t]*#*")
_BOILERPLATE = {
    "top of page", "bottom of page", "skip to content", "skip to main content", "menu", "home", "search", "share",
    "subscribe", "sign in", "log in", "log in / sign up", "comments", "back", "all posts", "read more",
}  # fmt: skip
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
    "blogposting": "post-weblog", "dataset": "dataset", "newsarticle": "article-newspaper", "report": "report",
    "scholarlyarticle": "article-journal", "socialmediaposting": "post", "videoobject": "broadcast",
}  # fmt: skip
_GROUPS = ("extra", "taxonomies", "params")
"""Groups whose fields count as the article's own, as Zola and Hugo have them."""
Read = tuple[dict[str, Any], str, str]
"""An item of CSL-JSON, the text, and how it was taken."""


def read_article(file: ForeignFile, run: Run) -> Imported:
    """One article. ImportError when it is HTML and the extra is not installed."""
    made = Imported()
    lines = made.text_of(file)
    if lines is None:
        return made
    if not lines.text.strip():
        made.reject(file.path, "it is empty", lines.span(file.path, 0, 0), "there is no article in this file")
        return made
    read = _from_html(lines.text, made.log(file.path)) if _HTML.match(lines.text) else _from_text(file, lines, made)
    if read:
        item, body, how = read
        said = {name: value for name, value in item.items() if value} | ({"URL": run.url} if run.url else {})
        captured = Captured(body.strip() + "\n", how, run.day.isoformat(), run.keep_text)
        if add_source(said, file.path, made, run) and body.strip():
            _attach(captured, made, file.path)
    return made


def _attach(captured: Captured, made: Imported, path: str) -> None:
    if len(captured.text.encode("utf-8")) > MAX_TEXT_BYTES:
        made.log(path).gap("text", "longer than a snapshot may be: none was taken", path)
    else:
        made.drafts[-1] = replace(made.drafts[-1], snapshot=captured)


def _from_html(text: str, log: Log) -> Read:
    body, shown, page = html.main_text(text), html.shown_text(text), html.read_html(text)
    if page["description"]:
        log.gap("description", ABSTRACT, page["description"])
    for block in page["broken"]:
        log.gap("JSON-LD", "it is not JSON, so that what it says of the page is left out", block)
    item = _item(page, page["authors"])
    known = [_HTML_TYPES[kind.lower()] for kind in page["kinds"] if kind.lower() in _HTML_TYPES]
    item["type"] = next(iter(known), "webpage")
    if not known:
        log.guess("type", "the page does not say: set to webpage")
    if not page["title"]:
        item["title"] = _title_of(shown)
        log.guess("title", "the page says none: its first line", item["title"])
    found = body and body != shown
    how = "the article's text as trafilatura finds it" if found else "all text that the page shows outside of menus"
    return item, body or shown, f"Imported from an HTML file: {how}."


def _item(words: Mapping[str, Any], authors: list[str]) -> dict[str, Any]:
    """What is known of an article; a file does not say which part of a name is the family name, or if it is a name."""
    people = [{"literal": name} for name in map(one_line, authors) if name]
    issued = date_from_text(words["date"]) or words["date"]
    others = {"container-title": "site", "URL": "url", "DOI": "doi", "language": "language"}
    return {"title": words["title"], "author": people, "issued": issued, **{csl: words[n] for csl, n in others.items()}}


def _from_text(file: ForeignFile, lines: Lines, made: Imported) -> Read | None:
    front, problems = split_front_matter(file.path, lines)
    if front is None:
        made.refuse(file.path, "its front matter cannot be read", problems)
        return None
    made.problems += problems
    how = {"+++": "TOML front matter", "---": "YAML front matter", "": "plain text"}[front.marks]
    item = _from_fields(front, made.log(file.path))
    return item, front.body, f"Imported from a file of {how}: its text unchanged."


def _from_fields(front: FrontMatter, log: Log) -> dict[str, Any]:
    fields, paths = _flat(front.fields, log)
    names = {ours: name for ours, theirs in _FRONT.items() for name in reversed(theirs) if fields.get(name)}
    found = {ours: fields[name] for ours, name in names.items()}
    words = {ours: next(iter(_strings(found.get(ours))), "") for ours in _FRONT}
    item = _item(words, _names(found.get("authors", [])))
    item["keyword"] = [word for name in _FRONT["tags"] for word in _strings(fields.get(name))]
    for name in sorted(fields.keys() - {*names.values(), *_FRONT["tags"]}):
        if fields[name] not in ("", [], {}):
            log.gap(paths[name], ABSTRACT if name in _WORDS_OF_OTHERS else NO_FIELD, fields[name])
    if not item["title"]:
        item["title"] = _title_of(front.body)
        log.guess("title", "not said: the first line that looks like one", item["title"])
    item["type"] = "broadcast" if names.get("url") == "video_url" else "webpage"
    if item["type"] == "broadcast":
        log.guess("type", "guessed from `video_url`", "broadcast")
    else:
        log.guess("type", "not said: set to webpage", front.marks)
    return item


def _flat(fields: Mapping[str, Any], log: Log) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields by lower-case name with those of known groups among them, and the whole name of each."""
    groups = {f"{name}.": fields[name] for name in _GROUPS if isinstance(fields.get(name), dict)}
    own = {name: value for name, value in fields.items() if f"{name}." not in groups}
    flat: dict[str, Any] = {}
    paths: dict[str, str] = {}
    for group, inner in {"": own, **groups}.items():
        for name, value in inner.items():
            if name.lower() in flat:
                log.gap(group + name, "said in another place already: left out", value)
            flat.setdefault(name.lower(), value)
            paths.setdefault(name.lower(), group + name)
    return flat, paths


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one_line(str(one)) for one in value] if isinstance(value, list) else []


def _names(value: Any) -> list[str]:
    """Names from text, a list of texts, or a list of groups with a name."""
    listed = value if isinstance(value, list) else [value]
    return [str(html.name_in(one)) for one in listed]


def _title_of(text: str) -> str:
    """A heading near the top, else the first paragraph of one line, else the first line."""
    lines = [one_line(line) for line in text.split("\n")]
    paragraphs = [list(part) for filled, part in groupby(lines, bool) if filled]
    near = [part for part in paragraphs if part[0].casefold() not in _BOILERPLATE][:_NEAR_TOP]
    titles = (_HEADING.sub(r"\1", part[0]) for part in near if _HEADING.fullmatch(part[0]) or len(part) == 1)
    first = paragraphs[0][0] if paragraphs else ""
    return next((text for text in titles if len(text) <= _LONGEST_TITLE), first)[:_LONGEST_TITLE]
