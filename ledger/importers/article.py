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
from ledger.importers.dates import date_from_text, read_date
from ledger.importers.drafts import Captured, ForeignFile, Imported, Log, Run
from ledger.importers.front_matter import NAMES, FrontMatter, split_front_matter
from ledger.importers.names import read_name, split_names

_LEAD = r"(?>(?:[\ufeff \t\r\n]++|<!--(?s:.*?)-->|<\?(?s:.*?)\?>)*)"
"""What may stand before a page: blanks, comments, instructions."""
_PAGE = re.compile(_LEAD + r"<(?:!doctype|html|head|body|article|meta|title)\b", re.IGNORECASE)
_FRAGMENT = re.compile(
    _LEAD + r"</?(?:!doctype|html|head|body|article|meta|title|link|base|style|script|h[1-6]|p|div|section|main|header"
    r"|nav|aside|footer|ul|ol|dl|table|blockquote|pre|figure|img|a|b|i|em|strong|span|br|hr|center|font|iframe|time)\b[^<]*>",
    re.IGNORECASE,
)
_HEADING = re.compile(r"#{1,6}[ \t]+(\S.*)")
_UNDERLINE = re.compile(r"=+|-{2,}")
_LINK = re.compile(r"!?\[\[([^\[\]]*)\]\]|!?\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_|`)(?=\S)([^*_`]+)(?<=\S)\1(?!\w)")
_EMBEDDED = re.compile(r"!\[.*|\{\{.*|<%.*|\[TOC\]|\[\[_?TOC_?\]\]", re.IGNORECASE)
_MARKDOWN, _PAGES = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"), (".html", ".htm", ".xhtml")
_DATED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?![\d])[-_ ]*(.*)", re.DOTALL)
_NAMES_OF_NO_TITLE = {"index", "_index", "readme", "post", "page", "article", "note", "untitled", "document", "text"}
_BOILERPLATE = {
    "top of page", "bottom of page", "skip to content", "skip to main content", "menu", "home", "search", "share",
    "subscribe", "sign in", "log in", "log in / sign up", "comments", "back", "all posts", "read more",
}  # fmt: skip
"""Lines that pages carry around an article."""
_LONGEST_TITLE = 300
_NEAR_TOP = 12
"""How many paragraphs may stand before a title."""
_FRONT = {
    "url": ("url", "canonicalurl", "canonical_url", "canonical", "source_url", "original_url", "link", "video_url",
            "source"),
    "title": ("title", "headline"),
    "date": ("date", "published", "publishdate", "pubdate", "date_published"),
    "authors": ("authors", "author", "byline", "creator"),
    "site": ("site", "publication", "publisher", "site_name", "container_title", "website", "source"),
    "doi": ("doi",),
    "language": ("language", "lang"),
    "accessed": ("accessed", "retrieved", "date_accessed", "clipped", "date_saved"),
    "tags": ("tags", "categories", "keywords", "tag", "category"),
}  # fmt: skip
"""What a source has, and the names it goes by in front matter, the best first."""
_BY_BLANK = ("tags", "categories", "tag")
"""Fields whose text is taken apart at blanks where it has no comma, as Jekyll does."""
_WORDS_OF_OTHERS = ("excerpt", "description", "summary", "abstract", "subtitle")
_HTML_TYPES = {
    "chapter": "chapter", "conference paper": "paper-conference", "thesis": "thesis",
    "blogposting": "post-weblog", "dataset": "dataset", "newsarticle": "article-newspaper", "report": "report",
    "scholarlyarticle": "article-journal", "socialmediaposting": "post", "videoobject": "broadcast",
}  # fmt: skip
_NAME_PARTS = (
    ("given", "given-names", "first", "firstname", "first_name"),
    ("family", "family-names", "last", "lastname", "last_name", "surname"),
)
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
    # HTML: a page or, where its name does not say Markdown, a piece of one.
    is_page = (_PAGE if file.path.lower().endswith(_MARKDOWN) else _FRAGMENT).match(lines.text)
    read = _from_html(lines.text, made.log(file.path)) if is_page else _from_text(file, lines, made)
    if read:
        item, body, how = read
        said = {name: value for name, value in item.items() if value} | ({"URL": run.url} if run.url else {})
        captured = Captured(body.strip() + "\n", how, run.day.isoformat(), run.keep_text)
        if add_source(said, file.path, made, run) and body.strip():
            if len(captured.text.encode("utf-8")) > MAX_TEXT_BYTES:
                made.log(file.path).gap("text", "longer than a snapshot may be: none was taken", file.path)
            else:
                made.drafts[-1] = replace(made.drafts[-1], snapshot=captured)
    return made


