"""What the browsers are told: which site there is now, and what stands against it, as its overlay tells that.

In: sites, diagnostics, and whatever was raised on the way to a page, from the thread that builds. Out: messages, to as
many threads as have a browser waiting. Findings are plain text through and through.
"""

import json
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Condition
from typing import Any

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from ledger import texts
from ledger.diagnostics import Diagnostic, Lines, excerpt, in_order, shown_path, visible
from ledger.engine.live import LiveSite
from ledger.system import near

SHOWN = 100
"""How many findings the overlay lists."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: `where` is `path:line:column`, or a path; `lines` are the line it is about and a caret under it."""

    where: str
    level: str
    check: str
    message: str
    hint: str = ""
    lines: str = ""


class News:
    """The present state, for all threads."""

    def __init__(self) -> None:
        self._changed = Condition()
        self.site: LiveSite | None = None
        """The last good site."""
        self.findings: tuple[Finding, ...] = ()
        """What was found in the latest state of the content, which need not be that of the site."""
        self._viewed: Counter[str] = Counter()
        self._number = 0
        self.is_closed = False
        """Whether there will be no more news."""
        self.texts = texts.english()
        """In what words they are told: those of the latest content."""

    def tell(self, findings: Iterable[Finding], site: LiveSite | None = None) -> None:
        """Give out findings, with a new site if there is one."""
        with self._changed:
            self.findings = tuple(findings)
            self.site = site or self.site
            self._number += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Let everyone go who waits."""
        with self._changed:
            self.is_closed = True
            self._changed.notify_all()

    def after(self, number: int, timeout: float) -> tuple[int, str]:
        """The number of the present news and their message, when they are others than `number`, or after `timeout`.

        The message is empty when nothing has changed by then.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._number != number or self.is_closed, timeout)
            changed = self._number != number and not self.is_closed
            return self._number, self.message() if changed else ""

    def message(self) -> str:
        """The present state as JSON."""
        with texts.spoken(self.texts):
            return json.dumps(self._state())

    def _state(self) -> Mapping[str, Any]:
        levels = Counter(finding.level for finding in self.findings)
        count = ", ".join(texts.say(f"serve.{level}", count=levels[level]) for level in sorted(levels))
        left = len(self.findings) - SHOWN
        return {
            "site": self.site.digest if self.site else "",
            "errors": levels["error"],
            "count": count,
            "title": texts.say("serve.errors" if levels["error"] else "serve.findings", count=count),
            "close": texts.say("serve.close"),
            "findings": [
                asdict(one) | {"hint": texts.say("serve.hint", hint=one.hint) if one.hint else ""}
                for one in self.findings[:SHOWN]
            ],
            "more": texts.say("serve.more", count=left) if left > 0 else "",
        }

    @contextmanager
    def watching(self, address: str) -> Iterator[None]:
        """While a browser shows a page."""
        with self._changed:
            self._viewed[address] += 1
        try:
            yield
        finally:
            with self._changed:
                self._viewed[address] -= 1

    def viewed(self) -> list[str]:
        """The pages that are open in a browser."""
        with self._changed:
            return sorted(address for address, count in self._viewed.items() if count > 0)


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
