"""One form for what looks alike: a text without the accidents of its typesetting, and the way back to its offsets.

In: a text as it was read. Out: a Folded text, in which characters that print alike are one, and which knows for each
of its places where that stands in the text. `FOLDINGS` names everything that is folded; case never is, and no letter.
Dashes between two marks are kept aside as joints: a hyphen at a line's end may belong to the word or to the line.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple, get_args

from ledger.vocabulary import Folding

FOLDINGS: tuple[Folding, ...] = get_args(Folding)
"""Unicode's NFC; curly quotes, guillemets and apostrophes as straight ones; any run of white space as one space, and as
none beside Chinese and Japanese; soft hyphens and marks without width left out; a hyphen at a line's end joined; ﬁ, œ
and their like as letters; every dash as a hyphen; … as dots; and, in `marks.py`, the marks of Markdown left out."""

_DASHES = "\u2010-\u2015\u2212"
_HYPHENS = "-\u2010\u2011"
_INVISIBLE = "\u200b\u2060\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BREAKS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛ʼʻ´‹›", "'") | dict.fromkeys("“”„‟«»", '"'))
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
              "œ": "oe", "æ": "ae", "ĳ": "ij", "Œ": "OE", "Æ": "AE", "Ĳ": "IJ"}  # fmt: skip
UNSPACED = (
    r"\u3001-\u30ff\u3105-\u312f\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f"
    r"\U00020000-\U0003ffff"
)
"""The characters of Chinese and Japanese, which put no space between words: one beside them is a line's end."""
_PATTERN = rf"""
    (?P<joint>(?<=[^\s\-{_DASHES}])[\-{_DASHES}]++\s*+(?=\S))
  | (?P<soft>(?:[^\S\n\r]*+[\n\r]\s*+)?\xad(?:[^\S\n\r]*+[\n\r]\s*+)?)
  | (?P<quotes>(?<!\S)«\s*+|\s++»(?!\w)|[‘’‚‛ʼʻ´‹›“”„‟«»])
  | (?P<unspaced>(?<=[{UNSPACED}])\s++|\s++(?=[{UNSPACED}]))
  | (?P<spaces>[^\S\ ]\s*+|\ \s++)
  | (?P<invisible>[{_INVISIBLE}]++)
  | (?P<ligatures>[ﬀ-ﬆœæĳŒÆĲ])
  | (?P<dashes>[{_DASHES}])
  | (?P<ellipsis>…)
"""
_LONGEST_CLUSTER = 32
"""Unicode's own bound for marks on one letter; composing longer piles takes time that grows with their square."""


LINE_END, TIGHT_END = "line end", "line end without a space"
_FITTING = ({LINE_END, ""}, {LINE_END, " "}, {TIGHT_END, ""})
"""A gap is the white space after a dash; that at a line's end may stand for a space or for none."""


class Joint(NamedTuple):
    """A dash with a mark on either side: where it stood, its dashes, the gap after it, and whether it may vanish."""

    at: int
    dashes: str
    gap: str
    loose: bool

    def fits(self, other: "Joint") -> bool:
        """Whether two joints may be the same one."""
        gaps = {self.gap, other.gap}
        return self.dashes == other.dashes and (len(gaps) == 1 or gaps in _FITTING)


Stretch = tuple[str, int, bool]


