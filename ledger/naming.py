"""Which ids a record may have: the reserved ones, the nearest good one to some words, and those like a wrong one.

And text in plain letters, of which ids and comparisons of names are made.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from heapq import nsmallest

from ledger.fields import ID_LENGTH

_DEVICES = ("con", "prn", "aux", "nul", "conin", "conout", "clock")
_PORTS = tuple(f"{port}{number}" for port in ("com", "lpt") for number in range(10))
_PAGES = ("index", "404", "assets", "feed", "search", "api", "sitemap", "robots")
RESERVED = frozenset((*_DEVICES, *_PORTS, *_PAGES))
"""Names that some file system or the site itself needs."""

_LATIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n",
}  # fmt: skip
"""Latin letters that are none with an accent, in plain ones."""
_LETTERS = {
    **_LATIN,
    **dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziyklmnoprstufhye", strict=True)),
    "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya", "ё": "yo",
    "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "w", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj",
    **dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)),
    "θ": "th", "χ": "ch", "ψ": "ps", "'": "", "’": "",
}  # fmt: skip
"""These, Cyrillic and Greek letters in plain ones."""

_FEW, _RARE, _COMMON = 200, 12, 500
"""Up to 200 names are all compared. Of more, only those that share one of the 12 rarest triples of letters, at most 500
for each triple."""


def nearest_id(words: str) -> str:
    """The valid id closest to some words, or nothing when they hold no usable letter."""
    plain = "".join(char for char in decomposed(words.casefold()) if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:ID_LENGTH].strip("-")


def without_accents(text: str) -> str:
    """Text in lower case with plain Latin letters for Latin ones; those of other scripts stay, without accents."""
    whole = decomposed(text).casefold()
    return "".join(_LATIN.get(char, char) for char in whole if not unicodedata.combining(char))


def plain_letters(text: str) -> str:
    """Text in lower case with plain Latin letters wherever a letter has some: accents go, Cyrillic and Greek are spelt.

    What cannot be written so stays as it is.
    """
    lowered = unicodedata.normalize("NFKC", text.casefold())
    whole = decomposed("".join(_LETTERS.get(char, char) for char in lowered))
    return "".join(_LETTERS.get(char, char) for char in whole if not unicodedata.combining(char))


def decomposed(text: str) -> str:
    """NFKD, but for the order of accents: to order a long pile of them takes time that grows with its square."""
    return "".join(unicodedata.normalize("NFKD", char) for char in text)


@dataclass(slots=True)
class Names:
    """Names, to look for those that are like a wrong one; the time that takes does not grow with their number."""

    names: list[str]
    longest: int = field(init=False)
    _triples: dict[str, list[int]] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.names = sorted(set(self.names))
        self.longest = max(map(len, self.names), default=0)
        for number, name in enumerate(self.names if len(self.names) > _FEW else ()):
            for triple in _triples(name):
                self._triples.setdefault(triple, []).append(number)

    def like(self, wrong: str) -> list[str]:
        """The names among which that is which was perhaps meant. None is like one that is twice as long as any."""
        if len(wrong) > 2 * self.longest:
            return []
        if len(self.names) <= _FEW:
            return self.names
        shared = [numbers for triple in sorted(_triples(wrong.casefold())) if (numbers := self._triples.get(triple))]
        votes = Counter(number for numbers in sorted(shared, key=len)[:_RARE] for number in numbers[:_COMMON])
        return [self.names[number] for number in nsmallest(_RARE, votes, key=lambda number: (-votes[number], number))]


def _triples(name: str) -> set[str]:
    return {name[at : at + 3] for at in range(max(1, len(name) - 2))}
