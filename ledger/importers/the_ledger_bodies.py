"""The body of a controversy of The Ledger's format → its tensions, its status, and what is left.

In: Markdown with the sections Context, Key Tensions and Status. Out: tensions with a title and a text each, the words
of the status, and the rest as a body. A section that cannot be taken apart stays in the body under its heading.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ledger.importers.cleaning import one_line, slug, without_references
from ledger.importers.foreign import Log

_SECTION = re.compile(r"^#{1,2}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_BOLD = re.compile(r"(?:\*\*|__)(?P<title>[^*_\n]{1,200}?)[:.]?(?:\*\*|__)[ \t]*[:.–—-]*\s*(?P<text>\S.*)", re.DOTALL)
_HEADED = re.compile(r"(?P<title>[^\n]{1,200})\n\s*(?P<text>\S.*)", re.DOTALL)
_COLON = re.compile(r"(?P<title>[^:\n]{1,100}):\s+(?P<text>\S.*)", re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]\[]*)\](?=\()")
_LINK = re.compile(r"\[([^\]\[]*)\]\((?!https?://|mailto:)([^()\s]*)(?:\s+\"[^\"]*\")?\)")


@dataclass(frozen=True, slots=True)
class Sections:
    """A body taken apart; tensions are pairs of title and text."""

    body: str
    tensions: tuple[tuple[str, str], ...] = ()
    status: str = ""


def take_apart(body: str, log: Log) -> Sections:
    """The sections of a controversy's body."""
    rest: list[str] = []
    tensions: tuple[tuple[str, str], ...] = ()
    status = ""
    for heading, text in _sections(body):
        name = heading.casefold()
        found = tuple(_tensions(text)) if name == "key tensions" else ()
        if found and all(found):
            tensions += tuple(pair for pair in found if pair)
        elif name in ("status", "current status") and text and not status:
            status = text
        elif name == "context":
            rest.append(text)
        elif heading:
            if name == "key tensions" and text:
                log.gap("key tensions", "not in the form of titles with texts: kept in the body", text)
            rest.append(f"## {heading}\n\n{text}")
        else:
            rest.append(text)
    return Sections("\n\n".join(part for part in rest if part.strip()), tensions, status)


def _sections(body: str) -> Iterator[tuple[str, str]]:
    heads = list(_SECTION.finditer(body))
    yield "", body[: heads[0].start()].strip() if heads else body.strip()
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(body)
        yield head[1].strip(), body[head.end() : end].strip()


def _tensions(text: str) -> Iterator[tuple[str, str] | None]:
    """Every entry of the section as a title and a text; None for one that has no title."""
    listed = re.search(r"^(?:[-*+]|\d+[.)])[ \t]", text, re.MULTILINE)
    headed = re.search(r"^#{3,6}[ \t]", text, re.MULTILINE)
    cut = r"^(?:[-*+]|\d+[.)])[ \t]+" if listed else r"^#{3,6}[ \t]+" if headed else r"\n[ \t]*\n"
    for item in (part.strip() for part in re.split(cut, text, flags=re.MULTILINE)):
        if item:
            forms = (_BOLD, _HEADED) if headed and not listed else (_BOLD, _COLON)
            match = next((found for form in forms if (found := form.fullmatch(item))), None)
            yield (one_line(match["title"].strip("*_ ")), match["text"].strip()) if match else None


def tension_ids(titles: list[str]) -> list[str]:
    """An id for each title, unique among them."""
    ids: list[str] = []
    for title in titles:
        base = "-".join(slug(title).split("-")[:6])[:50].strip("-") or "tension"
        ids.append(next(id_ for id_ in (base, *(f"{base}-{n}" for n in range(2, 1_002))) if id_ not in ids))
    return ids


def own_markdown(body: str, log: Log) -> str:
    """Markdown that can stand here: images become links, links within the other site become words."""
    text = _IMAGE.sub(lambda match: f"[{match[1] or 'image'}]", body)
    if text != body:
        log.gap("images", "pages show no images of other sites: kept as links", len(_IMAGE.findall(body)))
    for words, target in _LINK.findall(text):
        log.gap("links within the other site", "they lead nowhere here: only the words are kept", f"{words} ({target})")
    text = _LINK.sub(r"\1", text)
    disarmed = without_references(text, markdown=True)
    if disarmed != text:
        log.gap("brackets", "`[[` and `[@` are references here: a backslash is put before", body)
    return disarmed
