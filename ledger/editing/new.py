"""A new record: a commented skeleton whose only problems are its blanks, or one with an editor's answers in it.

In: a kind and an id; answers by field, as text (a part that a skeleton opens is named with a dot: `evidence.source`).
Out: a file with every required field empty or answered, every other field as a comment, and a line on each, taken from
the models. ValueError says what is wrong with an id or an answer.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo

from ledger.diagnostics import did_you_mean
from ledger.documents import read_document
from ledger.editing.yamltext import record_text
from ledger.fields import ID_HINT, ID_LENGTH, ID_PATTERN
from ledger.files import TextFile
from ledger.naming import RESERVED, nearest_id
from ledger.records import FOLDERS, KINDS, Common, Kind
from ledger.validating import models_in, validate

SHOWN = frozenset(("evidence",))
"""Optional parts that a skeleton opens all the same: a record is of little use without them."""
CHOICES_SHOWN = range(2, 12)
"""How many choices fit on the line of a field."""


# Ids and files


def check_id(id_: str) -> None:
    """ValueError when it cannot be the id of a record."""
    if not re.fullmatch(ID_PATTERN, id_) or "\n" in id_ or len(id_) > ID_LENGTH:
        near = nearest_id(id_)
        hint = f"; did you mean '{near}'?" if near not in ("", id_) else ""
        raise ValueError(f"'{id_}' cannot be an id: {ID_HINT}{hint}")
    if id_ in RESERVED:
        raise ValueError(f"'{id_}' cannot be an id: some file systems or the site itself use it")


def named(content: Path, id_: str) -> Path | None:
    """The file that is named so already, in any folder."""
    return next((path for folder in FOLDERS for path in sorted((content / folder).glob(f"{id_}.*"))), None)


def new_path(content: Path, kind: Kind, id_: str) -> Path:
    """Where a new record will stand. ValueError when it cannot have the id."""
    check_id(id_)
    if taken := named(content, id_):
        raise ValueError(f"the id '{id_}' is taken by {taken}")
    return content / kind.path(id_)


def write_record(content: Path, kind: Kind, id_: str, text: str) -> Path:
    """Write the file of a new record and give its path; nothing is written over anything. ValueError as above."""
    path = new_path(content, kind, id_)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path


def kind_named(name: str, among: Sequence[Kind] = KINDS) -> Kind:
    """The kind of a name or a folder; ValueError when there is none."""
    kinds = {kind.name: kind for kind in among} | {kind.folder: kind for kind in among if kind.folder}
    if name not in kinds:
        hint = did_you_mean(name, kinds) or "one of: " + ", ".join(kind.name for kind in among)
        raise ValueError(f"there is no kind '{name}': {hint}")
    return kinds[name]


# The skeleton


def skeleton(kind: Kind, answers: Mapping[str, Any] = MappingProxyType({})) -> str:
    """The text of a new record: required fields blank or answered, any other as a comment until it is answered.

    A part that is opened all the same stays a comment when there are answers, and none of them is about it.
    """
    fields = kind.model.model_fields
    names = [name for name in fields if name not in Common.model_fields]
    shared = [name for name in Common.model_fields if name not in ("body", "note")]
    own, common = ([line for name in some for line in _lines(name, fields[name], answers)] for some in (names, shared))
    text = "".join(f"{line}\n" for line in (*own, "", "# On every kind:", *common))
    return f"---\n{text}---\n\n" if kind.is_prose else text


def _lines(name: str, field: FieldInfo, answers: Mapping[str, Any], part: str = "", indent: str = "") -> Iterator[str]:
    """A required field open under its description; any other as a comment, with its answer below it."""
    key, is_open = field.alias or name, field.is_required() or name in SHOWN
    yield f"{indent}# {_describe(field)}" if is_open else f"{indent}# {key}: {_describe(field)}"
    if part + key in answers:
        yield from (indent + line for line in record_text({key: answers[part + key]}).splitlines())
    elif is_open:
        lines = [f"{indent}{key}:", *_part_lines(key, field, answers, indent + "  ")]
        is_off = name in SHOWN and answers and not any(answer.startswith(f"{key}.") for answer in answers)
        yield from (f"# {line}" for line in lines) if is_off else lines


def _part_lines(key: str, field: FieldInfo, answers: Mapping[str, Any], indent: str) -> list[str]:
    """The first item of a list of parts; nothing where a single word may stand for the list, as `unknown` does."""
    model = next(models_in(field.annotation), None)
    if model is None or any("Literal" in str(option) for option in get_args(field.annotation)):
        return []
    inner = model.model_fields.items()
    lines = [line for name, one in inner for line in _lines(name, one, answers, f"{key}.", indent + "  ")]
    at = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
    lines[at] = indent + "- " + lines[at].lstrip()
    return lines


def _describe(field: FieldInfo) -> str:
    words = "required, " if field.is_required() else ""
    options = choices(field.annotation)
    return f"{words}{field.description}" + (f": {' | '.join(options)}" if len(options) in CHOICES_SHOWN else "")


def choices(annotation: Any) -> tuple[str, ...]:
    """The closed list of words that a field takes; none where it takes any."""
    if get_origin(annotation) is Literal:
        return tuple(str(choice) for choice in get_args(annotation))
    return next((found for option in get_args(annotation) if (found := choices(option))), ())


# Answers


class Question(NamedTuple):
    """One field that a record needs: its name, what it is, its choices if it has some, and a suggestion or nothing."""

    name: str
    words: str
    choices: tuple[str, ...] = ()
    suggestion: str = ""


def questions(kind: Kind, id_: str, *, of_part: bool = False) -> tuple[Question, ...]:
    """The fields that a record of a kind needs, or those of the part that is opened, in the order of the model."""
    controversy, _, letter = id_.rpartition("-")
    fits = kind.name == "position" and re.fullmatch("[a-z]", letter)
    suggested = {"controversy": controversy, "letter": letter.upper()} if fits else {}
    suggested |= dict.fromkeys((f"{part}.id" for part in SHOWN), "e1")
    needed = {
        name: field for name, field in fields_of(kind).items() if field.is_required() and ("." in name) == of_part
    }
    return tuple(Question(name, str(field.description), choices(field.annotation), suggested.get(name, ""))
                 for name, field in needed.items())  # fmt: skip


def wanted(kind: Kind, id_: str, answers: Mapping[str, Any]) -> tuple[Question, ...]:
    """The fields that a record needs, with those of an opened part if an answer is about it."""
    is_opened = any("." in name for name in answers)
    return (*questions(kind, id_), *(questions(kind, id_, of_part=True) if is_opened else ()))


def implied(kind: Kind, id_: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the id and the other answers say of fields that were not answered: a position's letter, a part's id."""
    suggested = (one for one in wanted(kind, id_, answers) if one.suggestion and one.name not in answers)
    return {one.name: read_answer(kind, one.name, one.suggestion) for one in suggested}


