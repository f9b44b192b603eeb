"""Content of a ledger → data that no program takes for its own: bounded, and with nothing in it that is invisible.

In: plain data. Out: the same, with control and direction characters written out, long texts and lists cut, and so much
in all. What is cut is said.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

LONGEST = 1_500
"""Characters of one text."""
MOST = 50
"""Entries of one list."""
IN_ALL = 60_000
"""Characters of one answer."""
DEEPEST = 12
_SELECTORS = re.compile("[\ufe00-\ufe0e\U000e0100-\U000e01ef]")
"""Marks that a font may show and nobody sees, in which a text can be hidden."""
CUT = " […]"


def clean(text: str, longest: int = LONGEST) -> str:
    """A text with what cannot be seen in it made visible, as `⟨U+202E⟩`, cut at a length."""
    short = text if len(text) <= longest else text[:longest] + CUT
    if short.isprintable() and not _SELECTORS.search(short):
        return short
    return "".join(map(_shown, short))


def _shown(char: str) -> str:
    is_plain = char in "\n\u00a0" or (char.isprintable() and not _SELECTORS.match(char))
    return char if is_plain else f"⟨U+{ord(char):04X}⟩"


class Quoting:
    """How much may still be said in one answer."""

    def __init__(self, left: int = IN_ALL) -> None:
        self.left = left

    def of(self, value: Any, depth: int = 0) -> Any:
        """A value as it may be said; nothing where there is no more room."""
        if isinstance(value, str):
            text = clean(value, max(0, min(LONGEST, self.left)))
            self.left -= len(text)
            return text
        if isinstance(value, Mapping):
            return self._mapping(value, depth)
        if isinstance(value, Iterable):
            return self._list(list(value), depth)
        self.left -= 8
        return value

    def _mapping(self, value: Mapping[str, Any], depth: int) -> dict[str, Any]:
        if depth > DEEPEST:
            return {}
        shown = {}
        for key, one in islice(value.items(), 4 * MOST):
            name = clean(str(key), 80)
            self.left -= len(name) + 6
            shown[name] = self.of(one, depth + 1)
            if self.left <= 0:
                shown["left_out"] = "more is on the page"
                break
        return shown

    def _list(self, value: list[Any], depth: int) -> list[Any]:
        shown: list[Any] = []
        for one in value[: MOST if depth <= DEEPEST else 0]:
            if self.left <= 0:
                break
            shown.append(self.of(one, depth + 1))
        if len(shown) < len(value):
            shown.append({"left_out": len(value) - len(shown)})
        return shown
