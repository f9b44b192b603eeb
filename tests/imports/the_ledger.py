"""A made-up ledger of The Ledger's format, of any size, with a few faults whose number is known."""

from pathlib import Path
from random import Random

WORDS = (
    "bridge",
    "tide",
    "harbour",
    "lantern",
    "mill",
    "orchard",
    "pilot",
    "quarry",
    "river",
    "signal",
    "tower",
    "weir",
)


class Invented:
    """Folders of text files; what was put in is counted while it is made."""

    def __init__(self, *, controversies: int, events: int, actors: int, seed: int = 1) -> None:
        self.random = Random(seed)
        self.files: dict[str, str] = {}
        self.positions = self.mentions = self.unregistered = self.unknown_fields = 0
        self.actors = [f"actor-{number}" for number in range(actors)]
        self.files["content/threads/water.md"] = (
            "---\nid: water\ntitle: Water and its uses\ndescription: What water is for.\n---\n\nA long debate.\n"
        )
        for id_ in self.actors:
            self.files[f"content/actors/{id_}.yml"] = self.actor(id_)
        for number in range(controversies):
            self.files[f"content/controversies/dispute-{number}.md"] = self.controversy(number)
        for number in range(events):
            year = 2000 + number % 20
            self.files[f"content/events/{year}/event-{number}.md"] = self.event(number, year)

    @property
    def records(self) -> int:
        """How many foreign records there are: files, positions and mentions of sources."""
        return len(self.files) + self.positions + self.mentions

    def write(self, folder: Path) -> Path:
        for path, text in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8", newline="\n")
        return folder

    def words(self, count: int) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(count))

    def actor(self, id_: str) -> str:
        text = f"id: {id_}\nname: The {self.words(1).title()} of {id_}\n"
        text += f"type: {self.random.choice(['company', 'person'])}\nfounded: {self.random.randint(1800, 1999)}\n"
        return text + f"website: https://{id_}.example.org\naliases:\n  - {id_.upper()}\n"

    def sources(self, indent: str) -> str:
        text = ""
        for number in (self.random.randint(0, 150) for _ in range(self.random.randint(1, 3))):
            self.mentions += 1
            text += f"{indent}- url: https://papers.example.org/{number}\n{indent}  title: Paper number {number}\n"
            text += f"{indent}  type: paper\n{indent}  confidence: high\n"
        return text

    def controversy(self, number: int) -> str:
        text = f"---\nid: dispute-{number}\ntitle: Does the {self.words(2)} of {number} matter?\nthread: water\n"
        text += "status: active\npolarity: multi-axis\nlast_updated: 2021-05-06\npositions:\n"
        for letter in "abcd":
            self.positions += 1
            text += f"  - claim: The {self.words(3)} of {number}{letter} decides.\n    proponents:\n"
            text += "".join(f"      - {id_}\n" for id_ in self.random.sample(self.actors, 3))
            text += "      - nobody-known\n    confidence: medium\n    sources:\n" + self.sources("      ")
            self.unregistered += 1
        self.unknown_fields += 1
        text += f"mood: {self.words(1)}\n---\n\n## Context\n\nIt began with a {self.words(2)}.\n\n## Key Tensions\n\n"
        text += f"- **Old and new {self.words(1)}**: {self.words(6)}.\n- **Near or far**: {self.words(6)}.\n\n"
        return text + f"## Status\n\nStill open, says the {self.words(1)}.\n"

    def event(self, number: int, year: int) -> str:
        text = f"---\nid: event-{number}\ntitle: The {self.words(3)} of {number}\ndate: {year}-03-0{number % 9 + 1}\n"
        text += (
            f"category: {self.random.choice(['release', 'policy', 'festival'])}\nsignificance: high\nconfidence: high\n"
        )
        text += f"actors:\n  - id: {self.random.choice(self.actors)}\n    role: host\nregions: [north]\n"
        text += f"tags:\n  - {self.words(1)}\nthreads:\n  - water\nsources:\n" + self.sources("  ")
        return (
            text
            + f"---\n\nPeople met at the {self.words(2)}. See [the map](/maps/{number}) and ![a view](/view.png).\n"
        )
