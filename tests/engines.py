"""What the tests of the engine share: a small ledger, builds of it with a store and without."""

from atexit import register
from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from making import CLAIM, EVIDENCE, SITE, SOURCE, tree

from ledger.engine import build as engine
from ledger.engine.report import Options, Report

POSITION = "---\ncontroversy: c\nletter: {}\nlabel: {}\nstatement: The clock is {}.\nrests_on: [{}]\n---\n"
LEDGER = {
    "site.yml": SITE,
    "sources/s.yml": SOURCE,
    "sources/t.yml": SOURCE.replace("unknown\n", "[{source: s, how: copies}]\n")
    .replace("[{", "[{", 1)
    .replace("authors: [{source: s, how: copies}]", "authors: unknown"),
    "claims/slow.yml": CLAIM + EVIDENCE + "bears_on: [{position: c-a, relation: supports}]\n",
    "claims/fast.yml": CLAIM.replace("moves", "flies")
    + EVIDENCE.replace("source: s", "source: t")
    + "relations: [{claim: slow, type: disputes}]\n",
    "controversies/c.md": "---\ntitle: Time\nquestion: Is it right?\nstatus: active\n---\n\nSee [[slow]], [@s].\n",
    "positions/c-a.md": POSITION.format("A", "Slow", "slow", "slow"),
    "positions/c-b.md": POSITION.format("B", "Fast", "fast", "fast"),
    "proponents/p.yml": "name: Pat\ntype: person\nstances: [{id: s1, position: c-a, stance: holds,"
    " attested: [{date: 1999, source: s}]}]\n",
    "events/e.yml": "title: It struck\ndate: 2000\nsources: [s]\nabout: [slow]\n",
    "terms/w.yml": "term: Clock\ndefinition: It tells the time; see [[slow]].\n",
    "pages/g.md": "---\ntitle: About\n---\n\nOn [[c]].\n",
}
"""A record of each kind, and a reference of most sorts."""


COMPILED = Path(mkdtemp(prefix="ledger-templates-"))
"""Compiled templates, for all builds of this process."""
register(rmtree, COMPILED, ignore_errors=True)


def put(content: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")


def options_for(content: Path, **more: object) -> Options:
    return Options(content, content.parent / "output", bytecode=COMPILED)._replace(**more)


def from_nothing(options: Options) -> tuple[Report, dict[str, bytes]]:
    """What a build without a store gives, and its site."""
    apart = options._replace(output=options.content.parent / "apart", cache=False)
    report = engine.build(apart)
    site = tree(apart.output) if report.published else {}
    rmtree(apart.output, ignore_errors=True)
    return report, site


def same(report: Report, other: Report) -> bool:
    return (report.problems, report.examined, report.excused, report.drafts, report.records) == (
        (other.problems, other.examined, other.excused, other.drafts, other.records)
    )
