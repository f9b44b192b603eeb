"""How the comparisons of positions grow with the ledger: `python benchmarks/comparisons.py`.

Prints the seconds of processor time that each part takes for ledgers of 5,000 and 10,000 records, and for a hub: a
claim to which so many others are related. The histories are here too, since their courses go with the controversies, of
which the larger ledger has twice as many. A ratio of about 2 is linear, one of 4 quadratic. Each is the best of three.
"""

import gc
import sys
import tempfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from math import inf
from pathlib import Path
from time import process_time
from typing import Any

import generate

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ledger import files, graph, loading  # noqa: E402
from ledger.analysis.bearing import read_bearing  # noqa: E402
from ledger.analysis.cruxes import find_cruxes  # noqa: E402
from ledger.analysis.fairness import compare_service  # noqa: E402
from ledger.analysis.gaps import Ground, find_gaps  # noqa: E402
from ledger.analysis.history import timelines  # noqa: E402
from ledger.analysis.origins import trace  # noqa: E402
from ledger.analysis.rivals import compare  # noqa: E402
from ledger.graph import Ledger  # noqa: E402

SIZES = (5_000, 10_000)
RUNS = 3


def main() -> None:
    """Measure both shapes at both sizes and print the ratios."""
    for shape, made in (("mixed", mixed), ("hub", hub)):
        small, large = (measured(made(size)) for size in SIZES)
        for part, seconds in small.items():
            ratio = large[part] / seconds
            print(f"{shape:6} {part:9} {seconds:7.3f} s {large[part]:7.3f} s  x {ratio:.2f}")


def mixed(size: int) -> Ledger:
    """A generated ledger with that many records."""
    with tempfile.TemporaryDirectory() as folder:
        generate.main(size, Path(folder))
        return graph.build_graph(loading.load_records(files.read(Path(folder)).files))


def hub(size: int) -> Ledger:
    """One claim that two positions part on, and that many others which support it."""
    claim = "statement: It moves.\ntype: empirical\n"
    texts = {
        "site.yml": "format: 1\ntitle: T\neditors: [{id: ann, name: Ann}]\n",
        "controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n",
        "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\nrests_on: [hub]\n",
        "positions/c-b.yml": "controversy: c\nletter: B\nstatement: No.\nrejects: [hub]\n",
        "sources/s.yml": "type: report\ntitle: T\nauthors: unknown\nissued: 1999\ntier: reporting\nderived_from: []\n",
        "claims/hub.yml": claim,
    }
    leaf = (
        "relations: [{claim: hub, type: supports}]\n"
        "evidence: [{id: e1, source: s, relation: supports, shows: A., consulted: memory}]\n"
    )
    texts |= {f"claims/leaf-{number}.yml": claim + leaf for number in range(size)}
    loaded = loading.load_records(files.TextFile(path, text) for path, text in texts.items())
    return graph.build_graph(loaded)


def measured(ledger: Ledger) -> dict[str, float]:
    """Seconds for each part."""
    weights, grounds, origins = weights_of(ledger), grounds_of(ledger), trace(ledger).origins
    took: dict[str, float] = {}

    def timed(part: str, work: Callable[[], Any]) -> Any:
        for _ in range(RUNS):
            gc.collect()
            gc.disable()
            start = process_time()
            made = work()
            took[part] = min(took.get(part, inf), process_time() - start)
            gc.enable()
        return made

    bearing = timed("ties", lambda: read_bearing(ledger))
    timed("rivals", lambda: compare(ledger, bearing, weights))
    cruxes = timed("cruxes", lambda: find_cruxes(ledger, bearing))
    timed("gaps", lambda: find_gaps(ledger, bearing, cruxes, grounds, origins))
    timed("fairness", lambda: compare_service(ledger, bearing, origins, set()))
    timed("history", lambda: [timelines(ledger, one.id, {}) for one in ledger.of_kind("controversy")])
    return took


def weights_of(ledger: Ledger) -> Mapping[str, Decimal]:
    """The same weight for every item."""
    return {f"{claim.id}/{item.id}": Decimal(1) for claim in ledger.of_kind("claim") for item in claim.fields.evidence}


def grounds_of(ledger: Ledger) -> Mapping[str, Ground]:
    """The same ground for every claim."""
    ground = Ground(supporting=1, disputing=1, origins=2, is_limited=False, is_searched=False)
    return {claim.id: ground for claim in ledger.of_kind("claim")}


if __name__ == "__main__":
    main()
