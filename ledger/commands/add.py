"""`ledger add`: a source from an identifier."""

import argparse
from pathlib import Path

from ledger import terminal
from ledger.commands.running import ENVIRONMENT, USAGE, Failure, add_content, add_date, day_of
from ledger.diagnostics import visible
from ledger.editing import adding, answers, new, trial
from ledger.editing.fetching import Client
from ledger.editing.replacing import exchange, lock_content
from ledger.editing.rewriting import read_content
from ledger.records import Kind

AGENT = "ledger-kb (a knowledge base of sources; asked by its editor)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The identifier, and where the metadata come from."""
    add = parser.add_argument
    forms = "in any usual form: 10.1000/182, arXiv:2001.08361v3, ISBN 978-0-306-40615-7, https://…"
    add("identifier", nargs="+", metavar="IDENTIFIER", help=forms)
    add_content(parser)
    add("--from", dest="file", type=Path, metavar="FILE.json", help="take the metadata from a file of CSL-JSON")
    add(
        "--online",
        action="store_true",
        help="ask doi.org, arXiv or PubMed for the metadata; nothing else uses the network",
    )
    add("--id", default="", metavar="ID", help="the record's id (default: author and year, or the identifier alone)")
    add_date(parser, "on which it is added")


def client() -> Client:
    """What asks the registries: over https alone."""
    return Client(AGENT, schemes=("https",))


def run(arguments: argparse.Namespace) -> None:
    """Write the source."""
    content, kind = arguments.content, answers.kind_named("source")
    identifier = adding.read_identifier(" ".join(arguments.identifier))
    with lock_content(content):
        reading, loaded = read_content(content)
        world = trial.World(content, loaded)
        if there := adding.source_with(loaded, identifier):
            raise Failure(USAGE, f"{content / there.path} is that source", "cite it, or correct it there")
        if not arguments.file and not arguments.online:
            _skeleton(arguments, world, kind, identifier)
            return
        data = _metadata(arguments.file, identifier)
        made = adding.item_for(data, str(arguments.file or "what the registry gave"), identifier, day_of(arguments))
        file, gaps = adding.new_source(reading, identifier, made, arguments.id)
        new.check_new(world, kind, Path(file.path).stem)
        exchange(content, {}, {file.path: file.text.encode("utf-8")})
    terminal.say(visible(f"wrote {content / file.path}: look it over, then run `ledger check`"))
    for gap in gaps:
        terminal.say(visible(f"  {gap.what}: {gap.why}" + (f" ({gap.value})" if gap.value else "")))


def _skeleton(arguments: argparse.Namespace, world: trial.World, kind: Kind, identifier: adding.Identifier) -> None:
    """Write a source of which only the identifier is known."""
    id_ = arguments.id or adding.id_for(identifier)
    new.check_new(world, kind, id_)
    text = new.skeleton(kind, identifier.fields | {"added": day_of(arguments).isoformat()})
    path = f"{kind.folder}/{id_}.yml"
    exchange(arguments.content, {}, {path: text.encode("utf-8")})
    said = f"wrote {arguments.content / path}: fill in the blanks, then run `ledger check`"
    terminal.say(visible(f"{said}; `ledger mv` gives it a better id"))


def _metadata(file: Path | None, identifier: adding.Identifier) -> bytes:
    """What a file or a registry says of the work, as CSL-JSON."""
    if file and not file.is_file():
        raise Failure(USAGE, f"there is no file '{file}'", "name a file of CSL-JSON")
    if file:
        return file.read_bytes()
    try:
        return adding.csl_of(identifier, adding.fetch_metadata(identifier, client()))
    except OSError as problem:
        hint = "nothing was written; try again, or use --from"
        raise Failure(ENVIRONMENT, f"no metadata: {problem}", hint) from None
