"""What a Markdown body holds that is refused, dropped or shown as text.

In: a body without its references and code, and the addresses that were refused. Out: findings with offsets in it.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledger.diagnostics import Level
from ledger.references import Code, Reference
from ledger.tokens import OPEN, TOKEN


@dataclass(frozen=True, slots=True)
class Finding:
    """What a body may not hold: the check, its level, the place as offsets in the body, the message and a hint."""

    check: str
    level: Level
    start: int
    end: int
    message: str
    hint: str


def without(text: str, stretches: Iterable[Reference | Code]) -> str:
    """The text with some stretches blanked out and its lines ended by LF; every offset stays."""
    parts, last = [], 0
    for stretch in sorted(stretches, key=lambda s: s.start):
        parts += [text[last : stretch.start], _blank(stretch)]
        last = stretch.end
    return "".join([*parts, text[last:]]).replace("\r\n", " \n").replace("\r", "\n")


def _blank(stretch: Reference | Code) -> str:
    """Lines of their own become empty lines, as Python-Markdown sees them; anything else one long word."""
    filler = "\n" if isinstance(stretch, Code) and stretch.form == "fence" else OPEN
    return filler * (stretch.end - stretch.start)


def unsafe_links(prose: str, refused: list[tuple[str, str]]) -> Iterator[Finding]:
    """The addresses that the link policy refused, where they stand."""
    seen: dict[str, int] = {}
    for written, reason in refused:
        start = prose.find(written, seen.get(written, 0)) if written else -1
        end = start + len(written) if start >= 0 else len(prose)
        seen[written] = end
        shown = TOKEN.sub("[[…]]", html.unescape(written))[:80]
        yield Finding(
            "unsafe-link",
            Level.ERROR,
            max(start, 0),
            end,
            f"a link may not have the address '{shown}': {reason}",
            "write an https, http, mailto or relative address; link to a record with [[id]]",
        )


_UNSUPPORTED = (
    (
        "raw-html",
        re.compile(r"(?<!\]\()</?[A-Za-z][A-Za-z0-9-]*+(?:[\s/][^<>]*+)?>|<!--|<!\[CDATA\[|<[!?][A-Za-z]"),
        "raw HTML is shown as text",
        "write Markdown, or put the HTML in backticks",
    ),
    (
        "unsupported-markup",
        re.compile(r"!\[[^\[\]]*+\][(\[]"),
        "an image is shown as text",
        "link to the image, or describe it",
    ),
    (
        "unsupported-markup",
        re.compile(r"\[\^[^\[\]\s]++\]"),
        "a footnote is shown as text",
        "cite a source with [@source-id], or say it in the text",
    ),
    (
        "unsupported-markup",
        re.compile(r"^ {0,3}\[[^\[\]^][^\[\]]*+\]:[ \t]*\S", re.MULTILINE),
        "a link definition is shown as text",
        "write the address in the link: [words](address)",
    ),
)


def unsupported(prose: str) -> Iterator[Finding]:
    """Raw HTML, images and other markup that is not rendered."""
    for check, pattern, message, hint in _UNSUPPORTED:
        for match in pattern.finditer(prose):
            yield Finding(check, Level.WARNING, match.start(), match.end(), message, hint)
