"""Which works are one: names that works go by, and what tells two works of the same name apart.

In: the fields of sources. Out: names as `doi:10.1000/182`, and the works that have one of them and are not plainly
others. How far a name can be trusted differs. A DOI names one work. An arXiv or PubMed number does, but programs stamp
false ones on whole libraries. An ISBN names a book, and never its chapters (ISBN Users' Manual, 7th edition, 2017,
section 6). Many works have one address or, over the years, one title and one author.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from ledger.dates import UNDATED, PartialDate, parse_date
from ledger.files import kept_text
from ledger.identifiers import same_work
from ledger.importers.cleaning import slug, without_marks
from ledger.importers.drafts import Draft

Fields = Mapping[str, Any]
STRENGTH = ("doi", "arxiv", "pmid", "isbn", "url")
"""Identifiers, the surest first. Two works that differ in one are two, even if they share a weaker name."""
PARTS = frozenset((
    "chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia", "article", "article-journal",
    "article-magazine", "article-newspaper", "review", "review-book", "figure", "speech",
))  # fmt: skip
"""Types that are parts of a book or volume, whose number is not theirs."""
MOST_COMPARED = 50
"""A work is compared with so many others of its name; one that it equals in everything is found anyway."""
_ISBN_10 = 10
_SUBTITLE = re.compile(r"[:.?!(–—]| - ")
_PLACES = ("volume", "issue", "number", "edition", "part", "section", "chapter-number")


def identity(fields: Fields) -> Iterator[str]:
    """Every name by which a source is known as the same work: DOI, arXiv, address, PMID and, of a book, ISBN."""
    yield from dict.fromkeys(filter(None, (name_of(field, fields) for field in STRENGTH)))


def name_of(field: str, fields: Fields) -> str:
    """The name of a work that is in one of its fields; empty where there is none."""
    type_ = fields.get("type")
    is_part = type_ in PARTS or (type_ in ("document", "webpage") and "container_title" in fields)
    if not fields.get(field) or (field == "isbn" and is_part):
        return ""
    return f"isbn:{_isbn(fields[field])}" if field == "isbn" else same_work(field, fields[field])


def _isbn(text: str) -> str:
    """An ISBN in one form: the check digits of the long and the short one differ."""
    digits = "".join(char for char in text if char.isalnum())
    return digits and f"{'978' if len(digits) == _ISBN_10 else ''}{digits[:-1]}"


def text_hash(draft: Draft) -> str:
    """The hash of the text that was read, if one was."""
    return kept_text("", draft.snapshot.text.encode("utf-8")).sha256 if draft.snapshot else ""


# What tells works apart


class Profile(NamedTuple):
    """What a source says of itself, in the form in which it is compared."""

    identifiers: Mapping[str, str]
    isbn: str
    title: str
    main_title: str
    """The title without its subtitle."""
    people: frozenset[str]
    container: str
    first_page: str
    places: Mapping[str, str]
    issued: PartialDate
    type: str
    words: str
    """The title and the authors, under which a work is found that shares no number."""

    @property
    def names(self) -> list[str]:
        """Every name that the work goes by, the last of them all that it says."""
        places = (*sorted(self.places.items()), self.container, self.first_page, self.issued.text, self.isbn)
        return [*dict.fromkeys(self.identifiers.values()), self.words, f"all:{self.words}|{self.identifiers}|{places}"]


def profile_of(fields: Fields) -> Profile:
    """The profile of a source from its fields as they are written."""
    places = {**(fields.get("csl") or {}), **fields}
    names, title = given_first(fields["authors"]), without_marks(fields["title"])
    return Profile(
        {field: name for field in STRENGTH if (name := name_of(field, fields))},
        _isbn(fields.get("isbn") or ""),
        _title(title),
        _title(_SUBTITLE.split(title, maxsplit=1)[0]),
        frozenset(_families(fields["authors"])),
        slug(fields.get("container_title") or ""),
        _letters(fields.get("pages") or "").partition("-")[0],
        {name: _letters(str(places[name])) for name in _PLACES if places.get(name)},
        UNDATED if fields["issued"] == UNDATED.text else parse_date(str(fields["issued"])),
        str(fields["type"]),
        f"words:{title.casefold()}|{'; '.join(names)}",
    )


def _title(text: str) -> str:
    return _letters(text).replace("-", "")


def _letters(text: str) -> str:
    """A text as far as its letters, digits and hyphens go."""
    return "".join(char for char in text.casefold().replace("–", "-") if char.isalnum() or char == "-")


def given_first(value: Any) -> list[str]:
    """The names of authors, given names first: in RIS a name with a comma may be a person's or a group's."""
    if isinstance(value, str):
        return [value]
    whole = (" ".join(str(one[part]) for part in ("given", "family", "literal") if one.get(part)) for one in value)
    parts = (name.partition(", ") for name in whole)
    return [f"{given} {family}" if comma else family for family, comma, given in parts]


def _families(value: Any) -> Iterator[str]:
    """The family names, whole and without what stands before them; of other names the whole and the last word."""
    for one in () if isinstance(value, str) else value:
        literal = str(one.get("literal") or "").partition(",")[0]
        name = str(one.get("family") or literal)
        written = slug(name) or name.casefold()
        yield from (written, written.rpartition("-")[2])


def are_two(name: str, one: Profile, other: Profile) -> bool:
    """Whether two sources that share a name are two works all the same."""
    sort = next((sort for sort in (*STRENGTH, "text", "words", "all") if name.startswith(f"{sort}:")), "url")
    surer = STRENGTH[: STRENGTH.index(sort)] if sort in STRENGTH else STRENGTH if sort != "text" else STRENGTH[:1]
    if any(_differ(one.identifiers.get(field, ""), other.identifiers.get(field, "")) for field in surer):
        return True
    if sort in ("words", "all"):
        # One is in a journal or book and the other, of another type, stands alone: a paper and its preprint.
        is_other_kind = one.type != other.type and bool(one.container) != bool(other.container)
        return _other_place(one, other) or _other_date(one, other) or is_other_kind
    if sort == "isbn" and _other_volume(one, other):
        return True
    people = bool(one.people and other.people) and one.people.isdisjoint(other.people)
    by_number = people or (sort != "doi" and _other_place(one, other))
    return not _same_titles(one, other) and (by_number or (sort not in STRENGTH[:3] and _other_date(one, other)))


def _same_titles(one: Profile, other: Profile) -> bool:
    """Whether titles differ by no more than a subtitle, which is often left out."""
    return other.title in (one.title, one.main_title) or one.title in ("", other.main_title)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _other_date(one: Profile, other: Profile) -> bool:
    return one.issued.latest < other.issued.earliest or other.issued.latest < one.issued.earliest


def _other_volume(one: Profile, other: Profile) -> bool:
    return any(_differ(one.places.get(name, ""), other.places.get(name, "")) for name in _PLACES)


def _other_place(one: Profile, other: Profile) -> bool:
    """Whether two sources stand in different journals, volumes or pages. Journals are often abbreviated."""
    if _other_volume(one, other) or _differ(one.first_page, other.first_page) or _differ(one.isbn, other.isbn):
        return True
    short, long = sorted((one.container, other.container), key=len)
    return _differ(short, long) and not _abbreviates(short, long)


def _abbreviates(short: str, long: str) -> bool:
    """Whether each word of a title begins one of another's, in their order: ISO 4."""
    words = iter(long.split("-"))
    return all(any(word.startswith(begun) for word in words) for begun in short.split("-"))


