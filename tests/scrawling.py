"""Data written as nobody should: fields in any order, odd indentation, comments, and every way to write a text.

In: data and a random generator. Out: YAML that reads as the same data.
"""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from ledger.editing.yamltext import is_plain


def scrawled(data: dict[str, Any], chance: Random) -> str:
    """A record's file."""
    lines = [*_above(chance, 0), *_mapping(data, chance, 0), *_above(chance, 0)]
    return "".join(f"{line}\n" for line in lines)


def _mapping(data: dict[str, Any], chance: Random, indent: int) -> Iterator[str]:
    names = [*data]
    if chance.random() < 0.5:
        chance.shuffle(names)
    for at, name in enumerate(names):
        yield from _above(chance, indent) if at else ()
        yield from _value(f"{' ' * indent}{name}{chance.choice(('', '', ' '))}:", data[name], chance, indent)
        if chance.random() < 0.05:
            yield " " * (indent + chance.randint(1, 3)) + "# below"


def _value(opening: str, value: Any, chance: Random, indent: int) -> Iterator[str]:
    gap = " " * chance.choice((1, 1, 1, 3))
    if not isinstance(value, dict | list):
        first, *others = _text(str(value), chance, indent)
        yield opening + gap + first
        yield from others
    elif not value or chance.random() < 0.15:
        yield opening + gap + json.dumps(value, ensure_ascii=False) + chance.choice(("", "  # braces"))
    else:
        yield opening + chance.choice(("", "", "  ", "  # these"))
        if isinstance(value, dict):
            yield from _mapping(value, chance, indent + chance.choice((1, 2, 4)))
        else:
            yield from _items(value, chance, indent + chance.choice((0, 2, 2, 4) if opening.strip(" -") else (2,)))


def _items(items: list[Any], chance: Random, indent: int) -> Iterator[str]:
    for at, item in enumerate(items):
        yield from _above(chance, indent) if at else ()
        dash = " " * indent + "-" + " " * chance.choice((1, 1, 3))
        if isinstance(item, dict) and item and chance.random() < 0.9:
            first, *others = _mapping(item, chance, len(dash))
            yield dash + first.lstrip()
            yield from others
        elif isinstance(item, dict | list):
            yield dash + json.dumps(item, ensure_ascii=False)
        else:
            first, *others = _text(str(item), chance, indent)
            yield dash + first
            yield from others


def _above(chance: Random, indent: int) -> Iterator[str]:
    if chance.random() < 0.1:
        yield " " * chance.choice((indent, indent, indent + 1)) + "# above"
    if chance.random() < 0.1:
        yield from [chance.choice(("", "  "))] * chance.randint(1, 3)


def _text(value: str, chance: Random, indent: int) -> list[str]:
    """One text in one of the ways in which it can be written, on its line and those below."""
    further = " " * (indent + chance.randint(1, 4))
    words = value.split(" ")
    ways = [[json.dumps(value, ensure_ascii=False)]]
    if "\n" not in value:
        ways.append(["'" + value.replace("'", "''") + "'"])
    if is_plain(value):
        ways += [[value + chance.choice(("", "", "   ", "  # so"))]] * 3
        if len(words) > 2 and all(is_plain(word) for word in words):
            ways.append([words[0], "", further + " ".join(words[1:])] if "\n" in value else
                        [words[0], further + " ".join(words[1:])])  # fmt: skip
    if value.endswith("\n") and not value.endswith("\n\n") and not value.startswith((" ", "\n")):
        lines = [further + line if line else "" for line in value.split("\n")[:-1]]
        ways = [["|", *lines], [f"|{len(further) - indent}", *lines], ["|+", *lines], ways[0]]
    return chance.choice(ways)
