"""Ledgers of one shape each, to see how the work grows: sources in a chain or a comb, mistakes many times over, a hub.

A shape is a function from a size to the texts of a ledger by their paths, without the settings.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from generate import SITE

HEAD = "type: report\ntitle: S\nauthors: unknown\nissued: 1999\ntier: reporting\n"
CLAIM = "statement: It.\ntype: empirical\n"
FIRST_HAND = "derived_from: []\nfirst_hand: true\n"
CLAIMS = 5

Texts = Iterator[tuple[str, str]]


def chain(size: int) -> Texts:
    """Each source takes from the next."""
    return derived([n + 1] if n + 1 < size else [] for n in range(size))


def comb(size: int) -> Texts:
    """A chain of every other source, each of which takes from a first-hand source of its own too."""
    return derived([n + step for step in (2, 1) if n + step < size] if n % 2 == 0 else [] for n in range(size))


def ladder(size: int) -> Texts:
    """Every source draws on the two that come after it."""
    return derived([n + step for step in (1, 2) if n + step < size] for n in range(size))


def tree(size: int) -> Texts:
    """A tree: every source draws on two others, which no other source draws on."""
    return derived([n for n in (2 * at + 1, 2 * at + 2) if n < size] for at in range(size))


def star(size: int) -> Texts:
    """All take from the last."""
    return derived([size - 1] if n + 1 < size else [] for n in range(size))


def review(size: int) -> Texts:
    """The first, in parts that a record can hold, takes from all the others."""
    parts = 1 + size // 1_000

    def earlier(part: int) -> list[int]:
        return list(range(part + parts, size, parts)) if 0 < part <= parts else []

    return derived(earlier(part) if part else list(range(1, parts + 1)) for part in range(size))


def loop(size: int) -> Texts:
    """Each takes from the next, and the last from the first."""
    return derived([(n + 1) % size] for n in range(size))


def complete(size: int) -> Texts:
    """Each takes from all others, but for the last, which is first-hand."""
    return derived([other for other in range(size) if other != n] if n + 1 < size else [] for n in range(size))


def versions(size: int) -> Texts:
    """Each is an earlier version of the next."""
    return with_claims((f"version_of: s{n + 1}\n" if n + 1 < size else "") + FIRST_HAND for n in range(size))


def derived(all_earlier: Iterator[list[int]]) -> Texts:
    """Sources that take from others, and a few claims that cite some of them."""
    return with_claims(
        "derived_from:" + "".join(f"\n  - {{source: s{n}, how: reports}}" for n in earlier) + "\n"
        if earlier
        else FIRST_HAND
        for earlier in all_earlier
    )


def with_claims(fields: Iterable[str]) -> Texts:
    """Sources with some fields, and a few claims that cite some of them."""
    count = 0
    for at, own in enumerate(fields):
        yield f"sources/s{at}.yml", HEAD + own
        count = at + 1
    for at in range(CLAIMS):
        yield f"claims/c{at}.yml", claim(n * count // CLAIMS for n in range(at + 1))


def claim(cited: Iterable[int]) -> str:
    """A claim with an item for each of some sources."""
    items = "".join(
        f"\n  - {{id: e{at}, source: s{n}, relation: supports, shows: It., consulted: memory}}"
        for at, n in enumerate(cited, 1)
    )
    return f"{CLAIM}evidence:{items}\n"


def claim_on_chain(size: int) -> Texts:
    """A chain, and a claim that cites some of its sources, as many as there may be."""
    for path, text in chain(size):
        if path.startswith("sources/"):
            yield path, text
    yield "claims/c.yml", claim(range(0, size, 1 + size // 1_000))


def merged(size: int) -> Texts:
    """Claims that were withdrawn, each merged into the next."""
    for at in range(size):
        gone = f"withdrawn: {{date: 2020-01-01, why: It is the same., merged_into: c{at + 1}}}\n"
        yield f"claims/c{at}.yml", CLAIM + (gone if at + 1 < size else "")


def unknown_ids(size: int) -> Texts:
    """Sources that all take from one that is not there."""
    for at in range(size):
        yield f"sources/s{at}.yml", f"{HEAD}derived_from: [{{source: nobody, how: reports}}]\n"


def broken_links(size: int) -> Texts:
    """Claims whose texts link to an anchor that is not there."""
    for at in range(size):
        yield f"claims/c{at}.yml", f"{CLAIM}body: See [it](#nowhere-{at}).\n"


def related(size: int) -> Texts:
    """One claim that two positions part on, and that many others support."""
    yield "controversies/c.yml", "title: T\nquestion: Is it?\nstatus: active\n"
    yield "positions/c-a.yml", "controversy: c\nletter: A\nstatement: Yes.\nrests_on: [hub]\n"
    yield "positions/c-b.yml", "controversy: c\nletter: B\nstatement: No.\nrejects: [hub]\n"
    yield "sources/s.yml", f"{HEAD}derived_from: []\n"
    yield "claims/hub.yml", CLAIM
    items = "evidence: [{id: e1, source: s, relation: supports, shows: A., consulted: memory}]\n"
    for at in range(size):
        yield f"claims/leaf-{at}.yml", f"{CLAIM}relations: [{{claim: hub, type: supports}}]\n{items}"


SHAPES: dict[str, tuple[Callable[[int], Texts], int]] = {
    "chain of sources": (chain, 1_000),
    "comb of sources": (comb, 500),
    "ladder of sources": (ladder, 1_000),
    "tree of sources": (tree, 1_000),
    "star of sources": (star, 1_000),
    "review of all sources": (review, 1_000),
    "loop of sources": (loop, 1_000),
    "all sources from all": (complete, 100),
    "versions in a row": (versions, 1_000),
    "claim on a chain": (claim_on_chain, 500),
    "claims merged in a row": (merged, 1_000),
    "references to nothing": (unknown_ids, 1_000),
    "links to nothing": (broken_links, 1_000),
    "claims about one claim": (related, 500),
}


def write(folder: Path, texts: Texts) -> None:
    """Write the content of a ledger."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.yml").write_text(SITE, encoding="utf-8")
    for path, text in texts:
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
