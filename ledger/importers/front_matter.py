"""The front matter of an article: TOML between `+++` or YAML between `---` → plain data.

In: the text of a file. Out: fields of text, lists and groups, the body, and problems at their places. TOML is read by
`tomllib`, YAML by our own reader, so that aliases, tags and bombs are refused.
"""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from ledger.diagnostics import Diagnostic, Lines, error
from ledger.yamlnodes import FieldPath, build_nodes

_FENCES = {marks: re.compile(rf"^{re.escape(marks)}[ \t]*\r?$", re.MULTILINE) for marks in ("+++", "---")}
_MOST_BYTES = 1 << 18
_MOST_DOTS = 200
"""A key of thousands of parts takes seconds to read; front matter has a few."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields and where each stands (for YAML), the body, and the marks: `+++`, `---` or none."""

    fields: dict[str, Any]
    body: str
    marks: str = ""
    places: dict[FieldPath, tuple[int, int]] | None = None


def split_front_matter(path: str, lines: Lines) -> tuple[FrontMatter | None, list[Diagnostic]]:
    """Take a text apart. None when it has front matter that cannot be read."""
    text = lines.text
    marks, (opening, closing) = text[:3], _fences(text)
    if not opening:
        return FrontMatter({}, text), []
    if not closing:
        hint = f"end it with a line of {marks}"
        return None, [error("front-matter", lines.span(path, 0, 3), "the front matter is never closed", hint)]
    start, end, body = opening.end() + 1, closing.start(), body_of(text).lstrip("\n")
    if marks == "---":
        nodes, found = build_nodes(path, lines, start, end)
        return (FrontMatter(nodes.data, body, marks, nodes.values) if nodes else None), found
    data = _toml(path, lines, start, end)
    return (None, [data]) if isinstance(data, Diagnostic) else (FrontMatter(_as_text(data), body, marks), [])


def body_of(text: str) -> str:
    """What stands below the front matter; all of a text that has none, or none that is closed."""
    unmarked = text.removeprefix("\ufeff")
    closing = _fences(unmarked)[1]
    return unmarked[closing.end() :].removeprefix("\n") if closing else text


def _fences(text: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The lines that open and close front matter."""
    fence = _FENCES.get(text[:3])
    opening = fence.match(text) if fence else None
    return opening, fence.search(text, opening.end()) if fence and opening else None


def _toml(path: str, lines: Lines, start: int, end: int) -> dict[str, Any] | Diagnostic:
    text = lines.text[start:end]
    if len(text) > _MOST_BYTES or any(line.partition("=")[0].count(".") > _MOST_DOTS for line in text.split("\n")):
        return error(
            "too-large", lines.span(path, start, end), "the front matter is too large to be read", "shorten it"
        )
    try:
        return tomllib.loads(text)
    except (RecursionError, ValueError) as problem:
        at = re.search(r"line (\d+), column (\d+)", str(problem))
        row = int(at[1]) + lines.text.count("\n", 0, start) if at else 1
        place = lines.place(row)[0] + (int(at[2]) - 1 if at else 0)
        words = "nested too deep" if isinstance(problem, RecursionError) else re.sub(r" \(at .*\)", "", str(problem))
        return error("front-matter", lines.span(path, place, place + 1), f"this is no TOML: {words}")


def _as_text(value: Any) -> Any:
    """Values of TOML as text, as YAML is read; lists and groups stay."""
    if isinstance(value, dict):
        return {name: _as_text(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
