"""Whether two records of a work can be of the same one, by what they are called.

In: what is known of a work twice: titles, names, year and language. Out: whether a title fits, is another, or cannot be
compared since it is in another language or script. Case, accents, markup, TeX, subtitles that one of the two leaves
out, small corrections and other spellings count for nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from html import unescape
from typing import Literal, NamedTuple

from ledger.naming import without_accents
from ledger.records import Source

Fit = Literal["fits", "differs", "incomparable"]
_LONGEST = 300
"""So much of a title is compared."""
_ALIKE = 0.8
"""So alike are the letters of a title and of one with small corrections."""
_SHARED = 0.65
"""So large a share of the words of the shorter title is in the other one, though it was reworded."""
_ALIKE_NAMES = 0.7
"""So alike are the letters of two ways to write a name: Tolstoy, Tolstoi."""
_MOST_NAMES = 40
_ENOUGH = 3
"""Fewer words than this are shared by chance."""
_TELLING = 3
"""Fewer Latin letters than this are no title by which to tell works apart."""
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_COMMAND = re.compile(r"\\([A-Za-z]+)|\\[^A-Za-z]|[${}~^_]")
_WORD = re.compile(r"[^\W_]+")
_GREEK = {chr(code): unicodedata.name(chr(code)).split()[-1].lower() for code in range(0x3B1, 0x3CA)}
_LONE_GREEK = re.compile("(?<![α-ω])[α-ω](?![α-ω])")
_SMALL_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and in for a an on with is are to by from not do does can we it",
        "de": "der die das und fur von ein eine einer im zur zum mit des dem den uber ist nicht wie",
        "fr": "le la les des et une du pour sur dans au aux un est par",
        "es": "el los las y una del para en un por con al",
        "it": "il lo gli e della dei delle per una di nel con",
        "pt": "o os as da do das dos em uma para e um com no na",
        "nl": "het een van en voor de op met bij",
    }.items()
}
"""By which one sees what language a title is in, as `words_of` gives them."""
_ALL_SMALL_WORDS = frozenset().union(*_SMALL_WORDS.values())
_ONE_SCRIPT = {"HIRAGANA": "CJK", "KATAKANA": "CJK"}


class Work(NamedTuple):
    """What is known of a work."""

    titles: tuple[str, ...]
    names: tuple[str, ...] = ()
    year: int | None = None
    language: str = ""
    """As in `en` or `de-AT`, if it is said."""


def work_of(source: Source) -> Work:
    """What a source says of its work."""
    other = source.csl or {}
    titles = (source.title, *(other[name] for name in ("original-title", "title-short") if other.get(name)))
    names = tuple(name for author in source.named_authors for name in (author.family, author.literal) if name)
    first, last = source.issued.earliest.year, source.issued.latest.year
    return Work(titles, names, first if first == last else None, source.language or "")


def fit(ours: Work, theirs: Work) -> Fit:
    """Whether the titles are those of one work; where they are only alike, its authors decide."""
    strangers, alike = _compared(ours.names, theirs.names)
    if any(_same(one, other, loosely=not strangers) for one in ours.titles for other in theirs.titles):
        return "fits"
    languages = {_language(ours), _language(theirs)}
    if _script(ours.titles[0]) != _script(theirs.titles[0]) or len(languages - {""}) > 1:
        return "differs" if strangers else "incomparable"
    same_time = not (ours.year and theirs.year) or abs(ours.year - theirs.year) <= 1
    return "incomparable" if "" in languages and alike and same_time else "differs"


def _compared(ours: Iterable[str], theirs: Iterable[str]) -> tuple[bool, bool]:
    """Whether two lists of authors have no name in common, and whether they have one; neither if it can't be told."""
    mine, yours = name_words(ours), name_words(theirs)
    if not mine or not yours or _script("".join(sorted(mine))) != _script("".join(sorted(yours))):
        return False, False
    pairs = ((one, other) for one in sorted(mine)[:_MOST_NAMES] for other in sorted(yours)[:_MOST_NAMES])
    alike = bool(mine & yours) or any(SequenceMatcher(None, *pair).ratio() >= _ALIKE_NAMES for pair in pairs)
    return not alike, alike


def words_of(title: str) -> list[str]:
    """The words of a title in small letters, without accents, markup and TeX; Greek letters by their names."""
    text = _COMMAND.sub(_said, _MARKUP.sub("", unescape(title[: 2 * _LONGEST])))
    return _WORD.findall(_LONE_GREEK.sub(lambda match: _GREEK[match[0]], without_accents(text)))


def _said(match: re.Match[str]) -> str:
    """What TeX prints: of letters that are called by name the name, of all else nothing."""
    name = match[1] or ""
    if name.lower() in _GREEK.values() or name in ("ae", "oe", "ss", "o", "l"):
        return name
    return " " if match[0] == "~" else ""


def _same(one: str, other: str, *, loosely: bool) -> bool:
    """Whether two titles are the same, or, `loosely`, one goes on after the other or is nearly the other."""
    first, second = words_of(one), words_of(other)
    short, long = sorted(("".join(first)[:_LONGEST], "".join(second)[:_LONGEST]), key=len)
    if short == long or (short.isascii() and len(short) < _TELLING):
        return True
    return loosely and (long.startswith(short) or _nearly(first, second, short, long))


def _nearly(first: Sequence[str], second: Sequence[str], short: str, long: str) -> bool:
    numbers = [{word for word in words if word.isdigit()} for words in (first, second)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return False  # the reports of two years, the models of two generations
    inside = min(len(first), len(second)) >= _ENOUGH and short in long
    return inside or _shared(first, second) or SequenceMatcher(None, short, long, autojunk=False).ratio() >= _ALIKE


def _shared(one: Iterable[str], other: Iterable[str]) -> bool:
    first, second = set(one) - _ALL_SMALL_WORDS, set(other) - _ALL_SMALL_WORDS
    least = min(len(first), len(second))
    return least >= _ENOUGH and len(first & second) >= _SHARED * least


def _language(work: Work) -> str:
    """The language that a work is said to be in, or that its title is in; empty where that cannot be told."""
    if work.language:
        return work.language.partition("-")[0].lower()
    words = words_of(work.titles[0])
    counts = sorted(((sum(w in small for w in words), name) for name, small in _SMALL_WORDS.items()), reverse=True)
    return counts[0][1] if counts[0][0] > counts[1][0] else ""


def _script(title: str) -> str:
    """The script of most of a title's letters."""
    found = (unicodedata.name(letter, "?").split()[0] for letter in title[:_LONGEST] if letter.isalpha())
    names = [_ONE_SCRIPT.get(name, name) for name in found]
    return max(sorted(set(names)), key=names.count, default="")


def name_words(names: Iterable[str]) -> set[str]:
    """The words of names, but for initials."""
    return {word for name in names for word in words_of(name) if len(word) > 1}