# All works


class Works:
    """The works that are known, by every name that they go by."""

    def __init__(self) -> None:
        self.named: defaultdict[str, list[str]] = defaultdict(list)
        self.profiles: dict[str, Profile] = {}
        self._titled: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, id_: str, profile: Profile, sha256: str = "") -> None:
        """Note a work under its id, and the hash of its text if that is known."""
        self.profiles[id_] = profile
        for name in (*profile.names, *([f"text:{sha256}"] if sha256 else ())):
            self.named[name].append(id_)
        for title in {profile.title, profile.main_title}:
            self._titled[title].append(id_)

    def alike(self, profile: Profile) -> list[str]:
        """The works with the same title and an author of the same name that nothing tells from a work."""
        ids = dict.fromkeys(id_ for title in (profile.title, profile.main_title) for id_ in self._titled.get(title, ()))
        others = ((id_, self.profiles[id_]) for id_ in [*ids][:MOST_COMPARED])
        return [id_ for id_, other in others
                if not profile.people.isdisjoint(other.people) and _same_titles(profile, other)
                and not are_two("words:", profile, other)]  # fmt: skip

    def groups(self, profile: Profile, sha256: str = "") -> Iterator[tuple[str, list[str]]]:
        """Every name of a work that others have, and which of them it may be."""
        for name in (*([f"text:{sha256}"] if sha256 else ()), *profile.names):
            if name in self.named:
                ids = dict.fromkeys(self.named[name][:MOST_COMPARED])
                yield name, [id_ for id_ in ids if not are_two(name, profile, self.profiles[id_])]


def as_paths(ids: Collection[str]) -> str:
    """Sources as paths, for messages: the first of them."""
    first = next(iter(ids))
    return f"sources/{first}" + (f" and {len(ids) - 1:,} more" if len(ids) > 1 else "")
