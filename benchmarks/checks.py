"""How the checks grow with what is wrong: `python benchmarks/checks.py`.

Each shape has one mistake many times over, or one that spans everything: references to one id that nothing has, sources
that derive from each other in a circle, links that lead nowhere. Printed are the seconds of processor time for both
sizes, and their ratio: about 2 is linear, 4 quadratic. Each is the best of three.
"""

import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from time import process_time

from ledger import checks, graph, loading
from ledger.checks import broken_link, derivation_loop, unknown_id
from ledger.checks.rendered import RenderedSite
from ledger.files import TextFile
from ledger.graph import Ledger

SIZES = (5_000, 10_000)
RUNS = 3
HEAD = "type: report\ntitle: S\nauthors: unknown\nissued: 1999\ntier: reporting\n"
SOURCE = HEAD + "derived_from: [{{source: {}, how: reports}}]\n"


def ledger_of(texts: Mapping[str, str]) -> Ledger:
    """The ledger of some files."""
    return graph.build_graph(loading.load_records(TextFile(path, text) for path, text in texts.items()))


def bad_references(size: int) -> Ledger:
    """Sources that all take from one that is not there."""
    return ledger_of({f"sources/s{at}.yml": SOURCE.format("nobody") for at in range(size)})


def loop(size: int) -> Ledger:
    """Each source takes from the next, and the last from the first."""
    return ledger_of({f"sources/s{at}.yml": SOURCE.format(f"s{(at + 1) % size}") for at in range(size)})


def broken_links(size: int) -> RenderedSite:
    """Pages of sources, each with a link that leads nowhere."""
    pages = [f"sources/s{at}.html" for at in range(size)]
    links = {page: frozenset({"nowhere.html"}) for page in pages}
    return RenderedSite(bad_references(size), frozenset(pages), {}, links)


SHAPES: tuple[tuple[checks.Check, Callable[[int], Ledger | RenderedSite]], ...] = (
    (unknown_id, bad_references),
    (derivation_loop, loop),
    (broken_link, broken_links),
)


def seconds(check: checks.Check, size: int, made: Callable[[int], Ledger | RenderedSite]) -> float:
    """How long a check takes for a ledger or site that it has not seen."""

    def times() -> Iterator[float]:
        for _ in range(RUNS):
            subject = made(size)
            gc.collect()
            gc.disable()
            start = process_time()
            found = [problem for item in check.items(subject) for problem in check.check(subject, item)]
            yield process_time() - start
            gc.enable()
            if not found:
                raise ValueError(f"{check.ID} found nothing wrong")

    return min(times())


def main() -> None:
    """Measure every shape at both sizes."""
    for check, made in SHAPES:
        one, two = (seconds(check, size, made) for size in SIZES)
        sys.stdout.write(f"{check.ID:<16}{one:>8.3f} s{two:>8.3f} s  x {two / one:.1f}\n")


if __name__ == "__main__":
    main()
