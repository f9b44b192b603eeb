"""`ledger import`: content files from references, articles, maps in Argdown, bundles, or ledgers of another format."""

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ledger import terminal
from ledger.commands import links
from ledger.commands.running import BUILT, CONTENT_ERRORS, USAGE, Failure, add_content, add_date, day_of, web_address
from ledger.diagnostics import did_you_mean, has_errors
from ledger.editing import installing, registries
from ledger.files import TextFile
from ledger.importers import bounded, reporting, running
from ledger.importers.drafts import Run, Wishes
from ledger.importers.planning import Plan
from ledger.loading import Record, load_record
from ledger.records import FOLDERS, kind_at

_FORMATS = tuple(dict.fromkeys((*running.READERS, *running.FOLDERS)))

_SEPARATE = "make a record of its own of what is taken for another's work: by key, or 'all'; may be repeated"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The format, where the file's name does not say it, and the files."""
    add = parser.add_argument
    what = f"files, or a folder; before them their format if they don't show it: {', '.join(_FORMATS)}"
    add("what", nargs="+", metavar="FORMAT|PATH", help=what)
    add_content(parser)
    add("--dry-run", action="store_true", help="say what would be created, and write nothing")
    add("--update", action="store_true", help="take over what a file says otherwise than a record, and show it")
    add("--separate", metavar="KEY", action="append", default=[], help=_SEPARATE)
    add("--draft", action="store_true", help="make every new record a draft")
    add("--tags", action="store_true", help="take over tags and keywords, which get published")
    add("--json", action="store_true", help="print the report as JSON")
    add_date(parser, "of the import")
    add("--url", type=web_address, metavar="URL", help="the address of an article that does not say it")
    add("--forget-text", action="store_true", help="keep only the hash of an article's text")


def run(arguments: argparse.Namespace) -> int:
    """Import, and report."""
    named = arguments.what[0] in _FORMATS and len(arguments.what) > 1
    format_, paths = arguments.what[0] if named else "", [Path(word) for word in arguments.what[named:]]
    _check(format_, paths, arguments.url)
    wishes = Wishes(arguments.tags, arguments.draft, arguments.update, frozenset(arguments.separate))
    details = Run(day_of(arguments), not arguments.forget_text, arguments.url or "", wishes)
    try:
        plan = running.run_import(format_, paths, arguments.content, details, dry=arguments.dry_run)
    except ImportError as missing:
        library = (missing.name or "another library").partition(".")[0]
        extra = "html" if library in ("trafilatura", "lxml") else "import"
        raise Failure(USAGE, f"this needs {library}", f"install it with: {installing.missing(extra)}") from None
    if not bounded.has_memory_limit():
        terminal.print_note("on this system, reading a file is limited in time and not in memory")
    content = str(arguments.content)
    doubts = [*registries.contradicted(_new_sources(plan), _remembered())]
    if arguments.json:
        data = reporting.as_data(plan, dry=arguments.dry_run) | {"titles": registries.as_data(doubts, content)}
        terminal.say_json(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True))
    else:
        lines = (*reporting.lines(plan, dry=arguments.dry_run), *registries.as_lines(doubts, content))
        terminal.say("\n".join(lines))
    refused = any(not outcome.kind for outcome in plan.outcomes)
    return CONTENT_ERRORS if refused or has_errors(plan.problems) else BUILT


def _new_sources(plan: Plan) -> Iterator[Record[Any]]:
    for file in plan.files:
        if kind_at(file.path) is FOLDERS["sources"]:
            record, _ = load_record(TextFile(file.path, file.data.decode()))
            yield from [record] if record else []


def _remembered() -> registries.Items:
    """What `ledger links --titles` has kept, however old; empty when it never ran."""
    kept = Path(links.TITLES)
    try:
        return registries.read_items(kept.read_bytes(), today=date.max, days=date.max.toordinal())
    except (OSError, ValueError):
        return {}


def _check(format_: str, paths: list[Path], url: str | None) -> None:
    """Failure for arguments that do not go together."""
    if url and len(paths) > 1:
        raise Failure(USAGE, "--url is the address of one article", "import one file at a time with it")
    for path in paths:
        if not path.exists() and not path.is_symlink():
            near = did_you_mean(str(path), _FORMATS) if path is paths[0] and not format_ else ""
            hint = near or "name files of references or articles, or the-ledger and a folder"
            raise Failure(USAGE, f"there is no '{path}'", hint)
        if path.is_dir() and format_ not in running.FOLDERS:
            hint = f"a folder is read with its format before it: {', '.join(running.FOLDERS)}"
            raise Failure(USAGE, f"'{path}' is a folder", hint)
        if not path.is_dir() and format_ in running.FOLDERS and format_ not in running.READERS:
            raise Failure(USAGE, f"'{path}' is no folder", f"a folder is read with: ledger import {format_} DIR")
