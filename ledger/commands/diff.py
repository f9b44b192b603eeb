"""`ledger diff`: what a branch changes: records, verdicts, pages and findings, for a terminal or for a pull request.

In Markdown all that comes from the content is in `<code>`, with each sign but letters,
digits, spaces and hyphens as a character reference: it can be no link, no mention, no markup and no HTML, to no reader
of Markdown. The whole has fewer than 65,536 characters, which is as much as a comment on GitHub may have.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ledger import terminal
from ledger.analysis.differences import FieldChange
from ledger.commands.running import add_content
from ledger.diagnostics import Diagnostic, visible
from ledger.editing import git_content
from ledger.engine.comparing import Comparison, RecordChange, VerdictChange, compare
from ledger.records import FOLDERS, ROOT_FILES

LONGEST = 120
"""As many characters of a value are shown."""
CONTEXT = 30
"""As many of those stand before the first that is another."""
MOST_FIELDS = 12
"""As many fields of a record are shown."""
MOST_ROWS = 200
"""As many rows of each sort are shown as text."""
MOST_CHARACTERS = 12_000
"""As many characters each of the five sorts may have in Markdown."""

Quoted = Callable[[str], str]
"""How what comes from the content is written."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to compare with, and the form."""
    what = "what to compare with: a commit, branch or tag of git, or a folder of records"
    parser.add_argument("base", metavar="BASE", help=what)
    add_content(parser)
    what = "the form: text, or Markdown for a pull request"
    parser.add_argument("--format", choices=("text", "markdown"), default="text", help=what)


def run(arguments: argparse.Namespace) -> None:
    """Compare, and say what differs."""
    with terminal.waiting(enabled=True), _content_of(arguments.content, arguments.base) as (folder, notes):
        found = compare(folder, arguments.content)
    form = as_markdown if arguments.format == "markdown" else as_text
    terminal.say(form(found, notes).rstrip("\n"))


@contextmanager
def _content_of(content: Path, base: str) -> Iterator[tuple[Path, list[str]]]:
    """The folder to compare with, and what to know about it."""
    if any((Path(base) / name).exists() for name in (*ROOT_FILES, *FOLDERS)):
        yield Path(base), []
        return
    commit, note = git_content.find_base(content, base)
    with tempfile.TemporaryDirectory() as folder:
        git_content.lay_out(content, commit, Path(folder))
        yield Path(folder), [note] if note else []


# In words


class Section(NamedTuple):
    """What changed of one sort, what it is called, and how one of it is said, with the lines below it."""

    title: str
    one: str
    many: str
    changes: Sequence[Any]
    say: Callable[[Any, Quoted], list[str]]


def as_text(found: Comparison, notes: Iterable[str] = ()) -> str:
    """Sections with a heading each, and a summary."""
    lines = [*notes, _headline(found)]
    for section in _sections(found):
        lines += ["", f"{section.title}:"]
        lines += [f"  {line}" for one in section.changes[:MOST_ROWS] for line in section.say(one, visible)]
        left = len(section.changes) - MOST_ROWS
        lines += [f"  and {left:,} more"] if left > 0 else []
    return "\n".join(lines) + "\n"


def as_markdown(found: Comparison, notes: Iterable[str] = ()) -> str:
    """A heading, a summary, and a section to open for each sort."""
    parts = ["## What changes in the ledger", *map(_code, notes), _headline(found)]
    for section in _sections(found):
        parts.append(f"<details><summary>{section.title} ({len(section.changes):,})</summary>")
        parts += ["\n".join(_list(section)), "</details>"]
    return "\n\n".join(parts) + "\n"


def _list(section: Section) -> Iterator[str]:
    """Changes as a list with sublists, as long as they fit."""
    room = MOST_CHARACTERS
    for at, change in enumerate(section.changes):
        first, *below = section.say(change, _code)
        text = "\n".join([f"- {first}", *(f"  - {line.strip()}" for line in below)])
        room -= len(text) + 1
        if room < 0:
            yield f"- and {len(section.changes) - at:,} more"
            return
        yield text


