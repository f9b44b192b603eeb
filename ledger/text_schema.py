"""The JSON Schema of `content/texts.yml`, for programs that help while it is typed: every text that may be replaced.

In: `en.yml`. Out: for each group its texts, each described by its English words, with the places that it may have and,
where something is counted, the plural forms. Which of these a language needs, only `ledger check` knows.
"""

from collections.abc import Mapping
from typing import Any

from ledger.texts import languages
from ledger.texts.entries import CAPITAL, COUNT, FORMS, OTHER, WORDS, Entry, places_of

_SCALAR = {"not": {"type": ["string", "array", "object", "null"]}}
_EMPTY = {"not": {"type": ["string", "number", "boolean", "array", "object"]}}
_NOTHING = {"$ref": "#/$defs/Nothing"}


def properties() -> dict[str, Any]:
    """A group of texts for each group there is."""
    return {group: _group(group, named) for group, named in languages.file_of(languages.ENGLISH).items()}


def definitions() -> dict[str, Any]:
    """What these are made of, for each set of places: one text, and the same in forms or left empty."""
    sets = sorted({_places(one) for one in languages.entries(languages.ENGLISH).values()})
    texts = {_name("Text", places): _text(places) for places in sets}
    return {"Nothing": _EMPTY, **texts, **{_name("Entry", places): _choice(places) for places in sets}}


def _group(group: str, named: Mapping[str, Any]) -> dict[str, Any]:
    known = languages.entries(languages.ENGLISH)
    texts = {name: _entry(written, known[f"{group}.{name}"]) for name, written in named.items()}
    return {
        "description": f"The texts of the group `{group}`.",
        "anyOf": [{"type": "object"}, _NOTHING],
        "additionalProperties": False,
        "properties": texts,
    }


def _entry(written: str | Mapping[str, str], entry: Entry) -> dict[str, Any]:
    said = written if isinstance(written, str) else written[OTHER]
    return {"description": said, "$ref": f"#/$defs/{_name('Entry', _places(entry))}"}


def _choice(places: tuple[str, ...]) -> dict[str, Any]:
    """A text, one for each plural form where something is counted, or nothing."""
    text = {"$ref": f"#/$defs/{_name('Text', places)}"}
    each = dict.fromkeys(FORMS, text)
    forms = {"type": "object", "additionalProperties": False, "required": [OTHER], "properties": each}
    return {"anyOf": [text, *([forms] if COUNT in places else []), _NOTHING]}


def _places(entry: Entry) -> tuple[str, ...]:
    """The places that a text may have."""
    return tuple(sorted(places_of(entry) | ({COUNT} if len(entry.forms) > 1 else set())))


def _name(what: str, places: tuple[str, ...]) -> str:
    return "_".join((what, *places))


def _text(places: tuple[str, ...]) -> dict[str, Any]:
    """Text on which only these names stand in braces."""
    known = rf"|\{{({'|'.join(places)})(:({WORDS}|{CAPITAL})?)?\}}" if places else ""
    hint = f"its places are {', '.join(f'{{{one}}}' for one in places)}" if places else "it has no places"
    text = {"type": "string", "pattern": rf"^([^{{}}]|\{{\{{|\}}\}}{known})*$", "patternErrorMessage": hint}
    return {"anyOf": [text, _SCALAR]}
