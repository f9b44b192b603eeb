"""What an editor answers for a new record → the record's text.

In: a kind and answers by field, as text; a part that a skeleton opens is named with a dot, as `evidence.source`. Out:
the skeleton with the answers filled in, quoted where YAML needs it. ValueError says what is wrong with an answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from ledger.diagnostics import did_you_mean
from ledger.documents import read_document
from ledger.editing.new import SHOWN, choices, skeleton
from ledger.editing.yamltext import record_text
from ledger.files import TextFile
from ledger.records import Kind
from ledger.validating import models_in, validate

_LINE = re.compile(r"(?P<margin> *(?:- )?)(?P<off># )?(?P<key>[a-z_]+):.*")


@dataclass(frozen=True, slots=True)
class Question:
    """One field that a record needs: its name, what it is, its choices if it has some, and a suggestion or nothing."""

    name: str
    words: str
    choices: tuple[str, ...] = ()
    suggestion: str = ""


def questions(kind: Kind, id_: str) -> tuple[Question, ...]:
    """The fields that a record of a kind needs, in the order of the model."""
    fields = {name: field for name, field in fields_of(kind).items() if field.is_required() and "." not in name}
    return tuple(_question(name, field, _suggested(kind, id_).get(name, "")) for name, field in fields.items())


def part_questions(kind: Kind) -> tuple[Question, ...]:
    """The fields that the opened part of a kind needs, if it has one: a claim's first piece of evidence."""
    fields = {name: field for name, field in fields_of(kind).items() if field.is_required() and "." in name}
    return tuple(_question(name, field, "e1" if name.endswith(".id") else "") for name, field in fields.items())


def implied(kind: Kind, id_: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """What the id and the other answers say of fields that were not answered: a position's letter, a part's id."""
    suggested = ((one.name, one.suggestion) for one in wanted(kind, id_, told) if one.suggestion)
    return {name: read_answer(kind, name, text) for name, text in suggested if name not in told}


def wanted(kind: Kind, id_: str, told: Mapping[str, Any]) -> tuple[Question, ...]:
    """The fields that a record needs, with those of an opened part if an answer is about it."""
    opened = any("." in name for name in told)
    return (*questions(kind, id_), *(part_questions(kind) if opened else ()))


def fields_of(kind: Kind) -> dict[str, FieldInfo]:
    """Every field that can be answered, by its name."""
    own = {field.alias or name: field for name, field in kind.model.model_fields.items()}
    for name in sorted(SHOWN & set(own)):
        part = models_in(own.pop(name).annotation)
        own |= {f"{name}.{f.alias or n}": f for model in list(part)[:1] for n, f in model.model_fields.items()}
    return own


def _question(name: str, field: FieldInfo, suggestion: str) -> Question:
    return Question(name, str(field.description), choices(field.annotation), suggestion)


def _suggested(kind: Kind, id_: str) -> dict[str, str]:
    controversy, _, letter = id_.rpartition("-")
    fits = kind.name == "position" and re.fullmatch("[a-z]", letter)
    return {"controversy": controversy, "letter": letter.upper()} if fits else {}


def read_answer(kind: Kind, name: str, text: str) -> Any:
    """An answer as the field takes it. ValueError when it cannot stand there."""
    known = fields_of(kind)
    if name not in known:
        hint = did_you_mean(name, known) or f"its fields are: {', '.join(known)}"
        raise ValueError(f"a {kind.name} has no field '{name}': {hint}")
    value = _value(name, known[name], text)
    part, dot, inner = name.partition(".")
    _check(kind, part, {part: [{inner: value}] if dot else value}, text)
    return value


def _value(name: str, field: FieldInfo, text: str) -> Any:
    if not _takes_list(field.annotation) or text in choices(field.annotation):
        return text
    if name == "authors":
        return [_author(one.strip()) for one in text.split(";") if one.strip()]
    if text.strip() == "[]":
        return []
    if list(models_in(field.annotation)):
        raise ValueError(f"`{name}` has parts of its own: write it in the file")
    return [one.strip() for one in text.split(",") if one.strip()]


def _author(text: str) -> dict[str, str]:
    """`Kaplan, Jared` is a person's name in two parts, anything else a name as it stands."""
    family, comma, given = text.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma and given.strip() else {"literal": text}


def _takes_list(annotation: Any) -> bool:
    origin = get_origin(annotation)
    if origin in (Annotated, Union, UnionType):
        return any(_takes_list(option) for option in get_args(annotation))
    return origin is tuple


def _check(kind: Kind, name: str, fields: Mapping[str, Any], text: str) -> None:
    """What a check of the record would say of this field alone."""
    if not text.strip():
        raise ValueError(f"`{name}` needs an answer")
    document, found = read_document(TextFile("answer.yml", record_text(fields)))
    if document is None:
        raise ValueError(f"{found[0].message}: {found[0].hint}")
    found = [*found, *(problem for problem in validate(kind, document)[1] if problem.check != "missing-field")]
    if found:
        raise ValueError(": ".join(filter(None, (found[0].message, found[0].hint))))


def filled(kind: Kind, answers: Mapping[str, Any]) -> str:
    """The skeleton with answers in it; a part that is opened and not answered stays as a comment."""
    made: list[str] = []
    part = ""
    for line in skeleton(kind).splitlines():
        match = _LINE.fullmatch(line)
        if line and not line.startswith((" ", "#", "-")):
            part = line.removesuffix(":") if line.removesuffix(":") in SHOWN else ""
        elif line.startswith("#"):
            part = ""
        name = f"{part}.{match['key']}" if match and part and match["margin"] else match["key"] if match else ""
        if match and name in answers:
            made += [line] if match["off"] else []
            made += _lines(match["key"], answers[name], match["margin"])
        elif part and not any(answer.startswith(f"{part}.") for answer in answers):
            made.append(f"# {line}")
        else:
            made.append(line)
    return "\n".join(made) + "\n"


def _lines(key: str, value: Any, margin: str) -> list[str]:
    first, *rest = record_text({key: value}).splitlines()
    return [margin + first, *(" " * len(margin) + line for line in rest)]
