"""Where some words are in a text: at one place, at several, or nowhere.

In: a text and a quote, with the words before and after it if they are needed. Out: a Found. Never fuzzy and never
without regard to case: what is folded is named in `folding.py`, and the result says which foldings were needed.
An ellipsis divides a quote into parts that must follow in their order. One search reads the text once, and once more
without the marks of Markdown if it finds nothing.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from ledger.analysis.folding import FOLDINGS, UNSPACED, Folded, Joint, as_it_is, attaching, fold
from ledger.analysis.marks import unmarked
from ledger.vocabulary import Folding

LEAST = 12
"""Fewer characters than this say too little to be looked for; wide ones, as of Chinese, count twice."""
_PLENTY = re.compile(rf"(?:[^A-Za-z0-9]*+[A-Za-z0-9]){{{LEAST}}}")
"""So much that no folding makes it too little."""
_TRIES = 1_000_000
"""So many hyphens are compared at places that agree in all else, before a search gives up."""
_ELLIPSIS = re.compile(r"\[ ?(?:…|\.(?: ?\.){2,}) ?\]|\((?:…|\.\.\.)\)|…|\.(?: ?\.){2,}")
_WORD = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
"""A text, as `_UNSPACED` is: to compile the two takes milliseconds, and most commands verify no quote."""
_COMMON = 2_000
_RARE = 12
"""The nearest passage is looked for by so many of a quote's rarest words, at so many places of each."""
Place = tuple[int, int]


class Found(NamedTuple):
    """What came of a search: the verdict, the places of the quote's parts in the raw text, the foldings needed."""

    verdict: str
    """`exact`, `normalised`, `ambiguous` (the places are then the first ones) or `not-found`."""
    places: tuple[Place, ...] = ()
    foldings: tuple[Folding, ...] = ()
    others: tuple[Place, ...] = ()
    """If ambiguous: the last places that will do as well."""
    cuts_word: bool = False


class Needle(NamedTuple):
    """Folded words to look for, of which the quote is what stands between its context."""

    folded: Folded
    before: int = 0
    after: int = 0


class Haystack:
    """A text to search, with what a search needs of it, made once."""

    def __init__(self, text: str) -> None:
        self.text, self.raw, self.folded = text, as_it_is(text), fold(text)

    @cached_property
    def read(self) -> Folded:
        """The text without the marks of Markdown, folded."""
        bare = unmarked(self.text)
        folded = fold(bare.text)
        folded.base = bare
        return folded

    @cached_property
    def words(self) -> tuple[Mapping[str, Sequence[int]], Sequence[Place]]:
        """Every word in lower case with its numbers, and the place of each."""
        index, places = defaultdict[str, list[int]](list), list[Place]()
        for number, match in enumerate(re.finditer(_WORD, self.text)):
            places.append(match.span())
            index[match.group().casefold()].append(number)
        return index, places


@lru_cache(maxsize=16)
def haystack(text: str) -> Haystack:
    """A text made ready; several checks and the pages look into the same few texts."""
    return Haystack(text)


def locate(haystack: Haystack, quote: str, prefix: str = "", suffix: str = "") -> Found:
    """Look for a quote; `prefix` and `suffix` are used only where it is at more than one place."""
    quote = quote.strip()
    parts = parts_of(quote)
    ways = [[quote]] if parts == [quote] or not parts or any(map(is_light, parts)) else [[quote], parts]
    for text in (haystack.folded, None):
        for way in ways:
            found = _arranged(haystack, text or haystack.read, way, prefix, suffix)
            if found.verdict != "not-found":
                return found
    return found


def parts_of(quote: str) -> list[str]:
    """The parts of a quote between its ellipses."""
    return [part for piece in _ELLIPSIS.split(quote) if (part := piece.strip())]


def is_light(words: str) -> bool:
    """Whether there is too little to look for: of characters after folding, those as wide as two counted twice."""
    if _PLENTY.match(words):
        return False
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in fold(words).text) < LEAST


