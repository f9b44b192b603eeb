"""Slips in one's own templates, as findings: what is wrong, at which line of which file.

In: what was raised while a page was made, and the folders of templates that are the user's own. Out: a Diagnostic at
the line of the template, or None where the program itself is to blame. It says nothing of the page, so that a slip that
stops every page is told once.
"""

import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

from ledger.diagnostics import Diagnostic, Lines, Span, did_you_mean, error

TEMPLATE_ERROR = "template-error"
PACKAGED = "!"
"""What stands in front of the name of a template that the program brings along."""
_TOP = "top-level template code"
"""What a template is at that extends another, or is extended, and in no block."""
_NAMES = "the page's own template, in the program's folder `templates`, shows which names there are"


def slip(bug: BaseException, own: Sequence[Path], names: Sequence[str] = ()) -> Diagnostic | None:
    """The finding of a slip in one of the user's own templates; `names` are those of all templates."""
    place = _place(bug, [folder.resolve() for folder in own])
    if place is None:
        return None
    message, hint = _said(bug, names)
    return error(TEMPLATE_ERROR, _span(*place), message, hint)


def _place(bug: BaseException, own: Sequence[Path]) -> tuple[Path, int] | None:
    if isinstance(bug, TemplateSyntaxError) and bug.filename:
        path = Path(bug.filename).resolve()
        return (path, bug.lineno) if _is_below(path, own) else None
    frames = list(_templates(bug))
    inner = [*(frame for _, frame in frames[1:]), None]
    # The innermost may be a macro of the program, called from a line of the user's own with the wrong values.
    users = [
        (path, frame.lineno or 1)
        for (path, frame), next_one in zip(frames, inner, strict=False)
        if _is_below(path, own) and not (next_one and _only_hands_on(frame, next_one))
    ]
    return users[-1] if users else None


def _templates(bug: BaseException) -> Iterator[tuple[Path, traceback.FrameSummary]]:
    """The templates on the way to it, the innermost last."""
    for frame in traceback.extract_tb(bug.__traceback__):
        if not frame.filename.endswith(".py") and not frame.filename.startswith("<"):
            yield Path(frame.filename).resolve(), frame


def _only_hands_on(frame: traceback.FrameSummary, inner: traceback.FrameSummary) -> bool:
    """Whether a line leaves what is printed to the template that it extends, and has no part in it."""
    return frame.name == inner.name == _TOP or "super(" in (frame.line or "")


def _is_below(path: Path, folders: Sequence[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _said(bug: BaseException, names: Sequence[str]) -> tuple[str, str]:
    """What is wrong in words, and what to do."""
    words = " ".join(str(bug).split())
    if isinstance(bug, TemplateSyntaxError):
        return (
            f"this template cannot be read: {bug.message}",
            "correct the line; what a template may say is Jinja's language",
        )
    if isinstance(bug, UndefinedError):
        return f"this template asks for something that is not there: {words}", _NAMES
    if isinstance(bug, TemplateNotFound):
        near = did_you_mean(str(bug.name or ""), names)
        hint = "your own folder was searched and then the program's; `!base.html` is always the program's"
        return f"there is no template '{bug.name}'", near or hint
    if isinstance(bug, RecursionError):
        hint = 'the program\'s template of that name is reached with an exclamation mark: `{% extends "!base.html" %}`'
        return "this template extends or includes itself without end", hint
    return f"this template cannot be printed: {type(bug).__name__}: {words}", _NAMES


def _span(path: Path, number: int) -> Span:
    """The words of a line."""
    try:
        line = Lines(path.read_text(encoding="utf-8", errors="replace")).line(number)
    except OSError:
        line = ""
    start = len(line) - len(line.lstrip()) + 1
    return Span(path.as_posix(), number, start, number, max(start, len(line.rstrip())) + 1)
