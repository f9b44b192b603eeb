"""What stands against the site, as its overlay tells it.

In: diagnostics, and whatever was raised on the way to a page. Out: Findings, which are plain text through and through.
"""

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from ledger.diagnostics import Diagnostic, Lines, excerpt, in_order, shown_path, visible
from ledger.system import near


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `where` is `path:line:column`, or a path; `lines` are the line it is about and a caret under it."""

    where: str
    level: str
    check: str
    message: str
    hint: str = ""
    lines: str = ""


def from_diagnostics(
    found: Iterable[Diagnostic], content: Path, text_of: Callable[[str], str | None]
) -> tuple[Finding, ...]:
    """Findings in the order of their places; `text_of` gives the text of a file by its path."""
    made = []
    for one in in_order(found):
        span, line = one.span, Lines(text_of(one.span.path) or "").line(one.span.line)
        where = visible(f"{shown_path(str(content), span.path)}:{span.line}:{span.column}")
        lines = "\n".join(excerpt(line, span)) if line.strip() else ""
        made.append(Finding(where, str(one.level), one.check, visible(one.message), visible(one.hint), lines))
    return tuple(made)


def from_exception(problem: Exception) -> Finding:
    """What was raised while a page was made, at the line of the template where that is known."""
    notes = "; ".join(getattr(problem, "__notes__", ()))
    check = "unreadable" if isinstance(problem, OSError) else "bug"
    check = "template-error" if isinstance(problem, TemplateError) else check
    return Finding(_place(problem), "error", check, visible(_said(problem)), visible(notes))


def _said(problem: Exception) -> str:
    if isinstance(problem, TemplateNotFound):
        return f"there is no template '{problem.name}'"
    if isinstance(problem, OSError):
        return f"cannot be read: {problem.strerror or problem}"
    message = str(problem).strip().splitlines() or [""]
    return f"{type(problem).__name__}: {message[0]}"


def _place(problem: Exception) -> str:
    if isinstance(problem, TemplateSyntaxError):
        return f"{near(problem.filename or problem.name or '')}:{problem.lineno}"
    if isinstance(problem, OSError) and not isinstance(problem, TemplateError):
        return visible(near(str(problem.filename or "")))
    frames = traceback.extract_tb(problem.__traceback__)
    wanted = ".html" if isinstance(problem, TemplateError) else ".py"
    frame = next((frame for frame in reversed(frames) if frame.filename.endswith(wanted)), None)
    return f"{near(frame.filename)}:{frame.lineno}" if frame else ""
