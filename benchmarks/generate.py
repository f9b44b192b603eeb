"""Write a ledger of any size, the same for the same size and seed: `python benchmarks/generate.py 10000 FOLDER`.

The mix is that of a real ledger: half of the records are claims, nearly a third sources, the rest proponents, events,
terms, and a controversy with four positions for every 250 claims. Nearly all references stay within a controversy, and
some of its sources are cited far more often than others, so that a larger ledger has more neighbourhoods, not larger
ones. `Mix` makes one record a hub and leaves the others as they are.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import yaml

WORDS = (
    "model data compute loss scale token parameter benchmark training inference reward sample curve limit budget error "
    "cost result method trend study group measure figure task answer energy price supply demand"
).split()
LETTERS = "ABCD"
EFFECTS = ("supports", "supports", "disputes", "qualifies")
BASES = ("empirical", "empirical", "theoretical", "statement", "reporting")
TIERS = ("peer-reviewed", "preprint", "reporting", "commentary")
HOWS = ("reports", "reviews", "replies", "uses-data")
STANCES = ("holds", "holds", "leans", "rejects")
PROSE = ("threads", "controversies", "positions")
ANYWHERE = 0.1
SITE = "format: 1\ntitle: Generated\ntagline: Made for measuring.\nlanguage: en\neditors:\n  - id: ed\n    name: Ed\n"

Fields = dict[str, Any]


class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes the same date twice rather than an alias, which a ledger does not read."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """All of them."""
        return True


@dataclass(frozen=True)
class Record:
    """One record: its folder, its id, what it says, and its longer text in Markdown."""

    folder: str
    id: str
    fields: Fields
    body: str = ""


@dataclass(frozen=True)
class Mix:
    """How many claims a controversy has at most, how many items the first claim, how many uses the first source."""

    seed: int = 0
    claims: int = 250
    items: int = 0
    uses: int = 0


@dataclass(frozen=True)
class Frame:
    """How many records of each kind there are."""

    claims: int
    sources: int
    controversies: int
    threads: int
    proponents: int
    events: int
    terms: int

    @classmethod
    def of(cls, count: int, mix: Mix) -> "Frame":
        """The shares of so many records in all; ten are the fewest."""
        claims = max(1, count // 2)
        controversies = -(-claims // mix.claims)
        threads = -(-controversies // 10)
        proponents, events, terms = (max(1, count * share // 100) for share in (6, 6, 5))
        framing = threads + (1 + len(LETTERS)) * controversies
        sources = max(1, count - claims - framing - proponents - events - terms)
        return cls(claims, sources, controversies, threads, proponents, events, terms)


def records(count: int, mix: Mix | None = None) -> Iterator[Record]:
    """So many records; each depends on the seed, its number and the frame alone."""
    mix = mix or Mix()
    frame = Frame.of(count, mix)
    yield from (thread(number) for number in range(frame.threads))
    for number in range(frame.controversies):
        yield controversy(Random(f"{mix.seed} controversy {number}"), number, frame)
        yield from positions(Random(f"{mix.seed} position {number}"), number, frame)
    for many, make in MAKERS:
        for number in range(getattr(frame, many)):
            yield make(Random(f"{mix.seed} {many} {number}"), number, frame, mix)


def write(folder: Path, count: int, mix: Mix | None = None) -> None:
    """Write so many records, and the settings, as the content of a ledger."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.yml").write_text(SITE, encoding="utf-8")
    for record in records(count, mix):
        is_prose = record.folder in PROSE
        file = folder / record.folder / f"{record.id}.{'md' if is_prose else 'yml'}"
        file.parent.mkdir(exist_ok=True)
        file.write_text(prose(record.fields, record.body) if is_prose else data(record), encoding="utf-8")


def prose(fields: Fields, body: str) -> str:
    """Front matter and a text."""
    return f"---\n{dumped(fields)}---\n\n{body}"


def data(record: Record) -> str:
    """YAML alone."""
    return dumped(record.fields | ({"body": record.body} if record.body else {}))


def dumped(fields: Fields) -> str:
    """YAML as an editor would write it."""
    return str(yaml.dump(fields, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=10_000))


def sentence(chance: Random, length: int = 14) -> str:
    """Some words with a full stop."""
    return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."


