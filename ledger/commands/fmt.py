"""`ledger fmt`: the fields of files in the order of the schema, in one layout."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ledger import files, terminal
from ledger.commands.running import BUILT, CONTENT_ERRORS, USAGE, Failure, add_content
from ledger.diagnostics import shown_path
from ledger.editing import layout, replacing, rewriting
from ledger.files import TextFile


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files, and what is done."""
    add = parser.add_argument
    add("files", metavar="FILE", nargs="*", type=Path, help="files of records (default: all)")
    add_content(parser)
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--check", action="store_true", help="only say which files would change; the exit code is then 1")
    way.add_argument("--dry-run", action="store_true", help="print what would change as a diff, and write nothing")


class Plan(NamedTuple):
    """Files before and after, and those that are left as they are, with the line and why."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    left: dict[str, layout.Left]
    same: int


def run(arguments: argparse.Namespace) -> int:
    """Lay the files out; 1 when only asked whether that is needed and it is."""
    content, is_dry = arguments.content, arguments.check or arguments.dry_run
    with replacing.lock_content(content, dry=is_dry):
        plan = _plan(content, _wanted(content, arguments.files))
        if not is_dry:
            replacing.exchange(content, plan.before, plan.after)
    for line in _said(content, plan, arguments):
        terminal.say(line)
    return CONTENT_ERRORS if arguments.check and plan.after else BUILT


def _wanted(content: Path, named: list[Path]) -> list[str] | None:
    """Paths below the content folder; None for all."""
    inside = [path.resolve() for path in named]
    for path, whole in zip(named, inside, strict=True):
        if not whole.is_relative_to(content.resolve()) or not whole.is_file():
            raise Failure(USAGE, f"'{path}' is no file in '{content}'", "name files of records")
    return [path.relative_to(content.resolve()).as_posix() for path in inside] if named else None


def _plan(content: Path, wanted: list[str] | None) -> Plan:
    reading = files.read(content)
    plan, same = Plan({}, {}, {}, 0), 0
    for path in reading.failed if wanted is None else [path for path in wanted if path in reading.failed]:
        plan.left[path] = layout.Left(1, "it cannot be read, as `ledger check` says")
    for file in (file for file in reading.files if wanted is None or file.path in wanted):
        before = (content / file.path).read_bytes()
        try:
            after = _bytes_of(before, file)
        except layout.Left as left:
            plan.left[file.path] = left
            continue
        if after == before:
            same += 1
        else:
            plan.before[file.path], plan.after[file.path] = before, after
    return plan._replace(same=same)


def _bytes_of(before: bytes, file: TextFile) -> bytes:
    """The bytes of a file when it is laid out, with its own line breaks and byte-order mark."""
    raw = before.decode("utf-8-sig")
    break_ = "\r\n" if "\r\n" in raw else "\r" if "\r" in raw else "\n"
    if set("\r\n") & set(raw.replace(break_, "")):
        raise layout.Left(1, "it mixes line breaks of several systems")
    mark = "\ufeff" if before.startswith(b"\xef\xbb\xbf") else ""
    return (mark + layout.laid_out(file).replace("\n", break_)).encode()


def _said(content: Path, plan: Plan, arguments: argparse.Namespace) -> Iterator[str]:
    for path in plan.after:
        file = shown_path(str(content), path)
        if arguments.dry_run:
            yield rewriting.diff(file, plan.before[path], plan.after[path]).rstrip("\n")
        else:
            yield f"{'would format' if arguments.check else 'formatted'} {file}"
    for path, left in sorted(plan.left.items()):
        yield f"left {shown_path(str(content), path)}:{left.line}: {left.why}"
    many, done = len(plan.after), "to format" if arguments.check or arguments.dry_run else "formatted"
    others = f"{plan.same:,} as they should be, {len(plan.left):,} left as they are"
    yield f"{many:,} file{'s' * (many != 1)} {done}, {others}"
