"""Records made from the models: every kind, every field, without naming either, so that a new field is covered too.

In: a random generator and words. Out: plain data as YAML gives it, and which words stand in which field.
"""

import random
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ledger import fields
from ledger.edges import EDGE_TYPES, RECORD
from ledger.records import ClaimHash, Kind

DATES = ("1999", "2001-05", "2010-12-31", "1980~", "2003-04?", "2020-02-29")
SPANS = (*DATES, "../2001", "2001-05/..", "1999/2003-04")
NUMBERS = ("0", "4", "-0.076", "5.576e6", "1.50")
URLS = ("https://example.org/a?b=1&c=2", "http://example.org/~a/")
NOT_MARKDOWN = str.maketrans("", "", ";]|")
"""With these a word of Markdown may be more than a word: an entity, a link, a table."""
UNPUBLISHED = ("note", "search_words[]")
"""Fields that no page shows."""
SETTINGS = ("draft", "former_ids")
"""Fields that decide whether there is a page, or where; they are left out here."""


@dataclass
class Inventor:
    """Makes one record. Each word is numbered, so that no field can hide that another was lost."""

    kind: Kind
    targets: dict[str, str]
    """Kind → the id of a record of it; `evidence` and `editor` likewise."""
    words: list[str]
    random: random.Random
    dates: tuple[str, ...] = DATES
    spans: tuple[str, ...] = SPANS
    written: dict[str, list[str]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def record(self) -> dict[str, Any]:
        """The fields of a whole record."""
        return self.model(self.kind.model, "")

    def words_written(self) -> list[tuple[str, str]]:
        """Every word that readers should find, with the field that it stands in."""
        return [(path, word) for path, words in self.written.items() for word in words]

    def model(self, model: type[BaseModel], path: str) -> dict[str, Any]:
        hints = get_type_hints(model, include_extras=True)
        made = {}
        for name, info in model.model_fields.items():
            if name in SETTINGS or not (info.is_required() or self.random.random() < 0.8):
                continue
            key = info.alias or name
            made[key] = self.value(hints[name], f"{path}.{key}".lstrip("."))
        return made

    def value(self, hint: Any, path: str) -> Any:
        origin, inner = get_origin(hint), get_args(hint)
        made = self.simple(hint, path)
        if made:
            return made
        if origin is Literal:
            made = self.random.choice(inner)
        elif origin in (Annotated, Union, types.UnionType):
            options = inner[:1] if origin is Annotated else [option for option in inner if option is not type(None)]
            made = self.value(options[-1], path)
        elif origin is tuple:
            made = [self.value(inner[0], f"{path}[]") for _ in range(self.random.randint(1, 2))]
        elif origin is dict:
            made = {f"key-{at}": self.value(inner[1], path) for at in range(2)}
        elif isinstance(hint, type) and issubclass(hint, BaseModel):
            while not made:
                made = self.model(hint, path)
        assert made, f"nobody has said how to invent a {hint} for {path}"
        return made

    def simple(self, hint: Any, path: str) -> str:
        if hint in (fields.Line, fields.Text):
            return self.text(path, self.words)
        if hint == fields.Body:
            return self.text(path, [word.translate(NOT_MARKDOWN) for word in self.words])
        if hint == fields.Reference:
            return self.targets[self.wanted(path)]
        if path == "letter":
            return self.random.choice("ABXYZ")
        if hint == fields.Id:
            return f"i{next(self.numbers)}"
        choices = ((fields.Url, URLS), (fields.Number, NUMBERS), (fields.Flag, ("true", "false")))
        choices += ((fields.SecureUrl, [url for url in URLS if url.startswith("https:")]),)
        choices += ((ClaimHash, ("0f1e2d3c4b",)),)
        choices += ((fields.Days, ("1", "90", "36500")),)
        choices += ((fields.Date, self.dates), (fields.DateSpan, self.spans), (fields.Issued, self.spans))
        return next((self.random.choice(options) for known, options in choices if hint == known), "")

    def text(self, path: str, words: list[str]) -> str:
        chosen = [f"w{next(self.numbers)}x{self.random.choice(words)}" for _ in range(self.random.randint(1, 4))]
        if path.rpartition(".")[2] not in UNPUBLISHED:
            self.written.setdefault(path, []).extend(chosen)
        return " ".join(chosen)

    def wanted(self, path: str) -> str:
        """The kind that a reference must reach; one that no edge is made of names an editor."""
        wanted = {edge.field: edge.target for edge in EDGE_TYPES if edge.kind in (self.kind.name, RECORD)}
        return wanted.get(path, "editor")