def _from_html(text: str, log: Log) -> Read:
    body, shown, page = html.main_text(text), html.shown_text(text), html.read_html(text)
    if page["description"]:
        log.gap("description", ABSTRACT, page["description"])
    for name in page["unread"]:
        log.gap("author", "the page names it in another way than its authors: left out", name)
    for block in page["broken"]:
        log.gap("JSON-LD", "it is not JSON, so that what it says of the page is left out", block)
    item = _item(page, page["authors"])
    item["author"] = [_parted(one["literal"], log) for one in item["author"]]
    item |= page["place"]
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
    """What is known of an article, each author a name as it is written."""
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
    name, day = _file_name(file.path)
    item = _from_fields(front, name, made.log(file.path))
    if day and not item["issued"]:
        item["issued"] = day
        made.log(file.path).guess("issued", "read from the file's name", day)
    body, how = front.body, "its text unchanged"
    if front.marks and file.path.lower().endswith(_PAGES) and "<" in body:
        body, how = html.main_text(body) or html.shown_text(body), "the text of the HTML below it"
    return item, body, f"Imported from a file of {NAMES[front.marks]}: {how}."


def _file_name(path: str) -> tuple[str, str]:
    """The title and the date that the name of a Markdown file says, as Obsidian and Jekyll have them."""
    name = re.split(r"[/\\]", path)[-1]
    stem, dot, _ = name.rpartition(".")
    if not dot or not name.lower().endswith(_MARKDOWN):
        return "", ""
    dated = _DATED_NAME.fullmatch(stem)
    day, rest = (read_date(dated[1]), dated[2]) if dated else ("", stem)
    words = rest if " " in rest else re.sub(r"[-_]+", " ", rest).strip()
    return ("" if rest.casefold() in _NAMES_OF_NO_TITLE else words[:1].upper() + words[1:]), day


def _from_fields(front: FrontMatter, file_name: str, log: Log) -> dict[str, Any]:
    fields, paths = _flat(front.fields, log)
    names = {ours: next((one for one in theirs if _fits(ours, fields.get(one))), "") for ours, theirs in _FRONT.items()}
    plain = {ours: name for ours, name in names.items() if ours not in ("authors", "tags")}
    words = {ours: log.first(paths.get(name, ""), _strings(fields.get(name))) for ours, name in plain.items()}
    for name in sorted({*names.values(), *_FRONT["tags"]} & fields.keys() - {names["authors"]}):
        for group in _groups_in(fields[name]):
            log.gap(paths[name], "a group of fields where words are expected: left out", group)
    authors = fields.get(names["authors"], []) if names["authors"] else []
    item = _item(words, _names(authors, log))
    item["author"] = [_parted(one["literal"], log) if "literal" in one else one for one in item["author"]]
    item["accessed"] = date_from_text(words["accessed"]) or words["accessed"]
    item["keyword"] = [word for name in _FRONT["tags"] for word in _tags(name, fields.get(name))]
    for name in sorted(fields.keys() - {*names.values(), *_FRONT["tags"]}):
        if fields[name] not in ("", [], {}):
            log.gap(paths[name], ABSTRACT if name in _WORDS_OF_OTHERS else NO_FIELD, fields[name])
    if not item["title"]:
        item["title"] = _title_of(front.body, file_name)
        log.guess("title", "not said: from the first heading, the file's name or the first line", item["title"])
    if names["url"] == "video_url":
        log.guess("type", "guessed from `video_url`", "broadcast")
        return item | {"type": "broadcast"}
    log.guess("type", "not said: set to webpage", front.marks)
    return item | {"type": "webpage"}


def _fits(ours: str, value: Any) -> bool:
    """Whether a value can be what the field of an article is; `source` may be an address or a site."""
    if ours == "authors" or not _strings(value):
        return ours == "authors" and bool(value)
    is_address = all(re.match(r"\w+://", text) for text in _strings(value)[:1])
    return is_address if ours == "url" else not (ours == "site" and is_address)


