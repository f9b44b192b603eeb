"""Names as people type them → the names of authors: family and given, or a name as it is.

In: text. Out: the parts of a name, as records have them, and whether that was a guess. `Doe, Jane` says which part is
the family name, `{Doe Foundation}` that there is none. Otherwise the last word is the family name, with particles such
as *van der* before it, unless the name looks like an organisation's.
"""

import re
from typing import NamedTuple

_ORGANISATION = frozenset((
    "academy", "ag", "agency", "ai", "alliance", "american", "archive", "assembly", "associates", "association",
    "authority", "bank", "blog", "board", "bros", "bulletin", "bureau", "campaign", "center", "centre", "channel",
    "chronicle", "clinic", "club", "coalition", "collaboration", "college", "commission", "committee",
    "community", "company", "conference", "consortium", "corp", "corporation", "council", "court", "daily", "data",
    "department", "digest", "digital", "division", "e.v.", "economist", "editors", "european", "federal", "federation",
    "festival", "forum", "foundation", "fund", "gazette", "global", "gmbh", "government", "group", "guardian",
    "herald", "holdings", "hospital", "inc", "initiative", "insider", "institut", "institute", "institution",
    "intelligence", "international", "journal", "lab", "laboratories", "laboratory", "labs", "league", "library",
    "limited", "llc", "ltd", "magazine", "media", "ministry", "monthly", "museum", "national", "nations", "network",
    "news", "newsletter", "observatory", "office", "organisation", "organization", "panel", "parliament", "partners",
    "podcast", "press", "proceedings", "program", "programme", "project", "quarterly", "radio", "research",
    "review", "school", "science", "sciences", "secretariat", "security", "service", "society", "software",
    "sons", "staff", "state", "states", "stiftung", "studies", "systems", "team", "technologies", "technology",
    "telegraph", "times", "today", "tribune", "trust", "tv", "union", "university", "universität", "université",
    "verein", "weekly", "wikipedia", "workshop",
))  # fmt: skip
_SMALL = frozenset(("of", "for", "the", "and", "on", "in", "&", "für", "und", "der", "pour", "et", "+"))
"""Words that no person's name has, unless as a particle before the family name."""
_PARTICLES = frozenset((
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ter", "ten", "zu", "zur",
    "zum", "af", "av", "bin", "ibn", "al", "el", "y",
))  # fmt: skip
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_BETWEEN = re.compile(",? (?:and|&|und|et) ")
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")
_FAMILY_AND_INITIALS = re.compile(r"([^\s,.]+(?: [^\s,.]+)?) ([A-Z]{1,3})")
_LONGEST = 5
"""A name of more words is taken for an organisation's."""


class Reading(NamedTuple):
    """A name as it was understood, and whether that was a guess."""

    parts: dict[str, str]
    is_guess: bool = False


def read_name(text: str) -> Reading:
    """One name."""
    words = text.split()
    whole = " ".join(words)
    if whole.startswith("{") and whole.endswith("}"):
        return Reading({"literal": whole.strip("{} ")})
    family, comma, given = (part.strip() for part in whole.partition(","))
    if comma and family and given and not is_organisation([*family.split(), *given.split()]):
        return Reading({"family": family, "given": given})
    if len(words) == 1 or comma or is_organisation(words):
        return Reading({"literal": whole}, is_guess=len(words) > 1)
    at = _family_at(words)
    return Reading({"family": " ".join(words[at:]), "given": " ".join(words[:at])}, is_guess=True)


def read_names(text: str) -> list[Reading]:
    """Names between semicolons. ValueError where commas may divide names or the parts of one."""
    return [read_name(piece) for piece in split_names(text)]


def split_names(text: str, unsure: list[str] | None = None) -> list[str]:
    """The same names, each as `read_name` takes it; those of `unsure` instead of an error."""
    pieces = [" ".join(piece.split()) for piece in text.split(";") if piece.strip()]
    found = _divided(pieces[0]) if len(pieces) == 1 and not pieces[0].startswith("{") else pieces
    if found is None and unsure is None:
        raise ValueError("separate authors by semicolons: Doe, Jane; Roe, Max")
    return found if found is not None else unsure or []


def _divided(text: str) -> list[str] | None:
    """Names with *and* or commas between them: `Ann Gull and Bo Tern`, `Gull, A., Tern, B.`, `Gull A, Tern B`."""
    between = _BETWEEN.split(text)
    names = [name.strip() for one in between for name in one.split(",") if name.strip()]
    if is_organisation(text.replace(",", " ").split()) and any(is_organisation(name.split()) for name in names):
        return [text]
    pairs = list(zip(names[::2], names[1::2], strict=False))
    if len(names) > 2 and len(names) % 2 == 0 and _are_family_first(between, pairs):  # two pairs
        return [", ".join(pair) for pair in pairs]
    short = [_FAMILY_AND_INITIALS.fullmatch(name) for name in names]
    if len(names) > 1 and all(short):
        return [", ".join(one.groups()) for one in short if one]
    if (len(between) > 1 or len(names) > 2) and all(" " in name for name in names):  # two may be one
        return names
    return [text] if text.count(",") <= 1 or is_organisation(text.split()) else None


def _are_family_first(between: list[str], pairs: list[tuple[str, str]]) -> bool:
    """Whether commas part family names from given ones: as all of these are initials, or *and* stands between pairs."""
    if all(_INITIALS.fullmatch(given) for _, given in pairs):
        return True
    is_telling = any(" " not in family or given.endswith(".") for family, given in pairs)
    return is_telling and all(one.count(",") == 1 for one in between)


def is_organisation(words: list[str]) -> bool:
    """Whether a name of these words is rather that of an organisation."""
    plain = [word.casefold().strip(".,()") for word in words]
    small = any(word in _SMALL and word not in _PARTICLES for word in plain)
    is_code = any(sign.isdigit() or sign in "@/:_" for word in words for sign in word)
    return small or is_code or bool(_ORGANISATION & set(plain)) or len(words) > _LONGEST


def _family_at(words: list[str]) -> int:
    """Where the family name begins: its particles and what follows it, as *Jr.*, are part of it."""
    at = len(words) - 1
    if words[at].casefold() in _SUFFIXES and at > 1:
        at -= 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES and words[at - 1].islower():
        at -= 1
    return at
