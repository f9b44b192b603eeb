"""`ledger cite`: how the page of a record is cited, a claim's with the version of its wording."""

import argparse
import json
from dataclasses import replace
from pathlib import Path

from ledger import terminal, urls
from ledger.analysis import analyse
from ledger.analysis.wording import hash_of
from ledger.bibliography import bibtex, csl_item
from ledger.commands.query import read_ledger
from ledger.commands.running import add_content
from ledger.context import PageContext
from ledger.diagnostics import visible, with_nearest
from ledger.editing.kept_wordings import said_anywhere
from ledger.graph import Ledger
from ledger.loading import is_a
from ledger.records import Source
from ledger.views.citing import CITED, cited_title, page_item, view_citing
from ledger.wordings import Past, Then


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The record, and the form."""
    what = "a claim, position, controversy or chart; or a source, which is cited as a work"
    parser.add_argument("id", metavar="ID", help=what)
    add_content(parser)
    what = "text in the style of the APA, BibTeX, or CSL-JSON"
    parser.add_argument("--format", choices=("text", "bibtex", "csl-json"), default="text", help=what)


def run(arguments: argparse.Namespace) -> None:
    """Print the citation."""
    arguments.drafts = False
    ledger = _with_past(arguments.content, read_ledger(arguments).ledger, arguments.id)
    with ledger.reading():
        text = _cited(ledger, arguments.id, arguments.format)
    (terminal.say_json if arguments.format == "csl-json" else terminal.say)(text)


def _with_past(content: Path, ledger: Ledger, named: str) -> Ledger:
    """The ledger, with what git or the log has of the present wording of a claim, if its site has pages of it."""
    id_ = ledger.former.get(named, named)
    if "history" not in ledger.settings.exports or ledger.node_kind(id_) != "claim":
        return ledger
    try:
        found = said_anywhere(content, id_, hash_of(ledger.records[id_]))
    except ValueError:
        return ledger
    return Ledger(replace(ledger.index, past=Past("", "", {id_: (Then(found.then, None),)})))


def _cited(ledger: Ledger, named: str, form: str) -> str:
    record = ledger.records.get(ledger.former.get(named, named))
    if record is None:
        raise ValueError(with_nearest(f"no record '{named}' is published", named, ledger.records))
    context = PageContext(ledger, urls.of_record(record), analyse(ledger), ledger.settings.base_url or "")
    view = view_citing(context, record)
    if view is None:
        cited = ", a ".join(("source", *sorted(CITED)))
        raise ValueError(f"'{named}' is a {record.kind.name}; what can be cited is a {cited}")
    if form == "text":
        return visible("".join(text for text, _ in view.apa))
    is_work = is_a(record, Source)
    item = csl_item(record.id, record.fields, cited_title(context, record)) if is_work else page_item(context, record)
    return json.dumps([item], ensure_ascii=False, indent=1) if form == "csl-json" else bibtex(item).rstrip("\n")