def fields_of(kind: Kind) -> dict[str, FieldInfo]:
    """Every field that can be answered, by its name."""
    own = {field.alias or name: field for name, field in kind.model.model_fields.items()}
    for name in sorted(SHOWN & own.keys()):
        part = next(models_in(own.pop(name).annotation))
        own |= {f"{name}.{field.alias or inner}": field for inner, field in part.model_fields.items()}
    return own


def read_answer(kind: Kind, name: str, text: str) -> Any:
    """An answer as the field takes it. ValueError when it cannot stand there."""
    known = fields_of(kind)
    if name not in known:
        hint = did_you_mean(name, known) or f"its fields are: {', '.join(known)}"
        raise ValueError(f"a {kind.name} has no field '{name}': {hint}")
    value = _value(name, known[name], text)
    part, dot, inner = name.partition(".")
    if not text.strip():
        raise ValueError(f"`{part}` needs an answer")
    document, found = read_document(TextFile("answer.yml", record_text({part: [{inner: value}] if dot else value})))
    if document:
        found = [*found, *(problem for problem in validate(kind, document)[1] if problem.check != "missing-field")]
    if found:
        raise ValueError(": ".join(filter(None, (found[0].message, found[0].hint))))
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
    return origin is tuple or (origin is not dict and any(map(_takes_list, get_args(annotation))))
