"""One text of the interface: a sentence or a label with named places, or one for each plural form of its language.

In: text such as `Content: {licence}`, or such texts by form. Out: an Entry. Which form is meant follows from the place
`count`; `none` is said where that is 0, in any language, and the other forms are those of the Unicode CLDR.
"""

import re
from collections.abc import Mapping
from string import Formatter
from typing import NamedTuple

from markupsafe import escape

OTHER, NONE = "other", "none"
FORMS = (NONE, "zero", "one", "two", "few", "many", OTHER)
"""The names of the plural forms."""
COUNT = "count"
"""The place that a plural form follows from."""
WORDS, CAPITAL = "words", "Words"
"""How a number may be asked for: `{count:words}` is written out where it is small, `{count:Words}` with a capital."""
_PLACE = re.compile(r"[a-z][a-z_]*")


class Form(NamedTuple):
    """One text, cut at its places."""

    text: tuple[str, ...]
    """Its pieces, each place an empty one."""
    html: tuple[str, ...]
    """The same as HTML."""
    places: tuple[tuple[int, str, str], ...]
    """Which piece a place is, its name, and how a number is asked for."""


class Entry(NamedTuple):
    """A text as it is looked up."""

    group: str
    language: str
    forms: Mapping[str, Form]
    """By the name of the form; a text without forms has `other` alone."""
    only: Form | None
    """The form, if there is but one."""
    plain: str | None
    """The text itself, if it has neither forms nor places."""
    key: str
    """Under which key it is noted that the group was read."""


def entry(group: str, language: str, value: str | Mapping[str, str]) -> Entry:
    """A text as it was written. ValueError says what is wrong with it."""
    written = {OTHER: value} if isinstance(value, str) else value
    forms = {name: form(text) for name, text in written.items()}
    only = forms[OTHER] if len(forms) == 1 else None
    plain = "".join(only.text) if only and not only.places else None
    return Entry(group, language, forms, only, plain, f"texts:{group}")


def form(text: str) -> Form:
    """One text, cut at its places. ValueError says what is wrong with it."""
    if "{" not in text and "}" not in text:
        return Form((text,), (str(escape(text)),), ())
    try:
        found = [*Formatter().parse(text)]
    except ValueError:
        raise ValueError("a brace has no partner") from None
    pieces: list[str] = []
    open_: list[tuple[int, str, str]] = []
    for before, place, how, conversion in found:
        pieces.append(before)
        if place is not None:
            open_.append((len(pieces), place, _checked(place, how, conversion)))
            pieces.append("")
    return Form(tuple(pieces), tuple(str(escape(piece)) for piece in pieces), tuple(open_))


def _checked(place: str, how: str | None, conversion: str | None) -> str:
    if not _PLACE.fullmatch(place) or conversion:
        raise ValueError(f"`{{{place}}}` is not the name of a place")
    if how not in ("", None, WORDS, CAPITAL):
        raise ValueError(f"`{{{place}:{how}}}` asks for what there is not: a number can be had as `{{{place}:words}}`")
    return how or ""


def places(form: Form) -> set[str]:
    """The places of one form."""
    return {place for _, place, _ in form.places}


def places_of(entry: Entry) -> set[str]:
    """The places of all forms."""
    return {place for form in entry.forms.values() for place in places(form)}