def _headline(found: Comparison) -> str:
    counts = [(len(one.changes), one) for one in _sections(found)]
    said = ", ".join(f"{count:,} {one.one if count == 1 else one.many}" for count, one in counts)
    return f"{said}." if said else "Nothing changes: records, verdicts, pages and findings are the same."


def _sections(found: Comparison) -> Iterator[Section]:
    """Those in which something changed, what matters most first."""
    pages = (("new", found.new_pages), ("gone", found.gone_pages), ("changed", found.changed_pages))
    every = (
        Section("Verdicts", "verdict changes", "verdicts change", found.verdicts, _verdict),
        Section("New findings", "new finding", "new findings", found.new_findings, _finding),
        Section("Findings that are gone", "finding is gone", "findings are gone", found.gone_findings, _finding),
        Section("Records", "record changes", "records change", found.records, _record),
        Section("Pages", "page changes", "pages change", [(what, one) for what, some in pages for one in some], _page),
    )
    return (section for section in every if section.changes)


def _page(one: tuple[str, str], quoted: Quoted) -> list[str]:
    what, address = one
    return [f"{what} {quoted(address)}"]


def _verdict(one: VerdictChange, quoted: Quoted) -> list[str]:
    """From what to what; with the reason, if it is known."""
    before, after = one.before or "none", one.after or "none"
    row = [f"{quoted(one.claim)}: {before} → {after}", quoted(_short(one.title))]
    return [*row, *(f"  because of {quoted(why)}" for why in one.why[:MOST_FIELDS])]


def _finding(one: Diagnostic, quoted: Quoted) -> list[str]:
    place = f"{one.span.path}:{one.span.line}:{one.span.column}"
    return [f"{one.level} {quoted(one.check)} in {quoted(place)}", f"  {quoted(_short(one.message))}"]


def _record(one: RecordChange, quoted: Quoted) -> list[str]:
    former = f" from {quoted(one.former)}" if one.former else ""
    row = [
        f"{one.what} {quoted(f'{one.kind} {one.id}')}{former}" + (f": {quoted(_short(one.title))}" if one.title else "")
    ]
    row += [of_field(field, quoted) for field in one.fields[:MOST_FIELDS]]
    left = len(one.fields) - MOST_FIELDS
    return [*row, *([f"  and {left:,} more fields"] if left > 0 else [])]


def of_field(one: FieldChange, quoted: Quoted) -> str:
    """A field before and after, each from shortly before where they part."""
    before, after = _beside(one.before or "", one.after or "")
    name = quoted(_short(one.field))
    if one.before is None:
        return f"  {name} is new: {quoted(after)}"
    return (
        f"  {name}: {quoted(before)} → {quoted(after)}"
        if one.after is not None
        else f"  {name} is gone: {quoted(before)}"
    )


def _beside(before: str, after: str) -> tuple[str, str]:
    """Two texts from shortly before where they part."""
    pairs = enumerate(zip(before, after, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = max(0, at - CONTEXT) if max(len(before), len(after)) > LONGEST else 0
    mark = "…" if start else ""
    return mark + _short(before[start:]), mark + _short(after[start:])


def _short(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text[: 2 * LONGEST].split())
    return line if len(line) <= LONGEST and len(text) <= 2 * LONGEST else f"{line[:LONGEST]}…"


def _code(text: str) -> str:
    """Text that reads as it stands and does nothing else, whatever renders the Markdown."""
    return f"<code>{''.join(map(_reference, visible(text)))}</code>"


def _reference(char: str) -> str:
    if char == "@":  # a mention is looked for when all references are resolved
        return "&#64;&#8203;"
    return char if char.isalnum() or char in " -" else f"&#{ord(char)};"
