"""The medium ledger: about a hundred records of every kind, the same each time, made where a test asks for them.

It is the small ledger of `sites/`, which uses every field there is, among generated records in the shape of a real
ledger: two controversies with four positions each, claims with several items of evidence, a source of which much
depends. An invented record of each kind has nearly all its fields at once, filled with words made to do harm.
Code that needs more than a few records is tested on it; the records in `content/` are for the tests of the content.
"""

import re
import shutil
import sys
from atexit import register
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

from inventing import Inventor

from ledger.records import KINDS, Kind

HERE = Path(__file__).resolve().parent
SMALL = HERE / "sites/small/content"
sys.path.insert(0, str(HERE.parent / "benchmarks"))
import generate  # noqa: E402

FRAME = generate.Frame(claims=24, sources=16, controversies=2, threads=1, proponents=6, events=8, terms=4)
MIX = generate.Mix(seed=7, items=7, uses=12)
EDITOR = "  - id: ed\n    name: Ed\n"
HOSTILE = ("{{", "{%", "<b>", "&lt;", "</q>", "<!--", "'\"", "%}", "日本", "اب", "e\u0301", "🕰", "ﬁ", "]]>", "a" * 90)
"""What HTML, JSON, Jinja and YAML make something of, letters of several scripts, and a word that no line holds."""
CHECKED = {"exceptions", "withdrawn", "wikidata", "orcid", "ror", "doi", "arxiv", "isbn", "pmid", "citation_key"}
"""Fields in which words at random are a mistake, and the one that would take an invented record out of most pages."""
FIXED = {
    "controversy": {"question": "Is it {{ so }}, or <b>not</b>?"},
    "claim": {
        "type": "empirical",
        "question": "Is {{ it }} so, or <b>not</b>?",
        "bears_on": [
            {"position": "invented-controversy-a", "relation": "supports", "why": "'{{"},
            {"position": "invented-controversy-b", "relation": "disputes"},
        ],
    },
    "source": {"status": "current", "authors": [{"family": "{{Ward", "given": "N. %}"}, {"literal": "The <b> & Co. "}]},
}
"""What may not be any word."""
QUANTITY = {"measure": "{{ size }} <b>", "unit": "<i> '\"", "scope": "]]> 日本", "as_of": "2025-05"}
"""What an invented claim measures and an invented chart draws, which must be one thing."""
DISPUTE = "invented-controversy"
TARGETS = {
    "thread": "thread-0",
    "controversy": DISPUTE,
    "position": f"{DISPUTE}-a",
    "claim": "invented-claim",
    "source": "invented-source",
    "proponent": "proponent-1",
    "event": "event-1",
    "term": "term-1",
    "page": "method",
    "evidence": "claim-2/e1",
    "editor": "ed",
    "record": "claim-3",
}
OTHERS = {"claim": {"claim": "claim-2"}, "source": {"source": "source-1"}, "position": {"position": "c-0-a"}}
"""What an invented record of a kind names instead, since none may name itself."""


def write(folder: Path) -> None:
    """Write the medium ledger as the content of a ledger."""
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    settings = folder / "site.yml"
    text = re.sub("base_url: .*\n", "", settings.read_text("utf-8"))  # a page that is missing then finds its style
    settings.write_text(text.replace("editors:\n", f"editors:\n{EDITOR}"), "utf-8")
    for record in (*_generated(), *_invented(), _notes()):
        path = folder / record.folder / f"{record.id}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(generate.data(record), encoding="utf-8")


def _generated() -> Iterator[generate.Record]:
    yield from map(generate.thread, range(FRAME.threads))
    for number in range(FRAME.controversies):
        yield generate.controversy(Random(f"controversy {number}"), number, FRAME)
        yield from generate.positions(Random(f"position {number}"), number, FRAME)
    for many, make in generate.MAKERS:
        for number in range(getattr(FRAME, many)):
            yield _changed(make(Random(f"{many} {number}"), number, FRAME, MIX), number)


def _changed(record: generate.Record, number: int) -> generate.Record:
    """What a generated ledger has none of: each change of the table for one record in so many."""
    more = {key: it for every, at, key, it in MORE.get(record.folder, ()) if number % every == at}
    return replace(record, fields={**record.fields, **more})


TYPES = ("restates", "undercuts", "supersedes", "narrows", "depends-on")
MORE: Mapping[str, tuple[tuple[int, int, str, Any], ...]] = {
    "sources": (
        (8, 3, "status", "retracted"),
        (8, 3, "status_date", "2025-03-01"),
        (5, 1, "tags", ["model", "data"]),
    ),
    "claims": (
        (5, 1, "cruxes", ["What would a second group find?"]),
        (6, 2, "first_stated", "source-2"),
        (24, 5, "relations", [{"claim": f"claim-{at}", "type": type_} for at, type_ in enumerate(TYPES)]),
        (11, 9, "withdrawn", {"date": "2026-01-01", "why": "Nobody repeats it.", "merged_into": "claim-8"}),
    ),
    "events": ((2, 0, "proponents", ["proponent-0"]), (3, 0, "about", ["c-0", "claim-0"])),
}


def _notes() -> generate.Record:
    """A page that cites a source in nearly every sentence, so that the notes in its margin stand close together."""
    cited = [
        f"{generate.sentence(Random(at), 9)[:-1]} [@source-{at}], [see @source-{at + 1}, p. 3]." for at in range(9)
    ]
    return generate.Record("pages", "notes", {"title": "Notes"}, "\n\n".join([" ".join(cited)] * 3))


def _invented() -> Iterator[generate.Record]:
    """One record of each kind; the controversy has two positions."""
    figures: list[str] = []
    for kind in KINDS:
        if kind.name == "position":
            for letter in "AB":
                more = {"controversy": DISPUTE, "letter": letter}
                yield generate.Record(kind.folder, f"{DISPUTE}-{letter.lower()}", _fields(kind, letter) | more)
        else:
            fields = _fields(kind) | FIXED.get(kind.name, {})
            for item in fields.get("evidence", ()):
                item |= {"relation": "supports", "via": "source-1", "quantity": QUANTITY | {"low": "1", "high": "9"}}
                item["quantities"] = [QUANTITY | {"value": value} for value in ("4", "5.576e6")]
                figures.append(f"invented-claim/{item['id']}")
            if kind.name == "chart":
                fields |= {"items": figures, "measure": QUANTITY["measure"], "unit": QUANTITY["unit"]}
            for stance in fields.get("stances", ()):
                stance.setdefault("attested", [{"date": "2025-05", "source": "source-1"}])
            yield generate.Record(kind.folder, f"invented-{kind.name}", fields)


def _fields(kind: Kind, seed: str = "") -> dict[str, Any]:
    chance = Random(f"{kind.name}{seed}")
    targets = TARGETS | OTHERS.get(kind.name, {})
    inventor = Inventor(kind, targets, list(HOSTILE), chance, dates=("2025-05",), spans=("2025-05",))
    return {name: value for name, value in inventor.record().items() if name not in CHECKED}


MEDIUM = Path(mkdtemp(prefix="ledger-medium-")) / "content"
"""The folder of the medium ledger, made anew by each process that asks for it; no test changes it."""
register(shutil.rmtree, MEDIUM.parent, ignore_errors=True)
write(MEDIUM)
