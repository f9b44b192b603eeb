"""Search without a browser: the page's own script in Node, on the data of a ledger."""

import json
import subprocess
from atexit import register
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from making import ROOT, data_of

from ledger.graph import Ledger

STATIC = ROOT / "templates/static"
RUN = """
(function (exports, module) {{ {library} }})();
{data}
{finder}
const finder = ledgerFinder(ledgerSearch);
{reading}
const {{ column, records }} = finder;
const answer = (asked) => {{
  const {{ whole, results }} = finder.find(asked, () => true);
  const title = (one) => finder.marked(records[one.id][column.title], one.hits);
  return {{ whole, found: results.map((one) => [records[one.id][column.url], title(one)]) }};
}};
const order = records.map((one) => one[column.title]);
say({{ order, answers: {asked}.map(answer) }});
"""
WHOLE = "while (finder.readUntil(performance.now() + 5));"
ONE = "let ticks = 0; performance = { now: () => ticks++ }; finder.readUntil(1);"
"""To read all records before a question, or one alone."""
NODE = """
const { runInNewContext } = require("vm");
const say = (said) => console.log(JSON.stringify(said));
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  try {
    runInNewContext(JSON.parse(line), { say, performance });
  } catch (error) {
    say({ error: error.stack });
  }
});
"""
"""Runs each line, a script as JSON, in surroundings of its own; one process for all saves the start of a hundred."""


@dataclass(frozen=True)
class Answer:
    """What is found."""

    whole: bool
    """Whether a record holds all of the words."""
    urls: tuple[str, ...]
    """The pages, the best first."""
    marked: tuple[str, ...]
    """Their titles, what was found in brackets."""


def answers(ledger: Ledger, asked: Iterable[str]) -> list[Answer]:
    """What each query finds."""
    return list(map(_answer, _run(ledger, tuple(asked))["answers"]))


def found(ledger: Ledger, asked: str) -> tuple[str, ...]:
    """The pages that a query finds, the best first."""
    return answers(ledger, [asked])[0].urls


def found_at_first(ledger: Ledger, asked: str) -> tuple[str, ...]:
    """The pages that a query finds when one record was read."""
    return _answer(_run(ledger, [asked], ONE)["answers"][0]).urls


def order(ledger: Ledger) -> list[str]:
    """The titles of all that is searched, in the order in which a filter alone lists them."""
    titles: list[str] = _run(ledger, ())["order"]
    return titles


def _answer(said: Mapping[str, Any]) -> Answer:
    marked = ("".join(f"[{piece}]" if is_marked else piece for piece, is_marked in title) for _, title in said["found"])
    return Answer(said["whole"], tuple(url for url, _ in said["found"]), tuple(marked))


@cache
def _node() -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    process = subprocess.Popen(["node", "-e", NODE], stdin=pipe, stdout=pipe, encoding="utf-8", bufsize=1)
    register(process.kill)
    return process


def _run(ledger: Ledger, asked: Sequence[str], reading: str = WHOLE) -> Any:
    script = RUN.format(
        library=(STATIC / "vendor/minisearch.js").read_text(encoding="utf-8"),
        data=data_of(ledger, "search-data.js")["search-data.js"].decode(),
        finder=(STATIC / "finding.js").read_text(encoding="utf-8"),
        asked=json.dumps(asked),
        reading=reading,
    )
    print(json.dumps(script), file=_node().stdin)
    said = json.loads(_node().stdout.readline())
    assert "error" not in said, said
    return said
