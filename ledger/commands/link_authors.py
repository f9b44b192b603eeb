"""`ledger link-authors`: authors of sources who look like a proponent, and links to the records of those."""

import argparse
from collections.abc import Iterable, Iterator

from ledger import graph, terminal
from ledger.analysis.authors import Unlinked
from ledger.commands import prompting
from ledger.commands.running import add_content
from ledger.diagnostics import visible
from ledger.editing import linking
from ledger.editing.replacing import exchange, lock_content
from ledger.editing.rewriting import read_content
from ledger.graph import Ledger


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose authors, which proponent, and whether to write."""
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="only the authors of these (default: of all)")
    add_content(parser)
    add = parser.add_argument
    add("--to", default="", metavar="ID", help="only this proponent; with a SOURCE it says who is meant when unclear")
    add("--write", action="store_true", help="write the links that are clear")
    add("--ask", action="store_true", help="ask about each link, unclear ones too, and write those that you confirm")


def run(arguments: argparse.Namespace) -> None:
    """Show the authors, and write the links that are wanted."""
    content, is_writing = arguments.content, arguments.write or arguments.ask
    with lock_content(content, dry=not is_writing):
        ledger = graph.build_graph(read_content(content)[1])
        found = linking.proposals(ledger, arguments.sources, arguments.to)
        for one in () if arguments.ask else found:
            terminal.say(_line(arguments, ledger, one))
        clear = [one for one in found if one.is_certain]
        links = [*_confirmed(arguments, ledger, found)] if arguments.ask else clear
        if is_writing:
            exchange(content, *linking.planned(content, ledger, links))
    terminal.say(_summary(arguments, len(links), len(found) - len(links)))


def _confirmed(arguments: argparse.Namespace, ledger: Ledger, found: Iterable[Unlinked]) -> Iterator[Unlinked]:
    for one in found:
        terminal.say(_line(arguments, ledger, one))
        choices = [(id_, ledger.node_title(id_)) for id_ in one.proponents]
        chosen = prompting.choose("  who is it? a number, or Enter for nobody: ", choices)
        if chosen:
            yield one._replace(proponents=(chosen,))


def _line(arguments: argparse.Namespace, ledger: Ledger, one: Unlinked) -> str:
    place = ledger.records[one.source].span("authors", one.at)
    who = " or ".join(one.proponents)
    why = f", {', '.join(one.others)} may be meant too" if one.others else ", a family name alone" * one.is_bare
    unclear = "" if one.is_certain else f" (unclear{why}: not linked)"
    return visible(f"{arguments.content}/{place.path}:{place.line}: {one.name} → {who}{unclear}")


def _summary(arguments: argparse.Namespace, links: int, others: int) -> str:
    """How many links were made or could be, and what to do for the others."""
    if not links and not others:
        return "no author without a link looks like a proponent"
    count = f"{links} author{'s' * (links != 1)}"
    is_writing = arguments.write or arguments.ask
    done = f"linked {count}" if is_writing else f"{count} can be linked: run this with --write, or --ask"
    unclear = f"{others} left" if arguments.ask else f"{others} unclear: name the source and say who it is with --to"
    return f"{done}; {unclear}" if others else done
