"""`ledger import`: content files from BibTeX, CSL-JSON, RIS, articles, or a ledger of The Ledger's format."""

import argparse
import json
from pathlib import Path

from ledger import terminal
from ledger.commands.content import on_content
from ledger.commands.running import BUILT, CONTENT_ERRORS, USAGE, add_content, add_date, day_of, fail, web_address
from ledger.diagnostics import has_errors

NAME = "import"
HELP = "make records of references, articles, or another ledger"
_FORMATS = ("bibtex", "csl-json", "ris", "article", "the-ledger")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The format, where the file's name does not say it, and the files."""
    add = parser.add_argument
    what = f"one of {', '.join(_FORMATS)}, and files or the ledger's folder"
    add("what", nargs="+", metavar="FORMAT|PATH", help=what)
    add_content(parser)
    add("--dry-run", action="store_true", help="say what would be created, and write nothing")
    add("--json", action="store_true", help="print the report as JSON")
    add_date(parser, "of the import")
    add("--url", type=web_address, metavar="URL", help="the address of an article that does not say it")
    add("--forget-text", action="store_true", help="keep only the hash of an article's text")


@on_content("nothing was written")
def run(arguments: argparse.Namespace) -> int:
    """Import, and report."""
    from ledger.importers import reporting, running  # noqa: PLC0415 - the graph library is slow to import
    from ledger.importers.drafts import Run  # noqa: PLC0415

    named = arguments.what[0] in _FORMATS and len(arguments.what) > 1
    format_, paths = arguments.what[0] if named else "", [Path(word) for word in arguments.what[named:]]
    if trouble := _trouble(format_, paths, arguments.url):
        return fail(USAGE, *trouble)
    told = Run(day_of(arguments), keep_text=not arguments.forget_text, url=arguments.url or "")
    try:
        plan = running.run_import(format_, paths, arguments.content, told, dry=arguments.dry_run)
    except ImportError as missing:
        library = (missing.name or "another library").partition(".")[0]
        extra = "html" if library in ("trafilatura", "lxml") else "import"
        return fail(USAGE, f"this needs {library}", f"install it with: pip install 'ledger-kb[{extra}]'")
    if arguments.json:
        data = reporting.as_data(plan, dry=arguments.dry_run)
        terminal.say(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True))
    else:
        terminal.say("\n".join(reporting.lines(plan, dry=arguments.dry_run)))
    return CONTENT_ERRORS if has_errors(plan.problems) else BUILT


def _trouble(format_: str, paths: list[Path], url: str | None) -> tuple[str, str] | None:
    """What is wrong with the arguments, and what to do."""
    if url and len(paths) > 1:
        return "--url is the address of one article", "import one file at a time with it"
    for path in paths:
        if not path.exists() and not path.is_symlink():
            return f"there is no '{path}'", "name files of references or articles, or the-ledger and a folder"
        if path.is_dir() != (format_ == "the-ledger"):
            what = "a folder" if path.is_dir() else "no folder"
            return f"'{path}' is {what}", "a folder is read with: ledger import the-ledger DIR"
    return None
