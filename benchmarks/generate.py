"""Write a ledger of any size, the same for the same size: `python benchmarks/generate.py 10000 FOLDER`.

The mix is that of a real ledger: of ten records four are claims with three evidence items each, four are sources, one
is a proponent, one an event; a controversy with four positions for every two hundred claims.
"""

import random
import sys
from pathlib import Path

WORDS = (
    "model data compute loss scale token parameter benchmark training inference reward sample curve limit budget error "
    "cost result method trend study group measure figure task answer energy price supply demand"
).split()
CLAIMS_PER_CONTROVERSY = 200
LETTERS = "abcd"


def main(count: int, folder: Path) -> None:
    """Write `count` records, give or take the few that frame them."""
    chance = random.Random(count)
    write(folder, "site.yml", "format: 1\ntitle: Generated\neditors:\n  - id: ed\n    name: Ed\n")
    write(folder, "threads/t.md", "---\ntitle: Thread\nsummary: One thread.\n---\n")
    claims, sources = count * 4 // 10, count * 4 // 10
    controversies = max(1, claims // CLAIMS_PER_CONTROVERSY)
    for number in range(controversies):
        write_controversy(folder, number, range(number, claims, controversies))
    for number in range(claims):
        write(folder, f"claims/claim-{number}.yml", claim(chance, number, number % controversies, claims, sources))
    for number in range(sources):
        write(folder, f"sources/source-{number}.yml", source(chance, number))
    for number in range(count // 10):
        write(folder, f"proponents/proponent-{number}.yml", proponent(number, number % controversies, number % sources))
        write(folder, f"events/event-{number}.yml", event(chance, number, number % sources, number % claims))


def write(folder: Path, path: str, text: str) -> None:
    """Write one file."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def sentence(chance: random.Random, length: int = 14) -> str:
    """Some words with a full stop."""
    return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."


def write_controversy(folder: Path, number: int, claims: range) -> None:
    """A controversy with four positions that share its claims."""
    head = (
        f"---\ntitle: Controversy {number}\nquestion: Is {number} so?\nthread: t\nstatus: active\nadded: 2026-01-01\n"
    )
    write(folder, f"controversies/c-{number}.md", head + "---\n\nSome context, *in Markdown*, on [[t]].\n")
    for at, letter in enumerate(LETTERS):
        carried = "".join(f"  - claim-{claim}\n" for claim in claims[at :: len(LETTERS)][:20])
        head = f"---\ncontroversy: c-{number}\nletter: {letter.upper()}\nstatement: Answer {letter} to {number}.\n"
        write(folder, f"positions/c-{number}-{letter}.md", f"{head}rests_on:\n{carried}---\n\nWhat holders say.\n")


def claim(chance: random.Random, number: int, controversy: int, claims: int, sources: int) -> str:
    """A claim with three evidence items, a relation, a rating and a body."""
    items = "".join(
        f"  - id: e{at}\n    source: source-{chance.randrange(sources)}\n    relation: {effect}\n"
        f"    shows: {sentence(chance, 20)}\n    consulted: abstract\n    locator: section {at}\n    basis: empirical\n"
        for at, effect in enumerate(("supports", "disputes", "qualifies"), start=1)
    )
    return (
        f"statement: {sentence(chance)}\ntype: empirical\nscope: {sentence(chance, 6)}\n"
        f"bears_on:\n  - position: c-{controversy}-{chance.choice(LETTERS)}\n    relation: supports\n"
        f"relations:\n  - claim: claim-{(number + 1) % claims}\n    type: supports\n    why: {sentence(chance, 8)}\n"
        f"evidence:\n{items}"
        f"assessments:\n  - rating: medium\n    by: ed\n    date: 2026-01-01\n    why: {sentence(chance)}\n"
        f"added: 2026-01-01\nbody: |\n  {sentence(chance, 30)} See [[claim-{chance.randrange(claims)}]].\n"
    )


def source(chance: random.Random, number: int) -> str:
    """A source that every other time derives from an earlier one."""
    derived = f"\n  - source: source-{chance.randrange(number)}\n    how: reports" if number % 2 else " []"
    return (
        f"type: article-journal\ntitle: {sentence(chance, 8)}\nauthors:\n  - family: Author{number}\n    given: A.\n"
        f"issued: 20{number % 25:02}-{1 + number % 12:02}\nurl: https://example.org/{number}\ntier: peer-reviewed\n"
        f"derived_from:{derived}\nsummary: {sentence(chance, 20)}\nadded: 2026-01-01\n"
    )


def proponent(number: int, controversy: int, source_number: int) -> str:
    """A person with one stance."""
    return (
        f"name: Person {number}\ntype: person\nstances:\n  - id: s1\n"
        f"    position: c-{controversy}-{LETTERS[number % len(LETTERS)]}\n    stance: holds\n    attested:\n"
        f"      - date: 2025-06\n        source: source-{source_number}\n        shows: Says so.\n"
    )


def event(chance: random.Random, number: int, source_number: int, claim_number: int) -> str:
    """An event told in one source."""
    return (
        f"title: Event {number}\ndate: 2024-{1 + number % 12:02}\nsummary: {sentence(chance)}\n"
        f"sources:\n  - source-{source_number}\nabout:\n  - claim-{claim_number}\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
