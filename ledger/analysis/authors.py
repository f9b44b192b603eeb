"""Authors of sources who look like a proponent and are not linked to one.

In: the Ledger. Out: each such author, with the proponents that it may be. Two names fit when the family name is the
same and the given names are, as far as both say them: an initial fits a name that begins with it. Accents, capitals
and points make no difference. A name in one piece, as of an organisation, has to be the same word for word.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.graph import Ledger, result
from ledger.naming import plain_letters
from ledger.records import Author, Proponent, Source

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"[A-Z]{2,3}")
_COMPARED, _SHOWN = 200, 5
"""So many names that share a word are compared with each author, and so many shown."""
Words = tuple[str, ...]


class Name(NamedTuple):
    """A name in plain letters, word by word: all of it as one would say it, and its given and family names if known."""

    whole: Words
    given: Words = ()
    family: Words = ()

    @property
    def key(self) -> str:
        """The word by which names are found that may fit: the last one, but for `Jr.`."""
        return self.whole[-1]

    def fits(self, other: "Name") -> bool:
        """Whether an author of this name may be one who has the other name: a person, if that has given names."""
        if self.whole == other.whole or (self.family and (*self.family, *self.given) == other.whole):
            return True
        rest = len(other.whole) - len(self.family)
        if not self.given or not other.given or rest < 1 or other.whole[rest:] != self.family:
            return False
        return all(one[: len(two)] == two[: len(one)] and (one == two or 1 in (len(one), len(two)))
                   for one, two in zip(self.given, other.whole[:rest], strict=False))  # fmt: skip

    def is_family_of(self, other: "Name") -> bool:
        """Whether it is the family name alone of a person."""
        return not self.given and bool(other.given) and other.whole[-len(self.whole) :] == self.whole

    @property
    def is_short(self) -> bool:
        """Whether it gives initials alone, which others may share."""
        return bool(self.given) and len(self.given[0]) == 1


class Unlinked(NamedTuple):
    """An author who looks like a proponent: the source, the place in its list, the name, and who it may be."""

    source: str
    at: int
    name: str
    proponents: tuple[str, ...]
    """Their ids; more than one where the name does not tell."""
    others: tuple[str, ...] = ()
    """Authors who may be that proponent just as well: of the same source, or of a fuller name with these initials."""
    is_bare: bool = False
    """Whether only the family name is given."""

    @property
    def is_certain(self) -> bool:
        """Whether it can be one proponent only."""
        return len(self.proponents) == 1 and not self.others and not self.is_bare


def words_of(text: str, *, initials: bool = False) -> Words:
    """The words of a name in plain letters; with `initials`, those written as one word, as `RB`, are taken apart."""
    found = _WORD.findall(text)
    parts = [letter for word in found for letter in (word if initials and _INITIALS.fullmatch(word) else (word,))]
    return tuple(
        word for part in parts if (word := "".join(_WORD.findall(plain_letters(part)))) not in _SUFFIXES | {""}
    )


def name_of(author: Author) -> Name | None:
    """The name of an author; None where nothing of it can be compared."""
    family, given = author.family or "", author.given or ""
    if author.literal and not family:
        family, _, given = author.literal.partition(",")
    given_words, family_words = words_of(given, initials=not family.isupper()), words_of(family)
    if not given_words or not family_words:
        return name_in(author.literal or family)
    return Name((*given_words, *family_words), given_words, family_words)


def name_in(text: str) -> Name | None:
    """A name as it is said, `Jane A. Doe` or `The Royal Society`; or with the family name first, `Doe, Jane A.`."""
    family, _, given = text.partition(",")
    words = (*words_of(given), *words_of(family))
    words = words[1:] if len(words) > 1 and words[0] == "the" else words
    return Name(words, words[:-1], words[-1:]) if words else None


@result
def unlinked_authors(ledger: Ledger) -> tuple[Unlinked, ...]:
    """Every author without `proponent` who looks like one, in order of source and place."""
    people = _by_key((name, id_) for id_ in ledger.standing("proponent") for name in _names(ledger, id_))
    sources = {id_: authors_of(ledger, id_) for id_ in ledger.standing("source")}
    known = _by_key((name, shown) for authors in sources.values() for name, shown, _ in authors if name)
    return tuple(one for id_, found in sources.items() for one in _in_source(ledger, id_, found, people, known))


def is_excused(ledger: Ledger, source: str) -> bool:
    """Whether a source says that those of its authors who look like a proponent are somebody else."""
    return any(one.check == "unlinked-author" for one in ledger.record(Source, source).fields.exceptions)


@result
def likenesses(ledger: Ledger) -> Mapping[tuple[str, int], Unlinked]:
    """The same by source and place in its list of authors."""
    return {(one.source, one.at): one for one in unlinked_authors(ledger)}


Keyed = Mapping[str, list[tuple[Name, str]]]
"""Names, each with whose it is, by the words by which they are found."""
Authors = tuple[tuple[Name | None, str, str], ...]
"""The authors of a source: their names, how they are shown, and the proponents that they are linked to."""


def _by_key(names: Iterable[tuple[Name, str]]) -> Keyed:
    found: defaultdict[str, dict[tuple[Name, str], None]] = defaultdict(dict)
    for name, whose in names:
        for key in {name.key, name.whole[0]}:
            found[key][name, whose] = None
    return {key: list(several)[:_COMPARED] for key, several in found.items()}


def _in_source(ledger: Ledger, id_: str, authors: Authors, people: Keyed, known: Keyed) -> Iterator[Unlinked]:
    """The authors of one source; who is linked there already is nobody else there."""
    taken = {ledger.present_id(linked) for _, _, linked in authors if linked}
    free = {at: name for at, (name, _, linked) in enumerate(authors) if name and not linked}
    meant = {at: _meant(name, people, taken) for at, name in free.items()}
    shared: defaultdict[str, list[int]] = defaultdict(list)
    for at, one in ((at, one) for at, (ids, _) in meant.items() for one in ids):
        shared[one].append(at)
    for at, (ids, is_bare) in meant.items():
        if ids:
            twice = (authors[other][1] for one in ids for other in shared[one][:_SHOWN] if other != at)
            others = sorted({*twice, *_others(free[at], ids, people, known)})
            yield Unlinked(id_, at, authors[at][1], ids, tuple(others[:_SHOWN]), is_bare)


def _meant(name: Name, people: Keyed, taken: Container[str]) -> tuple[tuple[str, ...], bool]:
    """The proponents of whom it may be the name; failing that, those whose family name it is, and that it is so."""
    others = [(other, id_) for other, id_ in people.get(name.key, ()) if id_ not in taken]
    found = {id_ for other, id_ in others if name.fits(other)}
    bare = set() if found else {id_ for other, id_ in others if name.is_family_of(other)}
    return tuple(sorted(found or bare)), bool(bare)


def _others(name: Name, ids: tuple[str, ...], people: Keyed, known: Keyed) -> Iterator[str]:
    """The names among all authors that this one may be short for and that none of the proponents has."""
    mine = [other for other, id_ in people.get(name.key, ()) if id_ in ids]
    for other, shown in known.get(name.key, ()):
        if not other.is_short and name.fits(other) and not any(other.fits(one) for one in mine):
            yield shown


@result
def _names(ledger: Ledger, id_: str) -> tuple[Name, ...]:
    """The names of a proponent; that of an organisation has no parts."""
    fields = ledger.core(Proponent, id_).fields
    names = [name for text in (fields.name, *fields.other_names) if (name := name_in(text))]
    return tuple(name if fields.type == "person" else Name(name.whole) for name in names)


@result
def authors_of(ledger: Ledger, id_: str) -> Authors:
    """The authors of a source, in order."""
    listed = ledger.core(Source, id_).fields.named_authors
    return tuple((name_of(one), said(one), one.proponent or "") for one in listed)


def said(author: Author) -> str:
    """An author's name as it is said."""
    return author.literal or " ".join(filter(None, (author.given, author.family)))