def paragraphs(chance: Random, count: int, frame: Frame, number: int) -> str:
    """Markdown with emphasis, a list, and links to a claim, a source and a term."""
    linked = (
        f"[[claim-{near(chance, number, frame.claims, frame)}]]",
        f"[@source-{near(chance, number, frame.sources, frame)}]",
        f"[[term-{chance.randrange(frame.terms)}]]",
    )
    texts = [f"{sentence(chance)} **{sentence(chance, 3)}** {sentence(chance, 20)} See {link}." for link in linked]
    return "\n\n".join([*texts[:count], "\n".join(f"- {sentence(chance, 6)}" for _ in range(3))]) + "\n"


def day(chance: Random) -> date:
    """One of 24 days on which the editors worked."""
    month = chance.randrange(24)
    return date(2024 + month // 12, 1 + month % 12, 15)


def near(chance: Random, number: int, count: int, frame: Frame) -> int:
    """One of so many records: mostly one of the same controversy, and the first of these most often."""
    step = min(frame.controversies, count)
    if chance.random() < ANYWHERE:
        return chance.randrange(count)
    first = number % step
    return first + step * int(chance.random() ** 2 * ((count - first + step - 1) // step))


def place(number: int, frame: Frame) -> int:
    """The number of the controversy that a record belongs to."""
    return number % frame.controversies


def position_of(chance: Random, number: int, frame: Frame) -> str:
    """The id of a position of the record's controversy."""
    return f"c-{place(number, frame)}-{chance.choice(LETTERS).lower()}"


def thread(number: int) -> Record:
    """What ten controversies belong to."""
    return Record(
        "threads", f"thread-{number}", {"title": f"Thread {number}", "summary": "Ten questions."}, "A text.\n"
    )


def controversy(chance: Random, number: int, frame: Frame) -> Record:
    """A question."""
    fields = {
        "title": f"Controversy {number}",
        "question": f"Is {sentence(chance, 6)[:-1].lower()} so?",
        "thread": f"thread-{number // 10}",
        "status": "active",
        "summary": sentence(chance, 40),
        "review": {"last": date(2026, 1, 1), "every_days": 365},
        "cruxes": [f"{sentence(chance, 8)[:-1]}?" for _ in range(2)],
        "added": date(2024, 1, 1),
    }
    return Record("controversies", f"c-{number}", fields, paragraphs(chance, 3, frame, number))


def positions(chance: Random, number: int, frame: Frame) -> Iterator[Record]:
    """Four answers, each of which rests on up to twenty claims and rejects up to three of the next one's."""
    claims = [f"claim-{at}" for at in range(number, frame.claims, frame.controversies)]
    shares = [claims[at :: len(LETTERS)][:20] for at in range(len(LETTERS))]
    for at, letter in enumerate(LETTERS):
        fields = {
            "controversy": f"c-{number}",
            "letter": letter,
            "label": sentence(chance, 3)[:-1],
            "statement": sentence(chance),
            "steelman": sentence(chance, 60),
            "rests_on": shares[at],
            "rejects": shares[(at + 1) % len(LETTERS)][:3],
            "added": date(2024, 1, 1),
        }
        body = paragraphs(chance, 2, frame, number)
        yield Record("positions", f"c-{number}-{letter.lower()}", {key: it for key, it in fields.items() if it}, body)


def claim(chance: Random, number: int, frame: Frame, mix: Mix) -> Record:
    """A claim with about three items of evidence, relations to earlier claims, a rating; every other has a body."""
    fields: Fields = {
        "statement": f"{sentence(chance, 12)[:-1]} {number}.",
        "type": chance.choice(("empirical", "empirical", "predictive", "historical")),
        "scope": sentence(chance, 6),
        "bears_on": [{"position": position_of(chance, number, frame), "relation": chance.choice(EFFECTS[1:3])}],
    }
    if number >= frame.controversies:
        earlier = chance.randrange(number // frame.controversies) * frame.controversies + place(number, frame)
        fields["relations"] = [
            {"claim": f"claim-{earlier}", "type": chance.choice(EFFECTS[1:3]), "why": sentence(chance, 8)}
        ]
    added = day(chance)
    fields |= {
        "evidence": evidence(chance, number, added, frame, mix),
        "assessments": [{"rating": "medium", "by": "ed", "date": added, "why": sentence(chance)}],
        "tags": chance.sample(WORDS, k=2),
        "added": added,
    }
    return Record("claims", f"claim-{number}", fields, paragraphs(chance, 1, frame, number) if number % 2 else "")


def evidence(chance: Random, number: int, added: date, frame: Frame, mix: Mix) -> list[Fields]:
    """Two to four items, of which one in five has a quote; what the mix says of hubs goes first."""
    chosen = [near(chance, number, frame.sources, frame) for _ in range(chance.randrange(2, 5))]
    if number < mix.uses:
        chosen[0] = 0
    if number == 0 and mix.items:
        chosen = [at % frame.sources for at in range(mix.items)]
    return [item(chance, at, source, added) for at, source in enumerate(chosen, 1)]


def item(chance: Random, at: int, source_number: int, added: date) -> Fields:
    """One item."""
    quoted = {"quote": sentence(chance, 18)} if chance.random() < 1 / 5 else {}
    return {
        "id": f"e{at}",
        "source": f"source-{source_number}",
        "relation": chance.choice(EFFECTS),
        "shows": sentence(chance, 20),
        "consulted": chance.choice(("abstract", "full-text")),
        "locator": f"section {at}",
        **quoted,
        "directness": chance.choice(("direct", "indirect")),
        "basis": chance.choice(BASES),
        "limits": sentence(chance, 8),
        "recorded": added,
        "by": "ed",
    }


def source(chance: Random, number: int, frame: Frame, _mix: Mix) -> Record:
    """A source: of two, one is first-hand and one derives from one or two earlier ones of its controversy."""
    before = number // frame.controversies
    taken = sorted({chance.randrange(before) for _ in range(chance.randrange(1, 3))}) if before and number % 2 else []
    derived = [
        {"source": f"source-{at * frame.controversies + place(number, frame)}", "how": chance.choice(HOWS)}
        for at in taken
    ]
    fields = {
        "type": "article-journal",
        "title": f"{sentence(chance, 8)[:-1]} {number}",
        "authors": [{"family": f"Author{chance.randrange(500)}", "given": "A."} for _ in range(chance.randrange(1, 4))],
        "issued": f"20{number % 24:02}-{1 + number % 12:02}",
        "container_title": f"Journal of {chance.choice(WORDS)}",
        "url": f"https://example.org/{number}",
        "tier": chance.choice(TIERS),
        **({} if derived else {"first_hand": True}),
        "derived_from": derived,
        "summary": sentence(chance, 20),
        "added": date(2024, 1, 1),
    }
    return Record("sources", f"source-{number}", fields)


def proponent(chance: Random, number: int, frame: Frame, _mix: Mix) -> Record:
    """A person with one stance."""
    said = {"source": f"source-{near(chance, number, frame.sources, frame)}", "shows": sentence(chance, 10)}
    stance = {
        "id": "s1",
        "position": position_of(chance, number, frame),
        "stance": chance.choice(STANCES),
        "attested": [{"date": f"2025-{1 + number % 12:02}"} | said],
    }
    fields = {"name": f"Person {number}", "type": "person", "summary": sentence(chance), "stances": [stance]}
    return Record("proponents", f"proponent-{number}", fields)


def event(chance: Random, number: int, frame: Frame, _mix: Mix) -> Record:
    """An event that one source tells of."""
    fields = {
        "title": f"Event {number}",
        "date": f"2024-{1 + number % 12:02}",
        "type": "publication",
        "summary": sentence(chance),
        "sources": [f"source-{near(chance, number, frame.sources, frame)}"],
        "about": [f"claim-{near(chance, number, frame.claims, frame)}"],
    }
    return Record("events", f"event-{number}", fields)


def term(chance: Random, number: int, frame: Frame, _mix: Mix) -> Record:
    """A word and what it means."""
    fields = {
        "term": f"term of {chance.choice(WORDS)} {number}",
        "definition": sentence(chance, 16),
        "sources": [f"source-{near(chance, number, frame.sources, frame)}"],
    }
    return Record("terms", f"term-{number}", fields)


MAKERS = (("claims", claim), ("sources", source), ("proponents", proponent), ("events", event), ("terms", term))


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a ledger from the command line."""
    parser = argparse.ArgumentParser(description="Write a ledger of any size.")
    parser.add_argument("count", type=int, help="how many records")
    parser.add_argument("folder", type=Path, help="the folder of the content")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other words and references")
    parser.add_argument("--claims", type=int, default=Mix.claims, help="claims in a controversy, at most")
    parser.add_argument("--items", type=int, default=0, help="items of evidence of the first claim")
    parser.add_argument("--uses", type=int, default=0, help="claims that cite the first source")
    given = parser.parse_args(arguments)
    write(given.folder, given.count, Mix(given.seed, given.claims, given.items, given.uses))


if __name__ == "__main__":
    main()
