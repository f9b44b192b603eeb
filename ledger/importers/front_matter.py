"""What stands above the text of an article → plain data: YAML, TOML, JSON, MultiMarkdown, or a title block of pandoc.

In: the text of a file. Out: fields of text, lists and groups, the body, and problems at their places. Empty lines may
stand before it, and the language behind its first line, as in Eleventy's `---json`. TOML is read by `tomllib`, JSON by
`json`, YAML by our own reader, so that aliases, tags and bombs are refused. The forms:
https://gohugo.io/content-management/front-matter/, https://jekyllrb.com/docs/front-matter/,
https://www.11ty.dev/docs/data-frontmatter/, https://pandoc.org/MANUAL.html#metadata-blocks,
https://fletcher.github.io/MultiMarkdown-6/syntax/metadata.html.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ledger.diagnostics import Diagnostic, Lines, error
from ledger.importers.cleaning import LaxJsonError, each_once, is_too_deep
from ledger.yamlnodes import MAX_DEPTH, FieldPath, build_nodes

_OPENINGS = {
    marks: re.compile(rf"{re.escape(marks)}[ \t]*([A-Za-z]*)[ \t]*\r?$", re.MULTILINE) for marks in ("+++", "---")
}
_IN_LANGUAGE = {
    "+++": {"": "+++", "toml": "+++"},
    "---": {"": "---", "yaml": "---", "yml": "---", "json": "{", "toml": "+++",
            **dict.fromkeys(("js", "javascript", "node", "coffee", "coffeescript", "cson"), "js")},
}  # fmt: skip
"""By opening marks, the language behind them, and which key of `NAMES` is read so."""
_LIKE_JSON = re.compile(r'\{\s*"[^"\n]{1,80}"\s*:')
_CLOSINGS = {
    "+++": re.compile(r"^\+\+\+[ \t]*\r?$", re.MULTILINE),
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE),
}
NAMES = {
    "+++": "TOML front matter", "---": "YAML front matter", "{": "JSON front matter", "%": "a title block of pandoc",
    ":": "MultiMarkdown metadata", "js": "front matter in JavaScript", "": "plain text",
}  # fmt: skip
"""What each mark means, in words."""
_BLANK = re.compile(r"\ufeff?\s*")
_KEYED = re.compile(r"([A-Za-z][A-Za-z0-9 _-]{0,40}?):(?:[ \t]+(.*)|[ \t]*)")
_TELLING = {"title", "author", "authors", "date", "source", "url", "doi"}
"""Names of which a block of MultiMarkdown has one: other texts, too, begin with a word and a colon."""
_PERCENT = ("title", "author", "date")
_MOST_BYTES = 1 << 18
_MOST_DOTS = 200
"""A key of thousands of parts takes seconds to read; front matter has a few."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields and where each stands (for YAML), the body, and the marks: a key of `NAMES`."""

    fields: dict[str, Any]
    body: str
    marks: str = ""
    places: dict[FieldPath, tuple[int, int]] | None = None


@dataclass(frozen=True, slots=True)
class _Block:
    """Where front matter begins and ends, what stands within, and where the body begins."""

    marks: str
    start: int
    end: int
    body: int
    fields: dict[str, Any] | None = None


def split_front_matter(path: str, lines: Lines) -> tuple[FrontMatter | None, list[Diagnostic]]:
    """Take a text apart. None when it has front matter that cannot be read."""
    block = _found(lines.text)
    if not block:
        return FrontMatter({}, lines.text), []
    if block.body < 0:
        hint = f"end it with a line of {lines.text[block.start : block.end]}"
        span = lines.span(path, block.start, block.end)
        return None, [error("front-matter", span, "the front matter is never closed", hint)]
    body = lines.text[block.body :].lstrip("\n")
    if block.marks == "---":
        nodes, found = build_nodes(path, lines, block.start, block.end)
        return (FrontMatter(nodes.data, body, "---", nodes.values) if nodes else None), found
    data = block.fields if block.fields is not None else _READ[block.marks](path, lines, block.start, block.end)
    if not isinstance(data, Diagnostic) and is_too_deep(data):
        data = _too_deep(path, lines, block.start)
    return (None, [data]) if isinstance(data, Diagnostic) else (FrontMatter(_as_text(data), body, block.marks), [])


def body_of(text: str) -> str:
    """What stands below the front matter; the whole text when it has none, or none that is closed."""
    block = _found(text)
    return text[block.body :].removeprefix("\n") if block and block.body >= 0 else text


def _found(text: str) -> _Block | None:
    """The front matter of a text, by how it begins."""
    blank = _BLANK.match(text)
    start = blank.end() if blank else 0
    marks = text[start : start + 3]
    opening = _OPENINGS[marks].match(text, start) if marks in _OPENINGS else None
    if opening and (language := _IN_LANGUAGE[marks].get(opening[1].lower())):
        closing = _CLOSINGS[marks].search(text, opening.end())
        if not closing:
            return _Block(language, start, start + 3, -1)
        return _Block(language, opening.end() + 1, closing.start(), closing.end())
    if text.startswith("{", start):
        return _json_block(text, start)
    return _percent_block(text, start) if text.startswith("%", start) else _keyed_block(text, start)


