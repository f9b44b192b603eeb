"""Which work a draft is, and what it says otherwise than a record, as far as its format can tell.

In: drafts and fields. Out: names that works go by, and differences in words.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ledger.files import kept_text
from ledger.identifiers import same_work
from ledger.importers.cleaning import one_line, without_marks
from ledger.importers.drafts import Draft, short

Fields = Mapping[str, Any]
_ISBN_10 = 10


def identity(fields: Fields) -> Iterator[str]:
    """Every name by which a source is known as the same work: DOI, arXiv, address, ISBN, PMID."""
    yield from (same_work(name, fields[name]) for name in ("doi", "arxiv", "url") if fields.get(name))
    if digits := re.sub("[ -]", "", fields.get("isbn") or ""):
        yield f"isbn:{'978' if len(digits) == _ISBN_10 else ''}{digits[:-1]}"  # check digits differ between the forms
    if fields.get("pmid"):
        yield f"pmid:{fields['pmid']}"


def names_of(fields: Fields, sha256: str = "") -> list[str]:
    """Every name that a work in the ledger goes by; one without identifiers goes by its words, too."""
    return [*(list(identity(fields)) or [_words(fields)]), *([f"text:{sha256}"] if sha256 else [])]


def names_to_try(draft: Draft) -> Iterator[list[str]]:
    """The names that a draft may be known by, in groups, the surest first."""
    yield list(identity(draft.fields))
    yield [f"text:{text_hash(draft)}"] if draft.snapshot else []
    yield [_words(draft.fields)]


def text_hash(draft: Draft) -> str:
    """The hash of the text that was read, if one was."""
    return kept_text("", draft.snapshot.text.encode("utf-8")).sha256 if draft.snapshot else ""


def _words(fields: Fields) -> str:
    return f"words:{without_marks(fields['title']).casefold()}|{'; '.join(_given_first(fields['authors']))}"


def _people(value: Any) -> list[str]:
    """A list of authors: names alone, without our own links."""
    if isinstance(value, str):
        return [value]
    return [" ".join(str(one[part]) for part in ("given", "family", "literal") if one.get(part)) for one in value]


def _given_first(value: Any) -> list[str]:
    """The names, given names first: in RIS a name with a comma may be a person's or a group's."""
    parts = (name.partition(", ") for name in _people(value))
    return [f"{given} {family}" if comma else family for family, comma, given in parts]


def differences(
    draft: Draft, fields: Fields, existing: Fields, there: str = "in the ledger", here: str = "in the file"
) -> str:
    """What the foreign record says otherwise; nothing when all it says is there. The two stand `here` and `there`."""
    stated = [name for name in fields if name in draft.stated]
    stated = [name for name in stated if name != "type" or existing.get(name) not in draft.types]
    return "; ".join(
        filter(None, (_difference(name, fields[name], existing.get(name), there, here) for name in stated))
    )


def _difference(name: str, theirs: Any, ours: Any, there: str, here: str) -> str:
    if ours is None:
        return f"`{name}` is not {there}"
    if _comparable(name, theirs) == _comparable(name, ours):
        return ""
    if name == "authors":
        ours, theirs = "; ".join(_people(ours)), "; ".join(_people(theirs))
    if isinstance(theirs, str) and isinstance(ours, str):
        return f"`{name}` is '{short(ours)}' {there} and '{short(theirs)}' {here}"
    return f"`{name}` is not what it is {there}"


def _comparable(name: str, value: Any) -> Any:
    """A value as far as spellings of the same differ; texts and signs are compared as texts."""
    if name in ("url", "doi", "arxiv"):
        return same_work(name, value)
    if isinstance(value, dict):
        return {key: _comparable(key, part) for key, part in value.items()}
    read = {"authors": _given_first, "title": without_marks, "pages": _with_hyphens}
    if name in read:
        return read[name](value)
    if isinstance(value, bool):
        return str(value).lower()
    return one_line(value) if isinstance(value, str) else value


def _with_hyphens(pages: str) -> str:
    return re.sub(r"\s*[-–—]+\s*", "-", one_line(pages))
