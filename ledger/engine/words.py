"""Texts and their numbers, each text once: most are a few beginnings with the same ends, the ids, behind each of them.

In: a text. Out: its number, and the text again. So a text is two numbers, and each beginning and end is kept once.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from operator import add
from typing import Any

MOST_BEGINNINGS = 1 << 8
"""As many as a byte can number; texts that begin otherwise are ends without a beginning."""
MOST_AT_HAND = 1 << 16
"""How many numbers are kept at hand. When there are more, all of these are forgotten and it begins again."""


class Numbers(dict[str, int]):
    """The number of each text on a list, at whose end one is put that is asked for and not there."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(zip(words, range(len(words)), strict=True))
        self.words = words

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self.words)
        self.words.append(text)
        return number


class Words:
    """Texts by number, in the order in which they came."""

    def __init__(self, beginnings: Iterable[str] = ("",), ends: Iterable[str] = ()) -> None:
        self._beginnings, self._ends = Numbers([*beginnings]), Numbers([*ends])
        self._beginning_of, self._end_of = array("B"), array("I")
        """The parts of each text."""
        self._places = [array("I") for _ in self._beginnings]
        """Of each beginning: by the number of an end the number of the text, plus one; 0 where there is none."""
        self.numbers = _AtHand(self)

    def __len__(self) -> int:
        return len(self._end_of)

    def __getitem__(self, number: int) -> str:
        return self._beginnings.words[self._beginning_of[number]] + self._ends.words[self._end_of[number]]

    def __iter__(self) -> Iterator[str]:
        beginnings, ends = self._beginnings.words.__getitem__, self._ends.words.__getitem__
        return map(add, map(beginnings, self._beginning_of), map(ends, self._end_of))

    def find(self, text: str) -> int | None:
        """The number of a text; None for one that never came."""
        beginning, end = self._split(text)
        if beginning not in self._beginnings or end not in self._ends:
            return None
        place, at = self._places[self._beginnings[beginning]], self._ends[end]
        return place[at] - 1 if at < len(place) and place[at] else None

    def number(self, text: str) -> int:
        """The number of a text, which comes last if it never came."""
        beginning, end = self._split(text)
        first, last = self._beginnings[beginning], self._ends[end]
        if first == len(self._places):
            self._places.append(array("I"))
        place = self._places[first]
        if last >= len(place):
            place.frombytes(bytes(place.itemsize * (last + 1 - len(place))))
        if not place[last]:
            self._beginning_of.append(first)
            self._end_of.append(last)
            place[last] = len(self)
        return place[last] - 1

    def _split(self, text: str) -> tuple[str, str]:
        """The name of a kind or function with what comes before its ids, and these."""
        at = text.find("\t", text.find("\t") + 1) if text.startswith("=") else text.find(":")
        beginning = text[: at + 1]
        if len(self._beginnings) == MOST_BEGINNINGS and beginning not in self._beginnings:
            return "", text
        return beginning, text[at + 1 :]

    def packed(self) -> dict[str, Any]:
        """The same as the store can hold it."""
        return {
            "beginnings": self._beginnings.words,
            "ends": self._ends.words,
            "sizes": [len(place) for place in self._places],
            "beginning_of": iter((self._beginning_of,)),
            "end_of": iter((self._end_of,)),
            "places": iter(self._places),
        }


class _AtHand(dict[str, int]):
    """The numbers of the texts that were asked for lately; one that never came comes last."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, text: str) -> int:
        if len(self) >= MOST_AT_HAND:
            self.clear()
        self[text] = number = self._words.number(text)
        return number


def unpacked(value: Mapping[str, Any]) -> Words:
    """The texts again. Anything that has another shape raises KeyError, TypeError or ValueError."""
    found, places = Words(value["beginnings"], value["ends"]), array("I", value["places"][:])
    found._beginning_of.frombytes(value["beginning_of"][:])
    found._end_of.frombytes(value["end_of"][:])
    at = 0
    for number, size in enumerate(value["sizes"]):
        found._places[number] = places[at : at + size]
        at += size
    return found