# JSON


def _json_block(text: str, start: int) -> _Block | None:
    """An object of JSON that ends with its line; a text that begins with a brace may be no JSON."""
    try:
        data, end = json.JSONDecoder().raw_decode(text, start)
    except RecursionError:
        return _Block("{", start, len(text), len(text))
    except ValueError:
        return _Block("{", start, len(text), len(text)) if _LIKE_JSON.match(text, start) else None
    line, _, _ = text[end:].partition("\n")
    return _Block("{", start, end, end) if data and not line.strip() else None


def _read_json(path: str, lines: Lines, start: int, end: int) -> dict[str, Any] | Diagnostic:
    if end - start > _MOST_BYTES:
        return _too_large(path, lines, start, end)
    place = start
    try:
        data = json.loads(lines.text[start:end], object_pairs_hook=each_once)
    except RecursionError:
        return _too_deep(path, lines, start)
    except json.JSONDecodeError as problem:
        place, message = start + problem.pos, f"this is no JSON: {problem.msg}"
    except ValueError as problem:
        message = str(problem) if isinstance(problem, LaxJsonError) else "this JSON has a number of thousands of digits"
    else:
        if isinstance(data, dict):
            return data
        message = "this JSON is no object with fields"
    return error("front-matter", lines.span(path, place, place + 1), message)


def _read_program(path: str, lines: Lines, start: int, end: int) -> Diagnostic:
    hint = "write its fields as YAML between lines of ---"
    return error("front-matter", lines.span(path, start, end), "this front matter is a program, and none is run", hint)


# Lines


def _lines(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Each line from there on, and where the next one begins."""
    while at < len(text):
        end = text.find("\n", at)
        behind = end + 1 if end >= 0 else len(text)
        yield text[at:behind].removesuffix("\n"), behind
        at = behind


def _percent_block(text: str, start: int) -> _Block | None:
    """`% title`, `% authors`, `% date`; a line that begins with a blank goes on with the one above."""
    parts: list[list[str]] = []
    at = start
    for line, end in _lines(text, start):
        if re.match(r"%(?!%)[ \t]?", line) and len(parts) < len(_PERCENT):
            parts.append([line[1:].strip()])
        elif line[:1] in (" ", "\t") and line.strip() and parts:
            parts[-1].append(line.strip())
        else:
            break
        at = end
    if not parts or not any(map(any, parts)) or text[start + 1 : start + 2] not in (" ", "\t", "\n"):
        return None
    title, authors, day = (*parts, [], [])[:3]
    names = [name.strip() for line in authors for name in line.split(";") if name.strip()]
    fields = {"title": " ".join(title), "author": names, "date": " ".join(day)}
    return _Block("%", start, at, at, {name: value for name, value in fields.items() if value})


def _keyed_block(text: str, start: int) -> _Block | None:
    """`Title: …` and other lines of that form, up to the first empty line, as MultiMarkdown and Pelican have them."""
    fields: dict[str, Any] = {}
    at, last = start, ""
    for line, end in _lines(text, start):
        keyed = _KEYED.fullmatch(line)
        if not line.strip():
            break
        if keyed and keyed[1].lower() not in fields:
            last = keyed[1].lower()
            fields[last] = (keyed[2] or "").strip()
        elif last and line[:1] in (" ", "\t"):
            fields[last] = f"{fields[last]} {line.strip()}".strip()
        else:
            return None
        at = end
    return _Block(":", start, at, at, fields) if len(fields) > 1 and fields.keys() & _TELLING else None


# TOML


def _read_toml(path: str, lines: Lines, start: int, end: int) -> dict[str, Any] | Diagnostic:
    text = lines.text[start:end]
    if len(text) > _MOST_BYTES or any(line.partition("=")[0].count(".") > _MOST_DOTS for line in text.split("\n")):
        return _too_large(path, lines, start, end)
    try:
        return tomllib.loads(text)
    except RecursionError:
        return _too_deep(path, lines, start)
    except ValueError as problem:
        at = re.search(r"line (\d+), column (\d+)", str(problem))
        row = int(at[1]) + lines.text.count("\n", 0, start) if at else 1
        place = lines.place(row)[0] + (int(at[2]) - 1 if at else 0)
        words = re.sub(r" \(at .*\)", "", str(problem))
        return error("front-matter", lines.span(path, place, place + 1), f"this is no TOML: {words}")


def _too_large(path: str, lines: Lines, start: int, end: int) -> Diagnostic:
    return error("too-large", lines.span(path, start, end), "the front matter is too large to be read", "shorten it")


def _too_deep(path: str, lines: Lines, start: int) -> Diagnostic:
    message = f"nested more than {MAX_DEPTH} levels deep"
    return error("too-large", lines.span(path, start, start + 1), message, "make it flatter")


def _as_text(value: Any) -> Any:
    """Values of TOML and JSON as text, as YAML is read; lists and groups stay."""
    if isinstance(value, dict):
        return {name: _as_text(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


_READ: dict[str, Callable[[str, Lines, int, int], dict[str, Any] | Diagnostic]] = {
    "+++": _read_toml, "{": _read_json, "js": _read_program,
}  # fmt: skip