def _flat(fields: Mapping[str, Any], log: Log) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields by lower-case name with those of known groups among them, and the whole name of each."""
    groups = {f"{name}.": fields[name] for name in _GROUPS if isinstance(fields.get(name), dict)}
    own = {name: value for name, value in fields.items() if f"{name}." not in groups}
    flat: dict[str, Any] = {}
    paths: dict[str, str] = {}
    for group, inner in {"": own, **groups}.items():
        for written, value in inner.items():
            name = written.lower().replace(" ", "_")
            if name in flat:
                log.gap(group + written, "said in another place already: left out", value)
            flat.setdefault(name, value)
            paths.setdefault(name, group + written)
    return flat, paths


def _strings(value: Any) -> list[str]:
    """The texts in a value, also of lists in lists, without the brackets of links."""
    if isinstance(value, list):
        return [text for one in value for text in _strings(one)]
    return [text] if isinstance(value, str) and (text := _shown(value)) else []


def _groups_in(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [group for one in value for group in _groups_in(one)]
    return [value] if isinstance(value, dict) and value else []


def _shown(text: str) -> str:
    """The words that links show: `[[people/Jane Doe|Jane]]` is Jane, `[[Jane Doe]]` Jane Doe."""
    return one_line(_LINK.sub(_link_words, text))


def _link_words(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[2]
    target, bar, alias = found[1].rpartition("|")
    return alias if bar else alias.partition("#")[0].rpartition("/")[2] or target


def _tags(name: str, value: Any) -> list[str]:
    """Tags from a list, or from one text by comma or by blank."""
    parts = _strings(value)
    if isinstance(value, str):
        between = r"[,;]" if re.search("[,;]", value) else r"\s+" if name in _BY_BLANK else r"[\n]"
        parts = re.split(between, one_line(_LINK.sub(_link_words, value)))
    return [word for part in parts if (word := part.strip().removeprefix("#").strip())]


def _names(value: Any, log: Log) -> list[str]:
    """Names from text, a list of texts, or groups with a name, of which nothing else is kept."""
    if isinstance(value, list):
        return [name for one in value for name in _names(one, log)]
    if not isinstance(value, dict):
        text = _shown(str(value))
        return split_names(text, [text])
    given, family = (next((str(value[n]) for n in names if value.get(n)), "") for names in _NAME_PARTS)
    name = str(value.get("name") or value.get("literal") or f"{given} {family}").strip()
    used = {"name", "literal", *(one for names in _NAME_PARTS for one in names)}
    unread = {f"author.{part}": value[part] for part in sorted(value.keys() - used)} if name else {"author": value}
    for what, said in unread.items():
        if said:
            log.gap(what, "a name here has no such part: left out", said)
    return [_shown(name)] if name else []


def _parted(name: str, log: Log) -> dict[str, str]:
    """A name in its parts: front matter has it as people say it."""
    parts, is_guess = read_name(name)
    if name.startswith("{") and "," in name:
        log.guess("authors", "it may be one name or more: kept as it is", parts["literal"])
    if is_guess:
        log.guess("authors", "which part is the family name, if it is a person, was guessed", ", ".join(parts.values()))
    return parts


def _title_of(text: str, file_name: str = "") -> str:
    """A heading near the top, else the name of the file, else the first paragraph of one line, else the first line."""
    lines = [one_line(line) for line in text.split("\n")]
    paragraphs = [list(part) for filled, part in groupby(lines, bool) if filled]
    near = [one for one in paragraphs if one[0].casefold() not in _BOILERPLATE and not _EMBEDDED.fullmatch(one[0])]
    near = near[:_NEAR_TOP]
    main = next((title for part in near if (title := _heading(part)) and not part[0].startswith("##")), "")
    if file_name and not (near and (main or _heading(near[0]))):
        return file_name[:_LONGEST_TITLE]
    titles = (_heading(part) or (part[0] if len(part) == 1 else "") for part in near)
    first = paragraphs[0][0] if paragraphs else ""
    found = main if file_name else ""
    found = found or next((text for text in titles if text and len(text) <= _LONGEST_TITLE), first)
    return _shown(_EMPHASIS.sub(r"\2", found))[:_LONGEST_TITLE]


def _heading(paragraph: list[str]) -> str:
    """The words of a heading, by number signs before it or a line below it; empty for any other paragraph."""
    if found := _HEADING.fullmatch(paragraph[0]):
        return found[1].rstrip("#").rstrip()
    return paragraph[0] if len(paragraph) > 1 and _UNDERLINE.fullmatch(paragraph[1]) else ""
