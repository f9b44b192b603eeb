"""The texts of one's own, `content/texts.yml`: what is right in them is used, and of the rest is told what is wrong.

In: the language and what the file says, group → name → text, or texts by plural form. Out: texts by key, or Faults,
each with the path of its place in the file.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ledger.diagnostics import did_you_mean
from ledger.texts import languages
from ledger.texts.entries import COUNT, FORMS, NONE, OTHER, Entry, form, places, places_of

UNKNOWN, BAD, LEFT_OUT = "unknown-text", "bad-text", "place-left-out"
"""The checks that a fault belongs to."""
FORM_HINT = "write it on one line, or one text for each plural form below it, as `one: …` and `other: …`"


class Fault(NamedTuple):
    """What is wrong, where in the file, and what to do."""

    check: str
    path: tuple[str, ...]
    message: str
    hint: str
    words: str = ""
    """What is wrong in the text, if it is not all of it."""


def usable(language: str, data: Mapping[str, Any]) -> dict[str, str | dict[str, str]]:
    """The texts that can be shown, by key."""
    known = languages.entries(languages.ENGLISH)
    named = ((group, *one) for group, texts in data.items() if isinstance(texts, dict) for one in texts.items())
    return {
        f"{group}.{name}": value
        for group, name, value in named
        if f"{group}.{name}" in known and all(one.check == LEFT_OUT for one in faults(language, group, name, value))
    }


def faults(language: str, group: str, name: str, value: Any) -> Iterator[Fault]:
    """All that is wrong with one text."""
    english = languages.entries(languages.ENGLISH).get(f"{group}.{name}")
    if english is None:
        names = [*languages.file_of(languages.ENGLISH).get(group, ())]
        hint = did_you_mean(name, names) or f"the texts of `{group}` are: {', '.join(names)}"
        yield Fault(UNKNOWN, (group, name), f"there is no text `{name[:80]}` in `{group[:80]}`", hint)
    elif isinstance(value, str):
        yield from _in_form(english, (group, name), value, all_of=english)
    elif isinstance(value, dict):
        yield from _forms(language, english, (group, name), value)
    else:
        yield Fault(BAD, (group, name), f"`{name}` should be text, but this is a list", FORM_HINT)


def not_a_group(group: str) -> Fault:
    """What is said where a group is no group, or where there is none of its name."""
    if is_group(group):
        hint = f"write each text on a line of its own below `{group}:`, as `name: text`"
        return Fault(BAD, (group,), f"`{group}` should be a group of texts", hint)
    groups = [*languages.file_of(languages.ENGLISH)]
    hint = did_you_mean(group, groups) or f"the groups are: {', '.join(groups)}"
    return Fault(UNKNOWN, (group,), f"there is no group of texts `{group[:80]}`", hint)


def is_group(group: str) -> bool:
    """Whether there are texts of that group."""
    return group in languages.file_of(languages.ENGLISH)


def _forms(language: str, english: Entry, path: tuple[str, ...], value: Mapping[str, Any]) -> Iterator[Fault]:
    if COUNT not in places_of(english) and len(english.forms) == 1:
        yield Fault(BAD, path, f"`{path[-1]}` counts nothing, so it has no plural forms", "write one text")
        return
    needed = languages.plural_forms(languages.locale_of(language))
    for name, text in value.items():
        at = (*path, name)
        if name not in (NONE, OTHER, *needed):
            known = [one for one in FORMS if one in (NONE, *needed)]
            hint = did_you_mean(name, known) or f"the forms of this language are: {', '.join(known)}"
            yield Fault(BAD, at, f"there is no plural form `{name[:80]}` here", hint)
        elif not isinstance(text, str):
            yield Fault(BAD, at, f"`{name}` should be text", "write it on one line")
        else:
            yield from _in_form(english, at, text, all_of=english if name == OTHER else None)
    for missing in (one for one in FORMS if one in needed and one not in value):
        message = f"the plural form `{missing}` is missing"
        yield Fault(BAD, path, message, f"add a line `{missing}: …` below `{path[-1]}:`")


def _in_form(english: Entry, path: tuple[str, ...], text: str, *, all_of: Entry | None) -> Iterator[Fault]:
    """What is wrong with one text; one that stands for all numbers should have every place that the English one has."""
    try:
        found = places(form(text))
    except ValueError as problem:
        yield Fault(BAD, path, str(problem), "a place is a name in braces, as `{count}`; write `{{` for a brace itself")
        return
    known = places_of(english) | ({COUNT} if len(english.forms) > 1 else set())
    for place in sorted(found - known):
        there = f"the places here are: {', '.join(sorted(known))}" if known else "this text has no places"
        yield Fault(
            BAD, path, f"there is no place `{{{place}}}` here", did_you_mean(place, known) or there, f"{{{place}"
        )
    for place in sorted(places(all_of.forms[OTHER]) - found) if all_of else ():
        message = f"the place `{{{place}}}` is left out, so what stands there in English is not shown"
        yield Fault(LEFT_OUT, path, message, f"put `{{{place}}}` where it belongs")
