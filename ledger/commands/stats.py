"""`ledger stats`: the figures of the page of statistics."""

import argparse
import textwrap
from collections.abc import Iterator

from ledger import texts, urls
from ledger.analysis import Analysis, analyse
from ledger.analysis.challenges import predictions, tally
from ledger.commands import query
from ledger.commands.running import add_content
from ledger.context import PageContext
from ledger.query import output
from ledger.query.evaluate import Answer
from ledger.views import View
from ledger.views.statistics import view_statistics

WIDTH = 80
_COLUMNS = ("figure", "value", "count", "of")
Row = tuple[str, str, int, int | None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, and the form."""
    add_content(parser)
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help="the form of the figures")


def run(arguments: argparse.Namespace) -> None:
    """Print them; 1 when records with errors may be missing from them."""
    arguments.drafts = False
    read = query.read_ledger(arguments)
    with texts.spoken(texts.english()):
        analysis = analyse(read.ledger)
        view = view_statistics(PageContext(read.ledger, urls.STATISTICS, analysis))
        if arguments.format == "text":
            text = "\n".join(_lines(view)) + "\n"
        else:
            text = output.FORMATS[arguments.format](Answer("", (), _COLUMNS, tuple(_rows(view, analysis))))
    query.print_answer(text, arguments.format)
    query.check_whole(read)


def _rows(view: View, analysis: Analysis) -> Iterator[Row]:
    """A row for each bar of each chart, for what the verdicts depend on, and for each list of what is missing."""
    for chart in (*view.verdicts, *view.charts):
        yield from ((chart.id, bar.label, bar.count, None) for bar in chart.bars)
    steady, agreed = analysis.steadiness, analysis.agreement
    yield "choices", "on a side whatever is chosen", steady.on_a_side.steady, steady.on_a_side.claims
    yield "choices", "open whatever is chosen", steady.open.steady, steady.open.claims
    yield "agreement", "the same word", agreed.apart(0), agreed.claims
    yield "agreement", "one word apart", agreed.apart(1), agreed.claims
    fared = tally(analysis.ledger, analysis.ledger.standing("challenge"))
    yield "challenges", "answered", fared.answered, fared.raised
    yield "challenges", "moved", fared.moved, fared.raised
    foretold = predictions(analysis.ledger, analysis.ledger.standing("claim"))
    yield "predictions", "came true", foretold.held, foretold.made
    yield "predictions", "failed", foretold.failed, foretold.made
    yield from (("missing", gap.id, gap.many, gap.of) for gap in view.gaps)
    yield "withdrawn", "", view.withdrawn, None


def _lines(view: View) -> Iterator[str]:
    """The same for people, with what the page says about choices and agreement."""
    for chart in (*view.verdicts, *view.charts):
        yield texts.say(f"chart.{chart.id}")
        width = max((len(bar.label) for bar in chart.bars), default=0)
        yield from (f"  {bar.label:<{width}}  {bar.count:>6,}" for bar in chart.bars)
    for heading, said in (
        ("statistics.choices", view.choices.said),
        ("statistics.agreement", view.agreement.said),
        ("audit.fared", view.fared),
        ("statistics.missing", [texts.say(f"lack_note.{gap.id}", count=gap.many, of=gap.of) for gap in view.gaps]),
    ):
        yield texts.say(heading)
        for one in said:
            yield from textwrap.wrap(one, WIDTH, initial_indent="  ", subsequent_indent="  ")
    yield texts.say("statistics.withdrawn", count=view.withdrawn)