def _arranged(haystack: Haystack, text: Folded, parts: list[str], prefix: str, suffix: str) -> Found:
    """The verdict on parts that must stand in this order."""
    found = _both_ends(text, [_needles(part) for part in parts])
    if found and found[0] != found[1] and (prefix or suffix):
        single = _both_ends(text, _in_context(parts, prefix, suffix))
        if single and single[0] == single[1]:
            return _verdict(haystack, text, parts, single)
    if text.base is None and (
        found is None or found[0] != found[1] or _verdict(haystack, text, parts, found).verdict != "exact"
    ):
        exact = _both_ends(haystack.raw, [[Needle(as_it_is(part))] for part in parts])
        if exact and (found is None or exact[0] == exact[1]):
            found, text = exact, haystack.raw
    return _verdict(haystack, text, parts, found) if found else Found("not-found")


def _in_context(parts: list[str], prefix: str, suffix: str) -> list[list[Needle]]:
    """The parts to look for, the first behind its prefix and the last before its suffix."""
    if len(parts) == 1:
        return [_needles(parts[0], prefix, suffix)]
    return [_needles(parts[0], prefix), *map(_needles, parts[1:-1]), _needles(parts[-1], "", suffix)]


def _verdict(haystack: Haystack, text: Folded, parts: list[str], found: tuple[list[Place], list[Place]]) -> Found:
    places, others = (tuple(text.raw_range(*place) for place in some) for some in found)
    if places != others:
        return Found("ambiguous", places, (), others)
    texts = [haystack.text[start:end] for start, end in places]
    folded = [text.base.text[slice(*text.base_range(*place))] for place in found[0]] if text.base else texts
    needed = {name for there, here in zip(folded, parts, strict=True) if there != here for name in _needed(there, here)}
    needed |= {"markup"} if text.base and folded != texts else set()
    cut = any(_cuts_word(haystack.text, start, end) for start, end in places)
    same = texts == parts
    return Found("exact" if same else "normalised", places, tuple(n for n in FOLDINGS if n in needed), (), cut)


def _needles(words: str, prefix: str = "", suffix: str = "") -> list[Needle]:
    """The words with their context, set apart by a space or not."""
    found = []
    for left in _apart(prefix, words):
        for right in _apart(words, suffix):
            before, after = prefix.strip() + left, right + suffix.strip()
            found.append(Needle(fold(before + words + after), len(fold(before).text), len(fold(after).text)))
    return [needle for needle in found if needle.folded.text]


_UNSPACED = f"[{UNSPACED}]"


def _apart(before: str, after: str) -> tuple[str, ...]:
    """What may stand between two texts: a space or nothing, as where either is Chinese or Japanese."""
    if not before.strip() or not after.strip():
        return ("",)
    ends = before.strip()[-1] + after.strip()[0]
    return ("",) if re.search(_UNSPACED, ends) else ("", " ")


def _both_ends(text: Folded, parts: Sequence[list[Needle]]) -> tuple[list[Place], list[Place]] | None:
    """The first places at which the parts stand in order, and the last ones; they differ where there is a choice."""
    first: list[Place] = []
    for part in parts:
        start = first[-1][1] if first else 0
        places = [place for needle in part if (place := _seek(text, needle, start, len(text.text)))]
        if not places:
            return None
        first.append(min(places))
    last: list[Place] = []
    for part in reversed(parts):
        end = last[-1][0] if last else len(text.text)
        places = [place for needle in part if (place := _seek(text, needle, 0, end, backwards=True))]
        last.append(max(places) if places else first[0])
    return first, last[::-1]


