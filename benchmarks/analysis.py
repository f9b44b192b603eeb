"""How the analysis grows: `python benchmarks/analysis.py`.

Sources in a chain, a comb, a star, a star of one review, a loop, and all from all; 5,000 and 10,000 of them, or fewer
where there is more to tell than sources. Printed are seconds for both sizes and their ratio: about 2 is linear. All
from all has four times as many references for twice the sources, and a comb four times as many origins of sources, so
that there about 4 is.
"""

import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

from ledger import graph, loading
from ledger.analysis.impact import impact
from ledger.analysis.origins import claim_origins, trace
from ledger.analysis.positions import position_bands
from ledger.analysis.ratings import Rules, rate
from ledger.files import TextFile
from ledger.graph import Ledger
from ledger.records import Profile

SIZES = {"chain": 5_000, "comb": 1_000, "star": 5_000, "review": 5_000, "loop": 5_000, "complete": 150}
RUNS = 3
CLAIMS = 5


def chain(size: int) -> Iterator[list[int]]:
    """Each takes from the next."""
    yield from ([n + 1] if n + 1 < size else [] for n in range(size))


def comb(size: int) -> Iterator[list[int]]:
    """A chain of every other source, each of which takes from a first-hand source of its own too."""
    for n in range(size):
        yield [later for later in (n + 2, n + 1) if later < size] if n % 2 == 0 else []


def star(size: int) -> Iterator[list[int]]:
    """All take from the last."""
    yield from ([size - 1] if n + 1 < size else [] for n in range(size))


def review(size: int) -> Iterator[list[int]]:
    """The first, in parts that a record can hold, takes from all the others."""
    parts = 1 + size // 1_000
    yield list(range(1, parts + 1))
    for part in range(1, size):
        yield list(range(part + parts, size, parts)) if part <= parts else []


def loop(size: int) -> Iterator[list[int]]:
    """Each takes from the next, and the last from the first."""
    yield from ([(n + 1) % size] for n in range(size))


def complete(size: int) -> Iterator[list[int]]:
    """Each takes from all others, but for the last, which is first-hand."""
    yield from ([other for other in range(size) if other != n] if n + 1 < size else [] for n in range(size))


SHAPES: dict[str, Callable[[int], Iterator[list[int]]]] = {
    "chain": chain,
    "comb": comb,
    "star": star,
    "review": review,
    "loop": loop,
    "complete": complete,
}


def ledger_of(shape: str, size: int) -> Ledger:
    """Sources of a shape, and a few claims that cite some of them."""
    texts = [TextFile("site.yml", "format: 1\ntitle: T\n")]
    for at, earlier in enumerate(SHAPES[shape](size)):
        derived = "".join(f"\n  - {{source: s{n}, how: reports}}" for n in earlier) or " []\nfirst_hand: true"
        head = "type: report\ntitle: S\nauthors: unknown\nissued: 1999\ntier: reporting\nderived_from:"
        texts.append(TextFile(f"sources/s{at}.yml", f"{head}{derived}\n"))
    for at in range(CLAIMS):
        cited = (f"s{n * size // CLAIMS}" for n in range(at + 1))
        items = "".join(
            f"\n  - {{id: e{n}, source: {id_}, relation: supports, shows: It., consulted: memory}}"
            for n, id_ in enumerate(cited, 1)
        )
        texts.append(TextFile(f"claims/c{at}.yml", f"statement: It.\ntype: empirical\nevidence:{items}\n"))
    return graph.build_graph(loading.load_records(texts))


def seconds(ledger: Ledger) -> float:
    """How long origins, ratings and impact take, the middle of some runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        rules = Rules(Profile(), trace(ledger), {})
        claim_origins(ledger, rules.traced)
        ratings = rate(ledger, rules)
        impact(ledger, rules, ratings, position_bands(ledger, ratings))
        times.append(time.perf_counter() - start)
    return median(times)


def main() -> None:
    """Measure every shape at two sizes."""
    sys.stdout.write(f"{'shape':<10}{'sources':>8}{'seconds':>9}{'sources':>9}{'seconds':>9}{'ratio':>7}\n")
    for shape, size in SIZES.items():
        one, two = (seconds(ledger_of(shape, n)) for n in (size, 2 * size))
        sys.stdout.write(f"{shape:<10}{size:>8}{one:>9.3f}{2 * size:>9}{two:>9.3f}{two / one:>7.1f}\n")


if __name__ == "__main__":
    main()
