"""A challenge from an issue on GitHub, as the form `challenge.yml` makes one.

In: the JSON of one issue, as `gh issue view N --json author,body,createdAt,title,url` or GitHub's REST API gives it.
Out: fields of a challenge, each plain text within its bounds; ValueError says why there are none. A stranger wrote all
of it: only the form's own headings are read, no reference or markup in it means anything, and it names no file.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger import texts
from ledger.importers.cleaning import one_line, visible_text, without_references

MOST_BYTES = 1_000_000
"""GitHub takes 65,536 characters as the text of an issue."""
HEADINGS = {
    "target": "What you challenge",
    "page": "Its page",
    "type": "What sort of fault it is",
    "says": "What is wrong",
    "source": "How you know",
    "by": "Your name",
}
"""What a field of the form is for → its label, which GitHub turns into a heading."""
_HEADING = re.compile(rf"^### ({'|'.join(HEADINGS.values())}) *$", re.MULTILINE)
_EMPTY = "_No response_"
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})")
_ISSUE = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+/issues/\d+", re.ASCII)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_TITLE, _NAME, _TEXT, _ID = 200, 100, 7_900, 200
"""How many characters are taken of a title, a name, what is said, and an id."""


def fields_of(data: bytes) -> dict[str, Any]:
    """The fields of a challenge; those that the issue does not give are left out."""
    issue = _read(data)
    written = _sections(visible_text(_text(issue, "body")))
    target, _, wording = _target(written.get("target", "")).partition("@")
    says = "\n\n".join(filter(None, (written.get("says", ""), written.get("source", ""))))
    url = _text(issue, "html_url") or _text(issue, "url")
    found = {
        "title": _title(_text(issue, "title"), target, written.get("says") or says),
        "target": target,
        "wording": wording,
        "type": _fault(written.get("type", "")),
        "says": _cut(says, _TEXT),
        "by": _by(written.get("by", ""), issue),
        "date": _day(_text(issue, "createdAt") or _text(issue, "created_at")),
        "url": url if _ISSUE.fullmatch(url) else "",
    }
    if not target:
        raise ValueError(f"the issue does not say what it challenges: its text has no heading “{HEADINGS['target']}”")
    if not says:
        raise ValueError(f"the issue does not say what is wrong: nothing is written below “{HEADINGS['says']}”")
    return {name: value for name, value in found.items() if value}


def _read(data: bytes) -> Mapping[str, Any]:
    if len(data) > MOST_BYTES:
        raise ValueError(f"this is no issue: it has more than {MOST_BYTES:,} bytes")
    try:
        issue = json.loads(data)
    except (ValueError, RecursionError):
        raise ValueError("this is not the JSON of an issue: `gh issue view N --json author,body,createdAt,title,url`"
                         " prints it") from None  # fmt: skip
    if not isinstance(issue, dict) or not isinstance(issue.get("body"), str):
        raise ValueError("this is not the JSON of one issue: it has no `body`")  # noqa: TRY004 - what was given is wrong
    return issue


def _text(issue: Mapping[str, Any], name: str) -> str:
    value = issue.get(name)
    return value if isinstance(value, str) else ""


def _sections(body: str) -> dict[str, str]:
    """The text below each heading of the form, where the heading first appears."""
    names = {heading: name for name, heading in HEADINGS.items()}
    _, *parts = _HEADING.split(body)
    found: dict[str, str] = {}
    for heading, text in zip(parts[::2], parts[1::2], strict=True):
        found.setdefault(names[heading], "" if text.strip() == _EMPTY else text.strip())
    return found


def _target(text: str) -> str:
    """The id that was given, or the id of the page whose address was."""
    written = one_line(text)[:_ID].strip(" `")
    return written.rpartition("/")[2].partition(".")[0] if "://" in written else written


def _title(title: str, target: str, says: str) -> str:
    """The issue's title without the id with which the form begins it; otherwise the first sentence of what is wrong."""
    words = one_line(title).removeprefix(target.partition("/")[0]).lstrip(": ")
    return without_references(_cut(words or _SENTENCE_END.split(one_line(says), maxsplit=1)[0], _TITLE))


def _fault(label: str) -> str:
    with texts.spoken(texts.english()):
        words = {text.casefold(): name for name, text in texts.Group("fault").items()}
    return words.get(one_line(label).casefold(), "other")


def _by(name: str, issue: Mapping[str, Any]) -> str:
    """The name that was given, else the one at GitHub."""
    author = issue.get("author") or issue.get("user")
    login = _text(author, "login") if isinstance(author, dict) else ""
    given = without_references(one_line(name))[:_NAME].strip()
    return given or (login if _LOGIN.fullmatch(login) else "anonymous")


def _day(moment: str) -> str:
    try:
        return date.fromisoformat(moment[:10]).isoformat()
    except ValueError:
        raise ValueError("the issue does not say when it was made: it has no `createdAt`") from None


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rstrip() + " …"