def _seek(text: Folded, needle: Needle, start: int, end: int, *, backwards: bool = False) -> Place | None:
    """The first or last place of a needle between two offsets; context may stand outside them."""
    words = needle.folded.text
    low, high = max(0, start - needle.before), min(len(text.text), end + needle.after)
    for _ in range(_TRIES // (1 + len(needle.folded.joints))):
        at = text.text.rfind(words, low, high) if backwards else text.text.find(words, low, high)
        if at < 0:
            return None
        if _agrees(text, needle.folded, at):
            return at + needle.before, at + len(words) - needle.after
        low, high = (low, at + len(words) - 1) if backwards else (at + 1, high)
    return None


def _agrees(text: Folded, words: Folded, at: int) -> bool:
    """Whether the hyphens agree too, or, where nothing is folded, no letter is parted from its accent."""
    end = at + len(words.text)
    if text.whole:
        return _same_joints(text.joints, at, end, words.joints)
    return text.text.isascii() or not {text.text[at], text.text[end : end + 1]} & attaching()


def _same_joints(joints: list[Joint], start: int, end: int, others: list[Joint]) -> bool:
    """Whether the joints inside a place can be the same as some others, those at a line's end being there or not."""
    left, right = bisect_right(joints, start, key=_offset), 0
    stop, beyond = bisect_left(joints, end, lo=left, key=_offset), end + 1
    while left < stop or right < len(others):
        mine = joints[left].at - start if left < stop else beyond
        yours = others[right].at if right < len(others) else beyond
        if mine == yours and joints[left].fits(others[right]):
            left, right = left + 1, right + 1
        elif mine <= yours and left < stop and joints[left].loose:
            left += 1
        elif yours <= mine and right < len(others) and others[right].loose:
            right += 1
        else:
            return False
    return True


def _offset(joint: Joint) -> int:
    return joint.at


def _needed(there: str, here: str) -> tuple[Folding, ...]:
    """The foldings without which the two would not be the same."""
    return tuple(name for name in FOLDINGS if not _same(fold(there, without=name), fold(here, without=name)))


def _same(one: Folded, other: Folded) -> bool:
    return one.text == other.text and _same_joints(one.joints, 0, len(one.text), other.joints)


def _cuts_word(text: str, start: int, end: int) -> bool:
    """Whether a place begins or ends inside a word, as `can` in `cannot` and `can't` does."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    begins = _spaced(text[start]) and (_spaced(before[-1:]) or (before[-1:] in _APOSTROPHES and _spaced(before[:-1])))
    ends = _spaced(text[end - 1]) and (_spaced(after[:1]) or (after[:1] in _APOSTROPHES and _spaced(after[1:])))
    return begins or ends


_APOSTROPHES = ("'", "’", "\xad")


def _spaced(character: str) -> bool:
    """Whether it is a letter or digit of a script that puts spaces between words."""
    return character.isalnum() and unicodedata.east_asian_width(character) not in "WF"


def nearest(haystack: Haystack, quote: str, length: int = 200) -> str:
    """The passage that shares most words with a quote in their order, cut to a length; empty if nothing is like it.

    For messages only. The time depends on the quote, once the text's words are listed.
    """
    index, places = haystack.words
    words = [match.group().casefold() for match in re.finditer(_WORD, quote)]
    known = [(len(index[word]), at, word) for at, word in enumerate(words) if word in index]
    votes: Counter[int] = Counter()
    for _, at, word in sorted(known)[:_RARE]:
        votes.update(number - at for number in index[word][:_COMMON])
    if not votes:
        return ""
    best = max(_spread(votes).items(), key=lambda item: (item[1], votes[item[0]], -item[0]))
    if best[1] * 3 <= len(words):
        return ""
    around = [at for at in range(best[0] - 2, best[0] + 3) if at in votes]
    start = max(0, min(around))
    end = min(len(places), max(start + 1, max(around) + len(words)))
    return " ".join(haystack.text[places[start][0] : places[end - 1][1]].split())[:length]


def _spread(votes: Counter[int]) -> dict[int, int]:
    """Votes for a place with those for the places beside it: a word too many or too few shifts the rest."""
    return {at: sum(votes.get(at + by, 0) for by in (-2, -1, 0, 1, 2)) for at in votes}