@dataclass(slots=True)
class Folded:
    """A text after folding. `at` and `raw` are where each of its stretches begins, here and in the text as it was."""

    text: str = ""
    joints: list[Joint] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    raw: list[int] = field(default_factory=list)
    plain: list[bool] = field(default_factory=list)
    """Whether the stretch stands as it was, so that its characters can be counted off."""
    whole: bool = True
    """Whether letters and their marks are one here; where not, a place may not part them."""
    base: "Folded | None" = None
    """What was folded, where that is not the text as it was."""

    @classmethod
    def of(cls, stretches: Iterable[Stretch], joints: list[Joint]) -> "Folded":
        """A text in stretches: each after folding, where it began, and whether it stands as it was."""
        folded, pieces, length = cls(joints=joints), list[str](), 0
        for piece, raw, plain in stretches:
            pieces.append(piece)
            folded.at.append(length)
            folded.raw.append(raw)
            folded.plain.append(plain)
            length += len(piece)
        folded.text = "".join(pieces)
        return folded

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]`, which is not empty, stands in the text as it was."""
        begin, stop = self.base_range(start, end)
        return self.base.raw_range(begin, stop) if self.base else (begin, stop)

    def base_range(self, start: int, end: int) -> tuple[int, int]:
        """Where it stands in what was folded."""
        first = bisect_right(self.at, start) - 1
        last = bisect_right(self.at, end - 1) - 1
        begin = self.raw[first] + (start - self.at[first] if self.plain[first] else 0)
        stop = self.raw[last] + (end - self.at[last]) if self.plain[last] else self.raw[last + 1]
        return begin, stop


def as_it_is(text: str) -> Folded:
    """A text with nothing folded."""
    return Folded(text, [], [0, len(text)], [0, len(text)], [True, True], whole=False)


def fold(text: str, *, without: str = "") -> Folded:
    """Fold a text. `without` names a folding that is left out, to find out whether it matters."""
    joints = list[Joint]()
    return Folded.of(_stretches(text, without, joints), joints)


def _stretches(text: str, without: str, joints: list[Joint]) -> Iterator[Stretch]:
    """The text after folding, the end last; `joints` are those that were met."""
    read = length = 0
    for match in _scanner(marks=_has_marks(text)).finditer(text):
        name = match.lastgroup or ""
        if without not in (name, _OTHER_NAMES.get(name)):
            if match.start() > read:
                yield text[read : match.start()], read, True
                length += match.start() - read
            piece = "" if name == "joint" else _folded_form(name, match)
            if name == "joint":
                joints.append(_joint(match, length, without))
            yield piece, match.start(), False
            length, read = length + len(piece), match.end()
    if len(text) > read:
        yield text[read:], read, True
    yield "", len(text), True


_OTHER_NAMES = {"soft": "soft-hyphens", "unspaced": "spaces"}


def _folded_form(name: str, match: re.Match[str]) -> str:
    forms = {"soft": "", "invisible": "", "spaces": " ", "unspaced": "", "dashes": "-", "ellipsis": "..."}
    found = match.group()
    if name == "quotes":
        return found.strip().translate(_QUOTES)
    if name == "ligatures":
        in_word = match.string[match.end() : match.end() + 1].islower()
        return _LIGATURES[found].capitalize() if found.isupper() and in_word else _LIGATURES[found]
    if name == "composition":
        return unicodedata.normalize("NFC", found) if len(found) <= _LONGEST_CLUSTER else found
    return forms[name]


def _joint(match: re.Match[str], at: int, without: str) -> Joint:
    found = match.group()
    dashes = found.rstrip()
    gap = found[len(dashes) :]
    broken = _BREAKS.search(gap) is not None and without != "hyphenation"
    before, after = match.string[match.start() - 1], match.string[match.end()]
    loose = broken and len(dashes) == 1 and dashes in _HYPHENS and before.isalpha() and after.isalpha()
    shown = dashes if without == "dashes" else "-" * len(dashes)
    if broken:
        gap = TIGHT_END if without == "spaces" else LINE_END
    elif gap and without != "spaces":
        gap = " "
    return Joint(at, shown, gap, loose)


@cache
def _scanner(*, marks: bool) -> re.Pattern[str]:
    more = f" | (?P<composition>{_composing().pattern})" if marks else ""
    return re.compile(_PATTERN + more, re.VERBOSE | re.DOTALL)


def _has_marks(text: str) -> bool:
    return any(map(_may_compose, {*text})) and _composing().search(text) is not None


@lru_cache(maxsize=1 << 12)
def _may_compose(character: str) -> bool:
    """Whether composing may be about a character. What the pattern for it takes to be made is seldom worth it."""
    if character < "\u0300":
        return False
    is_mark = unicodedata.category(character).startswith("M")
    is_letter = "\u1160" <= character <= "\u11ff" or character == "\U00016d67"  # of Hangul, of Kirat Rai
    return is_mark or is_letter or not unicodedata.is_normalized("NFC", character)


@cache
def attaching() -> frozenset[str]:
    """The characters that belong to the one before them: accents, vowel signs, the later parts of a Hangul syllable."""
    characters = [chr(code) for code in range(0x300, 0x1F000) if not 0xD800 <= code < 0xE000]
    pairs = (unicodedata.decomposition(character).split(" ") for character in characters)
    seconds = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and pair[0][0] != "<"}
    hangul = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    marks = {character for character in characters if unicodedata.combining(character)}
    return frozenset(marks | hangul | {second for second in seconds if ord(second) >= 0x300})


@cache
def _composing() -> re.Pattern[str]:
    """A pattern for what NFC may change: a character with marks on it, and characters that are another one."""
    singles = (chr(code) for code in range(0x300, 0x30000) if not 0xD800 <= code < 0xE000)
    changed = {c for c in singles if unicodedata.normalize("NFC", c) != c} - attaching()
    return re.compile(f".[{_class(attaching())}]+|[{_class(changed)}]", re.DOTALL)


def _class(characters: frozenset[str] | set[str]) -> str:
    return "".join(f"\\U{ord(character):08x}" for character in sorted(characters))
