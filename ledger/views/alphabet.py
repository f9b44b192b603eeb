"""The order of the alphabet, and links into long lists.

In: records as one page sees them, or the values that a list runs through. Out: sort keys, first letters, anchors.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ledger import words
from ledger.loading import Record
from ledger.views.viewing import Viewing

LONG = 40
"""How long a list is before links lead into it."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A link to the first entry of a value, as a letter or a year."""

    words: str
    anchor: str


def by_title(viewing: Viewing) -> Callable[[Record], tuple[str, str]]:
    """The order of the alphabet: letters without case and accents, quotation marks and the like left out."""

    def key(record: Record) -> tuple[str, str]:
        return folded(viewing.plain(record.title)), record.id

    return key


def folded(text: str) -> str:
    """Words as the alphabet sorts them."""
    plain = (char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


def initial(title: str) -> str:
    """The letter that a title stands under."""
    first = folded(title)[:1].upper()
    return first if first.isalpha() else words.NO_LETTER


def anchor(prefix: str, value: str) -> str:
    """The place on a page of what stands under a letter or a year."""
    return f"{prefix}-{value if value != words.NO_LETTER else 'number'}"


def jumps_into(values: Sequence[str], prefix: str) -> tuple[tuple[str, ...], tuple[Jump, ...]]:
    """Of a list whose entries stand under these values: the anchor of each entry, and the links to them.

    The first entry of a value has an anchor, every other an empty one; a short list has none.
    """
    different = list(dict.fromkeys(values))
    if len(values) <= LONG or len(different) == 1:
        return ("",) * len(values), ()
    first = {values.index(value): anchor(prefix, value) for value in different}
    return tuple(first.get(at, "") for at in range(len(values))), tuple(
        Jump(value, anchor(prefix, value)) for value in different
    )
